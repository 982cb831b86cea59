"""Running the two servers against each other. All figures of a pair come from the same minute of the same computer."""

import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import NamedTuple

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from benchmarks import procfs
from benchmarks.client import COLUMN, TEXTS, Answer, Client
from benchmarks.seed import Seeded
from benchmarks.servers import PRODUCT, YARDSTICK, Server, running
from benchmarks.statements import counted
from mentorapp.database import db
from mentorapp.sessions import COOKIE

TURN_SECONDS = 0.1

Act = Callable[[Client], Answer]


class Ratio(NamedTuple):
    """Medians of the product and the yardstick in milliseconds, and the median of the ratios of the single rounds."""

    product: float
    yardstick: float
    ratio: float


def compared(product: list[float], yardstick: list[float]) -> Ratio:
    """From the milliseconds of each round."""
    return Ratio(median(product), median(yardstick), median(mine / bar for mine, bar in zip(product, yardstick, strict=True)))


def cpu(product: Server, yardstick: Server, act: Act, rounds: int, seconds: float) -> Ratio:
    """CPU time of one request. Within a round the two take turns many times a second, so that both meet the same neighbours."""
    found: dict[int, list[float]] = {product.pid: [], yardstick.pid: []}
    for number in range(-1, rounds):
        spent, asked = dict.fromkeys(found, 0.0), dict.fromkeys(found, 0)
        until = time.monotonic() + 2 * seconds
        while time.monotonic() < until:
            for server in (product, yardstick):
                used, times = _turn(server, act)
                spent[server.pid] += used
                asked[server.pid] += times
        if number >= 0:  # the round before the first is for warming up
            for pid, kept in found.items():
                kept.append(spent[pid] / asked[pid] * 1000)
    return compared(found[product.pid], found[yardstick.pid])


def _turn(server: Server, act: Act) -> tuple[float, int]:
    asked, until, before = 0, time.monotonic() + TURN_SECONDS, procfs.cpu_seconds(server.pid)
    while time.monotonic() < until:
        act(server.client)
        asked += 1
    return procfs.cpu_seconds(server.pid) - before, asked


def cold_start(folder: Path, seeded: Seeded, times: int) -> Ratio:
    """From starting the process to the first plan page, by turns."""
    found: dict[str, list[float]] = {PRODUCT: [], YARDSTICK: []}
    for number in range(-1, times):
        for module, taken in found.items():
            begun = time.perf_counter()
            with running(module, folder, seeded):
                if number >= 0:  # the first start writes the bytecode
                    taken.append((time.perf_counter() - begun) * 1000)
    return compared(found[PRODUCT], found[YARDSTICK])


def memory(product: Server, seeded: Seeded, requests: int = 1000) -> float:
    """PSS after that many requests for the pages of a working day, in millions of bytes."""
    pair = f"/pairs/{seeded.pair_id}"
    pages = ("/", "/pairs", "/people", "/bases", f"{pair}/meetings", f"{pair}/history", f"/plans/{seeded.plan_id}")
    acts: list[Act] = [*(lambda client, page=page: client.get(page) for page in pages), Client.page, Client.edit, Client.edit]
    for act in islice(cycle(acts), requests):
        act(product.client)
    return procfs.pss_mb(product.pid)


class Queries(NamedTuple):
    page: int
    edit: int
    edit_commits: int


def queries(app: Flask, seeded: Seeded) -> Queries:
    """SELECTs of a plan page and statements of an edit, in this process."""
    client = app.test_client()
    client.set_cookie(COOKIE, seeded.cookie)
    with app.app_context():
        engine = db.engine
    address = f"/plans/{seeded.plan_id}"
    _done(client.get(address))  # from here on the form is known, as in any running server
    with counted(engine) as page:
        _done(client.get(address))
    with counted(engine) as edit:
        _done(_saved(client, seeded, *TEXTS))
    _done(_saved(client, seeded, *reversed(TEXTS)))
    return Queries(len(page.selects), len(edit.statements), edit.commits)


def _saved(client: FlaskClient, seeded: Seeded, seen: str, value: str) -> TestResponse:
    headers = {"Origin": "http://localhost", "HX-Request": "true"}
    return client.post(f"/plans/{seeded.plan_id}/items/{seeded.items[0]}/{COLUMN}", data={"seen": seen, "value": value}, headers=headers)


def _done(answer: TestResponse) -> None:
    assert answer.status_code == 200, answer.text
