"""Meetings of a pair: plan one, print its checklist, note what was, move it or say why it did not take place."""

import sqlalchemy as sa
from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, hx, papers
from mentorapp.database import db, end_reading, writing
from mentorapp.domain import permissions
from mentorapp.domain.permissions import Access, Action
from mentorapp.inputs import Input
from mentorapp.meeting_inputs import EditInput, HoldInput, MissInput, MoveInput, PlanInput
from mentorapp.models import Attendance, Meeting, Pair, Plan, PlanItem, School, journal
from mentorapp.models.meetings import MeetingState, demand_seen, norms, planned, put_in
from mentorapp.models.pairs import NotNow
from mentorapp.papers import build

bp = Blueprint("meetings", __name__)


@bp.get("/pairs/<int:pair_id>/meetings")
def index(pair_id: int) -> ResponseReturnValue:
    """All meetings of the pair: what lies ahead, then what was."""
    pair, who = access.load_pair(pair_id, Action.MEETING_VIEW)
    query = sa.select(Meeting).where(Meeting.pair_id == pair_id).order_by(Meeting.number)
    every = list(db.session.execute(query.options(sa.orm.selectinload(Meeting.attendance).joinedload(Attendance.person))).scalars())
    found = [m for m in every if m.removed_at is None]
    ahead = sorted((m for m in found if m.state is MeetingState.PLANNED), key=lambda m: (m.planned_on, m.planned_time, m.id))
    past = sorted((m for m in found if m.state is not MeetingState.PLANNED), key=lambda m: (m.held_on or m.planned_on, m.id), reverse=True)
    held = [m for m in past if m.state is MeetingState.HELD]
    return render_template(
        "meetings/index.html",
        pair=pair,
        who=who,
        ahead=ahead,
        past=past,
        held=held,
        removed=[m for m in every if m.removed_at],
        norms=norms(pair.spec, held, clock.today()),
        can_edit=permissions.can(who, Action.MEETING_EDIT),
        minutes=sum(m.minutes or 0 for m in held),
    )


@bp.get("/pairs/<int:pair_id>/meetings/new")
def new(pair_id: int) -> ResponseReturnValue:
    """Plan a meeting."""
    pair, _who = access.load_pair(pair_id, Action.MEETING_EDIT)
    last = db.session.execute(
        sa.select(Meeting).where(Meeting.pair_id == pair_id, Meeting.removed_at.is_(None)).order_by(Meeting.id.desc()).limit(1)
    ).scalar_one_or_none()
    first = pair.spec.meetings[0].id if pair.spec.meetings else ""
    form = PlanInput(formdata=None, type_id=last.usual_next_type if last else first)
    return _plan_page(form, pair)


@bp.post("/pairs/<int:pair_id>/meetings/new")
def create(pair_id: int) -> ResponseReturnValue:
    """Plan it and show its card, from where the checklist is printed."""
    pair, _who = access.load_pair(pair_id, Action.MEETING_EDIT)
    form = PlanInput()
    _offer(form, pair)
    if not form.accepted():
        return _plan_page(form, pair), 422
    with writing():
        if place := journal.already_done(form.once.data):
            return hx.go(place)
        pair, _who = access.load_pair(pair_id, Action.MEETING_EDIT)
        meeting = planned(pair, form.type_id.data)
        _fill(meeting, form)
        put_in(meeting, clock.now())
        _note(meeting, "Встреча назначена")
        place = url_for("meetings.card", meeting_id=meeting.id)
        journal.keep_once(form.once.data, place, clock.now())
    return hx.go(place)


def _plan_page(form: PlanInput, pair: Pair) -> str:
    _offer(form, pair)
    return render_template("meetings/new.html", form=form, pair=pair)


def _offer(form: PlanInput, pair: Pair) -> None:
    form.type_id.choices = _kinds(pair)
    query = (
        sa.select(PlanItem.id, PlanItem.title)
        .join(Plan)
        .where(Plan.pair_id == pair.id, Plan.owner == "pair", PlanItem.removed_at.is_(None))
        .order_by(PlanItem.position)
    )
    form.plan_item_id.choices = [(0, "не связана с пунктом"), *((row.id, row.title[:90]) for row in db.session.execute(query))]


def _fill(meeting: Meeting, form: PlanInput) -> None:
    meeting.planned_on, meeting.planned_time, meeting.place = form.planned_on.data, form.planned_time.data or "", form.place.data or ""
    meeting.plan_item_id = form.plan_item_id.data or None


def _note(meeting: Meeting, what: str) -> None:
    journal.record(meeting, what=f"{what}: {meeting.brief}", by_id=access.person_id(), now=clock.now(), pair_id=meeting.pair_id)


