"""The database of a former version comes to this one whole, or stays as it was; an upgrade that is stopped half-way leaves no half."""

import json
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command

from mentorapp import backup, cli, create_app, upgrade
from mentorapp.database import SCHEMA, db
from mentorapp.settings import ROOT
from tests.conftest import NOW, ORIGIN
from tests.school import PASSWORD
from tests.test_imports import STANDARD, imports_of
from tests.test_migrations import alembic, schema_of
from tests.trust.served import Served, free_port
from tests.trust.stage import Tables, tables
from tests.trust.test_cannot_start import the_one_line

RELEASED = sorted((ROOT / "tests" / "data").glob("schema-*.sql"))
NEXT = "9999"
ANY_NAME = "школа № 5 #50% ?"  # Not easy to handle for whoever takes it for an address or a pattern.
BEGINS = "Базу вела прежняя версия программы. Обновляю, это займёт до нескольких минут…"


def lay(release: Path, data: Path) -> Path:
    """A data folder with the school of a released version."""
    data.mkdir()
    with closing(sqlite3.connect(data / "mentor.db")) as database:
        database.executescript(release.read_text(encoding="utf-8"))
    return data


# --- Every released version comes to this one ---


class Upgraded:
    """What a released school was, what was said, and what it became."""

    def __init__(self, release: Path, folder: Path) -> None:
        self.data, self.said = lay(release, folder / ANY_NAME), list[str]()
        self.before = tables(self.data / "mentor.db")
        upgrade.bring_up(self.data, SCHEMA, NOW, self.said.append)
        self.after = tables(self.data / "mentor.db")


@pytest.fixture(scope="module", params=RELEASED, ids=lambda path: path.stem)
def upgraded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Upgraded:
    return Upgraded(request.param, tmp_path_factory.mktemp("upgraded"))


def lost(before: Tables, after: Tables) -> list[Any]:
    """Rows that are not there any more; they are compared by the columns that the table has kept."""
    found: list[Any] = []
    for name, rows in before.items():
        now = after.get(name, [])
        columns = [column for column in (rows or [{}])[0] if now and column in now[0]]
        there = {tuple(row[column] for column in columns) for row in now}
        found += [(name, row) for row in rows if tuple(row[column] for column in columns) not in there]
    return found


def test_a_released_school_comes_to_this_version_with_every_row(upgraded: Upgraded) -> None:
    before, after = upgraded.before, upgraded.after
    assert len(before["plan_item"]) > 50 and len(before["operation"]) > 20 and len(before["change"]) > 40 and len(before["meeting"]) > 3
    assert after["alembic_version"] == [{"version_num": SCHEMA}]
    assert lost({name: rows for name, rows in before.items() if name != "alembic_version"}, after) == []


def test_what_an_upgrade_makes_of_a_released_school_is_what_the_program_would_make(upgraded: Upgraded, tmp_path: Path) -> None:
    with create_app({"DATA": tmp_path}).app_context():
        db.engine.dispose()
    shutil.copy(upgraded.data / "mentor.db", tmp_path / "upgraded.db")
    assert schema_of(tmp_path / "upgraded.db") == schema_of(tmp_path / "mentor.db")


def test_people_go_on_working_in_an_upgraded_school(upgraded: Upgraded) -> None:
    app = create_app({"DATA": upgraded.data, "CLOCK": lambda: NOW})
    anna = app.test_client()
    assert anna.post("/login", data={"login": "anna", "password": PASSWORD}, headers=ORIGIN).status_code == 303
    assert "Показать журнал; «кавычки», &#39; и ; в строке" in anna.get("/plans/1").text
    assert "После утверждения переписано" in anna.get("/plans/1/items/5/history").text
    assert "карантин" in anna.get("/pairs/1/meetings").text
    assert "План утверждён" in anna.get("/pairs/1/history").text
    with app.app_context():
        db.engine.dispose()


def test_the_person_is_told_of_an_upgrade_and_of_nothing_else(upgraded: Upgraded) -> None:
    (was,) = upgraded.before["alembic_version"]
    copies = backup.backups(upgraded.data)
    if was["version_num"] == SCHEMA:
        assert (upgraded.said, copies) == ([], [])
    else:
        assert upgraded.said[-1] == f"База обновлена для этой версии программы. Копия прежней: {copies[0]}"
        assert tables(copies[0]) == upgraded.before


# --- The version after this one, which is not written yet ---

