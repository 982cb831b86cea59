"""The journal: who changed what and when. It is history and undo in one; entries are written with the change itself."""

import json
from datetime import date, datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentorapp.database import AUTO, BigId, Model, db, table_of
from mentorapp.models.people import Person
from mentorapp.prepared import Prepared

# Values that history does not keep: what was there can be read on the card, what was there before is nobody's business.
PRIVATE = {("person", "phone"), ("person", "email"), ("person", "birth_date"), ("person", "birth_year"), ("account", "password_hash")}
# Fields that say nothing to a person.
SILENT = {"search_key", "last_seen_at", "edited_after_approval", "due_from", "due_to", "report_due", "due_by_rule", "report_by_rule"}


class Operation(Model):
    """One act of one person, however many fields it touched; undone as one step."""

    __table_args__ = (sa.Index(None, "pair_id", "id"), AUTO)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    what: Mapped[str]
    pair_id: Mapped[int | None] = mapped_column(sa.ForeignKey("pair.id"))
    plan_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan.id"))
    undoes_id: Mapped[int | None] = mapped_column(sa.ForeignKey("operation.id"), unique=True)

    by: Mapped[Person | None] = relationship()
    changes: Mapped[list["Change"]] = relationship(order_by="Change.id")


class Change(Model):
    """One field of one row before and after; values as JSON text, empty for private ones."""

    __table_args__ = (sa.Index(None, "table_name", "row_id"), AUTO)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    operation_id: Mapped[int] = mapped_column(sa.ForeignKey("operation.id"), index=True)
    table_name: Mapped[str]
    row_id: Mapped[int]
    field: Mapped[str]
    old: Mapped[str]
    new: Mapped[str]

    def shown(self, value: str) -> str:
        """A stored value for people to read."""
        decoded = json.loads(value) if value else ""
        return "" if decoded is None else str(decoded)


class Once(Model):
    """A form that creates something carries a random key: sent twice, it creates once."""

    key: Mapped[str] = mapped_column(primary_key=True)
    location: Mapped[str]
    at: Mapped[datetime]


class CannotUndo(Exception):
    """Somebody has changed it since. str() is the sentence for the person."""


def encode(value: Any) -> str:
    """A value of a field as the journal keeps it."""
    if isinstance(value, Enum):
        value = value.value
    elif isinstance(value, (date, datetime)):
        value = value.isoformat()
    return json.dumps(value, ensure_ascii=False)


def record(*things: Any, what: str, by_id: int, now: datetime, pair_id: int | None = None, plan_id: int | None = None) -> Operation:
    """Note all that was changed on these objects since they were loaded, as one operation. Called inside writing()."""
    session = db.session()
    operation = Operation(at=now, by_id=by_id, what=what, pair_id=pair_id, plan_id=plan_id)
    found = [(thing, _differences(thing)) for thing in things]
    session.add(operation)
    session.flush()
    for thing, differences in found:
        for field, old, new in differences:
            session.add(_change(operation.id, thing, field, old, new))
    return operation


def _differences(thing: Any) -> list[tuple[str, Any, Any]]:
    state = sa.inspect(thing)
    found = []
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].history
        if attribute.key in SILENT or attribute.key == "id" or not history.has_changes():
            continue
        old = history.deleted[0] if history.deleted else None
        new = history.added[0] if history.added else None
        if isinstance(old or new, dict) and attribute.key == "cells":
            before, after = old or {}, new or {}
            found += [
                (f"cells.{key}", before.get(key, ""), after.get(key, ""))
                for key in {**before, **after}
                if before.get(key) != after.get(key)
            ]
        elif old != new:
            found.append((attribute.key, old, new))
    return found


def _change(operation_id: int, thing: Any, field: str, old: Any, new: Any) -> Change:
    table = thing.__tablename__
    hidden = (table, field) in PRIVATE
    return Change(
        operation_id=operation_id,
        table_name=table,
        row_id=thing.id,
        field=field,
        old="" if hidden else encode(old),
        new="" if hidden else encode(new),
    )


# Tables and not models: an insert of one row needs nothing of the ORM.
NEW_OPERATION, NEW_CHANGE = Prepared(sa.insert(table_of(Operation))), Prepared(sa.insert(table_of(Change)))


def note_cell(
    *,
    table: str,
    row_id: int,
    field: str,
    old: str,
    new: str,
    what: str,
    by_id: int,
    now: datetime,
    pair_id: int,
    plan_id: int,
) -> int:
    """The short way for the commonest write, one cell: two statements, no objects. Returns the operation's id."""
    operation_id = NEW_OPERATION.run(at=now, by_id=by_id, what=what, pair_id=pair_id, plan_id=plan_id)
    NEW_CHANGE.run(operation_id=operation_id, table_name=table, row_id=row_id, field=field, old=encode(old), new=encode(new))
    return operation_id


def record_new(row: Any, what: str, by_id: int, now: datetime, pair_id: int, plan_id: int) -> int:
    """Note a row that has just been made as «was in the bin, is not»: undoing it puts it there. Returns the operation's id."""
    operation = Operation(at=now, by_id=by_id, what=what, pair_id=pair_id, plan_id=plan_id)
    operation.changes = [
        Change(table_name=row.__tablename__, row_id=row.id, field="removed_at", old=encode(now), new=encode(None)),
    ]
    db.session.add(operation)
    db.session.flush()
    return operation.id


def already_done(key: str) -> str | None:
    """Where the first sending of a form with this once-key led, if there was one."""
    return db.session.execute(db.select(Once.location).where(Once.key == key)).scalar_one_or_none()


def keep_once(key: str, location: str, now: datetime) -> None:
    """Remember that this form was carried out; a second sending is led to the same place."""
    db.session.add(Once(key=key, location=location, at=now))
