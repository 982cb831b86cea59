"""Who is asked what: one's own questionnaires, and for a curator those of all her pairs."""

from collections.abc import Callable

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from mentorapp import access, clock
from mentorapp.domain.permissions import Action
from mentorapp.domain.questionnaire import PAIR_PHASES
from mentorapp.models import Pair
from mentorapp.models.asked import Asked, Stage, asked_until

bp = Blueprint("asked", __name__)

# What the list of all questionnaires can be narrowed to: the word, and which ones.
FILTERS: dict[str, tuple[str, Callable[[Asked], bool]]] = {
    "missing": ("Нет ответов", lambda one: one.is_missing),
    "sent": ("Отправлены", lambda one: one.stage is Stage.SENT),
    "later": ("Ещё рано", lambda one: one.stage is Stage.LATER),
    "all": ("Все", lambda one: True),
}


@bp.get("/questionnaires")
def page() -> ResponseReturnValue:
    """A member's own questionnaires; for a curator those of all her pairs, for the director all, first the ones without answers."""
    who, today, year = access.access(), clock.today(), clock.current_year()
    mine = [one for one in asked_until(Pair.with_person(who.person_id), year.first, today) if one.person.id == who.person_id]
    if not access.may(Action.QUESTIONNAIRES_LIST):
        return render_template("questionnaires/own.html", mine=mine)
    state, phase = request.args.get("state", "missing"), request.args.get("phase", "")
    everything = asked_until(Pair.asked_of(who), year.first, today)
    found = [one for one in everything if phase in ("", one.phase)]
    word, fits = FILTERS.get(state, FILTERS["missing"])
    return render_template(
        "questionnaires/every.html",
        rows=[one for one in found if fits(one)],
        counts={name: sum(map(rule, found)) for name, (_word, rule) in FILTERS.items()},
        filters={name: word for name, (word, _rule) in FILTERS.items()},
        state=state,
        word=word,
        phase=phase,
        phases=[phase for phase in PAIR_PHASES if any(one.phase == phase for one in everything)],
        enters={one.pair.id for one in found if who.curates(one.pair.form_id) and not one.pair.ever_had(who.person_id)},
        mine=[one for one in mine if one.is_missing],
    )
