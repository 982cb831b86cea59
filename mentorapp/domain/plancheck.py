"""What a plan of a mentoring form may say, as tables: its columns, its rows, their terms. PLAN is the last one."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from mentorapp.domain import due, kinds
from mentorapp.domain.conditioncheck import CONDITION, build_condition
from mentorapp.domain.expect import (
    ID,
    MOST_LOOKED_AT,
    NUMBER,
    TEXT,
    TEXTS,
    TITLE,
    Place,
    Table,
    by_id,
    different,
    entries,
    is_a,
    one_of,
    perhaps,
    several,
    shown,
    whole,
)
from mentorapp.domain.formspec import OWNERS, ROLES, CalledFor, Column, ItemTemplate, PlanTemplate
from mentorapp.domain.questionnaire import PHASES
from mentorapp.domain.school_year import SchoolYear

MOST_WORDS_OF_A_RULE, LONGEST_WORD_OF_A_RULE = 5, 40
# A template cell is never a date, so the year that parsing asks for changes nothing.
_ANY_YEAR = SchoolYear(2000)
_DATED = ("date", "due")
_NUMBERED = ("number", "scale")


def _rule(value: Any, at: Place) -> Mapping[str, Any] | None:
    """A due rule (`domain/due.py` knows its words), with its keys in one order, so that equal rules have equal hashes."""
    if not is_a(dict, value, at):
        return None
    if len(value) > MOST_WORDS_OF_A_RULE or any(len(key) > LONGEST_WORD_OF_A_RULE or not key.isprintable() for key in value):
        at.wrong("срок записан слишком сложно; напишите его одним словом, например { after_start = 14 }")
        return None
    for problem in due.problems(value):
        at.wrong(problem)
    return {key: value[key] for key in sorted(value)}


# --- Rules between the keys of one table; they see it as it was written ---------------------------


def _role_fits_kind(column: Mapping[str, Any], at: Place) -> None:
    role, kind = column.get("role"), column.get("kind")
    if role in ("due", "report_due") and kind != "due":
        at.key("kind").wrong(f'у столбца с role = "{role}" нужен kind = "due"')
    if role == "title" and kind not in ("text", "long"):
        at.key("kind").wrong('у столбца с role = "title" нужен kind = "long" или "text"')


def _limits_fit_kind(column: Mapping[str, Any], at: Place) -> None:
    kind, low, high = (column.get(name) for name in ("kind", "low", "high"))
    if "options" in column and kind != "choice":
        at.key("options").wrong('варианты бывают только у столбца с kind = "choice"; уберите их или поправьте kind')
    if kind == "choice" and "options" not in column:
        at.key("options").wrong('нет списка вариантов; допишите, например options = { yes = "да", partly = "частично" }')
    if "suggest" in column and kind not in ("text", "long"):
        at.key("suggest").wrong('подсказки бывают только у текста, kind = "text" или "long"; уберите их')
    for bound in ("low", "high"):
        if bound in column and kind not in _NUMBERED:
            at.key(bound).wrong('граница бывает только у числа и шкалы, kind = "number" или "scale"; уберите её')
        if bound not in column and kind == "scale":
            at.key(bound).wrong("у шкалы нужны обе границы, например low = 1, high = 10")
    if type(low) is int and type(high) is int and low >= high:
        at.key("high").wrong("верхняя граница должна быть больше нижней")


def _one_column_a_role(plan: Mapping[str, Any], at: Place) -> None:
    roles = [(number, column.get("role")) for number, column in entries(plan, "columns")]
    if type(plan.get("columns")) is list and all(role != "title" for _, role in roles):
        at.key("columns").wrong('нет столбца с названием мероприятия; допишите одному из них role = "title"')
    for role in ROLES:
        for number in [number for number, given in roles if given == role][1:]:
            at.key("columns").number(number).key("role").wrong(f'role = "{role}" уже у другого столбца; оставьте у одного')


def _items_fit_columns(plan: Mapping[str, Any], at: Place) -> None:
    columns = [column for _, column in entries(plan, "columns")]
    by_id = {column["id"]: column for column in columns if type(column.get("id")) is str}
    if not by_id or len(by_id) < len(columns):
        return  # the columns themselves are wrong and that has been said; every cell would only repeat it
    for number, item in entries(plan, "items"):
        place = at.key("items").number(number)
        for role in ("due", "report_due"):
            if role in item and not any(column.get("role") == role for column in columns):
                place.key(role).wrong(f'в плане нет столбца для этого срока; допишите столбец с role = "{role}"')
        if type(item.get("cells")) is dict:
            _cells_fit_columns(item["cells"], by_id, place.key("cells"))


def _cells_fit_columns(cells: Mapping[str, Any], columns: Mapping[str, Mapping[str, Any]], at: Place) -> None:
    for name in list(cells)[:MOST_LOOKED_AT]:
        if name not in columns:
            hint = perhaps(name, columns) or f"; в этом плане есть: {', '.join(columns)}"
            at.key(name).wrong(f"столбца «{shown(name)}» в плане нет{hint}")
    for name, column in columns.items():
        text = cells.get(name)
        if column.get("role") == "title" and text is None:
            at.key(name).wrong("у строки нет названия мероприятия; напишите его")
        for problem in _cell_problems(column, text) if type(text) is str else ():
            at.key(name).wrong(problem)


def _cell_problems(column: Mapping[str, Any], text: str) -> Iterator[str]:
    kind = column.get("kind")
    if kind in _DATED:
        yield "даты в ячейку шаблона не пишут; срок задают ключами due и report_due"
    elif type(kind) is str and kind in kinds.COLUMN_KINDS:
        options, low, high = (column.get(name) for name in ("options", "low", "high"))
        limits = kinds.Limits(
            options=options if type(options) is dict else {text: text},
            low=low if type(low) is int else None,
            high=high if type(high) is int else None,
        )
        try:
            kinds.KINDS[kind].parse(text, year=_ANY_YEAR, limits=limits)
        except kinds.NotUnderstood as reason:
            yield str(reason)


# --- Building ------------------------------------------------------------------------------------


def _column(options: Mapping[str, str] | None = None, low: int | None = None, high: int | None = None, **read: Any) -> Column:
    return Column(**read, limits=kinds.Limits(options=options or {}, low=low, high=high))


def _plan(columns: tuple[Column, ...], items: tuple[ItemTemplate, ...] = (), **read: Any) -> PlanTemplate:
    return PlanTemplate(**read, columns=columns, items=tuple(_tidy(item, columns) for item in items))


def _tidy(item: ItemTemplate, columns: tuple[Column, ...]) -> ItemTemplate:
    """The row with the texts that a save of each cell would store, in the order of the columns."""
    cells = {
        column.id: kinds.KINDS[column.kind].parse(item.cells[column.id], year=_ANY_YEAR, limits=column.limits)
        for column in columns
        if column.id in item.cells
    }
    return replace(item, cells=cells)


def _called_for(phase: str, **condition: Any) -> CalledFor:
    return CalledFor(phase, build_condition(**condition))


# --- The tables ----------------------------------------------------------------------------------

COLUMN = Table(
    _column,
    {"id": ID, "title": TITLE, "kind": one_of(*kinds.COLUMN_KINDS)},
    {
        "width": whole(1, 100),
        "role": one_of(*ROLES),
        "suggest": several(TITLE, 30),
        "options": by_id(TITLE, 30),
        "low": NUMBER,
        "high": NUMBER,
    },
    (_role_fits_kind, _limits_fit_kind),
)
WHEN = Table(_called_for, {"phase": one_of(*PHASES), **CONDITION.needed}, {key: CONDITION.keys[key] for key in CONDITION.free})
ITEM = Table(ItemTemplate, {"cells": by_id(TEXT, 12)}, {"id": ID, "section": TITLE, "due": _rule, "report_due": _rule, "when": WHEN})
PLAN = Table(
    _plan,
    {"owner": one_of(*OWNERS), "title": TITLE, "columns": several(COLUMN, 12, 1)},
    {"items": several(ITEM, 60), "notes": TEXTS},
    (different("columns", "id"), different("items", "id"), _one_column_a_role, _items_fit_columns),
)
