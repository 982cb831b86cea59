"""A part of a draft leaves as a workbook and comes back, and a wrong workbook changes nothing."""

import io
from typing import Any

import openpyxl
import pytest
from flask import Flask

from mentorapp.domain import draft
from mentorapp.forms import sheets_out
from tests import drafts
from tests.conftest import Browser

PART = "/forms/teacher-teacher/draft/parts"


@pytest.fixture
def begun(vera: Browser) -> Browser:
    vera.post("/forms/teacher-teacher/draft")
    return vera


@pytest.fixture
def content(app: Flask) -> Any:
    def read() -> dict[str, Any]:
        with app.app_context():
            return drafts.draft_of("teacher-teacher").content

    return read


def send(browser: Browser, part: str, data: bytes) -> Any:
    return browser.post(f"{PART}/{part}/book", {"file": (io.BytesIO(data), "part.xlsx")}, content_type="multipart/form-data")


@pytest.mark.parametrize("part", ["questionnaires.mentee_before", "plans.pair", "evaluation"])
def test_a_part_comes_back_as_it_left(begun, content, part):
    before = content()
    made = begun.get(f"{PART}/{part}/part.xlsx").data
    assert send(begun, part, made).location == f"{PART}/{part}?book=1&added=0&changed=0&removed=0&other=0"
    assert draft.get(content(), part) == draft.get(before, part)


def test_what_was_changed_in_the_table_is_in_the_draft_and_can_be_taken_back(begun, content):
    part = "questionnaires.mentee_before"
    before = content()
    made = sheets_out.questionnaire_book({**draft.get(before, part), "title": "Анкета из таблицы"})
    place = send(begun, part, made).location
    assert "карточки те же, изменились порядок или поля над ними" in begun.get(place).text
    assert draft.get(content(), part)["title"] == "Анкета из таблицы"
    step = begun.get(f"{PART}/{part}").text.split('name="step" value="')[1].split('"')[0]
    begun.post("/forms/teacher-teacher/draft/undo", {"step": step})
    assert content() == before


def test_the_page_says_how_many_cards_the_table_added_changed_and_removed(begun, content):
    part = "questionnaires.mentee_before"
    here = draft.get(content(), part)
    *rest, first, _gone = here["questions"]
    new = {"kind": "long", "text": "Чего вы ждёте?"}
    made = sheets_out.questionnaire_book({**here, "questions": [*rest, {**first, "text": "Иначе"}, new]})
    place = send(begun, part, made).location
    assert "Книга прочитана: добавлено 1, изменено 1, убрано 1." in begun.get(place).text
    assert "Книга прочитана" not in begun.get(f"{PART}/{part}").text


def test_what_is_wrong_is_told_by_sheet_and_cell_and_the_draft_stays(begun, content):
    before = content()
    book = openpyxl.load_workbook(io.BytesIO(begun.get(f"{PART}/questionnaires.mentee_before/part.xlsx").data))
    sheet = next(sheet for sheet in book.worksheets if sheet.title == "Вопросы")
    where = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "шкала" or str(cell.value).startswith("шкала"))
    where.value = "градусник"
    made = io.BytesIO()
    book.save(made)
    answer = send(begun, "questionnaires.mentee_before", made.getvalue())
    assert answer.status_code == 422 and f"Вопросы!{where.coordinate}" in answer.text and "градусник" in answer.text
    assert content() == before


@pytest.mark.parametrize("data,words", [(b"", "не выбран"), (b"%PDF", "xlsx"), (b"PK\x03\x04broken", "")])
def test_what_is_no_workbook_is_refused_in_words(begun, content, data, words):
    before = content()
    answer = send(begun, "plans.pair", data) if data else begun.post(f"{PART}/plans.pair/book")
    assert answer.status_code == 422 and words in answer.text and "Черновик остался, как был" in answer.text
    assert content() == before


def test_a_part_that_is_no_table_has_no_workbook(begun):
    assert begun.get(f"{PART}/meetings/book").status_code == 404
