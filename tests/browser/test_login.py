"""Signing in and out."""

from playwright.sync_api import expect

from tests.browser.conftest import Complaints, Visit
from tests.school import PASSWORD


def test_she_signs_in_by_keyboard_and_comes_to_the_page_she_asked_for(visit: Visit) -> None:
    page = visit()
    page.goto("/me")
    expect(page.get_by_label("Логин")).to_be_focused()  # the page opens with the cursor there
    page.keyboard.type("anna")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/me")
    expect(page.locator("header")).to_contain_text("Соколова")


def test_a_wrong_password_is_explained_and_the_login_stays(visit: Visit, complaints: Complaints) -> None:
    complaints.expect("422")
    page = visit()
    page.goto("/login")
    page.get_by_label("Логин").fill("anna")
    page.get_by_label("Пароль", exact=True).fill("не тот")
    page.get_by_role("button", name="Войти").click()
    expect(page.get_by_role("alert")).to_contain_text("не подошли. Ещё 4 попытки")
    expect(page.get_by_label("Логин")).to_have_value("anna")
    page.get_by_label("Пароль", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("header")).to_contain_text("Соколова")


def test_after_leaving_the_back_button_shows_nothing(visit: Visit) -> None:
    page = visit("anna")
    page.goto("/")
    page.get_by_role("button", name="Выйти").click()
    page.wait_for_url("**/login")
    page.go_back()
    page.wait_for_url("**/login**")
    expect(page.get_by_role("button", name="Войти")).to_be_visible()


def test_the_typed_password_can_be_looked_at(visit: Visit) -> None:
    page = visit()
    page.goto("/login")
    page.get_by_label("Пароль", exact=True).fill("кот")
    page.get_by_label("Показать пароль").check()
    expect(page.locator("#password")).to_have_attribute("type", "text")
