"""Finds in the sheets of a workbook what a layout speaks of, however they were renamed, moved or added to; and names cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from mentorapp.domain.expect import shown
from mentorapp.forms.books.child import Cell, Grid
from mentorapp.forms.books.layout import HELP, LISTS, Heading, Sheet
from mentorapp.forms.books.values import same

DEEPEST_HEADER = 30  # rows from the top in which headings are looked for
LONGEST_HEADING = 300  # characters; the title of a plan's column has up to 200
EMPTY = Cell("", "")


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """One thing wrong with a workbook, in Russian: what and what to do. Sheet and cell are empty where it is the whole file."""

    sheet: str
    cell: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text}" if self.where else self.text

    @property
    def where(self) -> str:
        """«Вопросы!C7», as a formula would name it; a sheet whose name is no word stands in quotation marks."""
        sheet = self.sheet if self.sheet.replace("_", "").isalnum() else f"'{self.sheet}'"
        return f"{sheet}!{self.cell}" if self.sheet else self.cell


def cell_name(row: int, column: int) -> str:
    """«C7»."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


@dataclass(slots=True)
class Row:
    """One row of a table; without cells it is not there at all."""

    table: "Table"
    number: int

    def cell(self, key: str) -> Cell:
        column = self.table.columns.get(key)
        return self.table.grid.cells.get((self.number, column), EMPTY) if column else EMPTY

    def text(self, key: str) -> str:
        return self.cell(key).text.strip()


@dataclass(slots=True)
class Table:
    """A sheet that was found: where its headings stand. Of facts, `rows` is one row whose cells stand below each other."""

    sheet: Sheet
    grid: Grid
    header: int
    columns: dict[str, int] = field(default_factory=dict)
    first: int = 0

    def rows(self) -> list[Row]:
        """Rows with something in a column that people see; codes alone are no row."""
        seen = {column for key, column in self.columns.items() if not _is_code(self.sheet, key)}
        numbers = sorted({row for row, column in self.grid.cells if row >= self.first and column in seen})
        return [Row(self, number) for number in numbers]

    def place(self, key: str) -> tuple[int, int]:
        """Where a heading stands; the first one where the sheet has none of that key."""
        return self.header, self.columns.get(key, min(self.columns.values(), default=1))


def _is_code(sheet: Sheet, key: str) -> bool:
    return any(heading.key == key and heading.kind == "code" for heading in sheet.headings)


def is_help(grid: Grid) -> bool:
    """Sheets that only explain."""
    first = min(grid.cells, default=(1, 1))
    return same(grid.name) in (same(HELP), same(LISTS)) or same(grid.cells.get(first, EMPTY).text).startswith(same(HELP))


def best_first(grids: Sequence[Grid], sheets: Sequence[Sheet]) -> dict[str, Table]:
    """For each sheet of a layout, by its name there, the one of the workbook that is most like it; none twice."""
    found: dict[str, Table] = {}
    taken: set[str] = set()
    scored = [(score, sheet, grid, table) for sheet in sheets for grid in grids for score, table in [_likeness(sheet, grid)] if table]
    for _, sheet, grid, table in sorted(scored, key=lambda one: -one[0]):
        if sheet.name not in found and grid.name not in taken and table:
            found[sheet.name] = table
            taken.add(grid.name)
    return found


def _likeness(sheet: Sheet, grid: Grid) -> tuple[float, Table | None]:
    """How much a sheet of a workbook is like one of a layout, and where its headings stand."""
    table = facts(sheet, grid) if sheet.is_facts else table_in(sheet, grid)
    visible = sum(not heading.hidden for heading in sheet.headings)
    known = sum(not heading.hidden and heading.key in table.columns for heading in sheet.headings)
    named = same(grid.name) == same(sheet.name)
    if not named and known < min(2, visible):
        return 0, None
    return known / visible + named * 1.5, table if known else None


def titles_of(heading: Heading) -> set[str]:
    return {same(heading.title), *map(same, heading.also)}


def table_in(sheet: Sheet, grid: Grid) -> Table:
    """The table of a sheet: its headings stand in the row that has most of them, some maybe in the row above or below."""
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), cell in sorted(grid.cells.items()):
        if row <= DEEPEST_HEADER and cell.text.strip():
            by_row.setdefault(row, {})[column] = cell.text
    named = {row: _keys(sheet, texts) for row, texts in by_row.items()}
    header = max(named, key=lambda row: (len(named[row]), -row), default=1)
    columns = dict(named.get(header, {}))
    first = header + 1
    below = named.get(header + 1, {})
    if below and len(below) == len(by_row[header + 1]) and not set(below) & set(columns):  # a header of two rows
        columns |= {key: column for key, column in below.items() if column not in columns.values()}
        first = header + 2
    columns |= {key: at for key, at in named.get(header - 1, {}).items() if key not in columns and at not in columns.values()}
    return Table(sheet, grid, header, columns, first)


def _keys(sheet: Sheet, texts: dict[int, str]) -> dict[str, int]:
    """Key → column for the cells of one row that are headings; the exact title before another word for it."""
    named = {column: same(text) for column, text in texts.items() if len(text) <= LONGEST_HEADING}
    found: dict[str, int] = {}
    for titles in (lambda heading: {same(heading.title)}, titles_of):
        for heading in sheet.headings:
            wanted = titles(heading) if heading.key not in found else set()
            if column := next((column for column, text in named.items() if text in wanted and column not in found.values()), 0):
                found[heading.key] = column
    return found


def facts(sheet: Sheet, grid: Grid) -> Table:
    """A sheet with a heading in each line: `columns` holds the line of each."""
    lines: dict[int, str] = {}
    for (row, _), cell in sorted(grid.cells.items()):
        lines.setdefault(row, cell.text)  # the first cell of the line
    return Table(sheet, grid, 0, _keys(sheet, lines))


def fact(table: Table, key: str) -> tuple[int, int, Cell]:
    """Where the value of a heading stands, and what: the next cell of its line, or the first after it with something in it."""
    row = table.columns.get(key, 0)
    here = sorted(column for at, column in table.grid.cells if at == row)
    column = here[0] + 1 if here else 2
    code = key == "id"
    if len(here) > 1 and (here[1] == column or not code):
        notes = {same(heading.note) for heading in table.sheet.headings}
        value = table.grid.cells[(row, here[1])]
        if same(value.text) not in notes:  # the explanation of an empty line is no value
            return row, here[1], value
    return row, column, EMPTY


def all_facts(table: Table, key: str) -> Iterator[tuple[int, int, Cell]]:
    """Every line under one heading that may stand several times."""
    titles = titles_of(table.sheet.heading(key))
    firsts: dict[int, int] = {}
    for row, column in sorted(table.grid.cells):
        firsts.setdefault(row, column)
    for row, column in firsts.items():
        if same(table.grid.cells[(row, column)].text).rstrip("0123456789 ") in titles:
            here = table.grid.cells.get((row, column + 1), EMPTY)
            yield row, column + 1, here


def strangers(table: Table, sheet: Sheet) -> Iterator[tuple[int, str, str]]:
    """Headings that look like a slip of the pen: the column, what stands there and what it may have been meant to be."""
    missing = {same(heading.title): heading.title for heading in sheet.headings if heading.key not in table.columns and not heading.hidden}
    for (row, column), cell in sorted(table.grid.cells.items()):
        if row == table.header and column not in table.columns.values():
            near = get_close_matches(same(cell.text)[:60], missing, n=1, cutoff=0.75)
            if near:
                yield column, shown(cell.text.strip()), missing[near[0]]
