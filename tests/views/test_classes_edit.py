"""Classes and groups of the year."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from mentorapp.database import db, writing
from mentorapp.models import SchoolClass, directory
from mentorapp.models.journal import Change
from tests.cards import YEAR, fresh
from tests.conftest import Browser, Clock
from tests.school import World

AsUser = Callable[[str], Browser]


def titles(app: Flask) -> list[str]:
    with app.app_context():
        return [row.title.replace("\u00a0", " ") for row in directory.classes_of(YEAR)]


def test_a_class_is_added_however_it_is_typed(app: Flask, as_user: AsUser) -> None:
    assert as_user("vera").post("/classes", {"titles": " 10-b ", "once": "k1"}).status_code == 303
    assert as_user("vera").post("/classes", {"titles": "5B", "once": "k2"}).status_code == 303
    assert titles(app) == ["5 «В»", "9 «А»", "10-b"]


def test_several_are_added_at_once_and_sent_twice_they_are_added_once(app: Flask, as_user: AsUser) -> None:
    for _ in range(2):
        assert as_user("vera").post("/classes", {"titles": "5а, 5б,, Робототехника, 5 «А»", "once": "k1"}).status_code == 303
    assert titles(app) == ["5 «А»", "5 «Б»", "9 «А»", "Робототехника"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("5а, 9а", "Уже есть: 9\u00a0«А»"), ("", "Впишите класс"), (" , ,", "Впишите класс"), ("к" * 41, "не больше 40 знаков")],
)
def test_what_cannot_be_added_is_explained_and_kept(app: Flask, as_user: AsUser, typed: str, sentence: str) -> None:
    answer = as_user("vera").post("/classes", {"titles": typed, "once": "k1"})
    assert answer.status_code == 422 and sentence in answer.text
    assert titles(app) == ["9 «А»"]


def test_the_number_of_pupils_leads_to_them(as_user: AsUser, world: World) -> None:
    page = as_user("vera").get("/classes").text
    assert f'href="/people?class={world.classes["9a"]}"' in page and "2 человека" in page


def test_a_class_gets_another_title(app: Flask, as_user: AsUser, world: World) -> None:
    assert as_user("vera").post(f"/classes/{world.classes['9a']}", {"title": "9в"}).status_code == 303
    assert titles(app) == ["9 «В»"]


def test_a_title_that_another_class_has_is_explained(app: Flask, as_user: AsUser, world: World) -> None:
    vera = as_user("vera")
    vera.post("/classes", {"titles": "9б", "once": "k1"})
    answer = vera.post(f"/classes/{world.classes['9a']}", {"title": "9 Б"})
    assert answer.status_code == 422 and "9\u00a0«Б» уже есть" in answer.text
    assert vera.post(f"/classes/{world.classes['9a']}", {"title": "9А"}).status_code == 303
    assert titles(app) == ["9 «А»", "9 «Б»"]


def test_a_class_with_people_is_not_removed_and_they_are_counted(app: Flask, as_user: AsUser, world: World) -> None:
    answer = as_user("vera").post(f"/classes/{world.classes['9a']}/remove")
    assert answer.status_code == 409 and "В классе 2 человека." in answer.text
    with app.app_context(), writing():
        fresh(world.people["zoya"]).archived_at = app.config["CLOCK"]()
    assert "В классе 1 человек, ещё 1 в архиве." in as_user("vera").post(f"/classes/{world.classes['9a']}/remove").text
    with app.app_context(), writing():
        fresh(world.people["timur"]).archived_at = app.config["CLOCK"]()
    assert "ещё 2 в архиве." in as_user("vera").post(f"/classes/{world.classes['9a']}/remove").text
    assert titles(app) == ["9 «А»"]


@pytest.fixture
def without_pupils(app: Flask, world: World) -> int:
    """9А after both of its pupils went to no class at all; Klara is its class teacher."""
    with app.app_context(), writing():
        for part in ("zoya", "timur"):
            place = fresh(world.people[part]).enrolment(YEAR)
            assert place is not None
            place.class_id = None
    return world.classes["9a"]


def end_klaras_role(as_user: AsUser, world: World, klara: int) -> None:
    dina = as_user("dina")
    (end,) = re.findall(r'action="(/accounts/\d+/roles/\d+/end)"', dina.get(f"/accounts/{klara}").text)
    assert dina.post(end).status_code == 303


def test_a_class_with_a_class_teacher_is_not_removed(app: Flask, as_user: AsUser, without_pupils: int) -> None:
    answer = as_user("vera").post(f"/classes/{without_pupils}/remove")
    assert answer.status_code == 409 and "классный руководитель: Бойко\u00a0К.\u00a0С." in answer.text
    assert "Показать их" not in answer.text and titles(app) == ["9 «А»"]


def test_when_the_class_teachers_role_has_ended_the_class_is_removed_and_her_role_is_kept(
    app: Flask, as_user: AsUser, world: World, without_pupils: int
) -> None:
    klara = world.people["klara"]
    end_klaras_role(as_user, world, klara)
    assert as_user("vera").post(f"/classes/{without_pupils}/remove").status_code == 303 and titles(app) == []
    assert "Раньше: классный руководитель (01.09.2020 — 22.11.2026)" in as_user("dina").get(f"/accounts/{klara}").text
    with app.app_context():
        assert db.session.execute(db.text("PRAGMA foreign_key_check")).all() == []
        kept = db.session.execute(db.select(Change).where(Change.table_name == "role", Change.field == "class_id")).scalar_one()
        assert (kept.old, kept.new) == (str(without_pupils), "null")


def test_an_empty_class_is_removed(app: Flask, as_user: AsUser) -> None:
    vera = as_user("vera")
    vera.post("/classes", {"titles": "9б", "once": "k1"})
    with app.app_context():
        room = next(row.id for row in directory.classes_of(YEAR) if "Б" in row.title)
    assert vera.post(f"/classes/{room}/remove").status_code == 303 and titles(app) == ["9 «А»"]
    assert vera.get(f"/classes/{room}").status_code == vera.post(f"/classes/{room}/remove").status_code == 404


def test_classes_of_last_year_stay_as_they_were(app: Flask, as_user: AsUser, world: World, clock: Clock) -> None:
    clock.pass_by(days=300)
    vera, room = as_user("vera"), world.classes["9a"]
    assert "Классов пока нет" in vera.get("/classes").text
    assert vera.post(f"/classes/{room}", {"title": "10а"}).status_code == vera.post(f"/classes/{room}/remove").status_code == 404
    with app.app_context():
        assert db.session.get(SchoolClass, room) is not None


READ_AND_WRITE = [("inna", 200, 403), ("polina", 200, 403), ("klara", 200, 403), ("dina", 404, 404), ("anna", 404, 404)]


@pytest.mark.parametrize(("name", "read", "write"), READ_AND_WRITE)
def test_only_a_curator_changes_classes(app: Flask, as_user: AsUser, world: World, name: str, read: int, write: int) -> None:
    user, address = as_user(name), f"/classes/{world.classes['9a']}"
    assert user.get("/classes").status_code == read and user.get(address).status_code == write
    assert user.post("/classes", {"titles": "9б"}).status_code == write
    assert user.post(address, {"title": "9в"}).status_code == user.post(f"{address}/remove").status_code == write
    assert titles(app) == ["9 «А»"]
