"""The archive: out of lists, search and login, and back as it was."""

from collections.abc import Callable

import pytest
from flask import Flask

from mentorapp.database import db, writing
from mentorapp.domain.permissions import Side
from mentorapp.models import Pair
from mentorapp.models.pairs import PairState
from tests.cards import add_person, fresh
from tests.conftest import NOW, Browser
from tests.school import World

AsUser = Callable[[str], Browser]


def finish(app: Flask, pair_id: int) -> None:
    with app.app_context(), writing():
        pair = db.session.get(Pair, pair_id)
        assert pair is not None
        pair.go_to(PairState.FINISHED, NOW.date(), "программа выполнена")


def test_archived_people_leave_lists_search_and_bases(app: Flask, as_user: AsUser) -> None:
    vera, person = as_user("vera"), add_person(app, "Пчёлкина", base=Side.MENTEE)
    assert vera.post(f"/people/{person}/archive").status_code == 303
    for address in ("/people", "/search?q=пчелкина", "/bases", "/bases/mentors/add?q=пчелкина"):
        assert f"/people/{person}" not in vera.get(address).text, address
        assert f"person={person}" not in vera.get(address).text, address
    assert "Пчёлкина" in vera.get("/people?archive=1").text


def test_a_card_in_the_archive_says_so_and_comes_back(app: Flask, as_user: AsUser) -> None:
    vera, person = as_user("vera"), add_person(app, "Пчёлкина", base=Side.MENTEE)
    vera.post(f"/people/{person}/archive")
    assert "Карточка в архиве" in vera.get(f"/people/{person}").text
    assert vera.post(f"/people/{person}/bring-back").status_code == 303
    assert "Пчёлкина" in vera.get("/people").text and "Пчёлкина" in vera.get("/bases").text


def test_an_archived_person_is_signed_out(app: Flask, as_user: AsUser, world: World) -> None:
    boris = as_user("boris")
    finish(app, world.pairs["boris"])
    assert boris.get(f"/people/{world.people['boris']}").status_code == 200
    as_user("vera").post(f"/people/{world.people['boris']}/archive")
    assert boris.get(f"/people/{world.people['boris']}").status_code == 303


def test_who_is_in_a_running_pair_stays_and_the_pair_is_named(app: Flask, as_user: AsUser, world: World) -> None:
    answer = as_user("vera").post(f"/people/{world.people['boris']}/archive")
    assert answer.status_code == 409 and "«Соколова\u00a0А.\u00a0В. — Лукин\u00a0Б.\u00a0А.»" in answer.text
    with app.app_context():
        assert fresh(world.people["boris"]).archived_at is None


def test_curator_of_another_form_is_not_told_who_is_in_the_pair(as_user: AsUser, world: World) -> None:
    answer = as_user("viktor").post(f"/people/{world.people['boris']}/archive")
    assert answer.status_code == 409 and "пара другого куратора" in answer.text and "Соколова" not in answer.text


def test_nobody_locks_herself_out(app: Flask, as_user: AsUser, world: World) -> None:
    answer = as_user("vera").post(f"/people/{world.people['vera']}/archive")
    assert answer.status_code == 409 and "Это ваша карточка" in answer.text


def test_who_has_a_role_keeps_the_card_until_it_is_taken(as_user: AsUser, world: World) -> None:
    answer = as_user("viktor").post(f"/people/{world.people['dina']}/archive")
    assert answer.status_code == 409 and "есть роль «администратор»" in answer.text


@pytest.mark.parametrize("act", ["archive", "bring-back"])
@pytest.mark.parametrize(("name", "status"), [("inna", 403), ("polina", 403), ("klara", 404), ("dina", 404), ("gleb", 404)])
def test_only_a_curator_archives(app: Flask, as_user: AsUser, name: str, status: int, act: str) -> None:
    person = add_person(app, "Пчёлкина")
    assert as_user(name).post(f"/people/{person}/{act}").status_code == status
    with app.app_context():
        assert fresh(person).archived_at is None
