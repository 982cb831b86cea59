"""Copies of the database that can be trusted: made while people work, checked before they count, restored into a clean place."""

import os
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
    return sorted((data / "backups").glob("mentor-*.db"))


def is_due(data: Path, now: datetime) -> bool:
    """The last copy is older than a day, or there is none. A last copy from the future counts as old: the clock was wrong."""
    found = backups(data)
    if not found:
        return True
    age = now.timestamp() - found[-1].stat().st_mtime
    return age > OVERDUE.total_seconds() or age < 0


def make(data: Path, now: datetime, keep: int) -> Path:
    """Copy the database while it is in use, check the copy, and let the oldest ones go. Raises BadBackup, OSError."""
    folder = data / "backups"
    folder.mkdir(exist_ok=True)
    final = _free_name(folder, now)
    part = final.with_suffix(".part")
    with closing(sqlite3.connect(data / DATABASE)) as source, closing(sqlite3.connect(part)) as target:
        source.backup(target)
        # A copy is one file: no -wal beside it can be lost or left over.
        target.execute("PRAGMA journal_mode=DELETE")
    check(part)
    _sync(part)
    os.replace(part, final)
    _sync(folder)
    for old in backups(data)[:-keep]:
        old.unlink()
    return final


def _free_name(folder: Path, now: datetime) -> Path:
    """Names sort by time; a second copy in one second gets a number."""
    stamp = now.astimezone().strftime("%Y%m%d-%H%M%S")
    names = (folder / f"mentor-{stamp}{f'-{number}' if number else ''}.db" for number in range(1000))
    return next(name for name in names if not name.exists())


def check(path: Path) -> None:
    """Raise BadBackup unless the file is a whole database of this product."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            sound = database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            orphans = database.execute("PRAGMA foreign_key_check").fetchone()
            database.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise BadBackup(f"Файл {path} — не копия базы этой программы или он испорчен. Возьмите другую копию.") from error
    if not sound or orphans:
        raise BadBackup(f"Копия {path} повреждена. Возьмите другую, постарше: копии лежат в папке backups.")


def restore(source: Path, data: Path, now: datetime) -> Path | None:
    """Put a copy in place of the database. The present one, with its -wal and -shm, is moved aside whole; its folder is returned.

    An old -wal left beside a restored file would silently undo the restoring. Raises BadBackup before anything is touched.
    """
    check(source)
    data.mkdir(parents=True, exist_ok=True)
    part = data / "mentor.restoring"
    part.write_bytes(source.read_bytes())
    _sync(part)
    aside = None
    present = [data / f"{DATABASE}{end}" for end in ("", "-wal", "-shm") if (data / f"{DATABASE}{end}").exists()]
    if present:
        aside = data / f"before-restore-{now.astimezone():%Y%m%d-%H%M%S}"
        aside.mkdir()
        for path in present:
            os.replace(path, aside / path.name)
    os.replace(part, data / DATABASE)
    _sync(data)
    return aside


def _sync(path: Path) -> None:
    """Make sure that the disk has it: a rename before that could name an empty file after a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
