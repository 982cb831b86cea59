"""Prepared statements give what SQLAlchemy gives, inside the transaction that is open."""

import ast
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask, g

import mentorapp.views
from mentorapp.database import db, driver, end_reading, table_of, writing
from mentorapp.domain.planning import ItemState
from mentorapp.models import LoginSession, PlanItem
from mentorapp.prepared import Prepared
from tests.school import Item, World

BY_ID = sa.select(
    PlanItem.id, PlanItem.title, PlanItem.state, PlanItem.cells, PlanItem.due_to, PlanItem.removed_at, PlanItem.edited_after_approval
).where(PlanItem.id == sa.bindparam("item_id"))
RENAME = sa.update(table_of(PlanItem)).where(table_of(PlanItem).c.id == sa.bindparam("item_id"))
SLOW = {"papers.pdf", "passwords.fits", "passwords.hash_of"}


def rename(app: Flask, item: Item, title: str) -> None:
    """Somebody else does, meanwhile."""
    with app.app_context(), writing():
        Prepared(RENAME).run(item_id=item.id, title=title)


@pytest.fixture
def first(world: World) -> Item:
    return world.items["boris_pair"][0]


def test_a_row_has_the_values_that_the_session_reads(app: Flask, first: Item) -> None:
    moment = datetime(2026, 11, 20, 6, 30, tzinfo=UTC)
    with app.app_context():
        for changed in ({"state": ItemState.DONE, "due_to": None, "removed_at": moment}, {"due_to": date(2026, 12, 1), "removed_at": None}):
            with writing() as session:
                session.execute(sa.update(PlanItem).where(PlanItem.id == first.id).values(changed))
            expected = db.session.execute(BY_ID, {"item_id": first.id}).one()
            db.session.rollback()
            found = Prepared(BY_ID).row(item_id=first.id)
            assert tuple(found) == tuple(expected)
            assert found._fields == tuple(expected._fields)
            assert type(found.state) is ItemState and type(found.edited_after_approval) is bool and type(found.cells) is dict


def test_there_may_be_no_row(app: Flask) -> None:
    with app.app_context():
        assert Prepared(BY_ID).row(item_id=0) is None
        assert Prepared(BY_ID).rows(item_id=0) == []


def test_an_insert_gives_the_new_id_and_an_update_writes_the_named_columns(app: Flask, first: Item) -> None:
    now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    with app.app_context():
        with writing():
            made = Prepared(sa.insert(table_of(LoginSession))).run(id_hash="x" * 64, account_id=1, created_at=now, seen_at=now)
            Prepared(RENAME).run(item_id=first.id, title="Новое", state=ItemState.MOVED)
        assert made > 0
        assert db.session.get(LoginSession, "x" * 64).seen_at == now
        item = db.session.get(PlanItem, first.id)
        assert (item.title, item.state) == ("Новое", ItemState.MOVED)


def test_a_change_outside_writing_is_refused(app: Flask, first: Item) -> None:
    with app.app_context(), pytest.raises(RuntimeError, match="outside writing"):
        Prepared(RENAME).run(item_id=first.id, title="Пропало бы")


def test_one_request_reads_one_state_of_the_school(app: Flask, first: Item) -> None:
    with app.app_context():
        before = Prepared(BY_ID).row(item_id=first.id).title
        rename(app, first, "Тем временем")
        assert Prepared(BY_ID).row(item_id=first.id).title == before
        end_reading()
        assert Prepared(BY_ID).row(item_id=first.id).title == "Тем временем"


def test_what_was_written_is_read_inside_writing_and_after_it(app: Flask, first: Item) -> None:
    with app.app_context():
        assert Prepared(BY_ID).row(item_id=first.id).title != "Новое"
        with writing():
            Prepared(RENAME).run(item_id=first.id, title="Новое")
            assert Prepared(BY_ID).row(item_id=first.id).title == "Новое"
        assert Prepared(BY_ID).row(item_id=first.id).title == "Новое"


def test_an_open_session_and_a_prepared_statement_share_a_transaction(app: Flask, first: Item) -> None:
    with app.app_context():
        assert db.session.execute(BY_ID, {"item_id": first.id}).one()
        assert driver() is db.session.connection().connection.dbapi_connection
        assert "reader" not in g


def test_no_connection_is_kept_when_a_request_ends_or_fails(app: Flask, first: Item) -> None:
    with app.app_context():
        pool = db.engine.pool
        Prepared(BY_ID).rows(item_id=first.id)
        assert pool.checkedout() == 1
    assert pool.checkedout() == 0
    with pytest.raises(ZeroDivisionError), app.app_context():
        Prepared(BY_ID).rows(item_id=first.id)
        raise ZeroDivisionError
    assert pool.checkedout() == 0


def called(function: ast.AST) -> dict[str, int]:
    """Names of the functions that one calls, each with its first line."""
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    found: dict[str, int] = {}
    for call in sorted(calls, key=lambda node: node.lineno, reverse=True):
        found[ast.unparse(call.func)] = call.lineno
    return found


@pytest.mark.parametrize("path", sorted(Path(mentorapp.views.__file__).parent.glob("*.py")), ids=lambda path: path.stem)
def test_a_view_holds_nothing_of_the_database_while_it_prints_or_hashes(path: Path) -> None:
    for function in [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)]:
        lines = called(function)
        slow = [lines[name] for name in SLOW & lines.keys()]
        if slow:
            assert lines.get("end_reading", 10**6) < min(slow), f"{path.name}: {function.name}"
