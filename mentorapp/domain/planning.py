"""What a plan is made of: the cells of an item, its states, and how far the plan has come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from mentorapp.domain import due, kinds
from mentorapp.domain.formspec import Column
from mentorapp.domain.names import plural
from mentorapp.domain.school_year import SchoolYear, short_date


class ItemState(StrEnum):
    """What became of an item. «Просрочено» is not stored: it follows from the date."""

    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    MOVED = "moved"
    CANCELLED = "cancelled"


class PlanState(StrEnum):
    """Draft, agreed by the mentee, approved, closed."""

    DRAFT = "draft"
    AGREED = "agreed"
    APPROVED = "approved"
    CLOSED = "closed"


ITEM_STATES: Mapping[str, str] = {
    ItemState.PLANNED: "Впереди",
    ItemState.IN_PROGRESS: "В работе",
    ItemState.DONE: "Сделано",
    ItemState.MOVED: "Перенесено",
    ItemState.CANCELLED: "Снято по согласию",
}

# The core's own columns stand in every plan. Their ids begin with a sign that a form's column cannot have.
STATE = Column("@state", "Состояние", "choice", 10, None, (), kinds.Limits(options=ITEM_STATES))
NOTE = Column("@note", "Факт, примечание", "long", 16, None, (), kinds.Limits())
DONE_ON = Column("@done_on", "Сделано когда", "date", 9, None, (), kinds.Limits())
CORE_COLUMNS = {column.id: column for column in (STATE, NOTE, DONE_ON)}

# Where the core keeps what the form's columns with a role hold.
FIELD_OF_ROLE = {"title": "title", "due": "due_text", "report_due": "report_text"}
FIELD_OF_CORE = {"@state": "state", "@note": "note", "@done_on": "done_on"}
# What a save may change besides the field of its cell; the journal notes it, so that undo brings it back as well.
FOLLOWING = ("done_on", "due_by_rule", "report_by_rule")


class Item(Protocol):
    """A plan item as these rules see it: a model or a row of a query."""

    title: Any
    due_text: Any
    report_text: Any
    cells: Any
    state: Any
    note: Any
    done_on: Any


def field_of(column: Column) -> str:
    """The name under which the journal keeps this column: a field of the item, or `cells.<column id>`."""
    if column.role:
        return FIELD_OF_ROLE[column.role]
    return FIELD_OF_CORE.get(column.id, f"cells.{column.id}")


def is_wording(field: str) -> bool:
    """A change of wording or dates; facts and states stay open while a plan runs (they need no new approval)."""
    return field not in FIELD_OF_CORE.values()


def needs_approval(field: str) -> bool:
    """What an approval is of: wording and dates, not their order and what the core keeps beside them."""
    return is_wording(field) and field not in ("position", "section", *FOLLOWING)


def shown(item: Item, field: str) -> str:
    """The text that a cell shows, which is also what a save is compared with."""
    if field.startswith("cells."):
        return str(item.cells.get(field[6:], ""))
    value = getattr(item, field)
    if isinstance(value, date):
        return short_date(value)
    return str(value or "")


def stored(item: Item, field: str, text: str, year: SchoolYear, today: date) -> dict[str, Any]:
    """What must be written to the item so that the cell shows `text`, which its kind has already parsed."""
    if field.startswith("cells."):
        return {"cells": {**item.cells, field[6:]: text}}
    if field == "due_text":
        term = due.parse(text, year=year) if text else due.Due(None, None, "")
        return {"due_text": text, "due_from": term.first, "due_to": term.last, "due_by_rule": False}
    if field == "report_text":
        return {"report_text": text, "report_due": due.parse(text, year=year).last if text else None, "report_by_rule": False}
    if field == "state":
        state = ItemState(text)
        return {"state": state, "done_on": today if state is ItemState.DONE else None}
    if field == "done_on":
        return {"done_on": due.parse_date(text, year=year) if text else None}
    return {field: text}


def parse(column: Column, typed: str, year: SchoolYear) -> str:
    """The canonical text of what was typed into a cell. Raises NotUnderstood with a sentence for the person.

    A form's list of words keeps the word itself, as it is shown and printed; only the core's own state is kept by its id.
    """
    text = kinds.KINDS[column.kind].parse(typed, year=year, limits=column.limits)
    if not text and column.id == STATE.id:
        raise kinds.NotUnderstood("Выберите состояние из списка.")
    return text if column.id == STATE.id else column.limits.options.get(text, text)


def refuse_days_ahead(column: Column, text: str, year: SchoolYear, today: date) -> None:
    """Nothing was done on a day that has not come. `text` is parsed. Raises NotUnderstood."""
    if column.id == DONE_ON.id and text and due.parse_date(text, year=year) > today:
        raise kinds.NotUnderstood("Этот день ещё не наступил. Впишите день, когда это сделали, или оставьте поле пустым.")


def journalled(field: str, text: str, year: SchoolYear) -> str | date | None:
    """The text of a cell as the journal keeps it: as its field holds it, so that undo can compare the two."""
    if field == "done_on":
        return due.parse_date(text, year=year) if text else None
    return text


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a plan has come; `next` is the item that is due first of those ahead. Items cancelled by agreement are not counted.

    `rows` and `in_bin` are the numbers on the tab of the plan and on its bin.
    """

    done: int
    total: int
    overdue: int
    changed: int
    next: Any | None
    rows: int
    in_bin: int

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.total) if self.total else 0


def is_overdue(state: str, due_to: date | None, today: date) -> bool:
    """Late and not finished; an item is still in time on its last day."""
    return due_to is not None and due_to < today and state in (ItemState.PLANNED, ItemState.IN_PROGRESS, ItemState.MOVED)


def late_words(state: str, due_to: date | None, today: date) -> str:
    """«Просрочено, 3 дня» for an item that is late, «В работе, просрочено 3 дня» for one that was begun; else nothing."""
    if due_to is None or not is_overdue(state, due_to, today):
        return ""
    days = (today - due_to).days
    word = "Просрочено," if state == ItemState.PLANNED else f"{ITEM_STATES[state]}, просрочено"
    return f"{word} {days}\u00a0{plural(days, 'день', 'дня', 'дней')}"


def progress(items: Iterable[Any], today: date) -> Progress:
    """Count the items of one plan; each has state, due_to, removed_at and edited_after_approval."""
    done = total = overdue = changed = rows = in_bin = 0
    coming: Any = None
    for item in items:
        changed += bool(item.edited_after_approval)
        if item.removed_at is not None:
            in_bin += 1
            continue
        rows += 1
        if item.state == ItemState.CANCELLED:
            continue
        total += 1
        if item.state == ItemState.DONE:
            done += 1
        elif item.due_to is None:
            continue
        elif item.due_to < today:
            overdue += 1
        elif coming is None or item.due_to < coming.due_to:
            coming = item
    return Progress(done, total, overdue, changed, coming, rows, in_bin)
