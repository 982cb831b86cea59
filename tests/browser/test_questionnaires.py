"""Questionnaires in the browser: on a screen, on a phone, from paper by keys, without script, and after one another at one computer."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from mentorapp.database import db, writing
from mentorapp.domain.kinds import Limits
from mentorapp.domain.questionnaire import Question, Questionnaire
from mentorapp.forms.host import publish
from mentorapp.models import Answer, FormVersion, LoginSession, Participant, Submission
from mentorapp.models.submissions import ANSWERS
from tests.browser.conftest import Complaints, Visit
from tests.browser.serving import Live
from tests.browser.sheet import Sheet
from tests.conftest import NOW, new_session
from tests.every_kind import EVERY_KIND, GIVEN, publish_every_kind
from tests.school import PASSWORD, World

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
PARTS = EVERY_KIND.parts
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(autouse=True)
def every_kind(app: Flask) -> None:
    publish_every_kind(app)


@pytest.fixture
def given(world: World) -> dict[str, str]:
    """What is answered, with a mentor who is there."""
    return {**GIVEN, "who": str(world.people["gleb"])}


Stored = Callable[[], dict[str, str]]


@pytest.fixture
def stored(app: Flask) -> Stored:
    """The answers that the server keeps of the only questionnaire."""

    def read() -> dict[str, str]:
        with app.app_context():
            db.session.rollback()
            return ANSWERS.of(db.session.execute(sa.select(Submission.id)).scalar_one())

    return read


def begin(page: Page, *, scripted: bool = True) -> Sheet:
    """From the start page by its button."""
    page.goto("/")
    page.get_by_role("button", name="Анкета перед началом: ответить").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Анкета перед началом")
    if scripted:
        Sheet(page).wait_until_ready()
    return Sheet(page)


def answer_all(sheet: Sheet, given: dict[str, str]) -> None:
    """Part by part to the page that checks."""
    for part in PARTS:
        for question in part.questions:
            for key in question.keys:
                sheet.give(key, question.value_kind, given[key])
                sheet.is_saved(key)
        sheet.go_on()
    expect(sheet.page.get_by_role("heading", level=1)).to_have_text("Всё ли заполнено?")


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["screen", "phone"])
def test_every_kind_of_question_is_answered_and_sent(
    visit: Visit, given: dict[str, str], stored: Stored, screen: dict[str, object]
) -> None:
    page = visit("boris", **screen)
    sheet = begin(page)
    answer_all(sheet, given)
    assert stored() == given
    assert page.evaluate(SIDEWAYS) == 0
    page.get_by_role("button", name="Отправить анкету").click()
    expect(page.get_by_text("отправлена")).to_be_visible()
    expect(page.get_by_text("Ершов Глеб Константинович")).to_be_visible()
    assert page.locator("form textarea").count() == 0


def test_a_question_appears_when_an_answer_calls_for_it_and_its_answer_is_kept(visit: Visit, stored: Stored) -> None:
    sheet = begin(visit("boris"))
    expect(sheet.question("where")).to_be_hidden()
    sheet.choose("met", "да")
    expect(sheet.question("where")).to_be_visible()
    sheet.write("where", "в прошлой школе")
    sheet.is_saved("where")
    sheet.choose("met", "нет")
    expect(sheet.question("where")).to_be_hidden()
    assert stored() == {"met": "нет", "where": "в прошлой школе"}


def test_the_second_visit_goes_on_where_the_first_gap_is(visit: Visit, given: dict[str, str]) -> None:
    page = visit("boris")
    sheet = begin(page)
    for question in PARTS[0].questions:
        sheet.give(question.id, question.value_kind, given[question.id])
        sheet.is_saved(question.id)
    page.goto("/")
    page.get_by_role("link", name="Анкета перед началом: продолжить").click()
    expect(page.get_by_text("Часть 2 из 2")).to_be_visible()


def test_a_gap_is_listed_and_its_link_leads_to_it(visit: Visit) -> None:
    page = visit("boris")
    sheet = begin(page)
    sheet.go_on()
    sheet.go_on()
    page.get_by_role("link", name="3. Насколько легко говорить").first.click()
    expect(sheet.question("talk")).to_be_in_viewport()


def test_a_scale_can_be_cleared(visit: Visit, stored: Stored) -> None:
    sheet = begin(visit("boris"))
    sheet.choose("talk", "8")
    sheet.is_saved("talk")
    sheet.group("talk").get_by_role("button", name="стереть").click()
    expect(sheet.group("talk").get_by_role("button", name="стереть")).to_be_hidden()
    sheet.is_saved("talk")
    assert stored() == {}


def test_what_cannot_be_stored_is_explained_in_its_place_and_stays(visit: Visit, complaints: Complaints) -> None:
    complaints.expect("422")
    page = visit("boris")
    sheet = begin(page)
    sheet.go_on()
    sheet.write("years", "много")
    sheet.explains("years", "Нужно одно число без слов")
    expect(sheet.field("years")).to_have_value("много")
    sheet.write("years", "12")
    sheet.is_saved("years")
    expect(sheet.group("years").locator(".note")).to_be_empty()


def test_answers_wait_for_the_school_and_go_by_themselves(visit: Visit, complaints: Complaints, stored: Stored) -> None:
    complaints.expect("Failed to load resource", "ERR_INTERNET_DISCONNECTED")
    page = visit("boris")
    sheet = begin(page)
    page.context.set_offline(True)
    sheet.choose("talk", "8")
    sheet.says("talk", "ждёт связи")
    expect(page.locator("#band")).to_contain_text("Ответов ждёт на этой странице: 1")
    page.context.set_offline(False)
    sheet.is_saved("talk")
    expect(page.locator("#band")).to_be_hidden()
    assert stored() == {"talk": "8"}


def test_another_window_shows_both_answers_and_a_person_chooses(visit: Visit, complaints: Complaints, stored: Stored) -> None:
    complaints.expect("409")
    page = visit("boris")
    sheet = begin(page)
    other = page.context.new_page()
    other.goto(page.url)
    Sheet(other).choose("talk", "3")
    Sheet(other).is_saved("talk")
    sheet.choose("talk", "8")
    sheet.says("talk", "решите ниже")
    sheet.group("talk").get_by_role("button", name="Оставить этот").click()
    sheet.is_saved("talk")
    assert stored() == {"talk": "8"}


def test_a_login_that_ran_out_is_asked_for_and_the_answer_goes(visit: Visit, complaints: Complaints, app: Flask, stored: Stored) -> None:
    complaints.expect("401")
    page = visit("boris")
    sheet = begin(page)
    with app.app_context(), writing() as session:
        session.execute(sa.delete(LoginSession))
    sheet.choose("talk", "8")
    page.get_by_role("textbox", name="Пароль").fill(PASSWORD)
    page.get_by_role("button", name="Продолжить").click()
    sheet.is_saved("talk")
    assert stored() == {"talk": "8"}


def test_the_last_letters_before_a_button_are_saved(visit: Visit, stored: Stored) -> None:
    page = visit("boris")
    sheet = begin(page)
    sheet.field("long").fill("последнее слово")
    sheet.go_on()
    expect(page.get_by_text("Часть 2 из 2")).to_be_visible()
    assert stored() == {"long": "последнее слово"}


def enter_from_paper(page: Page, app: Flask, world: World) -> Sheet:
    """The first questionnaire of Boris, by the curator."""
    with app.app_context():
        query = sa.select(Participant.id).where(Participant.pair_id == world.pairs["boris"], Participant.side == "mentee")
        row = db.session.execute(query).scalar_one()
    page.goto(f"/pairs/{world.pairs['boris']}/questionnaires")
    page.locator(f"#p{row}").get_by_role("button", name="Ввести с бумаги").first.click()
    Sheet(page).wait_until_ready()
    return Sheet(page)


def test_from_paper_the_first_question_without_an_answer_is_where_the_hand_stands_whatever_its_kind(
    visit: Visit, app: Flask, world: World, given: dict[str, str]
) -> None:
    page = visit("vera")
    enter_from_paper(page, app, world)
    with app.app_context(), writing() as session:
        id = session.execute(sa.select(Submission.id)).scalar_one()
        session.add_all(
            Answer(submission_id=id, key=key, value=value, saved_at=NOW, by_id=world.people["vera"])
            for key, value in given.items()
            if key not in ("years", "who")
        )
    page.reload()
    expect(Sheet(page).group("years").locator("input[name=value-years]")).to_be_focused()


def test_from_paper_digits_choose_and_enter_goes_on(visit: Visit, app: Flask, world: World, stored: Stored) -> None:
    page = visit("vera")
    sheet, press = enter_from_paper(page, app, world), page.keyboard.press
    expect(sheet.group("met").locator("input[type=radio]").first).to_be_focused()
    for keys in ("1", "Enter"):
        press(keys)
    expect(sheet.question("where")).to_be_visible()
    sheet.is_saved("met")
    sheet.group("where").locator("input:not([type=hidden])").focus()
    page.keyboard.type("в прошлой школе")
    for keys in ("Enter", "1", "0", "Enter", "0", "Enter"):
        press(keys)
    page.keyboard.type("мало времени")
    press("Tab")
    sheet.group("often").locator("input[type=radio]").first.focus()
    for keys in ("3", "Enter", "2", "Enter", "1", "4", "Enter"):
        press(keys)
    for key in ("where", "talk", "zero", "long", "often", "first", "near"):
        sheet.is_saved(key)
    assert stored() == {
        "met": "да", "where": "в прошлой школе", "talk": "10", "zero": "0", "long": "мало времени", "often": "rarely", "first": "b",
        "near": "a,d",
    }  # fmt: skip
    sheet.go_on()
    page.get_by_label("Дата на бумаге").fill("20.11.2026")
    page.get_by_role("button", name="Сохранить анкету с бумаги").click()
    expect(page.get_by_text("дата на бумаге 20.11.2026")).to_be_visible()
    expect(page.get_by_text("введено с бумаги")).to_be_visible()


def ask(app: Flask, *questions: Question) -> None:
    """Mentees are asked these."""
    with app.app_context(), writing() as session:
        last = session.execute(sa.select(FormVersion).where(FormVersion.form_id == "teacher-teacher").order_by(FormVersion.number.desc()))
        spec = last.scalars().first().spec
        publish(replace(spec, questionnaires=(Questionnaire("keys", "mentee", "before", "Анкета перед началом", questions),)), NOW)


def test_digits_of_one_question_do_not_run_over_into_the_next(visit: Visit, app: Flask, world: World, stored: Stored) -> None:
    tenfold = Limits(low=0, high=10)
    ask(app, Question("a", "scale", "А?", limits=tenfold), Question("b", "scale", "Б?", limits=tenfold), Question("c", "text", "В?"))
    sheet = enter_from_paper(visit("vera"), app, world)
    for key in ("1", "Enter", "0", "Enter"):
        sheet.page.keyboard.press(key)
    sheet.is_saved("a")
    sheet.is_saved("b")
    assert stored() == {"a": "1", "b": "0"}


def test_the_twelfth_tick_is_not_the_first_and_the_second(visit: Visit, app: Flask, world: World, stored: Stored) -> None:
    options = {f"o{number}": f"вариант {number}" for number in range(1, 13)}
    ask(app, Question("a", "multi", "А?", limits=Limits(options=options)), Question("c", "text", "В?"))
    sheet = enter_from_paper(visit("vera"), app, world)
    for key in ("1", "2", "Enter"):
        sheet.page.keyboard.press(key)
    expect(sheet.group("a").locator("input:checked")).to_have_count(1)
    sheet.go_on()
    expect(sheet.page.get_by_label("Дата на бумаге")).to_be_visible()
    assert stored() == {"a": "o12"}


def test_without_script_a_questionnaire_is_filled_page_by_page(visit: Visit, given: dict[str, str], stored: Stored) -> None:
    page = visit("boris", java_script_enabled=False)
    sheet = begin(page, scripted=False)
    expect(page.get_by_text("если на вопрос 1 ответ «да»")).to_be_visible()
    for part in PARTS:
        for question in part.questions:
            for key in question.keys:
                sheet.give(key, question.value_kind, given[key])
        sheet.go_on()
    assert stored() == given
    page.get_by_role("button", name="Отправить анкету").click()
    expect(page.get_by_text("отправлена")).to_be_visible()


def storage(context: BrowserContext) -> str:
    """All that this browser keeps, but the address."""
    return str(context.storage_state()["origins"])


def go_back(page: Page) -> None:
    """By the browser's own button: the page tells of it, for the driver may still hold on to the page that is left."""
    with page.expect_navigation():
        page.evaluate("setTimeout(() => history.back())")


