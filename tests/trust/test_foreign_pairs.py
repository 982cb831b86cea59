"""What belongs to others looks like what does not exist: by every address, in every list, in search and in answers to bad ids."""

import pytest
import sqlalchemy as sa

from mentorapp.database import writing
from mentorapp.models import Participant
from tests.conftest import NOW
from tests.test_access_matrix import MATRIX, rows_of
from tests.trust.stage import Stage

OF_A_PAIR = (
    "{pair}", "{plan}", "{item}", "{binned}", "{meeting}", "{operation}", "{person}", "{consent}", "{entry}",
    "{submission}", "{sent}", "{paper}", "{evaluation}", "{about_one}", "{deficits}", "{mentee_row}", "{clearance}", "{organisation}",
)  # fmt: skip
ADDRESSES = [(method, address) for table in MATRIX.values() for method, address, _who in rows_of(table) if "{" in address]
WITH_IDS = [(method, address) for method, address in ADDRESSES if any(word in address for word in OF_A_PAIR)]
MISSING = 777_777


def missing(template: str) -> str:
    """The same address with ids that nothing has."""
    return template.format_map(
        dict.fromkeys((word.strip("{}") for word in (*OF_A_PAIR, "{staff}", "{role}", "{answer}", "{indicator}", "{competence}")), MISSING)
    )


@pytest.mark.parametrize("name,pair,fragment", [("gleb", "boris", False), ("anna", "timur", True)])
def test_a_foreign_thing_answers_byte_for_byte_like_a_missing_one(stage: Stage, name: str, pair: str, fragment: bool) -> None:
    assert len(WITH_IDS) > 50
    for method, template in WITH_IDS:
        data = stage.filled(stage.endpoint(method, missing(template)), pair) if method == "POST" else None
        foreign = stage.send(name, method, stage.address(template, pair), data, fragment=fragment)
        none = stage.send(name, method, missing(template), data, fragment=fragment)
        assert (foreign.status_code, foreign.data) == (none.status_code, none.data), template
        assert foreign.status_code == 404 or template.startswith("/accounts"), template
    assert stage.tables() == stage.at_first


MIXED = [
    ("anna", "/plans/{own[plan]}/items/{foreign[item]}"),
    ("anna", "/plans/{own[plan]}/items/{foreign[item]}/history"),
    ("anna", "/plans/{foreign[plan]}/items/{own[item]}"),
    ("vera", "/people/{own[person]}/consents/{foreign[consent]}"),
    ("vera", "/people/{own[person]}/clearances/{foreign[clearance]}"),
]
MIXED_POSTS = [
    ("anna", "/plans/{own[plan]}/items/{foreign[item]}", "rows.save"),
    ("anna", "/plans/{own[plan]}/items/{foreign[item]}/what", "plans.save_cell"),
    ("anna", "/plans/{own[plan]}/items/{foreign[item]}/what/theirs", "plans.take_theirs"),
    ("anna", "/plans/{own[plan]}/items/{foreign[item]}/remove", "rows.remove"),
    ("anna", "/plans/{own[plan]}/items/{foreign[item]}/move", "rows.move"),
    ("anna", "/plans/{own[plan]}/items/{foreign[binned]}/restore", "rows.restore"),
    ("vera", "/people/{own[person]}/consents/{foreign[consent]}", "people.consent_save"),
    ("vera", "/people/{own[person]}/consents/{foreign[consent]}/withdraw", "people.consent_withdraw"),
    ("vera", "/people/{own[person]}/clearances/{foreign[clearance]}", "clearances.save"),
    ("vera", "/people/{own[person]}/clearances/{foreign[clearance]}/remove", "clearances.remove"),
    ("dina", "/accounts/{foreign[person]}/roles/{foreign[role]}/end", "accounts.end_role"),
]


def test_an_own_id_opens_no_foreign_one_beside_it(stage: Stage) -> None:
    own, foreign = stage.props["boris"], stage.props["egor"]
    for name, template in MIXED:
        assert stage.send(name, "GET", template.format(own=own, foreign=foreign)).status_code == 404, template
    for name, template, endpoint in MIXED_POSTS:
        data = stage.filled(endpoint, "egor")
        assert stage.send(name, "POST", template.format(own=own, foreign=foreign), data).status_code == 404, template
    assert stage.tables() == stage.at_first


def test_a_meeting_takes_neither_people_nor_items_of_another_pair(stage: Stage) -> None:
    own, foreign = stage.props["boris"], stage.props["egor"]
    held = stage.filled("meetings.hold", "boris") | {"came": str(foreign["person"]), "next_on": ""}
    assert stage.send("anna", "POST", f"/meetings/{own['meeting']}/held", held).status_code == 303
    assert stage.tables()["attendance"] == []
    planned = stage.filled("meetings.create", "boris") | {"plan_item_id": str(foreign["item"])}
    assert stage.send("anna", "POST", f"/pairs/{own['pair']}/meetings/new", planned).status_code == 422


# Whose pages are read, the pair she belongs to, and the family names that may stand there, whatever she looks for.
NAMES = {"Соколова", "Лукин", "Ершов", "Уваров", "Ёлкина", "Ибрагимов"}
TEACHERS, PUPILS = {"Соколова", "Лукин"}, {"Ёлкина", "Ибрагимов"}
READERS = [("anna", "boris", TEACHERS), ("timur", "timur", PUPILS), ("klara", "timur", PUPILS)]
QUERIES = ["", "а", "соколова", "уваров", "ибрагимов", "1-1", "2-1"]


@pytest.mark.parametrize("name,pair,known", READERS, ids=[reader[0] for reader in READERS])
def test_no_page_names_people_whom_its_reader_does_not_know(stage: Stage, name: str, pair: str, known: set[str]) -> None:
    own = [stage.address(address, pair) for method, address in WITH_IDS if method == "GET" and ".pdf" not in address]
    lists = [f"{path}?q={query}" for path in ("/search", "/people", "/pairs") for query in QUERIES]
    for address in ["/", "/me", "/help", "/classes", *own, *lists]:
        text = stage.send(name, "GET", address, fragment="?q=" in address).text
        assert {word for word in NAMES if word in text} <= known, address


def test_the_curator_of_another_form_finds_no_foreign_pair(stage: Stage) -> None:
    for address in ("/pairs", "/pairs?q=лукин", "/"):
        assert "Лукин" not in stage.send("viktor", "GET", address).text
    found = stage.send("viktor", "GET", "/search?q=лукин", fragment=True).text
    assert "/people/" in found and "/pairs/" not in found
    assert f"/pairs/{stage.props['timur']['pair']}" in stage.send("viktor", "GET", "/search?q=ибрагимов").text


def test_who_was_replaced_is_a_stranger_at_once(stage: Stage) -> None:
    with stage.app.app_context(), writing() as session:
        rows = session.execute(sa.select(Participant).where(Participant.person_id == stage.props["boris"]["person"])).scalars()
        for row in rows:
            row.until = NOW.date()
    for template in ("/pairs/{pair}", "/plans/{plan}", "/meetings/{meeting}", "/pairs/{pair}/history", "/plans/{plan}/plan.pdf"):
        assert stage.send("boris", "GET", stage.address(template, "boris")).status_code == 404
    saved = stage.send("boris", "POST", stage.address("/plans/{plan}/items/{item}/what", "boris"), stage.filled("plans.save_cell", "boris"))
    assert saved.status_code == 404
    assert "Соколова" not in stage.send("boris", "GET", "/").text
