"""What a cell understands, and how it says that it did not."""

from playwright.sync_api import expect

from tests.browser.conftest import Complaints, Live, Stored
from tests.browser.network import Gate
from tests.browser.table import Table
from tests.school import Item


def test_a_short_date_is_completed_when_she_leaves(anna: Table, pair_item: Item, stored: Stored) -> None:
    anna.write(pair_item, "due", "5.12")
    anna.is_saved(pair_item)
    anna.shows(pair_item, "due", "5.12")
    assert anna.cell(pair_item, "due").evaluate("field => field.selectionStart") == 4
    anna.leave()
    anna.shows(pair_item, "due", "05.12.2026")
    assert stored(pair_item, "due") == "05.12.2026"


def test_a_date_saved_by_leaving_is_completed_too(anna: Table, pair_item: Item, stored: Stored) -> None:
    anna.put(pair_item, "due", "5 декабря")
    anna.is_saved(pair_item)
    anna.shows(pair_item, "due", "05.12.2026")
    assert stored(pair_item, "due") == "05.12.2026"


def test_leaving_a_saved_date_sends_nothing_more(anna: Table, pair_item: Item) -> None:
    anna.write(pair_item, "due", "5.12")
    anna.is_saved(pair_item)
    anna.leave()
    anna.shows(pair_item, "due", "05.12.2026")
    expect(anna.status(pair_item).get_by_role("button", name="Отменить")).to_be_visible()


def test_a_date_that_is_not_understood_stays_and_is_explained(anna: Table, complaints: Complaints, pair_item: Item, stored: Stored) -> None:
    complaints.expect("422")
    before = stored(pair_item, "due")
    anna.put(pair_item, "due", "скоро")
    anna.explains(pair_item, "due", "Такой срок не понят")
    anna.says(pair_item, "не сохранено")
    anna.shows(pair_item, "due", "скоро")
    cell = anna.cell(pair_item, "due")
    expect(cell).to_have_attribute("aria-invalid", "true")
    expect(cell).to_have_attribute("aria-describedby", f"note-r{pair_item.id}-due")
    expect(anna.note(pair_item, "due").get_by_role("alert")).to_be_visible()
    assert stored(pair_item, "due") == before


def test_other_cells_save_beside_a_refused_one(anna: Table, complaints: Complaints, live: Live, pair_item: Item, stored: Stored) -> None:
    complaints.expect("422")
    anna.put(pair_item, "due", "когда-нибудь")
    anna.explains(pair_item, "due", "не понят")
    anna.put(pair_item, "goal", "Сохранится")
    live.wait_for(f"POST /plans/{pair_item.plan_id}/items/{pair_item.id}/goal")
    anna.says(pair_item, "не сохранено")
    anna.shows(pair_item, "due", "когда-нибудь")
    assert stored(pair_item, "goal") == "Сохранится"


def test_the_explanation_goes_when_the_date_is_mended(anna: Table, complaints: Complaints, pair_item: Item, stored: Stored) -> None:
    complaints.expect("422")
    anna.put(pair_item, "due", "скоро")
    anna.explains(pair_item, "due", "не понят")
    anna.put(pair_item, "due", "31.12")
    anna.is_saved(pair_item)
    anna.explains_nothing(pair_item, "due")
    expect(anna.cell(pair_item, "due")).not_to_have_attribute("aria-invalid", "true")
    assert stored(pair_item, "due") == "31.12.2026"


def test_the_explanation_goes_when_the_former_date_is_typed_again(
    anna: Table, complaints: Complaints, pair_item: Item, stored: Stored
) -> None:
    complaints.expect("422")
    anna.put(pair_item, "due", "скоро")
    anna.explains(pair_item, "due", "не понят")
    anna.put(pair_item, "due", stored(pair_item, "due"))
    anna.explains_nothing(pair_item, "due")
    expect(anna.status(pair_item)).to_have_text("")
    anna.page.goto("/")  # nothing is left to warn of


def test_a_text_mended_before_the_refusal_came_is_sent(anna: Table, complaints: Complaints, pair_item: Item, stored: Stored) -> None:
    complaints.expect("422")
    gate = Gate(anna.page, "**/items/*/due")
    anna.write(pair_item, "due", "скоро")
    anna.says(pair_item, "сохраняю…")
    anna.write(pair_item, "due", "3.12")
    gate.let_through()
    gate.let_through()
    anna.is_saved(pair_item)
    anna.explains_nothing(pair_item, "due")
    assert stored(pair_item, "due") == "03.12.2026"


def test_escape_lets_a_refused_text_go(anna: Table, complaints: Complaints, pair_item: Item, stored: Stored) -> None:
    complaints.expect("422")
    anna.write(pair_item, "due", "скоро")
    anna.explains(pair_item, "due", "не понят")
    anna.press("Escape")
    anna.shows(pair_item, "due", stored(pair_item, "due"))
    anna.explains_nothing(pair_item, "due")


def test_a_refused_date_in_a_new_row_stays_and_the_row_is_made_by_the_next_cell(anna: Table, complaints: Complaints) -> None:
    complaints.expect("422")
    anna.new.locator('[name="due"]').click()
    anna.type("скоро")
    anna.leave()
    expect(anna.page.locator("#note-new-due")).to_contain_text("не понят")
    anna.new.locator('[name="what"]').click()
    anna.type("Открытый урок")
    anna.leave()
    made = anna.page.locator("#plan tr[id]").nth(6)
    expect(made.locator('[name="due"]')).to_have_value("скоро")
    expect(made.locator('[name="due"]')).to_have_attribute("aria-invalid", "true")
    expect(anna.new.locator('[name="due"]')).not_to_have_attribute("aria-invalid", "true")
    made.locator('[name="due"]').fill("31.12")
    anna.leave()
    expect(made.locator('[name="due"]')).to_have_value("31.12.2026")
    expect(made.locator(".save")).to_contain_text("✓")


def test_signs_of_html_are_text(anna: Table, pair_item: Item, stored: Stored) -> None:
    text = "<b>урок</b> & «{{ 7*7 }}» <img src=x>"
    anna.put(pair_item, "goal", text)
    anna.is_saved(pair_item)
    anna.reload()
    anna.shows(pair_item, "goal", text)
    assert stored(pair_item, "goal") == text
