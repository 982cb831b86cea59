"""Rights are those of the moment in which something is changed, and no way around leads to what a person may not do."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

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


def meanwhile(stage: Stage, change: Change, name: str, template: str) -> TestResponse:
    """Her request is on its way and waits for the writer; somebody else changes something first."""
    address = stage.address(template, "boris")
    data = stage.filled(stage.endpoint("POST", address), "boris")
    with ThreadPoolExecutor(1) as other:
        with stage.app.app_context(), writing() as session:
            waiting: Future[TestResponse] = other.submit(stage.send, name, "POST", address, data)
            time.sleep(0.05)  # ample for it to come as far as the writer
            change(session, stage)
        return waiting.result()


def end_the_role(session: sa.orm.Session, stage: Stage) -> None:
    session.execute(sa.delete(Role).where(*_of_vera(stage)))


def leave_her_another_form(session: sa.orm.Session, stage: Stage) -> None:
    session.execute(sa.update(Role).where(*_of_vera(stage)).values(form_id="pupils-test"))


def _of_vera(stage: Stage) -> tuple[Any, ...]:
    return Role.kind == RoleKind.CURATOR, Role.person_id == stage.world.people["vera"]


def replace_the_mentor(session: sa.orm.Session, stage: Stage) -> None:
    _replace(session, stage, Side.MENTOR)


def replace_the_mentee(session: sa.orm.Session, stage: Stage) -> None:
    _replace(session, stage, Side.MENTEE)


def _replace(session: sa.orm.Session, stage: Stage, side: Side) -> None:
    own = (Participant.pair_id == stage.props["boris"]["pair"], Participant.side == side)
    session.execute(sa.update(Participant).where(*own).values(until=NOW.date()))


def finish_the_pair(session: sa.orm.Session, stage: Stage) -> None:
    session.execute(sa.update(Pair).where(Pair.id == stage.props["boris"]["pair"]).values(state=PairState.FINISHED))


def close_the_plan(session: sa.orm.Session, stage: Stage) -> None:
    session.execute(sa.update(Plan).where(Plan.id == stage.props["boris"]["plan"]).values(state="closed"))


# What each of them changes, and nothing else may.
TABLES = {end_the_role: "role", leave_her_another_form: "role", replace_the_mentor: "participant", replace_the_mentee: "participant"}
TABLES |= {finish_the_pair: "pair", close_the_plan: "plan"}

# What Vera sent while she was a curator, and what she hears when she is none any more: 404 may not know, 403 may not do.
ROLE_ENDS = """
/accounts/{nobody}/account                      403
/accounts/{staff}/disable                       403
/accounts/{staff}/enable                        403
/accounts/{staff}/password                      403
/accounts/{staff}/roles                         403
/accounts/{staff}/roles/{role}/end              403
/answers/{sent}/reopen                          404
/answers/{paper}                                404
/answers/{paper}/hand-over                      404
/bases/mentors/add                              404
/bases/entries/{entry}                          404
/bases/entries/{entry}/bring-back               404
/bases/entries/{entry}/leave                    404
/classes                                        404
/classes/{class}                                404
/classes/{class}/remove                         404
/deficits/{deficits}                            404
/deficits/{deficits}/agree-on-paper             404
/deficits/{deficits}/plan                       404
/deficits/{deficits}/values/{competence}.rank   404
/evaluations/{evaluation}                       404
/evaluations/{evaluation}/bring-back            404
/evaluations/{evaluation}/level                 404
/evaluations/{evaluation}/remove                404
/evaluations/{evaluation}/values/{indicator}    404
/forms/{form}/archive                           403
/forms/{form}/bring-back                        403
/forms/{form}/off                               403
/forms/{form}/on                                403
/forms/{form}/remove                            403
/forms/{form}/draft                             403
/forms/{form}/draft/discard                     404
/forms/{form}/draft/parts/main                  404
/forms/{form}/draft/parts/plans.pair/book       404
/forms/{form}/draft/parts/plans.pair/remove     404
/forms/{form}/draft/plans                       404
/forms/{form}/draft/questionnaires              404
/forms/{form}/draft/try/{asked}                 404
/forms/{form}/draft/try/{asked}/values/expect   404
/forms/{form}/draft/undo                        404
/forms/{form}/draft/values/{question}.text      404
/forms/import                                   403
/forms/import/{sent_form}                       404
/forms/new                                      403
/forms/{form}/offers                            404
/forms/{form}/publish                           403
/pairs/{pair}/deficits/{mentee_row}             404
/pairs/{pair}/evaluation                        404
/pairs/{pair}/called-rows                       404
/pairs/{pair}/measurements/{mentee_row}         404
/pairs/{pair}/measurements/{mentee_row}/values/hours.before 404
/meetings/{meeting}/bring-back                  404
/meetings/{meeting}/edit                        404
/meetings/{meeting}/held                        404
/meetings/{meeting}/missed                      404
/meetings/{meeting}/move                        404
/meetings/{meeting}/remove                      404
/operations/{operation}/undo                    404
/pairs/new                                      403
/pairs/{pair}/archive                           404
/pairs/{pair}/bring-back                        404
/pairs/{pair}/dates                             404
/pairs/{pair}/edit                              404
/pairs/{pair}/meetings/new                      404
/pairs/{pair}/members/new                       404
/pairs/{pair}/members/{mentee_row}/replace      404
/pairs/{pair}/members/{mentee_row}/end          404
/pairs/{pair}/members/{mentee_row}/bring-back   404
/pairs/{pair}/state                             404
/organisations/new                              404
/organisations/{organisation}/archive           404
/organisations/{organisation}/bring-back        404
/organisations/{organisation}/edit              404
/organisations/{organisation}/remove            404
/people/new                                     404
/people/{person}/archive                        404
/people/{person}/bring-back                     404
/people/{person}/clearances/new                 404
/people/{person}/clearances/{clearance}         404
/people/{person}/clearances/{clearance}/bring-back 404
/people/{person}/clearances/{clearance}/remove  404
/people/{person}/consents/new                   404
/people/{person}/consents/{consent}             404
/people/{person}/consents/{consent}/restore     404
/people/{person}/consents/{consent}/withdraw    404
/people/{person}/edit                           404
/plans/{own_plan}/approve                       404
/plans/{plan}/agree-on-paper                    404
/plans/{plan}/approve-on-paper                  404
/plans/{plan}/close                             404
/plans/{plan}/draft                             404
/plans/{plan}/items/new                         404
/plans/{plan}/items/{binned}/restore            404
/plans/{plan}/items/{item}                      404
/plans/{plan}/items/{item}/move                 404
/plans/{plan}/items/{item}/remove               404
/plans/{plan}/items/{item}/what                 404
/plans/{plan}/items/{item}/what/theirs          404
/plans/{plan}/reopen                            404
/school                                         403
"""
LATE: list[tuple[Change, str, str, int]] = [
    *((end_the_role, "vera", template, int(status)) for template, status in map(str.split, ROLE_ENDS.strip().splitlines())),
    (leave_her_another_form, "vera", "/pairs/new", 404),
    (replace_the_mentee, "boris", "/plans/{plan}/agree", 404),
    (replace_the_mentee, "boris", "/answers/{submission}/send", 404),
    (replace_the_mentee, "boris", "/answers/{submission}/values/{answer}", 404),
    (replace_the_mentee, "boris", "/pairs/{pair}/questionnaires/{mentee_row}/before", 404),
    (replace_the_mentee, "boris", "/deficits/{deficits}/agree", 404),
    (replace_the_mentor, "anna", "/pairs/{pair}/meetings/new", 404),
    (replace_the_mentor, "anna", "/pairs/{pair}/measurements/{mentee_row}/values/lessons.before", 404),
    (replace_the_mentee, "boris", "/pairs/{pair}/measurements/{mentee_row}/values/ease.after", 404),
    (replace_the_mentor, "anna", "/plans/{plan}/items/{item}/what", 404),
    (finish_the_pair, "anna", "/pairs/{pair}/meetings/new", 403),
    (finish_the_pair, "vera", "/pairs/{pair}/called-rows", 403),
    (close_the_plan, "anna", "/plans/{plan}/items/{item}/what", 403),
]
# Who comes in, goes out or changes her own password needs no right that could end.
OF_ANYBODY = {"login.enter", "login.again", "login.resume", "login.leave", "setup.make", "accounts.change_password"}


@pytest.mark.parametrize("change,name,template,status", LATE, ids=[f"{late[0].__name__} {late[2]}" for late in LATE])
def test_what_changed_while_a_request_waited_counts(stage: Stage, change: Change, name: str, template: str, status: int) -> None:
    assert meanwhile(stage, change, name, template).status_code == status
    present = stage.tables()
    assert {table for table, rows in present.items() if rows != stage.at_first[table]} == {TABLES[change]}


def test_every_route_that_changes_something_is_asked_for_rights_at_the_moment(stage: Stage) -> None:
    routes = {rule.endpoint for rule in stage.app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    asked = {stage.endpoint("POST", stage.address(template, "boris")) for _change, _name, template, _status in LATE}
    assert routes - asked == OF_ANYBODY


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
