"""A questionnaire, a plan or a rubric goes into a workbook and comes back the same; what a curator changes there is taken."""

import io
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from mentorapp import words
from mentorapp.domain.draft import with_ids
from mentorapp.forms import sheets_in, sheets_out
from mentorapp.forms.books.layout import COLUMN_KINDS, QUESTION_KINDS
from tests.forms.workbooks import book_of, by_hand, changed, column, content_of, part_of, questionnaire, saved, shipped

EVERY_KIND = Path(__file__).with_name("every_kind.toml")
SHIPPED, ALL_KINDS = shipped(), content_of({"form.toml": EVERY_KIND.read_text("utf-8")})


CODES = ("Служебный код", "Коды вариантов", "Коды строк", "Код раздела")


def parts() -> list[Any]:
    asked = SHIPPED["questionnaires"]
    found = [pytest.param("questionnaire", part, (), id=part["id"]) for part in [*asked, *ALL_KINDS["questionnaires"]]]
    for name, form in (("as shipped", SHIPPED), ("with ids", with_ids(SHIPPED))):
        found += [pytest.param("plan", part, (asked,), id=f"plan {part['owner']} {name}") for part in form["plans"]]
    return [*found, pytest.param("rubric", SHIPPED["evaluation"], (), id="rubric")]


def listed(part: dict[str, Any]) -> list[Any]:
    """Options and rows as lists: their order is content, too."""
    entries = [*part.get("questions", []), *part.get("columns", [])]
    return [list(entry.get(key, {}).items()) for entry in entries for key in ("options", "rows")]


@pytest.mark.parametrize(("kind", "part", "more"), parts())
def test_a_part_comes_back_the_same_with_all_its_ids(kind: str, part: dict[str, Any], more: tuple[Any, ...]) -> None:
    back = part_of(kind, book_of(kind, part, *more), *more)
    assert back == part
    assert listed(back) == listed(part)


def test_everything_a_question_may_have_comes_back() -> None:
    part = questionnaire() | {"intro": "Строка\nи вторая", "thanks": "=1+1", "minutes": 5}
    part["questions"] += [
        {"id": "n", "kind": "number", "text": "-5", "low": -3, "high": 3, "reverse": True, "hint": "+подсказка", "match": "m"},
        {"id": "d", "kind": "date", "text": "Когда?", "pair_key": "k"},
        {"id": "m", "kind": "multi", "text": "@имя", "low": 1, "high": 2, "options": {"x": "одно; два", "y": "то же", "z": "то же"}},
        {"id": "one", "kind": "multi", "text": "Один", "options": {"x": "и то; и это"}, "metric": "comfort", "sensitive": True},
        {"id": "f", "kind": "frequency", "text": "_x0041_ {{7*7}} <b>", "options": {"a": "часто", "b": "редко"}},
        {"id": "p", "kind": "person", "text": "Кто?", "base": "mentees", "show_if": {"question": "m", "is": ["x", "z"]}},
        {"id": "t", "kind": "matrix", "text": "?", "options": {"a": "1", "b": "2"}, "rows": {"r": "=A1", "s": "- второе"}},
        {"id": "s", "kind": "text", "text": "Ещё?", "show_if": {"question": "easy", "at_least": 2, "at_most": 5}},
    ]  # fmt: skip
    assert part_of("questionnaire", book_of("questionnaire", part)) == part


