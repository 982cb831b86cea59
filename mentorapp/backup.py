"""Copies of the database that can be trusted: made while people work, checked before they count, restored into a clean place."""

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

DATABASE = "mentor.db"
OVERDUE = timedelta(hours=24)


class BadBackup(Exception):
    """The file is no whole copy of this product's database. str() is the sentence for the person."""


def backups(data: Path) -> list[Path]:
    """The copies of a data folder, the oldest first."""
    return sorted((data / "backups").glob("mentor-*.db"), key=lambda path: path.stem)


def is_due(data: Path, now: datetime) -> bool:
    """The last copy is older than a day, or there is none. A last copy from the future counts as old: the clock was wrong."""
    found = backups(data)
    if not found:
        return True
    age = now.timestamp() - found[-1].stat().st_mtime
    return age > OVERDUE.total_seconds() or age < 0


def make(data: Path, now: datetime, keep: int) -> Path:
    """Copy the database while it is in use, check the copy, and let the oldest ones go. Raises BadBackup, OSError, sqlite3.Error."""
    folder = data / "backups"
    folder.mkdir(exist_ok=True)
    final = _free_name(folder, now)
    _copy(data / DATABASE, "rw", final.with_suffix(".part"))
    os.replace(final.with_suffix(".part"), final)
    sync(folder)
    # The new copy stays whatever its name says: a computer whose clock went back would call it the oldest.
    others = [path for path in backups(data) if path != final]
    for old in others[: max(0, len(others) - keep + 1)]:
        old.unlink()
    return final


def _copy(source: Path, mode: str, part: Path) -> None:
    """A checked copy in one file on the disk; nothing is left of one that failed."""
    try:
        with closing(sqlite3.connect(_address(source, mode), uri=True)) as old, closing(sqlite3.connect(part)) as new:
            old.backup(new)
            # A copy is one file: no -wal beside it can be lost or left over.
            new.execute("PRAGMA journal_mode=DELETE")
        check(part)
        sync(part)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _free_name(folder: Path, now: datetime) -> Path:
    """Names sort by time; a second copy in one second gets a number."""
    stamp = now.astimezone().strftime("%Y%m%d-%H%M%S")
    names = (folder / f"mentor-{stamp}{f'-{number}' if number else ''}.db" for number in range(1000))
    return next(name for name in names if not name.exists())


def check(path: Path) -> None:
    """Raise BadBackup unless the file is a whole database of this product."""
    try:
        with closing(sqlite3.connect(_address(path, "ro"), uri=True)) as database:
            sound = database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            orphans = database.execute("PRAGMA foreign_key_check").fetchone()
            database.execute("SELECT version_num FROM alembic_version").fetchone()
            database.execute("SELECT person_id FROM account").fetchone()
    except sqlite3.Error as error:
        raise BadBackup(f"Файл {path} — не копия базы этой программы или он испорчен. Возьмите другую копию.") from error
    if not sound or orphans:
        raise BadBackup(f"Копия {path} повреждена. Возьмите другую, постарше: копии лежат в папке backups.")


def _address(path: Path, mode: str) -> str:
    """A file as SQLite's URI; signs like # and ? in the name of a folder would cut it short."""
    return f"{path.resolve().as_uri()}?mode={mode}"


def restore(source: Path, data: Path, now: datetime) -> Path | None:
    """Put a copy in place of the database. The present one, with its -wal and -shm, is kept aside whole; its folder is returned.

    An old -wal left beside a restored file would silently undo the restoring. Raises BadBackup before anything is touched.
    """
    check(source)
    part = data / "mentor.restoring"
    try:
        data.mkdir(parents=True, exist_ok=True)
        _copy(source, "ro", part)
        aside = _put_aside(data, now)
        os.replace(part, data / DATABASE)
        sync(data)
    except (OSError, sqlite3.Error) as error:
        raise BadBackup(f"База не возвращена: {error}. Прежняя цела; проверьте, есть ли место на диске, и повторите.") from error
    return aside


def _put_aside(data: Path, now: datetime) -> Path | None:
    """Keep the present files in a folder of their own. Of them only -wal and -shm go at once: a power cut still leaves a database."""
    present = [data / f"{DATABASE}{end}" for end in ("", "-wal", "-shm") if (data / f"{DATABASE}{end}").exists()]
    if not present:
        return None
    aside = data / f"before-restore-{now.astimezone():%Y%m%d-%H%M%S}"
    aside.mkdir()
    for path in present:
        shutil.copyfile(path, aside / path.name)
        sync(aside / path.name)
    sync(aside)
    for end in ("-wal", "-shm"):
        (data / f"{DATABASE}{end}").unlink(missing_ok=True)
    return aside


def sync(path: Path) -> None:
    """Make sure that the disk has it: a rename before that could name an empty file after a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
