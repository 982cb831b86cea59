"""What the start pages show: figures, what is late, what comes next. One query a block, however many pairs there are."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from mentorapp.database import db
from mentorapp.domain import planning
from mentorapp.domain.permissions import OWNERS_AGREED, OWNERS_MARKED, Access, Action, PairFacts, Side, can
from mentorapp.domain.planning import ItemState, PlanState, Progress
from mentorapp.domain.school_year import SchoolYear
from mentorapp.models.asked import Asked, asked_in
from mentorapp.models.deficits import waiting_orders
from mentorapp.models.forms import MentoringForm
from mentorapp.models.meetings import Meeting, MeetingState
from mentorapp.models.pairs import Pair, PairState, Participant
from mentorapp.models.people import BaseEntry, Consent, Person, SchoolClass
from mentorapp.models.plans import Plan, PlanItem

# In which states a date can be missed: planning.is_overdue decides, SQL only counts.
LATE_STATES = [state for state in ItemState if planning.is_overdue(state, date.min, date.max)]
COMING_DAYS = 7
SHOWN_OVERDUE, SHOWN_WAITING, SHOWN_MEETINGS, SHOWN_AHEAD, SHOWN_LATE = 5, 8, 8, 8, 5


# --- The first days of a year ---


def beginnings(year: SchoolYear, today: date) -> Any:
    """One row of counts for the whole school: forms, classes, people, consents (people with one in force), mentors, mentees."""
    in_force = (Consent.signed_on <= today, Consent.withdrawn_on.is_(None), sa.or_(Consent.valid_to.is_(None), Consent.valid_to >= today))
    of_base = (BaseEntry.year == year.first, BaseEntry.left_on.is_(None))
    counts = {
        "forms": _count(MentoringForm.id, MentoringForm.enabled.is_(True), MentoringForm.current_version_id.is_not(None)),
        "classes": _count(SchoolClass.id, SchoolClass.year == year.first),
        "people": _count(Person.id, Person.archived_at.is_(None)),
        "consents": _count(sa.distinct(Consent.person_id), *in_force),
        "mentors": _count(BaseEntry.id, BaseEntry.side == Side.MENTOR, *of_base),
        "mentees": _count(BaseEntry.id, BaseEntry.side == Side.MENTEE, *of_base),
    }
    return db.session.execute(sa.select(*(query.label(name) for name, query in counts.items()))).one()


def _count(column: Any, *conditions: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count(column)).where(*conditions).scalar_subquery()


# --- The page «Сегодня» ---


def figures(who: Access, year: SchoolYear, today: date) -> Any:
    """One row of counts: `school` is all pairs of the year, the rest is only what this person sees.

    working, paused, finished (pairs); overdue (items); waiting (plans); held (meetings of this month), coming (of the next days).
    """
    when = _when(who, year, today)
    counts = {
        "school": _count(Pair.id, Pair.year == year.first, Pair.archived_at.is_(None)),
        **{name: _count(Pair.id, Pair.state == state, *_seen(who, year)) for name, state in COUNTED_STATES.items()},
        "overdue": _count_of(PlanItem, Plan, Pair).where(*_late(today), *_running(who, year)).scalar_subquery(),
        "waiting": _count_of(Plan, Pair).where(_waits(), *_open(who, year)).scalar_subquery(),
        "held": _count_of(Meeting, Pair).where(*when["held"]).scalar_subquery(),
        "coming": _count_of(Meeting, Pair).where(*when["coming"]).scalar_subquery(),
    }
    return db.session.execute(sa.select(*(query.label(name) for name, query in counts.items()))).one()


COUNTED_STATES = {"working": PairState.ACTIVE, "paused": PairState.PAUSED, "finished": PairState.FINISHED}


def waiting_plans(who: Access, year: SchoolYear, limit: int = SHOWN_WAITING, offset: int = 0) -> list[Any]:
    """Plans that somebody must decide about: agreed and not approved yet, or changed since. The oldest first."""
    changed = _count_of(PlanItem).where(PlanItem.plan_id == Plan.id, PlanItem.edited_after_approval).correlate(Plan).scalar_subquery()
    query = (
        sa.select(Plan.id, Plan.pair_id, Plan.owner, Plan.state, Plan.agreed_on, changed.label("changed"))
        .join_from(Plan, Pair)
        .where(_waits(), *_open(who, year))
        .order_by(sa.case((Plan.state == PlanState.AGREED, 0), else_=1), Plan.agreed_on, Plan.id)
        .limit(limit)
        .offset(offset)
    )
    return list(db.session.execute(query))


def overdue_items(who: Access, year: SchoolYear, today: date, limit: int = SHOWN_OVERDUE, offset: int = 0) -> list[Any]:
    """The overdue items of the running pairs, the longest overdue first."""
    query = (
        sa.select(PlanItem.id, PlanItem.title, PlanItem.due_to, PlanItem.plan_id, Plan.pair_id)
        .join_from(PlanItem, Plan)
        .join(Pair, Plan.pair_id == Pair.id)
        .where(*_late(today), *_running(who, year))
        .order_by(PlanItem.due_to, PlanItem.id)
        .limit(limit)
        .offset(offset)
    )
    return list(db.session.execute(query))


MEETING_ROW = (
    Meeting.id, Meeting.pair_id, Meeting.planned_on, Meeting.planned_time, Meeting.place, Meeting.type_title, Meeting.held_on,
    Meeting.minutes, Meeting.done, Meeting.state,
)  # fmt: skip


def coming_meetings(who: Access, year: SchoolYear, today: date) -> list[Any]:
    """Planned meetings of today and the six days after it."""
    return meetings_of(who, year, "coming", today, SHOWN_MEETINGS)


def meetings_of(who: Access, year: SchoolYear, when: str, today: date, limit: int, offset: int = 0) -> list[Any]:
    """Rows of meetings: «coming» ones of seven days, «unnoted» ones whose day has passed, those «held» this month (the newest first)."""
    day = Meeting.held_on.desc() if when == "held" else Meeting.planned_on
    query = sa.select(*MEETING_ROW).join_from(Meeting, Pair).where(*_when(who, year, today)[when])
    found = query.order_by(day, Meeting.planned_time, Meeting.id).limit(limit).offset(offset)
    return list(db.session.execute(found))


def count_meetings(who: Access, year: SchoolYear, today: date) -> dict[str, int]:
    """How many there are of each."""
    counts = {name: _count_of(Meeting, Pair).where(*rules).scalar_subquery() for name, rules in _when(who, year, today).items()}
    row = db.session.execute(sa.select(*(query.label(name) for name, query in counts.items()))).one()
    return {name: int(getattr(row, name)) for name in counts}


def _when(who: Access, year: SchoolYear, today: date) -> dict[str, "Conditions"]:
    late = Meeting.state == MeetingState.PLANNED, _kept(), Meeting.planned_on < today
    held = Meeting.state == MeetingState.HELD, _kept(), Meeting.held_on >= today.replace(day=1)
    return {
        "coming": (*_soon(today), *_open(who, year)),
        "unnoted": (*late, *_open(who, year)),
        "held": (*held, *_seen(who, year)),
    }


def pairs_of(blocks: Iterable[Iterable[Any]]) -> list[Pair]:
    """The pairs that the rows of these blocks speak of, with their people."""
    ids = {row.pair_id for block in blocks for row in block}
    return _with_people(sa.select(Pair).where(Pair.id.in_(ids))) if ids else []


def _with_people(query: sa.Select[Pair]) -> list[Pair]:
    people = sa.orm.joinedload(Pair.participants).joinedload(Participant.person).joinedload(Person.enrolments)
    return list(db.session.execute(query.options(people)).unique().scalars())


def _count_of(first: Any, *joined: Any) -> sa.Select[int]:
    query = sa.select(sa.func.count()).select_from(first)
    for model in joined:
        query = query.join(model)
    return query


Conditions = tuple[sa.ColumnElement[bool], ...]


def _seen(who: Access, year: SchoolYear) -> Conditions:
    return Pair.visible_to(who), Pair.year == year.first, Pair.archived_at.is_(None)


def _open(who: Access, year: SchoolYear) -> Conditions:
    return *_seen(who, year), Pair.state != PairState.FINISHED


def _running(who: Access, year: SchoolYear) -> Conditions:
    """A pair that has not begun or is on a pause is late with nothing."""
    return *_seen(who, year), Pair.state == PairState.ACTIVE, Plan.state != PlanState.CLOSED


def _late(today: date) -> Conditions:
    return PlanItem.due_to < today, PlanItem.state.in_(LATE_STATES), PlanItem.removed_at.is_(None)


def _waits() -> sa.ColumnElement[bool]:
    changed = sa.exists().where(PlanItem.plan_id == Plan.id, PlanItem.edited_after_approval)
    return sa.or_(Plan.state == PlanState.AGREED, sa.and_(Plan.state == PlanState.APPROVED, changed))


def _kept() -> sa.ColumnElement[bool]:
    return Meeting.removed_at.is_(None)


def _soon(today: date) -> Conditions:
    last = today + timedelta(days=COMING_DAYS - 1)
    return Meeting.state == MeetingState.PLANNED, _kept(), Meeting.planned_on >= today, Meeting.planned_on <= last


# --- A person's own pairs ---


@dataclass(frozen=True, slots=True)
class OwnPair:
    """A running pair as its own mentor or mentee sees it first.

    `meeting` is a row: the next one, or else the last one not noted yet; `to_note` the first one that waits to be noted.
    `progress` is that of the plan to open, `late_elsewhere` counts the late items of her other plans. `to_agree`: plan ids
    and owners that wait for this mentee; `order_to_agree`: the list of deficits whose order does; `to_answer`: her questionnaires.
    """

    pair: Pair
    side: Side
    others: list[Person]
    plan_id: int | None
    progress: Progress
    late_elsewhere: int
    meeting: Any
    to_note: Any
    unnoted: int
    may_meet: bool
    to_agree: dict[int, str]
    order_to_agree: int | None
    to_answer: list[Asked]


@dataclass(frozen=True, slots=True)
class Own:
    """All pairs of one person: cards by the date of the next meeting, finished ones, and the next items (rows) of her plans.

    `to_answer` are the last questionnaires of pairs that have ended.
    """

    cards: list[OwnPair]
    finished: list[Pair]
    ahead: list[Any]
    to_answer: list[Asked]

    @property
    def title_of(self) -> dict[int, str]:
        """The other side of each pair, for the list of items."""
        return {card.pair.id: ", ".join(person.short_name for person in card.others) for card in self.cards}


def own(who: Access, today: date) -> Own:
    """What this person does in her own pairs, in a fixed number of queries."""
    mine = sa.exists().where(Participant.pair_id == Pair.id, Participant.person_id == who.person_id, Participant.until.is_(None))
    pairs = _with_people(sa.select(Pair).where(mine, Pair.archived_at.is_(None)).order_by(Pair.id))
    running = [pair for pair in pairs if pair.state is not PairState.FINISHED]
    finished = [pair for pair in pairs if pair.state is PairState.FINISHED]
    asked = [one for one in asked_in(pairs, today) if one.person.id == who.person_id and one.is_missing and not _on_paper(one)]
    late_answers = [one for one in asked if one.pair in finished]
    if not running:
        return Own([], finished, [], late_answers)
    items, meetings = _own_items(running), _planned_meetings(running)
    places = {pair.id: _place(pair, who.person_id) for pair in running}
    orders = waiting_orders([place.id for place in places.values() if place.side is Side.MENTEE])
    cards = [_card(pair, places[pair.id], who, items, meetings, asked, orders, today) for pair in running]
    cards.sort(key=lambda card: (card.meeting is None, card.meeting and (card.meeting.planned_on, card.meeting.planned_time), card.pair.id))
    mine_items = [row for row in items if _is_own(row, places[row.pair_id])]
    working = {pair.id for pair in running if pair.state is PairState.ACTIVE}
    return Own(cards, finished, _ahead(mine_items, today, working), late_answers)


def _on_paper(one: Asked) -> bool:
    """The curator types it in: nothing waits for its author."""
    return one.submission is not None and one.submission.from_paper


def _place(pair: Pair, person_id: int) -> Participant:
    return next(row for row in pair.participants if row.person_id == person_id and row.until is None)


def _own_items(pairs: list[Pair]) -> list[Any]:
    """A row for each item of all their plans; an empty plan gives one row without an item."""
    item = (PlanItem.id, PlanItem.title, PlanItem.due_to, PlanItem.state, PlanItem.removed_at, PlanItem.edited_after_approval)
    query = (
        sa.select(Plan.id.label("plan_id"), Plan.pair_id, Plan.owner, Plan.participant_id, Plan.state.label("plan_state"), *item)
        .join_from(Plan, PlanItem, isouter=True)
        .where(Plan.pair_id.in_([pair.id for pair in pairs]))
        .order_by(Plan.id, PlanItem.position, PlanItem.id)
    )
    return list(db.session.execute(query))


def _planned_meetings(pairs: list[Pair]) -> list[Any]:
    query = (
        sa.select(Meeting.id, Meeting.pair_id, Meeting.planned_on, Meeting.planned_time, Meeting.place, Meeting.type_title)
        .where(Meeting.pair_id.in_([pair.id for pair in pairs]), Meeting.state == MeetingState.PLANNED)
        .where(_kept(), Meeting.planned_on.is_not(None))
        .order_by(Meeting.planned_on, Meeting.planned_time, Meeting.id)
    )
    return list(db.session.execute(query))


def _card(
    pair: Pair,
    place: Participant,
    who: Access,
    items: list[Any],
    meetings: list[Any],
    asked: list[Asked],
    orders: dict[int, int],
    today: date,
) -> OwnPair:
    plans = [row for row in items if row.pair_id == pair.id and _is_own(row, place)]
    # The pair's common plan is the one to open; a form without it has the plan of the person's own side.
    plan_id = next((row.plan_id for owner in ("pair", place.side) for row in plans if row.owner == owner), None)
    open_plans = {row.plan_id for row in plans if row.plan_state is not PlanState.CLOSED}
    planned = [row for row in meetings if row.pair_id == pair.id]
    past = [row for row in planned if row.planned_on < today]
    ahead = planned[len(past) :]
    facts = PairFacts(pair.id, pair.form_id, frozenset({place.side}), frozenset({place.id}), frozenset(), is_open=True)
    return OwnPair(
        pair=pair,
        side=place.side,
        others=pair.people(Side.MENTEE if place.side is Side.MENTOR else Side.MENTOR),
        plan_id=plan_id,
        progress=_progress(plans, plan_id, today),
        late_elsewhere=sum(_progress(plans, each, today).overdue for each in open_plans - {plan_id}),
        meeting=(ahead[:1] or past[-1:] or [None])[0],
        to_note=(past[:1] or [row for row in ahead[:1] if row.planned_on == today] or [None])[0],
        unnoted=len(past),
        may_meet=can(replace(who, pair=facts), Action.MEETING_EDIT),
        to_agree={row.plan_id: row.owner for row in plans if _waits_for(row, place)},
        order_to_agree=orders.get(place.id),
        to_answer=[one for one in asked if one.pair.id == pair.id],
    )


def _progress(rows: list[Any], plan_id: int | None, today: date) -> Progress:
    return planning.progress((row for row in rows if row.plan_id == plan_id and row.title is not None), today)


def _waits_for(row: Any, place: Participant) -> bool:
    return place.side is Side.MENTEE and row.owner in OWNERS_AGREED and row.plan_state == PlanState.DRAFT and row.title is not None


def _is_own(row: Any, place: Participant) -> bool:
    """The plan is one whose items this side marks; in a group a mentee's own, not that of another mentee."""
    foreign = place.side is Side.MENTEE and row.participant_id not in (None, place.id)
    return row.owner in OWNERS_MARKED[place.side] and not foreign


def _ahead(items: list[Any], today: date, working: set[int]) -> list[Any]:
    """What is late in the working pairs, then the next items with a date; none that is done."""
    live = [row for row in items if row.removed_at is None and row.plan_state is not PlanState.CLOSED and row.state in LATE_STATES]
    by_date = sorted((row for row in live if row.due_to), key=lambda row: row.due_to)
    late = [row for row in by_date if row.due_to < today and row.pair_id in working]
    return late[:SHOWN_LATE] + [row for row in by_date if row.due_to >= today][:SHOWN_AHEAD]
