"""The page for developers says of every key of the contract what it is, and of no other."""

import re
import tomllib
from pathlib import Path

import pytest

from mentorapp.domain import due, formcheck, kinds
from mentorapp.domain.expect import Table
from mentorapp.domain.formspec import ORGANISATIONS, OWNERS, PERSON_KINDS, ROLES

PAGE = (Path(__file__).parents[2] / "docs" / "dev" / "forms.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
TABLES = {name: table for name, table in vars(formcheck).items() if isinstance(table, Table)}
HEADINGS = {
    "FORM": "Top level",
    "SIDE": "Sides",
    "MODEL": "Models",
    "SUBTYPE": "Subtypes",
    "PLAN": "Plans",
    "COLUMN": "Columns",
    "ITEM": "Items",
    "MEETING": "Meetings",
    "TEXTS": "Texts",
}


def rows(section: str) -> dict[str, bool]:
    """The keys in the first column of the section's table, and whether the second says they are needed."""
    found = re.findall(r"^\| (`.+?) \| ?(.*?) ?\|", SECTIONS[section], re.MULTILINE)
    return {key: needed == "yes" for keys, needed in found for key in re.findall(r"`(\w+)`", keys)}


def test_every_table_of_the_contract_has_its_section():
    assert TABLES.keys() == HEADINGS.keys()


@pytest.mark.parametrize("table,heading", HEADINGS.items(), ids=HEADINGS.values())
def test_the_page_names_each_key_and_whether_it_is_needed(table, heading):
    assert rows(heading) == {key: key in TABLES[table].needed for key in TABLES[table].keys}


@pytest.mark.parametrize(
    "words,heading",
    [(OWNERS, "Plans"), (PERSON_KINDS, "Sides"), (ROLES, "Columns"), (kinds.KINDS, "Columns"), (formcheck.RESERVED, "Ids")],
    ids=["owners", "kinds of people", "roles", "kinds of value", "reserved ids"],
)
def test_the_page_names_each_word_that_a_key_may_hold(words, heading):
    assert [word for word in words if f"`{word}`" not in SECTIONS[heading]] == []


def test_the_page_names_each_way_to_organise_a_pair():
    assert all(f'`"{way}"`' in SECTIONS["Top level"] for way in ORGANISATIONS)


def test_every_rule_on_the_page_is_a_right_one():
    rules = re.findall(r"`(\{ \w+ = .+? \})`", SECTIONS["Items"])
    assert len(rules) >= 11
    assert [rule for rule in rules if due.problems(tomllib.loads(f"rule = {rule}")["rule"])] == []
