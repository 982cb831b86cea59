"""Pairs: the list, the settings of one, its dates, its states, its history. Making one is a screen of its own: new_pair."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, hx, words
from mentorapp.database import contains, db, writing
from mentorapp.domain import names
from mentorapp.domain.formspec import CONTROLS
from mentorapp.domain.permissions import Action, Side
from mentorapp.models import (
    MentoringForm,
    Operation,
    Pair,
    Participant,
    Person,
    Plan,
    PlanItem,
    School,
    directory,
    journal,
    pairing,
    readiness,
)
from mentorapp.models.forms import current_version, spec_of
from mentorapp.models.pairs import NEXT_STATES, NotNow, PairState
from mentorapp.pair_inputs import EditPairInput, StateInput

bp = Blueprint("pairs", __name__, url_prefix="/pairs")

NO_REASON = "Напишите, почему пара завершает работу: это понадобится для отчёта. Пока ничего не изменено."

# So long before its end a pair sees what its report lacks without asking.
LAST_WEEKS = timedelta(days=30)
ON_A_PAGE = 50
FILTERS = {"": "Все", "running": "Работают", "waiting": "Ещё не начали", "finished": "Завершены", "archive": "Архив"}
STATES_OF = {
    "running": (PairState.ACTIVE, PairState.PAUSED),
    "waiting": (PairState.PROPOSED, PairState.AGREED),
    "finished": (PairState.FINISHED,),
}


@bp.get("")
def index() -> ResponseReturnValue:
    """Pairs of this year that this person may see, by state and name; those of former years as long as they have not ended."""
    access.demand(Action.PAIRS_VIEW)
    state, query, page = request.args.get("state", ""), request.args.get("q", ""), max(1, request.args.get("page", 1, type=int))
    found = _listed(state, query)
    total = db.session.execute(sa.select(sa.func.count()).select_from(found.subquery())).scalar_one()
    pairs = db.session.execute(_with_people(found.order_by(*_in_order()).limit(ON_A_PAGE).offset((page - 1) * ON_A_PAGE))).scalars().all()
    forms = {row.id: row.title for row in db.session.execute(sa.select(MentoringForm.id, MentoringForm.title))}
    template = "pairs/_list.html" if hx.wants_fragment() else "pairs/index.html"
    return render_template(
        template, pairs=pairs, forms=forms, state=state, q=query, filters=FILTERS, page=page, pages=-(-total // ON_A_PAGE), total=total
    )


def _listed(state: str, query: str) -> sa.Select[Pair]:
    # A pair that nobody finished keeps its people out of the archive and out of new pairs, whatever year it was made in.
    listed = sa.or_(Pair.year == clock.current_year().first, directory.RUNNING)
    found = sa.select(Pair).where(listed, Pair.visible_to(access.access()))
    found = found.where(Pair.archived_at.is_not(None) if state == "archive" else Pair.archived_at.is_(None))
    if state in STATES_OF:
        found = found.where(Pair.state.in_(STATES_OF[state]))
    if key := names.search_key(query):
        found = found.where(
            sa.exists().where(Participant.pair_id == Pair.id, Participant.person_id == Person.id, contains(Person.search_key, key))
        )
    return found


def _in_order() -> tuple[Any, ...]:
    """The working ones first, the finished last, each group by the mentor's name."""
    group = sa.case({PairState.ACTIVE: 0, PairState.PAUSED: 0, PairState.FINISHED: 2}, value=Pair.state, else_=1)
    mentor = sa.select(sa.func.min(Person.search_key)).join(Participant, Participant.person_id == Person.id)
    mentor = mentor.where(Participant.pair_id == Pair.id, Participant.side == Side.MENTOR, Participant.until.is_(None))
    return group, mentor.correlate(Pair).scalar_subquery(), Pair.id


def _with_people(query: sa.Select[Pair]) -> sa.Select[Pair]:
    return query.options(sa.orm.selectinload(Pair.participants).joinedload(Participant.person))


