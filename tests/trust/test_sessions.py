"""A login is a row that ends when it should: nobody comes in with a cookie from before, and nobody is thrown out by a clock."""

import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from mentorapp import database
from mentorapp.database import db, writing
from mentorapp.models import LoginSession, Person
from mentorapp.sessions import COOKIE, hash_of
from tests.conftest import ORIGIN, Browser, Clock
from tests.school import PASSWORD, World

AsUser = Callable[[str], Browser]
FRAGMENT = ORIGIN | {"HX-Request": "true"}


def sign_in(client: FlaskClient, login: str, password: str = PASSWORD) -> str:
    """Sign in by the login page; returns the cookie."""
    answer = client.post("/login", data={"login": login, "password": password}, headers=ORIGIN)
    assert answer.status_code == 303, answer.text
    return cookie_of(client)


def cookie_of(client: FlaskClient) -> str:
    cookie = client.get_cookie(COOKIE)
    return cookie.value if cookie else ""


def with_cookie(app: Flask, cookie: str) -> FlaskClient:
    """Another browser with a copy of that cookie."""
    client = app.test_client()
    client.set_cookie(COOKIE, cookie)
    return client


def is_in(client: FlaskClient) -> bool:
    """Signed in, by what a part of a page answers."""
    return client.get("/me", headers=FRAGMENT).status_code == 200


def test_a_visitor_gets_no_cookie_and_no_row(app: Flask, world: World) -> None:
    client = app.test_client()
    assert client.get("/login").status_code == 200 and client.get("/").status_code == 303
    assert cookie_of(client) == ""
    with app.app_context():
        assert db.session.execute(db.select(LoginSession)).first() is None


def test_the_cookie_is_closed_to_scripts_and_foreign_pages_and_ends_with_the_browser(app: Flask, world: World) -> None:
    answer = app.test_client().post("/login", data={"login": "boris", "password": PASSWORD}, headers=ORIGIN)
    parts = {part.strip().partition("=")[0] for part in answer.headers["Set-Cookie"].split(";")}
    assert parts == {COOKIE, "HttpOnly", "SameSite", "Path"} and "SameSite=Lax" in answer.headers["Set-Cookie"]


def test_every_login_gets_a_new_id_and_the_former_one_is_worth_nothing(app: Flask, world: World) -> None:
    client = app.test_client()
    client.set_cookie(COOKIE, "planted-by-somebody")
    first = sign_in(client, "boris")
    second = sign_in(client, "boris")
    assert len({"planted-by-somebody", first, second}) == 3 and len(first) >= 43
    assert not is_in(with_cookie(app, "planted-by-somebody")) and not is_in(with_cookie(app, first)) and is_in(with_cookie(app, second))


def test_the_next_person_at_a_shared_computer_ends_the_login_of_the_former(app: Flask, world: World) -> None:
    client = app.test_client()
    boris = sign_in(client, "boris")
    assert "Здесь открыт чужой вход (Лукин" in client.get("/login").text
    sign_in(client, "anna")
    assert not is_in(with_cookie(app, boris))


def test_the_database_keeps_no_id_that_opens_anything(app: Flask, world: World) -> None:
    client = app.test_client()
    cookie = sign_in(client, "boris")
    stored = b"".join(path.read_bytes() for path in app.config["DATA"].glob("mentor.db*"))
    assert hash_of(cookie).encode() in stored and cookie.encode() not in stored
    assert not is_in(with_cookie(app, hash_of(cookie)))


def leave(boris: FlaskClient, dina: Browser, world: World) -> None:
    boris.post("/logout", headers=ORIGIN)


def change_password(boris: FlaskClient, dina: Browser, world: World) -> None:
    changed = {"old": PASSWORD, "new": "три новых слова", "again": "три новых слова"}
    assert boris.post("/me/password", data=changed, headers=ORIGIN).status_code == 303


def lose_the_card(boris: FlaskClient, dina: Browser, world: World) -> None:
    assert dina.post(f"/accounts/{world.people['boris']}/password", {"once": "k"}).status_code == 200


def be_closed_out(boris: FlaskClient, dina: Browser, world: World) -> None:
    assert dina.post(f"/accounts/{world.people['boris']}/disable").status_code == 303


def go_to_the_archive(boris: FlaskClient, dina: Browser, world: World) -> None:
    with boris.application.app_context(), writing() as session:
        session.get_one(Person, world.people["boris"]).archived_at = boris.application.config["CLOCK"]()


ENDINGS = [leave, change_password, lose_the_card, be_closed_out, go_to_the_archive]


@pytest.mark.parametrize("ending", ENDINGS, ids=lambda ending: ending.__name__)
def test_a_copied_cookie_is_worth_nothing_after(app: Flask, as_user: AsUser, world: World, ending: Callable[..., None]) -> None:
    boris, elsewhere = app.test_client(), app.test_client()
    here, there = sign_in(boris, "boris"), sign_in(elsewhere, "boris")
    ending(boris, as_user("dina"), world)
    thief = with_cookie(app, here)
    assert thief.get("/me", headers=FRAGMENT).status_code == 401
    assert thief.get("/me").headers["Location"] == "/login?next=/me"
    # Leaving ends this browser only; every other ending ends them all, and who changed her own password stays in.
    assert is_in(with_cookie(app, there)) == (ending is leave)
    assert is_in(boris) == (ending is change_password)


