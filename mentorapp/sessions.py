"""Login sessions as rows, so that logout is real and a computer without a clock battery forgets nobody; the checks of Host and Origin.

Flask-Login works on top unchanged: it reads and writes `_user_id` in what it takes for Flask's session.
"""

import hashlib
import ipaddress
import re
import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, cast
from urllib.parse import SplitResult, urlsplit

import sqlalchemy as sa
from flask import Flask, Request, Response, abort, current_app, g, request
from flask.sessions import SessionInterface, SessionMixin
from flask_login import UserMixin

from mentorapp import clock
from mentorapp.database import WriterBusy, db, writing
from mentorapp.domain import names
from mentorapp.domain.permissions import Grant
from mentorapp.models import Account, LoginSession, Person, Role
from mentorapp.models.forms import NEWEST_CORRECTION, note_corrections
from mentorapp.models.roster import is_active
from mentorapp.prepared import Prepared

COOKIE = "sid"
SEEN_AT_MOST_EVERY = timedelta(minutes=5)
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
# Names that a small network gives itself, without a name server: mentor.local.
LOCAL_NAME = re.compile(r"([a-z0-9-]{1,63}\.)+local")
UNKNOWN_HOST = (
    "Этот адрес серверу не знаком. Данные целы. Откройте программу по адресу, который показал сервер при запуске; "
    "если у него есть имя в сети школы, впишите его в настройку HOST_NAME.\n"
)


