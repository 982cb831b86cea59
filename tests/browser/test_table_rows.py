"""What is done with whole rows: the menu, history, moving, the bin, undo; and words offered for a cell."""

import json
from collections.abc import Callable

import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Locator, expect

from mentorapp.database import writing
from mentorapp.models import FormVersion, Plan, PlanItem
from mentorapp.models.forms import spec_of
from tests.browser.conftest import Complaints, Stored
from tests.browser.network import Gate
from tests.browser.table import Table
from tests.conftest import Browser
from tests.school import Item, World

AsUser = Callable[[str], Browser]


def menu_of(table: Table, item: Item) -> Locator:
    table.open_menu(item)
    return table.note(item, "menu")


def test_the_menu_opens_at_the_number_and_closes_with_the_focus_back(anna: Table, pair_item: Item) -> None:
    number = anna.row(pair_item).locator("th a")
    number.focus()
    anna.press("Enter")
    expect(anna.note(pair_item, "menu").get_by_role("link", name="Записать факт")).to_be_focused()
    anna.note(pair_item, "menu").get_by_role("button", name="Закрыть").click()
    anna.explains_nothing(pair_item, "menu")
    expect(number).to_be_focused()
    anna.press("Enter", "Escape")
    anna.explains_nothing(pair_item, "menu")
    expect(number).to_be_focused()


def test_a_row_opens_as_a_page(anna: Table, pair_item: Item) -> None:
    menu_of(anna, pair_item).get_by_role("link", name="Записать факт").click()
    anna.page.wait_for_url(f"**/plans/{pair_item.plan_id}/items/{pair_item.id}#f-@note")
    expect(anna.page.get_by_role("heading", name="История строки")).to_be_visible()


def test_history_opens_over_the_table_and_the_focus_comes_back(anna: Table, as_user: AsUser, pair_item: Item, stored: Stored) -> None:
    before = stored(pair_item, "goal")
    as_user("vera").save(pair_item, "goal", "Правка Веры", seen=before)
    link = menu_of(anna, pair_item).get_by_role("link", name="История")
    link.click()
    dialog = anna.page.get_by_role("dialog", name="Сведения")
    for words in ("Громова", before, "Правка Веры"):
        expect(dialog).to_contain_text(words)
    anna.press("Escape")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()
    link.click()
    dialog.get_by_role("button", name="Закрыть").click()
    expect(dialog).to_be_hidden()


def test_a_row_moves_by_the_menu_step_by_step(anna: Table, world: World) -> None:
    first, second, third = world.items["boris_pair"][:3]
    up = menu_of(anna, third).get_by_role("button", name="Вверх")
    up.click()
    expect(anna.row(third).locator("th")).to_have_text("2")
    expect(up).to_be_focused()
    anna.press("Enter")
    expect(anna.row(third).locator("th")).to_have_text("1")
    anna.note(third, "menu").get_by_role("button", name="Вниз").click()
    expect(anna.row(third).locator("th")).to_have_text("2")
    anna.reload()
    assert anna.order()[:3] == [first.id, third.id, second.id]


def test_one_menu_is_open_at_a_time(anna: Table, world: World) -> None:
    first, second = world.items["boris_pair"][:2]
    anna.open_menu(first)
    anna.open_menu(second)
    anna.explains_nothing(first, "menu")
    anna.explains(second, "menu", "В корзину")
    expect(anna.page.get_by_role("button", name="В корзину")).to_have_count(1)


def test_moves_are_undone_one_by_one_and_the_page_stays_open(anna: Table, world: World) -> None:
    before, third = anna.order(), world.items["boris_pair"][2]
    anna.page.evaluate("window.same = true")
    anna.cell(third, "what").click()
    for place in ("2", "1"):
        anna.press("Alt+ArrowUp")
        expect(anna.row(third).locator("th")).to_have_text(place)
    for place in ("2", "3"):
        anna.press("Control+KeyZ")
        expect(anna.row(third).locator("th")).to_have_text(place)
    anna.focus_is_in(third, "what")
    assert anna.order() == before and anna.page.evaluate("window.same")


