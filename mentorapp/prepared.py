"""Statements that the busiest requests send every time, put together once and given to the driver as they are.

SQLAlchemy still writes the SQL and converts the values. What is left out is the way through its session and its engine,
which costs four times what SQLite needs for the query itself.
"""

from collections import namedtuple
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from mentorapp.database import db, driver, is_writing

Convert = Callable[[Any], Any]


class Prepared:
    """One statement with named parameters. Of an INSERT or UPDATE the names given are the columns written.

    One that is `whole` names its columns and parameters itself. Columns that only Python fills (`default=`, `onupdate=`)
    must be given too.
    """

    def __init__(
        self,
        statement: sa.Select[*tuple[Any, ...]] | sa.CompoundSelect[*tuple[Any, ...]] | sa.Insert | sa.Update | sa.Delete,
        *,
        whole: bool = False,
    ) -> None:
        self.statement, self.whole = statement, whole or statement.is_select or statement.is_delete
        self._texts: dict[tuple[str, ...], _Text] = {}

    def rows(self, **values: Any) -> list[Any]:
        """The rows, as tuples with names."""
        text = self._text(values)
        return text.converted(driver().execute(text.sql, text.bound(values)))

    def row(self, **values: Any) -> Any | None:
        """The first row, or None."""
        return next(iter(self.rows(**values)), None)

    def run(self, **values: Any) -> int:
        """Carry out an INSERT, UPDATE or DELETE; the id of the row that an INSERT made. Raises RuntimeError outside writing()."""
        if not is_writing():
            raise RuntimeError("a change outside writing() would be lost")
        text = self._text(values)
        return int(driver().execute(text.sql, text.bound(values)).lastrowid or 0)

    def _text(self, values: dict[str, Any]) -> "_Text":
        names = tuple(values)
        found = self._texts.get(names)
        if found is None:
            found = self._texts[names] = _Text(self.statement, None if self.whole else names)
        return found


class _Text:
    """A statement as the driver takes it, with the way of every value into the database and out of it."""

    def __init__(self, statement: Any, columns: tuple[str, ...] | None) -> None:
        dialect = db.engine.dialect
        compiled = statement.compile(dialect=dialect, column_keys=None if columns is None else list(columns))
        self.sql = str(compiled)
        self.inputs = [_input(compiled.binds[name], name, dialect) for name in compiled.positiontup]
        selected = list(statement.exported_columns) if statement.is_select else []
        record: Any = namedtuple("Record", [column.key for column in selected], rename=True)  # type: ignore[misc]  # the names are those of the statement
        self.make: Callable[[list[Any]], Any] = record._make
        outputs = [_output(column.type, dialect) for column in selected]
        self.outputs: list[tuple[int, Convert]] = [(place, convert) for place, convert in enumerate(outputs) if convert]

    def bound(self, values: dict[str, Any]) -> list[Any]:
        return [values[name] if convert is None else convert(values.get(name)) for name, convert in self.inputs]

    def converted(self, cursor: Any) -> list[Any]:
        make, outputs, found = self.make, self.outputs, []
        for row in cursor:
            values = list(row)
            for place, convert in outputs:
                if values[place] is not None:
                    values[place] = convert(values[place])
            found.append(make(values))
        return found


def _input(bind: sa.BindParameter[Any], name: str, dialect: sa.Dialect) -> tuple[str, Convert | None]:
    """How a parameter is made fit for the driver. One whose value stands in the statement always gives that."""
    convert = bind.type.dialect_impl(dialect).bind_processor(dialect)
    if bind.required:
        return name, convert
    value = convert(bind.effective_value) if convert else bind.effective_value
    return name, lambda _given: value


def _output(type_: Any, dialect: sa.Dialect) -> Convert | None:
    """How a value other than NULL is read. For words of a list SQLAlchemy looks in three places; they are known here."""
    if isinstance(type_, sa.Enum) and type_.enum_class:
        return {member.value: member for member in type_.enum_class}.__getitem__
    convert: Convert | None = type_.dialect_impl(dialect).result_processor(dialect, None)
    return convert
