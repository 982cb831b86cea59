"""What the page of a plan needs, in a fixed number of queries whatever the number of rows and pairs.

The page is the one that is opened most, so it is read as rows, not as objects, by queries that are put together once.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from mentorapp.database import db
from mentorapp.domain import names, planning
from mentorapp.domain.formspec import Column, FormSpec, PlanTemplate
from mentorapp.domain.permissions import OWNERS_AGREED, OWNERS_APPROVED, Side
from mentorapp.domain.planning import PlanState, Progress
from mentorapp.domain.shares import shared
from mentorapp.models.forms import spec_of
from mentorapp.models.journal import Operation
from mentorapp.models.meetings import Meeting, MeetingState
from mentorapp.models.pairs import Pair, PairState, Participant
from mentorapp.models.people import Person
from mentorapp.models.plans import Plan, PlanItem
from mentorapp.models.school import School
from mentorapp.prepared import Prepared


class Member(NamedTuple):
    """A person of the pair as the page names her."""

    id: int
    participant_id: int
    side: Side
    kind: str
    short_name: str
    full_name: str
    until: date | None = None

    @property
    def tab_name(self) -> str:
        """On the tab of her plan, beside those of other mentees."""
        return f"{self.short_name}, до {self.until:%d.%m}" if self.until else self.short_name


@dataclass(slots=True)
class PairHead:
    """The pair as the head of its pages shows it: the same names as the model's. `former` are those whose part has ended."""

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
    area: str
    spec: FormSpec
    mentee_words: dict[str, str]
    members: list[Member]
    former: list[Member]

    def people(self, side: Side) -> list[Member]:
        return [member for member in self.members if member.side is side]

    @property
    def title(self) -> str:
        return names.title_of(self._names)

    @property
    def full_title(self) -> str:
        return names.title_of(self._names, full=True)

    @property
    def _names(self) -> list[list[tuple[str, str]]]:
        return [[(member.short_name, member.full_name) for member in self.people(side)] for side in Side]


@dataclass(slots=True)
class PlanHead:
    """The plan as its page shows it: the same names as the model's."""

    id: int
    owner: str
    participant_id: int | None
    state: PlanState
    template: PlanTemplate
    agreed_on: date | None
    agreed_on_paper: bool
    approved_on: date | None
    approved_on_paper: bool
    approver: str
    last_operation: int
    pair: PairHead

    @property
    def needs_agreement(self) -> bool:
        return self.owner in OWNERS_AGREED

    @property
    def needs_approval(self) -> bool:
        return self.owner in OWNERS_APPROVED

    def next_step(self, changed: int) -> str:
        """What the plan waits for: «agree», «approve» or nothing. `changed`: rows edited since the approval."""
        if self.state is PlanState.CLOSED:
            return ""
        if self.needs_agreement and self.state is PlanState.DRAFT:
            return "agree"
        return "approve" if self.needs_approval and (self.state is not PlanState.APPROVED or changed) else ""


@dataclass(slots=True)
class Table:
    """Items in their order, progress, the other plans of the pair with their sizes, the next meeting."""

    columns: tuple[Column, ...]
    widths: tuple[int, ...]
    items: list[Any]
    progress: Progress
    tabs: list[Any]
    next_meeting: Any | None


