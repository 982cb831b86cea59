"""Roles: given from today, ended at once, never one's own."""

from collections.abc import Callable

import sqlalchemy as sa
from flask import Flask

from mentorapp.database import db
from mentorapp.domain.permissions import Grant, RoleKind
from mentorapp.models import Role
from tests.conftest import Browser, Clock
from tests.school import World

AsUser = Callable[[str], Browser]


def grants(app: Flask, person_id: int, clock: Clock) -> list[Grant]:
    with app.app_context():
        roles = db.session.execute(sa.select(Role).where(Role.person_id == person_id).order_by(Role.id)).scalars()
        return [role.grant() for role in roles if role.is_active(clock().date())]


def role_id(app: Flask, person_id: int) -> int:
    with app.app_context():
        return db.session.execute(sa.select(Role.id).where(Role.person_id == person_id)).scalars().one()


def test_curator_of_one_form_is_appointed(app: Flask, as_user: AsUser, world: World, clock: Clock) -> None:
    gleb = world.people["gleb"]
    assert as_user("vera").post(f"/accounts/{gleb}/roles", {"kind": "curator", "form_id": "pupils-test"}).status_code == 303
    assert grants(app, gleb, clock) == [Grant(RoleKind.CURATOR, "pupils-test")]
    assert "Пробная форма для учеников" in as_user("vera").get(f"/accounts/{gleb}").text


def test_new_role_works_at_the_next_click(as_user: AsUser, world: World) -> None:
    gleb = as_user("gleb")
    assert gleb.get("/school").status_code == 404
    as_user("dina").post(f"/accounts/{world.people['gleb']}/roles", {"kind": "director"})
    assert gleb.get("/school").status_code == 200


def test_class_teacher_needs_a_class(app: Flask, as_user: AsUser, world: World, clock: Clock) -> None:
    gleb, vera = world.people["gleb"], as_user("vera")
    answer = vera.post(f"/accounts/{gleb}/roles", {"kind": "class_teacher"})
    assert answer.status_code == 422 and "Выберите класс" in answer.text
    vera.post(f"/accounts/{gleb}/roles", {"kind": "class_teacher", "class_id": world.classes["9a"], "form_id": "pupils-test"})
    assert grants(app, gleb, clock) == [Grant(RoleKind.CLASS_TEACHER, None, world.classes["9a"])]


def test_role_must_be_chosen_from_the_list(app: Flask, as_user: AsUser, world: World, clock: Clock) -> None:
    for kind in ("", "headmaster"):
        assert as_user("vera").post(f"/accounts/{world.people['gleb']}/roles", {"kind": kind}).status_code == 422
    assert grants(app, world.people["gleb"], clock) == []


def test_pressed_twice_a_role_is_given_once(app: Flask, as_user: AsUser, world: World, clock: Clock) -> None:
    for _ in range(2):
        as_user("vera").post(f"/accounts/{world.people['gleb']}/roles", {"kind": "psychologist"})
    assert grants(app, world.people["gleb"], clock) == [Grant(RoleKind.PSYCHOLOGIST)]


def test_ended_role_is_gone_at_once(app: Flask, as_user: AsUser, world: World, clock: Clock) -> None:
    inna, director = world.people["inna"], as_user("inna")
    assert director.get("/school").status_code == 200
    assert as_user("dina").post(f"/accounts/{inna}/roles/{role_id(app, inna)}/end").status_code == 303
    assert director.get("/school").status_code == 404
    assert grants(app, inna, clock) == []
    assert "Раньше: директор" in as_user("dina").get(f"/accounts/{inna}").text


def test_nobody_changes_her_own_roles(app: Flask, as_user: AsUser, world: World, clock: Clock) -> None:
    dina, vera = world.people["dina"], world.people["vera"]
    answer = as_user("dina").post(f"/accounts/{dina}/roles", {"kind": "curator"})
    assert answer.status_code == 403 and "Свои роли человек не меняет" in answer.text
    assert as_user("vera").post(f"/accounts/{vera}/roles/{role_id(app, vera)}/end").status_code == 403
    assert grants(app, dina, clock) == [Grant(RoleKind.ADMINISTRATOR)] and grants(app, vera, clock) == [Grant(RoleKind.CURATOR)]


def test_the_only_administrator_keeps_the_role(app: Flask, as_user: AsUser, world: World, clock: Clock) -> None:
    dina = world.people["dina"]
    assert as_user("vera").post(f"/accounts/{dina}/roles/{role_id(app, dina)}/end").status_code == 409
    assert grants(app, dina, clock) == [Grant(RoleKind.ADMINISTRATOR)]


def test_a_role_is_ended_only_on_its_own_persons_page(app: Flask, as_user: AsUser, world: World, clock: Clock) -> None:
    answer = as_user("dina").post(f"/accounts/{world.people['boris']}/roles/{role_id(app, world.people['inna'])}/end")
    assert answer.status_code == 404
    assert grants(app, world.people["inna"], clock) == [Grant(RoleKind.DIRECTOR)]
