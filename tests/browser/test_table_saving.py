"""Everything typed saves itself, and the row says how it went."""

from tests.browser.conftest import Stored
from tests.browser.table import Table
from tests.school import Item


def test_a_cell_is_saved_when_she_goes_on(anna: Table, pair_item: Item, stored: Stored) -> None:
    anna.put(pair_item, "goal", "Увидеть урок глазами ученика")
    anna.is_saved(pair_item)
    assert stored(pair_item, "goal") == "Увидеть урок глазами ученика"
