"""The table by keyboard alone."""

from playwright.sync_api import expect

from tests.browser.conftest import Live, Stored
from tests.browser.network import Gate
from tests.browser.table import Table
from tests.school import Item, World


def test_the_field_is_there_when_the_page_opens(anna: Table, live: Live, pair_item: Item) -> None:
    live.answered.clear()
    anna.cell(pair_item, "goal").click()
    anna.press("Control+A")
    anna.type("Сразу")
    anna.shows(pair_item, "goal", "Сразу")
    assert not any("plans" in request for request in live.answered)


def test_tab_alone_leads_into_the_table_and_saves(anna: Table, pair_item: Item, stored: Stored) -> None:
    anna.page.locator("#add-row").focus()
    anna.press("Tab", "Tab")  # past the number of the row
    anna.focus_is_in(pair_item, "what")
    anna.press("Control+A")
    anna.type("Беседа")
    anna.press("Tab")
    anna.focus_is_in(pair_item, "due")
    anna.is_saved(pair_item)
    assert stored(pair_item, "what") == "Беседа"


def test_shift_tab_goes_back_and_saves_too(anna: Table, pair_item: Item, stored: Stored) -> None:
    anna.write(pair_item, "goal", "Понять друг друга")
    anna.press("Shift+Tab")
    anna.focus_is_in(pair_item, "due")
    anna.is_saved(pair_item)
    assert stored(pair_item, "goal") == "Понять друг друга"


def test_enter_saves_and_goes_down(anna: Table, world: World, stored: Stored) -> None:
    first, second = world.items["boris_pair"][:2]
    anna.write(first, "goal", "Вниз")
    anna.press("Enter")
    anna.focus_is_in(second, "goal")
    anna.is_saved(first)
    assert stored(first, "goal") == "Вниз"


def test_shift_enter_is_a_new_line(anna: Table, pair_item: Item, stored: Stored) -> None:
    anna.write(pair_item, "goal", "Раз")
    anna.press("Shift+Enter")
    anna.type("два")
    anna.leave()
    anna.is_saved(pair_item)
    assert stored(pair_item, "goal") == "Раз\nдва"


def test_escape_puts_the_text_back(anna: Table, pair_item: Item, stored: Stored) -> None:
    before = stored(pair_item, "goal")
    anna.write(pair_item, "goal", "Передумала")
    anna.press("Escape")
    anna.shows(pair_item, "goal", before)
    anna.focus_is_in(pair_item, "goal")
    expect(anna.status(pair_item)).to_have_text("")


def test_alt_and_arrows_move_the_row_and_the_caret_stays(anna: Table, world: World) -> None:
    first, second, third = (item.id for item in world.items["boris_pair"][:3])
    cell = anna.cell(world.items["boris_pair"][1], "what")
    cell.click()
    cell.evaluate("field => field.setSelectionRange(3, 5)")
    anna.press("Alt+ArrowUp")
    anna.says(world.items["boris_pair"][1], "✓")
    assert anna.order()[:3] == [second, first, third]
    expect(cell).to_be_focused()
    assert cell.evaluate("field => [field.selectionStart, field.selectionEnd]") == [3, 5]
    expect(anna.row(world.items["boris_pair"][1]).locator("th")).to_have_text("1")
    expect(cell).to_have_attribute("aria-label", "Мероприятие, строка 1")
    anna.press("Alt+ArrowDown", "Alt+ArrowDown")
    expect(anna.row(world.items["boris_pair"][1]).locator("th")).to_have_text("3")
    anna.reload()
    assert anna.order()[:3] == [first, third, second]


def test_a_row_at_the_edge_stays_where_it_is(anna: Table, world: World) -> None:
    before = anna.order()
    anna.cell(world.items["boris_pair"][0], "what").click()
    anna.press("Alt+ArrowUp")
    anna.says(world.items["boris_pair"][0], "✓")
    assert anna.order() == before


def test_the_last_row_becomes_a_row_when_something_is_typed_in_it(anna: Table, world: World) -> None:
    anna.new.locator('[name="what"]').click()
    anna.type("Открытый урок")
    anna.leave()
    made = anna.page.locator("#plan tr[id]").nth(6)
    expect(made.locator(".save")).to_contain_text("✓")
    expect(made.locator("th")).to_have_text("7")
    expect(made.locator('[name="due"]')).to_be_focused()
    anna.type("5.12")
    anna.leave()
    expect(made.locator('[name="due"]')).to_have_value("05.12.2026")
    expect(anna.new.locator('[name="what"]')).to_have_value("")
    anna.reload()
    expect(anna.page.locator("#plan tr[id]")).to_have_count(7)
    expect(anna.page.locator("#plan tr[id]").last.locator('[name="what"]')).to_have_value("Открытый урок")


def test_the_last_row_stays_empty_until_something_is_typed(anna: Table, live: Live) -> None:
    live.answered.clear()
    anna.new.locator('[name="what"]').click()
    anna.type("  ")
    anna.leave()
    anna.press("Shift+Tab", "Enter")
    expect(anna.new.locator(".save")).to_have_text("")
    assert not any("plans" in request for request in live.answered)