def test_two_pupils_at_one_computer_leave_nothing_of_each_other(
    visit: Visit, live: Live, app: Flask, world: World, complaints: Complaints
) -> None:
    publish_every_kind(app, "pupils-test")
    complaints.expect("404")
    page = visit()
    secret = "боюсь контрольных"

    def sign_in(name: str) -> None:
        page.goto("/login")
        page.get_by_label("Логин").fill(name)
        page.get_by_label("Пароль", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Войти").click()
        expect(page.get_by_role("button", name="Выйти")).to_be_visible()

    sign_in("timur")
    sheet = begin(page)
    first = page.url
    sheet.write("long", secret)
    sheet.is_saved("long")
    page.get_by_role("button", name="Выйти").click()
    go_back(page)
    expect(page.get_by_role("button", name="Войти")).to_be_visible()
    assert secret not in page.content()
    sign_in("boris")
    second = begin(page)
    expect(second.field("long")).to_have_value("")
    page.goto(first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Такой страницы нет")
    for _step in range(3):
        go_back(page)
        assert secret not in page.content()
    assert secret not in storage(page.context) and "Ибрагимов" not in storage(page.context)
    kept = page.evaluate("Object.entries(localStorage).concat(Object.entries(sessionStorage))")
    assert [name for name, _value in kept if name != "htmx-current-path-for-history"] == []
    page.get_by_role("button", name="Выйти").click()
    sign_in("timur")
    page.get_by_role("link", name="Анкета перед началом: продолжить").click()
    expect(sheet.field("long")).to_have_value(secret)


def test_a_session_of_another_does_not_take_a_waiting_answer(
    visit: Visit, app: Flask, world: World, complaints: Complaints, stored: Stored
) -> None:
    """The page is Boris's; somebody else has signed in since in another tab of the same browser."""
    complaints.expect("401")
    page = visit("boris")
    sheet = begin(page)
    cookie = new_session(app, world.accounts["egor"], app.config["CLOCK"]())
    page.context.add_cookies([{"name": "sid", "value": cookie, "url": page.url}])
    sheet.choose("talk", "8")
    sheet.says("talk", "ждёт входа")
    assert stored() == {}