def load(meeting_id: int, action: Action = Action.MEETING_VIEW) -> tuple[Meeting, Access]:
    """The meeting and what the person is in its pair."""
    meeting = access.found(db.session.get(Meeting, meeting_id))
    _pair, who = access.load_pair(meeting.pair_id, Action.MEETING_VIEW)
    access.demand(action, meeting, who=who)
    return meeting, who


@bp.get("/meetings/<int:meeting_id>")
def card(meeting_id: int) -> ResponseReturnValue:
    """One meeting: its agenda, and the four fields that note it."""
    meeting, who = load(meeting_id)
    return _card(meeting, who, _hold_form(meeting))


def _hold_form(meeting: Meeting) -> HoldInput:
    kind = meeting.kind
    held_on = meeting.held_on or min(meeting.planned_on or clock.today(), clock.today())
    minutes = meeting.minutes or (kind.minutes if kind else 45)
    form = HoldInput(
        formdata=None, held_on=held_on, minutes=minutes, done=meeting.done, seen=meeting.record, next_type=meeting.usual_next_type
    )
    return _offer_next(form, meeting)


def _offer_next(form: HoldInput, meeting: Meeting) -> HoldInput:
    """Every kind of meeting may follow; the likeliest is chosen already."""
    form.next_type.choices = _kinds(meeting.pair)
    return form


def _kinds(pair: Pair) -> list[tuple[str, str]]:
    return [(kind.id, kind.title) for kind in pair.spec.meetings]


def _card(meeting: Meeting, who: Access, form: HoldInput, problem: str = "") -> str:
    """The page of a meeting; what was sent and refused stands in its form again, ticks too."""
    item = db.session.get(PlanItem, meeting.plan_item_id) if meeting.plan_item_id else None
    people = meeting.may_have_come
    held = meeting.state is MeetingState.HELD
    sent = form.is_submitted()
    if problem:
        form.seen.data = meeting.record  # She has read what stands there now; saving once more is her decision.
    return render_template(
        "meetings/card.html",
        meeting=meeting,
        pair=meeting.pair,
        who=who,
        form=form,
        sent=sent,
        problem=problem,
        item=item,
        people=people,
        ticked=_sent_ticks() if sent else meeting.ticked,
        came=_sent_people() if sent else meeting.came if held else meeting.expected,
        can_edit=permissions.can(who, Action.MEETING_EDIT),
    )


def _sent_ticks() -> set[str]:
    return set(request.form.getlist("ticked"))


def _sent_people() -> set[int]:
    return set(request.form.getlist("came", type=int))


@bp.post("/meetings/<int:meeting_id>/held")
def hold(meeting_id: int) -> ResponseReturnValue:
    """Note a held meeting; a next date plans the next one at once."""
    meeting, _who = load(meeting_id, Action.MEETING_EDIT)
    form, problem = _offer_next(HoldInput(next_type=meeting.usual_next_type), meeting), ""
    if form.accepted():
        try:
            return hx.go(url_for("meetings.index", pair_id=_hold(form, meeting_id), _anchor=f"m{meeting_id}"))
        except NotNow as refusal:
            problem = str(refusal)
    meeting, who = load(meeting_id, Action.MEETING_EDIT)
    return _card(meeting, who, form, problem), 409 if problem else 422


def _hold(form: HoldInput, meeting_id: int) -> int:
    with writing():
        meeting, _who = load(meeting_id, Action.MEETING_EDIT)
        was, before = meeting.state, meeting.record
        meeting.hold(form.held_on.data, form.minutes.data, form.done.data or "", clock.now())
        meeting.tick(_sent_ticks())
        meeting.attend(_sent_people())
        demand_seen(form.seen.data or "", before, meeting.record)
        if meeting.record != before:
            _note(meeting, "Запись о встрече исправлена" if was is MeetingState.HELD else "Встреча состоялась")
        if form.next_on.data and was is not MeetingState.HELD:
            _plan_next(meeting, form)
    return meeting.pair_id


def _plan_next(meeting: Meeting, form: HoldInput) -> None:
    following = planned(meeting.pair, form.next_type.data)
    following.planned_on, following.planned_time, following.place = form.next_on.data, meeting.planned_time, meeting.place
    put_in(following, clock.now())
    _note(following, "Встреча назначена")


@bp.get("/meetings/<int:meeting_id>/move")
def move_form(meeting_id: int) -> ResponseReturnValue:
    """Another date for a planned meeting."""
    meeting, _who = load(meeting_id, Action.MEETING_EDIT)
    return _small_page(meeting, MoveInput(formdata=None, planned_time=meeting.planned_time), "move")


@bp.post("/meetings/<int:meeting_id>/move")
def move(meeting_id: int) -> ResponseReturnValue:
    """Move it."""
    form = MoveInput()
    if not form.accepted():
        return _small_page(load(meeting_id, Action.MEETING_EDIT)[0], form, "move"), 422
    with writing():
        meeting, _who = load(meeting_id, Action.MEETING_EDIT)
        meeting.move(form.planned_on.data, form.planned_time.data or "", form.reason.data or "")
        _note(meeting, "Встреча перенесена")
    return hx.go(url_for("meetings.index", pair_id=meeting.pair_id))


