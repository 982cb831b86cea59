"""Rights are those of the moment in which something is changed, and no way around leads to what a person may not do."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from mentorapp.database import db, writing
from mentorapp.domain.permissions import RoleKind, Side
from mentorapp.models import Operation, Pair, Participant, Plan, Role
from mentorapp.models.pairs import PairState
from tests.conftest import NOW
from tests.trust.stage import Stage

Change = Callable[[sa.orm.Session, Stage], None]


def meanwhile(stage: Stage, change: Change, name: str, template: str, endpoint: str) -> TestResponse:
    """Her request is on its way and waits for the writer; somebody else changes something first."""
    address, data = stage.address(template, "boris"), stage.filled(endpoint, "boris")
    with ThreadPoolExecutor(1) as other:
        with stage.app.app_context(), writing() as session:
            waiting: Future[TestResponse] = other.submit(stage.send, name, "POST", address, data)
            time.sleep(0.15)
            change(session, stage)
        return waiting.result()


def end_the_role(session: sa.orm.Session, stage: Stage) -> None:
    session.execute(sa.delete(Role).where(Role.kind == RoleKind.CURATOR, Role.person_id == stage.world.people["vera"]))


def replace_the_mentor(session: sa.orm.Session, stage: Stage) -> None:
    own = (Participant.pair_id == stage.props["boris"]["pair"], Participant.side == Side.MENTOR)
    session.execute(sa.update(Participant).where(*own).values(until=NOW.date()))


def finish_the_pair(session: sa.orm.Session, stage: Stage) -> None:
    session.execute(sa.update(Pair).where(Pair.id == stage.props["boris"]["pair"]).values(state=PairState.FINISHED))


def close_the_plan(session: sa.orm.Session, stage: Stage) -> None:
    session.execute(sa.update(Plan).where(Plan.id == stage.props["boris"]["plan"]).values(state="closed"))


LATE = [
    (end_the_role, "vera", "/pairs/{pair}/edit", "pairs.save", 404),
    (end_the_role, "vera", "/plans/{plan}/items/{item}/what", "plans.save_cell", 404),
    (end_the_role, "vera", "/people/{person}/edit", "people.save", 404),
    (replace_the_mentor, "anna", "/pairs/{pair}/meetings/new", "meetings.create", 404),
    (replace_the_mentor, "anna", "/plans/{plan}/items/{item}/what", "plans.save_cell", 404),
    (finish_the_pair, "anna", "/pairs/{pair}/meetings/new", "meetings.create", 403),
    (close_the_plan, "anna", "/plans/{plan}/items/{item}/what", "plans.save_cell", 403),
]


@pytest.mark.parametrize("change,name,template,endpoint,status", LATE, ids=[f"{late[0].__name__} {late[3]}" for late in LATE])
def test_what_changed_while_a_request_waited_counts(
    stage: Stage, change: Change, name: str, template: str, endpoint: str, status: int
) -> None:
    assert meanwhile(stage, change, name, template, endpoint).status_code == status
    assert stage.tables()["operation"] == stage.at_first["operation"]


# --- Undo is no way around ---


def last_operation(app: Flask) -> int:
    with app.app_context():
        return int(db.session.execute(sa.select(sa.func.max(Operation.id))).scalar_one())


def state_of(stage: Stage, plan: str) -> str:
    with stage.app.app_context():
        return db.session.get_one(Plan, stage.props["boris"][plan]).state.value


@pytest.mark.parametrize("name,plan", [("anna", "own_plan"), ("boris", "plan"), ("anna", "plan")])
def test_nobody_brings_an_approval_back_or_takes_it_away_by_undo(stage: Stage, name: str, plan: str) -> None:
    steps = [("boris", "agree")] if plan == "plan" else []
    for who, step in (*steps, ("vera", "approve"), ("vera", "draft")):
        assert stage.send(who, "POST", stage.address(f"/plans/{{{plan}}}/{step}", "boris")).status_code == 303
        present, operation = state_of(stage, plan), last_operation(stage.app)
        answer = stage.send(name, "POST", f"/operations/{operation}/undo", fragment=True)
        assert answer.status_code == 403, (step, state_of(stage, plan))
        assert state_of(stage, plan) == present


def test_the_curator_undoes_her_own_step(stage: Stage) -> None:
    assert stage.send("vera", "POST", stage.address("/plans/{own_plan}/approve", "boris")).status_code == 303
    assert stage.send("vera", "POST", f"/operations/{last_operation(stage.app)}/undo").status_code == 303
    assert state_of(stage, "own_plan") == "draft"


def test_nobody_approves_the_plan_in_which_she_is_the_mentor(stage: Stage) -> None:
    with stage.app.app_context(), writing() as session:
        session.add(Role(person_id=stage.world.people["anna"], kind=RoleKind.CURATOR, since=NOW.date()))
    address = stage.address("/plans/{own_plan}/approve", "boris")
    assert stage.send("anna", "POST", address).status_code == 403
    assert stage.send("inna", "POST", address).status_code == 303


def test_nobody_raises_her_own_role(stage: Stage) -> None:
    for name in ("dina", "vera"):
        own = stage.world.people[name]
        for kind in RoleKind:
            data = {"kind": kind.value, "class_id": str(stage.props["boris"]["class"])}
            assert stage.send(name, "POST", f"/accounts/{own}/roles", data).status_code == 403
    assert stage.tables() == stage.at_first
