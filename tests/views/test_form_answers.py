"""The answers to a form as a curator gets them: a page and a workbook, while the form changes and hundreds answer."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from flask import Flask
from openpyxl import load_workbook

from mentorapp.database import db, writing
from mentorapp.domain.formspec import FormSpec
from mentorapp.domain.questionnaire import Question
from mentorapp.models import Answer, Operation, Pair, Participant, Submission
from mentorapp.models.forms import current_version
from mentorapp.models.submissions import ANSWERS, SubmissionState
from tests.conftest import NOW, Browser
from tests.every_kind import AFTER, EVERY_KIND
from tests.forms.versions import FORM, School30, asks, differences, draft, publish, questionnaire, use
from tests.queries import selects
from tests.school import World
from tests.test_queries import add_pairs

AsUser = Callable[[str], Browser]
TABLE, BOOK, LIST = (f"/forms/{FORM}/answers{what}" for what in (f"/{EVERY_KIND.id}", ".xlsx", ""))


@pytest.fixture
def used(app: Flask, world: World) -> School30:
    """Boris has sent a questionnaire with every kind of question, Egor has begun it."""
    return use(app, world)


def heads(text: str) -> list[str]:
    return [words_of(head) for head in re.findall(r"<th scope=\"col(?:group)?\".*?</th>", text, re.S)]


def words_of(html: str) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", " ", html)).split())


def cells(text: str, person: str = "Лукин") -> dict[str, str]:
    """The row of a person on the page: label → what stands there."""
    row = next(row for row in re.findall(r"<tr>.*?</tr>", text, re.S) if f">{person}" in row)
    found = re.findall(r'<td data-l="([^"]*)"[^>]*>(.*?)</td>', row, re.S)
    return {unescape(label).rstrip(":"): unescape(re.sub("<[^>]+>", "", html)).strip() for label, html in found}


def book(vera: Browser) -> Any:
    answer = vera.get(BOOK)
    assert answer.status_code == 200 and quote("Ответы — Учитель — учитель.xlsx") in answer.headers["Content-Disposition"]
    return load_workbook(io.BytesIO(answer.data))


def tell(app: Flask, submission_id: int, key: str, text: str) -> None:
    with app.app_context(), writing() as session:
        session.execute(sa.update(Answer).where(Answer.submission_id == submission_id, Answer.key == key).values(value=text))


def change(used: School30, as_user: AsUser, what: Callable[[FormSpec], FormSpec], sort: str = "meaning") -> None:
    """The curator changes the form; all words that differ are of that sort."""
    draft(used, what)
    fields = {f"word-{one.key}": sort for one in differences(used)}
    assert publish(as_user, **fields).status_code == 303


def without(question_id: str) -> Callable[[FormSpec], FormSpec]:
    return asks(lambda one: None if one.id == question_id else one)


def with_(question_id: str, **changed: Any) -> Callable[[FormSpec], FormSpec]:
    return asks(lambda one: replace(one, **changed) if one.id == question_id else one)


# --- What there is, and who may read it ---


def test_only_what_was_sent_is_counted(used: School30, vera: Browser) -> None:
    text = vera.get(LIST).text
    assert "Анкета перед началом</a>" in text and "1 анкета" in text
    assert "Уваров" not in vera.get(TABLE).text
    assert "Лукин Борис Андреевич" in vera.get(TABLE).text


def test_the_page_of_the_form_leads_there_whoever_may_read_it(used: School30, as_user: AsUser) -> None:
    assert LIST in as_user("vera").get(f"/forms/{FORM}").text
    for name in ("dina", "inna", "viktor"):
        assert LIST not in as_user(name).get(f"/forms/{FORM}").text
        assert "Ответы на анкеты читает куратор этой формы." in as_user(name).get(TABLE).text


def test_nothing_to_read_is_said_on_the_page_and_no_empty_file_is_made(app: Flask, world: World, vera: Browser) -> None:
    text = vera.get(LIST).text
    assert "Ответов пока нет" in text and "Скачать" not in text
    assert vera.get(BOOK).status_code == 409


def test_a_questionnaire_that_no_version_has_is_not_found(used: School30, vera: Browser) -> None:
    assert vera.get(f"{LIST}/nothing").status_code == 404
    assert vera.get("/forms/nothing/answers").status_code == 404


def test_reading_and_downloading_is_noted_nowhere(used: School30, app: Flask, vera: Browser) -> None:
    def operations() -> int:
        with app.app_context():
            return int(db.session.execute(sa.select(sa.func.count(Operation.id))).scalar_one())

    before = operations()
    for page in (LIST, TABLE, BOOK):
        assert vera.get(page).status_code == 200
    assert operations() == before


def test_a_curator_finds_her_own_sheet_and_nothing_else_of_her_pair(used: School30, world: World, vera: Browser) -> None:
    """She is a mentee somewhere: what she may open she finds, what her mentor said she does not."""
    with used.app.app_context(), writing() as session:
        pair = session.get_one(Pair, used.pair)
        pair.participants[0].person_id = world.people["vera"]
    assert vera.get(TABLE).text.count('class="who"') == 0
    assert "Из пар, где вы сами участник или были им, отправлена 1 анкета." in vera.get(LIST).text
    with used.app.app_context(), writing() as session:
        session.get_one(Submission, used.sent).participant.person_id = world.people["vera"]
    assert "Громова Вера Павловна" in vera.get(TABLE).text


# --- The form changes: answers keep their words ---


def test_an_added_question_was_not_asked_and_an_empty_one_is_something_else(used: School30, as_user: AsUser, vera: Browser) -> None:
    change(used, as_user, lambda spec: questionnaire(spec, lambda one: replace(one, questions=(*one.questions, fresh()))))
    tell(used.app, used.sent, "long", "")
    row = cells(vera.get(TABLE).text)
    assert row["Что ещё?"] == "не спрашивали" and row["Что мешает на уроке?"] == "—"
    assert row["Где и когда это было?"] == "в прошлой школе" and row["Версия"] == "2"


def fresh() -> Question:
    return Question("fresh", "text", "Что ещё?")


def test_what_a_condition_hid_is_something_else_again(used: School30, vera: Browser) -> None:
    tell(used.app, used.sent, "met", "нет")
    text = vera.get(TABLE).text
    assert cells(text)["Где и когда это было?"] == "не показан" and "в прошлой школе" not in text


def test_a_removed_question_stands_among_the_retired_under_its_last_words(used: School30, as_user: AsUser, vera: Browser) -> None:
    change(used, as_user, with_("years", text="Сколько лет вы у нас?"))
    change(used, as_user, without("years"))
    text = vera.get(TABLE).text
    assert heads(text)[5] == "Снятые вопросы"
    assert heads(text)[-1] == "Сколько лет вы у нас? в версии 2: «Сколько лет вы в школе?»"
    assert cells(text)["Сколько лет вы у нас?"] == "12"


def test_a_removed_row_of_a_matrix_is_retired_and_the_other_stays(used: School30, as_user: AsUser, vera: Browser) -> None:
    change(used, as_user, with_("sure", rows={"time": "Считать время"}, pair_key=""))
    text = vera.get(TABLE).text
    assert heads(text)[-1] == "Насколько вы уверены? — Ставить цель" and cells(text)["Насколько вы уверены? — Ставить цель"] == "отчасти"
    assert cells(text)["Насколько вы уверены? — Считать время"] == "уверенно"


@pytest.mark.parametrize(("sort", "shown"), [("meaning", "Разбирать свои уроки"), ("misprint", "Разбирать уроки")])
def test_an_option_is_read_with_the_version_of_the_answer(used: School30, as_user: AsUser, vera: Browser, sort: str, shown: str) -> None:
    """Only a misprint is mended everywhere."""
    old = next(one for one in EVERY_KIND.questions if one.id == "first").limits
    change(used, as_user, with_("first", limits=replace(old, options={**old.options, "b": "Разбирать уроки"})), sort)
    assert cells(vera.get(TABLE).text)["С чем помочь в первую очередь?"] == shown


def test_a_removed_option_is_still_read_by_who_chose_it(used: School30, as_user: AsUser, vera: Browser) -> None:
    old = next(one for one in EVERY_KIND.questions if one.id == "first").limits
    change(used, as_user, with_("first", limits=replace(old, options={"a": old.options["a"], "c": old.options["c"]})))
    assert cells(vera.get(TABLE).text)["С чем помочь в первую очередь?"] == "Разбирать свои уроки"


def test_a_personal_answer_is_in_no_table_and_in_no_file(used: School30, as_user: AsUser, vera: Browser) -> None:
    change(used, as_user, with_("long", sensitive=True))
    assert cells(vera.get(TABLE).text)["Что мешает на уроке?"] == "личное"
    assert "Мало времени" not in vera.get(TABLE).text
    assert all("Мало времени" not in str(cell) for page in book(vera) for line in page.iter_rows(values_only=True) for cell in line)
    assert "Мало времени" in vera.get(f"/answers/{used.sent}").text


def test_a_questionnaire_that_was_dropped_is_listed_with_its_answers(used: School30, as_user: AsUser, vera: Browser) -> None:
    def drop(spec: FormSpec) -> FormSpec:
        return replace(spec, questionnaires=tuple(one for one in spec.questionnaires if one.id != EVERY_KIND.id))

    change(used, as_user, drop)
    assert "снята: в новой версии её нет" in vera.get(LIST).text
    text = vera.get(TABLE).text
    assert "в новой версии формы этой анкеты нет" in text and cells(text)["Где и когда это было?"] == "в прошлой школе"
    assert [page.title for page in book(vera)] == ["1. Анкета перед началом"]


def test_a_form_in_the_archive_is_still_read(used: School30, vera: Browser) -> None:
    with used.app.app_context(), writing() as session:
        session.execute(sa.text("UPDATE mentoring_form SET archived_at = :at, enabled = 0"), {"at": "2026-11-23 09:00:00"})
        session.execute(sa.text("UPDATE pair SET archived_at = :at"), {"at": "2026-11-23 09:00:00"})
    assert cells(vera.get(TABLE).text)["Где и когда это было?"] == "в прошлой школе" and vera.get(BOOK).status_code == 200


# --- The workbook ---


def test_the_workbook_says_what_the_page_says(used: School30, as_user: AsUser, world: World, vera: Browser) -> None:
    tell(used.app, used.sent, "who", str(world.people["anna"]))
    change(used, as_user, without("years"))
    change(used, as_user, lambda spec: questionnaire(spec, lambda one: replace(one, questions=(*one.questions, fresh()))))
    page = book(vera).worksheets[0]
    above, heads, row = page.iter_rows(values_only=True)
    given = dict(zip((re.sub(r"^\d+\. ", "", head) for head in heads), row, strict=True))
    assert (given["Кто"], given["Версия формы"]) == ("Лукин Борис Андреевич", 2)
    assert f"{given['Отправлена']:%d.%m.%Y}" == "23.11.2026"
    on_screen = cells(vera.get(TABLE).text)
    for head, text in list(given.items())[5:]:
        assert str(text) == on_screen[head], head
    assert given["С кем вы уже работали?"] == "Соколова Анна Викторовна" and given["Что ещё?"] == "не спрашивали"
    assert given["Сколько лет вы в школе?"] == 12 and above[-1] == "Снятые вопросы" and not any(above[:-1])


@pytest.mark.parametrize("text", ["=1+1", "+7", "-5 из 10", "@СУММ(A1)", "http://localhost/", "<b>{{7*7}}</b>", "'", "12"])
def test_a_text_stays_a_text_whatever_it_begins_with(used: School30, vera: Browser, text: str) -> None:
    tell(used.app, used.sent, "where", text)
    page = book(vera).worksheets[0]
    column = next(cell.column for cell in page[1] if str(cell.value).endswith("Где и когда это было?"))
    cell = page.cell(2, column)
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    assert not any(cell.data_type == "f" for line in page.iter_rows() for cell in line)


@pytest.mark.parametrize("title", ["История: [все] / часть? * \\", "А" * 60, "'", "History"])
def test_a_sheet_gets_a_name_that_an_office_program_takes(used: School30, as_user: AsUser, vera: Browser, title: str) -> None:
    change(used, as_user, lambda spec: questionnaire(spec, lambda one: replace(one, title=title)))
    name = book(vera).sheetnames[0]
    assert len(name) <= 31 and not set(name) & set("[]:*?/\\'") and name.startswith("1.")


@pytest.mark.parametrize(
    "text", ['<r><t>x</t></r></is></c><c r="Z2"><f>HYPERLINK("http://localhost/",A2)</f></c><c r="AA2"><is><r><t>y</t></r>', "<r></c></r>"]
)
def test_a_text_that_looks_like_the_inside_of_a_workbook_is_a_text(used: School30, vera: Browser, text: str) -> None:
    tell(used.app, used.sent, "where", text)
    page = book(vera).worksheets[0]
    column = next(cell.column for cell in page[1] if str(cell.value).endswith("Где и когда это было?"))
    assert str(page.cell(2, column).value).strip() == text
    assert not any(cell.data_type == "f" for line in page.iter_rows() for cell in line)


def test_the_same_answers_make_the_same_file(used: School30, vera: Browser) -> None:
    assert vera.get(BOOK).data == vera.get(BOOK).data


# --- Hundreds ---


def send_more(app: Flask, number: int) -> None:
    """So many more pairs, in each of which the mentee has sent what Boris has sent."""
    with app.app_context():
        before = db.session.execute(sa.select(sa.func.max(Pair.id))).scalar_one()
    add_pairs(app, number)
    with app.app_context(), writing() as session:
        given = ANSWERS.of(session.execute(sa.select(Submission.id).where(Submission.state == SubmissionState.SENT)).scalars().first() or 0)
        rows = session.execute(sa.select(Participant).where(Participant.pair_id > before, Participant.side == "mentee")).scalars().all()
        sheets = [
            Submission(pair_id=row.pair_id, participant_id=row.id, form_version_id=current_version(FORM), phase="before") for row in rows
        ]
        for sheet in sheets:
            sheet.questionnaire_id, sheet.opened_at, sheet.state, sheet.sent_at = EVERY_KIND.id, NOW, SubmissionState.SENT, NOW
        session.add_all(sheets)
        session.flush()
        values = [
            {"submission_id": sheet.id, "key": key, "value": text, "saved_at": NOW, "by_id": 1}
            for sheet in sheets
            for key, text in given.items()
        ]
        session.execute(sa.insert(Answer), values)


def test_a_page_and_a_file_ask_as_often_for_300_sheets_as_for_one(used: School30, app: Flask, vera: Browser) -> None:
    def asked() -> dict[str, int]:
        found = {}
        for page in (LIST, TABLE, BOOK):
            vera.get(page)
            with selects(app) as sent:
                assert vera.get(page).status_code == 200
            found[page] = len(sent)
        return found

    few = asked()
    send_more(app, 99)
    assert asked() == few
    send_more(app, 200)
    # A file is read two hundred sheets at a time, so that no more than those lie in memory.
    assert asked() == few | {BOOK: few[BOOK] + 3}
    assert max(few.values()) <= 16


def test_300_sheets_are_read_page_by_page_and_all_are_in_the_file(used: School30, app: Flask, vera: Browser) -> None:
    send_more(app, 299)
    first, last = vera.get(TABLE).text, vera.get(f"{TABLE}?page=99").text
    assert "заполнено: 300 анкет" in first and "1 из 12" in first and "12 из 12" in last
    assert first.count('class="who"') == last.count('class="who"') == 26  # the head, too
    page = book(vera).worksheets[0]
    assert page.max_row == 301 and {line[6] for line in page.iter_rows(min_row=2, values_only=True)} == {"в прошлой школе"}


def test_a_questionnaire_with_hundreds_of_columns_comes_with_fewer_people_on_a_page(
    used: School30, app: Flask, as_user: AsUser, vera: Browser
) -> None:
    send_more(app, 29)
    rows = {f"r{number}": f"Строка {number}" for number in range(20)}
    wide = tuple(Question(f"m{number}", "matrix", f"Таблица {number}", limits=matrix().limits, rows=rows) for number in range(20))
    change(used, as_user, lambda spec: questionnaire(spec, lambda one: replace(one, questions=(*one.questions, *wide))))
    text = vera.get(TABLE).text
    assert "1 из 5" in text and text.count('class="who"') == 8


def matrix() -> Question:
    return next(one for one in AFTER.questions + EVERY_KIND.questions if one.kind == "matrix")