def test_every_rule_of_a_plan_comes_back() -> None:
    columns = [
        {"id": "a", "title": "Мероприятие", "kind": "text", "role": "title", "suggest": ["Урок; беседа"]},
        {"id": "b", "title": "Срок", "kind": "due", "role": "due"},
        {"id": "c", "title": "Отчёт", "kind": "due", "role": "report_due", "width": 5},
        {"id": "d", "title": "Как", "kind": "choice", "options": {"x": "Очно", "y": "Заочно"}},
        {"id": "e", "title": "Часы", "kind": "number", "low": 1, "high": 40},
        {"id": "f", "title": "Часы", "kind": "yes_no"},
    ]
    rules = [
        {"after_start": 14}, {"before_end": 10}, {"month": 9}, {"months": [12, 3, 6]}, {"from": "15.10", "to": "30.10"}, {"until": "15.10"},
        {"last_week": 5}, {"every": 7}, {"half": 2}, {"year": True}, {"until": "15.10", "first_run": "01.11.2026"},
    ]  # fmt: skip
    items: list[dict[str, Any]] = [
        {"id": f"i{number}", "section": "Осень", "due": rule, "report_due": rule, "cells": {"a": "=Дело", "d": "y", "e": "1,5", "f": "да"}}
        for number, rule in enumerate(rules)
    ]
    items[3]["when"] = {"phase": "before", "question": "easy", "at_most": 3}
    items[4] |= {"when": {"phase": "after", "question": "unknown", "is": ["x", "y"]}}
    items[5].pop("id")
    part = {"owner": "mentee", "title": "План", "columns": columns, "items": items, "notes": ["Одно", "Другое\nв две строки"]}
    assert part_of("plan", book_of("plan", part, [questionnaire()]), [questionnaire()]) == part


def test_an_empty_workbook_is_filled_in_and_read() -> None:
    def fill(book: Any) -> None:
        book["Оценка"]["B1"] = "Лист оценки"
        for sheet, rows in {
            "Баллы": [(1, "да"), (0.0, "нет")],
            "Показатели": [("Работа", "Встречи идут"), ("", "План есть")],
            "Уровни": [("0", "1", "мало"), (2.0, 2.0, "хорошо")],
        }.items():
            for row in rows:
                book[sheet].append(row)

    part = part_of("rubric", changed(sheets_out.empty_book("rubric"), fill))
    assert [point["value"] for point in part["points"]] == [1, 0]
    assert [indicator["title"] for indicator in part["groups"][0]["indicators"]] == ["Встречи идут", "План есть"]
    assert part["bands"][1] == {"low": 2, "high": 2, "title": "хорошо"}


@pytest.mark.parametrize("kind", ["questionnaire", "plan", "rubric"])
def test_a_workbook_says_how_it_is_filled_in(kind: str) -> None:
    book = load_workbook(io.BytesIO(sheets_out.empty_book(kind)))
    explained = " ".join(str(cell.value) for row in book["Как заполнять"].rows for cell in row if cell.value)
    for page in book.worksheets[:-2]:
        assert f"Лист «{page.title}»" in explained
        assert page.sheet_state == "visible"
    assert book["Списки"].sheet_state == "hidden"
    table = book.worksheets[1]
    assert table.freeze_panes == "A2" and table["B1"].comment
    assert any(page.data_validations.dataValidation for page in book.worksheets)
    hidden = {letter for letter, dimension in table.column_dimensions.items() if dimension.hidden}
    assert {cell.value for cell in table[1] if cell.column_letter in hidden} <= {
        "Служебный код",
        "Коды вариантов",
        "Коды строк",
        "Код раздела",
        None,
    }


def test_no_cell_is_a_formula_and_one_content_is_one_file() -> None:
    part = questionnaire() | {"title": '=HYPERLINK("x")', "intro": "http://example.org", "thanks": "15.10"}
    data = book_of("questionnaire", part)
    book = load_workbook(io.BytesIO(data))
    assert {cell.data_type for page in book.worksheets for row in page.rows for cell in row if cell.value is not None} == {"s"}
    assert data == book_of("questionnaire", part)


HALF_WRONG: list[dict[str, Any]] = [
    {},
    {"questions": 5, "columns": None, "groups": "x", "title": ["x"]},
    {"notes": 3, "questions": [3, {"kind": []}], "columns": [{"id": 5, "options": [1]}], "points": [{}], "bands": [[]]},
    {
        "items": [{"cells": 3, "due": {"x": 1}, "when": []}],
        "groups": [{"title": 3, "indicators": {}}],
        "questions": [{"show_if": {"question": 3}, "options": {1: 2}, "rows": "x", "low": "1"}],
    },
]


@pytest.mark.parametrize("kind", ["questionnaire", "plan", "rubric"])
@pytest.mark.parametrize("broken", HALF_WRONG)
def test_a_draft_that_is_half_wrong_can_be_written(kind: str, broken: dict[str, Any]) -> None:
    assert sheets_in.read_book(kind, book_of(kind, broken))[1]


