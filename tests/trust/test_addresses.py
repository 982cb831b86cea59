"""Where a login leads, under which names the server answers, and what becomes of addresses that no page of ours has."""

import re

import pytest
from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from mentorapp.security import LONGEST_QUERY, safe_next
from tests.school import PASSWORD
from tests.trust.stage import Stage

SITES = (
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "http:evil.example",
    "evil.example",
    "javascript:1",
)
TRICKS = ("{}", " {}", "\t{}", "\r\n{}", "/\t{}", "\x00{}", "{}/..", "/{}", "/\x0b{}")
PAYLOADS = [trick.format(site) for trick in TRICKS for site in SITES] + ["/\r\nLocation: http://evil.example", "", ".", "?next=//evil"]


def test_no_next_leads_to_another_site(app: Flask) -> None:
    assert len(PAYLOADS) >= 60
    for payload in PAYLOADS:
        address = safe_next(payload)
        assert address is None or re.fullmatch(r"/(?![/\\])[^\\\x00-\x1f]*", address), payload


@pytest.mark.parametrize("payload", ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example"])
def test_who_signs_in_through_a_crafted_link_lands_at_home(stage: Stage, payload: str) -> None:
    assert "evil" not in stage.send("", "GET", f"/login?next={payload}").text
    answer = stage.send("", "POST", "/login", {"login": "boris", "password": PASSWORD, "next": payload})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


def test_who_asked_for_a_page_gets_it_after_signing_in(stage: Stage) -> None:
    asked = stage.send("", "GET", "/plans/1?all=1").headers["Location"]
    assert asked == "/login?next=/plans/1?all%3D1"
    answer = stage.send("", "POST", "/login", {"login": "boris", "password": PASSWORD, "next": "/plans/1?all=1"})
    assert answer.headers["Location"] == "/plans/1?all=1"


OWN = [
    "localhost",
    "localhost:8000",
    "127.0.0.1",
    "[::1]:8000",
    "10.0.0.5",
    "192.168.1.20:8000",
    "172.16.3.4",
    "mentor.local",
    "MENTOR.LOCAL:8000",
]
FOREIGN = [
    "evil.example", "localhost.evil.example", "8.8.8.8", "[2a00::1]", "evil.example:8000", "mentor.school", "", ".local", "[", "[::1",
    "evil@localhost", "localhost evil", "a/b.local", "127.0.0.1.evil.example", "x" * 300 + ".local", "localhost:x", "школа.рф",
]  # fmt: skip


def test_the_school_s_own_names_are_answered(stage: Stage) -> None:
    for host in OWN:
        assert stage.send("", "GET", "/healthz", Host=host).status_code == 200, host


def test_any_other_name_is_refused_in_words(app: Flask) -> None:
    for host in FOREIGN:
        environ = EnvironBuilder("/login").get_environ() | {"HTTP_HOST": host.encode().decode("latin-1")}
        body, status, _headers = run_wsgi_app(app, environ, buffered=True)
        assert status.startswith("400") and "адресу, который показал сервер" in b"".join(body).decode(), host


def test_the_name_from_the_settings_is_an_own_one(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(stage.app.config, "HOST_NAME", "Mentor.school")
    assert stage.send("", "GET", "/healthz", Host="mentor.school:8000").status_code == 200


HUGE = "9" * 30
ODD = [
    f"/plans/{HUGE}",
    f"/pairs?page={HUGE}",
    f"/people?class={HUGE}",
    f"/bases?changed={HUGE}",
    f"/people/new?saved={HUGE}",
    "/people?page=-5",
]


@pytest.mark.parametrize("address", ODD)
def test_a_number_beyond_all_counting_names_nothing(stage: Stage, address: str) -> None:
    assert stage.send("vera", "GET", address).status_code in (200, 404)


@pytest.mark.parametrize("path", ["/people", "/search", "/pairs", "/bases", "/accounts"])
def test_a_search_for_anything_at_all_is_answered(stage: Stage, path: str) -> None:
    for query in ("а" * 300, "+".join("абвгде") * 20, "+".join("а" * 990), "%25" * 500, "'" * 1900):
        assert stage.send("vera", "GET", path, query=f"q={query}", fragment=True).status_code in (200, 400), query[:20]


def test_an_address_longer_than_any_of_ours_is_not_read(stage: Stage) -> None:
    assert stage.send("vera", "GET", "/people?q=" + "a" * LONGEST_QUERY).status_code == 400
