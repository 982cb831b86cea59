"""The list of deficits of a mentee: levels, the agreed order, activities for the plan, the paper with three signatures."""

from collections.abc import Callable
from datetime import date

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, hx, papers, sheetpage, words
from mentorapp.database import db, end_reading, writing
from mentorapp.domain import deficits as catalogue
from mentorapp.domain import permissions
from mentorapp.domain.kinds import Field
from mentorapp.domain.permissions import Access, Action, Place, Side
from mentorapp.inputs import Input, day, not_in_future
from mentorapp.models import DeficitList, Pair, Participant, Person, School, deficits, journal
from mentorapp.models.deficits import LEVELS
from mentorapp.models.sheets import Outcome
from mentorapp.papers import sheets

bp = Blueprint("deficits", __name__)


class PaperInput(Input):
    on = day("Дата на бумаге", required="Впишите дату, которая стоит на бумаге.", also=[not_in_future])


def load(list_id: int, action: Action = Action.DEFICITS_VIEW) -> tuple[DeficitList, Access]:
    """The list and what the person is in its pair. 404 unless she may read it, NotAllowed unless she may act."""
    found = access.found(db.session.get(DeficitList, list_id))
    who = access.access_to(found.pair_id)
    access.hide_unless(permissions.can(who, Action.DEFICITS_VIEW, found))
    access.demand(action, found, who=who)
    return found, who


def _mentees(pair: Pair, who: Access) -> list[Participant]:
    """The mentees of the pair whose list this person may read."""
    here = [row for row in pair.participants if row.side is Side.MENTEE and row.until is None]
    return [row for row in here if permissions.can(who, Action.DEFICITS_VIEW, Place(row.id))]


@bp.get("/pairs/<int:pair_id>/deficits")
def index(pair_id: int) -> ResponseReturnValue:
    """A pair of two opens with its list; a group with those of its mentees; before there is one, with how it begins."""
    pair, who = access.load_pair(pair_id)
    mentees = _mentees(pair, who)
    access.hide_unless(bool(mentees))
    begun = deficits.lists_of(pair.id)
    former = [
        row for row in pair.participants if row.until and row.id in begun and permissions.can(who, Action.DEFICITS_VIEW, begun[row.id])
    ]
    only = begun.get(mentees[0].id) if len(mentees) == 1 and not former else None
    if only is not None:
        return hx.go(url_for("deficits.page", list_id=only.id))
    may_begin = {row.id for row in mentees if permissions.can(who, Action.DEFICITS_BEGIN, Place(row.id))}
    found = deficits.catalogue_of(pair)
    frame = {"pair": pair, "who": who, "mentees": mentees, "former": former, "begun": begun, "found": found, "may_begin": may_begin}
    return render_template("deficits/index.html", **frame)


@bp.post("/pairs/<int:pair_id>/deficits/<int:participant_id>")
def begin(pair_id: int, participant_id: int) -> ResponseReturnValue:
    """Begin the list of one mentee with the competences that the form has today."""
    with writing() as session:
        pair, who = access.load_pair(pair_id)
        row = access.found(next((row for row in _mentees(pair, who) if row.id == participant_id), None))
        access.demand(Action.DEFICITS_BEGIN, Place(row.id), who=who)
        made = deficits.list_of(row.id)
        if made is None:
            version_id, _catalogue = access.found(deficits.catalogue_of(pair))
            made = DeficitList(pair_id=pair.id, participant_id=row.id, form_version_id=version_id)
            session.add(made)
            session.flush()
            _note(made, "Чек-лист дефицитов начат")
        list_id = made.id
    return hx.go(url_for("deficits.page", list_id=list_id))


def _note(made: DeficitList, what: str) -> None:
    journal.record(made, what=what, by_id=access.person_id(), now=clock.now(), pair_id=made.pair_id)


@bp.get("/deficits/<int:list_id>")
def page(list_id: int) -> ResponseReturnValue:
    """The competences with both levels and the order of work."""
    made, who = load(list_id)
    return _page(made, who, Outcome())


def _page(made: DeficitList, who: Access, outcome: Outcome) -> str:
    rows = {row.key: row for row in LEVELS.rows(made.id)}
    stored = {key: row.value for key, row in rows.items()}
    allowed = {action.name: permissions.can(who, action, made) for action in Action if action.value.startswith("deficits:")}
    return render_template(
        "deficits/page.html",
        made=made,
        pair=made.pair,
        who=who,
        catalogue=made.catalogue,
        rows=rows,
        values={**stored, **outcome.typed},
        problems=outcome.problems,
        conflicts=outcome.conflicts,
        allowed=allowed,
        columns=_columns(made, allowed),
        planned=deficits.planned_items(made.id),
        lacking={one.id for one in made.catalogue.competences if made.catalogue.is_deficit(one, stored)},
        summary=_summary(made, stored),
    )


def _columns(made: DeficitList, allowed: dict[str, bool]) -> list[tuple[str, str, bool]]:
    """(end of the key, heading, may this person write in it)."""
    spec, school = made.pair.spec, School.get()
    mentee, mentor = (words.side_words(spec, school, side)["nominative"] for side in (Side.MENTEE, Side.MENTOR))
    return [
        (catalogue.MENTEE, mentee[:1].upper() + mentee[1:], allowed["DEFICITS_MARK"]),
        (catalogue.MENTOR, mentor[:1].upper() + mentor[1:], allowed["DEFICITS_RANK"]),
        (catalogue.RANK, "Очередь", allowed["DEFICITS_RANK"]),
    ]


