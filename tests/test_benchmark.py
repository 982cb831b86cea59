"""The benchmark measures what it says: the same table on both sides, the same durable edit, every byte counted."""

import json
import re
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from benchmarks import report, seed, yardstick
from benchmarks.client import ANSWERS, COLUMN, Client
from benchmarks.editor import Editor, EditorFigures
from benchmarks.measure import Queries, Ratio, compared, queries
from benchmarks.procfs import cpu_seconds, pss_mb
from benchmarks.seed import ROWS, Seeded
from benchmarks.servers import PRODUCT, YARDSTICK, Server, running
from mentorapp.database import db
from mentorapp.models.forms import spec_of
from mentorapp.sessions import COOKIE

TABLE_BODY = re.compile(r"<tbody>.*?</tbody>", re.DOTALL)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Seeded]:
    """A small school to measure on, for all tests of this file."""
    spec_of.cache_clear()
    folder = tmp_path_factory.mktemp("measured")
    app = seed.application(folder)
    seeded = seed.school(app, people=12, pairs=3)
    with app.app_context():
        db.engine.dispose()
    return folder, seeded


@pytest.fixture
def product(school: tuple[Path, Seeded]) -> Iterator[FlaskClient]:
    """The curator at the product."""
    spec_of.cache_clear()  # The school of the other tests has other forms under the same numbers.
    app = seed.application(school[0])
    client = app.test_client()
    client.set_cookie(COOKIE, school[1].cookie)
    yield client
    with app.app_context():
        db.engine.dispose()
    spec_of.cache_clear()


@pytest.fixture
def bar(school: tuple[Path, Seeded]) -> FlaskClient:
    """Anybody at the yardstick."""
    yardstick.app.config["FOLDER"] = school[0]
    return yardstick.app.test_client()


def stored(folder: Path, item_id: int) -> tuple[str, int]:
    """The yardstick's cell as another program reads it, and how many lines its journal has."""
    with sqlite3.connect(folder / yardstick.DATABASE) as database:
        text = database.execute(f"SELECT {COLUMN} FROM item WHERE id = ?", (item_id,)).fetchone()[0]  # noqa: S608
        lines = database.execute("SELECT count(*) FROM journal").fetchone()[0]
    database.close()
    return text, lines


def test_the_table_is_the_products_to_the_last_byte(product: FlaskClient, bar: FlaskClient, school: tuple[Path, Seeded]) -> None:
    address = f"/plans/{school[1].plan_id}"
    mine, theirs = TABLE_BODY.findall(bar.get(address).text)[0], TABLE_BODY.findall(product.get(address).text)[0]
    assert mine == theirs
    assert theirs.count("<tr id=") == ROWS
    assert theirs.count("<textarea") == ROWS * len(yardstick.COLUMNS)
    # What a plan in the middle of a year has is in it: sections, facts, what is done and what is late.
    assert all(part in theirs for part in ('class="group"', "Факт: ", "Сделано", "Просрочено, ", "Впереди"))


def test_the_school_has_the_asked_size(school: tuple[Path, Seeded]) -> None:
    assert school[1].counts == {"person": 12, "pair": 3, "plan_item": 3 * ROWS}


def test_the_yardstick_saves_and_notes_an_edit(bar: FlaskClient, school: tuple[Path, Seeded]) -> None:
    folder, seeded = school
    item_id = seeded.items[1]
    text, lines = stored(folder, item_id)
    answer = bar.post(f"/plans/{seeded.plan_id}/items/{item_id}/{COLUMN}", data={"seen": text, "value": "куратор"})
    assert answer.status_code == 200
    assert stored(folder, item_id) == ("куратор", lines + 1)
    bar.post(f"/plans/{seeded.plan_id}/items/{item_id}/{COLUMN}", data={"seen": "куратор", "value": text})


def test_the_yardstick_overwrites_nothing_unseen(bar: FlaskClient, school: tuple[Path, Seeded]) -> None:
    folder, seeded = school
    before = stored(folder, seeded.items[2])
    answer = bar.post(f"/plans/{seeded.plan_id}/items/{seeded.items[2]}/{COLUMN}", data={"seen": "другое", "value": "третье"})
    assert answer.status_code == 409
    assert stored(folder, seeded.items[2]) == before


