"""What the page of a plan needs, in a fixed number of queries whatever the number of rows and pairs.

The page is the one that is opened most, so it is read as rows, not as objects, by queries that are put together once.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from mentorapp.database import db, fetch
from mentorapp.domain import names, planning
from mentorapp.domain.formspec import Column, FormSpec, PlanTemplate
from mentorapp.domain.permissions import OWNERS_AGREED, OWNERS_APPROVED, Side
from mentorapp.domain.planning import PlanState, Progress
from mentorapp.models.cells import items_of
from mentorapp.models.forms import spec_of
from mentorapp.models.meetings import Meeting, MeetingState
from mentorapp.models.pairs import Pair, PairState, Participant
from mentorapp.models.people import Person
from mentorapp.models.plans import Plan, PlanItem

# About how many letters fit on one line of a cell for one share of width; only a first guess for browsers without `field-sizing`.
LETTERS_A_SHARE = 0.95


class Member(NamedTuple):
    """A person of the pair as the page names her."""

    id: int
    side: Side
    kind: str
    short_name: str
    full_name: str


@dataclass(slots=True)
class PairHead:
    """The pair as the head of its pages shows it: the same names as the model's."""

    id: int
    form_id: str
    year: int
    subtype: str
    state: PairState
    state_reason: str
    starts_on: date
    ends_on: date
    order_number: str
    archived_at: datetime | None
    spec: FormSpec
    members: list[Member]

    def people(self, side: Side) -> list[Member]:
        return [member for member in self.members if member.side is side]

    @property
    def title(self) -> str:
        return " — ".join(", ".join(member.short_name for member in self.people(side)) or "?" for side in Side)

    @property
    def full_title(self) -> str:
        return " — ".join(", ".join(member.full_name for member in self.people(side)) or "?" for side in Side)


@dataclass(slots=True)
class PlanHead:
    """The plan as its page shows it: the same names as the model's."""

    id: int
    owner: str
    state: PlanState
    template: PlanTemplate
    agreed_on: date | None
    agreed_on_paper: bool
    approved_on: date | None
    approved_on_paper: bool
    approver: str
    pair: PairHead

    @property
    def needs_agreement(self) -> bool:
        return self.owner in OWNERS_AGREED

    @property
    def needs_approval(self) -> bool:
        return self.owner in OWNERS_APPROVED


class Cell(NamedTuple):
    """One field of the table: its text, how many lines it opens with, and whether a folded card on a phone shows it."""

    text: str
    lines: int
    key: bool


class Row(NamedTuple):
    """One row of the table as the template unpacks it; everything is computed before the loop.

    Figures are texts: Jinja escapes a number in three times the time of a text. A section is named where it begins.
    """

    id: str
    number: str
    section: str
    cells: list[Cell]
    state: str
    tint: str
    word: str
    note: str


@dataclass(slots=True)
class Table:
    """Rows, progress, the other plans of the pair with their sizes, the next meeting."""

    columns: tuple[Column, ...]
    widths: list[int]
    rows: list[Row]
    in_bin: int
    progress: Progress
    tabs: list[Any]
    next_meeting: Any | None


Approver = aliased(Person)
HEAD = (
    sa.select(
        Plan.id, Plan.owner, Plan.state, Plan.form_version_id,
        Plan.agreed_on, Plan.agreed_on_paper, Plan.approved_on, Plan.approved_on_paper,
        Approver.last_name, Approver.first_name, Approver.patronymic,
        Pair.id.label("pair_id"), Pair.form_id, Pair.year, Pair.form_version_id.label("pair_version_id"), Pair.subtype,
        Pair.state.label("pair_state"), Pair.state_reason, Pair.starts_on, Pair.ends_on, Pair.order_number, Pair.archived_at,
    )
    .join_from(Plan, Pair, Plan.pair_id == Pair.id)
    .outerjoin(Approver, Plan.approved_by_id == Approver.id)
    .where(Plan.id == sa.bindparam("plan_id"))
)  # fmt: skip
MEMBERS = (
    sa.select(Participant.person_id, Participant.side, Person.kind, Person.last_name, Person.first_name, Person.patronymic)
    .join_from(Participant, Person, Participant.person_id == Person.id)
    .where(Participant.pair_id == sa.bindparam("pair_id"), Participant.until.is_(None))
    .order_by(Participant.id)
)
TABS = (
    sa.select(Plan.id, Plan.owner, Plan.participant_id, sa.func.count(PlanItem.id).label("items"))
    .outerjoin(PlanItem, sa.and_(PlanItem.plan_id == Plan.id, PlanItem.removed_at.is_(None)))
    .where(Plan.pair_id == sa.bindparam("pair_id"))
    .group_by(Plan.id)
    .order_by(Plan.id)
)
NEXT_MEETING = (
    sa.select(Meeting.id, Meeting.planned_on, Meeting.planned_time, Meeting.place)
    .where(Meeting.pair_id == sa.bindparam("pair_id"), Meeting.state == MeetingState.PLANNED, Meeting.removed_at.is_(None))
    .where(Meeting.planned_on.is_not(None))
    .order_by(sa.case((Meeting.planned_on < sa.bindparam("today", type_=sa.Date()), 1), else_=0))
    .order_by(Meeting.planned_on, Meeting.planned_time, Meeting.id)
    .limit(1)
)


