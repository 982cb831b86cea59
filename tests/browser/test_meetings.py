"""A meeting from its planning to its record, without JavaScript as well."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Complaints, Visit
from tests.conftest import Clock
from tests.school import PASSWORD, World


@pytest.mark.parametrize("with_script", [True, False], ids=["with script", "without script"])
def test_a_meeting_is_planned_printed_and_noted(visit: Visit, world: World, with_script: bool) -> None:
    page = visit("anna", java_script_enabled=with_script)
    page.goto(f"/pairs/{world.pairs['boris']}/meetings/new")
    page.get_by_label("День").fill("20.11")
    page.get_by_label("Время").fill("15.20")
    page.get_by_label("Место").fill("каб. 24")
    page.locator("main button.main").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("пт, 20.11, 15:20")
    paper = page.context.request.get(str(page.get_by_role("link", name="Чек-лист").get_attribute("href")))
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.body().startswith(b"%PDF")
    page.get_by_label("Минут").fill("40")
    page.get_by_label("Что сделали").fill("Разобрали урок")
    page.get_by_label("Следующая встреча").fill("4.12")
    page.get_by_role("button", name="Записать встречу").click()
    page.goto(f"/pairs/{world.pairs['boris']}/meetings")
    expect(page.locator("main")).to_contain_text("Разобрали урок")
    expect(page.locator("main")).to_contain_text("04.12")


@pytest.mark.parametrize("with_script", [True, False], ids=["with script", "without script"])
def test_a_record_that_took_longer_than_the_login_asks_for_the_password_and_is_stored(
    visit: Visit, world: World, clock: Clock, complaints: Complaints, with_script: bool
) -> None:
    complaints.expect("401")
    page = visit("anna", java_script_enabled=with_script)
    page.goto(f"/pairs/{world.pairs['boris']}/meetings/new")
    page.get_by_label("День").fill("20.11")
    page.locator("main button.main").click()
    page.get_by_label("Минут").fill("40")
    page.get_by_label("Что сделали").fill("Разобрали урок:\n— начало")
    clock.pass_by(minutes=45)
    page.get_by_role("button", name="Записать встречу").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Вход закончился, введите пароль")
    expect(page.get_by_label("Пароль", exact=True)).to_be_focused()  # the only field
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("header")).to_contain_text("Соколова")
    page.get_by_role("link", name="пт, 20.11").click()
    expect(page.get_by_label("Что сделали")).to_have_value("Разобрали урок:\n— начало")


def test_a_form_waits_for_its_author_when_somebody_else_signed_in_in_another_tab(
    visit: Visit, world: World, complaints: Complaints
) -> None:
    complaints.expect("401")
    page = visit("anna")
    page.goto(f"/pairs/{world.pairs['boris']}/meetings/new")
    page.get_by_label("День").fill("20.11")
    other = page.context.new_page()
    other.goto("/login")
    other.get_by_label("Логин").fill("vera")
    other.locator("#password").fill(PASSWORD)
    other.keyboard.press("Enter")
    expect(other.locator("header")).to_contain_text("Громова")
    page.locator("main button.main").click()
    expect(page.locator("main")).to_contain_text("Логин anna.")
    expect(page.get_by_label("Пароль", exact=True)).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("пт, 20.11")
    expect(page.locator("header")).to_contain_text("Соколова")
