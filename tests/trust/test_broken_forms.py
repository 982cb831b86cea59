"""Thirty broken folders of forms beside a good one: the program starts, says what is wrong with each, and everything else works."""

import os
import shutil
import sqlite3
import tomllib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from mentorapp import create_app
from mentorapp.database import db
from mentorapp.models import MentoringForm
from mentorapp.sessions import COOKIE
from mentorapp.settings import ROOT
from tests.conftest import NOW, new_session
from tests.school import World
from tests.test_access_matrix import MATRIX, rows_of

GOOD = ROOT / "plugins" / "teacher-teacher"
Break = Callable[[Path], object]


def text(file: str, content: str) -> Break:
    return lambda folder: (folder / file).write_text(content, encoding="utf-8", errors="surrogateescape")


def added(file: str, content: str) -> Break:
    return lambda folder: text(file, (folder / file).read_text(encoding="utf-8") + content)(folder)


def changed(file: str, old: str, new: str) -> Break:
    def change(folder: Path) -> None:
        content = (folder / file).read_text(encoding="utf-8")
        assert old in content, (file, old)
        (folder / file).write_text(content.replace(old, new, 1), encoding="utf-8")

    return change


def gone(file: str) -> Break:
    return lambda folder: (folder / file).unlink()


def emptied(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


def many_files(folder: Path) -> None:
    for number in range(50):
        (folder / f"part{number}.toml").write_text("", encoding="utf-8")


def link(folder: Path) -> None:
    (folder / "form.toml").unlink()
    (folder / "form.toml").symlink_to("/etc/hostname")


def pipe(folder: Path) -> None:
    (folder / "form.toml").unlink()
    os.mkfifo(folder / "form.toml")


def inner_folder(folder: Path) -> None:
    (folder / "more.toml").mkdir()


BROKEN: dict[str, Break] = {
    "no-form": gone("form.toml"),
    "empty": emptied,
    "empty-file": text("form.toml", ""),
    "not-toml": text("form.toml", "это не форма"),
    "no-quote": text("form.toml", 'title = "Форма'),
    "torn-table": added("plans.toml", "\n[[plans"),
    "twice": added("form.toml", '\ntitle = "Вторая"'),
    "unknown-key": added("form.toml", '\n[secret]\nvisible_to = ["*"]'),
    "not-utf8": lambda folder: (folder / "form.toml").write_bytes("title = 'Форма'".encode("cp1251")),
    "utf16": lambda folder: (folder / "form.toml").write_bytes("title = 'Форма'".encode("utf-16")),
    "zeros": lambda folder: (folder / "form.toml").write_bytes(b"\x00" * 1000),
    "huge": text("plans.toml", "# " + "я" * 70_000),
    "deep": text("plans.toml", "a = " + "[" * 1500),
    "dotted": text("plans.toml", ".".join("a" * 19_000) + " = 1"),
    "digits": text("plans.toml", "a = " + "9" * 5000),
    "many-files": many_files,
    "foreign-file": text("run.sh", "#!/bin/sh\nrm -rf /"),
    "code": text("form.py", "import os"),
    "link": link,
    "pipe": pipe,
    "inner-folder": inner_folder,
    "other-id": changed("form.toml", 'id = "teacher-teacher"', 'id = "another"'),
    "core-id": changed("form.toml", 'id = "teacher-teacher"', 'id = "../core"'),
    "no-title": changed("form.toml", "title = ", "titel = "),
    "number-title": changed("form.toml", 'title = "', "title = 7 # "),
    "bad-kind": changed("plans.toml", 'kind = "', 'kind = "regex'),
    "bad-owner": changed("plans.toml", 'owner = "', 'owner = "x'),
    "bad-rule": added("plans.toml", '\n[[plans.items]]\ndue = { pattern = "(a+)+$" }'),
    "surrogate": text("texts.toml", 'goal = ["\udc80"]'),
    "bad-list": text("texts.toml", "goal = 5"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped form whole, thirty broken copies of it, and a link to it."""
    plugins = tmp_path / "plugins"
    shutil.copytree(GOOD, plugins / "teacher-teacher")
    for name, break_it in BROKEN.items():
        shutil.copytree(GOOD, plugins / name)
        form = plugins / name / "form.toml"
        if name not in ("other-id", "core-id"):
            form.write_text(form.read_text(encoding="utf-8").replace('id = "teacher-teacher"', f'id = "{name}"', 1), encoding="utf-8")
        break_it(plugins / name)
    (plugins / "linked").symlink_to(GOOD)
    return plugins


def test_the_program_starts_and_every_other_page_works(folder: Path, prepared: tuple[Path, World], tmp_path: Path) -> None:
    assert len(BROKEN) == 30 and tomllib.loads((GOOD / "form.toml").read_text(encoding="utf-8"))["id"] == "teacher-teacher"
    shutil.copy(prepared[0] / "mentor.db", tmp_path / "mentor.db")
    with closing(sqlite3.connect(tmp_path / "mentor.db")) as database:
        known = {form_id for (form_id,) in database.execute("SELECT id FROM mentoring_form")}
    app = create_app({"DATA": tmp_path, "CLOCK": lambda: NOW, "PLUGINS": folder})
    client = app.test_client()
    client.set_cookie(COOKIE, new_session(app, prepared[1].accounts["vera"], NOW))
    page = client.get("/forms").text
    assert page.count("не прочитана.") == 31
    assert [name for name in (*BROKEN, "linked") if f"Папка «{name}» не прочитана" not in page] == []
    assert client.get("/forms/teacher-teacher").status_code == 200 and client.get("/forms/unknown-key").status_code == 404
    for method, address, expected in (row for table in MATRIX.values() for row in rows_of(table)):
        if method == "GET" and "{" not in address:
            assert client.get(address, buffered=True).status_code == expected["vera"], address
    with app.app_context():
        assert set(db.session.execute(db.select(MentoringForm.id)).scalars()) == known
        db.engine.dispose()


def test_without_any_folder_of_forms_the_program_starts_too(tmp_path: Path) -> None:
    app = create_app({"DATA": tmp_path, "PLUGINS": tmp_path / "none", "CLOCK": lambda: NOW})
    assert app.test_client().get("/setup").status_code == 200