def plan_head(plan_id: int) -> PlanHead | None:
    """The plan with its pair and people, by two queries."""
    row = next(iter(fetch(HEAD, plan_id=plan_id)), None)
    if row is None:
        return None
    members = [
        Member(one.person_id, one.side, one.kind, names.initials(*one[3:]), names.full_name(*one[3:]))
        for one in fetch(MEMBERS, pair_id=row.pair_id)
    ]
    pair = PairHead(
        row.pair_id, row.form_id, row.year, row.subtype, row.pair_state, row.state_reason, row.starts_on, row.ends_on, row.order_number,
        row.archived_at, spec_of(row.pair_version_id), members,
    )  # fmt: skip
    approver = names.initials(row.last_name, row.first_name, row.patronymic) if row.last_name else ""
    template = spec_of(row.form_version_id).plans[row.owner]
    return PlanHead(
        row.id, row.owner, row.state, template, row.agreed_on, row.agreed_on_paper, row.approved_on, row.approved_on_paper, approver, pair
    )


def plan_table(plan: PlanHead, today: date) -> Table:
    """What stands below the head, by three queries."""
    items = items_of(plan.id)
    columns = plan.template.columns
    live = [item for item in items if item.removed_at is None]
    return Table(
        columns=columns,
        widths=_widths(columns),
        rows=_rows(live, columns, today),
        in_bin=len(items) - len(live),
        progress=planning.progress(items, today),
        tabs=list(fetch(TABS, pair_id=plan.pair.id)),
        next_meeting=next_meeting(plan.pair.id, today),
    )


def next_meeting(pair_id: int, today: date) -> Any | None:
    """The earliest meeting ahead; with none ahead, one whose day has passed and that waits to be noted."""
    return next(iter(fetch(NEXT_MEETING, pair_id=pair_id, today=today)), None)


def _rows(items: list[Any], columns: tuple[Column, ...], today: date) -> list[Row]:
    # The inner loop runs 200 times a page, so it does by hand what planning.shown does: a typed field, or a text of `cells`.
    fields = [planning.field_of(column) for column in columns]
    parts = [
        (field.removeprefix("cells."), field.startswith("cells."), LETTERS_A_SHARE * column.width, column.role in ("title", "due"))
        for field, column in zip(fields, columns, strict=True)
    ]
    rows, before = [], ""
    for number, item in enumerate(items, start=1):
        texts = item.cells
        cells = []
        for name, is_free, letters, key in parts:
            text = texts.get(name, "") if is_free else getattr(item, name)
            lines = 1 + int(len(text) / letters) + text.count("\n") if len(text) > letters or "\n" in text else 1
            cells.append(Cell(text, lines, key))
        late = planning.late_words(item.state, item.due_to, today)
        section = item.section if item.section != before else ""
        before = item.section
        word = late or planning.ITEM_STATES[item.state]
        state = item.state.value
        rows.append(Row(str(item.id), str(number), section, cells, state, "late" if late else state, word, item.note))
    return rows


def _widths(columns: tuple[Column, ...]) -> list[int]:
    """The form's shares in per cent of what number, state and save column leave."""
    whole = sum(column.width for column in columns)
    return [round(77 * column.width / whole) for column in columns]


def plan_and_pair(plan_id: int) -> Plan | None:
    """The plan as an object with its pair and people, for whoever changes or prints it."""
    query = (
        sa.select(Plan)
        .where(Plan.id == plan_id)
        .options(sa.orm.joinedload(Plan.pair).selectinload(Pair.participants).joinedload(Participant.person))
    )
    return db.session.execute(query).scalar_one_or_none()
