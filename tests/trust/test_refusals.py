"""How the server refuses a part of a page: a status the page understands, a sentence of its own, nothing half done, nothing in the log."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from mentorapp import create_app, database
from tests.conftest import NOW, ORIGIN, Clock, new_session
from tests.school import World
from tests.test_access_matrix import MATRIX, rows_of
from tests.trust.stage import Stage

CANARY = "канарейка-7731"
CELL = "/plans/{plan}/items/{item}/what"
FRAGMENT = ORIGIN | {"HX-Request": "true"}


def canaries(world: World) -> list[tuple[str, dict[str, str]]]:
    """(path, form) for a handful of forms whose every field holds the canary."""
    item, pair, person = world.items["boris_mentee"][0], world.pairs["boris"], world.people["boris"]
    fields = [
        "value",
        "seen",
        "value-what",
        "seen-what",
        "last_name",
        "phone",
        "email",
        "birth",
        "done",
        "reason",
        "old",
        "new",
        "again",
        "agenda",
    ]
    full = dict.fromkeys(fields, CANARY)
    paths = [f"/plans/{item.plan_id}/items/{item.id}/what", f"/plans/{item.plan_id}/items/{item.id}", f"/pairs/{pair}/meetings/new"]
    return [(path, full) for path in (*paths, f"/people/{person}/edit", "/me/password", "/login/again", f"/pairs/{pair}/edit")]


def refusal(stage: Stage, name: str, data: dict[str, str], path: str = CELL) -> tuple[int, str]:
    """Status and body of a refused save, and a proof that it is a part of a page and that nothing was changed."""
    answer = stage.send(name, "POST", stage.address(path, "boris"), data, fragment=True)
    assert "<html" not in answer.text and "Location" not in answer.headers
    assert answer.status_code >= 400 and stage.tables() == stage.at_first
    return answer.status_code, answer.text


def test_a_broken_request_is_400(stage: Stage) -> None:
    status, text = refusal(stage, "anna", {"seen": "x"})
    assert status == 400 and text.startswith('<div class="msg err"') and "Ничего не изменено" in text


def test_an_expired_login_is_401_and_never_a_login_page_in_a_cell(stage: Stage, clock: Clock) -> None:
    clock.pass_by(hours=1)
    assert refusal(stage, "anna", {"value": "x", "seen": ""}) == (401, "")


def test_who_may_look_only_is_told_who_may_write(stage: Stage) -> None:
    status, text = refusal(stage, "inna", {"value": "x", "seen": ""})
    assert status == 403 and "правят его автор и куратор" in text


def test_a_stranger_gets_404_as_if_there_were_nothing(stage: Stage) -> None:
    status, text = refusal(stage, "gleb", {"value": "x", "seen": ""})
    assert status == 404 and "Такой страницы нет" in text


def test_another_text_is_409_with_both(stage: Stage) -> None:
    status, text = refusal(stage, "anna", {"value": "Мой текст", "seen": "которого нет"})
    assert status == 409 and "Мой текст" in text.replace("<mark>", "").replace("</mark>", "") and stage.props["boris"]["title"][:20] in text


def test_a_step_that_does_not_follow_is_409_in_words(stage: Stage) -> None:
    status, text = refusal(stage, "vera", {}, "/plans/{plan}/reopen")
    assert status == 409 and "План и так открыт." in text


def test_too_much_text_is_413_in_words(stage: Stage) -> None:
    status, text = refusal(stage, "anna", {"value": "я" * 600_000, "seen": ""})
    assert status == 413 and "Разделите текст на части" in text


def test_a_text_that_a_cell_cannot_hold_is_422_and_says_how_much_it_can(stage: Stage) -> None:
    status, text = refusal(stage, "anna", {"value": "я" * 10_001, "seen": ""})
    assert status == 422 and "можно до 10000 знаков" in text


def test_a_busy_writer_is_503_and_nothing_is_lost(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "WRITER_PATIENCE_SECONDS", 0.01)
    with database._writer:
        status, text = refusal(stage, "anna", {"value": "x", "seen": ""})
    assert status == 503 and "Повторите через минуту" in text


def test_the_same_refusals_as_whole_pages(stage: Stage) -> None:
    for name, status in (("", 303), ("gleb", 404), ("inna", 403)):
        answer = stage.send(name, "POST", stage.address(CELL, "boris"), {"value": "x", "seen": ""})
        assert answer.status_code == status and ("<h1>" in answer.text or status == 303)


@pytest.fixture
def damaged(prepared: tuple[Path, World], tmp_path: Path, clock: Clock) -> Iterator[Flask]:
    """An application whose database has lost a table, in a folder of its own."""
    shutil.copy(prepared[0] / "mentor.db", tmp_path / "mentor.db")
    app = create_app({"DATA": tmp_path, "CLOCK": clock})
    with closing(sqlite3.connect(tmp_path / "mentor.db", isolation_level=None)) as file:
        file.execute("ALTER TABLE change RENAME TO gone")
    yield app
    with app.app_context():
        database.db.engine.dispose()


def test_an_error_nobody_foresaw_is_500_with_a_number_that_stands_in_the_log(
    damaged: Flask, prepared: tuple[Path, World], caplog: pytest.LogCaptureFixture
) -> None:
    world = prepared[1]
    client = damaged.test_client()
    client.set_cookie("sid", new_session(damaged, world.accounts["anna"], NOW))
    item = world.items["boris_mentee"][0]
    with damaged.app_context():
        seen = item.fresh().title
    address = f"/plans/{item.plan_id}/items/{item.id}/what"
    answer = client.post(address, data={"value": CANARY, "seen": seen}, headers=FRAGMENT)
    assert answer.status_code == 500 and "Прежние данные целы" in answer.text and "<html" not in answer.text
    number = answer.text.split("номер ")[1][:4]
    assert f"error {number} at POST plans.save_cell" in caplog.text and "OperationalError" in caplog.text
    # The log has the place of the error and not the values that stood there.
    assert "cells.py" in caplog.text and CANARY not in caplog.text and seen not in caplog.text
    with damaged.app_context():
        assert item.fresh().title == seen


def test_nothing_of_what_people_write_stands_in_the_log(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    for method, template, who in (row for table in MATRIX.values() for row in rows_of(table)):
        name = next((name for name, status in who.items() if name and status < 400), "vera")
        address = stage.address(template, "boris")
        if method == "GET" and template not in ("/login", "/people", "/pairs", "/search"):
            continue
        data = dict.fromkeys(stage.filled(stage.endpoint(method, address), "boris"), CANARY) if method == "POST" else None
        stage.send(name, method, address, data, query=f"q={CANARY}&next=/{CANARY}")
    for path, form in canaries(stage.world):
        stage.send("anna", "POST", path, form, fragment=True)
    assert CANARY not in caplog.text and not any(cookie in caplog.text for cookie in stage.cookies.values())
    assert not any(CANARY in str(record.args) for record in caplog.records)