@bp.get("/<int:pair_id>")
def show(pair_id: int) -> ResponseReturnValue:
    """A pair opens with its first plan, one of a form without plans with its meetings."""
    access.load_pair(pair_id)
    first = db.session.execute(sa.select(Plan.id).where(Plan.pair_id == pair_id).order_by(Plan.id)).scalars().first()
    if first is None:
        return hx.go(url_for("meetings.index", pair_id=pair_id))
    return hx.go(url_for("plans.page", plan_id=first))


@bp.get("/<int:pair_id>/edit")
def edit(pair_id: int) -> ResponseReturnValue:
    """Subtype, model, period and order of a pair; its states."""
    pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
    return _edit_page(_filled(pair), pair)


def _filled(pair: Pair) -> EditPairInput:
    return EditPairInput(formdata=None, obj=pair, interim=pair.control.get("interim", []), final=pair.control.get("final", []))


@bp.post("/<int:pair_id>/edit")
def save(pair_id: int) -> ResponseReturnValue:
    """Correct the pair, and begin its work where that button was pressed. When its period moved, its untouched dates are offered next."""
    pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
    form = EditPairInput()
    form.offer_kinds(pair.spec)
    form.offer_control(offered_control(pair))
    if not form.accepted():
        return _edit_page(form, pair), 422
    try:
        moved = _save(form, pair_id)
    except pairing.WrongPair as problem:
        form.blame(problem.problems)
        return _edit_page(form, pair), 422
    begins = request.form.get("state") == PairState.ACTIVE
    if begins and (reason := _begin(pair_id)):
        return _edit_page(_filled(pair), pair, begin_problem=f"Настройки сохранены, а работа не начата. {reason}", moved=moved), 409
    return hx.go(url_for("pairs.dates" if moved else "pairs.edit" if begins else "pairs.show", pair_id=pair_id))


def _begin(pair_id: int) -> str:
    """Begin the work of a pair that has not worked yet; where that is not possible, why. What was saved before stays saved."""
    try:
        with writing():
            pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
            if pair.state not in (PairState.PROPOSED, PairState.AGREED):
                raise NotNow("Её состояние уже другое: его изменили раньше вас.")
            _go_to(pair, PairState.ACTIVE)
    except NotNow as problem:
        return str(problem)
    return ""


def _save(form: EditPairInput, pair_id: int) -> bool:
    with writing():
        pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
        since_the_start = pairing.change_period(pair, form.starts_on.data, form.ends_on.data)
        for name in ("subtype", "model", "order_number", "order_on"):
            setattr(pair, name, form[name].data)
        pair.control = {name: list(form[name].data) for name in CONTROLS if form[name].data}
        items = pairing.change_area(pair, form.area.data or "", clock.today())
        journal.record(pair, *since_the_start, *items, what="Пара исправлена", by_id=access.person_id(), now=clock.now(), pair_id=pair_id)
        return next(pairing.moved_dates(pair), None) is not None


def _edit_page(form: EditPairInput, pair: Pair, ending_problem: str = "", begin_problem: str = "", *, moved: bool = False) -> str:
    form.offer_kinds(pair.spec)
    form.offer_control(offered_control(pair))
    return render_template(
        "pairs/edit.html",
        form=form,
        pair=pair,
        spec=pair.spec,
        next_states=NEXT_STATES[pair.state],
        missing=readiness.missing(pair, clock.today()),
        is_ending=clock.today() >= pair.ends_on - LAST_WEEKS,
        ending_problem=ending_problem,
        begin_problem=begin_problem,
        moved=moved,
    )


def offered_control(pair: Pair) -> dict[str, list[str]]:
    """What the form offers today for each control, and what this pair chose before."""
    version_id = current_version(pair.form_id)
    control = spec_of(version_id).control if version_id else pair.spec.control
    return {name: list(dict.fromkeys([way.title for way in control.get(name, ())] + pair.control.get(name, []))) for name in CONTROLS}


