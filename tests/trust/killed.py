"""A writer that is killed: `python -m tests.trust.killed FOLDER ROUNDS ITEM PLAN`.

In each round a child saves one cell after another by the product's own models and tells of each save after its commit; then it is
killed with SIGKILL at a moment left to chance. What was told of is printed, one line a save.
"""

import os
import random
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

from mentorapp import create_app
from mentorapp.database import db, writing
from mentorapp.models import cells

# Said here and not taken from conftest.py: what a process has loaded makes every fork of it slower.
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
COLUMNS = ("what", "@note")


def save(plan_id: int, item_id: int, column: str, text: str) -> None:
    """One edit as the view makes it."""
    with writing():
        cell = cells.load_cell(plan_id, item_id, column)
        assert cell is not None
        seen = cell.row.title if column == "what" else cell.row.note
        cells.save(cell, text, seen=seen, by_id=1, now=NOW, today=NOW.date())


def write_until_killed(app: Flask, plan_id: int, item_id: int, name: str, told: int) -> None:
    with app.app_context():
        for number in range(10_000):
            text = f"правка {name}-{number}"
            save(plan_id, item_id, COLUMNS[number % 2], text)
            os.write(told, f"{text}\n".encode())


def one_round(app: Flask, plan_id: int, item_id: int, name: str, chance: random.Random) -> str:
    """What the child told of before it was killed."""
    heard, told = os.pipe()
    child = os.fork()
    if child == 0:
        write_until_killed(app, plan_id, item_id, name, told)
    os.close(told)
    with open(heard, encoding="utf-8") as pipe:
        first = pipe.readline()
        time.sleep(chance.uniform(0, 0.006))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return first + pipe.read()


def main(folder: str, rounds: int, item_id: int, plan_id: int) -> None:
    chance = random.Random(1)  # noqa: S311  # nothing secret
    app = create_app({"DATA": Path(folder)})
    with app.app_context():
        save(plan_id, item_id, "what", "начало")  # A child inherits the statements that are made ready here.
        db.engine.dispose()
    for number in range(rounds):
        print(one_round(app, plan_id, item_id, str(number), chance), end="", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
