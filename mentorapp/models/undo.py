"""Undoing an operation: a new operation that puts the former values back, refused where somebody has changed them since."""

import json
from datetime import date, datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa

from mentorapp.database import Model, db
from mentorapp.domain import planning
from mentorapp.domain.permissions import Action
from mentorapp.domain.school_year import SchoolYear
from mentorapp.models import journal
from mentorapp.models.journal import CannotUndo, Change, Operation
from mentorapp.models.plans import PlanItem


def undo(operation: Operation, *, by_id: int, now: datetime, today: date) -> list[Any]:
    """Put back what this operation changed and note it. Returns the rows it touched. Raises CannotUndo, nothing is half done."""
    if db.session.execute(sa.select(Operation.id).where(Operation.undoes_id == operation.id)).first():
        raise CannotUndo("Это уже отменено.")
    if any(change.table_name == "participant" for change in operation.changes):
        raise CannotUndo("Состав пары отсюда не меняют. Вернуть человека можно на странице «Участники».")
    things: dict[tuple[str, int], Any] = {}
    for change in operation.changes:
        thing = things.setdefault((change.table_name, change.row_id), _row(change))
        if journal.encode(thing.value(change.field) if isinstance(thing, PlanItem) else getattr(thing, change.field)) != change.new:
            if (change.table_name, change.field) in journal.MAY_HAVE_MOVED:
                continue
            raise CannotUndo("С тех пор это место изменили ещё раз, поэтому отменить нельзя. Прежний текст — в истории строки.")
        _put_back(thing, change, today)
    new = journal.record(
        *things.values(), what=f"Отменено: {operation.what}", by_id=by_id, now=now, pair_id=operation.pair_id, plan_id=operation.plan_id
    )
    new.undoes_id = operation.id
    for thing in things.values():
        if isinstance(thing, PlanItem):
            thing.compare_with_approved()
    return list(things.values())


def _row(change: Change) -> Any:
    model = next(mapper.class_ for mapper in Model.registry.mappers if mapper.class_.__tablename__ == change.table_name)
    thing = db.session.get(model, change.row_id)
    if thing is None:
        raise CannotUndo("Этой записи больше нет.")
    return thing


def _put_back(thing: Any, change: Change, today: date) -> None:
    old = json.loads(change.old) if change.old else None
    if isinstance(thing, PlanItem) and (change.field.startswith("cells.") or change.field in planning.FIELD_OF_ROLE.values()):
        by_rule = thing.due_by_rule, thing.report_by_rule
        thing.put(change.field, old or "", SchoolYear(thing.plan.pair.year), today)
        thing.due_by_rule, thing.report_by_rule = by_rule  # a change of theirs is in the journal by itself
    else:
        setattr(thing, change.field, _typed(thing, change.field, old))


def _typed(thing: Any, field: str, value: Any) -> Any:
    """A value from the journal in the type of its field."""
    kind = sa.inspect(type(thing)).columns[field].type.python_type
    if value is None or not isinstance(value, str):
        return value
    if issubclass(kind, Enum):
        return kind(value)
    if issubclass(kind, (datetime, date)):
        return kind.fromisoformat(value)
    return value


def right_to_undo(operation: Operation) -> Action:
    """Of a change of items: facts and states need less than wording does."""
    marks_only = all(change.is_silent or change.field in planning.FIELD_OF_CORE.values() for change in operation.changes)
    return Action.PLAN_MARK if marks_only else Action.PLAN_EDIT
