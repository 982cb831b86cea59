"""PENDING (goes to tests/browser/test_table_phone.py): on a phone (360 px) these are lower or narrower than 44 px:
the number of a row (8 x 16 px, and it is the only way to the row's menu), the tabs of plans `.segment a` (29 px),
the state `select` of an open card (40 px) and of a closed one (28 px). Product: static/app.css."""

from playwright.sync_api import Page

from tests.browser.conftest import OpenPlan
from tests.browser.test_table_phone import PHONE
from tests.school import Item

FINGER = 44


def too_small(page: Page, places: str) -> list[str]:
    """What is seen of these and is too small for a finger."""
    seen: list[tuple[str, float, float]] = page.eval_on_selector_all(
        places,
        "all => all.filter(one => one.checkVisibility()).map(one => [one, one.getBoundingClientRect()])"
        ".map(([one, box]) => [one.getAttribute('aria-label') || one.textContent.trim(), box.width, box.height])",
    )
    return [f"{name}: {width:.0f} x {height:.0f}" for name, width, height in seen if min(width, height) < FINGER]


def test_fingers_hit_what_they_aim_at(open_plan: OpenPlan, pair_item: Item) -> None:
    phone = open_plan("anna", **PHONE)
    assert too_small(phone.page, "tr[id] th a, tr[id] select, #add-row, tr.new textarea, .segment a") == []
    phone.row(pair_item).locator("td").first.tap()
    assert too_small(phone.page, "tr.open textarea, tr.open select") == []
    phone.open_menu(pair_item)
    assert too_small(phone.page, ".menu a, .menu button") == []
