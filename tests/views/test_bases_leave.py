"""Correcting an entry of a base, leaving the base and coming back."""

from collections.abc import Callable

import pytest
from flask import Flask

from mentorapp.database import db, writing
from mentorapp.domain.permissions import Side
from mentorapp.models import BaseEntry
from tests.cards import TODAY, YEAR, add_person, fresh
from tests.conftest import Browser
from tests.school import World
from tests.views.test_people_archive import finish
from tests.views.test_people_list import rows

AsUser = Callable[[str], Browser]


def entry_of(app: Flask, person_id: int) -> int:
    with app.app_context():
        return fresh(person_id).base_entries[0].id


@pytest.fixture
def entry(app: Flask) -> int:
    """Somebody in the base of mentees, free."""
    return entry_of(app, add_person(app, "Пчёлкина", base=Side.MENTEE))


def left_on(app: Flask, entry_id: int) -> object:
    with app.app_context():
        found = db.session.get(BaseEntry, entry_id)
        assert found is not None
        return found.left_on


def test_a_request_is_corrected(as_user: AsUser, entry: int) -> None:
    vera = as_user("vera")
    assert "Чтение</textarea>" in vera.get(f"/bases/entries/{entry}").text
    answer = vera.post(f"/bases/entries/{entry}", {"request": "Чтение вслух"})
    assert answer.status_code == 303 and "Чтение вслух" in rows(vera.get(answer.location).text)


def test_leaving_is_from_today_and_can_be_undone_at_once(app: Flask, as_user: AsUser, entry: int) -> None:
    vera = as_user("vera")
    page = vera.get(vera.post(f"/bases/entries/{entry}/leave").location).text
    assert "Убрано из базы: Пчёлкина Ия" in page and "Пчёлкина" not in rows(page)
    assert f'action="/bases/entries/{entry}/bring-back"' in page and left_on(app, entry) == TODAY
    assert "Пчёлкина" in rows(vera.get(vera.post(f"/bases/entries/{entry}/bring-back").location).text)
    assert left_on(app, entry) is None


def test_who_is_in_a_running_pair_stays_and_the_pair_is_named(app: Flask, as_user: AsUser, world: World) -> None:
    entry = entry_of(app, world.people["boris"])
    answer = as_user("vera").post(f"/bases/entries/{entry}/leave")
    assert answer.status_code == 409 and "«Соколова\u00a0А.\u00a0В. — Лукин\u00a0Б.\u00a0А.»" in answer.text
    assert left_on(app, entry) is None
    finish(app, world.pairs["boris"])
    assert as_user("vera").post(f"/bases/entries/{entry}/leave").status_code == 303


def test_a_pair_holds_only_the_side_it_stands_on(app: Flask, as_user: AsUser, world: World) -> None:
    with app.app_context(), writing() as session:
        person = fresh(world.people["anna"])
        as_mentee = person.enter_base(Side.MENTEE, YEAR, "", TODAY)
        session.add(as_mentee)
        session.flush()
        entry = as_mentee.id
    assert as_user("vera").post(f"/bases/entries/{entry}/leave").status_code == 303


def test_coming_back_needs_a_consent_as_entering_does(app: Flask, as_user: AsUser, entry: int) -> None:
    vera = as_user("vera")
    vera.post(f"/bases/entries/{entry}/leave")
    with app.app_context(), writing():
        found = db.session.get(BaseEntry, entry)
        assert found is not None
        found.person.consents[0].withdrawn_on = TODAY
    answer = vera.post(f"/bases/entries/{entry}/bring-back")
    assert answer.status_code == 409 and "согласие отозвано" in answer.text and "Добавить согласие" in answer.text
    assert left_on(app, entry) == TODAY


def test_who_entered_anew_is_not_brought_back_twice(app: Flask, as_user: AsUser, entry: int) -> None:
    vera = as_user("vera")
    vera.post(f"/bases/entries/{entry}/leave")
    with app.app_context():
        found = db.session.get(BaseEntry, entry)
        assert found is not None
        person_id = found.person_id
    vera.post("/bases/mentees/add", {"person_id": person_id, "request": "", "once": "b1"})
    answer = vera.post(f"/bases/entries/{entry}/bring-back")
    assert answer.status_code == 409 and "уже снова в базе" in answer.text


def test_an_entry_of_last_year_stays_as_it_was(app: Flask, as_user: AsUser, entry: int) -> None:
    with app.app_context(), writing():
        found = db.session.get(BaseEntry, entry)
        assert found is not None
        found.year = 2025
    for act in ("", "/leave", "/bring-back"):
        assert as_user("vera").post(f"/bases/entries/{entry}{act}", {"request": "другое"}).status_code == 404


@pytest.mark.parametrize(("name", "status"), [("inna", 403), ("polina", 404), ("klara", 404), ("dina", 404), ("anna", 404)])
def test_only_a_curator_changes_entries(app: Flask, as_user: AsUser, entry: int, name: str, status: int) -> None:
    user = as_user(name)
    assert user.get(f"/bases/entries/{entry}").status_code == status
    for act in ("", "/leave", "/bring-back"):
        assert user.post(f"/bases/entries/{entry}{act}", {"request": "другое"}).status_code == status
    assert left_on(app, entry) is None
