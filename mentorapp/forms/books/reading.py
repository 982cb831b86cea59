"""What is read out of a workbook so far: values, where each of them stands, and everything that is wrong."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from mentorapp.domain.draft import new_id
from mentorapp.domain.expect import Place
from mentorapp.domain.expect import Table as Contract
from mentorapp.domain.formspec import Problem
from mentorapp.forms.books import values
from mentorapp.forms.books.child import Cell
from mentorapp.forms.books.grid import Row, SheetProblem, Table, cell_name, fact, strangers
from mentorapp.forms.books.layout import Heading, Sheet
from mentorapp.forms.books.phrases import in_a_workbook
from mentorapp.forms.books.values import Wrong

NO_ID = "–"  # stands for the code of a row that had none, so that it gets none; an empty code is that of a new row
FORMULA = "здесь формула, а программа формул не считает; замените её тем, что она показывает (копировать — вставить значения)"
BAD_VALUE = "здесь ошибка вычисления; напишите само значение"

Spot = tuple[str, int, int]


class Reading:
    """One workbook on its way into the contract."""

    def __init__(self, tables: Mapping[str, Table], usual: Mapping[str, Any]) -> None:
        self.tables, self.usual = tables, usual
        self.problems: list[SheetProblem] = []
        self.places: dict[str, Spot] = {}
        self._ids: dict[str, set[str]] = {}
        self._absent: dict[str, tuple[Table, Heading]] = {}
        self._lost: set[str] = set()  # keys of the part whose sheet is not there

    def found(self, sheet: Sheet, *keys: str) -> Table | None:
        """The table of a sheet, which holds these keys of the part. That it is not there is a problem, and so are odd headings."""
        table = self.tables.get(sheet.name)
        if table is None:
            self._lost.update(keys)
            first = ", ".join(f"«{heading.title}»" for heading in sheet.headings[:3] if not heading.hidden)
            self.problems.append(
                SheetProblem(
                    sheet.name,
                    "A1",
                    f"такого листа в таблице нет; добавьте лист «{sheet.name}» с заголовками {first} или возьмите пустую таблицу",
                )
            )
            return None
        for column, title, meant in strangers(table, sheet) if not sheet.is_facts else ():
            self.wrong(table, table.header, column, f"заголовок «{title}» не понят; может быть, имелось в виду «{meant}»?")
        return table

    def wrong(self, table: Table, row: int, column: int, text: str) -> None:
        self.problems.append(SheetProblem(table.grid.name, cell_name(row, column), text))

    def place(self, path: str, table: Table, row: int, column: int) -> None:
        self.places[path] = (table.grid.name, row, column)

    # --- Values ---

    def facts(self, sheet: Sheet) -> dict[str, Any]:
        """The values of a sheet of facts, those of kinds of their own left out."""
        if self.usual and sheet.name not in self.tables:
            return {
                heading.key: self.usual[heading.key] for heading in sheet.headings if heading.kind != "code" and heading.key in self.usual
            }
        table = self.found(sheet, *(heading.key for heading in sheet.headings))
        content: dict[str, Any] = {}
        if table is None:
            return content
        self.place("", table, 1, 1)
        for heading in sheet.headings:
            if heading.kind in ("code", "several"):
                continue
            if heading.key not in table.columns:
                self._absent[heading.key] = table, heading
                continue
            row, column, cell = fact(table, heading.key)
            self.place(heading.key, table, row, column)
            self.take(content, heading, table, (row, column), cell, values.read)
        return content

    def fact_id(self, sheet: Sheet, letter: str) -> str:
        """The code on a sheet of facts, or a new one."""
        table = self.tables.get(sheet.name)
        code = fact(table, "id")[2].text.strip() if table and "id" in table.columns else ""
        return code if values.is_id(code) else str(self.usual.get("id") or new_id(letter))

    def row(self, row: Row, path: str, headings: Iterable[Heading], more: Mapping[str, str] | None = None) -> dict[str, Any]:
        """The values of one row; where each stands is kept under `path`. `more` are other words for its kind."""
        content: dict[str, Any] = {}
        readers: dict[str, Callable[[Heading, str], Any]] = {"kind": lambda heading, text: values.kind(heading, text, more)}
        self.place(path, row.table, row.number, min(row.table.columns.values(), default=1))
        for heading in headings:
            if heading.key not in row.table.columns:
                self._absent[f"{path}.{heading.key}"] = row.table, heading
                continue
            spot = row.number, row.table.columns[heading.key]
            self.place(f"{path}.{heading.key}", row.table, *spot)
            if heading.kind in ("code", "condition", "labels", "several"):
                self.readable(row.table, spot, row.cell(heading.key))
            else:
                self.take(content, heading, row.table, spot, row.cell(heading.key), readers.get(heading.kind, values.read))
        return content

    def take(
        self,
        content: dict[str, Any],
        heading: Heading,
        table: Table,
        spot: tuple[int, int],
        cell: Cell,
        reader: Callable[[Heading, str], Any],
    ) -> None:
        """Put the value of a cell under its key: none where it is empty, or what it would be anyway."""
        if not self.readable(table, spot, cell) or not cell.text.strip():
            return
        try:
            value = reader(heading, cell.text)
        except Wrong as reason:
            self.wrong(table, *spot, str(reason))
            return
        if heading.kind == "kind":
            content |= {key: inner for key, inner in value.items() if key not in content}
        elif heading.kind != "flag" or value != heading.usual:
            content[heading.key] = value

    def readable(self, table: Table, spot: tuple[int, int], cell: Cell) -> bool:
        """Whether it holds a value and no formula; that it does is a problem."""
        if cell.mark:
            self.wrong(table, *spot, FORMULA if cell.mark == "f" else BAD_VALUE)
        return not cell.mark

    def each(self, rows: list[Row], most: int, read: Callable[[Row, int], dict[str, Any]]) -> list[dict[str, Any]]:
        """What is read of each row, numbered from 1. Of more rows than may be, the rest only counts."""
        return [read(row, number) if number <= most else {} for number, row in enumerate(rows, 1)]

    def id(self, of: str, row: Row, letter: str, key: str = "id") -> str:
        """The code of a row: a new one where it has none or that of a row above, of which it is then a copy."""
        code = row.text(key)
        taken = self._ids.setdefault(of, set())
        if not values.is_id(code) or code in taken:
            code = new_id(letter)
        taken.add(code)
        return code

    # --- The contract ---

    def check(self, contract: Contract[Any], part: dict[str, Any]) -> None:
        """Ask the contract what is wrong with the part, and say it at the cells; what was said of a cell is not said again."""
        problems: list[Problem] = []
        contract(part, Place(problems, ""))
        said = {(problem.sheet, problem.cell) for problem in self.problems}
        for problem in problems:
            if problem.path in self._absent:
                self._no_heading(*self._absent[problem.path])
                continue
            if re.split(r"[.\[]", problem.path)[0] in self._lost:
                continue
            sheet, row, column = self.spot(problem.path)
            if (sheet, cell_name(row, column)) not in said and not self._follows(problem.path, said):
                self.problems.append(SheetProblem(sheet, cell_name(row, column), in_a_workbook(problem.text)))

    def _no_heading(self, table: Table, heading: Heading) -> None:
        """Said once, however many rows miss it."""
        what, it = ("строки", "её") if table.sheet.is_facts else ("столбца", "его")
        row, column = (1, 1) if table.sheet.is_facts else table.place(heading.key)
        text = f"нет {what} «{heading.title}»; допишите {it} и заполните"
        if not any(problem.text == text for problem in self.problems):
            self.wrong(table, row, column, text)

    def spot(self, path: str) -> Spot:
        """Where what the contract speaks of stands: the nearest cell that is known."""
        while path and path not in self.places:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self.places.get(path) or self.places.get("") or next(iter(self.places.values()), ("", 1, 1))

    def _follows(self, path: str, said: set[tuple[str, str]]) -> bool:
        """Of a row whose kind was not understood, it is not said what its kind needs."""
        row, _, key = path.rpartition(".")
        if f"{row}.kind" in self._absent:
            return True
        kind = self.places.get(f"{row}.kind")
        of_kind = key in ("options", "rows", "low", "high", "low_label", "high_label", "base", "reverse", "suggest", "role")
        return bool(kind and of_kind and (kind[0], cell_name(kind[1], kind[2])) in said)


def in_order(problems: list[SheetProblem]) -> list[SheetProblem]:
    """Each once, those of one sheet together, from above downwards."""
    sheets = list(dict.fromkeys(problem.sheet for problem in problems))

    def key(problem: SheetProblem) -> tuple[int, int, int, str]:
        figures = "".join(filter(str.isdigit, problem.cell))
        return sheets.index(problem.sheet), int(figures or 0), len(problem.cell) - len(figures), problem.cell

    return sorted(dict.fromkeys(problems), key=key)


__all__ = ["NO_ID", "Reading", "in_order"]
