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
