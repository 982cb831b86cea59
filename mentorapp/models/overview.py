"""What the start pages show: figures, what is late, what comes next. One query a block, however many pairs there are."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from mentorapp.database import db
from mentorapp.domain import planning
from mentorapp.domain.permissions import Access, Side
from mentorapp.domain.planning import ItemState, PlanState
from mentorapp.domain.school_year import SchoolYear
from mentorapp.models import terms
from mentorapp.models.forms import MentoringForm
from mentorapp.models.meetings import Meeting, MeetingState
from mentorapp.models.pairs import Pair, PairState, Participant
from mentorapp.models.people import BaseEntry, Consent, Person, SchoolClass
from mentorapp.models.plans import Plan, PlanItem

# In which states a date can be missed: planning.is_overdue decides, SQL only counts.
LATE_STATES = [state for state in ItemState if planning.is_overdue(state, date.min, date.max)]
COMING_DAYS = 7
SHOWN_OVERDUE, SHOWN_WAITING, SHOWN_MEETINGS, SHOWN_TERMS = 5, 8, 8, 5


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

    working, paused, finished (pairs); overdue (items); waiting (plans); held (meetings of this month), coming (of the next days);
    terms: whether papers are worth looking at.
    """
    when = _when(who, year, today)
    counts = {
        "school": _count(Pair.id, Pair.year == year.first, Pair.archived_at.is_(None)),
        **{name: _count(Pair.id, Pair.state == state, *_seen(who, year)) for name, state in COUNTED_STATES.items()},
        "overdue": _count_of(PlanItem, Plan, Pair).where(*_late(today), *_running(who, year)).scalar_subquery(),
        "waiting": _count_of(Plan, Pair).where(_waits(), *_open(who, year)).scalar_subquery(),
        "held": _count_of(Meeting, Pair).where(*when["held"]).scalar_subquery(),
        "coming": _count_of(Meeting, Pair).where(*when["coming"]).scalar_subquery(),
        "terms": sa.case((terms.may_end(today), 1), else_=0),
    }
    return db.session.execute(sa.select(*(query.label(name) for name, query in counts.items()))).one()


COUNTED_STATES = {"working": PairState.ACTIVE, "paused": PairState.PAUSED, "finished": PairState.FINISHED}


def waiting_plans(who: Access, year: SchoolYear, limit: int = SHOWN_WAITING, offset: int = 0) -> list[Any]:
    """Plans that somebody must decide about: agreed and not approved yet, or changed since. The oldest first."""
    changed = _count_of(PlanItem).where(PlanItem.plan_id == Plan.id, PlanItem.edited_after_approval).correlate(Plan).scalar_subquery()
    query = (
        sa.select(Plan.id, Plan.pair_id, Plan.owner, Plan.participant_id, Plan.state, Plan.agreed_on, changed.label("changed"))
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
    late = Meeting.state == MeetingState.PLANNED, kept(), Meeting.planned_on < today
    held = Meeting.state == MeetingState.HELD, kept(), Meeting.held_on >= today.replace(day=1)
    return {
        "coming": (*_soon(today), *_open(who, year)),
        "unnoted": (*late, *_open(who, year)),
        "held": (*held, *_seen(who, year)),
    }


def pairs_of(blocks: Iterable[Iterable[Any]]) -> list[Pair]:
    """The pairs that the rows of these blocks speak of, with their people."""
    ids = {row.pair_id for block in blocks for row in block}
    return with_people(sa.select(Pair).where(Pair.id.in_(ids))) if ids else []


def with_people(query: sa.Select[Pair]) -> list[Pair]:
    """The pairs of a query with their people and the places of those, by that one query."""
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


def kept() -> sa.ColumnElement[bool]:
    """Meetings that were not removed."""
    return Meeting.removed_at.is_(None)


def _soon(today: date) -> Conditions:
    last = today + timedelta(days=COMING_DAYS - 1)
    return Meeting.state == MeetingState.PLANNED, kept(), Meeting.planned_on >= today, Meeting.planned_on <= last
