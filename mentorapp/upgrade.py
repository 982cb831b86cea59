"""A database that a former version of the program kept is brought to this one's schema when the server starts.

Alembic works on a copy and in a process of its own: the server never loads it, and whatever goes wrong there happens to the copy.
Only what was checked takes the place of the database, by one rename.
"""

import filecmp
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from mentorapp import backup
from mentorapp.backup import DATABASE

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
LOG = "upgrade.log"
# Every attempt has a folder of its own: the migration of one that was killed may still be at work.
WORK = ".upgrading-"

# A name cannot be a bound value, so the database itself writes the statement, with its own quoting.
COUNTING = """
    SELECT group_concat(printf('SELECT %Q, count(*) FROM "%w"', name, name), ' UNION ALL ')
    FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_'
"""


class NotUpgraded(Exception):
    """The database could not be brought to this program's schema. str() is the sentence for the person."""


def bring_up(data: Path, schema: str, now: datetime, say: Callable[[str], None]) -> None:
    """Upgrade the database of a data folder if it is of an older schema; `say` gets the lines for the person. Raises NotUpgraded.

    The caller holds the lock of the folder. Whatever happens, a power cut too, the database is the old or the new one, whole.
    """
    for left_over in data.glob(f"{WORK}*"):
        shutil.rmtree(left_over, ignore_errors=True)
    if not _is_behind(data / DATABASE, schema):
        return
    say("Базу вела прежняя версия программы. Обновляю, это займёт до нескольких минут…")
    try:
        kept = _keep(data, now)
        _upgrade(data, kept, schema)
    except (OSError, sqlite3.Error) as problem:
        raise NotUpgraded(
            f"Базу не удалось обновить для этой версии программы: {problem}. Данные целы; проверьте, есть ли место на диске "
            "и не открыта ли база в другой программе, потом запустите снова."
        ) from problem
    say(f"База обновлена для этой версии программы. Копия прежней: {kept}")


def _is_behind(file: Path, schema: str) -> bool:
    """Whether there are migrations that lead from this database to this program. Of any other file create_app tells what it is."""
    if not file.is_file():
        return False
    try:
        mark = _mark(file)
    except sqlite3.Error:
        return False
    return mark < schema and mark in {path.stem.partition("_")[0] for path in MIGRATIONS.glob("versions/*.py")}


def _mark(file: Path) -> str:
    with closing(sqlite3.connect(file)) as database:
        row = database.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else ""


def _keep(data: Path, now: datetime) -> Path:
    """The copy that stays as the way back. Raises NotUpgraded when the database is damaged."""
    for left_over in data.glob("backups/mentor-*.part*"):
        left_over.unlink()
    former = backup.backups(data)
    try:
        made = backup.make(data, now, keep=len(former) + 1)  # None goes for it.
    except backup.BadBackup as problem:
        raise NotUpgraded(
            "Базу не удалось обновить для этой версии программы: она повреждена или не прочиталась с диска. Она не тронута; "
            "запустите снова, а если не поможет, верните её из копии: ./run restore ФАЙЛ."
        ) from problem
    if former and filecmp.cmp(former[-1], made, shallow=False):
        # A start that fails again and again must not fill the card with one and the same copy.
        former[-1].unlink()
    return made


def _upgrade(data: Path, kept: Path, schema: str) -> None:
    """Migrate a copy, check it, and put it in place of the database."""
    work = Path(tempfile.mkdtemp(prefix=WORK, dir=data))
    try:
        new, log = work / DATABASE, data / LOG
        shutil.copyfile(kept, new)
        _migrate(work, schema, log)
        if faults := _faults(kept, new, schema):
            _give_up(log, "\n".join(faults).encode())
        shutil.copymode(data / DATABASE, new)
        backup.sync(new)
        log.unlink(missing_ok=True)
        _replace(data / DATABASE, new)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _migrate(work: Path, schema: str, log: Path) -> None:
    """Let Alembic upgrade the database in this folder. Raises NotUpgraded."""
    command = [sys.executable, "-m", "alembic", "-c", str(MIGRATIONS / "alembic.ini"), "-x", f"data={work}", "upgrade", schema]
    done = subprocess.run(command, cwd=MIGRATIONS.parent, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        _give_up(log, done.stdout + f"\nexit code {done.returncode}\n".encode())


def _give_up(log: Path, details: bytes) -> NoReturn:
    """The reason is for developers: the person could do nothing about it."""
    log.write_bytes(details)
    raise NotUpgraded(
        "Базу не удалось обновить для этой версии программы. Данные целы; запустите прежнюю версию, "
        f"а тем, кто делает программу, отправьте файл {log}."
    )


def _faults(old: Path, new: Path, schema: str) -> list[str]:
    """Why a migrated copy must not take the place of the database; nothing when it may."""
    try:
        backup.check(new)
    except backup.BadBackup as problem:
        return [str(problem)]
    before, after = _rows(old), _rows(new)
    lost = [f"{table}: {before[table]} rows became {after.get(table, 'none')}" for table in before if after.get(table, -1) < before[table]]
    return lost if _mark(new) == schema else [f"the schema is {_mark(new)}", *lost]


def _rows(file: Path) -> dict[str, int]:
    """How many rows each table has."""
    with closing(sqlite3.connect(file)) as database:
        (counting,) = database.execute(COUNTING).fetchone()
        return dict(database.execute(counting).fetchall())


def _replace(file: Path, new: Path) -> None:
    """Put the new file in place of the old one, of which nothing may stay beside it: SQLite would play an old -wal into the new file."""
    with closing(sqlite3.connect(file)) as old:
        # Leaving WAL brings all of it into the file and removes it; it is refused while anybody else has the database open.
        old.execute("PRAGMA journal_mode=DELETE")
        # Nobody may begin to read the old file in this very moment: whoever closes it later would take the new one's -wal for its own.
        old.execute("BEGIN EXCLUSIVE")
        for end in ("-wal", "-shm", "-journal"):
            file.with_name(f"{DATABASE}{end}").unlink(missing_ok=True)
        os.replace(new, file)
    backup.sync(file.parent)
