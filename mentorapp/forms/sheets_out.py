"""Content into workbooks: one questionnaire, one plan or one rubric, for a curator to fill in with any office program."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mentorapp.forms.books import plan, questionnaire, rubric
from mentorapp.forms.books.layout import HELP, LISTS, Filled, Heading, Sheet
from mentorapp.forms.celltext import write_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["empty_book", "plan_book", "questionnaire_book", "rubric_book"]

FREE_ROWS = 200  # below the last row that the lists reach
_GREY, _PALE = "#D9E1EA", "#F3F6F9"
_USUAL_COLUMNS = [
    {"id": "what", "title": "Мероприятие", "kind": "long", "role": "title", "width": 30},
    {"id": "due", "title": "Дата", "kind": "due", "role": "due", "width": 12},
    {"id": "result", "title": "Результат", "kind": "long", "width": 25},
    {"id": "report", "title": "Отчёт", "kind": "text", "width": 16},
]
_ABOUT = {
    "questionnaire": "одна анкета: на листе «Анкета» — что это за анкета, на листе «Вопросы» — вопросы по порядку",
    "plan": "один план: на листе «План» — чей он, на листе «Столбцы» — столбцы, на листе «Мероприятия» — строки нового плана",
    "rubric": "один лист оценки: баллы, показатели по разделам и уровни, каждое на своём листе",
}
_HOW = (
    "Каждая строка — одна запись. Пустые строки и лишние столбцы не мешают; порядок строк — порядок в форме.",
    "Подсказка к столбцу появляется, если навести мышь на его заголовок; где бывает список, выбирайте из него.",
    "Вариант или подсказка — каждая с новой строки в одной ячейке (Alt+Enter) или через «;».",
    "Пишите значения, а не формулы. Скрытые столбцы не трогайте: по ним программа узнаёт прежние строки.",
)


def questionnaire_book(part: Mapping[str, Any]) -> bytes:
    """The workbook of a questionnaire, which may be half wrong or empty."""
    return _book("questionnaire", questionnaire.sheets(part))


def plan_book(part: Mapping[str, Any], questionnaires: Sequence[Mapping[str, Any]] = ()) -> bytes:
    """The workbook of a plan; `questionnaires` are those of the form, by whose numbers its conditions name questions."""
    return _book("plan", plan.sheets(part, questionnaires))


def rubric_book(part: Mapping[str, Any]) -> bytes:
    """The workbook of a rubric (evaluation)."""
    return _book("rubric", rubric.sheets(part))


def empty_book(kind: str) -> bytes:
    """A workbook to be filled in: of a questionnaire, a plan (with usual columns) or a rubric."""
    if kind == "plan":
        return plan_book({"columns": _USUAL_COLUMNS})
    return questionnaire_book({}) if kind == "questionnaire" else rubric_book({})


def _book(kind: str, filled: Sequence[Filled]) -> bytes:
    from xlsxwriter import Workbook

    target = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with Workbook(target, {"in_memory": True, **plain}) as book:
        book.set_properties({"created": datetime(2026, 1, 1)})  # one content, one file
        styles = _Styles(book)
        lists = _Lists([heading for sheet, _ in filled for heading in sheet.headings])
        for sheet, rows in filled:
            (_write_facts if sheet.is_facts else _write_table)(book.add_worksheet(sheet.name), sheet, rows, styles, lists)
        _write_help(book.add_worksheet(HELP), kind, [sheet for sheet, _ in filled], styles)
        lists.write(book.add_worksheet(LISTS))
    return target.getvalue()


class _Styles:
    """The looks of cells. All cells are text, so that an office program makes no date of «15.10»."""

    def __init__(self, book: "Workbook") -> None:
        usual = {"text_wrap": True, "valign": "top", "num_format": "@", "font_name": "Calibri", "font_size": 11}
        self.text = book.add_format(usual)
        self.head = book.add_format({**usual, "bold": True, "bg_color": _GREY, "border": 1, "border_color": "#9AA7B5"})
        self.sample = book.add_format({**usual, "bg_color": _PALE, "italic": True})
        self.note = book.add_format({**usual, "font_color": "#5B6670"})
        self.title = book.add_format({**usual, "bold": True, "font_size": 14, "text_wrap": False})


class _Lists:
    """What cells offer to choose from: on a hidden sheet, because a list inside a cell's rule holds few words and no commas."""

    def __init__(self, headings: Sequence[Heading]) -> None:
        self.columns = [choices for choices in dict.fromkeys(tuple(heading.choices) for heading in headings) if choices]

    def offer(self, page: "Worksheet", heading: Heading, first: int, last: int, column: int) -> None:
        """Let the cells from `first` to `last` be chosen; what is not on the list is asked about, not forbidden."""
        if not heading.choices:
            return
        place = self.columns.index(tuple(heading.choices))
        source = f"={LISTS}!${_letters(place)}$1:${_letters(place)}${len(self.columns[place])}"
        page.data_validation(
            first,
            column,
            last,
            column,
            {
                "validate": "list",
                "source": source,
                "error_type": "warning",
                "error_title": "Нет в списке",
                "error_message": "Лучше выбрать из списка: другое слово программа может не понять.",
            },
        )

    def write(self, page: "Worksheet") -> None:
        for column, choices in enumerate(self.columns):
            for row, choice in enumerate(choices):
                write_text(page, row, column, choice)
        page.hide()


