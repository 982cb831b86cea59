"""A person's card: who opens it, and what each of them finds there."""

from collections.abc import Callable

import pytest
from flask import Flask

from mentorapp.database import writing
from tests.cards import add_person, fresh
from tests.conftest import Browser
from tests.school import World

AsUser = Callable[[str], Browser]


OPENS = {"vera": 200, "viktor": 200, "inna": 200, "polina": 200, "klara": 200, "timur": 200, "zoya": 404, "gleb": 404, "dina": 404}


@pytest.mark.parametrize(("name", "status"), OPENS.items())
def test_a_pupils_card_opens_for_those_whom_it_concerns(as_user: AsUser, world: World, name: str, status: int) -> None:
    assert as_user(name).get(f"/people/{world.people['timur']}").status_code == status


def test_class_teacher_does_not_open_a_card_outside_the_class(app: Flask, as_user: AsUser, world: World) -> None:
    assert as_user("klara").get(f"/people/{add_person(app, 'Чужая')}").status_code == 404
    assert as_user("klara").get(f"/people/{world.people['anna']}").status_code == 404


def test_a_card_that_never_was_looks_like_a_hidden_one(as_user: AsUser, world: World) -> None:
    hidden, missing = as_user("gleb").get(f"/people/{world.people['anna']}"), as_user("gleb").get("/people/9999")
    assert hidden.status_code == missing.status_code == 404 and hidden.text == missing.text


def test_card_tells_name_place_consent_base_and_pair(as_user: AsUser, world: World) -> None:
    page = as_user("vera").get(f"/people/{world.people['boris']}").text
    for text in ("Лукин Борис Андреевич", "учитель математики", "1985", "в силе с 01.09.2026", "папка 1", "Помощь с планами уроков"):
        assert text in page
    assert f"/pairs/{world.pairs['boris']}" in page and f"/accounts/{world.people['boris']}" in page


def test_own_card_can_be_read_and_not_changed(as_user: AsUser, world: World) -> None:
    page = as_user("boris").get(f"/people/{world.people['boris']}").text
    assert "Лукин Борис Андреевич" in page and "Помощь с планами уроков" in page
    for word in ("/edit", "/archive", "/consents/", "/bases/", "/accounts/"):
        assert f'href="/people/{world.people["boris"]}{word}' not in page and f'action="/people/{world.people["boris"]}{word}' not in page
    assert "вход и роли" not in page


def test_requests_are_read_by_those_who_see_the_bases(as_user: AsUser, world: World) -> None:
    address = f"/people/{world.people['timur']}"
    for name, sees in (("vera", True), ("inna", True), ("klara", False), ("polina", False)):
        assert ("Помощь с планами уроков" in as_user(name).get(address).text) is sees, name


def test_a_pair_shows_to_those_who_may_open_it(as_user: AsUser, world: World) -> None:
    link = f'href="/pairs/{world.pairs["timur"]}"'
    address = f"/people/{world.people['timur']}"
    for name, sees in (("vera", True), ("viktor", True), ("klara", True), ("timur", True), ("polina", False)):
        assert (link in as_user(name).get(address).text) is sees, name


def test_curator_of_another_form_is_not_told_the_pair(as_user: AsUser, world: World) -> None:
    assert f"/pairs/{world.pairs['boris']}" not in as_user("viktor").get(f"/people/{world.people['boris']}").text


def test_history_tells_what_was_done_and_by_whom(as_user: AsUser, world: World) -> None:
    vera, address = as_user("vera"), f"/people/{world.people['boris']}"
    vera.post(f"{address}/consents/new", {"signed_on": "1.10", "signed_by": "person", "once": "c1"})
    page = vera.get(address).text
    assert "Согласие записано" in page.split("История карточки")[1] and "Громова" in page.split("История карточки")[1]


def test_the_schools_own_word_stands_on_the_card(app: Flask, as_user: AsUser, world: World) -> None:
    from mentorapp.models import School

    with app.app_context(), writing():
        School.get().mentee_words = {"nominative": "подшефный", "genitive": "подшефного", "dative": "подшефному", "plural": "подшефные"}
    page = as_user("vera").get(f"/people/{world.people['boris']}").text
    assert "Подшефные" in page and "Наставляемые" not in page


def test_an_unknown_age_is_explained(app: Flask, as_user: AsUser) -> None:
    pupil = add_person(app, "Пчёлкина")
    with app.app_context(), writing():
        fresh(pupil).birth_year = None
    assert "согласие подписывает родитель" in as_user("vera").get(f"/people/{pupil}").text


def test_a_card_costs_the_same_however_much_stands_on_it(app: Flask, as_user: AsUser, world: World) -> None:
    from tests.queries import selects
    from tests.views.test_home_queries import add_pairs

    vera, address = as_user("vera"), f"/people/{world.people['anna']}"

    def count() -> int:
        with selects(app) as sent:
            assert vera.get(address).status_code == 200
        return len(sent)

    few = count()
    add_pairs(app, world.people["anna"], 5)
    assert count() == few <= 18
