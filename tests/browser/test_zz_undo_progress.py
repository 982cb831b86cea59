"""PENDING (goes to tests/browser/test_table_rows.py): after «Отменить» the progress above the table and the late pill stay as they were
before the undo. Product: views/rows.py undo_operation answers with an empty body; it should carry plans/_progress.html out of band and
"late": {row id: words} in the event `undone` (table.js already uses both)."""

from playwright.sync_api import expect

from tests.browser.table import Table
from tests.school import Item


def test_undo_brings_the_progress_and_the_late_word_back(anna: Table, pair_item: Item) -> None:
    state = anna.cell(pair_item, "@state").locator("option:checked")
    before = state.text_content() or ""
    anna.choose(pair_item, "Сделано")
    expect(anna.page.locator("#progress")).to_contain_text("1 из 6")
    anna.undo_in_row(pair_item)
    expect(anna.page.locator("#progress")).to_contain_text("0 из 6")
    expect(state).to_have_text(before)
