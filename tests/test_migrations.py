"""The way by migrations leads to the very schema that the models make, and loses nothing on the way."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from mentorapp import create_app
from mentorapp.database import SCHEMA, db
from mentorapp.settings import ROOT
from tests.school import World
from tests.trust.stage import tables

MIGRATIONS = ROOT / "migrations"


def alembic(data: Path, folder: Path = MIGRATIONS) -> Config:
    """Alembic as a developer calls it, for the database of this folder."""
    return Config(folder / "alembic.ini", cmd_opts=type("Options", (), {"x": [f"data={data}"]})())


def schema_of(file: Path) -> dict[str, Any]:
    """What a database is made of, by meaning: the order of constraints and the spelling of SQL do not count."""
    engine = sa.create_engine(f"sqlite:///{file}", poolclass=sa.NullPool)
    with engine.connect() as connection:
        found = {name: _table(connection, name) for name in sa.inspect(connection).get_table_names()}
    engine.dispose()
    return found


def _table(connection: sa.Connection, name: str) -> dict[str, Any]:
    inspector = sa.inspect(connection)
    made = str(connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).scalar_one())
    columns = inspector.get_columns(name)
    return {
        "columns": [(column["name"], str(column["type"]), column["nullable"], column["default"]) for column in columns],
        "key": inspector.get_pk_constraint(name)["constrained_columns"],
        "counts its ids": "AUTOINCREMENT" in made,
        "references": _sorted(
            inspector.get_foreign_keys(name), "name", "constrained_columns", "referred_table", "referred_columns", "options"
        ),
        "unique": _sorted(inspector.get_unique_constraints(name), "name", "column_names"),
        "indexes": _sorted(inspector.get_indexes(name), "name", "column_names", "unique"),
        "checks": _sorted(inspector.get_check_constraints(name), "name", "sqltext"),
    }


def _sorted(found: Any, *keys: str) -> list[str]:
    return sorted(str([row[key] for key in keys]) for row in found)


def test_the_migrated_schema_is_the_created_one(tmp_path: Path) -> None:
    made, migrated = tmp_path / "made", tmp_path / "migrated"
    migrated.mkdir()
    with create_app({"DATA": made, "PLUGINS": tmp_path}).app_context():
        db.engine.dispose()
    command.upgrade(alembic(migrated), "head")
    schema = schema_of(migrated / "mentor.db")
    assert schema == schema_of(made / "mentor.db")
    assert len(schema) > 20 and schema["person"]["counts its ids"] and schema["plan_item"]["references"]
    assert tables(migrated / "mentor.db")["alembic_version"] == [{"version_num": SCHEMA}]


def test_the_program_reads_the_newest_schema_and_migrations_stand_in_one_row() -> None:
    scripts = ScriptDirectory.from_config(Config(MIGRATIONS / "alembic.ini"))
    assert scripts.get_heads() == [SCHEMA]
    files = sorted(path.name[:4] for path in MIGRATIONS.glob("versions/*.py"))
    assert files == sorted(script.revision for script in scripts.walk_revisions())


def test_a_developer_finds_nothing_to_migrate(tmp_path: Path) -> None:
    command.upgrade(alembic(tmp_path), "head")
    command.check(alembic(tmp_path))


def test_the_program_starts_on_a_migrated_database(tmp_path: Path) -> None:
    command.upgrade(alembic(tmp_path), "head")
    app = create_app({"DATA": tmp_path})
    assert app.test_client().get("/setup").status_code == 200
    with app.app_context():
        db.engine.dispose()


def test_evaluations_from_before_stay_about_the_whole_pair_with_all_their_marks(tmp_path: Path) -> None:
    command.upgrade(alembic(tmp_path), "0007")
    with closing(sqlite3.connect(tmp_path / "mentor.db")) as database:
        for table in ("person", "mentoring_form", "form_version", "pair", "evaluation", "mark"):
            _row_of_ones(database, table)
        database.commit()
    before = tables(tmp_path / "mentor.db")
    command.upgrade(alembic(tmp_path), "0008")
    after = tables(tmp_path / "mentor.db")
    assert len(before["mark"]) == 1 and after["mark"] == before["mark"]
    assert after["evaluation"] == [row | {"participant_id": None} for row in before["evaluation"]]


def _row_of_ones(database: sqlite3.Connection, table: str) -> None:
    """The first row, with 1 wherever there must be something: so each refers to the first row of another table."""
    names = [name for _no, name, _type, needed, *_rest in database.execute(f"PRAGMA table_info({table})") if needed]
    database.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('1' for _ in names)})")  # noqa: S608


# --- The next migration, which is not written yet ---

REBUILD = """
    with op.batch_alter_table("person", table_kwargs={"sqlite_autoincrement": True}) as person:
        person.add_column(sa.Column("nickname", sa.String(), nullable=False, server_default=""))
        person.alter_column("sex", nullable=True)
"""
BREAK = """
    op.create_table("first", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("UPDATE person SET last_name = ''")
    op.create_table("second", sa.Column("id", sa.Integer(), primary_key=True))
    raise RuntimeError("the power went")
"""
ORPHAN = """
    op.execute("DELETE FROM person WHERE id = 2")
"""
Next = Callable[[str], Path]


@pytest.fixture
def with_next(tmp_path: Path) -> Next:
    """The folder of migrations with one more."""

    def make(body: str) -> Path:
        folder = tmp_path / "migrations"
        shutil.copytree(MIGRATIONS, folder)
        head = f'import sqlalchemy as sa\nfrom alembic import op\n\nrevision = "9999"\ndown_revision = "{SCHEMA}"\n\n\ndef upgrade():'
        (folder / "versions" / "9999_next.py").write_text(head + body, encoding="utf-8")
        return folder

    return make


@pytest.fixture
def school(prepared: tuple[Path, World], tmp_path: Path) -> Path:
    """A folder with the school of the tests."""
    (tmp_path / "data").mkdir()
    shutil.copy(prepared[0] / "mentor.db", tmp_path / "data" / "mentor.db")
    return tmp_path / "data"


def test_rebuilding_a_table_keeps_its_rows_its_children_and_its_counting(school: Path, with_next: Next) -> None:
    before = tables(school / "mentor.db")
    last = max(row["id"] for row in before["person"])
    command.upgrade(alembic(school, with_next(REBUILD)), "head")
    after = tables(school / "mentor.db")
    assert [{**row, "nickname": ""} for row in before.pop("person")] == after.pop("person")
    assert after.pop("alembic_version") != before.pop("alembic_version") and after == before
    assert schema_of(school / "mentor.db")["person"]["counts its ids"]
    with closing(sqlite3.connect(school / "mentor.db")) as database:
        assert database.execute("SELECT seq FROM sqlite_sequence WHERE name = 'person'").fetchone() == (last,)


@pytest.mark.parametrize("body,error", [(BREAK, "RuntimeError"), (ORPHAN, "BrokenReferences")], ids=["error in the middle", "orphans"])
def test_a_migration_that_fails_leaves_the_database_as_it_was(school: Path, with_next: Next, body: str, error: str) -> None:
    before = (tables(school / "mentor.db"), schema_of(school / "mentor.db"))
    folder = with_next(body)
    with pytest.raises(Exception, match="the power went|") as raised:  # the class of one lives in a file that only Alembic imports
        command.upgrade(alembic(school, folder), "head")
    assert raised.typename == error
    assert (tables(school / "mentor.db"), schema_of(school / "mentor.db")) == before
