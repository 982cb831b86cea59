"""Upgrades that are stopped at every step: `python -m tests.upgrade_killed FOLDER`, run in the folder of the program that upgrades.

FOLDER holds `mentor.db` of an older schema. For each step of an upgrade a process of its own upgrades a copy of it and is stopped
there; after a kill another one, the next start, finds what is left. Folders `bad/*` hold migrations that must be refused. One line
of JSON tells of each.

Alembic is loaded once: where the program starts Python anew, this one forks, and the fork carries out what the command says.
"""

import gc
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import alembic.config
import sqlalchemy as sa

from mentorapp import models, upgrade  # noqa: F401  # what has loaded the tables need not load them in each fork
from mentorapp.database import SCHEMA

# Said here and not taken from conftest.py: what a process has loaded makes every fork of it slower.
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
UPGRADE, MIGRATION = "upgrade", "migration"
# An error comes up at the step; the process alone is killed there; the power goes, and whatever is at work is killed.
ERROR, KILL, POWER = "error", "kill", "power"
# Killed where nothing is written, an upgrade leaves what it leaves at the next step that writes.
FILES_WRITTEN, FILES_OPENED = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "shutil.copyfile"}, {"open", "sqlite3.connect"}
STATEMENTS = re.compile(r"\s*(BEGIN|COMMIT|CREATE|INSERT|UPDATE|DELETE|DROP|ALTER|PRAGMA journal_mode)\b")
WORKERS = 2
# Wherever a migration is killed, the next start finds the old database and a folder that it removes unread: a few such starts are enough.
SOME = 8


class Stop:
    """What happens at which step of which process. Step 0 never comes: then the steps are only told of.

    Where the migration is not the question, what came of it before is laid down: `migrated`.
    """

    def __init__(self, where: str = UPGRADE, at: int = 0, what: str = "", *, told: int = -1, migrated: Path | None = None) -> None:
        self.where, self.at, self.what, self.told, self.migrated = where, at, what, told, migrated
        self.here, self.steps = UPGRADE, 0

    def come(self, step: str) -> None:
        """The process is about to make this step."""
        if self.told >= 0:
            os.write(self.told, f"{self.here} {' '.join(step.split())[:90]}\n".encode())
        elif self.here == self.where:
            self.steps += 1
            if self.steps == self.at:
                self._happen(step)

    def _happen(self, step: str) -> None:
        if self.what == ERROR:
            raise sqlite3.OperationalError("disk I/O error") if step.startswith("sqlite3") else OSError(28, "No space left on device")
        if self.what == POWER and self.here == MIGRATION:
            os.kill(os.getppid(), signal.SIGKILL)
        os.kill(os.getpid(), signal.SIGKILL)

    def statement(self, text: str, *, can_fail: bool = False) -> None:
        """SQLite tells of every statement, but only when SQLAlchemy tells of it an error can come up."""
        if can_fail == (self.what == ERROR and self.here == MIGRATION) and STATEMENTS.match(text):
            self.come(text)

    def event(self, name: str, given: tuple[Any, ...], data: str) -> None:
        if self.here == UPGRADE and (name in FILES_WRITTEN or (name in FILES_OPENED and data in str(given[0]))):
            self.come(f"{name} {Path(str(given[0])).name}")


def watch(stop: Stop, data: Path) -> None:
    """From now on every step of this process, and of those it forks, is told of before it is made."""
    sync, connect = os.fsync, sqlite3.connect

    def told_sync(handle: int) -> None:
        stop.come("fsync")
        sync(handle)

    def told_connect(*given: Any, **named: Any) -> sqlite3.Connection:
        connection = connect(*given, **{"timeout": 0.1} | named)  # A busy database is busy for good here.
        connection.set_trace_callback(stop.statement)
        return connection

    os.fsync, sqlite3.connect, sqlite3.dbapi2.connect = told_sync, told_connect, told_connect
    sys.addaudithook(lambda name, given: stop.event(name, given, str(data)))
    sa.event.listen(sa.Engine, "before_cursor_execute", lambda _c, _cursor, text, *_rest: stop.statement(text, can_fail=True))
    sa.event.listen(sa.Engine, "commit", lambda _c: stop.statement("COMMIT", can_fail=True))


