"""The core knows no form: no id, title, kind of pair, area, column or indicator of a shipped form stands in its code, pages or scripts.

An id counts as it is written: it has a dash, so that it is no word of the language. A title counts when two of its words at least have
four letters or more: «Дата», «С кем» or «Что сделать» may stand anywhere. A column with a role is the core's own, and so is its name.
Only the words are compared, without capitals, «ё» and signs, and only whole words.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from mentorapp.domain.formspec import FormSpec
from mentorapp.forms.read import read_all
from mentorapp.settings import ROOT

READ = (".py", ".html", ".css", ".js", ".svg", ".txt", ".json")
CORE = sorted(path for folder in ("mentorapp", "templates", "static") for path in (ROOT / folder).rglob("*") if path.suffix in READ)
FORMS = sorted((found.spec for found in read_all(ROOT / "plugins") if found.spec), key=lambda spec: spec.id)


def own_words(spec: FormSpec) -> Iterator[str]:
    """What belongs to this form alone: the words by which a person would know it."""
    yield from (spec.title, spec.short_title)
    yield from (subtype.title for subtype in spec.subtypes)
    yield from spec.areas
    yield from (column.title for plan in spec.plans.values() for column in plan.columns if not column.role)
    yield from (indicator.title for indicator in (spec.evaluation.indicators if spec.evaluation else ()))


def bare(text: str) -> str:
    """The words of a text with one blank around each."""
    words = re.findall(r"[^\W_]+", text.casefold().replace("ё", "е"))
    return f" {' '.join(words)} "


def tell_it(spec: FormSpec) -> set[str]:
    return {words for words in map(bare, own_words(spec)) if sum(len(word) >= 4 for word in words.split()) >= 2}


@cache
def texts_of_core() -> dict[Path, str]:
    return {path: path.read_text("utf-8") for path in CORE}


def found_in(text: str, spec: FormSpec) -> list[str]:
    words = bare(text)
    return [title.strip() for title in sorted(tell_it(spec)) if title in words] + [spec.id] * (spec.id in text)


def test_there_are_forms_and_a_core_to_compare() -> None:
    assert {"teacher-teacher", "employer-pupil"} <= {spec.id for spec in FORMS} and all("-" in spec.id for spec in FORMS)
    assert len(CORE) > 150 and {path.suffix for path in CORE} >= {".py", ".html", ".css", ".js"}
    assert all(len(tell_it(spec)) > 10 for spec in FORMS)


@pytest.mark.parametrize("spec", FORMS, ids=lambda spec: spec.id)
def test_the_core_speaks_of_no_form(spec: FormSpec) -> None:
    found = {str(path.relative_to(ROOT)): words for path, text in texts_of_core().items() if (words := found_in(text, spec))}
    assert not found


@pytest.mark.parametrize(
    "text",
    ['FORM = "teacher-teacher"', "<p>Учитель - Учитель</p>", "# the column «форма отчётности»", "Партнеры довольны сотрудничеством."],
)
def test_a_word_of_a_form_would_be_found(text: str) -> None:
    assert found_in(text, next(spec for spec in FORMS if spec.id == "teacher-teacher"))
