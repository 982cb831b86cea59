"""Making accounts and giving new passwords: a password is seen once, by one person."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from mentorapp.database import db, writing
from mentorapp.models import Account, LoginDelay, Once, Operation, Person
from mentorapp.models.people import PersonKind
from tests.conftest import ORIGIN, Browser, Clock
from tests.school import PASSWORD, World

AsUser = Callable[[str], Browser]


@pytest.fixture
def newcomer(app: Flask) -> int:
    """A person without an account: a namesake of Boris, so that his login is taken."""
    with app.app_context(), writing() as session:
        person = Person(sex="m", kind=PersonKind.TEACHER, phone="", email="")
        person.rename("Борис", "", None)
        session.add(person)
        session.flush()
        return person.id


def make(curator: Browser, person_id: int, login: str = "new-person", once: str = "k1") -> str:
    return curator.post(f"/accounts/{person_id}/account", {"login": login, "once": once}).text


def password_on(page: str) -> str:
    """The password as it stands on the card, after the login."""
    return page.split('<b class="code password">')[2].split("<")[0]


def can_enter(app: Flask, login: str, password: str) -> bool:
    answer = app.test_client().post("/login", data={"login": login, "password": password}, headers=ORIGIN)
    return answer.status_code == 303


def test_curator_makes_an_account_and_its_password_opens_the_door(app: Flask, as_user: AsUser, newcomer: int) -> None:
    page = make(as_user("vera"), newcomer)
    assert "new-person" in page and "Пароль виден только сейчас" in page
    assert can_enter(app, "new-person", password_on(page))


def test_offered_login_is_one_that_nobody_has(as_user: AsUser, newcomer: int) -> None:
    assert 'value="boris2"' in as_user("vera").get(f"/accounts/{newcomer}").text


def test_the_same_press_sent_again_shows_no_password(app: Flask, as_user: AsUser, newcomer: int) -> None:
    curator = as_user("vera")
    first = make(curator, newcomer)
    again = curator.post(f"/accounts/{newcomer}/account", {"login": "new-person", "once": "k1"})
    assert again.status_code == 303
    assert "Пароль уже показан один раз" in curator.get(again.headers["Location"]).text
    assert can_enter(app, "new-person", password_on(first))


def test_taken_login_is_explained_and_a_free_one_offered(as_user: AsUser, newcomer: int) -> None:
    answer = as_user("vera").post(f"/accounts/{newcomer}/account", {"login": "boris", "once": "k1"})
    assert answer.status_code == 422
    assert "boris уже есть у другого человека" in answer.text and "boris2" in answer.text and "<title>Ошибка: " in answer.text


def test_login_in_russian_letters_is_explained(as_user: AsUser, newcomer: int) -> None:
    answer = as_user("vera").post(f"/accounts/{newcomer}/account", {"login": "борис"})
    assert answer.status_code == 422 and "Только латинские буквы" in answer.text


def test_person_with_an_account_gets_no_second_one(app: Flask, as_user: AsUser, world: World) -> None:
    assert as_user("vera").post(f"/accounts/{world.people['boris']}/account", {"login": "other"}).status_code == 409
    with app.app_context():
        assert db.session.execute(db.select(Account).where(Account.login == "other")).first() is None


def test_archived_person_gets_no_account(app: Flask, as_user: AsUser, clock: Clock, newcomer: int) -> None:
    with app.app_context(), writing() as session:
        session.get_one(Person, newcomer).archived_at = clock()
    assert "Создать учётную запись" not in as_user("vera").get(f"/accounts/{newcomer}").text
    assert as_user("vera").post(f"/accounts/{newcomer}/account", {"login": "other"}).status_code == 409


def test_new_password_replaces_the_old_one_and_ends_open_sessions(app: Flask, as_user: AsUser, world: World) -> None:
    boris = as_user("boris")
    assert boris.get("/").status_code == 200
    page = as_user("vera").post(f"/accounts/{world.people['boris']}/password", {"once": "k2"}).text
    assert boris.get("/").status_code == 303
    assert not can_enter(app, "boris", PASSWORD)
    assert can_enter(app, "boris", password_on(page))


def test_new_password_ends_the_waiting_after_wrong_ones(app: Flask, as_user: AsUser, world: World, clock: Clock) -> None:
    with app.app_context(), writing() as session:
        session.add(LoginDelay(login="boris", wrong=7, wait_until=clock() + timedelta(minutes=4)))
    page = as_user("vera").post(f"/accounts/{world.people['boris']}/password").text
    assert can_enter(app, "boris", password_on(page))


def test_nobody_gives_herself_a_password_without_the_old_one(app: Flask, as_user: AsUser, world: World) -> None:
    answer = as_user("vera").post(f"/accounts/{world.people['vera']}/password")
    assert answer.status_code == 403 and "Мой вход" in answer.text
    assert can_enter(app, "vera", PASSWORD)


def test_journal_tells_who_made_it_and_keeps_no_password(app: Flask, as_user: AsUser, newcomer: int, world: World) -> None:
    make(as_user("vera"), newcomer)
    with app.app_context():
        operation = db.session.execute(db.select(Operation).order_by(Operation.id.desc())).scalars().first()
        assert operation is not None and operation.by_id == world.people["vera"]
        kept = {change.field: change.new for change in operation.changes}
        assert kept["login"] == '"new-person"' and kept["password_hash"] == ""
        assert db.session.get(Once, "k1") is not None
