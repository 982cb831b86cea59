"""The form's own papers on the tab of papers: printed when nothing is missing, else a page that says what to fill in and where."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from mentorapp.database import db, writing
from mentorapp.domain.documents import Document
from mentorapp.domain.formspec import from_json, to_json
from mentorapp.models import Organisation, Pair, Person
from mentorapp.models.forms import spec_of
from tests.conftest import NOW, Browser
from tests.outside import add_organisation
from tests.papers import reading
from tests.parts import give_parts, without_parts
from tests.school import World

AsUser = Callable[[str], Browser]


@pytest.fixture
def pair(app: Flask, world: World) -> str:
    give_parts(app)
    return f"/pairs/{world.pairs['boris']}"


def give_order(app: Flask, world: World) -> None:
    with app.app_context(), writing() as session:
        found = session.get_one(Pair, world.pairs["boris"])
        found.order_number, found.order_on = "14-о", NOW.date()


def test_the_tab_offers_every_paper_and_says_what_one_lacks(app: Flask, as_user: AsUser, world: World, pair: str) -> None:
    page = as_user("vera").get(f"{pair}/papers").text
    for title in ("Программа работы пары", "Соглашение о наставничестве", "О закреплении наставника"):
        assert title in page
    assert "не вписано: номер приказа о паре; дата приказа о паре" in page and "Что вписать" in page
    give_order(app, world)
    page = as_user("vera").get(f"{pair}/papers").text
    assert "не вписано" not in page and f"{pair}/documents/order.pdf" in page


def test_a_form_without_papers_has_no_such_group(app: Flask, as_user: AsUser, world: World) -> None:
    give_parts(app, without_parts)
    assert "Тексты формы" not in as_user("vera").get(f"/pairs/{world.pairs['boris']}/papers").text


def test_a_curator_is_led_to_where_the_order_is_written_and_then_prints(app: Flask, as_user: AsUser, world: World, pair: str) -> None:
    vera = as_user("vera")
    answer = vera.get(f"{pair}/documents/order.pdf")
    assert answer.status_code == 409 and answer.mimetype == "text/html"
    assert "номер приказа о паре" in answer.text and f'href="{pair}/edit"' in answer.text
    give_order(app, world)
    answer = vera.get(f"{pair}/documents/order.pdf")
    assert answer.mimetype == "application/pdf" and "приказа 14-о от 23.11.2026" in " ".join(reading.text(answer.data).split())


def test_a_mentee_reads_who_fills_it_in_and_gets_no_link(as_user: AsUser, pair: str) -> None:
    answer = as_user("boris").get(f"{pair}/documents/order.pdf")
    assert answer.status_code == 409
    assert "это делает куратор" in answer.text and f"{pair}/edit" not in answer.text


def test_the_words_of_the_form_stand_above_every_plan(app: Flask, as_user: AsUser, world: World, pair: str) -> None:
    printed = as_user("anna").get(f"/plans/{world.plans['boris_pair']}/plan.pdf?all=1")
    assert reading.text(printed.data).count("План составлен на 2026/2027 учебный год.") == 4


def test_a_gap_above_a_plan_stops_its_printing(app: Flask, as_user: AsUser, world: World, pair: str) -> None:
    ask_for_an_organisation(app, world)
    answer = as_user("anna").get(f"/plans/{world.plans['boris_pair']}/plan.pdf")
    assert answer.status_code == 409 and "организация наставника" in answer.text


def ask_for_an_organisation(app: Flask, world: World) -> None:
    """Above the plans of Anna and Boris stands where the mentor comes from."""
    with app.app_context(), writing():
        version = db.session.get_one(Pair, world.pairs["boris"]).form_version
        spec = from_json(version.written)
        plan = Document("План", ("С «[организация]» — соглашение [договор].",), ())
        version.written = to_json(replace(spec, documents={**spec.documents, "plan": plan}))
    spec_of.cache_clear()


def test_a_curator_is_led_to_the_mentors_organisation_and_its_agreement(app: Flask, as_user: AsUser, world: World, pair: str) -> None:
    ask_for_an_organisation(app, world)
    vera, address, anna = as_user("vera"), f"/plans/{world.plans['boris_pair']}/plan.pdf", world.people["anna"]
    assert vera.get(address).text.count(f'href="/people/{anna}/edit"') == 2
    place = add_organisation(app)
    with app.app_context(), writing() as session:
        session.get_one(Person, anna).organisation_id = place
    page = vera.get(address).text
    assert f'href="/organisations/{place}/edit"' in page and "номер и дата соглашения" in page and "/people/" not in page.split("<main")[1]
    with app.app_context(), writing() as session:
        session.get_one(Organisation, place).agreement_number = "12"
    printed = " ".join(reading.text(vera.get(address).data).split())
    assert "С «Городская типография» — соглашение № 12." in printed


def test_an_unknown_paper_is_not_there(as_user: AsUser, pair: str) -> None:
    for kind in ("plan", "nothing", "..%2Fplan"):
        assert as_user("vera").get(f"{pair}/documents/{kind}.pdf").status_code == 404
