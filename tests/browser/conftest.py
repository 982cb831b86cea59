"""A real Chromium, a live server over the fresh school of each test, and people who open pages there."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from mentorapp.domain import planning
from mentorapp.models import cells
from mentorapp.sessions import COOKIE
from tests.browser.serving import Live, OwnServer
from tests.browser.table import Table
from tests.conftest import Clock, new_session
from tests.school import Item, World

PROGRAM = shutil.which("chromium") or "/usr/bin/chromium"
# Without these a closed network keeps the browser busy with its own errands.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
TELL_CSP = "document.addEventListener('securitypolicyviolation', found => console.error('CSP', found.violatedDirective, found.blockedURI))"

expect.set_options(timeout=15_000)  # of real time: a small computer under load is slow, not wrong

Visit = Callable[..., Page]
OpenPlan = Callable[..., Table]
Stored = Callable[[Item, str], str]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of this folder are marked; where there is no Chromium they are left out, and say so."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not Path(PROGRAM).exists():
                item.add_marker(pytest.mark.skip(reason="нет Chromium: sudo apt install chromium"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def one_server(one_app: Flask) -> Live:
    return Live(one_app)


@pytest.fixture
def live(one_server: Live, app: Flask) -> Iterator[Live]:
    """The server over the fresh school of this test."""
    one_server.open()
    yield one_server
    one_server.shut()


class Complaints:
    """What the browsers complained of. Any line fails the test, but for those with words that the test expects."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._expected: tuple[str, ...] = ()

    def expect(self, *words: str) -> None:
        self._expected += words

    def listen(self, page: Page) -> None:
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.lines.append(f"{page.url}: {error}"))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.lines.append(f"{message.location.get('url')}: {message.text}")

    def unexpected(self) -> list[str]:
        return [line for line in self.lines if not any(word in line for word in self._expected)]


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    kept = Complaints()
    yield kept
    assert kept.unexpected() == []


class Desks:
    """Browsers of people, each with cookies of its own."""

    def __init__(self, chromium: Browser, url: str, complaints: Complaints) -> None:
        self._chromium, self._url, self._complaints = chromium, url, complaints
        self._contexts: list[BrowserContext] = []

    def open(self, cookie: str = "", **options: object) -> Page:
        """A page nowhere yet, of a visitor with this cookie."""
        usual: dict[str, object] = {
            "base_url": self._url,
            "locale": "ru-RU",
            "reduced_motion": "reduce",
            "viewport": {"width": 1366, "height": 768},
        }
        context = self._chromium.new_context(**(usual | options))  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        self._contexts.append(context)
        if cookie:
            context.add_cookies([{"name": COOKIE, "value": cookie, "url": self._url}])
        if options.get("java_script_enabled", True):
            context.add_init_script(TELL_CSP)
        context.on("page", self._complaints.listen)
        return context.new_page()

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture
def visit(chromium: Browser, live: Live, app: Flask, world: World, clock: Clock, complaints: Complaints) -> Iterator[Visit]:
    """Open a browser for a member of the cast, signed in; "" is nobody. Options are those of Playwright's new_context."""
    desks = Desks(chromium, live.url, complaints)

    def sit_down(name: str = "", **options: object) -> Page:
        return desks.open(new_session(app, world.accounts[name], clock()) if name else "", **options)

    yield sit_down
    desks.close()


@pytest.fixture
def own_server(app: Flask) -> Iterator[OwnServer]:
    """A server that a test may kill, over the same fresh school. It lives by the real clock."""
    server = OwnServer(app.config["DATA"])
    server.start()
    yield server
    server.kill()


@pytest.fixture
def open_own(chromium: Browser, own_server: OwnServer, app: Flask, world: World, complaints: Complaints) -> Iterator[OpenPlan]:
    """Open a plan as somebody at that server."""
    desks = Desks(chromium, own_server.url, complaints)

    def open_as(name: str, plan: str = "boris_pair") -> Table:
        page = desks.open(new_session(app, world.accounts[name], datetime.now(UTC)))
        return opened(page, world.plans[plan])

    yield open_as
    desks.close()


@pytest.fixture
def open_plan(visit: Visit, world: World) -> OpenPlan:
    """Open a plan as somebody, ready to type."""

    def open_as(name: str, plan: str = "boris_pair", **options: object) -> Table:
        return opened(visit(name, **options), world.plans[plan])

    return open_as


def opened(page: Page, plan_id: int) -> Table:
    """The table of a plan, ready to type into."""
    page.goto(f"/plans/{plan_id}")
    table = Table(page)
    table.wait_until_ready()
    return table


@pytest.fixture
def anna(open_plan: OpenPlan) -> Table:
    """The pair plan of Anna and Boris, open before Anna."""
    return open_plan("anna")


@pytest.fixture
def stored(app: Flask) -> Stored:
    """The text that the database holds for a cell."""

    def read(item: Item, column_id: str) -> str:
        with app.app_context():
            row = item.fresh()
            column = cells.column_of(row.plan.form_version_id, row.plan.owner, column_id)
            assert column
            return planning.shown(row, planning.field_of(column))

    return read
