"""PENDING (goes to tests/browser/test_table_conflicts.py): a conflict on a state shows ids (done, moved) instead of words,
and offers «Соединить», which makes no sense for a choice or a date. Product: errors.cell_changed / _cell_conflict.html."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import Complaints, Stored
from tests.browser.table import Table
from tests.conftest import Browser
from tests.school import Item

AsUser = Callable[[str], Browser]


def test_the_state_of_a_row_can_be_torn_too(anna: Table, complaints: Complaints, as_user: AsUser, pair_item: Item, stored: Stored) -> None:
    complaints.expect("409")
    as_user("vera").save(pair_item, "@state", "moved", seen="planned")
    anna.choose(pair_item, "Сделано")
    note = anna.note(pair_item, "@state")
    expect(note).to_contain_text("Перенесено")
    expect(note).to_contain_text("Сделано")
    expect(note.get_by_role("button", name="Соединить")).to_have_count(0)
    note.get_by_role("button", name="Взять этот").click()
    anna.is_saved(pair_item)
    assert stored(pair_item, "@state") == "moved"
    anna.shows(pair_item, "@state", "moved")
