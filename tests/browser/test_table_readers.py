"""Who may only read sees texts; who may only mark, marks."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenPlan, Stored
from tests.school import Item


def test_a_reader_sees_texts_and_no_fields(open_plan: OpenPlan, pair_item: Item, stored: Stored) -> None:
    inna = open_plan("inna")
    expect(inna.row(pair_item)).to_contain_text(stored(pair_item, "goal"))
    expect(inna.page.locator("#plan textarea, #plan select, tr.new, #add-row")).to_have_count(0)
    expect(inna.row(pair_item).locator(".mark")).to_be_visible()


def test_a_reader_opens_a_row_by_its_number(open_plan: OpenPlan, pair_item: Item) -> None:
    inna = open_plan("inna")
    inna.row(pair_item).locator("th a").click()
    inna.page.wait_for_url(f"**/items/{pair_item.id}")
    expect(inna.page.locator("main textarea, main select")).to_have_count(0)
    expect(inna.page.get_by_role("button", name="Сохранить")).to_have_count(0)


def test_a_mentee_marks_the_pair_plan_but_does_not_edit_it(open_plan: OpenPlan, pair_item: Item, stored: Stored) -> None:
    boris = open_plan("boris")
    expect(boris.page.locator("#plan textarea")).to_have_count(0)
    boris.choose(pair_item, "В работе")
    boris.is_saved(pair_item)
    assert stored(pair_item, "@state") == "in_progress"
    boris.undo_in_row(pair_item)
    boris.shows(pair_item, "@state", "planned")


def test_a_mentee_edits_his_own_plan(open_plan: OpenPlan, mentee_item: Item, stored: Stored) -> None:
    boris = open_plan("boris", "boris_mentee")
    boris.put(mentee_item, "what", "Мой шаг")
    boris.is_saved(mentee_item)
    assert stored(mentee_item, "what") == "Мой шаг"
