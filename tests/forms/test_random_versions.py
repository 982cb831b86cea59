"""Five hundred random changes of a form that was answered: whatever becomes of it, what was answered reads as it did."""

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from flask import Flask

from mentorapp.database import db, writing
from mentorapp.domain import formcheck
from mentorapp.domain.formdiff import Change, differences
from mentorapp.domain.formspec import FormSpec, from_json, from_plain, to_json
from mentorapp.domain.kinds import Limits
from mentorapp.domain.overlay import Correction, corrected
from mentorapp.domain.questionnaire import Question
from mentorapp.domain.rubric import Rubric
from mentorapp.forms import publishing
from mentorapp.forms.publishing import Waiting
from mentorapp.forms.read import read_form
from mentorapp.models import School, Submission
from mentorapp.models.submissions import ANSWERS
from mentorapp.papers.questionnaires import filled_questionnaire
from tests.conftest import NOW
from tests.every_kind import EVERY_KIND, every_kind
from tests.forms.forms import PLUGINS, shipped_content
from tests.forms.versions import FORM, School30, papers, stored, use
from tests.school import World

KINDS = ("text", "long", "number", "yes_no", "single", "multi", "scale", "rank")
ACTS = ["keep"] * 12 + ["text", "hint", "options", "bounds", "drop"] * 2 + ["kind"]


def words(chance: random.Random) -> str:
    return "".join(chance.choices("абв <&{}\"'", k=chance.randint(1, 12))) + str(chance.randint(0, 9))


def changed_question(chance: random.Random, one: Question) -> Question | None:
    """One question as somebody might change it, or None where it was taken away."""
    act = chance.choice(ACTS)
    labels = {id: words(chance) for id in (*one.limits.options, "n1", "n2") if chance.random() < 0.7}
    low, high = chance.randint(0, 3), chance.randint(4, 9)
    changes: dict[str, dict[str, Any]] = {
        "text": {"text": words(chance)},
        "hint": {"hint": words(chance)},
        "kind": {"kind": chance.choice(KINDS)},
        "options": {"limits": replace(one.limits, options=labels)},
        "bounds": {"limits": replace(one.limits, low=low, high=high)},
    }
    return None if act == "drop" else replace(one, **changes.get(act, {}))


def changed_form(chance: random.Random, spec: FormSpec) -> FormSpec:
    """Another order, other questions, other bands, other columns and rows, other titles."""
    asked = next(one for one in spec.questionnaires if one.id == EVERY_KIND.id)
    kept = [new for one in asked.questions if (new := changed_question(chance, one))]
    limits = Limits({"x": "то", "y": "это"}, 1, 5)
    new = [Question(f"new{number}", chance.choice(KINDS), words(chance), limits=limits) for number in range(chance.randint(0, 3))]
    questions = shuffled(chance, [replace(one, show_if=None) for one in kept + new])
    others = tuple(replace(one, questions=questions) if one is asked else one for one in spec.questionnaires)
    plan = spec.plans["pair"]
    columns = tuple(replace(one, title=words(chance)) if chance.random() < 0.5 else one for one in plan.columns)
    items = shuffled(chance, plan.items)[: chance.randint(0, len(plan.items))]
    plans = {**spec.plans, "pair": replace(plan, columns=columns, items=items)}
    return replace(spec, questionnaires=others, plans=plans, evaluation=changed_rubric(chance, spec.evaluation), summary=words(chance))


def shuffled(chance: random.Random, things: Sequence[Any]) -> tuple[Any, ...]:
    """Half the time in another order."""
    return tuple(chance.sample(things, len(things)) if chance.random() < 0.5 else things)


def changed_rubric(chance: random.Random, rubric: Rubric | None) -> Rubric:
    assert rubric
    bands = tuple(replace(band, title=words(chance)) if chance.random() < 0.5 else band for band in rubric.bands)
    points = tuple(replace(point, label=words(chance)) if chance.random() < 0.5 else point for point in rubric.points)
    return replace(rubric, bands=bands, points=points)


