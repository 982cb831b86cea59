"""Saving one cell of a plan: the commonest write of the product, so it goes without objects, in four statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from mentorapp.database import db, table_of
from mentorapp.domain import conflict, planning
from mentorapp.domain.formspec import Column
from mentorapp.domain.kinds import NotUnderstood
from mentorapp.domain.planning import PlanState, Progress
from mentorapp.domain.school_year import SchoolYear
from mentorapp.models import journal
from mentorapp.models.forms import spec_of
from mentorapp.models.journal import Change, Operation
from mentorapp.models.pairs import Pair
from mentorapp.models.people import Person
from mentorapp.models.plans import Plan, PlanItem
from mentorapp.prepared import Prepared


class CellChanged(Exception):
    """The cell holds a text that this page has not seen: two people edit one plan, and the second must not win silently."""

    def __init__(self, cell: "LoadedCell", typed: str, theirs: str) -> None:
        super().__init__(cell.column.title)
        self.cell, self.column, self.typed, self.theirs = cell, cell.column, typed, theirs


class ItemRemoved(Exception):
    """The row went to the bin while somebody typed in it."""


@dataclass(frozen=True, slots=True)
class LoadedCell:
    """One cell with what is needed to decide about it: its item, plan and pair as one row of a query."""

    row: Any
    column: Column

    @property
    def owner(self) -> str:
        return str(self.row.owner)

    @property
    def participant_id(self) -> int | None:
        """Whose plan it is, in a group."""
        found: int | None = self.row.participant_id
        return found

    @property
    def state(self) -> PlanState:
        """The plan's state, for the permission rules."""
        return PlanState(self.row.plan_state)

    @property
    def year(self) -> SchoolYear:
        return SchoolYear(self.row.year)


def column_of(form_version_id: int, owner: str, column_id: str) -> Column | None:
    """A column of the form's plan, or one of the core's own."""
    if column_id in planning.CORE_COLUMNS:
        return planning.CORE_COLUMNS[column_id]
    return next((column for column in spec_of(form_version_id).plans[owner].columns if column.id == column_id), None)


CELL = Prepared(
    sa.select(
        PlanItem.id, PlanItem.title, PlanItem.due_text, PlanItem.report_text, PlanItem.state, PlanItem.note, PlanItem.done_on,
        PlanItem.cells, PlanItem.removed_at, PlanItem.plan_id, PlanItem.due_by_rule, PlanItem.report_by_rule,
        Plan.owner, Plan.participant_id, Plan.state.label("plan_state"), Plan.form_version_id, Plan.pair_id, Pair.year,
    )
    .join_from(PlanItem, Plan, PlanItem.plan_id == Plan.id)
    .join(Pair, Plan.pair_id == Pair.id)
    .where(PlanItem.id == sa.bindparam("item_id"), Plan.id == sa.bindparam("plan_id"))
)  # fmt: skip


