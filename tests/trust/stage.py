"""The stage of these tests: the whole cast signed in, every sort of thing in every pair, and the database as it was after each act."""

import io
import secrets
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from mentorapp.database import db, writing
from mentorapp.domain.external import ClearanceKind
from mentorapp.domain.permissions import RoleKind
from mentorapp.forms.sheets_out import plan_book
from mentorapp.models import BaseEntry, Clearance, Consent, Meeting, Operation, Organisation, Pair, Person, PlanItem, Role
from mentorapp.models.people import PersonKind
from mentorapp.sessions import COOKIE
from tests import drafts
from tests.conftest import ORIGIN, new_session
from tests.forms.forms import SMALL, shipped_content
from tests.parts import give_parts
from tests.school import World
from tests.sheets import every_sheet
from tests.trust.filled import ATTACHED, BOOK, FILLED

# What a look at a page may change: when its reader was seen.
NOTED_BY_LOOKING = {("login_session", "seen_at"), ("account", "last_seen_at")}
Tables = dict[str, list[dict[str, Any]]]


def tables(file: Path) -> Tables:
    """Everything that stands in a database file, table by table."""
    with closing(sqlite3.connect(file)) as database:
        database.row_factory = sqlite3.Row
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
        return {name: [dict(row) for row in database.execute(f"SELECT * FROM {name} ORDER BY 1")] for name in sorted(names)}  # noqa: S608


def without(content: Tables, columns: set[tuple[str, str]]) -> Tables:
    """The same but for these columns."""
    return {
        name: [{column: value for column, value in row.items() if (name, column) not in columns} for row in rows]
        for name, rows in content.items()
    }


@dataclass(frozen=True)
class Scenery:
    """What every play begins with: a database file, the ids in it, and the cookies of the cast."""

    file: Path
    props: dict[str, dict[str, Any]]
    cookies: dict[str, str]
    content: Tables


def build(app: Flask, world: World, now: datetime) -> Scenery:
    """Put it up, once for all tests."""
    give_parts(app)
    props = _props(app, world, now)
    cookies = {name: new_session(app, account_id, now) for name, account_id in world.accounts.items()}
    file: Path = app.config["DATA"] / "mentor.db"
    with app.app_context():
        db.engine.dispose()
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Scenery(file, props, cookies, without(tables(file), NOTED_BY_LOOKING))


class Stage:
    """Acts of the cast through the HTTP client; `reset` puts the database back to where the play began."""

    def __init__(self, app: Flask, world: World, scenery: Scenery) -> None:
        self.app, self.world, self.scenery = app, world, scenery
        self.props, self.cookies, self.at_first = scenery.props, scenery.cookies, scenery.content
        self.file: Path = app.config["DATA"] / "mentor.db"
        self.reset()

    def reset(self) -> None:
        with self.app.app_context():
            db.engine.dispose()
        # A new file, not the old one written over: a reader that was forgotten must not see the new pages.
        for path in self.file.parent.glob("mentor.db*"):
            path.unlink()
        shutil.copy(self.scenery.file, self.file)

    def send(
        self, name: str, method: str, address: str, data: Any = None, *, fragment: bool = False, query: str | None = None, **headers: str
    ) -> TestResponse:
        """One request in a new browser; "" is an anonymous visitor."""
        client = self.app.test_client()
        if name:
            client.set_cookie(COOKIE, self.cookies[name])
        given = ORIGIN | ({"HX-Request": "true"} if fragment else {}) | {key.replace("_", "-"): value for key, value in headers.items()}
        return client.open(address, method=method, data=_with_files(data), headers=given, query_string=query, buffered=True)

    def tables(self) -> Tables:
        """The database without what looking at pages may change."""
        return without(tables(self.file), NOTED_BY_LOOKING)

    def address(self, template: str, pair: str) -> str:
        """«/plans/{plan}» with the ids of this pair."""
        return template.format_map(self.props[pair])

    def endpoint(self, method: str, address: str) -> str:
        """Which view answers there."""
        endpoint, _arguments = self.app.url_map.bind("localhost").match(address.partition("?")[0], method)
        return str(endpoint)

    def filled(self, endpoint: str, pair: str) -> dict[str, str]:
        """The form that this view takes, filled in for this pair, with a once-key of its own."""
        words = self.props[pair]
        given = {name.format_map(words): value.format_map(words) for name, value in FILLED[endpoint].items()}
        return {"once": secrets.token_hex(8)} | given


