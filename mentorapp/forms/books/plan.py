"""A plan as a workbook: what it is, its columns, and the rows that a new plan begins with."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mentorapp import words
from mentorapp.domain import conditionwords, duewords
from mentorapp.domain.expect import entries, shown
from mentorapp.domain.plancheck import PLAN
from mentorapp.domain.school_year import NotUnderstood
from mentorapp.forms.books import values
from mentorapp.forms.books.grid import Row, Table, all_facts
from mentorapp.forms.books.layout import ALSO_COLUMN, COLUMN_KINDS, COLUMN_ROLES, Filled, Heading, Sheet, code, row_of
from mentorapp.forms.books.reading import NO_ID, Reading

MOST_COLUMNS, MOST_ITEMS = 12, 60

OWNERS = {"pair": "план пары", "mentor": "план наставника", "mentee": "план наставляемого", "curator": "план куратора"}
ABOUT_PLAN = Sheet(
    "План",
    (
        Heading("owner", "Чей план", 30, "Обязательно. Выберите из списка.", "word", ("владелец", "кому", "план"), OWNERS),
        Heading("title", "Название плана", 60, "Обязательно. Стоит над таблицей.", also=("название", "заголовок")),
        Heading(
            "notes", "Примечание", 60, "Текст под таблицей. Строк с примечаниями может быть несколько.", "several", ("примечания", "сноска")
        ),
    ),
    is_facts=True,
)
COLUMNS = Sheet(
    "Столбцы",
    (
        Heading(
            "title",
            "Столбец",
            34,
            "Заголовок столбца. Так же он называется на листе «Мероприятия».",
            also=("название", "название столбца", "заголовок"),
        ),
        Heading("kind", "Что в нём", 24, "Выберите из списка.", "kind", ("вид", "тип", "вид столбца"), COLUMN_KINDS),
        Heading(
            "role",
            "Роль",
            18,
            "Один столбец — «мероприятие»; «срок» и «срок отчётности» — не больше одного каждый.",
            "word",
            ("назначение",),
            COLUMN_ROLES,
        ),
        Heading("width", "Ширина", 9, "Доля ширины страницы, от 1 до 100. Пусто — 10.", "number"),
        Heading("suggest", "Подсказки", 34, "Что предлагать, пока человек пишет. Каждая с новой строки.", "lines", ("предлагать",)),
        Heading("options", "Варианты", 34, "Для вида «один вариант». Каждый с новой строки.", "labels", ("варианты ответа",)),
        Heading("low", "От", 7, "Нижняя граница шкалы или числа.", "number", ("минимум", "нижняя граница")),
        Heading("high", "До", 7, "Верхняя граница шкалы или числа.", "number", ("максимум", "верхняя граница")),
        code(),
        code("option_codes", "Коды вариантов"),
    ),
    samples=(
        {"title": "Мероприятие", "kind": "текст в несколько строк", "role": "мероприятие", "width": "30"},
        {"title": "Дата", "kind": "срок", "role": "срок", "width": "12"},
        {"title": "Отчёт", "kind": "строка", "width": "16", "suggest": "Справка\nОтзыв"},
    ),
)
SECTION = Heading(
    "section", "Раздел", 22, "Заголовок над строками плана. Повторите его у каждой строки раздела.", also=("подзаголовок", "этап")
)
WHEN = Heading(
    "when",
    "Нужна, если",
    28,
    "Пусто — строка нужна всегда. Иначе: «перед началом: вопрос 3 = да» — ответ наставляемого.",
    "condition",
    ("нужно если", "условие", "когда нужна"),
)
ITEM_CODE = code()
ITEMS_NAME = "Мероприятия"


Questionnaires = Sequence[Mapping[str, Any]]
_DUE = ("due", "report_due")


def items_sheet(columns: Sequence[Mapping[str, Any]]) -> Sheet:
    """The sheet of rows: a column for each of the plan, between those that every plan has. Their keys are «cell.id»."""
    own = [
        Heading(f"cell.{column.get('id', number)}", title, 30, _note(column), "cell", words=_choices(column))
        for number, (column, title) in enumerate(zip(columns, _titles(columns), strict=True), 1)
    ]
    return Sheet(ITEMS_NAME, (SECTION, *own, WHEN, ITEM_CODE))


def _titles(columns: Sequence[Mapping[str, Any]]) -> list[str]:
    """Each another, also where two columns are called the same."""
    titles = [str(column.get("title", "")) for column in columns]
    before = [titles[:place].count(title) for place, title in enumerate(titles)]
    return [f"{title} {count + 1}" if count else title for title, count in zip(titles, before, strict=True)]


def _note(column: Mapping[str, Any]) -> str:
    if column.get("role") in _DUE:
        return "Срок словами: " + "; ".join(f"«{example}»" for example in duewords.EXAMPLES) + "."
    return "Обязательно: название мероприятия." if column.get("role") == "title" else "Можно оставить пустым."


def _choices(column: Mapping[str, Any]) -> dict[str, str] | None:
    options = column.get("options")
    if column.get("kind") == "choice" and isinstance(options, Mapping):
        return {id: label for id, label in options.items() if type(id) is str and type(label) is str}
    return {"да": "да", "нет": "нет"} if column.get("kind") == "yes_no" else None


# --- Out ----------------------------------------------------------------------------------------------


def sheets(part: Mapping[str, Any], questionnaires: Questionnaires = ()) -> list[Filled]:
    """What stands in the workbook of this plan, which may be half wrong; the questionnaires name what a row waits for."""
    columns = [column for _, column in entries(part, "columns")]
    about = row_of(ABOUT_PLAN, part, values.written)
    notes = part.get("notes")
    about["notes"] = [str(note) for note in notes] if isinstance(notes, list | tuple) else []
    of_columns = [row_of(COLUMNS, column, values.written) | {"option_codes": values.codes(column.get("options"))} for column in columns]
    items = items_sheet(columns)
    rows = [dict(_item_cells(item, columns, questionnaires)) for _, item in entries(part, "items")]
    return [Filled(ABOUT_PLAN, [about]), Filled(COLUMNS, of_columns), Filled(items, rows)]


def _item_cells(item: Mapping[str, Any], columns: Sequence[Mapping[str, Any]], questionnaires: Questionnaires) -> Iterator[tuple[str, str]]:
    yield "section", values.written(SECTION, item.get("section"))
    cells, when, id = item.get("cells"), item.get("when"), item.get("id")
    for column in columns:
        role = column.get("role")
        rule, text = item.get(role) if role in _DUE else None, cells.get(column.get("id")) if isinstance(cells, Mapping) else None
        labels = _choices(column) or {}
        written = duewords.to_words(rule) if isinstance(rule, Mapping) else labels.get(text, text) if type(text) is str else ""
        yield f"cell.{column.get('id')}", written
    yield "when", conditionwords.call_to_words(when, questionnaires, words.PHASES) if isinstance(when, Mapping) else ""
    yield "id", id if type(id) is str and id else NO_ID


# --- In -----------------------------------------------------------------------------------------------


def read(reading: Reading, find_items: Any, questionnaires: Questionnaires = ()) -> dict[str, Any]:
    """The plan that the workbook holds; `find_items` finds the sheet of rows once the columns are known."""
    part = reading.facts(ABOUT_PLAN)
    if (about := reading.tables.get(ABOUT_PLAN.name)) and (notes := _notes(reading, about)):
        part["notes"] = notes
    table = reading.found(COLUMNS, "columns")
    if table:
        rows = table.rows()
        reading.place("columns", table, *table.place("role"))
        part["columns"] = reading.each(rows, MOST_COLUMNS, lambda row, number: _column(reading, row, f"columns[{number}]"))
        _items(reading, part, find_items(items_sheet(part["columns"])), questionnaires)
    reading.check(PLAN, part)
    return part


def _items(reading: Reading, part: dict[str, Any], table: Table | None, questionnaires: Questionnaires) -> None:
    """Put the rows of the sheet into the plan, if there is such a sheet."""
    if table is None:
        return
    _strange_columns(reading, table)
    reading.place("items", table, table.header, 1)
    columns = [column for column in part["columns"] if column]
    rows = reading.each(table.rows(), MOST_ITEMS, lambda row, number: _item(reading, row, f"items[{number}]", columns, questionnaires))
    part |= {"items": rows} if rows else {}


def _notes(reading: Reading, about: Table) -> list[str]:
    found: list[str] = []
    for row, column, cell in all_facts(about, "notes"):
        if reading.readable(about, (row, column), cell) and cell.text.strip():
            found.append(cell.text.strip())
            reading.place(f"notes[{len(found)}]", about, row, column)
    return found


def _column(reading: Reading, row: Row, path: str) -> dict[str, Any]:
    column = {"id": reading.id("columns", row, "c"), **reading.row(row, path, COLUMNS.headings, ALSO_COLUMN)}
    if row.text("options"):
        column["options"] = values.labels(row.cell("options").text, row.text("option_codes"), "o")
    return column


def _strange_columns(reading: Reading, table: Table) -> None:
    """A column with texts that the plan does not have: they would be lost."""
    known = set(table.columns.values())
    strange = sorted({column for row, column in table.grid.cells if row >= table.first and column not in known})
    for column in strange:
        title = table.grid.cells.get((table.header, column))
        if title and title.text.strip():
            text = f"столбца «{shown(title.text.strip())}» на листе «{COLUMNS.name}» нет; допишите его там или удалите здесь"
            reading.wrong(table, table.header, column, text)


def _item(reading: Reading, row: Row, path: str, columns: list[dict[str, Any]], questionnaires: Questionnaires) -> dict[str, Any]:
    item = reading.row(row, path, (SECTION, WHEN))
    if row.text("id") != NO_ID:
        item["id"] = reading.id("items", row, "i")
    cells: dict[str, str] = {}
    for column in columns:
        key = f"cell.{column['id']}"
        spot = row.number, row.table.columns.get(key, row.table.place(key)[1])
        role = column.get("role")
        reading.place(f"{path}.{role}" if role in _DUE else f"{path}.cells.{column['id']}", row.table, *spot)
        if not reading.readable(row.table, spot, row.cell(key)) or not (text := row.text(key)):
            continue
        if role in _DUE:
            _rule(reading, item, str(role), text, row, spot[1])
        else:
            cells[column["id"]] = _id_of_label(column, text)
    _call(reading, item, row, questionnaires)
    return {**item, "cells": cells}


def _id_of_label(column: Mapping[str, Any], text: str) -> str:
    """The id of the option with that label; another text stays, and the contract says that there is no such option."""
    options = _choices(column) or {}
    return next((id for id, label in options.items() if values.same(label) == values.same(text)), text)


def _rule(reading: Reading, item: dict[str, Any], role: str, text: str, row: Row, column: int) -> None:
    rule = duewords.from_words(text)
    if rule is None:
        reading.wrong(row.table, row.number, column, f"«{shown(text)}»: {duewords.RULE_HINT[0].lower()}{duewords.RULE_HINT[1:]}")
    else:
        item[role] = rule


def _call(reading: Reading, item: dict[str, Any], row: Row, questionnaires: Questionnaires) -> None:
    if text := row.text("when"):
        try:
            item["when"] = conditionwords.read_call(text, questionnaires, words.PHASES)
        except NotUnderstood as reason:
            reading.wrong(row.table, row.number, row.table.columns["when"], str(reason))
