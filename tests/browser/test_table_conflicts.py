"""Two people in one cell: both texts are shown, a person chooses, nobody's text is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Complaints, Live, Stored
from tests.browser.network import Gate
from tests.browser.table import Table
from tests.conftest import Browser
from tests.school import Item

AsUser = Callable[[str], Browser]
THEIRS, MINE = "Посетить два урока", "Разобрать два урока"


@pytest.fixture
def torn(anna: Table, complaints: Complaints, as_user: AsUser, pair_item: Item, stored: Stored) -> Table:
    """Anna's page, on which her text met Vera's."""
    complaints.expect("409")
    as_user("vera").save(pair_item, "goal", THEIRS, seen=stored(pair_item, "goal"))
    anna.put(pair_item, "goal", MINE)
    anna.explains(pair_item, "goal", "появился другой текст")
    return anna


def pick(table: Table, item: Item, button: str) -> None:
    table.note(item, "goal").get_by_role("button", name=button).click()


def history_of(table: Table, item: Item) -> str:
    table.page.goto(f"/plans/{item.plan_id}/items/{item.id}/history")
    return table.page.locator("main").inner_text()


def test_different_cells_never_conflict(anna: Table, as_user: AsUser, pair_item: Item, stored: Stored) -> None:
    as_user("vera").save(pair_item, "result", "Правка Веры", seen=stored(pair_item, "result"))
    anna.put(pair_item, "goal", "Правка Анны")
    anna.is_saved(pair_item)
    assert (stored(pair_item, "goal"), stored(pair_item, "result")) == ("Правка Анны", "Правка Веры")


def test_both_texts_are_shown_with_who_and_when_and_nothing_is_overwritten(torn: Table, pair_item: Item, stored: Stored) -> None:
    for words in (MINE, THEIRS, "Громова"):
        torn.explains(pair_item, "goal", words)
    expect(torn.note(pair_item, "goal")).to_contain_text(":00")  # the clock of the tests stands at a full hour
    torn.says(pair_item, "решите ниже")
    torn.shows(pair_item, "goal", MINE)
    expect(torn.note(pair_item, "goal").locator("mark").first).to_be_visible()
    assert stored(pair_item, "goal") == THEIRS


def test_keeping_mine_can_be_undone(torn: Table, pair_item: Item, stored: Stored) -> None:
    pick(torn, pair_item, "Оставить мой")
    torn.is_saved(pair_item)
    torn.explains_nothing(pair_item, "goal")
    torn.focus_is_in(pair_item, "goal")
    assert stored(pair_item, "goal") == MINE
    torn.undo_in_row(pair_item)
    torn.shows(pair_item, "goal", THEIRS)
    torn.focus_is_in(pair_item, "goal")
    assert stored(pair_item, "goal") == THEIRS
    assert MINE in history_of(torn, pair_item)


def test_taking_theirs_keeps_mine_in_history_and_can_be_undone(torn: Table, pair_item: Item, stored: Stored) -> None:
    pick(torn, pair_item, "Взять этот")
    torn.is_saved(pair_item)
    torn.shows(pair_item, "goal", THEIRS)
    assert stored(pair_item, "goal") == THEIRS
    torn.undo_in_row(pair_item)
    torn.shows(pair_item, "goal", MINE)
    assert stored(pair_item, "goal") == MINE
    text = history_of(torn, pair_item)
    assert MINE in text and THEIRS in text


def test_joining_keeps_both_and_can_be_undone(torn: Table, pair_item: Item, stored: Stored) -> None:
    pick(torn, pair_item, "Соединить")
    torn.is_saved(pair_item)
    torn.shows(pair_item, "goal", f"{THEIRS}\n{MINE}")
    assert stored(pair_item, "goal") == f"{THEIRS}\n{MINE}"
    torn.press("Control+KeyZ")
    torn.shows(pair_item, "goal", THEIRS)


def test_a_torn_cell_waits_for_her_choice_while_others_save(torn: Table, live: Live, pair_item: Item, stored: Stored) -> None:
    torn.cell(pair_item, "goal").press_sequentially(", и ещё")
    torn.leave()
    torn.put(pair_item, "result", "Рядом")
    live.wait_for(f"POST /plans/{pair_item.plan_id}/items/{pair_item.id}/result")
    torn.says(pair_item, "решите ниже")
    assert (stored(pair_item, "goal"), stored(pair_item, "result")) == (THEIRS, "Рядом")
    typed = torn.cell(pair_item, "goal").input_value()
    pick(torn, pair_item, "Оставить мой")
    torn.is_saved(pair_item)
    assert ", и ещё" in typed
    assert stored(pair_item, "goal") == typed


def test_a_third_text_meanwhile_is_shown_again(torn: Table, as_user: AsUser, pair_item: Item, stored: Stored) -> None:
    as_user("vera").save(pair_item, "goal", "Передумала", seen=THEIRS)
    pick(torn, pair_item, "Оставить мой")
    torn.explains(pair_item, "goal", "Передумала")
    torn.shows(pair_item, "goal", MINE)
    assert stored(pair_item, "goal") == "Передумала"


def test_mine_that_became_like_theirs_is_no_conflict_any_more(torn: Table, pair_item: Item) -> None:
    torn.cell(pair_item, "goal").fill(THEIRS)
    pick(torn, pair_item, "Оставить мой")
    torn.explains_nothing(pair_item, "goal")
    expect(torn.status(pair_item)).to_have_text("")
    torn.page.goto("/")  # nothing is left to warn of


def test_nobody_conflicts_with_herself(anna: Table, complaints: Complaints, pair_item: Item, stored: Stored) -> None:
    """The save was carried out, its answer got lost, and she typed on."""
    complaints.expect("net::ERR_CONNECTION_RESET")
    gate = Gate(anna.page, "**/items/*/goal")
    anna.write(pair_item, "goal", "Раз")
    gate.lose_the_answer()
    anna.says(pair_item, "ждёт связи")
    assert stored(pair_item, "goal") == "Раз"
    anna.type(", два")
    gate.let_through()
    anna.is_saved(pair_item)
    assert stored(pair_item, "goal") == "Раз, два"


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
