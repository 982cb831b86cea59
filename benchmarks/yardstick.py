"""The yardstick: the plan page and the saving of one cell written by hand in Flask, sqlite3 and Jinja, as fast as that goes.

It knows one plan of seven columns and nothing else: no login, no permissions, no ORM, no kinds of columns, no history to
look at. Its table body is the product's to the last byte (a test compares), and its edit is as durable. What stands here
is the bar, so it may be made faster but never slower. `python -m benchmarks.yardstick FOLDER PORT` serves it.
"""

import gc
import sqlite3
import sys
import threading
from datetime import date, datetime
from pathlib import Path
from typing import Any

from flask import Flask, abort, request
from jinja2 import Environment

from benchmarks import NOW

DATABASE = "yardstick.db"
TODAY = NOW.date()
TODAY_TEXT = TODAY.isoformat()

SCHEMA = """
CREATE TABLE item (id INTEGER PRIMARY KEY, plan_id INTEGER NOT NULL, section TEXT NOT NULL, what TEXT NOT NULL, due TEXT NOT NULL,
  goal TEXT NOT NULL, result TEXT NOT NULL, who TEXT NOT NULL, report TEXT NOT NULL, report_due TEXT NOT NULL, due_to TEXT,
  state TEXT NOT NULL, note TEXT NOT NULL);
CREATE INDEX item_plan_id ON item (plan_id, id);
CREATE TABLE journal (id INTEGER PRIMARY KEY, item_id INTEGER NOT NULL REFERENCES item (id), field TEXT NOT NULL, old TEXT NOT NULL,
  new TEXT NOT NULL, at TEXT NOT NULL);
"""
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000", "temp_store=MEMORY", "cache_size=-4000")

COLUMNS = ("what", "due", "goal", "result", "who", "report", "report_due")
# The line breaks of a text are guessed from the width of its column, as the product does for browsers without `field-sizing`.
LETTERS = tuple(0.95 * width for width in (25, 10, 19, 22, 13, 14, 10))
WHAT, DUE, GOAL, RESULT, WHO, REPORT, REPORT_DUE = LETTERS

ROWS = f"SELECT id, section, {', '.join(COLUMNS)}, due_to, state, note FROM item WHERE plan_id = ? ORDER BY id"  # noqa: S608
OLD = {name: f"SELECT {name} FROM item WHERE id = ? AND plan_id = ?" for name in COLUMNS}  # noqa: S608
SET = {name: f"UPDATE item SET {name} = ? WHERE id = ?" for name in COLUMNS}  # noqa: S608
NOTE = "INSERT INTO journal (item_id, field, old, new, at) VALUES (?, ?, ?, ?, ?)"

STATES = {"planned": "Впереди", "in_progress": "В работе", "done": "Сделано", "moved": "Перенесено", "cancelled": "Снято по согласию"}
OPEN = {"planned", "in_progress", "moved"}

# The columns are written out and every row is unpacked into plain variables: the quickest that Jinja does.
PAGE = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string("""\
<!doctype html>
<html lang="ru">
<head><meta charset="utf-8"><title>План</title></head>
<body>
<table class="plan" id="plan">
<tbody>
{% for id, number, section, what, l1, due, l2, goal, l3, result, l4, who, l5, report, l6, report_due, l7, state, tint, word, note in rows %}
{% if section %}
<tr class="group"><th colspan="10" scope="colgroup">{{ section }}</th></tr>
{% endif %}
<tr id="r{{ id }}"><th scope="row"><a href="{{ plan_id }}/items/{{ id }}">{{ number }}</a></th>
{#- #}<td class="k t"><textarea{% if l1 %} rows="{{ l1 }}"{% endif %}>{{ what }}</textarea></td>
{#- #}<td class="k"><textarea{% if l2 %} rows="{{ l2 }}"{% endif %}>{{ due }}</textarea></td>
{#- #}<td><textarea{% if l3 %} rows="{{ l3 }}"{% endif %}>{{ goal }}</textarea></td>
{#- #}<td><textarea{% if l4 %} rows="{{ l4 }}"{% endif %}>{{ result }}</textarea></td>
{#- #}<td><textarea{% if l5 %} rows="{{ l5 }}"{% endif %}>{{ who }}</textarea></td>
{#- #}<td><textarea{% if l6 %} rows="{{ l6 }}"{% endif %}>{{ report }}</textarea></td>
{#- #}<td><textarea{% if l7 %} rows="{{ l7 }}"{% endif %}>{{ report_due }}</textarea></td>
{#- #}<td class="s"><select class="{{ tint }}"><option value="{{ state }}">{{ word }}</option></select></td><td class="save"></td></tr>
{% if note %}<tr class="fact" data-of="r{{ id }}"><td></td><td colspan="9">Факт: {{ note }}</td></tr>{% endif %}
{% endfor %}
</tbody>
</table>
</body>
</html>
""")

