"""The list of deficits: two see the levels, agree on an order, and carry it into a plan."""

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from mentorapp.database import db
from mentorapp.domain.deficits import DeficitCatalogue
from mentorapp.models import DeficitItem, DeficitList, Participant, PlanItem
from mentorapp.models.deficits import LEVELS, activity_for
from tests.conftest import Browser
from tests.school import World

AsUser = Callable[[str], Browser]
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def made(app: Flask, anna: Browser, world: World) -> int:
    """The list of Boris, begun by his mentor."""
    pair = world.pairs["boris"]
    assert "ещё не начат" in anna.get(f"/pairs/{pair}/deficits").text
    with app.app_context():
        row = db.session.execute(sa.select(Participant.id).where(Participant.pair_id == pair, Participant.side == "mentee")).scalar_one()
    answer = anna.post(f"/pairs/{pair}/deficits/{row}")
    assert answer.status_code == 303
    return int(str(answer.location).rsplit("/", 1)[1])


def catalogue_of(app: Flask, made: int) -> DeficitCatalogue:
    with app.app_context():
        return db.session.get_one(DeficitList, made).catalogue


def give(browser: Browser, made: int, key: str, value: str, seen: str = "") -> int:
    return browser.post(f"/deficits/{made}/values/{key}", {"value": value, "seen": seen}, headers=FRAGMENT).status_code


@pytest.fixture
def ranked(app: Flask, anna: Browser, made: int) -> list[str]:
    """The first two competences, the second first."""
    first, second = (one.id for one in catalogue_of(app, made).competences[:2])
    assert give(anna, made, f"{first}.rank", "2") == give(anna, made, f"{second}.rank", "1") == 200
    return [second, first]


def agree(browser: Browser, made: int) -> TestResponse:
    """By the button of her page, with the order that the page had."""
    found = re.search(r'name="order" value="([^"]*)"', browser.get(f"/deficits/{made}").text)
    return browser.post(f"/deficits/{made}/agree", {"order": found[1] if found else ""})


def test_each_writes_in_a_column_of_his_own(app: Flask, anna: Browser, boris: Browser, made: int) -> None:
    one = catalogue_of(app, made).competences[0].id
    assert give(boris, made, f"{one}.mentee", "1") == 200 and give(anna, made, f"{one}.mentor", "3") == 200
    assert give(boris, made, f"{one}.mentor", "0", seen="3") == 403 and give(anna, made, f"{one}.mentee", "0", seen="1") == 403
    page = boris.get(f"/deficits/{made}").text
    assert "наставляемым 1, наставником 1" in page and "дефицитов 1" in page and page.count('class="lack"') == 1


def test_a_level_or_a_rank_that_there_is_not_is_refused(app: Flask, anna: Browser, made: int) -> None:
    spec = catalogue_of(app, made)
    assert give(anna, made, f"{spec.competences[0].id}.mentor", str(len(spec.levels))) == 422
    assert give(anna, made, f"{spec.competences[0].id}.rank", "0") == 422
    assert give(anna, made, "nothing.rank", "1") == 404


def test_the_mentee_agrees_to_an_order_and_another_order_is_agreed_anew(
    app: Flask, anna: Browser, boris: Browser, made: int, ranked: list[str]
) -> None:
    assert anna.post(f"/deficits/{made}/agree").status_code == 403
    assert agree(boris, made).status_code == 303
    assert "очередь согласована 23.11.2026" in anna.get(f"/deficits/{made}").text
    assert give(anna, made, f"{ranked[0]}.rank", "3", seen="1") == 200
    assert "очередь ещё не согласована" in boris.get(f"/deficits/{made}").text


def test_who_only_reads_is_told_the_level_in_words_and_the_place_in_the_order_as_a_number(
    app: Flask, anna: Browser, boris: Browser, made: int, ranked: list[str]
) -> None:
    catalogue = catalogue_of(app, made)
    assert give(anna, made, f"{ranked[0]}.mentor", "2") == 200
    line = boris.get(f"/deficits/{made}").text.split(f"value-{ranked[0]}.mentee")[1].split("</tr>")[0]
    shown = [cell.partition("</td>")[0] for cell in line.split('<td data-l="')[1:]]
    assert shown == [f'Наставник:">2 — {catalogue.levels[2]}', 'Очередь:">1']


def test_two_on_one_place_are_no_order(app: Flask, anna: Browser, boris: Browser, made: int, ranked: list[str]) -> None:
    give(anna, made, f"{ranked[0]}.rank", "2", seen="1")
    page = boris.get(f"/deficits/{made}").text
    assert "Номер 2 стоит дважды" in page and "Согласовать очередь" not in page
    answer = boris.post(f"/deficits/{made}/agree", {"order": f"{ranked[1]}:2,{ranked[0]}:2"})
    assert answer.status_code == 409 and "Номер 2 стоит дважды" in answer.text