NEXT_MIGRATION = """
    with op.batch_alter_table("person", table_kwargs={"sqlite_autoincrement": True}) as person:
        person.add_column(sa.Column("nickname", sa.String(), nullable=False, server_default=""))
        person.alter_column("sex", nullable=True)
    key = sa.Column("id", sa.Integer(), primary_key=True)
    op.create_table("badge", key, sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id")))
    op.execute("INSERT INTO badge (person_id) SELECT id FROM person ORDER BY id")
    op.execute("UPDATE person SET nickname = first_name")
"""
# What a migration must not do, with the words that developers find in the log.
BAD = {
    "fails": ("    op.execute('UPDATE person SET sex = NULL')", "NOT NULL constraint failed: person.sex"),
    "tells": ("    op.bulk_insert(sa.table('school', sa.column('town')), [{'town': 'Тай' + 'ное'}])", "[SQL parameters hidden"),
    "loses a row": ("    op.execute('DELETE FROM change WHERE id = 7')", "change: 48 rows became 47"),
    "loses a table": ("    op.drop_table('attendance')", "attendance: 2 rows became none"),
    "leaves orphans": ("    op.execute('UPDATE plan SET pair_id = 99')", "BrokenReferences"),
}


def migrations_with(body: str, folder: Path) -> Path:
    """The folder of migrations with one more."""
    shutil.copytree(ROOT / "migrations", folder, ignore=shutil.ignore_patterns("__pycache__"))
    head = f'import sqlalchemy as sa\nfrom alembic import op\n\nrevision = "{NEXT}"\ndown_revision = "{SCHEMA}"\n\n\ndef upgrade():\n'
    (folder / "versions" / f"{NEXT}_next.py").write_text(head + body, encoding="utf-8")
    return folder


def program_with(body: str, folder: Path) -> Path:
    """The folder of the whole program as its next version will be: with one migration more, and a schema that is newer."""
    shutil.copytree(ROOT / "mentorapp", folder / "mentorapp", ignore=shutil.ignore_patterns("__pycache__"))
    code = (ROOT / "mentorapp" / "database.py").read_text(encoding="utf-8")
    (folder / "mentorapp" / "database.py").write_text(code.replace(f'SCHEMA = "{SCHEMA}"', f'SCHEMA = "{NEXT}"'), encoding="utf-8")
    migrations_with(body, folder / "migrations")
    for name in ("templates", "static", "plugins", "tests"):
        (folder / name).symlink_to(ROOT / name)
    return folder


