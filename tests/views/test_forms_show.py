"""The forms page: what is published, what is broken, what waits to be published."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from mentorapp.database import db
from mentorapp.models import FormVersion, Pair
from mentorapp.settings import ROOT
from tests.conftest import Browser
from tests.school import World

AsUser = Callable[[str], Browser]


@pytest.fixture
def folder(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """A copy of the folder of forms that a test may spoil."""
    usual = app.config["PLUGINS"]
    app.config["PLUGINS"] = Path(shutil.copytree(ROOT / "plugins", tmp_path / "plugins"))
    yield app.config["PLUGINS"]
    app.config["PLUGINS"] = usual


def rewrite(folder: Path, was: str, now: str) -> None:
    path = folder / "teacher-teacher" / "form.toml"
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, now), encoding="utf-8")


def versions(app: Flask) -> list[int]:
    with app.app_context():
        return list(db.session.execute(db.select(FormVersion.number).where(FormVersion.form_id == "teacher-teacher")).scalars())


def test_published_form_tells_what_it_brings(as_user: AsUser) -> None:
    card = as_user("vera").get("/forms").text
    assert "Учитель — учитель" in card and "версия 1" in card
    assert "<b>2</b> пары в этом году, 5 видов пар" in card
    assert "План работы куратора\u00a0— 5" in card and "знакомство" in card
    assert "не прочитана" not in card and "другая версия" not in card


def test_broken_folder_is_a_red_card_with_all_its_problems(app: Flask, as_user: AsUser, folder: Path) -> None:
    (folder / "broken-one").mkdir()
    broken = 'api = 1\nid = "broken-one"\ntitle = "<b>Сломана</b>"\nlength_days = "много"\n'
    (folder / "broken-one" / "form.toml").write_text(broken, encoding="utf-8")
    card = as_user("vera").get("/forms").text
    assert "Папка «broken-one» не прочитана" in card and "length_days" in card and card.count("<li>form.toml") >= 3
    assert "<b>Сломана</b>" not in card
    assert "Учитель — учитель" in card


def test_changed_folder_becomes_the_next_version_and_pairs_keep_theirs(app: Flask, as_user: AsUser, folder: Path, world: World) -> None:
    rewrite(folder, "alert_days = 21", "alert_days = 30")
    card = as_user("vera").get("/forms").text
    assert "В папке лежит другая версия" in card and "останутся на своей: 2" in card
    assert as_user("vera").post("/forms/teacher-teacher/publish").status_code == 303
    assert versions(app) == [1, 2]
    assert "другая версия" not in as_user("vera").get("/forms").text
    assert "30 дней" in as_user("vera").get("/forms/teacher-teacher").text
    with app.app_context():
        assert db.session.get_one(Pair, world.pairs["boris"]).form_version.number == 1


def test_pressed_twice_it_is_published_once(app: Flask, as_user: AsUser, folder: Path) -> None:
    rewrite(folder, "alert_days = 21", "alert_days = 30")
    places = {as_user("vera").post("/forms/teacher-teacher/publish", {"once": "p1"}).headers["Location"] for _ in range(2)}
    assert places == {"/forms/teacher-teacher"} and versions(app) == [1, 2]


def test_with_nothing_new_in_the_folder_nothing_is_published(app: Flask, as_user: AsUser) -> None:
    for form_id in ("teacher-teacher", "no-such-form"):
        assert as_user("vera").post(f"/forms/{form_id}/publish").status_code == 409
    assert versions(app) == [1]


def test_director_reads_and_does_not_publish(app: Flask, as_user: AsUser, folder: Path) -> None:
    rewrite(folder, "alert_days = 21", "alert_days = 30")
    card = as_user("inna").get("/forms").text
    assert "В папке лежит другая версия" in card and "Опубликовать" not in card
    assert as_user("inna").post("/forms/teacher-teacher/publish").status_code == 403
    assert versions(app) == [1]


def test_form_is_shown_whole(as_user: AsUser) -> None:
    page = as_user("inna").get("/forms/teacher-teacher").text
    sides_and_plans = ("наставник: педагог", "Педагог-новатор", "План работы наставника", "08.09.2026")
    for part in (*sides_and_plans, "Знакомство", "Права наставника"):
        assert part in page
    assert "Описание из папки формы" not in page and "Описание из папки формы" in as_user("vera").get("/forms/teacher-teacher").text


def test_page_about_a_form_is_plain_text(app: Flask, as_user: AsUser, folder: Path) -> None:
    (folder / "teacher-teacher" / "README.md").write_text("<script>alert(1)</script> **жирно**", encoding="utf-8")
    page = as_user("vera").get("/forms/teacher-teacher").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; **жирно**" in page


def test_page_about_a_form_is_never_read_from_another_place(app: Flask, as_user: AsUser, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("тайна", encoding="utf-8")
    readme = folder / "teacher-teacher" / "README.md"
    readme.unlink()
    readme.symlink_to(tmp_path / "secret.txt")
    assert "тайна" not in as_user("vera").get("/forms/teacher-teacher").text


def test_unknown_form_is_not_found(as_user: AsUser) -> None:
    assert as_user("vera").get("/forms/no-such-form").status_code == 404


@pytest.mark.parametrize("name", ["polina", "klara", "anna", "boris"])
def test_for_others_there_are_no_such_pages(as_user: AsUser, name: str) -> None:
    assert as_user(name).get("/forms").status_code == 404
    assert as_user(name).get("/forms/teacher-teacher").status_code == 404