def _summary(made: DeficitList, values: dict[str, str]) -> dict[str, int]:
    spec = made.catalogue
    return {
        "of": len(spec.competences),
        "mentee": spec.marked(values, catalogue.MENTEE),
        "mentor": spec.marked(values, catalogue.MENTOR),
        "deficits": sum(spec.is_deficit(one, values) for one in spec.competences),
        "ranked": len(spec.ranked(values)),
    }


def _action_for(key: str) -> Action:
    return Action.DEFICITS_MARK if key.endswith(catalogue.MENTEE) else Action.DEFICITS_RANK


@bp.post("/deficits/<int:list_id>/values/<key>")
def save(list_id: int, key: str) -> ResponseReturnValue:
    """Save one level or rank as soon as it is given. Another order is one that the mentee has not agreed to."""
    with writing():
        made, _who = load(list_id, _action_for(key))
        field = access.found(made.catalogue.fields(made.pair.school_year).get(key))
        text, written = LEVELS.save(made.id, key, sheetpage.sent_value(), field, by_id=access.person_id(), now=clock.now())
        _reconsider(made, written and deficits.is_rank(key))
        values = LEVELS.of(made.id)
    body = render_template("deficits/_swapped.html", made=made, summary=_summary(made, values), values=values)
    return sheetpage.saved(text, body)


def _reconsider(made: DeficitList, order_changed: bool) -> None:
    if order_changed and made.reconsider():
        _note(made, "Очередь дефицитов изменена, согласие снято")


@bp.post("/deficits/<int:list_id>")
def save_list(list_id: int) -> ResponseReturnValue:
    """The whole list of a page without script: every changed value, each compared alone."""
    with writing():
        made, who = load(list_id)
        fields = _fields(made, who)
        if not fields:
            access.demand(Action.DEFICITS_RANK, made, who=who)
        sent = sheetpage.sent_values(fields)
        outcome = LEVELS.save_all(made.id, sent, by_id=access.person_id(), now=clock.now())
        _reconsider(made, any(map(deficits.is_rank, outcome.written)))
    if outcome.status:
        made, who = load(list_id)
        return _page(made, who, outcome), outcome.status
    return hx.go(url_for("deficits.page", list_id=list_id))


def _fields(made: DeficitList, who: Access) -> dict[str, Field]:
    """What this person may write in."""
    fields = made.catalogue.fields(made.pair.school_year)
    return {key: field for key, field in fields.items() if permissions.can(who, _action_for(key), made)}


@bp.post("/deficits/<int:list_id>/agree")
def agree(list_id: int) -> ResponseReturnValue:
    """The mentee agrees to the order."""
    shown, on = request.form.get("order", ""), clock.today()
    what = "Очередь дефицитов согласована"
    return _step(list_id, Action.DEFICITS_AGREE, what, lambda made, values, me: made.agree_to(shown, values, me, on))


@bp.get("/deficits/<int:list_id>/agree-on-paper")
def agreement_form(list_id: int) -> ResponseReturnValue:
    """Noting the mentee's signature on paper: its date."""
    made, _who = load(list_id, Action.DEFICITS_AGREE_ON_PAPER)
    return _paper_page(made, PaperInput(formdata=None, on=clock.today()))


def _paper_page(made: DeficitList, form: PaperInput) -> str:
    return render_template("deficits/on_paper.html", made=made, pair=made.pair, form=form)


@bp.post("/deficits/<int:list_id>/agree-on-paper")
def agree_on_paper(list_id: int) -> ResponseReturnValue:
    """The curator notes that the mentee signed."""
    form = PaperInput()
    if not form.accepted():
        made, _who = load(list_id, Action.DEFICITS_AGREE_ON_PAPER)
        return _paper_page(made, form), 422
    on: date = form.on.data
    what = "Очередь дефицитов согласована на бумаге"
    return _step(list_id, Action.DEFICITS_AGREE_ON_PAPER, what, lambda made, values, _me: made.agree(values, None, on, on_paper=True))


def _step(
    list_id: int, action: Action, what: str, step: Callable[[DeficitList, dict[str, str], Person | None], None]
) -> ResponseReturnValue:
    with writing() as session:
        made, _who = load(list_id, action)
        step(made, LEVELS.of(made.id), session.get(Person, access.person_id()))
        _note(made, what)
    return hx.go(url_for("deficits.page", list_id=list_id))


@bp.get("/pairs/<int:pair_id>/deficits/blanks.pdf")
def blanks(pair_id: int) -> ResponseReturnValue:
    """The begun lists of all mentees of a group without levels, one after another, to be filled in by hand."""
    pair, who = access.load_pair(pair_id)
    begun = deficits.lists_of(pair.id)
    lists = [begun[row.id] for row in _mentees(pair, who) if row.id in begun]
    access.hide_unless(bool(lists))
    found = [sheets.deficits_paper(School.get(), made, made.participant, made.catalogue, {}, {}) for made in lists]
    end_reading()
    return papers.answer(papers.one_after_another("deficits.html", found), f"deficits-{pair_id}-blank.pdf")


@bp.get("/deficits/<int:list_id>/deficits.pdf")
def pdf(list_id: int) -> ResponseReturnValue:
    """The list on A4 with three signatures; with ?blank=1 without levels, to be filled in by hand."""
    made, _who = load(list_id)
    values = {} if request.args.get("blank") else LEVELS.of(made.id)
    planned = {} if request.args.get("blank") else deficits.planned_items(made.id)
    paper = sheets.deficits_paper(School.get(), made, made.participant, made.catalogue, values, planned)
    end_reading()
    return papers.answer(papers.pdf("deficits.html", paper=paper), f"deficits-{made.id}.pdf")