@bp.get("/<int:pair_id>/dates")
def dates(pair_id: int) -> ResponseReturnValue:
    """Which dates of the plans would move with the pair's period."""
    pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
    names_of_plans = words.plan_names_in(pair, School.get())
    return render_template("pairs/dates.html", pair=pair, moved=list(pairing.moved_dates(pair)), names=names_of_plans)


@bp.post("/<int:pair_id>/dates")
def move_dates(pair_id: int) -> ResponseReturnValue:
    """Move them, as one step that can be undone."""
    with writing():
        pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
        items = pairing.move_dates(pair, clock.today())
        if items:
            journal.record(*items, what="Сроки пересчитаны по новому периоду", by_id=access.person_id(), now=clock.now(), pair_id=pair_id)
    return hx.go(url_for("pairs.show", pair_id=pair_id))


@bp.post("/<int:pair_id>/state")
def change_state(pair_id: int) -> ResponseReturnValue:
    """Take the pair to the next state, or back from an ending."""
    form = StateInput()
    if form.state.data == PairState.FINISHED and not (form.reason.data or "").strip():
        pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
        return _edit_page(_filled(pair), pair, NO_REASON), 422
    with writing():
        pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
        access.hide_unless(form.accepted())
        _go_to(pair, PairState(form.state.data), form.reason.data or "")
    return hx.go(url_for("pairs.edit", pair_id=pair_id))


def _go_to(pair: Pair, state: PairState, why: str = "") -> None:
    pair.go_to(state, clock.today(), why)
    reason = f" ({pair.state_reason})" if pair.state_reason else ""
    what = f"Состояние пары: {words.PAIR_STATES[pair.state].lower()}{reason}"
    journal.record(pair, what=what, by_id=access.person_id(), now=clock.now(), pair_id=pair.id)


@bp.post("/<int:pair_id>/archive")
def archive(pair_id: int) -> ResponseReturnValue:
    """Put a pair that never ran or has ended out of the lists; nothing of it is lost."""
    with writing():
        pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
        pair.put_away(clock.now())
        journal.record(pair, what="Пара убрана в архив", by_id=access.person_id(), now=clock.now(), pair_id=pair_id)
    return hx.go(url_for("pairs.index", state="archive"))


@bp.post("/<int:pair_id>/bring-back")
def bring_back(pair_id: int) -> ResponseReturnValue:
    """Take a pair out of the archive."""
    with writing():
        pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
        pair.bring_back()
        journal.record(pair, what="Пара возвращена из архива", by_id=access.person_id(), now=clock.now(), pair_id=pair_id)
    return hx.go(url_for("pairs.show", pair_id=pair_id))


@bp.get("/<int:pair_id>/history")
def history(pair_id: int) -> ResponseReturnValue:
    """Who changed what in this pair, the newest first."""
    pair, who = access.load_pair(pair_id)
    page = max(1, request.args.get("page", 1, type=int))
    query = (
        sa.select(Operation)
        .where(Operation.pair_id == pair_id)
        .order_by(Operation.id.desc())
        .options(sa.orm.joinedload(Operation.by), sa.orm.selectinload(Operation.changes))
        .limit(ON_A_PAGE + 1)
        .offset((page - 1) * ON_A_PAGE)
    )
    operations = list(db.session.execute(query).scalars())
    names_in, plans = words.plan_names_in(pair, School.get()), sa.select(Plan.id, Plan.owner, Plan.participant_id)
    plan_names = {row.id: names_in[row.owner, row.participant_id] for row in db.session.execute(plans.where(Plan.pair_id == pair_id))}
    touched = {change.row_id for one in operations for change in one.changes if change.table_name == "plan_item"}
    titles = db.session.execute(sa.select(PlanItem.id, PlanItem.title).where(PlanItem.id.in_(touched)))
    title_of = {row.id: row.title for row in titles}
    more, operations = len(operations) > ON_A_PAGE, operations[:ON_A_PAGE]
    return render_template(
        "pairs/history.html",
        pair=pair,
        who=who,
        operations=operations,
        plan_names=plan_names,
        title_of=title_of,
        page=page,
        more=more,
    )