def test_the_words_are_those_of_the_interface() -> None:
    assert QUESTION_KINDS | words.QUESTION_KINDS == QUESTION_KINDS
    assert len(set(QUESTION_KINDS.values())) == len(QUESTION_KINDS) and len(set(COLUMN_KINDS.values())) == len(COLUMN_KINDS)


def test_the_writer_is_imported_only_when_it_is_used() -> None:
    code = "import sys, mentorapp.forms.sheets_in, mentorapp.forms.sheets_out; print({'xlsxwriter', 'openpyxl', 'lxml'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    assert done.stdout.strip() == "set()"


# --- Ids ----------------------------------------------------------------------------------------------


def test_a_new_row_gets_a_new_id_and_the_others_keep_theirs() -> None:
    def insert(book: Any) -> None:
        page = book["Вопросы"]
        page.insert_rows(4)
        page.cell(4, column(page, "Вид ответа"), "строка")
        page.cell(4, column(page, "Вопрос"), "Был ли наставник?")

    part = part_of("questionnaire", changed(book_of("questionnaire", questionnaire()), insert))
    ids = [question["id"] for question in part["questions"]]
    assert [*ids[:2], *ids[3:]] == ["h", "met", "what", "easy", "help"]
    assert ids[2] not in {question["id"] for question in questionnaire()["questions"]} and len(ids[2]) > 6
    assert part["questions"][3]["show_if"] == {"question": "met", "is": "да"}  # by its number, which still stands in its row


def test_a_copied_row_gets_an_id_of_its_own() -> None:
    def copy(book: Any) -> None:
        page = book["Вопросы"]
        page.append([cell.value for cell in page[6]])

    part = part_of("questionnaire", changed(book_of("questionnaire", questionnaire()), copy))
    first, second = part["questions"][4:]
    assert first["id"] == "help" and second["id"] != "help" and second["text"] == first["text"]


def test_a_reworded_option_keeps_its_id_and_another_option_gets_a_new_one() -> None:
    def reword(book: Any) -> None:
        page = book["Вопросы"]
        page.cell(6, column(page, "Варианты"), "Родители\nЭкзамены\nУрок")

    part = part_of("questionnaire", changed(book_of("questionnaire", questionnaire()), reword))
    options = part["questions"][4]["options"]
    assert list(options.values()) == ["Родители", "Экзамены", "Урок"]
    assert list(options)[0] == "b" and list(options)[2] == "a" and list(options)[1] not in ("a", "b")


def test_rows_may_be_put_in_another_order() -> None:
    def swap(book: Any) -> None:
        page = book["Вопросы"]
        former = [cell.value for cell in page[5]]
        for cell, other in zip(page[5], page[6], strict=True):
            cell.value = other.value
        for cell, value in zip(page[6], former, strict=True):
            cell.value = value

    part = part_of("questionnaire", changed(book_of("questionnaire", questionnaire()), swap))
    assert part["questions"] == [*questionnaire()["questions"][:3], questionnaire()["questions"][4], questionnaire()["questions"][3]]


# --- Whatever people do -------------------------------------------------------------------------------


def test_a_workbook_that_was_made_by_hand_is_read() -> None:
    data = by_hand(
        Опрос=[
            ["Анкета для новых педагогов"],
            [],
            ["", "ТЕКСТ ВОПРОСА", "тип ответа", None, "Обязательно?", "Варианты ответов", "Минимум", "Максимум", "Условие", "Заметки"],
            ["", "Легко ли вам?", "Шкала от 1 до 10", None, "+", None, None, None, None, "спросить завуча"],
            [],
            ["", "С чем помочь?", "Несколько ответов", None, "нет", "1) Уроки\n2) Родители", 1.0, 2.0, None],
            ["", "Как часто вы советуетесь?", "ЧАСТОТА", None, True, None, None, None, "вопрос 1 больше 5"],
            ["", "Что еще?", "Развёрнутый ответ", None, "x", None, None, None, "Легко ли вам? = 1"],
            ["", "Удобно?", "одиночный", None, "да", "Да; Нет; Не знаю"],
        ],
        Сведения=[["Название", "Анкета"], ["Для кого:", "Наставляемый"], ["Этап", "Перед началом"], ["Минут", 8.0]],
    )
    data = changed(data, lambda book: book["Опрос"].cell(9, 3, "один из списка"))
    part = part_of("questionnaire", data)
    assert {key: part[key] for key in ("title", "role", "phase", "minutes")} == {
        "title": "Анкета", "role": "mentee", "phase": "before", "minutes": 8,
    }  # fmt: skip
    scale, several, often, more, one = part["questions"]
    assert (scale["kind"], scale["low"], scale["high"]) == ("scale", 1, 10)
    assert list(several["options"].values()) == ["Уроки", "Родители"] and (several["low"], several["high"], several["required"]) == (
        1,
        2,
        False,
    )
    assert often["kind"] == "frequency" and often["show_if"] == {"question": scale["id"], "at_least": 6}
    assert more["kind"] == "long" and more["show_if"] == {"question": scale["id"], "is": "1"}
    assert list(one["options"].values()) == ["Да", "Нет", "Не знаю"]