def test_a_role_that_ends_ends_at_once(as_user: AsUser, world: World) -> None:
    inna, role = as_user("inna"), {"kind": "director"}
    assert inna.get("/people").status_code == 200
    dina, person = as_user("dina"), world.people["inna"]
    ends = [word.split('"')[0] for word in dina.get(f"/accounts/{person}").text.split('action="') if "/end" in word.split('"')[0]]
    assert dina.post(ends[0]).status_code == 303
    assert inna.get("/people").status_code == 404
    assert dina.post(f"/accounts/{person}/roles", role).status_code == 303
    assert inna.get("/people").status_code == 200


def test_an_idle_login_ends_after_half_an_hour_and_work_keeps_it(app: Flask, world: World, clock: Clock) -> None:
    client = app.test_client()
    sign_in(client, "boris")
    for _ in range(4):
        clock.pass_by(minutes=29)
        assert is_in(client)
    clock.pass_by(minutes=31)
    assert not is_in(client)


def test_after_ten_hours_of_work_the_password_is_asked_again(app: Flask, world: World, clock: Clock) -> None:
    client = app.test_client()
    sign_in(client, "boris")
    for _ in range(24):
        clock.pass_by(minutes=25)
        assert is_in(client)
    clock.pass_by(minutes=1)
    assert not is_in(client)


@pytest.mark.parametrize("jump", [-1, -24, -24 * 20_000], ids=["an hour", "a day", "to 1972"])
def test_a_clock_that_went_back_throws_nobody_out(app: Flask, world: World, clock: Clock, jump: int) -> None:
    client = app.test_client()
    sign_in(client, "boris")
    clock.pass_by(hours=jump)
    assert is_in(client)


def test_a_clock_that_leapt_and_was_put_right_has_thrown_nobody_out(app: Flask, world: World, clock: Clock) -> None:
    client = app.test_client()
    sign_in(client, "boris")
    clock.pass_by(days=32)
    assert not is_in(client)
    clock.pass_by(days=-32)
    assert is_in(client)


def test_looking_writes_no_more_than_every_five_minutes(app: Flask, world: World, clock: Clock) -> None:
    client = app.test_client()
    cookie = sign_in(client, "boris")
    moments = []
    for minutes in (0, 4, 2, 3):
        clock.pass_by(minutes=minutes)
        assert is_in(client)
        with app.app_context():
            moments.append(db.session.get_one(LoginSession, hash_of(cookie)).seen_at)
    assert moments[0] == moments[1] < moments[2] == moments[3]


def test_a_busy_writer_spoils_no_page_and_a_login_is_asked_to_come_again(
    app: Flask, world: World, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(database, "WRITER_PATIENCE_SECONDS", 0.01)
    client = app.test_client()
    sign_in(client, "boris")
    clock.pass_by(minutes=6)
    with database._writer:
        assert is_in(client)
        answer = app.test_client().post("/login", data={"login": "anna", "password": PASSWORD}, headers=ORIGIN)
    assert answer.status_code == 503 and "Школьный компьютер занят" in answer.text
    clock.pass_by(minutes=28)
    assert not is_in(client)  # It was last noted at the login: the page was only shown, not noted.


@contextmanager
def full_disk() -> Iterator[None]:
    """No file of this process can be written to beyond its first bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def a_database_that_is_only_read(app: Flask) -> Iterator[None]:
    def close(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA query_only=ON")

    with app.app_context():
        engine = db.engine
    engine.dispose()
    sa.event.listen(engine, "connect", close)
    try:
        yield
    finally:
        sa.event.remove(engine, "connect", close)
        engine.dispose()


@contextmanager
def another_program_that_writes(app: Flask) -> Iterator[None]:
    """It has the file for longer than anybody waits."""
    with closing(sqlite3.connect(app.config["DATA"] / "mentor.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


OBSTACLES = {
    "a full disk": lambda app: full_disk(),
    "a database that is only read": a_database_that_is_only_read,
    "another program that writes": another_program_that_writes,
}


@pytest.mark.parametrize("obstacle", OBSTACLES)
def test_a_page_is_shown_though_nothing_can_be_written(
    app: Flask, world: World, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, obstacle: str
) -> None:
    monkeypatch.setattr(database, "PRAGMAS", (*database.PRAGMAS, "busy_timeout=10"))
    with app.app_context():
        db.engine.dispose()
    client = app.test_client()
    sign_in(client, "boris")
    clock.pass_by(minutes=6)
    with OBSTACLES[obstacle](app):
        for page in ("/", "/me", f"/plans/{world.plans['boris_mentee']}"):
            assert client.get(page).status_code == 200, page
    assert caplog.records == []
    clock.pass_by(minutes=23)
    assert is_in(client)
    clock.pass_by(minutes=29)
    assert is_in(client)  # Noted again, as soon as it could be.