def fork(work: Callable[[], None], output: int = -1) -> int:
    """Do it in a process of its own, whose number is returned."""
    child = os.fork()
    if child == 0:
        try:
            if output >= 0:
                os.dup2(output, 1)
                os.dup2(output, 2)
            work()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
        os._exit(1)
    return child


def end_of(child: int) -> int:
    """Wait for a process; its exit code, negative when it was killed."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def run_by_fork(stop: Stop) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """In place of `subprocess.run`: `python -m alembic …` without loading it once more."""

    def run(command: list[str], **_given: Any) -> subprocess.CompletedProcess[bytes]:
        assert command[:3] == [sys.executable, "-m", "alembic"]
        said, stop.here = os.memfd_create("said"), MIGRATION
        if stop.migrated:
            (given,) = [word for word in command if word.startswith("data=")]
            shutil.copyfile(stop.migrated, Path(given.removeprefix("data=")) / "mentor.db")
            code = 0
        else:
            code = end_of(fork(lambda: alembic.config.main(command[3:]), said))
        stop.here = UPGRADE
        return subprocess.CompletedProcess(command, code, os.pread(said, 100_000, 0))

    return run


def start(data: Path, stop: Stop, now: datetime = NOW) -> str:
    """How a start that upgrades ends: "done", "killed", or the sentence of its refusal."""
    said = os.memfd_create("said")

    def upgraded() -> None:
        subprocess.run = run_by_fork(stop)
        watch(stop, data)
        try:
            upgrade.bring_up(data, SCHEMA, now, lambda _line: None)
        except upgrade.NotUpgraded as refusal:
            os.write(said, str(refusal).encode())

    code = end_of(fork(upgraded))
    sentence = os.pread(said, 10_000, 0).decode()
    os.close(said)
    return "killed" if code == -signal.SIGKILL else sentence or ("done" if code == 0 else f"exit code {code}")


@contextmanager
def reading(file: Path) -> Iterator[None]:
    """Somebody else's process is in the middle of reading the database."""
    heard, told = os.pipe()

    def read() -> None:
        database = sqlite3.connect(file, isolation_level=None)
        database.execute("BEGIN")
        database.execute("SELECT count(*) FROM person").fetchone()
        os.write(told, b"!")
        signal.pause()

    reader = fork(read)
    os.read(heard, 1)
    yield
    os.kill(reader, signal.SIGKILL)
    end_of(reader)


