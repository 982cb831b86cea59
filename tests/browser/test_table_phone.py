"""The plan on a phone: closed cards, a tap opens one, fingers hit what they aim at."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPlan, Stored
from tests.browser.table import Table
from tests.school import Item, World

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
FINGER = 44


@pytest.fixture
def phone(open_plan: OpenPlan) -> Table:
    return open_plan("anna", **PHONE)


def test_rows_are_closed_cards_that_show_what_when_and_state(phone: Table, world: World) -> None:
    for item in world.items["boris_pair"]:
        for column, seen in (("what", True), ("due", True), ("@state", True), ("goal", False), ("result", False)):
            expect(phone.cell(item, column)).to_be_visible(visible=seen)
        box = phone.row(item).bounding_box()
        assert box and box["height"] < 160  # four lines of words, the date and the state


def test_a_tap_opens_one_card_and_typing_saves(phone: Table, world: World, stored: Stored) -> None:
    first, second = world.items["boris_pair"][:2]
    phone.row(first).locator("td").first.tap()
    expect(phone.cell(first, "goal")).to_be_visible()
    phone.cell(first, "goal").tap()
    phone.press("Control+A")
    phone.type("С телефона")
    phone.is_saved(first)
    assert stored(first, "goal") == "С телефона"
    phone.row(second).locator("td").first.tap()
    expect(phone.cell(second, "goal")).to_be_visible()
    expect(phone.cell(first, "goal")).to_be_hidden()


def test_an_open_card_names_its_fields(phone: Table, pair_item: Item) -> None:
    phone.row(pair_item).locator("td").first.tap()
    shown = phone.row(pair_item).locator("td").nth(2).evaluate("cell => getComputedStyle(cell, '::before').content")
    assert shown == '"Цель"'


def test_a_state_is_marked_without_opening_the_card(phone: Table, pair_item: Item, stored: Stored) -> None:
    phone.choose(pair_item, "Сделано")
    phone.is_saved(pair_item)
    assert stored(pair_item, "@state") == "done"


def test_nothing_sticks_out_sideways(phone: Table, pair_item: Item) -> None:
    wide = "() => document.documentElement.scrollWidth - innerWidth"
    assert phone.page.evaluate(wide) <= 0
    phone.row(pair_item).locator("td").first.tap()
    assert phone.page.evaluate(wide) <= 0


def test_a_reader_sees_what_when_and_state_on_closed_cards(open_plan: OpenPlan, pair_item: Item, stored: Stored) -> None:
    inna = open_plan("inna", **PHONE)
    row = inna.row(pair_item)
    for column in ("what", "due"):
        expect(row.get_by_text(stored(pair_item, column), exact=True)).to_be_visible()
    expect(row.locator(".mark")).to_be_visible()
    expect(row.get_by_text(stored(pair_item, "goal"), exact=True)).to_be_hidden()
    row.locator("td").first.tap()
    expect(row.get_by_text(stored(pair_item, "goal"), exact=True)).to_be_visible()


def too_small(page: Page, places: str) -> list[str]:
    """What is seen of these and is too small for a finger."""
    seen: list[tuple[str, float, float]] = page.eval_on_selector_all(
        places,
        "all => all.filter(one => one.checkVisibility()).map(one => [one, one.getBoundingClientRect()])"
        ".map(([one, box]) => [one.getAttribute('aria-label') || one.textContent.trim(), box.width, box.height])",
    )
    return [f"{name}: {width:.0f} x {height:.0f}" for name, width, height in seen if min(width, height) < FINGER]


def test_fingers_hit_what_they_aim_at(phone: Table, pair_item: Item) -> None:
    assert too_small(phone.page, "tr[id] th a, tr[id] select, #add-row, tr.new textarea, .segment a") == []
    phone.row(pair_item).locator("td").first.tap()
    assert too_small(phone.page, "tr.open textarea, tr.open select") == []
    phone.open_menu(pair_item)
    assert too_small(phone.page, ".menu a, .menu button") == []