@bp.get("/meetings/<int:meeting_id>/missed")
def miss_form(meeting_id: int) -> ResponseReturnValue:
    """Why a meeting did not take place."""
    meeting, _who = load(meeting_id, Action.MEETING_EDIT)
    return _small_page(meeting, MissInput(formdata=None), "miss")


@bp.post("/meetings/<int:meeting_id>/missed")
def miss(meeting_id: int) -> ResponseReturnValue:
    """Note that it did not."""
    form = MissInput()
    if not form.accepted():
        return _small_page(load(meeting_id, Action.MEETING_EDIT)[0], form, "miss"), 422
    with writing():
        meeting, _who = load(meeting_id, Action.MEETING_EDIT)
        meeting.miss(form.reason.data)
        _note(meeting, "Встреча не состоялась")
    return hx.go(url_for("meetings.index", pair_id=meeting.pair_id))


def _small_page(meeting: Meeting, form: Input, what: str) -> str:
    return render_template("meetings/small.html", meeting=meeting, pair=meeting.pair, form=form, what=what)


@bp.get("/meetings/<int:meeting_id>/edit")
def edit(meeting_id: int) -> ResponseReturnValue:
    """Correct a meeting: type, day, place, agenda."""
    meeting, _who = load(meeting_id, Action.MEETING_EDIT)
    form = EditInput(
        formdata=None,
        type_id=meeting.type_id,
        planned_on=meeting.planned_on,
        planned_time=meeting.planned_time,
        place=meeting.place,
        plan_item_id=meeting.plan_item_id or 0,
        agenda="\n".join(str(point["text"]) for point in meeting.agenda),
        seen=meeting.outline,
    )
    return _edit_page(form, meeting)


@bp.post("/meetings/<int:meeting_id>/edit")
def save(meeting_id: int) -> ResponseReturnValue:
    """Save the correction; ticks of points that stayed are kept."""
    meeting, _who = load(meeting_id, Action.MEETING_EDIT)
    form, problem = EditInput(), ""
    _offer(form, meeting.pair)
    if form.accepted():
        try:
            _save(form, meeting_id)
            return hx.go(url_for("meetings.card", meeting_id=meeting_id))
        except NotNow as refusal:
            problem = str(refusal)
    meeting, _who = load(meeting_id, Action.MEETING_EDIT)
    return _edit_page(form, meeting, problem), 409 if problem else 422


def _save(form: EditInput, meeting_id: int) -> None:
    with writing():
        meeting, _who = load(meeting_id, Action.MEETING_EDIT)
        meeting.check_stands()
        before = meeting.outline
        _fill(meeting, form)
        meeting.retype(form.type_id.data, [line.strip() for line in form.agenda.data.splitlines() if line.strip()])
        demand_seen(form.seen.data or "", before, meeting.outline)
        if meeting.outline != before:
            _note(meeting, "Встреча исправлена")


def _edit_page(form: EditInput, meeting: Meeting, problem: str = "") -> str:
    _offer(form, meeting.pair)
    if problem:
        form.seen.data = meeting.outline
    return render_template("meetings/edit.html", form=form, meeting=meeting, pair=meeting.pair, problem=problem)


@bp.post("/meetings/<int:meeting_id>/remove")
def remove(meeting_id: int) -> ResponseReturnValue:
    """Take a meeting out that was planned by mistake; the page of meetings names it and leads to its card, which brings it back."""
    with writing():
        meeting, _who = load(meeting_id, Action.MEETING_EDIT)
        meeting.removed_at = clock.now()
        _note(meeting, "Встреча убрана")
    return hx.go(url_for("meetings.index", pair_id=meeting.pair_id))


@bp.post("/meetings/<int:meeting_id>/bring-back")
def bring_back(meeting_id: int) -> ResponseReturnValue:
    """Back into the list, and back to planned when it was noted as held or missed by mistake."""
    with writing():
        meeting, _who = load(meeting_id, Action.MEETING_EDIT)
        meeting.bring_back()
        _note(meeting, "Встреча возвращена")
    return hx.go(url_for("meetings.card", meeting_id=meeting_id))


@bp.get("/meetings/<int:meeting_id>/checklist.pdf")
def checklist(meeting_id: int) -> ResponseReturnValue:
    """The agenda on A4, to take along and to type back."""
    meeting, _who = load(meeting_id)
    item = db.session.get(PlanItem, meeting.plan_item_id) if meeting.plan_item_id else None
    paper = build.checklist_paper(
        School.get(), meeting, item.title if item else "", url_for("meetings.card", meeting_id=meeting_id, _external=True)
    )
    end_reading()
    return papers.answer(papers.pdf("checklist.html", paper=paper), f"meeting-{paper.number}.pdf")
