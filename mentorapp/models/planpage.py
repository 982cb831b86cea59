"""What the page of a plan needs, in a fixed number of queries whatever the number of rows and pairs."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from mentorapp.database import db
from mentorapp.domain import planning
from mentorapp.domain.formspec import Column
from mentorapp.domain.planning import Progress
from mentorapp.models.cells import items_of
from mentorapp.models.meetings import Meeting, MeetingState
from mentorapp.models.pairs import Pair, Participant
from mentorapp.models.plans import Plan, PlanItem

# About how many letters fit on one line of a cell for one share of width; only a first guess for browsers without `field-sizing`.
LETTERS_A_SHARE = 0.95


@dataclass(slots=True)
class Cell:
    """One field of the table: its column's id, its text, how many lines it opens with, and whether a folded card on a phone shows it."""

    name: str
    text: str
    lines: int
    key: bool


@dataclass(slots=True)
class Row:
    """One row of the table as the template walks through it; everything is computed before the loop."""

    id: int
    number: int
    section: str
    cells: list[Cell]
    state: str
    state_word: str
    note: str
    late: str


@dataclass(slots=True)
class PlanPage:
    plan: Plan
    columns: tuple[Column, ...]
    widths: list[int]
    rows: list[Row]
    in_bin: int
    progress: Progress
    tabs: list[Any]
    next_meeting: Meeting | None


def pair_and_plan(plan_id: int) -> Plan | None:
    """The plan with its pair and people, by two queries."""
    query = (
        sa.select(Plan)
        .where(Plan.id == plan_id)
        .options(
            sa.orm.joinedload(Plan.pair).selectinload(Pair.participants).joinedload(Participant.person),
            sa.orm.joinedload(Plan.agreed_by),
            sa.orm.joinedload(Plan.approved_by),
        )
    )
    return db.session.execute(query).scalar_one_or_none()


def plan_page(plan: Plan, today: date) -> PlanPage:
    """Rows, progress, the other plans of the pair with their sizes, the next meeting."""
    items = items_of(plan.id)
    columns = plan.template.columns
    live = [item for item in items if item.removed_at is None]
    shares = [LETTERS_A_SHARE * column.width for column in columns]
    fields = [planning.field_of(column) for column in columns]
    return PlanPage(
        plan=plan,
        columns=columns,
        widths=_widths(columns),
        rows=[_row(item, number, columns, fields, shares, today) for number, item in enumerate(live, start=1)],
        in_bin=len(items) - len(live),
        progress=planning.progress(items, today),
        tabs=tabs_of(plan.pair_id),
        next_meeting=next_meeting(plan.pair_id),
    )


def _row(item: Any, number: int, columns: tuple[Column, ...], fields: list[str], shares: list[float], today: date) -> Row:
    texts = [planning.shown(item, field) for field in fields]
    cells = [
        Cell(
            column.id,
            text,
            1 + int(len(text) / share) + text.count("\n") if len(text) > share or "\n" in text else 1,
            column.role in ("title", "due"),
        )
        for column, text, share in zip(columns, texts, shares, strict=True)
    ]
    return Row(
        item.id,
        number,
        item.section,
        cells,
        item.state,
        planning.ITEM_STATES[item.state],
        item.note,
        planning.late_words(item.state, item.due_to, today),
    )


def _widths(columns: tuple[Column, ...]) -> list[int]:
    """The form's shares in per cent of what number, state and save column leave."""
    whole = sum(column.width for column in columns)
    return [round(77 * column.width / whole) for column in columns]


def tabs_of(pair_id: int) -> list[Any]:
    """The plans of a pair in order: id, owner, participant and number of live items."""
    query = (
        sa.select(Plan.id, Plan.owner, Plan.participant_id, sa.func.count(PlanItem.id).label("items"))
        .outerjoin(PlanItem, sa.and_(PlanItem.plan_id == Plan.id, PlanItem.removed_at.is_(None)))
        .where(Plan.pair_id == pair_id)
        .group_by(Plan.id)
        .order_by(Plan.id)
    )
    return list(db.session.execute(query))


def next_meeting(pair_id: int) -> Meeting | None:
    """The earliest planned meeting, even when its day has passed: then it waits to be noted."""
    query = (
        sa.select(Meeting)
        .where(
            Meeting.pair_id == pair_id, Meeting.state == MeetingState.PLANNED, Meeting.removed_at.is_(None), Meeting.planned_on.is_not(None)
        )
        .order_by(Meeting.planned_on, Meeting.planned_time, Meeting.id)
        .limit(1)
    )
    return db.session.execute(query).scalar_one_or_none()
