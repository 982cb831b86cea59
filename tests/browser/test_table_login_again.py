"""The login ran out while somebody typed."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Complaints, Stored
from tests.browser.table import Table
from tests.conftest import Clock
from tests.school import PASSWORD, Item, World


@pytest.fixture
def late(anna: Table, complaints: Complaints, clock: Clock, pair_item: Item) -> Table:
    """Anna came back after an hour, typed, and was asked for her password."""
    complaints.expect("401")
    clock.pass_by(hours=1)
    anna.put(pair_item, "goal", "После перерыва")
    expect(dialog_of(anna)).to_be_visible()
    return anna


def dialog_of(table: Table) -> Locator:
    return table.page.get_by_role("dialog", name="Вход закончился")


def test_a_dialog_opens_over_the_page_and_the_text_goes_after_the_password(late: Table, pair_item: Item, stored: Stored) -> None:
    late.says(pair_item, "ждёт входа")
    late.shows(pair_item, "goal", "После перерыва")
    expect(dialog_of(late).get_by_label("Пароль", exact=True)).to_be_focused()
    expect(dialog_of(late)).to_contain_text("Соколова")
    late.type(PASSWORD)
    late.press("Enter")
    expect(dialog_of(late)).to_be_hidden()
    late.is_saved(pair_item)
    assert stored(pair_item, "goal") == "После перерыва"


def test_several_rows_go_after_one_password(late: Table, pair_item: Item, stored: Stored) -> None:
    second = Item(pair_item.id + 1, pair_item.plan_id)
    late.press("Escape")
    late.put(second, "goal", "И вторая")
    expect(dialog_of(late)).to_be_visible()
    late.type(PASSWORD)
    late.press("Enter")
    late.is_saved(pair_item)
    late.is_saved(second)
    assert (stored(pair_item, "goal"), stored(second, "goal")) == ("После перерыва", "И вторая")


def test_a_wrong_password_keeps_the_dialog_and_the_text(late: Table, complaints: Complaints, pair_item: Item) -> None:
    complaints.expect("422")
    late.type("не тот")
    late.press("Enter")
    expect(dialog_of(late).get_by_role("alert")).to_contain_text("не подошли")
    late.shows(pair_item, "goal", "После перерыва")


def test_closing_the_dialog_keeps_the_text_marked(late: Table, pair_item: Item) -> None:
    late.press("Escape")
    expect(dialog_of(late)).to_be_hidden()
    late.says(pair_item, "ждёт входа")
    late.shows(pair_item, "goal", "После перерыва")


def test_another_person_gets_a_fresh_page_and_the_waiting_text_is_not_sent_in_her_name(
    late: Table, pair_item: Item, stored: Stored
) -> None:
    before = stored(pair_item, "goal")
    late.page.on("dialog", lambda question: question.accept())
    dialog_of(late).get_by_role("link", name="Это не я").click()
    late.page.wait_for_url("**/login")
    late.page.get_by_label("Логин").fill("vera")
    late.page.get_by_label("Пароль", exact=True).fill(PASSWORD)
    late.press("Enter")
    expect(late.page.locator("header")).to_contain_text("Громова")
    late.page.goto(f"/plans/{pair_item.plan_id}")
    late.wait_until_ready()
    late.shows(pair_item, "goal", before)
    assert stored(pair_item, "goal") == before


def test_the_history_of_a_row_opens_after_the_password(anna: Table, complaints: Complaints, clock: Clock, pair_item: Item) -> None:
    complaints.expect("401")
    anna.open_menu(pair_item)
    clock.pass_by(hours=1)
    anna.page.get_by_role("link", name="История").last.click()
    dialog_of(anna).get_by_label("Пароль", exact=True).fill(PASSWORD)
    anna.press("Enter")
    expect(anna.page.get_by_role("dialog", name="Сведения")).to_contain_text("Строку ещё не меняли")


def test_what_was_given_up_with_the_dialog_is_not_done_after_a_later_password(
    anna: Table, complaints: Complaints, clock: Clock, pair_item: Item, world: World, stored: Stored
) -> None:
    complaints.expect("401")
    other = world.items["boris_pair"][1]
    anna.open_menu(pair_item)
    clock.pass_by(hours=1)
    anna.note(pair_item, "menu").get_by_role("button", name="В корзину").click()
    expect(dialog_of(anna)).to_be_visible()
    anna.press("Escape")
    anna.put(other, "goal", "Совсем другое")
    dialog_of(anna).get_by_label("Пароль", exact=True).fill(PASSWORD)
    anna.press("Enter")
    anna.is_saved(other)
    expect(anna.cell(pair_item, "what")).to_be_enabled()
    assert stored(other, "goal") == "Совсем другое"


def test_a_text_is_not_sent_in_the_name_of_who_signed_in_in_another_tab(
    anna: Table, complaints: Complaints, pair_item: Item, stored: Stored
) -> None:
    complaints.expect("401")
    before = stored(pair_item, "goal")
    other = anna.page.context.new_page()
    other.goto("/login")
    other.get_by_label("Логин").fill("vera")
    other.locator("#password").fill(PASSWORD)
    other.keyboard.press("Enter")
    expect(other.locator("header")).to_contain_text("Громова")
    anna.put(pair_item, "goal", "Писала Анна")
    expect(anna.page.get_by_role("dialog", name="Вход закончился")).to_be_visible()
    anna.says(pair_item, "ждёт входа")
    assert stored(pair_item, "goal") == before
