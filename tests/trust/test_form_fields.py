"""A form changes what stands in it and nothing else, whatever is added to it on the way."""

import inspect
import re
from importlib import import_module

import pytest

from mentorapp.database import Model
from mentorapp.domain import draft
from mentorapp.inputs import Input
from tests.test_access_matrix import MATRIX, rows_of
from tests.trust.stage import Stage, Tables, without

# Whatever differs between two equal requests: salts, and the random ids of browsers.
RANDOM = {("account", "password_hash"), ("login_session", "id_hash")}
COLUMNS = {column.name for table in Model.metadata.tables.values() for column in table.columns}
ADDED = dict.fromkeys(sorted(COLUMNS), "1") | {
    "role": "administrator",
    "is_admin": "1",
    "since": "2020-01-01",
    "_user_id": "3",
    "user_id": "3",
}
DOORS = ("/login", "/login/again", "/logout")


def outcome(stage: Stage, name: str, address: str, data: dict[str, str]) -> tuple[int, Tables]:
    """What a request did to the database, which is then put back."""
    status = stage.send(name, "POST", address, data).status_code
    content = {table: sorted(rows, key=repr) for table, rows in without(stage.tables(), RANDOM).items()}
    stage.reset()
    return status, content


def own_fields(stage: Stage, endpoint: str) -> set[str]:
    """The names that the forms of this screen have, sent or not: they are its own business."""
    module = import_module(stage.app.view_functions[endpoint].__module__)
    inputs = [thing for thing in vars(module).values() if isinstance(thing, type) and issubclass(thing, Input)]
    read_by_hand = re.findall(r'request\.form\.get\w*\("(\w+)"', inspect.getsource(module))
    return {name for form in inputs for name in dir(form)} | set(read_by_hand)


def test_a_field_that_a_form_does_not_have_changes_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft, "token_hex", lambda size: "0" * 2 * size)  # two equal requests make equal ids
    tried = 0
    for method, template, who in (row for table in MATRIX.values() for row in rows_of(table)):
        name = next((name for name, status in who.items() if name and status < 400), "")
        if method == "GET" or not name or template in DOORS:
            continue
        address = stage.address(template, "boris")
        endpoint = stage.endpoint("POST", address)
        data = stage.filled(endpoint, "boris")
        added = {field: value for field, value in ADDED.items() if field not in own_fields(stage, endpoint)}
        assert outcome(stage, name, address, added | data) == outcome(stage, name, address, data), template
        tried += 1
    assert tried > 40 and len(ADDED) > 80