@pytest.mark.parametrize("module", [PRODUCT, YARDSTICK])
def test_a_server_answers_and_every_byte_is_counted(module: str, school: tuple[Path, Seeded]) -> None:
    with running(module, *school) as server:
        page, edit, again = server.client.page(), server.client.edit(), server.client.page()
        assert (page.status, edit.status, again.status) == (200, 200, 200)
        assert page.size == len(answer_by_hand(server))
        assert page.size > len(page.body) > len(edit.body)
        assert cpu_seconds(server.pid) > 0
        assert 10 < pss_mb(server.pid) < 200
        bring_back(server.client)


def answer_by_hand(server: Server) -> bytes:
    """The page as it comes through a bare socket, from the first byte of the status line to the last of the body."""
    client = server.client
    head = "".join(f"{name}: {value}\r\n" for name, value in client.headers.items())
    with socket.create_connection(("127.0.0.1", client.connection.port)) as line:
        line.sendall(f"GET /plans/{client.plan_id} HTTP/1.1\r\nHost: 127.0.0.1:{client.connection.port}\r\n{head}\r\n".encode())
        got = b""
        while not got.endswith(b"</html>"):
            got += line.recv(65536)
    return got


def bring_back(client: Client) -> None:
    """Turn the edited cells back to what the next test expects."""
    while client.edits < 2 * len(client.items):
        client.edit()


def test_the_product_saves_answers_one_after_the_other_to_and_fro(school: tuple[Path, Seeded]) -> None:
    folder, seeded = school
    with running(PRODUCT, folder, seeded) as server:
        for _time in range(2 * len(seeded.questions)):
            assert server.client.answer().status == 200
        with sqlite3.connect(folder / "mentor.db") as database:
            assert database.execute("SELECT DISTINCT value FROM answer").fetchall() == [(ANSWERS[0],)]
        database.close()


def test_the_editor_opens_shows_and_publishes_a_draft_again_and_again(tmp_path: Path) -> None:
    app = seed.application(tmp_path)
    seeded = seed.school(app, people=12, pairs=3)
    with running(PRODUCT, tmp_path, seeded) as server:
        editor = Editor(server.client)
        for number in (1, 2):
            editor.change_and_read()
            assert editor.open().body.decode().count('class="card') >= seed.QUESTIONS
            assert editor.preview().body.decode().count("<legend") == seed.QUESTIONS
            editor.publish()
            with sqlite3.connect(tmp_path / "mentor.db") as database:
                query = "SELECT max(number) FROM form_version WHERE form_id = ?"
                assert database.execute(query, (seed.FORM,)).fetchone() == (1 + number,)
            database.close()
    with app.app_context():
        db.engine.dispose()


def test_a_failed_request_is_no_figure(school: tuple[Path, Seeded]) -> None:
    with running(YARDSTICK, *school) as server:
        server.client.items = [0]
        with pytest.raises(RuntimeError, match="status 404"):
            server.client.edit()


def test_statements_are_counted_in_the_product(product: FlaskClient, school: tuple[Path, Seeded]) -> None:
    found = queries(product.application, school[1])
    assert 3 <= found.page <= 8
    assert 3 <= found.edit <= 7
    assert found.edit_commits == 1


def test_a_ratio_is_taken_within_each_round() -> None:
    assert compared([2.0, 40.0, 6.0], [1.0, 10.0, 2.0]) == Ratio(6.0, 2.0, 3.0)


def test_the_json_has_the_twelve_figures_and_the_table_says_what_was_missed() -> None:
    figures = report.Figures(
        Ratio(3.0, 2.0, 1.5), Ratio(8.0, 2.0, 4.0), Ratio(6.0, 2.0, 3.0), Ratio(9.0, 3.0, 3.0), Ratio(90.0, 10.0, 9.0), 36_000, 1_200,
        Queries(7, 6, 1), 65.25, EditorFigures(Ratio(4.0, 2.0, 2.0), Ratio(3.0, 2.0, 1.5), Ratio(5.0, 2.0, 2.5)),
    )  # fmt: skip
    assert json.loads(json.dumps(report.plain(figures))) == {
        "plan_page_cpu": 1.5,
        "edit_cpu": 4.0,
        "answer_cpu": 3.0,
        "cold_start": 3.0,
        "plan_pdf_cpu": 9.0,
        "plan_page_bytes": 36_000,
        "edit_bytes": 1_200,
        "plan_page_queries": 7,
        "pss_mb": 65.2,
        "form_open_cpu": 2.0,
        "form_preview_cpu": 1.5,
        "form_publish_cpu": 2.5,
    }
    missed = [line for line in report.table(figures).splitlines() if "MISSED" in line]
    assert len(missed) == 1
    assert missed[0].startswith("edit of a cell, CPU")