class Play:
    """The same upgrade again and again, of a folder as a killed server leaves it: with what was saved last in the -wal only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.known: dict[bytes, str] = {}
        self.old, self.new = self.content(folder), ""
        self.migrated = folder / "migrated" / "mentor.db"
        self.migrated.parent.mkdir()

    def content(self, data: Path, name: str = "mentor.db") -> str:
        """All that a database holds, in any order. A copy is read: whoever opens the database itself tidies up after the killed one."""
        parts = {end: file.read_bytes() for end in ("", "-wal", "-journal") if (file := data / f"{name}{end}").exists()}
        every_byte = b"|".join(parts.values())
        if every_byte not in self.known:
            with tempfile.TemporaryDirectory(dir=self.folder) as aside:
                for end, part in parts.items():
                    (Path(aside) / f"mentor.db{end}").write_bytes(part)
                with closing(sqlite3.connect(Path(aside) / "mentor.db")) as database:
                    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                    lines = "\n".join(database.iterdump()).splitlines()
                # A table that is made anew gets its constraints and indexes in an order left to chance.
                self.known[every_byte] = "\n".join(sorted(line.rstrip(", ") for line in lines))
        return self.known[every_byte]

    def state(self, data: Path, name: str = "mentor.db") -> str:
        """Which of the two databases it is."""
        return {self.old: "old", self.new: "new"}.get(self.content(data, name), "neither")

    def stage(self, name: str) -> Path:
        data = self.folder / name
        data.mkdir()
        for path in self.folder.glob("mentor.db*"):
            shutil.copy(path, data / path.name)
        return data

    def warm_up(self) -> None:
        """Migrate once in this process: what Alembic and SQLAlchemy make ready at their first use every fork inherits."""
        with closing(sqlite3.connect(self.stage("read") / "mentor.db")) as old, closing(sqlite3.connect(self.migrated)) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode=DELETE")
        alembic.config.main(["-c", str(upgrade.MIGRATIONS / "alembic.ini"), "-x", f"data={self.migrated.parent}", "upgrade", SCHEMA])

    def steps(self) -> list[str]:
        """Every step of an upgrade that nothing stops, told by the processes themselves. Its folder stays."""
        told = os.memfd_create("told")
        data = self.stage("whole")
        assert start(data, Stop(told=told)) == "done"
        self.new = self.content(data)
        return os.pread(told, 1_000_000, 0).decode().splitlines()

    def stopped(self, stop: Stop) -> dict[str, Any]:
        """What an upgrade that is stopped leaves, and what the next start makes of it if it had no time to tidy up."""
        data = self.stage(f"{stop.where}-{stop.at}-{stop.what}")
        stop.migrated = self.migrated if stop.where == UPGRADE else None
        found = self._found(data, start(data, stop))
        if stop.what == POWER and (stop.where == UPGRADE or stop.at % SOME == 0):
            found["next"] = self._found(data, start(data, Stop(migrated=stop.migrated), NOW + timedelta(hours=1)))
        shutil.rmtree(data)
        return {"where": stop.where, "at": stop.at, "what": stop.what} | found

    def refused(self, migrations: Path) -> dict[str, Any]:
        """What becomes of an upgrade by these migrations."""
        data = self.stage(f"bad-{migrations.name}")
        usual, upgrade.MIGRATIONS = upgrade.MIGRATIONS, migrations
        found = self._found(data, start(data, Stop()))
        upgrade.MIGRATIONS = usual
        return {"what": migrations.name} | found

    def busy(self) -> dict[str, Any]:
        """An upgrade while somebody else reads the database, and one when she is done."""
        data = self.stage("busy")
        with reading(data / "mentor.db"):
            found = self._found(data, start(data, Stop()))
        return {"what": "busy"} | found | {"next": self._found(data, start(data, Stop()))}

    def _found(self, data: Path, ended: str) -> dict[str, Any]:
        log = data / upgrade.LOG
        return {
            "ended": ended,
            "state": self.state(data),
            "copies": [self.state(data / "backups", path.name) for path in sorted(data.glob("backups/*.db"))],
            "litter": [path.name for path in (*data.glob(f"{upgrade.WORK}*"), *data.glob("backups/*.part*"))],
            "log": log.read_text(encoding="utf-8")[-300:] if log.exists() else "",
        }


def cases_of(steps: list[str]) -> Iterator[tuple[str, Stop]]:
    """Each step with what happens there. No error comes up in a statement of the upgrade's own: see `Stop.statement`."""
    numbers = {UPGRADE: 0, MIGRATION: 0}
    for where, _space, step in (line.partition(" ") for line in steps):
        numbers[where] += 1
        if where == MIGRATION or not STATEMENTS.match(step):
            yield step, Stop(where, numbers[where], ERROR)
        if step.split()[0] not in FILES_OPENED:
            yield step, Stop(where, numbers[where], POWER)
    yield "COMMIT", Stop(MIGRATION, numbers[MIGRATION], KILL)


def main(folder: Path) -> None:
    play = Play(folder)
    play.warm_up()
    gc.freeze()
    cases = list(cases_of(play.steps()))

    def tell(found: dict[str, Any]) -> None:
        os.write(1, f"{json.dumps(found, ensure_ascii=False)}\n".encode())

    def work(part: int) -> None:
        for step, stop in cases[part::WORKERS]:
            tell({"step": step} | play.stopped(stop))
        if part == 0:
            tell(play.busy())
            for migrations in sorted((folder / "bad").iterdir()):
                tell(play.refused(migrations))

    workers = [fork(partial(work, part)) for part in range(WORKERS)]
    if sum(abs(end_of(worker)) for worker in workers):
        raise SystemExit(1)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