def test_a_bare_list_of_questions_is_enough_for_a_questionnaire_that_is_there() -> None:
    data = by_hand(Лист1=[["Вопрос", "Вид ответа"], ["Что нового?", "текст"]])
    part = part_of("questionnaire", data, usual=questionnaire())
    assert (part["id"], part["title"], part["role"]) == ("q0", "Анкета", "mentee")
    assert [question["text"] for question in part["questions"]] == ["Что нового?"]


def test_a_header_of_two_rows_with_merged_cells_is_read() -> None:
    def merge(book: Any) -> None:
        page = book["Вопросы"]
        page.insert_rows(1)
        for cell in page[2]:
            if cell.value not in ("От", "До"):
                page.cell(1, cell.column, cell.value)
                cell.value = None
        low = page.cell(2, 8).column
        page.cell(1, low, "Границы")
        page.merge_cells(start_row=1, end_row=1, start_column=low, end_column=low + 1)
        page.merge_cells(start_row=1, end_row=2, start_column=2, end_column=2)

    assert part_of("questionnaire", changed(book_of("questionnaire", questionnaire()), merge)) == questionnaire()


def test_sheets_may_be_renamed_and_moved_and_columns_put_in_another_order() -> None:
    def rearrange(book: Any) -> None:
        book["Вопросы"].title = "Мой лист № 1"
        book["Анкета"].title = "Общее"
        book.move_sheet("Мой лист № 1", -1)
        book.create_sheet("Заметки", 0)["B2"] = "Спросить у психолога"
        page = book["Мой лист № 1"]
        page.insert_cols(1, 2)
        page["A1"] = "Кто предложил"
        page["A3"] = "методсовет"

    assert part_of("questionnaire", changed(book_of("questionnaire", questionnaire()), rearrange)) == questionnaire()


def test_dates_and_words_of_terms_are_understood_in_a_plan() -> None:
    data = by_hand(
        План=[["Чей план", "наставника"], ["Название плана", "План"]],
        Столбцы=[["Столбец", "Вид", "Роль"], ["Дело", "текст", "мероприятие"], ["Когда", "срок", "срок"]],
        Мероприятия=[
            ["Когда", "ДЕЛО"],
            [datetime(2026, 10, 15), "Первое"],
            ["к 15 октября", "Второе"],
            ["Через две недели после начала", "Третье"],
            [None, "Четвёртое"],
        ],
    )
    items = part_of("plan", data)["items"]
    assert [item.get("due") for item in items] == [{"from": "15.10", "to": "15.10"}, {"until": "15.10"}, {"after_start": 14}, None]


def test_a_saved_copy_of_another_program_is_read() -> None:
    book = load_workbook(io.BytesIO(book_of("rubric", shipped()["evaluation"])))
    assert part_of("rubric", saved(book)) == shipped()["evaluation"]


@pytest.mark.parametrize("text", ["<r>x</r></si><si><t>другое</t></si><si><r><t>y</t></r>", "<r></c></r>"])
def test_a_text_that_looks_like_the_inside_of_a_workbook_comes_back_as_it_was(text: str) -> None:
    part = {**questionnaire(), "title": text}
    assert part_of("questionnaire", book_of("questionnaire", part))["title"] == text
