"""A form that was sent twice, by a double click, a retry or «back», is carried out once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copytree

import pytest
from werkzeug.test import TestResponse

from mentorapp import create_app
from mentorapp.settings import ROOT
from tests.conftest import NOW, ORIGIN
from tests.trust.filled import FILLED
from tests.trust.stage import Stage, tables

# endpoint: (who sends it, where to, what it makes one of)
CREATING = {
    "accounts.add_role": ("dina", "/accounts/{staff}/roles", "role"),
    "accounts.make": ("dina", "/accounts/{nobody}/account", "account"),
    "accounts.renew": ("dina", "/accounts/{staff}/password", "operation"),
    "bases.enter": ("vera", "/bases/mentors/add", "base_entry"),
    "clearances.add": ("vera", "/people/{person}/clearances/new", "clearance"),
    "organisations.create": ("vera", "/organisations/new", "organisation"),
    "classes.add": ("vera", "/classes", "school_class"),
    "deficit_plan.add_to_plan": ("vera", "/deficits/{deficits}/plan", "operation"),
    "evaluations.create": ("vera", "/pairs/{pair}/evaluation", "evaluation"),
    "form_files.upload": ("vera", "/forms/import", "form_draft"),
    "new_form.create": ("vera", "/forms/new", "form_draft"),
    "meetings.create": ("anna", "/pairs/{pair}/meetings/new", "meeting"),
    "members.add": ("vera", "/pairs/{pair}/members/new", "participant"),
    "members.replace": ("vera", "/pairs/{pair}/members/{mentee_row}/replace", "participant"),
    "new_pair.create": ("vera", "/pairs/new", "pair"),
    "people.consent_add": ("vera", "/people/{person}/consents/new", "consent"),
    "people.create": ("vera", "/people/new", "person"),
    "publishing.publish": ("vera", "/forms/{form}/publish", "form_version"),
    "rows.create": ("anna", "/plans/{plan}/items/new", "plan_item"),
}


@pytest.fixture(autouse=True)
def new_version(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the folder of forms lies another version of the shipped one."""
    copytree(ROOT / "plugins", tmp_path / "plugins")
    form = tmp_path / "plugins" / "teacher-teacher" / "form.toml"
    form.write_text(form.read_text(encoding="utf-8").replace('title = "', 'title = "Новая: ', 1), encoding="utf-8")
    monkeypatch.setitem(stage.app.config, "PLUGINS", tmp_path / "plugins")


def test_every_form_that_creates_something_is_here(stage: Stage) -> None:
    """Forms that carry a once-key, by what they do with it: the rest change something that is there."""
    views = (ROOT / "mentorapp" / "views").glob("*.py")
    keeping = {path.stem for path in views if "keep_once" in path.read_text(encoding="utf-8")}
    # «called» has nothing to add on this stage; tests/views/test_called.py sends it twice.
    assert keeping == {endpoint.split(".")[0] for endpoint in CREATING} | {"called"}


def filled(stage: Stage, endpoint: str) -> dict[str, str]:
    """Filled in as after reading the page: what is published says of what its reader has read."""
    data = stage.filled(endpoint, "boris")
    if endpoint == "publishing.publish":
        page = stage.send("vera", "GET", stage.address("/forms/{form}/publish", "boris"), query="source=folder").text
        data["mark"] = page.split('name="mark" value="')[1].split('"')[0]
    return data


@pytest.mark.parametrize("endpoint", CREATING)
def test_the_second_sending_makes_nothing_and_leads_to_the_same_place(stage: Stage, endpoint: str) -> None:
    name, template, table = CREATING[endpoint]
    address, data = stage.address(template, "boris"), filled(stage, endpoint)
    before = len(stage.at_first[table])
    first = stage.send(name, "POST", address, data)
    assert first.status_code in (200, 303) and len(stage.tables()[table]) == before + 1
    second = stage.send(name, "POST", address, data)
    assert second.status_code == 303 and len(stage.tables()[table]) == before + 1
    if first.status_code == 303:
        assert second.headers["Location"] == first.headers["Location"]


@pytest.mark.parametrize("endpoint", CREATING)
def test_sent_twice_at_the_same_moment_it_is_made_once(stage: Stage, endpoint: str) -> None:
    name, template, table = CREATING[endpoint]
    answers = at_once(stage, 2, name, stage.address(template, "boris"), filled(stage, endpoint))
    assert {answer.status_code for answer in answers} <= {200, 303, 422}
    assert len(stage.tables()[table]) == len(stage.at_first[table]) + 1


def at_once(stage: Stage, times: int, name: str, address: str, data: dict[str, str]) -> list[TestResponse]:
    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(lambda _number: stage.send(name, "POST", address, data), range(times)))


@pytest.mark.parametrize("endpoint", ["people.create", "rows.create"])
def test_fifty_sendings_at_the_same_moment_make_one(stage: Stage, endpoint: str) -> None:
    name, template, table = CREATING[endpoint]
    answers = at_once(stage, 50, name, stage.address(template, "boris"), stage.filled(endpoint, "boris"))
    assert max(answer.status_code for answer in answers) < 500
    assert len(stage.tables()[table]) == len(stage.at_first[table]) + 1


def test_two_first_visitors_found_one_school(tmp_path: Path) -> None:
    app = create_app({"DATA": tmp_path, "SETUP_CODE": "482913", "CLOCK": lambda: NOW})

    def found(login: str) -> int:
        return app.test_client().post("/setup", data=FILLED["setup.make"] | {"login": login}, headers=ORIGIN).status_code

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(found, ("orlova-n", "gromova-t"))) == [303, 404]
    made = tables(tmp_path / "mentor.db")
    assert [len(made[table]) for table in ("school", "account", "person", "role")] == [1, 1, 1, 2]
