"""What is published is what was written: a spec survives JSON whole, and its hash sees every change of content and nothing else."""

import json
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from mentorapp.domain import formcheck, formwrite
from mentorapp.domain.formcheck import parse
from mentorapp.domain.formspec import FormSpec, content_hash, from_json, from_plain, to_json
from mentorapp.domain.kinds import Limits
from tests.forms.forms import (
    PLAN,
    SMALL,
    get,
    leaves,
    one_of_each_shape,
    put,
    shipped_content,
    shipped_files,
    spec_of,
    thinned_content,
    toml,
)
from tests.forms.test_part_problems import content as part_content
from tests.forms.test_part_problems import waiting


def waiting_row() -> str:
    return waiting(phase='"application"', question='"grade"', at_least=5)


EVERY_KIND = Path(__file__).parent / "every_kind.toml"
CHOICE = PLAN.replace('kind = "text"', 'kind = "choice", options = { b = "Хорошо", a = "Отлично" }').replace('"Узнать друг друга"', '"a"')


@pytest.fixture(scope="module")
def shipped() -> FormSpec:
    spec, problems = parse(shipped_files())
    assert spec, problems
    return spec


def test_a_spec_comes_back_from_json_as_it_was(shipped):
    for spec in (shipped, spec_of(SMALL), spec_of(SMALL, CHOICE)):
        stored = to_json(spec)
        assert from_json(stored) == spec
        assert to_json(from_json(stored)) == stored
        assert content_hash(from_json(stored)) == content_hash(spec)


def test_a_form_is_written_out_as_it_was_read(shipped):
    every_kind = spec_of(EVERY_KIND.read_text("utf-8"))
    for spec in (shipped, every_kind, spec_of(SMALL), spec_of(SMALL, CHOICE), spec_of(SMALL, toml(part_content()), waiting_row())):
        content = formwrite.content_of(spec)
        again, problems = formcheck.read(content)
        assert problems == [] and again == spec and formwrite.content_of(again) == content
        assert content_hash(spec_of(*(toml({key: value}) for key, value in content.items()))) == content_hash(spec)


def test_what_is_by_itself_so_is_not_written_out():
    content = formwrite.content_of(spec_of(SMALL, PLAN))
    assert list(content) == ["api", "id", "title", "mentor", "mentee", "plans"]
    assert content["plans"][0]["columns"][2] == {"id": "goal", "title": "Цель", "kind": "text"}


def test_the_order_of_options_survives_and_is_content():
    spec = spec_of(SMALL, CHOICE)
    assert list(from_json(to_json(spec)).plans["pair"].column("goal").limits.options) == ["b", "a"]
    turned = spec_of(SMALL, CHOICE.replace('b = "Хорошо", a = "Отлично"', 'a = "Отлично", b = "Хорошо"'))
    assert content_hash(turned) != content_hash(spec)


def test_a_version_stored_before_a_part_was_known_can_be_read(shipped):
    stored = json.loads(to_json(shipped))
    for holder, key in ((stored, "meetings"), (stored, "texts"), (stored, "alert_days"), (stored["plans"]["pair"], "notes")):
        holder.pop(key, None)
    spec = from_plain(stored | {"unknown": 1})
    assert (spec.meetings, spec.texts, spec.alert_days, spec.plans["pair"].notes) == ((), {}, 30, ())


def test_the_hash_does_not_see_how_the_form_is_split_into_files(shipped):
    parts = [toml({key: value}) for key, value in reversed(shipped_content().items())]
    asked = next(part for part in parts if part.startswith('"questionnaires"'))  # one file may hold 128 KB
    rest = "\n".join(part for part in parts if part != asked)
    assert content_hash(spec_of(asked, rest)) == content_hash(shipped)


def test_the_hash_does_not_see_the_order_of_keys():
    turned = PLAN.replace('what = "Познакомиться", goal = "Узнать друг друга"', 'goal = "Узнать друг друга", what = "Познакомиться"')
    assert content_hash(spec_of(SMALL, turned)) == content_hash(spec_of(SMALL, PLAN))


def test_the_hash_does_not_see_the_order_of_plans_or_of_a_rules_words():
    rule = PLAN.replace("after_start = 14", 'from = "01.10", to = "15.10"')
    curators = rule.replace('"pair"', '"curator"')
    turned = rule.replace('from = "01.10", to = "15.10"', 'to = "15.10", from = "01.10"')
    assert content_hash(spec_of(SMALL, rule + curators)) == content_hash(spec_of(SMALL, curators + turned))


def test_the_hash_of_a_form_outlives_new_versions_of_the_product():
    """A new optional key must not make every published form look changed; if this fails, give the key an empty default."""
    assert content_hash(spec_of(SMALL, PLAN)) == "8d563f15a35aadc16c3108d9b0630bb25f6d54022ea33f1a26c680761b0bd627"


def test_what_a_version_leaves_out_goes_on_meaning_the_same():
    """A version is kept without what is by default. To change a released default, write the former one into the stored versions."""
    defaults = {f"{of.__name__}.{name}": value for of in kinds_of(FormSpec) for name, value in defaults_of(of).items()}
    assert {name: value for name, value in defaults.items() if value and value != Limits()} == {
        "FormSpec.organisation": ("1:1",),
        "FormSpec.length_days": 270,
        "FormSpec.meeting_every_days": 14,
        "FormSpec.alert_days": 30,
        "Column.width": 10,
        "MeetingType.minutes": 45,
        "Questionnaire.minutes": 10,
        "Question.required": True,
        "MatchRule.weight": 10,
        "Parameter.better": "more",
        "DeficitCatalogue.enough": 2,
    }


def kinds_of(of: Any) -> set[type]:
    """The dataclasses of which this annotation speaks, and those inside them."""
    inner = get_type_hints(of).values() if is_dataclass(of) else get_args(of)
    return ({of} if is_dataclass(of) else set()).union(*map(kinds_of, inner))


def defaults_of(of: type) -> dict[str, Any]:
    made = ((one.name, one.default if one.default_factory is MISSING else one.default_factory()) for one in fields(of))
    return {name: value for name, value in made if value is not MISSING}


def test_the_hash_sees_every_change():
    content = json.loads(to_json(spec_of(toml(thinned_content()))))
    hashes, paths = set(), one_of_each_shape(path for path in leaves(content) if get(content, path))
    for path in paths:
        before = get(content, path)
        put(content, path, before + " иначе" if isinstance(before, str) else before + 1)
        hashes.add(content_hash(from_plain(content)))
        put(content, path, before)
    assert len(hashes) == len(paths) > 130


def test_cells_are_kept_as_a_save_would_store_them():
    plan = PLAN.replace('kind = "text"', 'kind = "number"').replace('"Узнать друг друга"', '" 1.50 "')
    assert spec_of(SMALL, plan).plans["pair"].items[0].cells == {"what": "Познакомиться", "goal": "1,5"}


def test_a_plan_gives_its_columns_by_id_and_by_role():
    plan = spec_of(SMALL, PLAN).plans["pair"]
    assert plan.column("goal").title == "Цель" and plan.by_role("due") == plan.column("due")
    assert plan.by_role("report_due") is None
    with pytest.raises(KeyError):
        plan.column("nothing")
