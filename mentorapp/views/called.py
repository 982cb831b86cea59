"""Rows that an answer calls for: the curator who reads answers sees what the form proposes and adds what she chooses."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, hx, words
from mentorapp.database import db, writing
from mentorapp.domain import permissions
from mentorapp.domain.permissions import Access, Action
from mentorapp.inputs import Input
from mentorapp.models import Pair, School, called, journal
from mentorapp.models.called import CalledRow

bp = Blueprint("called", __name__)


def _load(pair_id: int) -> tuple[Pair, Access]:
    """The pair, for who reads its answers; for the others there is no such page, because a row on it tells of an answer."""
    pair, who = access.load_pair(pair_id)
    access.hide_unless(permissions.can(who, Action.ANSWERS_ENTER))
    access.demand(Action.ANSWERS_PLAN, who=who)
    return pair, who


@bp.get("/pairs/<int:pair_id>/called-rows")
def page(pair_id: int) -> ResponseReturnValue:
    """What the answers propose to add to the plans of a pair."""
    pair, _who = _load(pair_id)
    return _page(pair, "")


def _page(pair: Pair, problem: str) -> str:
    return render_template(
        "plans/called.html",
        pair=pair,
        rows=called.called_rows(pair),
        names=words.owner_names(pair.spec, School.get()),
        once=Input(formdata=None).once.data,
        problem=problem,
    )


@bp.post("/pairs/<int:pair_id>/called-rows")
def add(pair_id: int) -> ResponseReturnValue:
    """Add the chosen rows, as one step that can be undone. What is in a plan already is not added again."""
    chosen, once = set(request.form.getlist("row")), request.form.get("once", "")
    with writing():
        if done := journal.already_done(once):
            return hx.go(done)
        pair, who = _load(pair_id)
        rows = [one for one in called.called_rows(pair) if one.key in chosen]
        for one in rows:
            access.demand(Action.PLAN_EDIT, one.plan, who=who)
        place = _add(pair, rows) if rows else ""
        if place:
            journal.keep_once(once, place, clock.now())
    if not place:
        pair, _who = _load(pair_id)
        return _page(pair, "Отметьте хотя бы одну строку из тех, что стоят на странице сейчас. Ничего ещё не записано."), 422
    return hx.go(place)


def _add(pair: Pair, rows: list[CalledRow]) -> str:
    """The address of the first new row. History does not say that an answer called for it: everybody in the pair reads that."""
    items = called.add(rows, clock.today())
    for item in items:
        item.removed_at = clock.now()
    db.session.flush()
    for item in items:
        item.removed_at = None
    plans = {item.plan_id for item in items}
    journal.record(
        *items,
        what=f"Строки формы внесены в план: {len(items)}",
        by_id=access.person_id(),
        now=clock.now(),
        pair_id=pair.id,
        plan_id=items[0].plan_id if len(plans) == 1 else None,
    )
    return url_for("plans.page", plan_id=items[0].plan_id, _anchor=f"r{items[0].id}")
