"""The login ran out while somebody was writing: nothing of what she sends is lost, and nobody else gets it stored in his name."""

from html.parser import HTMLParser
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.conftest import ORIGIN, Clock, new_session
from tests.school import PASSWORD
from tests.trust.stage import Stage, Tables, without

# What differs though the form did the same: salts, and when somebody signed in.
OF_LOGINS = {("account", "last_seen_at"), ("account", "password_hash")}
FORMS = [
    ("vera", "/people/new", "people.create"),
    ("vera", "/people/{person}/edit", "people.save"),
    ("vera", "/bases/mentors/add", "bases.enter"),
    ("vera", "/pairs/{pair}/edit", "pairs.save"),
    ("vera", "/school", "school.save"),
    ("dina", "/accounts/{nobody}/account", "accounts.make"),
    ("anna", "/meetings/{meeting}/held", "meetings.hold"),
    ("anna", "/plans/{plan}/items/new", "rows.create"),
    ("anna", "/plans/{plan}/items/{item}/remove", "rows.remove"),
]
RECORD = "Разобрали урок:\r\n— начало;\r\n\r\n— «конец» & <итог>"


class Form(HTMLParser):
    """The form of a page: where it goes, and every hidden field in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action, self.fields = "", MultiDict[str, str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = given["action"]
        if tag == "input" and given.get("type") == "hidden":
            self.fields.add(given["name"], given["value"])


def browser(stage: Stage, name: str) -> FlaskClient:
    """Somebody who came half an hour ago and has done nothing since."""
    client = stage.app.test_client()
    client.set_cookie("sid", stage.cookies[name])
    return client


def post(client: FlaskClient, address: str, data: Any) -> TestResponse:
    """Send a form and follow where it leads, as browsers do: 307 takes the form along."""
    answer = client.post(address, data=data, headers=ORIGIN)
    while answer.status_code == 307:
        answer = client.post(answer.headers["Location"], data=data, headers=ORIGIN)
    return client.get(answer.headers["Location"], follow_redirects=True) if answer.status_code == 303 else answer


def go_on(client: FlaskClient, page: TestResponse, password: str = PASSWORD) -> TestResponse:
    """Give the password on the page that asks for it."""
    form = Form(page.text)
    return post(client, form.action, MultiDict([*form.fields.items(multi=True), ("password-again", password)]))


def stored(stage: Stage) -> Tables:
    """The database without what every login changes, put back afterwards."""
    found = {name: rows for name, rows in without(stage.tables(), OF_LOGINS).items() if name != "login_session"}
    stage.reset()
    return found


def filled(stage: Stage, endpoint: str) -> dict[str, Any]:
    lists = {"came": [stage.world.people["anna"], stage.world.people["boris"]], "ticked": [0, 2], "done": RECORD}
    return stage.filled(endpoint, "boris") | (lists if endpoint == "meetings.hold" else {})


@pytest.mark.parametrize("name,template,endpoint", FORMS, ids=[endpoint for _name, _template, endpoint in FORMS])
def test_after_her_password_the_form_does_what_it_would_have_done(
    stage: Stage, clock: Clock, name: str, template: str, endpoint: str
) -> None:
    address, data = stage.address(template, "boris"), filled(stage, endpoint)
    clock.pass_by(minutes=40)
    in_time = stage.app.test_client()
    in_time.set_cookie("sid", new_session(stage.app, stage.world.accounts[name], clock()))
    assert post(in_time, address, data).status_code == 200
    expected = stored(stage)
    late = browser(stage, name)
    asked = post(late, address, data)
    assert asked.status_code == 401 and "То, что вы отправили, цело" in asked.text
    assert go_on(late, asked).status_code == 200
    assert stored(stage) == expected


def test_a_wrong_password_keeps_the_form(stage: Stage, clock: Clock) -> None:
    anna, address = browser(stage, "anna"), stage.address("/meetings/{meeting}/held", "boris")
    clock.pass_by(minutes=40)
    asked = post(anna, address, filled(stage, "meetings.hold"))
    again = go_on(anna, asked, "не тот")
    assert again.status_code == 422 and "Ещё 4 попытки" in again.text
    assert Form(again.text).action == Form(asked.text).action and Form(again.text).fields == Form(asked.text).fields
    assert "не тот" not in again.text and stage.tables()["meeting"] == stage.at_first["meeting"]
    assert "Разобрали урок" in go_on(anna, again).text


def test_who_signs_in_as_somebody_else_stores_nothing_of_hers(stage: Stage, clock: Clock) -> None:
    anna = browser(stage, "anna")
    clock.pass_by(minutes=40)
    asked = post(anna, stage.address("/meetings/{meeting}/held", "boris"), filled(stage, "meetings.hold"))
    assert 'href="/login">Это не я' in asked.text
    post(anna, "/login", {"login": "gleb", "password": PASSWORD})
    assert stage.tables()["meeting"] == stage.at_first["meeting"]
    # Gleb at her page: it still asks for Anna's password, and stores in nobody's name but hers.
    go_on(anna, asked)
    by = stage.tables()["operation"][-1]["by_id"]
    assert by == stage.world.people["anna"]


def test_who_has_left_is_told_that_nothing_was_stored(stage: Stage) -> None:
    anna = browser(stage, "anna")
    post(anna, "/logout", {})
    answer = post(anna, stage.address("/meetings/{meeting}/held", "boris"), filled(stage, "meetings.hold"))
    assert answer.request.path == "/login" and "отправленное не записано" in answer.text
    assert stage.tables()["meeting"] == stage.at_first["meeting"]


def test_whose_account_was_closed_is_not_asked_for_a_password(stage: Stage, clock: Clock) -> None:
    boris = browser(stage, "boris")
    clock.pass_by(minutes=40)
    dina = stage.app.test_client()
    dina.set_cookie("sid", new_session(stage.app, stage.world.accounts["dina"], clock()))
    assert post(dina, f"/accounts/{stage.world.people['boris']}/disable", {}).status_code == 200
    assert post(boris, stage.address("/plans/{plan}/agree", "boris"), {}).request.path == "/login"


def test_leaving_late_asks_for_no_password(stage: Stage, clock: Clock) -> None:
    anna = browser(stage, "anna")
    clock.pass_by(minutes=40)
    answer = post(anna, "/logout", {})
    assert answer.request.path == "/login" and "записан" not in answer.text


@pytest.mark.parametrize("place", ["//evil.example", "https://evil.example", "/\\evil.example", ""])
def test_a_form_goes_on_to_no_other_site(stage: Stage, place: str) -> None:
    client = stage.app.test_client()
    data = {"password-again": PASSWORD, "name": "Анна"}
    answer = client.post("/login/resume", query_string={"to": place, "login": "anna"}, data=data, headers=ORIGIN)
    assert (answer.status_code, answer.headers["Location"]) == (307, "/")


def test_a_form_of_an_open_page_is_not_stored_in_the_name_of_who_signed_in_since(stage: Stage) -> None:
    client = browser(stage, "vera")
    data = {**stage.filled("meetings.hold", "boris"), "page-login": "anna"}
    before = stage.tables()
    page = post(client, stage.address("/meetings/{meeting}/held", "boris"), data)
    assert page.status_code == 401 and "Логин anna." in page.text
    assert stage.tables() == before
    form = Form(page.text)
    form.fields["password-again"] = PASSWORD
    assert post(client, form.action, form.fields).status_code == 200
    assert stage.tables() != before
