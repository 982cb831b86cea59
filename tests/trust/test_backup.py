"""A copy that was made is a copy that works; nothing else counts as one, and restoring leaves nothing of the old behind."""

import os
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from flask import Flask

from mentorapp import backup, cli, create_app
from mentorapp.backup import BadBackup
from mentorapp.database import db
from tests.conftest import NOW, ORIGIN
from tests.school import PASSWORD, World
from tests.trust.killed import save
from tests.trust.stage import tables


@pytest.fixture
def data(prepared: tuple[Path, World], tmp_path: Path) -> Path:
    """A data folder whose name is not easy to handle, with the school of the tests."""
    folder = tmp_path / "школа № 5 #50% ?"
    folder.mkdir()
    shutil.copy(prepared[0] / "mentor.db", folder / "mentor.db")
    return folder


def title(file: Path) -> str:
    """What tells one state of the school from another here: its short name."""
    return str(tables(file)["school"][0]["short_name"])


def rename(file: Path, name: str) -> None:
    with closing(sqlite3.connect(file)) as database:
        database.execute("UPDATE school SET short_name = ?", (name,))
        database.commit()


def can_sign_in(folder: Path) -> bool:
    app = create_app({"DATA": folder, "CLOCK": lambda: NOW})
    answer = app.test_client().post("/login", data={"login": "boris", "password": PASSWORD}, headers=ORIGIN)
    with app.app_context():
        db.engine.dispose()
    return answer.status_code == 303


def test_a_copy_made_under_load_restores_into_an_empty_folder_and_a_login_works(app: Flask, world: World, tmp_path: Path) -> None:
    items, stop = world.items["boris_mentor"], Event()

    def work(number: int) -> int:
        with app.app_context():
            for edit in range(10_000):
                save(items[number].plan_id, items[number].id, "@note", f"{number}-{edit}")
                if stop.is_set():
                    return edit + 1
        return 0

    with ThreadPoolExecutor(4) as threads:
        writers = [threads.submit(work, number) for number in range(4)]
        copies = [backup.make(app.config["DATA"], NOW + timedelta(seconds=number), 14) for number in range(3)]
        stop.set()
        assert all(writer.result() > 0 for writer in writers)
    assert sorted(path.suffix for path in copies[0].parent.iterdir()) == [".db"] * 3
    for copy in copies:
        content = tables(copy)
        notes = [change["operation_id"] for change in content["change"]]
        assert len(notes) == len(set(notes)) == len(content["operation"])  # Every edit with its journal, none by half.
    assert backup.restore(copies[-1], tmp_path / "empty", NOW) is None
    assert tables(tmp_path / "empty" / "mentor.db") == tables(copies[-1])
    assert can_sign_in(tmp_path / "empty")


@pytest.mark.parametrize("attempt", range(20))
def test_restoring_over_a_database_with_a_left_over_wal_is_right_every_time(data: Path, attempt: int) -> None:
    copy = backup.make(data, NOW, 14)
    with closing(sqlite3.connect(data / "mentor.db")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("UPDATE school SET short_name = 'После копии'")
        database.commit()
        kept = {end: (data / f"mentor.db{end}").read_bytes() for end in ("", "-wal")}
    for end, content in kept.items():  # As a power cut leaves them.
        (data / f"mentor.db{end}").write_bytes(content)
    (data / "mentor.db-shm").unlink(missing_ok=True)
    aside = backup.restore(copy, data, NOW)
    assert title(data / "mentor.db") == "Школа № 14"
    assert aside is not None and title(aside / "mentor.db") == "После копии"


def damaged(copy: Path) -> None:
    """A page in the middle is overwritten, as a dying card does it."""
    content = bytearray(copy.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 4096] = os.urandom(4096)
    copy.write_bytes(content)


def cut_short(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:-10_000])


def empty(copy: Path) -> None:
    copy.write_bytes(b"")


def no_database(copy: Path) -> None:
    copy.write_bytes(b"PK\x03\x04 a photo of a cat" * 1000)


def of_another_program(copy: Path) -> None:
    copy.unlink()
    with closing(sqlite3.connect(copy)) as database:
        database.executescript("CREATE TABLE alembic_version (version_num TEXT); INSERT INTO alembic_version VALUES ('0001')")