def _with_files(data: Any) -> Any:
    """A form with the file that it attaches, opened anew for each sending."""
    if not isinstance(data, dict) or not {ATTACHED, BOOK} & set(data.values()):
        return data
    files = {ATTACHED: ("small.toml", lambda: SMALL.encode()), BOOK: ("plan.xlsx", _book)}
    return {name: (io.BytesIO(files[value][1]()), files[value][0]) if value in files else value for name, value in data.items()}


@cache
def _book() -> bytes:
    return plan_book(next(plan for plan in shipped_content()["plans"] if plan["owner"] == "pair"))


def _props(app: Flask, world: World, now: datetime) -> dict[str, dict[str, Any]]:
    """For each pair the ids of one thing of each sort, by the words that addresses use."""
    with app.app_context():
        with writing() as session:
            session.add(nobody := Person(sex="f", kind=PersonKind.STAFF))
            nobody.rename("Тихая", "Нона", None)
            for pair_id in world.pairs.values():
                session.add(_meeting(session.get_one(Pair, pair_id), now))
            behind = Organisation(full_name="Городская библиотека", short_name="Библиотека", agreement_on=now.date())
            session.add(behind)
            for part in world.pairs:
                person = session.get_one(Person, world.people[part])
                person.organisation = behind
                person.clearances.append(Clearance(kind=ClearanceKind.OTHER, title="Справка", issued_on=now.date()))
            for items in world.items.values():
                session.get_one(PlanItem, items[-1].id).removed_at = now
            session.flush()
            sheets = {part: every_sheet(session.get_one(Pair, pair_id), world.people["vera"], now) for part, pair_id in world.pairs.items()}
            drafted = drafts.with_a_step("teacher-teacher", world.people["vera"], now)
        alone = {"nobody": nobody.id, "organisation": behind.id}
        return {part: _props_of(world, part, now) | sheets[part] | drafted | alone for part in world.pairs}


def _meeting(pair: Pair, now: datetime) -> Meeting:
    kind = pair.form_version.spec.meetings[0]
    agenda = [{"text": point, "done": False} for point in kind.agenda]
    meeting = Meeting(pair_id=pair.id, number=1, form_version_id=pair.form_version_id, type_id=kind.id, type_title=kind.title)
    meeting.agenda, meeting.planned_on = agenda, now.date()
    return meeting


def _props_of(world: World, part: str, now: datetime) -> dict[str, Any]:
    pair_id, person_id, items = world.pairs[part], world.people[part], world.items[f"{part}_mentee"]
    with writing() as session:
        operation = Operation(at=now, by_id=person_id, what="Правка", pair_id=pair_id, plan_id=items[0].plan_id)
        session.add(operation)
    role = db.session.execute(sa.select(Role).where(Role.kind == RoleKind.PSYCHOLOGIST)).scalar_one()
    return {
        "pair": pair_id,
        "plan": items[0].plan_id,
        "own_plan": world.plans[f"{part}_mentor"],
        "item": items[0].id,
        "binned": items[-1].id,
        "meeting": _first(Meeting.id, Meeting.pair_id == pair_id),
        "operation": operation.id,
        "person": person_id,
        "clearance": _first(Clearance.id, Clearance.person_id == person_id),
        "consent": _first(Consent.id, Consent.person_id == person_id),
        "entry": _first(BaseEntry.id, BaseEntry.person_id == person_id),
        "class": world.classes["9a"],
        "staff": role.person_id,
        "role": role.id,
        "form": "teacher-teacher",
        "title": session.get_one(PlanItem, items[0].id).title,
        "type": session.get_one(Pair, pair_id).form_version.spec.meetings[0].id,
        "newcomer": world.people["egor"],
        **{name: world.people[name] for name in ("boris", "gleb")},
    }


def _first(column: Any, condition: Any) -> int:
    return int(db.session.execute(sa.select(column).where(condition).order_by(column)).scalars().first() or 0)
