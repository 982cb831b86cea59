"""What every request must pass and every answer carries, for every address there is."""

from html.parser import HTMLParser

import pytest

from tests.conftest import ORIGIN, Clock
from tests.school import PASSWORD
from tests.test_access_matrix import MATRIX, rows_of
from tests.trust.stage import Stage

ROWS = [row for table in MATRIX.values() for row in rows_of(table)]
POSTS = [(address, who) for method, address, who in ROWS if method == "POST"]
FOREIGN = [
    "",
    "localhost",
    "http://evil.example",
    "http://localhost:8001",
    "http://localhost.evil.example",
    "http://evil.example/localhost",
    "http://[",
]


def test_nothing_is_changed_from_a_foreign_page(stage: Stage) -> None:
    for template, who in POSTS:
        address = stage.address(template, "boris")
        name = next((name for name, status in who.items() if status < 400 and name), "vera")
        data = stage.filled(stage.endpoint("POST", address), "boris")
        for origin in ("http://evil.example", "null"):
            assert stage.send(name, "POST", address, data, Origin=origin).status_code == 403, (template, origin)
    assert stage.tables() == stage.at_first


@pytest.mark.parametrize("origin", FOREIGN)
def test_an_origin_that_only_looks_like_ours_is_foreign(stage: Stage, origin: str) -> None:
    answer = stage.send("vera", "POST", "/school", stage.filled("school.save", "boris"), Origin=origin)
    assert answer.status_code == 403 and "Ничего не изменено" in answer.text
    assert stage.tables() == stage.at_first


def test_a_request_without_any_origin_counts_as_foreign(stage: Stage) -> None:
    client = stage.app.test_client()
    client.set_cookie("sid", stage.cookies["vera"])
    for template, _who in POSTS:
        assert client.post(stage.address(template, "boris"), headers={"Referer": "http://localhost/"}).status_code == 403, template
    assert client.delete("/people").status_code == 403
    assert stage.tables() == stage.at_first


def test_behind_tls_the_same_host_is_our_own_page(stage: Stage) -> None:
    assert stage.send("vera", "POST", "/school", stage.filled("school.save", "boris"), Origin="https://localhost").status_code == 303


def test_a_prefix_from_outside_is_refused_and_stays_on_no_page(stage: Stage) -> None:
    client = stage.app.test_client()
    assert client.get("/login", environ_overrides={"SCRIPT_NAME": "/evil"}).status_code == 400
    assert "/evil" not in client.get("/login").text


def test_a_page_that_stood_open_for_half_a_day_still_saves(stage: Stage, clock: Clock) -> None:
    address = stage.address("/plans/{plan}/items/{item}/what", "boris")
    clock.pass_by(hours=12)
    client = stage.app.test_client()
    client.set_cookie("sid", stage.cookies["anna"])
    typed = stage.filled("plans.save_cell", "boris")
    assert client.post(address, data=typed, headers=ORIGIN | {"HX-Request": "true"}).status_code == 401
    assert client.post("/login/again", data={"login": "anna", "password": PASSWORD}, headers=ORIGIN).status_code == 204
    assert client.post(address, data=typed, headers=ORIGIN | {"HX-Request": "true"}).status_code == 200


HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def test_every_answer_carries_every_header(stage: Stage) -> None:
    refused = [("GET", "/nowhere"), ("PUT", "/people"), ("GET", "/static/none.css"), ("GET", "/people?q=" + "я" * 2000)]
    gets = [(method, template) for method, template, _who in ROWS if method == "GET"]
    for method, template in [*gets, *refused, ("POST", "/people/{person}/edit"), ("POST", "/meetings/{meeting}/missed")]:
        for name in ("", "vera"):
            headers = stage.send(name, method, stage.address(template, "boris")).headers
            assert HEADERS.items() <= dict(headers).items(), (name, template)
            kept = "immutable" in headers["Cache-Control"]
            assert kept == (template == "/static/app.css") and (kept or headers["Cache-Control"] == "no-store"), template
    foreign_host = stage.send("", "GET", "/", Host="evil.example")
    assert HEADERS.items() <= dict(foreign_host.headers).items()


class Config(HTMLParser):
    """What the page tells htmx."""

    content = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "meta" and dict(attrs).get("name") == "htmx-config":
            self.content = dict(attrs)["content"] or ""


def test_htmx_keeps_no_pages_runs_no_code_and_asks_nobody_else(stage: Stage) -> None:
    page = Config()
    page.feed(stage.send("anna", "GET", "/").text)
    for setting in ('"allowEval":false', '"allowScriptTags":false', '"selfRequestsOnly":true', '"historyCacheSize":0'):
        assert setting in page.content
