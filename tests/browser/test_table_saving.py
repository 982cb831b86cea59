"""Everything typed saves itself, cell by cell, and the row says how it went. The field is never touched meanwhile."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import Live, Stored, Visit
from tests.browser.network import Gate
from tests.browser.table import Table
from tests.conftest import Browser
from tests.school import Item, World


def posts(live: Live) -> list[str]:
    """The columns that were sent, in their order."""
    return [request.rsplit("/", 1)[1] for request in live.answered if request.startswith("POST")]


def test_a_cell_is_saved_when_she_goes_on(anna: Table, live: Live, pair_item: Item, stored: Stored) -> None:
    anna.put(pair_item, "goal", "Увидеть урок глазами ученика")
    anna.is_saved(pair_item)
    assert stored(pair_item, "goal") == "Увидеть урок глазами ученика"
    assert posts(live) == ["goal"]


def test_a_cell_is_saved_when_she_stops_typing_and_stays_in_it(anna: Table, live: Live, pair_item: Item, stored: Stored) -> None:
    anna.stop_the_clock()
    anna.write(pair_item, "goal", "Подумать")
    anna.let_go_by(790)
    anna.says(pair_item, "ещё не отправлено")
    assert posts(live) == []
    anna.let_go_by(20)
    anna.is_saved(pair_item)
    anna.focus_is_in(pair_item, "goal")
    assert stored(pair_item, "goal") == "Подумать"


def test_the_row_says_how_it_goes(anna: Table, pair_item: Item) -> None:
    gate = Gate(anna.page, "**/items/*/goal")
    anna.write(pair_item, "goal", "Слово")
    anna.says(pair_item, "ещё не отправлено")
    anna.leave()
    anna.says(pair_item, "сохраняю…")
    gate.let_through()
    anna.says(pair_item, "✓ ")
    expect(anna.page.locator("#said")).to_have_text("Сохранено")
    expect(anna.page.locator("#said")).to_have_attribute("aria-live", "polite")


def test_the_field_is_never_swapped_and_the_caret_stays(anna: Table, pair_item: Item, stored: Stored) -> None:
    anna.write(pair_item, "goal", "Начало конец")
    cell = anna.cell(pair_item, "goal")
    cell.evaluate("field => { window.same = field; field.setSelectionRange(6, 6); }")
    anna.type(" середина")
    cell.evaluate("field => field.setSelectionRange(7, 15)")
    anna.is_saved(pair_item)
    assert cell.evaluate("field => field === window.same && document.activeElement === field")
    assert cell.evaluate("field => [field.selectionStart, field.selectionEnd]") == [7, 15]
    anna.type("и")
    anna.shows(pair_item, "goal", "Начало и конец")
    anna.is_saved(pair_item)
    assert stored(pair_item, "goal") == "Начало и конец"


def test_a_word_that_is_being_composed_survives_a_save(anna: Table, pair_item: Item, stored: Stored) -> None:
    """As with an input method, or the predictive keyboard of a phone."""
    keyboard = anna.page.context.new_cdp_session(anna.page)
    anna.write(pair_item, "goal", "Слово ")
    keyboard.send("Input.imeSetComposition", {"text": "нача", "selectionStart": 4, "selectionEnd": 4})
    anna.is_saved(pair_item)
    keyboard.send("Input.insertText", {"text": "начало"})
    anna.shows(pair_item, "goal", "Слово начало")
    anna.leave()
    anna.is_saved(pair_item)
    assert stored(pair_item, "goal") == "Слово начало"


def test_what_she_types_during_a_save_is_saved_after_it(anna: Table, live: Live, pair_item: Item, stored: Stored) -> None:
    gate = Gate(anna.page, "**/items/*/goal")
    anna.write(pair_item, "goal", "Раз")
    anna.press("Enter", "Shift+Tab")
    anna.says(pair_item, "сохраняю…")
    anna.write(pair_item, "goal", "Раз, два")
    anna.leave()
    anna.write(pair_item, "goal", "Раз, два, три")
    anna.leave()
    gate.let_through()
    gate.let_through()
    anna.is_saved(pair_item)
    anna.shows(pair_item, "goal", "Раз, два, три")
    assert stored(pair_item, "goal") == "Раз, два, три"
    assert posts(live) == ["goal", "goal"]


def test_cells_of_one_row_go_one_after_another(anna: Table, live: Live, pair_item: Item, stored: Stored) -> None:
    gate = Gate(anna.page, "**/items/*/*")
    anna.put(pair_item, "goal", "Цель")
    anna.says(pair_item, "сохраняю…")
    anna.put(pair_item, "result", "Итог")
    anna.page.wait_for_function("row => row.again", arg=anna.row(pair_item).element_handle())
    assert gate.seen == ["goal"]
    gate.let_through()
    gate.let_through()
    anna.is_saved(pair_item)
    assert posts(live) == ["goal", "result"]
    assert (stored(pair_item, "goal"), stored(pair_item, "result")) == ("Цель", "Итог")


def test_a_half_typed_word_is_not_sent_because_another_cell_was(anna: Table, live: Live, pair_item: Item, stored: Stored) -> None:
    gate = Gate(anna.page, "**/items/*/*")
    anna.put(pair_item, "goal", "Цель")
    anna.says(pair_item, "сохраняю…")
    anna.stop_the_clock()  # the pause after typing does not come to its end
    anna.write(pair_item, "result", "Ито")
    gate.let_through()
    live.wait_for(f"POST /plans/{pair_item.plan_id}/items/{pair_item.id}/goal")
    anna.says(pair_item, "ещё не отправлено")
    anna.press("End")
    anna.type("г")
    anna.page.clock.resume()
    gate.let_through()
    anna.is_saved(pair_item)
    assert posts(live) == ["goal", "result"]
    assert (stored(pair_item, "goal"), stored(pair_item, "result")) == ("Цель", "Итог")


def test_rows_do_not_wait_for_each_other(anna: Table, world: World, stored: Stored) -> None:
    first, second = world.items["boris_pair"][:2]
    gate = Gate(anna.page, f"**/items/{first.id}/*")
    anna.put(first, "goal", "Медленно")
    anna.put(second, "goal", "Быстро")
    anna.is_saved(second)
    anna.says(first, "сохраняю…")
    gate.let_through()
    anna.is_saved(first)
    assert (stored(first, "goal"), stored(second, "goal")) == ("Медленно", "Быстро")


def test_a_state_saves_itself_and_the_progress_follows(anna: Table, pair_item: Item, stored: Stored) -> None:
    anna.choose(pair_item, "Сделано")
    anna.is_saved(pair_item)
    assert stored(pair_item, "@state") == "done"
    expect(anna.page.locator("#progress")).to_contain_text("1 из 6")
    expect(anna.cell(pair_item, "@state")).to_have_class("done")


def test_a_late_row_says_so_in_its_state(anna: Table, pair_item: Item) -> None:
    expect(anna.cell(pair_item, "@state").locator("option:checked")).to_contain_text("Просрочено")
    anna.put(pair_item, "due", "30.11.2026")
    expect(anna.cell(pair_item, "@state").locator("option:checked")).to_have_text("Впереди")
    anna.put(pair_item, "due", "20.11.2026")
    expect(anna.cell(pair_item, "@state").locator("option:checked")).to_have_text("Просрочено, 3\u00a0дня")
    anna.choose(pair_item, "Сделано")
    expect(anna.cell(pair_item, "@state").locator("option:checked")).to_have_text("Сделано")


def test_nothing_jumps_when_a_date_changes(anna: Table, world: World) -> None:
    before, last = anna.order(), world.items["boris_pair"][5]
    anna.row(last).scroll_into_view_if_needed()
    place = anna.row(last).bounding_box()
    anna.put(last, "due", "1.09")
    anna.is_saved(last)
    assert anna.order() == before
    assert anna.row(last).bounding_box() == place


def test_nothing_is_kept_in_the_browser(anna: Table, pair_item: Item) -> None:
    anna.put(pair_item, "goal", "Тайна")
    anna.is_saved(pair_item)
    kept = anna.page.evaluate("async () => ({...localStorage, ...sessionStorage, databases: (await indexedDB.databases()).length})")
    # htmx itself notes which page is open; that is an address, not a text.
    assert kept == {"htmx-current-path-for-history": f"/plans/{pair_item.plan_id}", "databases": 0}


def test_a_plan_of_thirty_rows_is_light(
    visit: Visit, world: World, as_user: Callable[[str], Browser], pair_item: Item, stored: Stored
) -> None:
    cells = {f"value-{name}": stored(pair_item, name) for name in ("what", "due", "goal", "result", "report", "report_due")}
    for number in range(24):
        as_user("anna").post(f"/plans/{pair_item.plan_id}/items/new", {**cells, "once": f"row-{number}"})
    page = visit("anna")
    answer = page.goto(f"/plans/{pair_item.plan_id}")
    expect(page.locator("#plan tr[id]")).to_have_count(30)
    assert answer
    assert len(answer.body()) < 40_000
