"""Filled-in sheets: answers of a questionnaire, marks of an evaluation, levels of a list of deficits.

All three keep one text for each key that the form names, and all three are saved value by value as they are given, compared with
what the page had seen. Their texts never enter the journal: a pair's history is read by people who may not read its sheets. Each
value says instead who gave it last and when.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mentorapp.database import Base, BigId, table_of
from mentorapp.domain import conflict
from mentorapp.domain.kinds import Field, NotUnderstood
from mentorapp.prepared import Prepared


class SheetValue:
    """What the three tables of values have in common. An empty text is a value that was taken back."""

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str]
    value: Mapped[str]
    saved_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))


class ShownField(Protocol):
    """What the choice between two values must know of their place."""

    @property
    def is_prose(self) -> bool: ...

    def shown(self, text: str) -> str: ...


class ValueChanged(Exception):
    """The sheet holds another value than this page has seen, and nobody has chosen between the two yet."""

    def __init__(self, field: ShownField, typed: str, theirs: str, at: datetime) -> None:
        super().__init__()
        self.field, self.typed, self.theirs, self.at = field, typed, theirs, at


@dataclass(frozen=True, slots=True)
class Sent:
    """What a page sends of one value: what was given, what it had seen, and its own saves that got no answer yet."""

    typed: str
    seen: str = ""
    unanswered: Sequence[str] = ()


@dataclass
class Outcome:
    """What became of a page that was sent whole: the keys that were written; what was refused, why, and the text to show again."""

    written: list[str] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)
    conflicts: dict[str, ValueChanged] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """Of the page that comes back; 0 when nothing was refused."""
        return 409 if self.conflicts else 422 if self.problems else 0


class Values:
    """The values of one sort of sheet; `parent` is the column that names the sheet."""

    def __init__(self, model: type[Base], parent: str) -> None:
        table = table_of(model)
        of_sheet = table.c[parent] == sa.bindparam("sheet")
        self.parent = parent
        self.every = Prepared(sa.select(table.c.key, table.c.value, table.c.saved_at, table.c.by_id).where(of_sheet))
        one = sa.select(table.c.id, table.c.value, table.c.saved_at).where(of_sheet, table.c.key == sa.bindparam("name"))
        self.one = Prepared(one)
        self.insert = Prepared(sa.insert(table))
        self.update = Prepared(sa.update(table).where(table.c.id == sa.bindparam("row")))

    def rows(self, sheet_id: int) -> list[Any]:
        """Rows of key, value, saved_at, by_id; values that were taken back are left out."""
        return [row for row in self.every.rows(sheet=sheet_id) if row.value]

    def of(self, sheet_id: int) -> dict[str, str]:
        """Key → text; what was never given or taken back is not in it."""
        return {row.key: row.value for row in self.rows(sheet_id)}

    def save(self, sheet_id: int, key: str, sent: Sent, field: Field, *, by_id: int, now: datetime) -> tuple[str, bool]:
        """Store one value; the text that stands there now, and whether something was written.

        Raises NotUnderstood with a sentence for the person, and ValueChanged where the sheet holds a text that the page does
        not know of.
        """
        found = self.one.row(sheet=sheet_id, name=key)
        old, new = found.value if found else "", field.parse(sent.typed)
        if old == new:
            return old, False
        if found and not conflict.is_known(old, (sent.seen, *sent.unanswered), field.parse):
            raise ValueChanged(field, sent.typed, old, found.saved_at)
        if found:
            self.update.run(row=found.id, value=new, saved_at=now, by_id=by_id)
        else:
            self.insert.run(**{self.parent: sheet_id, "key": key, "value": new, "saved_at": now, "by_id": by_id})
        return new, True

    def save_all(self, sheet_id: int, sent: Mapping[str, tuple[Sent, Field]], *, by_id: int, now: datetime) -> Outcome:
        """Store what a page without script sent, each value compared alone. What is refused is left as it was."""
        outcome = Outcome()
        for key, (one, place) in sent.items():
            try:
                _text, written = self.save(sheet_id, key, one, place, by_id=by_id, now=now)
            except NotUnderstood as problem:
                outcome.problems[key], outcome.typed[key] = str(problem), one.typed
            except ValueChanged as found:
                outcome.conflicts[key], outcome.typed[key] = found, one.typed
            else:
                if written:
                    outcome.written.append(key)
        return outcome
