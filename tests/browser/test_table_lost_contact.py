"""No network, a server that died: what was typed waits on the page and goes by itself."""

from playwright.sync_api import Request, expect

from tests.browser.conftest import Complaints, OpenPlan, Stored
from tests.browser.network import Gate
from tests.browser.serving import OwnServer
from tests.browser.table import Table
from tests.school import Item, World


def test_edits_without_a_network_wait_and_go_by_themselves(anna: Table, complaints: Complaints, world: World, stored: Stored) -> None:
    complaints.expect("net::ERR_INTERNET_DISCONNECTED")
    first, second = world.items["boris_pair"][:2]
    anna.page.context.set_offline(True)
    anna.put(first, "goal", "Без сети раз")
    anna.put(second, "goal", "Без сети два")
    anna.says(first, "ждёт связи")
    anna.says(second, "ждёт связи")
    expect(anna.band).to_contain_text("Нет связи")
    expect(anna.band).to_contain_text("Правок ждёт на этой странице: 2")
    anna.shows(first, "goal", "Без сети раз")
    anna.page.context.set_offline(False)
    anna.is_saved(first)
    anna.is_saved(second)
    expect(anna.band).to_be_hidden()
    assert (stored(first, "goal"), stored(second, "goal")) == ("Без сети раз", "Без сети два")


def test_a_text_taken_back_without_a_network_is_taken_back_on_the_server_too(
    anna: Table, complaints: Complaints, pair_item: Item, stored: Stored
) -> None:
    """Nobody knows whether the save that got no answer was carried out; here it was."""
    complaints.expect("net::ERR_CONNECTION_RESET")
    before = stored(pair_item, "goal")
    gate = Gate(anna.page, "**/items/*/goal")
    anna.write(pair_item, "goal", "Передумала")
    gate.lose_the_answer()
    anna.says(pair_item, "ждёт связи")
    assert stored(pair_item, "goal") == "Передумала"
    anna.press("Escape")
    anna.shows(pair_item, "goal", before)
    gate.let_through()
    anna.is_saved(pair_item)
    expect(anna.band).to_be_hidden()
    assert stored(pair_item, "goal") == before


def test_repeating_does_not_make_the_request_grow(anna: Table, complaints: Complaints, pair_item: Item, stored: Stored) -> None:
    complaints.expect("net::ERR_INTERNET_DISCONNECTED")
    anna.stop_the_clock()
    anna.page.context.set_offline(True)
    anna.put(pair_item, "goal", "Терпение")
    anna.let_go_by(1)
    anna.says(pair_item, "ждёт связи")
    for _ in range(3):
        with anna.page.expect_event("requestfailed"):
            anna.let_go_by(3000)
        anna.says(pair_item, "ждёт связи")
    with anna.page.expect_request("**/goal") as sent:
        anna.page.context.set_offline(False)
    assert fields(sent.value).count("sent") == 1
    anna.is_saved(pair_item)
    assert stored(pair_item, "goal") == "Терпение"


def fields(request: Request) -> list[str]:
    return [pair.split("=")[0] for pair in (request.post_data or "").split("&")]


def test_a_new_row_is_made_once_though_the_answer_was_lost(anna: Table, complaints: Complaints) -> None:
    complaints.expect("net::ERR_CONNECTION_RESET")
    gate = Gate(anna.page, "**/items/new")
    anna.new.locator('[name="what"]').click()
    anna.type("Один раз")
    gate.lose_the_answer()
    expect(anna.new.locator(".save")).to_have_text("ждёт связи")
    anna.type(" и навсегда")
    gate.let_through()
    made = anna.page.locator("#plan tr[id]").nth(6)
    expect(made.locator(".save")).to_contain_text("✓")
    anna.reload()
    expect(anna.page.locator("#plan tr[id]")).to_have_count(7)
    expect(made.locator('[name="what"]')).to_have_value("Один раз и навсегда")


def test_a_row_is_not_moved_without_a_network_and_the_page_says_so(anna: Table, complaints: Complaints, world: World) -> None:
    complaints.expect("net::ERR_INTERNET_DISCONNECTED")
    before = anna.order()
    anna.cell(world.items["boris_pair"][1], "what").click()
    anna.page.context.set_offline(True)
    anna.press("Alt+ArrowUp")
    expect(anna.band).to_contain_text("Строка осталась на месте")
    assert anna.order() == before


def test_a_killed_server_loses_nothing(
    open_own: OpenPlan, own_server: OwnServer, complaints: Complaints, pair_item: Item, stored: Stored
) -> None:
    complaints.expect("net::ERR_")
    anna = open_own("anna")
    anna.put(pair_item, "goal", "До беды")
    anna.is_saved(pair_item)
    own_server.kill()
    assert stored(pair_item, "goal") == "До беды"
    anna.put(pair_item, "result", "Во время беды")
    anna.says(pair_item, "ждёт связи")
    own_server.start()
    anna.is_saved(pair_item)
    expect(anna.band).to_be_hidden()
    assert stored(pair_item, "result") == "Во время беды"
