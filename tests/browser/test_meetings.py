"""A meeting from its planning to its record, without JavaScript as well."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.school import World


@pytest.mark.parametrize("with_script", [True, False], ids=["with script", "without script"])
def test_a_meeting_is_planned_printed_and_noted(visit: Visit, world: World, with_script: bool) -> None:
    page = visit("anna", java_script_enabled=with_script)
    page.goto(f"/pairs/{world.pairs['boris']}/meetings/new")
    page.get_by_label("День").fill("20.11")
    page.get_by_label("Время").fill("15.20")
    page.get_by_label("Место").fill("каб. 24")
    page.locator("main button.main").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("пт, 20.11, 15:20")
    paper = page.context.request.get(str(page.get_by_role("link", name="Чек-лист").get_attribute("href")))
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.body().startswith(b"%PDF")
    page.get_by_label("Минут").fill("40")
    page.get_by_label("Что сделали").fill("Разобрали урок")
    page.get_by_label("Следующая встреча").fill("4.12")
    page.get_by_role("button", name="Записать встречу").click()
    page.goto(f"/pairs/{world.pairs['boris']}/meetings")
    expect(page.locator("main")).to_contain_text("Разобрали урок")
    expect(page.locator("main")).to_contain_text("04.12")
