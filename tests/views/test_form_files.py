"""A form travels from school to school as one file, and what arrives is a draft until somebody decides."""

import io
import zipfile
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask

from mentorapp.database import db
from mentorapp.models import FormDraft, FormVersion
from tests import drafts
from tests.conftest import Browser
from tests.forms.forms import SMALL

DRAFT = "/forms/teacher-teacher/draft"


def send(browser: Browser, data: bytes, name: str = "form.zip", once: str = "s1") -> Any:
    return browser.post("/forms/import", {"file": (io.BytesIO(data), name), "once": once}, content_type="multipart/form-data")


def packed(**files: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, text in files.items():
            package.writestr(f"small/{name}.toml", text)
    return made.getvalue()


@pytest.fixture
def rows(app: Flask) -> Any:
    """How many drafts and versions there are."""

    def count() -> tuple[int, int]:
        with app.app_context():
            return len(db.session.execute(db.select(FormDraft.id)).all()), len(db.session.execute(db.select(FormVersion.id)).all())

    return count


def test_a_form_that_is_new_here_becomes_a_draft(vera, app):
    place = str(send(vera, packed(form=SMALL)).location)
    assert place == "/forms/small/draft/parts/main" and "Малая форма" in vera.get(place).text
    assert "Продолжить черновик" in vera.get("/forms").text and vera.get("/forms/small").status_code == 404


def test_what_is_wrong_is_told_all_at_once_and_nothing_is_written(vera, rows):
    before = rows()
    answer = send(vera, packed(form=SMALL.replace('"teacher"', '"wizard"'), plans='plans = "x"'))
    assert answer.status_code == 422 and "Ничего не записано" in answer.text
    assert "form.toml, mentor.kinds[1]" in answer.text and "plans.toml, plans" in answer.text
    assert rows() == before


@pytest.mark.parametrize(
    "data,name,words", [(b"", "", "Файл не выбран"), (b"%PDF-1.7", "form.zip", ".pdf"), (b"MZ\x90", "form.exe", "не архив .zip")]
)
def test_what_is_no_form_is_refused_in_words(vera, rows, data, name, words):
    before = rows()
    answer = send(vera, data, name)
    assert answer.status_code == 422 and words in answer.text and rows() == before


def test_a_file_that_is_far_too_large_is_refused(vera, rows):
    before = rows()
    answer = vera.post("/forms/import", b"x" * 1_100_000, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413 and "1 МБ" in answer.text and rows() == before


def test_of_a_broken_file_it_is_said_what_the_sender_can_do(vera):
    answer = send(vera, packed(form=SMALL)[:-30])
    assert answer.status_code == 422 and "form.zip: архив дошёл не целиком" in answer.text
    assert "попросите прислать файл ещё раз" in answer.text and "перешлите отправителю этот список" in answer.text


class TestAFormThatIsHereAlready:
    @pytest.fixture
    def sent(self, vera) -> str:
        """The published form came back by mail; where the decision is made."""
        package = vera.get("/forms/teacher-teacher/form.zip").data
        place = str(send(vera, package).location)
        assert place.startswith("/forms/import/import-")
        assert "у вас уже есть" in vera.get(place).text and "Прислана форма" in vera.get("/forms").text
        return place

    def test_may_become_a_new_version(self, vera, sent, app):
        assert vera.post(sent, {"way": "version"}).location == f"{DRAFT}/parts/main"
        assert "Действует версия 1" in vera.get(f"{DRAFT}/parts/main").text and vera.get(sent).status_code == 404

    def test_may_become_a_copy(self, vera, sent, app):
        place = str(vera.post(sent, {"way": "copy"}).location)
        assert place.startswith("/forms/form-") and "Ещё не опубликована" in vera.get(place).text
        assert "Учитель — учитель (копия)" in vera.get(place).text

    def test_a_second_copy_has_a_name_of_its_own(self, vera, sent):
        vera.post(sent, {"way": "copy"})
        again = str(send(vera, vera.get("/forms/teacher-teacher/form.zip").data, once="s2").location)
        assert "Учитель — учитель (копия 2)" in vera.get(str(vera.post(again, {"way": "copy"}).location)).text

    def test_that_says_nothing_new_is_told_so_and_one_that_does_is_not(self, vera, sent):
        page = vera.get(sent).text
        assert "В файле нет ничего нового" in page and "ваша версия 1" in page and '<button class="main" name="way" value="cancel">' in page
        vera.post("/forms/import", {"file": (io.BytesIO(SMALL.encode()), "form.toml"), "once": "s2"}, content_type="multipart/form-data")
        mark = vera.get("/forms/small/publish").text.split('name="mark" value="')[1].split('"')[0]
        vera.post("/forms/small/publish", {"source": "draft", "mark": mark})
        other = str(send(vera, packed(form=SMALL.replace("Малая форма", "Малая форма, новая")), once="s3").location)
        page = vera.get(other).text
        assert "ничего нового" not in page and '<button class="main" name="way" value="version">' in page

    def test_may_be_left(self, vera, sent, rows):
        assert vera.post(sent, {"way": "cancel"}).location == "/forms" and rows()[0] == 0

    def test_takes_the_place_of_a_draft_and_that_can_be_taken_back(self, vera, sent, app):
        vera.post(DRAFT)
        vera.post(f"{DRAFT}/values/title", {"value": "Моя правка", "seen": "Учитель — учитель"}, headers={"HX-Request": "true"})
        vera.post(sent, {"way": "version"})
        with app.app_context():
            assert drafts.draft_of("teacher-teacher").content["title"] == "Учитель — учитель"
        step = vera.get(f"{DRAFT}/parts/main").text.split('name="step" value="')[1].split('"')[0]
        vera.post(f"{DRAFT}/undo", {"step": step})
        with app.app_context():
            assert drafts.draft_of("teacher-teacher").content["title"] == "Моя правка"


def test_the_file_is_the_same_every_time_and_holds_the_form(vera):
    first, second = (vera.get("/forms/teacher-teacher/form.zip") for _ in range(2))
    assert first.data == second.data and quote("Учитель — учитель.zip") in first.headers["Content-Disposition"]
    assert "teacher-teacher/form.toml" in zipfile.ZipFile(io.BytesIO(first.data)).namelist()