Approver = aliased(Person)
LAST_OPERATION = (
    sa.select(Operation.id)
    .where(Operation.pair_id == Plan.pair_id, Operation.plan_id == Plan.id)
    .order_by(Operation.id.desc())
    .limit(1)
    .scalar_subquery()
)
HEAD = Prepared(
    sa.select(
        Plan.id, Plan.owner, Plan.participant_id, Plan.state, Plan.form_version_id, LAST_OPERATION.label("last_operation"),
        Plan.agreed_on, Plan.agreed_on_paper, Plan.approved_on, Plan.approved_on_paper,
        Approver.last_name, Approver.first_name, Approver.patronymic,
        Pair.id.label("pair_id"), Pair.form_id, Pair.year, Pair.form_version_id.label("pair_version_id"), Pair.subtype,
        Pair.state.label("pair_state"), Pair.state_reason, Pair.starts_on, Pair.ends_on, Pair.order_number, Pair.archived_at, Pair.area,
        sa.select(School.mentee_words).limit(1).scalar_subquery().label("mentee_words"),
    )
    .join_from(Plan, Pair, Plan.pair_id == Pair.id)
    .outerjoin(Approver, Plan.approved_by_id == Approver.id)
    .where(Plan.id == sa.bindparam("plan_id"))
)  # fmt: skip
MEMBERS = Prepared(
    sa.select(
        Participant.person_id, Participant.id, Participant.side, Person.kind, Participant.until,
        Person.last_name, Person.first_name, Person.patronymic,
    )
    .join_from(Participant, Person, Participant.person_id == Person.id)
    .where(Participant.pair_id == sa.bindparam("pair_id"))
    .order_by(Participant.id)
)  # fmt: skip
# The texts of the form's own columns stay the JSON that the database keeps: a row that did not change is not taken apart.
ITEMS = Prepared(
    sa.select(
        PlanItem.id, PlanItem.section, PlanItem.title, PlanItem.due_text, PlanItem.due_to, PlanItem.report_text, PlanItem.state,
        PlanItem.note, sa.type_coerce(PlanItem.cells, sa.Text).label("free"), PlanItem.edited_after_approval, PlanItem.removed_at,
    )
    .where(PlanItem.plan_id == sa.bindparam("plan_id"))
    .order_by(PlanItem.position, PlanItem.id)
)  # fmt: skip
TABS = Prepared(
    sa.select(Plan.id, Plan.owner, Plan.participant_id, sa.func.count(PlanItem.id).label("items"))
    .outerjoin(PlanItem, sa.and_(PlanItem.plan_id == Plan.id, PlanItem.removed_at.is_(None)))
    .where(Plan.pair_id == sa.bindparam("pair_id"))
    .group_by(Plan.id)
    .order_by(Plan.id)
)
NEXT_MEETING = Prepared(
    sa.select(Meeting.id, Meeting.planned_on, Meeting.planned_time, Meeting.place)
    .where(Meeting.pair_id == sa.bindparam("pair_id"), Meeting.state == MeetingState.PLANNED, Meeting.removed_at.is_(None))
    .where(Meeting.planned_on.is_not(None))
    .order_by(sa.case((Meeting.planned_on < sa.bindparam("today", type_=sa.Date()), 1), else_=0))
    .order_by(Meeting.planned_on, Meeting.planned_time, Meeting.id)
    .limit(1)
)


def plan_head(plan_id: int) -> PlanHead | None:
    """The plan with its pair and people, by two queries."""
    row = HEAD.row(plan_id=plan_id)
    if row is None:
        return None
    everybody = [
        Member(one.person_id, one.id, one.side, one.kind, names.initials(*one[5:]), names.full_name(*one[5:]), one.until)
        for one in MEMBERS.rows(pair_id=row.pair_id)
    ]
    members, former = [one for one in everybody if one.until is None], [one for one in everybody if one.until is not None]
    pair = PairHead(
        row.pair_id, row.form_id, row.year, row.subtype, row.pair_state, row.state_reason, row.starts_on, row.ends_on, row.order_number,
        row.archived_at, row.area, spec_of(row.pair_version_id), row.mentee_words, members, former,
    )  # fmt: skip
    approver = names.initials(row.last_name, row.first_name, row.patronymic) if row.last_name else ""
    template = spec_of(row.form_version_id).plans[row.owner]
    return PlanHead(
        row.id, row.owner, row.participant_id, row.state, template, row.agreed_on, row.agreed_on_paper,
        row.approved_on, row.approved_on_paper, approver, row.last_operation or 0, pair,
    )  # fmt: skip


def plan_table(plan: PlanHead, today: date) -> Table:
    """What stands below the head, by three queries."""
    items = ITEMS.rows(plan_id=plan.id)
    columns = plan.template.columns
    live = [item for item in items if item.removed_at is None]
    return Table(
        columns=columns,
        widths=_widths(columns),
        items=live,
        progress=planning.progress(items, today),
        tabs=TABS.rows(pair_id=plan.pair.id),
        next_meeting=next_meeting(plan.pair.id, today),
    )


def next_meeting(pair_id: int, today: date) -> Any | None:
    """The earliest meeting ahead; with none ahead, one whose day has passed and that waits to be noted."""
    return NEXT_MEETING.row(pair_id=pair_id, today=today)


# In per cent of the table on a screen of 1366 points: what number, state and save column leave; a letter of a heading; its padding.
ROOM, LETTER, PADDING = 77, 0.62, 1.2


def _widths(columns: tuple[Column, ...]) -> tuple[int, ...]:
    """The form's shares of the room for columns, but so that no word of a heading is broken where all of them have room."""
    least = [PADDING + LETTER * max(map(len, column.title.split()), default=0) for column in columns]
    return tuple(round(width) for width in shared(ROOM, [column.width for column in columns], least))


def plan_and_pair(plan_id: int) -> Plan | None:
    """The plan as an object with its pair and people, for whoever changes or prints it."""
    query = (
        sa.select(Plan)
        .where(Plan.id == plan_id)
        .options(sa.orm.joinedload(Plan.pair).selectinload(Pair.participants).joinedload(Participant.person))
    )
    return db.session.execute(query).scalar_one_or_none()