@pytest.fixture(scope="module")
def next_version(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return program_with(NEXT_MIGRATION, tmp_path_factory.mktemp("next"))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The school of the first version."""
    return lay(RELEASED[0], tmp_path / ANY_NAME)


def test_after_restoring_an_older_copy_the_next_start_upgrades_it(
    data: Path, next_version: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tables(data / "mentor.db")
    assert cli.main(["backup", "--data", str(data)]) == 0
    (copy,) = backup.backups(data)
    for number in range(20):  # More than are kept: an upgrade lets none of them go.
        (data / "backups" / f"mentor-20200101-0000{number:02}.db").write_text("an old copy")
    command.upgrade(alembic(data, next_version / "migrations"), "head")
    assert tables(data / "mentor.db") != before
    assert cli.main(["restore", str(copy), "--data", str(data)]) == 0 and tables(data / "mentor.db") == before
    (data / "mentor.db").chmod(0o640)
    monkeypatch.setattr("tests.trust.served.ROOT", next_version)
    school = Served(data)
    answer = school.send("POST", "/login", {"login": "anna", "password": PASSWORD})
    first, second, third, *_rest = school.stop().splitlines()
    assert answer.status == 303 and third.startswith("Откройте в браузере")
    assert first == BEGINS
    told, _colon, path = second.partition(": ")
    assert told == "База обновлена для этой версии программы. Копия прежней"
    assert tables(Path(path)) == before and len(backup.backups(data)) == 21
    after = tables(data / "mentor.db")
    assert {name for name, _row in lost(before, after)} == {"account", "alembic_version"}  # Anna was seen, and the mark is new.
    assert len(after["badge"]) == len(before["person"])
    assert stat.S_IMODE((data / "mentor.db").stat().st_mode) == 0o640  # Who may read it is the school's affair.


def test_a_refusal_is_one_line_and_nothing_is_touched(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(data / "mentor.db")) as database:
        database.execute("DELETE FROM pair")  # Damaged: so much points at what is gone.
        database.commit()
    before = (data / "mentor.db").read_bytes()
    assert cli.main(["serve", "--data", str(data), "--port", str(free_port())]) == 1
    said = capsys.readouterr()
    assert said.out.splitlines() == [BEGINS]
    assert the_one_line(said.err) == (
        "Базу не удалось обновить для этой версии программы: она повреждена или не прочиталась с диска. Она не тронута; "
        "запустите снова, а если не поможет, верните её из копии: ./run restore ФАЙЛ."
    )
    assert (data / "mentor.db").read_bytes() == before and backup.backups(data) == []


@pytest.mark.parametrize("mark", [SCHEMA, NEXT, "0000", ""])
def test_a_start_that_has_nothing_to_upgrade_touches_nothing(data: Path, mark: str) -> None:
    with closing(sqlite3.connect(data / "mentor.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = ?", (mark,))
        database.commit()
    assert untouched(data)


@pytest.mark.parametrize("content", [None, b"", b"a photo of a cat" * 1000], ids=["no file", "empty", "no database"])
def test_a_start_with_no_database_of_ours_touches_nothing(data: Path, content: bytes | None) -> None:
    (data / "mentor.db").unlink()
    if content is not None:
        (data / "mentor.db").write_bytes(content)
    assert untouched(data)


def untouched(data: Path) -> bool:
    """Nothing is said, and no byte is changed."""
    said: list[str] = []
    before = {path.name: path.read_bytes() for path in data.iterdir()}
    upgrade.bring_up(data, SCHEMA, NOW, said.append)
    return not said and {path.name: path.read_bytes() for path in data.iterdir()} == before


def test_the_server_upgrades_without_loading_alembic() -> None:
    imported = imports_of(ROOT / "mentorapp" / "upgrade.py")
    assert {name for name in imported if name.split(".")[0] not in STANDARD} == {"mentorapp.backup"}


# --- Stopped at every step ---


@pytest.fixture(scope="module")
def school_of_a_killed_server(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which what was saved last stands in the -wal only."""
    folder = tmp_path_factory.mktemp("stopped")
    with closing(sqlite3.connect(lay(RELEASED[0], folder / "working") / "mentor.db")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("UPDATE school SET short_name = 'Только в журнале'")
        database.commit()
        for end in ("", "-wal"):
            shutil.copy(folder / "working" / f"mentor.db{end}", folder / f"mentor.db{end}")
    shutil.rmtree(folder / "working")
    return folder


@pytest.fixture(scope="module", autouse=True)
def stopping(school_of_a_killed_server: Path, next_version: Path) -> Iterator[subprocess.Popen[str]]:
    """Many upgrades that are stopped, one after another while the other tests run: see tests/upgrade_killed.py."""
    for name, (body, _reason) in BAD.items():
        migrations_with(body, school_of_a_killed_server / "bad" / name)
    line = [sys.executable, "-m", "tests.upgrade_killed", str(school_of_a_killed_server)]
    with (school_of_a_killed_server / "found.txt").open("w") as found, subprocess.Popen(line, cwd=next_version, stdout=found) as process:
        yield process
        process.kill()


@pytest.fixture(scope="module")
def stopped(stopping: subprocess.Popen[str], school_of_a_killed_server: Path) -> list[dict[str, Any]]:
    """What became of each of them."""
    assert stopping.wait(timeout=300) == 0
    return [json.loads(found) for found in (school_of_a_killed_server / "found.txt").read_text(encoding="utf-8").splitlines()]


def of(stopped: list[dict[str, Any]], *whats: str) -> list[dict[str, Any]]:
    """Those to which this happened."""
    found = [case for case in stopped if case["what"] in whats]
    assert found
    return found


def test_stopped_at_any_step_an_upgrade_leaves_the_old_or_the_new_database(stopped: list[dict[str, Any]]) -> None:
    assert [case for case in stopped if case["state"] not in ("old", "new")] == []
    the_rename = max(case["at"] for case in of(stopped, "power") if case["step"] == "os.rename mentor.db")
    assert [
        case
        for case in of(stopped, "power", "error")
        if (case["where"] == "upgrade" and case["at"] > the_rename) != (case["state"] == "new")
    ] == []


def test_every_copy_that_counts_as_one_is_the_old_database(stopped: list[dict[str, Any]]) -> None:
    assert [case for case in stopped if set(case["copies"]) - {"old"} or (case["state"] == "new" and not case["copies"])] == []


def test_the_next_start_finishes_what_the_power_cut_and_tidies_up(stopped: list[dict[str, Any]]) -> None:
    after = [case["next"] for case in of(stopped, "power") if "next" in case]
    assert {(case["ended"], case["state"], *case["litter"], case["log"]) for case in after} == {("done", "new", "")}
    assert {tuple(case["copies"]) for case in after} <= {("old",), ("old", "old")}


def test_an_error_at_any_step_is_told_of_in_one_line_and_leaves_nothing_lying_about(stopped: list[dict[str, Any]]) -> None:
    for case in of(stopped, "error", "kill"):
        if case["ended"] != "done":
            assert the_one_line(case["ended"]).startswith("Базу не удалось обновить для этой версии программы")
            assert "Данные целы" in case["ended"] or "не тронута" in case["ended"]
    # Of a database that cannot even be opened create_app tells; that something could not be tidied up the person need not know.
    silent = [case["step"] for case in of(stopped, "error") if case["ended"] == "done"]
    assert [step.partition(" ")[0] for step in sorted(silent)] == ["open", "os.rmdir", "sqlite3.connect"]
    left = [case for case in of(stopped, "error", "kill") if case["litter"] and case["ended"] != "done"]
    assert [case["step"] for case in left] == ["os.rename mentor-20261123-090000.part"]  # The next start takes it away.


def test_a_process_that_is_killed_at_its_last_statement_brings_nothing_into_the_database(stopped: list[dict[str, Any]]) -> None:
    (case,) = of(stopped, "kill")
    assert (case["step"], case["state"]) == ("COMMIT", "old") and "exit code -9" in case["log"]


def test_a_database_that_somebody_else_reads_is_not_replaced_under_her(stopped: list[dict[str, Any]]) -> None:
    (case,) = of(stopped, "busy")
    assert case["state"] == "old" and "не открыта ли база в другой программе" in case["ended"] and case["litter"] == []
    assert (case["next"]["ended"], case["next"]["state"]) == ("done", "new")


@pytest.mark.parametrize("name", BAD)
def test_a_migration_that_does_harm_is_refused_and_the_reason_is_kept_for_developers(stopped: list[dict[str, Any]], name: str) -> None:
    (case,) = of(stopped, name)
    assert case["state"] == "old" and the_one_line(case["ended"]).endswith("upgrade.log.") and "запустите прежнюю версию" in case["ended"]
    assert BAD[name][1] in case["log"] and "Тайное" not in case["log"]


def test_it_was_stopped_at_every_step_there_is(stopped: list[dict[str, Any]]) -> None:
    steps = {where: [case for case in of(stopped, "power") if case["where"] == where] for where in ("upgrade", "migration")}
    made = {where: {case["step"] for case in cases} for where, cases in steps.items()}
    assert {case["ended"] for cases in steps.values() for case in cases} == {"killed"}
    assert sorted(case["at"] for case in steps["migration"]) == list(range(1, len(steps["migration"]) + 1))
    assert {"BEGIN IMMEDIATE", "DROP TABLE person", "INSERT INTO badge (person_id) SELECT id FROM person ORDER BY id", "COMMIT"} <= made[
        "migration"
    ]
    assert {"fsync", "PRAGMA journal_mode=DELETE", "os.remove mentor.db-wal", "os.rename mentor.db"} <= made["upgrade"]
    marks = [step.split("'")[1] for step in made["migration"] if step.startswith("UPDATE alembic_version SET version_num='")]
    released = sorted(path.name[:4] for path in (ROOT / "migrations" / "versions").glob("*.py"))
    assert sorted(marks) == [*released[1:], NEXT]


def test_what_is_deleted_after_an_upgrade_is_gone_from_the_file(stopped: list[dict[str, Any]], school_of_a_killed_server: Path) -> None:
    """A table that was made anew leaves its former pages free, and no later deletion would reach what stands in them."""
    file = school_of_a_killed_server / "whole" / "mentor.db"
    assert stopped and "Ибрагимов".encode() in file.read_bytes()
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA secure_delete=ON")
        database.execute("UPDATE person SET last_name = '', search_key = '' WHERE last_name = 'Ибрагимов'")
        database.commit()
    assert "Ибрагимов".encode() not in file.read_bytes()
