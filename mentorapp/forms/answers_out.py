"""Filled-in questionnaires into one workbook: a sheet for each questionnaire, a row for each person, a column for each question.

It is written while it is read, so many rows at a time, and no row is kept: what lies in memory is the finished file alone. The half
of it that is not finished lies in a folder of its own that only the server may read and that goes with the last row.
"""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from mentorapp import words
from mentorapp.domain.answers import People
from mentorapp.domain.answertable import AnswerTable, Cell, Column, Sort
from mentorapp.forms.celltext import write_text
from mentorapp.models.answered import Row

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

RETIRED = "Снятые вопросы"
_ABOUT = (("Кто", 30), ("Пара", 36), ("Отправлена", 12), ("Введена с бумаги", 12), ("Версия формы", 9))
_WIDTH = 28
_LONGEST_NAME = 31  # of a sheet


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """What one sheet of the workbook holds; its rows come in turns, when they are written."""

    table: AnswerTable
    turns: Iterable[list[Row]]
    people: People


def answers_book(sheets: Sequence[AnswerSheet]) -> bytes:
    """The workbook. Texts are texts, whatever sign they begin with; what was answered with a figure can be counted with."""
    from xlsxwriter import Workbook

    target = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with TemporaryDirectory() as folder, Workbook(target, {"constant_memory": True, "tmpdir": folder, **plain}) as book:
        book.set_properties({"created": datetime(2026, 1, 1)})  # one content, one file
        styles = _Styles(book)
        for number, sheet in enumerate(sheets, 1):
            _write(book.add_worksheet(_name(number, sheet.table.title)), sheet, styles)
    return target.getvalue()


class _Styles:
    """The looks of cells."""

    def __init__(self, book: "Workbook") -> None:
        usual = {"text_wrap": True, "valign": "top", "font_name": "Calibri", "font_size": 11}
        self.text = book.add_format({**usual, "num_format": "@"})
        self.figure = book.add_format(usual)
        self.day = book.add_format({**usual, "num_format": "dd.mm.yyyy"})
        self.nothing = book.add_format({**usual, "num_format": "@", "font_color": "#5B6670", "italic": True})
        self.head = book.add_format(
            {**usual, "num_format": "@", "bold": True, "bg_color": "#D9E1EA", "border": 1, "border_color": "#9AA7B5"}
        )


def _name(number: int, title: str) -> str:
    """A name that an office program takes, and no other sheet has."""
    plain = " ".join(re.sub(r"[\[\]:*?/\\'\x00-\x1f]", " ", title).split())
    return f"{number}. {plain}"[:_LONGEST_NAME].strip()


def _write(page: "Worksheet", sheet: AnswerSheet, styles: _Styles) -> None:
    columns, first = sheet.table.every, len(_ABOUT)
    for place, (_title, width) in enumerate(_ABOUT):
        page.set_column(place, place, width)
    page.set_column(first, first + max(0, len(columns) - 1), _WIDTH)
    head = _write_heads(page, sheet.table, styles)
    line = head
    for rows in sheet.turns:
        for row in rows:
            line += 1
            _write_about(page, line, row, styles)
            for place, cell in enumerate(sheet.table.cells(row.version, row.given, sheet.people), first):
                _write_cell(page, line, place, cell, styles)
    page.freeze_panes(head + 1, 1)
    page.autofilter(head, 0, line, first + len(columns) - 1)


def _write_heads(page: "Worksheet", table: AnswerTable, styles: _Styles) -> int:
    """The line of the headings; above it stands which questions are not asked any more, where there are such."""
    first, head = len(_ABOUT), 1 if table.retired else 0
    if table.retired:
        for place in range(len(table.retired)):
            write_text(page, 0, first + len(table.columns) + place, RETIRED, styles.head)
    for place, (title, _width) in enumerate(_ABOUT):
        write_text(page, head, place, title, styles.head)
    for place, column in enumerate(table.every, first):
        write_text(page, head, place, _heading(column), styles.head)
    return head


def _heading(column: Column) -> str:
    number = f"{column.number}. " if column.number else ""
    return "\n".join([number + column.text, *(words.asked_otherwise(*one) for one in column.earlier)])


def _write_about(page: "Worksheet", line: int, row: Row, styles: _Styles) -> None:
    write_text(page, line, 0, row.person, styles.text)
    write_text(page, line, 1, row.pair, styles.text)
    if row.sent_at:
        page.write_datetime(line, 2, row.sent_at.astimezone().date(), styles.day)
    if row.from_paper:
        write_text(page, line, 3, "да", styles.text)
    page.write_number(line, 4, row.version, styles.figure)


def _write_cell(page: "Worksheet", line: int, place: int, cell: Cell, styles: _Styles) -> None:
    if cell.number is not None:
        page.write_number(line, place, cell.number, styles.figure)
    elif cell.sort is Sort.GIVEN:
        write_text(page, line, place, cell.text, styles.text)
    elif cell.sort is not Sort.EMPTY:
        write_text(page, line, place, words.NO_ANSWER[cell.sort], styles.nothing)