def load_cell(plan_id: int, item_id: int, column_id: str) -> LoadedCell | None:
    """The cell, or None where there is no such plan, item or column."""
    row = CELL.row(item_id=item_id, plan_id=plan_id)
    column = row and column_of(row.form_version_id, row.owner, column_id)
    return LoadedCell(row, column) if row and column else None


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did: the text now shown, and the operation to undo (None when nothing had to be written)."""

    text: str
    operation_id: int | None


def save(cell: LoadedCell, typed: str, *, seen: str, sent: Sequence[str] = (), by_id: int, now: datetime, today: date) -> Saved:
    """Store what was typed into one cell and note it in the journal.

    `seen` is the text the cell was opened with, `sent` this page's own earlier saves that got no answer yet. Raises
    NotUnderstood with a sentence for the person, ItemRemoved, or CellChanged when the cell holds a text that none of
    them explains.
    """
    if cell.row.removed_at is not None:
        raise ItemRemoved
    field = planning.field_of(cell.column)
    old, new = planning.shown(cell.row, field), planning.parse(cell.column, typed, cell.year)
    if old == new:
        return Saved(old, None)
    if not conflict.is_known(old, (seen, *sent), lambda text: planning.parse(cell.column, text, cell.year)):
        raise CellChanged(cell, typed, old)
    planning.refuse_days_ahead(cell.column, new, cell.year, today)
    return _write(cell, field, old, new, what=f"{cell.column.title}", by_id=by_id, now=now, today=today)


def take_theirs(cell: LoadedCell, mine: str, *, by_id: int, now: datetime) -> Saved:
    """After a conflict a person kept the other text: her own goes into history, from where it can be brought back.

    A text that is no value of this cell, typed while the two stood side by side, cannot be brought back and is let go.
    """
    field = planning.field_of(cell.column)
    theirs = planning.shown(cell.row, field)
    try:
        mine = planning.parse(cell.column, mine, cell.year)
    except NotUnderstood:
        mine = theirs
    if mine == theirs:
        return Saved(theirs, None)
    return Saved(theirs, _note(cell, [_difference(cell, field, mine, theirs)], f"{cell.column.title}: оставлен другой текст", by_id, now))


CHANGE_ITEM = Prepared(sa.update(table_of(PlanItem)).where(table_of(PlanItem).c.id == sa.bindparam("item_id")))


def _write(cell: LoadedCell, field: str, old: str, new: str, *, what: str, by_id: int, now: datetime, today: date) -> Saved:
    values = planning.stored(cell.row, field, new, cell.year, today)
    if cell.state is PlanState.APPROVED and planning.is_wording(field):
        values["edited_after_approval"] = True
    CHANGE_ITEM.run(item_id=cell.row.id, **values)
    followed = [(name, getattr(cell.row, name), values[name]) for name in planning.FOLLOWING if name in values and name != field]
    changes = [_difference(cell, field, old, new), *(change for change in followed if change[1] != change[2])]
    return Saved(new, _note(cell, changes, what, by_id, now))


def _difference(cell: LoadedCell, field: str, old: str, new: str) -> journal.Difference:
    return field, planning.journalled(field, old, cell.year), planning.journalled(field, new, cell.year)


def _note(cell: LoadedCell, changes: Sequence[journal.Difference], what: str, by_id: int, now: datetime) -> int:
    row, plan = cell.row, {"pair_id": cell.row.pair_id, "plan_id": cell.row.plan_id}
    return journal.note_cell(table="plan_item", row_id=row.id, changes=changes, what=what, by_id=by_id, now=now, **plan)


STATES = Prepared(
    sa.select(PlanItem.id, PlanItem.state, PlanItem.due_to, PlanItem.removed_at, PlanItem.edited_after_approval)
    .where(PlanItem.plan_id == sa.bindparam("plan_id"))
    .order_by(PlanItem.position, PlanItem.id)
)


def progress_of(plan_id: int, today: date) -> Progress:
    """How far the plan has come."""
    return planning.progress(STATES.rows(plan_id=plan_id), today)


def after_save(plan_id: int, item_id: int, today: date) -> tuple[Progress, str]:
    """How far the plan has come, and how late this item is in words («Просрочено, 3 дня»), by one query."""
    rows = STATES.rows(plan_id=plan_id)
    late = next((planning.late_words(row.state, row.due_to, today) for row in rows if row.id == item_id), "")
    return planning.progress(rows, today), late


def last_change(found: CellChanged) -> tuple[str, datetime] | None:
    """Who wrote the text that stands in this cell and when, for the sentence beside a conflict.

    Whoever took the other's text in a conflict before is noted after its author, with the same text: the first one wrote it.
    """
    field = planning.field_of(found.column)
    here = Change.table_name == "plan_item", Change.row_id == found.cell.row.id, Change.field == field
    theirs = journal.encode(planning.journalled(field, found.theirs, found.cell.year))
    former = sa.select(sa.func.coalesce(sa.func.max(Change.id), 0)).where(*here, Change.new != theirs).scalar_subquery()
    query = (
        sa.select(Person, Operation.at)
        .join_from(Change, Operation, Change.operation_id == Operation.id)
        .join(Person, Operation.by_id == Person.id)
        .where(*here, Change.id > former)
        .order_by(Change.id)
        .limit(1)
    )
    author = db.session.execute(query).one_or_none()
    return (author[0].short_name, author[1]) if author else None
