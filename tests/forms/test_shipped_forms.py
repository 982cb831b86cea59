"""Every form that is shipped is whole, says where it is from, and is no copy of another with the words changed."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import combinations
from typing import Any

import pytest

from mentorapp.domain import due
from mentorapp.domain.documents import DOCUMENT_KINDS
from mentorapp.domain.formspec import CONTROLS, TEXT_PARTS, FormSpec
from mentorapp.domain.questionnaire import Questionnaire
from mentorapp.domain.school_year import SchoolYear
from mentorapp.forms.read import read_form
from tests.forms.forms import PLUGINS

SIX = {"pupil-pupil", "student-pupil", "teacher-pupil", "teacher-teacher", "employer-pupil", "employer-student"}
FOUND = sorted(path.name for path in PLUGINS.iterdir() if path.is_dir() and not path.name.startswith("."))
SIDES = ("mentee", "mentor")
# What no two forms may have in common beyond a third: otherwise one is the other with another title.
KINDS_OF_WORDS = ("questions", "items", "agenda points")
MOST_IN_COMMON = 1 / 3

each_form = pytest.mark.parametrize("name", FOUND)
each_side = pytest.mark.parametrize("side", SIDES)


@cache
def spec(name: str) -> FormSpec:
    found, problems, _ = read_form(PLUGINS / name)
    assert found, [str(problem) for problem in problems]
    return found


def asked(name: str, side: str, phase: str) -> Questionnaire:
    found = [one for one in spec(name).questionnaires if (one.role, one.phase) == (side, phase)]
    assert found, f"{name}: no questionnaire of the {side}, {phase}"
    return found[0]


def test_the_six_forms_of_the_field_are_shipped() -> None:
    assert set(FOUND) == SIX


@each_form
def test_a_shipped_form_reads_without_problems(name: str) -> None:
    found, problems, _ = read_form(PLUGINS / name)
    assert found and not problems, [str(problem) for problem in problems]
    assert found.summary and found.source and found.areas and found.models
    assert found.subtypes and all(subtype.aim and subtype.categories for subtype in found.subtypes)


# --- Questionnaires ---


@each_form
@each_side
def test_each_side_answers_ten_questions_before_that_are_asked_again_after(name: str, side: str) -> None:
    keys = [{one.pair_key for one in asked(name, side, phase).asked if one.pair_key} for phase in ("before", "after")]
    assert len(keys[0] & keys[1]) >= 10 and keys[0] == keys[1]


@each_form
@each_side
def test_the_questionnaire_in_the_middle_is_a_short_one(name: str, side: str) -> None:
    middle = asked(name, side, "interim")
    assert 3 <= len(middle.asked) <= 10 and len(middle.asked) < len(asked(name, side, "before").asked)


@each_form
@each_side
def test_whoever_answers_knows_who_reads_it_and_is_thanked(name: str, side: str) -> None:
    assert all(one.intro and one.thanks for one in spec(name).questionnaires if one.role == side)


@each_form
def test_three_rules_at_least_compare_the_applications(name: str) -> None:
    assert len(spec(name).matching) >= 3
    for side in SIDES:
        tags = {one.match for one in asked(name, side, "application").asked if one.match}
        assert len({getattr(rule, side) for rule in spec(name).matching} & tags) >= 3


@each_form
def test_answers_say_something_of_the_programme_and_private_ones_stay_private(name: str) -> None:
    questions = [one for questionnaire in spec(name).questionnaires for one in questionnaire.asked]
    assert len({one.metric for one in questions if one.metric}) >= 3
    assert any(one.sensitive for one in questions)


# --- Plans and meetings ---


@each_form
def test_each_plan_has_five_rows_and_each_row_a_term_or_a_reason_for_none(name: str) -> None:
    plans = spec(name).plans
    assert {"pair", "mentor"} <= set(plans) and len(plans) >= 3
    for owner, plan in plans.items():
        assert len(plan.items) >= 5, f"{name}, {owner}: {len(plan.items)}"
        assert len({item.id for item in plan.items} - {""}) == len(plan.items), f"{name}, {owner}: a row has no id of its own"
        assert all(item.due or plan.notes for item in plan.items), f"{name}, {owner}"


@each_form
def test_every_term_falls_into_the_work_of_a_pair_from_october_to_may(name: str) -> None:
    start, end = date(2026, 10, 1), date(2027, 5, 31)
    for owner, plan in spec(name).plans.items():
        for item in plan.items:
            for rule in filter(None, (item.due, item.report_due)):
                term = due.from_rule(rule, start=start, end=end, year=SchoolYear(2026))
                first, last = term.first or start, term.last or end
                assert first <= end and last >= start, f"{name}, {owner}, {item.id}: {term.text}"


@each_form
def test_a_row_waits_for_an_answer_of_the_mentee(name: str) -> None:
    assert any(item.when for plan in spec(name).plans.values() for item in plan.items)


@each_form
def test_there_are_five_kinds_of_meeting_with_an_agenda_that_fits_one_sheet(name: str) -> None:
    assert len(spec(name).meetings) >= 5
    assert all(4 <= len(meeting.agenda) <= 9 for meeting in spec(name).meetings)
    assert any(meeting.at_least or meeting.per_month for meeting in spec(name).meetings)
    assert any(meeting.interactions for meeting in spec(name).meetings) and any(meeting.methods for meeting in spec(name).meetings)


# --- What is measured, controlled and printed ---


@each_form
def test_levels_of_the_evaluation_cover_every_sum(name: str) -> None:
    sheet = spec(name).evaluation
    assert sheet and all(indicator.hint for indicator in sheet.indicators) and all(band.text for band in sheet.bands)
    covered = [total for band in sheet.bands for total in range(band.low, band.high + 1)]
    assert sorted(covered) == list(range(sheet.most + 1))


@each_form
def test_five_things_are_measured_before_and_after(name: str) -> None:
    assert len(spec(name).parameters) >= 5
    assert {one.better for one in spec(name).parameters} == {"more", "less"}


@each_form
def test_both_controls_have_ways_to_choose_from(name: str) -> None:
    assert all(len(spec(name).control.get(occasion, ())) >= 2 for occasion in CONTROLS)


@each_form
def test_all_texts_of_the_programme_are_there(name: str) -> None:
    assert all(spec(name).texts.get(part) for part in TEXT_PARTS)


@each_form
def test_the_papers_of_the_form_are_there(name: str) -> None:
    assert set(spec(name).documents) == set(DOCUMENT_KINDS)
    assert all(paper.signs for paper in spec(name).documents.values())


# --- The page about it ---


@each_form
def test_the_page_names_every_file_and_where_the_facts_are_from(name: str) -> None:
    page = (PLUGINS / name / "README.md").read_text("utf-8")
    assert all(path.name in page for path in (PLUGINS / name).glob("*.toml"))
    assert re.search("^## Откуда", page, re.MULTILINE) and "№ Р-145" in page


# --- The words ---


def texts(name: str) -> Iterator[tuple[str, str]]:
    """Every text that a person can read: where it stands, and the text."""
    for path in sorted((PLUGINS / name).glob("*.toml")):
        for text in _leaves(tomllib.loads(path.read_text("utf-8"))):
            yield path.name, text
    yield "README.md", (PLUGINS / name / "README.md").read_text("utf-8")


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _leaves(inner)


# Initials before or after a surname, a patronymic, a school with its number.
REAL_NAME = re.compile(
    r"\b[А-ЯЁ]\.\s?[А-ЯЁ]\.|\b[А-ЯЁ][а-яё]+(?:(?:ович|евич)(?:а|у|ем|е)?|(?:овн|евн|иничн)(?:а|ы|е|у|ой))\b|(?:СОШ|ООШ|[Шш]кол[аеуы]|[Лл]ице[йяе]|[Гг]имнази[яию])\s?№\s?\d"
)


@each_form
def test_no_text_speaks_of_a_real_person_or_school(name: str) -> None:
    assert not [(file, found[0]) for file, text in texts(name) for found in REAL_NAME.finditer(text)]


@pytest.mark.parametrize("text", ["Отчёт И. К. Васнецова", "Спасибо, Анна Ильинична!", "Марии Петровне", "МБОУ СОШ № 32", "в школе №5"])
def test_a_real_name_would_be_seen(text: str) -> None:
    assert REAL_NAME.search(text)


@each_form
def test_texts_are_set_as_russian_is_printed(name: str) -> None:
    """Quotes «so», a long dash between words, one space."""
    ugly = re.compile(r'["“”„]| - | – [а-яё]|  | \.| ,')
    found = [(file, text) for file, text in texts(name) if file != "README.md" and ugly.search(text)]
    assert not found


# --- No form is a copy of another ---


def words(name: str, kind: str) -> set[str]:
    """The questions, the rows or the points of a form, so that only their words count."""
    form = spec(name)
    if kind == "questions":
        found = [one.text for questionnaire in form.questionnaires for one in questionnaire.asked]
    elif kind == "items":
        found = [item.cells[column.id] for plan in form.plans.values() if (column := plan.by_role("title")) for item in plan.items]
    else:
        found = [point for meeting in form.meetings for point in meeting.agenda]
    return {bare(text) for text in found}


def bare(text: str) -> str:
    """Without capitals, «ё», signs and double spaces."""
    return " ".join(re.findall(r"\w+", text.casefold().replace("ё", "е")))


@pytest.mark.parametrize("kind", KINDS_OF_WORDS)
@pytest.mark.parametrize("one,other", list(combinations(FOUND, 2)), ids=lambda name: name)
def test_two_forms_have_at_most_a_third_of_their_words_in_common(one: str, other: str, kind: str) -> None:
    first, second = words(one, kind), words(other, kind)
    common = first & second
    share = len(common) / min(len(first), len(second))
    assert share <= MOST_IN_COMMON, f"{one} and {other} share {share:.0%} of their {kind}: {sorted(common)}"


def test_a_text_counts_as_the_same_whatever_its_signs_and_capitals() -> None:
    assert bare("«Что  ещё» важно — куратору?") == bare("что еще важно куратору")
