"""Closing the door to a person, and the rule that an administrator always remains."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from mentorapp.database import db, writing
from mentorapp.domain.permissions import RoleKind
from mentorapp.models import Account, Role
from tests.conftest import ORIGIN, Browser, Clock
from tests.school import PASSWORD, World

AsUser = Callable[[str], Browser]


@pytest.fixture
def second_administrator(app: Flask, world: World, clock: Clock) -> str:
    """Vera administers too."""
    with app.app_context(), writing() as session:
        session.add(Role(person_id=world.people["vera"], kind=RoleKind.ADMINISTRATOR, since=clock().date()))
    return "vera"


def is_disabled(app: Flask, account_id: int) -> bool:
    with app.app_context():
        return db.session.get_one(Account, account_id).disabled_at is not None


def administrators(app: Flask, world: World, clock: Clock) -> list[int]:
    """Who can administer now: an active role and an open account."""
    with app.app_context():
        roles = db.session.execute(db.select(Role).where(Role.kind == RoleKind.ADMINISTRATOR)).scalars()
        closed = set(db.session.execute(db.select(Account.person_id).where(Account.disabled_at.is_not(None))).scalars())
        return [role.person_id for role in roles if role.is_active(clock().date()) and role.person_id not in closed]


def test_closed_door_throws_out_at_once_and_opens_again_with_the_same_password(app: Flask, as_user: AsUser, world: World) -> None:
    boris, dina, person = as_user("boris"), as_user("dina"), world.people["boris"]
    assert dina.post(f"/accounts/{person}/disable").status_code == 303
    assert boris.get("/").status_code == 303
    enter = {"login": "boris", "password": PASSWORD}
    assert app.test_client().post("/login", data=enter, headers=ORIGIN).status_code == 422
    assert dina.post(f"/accounts/{person}/enable").status_code == 303
    assert app.test_client().post("/login", data=enter, headers=ORIGIN).status_code == 303


def test_nobody_closes_the_door_to_herself(app: Flask, as_user: AsUser, world: World, second_administrator: str) -> None:
    assert as_user("dina").post(f"/accounts/{world.people['dina']}/disable").status_code == 403
    assert not is_disabled(app, world.accounts["dina"])


def test_the_only_administrator_stays(app: Flask, as_user: AsUser, world: World) -> None:
    answer = as_user("vera").post(f"/accounts/{world.people['dina']}/disable")
    assert answer.status_code == 409 and "единственный администратор" in answer.text
    assert not is_disabled(app, world.accounts["dina"])


def test_one_of_two_administrators_may_go(app: Flask, as_user: AsUser, world: World, second_administrator: str) -> None:
    assert as_user("vera").post(f"/accounts/{world.people['dina']}/disable").status_code == 303
    assert is_disabled(app, world.accounts["dina"])


def test_an_administrator_who_cannot_sign_in_does_not_count(app: Flask, as_user: AsUser, world: World, clock: Clock) -> None:
    with app.app_context(), writing() as session:
        session.add(Role(person_id=world.people["anna"], kind=RoleKind.ADMINISTRATOR, since=clock().date()))
        session.get_one(Account, world.accounts["anna"]).disabled_at = clock()
    assert as_user("vera").post(f"/accounts/{world.people['dina']}/disable").status_code == 409


@pytest.mark.parametrize("attempt", range(5))
def test_two_administrators_who_close_each_others_door_at_once_leave_one(
    app: Flask, as_user: AsUser, world: World, clock: Clock, second_administrator: str, attempt: int
) -> None:
    presses = [(as_user("dina"), world.people["vera"]), (as_user("vera"), world.people["dina"])]
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda press: press[0].post(f"/accounts/{press[1]}/disable"), presses))
    assert len(administrators(app, world, clock)) == 1


@pytest.mark.parametrize("name", ["inna", "polina", "klara", "viktor", "anna", "boris"])
def test_others_change_nothing_and_see_no_list(app: Flask, as_user: AsUser, world: World, name: str) -> None:
    person = world.people["gleb"]
    assert as_user(name).get("/accounts").status_code == 403
    assert as_user(name).get(f"/accounts/{person}").status_code == 403
    for act in ("account", "password", "disable", "enable", "roles"):
        assert as_user(name).post(f"/accounts/{person}/{act}", {"kind": "administrator"}).status_code == 403
    assert not is_disabled(app, world.accounts["gleb"])
