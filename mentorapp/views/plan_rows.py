"""The rows of a plan's table as HTML, each painted once for as long as nothing in it changes.

A plan is opened far more often than it is edited, and an edit changes one row of thirty. What is kept is found by the
content of the row itself, so that it cannot grow stale: another text is another row.
"""

import json
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from flask import get_template_attribute

from mentorapp.domain import planning
from mentorapp.domain.formspec import Column

# Two to four kilobytes a row: the plans that a school has open at one time. The few rows of very long texts are painted each time.
# The last plans are kept whole, too: most are opened several times before anything in them changes.
ROWS_KEPT, PLANS_KEPT = 500, 12
LONGEST_KEPT = 4000

# About how many letters fit on one line of a cell for one share of width; only a first guess for browsers without `field-sizing`.
LETTERS_A_SHARE = 0.95


# What a folded card on a phone shows: the title on a line of its own, the date beside the state.
ON_A_CARD = {"title": "k t", "due": "k"}


class Cell(NamedTuple):
    """One field of the table: its text, how many lines it opens with, and its class on a folded card."""

    text: str
    lines: int
    on_card: str


class Field(NamedTuple):
    """Where an item keeps the text of a column, how many letters fit on a line of it, and its class on a folded card."""

    name: str
    is_free: bool
    letters: float
    on_card: str


def painted(plan_id: int, items: Iterable[Any], columns: Iterable[Column], today: date, *, edit: bool, marks: bool) -> str:
    """The rows of `items` as planpage reads them, in their order. `edit`: wording may be changed, `marks`: states may."""
    fields = _fields(tuple((planning.field_of(column), column.width, column.role) for column in columns))
    rows = tuple(items)
    paint = _rows if all(map(_is_usual, rows)) else _rows.__wrapped__
    return paint(plan_id, rows, fields, today, edit, marks)


def _is_usual(item: Any) -> bool:
    return len(item.free) + len(item.title) + len(item.note) < LONGEST_KEPT


@lru_cache(maxsize=PLANS_KEPT)
def _rows(plan_id: int, items: tuple[Any, ...], fields: tuple[Field, ...], today: date, edit: bool, marks: bool) -> str:
    rows, before = [], ""
    for number, item in enumerate(items, start=1):
        section = item.section if item.section != before else ""
        before = item.section
        late = planning.late_words(item.state, item.due_to, today)
        paint = _row if _is_usual(item) else _row.__wrapped__
        rows.append(paint(plan_id, item, number, section, late, fields, edit, marks))
    html: str = get_template_attribute("plans/_row.html", "rows")(rows)
    return html


@lru_cache(maxsize=64)
def _fields(columns: tuple[tuple[str, int, str | None], ...]) -> tuple[Field, ...]:
    return tuple(
        Field(name.removeprefix("cells."), name.startswith("cells."), LETTERS_A_SHARE * width, ON_A_CARD.get(role or "", ""))
        for name, width, role in columns
    )


@lru_cache(maxsize=ROWS_KEPT)
def _row(plan_id: int, item: Any, number: int, section: str, late: str, fields: tuple[Field, ...], edit: bool, marks: bool) -> str:
    """One row, under its section where one begins. Figures go as text: Jinja escapes a number in three times the time of a text."""
    free, cells = json.loads(item.free), []
    for name, is_free, letters, on_card in fields:
        text = free.get(name, "") if is_free else getattr(item, name)
        lines = 1 + int(len(text) / letters) + text.count("\n") if len(text) > letters or "\n" in text else 1
        cells.append(Cell(text, lines, on_card))
    state = item.state.value
    word, tint = late or planning.ITEM_STATES[item.state], "late" if late else state
    paint = get_template_attribute("plans/_row.html", "row")
    changed = item.edited_after_approval
    html: str = paint(str(plan_id), str(item.id), str(number), section, cells, state, tint, word, item.note, changed, edit, marks)
    return html