def with_orphans(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as database:
        database.execute("DELETE FROM person WHERE id = 2")
        database.commit()


WRONG = [damaged, cut_short, empty, no_database, of_another_program, with_orphans]


@pytest.mark.parametrize("spoil", WRONG, ids=lambda spoil: spoil.__name__)
def test_what_is_no_whole_copy_is_refused_and_nothing_is_touched(data: Path, spoil: object, capsys: pytest.CaptureFixture[str]) -> None:
    copy = backup.make(data, NOW, 14)
    spoil(copy)  # type: ignore[operator]
    before = {path.name: path.read_bytes() for path in data.iterdir() if path.is_file()}
    with pytest.raises(BadBackup, match="Возьмите другую"):
        backup.restore(copy, data, NOW)
    assert {path.name: path.read_bytes() for path in data.iterdir() if path.is_file()} == before
    assert cli.main(["restore", str(copy), "--data", str(data)]) == 1
    assert "Возьмите другую" in capsys.readouterr().err and title(data / "mentor.db") == "Школа № 14"


def test_the_present_database_is_kept_aside_and_can_come_back(data: Path) -> None:
    copy = backup.make(data, NOW, 14)
    rename(data / "mentor.db", "Новое название")
    aside = backup.restore(copy, data, NOW)
    assert title(data / "mentor.db") == "Школа № 14" and aside is not None
    backup.restore(aside / "mentor.db", data, NOW + timedelta(minutes=1))
    assert title(data / "mentor.db") == "Новое название" and can_sign_in(data)


def test_a_full_disk_stops_the_restoring_before_anything_is_gone(data: Path) -> None:
    copy = backup.make(data, NOW, 14)
    (data / f"before-restore-{NOW.astimezone():%Y%m%d-%H%M%S}").write_text("in the way")  # Where the present one would go.
    with pytest.raises(BadBackup, match="Прежняя цела"):
        backup.restore(copy, data, NOW)
    assert title(data / "mentor.db") == "Школа № 14" and can_sign_in(data)


def test_a_copy_of_a_live_database_taken_by_hand_brings_its_wal_along(data: Path, tmp_path: Path) -> None:
    """Somebody copied all files of the folder: what stands in the -wal only must not be lost."""
    with closing(sqlite3.connect(data / "mentor.db")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("UPDATE school SET short_name = 'Только в журнале'")
        database.commit()
        for path in data.glob("mentor.db*"):
            shutil.copy(path, tmp_path / path.name)
    backup.restore(tmp_path / "mentor.db", tmp_path / "new", NOW)
    assert title(tmp_path / "new" / "mentor.db") == "Только в журнале"


def test_only_so_many_copies_are_kept_and_the_newest_always(data: Path) -> None:
    made = [backup.make(data, NOW + timedelta(hours=hours), 3) for hours in (0, 1, 2, 3, 4)]
    assert backup.backups(data) == made[-3:]
    again = backup.make(data, NOW + timedelta(hours=4), 3)  # A second one in the same second.
    assert backup.backups(data) == [*made[-2:], again]
    wrong_clock = backup.make(data, NOW - timedelta(days=20_000), 3)
    assert wrong_clock in backup.backups(data) and len(backup.backups(data)) == 3
    assert backup.make(data, NOW + timedelta(hours=9), 0).exists() and len(backup.backups(data)) == 1


def test_a_copy_is_due_after_a_day_and_after_a_clock_from_the_future(data: Path) -> None:
    assert backup.is_due(data, NOW)
    os.utime(backup.make(data, NOW, 14), (NOW.timestamp(), NOW.timestamp()))
    for hours, due in ((1, False), (23.9, False), (24.1, True), (-1, True)):
        assert backup.is_due(data, NOW + timedelta(hours=hours)) is due


def test_the_commands_copy_and_restore_in_words(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["backup", "--data", str(data)]) == 0
    assert "Копия готова и проверена" in capsys.readouterr().out
    rename(data / "mentor.db", "Ошибка")
    (copy,) = backup.backups(data)
    assert cli.main(["restore", str(copy), "--data", str(data)]) == 0
    assert "Прежняя лежит в" in capsys.readouterr().out and title(data / "mentor.db") == "Школа № 14"
    assert cli.main(["restore", str(data / "нет.db"), "--data", str(data)]) == 1
    assert capsys.readouterr().err.startswith("Файла ")
