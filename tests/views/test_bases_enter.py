"""Putting a person into a base."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from mentorapp.domain.permissions import Side
from mentorapp.models.people import PersonKind
from tests.cards import TODAY, add_person, fresh
from tests.conftest import Browser
from tests.school import World

AsUser = Callable[[str], Browser]


def typed(person_id: int, **changed: Any) -> dict[str, Any]:
    return {"person_id": person_id, "request": "Чтение и пересказ", "once": "b1", **changed}


def test_a_person_with_consent_enters_the_base_today(app: Flask, as_user: AsUser) -> None:
    vera, person = as_user("vera"), add_person(app, "Пчёлкина", consent=True)
    answer = vera.post("/bases/mentees/add", typed(person))
    assert answer.status_code == 303
    page = vera.get(answer.location).text
    assert "Записано: Пчёлкина Ия" in page and "Чтение и пересказ" in page and "можно в пару" in page
    with app.app_context():
        entry = fresh(person).base_entries[0]
        assert (entry.side, entry.year, entry.entered_on, entry.left_on) == (Side.MENTEE, 2026, date(2026, 11, 23), None)


def test_without_consent_nobody_enters_and_the_text_is_kept(app: Flask, as_user: AsUser) -> None:
    person = add_person(app, "Пчёлкина")
    answer = as_user("vera").post("/bases/mentees/add", typed(person))
    assert answer.status_code == 422 and "<title>Ошибка: " in answer.text
    assert "нет согласия законного представителя" in answer.text and "Чтение и пересказ</textarea>" in answer.text
    assert f"/people/{person}/consents/new" in answer.text
    with app.app_context():
        assert fresh(person).base_entries == []


def test_the_refusal_says_what_exactly_is_missing(app: Flask, as_user: AsUser) -> None:
    adult = add_person(app, "Взрослая", kind=PersonKind.TEACHER)
    assert "нет согласия на обработку данных" in as_user("vera").post("/bases/mentors/add", typed(adult)).text


def test_a_second_entry_is_not_made(app: Flask, as_user: AsUser, world: World) -> None:
    answer = as_user("vera").post("/bases/mentees/add", typed(world.people["boris"]))
    assert answer.status_code == 422 and "уже в базе" in answer.text
    with app.app_context():
        assert len(fresh(world.people["boris"]).base_entries) == 1


def test_sent_twice_it_is_one_entry(app: Flask, as_user: AsUser) -> None:
    person = add_person(app, "Пчёлкина", consent=True)
    first, second = (as_user("vera").post("/bases/mentors/add", typed(person)) for _ in range(2))
    assert first.status_code == second.status_code == 303 and first.location == second.location


def test_one_may_stand_in_both_bases(app: Flask, as_user: AsUser) -> None:
    person = add_person(app, "Пчёлкина", base=Side.MENTOR)
    assert as_user("vera").post("/bases/mentees/add", typed(person)).status_code == 303


def test_people_are_found_by_part_of_a_name_unless_they_are_in_it(app: Flask, as_user: AsUser, world: World) -> None:
    vera, person = as_user("vera"), add_person(app, "Пчёлкина")
    for headers in ({}, {"HX-Request": "true"}):
        page = vera.get("/bases/mentees/add?q=пчел", headers=headers).text
        assert f"/bases/mentees/add?person={person}" in page and "нет согласия законного представителя" in page
        assert ("<html" in page) is not bool(headers)
    boris = f"person={world.people['boris']}"
    assert boris not in vera.get("/bases/mentees/add?q=лукин").text and boris in vera.get("/bases/mentors/add?q=лукин").text


def test_nobody_found_offers_a_new_person(as_user: AsUser) -> None:
    page = as_user("vera").get("/bases/mentees/add?q=щукин").text
    assert "Никого не нашлось" in page and "/people/new?name=" in page


def test_a_chosen_person_without_consent_is_told_of_it_at_once(app: Flask, as_user: AsUser) -> None:
    page = as_user("vera").get(f"/bases/mentees/add?person={add_person(app, 'Пчёлкина')}").text
    assert "Сначала нужно согласие" in page and "Основной запрос" in page


def test_a_request_too_long_is_explained(app: Flask, as_user: AsUser) -> None:
    answer = as_user("vera").post("/bases/mentees/add", typed(add_person(app, "Пчёлкина", consent=True), request="я" * 501))
    assert answer.status_code == 422 and "не больше 500 знаков" in answer.text


def test_nobody_enters_from_the_archive(app: Flask, as_user: AsUser) -> None:
    vera, person = as_user("vera"), add_person(app, "Пчёлкина", consent=True)
    vera.post(f"/people/{person}/archive")
    assert vera.post("/bases/mentees/add", typed(person)).status_code == 404


@pytest.mark.parametrize("person", ["", "9999", "абв"])
def test_an_unknown_person_is_not_found(as_user: AsUser, person: str) -> None:
    assert as_user("vera").post("/bases/mentees/add", {"person_id": person, "request": "", "once": "b1"}).status_code == 404


@pytest.mark.parametrize(("name", "status"), [("inna", 403), ("polina", 404), ("klara", 404), ("dina", 404), ("anna", 404)])
def test_only_a_curator_fills_the_bases(app: Flask, as_user: AsUser, name: str, status: int) -> None:
    person = add_person(app, "Пчёлкина", consent=True)
    assert as_user(name).get("/bases/mentees/add").status_code == status
    assert as_user(name).post("/bases/mentees/add", typed(person)).status_code == status
    with app.app_context():
        assert fresh(person).base_entries == [] and fresh(person).consent_gap(TODAY) == ""
