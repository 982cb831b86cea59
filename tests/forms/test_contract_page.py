"""The page for developers says of every key of the contract what it is, and of no other."""

import re
import tomllib
from pathlib import Path

import pytest

from mentorapp.domain import (
    conditioncheck,
    documents,
    due,
    formcheck,
    kinds,
    matching,
    parameters,
    partcheck,
    plancheck,
    questioncheck,
    questionnaire,
    sheetcheck,
)
from mentorapp.domain.expect import Table
from mentorapp.domain.formspec import ORGANISATIONS, OWNERS, PERSON_KINDS, ROLES

PAGE = (Path(__file__).parents[2] / "docs" / "dev" / "forms.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
TABLES = {
    name: table
    for module in (conditioncheck, plancheck, questioncheck, sheetcheck, partcheck, formcheck)
    for name, table in vars(module).items()
    if isinstance(table, Table)
}
HEADINGS = {
    "FORM": "Top level",
    "SIDE": "Sides",
    "MODEL": "Models",
    "SUBTYPE": "Subtypes",
    "PLAN": "Plans",
    "COLUMN": "Columns",
    "ITEM": "Items",
    "MEETING": "Meetings",
    "PROGRAMME": "Texts",
    "QUESTIONNAIRE": "Questionnaires",
    "QUESTION": "Questions",
    "CONDITION": "Conditions",
    "EVALUATION": "Evaluation",
    "POINT": "Points",
    "INDICATOR_GROUP": "Indicator groups",
    "INDICATOR": "Indicators",
    "BAND": "Bands",
    "DEFICITS": "Deficits",
    "COMPETENCE_GROUP": "Competence groups",
    "COMPETENCE": "Competences",
    "CONTROL": "Control",
    "CONTROL_WAY": "Ways of control",
    "WHEN": "Calls",
    "MATCH": "Matching",
    "PARAMETER": "Parameters",
    "DOCUMENTS": "Documents",
    "DOCUMENT": "Papers",
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
    [
        (OWNERS, "Plans"),
        (PERSON_KINDS, "Sides"),
        (ROLES, "Columns"),
        (kinds.COLUMN_KINDS, "Columns"),
        (formcheck.RESERVED, "Ids"),
        (questionnaire.QUESTION_KINDS, "Questions"),
        (questionnaire.PHASES, "Questionnaires"),
        (questionnaire.QUESTIONNAIRE_ROLES, "Questionnaires"),
        (questionnaire.METRICS, "Questions"),
        (matching.MATCH_KINDS, "Matching"),
        (parameters.MEASURED_BY, "Parameters"),
        (documents.SIGNERS, "Papers"),
        ([f"[{name}]" for name in documents.PLACEHOLDERS], "Papers"),
    ],
    ids=[
        "owners",
        "kinds of people",
        "roles",
        "kinds of value",
        "reserved ids",
        "kinds of question",
        "phases",
        "who answers",
        "metrics",
        "ways to match",
        "who measures",
        "signers",
        "placeholders",
    ],
)
def test_the_page_names_each_word_that_a_key_may_hold(words, heading):
    assert [word for word in words if f"`{word}`" not in SECTIONS[heading]] == []


def test_the_page_names_each_way_to_organise_a_pair():
    assert all(f'`"{way}"`' in SECTIONS["Top level"] for way in ORGANISATIONS)


def test_every_rule_on_the_page_is_a_right_one():
    rules = re.findall(r"`(\{ \w+ = .+? \})`", SECTIONS["Items"])
    assert len(rules) >= 11
    assert [rule for rule in rules if due.problems(tomllib.loads(f"rule = {rule}")["rule"])] == []
