"""What is said to be saved is saved: through a killed server, through twenty writers at once, and on every connection."""

import json
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from mentorapp.database import db, writing
from mentorapp.models import PlanItem, cells
from tests.conftest import NOW
from tests.school import Item, World
from tests.trust.killed import save

ROOT = Path(__file__).parents[2]
KILLS = 200


def journalled(database: sqlite3.Connection, item: Item) -> dict[str, list[str]]:
    """field → its texts after each change, in order. A change that begins with another text than the last one left shows a lost entry."""
    query = "SELECT field, old, new FROM change WHERE table_name = 'plan_item' AND row_id = ? ORDER BY id"
    found: dict[str, list[str]] = {}
    for field, old, new in database.execute(query, (item.id,)):
        texts = found.setdefault(field, [])
        assert not texts or texts[-1] == json.loads(old)
        texts.append(json.loads(new))
    return found


def test_two_hundred_killed_servers_lost_no_edit_that_was_shown_as_saved(
    prepared: tuple[Path, World], mentee_item: Item, tmp_path: Path
) -> None:
    shutil.copy(prepared[0] / "mentor.db", tmp_path / "mentor.db")
    command = [sys.executable, "-m", "tests.trust.killed", str(tmp_path), str(KILLS), str(mentee_item.id), str(mentee_item.plan_id)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    told = done.stdout.splitlines()
    with closing(sqlite3.connect(tmp_path / "mentor.db")) as database:
        history = journalled(database, mentee_item)
        present = database.execute("SELECT title, note FROM plan_item WHERE id = ?", (mentee_item.id,)).fetchone()
        lonely = database.execute("SELECT count(*) FROM operation WHERE id NOT IN (SELECT operation_id FROM change)").fetchone()
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert len({text.split("-")[0] for text in told}) == KILLS  # Every one was killed after it had saved something.
    assert set(told) <= {text for texts in history.values() for text in texts}
    assert present == (history["title"][-1], history["note"][-1])
    assert lonely == (0,)


def test_every_connection_is_set_to_lose_nothing(app: Flask) -> None:
    wanted = {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000, "secure_delete": 1, "trusted_schema": 0,
        "temp_store": 2, "journal_size_limit": 16_777_216,
    }  # fmt: skip
    with app.app_context():
        connections = [db.engine.connect() for _ in range(8)]
        for connection in connections:
            assert {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted} == wanted
        for connection in connections:
            connection.close()


def test_twenty_people_write_a_hundred_edits_each_at_once(app: Flask, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    # How long a person should wait is not asked here: a computer that is busy with other things needs longer for two thousand edits.
    monkeypatch.setattr("mentorapp.database.WRITER_PATIENCE_SECONDS", 300)
    items = [item for plan in world.items.values() for item in plan][:20]
    assert len({item.id for item in items}) == 20

    def write(number: int) -> None:
        with app.app_context():
            for edit in range(100):
                save(items[number].plan_id, items[number].id, "@note", f"{number}: {edit}")

    with ThreadPoolExecutor(20) as threads:
        list(threads.map(write, range(20)))
    with closing(sqlite3.connect(app.config["DATA"] / "mentor.db")) as database:
        for number, item in enumerate(items):
            assert journalled(database, item)["note"] == [f"{number}: {edit}" for edit in range(100)]


def test_an_exception_inside_a_change_leaves_nothing_of_it(app: Flask, mentee_item: Item) -> None:
    with app.app_context():
        was = mentee_item.fresh().title
        with pytest.raises(ZeroDivisionError), writing():
            cell = cells.load_cell(mentee_item.plan_id, mentee_item.id, "what")
            assert cell is not None
            cells.save(cell, "Другой текст", seen=was, by_id=1, now=NOW, today=NOW.date())
            _ = 1 / 0
        assert mentee_item.fresh().title == was
        save(mentee_item.plan_id, mentee_item.id, "what", "После сбоя")  # The writer is free again.
        assert mentee_item.fresh().title == "После сбоя"


def test_a_change_inside_a_change_or_after_an_unfinished_one_is_a_mistake(app: Flask, mentee_item: Item) -> None:
    with app.app_context():
        with writing(), pytest.raises(RuntimeError, match="twice"), writing():
            pass
        db.session.get_one(PlanItem, mentee_item.id).title = "Мимо"
        with pytest.raises(RuntimeError, match="before"), writing():
            pass