def test_the_caret_stays_in_the_new_row_while_she_types_on(anna: Table) -> None:
    anna.new.locator('[name="what"]').click()
    anna.type("Открытый")
    made = anna.page.locator("#plan tr[id]").nth(6)
    expect(made.locator(".save")).to_contain_text("✓")
    anna.type(" урок")
    expect(made.locator('[name="what"]')).to_have_value("Открытый урок")
    expect(made.locator('[name="what"]')).to_be_focused()


def test_rows_are_added_one_after_another_by_enter(anna: Table) -> None:
    anna.new.locator('[name="what"]').click()
    for text in ("Первое", "Второе", "Третье"):
        expect(anna.new.locator('[name="what"]')).to_be_focused()
        anna.type(text)
        anna.press("Enter")
    expect(anna.page.locator("#plan tr[id]")).to_have_count(9)
    anna.reload()
    assert anna.page.eval_on_selector_all('#plan tr[id] [name="what"]', "all => all.map(one => one.value)")[6:] == [
        "Первое",
        "Второе",
        "Третье",
    ]


def test_control_z_takes_the_last_save_back(anna: Table, pair_item: Item, stored: Stored) -> None:
    before = stored(pair_item, "goal"), stored(pair_item, "result")
    anna.put(pair_item, "goal", "Первая правка")
    anna.put(pair_item, "result", "Вторая правка")
    anna.is_saved(pair_item)
    anna.press("Control+KeyZ")
    anna.shows(pair_item, "result", before[1])
    anna.says(pair_item, "отменено")
    anna.press("Control+KeyZ")
    anna.shows(pair_item, "goal", before[0])
    assert (stored(pair_item, "goal"), stored(pair_item, "result")) == before


def test_two_quick_control_z_take_two_saves_back(anna: Table, pair_item: Item, stored: Stored) -> None:
    before = stored(pair_item, "goal"), stored(pair_item, "result")
    anna.put(pair_item, "goal", "Первая правка")
    anna.is_saved(pair_item)
    anna.put(pair_item, "result", "Вторая правка")
    anna.is_saved(pair_item)
    anna.press("Control+KeyZ", "Control+KeyZ")
    anna.shows(pair_item, "result", before[1])
    anna.shows(pair_item, "goal", before[0])
    assert (stored(pair_item, "goal"), stored(pair_item, "result")) == before


def test_the_second_control_z_waits_for_the_answer_to_the_first(anna: Table, pair_item: Item, stored: Stored) -> None:
    before = stored(pair_item, "goal"), stored(pair_item, "result")
    for column in ("goal", "result"):
        anna.put(pair_item, column, "Правка")
        anna.is_saved(pair_item)
    gate = Gate(anna.page, "**/operations/*/undo")
    anna.press("Control+KeyZ", "Control+KeyZ")
    first = gate.next()
    anna.page.wait_for_timeout(300)
    assert len(gate.seen) == 1
    first.continue_()
    anna.shows(pair_item, "result", before[1])
    gate.let_through()
    anna.shows(pair_item, "goal", before[0])
    assert (stored(pair_item, "goal"), stored(pair_item, "result")) == before


def test_control_z_brings_a_date_back_while_she_is_still_in_it(anna: Table, pair_item: Item, stored: Stored) -> None:
    before = stored(pair_item, "due")
    anna.write(pair_item, "due", "5.12")
    anna.is_saved(pair_item)
    anna.press("Control+KeyZ")
    anna.shows(pair_item, "due", before)
    anna.leave()
    anna.shows(pair_item, "due", before)
    assert stored(pair_item, "due") == before


def test_control_z_while_typing_is_the_browsers_own(anna: Table, live: Live, pair_item: Item) -> None:
    anna.put(pair_item, "goal", "Сохранённая правка")
    anna.is_saved(pair_item)
    anna.stop_the_clock()  # the pause after typing does not come to its end
    before = anna.cell(pair_item, "result").input_value()
    anna.cell(pair_item, "result").click()
    anna.type("ъ")
    anna.press("Control+KeyZ")
    anna.shows(pair_item, "result", before)
    anna.shows(pair_item, "goal", "Сохранённая правка")
    assert not any("undo" in request for request in live.answered)


def test_control_z_works_with_a_russian_keyboard(anna: Table, pair_item: Item, stored: Stored) -> None:
    before = stored(pair_item, "goal")
    anna.put(pair_item, "goal", "Правка")
    anna.is_saved(pair_item)
    keyboard = anna.page.context.new_cdp_session(anna.page)
    keyboard.send("Input.dispatchKeyEvent", {"type": "keyDown", "modifiers": 2, "key": "я", "code": "KeyZ", "windowsVirtualKeyCode": 90})
    anna.shows(pair_item, "goal", before)
    assert stored(pair_item, "goal") == before


def test_the_cell_with_the_caret_has_a_ring_around_it(anna: Table, pair_item: Item) -> None:
    anna.cell(pair_item, "goal").focus()
    ring = anna.cell(pair_item, "goal").evaluate(
        "field => [getComputedStyle(field).outlineStyle, parseInt(getComputedStyle(field).outlineWidth)]"
    )
    assert ring == ["solid", 2]
