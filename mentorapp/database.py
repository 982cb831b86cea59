"""The database: engine settings, the one writer, column types. With `prepared` the only room that knows SQLite from PostgreSQL."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import Enum
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

import sqlalchemy as sa
from flask import Flask, g
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Session, registry

# The schema this program reads and writes; a test compares it with the newest file in migrations/.
SCHEMA = "0009"

# Waiting longer than a person's patience helps nobody; then the page says that the school's computer is busy.
WRITER_PATIENCE_SECONDS = 15

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # NORMAL may lose edits that were already shown as saved when the power goes.
    "foreign_keys=ON",
    "busy_timeout=30000",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "temp_store=MEMORY",
    "cache_size=-2000",  # 2 MB for each connection, of which a thread may have two
    "journal_size_limit=16777216",
)

BigId = sa.BigInteger().with_variant(sa.Integer, "sqlite")


class UtcDateTime(sa.TypeDecorator[datetime]):
    """A moment: aware in Python, stored as naive UTC, so that every database orders it alike."""

    impl = sa.DateTime
    cache_ok = True
    python_type = datetime

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        return value if value is None else value.replace(tzinfo=UTC)


# Constraint names that migrations can find again, whatever the database.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What all tables share: constraint names and the column types of Python's types."""

    registry = registry(
        metadata=sa.MetaData(naming_convention=NAMES),
        type_annotation_map={
            datetime: UtcDateTime,
            dict[str, Any]: sa.JSON,
            dict[str, str]: sa.JSON,
            list[dict[str, Any]]: sa.JSON,
            Enum: sa.Enum(Enum, native_enum=False, length=20, values_callable=lambda kind: [member.value for member in kind]),
        },
    )


# No autoflush: the journal compares objects with what was loaded, so nothing may be flushed behind its back.
db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False, "autoflush": False})

# Flask-SQLAlchemy builds its model class at run time, which type checkers cannot follow.
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class JsonText(sa.types.UserDefinedType[str]):
    """JSON that is given and taken as the text that stands in the database: for what is large, and seldom wanted taken apart."""

    cache_ok = True

    def get_col_spec(self, **_given: Any) -> str:
        return "JSON"


AUTO = {"sqlite_autoincrement": True}

_writer = Lock()


class WriterBusy(Exception):
    """Another change held the database longer than a person should wait."""


@contextmanager
def writing() -> Iterator[Session]:
    """One change of the database: everything inside is committed together at the end, or nothing is.

    It ends an open read transaction, takes the one writer lock and begins at once as a writer, so that what is
    read inside is what will be changed. Whatever was loaded before is loaded anew. Raises WriterBusy after
    WRITER_PATIENCE_SECONDS, RuntimeError when entered twice or after an unfinished change.
    """
    session = db.session()
    if is_writing():
        raise RuntimeError("writing() was entered twice")
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("something was changed before writing()")
    end_reading()
    if not _writer.acquire(timeout=WRITER_PATIENCE_SECONDS):
        raise WriterBusy
    session.info["writing"] = True
    try:
        session.connection(execution_options={"writing": True})
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("writing", None)
        _writer.release()


def is_writing() -> bool:
    """Whether this is inside writing()."""
    return db.session.registry.has() and bool(db.session().info.get("writing"))


def driver() -> Any:
    """The driver's own connection, inside the transaction of the session if one is open, else in a read transaction of its own.

    So a request that only sends prepared statements needs no session. The read transaction ends with the request, or when
    writing() begins; if a session is opened meanwhile, statements go to it from then on, and see what was written since.
    """
    if db.session.registry.has():
        session = db.session()
        if session.in_transaction():
            return session.connection().connection.dbapi_connection
    if "reader" not in g:
        g.reader = db.engine.raw_connection()
        g.reader.dbapi_connection.execute("BEGIN")
    return g.reader.dbapi_connection


def this_request() -> dict[str, Any]:
    """What was asked of the database and holds for the whole request or command; gone with it."""
    kept: dict[str, Any] = g.setdefault("asked_once", {})
    return kept


def end_reading() -> None:
    """Hold nothing of the database any more, before something that takes its time: printing, the hash of a password."""
    db.session.rollback()
    _give_reader_back()


def _give_reader_back(_problem: BaseException | None = None) -> None:
    """The pool rolls its transaction back."""
    reader = g.pop("reader", None)
    if reader is not None:
        reader.close()


def table_of(model: type[Base]) -> sa.Table:
    """The bare table of a model, for writes that need nothing of the ORM."""
    return cast(sa.Table, model.__table__)


def use_sqlite_well(engine: sa.Engine) -> None:
    """Set every connection of a SQLite engine up: PRAGMAs, and BEGIN said by us instead of guessed by the driver."""

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begun(connection: sa.Connection) -> None:
        # Said to the driver itself: through SQLAlchemy these five letters would cost more than a query.
        driver: Any = connection.connection.dbapi_connection
        try:
            driver.execute("BEGIN IMMEDIATE" if connection.get_execution_options().get("writing") else "BEGIN")
        except sqlite3.OperationalError as problem:
            raise sa.exc.OperationalError("BEGIN", None, problem) from problem


def as_json(value: Any) -> str:
    """JSON columns keep Russian letters as they are: half the bytes, and readable in any tool."""
    return json.dumps(value, ensure_ascii=False)


def init(app: Flask) -> None:
    """Bind the database to the application; the tables are made by `create_tables`."""
    # Two connections for each of the four threads, `driver` and the session; nobody who has one may ever wait for the other.
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", {"pool_size": 8, "max_overflow": -1, "json_serializer": as_json})
    db.init_app(app)
    app.teardown_appcontext(_give_reader_back)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            use_sqlite_well(db.engine)


class SchemaIsNewer(Exception):
    """The database was made by a newer program; reading it with this one could damage it."""


class SchemaIsOlder(Exception):
    """The database was made by an older program and must be upgraded first."""


def prepare_tables() -> bool:
    """Make the tables of an empty database and check the schema mark of any other; True when they were made.

    Raises SchemaIsNewer or SchemaIsOlder. Alembic is not imported here: it costs a quarter of a second at each start.
    """
    if not sa.inspect(db.engine).has_table("alembic_version"):
        _create_tables()
        return True
    with db.engine.connect().execution_options(writing=True) as connection, connection.begin():
        mark = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() or ""
        if mark > SCHEMA:
            raise SchemaIsNewer
        if mark < SCHEMA:
            raise SchemaIsOlder
        # A file that can only be read is told of now, and not at the first save.
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :mark"), {"mark": mark})
    return False


def _create_tables() -> None:
    """Tables and the schema mark in one transaction, so that a power cut leaves an empty database or a whole one."""
    with db.engine.connect().execution_options(writing=True) as connection, connection.begin():
        db.metadata.create_all(connection)
        connection.execute(sa.text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
        connection.execute(sa.text("INSERT INTO alembic_version VALUES (:mark)"), {"mark": SCHEMA})


# Nobody is called by more words; a database takes a condition of some hundred parts, not of thousands.
MOST_WORDS = 12


def contains(column: sa.orm.InstrumentedAttribute[str], key: str) -> sa.ColumnElement[bool]:
    """Every word of `key` (a search key) stands somewhere in a stored search key; more than MOST_WORDS are not looked at."""
    return sa.and_(True, *(column.contains(word, autoescape=True) for word in key.split()[:MOST_WORDS]))