class Login(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """Who is signed in and as what: all that a page's frame needs, read together with the session by one query."""

    def __init__(self, rows: list[Any]) -> None:
        row = rows[0]
        self.grants = tuple(Grant(one.kind, one.form_id, one.class_id) for one in rows if one.kind is not None)
        self.id = row.account_id
        self.person_id: int = row.person_id
        self.login: str = row.login
        self.person_row = row

    @property
    def short_name(self) -> str:
        return names.initials(self.person_row.last_name, self.person_row.first_name, self.person_row.patronymic)


class RowSession(dict[str, Any], SessionMixin):
    """Flask's session for one request. Only Flask-Login's keys ever stand in it; they live in the row's columns."""

    def __init__(self, row: Any | None = None) -> None:
        super().__init__()
        self.row = row
        if row is not None:
            self.update({"_user_id": str(row.account_id), "_fresh": True})
        self.is_login = False

    def __setitem__(self, key: str, value: Any) -> None:
        # Flask-Login puts the account here when somebody signs in, the same person once more included.
        self.is_login = self.is_login or key == "_user_id"
        super().__setitem__(key, value)


def hash_of(cookie: str) -> str:
    """What the database keeps of a session id."""
    return hashlib.sha256(cookie.encode()).hexdigest()


class RowSessions(SessionInterface):
    """Opaque id in the cookie, its hash in the table, no row for anonymous visitors. The id is new at each login."""

    def open_session(self, app: Flask, request: Request) -> RowSession:
        cookie = request.cookies.get(COOKIE)
        # Static files are the same for everyone; asking who wants them would cost a query each.
        rows = _find(cookie) if cookie and request.endpoint != "static" else []
        g.login = g.former = None
        if rows:
            note_corrections(rows[0].newest_correction)
        if rows and _has_run_out(rows[0]):
            g.former = Login(rows)
        elif rows:
            g.login = Login(rows)
        return RowSession(rows[0] if g.login else None)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        session = cast(RowSession, session)
        account_id = int(session["_user_id"]) if "_user_id" in session else None
        if account_id is not None and session.is_login:
            self._begin(account_id, session, response)
        elif account_id is None and session.row is not None:
            end_session(session.row.id_hash)
            response.delete_cookie(COOKIE, path="/")
        elif session.row is not None and clock.now() - session.row.seen_at > SEEN_AT_MOST_EVERY:
            _touch(session.row)

    def _begin(self, account_id: int, session: RowSession, response: Response) -> None:
        cookie = secrets.token_urlsafe(32)
        now = clock.now()
        try:
            self._write(account_id, session, hash_of(cookie), now)
        except WriterBusy:
            # She is asked to come again, on a page for the visitor that she still is.
            session.clear()
            g.pop("_login_user", None)
            raise
        response.set_cookie(COOKIE, cookie, httponly=True, samesite="Lax", path="/")

    def _write(self, account_id: int, session: RowSession, id_hash: str, now: datetime) -> None:
        with writing() as database:
            if session.row is not None:
                database.execute(sa.delete(LoginSession).where(LoginSession.id_hash == session.row.id_hash))
            database.add(LoginSession(id_hash=id_hash, account_id=account_id, created_at=now, seen_at=now))
            database.execute(sa.update(Account).where(Account.id == account_id).values(last_seen_at=now))


# Every request asks this.
SESSION_BY_HASH = Prepared(
    sa.select(
        LoginSession.id_hash, LoginSession.seen_at, LoginSession.created_at, Account.id.label("account_id"), Account.login,
        Person.id.label("person_id"), Person.last_name, Person.first_name, Person.patronymic, Role.kind, Role.form_id, Role.class_id,
        NEWEST_CORRECTION.label("newest_correction"),
    )
    .join_from(LoginSession, Account, LoginSession.account_id == Account.id)
    .join(Person, Account.person_id == Person.id)
    .outerjoin(Role, sa.and_(Role.person_id == Person.id, is_active(sa.bindparam("today"))))
    .where(LoginSession.id_hash == sa.bindparam("id_hash"), Account.disabled_at.is_(None), Person.archived_at.is_(None))
)  # fmt: skip


def _find(cookie: str) -> list[Any]:
    """Session, account, person and her roles today: a row for each role, or none when it was ended or the account is closed."""
    return SESSION_BY_HASH.rows(id_hash=hash_of(cookie), today=clock.today())


def _has_run_out(row: Any) -> bool:
    """Nobody worked here for too long, or somebody for longer than a day's work."""
    idle = timedelta(minutes=current_app.config["SESSION_IDLE_MINUTES"])
    whole = timedelta(hours=current_app.config["SESSION_HOURS"])
    now = clock.now()
    return bool(now - row.seen_at > idle or now - row.created_at > whole)


def _touch(row: Any) -> None:
    """Note that somebody works here. With a busy writer or a full disk the next request will note it: no page fails for that."""
    now = clock.now()
    with suppress(WriterBusy, sa.exc.OperationalError), writing() as database:
        database.execute(sa.update(LoginSession).where(LoginSession.id_hash == row.id_hash).values(seen_at=now))


def end_session(id_hash: str) -> None:
    """Sign one browser out for good: a copied cookie is worth nothing afterwards."""
    with writing() as database:
        database.execute(sa.delete(LoginSession).where(LoginSession.id_hash == id_hash))


def end_sessions_of(account_id: int) -> None:
    """Sign every browser of an account out; called inside writing() when it is disabled or its password changes."""
    db.session.execute(sa.delete(LoginSession).where(LoginSession.account_id == account_id))


def check_host() -> None:
    """Only the school's own network may be meant: a foreign name in Host is how DNS rebinding begins."""
    # A prefix before the addresses is none of ours either: pages keep the addresses they were painted with.
    if request.root_path or not _is_own_host(request.host, current_app.config["HOST_NAME"].casefold()):
        # No page: its style sheet would be refused by the same rule.
        abort(Response(UNKNOWN_HOST, 400, mimetype="text/plain"))


@lru_cache(maxsize=64)
def _is_own_host(host: str, own_name: str) -> bool:
    name = (_split(f"//{host}").hostname or "").casefold()
    if name == "localhost" or LOCAL_NAME.fullmatch(name) or name == own_name != "":
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_private or address.is_loopback


def check_origin() -> None:
    """A state is changed only from our own pages: Origin must name the host that was asked. Missing is foreign."""
    if request.method in SAFE_METHODS:
        return
    origin = _split(request.headers.get("Origin", ""))
    # Schemes are not compared: TLS may stand in front of us.
    if not origin.netloc or origin.netloc.casefold() != request.host.casefold():
        abort(403, "Запрос пришёл не со страницы этого сайта. Ничего не изменено. Откройте страницу заново и повторите.")


def _split(address: str) -> SplitResult:
    """The parts of an address; what is none has no parts."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")
