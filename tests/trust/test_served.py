"""The server as the school runs it: thirty people at the start of a lesson, a second server, and what stands in its window afterwards."""

import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from mentorapp import backup, cli
from tests.school import PASSWORD, World
from tests.trust.served import Served
from tests.trust.test_refusals import CANARY, canaries


@pytest.fixture
def server(prepared: tuple[Path, World], tmp_path: Path) -> Iterator[Served]:
    shutil.copy(prepared[0] / "mentor.db", tmp_path / "mentor.db")
    served = Served(tmp_path)
    yield served
    served.stop()


def test_a_lesson_begins_and_the_window_tells_nothing_of_anybody(
    server: Served, prepared: tuple[Path, World], capsys: pytest.CaptureFixture[str]
) -> None:
    world = prepared[1]
    (copy,) = backup.backups(server.data)  # There was none, so the start made one, and for nobody else's eyes.
    assert copy.stat().st_mode & 0o077 == 0
    before = server.memory("VmRSS")
    with ThreadPoolExecutor(30) as pupils:
        answers = list(pupils.map(lambda _n: server.send("POST", "/login", {"login": "boris", "password": PASSWORD}), range(30)))
    assert [answer.status for answer in answers] == [303] * 30
    assert server.memory() - before < 80

    # Only one server may have this folder.
    assert cli.main(["serve", "--data", str(server.data), "--port", str(server.port + 1)]) == 1
    assert capsys.readouterr().err.startswith("С этой папкой уже работает другой сервер.")

    cookie = str(answers[0].getheader("Set-Cookie")).split(";")[0]
    for path, data in canaries(world):
        server.send("POST", path, data, Cookie=cookie)
        server.send("GET", f"{path}?q={CANARY.encode().hex()}", Cookie=cookie)
    server.send("POST", "/login", {"login": CANARY, "password": CANARY})
    server.send("GET", "/", Host=f"{CANARY.encode().hex()}.example")
    for words in (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + CANARY.encode() + b"\r\n\r\n", CANARY.encode() * 20 + b"\r\n\r\n"):
        server.say(words)
    with closing(sqlite3.connect(server.data / "mentor.db", isolation_level=None)) as database:
        database.execute("ALTER TABLE plan_item RENAME TO gone")
    item = world.items["boris_mentee"][0]
    broken = server.send("POST", f"/plans/{item.plan_id}/items/{item.id}/what", {"value": CANARY, "seen": CANARY}, Cookie=cookie)
    assert broken.status == 500

    said = server.stop()
    number = broken.text.split("номер ")[1][:4]  # type: ignore[attr-defined]
    assert f"error {number} at POST plans.save_cell" in said
    assert CANARY not in said and CANARY.encode().hex() not in said
    assert cookie.partition("=")[2] not in said and PASSWORD not in said and "Лукин" not in said
