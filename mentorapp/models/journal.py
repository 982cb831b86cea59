"""The journal: who changed what and when. It is history and undo in one; entries are written with the change itself."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentorapp.database import AUTO, BigId, Model, db, table_of
from mentorapp.domain.school_year import short_date
from mentorapp.models.people import Person
from mentorapp.prepared import Prepared

# Values that history does not keep: what was there can be read on the card, what was there before is nobody's business.
PRIVATE = {
    ("person", "phone"), ("person", "email"), ("person", "birth_date"), ("person", "birth_year"), ("account", "password_hash"),
    ("organisation", "contact"), ("organisation", "phone"), ("organisation", "email"), ("clearance", "number"),
}  # fmt: skip
# Fields that say nothing to a person: not noted by `record`, not shown where they are noted.
SILENT = {
    "search_key",
    "last_seen_at",
    "edited_after_approval",
    "approved_up_to",
    "offered_version_id",
    "due_from",
    "due_to",
    "report_due",
    "due_by_rule",
    "report_by_rule",
}

# Fields of which a later change does not stand in the way of an undo: it stays, and the rest goes back.
# A later version of the form was offered since, and what was decided of it stands.
MAY_HAVE_MOVED = {("plan", "offered_version_id")}

# Field, before, after.
Difference = tuple[str, Any, Any]


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

    @property
    def is_silent(self) -> bool:
        """It is there for undo alone."""
        return self.field in SILENT

    def shown(self, value: str) -> str:
        """A stored value for people to read."""
        decoded = json.loads(value) if value else ""
        if decoded and self.field.endswith("_on"):
            return short_date(date.fromisoformat(decoded))
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


def _differences(thing: Any) -> list[Difference]:
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


# Tables and not models: an insert of a row or two needs nothing of the ORM.
NEW_OPERATION, NEW_CHANGE = Prepared(sa.insert(table_of(Operation))), Prepared(sa.insert(table_of(Change)))
CHANGE_COLUMNS = ("operation_id", "table_name", "row_id", "field", "old", "new")
TWO_NEW_CHANGES = Prepared(
    sa.insert(table_of(Change)).values(
        [{name: sa.bindparam(f"{name}_{row}", type_=table_of(Change).c[name].type) for name in CHANGE_COLUMNS} for row in range(2)]
    ),
    whole=True,
)


def note(*, what: str, by_id: int, now: datetime, pair_id: int | None = None, plan_id: int | None = None) -> int:
    """Note that something was done of which no field is kept here. Returns the operation's id. Called inside writing()."""
    return NEW_OPERATION.run(at=now, by_id=by_id, what=what, pair_id=pair_id, plan_id=plan_id)


def note_cell(
    *, table: str, row_id: int, changes: Sequence[Difference], what: str, by_id: int, now: datetime, pair_id: int, plan_id: int
) -> int:
    """The short way for the commonest write, one cell: two statements, no objects. Returns the operation's id.

    `changes` begins with the cell itself; one field that follows from it may stand second.
    """
    operation_id = note(what=what, by_id=by_id, now=now, pair_id=pair_id, plan_id=plan_id)
    rows = [(operation_id, table, row_id, field, encode(old), encode(new)) for field, old, new in changes]
    if len(rows) == 1:
        NEW_CHANGE.run(**dict(zip(CHANGE_COLUMNS, rows[0], strict=True)))
    else:
        names = [f"{name}_{row}" for row in range(2) for name in CHANGE_COLUMNS]
        TWO_NEW_CHANGES.run(**dict(zip(names, rows[0] + rows[1], strict=True)))
    return operation_id


def record_new(row: Any, what: str, by_id: int, now: datetime, pair_id: int, plan_id: int) -> int:
    """Note a row that has just been made as «was in the bin, is not»: undoing it puts it there. Returns the operation's id."""
    operation = Operation(at=now, by_id=by_id, what=what, pair_id=pair_id, plan_id=plan_id)
    db.session.add(operation)
    db.session.flush()
    db.session.add(was_in_the_bin(operation, row))
    db.session.flush()
    return operation.id


def silently(operation: Operation, row: Any, field: str, old: Any) -> Change:
    """A change of a field that history does not show, kept for undo alone; the row holds the new value already."""
    return _change(operation.id, row, field, old, getattr(row, field))


def was_in_the_bin(operation: Operation, row: Any) -> Change:
    """The change by which an operation made a row, as part of it."""
    return _change(operation.id, row, "removed_at", operation.at, None)


def newest() -> int:
    """The id of the last operation; 0 before the first one."""
    return db.session.execute(sa.select(sa.func.max(Operation.id))).scalar() or 0


def before_changes(table: str, row_id: int, since: int) -> dict[str, str]:
    """What each field of a row held when that operation had been done, of the fields that were changed afterwards: as JSON text."""
    query = (
        sa.select(Change.field, Change.old)
        .where(Change.table_name == table, Change.row_id == row_id, Change.operation_id > since)
        .order_by(Change.id.desc())
    )
    return {row.field: row.old for row in db.session.execute(query)}


def others_changed(plan_id: int, since: int, me: int) -> bool:
    """Whether anybody but this person did something to a plan after that operation."""
    theirs = sa.or_(Operation.by_id.is_(None), Operation.by_id != me)
    query = sa.select(Operation.id).where(Operation.plan_id == plan_id, Operation.id > since, theirs)
    return db.session.execute(query.limit(1)).first() is not None


_DONE = Prepared(sa.select(Once.location).where(Once.key == sa.bindparam("key", type_=sa.String())))
_NEW_ONCE = Prepared(sa.insert(table_of(Once)))


def already_done(key: str) -> str | None:
    """Where the first sending of a form with this once-key led, if there was one. A form without a key is always the first."""
    if not key:
        return None
    row = _DONE.row(key=key)
    return str(row.location) if row else None


def keep_once(key: str, location: str, now: datetime) -> None:
    """Remember that this form was carried out; a second sending is led to the same place."""
    if key:
        _NEW_ONCE.run(key=key, location=location, at=now)