def test_a_row_that_crosses_the_border_of_a_section_stands_under_its_head(app: Flask, anna: Table, world: World) -> None:
    first, second = world.items["boris_pair"][:2]
    with app.app_context(), writing() as session:
        for item in world.items["boris_pair"]:
            session.get_one(PlanItem, item.id).section = "Начало" if item in (first, second) else "Работа"
    anna.reload()
    anna.cell(second, "what").click()
    anna.press("Alt+ArrowDown")
    expect(anna.page.locator(f"tr.group:has-text('Работа') + #r{second.id}")).to_be_visible()


def test_a_strange_answer_stops_no_further_move(anna: Table, world: World) -> None:
    second = world.items["boris_pair"][1]
    anna.page.route("**/move", lambda route: route.fulfill(status=200, content_type="text/html", body="<h1>Proxy</h1>"))
    anna.cell(second, "what").click()
    anna.press("Alt+ArrowUp")
    anna.explains(second, "menu", "Строка осталась на месте")
    anna.page.unroute_all()
    anna.press("Alt+ArrowUp")
    expect(anna.row(second).locator("th")).to_have_text("1")


def test_a_moved_row_takes_its_explanations_along(anna: Table, complaints: Complaints, world: World) -> None:
    complaints.expect("422")
    first, second = world.items["boris_pair"][:2]
    anna.put(second, "due", "скоро")
    anna.explains(second, "due", "не понят")
    anna.cell(second, "due").click()
    anna.press("Alt+ArrowUp")
    expect(anna.row(second).locator("th")).to_have_text("1")
    after = anna.page.locator(f"#r{second.id} + tr.note + tr[id]")
    expect(after).to_have_attribute("id", f"r{first.id}")


def test_a_removed_row_comes_back_by_undo(anna: Table, pair_item: Item) -> None:
    before = anna.order()
    menu_of(anna, pair_item).get_by_role("button", name="В корзину").click()
    expect(anna.cell(pair_item, "what")).to_be_disabled()
    expect(anna.status(pair_item).get_by_role("button", name="Отменить")).to_be_focused()
    anna.press("Enter")
    expect(anna.cell(pair_item, "what")).to_be_enabled()
    expect(anna.row(pair_item).locator("th a")).to_be_focused()
    assert anna.order() == before


def test_a_row_undone_beside_an_unsent_text_does_not_take_it_away(anna: Table, complaints: Complaints, world: World) -> None:
    complaints.expect("422")
    first, second = world.items["boris_pair"][:2]
    anna.put(second, "due", "скоро")
    anna.explains(second, "due", "не понят")
    menu_of(anna, first).get_by_role("button", name="В корзину").click()
    anna.undo_in_row(first)
    expect(anna.cell(first, "what")).to_be_enabled()
    anna.shows(second, "due", "скоро")
    anna.explains(second, "due", "не понят")


def test_a_row_comes_back_from_the_bin(anna: Table, pair_item: Item) -> None:
    title = anna.cell(pair_item, "what").input_value()
    before = anna.order()
    menu_of(anna, pair_item).get_by_role("button", name="В корзину").click()
    anna.says(pair_item, "✓")
    expect(anna.page.locator("#rows")).to_have_text(str(len(before) - 1))
    expect(anna.page.get_by_role("link", name="Корзина: 1")).to_be_visible()
    anna.reload()
    expect(anna.row(pair_item)).to_have_count(0)
    anna.page.get_by_role("link", name="Корзина: 1").click()
    anna.page.get_by_role("row", name=title).get_by_role("button", name="Вернуть").click()
    anna.wait_until_ready()
    assert anna.order() == before


def test_undo_in_the_row_gives_the_focus_to_the_cell(anna: Table, pair_item: Item, stored: Stored) -> None:
    before = stored(pair_item, "goal")
    anna.put(pair_item, "goal", "Не то")
    anna.is_saved(pair_item)
    anna.undo_in_row(pair_item)
    anna.shows(pair_item, "goal", before)
    anna.says(pair_item, "отменено")
    anna.focus_is_in(pair_item, "goal")
    assert stored(pair_item, "goal") == before


