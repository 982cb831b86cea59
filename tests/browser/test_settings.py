"""What holds with the script, too: the beginning of a pair's work waits for what is missing, a version follows the choices above it."""

from flask import Flask
from playwright.sync_api import expect

from mentorapp.database import db, writing
from mentorapp.models import Pair, Person
from mentorapp.models.pairs import PairState
from tests import drafts
from tests.browser.conftest import Visit
from tests.conftest import NOW
from tests.school import World


def test_the_beginning_of_the_work_waits_for_a_consent(visit: Visit, app: Flask, world: World) -> None:
    with app.app_context(), writing():
        db.session.get_one(Pair, world.pairs["boris"]).state = PairState.AGREED
        db.session.get_one(Person, world.people["boris"]).consents[0].withdrawn_on = NOW.date()
    page = visit("vera")
    page.goto(f"/pairs/{world.pairs['boris']}/edit", wait_until="load")
    expect(page.get_by_role("button", name="Начать работу")).to_be_disabled()
    expect(page.get_by_text("можно будет, когда будет всё")).to_be_visible()


def test_enter_in_the_settings_saves_and_begins_no_work(visit: Visit, app: Flask, world: World) -> None:
    """The button that begins it stands above the fields; the order that is typed below goes along with it."""
    with app.app_context(), writing():
        db.session.get_one(Pair, world.pairs["boris"]).state = PairState.AGREED
    page, address = visit("vera"), f"/pairs/{world.pairs['boris']}/edit"
    page.goto(address, wait_until="load")
    page.get_by_label("Номер приказа").fill("17-О")
    with page.expect_navigation():
        page.get_by_label("Номер приказа").press("Enter")
    page.goto(address, wait_until="load")
    expect(page.get_by_role("heading", name="Состояние: согласована")).to_be_visible()
    expect(page.get_by_label("Номер приказа")).to_have_value("17-О")
    page.get_by_label("Номер приказа").fill("18-О")
    with page.expect_navigation():
        page.get_by_role("button", name="Начать работу").click()
    page.goto(address, wait_until="load")
    expect(page.get_by_role("heading", name="Состояние: работает")).to_be_visible()
    expect(page.get_by_label("Номер приказа")).to_have_value("18-О")


def test_of_misprints_alone_no_version_is_promised(visit: Visit, app: Flask, world: World) -> None:
    with app.app_context(), writing():
        row = drafts.begin("teacher-teacher", world.people["vera"], NOW)
        row.content = row.content | {"title": "Учитель — учителю"}
    page = visit("vera")
    page.goto("/forms/teacher-teacher/publish")
    as_next, as_mended = page.get_by_text("Это будет версия 2"), page.get_by_text("новой версии не будет")
    expect(as_next).to_be_visible()
    expect(as_mended).to_be_hidden()
    page.get_by_label("опечатка: исправить во всех версиях").check()
    expect(as_next).to_be_hidden()
    expect(as_mended).to_be_visible()