def _letters(column: int) -> str:
    return chr(65 + column) if column < 26 else chr(64 + column // 26) + chr(65 + column % 26)


def _write_facts(page: "Worksheet", sheet: Sheet, rows: Sequence[Mapping[str, Any]], styles: _Styles, lists: _Lists) -> None:
    page.set_column(0, 0, 26, styles.text)
    page.set_column(1, 1, 70, styles.text)
    page.set_column(2, 2, 60, styles.note)
    line = 0
    for heading in sheet.headings:
        value = rows[0].get(heading.key, "") if rows else ""
        for text in [*value, ""] if isinstance(value, list) else [value]:
            write_text(page, line, 0, heading.title, styles.head)
            write_text(page, line, 1, text, styles.text)
            lists.offer(page, heading, line, line, 1)
            if heading.hidden:
                page.set_row(line, None, None, {"hidden": True})
            else:
                write_text(page, line, 2, heading.note, styles.note)
            line += 1


def _write_table(page: "Worksheet", sheet: Sheet, rows: Sequence[Mapping[str, Any]], styles: _Styles, lists: _Lists) -> None:
    page.freeze_panes(1, 0)
    for column, heading in enumerate(sheet.headings):
        page.set_column(column, column, heading.width, styles.text, {"hidden": heading.hidden})
        write_text(page, 0, column, heading.title, styles.head)
        if heading.note and not heading.hidden:
            page.write_comment(0, column, heading.note, {"x_scale": 2, "y_scale": 1.2})
        lists.offer(page, heading, 1, len(rows) + FREE_ROWS, column)
        for line, row in enumerate(rows, 1):
            if text := row.get(heading.key, ""):
                write_text(page, line, column, text, styles.text)


def _write_help(page: "Worksheet", kind: str, sheets: Sequence[Sheet], styles: _Styles) -> None:
    """What each column is for, and rows as they may look. The sheet is not read."""
    page.set_column(0, 0, 26, styles.text)
    page.set_column(1, 24, 22, styles.text)
    write_text(page, 0, 0, f"{HELP} эту таблицу", styles.title)
    line = 2
    for text in (f"Здесь {_ABOUT[kind]}.", *_HOW):
        write_text(page, line, 0, text, styles.title if line == 0 else styles.note)
        page.set_row(line, 15)
        line += 1
    for sheet in sheets:
        line = _explain(page, sheet, line + 1, styles)


def _explain(page: "Worksheet", sheet: Sheet, line: int, styles: _Styles) -> int:
    seen = [heading for heading in sheet.headings if not heading.hidden]
    write_text(page, line, 0, f"Лист «{sheet.name}»", styles.title)
    for heading in seen:
        line += 1
        choices = f" Бывает: {', '.join(heading.choices)}." if heading.choices else ""
        write_text(page, line, 0, heading.title, styles.head)
        page.merge_range(line, 1, line, 6, heading.note + choices, styles.text)
        page.set_row(line, 15 * (1 + len(heading.note + choices) // 130))
    if sheet.samples:
        line += 2
        write_text(page, line, 0, "Например, так:", styles.note)
        used = [heading for heading in seen if any(heading.key in sample for sample in sheet.samples)]
        for column, heading in enumerate(used):
            write_text(page, line + 1, column, heading.title, styles.head)
            for place, sample in enumerate(sheet.samples):
                write_text(page, line + 2 + place, column, sample.get(heading.key, ""), styles.sample)
        line += 2 + len(sheet.samples)
    return line + 1
