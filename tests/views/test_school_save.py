"""The school's settings."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from mentorapp.database import db
from mentorapp.models import Operation, School
from tests.conftest import Browser
from tests.school import World

AsUser = Callable[[str], Browser]

GIVEN = {
    "full_name": "МБОУ «Лицей № 2»",
    "short_name": "Лицей № 2",
    "town": "Заречье",
    "director": "Ким О. Н.",
    "director_post": "И. о. директора",
    "contact": "каб. 5",
    "nominative": "подшефный",
    "genitive": "подшефного",
    "dative": "подшефному",
    "plural": "подшефные",
}


def test_settings_are_kept_and_stand_on_the_login_page(app: Flask, as_user: AsUser) -> None:
    answer = as_user("dina").post("/school", GIVEN)
    assert answer.status_code == 303
    assert "Сохранено" in as_user("dina").get(answer.headers["Location"]).text
    assert "Лицей № 2, Заречье" in as_user("").get("/login").text
    with app.app_context():
        school = School.get()
        assert school.director_post == "И. о. директора"
        assert school.mentee_words == {"nominative": "подшефный", "genitive": "подшефного", "dative": "подшефному", "plural": "подшефные"}


def test_the_schools_own_word_stands_in_the_forms(as_user: AsUser) -> None:
    as_user("vera").post("/school", GIVEN)
    page = as_user("vera").get("/forms/teacher-teacher").text
    assert "подшефный: педагог" in page and "Права подшефного" in page


def test_the_schools_own_word_names_plans_and_the_second_side_of_a_pair(as_user: AsUser, world: World) -> None:
    vera = as_user("vera")
    vera.post("/school", GIVEN)
    assert ">Подшефный <small" in vera.get(f"/plans/{world.plans['boris_pair']}").text
    assert "<legend>Подшефные " in vera.get("/pairs/new").text
    as_user("boris").post(f"/plans/{world.plans['boris_mentee']}/agree")
    assert "план подшефного · согласован" in vera.get("/").text


def test_change_of_settings_is_in_the_journal(app: Flask, as_user: AsUser) -> None:
    as_user("vera").post("/school", GIVEN)
    with app.app_context():
        operation = db.session.execute(db.select(Operation).order_by(Operation.id.desc())).scalars().first()
        assert operation is not None and operation.what == "Настройки школы"
        assert {change.field for change in operation.changes} >= {"full_name", "town", "mentee_words"}


def test_empty_name_is_explained_and_nothing_typed_is_lost(app: Flask, as_user: AsUser) -> None:
    answer = as_user("vera").post("/school", GIVEN | {"full_name": ""})
    assert answer.status_code == 422
    assert "Впишите название школы" in answer.text and "<title>Ошибка: " in answer.text and "Заречье" in answer.text
    with app.app_context():
        assert School.get().town == "Верхнеречье"


def test_director_reads_and_changes_nothing(app: Flask, as_user: AsUser) -> None:
    page = as_user("inna").get("/school")
    assert page.status_code == 200 and "Сохранить" not in page.text
    assert as_user("inna").post("/school", GIVEN).status_code == 403
    with app.app_context():
        assert School.get().town == "Верхнеречье"


@pytest.mark.parametrize("name", ["polina", "klara", "anna", "boris"])
def test_for_others_there_is_no_such_page(as_user: AsUser, name: str) -> None:
    assert as_user(name).get("/school").status_code == 404
    assert as_user(name).post("/school", GIVEN).status_code == 403


def test_the_newest_copy_of_the_database_is_named(app: Flask, as_user: AsUser) -> None:
    assert "Копии базы" not in as_user("vera").get("/school").text
    folder = Path(app.config["DATA"]) / "backups"
    folder.mkdir()
    try:
        assert "Копий ещё нет" in as_user("vera").get("/school").text
        for day in (20, 21):
            copy = folder / f"{day}.db"
            copy.touch()
            moment = datetime(2026, 11, day, 14, 2, tzinfo=UTC).timestamp()
            os.utime(copy, (moment, moment))
        page = as_user("vera").get("/school").text
        assert "Последняя копия: 21.11.2026" in page and "2 копии" in page
    finally:
        for copy in folder.iterdir():
            copy.unlink()
        folder.rmdir()