def small(spec: FormSpec) -> FormSpec:
    """Only what answers, marks and rows hang on; the rest would only take time."""
    asked = tuple(one for one in spec.questionnaires if one.id == EVERY_KIND.id)
    return replace(spec, questionnaires=asked, plans={"pair": spec.plans["pair"]}, deficits=None, texts={}, meetings=(), subtypes=())


def read(used: School30) -> str:
    """What was answered, evaluated and planned, as it would be printed."""
    plans = [number for name, number in used.world.plans.items() if name.startswith("boris")]
    with used.app.app_context():
        begun = db.session.get_one(Submission, used.begun)
        return repr([papers(used, plans), filled_questionnaire(School.get(), begun, ANSWERS.of(used.begun), {})])


def test_five_hundred_random_versions_change_nothing_that_was_filled_in(app: Flask, world: World) -> None:
    used = use(app, world)
    before, versions = read(used), stored(used)
    with app.app_context():
        first = small(used.published())
    for seed in range(500):
        chance = random.Random(seed)  # noqa: S311  # the same versions in every run, nothing secret
        new = replace(changed_form(chance, first), source=f"Издание {seed}")
        with app.app_context():
            proposal = publishing.propose(Waiting(FORM, "folder", from_json(to_json(new))))
            assert proposal
            every = [one.key for one in proposal.differences]  # where a kind changes, the question is asked as a new one
            with writing():
                publishing.publish(proposal, note="", misprints=(), replaced=every, by_id=world.people["vera"], now=NOW)
        if seed % 50 == 0:
            assert read(used) == before, seed
    assert read(used) == before
    assert stored(used)[: len(versions)] == versions and len(stored(used)) == len(versions) + 500


@pytest.mark.parametrize("seed", range(50))
def test_a_correction_says_everywhere_exactly_what_was_mended(seed: int) -> None:
    """Laid over the old content, it leaves no difference of those labels; and nothing else is touched."""
    old = _every_kind()
    new = changed_form(random.Random(seed), old)  # noqa: S311
    mended = [one for one in differences(old, new) if one.may_be_misprint]
    after = from_plain(corrected(json.loads(to_json(old)), [Correction(one.address, one.old, one.new) for one in mended]))
    assert not {one.key for one in differences(after, new)} & {one.key for one in mended}
    assert {one.key for one in differences(old, after)} == {one.key for one in mended}


@cache
def _every_kind() -> FormSpec:
    """The shipped form that asks every kind of question."""
    spec, _problems = formcheck.read(shipped_content())
    assert spec
    return replace(spec, questionnaires=every_kind().questionnaires)


def turned(table: Mapping[str, Any]) -> dict[str, Any]:
    return dict(reversed(table.items()))


def test_a_table_in_another_order_is_a_difference_though_its_entries_are_equal() -> None:
    """For Python they are equal; a person reads them one after the other."""
    spec = next(made for name in ("pupil-pupil", "teacher-teacher") if (made := read_form(PLUGINS / name)[0]))
    for name in ("texts", "documents", "control", "plans"):
        assert differences(spec, replace(spec, **{name: turned(getattr(spec, name))})), name
    old = _every_kind()
    for asked in old.questionnaires:
        for place, question in enumerate(asked.questions):
            if len(question.limits.options) > 1 or len(question.rows) > 1:
                limits = replace(question.limits, options=turned(question.limits.options))
                other = replace(question, limits=limits, rows=turned(question.rows))
                questions = (*asked.questions[:place], other, *asked.questions[place + 1 :])
                new = replace(
                    old, questionnaires=tuple(replace(asked, questions=questions) if one is asked else one for one in old.questionnaires)
                )
                assert {one.change for one in differences(old, new)} == {Change.MOVED}, question.id
