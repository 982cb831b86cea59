"""The busiest pages ask the database a fixed number of times, and the server never loads what only a few commands need."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from benchmarks.statements import Counted, counted
from mentorapp import create_app
from mentorapp.database import db, writing
from mentorapp.domain import draft
from mentorapp.forms.host import publish
from mentorapp.models import FormVersion, Meeting, Pair, Participant, Plan, PlanItem
from tests import drafts
from tests.conftest import NOW, Browser, new_session
from tests.school import Item, World

AsUser = Callable[[str], Browser]
ROOT = Path(__file__).parents[1]
MOST_SELECTS, MOST_STATEMENTS = 8, 7
READERS = [("vera", "boris_pair"), ("anna", "boris_pair"), ("boris", "boris_mentee"), ("inna", "boris_mentor"), ("klara", "timur_pair")]

each_reader = pytest.mark.parametrize(("name", "plan"), READERS)


def asked(app: Flask, who: Browser, address: str) -> Counted:
    """What opening a page sends, in a server that has opened it before: the form is remembered by then."""
    with app.app_context():
        engine = db.engine
    assert who.get(address).status_code == 200
    with counted(engine) as found:
        assert who.get(address).status_code == 200
    return found


def copies(thing: Any, number: int, **changed: Any) -> None:
    """More rows like this one, each with a key of its own."""
    values = {column.key: getattr(thing, column.key) for column in sa.inspect(thing).mapper.column_attrs if column.key != "id"}
    db.session.add_all([type(thing)(**(values | changed)) for _ in range(number)])


def add_pairs(app: Flask, number: int) -> None:
    """More pairs with people, plans and rows, all like the first one."""
    with app.app_context(), writing() as session:
        first = session.execute(sa.select(Pair).order_by(Pair.id).limit(1)).scalar_one()
        people = session.execute(sa.select(Participant).where(Participant.pair_id == first.id)).scalars().all()
        plans = session.execute(sa.select(Plan).where(Plan.pair_id == first.id).options(sa.orm.selectinload(Plan.items))).scalars().all()
        before = session.execute(sa.select(sa.func.max(Pair.id))).scalar_one()
        copies(first, number)
        session.flush()
        for pair_id in session.execute(sa.select(Pair.id).where(Pair.id > before)).scalars().all():
            for thing in [*people, *plans]:
                copies(thing, 1, pair_id=pair_id)
        session.flush()
        for plan in session.execute(sa.select(Plan).where(Plan.pair_id > before, Plan.owner == "pair")).scalars().all():
            copies(plans[0].items[0], 3, plan_id=plan.id)


def set_rows(app: Flask, plan_id: int, number: int) -> None:
    """Exactly so many rows in one plan, one of them in the bin."""
    with app.app_context(), writing() as session:
        items = session.execute(sa.select(PlanItem).where(PlanItem.plan_id == plan_id)).scalars().all()
        for item in items[number:]:
            session.delete(item)
        copies(items[0], number - len(items))
        items[-1].removed_at = NOW


@each_reader
def test_a_plan_page_asks_as_often_among_300_pairs_as_among_10(app: Flask, as_user: AsUser, world: World, name: str, plan: str) -> None:
    who, address = as_user(name), f"/plans/{world.plans[plan]}"
    add_pairs(app, 10 - len(world.pairs))
    few = asked(app, who, address).selects
    add_pairs(app, 290)
    many = asked(app, who, address).selects
    assert len(few) == len(many) <= MOST_SELECTS, many


@each_reader
def test_a_plan_page_asks_as_often_for_60_rows_as_for_3(app: Flask, as_user: AsUser, world: World, name: str, plan: str) -> None:
    who, address = as_user(name), f"/plans/{world.plans[plan]}"
    set_rows(app, world.plans[plan], 3)
    few = asked(app, who, address).selects
    set_rows(app, world.plans[plan], 60)
    many = asked(app, who, address).selects
    assert len(few) == len(many) <= MOST_SELECTS, many


def test_an_approved_plan_with_a_meeting_ahead_asks_no_more(app: Flask, as_user: AsUser, world: World) -> None:
    who, address = as_user("vera"), f"/plans/{world.plans['boris_pair']}"
    draft = asked(app, who, address).selects
    with app.app_context(), writing() as session:
        plan = session.get_one(Plan, world.plans["boris_pair"])
        plan.agree(None, NOW.date(), on_paper=True)
        plan.approved_by_id = world.people["inna"]
        plan.approve(None, NOW.date(), on_paper=True)
        meeting = Meeting(pair_id=plan.pair_id, number=1, form_version_id=plan.form_version_id, type_id="first", type_title="Первая")
        meeting.planned_on = NOW.date()
        session.add(meeting)
    assert len(asked(app, who, address).selects) == len(draft)


EDITS = {
    "plain": ("goal", "Понять, с чем нужна помощь"),
    "due": ("due", "01.12.2026"),
    "title": ("what", "Разобрать урок вместе"),
    "state": ("@state", "done"),
}


@pytest.mark.parametrize("name", ["vera", "anna"])
@pytest.mark.parametrize("kind", EDITS)
def test_saving_a_cell_is_one_commit_and_at_most_seven_statements(
    app: Flask, as_user: AsUser, world: World, pair_item: Item, name: str, kind: str
) -> None:
    who, (column, value) = as_user(name), EDITS[kind]
    asked(app, who, f"/plans/{pair_item.plan_id}")
    with app.app_context():
        item, engine = pair_item.fresh(), db.engine
        seen = {"goal": item.cells.get("goal", ""), "due": item.due_text, "what": item.title, "@state": item.state.value}[column]
    with counted(engine) as sent:
        assert who.save(pair_item, column, value, seen=seen).status_code == 200
    assert sent.commits == 1
    assert len(sent.statements) <= MOST_STATEMENTS, sent.statements
    assert sum(statement.startswith("UPDATE plan_item") for statement in sent.statements) == 1


def test_opening_a_page_commits_nothing(app: Flask, as_user: AsUser, world: World) -> None:
    found = asked(app, as_user("vera"), f"/plans/{world.plans['boris_pair']}")
    assert found.commits == 0
    assert found.statements == found.selects


def install_forms(app: Flask, number: int) -> None:
    """More published forms beside those of the school, each with words of its own."""
    with app.app_context(), writing() as session:
        version = session.execute(sa.select(FormVersion).order_by(FormVersion.id).limit(1)).scalar_one()
        for one in range(number):
            publish(replace(version.spec, id=f"another-{one}", title=f"Ещё одна форма {one}"), NOW)


@each_reader
def test_a_plan_page_is_the_same_and_asks_as_often_with_30_forms(app: Flask, as_user: AsUser, world: World, name: str, plan: str) -> None:
    who, address = as_user(name), f"/plans/{world.plans[plan]}"
    few, before = asked(app, who, address).selects, who.get(address).data
    install_forms(app, 30)
    many = asked(app, who, address).selects
    assert len(few) == len(many) <= MOST_SELECTS, many
    assert who.get(address).data == before


def test_saving_a_field_of_a_draft_sends_as_few_statements_after_many_changes_among_many_forms(
    app: Flask, as_user: AsUser, world: World
) -> None:
    vera = as_user("vera")
    with app.app_context(), writing():
        drafts.begin("teacher-teacher", world.people["vera"], NOW)

    def save(field: str, value: str, seen: str = "") -> Counted:
        with app.app_context():
            engine = db.engine
        with counted(engine) as sent:
            address = f"/forms/teacher-teacher/draft/values/{drafts.QUESTION}.{field}"
            assert vera.post(address, {"value": value, "seen": seen}, headers={"HX-Request": "true"}).status_code == 200
        return sent

    save("hint", "Раз")
    first = save("hint", "Два", "Раз")
    install_forms(app, 30)
    for number in range(5):
        save("text", f"Вопрос {number}?", drafts_text(app))
        save("hint", f"Пояснение {number}", f"Пояснение {number - 1}" if number else "Два")
    last = save("hint", "Три", "Пояснение 4")
    assert first.commits == last.commits == 1
    assert len(first.statements) == len(last.statements) <= MOST_STATEMENTS, last.statements
    assert sum(statement.startswith("UPDATE form_draft") for statement in last.statements) == 1


def drafts_text(app: Flask) -> str:
    """How the question of the draft reads now."""
    with app.app_context():
        return str(draft.get(drafts.draft_of("teacher-teacher").content, f"{drafts.QUESTION}.text"))


# Each costs a small computer seconds at the start, or megabytes for as long as the server runs.
HEAVY = ["scipy", "numpy", "xhtml2pdf", "reportlab", "openpyxl", "alembic", "flask_migrate", "pypdf", "lxml", "PIL"]

# A server of its own, which has loaded nothing for tests: it carries out the requests of its arguments and says what it has loaded.
ORDINARY_DAY = """
import sys
from datetime import datetime
from pathlib import Path
from mentorapp import create_app
from mentorapp.sessions import COOKIE