def test_undo_refuses_politely_when_somebody_changed_the_cell_since(
    anna: Table, complaints: Complaints, as_user: AsUser, pair_item: Item, stored: Stored
) -> None:
    complaints.expect("409")
    anna.put(pair_item, "goal", "Правка Анны")
    anna.is_saved(pair_item)
    as_user("vera").save(pair_item, "goal", "Правка Веры", seen="Правка Анны")
    anna.undo_in_row(pair_item)
    expect(anna.band).to_contain_text("изменили ещё раз, поэтому отменить нельзя")
    assert stored(pair_item, "goal") == "Правка Веры"


def test_words_are_offered_for_an_empty_cell(anna: Table, pair_item: Item, stored: Stored) -> None:
    anna.cell(pair_item, "report").click()
    expect(anna.page.locator(".suggest")).to_have_count(0)
    anna.press("Control+A", "Delete", "Tab", "Shift+Tab")
    expect(anna.page.locator(".suggest button").first).to_be_visible()
    anna.press("ArrowDown", "ArrowDown", "Enter")
    anna.shows(pair_item, "report", "Уточнённый чек-лист")
    anna.focus_is_in(pair_item, "report")
    expect(anna.page.locator(".suggest")).to_have_count(0)
    anna.is_saved(pair_item)
    assert stored(pair_item, "report") == "Уточнённый чек-лист"


def test_an_offered_word_is_saved_though_the_answer_came_while_she_chose(anna: Table, pair_item: Item, stored: Stored) -> None:
    gate = Gate(anna.page, "**/items/*/report")
    anna.cell(pair_item, "report").click()
    anna.press("Control+A", "Delete", "Tab", "Shift+Tab", "ArrowDown")
    expect(anna.page.locator(".suggest button").first).to_be_focused()
    gate.let_through()
    anna.is_saved(pair_item)
    anna.press("ArrowDown", "Enter")
    gate.let_through()
    anna.is_saved(pair_item)
    assert stored(pair_item, "report") == "Уточнённый чек-лист"


def test_a_column_that_takes_only_words_of_its_list_offers_all_of_them(app: Flask, anna: Table, pair_item: Item, stored: Stored) -> None:
    with app.app_context(), writing() as session:
        version = session.get_one(Plan, pair_item.plan_id).form_version_id
        content = json.loads(session.get_one(FormVersion, version).written)
        column = next(column for column in content["plans"]["pair"]["columns"] if column["id"] == "report")
        column |= {"kind": "choice", "suggest": [], "limits": {"options": {"a": "Лист", "b": "Отчёт"}, "low": None, "high": None}}
        session.execute(sa.update(FormVersion).where(FormVersion.id == version).values(written=json.dumps(content)))
    spec_of.cache_clear()
    anna.reload()
    anna.cell(pair_item, "report").click()
    expect(anna.page.locator(".suggest button")).to_have_text(["Лист", "Отчёт"])
    anna.press("ArrowDown", "ArrowDown", "Enter")
    anna.is_saved(pair_item)
    anna.shows(pair_item, "report", "Отчёт")
    assert stored(pair_item, "report") == "Отчёт"


def test_offered_words_go_away_when_she_types_her_own(anna: Table, pair_item: Item) -> None:
    anna.cell(pair_item, "report").click()
    anna.press("Control+A", "Delete", "Tab", "Shift+Tab")
    expect(anna.page.locator(".suggest")).to_be_visible()
    anna.type("Отчёт")
    expect(anna.page.locator(".suggest")).to_have_count(0)
    anna.shows(pair_item, "report", "Отчёт")


def test_undo_brings_the_progress_and_the_late_word_back(anna: Table, pair_item: Item) -> None:
    state = anna.cell(pair_item, "@state").locator("option:checked")
    before = state.text_content() or ""
    anna.choose(pair_item, "Сделано")
    expect(anna.page.locator("#progress")).to_contain_text("1 из 6")
    anna.undo_in_row(pair_item)
    expect(anna.page.locator("#progress")).to_contain_text("0 из 6")
    expect(state).to_have_text(before)
