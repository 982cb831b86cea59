"""The cast and the school that the tests play in. One prepared database file is copied for each test: WAL, lock and threads are real."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from mentorapp import create_app
from mentorapp.database import db
from mentorapp.models.forms import spec_of
from mentorapp.sessions import COOKIE, hash_of
from tests import school

os.environ["MENTORAPP_PDF_INVARIANT"] = "1"

# What makes root a user whom the modes of files concern. Another user would not do: he may have no way into the folder of the tests.
GIVE_UP_POWERS = (shutil.which("setpriv") or "setpriv", "--bounding-set", "-dac_override,-dac_read_search")

# Monday, in the middle of a school year.
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ORIGIN = {"Origin": "http://localhost"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="take all ten thousand generated forms, not a sample of them")


class Clock:
    """The application's clock in tests: it stands still until a test moves it."""

    def __init__(self) -> None:
        self.moment = NOW

    def __call__(self) -> datetime:
        return self.moment

    def pass_by(self, **delta: float) -> None:
        self.moment += timedelta(**delta)


class Browser:
    """A signed-in person at the test client: sends Origin as browsers do, and saves cells as the table does."""

    def __init__(self, client: FlaskClient, name: str) -> None:
        self.client, self.name = client, name

    def get(self, address: str, **kwargs: Any) -> TestResponse:
        return self.client.get(address, **kwargs)

    def post(self, address: str, data: Any = None, **kwargs: Any) -> TestResponse:
        headers = {**ORIGIN, **kwargs.pop("headers", {})}
        return self.client.post(address, data=data or {}, headers=headers, **kwargs)

    def save(self, item: school.Item, column: str, value: str, *, seen: str = "", sent: str | None = None) -> TestResponse:
        """Save one cell of the plan table."""
        data = {"value": value, "seen": seen} | ({"sent": sent} if sent is not None else {})
        return self.post(f"/plans/{item.plan_id}/items/{item.id}/{column}", data, headers={"HX-Request": "true"})


@pytest.fixture(scope="session")
def whom_modes_concern() -> tuple[str, ...]:
    """What stands before a command so that a folder closed for writing is closed to it, even for root."""
    if os.geteuid():
        return ()
    if not Path(GIVE_UP_POWERS[0]).is_absolute() or subprocess.run([*GIVE_UP_POWERS, "true"], check=False).returncode:
        pytest.skip("root cannot give up its powers here, so no folder can be closed to it")
    return GIVE_UP_POWERS


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, school.World]:
    """The folder with the prepared database, and the ids of what stands in it."""
    folder = tmp_path_factory.mktemp("prepared")
    app = create_app({"DATA": folder, "CLOCK": lambda: NOW})
    with app.app_context():
        world = school.build(NOW)
        db.session.execute(db.text("PRAGMA wal_checkpoint(TRUNCATE)"))
        db.session.rollback()
        db.engine.dispose()
    return folder, world


@pytest.fixture(scope="session")
def one_app(prepared: tuple[Path, school.World], tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One application for the whole run; each test gives it a fresh database."""
    folder = tmp_path_factory.mktemp("data")
    shutil.copy(prepared[0] / "mentor.db", folder / "mentor.db")
    return create_app({"DATA": folder, "SETUP_CODE": "482913"})


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(one_app: Flask, prepared: tuple[Path, school.World], clock: Clock) -> Iterator[Flask]:
    """The application over a fresh copy of the prepared school, outside any request."""
    data: Path = one_app.config["DATA"]
    with one_app.app_context():
        db.engine.dispose()
    for name in ("mentor.db-wal", "mentor.db-shm"):
        (data / name).unlink(missing_ok=True)
    shutil.rmtree(data / "backups", ignore_errors=True)
    shutil.copy(prepared[0] / "mentor.db", data / "mentor.db")
    one_app.config["CLOCK"] = clock
    spec_of.cache_clear()
    yield one_app


@pytest.fixture
def world(prepared: tuple[Path, school.World], app: Flask) -> school.World:
    """Who and what there is in the prepared school, by name."""
    return prepared[1]


@pytest.fixture
def mentee_item(world: school.World) -> school.Item:
    """The first row of Boris's own plan."""
    return world.items["boris_mentee"][0]


@pytest.fixture
def pair_item(world: school.World) -> school.Item:
    """The first row of the pair plan of Anna and Boris."""
    return world.items["boris_pair"][0]


@pytest.fixture
def as_user(app: Flask, world: school.World, clock: Clock) -> Callable[[str], Browser]:
    """Sign a member of the cast in; "" is an anonymous visitor."""

    def sign_in(name: str) -> Browser:
        client = app.test_client()
        if name:
            client.set_cookie(COOKIE, new_session(app, world.accounts[name], clock()))
        return Browser(client, name)

    return sign_in


def new_session(app: Flask, account_id: int, now: datetime) -> str:
    """A session row as a login makes it; returns the cookie."""
    from mentorapp.database import writing
    from mentorapp.models import LoginSession

    cookie = secrets.token_urlsafe(32)
    with app.app_context(), writing() as session:
        session.add(LoginSession(id_hash=hash_of(cookie), account_id=account_id, created_at=now, seen_at=now))
    return cookie