app = Flask(__name__)
app.config["FOLDER"] = Path()
_own = threading.local()


def connection() -> sqlite3.Connection:
    """This thread's own connection; BEGIN and COMMIT are said here and not guessed by the driver."""
    found: sqlite3.Connection | None = getattr(_own, "connection", None)
    if found is None:
        found = _own.connection = sqlite3.connect(app.config["FOLDER"] / DATABASE, isolation_level=None)
        for pragma in PRAGMAS:
            found.execute(f"PRAGMA {pragma}")
    return found


@app.get("/plans/<int:plan_id>")
def page(plan_id: int) -> str:
    """The table of one plan, to type into."""
    return PAGE.render(plan_id=str(plan_id), rows=table_rows(connection().execute(ROWS, (plan_id,))))


def table_rows(items: sqlite3.Cursor) -> list[tuple[Any, ...]]:
    """The rows as the template unpacks them, figures as text: Jinja escapes that sooner. A section is named where it begins."""
    rows, before = [], ""
    for number, (id, section, what, due, goal, result, who, report, report_due, due_to, state, note) in enumerate(items, start=1):
        late = late_words(state, due_to) if due_to and state in OPEN and due_to < TODAY_TEXT else ""
        rows.append(
            (
                *(str(id), str(number), section if section != before else ""),
                *(what, lines(what, WHAT), due, lines(due, DUE), goal, lines(goal, GOAL), result, lines(result, RESULT)),
                *(who, lines(who, WHO), report, lines(report, REPORT), report_due, lines(report_due, REPORT_DUE)),
                *(state, "late" if late else state, late or STATES[state], note),
            )
        )
        before = section
    return rows


def lines(text: str, letters: float) -> str:
    """How many lines a field opens with; nothing for two, which is what browsers take."""
    if len(text) <= letters and "\n" not in text:
        return "1"
    number = 1 + int(len(text) / letters) + text.count("\n")
    return "" if number == 2 else str(number)


def late_words(state: str, due_to: str) -> str:
    days = (TODAY - date.fromisoformat(due_to)).days
    word = "Просрочено," if state == "planned" else f"{STATES[state]}, просрочено"
    if days % 10 == 1 and days % 100 != 11:
        return f"{word} {days}\u00a0день"
    return f"{word} {days}\u00a0{'дня' if days % 10 in (2, 3, 4) and days % 100 not in (12, 13, 14) else 'дней'}"


@app.post("/plans/<int:plan_id>/items/<int:item_id>/<column>")
def save(plan_id: int, item_id: int, column: str) -> str | tuple[str, int]:
    """Save one cell unless it holds something that the page has not seen: one change, one line of the journal, one commit."""
    new, seen = request.form["value"], request.form["seen"]
    if column not in OLD:
        abort(404)
    now = datetime.now()
    database = connection()
    database.execute("BEGIN IMMEDIATE")
    try:
        row = database.execute(OLD[column], (item_id, plan_id)).fetchone()
        if row is None or row[0] != seen:
            database.execute("ROLLBACK")
            return "", 409 if row else 404
        database.execute(SET[column], (new, item_id))
        operation = database.execute(NOTE, (item_id, column, seen, new, now.isoformat())).lastrowid
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise
    return f'<span class="saved">✓ {now:%H:%M}</span> <button type="button" class="undo" data-undo="{operation}">↶</button>'


def serve(folder: Path, port: int) -> None:
    """Serve the database of `folder` until the process is ended: waitress with four threads, as the product."""
    import waitress

    app.config["FOLDER"] = folder
    gc.collect()
    gc.freeze()
    waitress.serve(app, host="127.0.0.1", port=port, threads=4, ident=None)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]))