folder, now, cookie, *requests = sys.argv[1:]
client = create_app({"DATA": Path(folder), "CLOCK": lambda: datetime.fromisoformat(now)}).test_client()
client.set_cookie(COOKIE, cookie)
for request in requests:
    address, _, body = request.partition(" ")
    headers = {"Origin": "http://localhost", "HX-Request": "true", "Content-Type": "application/x-www-form-urlencoded"}
    answer = client.post(address, data=body, headers=headers) if body else client.get(address)
    assert answer.status_code in (200, 303), (request, answer.status)
print(*sys.modules)
"""


def test_twenty_ordinary_requests_load_nothing_heavy(prepared: tuple[Path, World], pair_item: Item, tmp_path: Path) -> None:
    world = prepared[1]
    (tmp_path / "mentor.db").write_bytes((prepared[0] / "mentor.db").read_bytes())
    cookie = new_session(create_app({"DATA": tmp_path, "CLOCK": lambda: NOW}), world.accounts["vera"], NOW)
    pair, plan, person = f"/pairs/{world.pairs['boris']}", f"/plans/{pair_item.plan_id}", f"/people/{world.people['boris']}"
    item = f"{plan}/items/{pair_item.id}"
    meeting = "type_id=regular&planned_on=27.11.2026&planned_time=15.20&place=31&plan_item_id=0&once=m"
    pages = ["/", "/pairs", "/people", "/bases", "/forms", "/school", "/search?q=%D0%BB", person, pair, plan]
    edits = [f"{item}/@note value=1&seen=", f"{item}/@state value=done&seen=planned", f"{item}/goal/theirs value=1"]
    meetings = [f"{pair}/meetings", f"{pair}/meetings/new", f"{pair}/meetings/new {meeting}", f"{pair}/meetings", f"{pair}/history"]
    requests = [*pages, *edits, item, plan, *meetings, "/"]
    command = [sys.executable, "-c", ORDINARY_DAY, str(tmp_path), NOW.isoformat(), cookie, *requests]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "mentorapp" in loaded
    assert sorted(loaded.intersection(HEAVY)) == []