def test_an_order_that_the_mentee_has_not_seen_is_not_agreed(anna: Browser, boris: Browser, made: int, ranked: list[str]) -> None:
    seen = f"{ranked[0]}:1,{ranked[1]}:2"
    give(anna, made, f"{ranked[0]}.rank", "9", seen="1")
    answer = boris.post(f"/deficits/{made}/agree", {"order": seen})
    assert answer.status_code == 409 and "очередь изменили" in answer.text
    assert "очередь ещё не согласована" in boris.get(f"/deficits/{made}").text


def test_a_page_without_script_that_is_sent_twice_leaves_an_agreement(
    app: Flask, anna: Browser, boris: Browser, made: int, ranked: list[str]
) -> None:
    third = catalogue_of(app, made).competences[2].id
    form = {f"value-{third}.rank": "3", f"seen-{third}.rank": ""}
    assert anna.post(f"/deficits/{made}", form).status_code == 303
    assert agree(boris, made).status_code == 303
    assert anna.post(f"/deficits/{made}", form).status_code == 303
    assert "очередь согласована" in boris.get(f"/deficits/{made}").text


def test_an_order_that_is_not_there_is_not_agreed(boris: Browser, made: int) -> None:
    answer = boris.post(f"/deficits/{made}/agree")
    assert answer.status_code == 409 and "Очереди ещё нет" in answer.text


def test_the_curator_notes_a_signature_on_paper(as_user: AsUser, made: int, ranked: list[str]) -> None:
    vera = as_user("vera")
    assert vera.post(f"/deficits/{made}/agree-on-paper", {"on": "24.11.2026"}).status_code == 422
    assert vera.post(f"/deficits/{made}/agree-on-paper", {"on": "20.11.2026"}).status_code == 303
    assert "очередь согласована 20.11.2026, на бумаге" in vera.get(f"/deficits/{made}").text


def test_ranked_deficits_become_rows_of_a_plan_in_their_order_and_once(
    app: Flask, anna: Browser, world: World, made: int, ranked: list[str]
) -> None:
    plan = world.plans["boris_mentor"]
    page = anna.get(f"/deficits/{made}/plan").text
    spec = catalogue_of(app, made)
    titles = [activity_for(next(one for one in spec.competences if one.id == id), rank) for rank, id in enumerate(ranked, 1)]
    assert page.index(titles[0]) < page.index(titles[1])
    assert anna.post(f"/deficits/{made}/plan", {"competence": ranked, "plan": str(plan)}).location.startswith(f"/plans/{plan}#r")
    with app.app_context():
        last = db.session.execute(sa.select(PlanItem.title).where(PlanItem.plan_id == plan).order_by(PlanItem.position)).scalars().all()
        assert list(last[-2:]) == titles
        assert db.session.execute(sa.select(sa.func.count()).select_from(DeficitItem)).scalar_one() == 2
    assert "Всё, что стоит в очереди, уже в плане" in anna.get(f"/deficits/{made}/plan").text
    assert titles[0] in anna.get(f"/deficits/{made}").text


def test_adding_to_a_plan_is_undone_in_one_step_and_may_be_proposed_again(
    app: Flask, anna: Browser, world: World, made: int, ranked: list[str]
) -> None:
    plan = world.plans["boris_mentor"]
    anna.post(f"/deficits/{made}/plan", {"competence": ranked, "plan": str(plan)})
    with app.app_context():
        from mentorapp.models import Operation

        operation = db.session.execute(sa.select(sa.func.max(Operation.id))).scalar_one()
    assert anna.post(f"/operations/{operation}/undo").status_code == 303
    assert anna.get(f"/deficits/{made}/plan").text.count('name="competence"') == 2


def test_nothing_chosen_is_explained(anna: Browser, world: World, made: int, ranked: list[str]) -> None:
    answer = anna.post(f"/deficits/{made}/plan", {"plan": str(world.plans["boris_mentor"])})
    assert answer.status_code == 422 and "Отметьте хотя бы одно мероприятие" in answer.text


def test_without_script_each_saves_only_what_is_his(app: Flask, boris: Browser, made: int) -> None:
    one = catalogue_of(app, made).competences[0].id
    form = {f"value-{one}.mentee": "1", f"seen-{one}.mentee": "", f"value-{one}.mentor": "0", f"seen-{one}.mentor": ""}
    assert boris.post(f"/deficits/{made}", form).status_code == 303
    with app.app_context():
        assert LEVELS.of(made) == {f"{one}.mentee": "1"}


def test_an_order_that_waits_is_told_on_the_start_page_of_its_mentee(anna: Browser, boris: Browser, made: int, ranked: list[str]) -> None:
    waits = f'href="/deficits/{made}">Прочитать и согласовать очередь'
    assert waits in boris.get("/").text and waits not in anna.get("/").text
    assert agree(boris, made).status_code == 303
    assert waits not in boris.get("/").text


def test_a_number_that_stands_twice_is_told_of_at_once(anna: Browser, made: int, ranked: list[str]) -> None:
    answer = anna.post(f"/deficits/{made}/values/{ranked[0]}.rank", {"value": "2", "seen": "1"}, headers=FRAGMENT)
    assert "Номер 2 стоит дважды" in answer.text
