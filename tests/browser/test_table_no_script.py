"""Everything that matters can be done without JavaScript, by plain forms."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Complaints, Stored, Visit
from tests.conftest import Browser
from tests.school import Item, World

AsUser = Callable[[str], Browser]


@pytest.fixture
def page(visit: Visit) -> Page:
    """Anna's browser without JavaScript."""
    return visit("anna", java_script_enabled=False)


def open_row(page: Page, item: Item) -> None:
    """By the number of the row, as the page says."""
    page.goto(f"/plans/{item.plan_id}")
    expect(page.locator("noscript .msg")).to_be_visible()
    page.locator(f"#r{item.id} th a").click()


def cells_of(page: Page, item: Item) -> Locator:
    """The fields of a row, in the order of the columns: without the script they have no names."""
    return page.locator(f"#r{item.id} textarea")


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()


def field(page: Page, title: str) -> str:
    return page.get_by_label(title, exact=True).input_value()


def test_the_fields_of_the_table_are_closed(page: Page, pair_item: Item, stored: Stored) -> None:
    page.goto(f"/plans/{pair_item.plan_id}")
    cell = cells_of(page, pair_item).first
    expect(cell).to_be_disabled()
    expect(cell).to_have_value(stored(pair_item, "what"))


def test_a_row_is_edited_on_its_page(page: Page, pair_item: Item, stored: Stored) -> None:
    open_row(page, pair_item)
    page.get_by_label("Цель").fill("Без сценария\nдве строки")
    page.get_by_label("Дата").fill("5.12")
    page.get_by_label("Состояние").select_option(label="В работе")
    press(page, "Сохранить")
    page.wait_for_url(f"**/plans/{pair_item.plan_id}#r{pair_item.id}")
    assert stored(pair_item, "goal") == "Без сценария\nдве строки"
    assert stored(pair_item, "due") == "05.12.2026"
    assert stored(pair_item, "@state") == "in_progress"
    open_row(page, pair_item)
    press(page, "Сохранить")  # two lines that were not touched are no change
    open_row(page, pair_item)
    expect(page.locator(".history li")).to_have_count(3)


def test_a_conflict_shows_both_texts_and_each_can_be_kept(
    page: Page, complaints: Complaints, as_user: AsUser, pair_item: Item, stored: Stored
) -> None:
    complaints.expect("409")
    open_row(page, pair_item)
    as_user("vera").save(pair_item, "goal", "Текст Веры", seen=stored(pair_item, "goal"))
    page.get_by_label("Цель").fill("Текст Анны")
    page.get_by_label("Планируемый результат").fill("Остальное записано")
    press(page, "Сохранить")
    expect(page.get_by_role("alert")).to_contain_text("Сохранено не всё")
    expect(page.locator("form.sheet")).to_contain_text("Текст Веры")
    assert field(page, "Цель") == "Текст Анны"
    assert (stored(pair_item, "goal"), stored(pair_item, "result")) == ("Текст Веры", "Остальное записано")
    press(page, "Сохранить")
    assert stored(pair_item, "goal") == "Текст Анны"


def test_the_other_text_can_be_taken_and_mine_is_in_history(
    page: Page, complaints: Complaints, as_user: AsUser, pair_item: Item, stored: Stored
) -> None:
    complaints.expect("409")
    open_row(page, pair_item)
    as_user("vera").save(pair_item, "goal", "Текст Веры", seen=stored(pair_item, "goal"))
    page.get_by_label("Цель").fill("Текст Анны")
    press(page, "Сохранить")
    page.get_by_label("взять его, а мой оставить в истории").check()
    press(page, "Сохранить")
    assert stored(pair_item, "goal") == "Текст Веры"
    open_row(page, pair_item)
    expect(page.locator(".history")).to_contain_text("Текст Анны")


def test_a_date_that_is_not_understood_stays_and_is_explained(page: Page, complaints: Complaints, pair_item: Item, stored: Stored) -> None:
    complaints.expect("422")
    open_row(page, pair_item)
    page.get_by_label("Дата").fill("скоро")
    page.get_by_label("Цель").fill("А цель записана")
    press(page, "Сохранить")
    expect(page).to_have_title("Ошибка: Строка плана: Соколова А. В. — Лукин Б. А.")
    expect(page.get_by_role("alert")).to_contain_text("Такой срок не понят")
    assert field(page, "Дата") == "скоро"
    assert stored(pair_item, "goal") == "А цель записана"
    page.get_by_label("Дата").fill("1.12")
    press(page, "Сохранить")
    assert stored(pair_item, "due") == "01.12.2026"


def test_a_row_is_added(page: Page, complaints: Complaints, pair_item: Item) -> None:
    complaints.expect("422")
    page.goto(f"/plans/{pair_item.plan_id}")
    page.locator("#add-row").click()
    press(page, "Добавить строку")
    expect(page.get_by_role("alert")).to_contain_text("Впишите хотя бы одно слово")
    page.get_by_label("Мероприятие").fill("Открытый урок")
    page.get_by_label("Дата").fill("декабрь")
    press(page, "Добавить строку")
    expect(page.locator("#plan tr[id]")).to_have_count(7)
    expect(page.locator("#plan tr[id]").last.locator("textarea").first).to_have_value("Открытый урок")


def test_a_row_is_moved(page: Page, world: World) -> None:
    first, second = world.items["boris_pair"][:2]
    open_row(page, second)
    press(page, "Выше")
    expect(page.locator("#plan tr[id]").first).to_have_id(f"r{second.id}")
    open_row(page, second)
    press(page, "Ниже")
    expect(page.locator("#plan tr[id]").first).to_have_id(f"r{first.id}")


def test_a_row_goes_to_the_bin_and_comes_back(page: Page, pair_item: Item) -> None:
    open_row(page, pair_item)
    press(page, "В корзину")
    expect(page.locator(f"#r{pair_item.id}")).to_have_count(0)
    page.get_by_role("link", name="Корзина: 1").click()
    press(page, "Вернуть")
    expect(page.locator(f"#r{pair_item.id}")).to_have_count(1)


def test_a_change_is_undone_from_the_history(page: Page, pair_item: Item, stored: Stored) -> None:
    before = stored(pair_item, "goal")
    open_row(page, pair_item)
    page.get_by_label("Цель").fill("Не то")
    press(page, "Сохранить")
    assert stored(pair_item, "goal") == "Не то"
    open_row(page, pair_item)
    press(page, "вернуть, как было до этого")
    assert stored(pair_item, "goal") == before


def test_a_plan_is_agreed_and_approved(visit: Visit, world: World) -> None:
    boris, vera = visit("boris", java_script_enabled=False), visit("vera", java_script_enabled=False)
    boris.goto(f"/plans/{world.plans['boris_pair']}")
    press(boris, "Согласовать план")
    expect(boris.locator(".planstate")).to_contain_text("согласован")
    vera.goto(f"/plans/{world.plans['boris_pair']}")
    press(vera, "Утвердить план")
    expect(vera.locator(".planstate")).to_contain_text("утверждён")


def test_rows_can_be_read_on_a_phone(visit: Visit, pair_item: Item) -> None:
    page = visit("anna", java_script_enabled=False, viewport={"width": 360, "height": 740})
    page.goto(f"/plans/{pair_item.plan_id}")
    what, due, goal = (cells_of(page, pair_item).nth(number) for number in range(3))
    expect(what).to_be_visible()
    expect(due).to_be_visible()
    expect(goal).to_be_hidden()
    page.locator(f"#r{pair_item.id} th a").click()
    expect(page.get_by_label("Цель")).to_be_visible()
