"""A group is made by keyboard out of a base of sixty, on a phone, and without JavaScript; its mentor is replaced."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from mentorapp.database import writing
from mentorapp.domain.permissions import Side
from mentorapp.forms.host import publish
from mentorapp.models import FormVersion, MentoringForm
from mentorapp.models.people import PersonKind
from tests.browser.conftest import Complaints, Visit
from tests.browser.test_pages import SIDEWAYS, violations
from tests.cards import add_person
from tests.conftest import NOW
from tests.school import AREA, World


@pytest.fixture(autouse=True)
def sixty(app: Flask) -> None:
    """A base of mentees as large as a large school's."""
    for number in range(60):
        letters = chr(ord("а") + number // 10) + chr(ord("а") + number % 10)
        add_person(app, f"Молодов{letters}", kind=PersonKind.TEACHER, base=Side.MENTEE)


def choose(page: Page, field: str, *names: str) -> None:
    """By typing a part of the name and Enter."""
    page.locator(f"#{field}-find").focus()
    for name in names:
        page.keyboard.type(name)
        page.keyboard.press("Enter")


def tab_to(page: Page, name: str) -> None:
    """As far as the field of that name."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(f"{name} is not reached")


def test_a_group_is_made_by_keyboard(visit: Visit, complaints: Complaints, world: World) -> None:
    complaints.expect("422")
    page = visit("vera")
    page.goto("/pairs/new?form=teacher-teacher")
    choose(page, "mentor", "соко")
    choose(page, "mentee", "молодоваа", "МОЛОДОВЕЙ", "лук")
    expect(page.locator("#mentee .chosen")).to_contain_text("Выбрано (3)")
    choose(page, "mentee", "молодовей")  # a second time takes the tick away
    expect(page.locator("#mentee .chosen")).to_have_text("Выбрано (2): Молодоваа Ия, Лукин Борис Андреевич")
    page.keyboard.type("нетакого")
    expect(page.locator("#mentee .nobody")).to_be_visible()
    page.keyboard.press("Enter")  # does not send the form
    page.keyboard.press("Escape")
    expect(page.locator("#mentee li:visible")).to_have_count(62)
    tab_to(page, "starts_on")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Впишите область")
    expect(page.locator("#mentee .chosen")).to_contain_text("Выбрано (2)")
    expect(page.locator("#mentee li").nth(1)).to_contain_text("Лукин")  # who is chosen stands first now
    assert violations(page) == []
    tab_to(page, "area")
    page.keyboard.type(AREA)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Молодоваа")
    expect(page.get_by_role("navigation", name="Чей план").get_by_role("link")).to_have_count(5)


def test_one_too_many_is_red_while_ticking(visit: Visit, app: Flask) -> None:
    with app.app_context(), writing() as session:
        version = session.get_one(FormVersion, session.get_one(MentoringForm, "teacher-teacher").current_version_id)
        publish(replace(version.spec, most_mentees=2), NOW)
    page = visit("vera")
    page.goto("/pairs/new?form=teacher-teacher")
    chosen = page.locator("#mentee .chosen")
    choose(page, "mentee", "молодоваа", "молодоваб")
    expect(chosen).to_contain_text("Выбрано 2 из 2")
    choose(page, "mentee", "молодовав")
    expect(chosen).to_contain_text("Выбрано 3 из 2")
    expect(chosen).to_have_class(re.compile("err-text"))


def test_the_long_lists_fit_a_phone(visit: Visit) -> None:
    page = visit("vera", viewport={"width": 360, "height": 740})
    page.goto("/pairs/new?form=teacher-teacher")
    assert page.evaluate(SIDEWAYS) == 0
    assert page.locator("#mentee ul").evaluate("list => list.clientHeight") <= 320
    assert page.locator("#mentee li label").first.evaluate("label => label.clientHeight") >= 44


def test_a_group_is_made_without_javascript(visit: Visit, world: World) -> None:
    page = visit("vera", java_script_enabled=False)
    page.goto("/pairs/new?form=teacher-teacher")
    expect(page.locator("#mentee-find")).to_be_hidden()
    page.get_by_label("Соколова Анна").check()
    for name in ("Молодоваб Ия", "Молодовав Ия", "Молодоваг Ия"):
        page.get_by_label(name).check()
    page.get_by_label("Область").fill(AREA)
    page.get_by_role("button", name="Составить").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Молодоваг")


def test_a_mentor_is_replaced_by_keyboard_and_brought_back(visit: Visit, world: World) -> None:
    page = visit("vera")
    page.goto(f"/pairs/{world.pairs['boris']}/members")
    page.get_by_role("link", name="Заменить").first.press("Enter")
    choose(page, "person", "ершов")
    tab_to(page, "reason")
    page.keyboard.type("по просьбе наставника")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ершов")
    page.get_by_role("link", name="Вернуть").press("Enter")
    expect(page.locator("main")).to_contain_text("Замена отменяется")
    page.get_by_role("button", name="Вернуть").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Соколова Анна Викторовна")
