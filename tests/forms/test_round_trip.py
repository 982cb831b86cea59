"""What is published is what was written: a spec survives JSON whole, and its hash sees every change of content and nothing else."""

import copy
import json

import pytest

from mentorapp.domain.formcheck import parse
from mentorapp.domain.formspec import FormSpec, content_hash, from_json, to_json
from tests.forms.forms import PLAN, SMALL, get, leaves, put, shipped_content, shipped_files, spec_of, toml

CHOICE = PLAN.replace('kind = "text"', 'kind = "choice", options = { b = "Хорошо", a = "Отлично" }').replace('"Узнать друг друга"', '"a"')


@pytest.fixture(scope="module")
def shipped() -> FormSpec:
    spec, problems = parse(shipped_files())
    assert spec, problems
    return spec


def test_a_spec_comes_back_from_json_as_it_was(shipped):
    for spec in (shipped, spec_of(SMALL), spec_of(SMALL, CHOICE)):
        stored = json.loads(json.dumps(to_json(spec)))
        assert from_json(stored) == spec
        assert to_json(from_json(stored)) == stored
        assert content_hash(from_json(stored)) == content_hash(spec)


def test_the_order_of_options_survives_and_is_content():
    spec = spec_of(SMALL, CHOICE)
    assert list(from_json(json.loads(json.dumps(to_json(spec)))).plans["pair"].column("goal").limits.options) == ["b", "a"]
    turned = spec_of(SMALL, CHOICE.replace('b = "Хорошо", a = "Отлично"', 'a = "Отлично", b = "Хорошо"'))
    assert content_hash(turned) != content_hash(spec)


def test_a_version_stored_before_a_part_was_known_can_be_read(shipped):
    stored = to_json(shipped)
    del stored["meetings"], stored["texts"], stored["alert_days"], stored["plans"]["pair"]["notes"]
    spec = from_json(stored | {"unknown": 1})
    assert (spec.meetings, spec.texts, spec.alert_days, spec.plans["pair"].notes) == ((), {}, 30, ())


def test_the_hash_does_not_see_how_the_form_is_split_into_files(shipped):
    one_file = "\n".join(toml({key: value}) for key, value in reversed(shipped_content().items()))
    assert content_hash(spec_of(one_file)) == content_hash(shipped)


def test_the_hash_does_not_see_the_order_of_keys():
    turned = PLAN.replace('what = "Познакомиться", goal = "Узнать друг друга"', 'goal = "Узнать друг друга", what = "Познакомиться"')
    assert content_hash(spec_of(SMALL, turned)) == content_hash(spec_of(SMALL, PLAN))


def test_the_hash_sees_every_change(shipped):
    content = shipped_content()
    del content["plans"][1:], content["meetings"][1:], content["api"]
    hashes = set()
    paths = [path for path in leaves(content) if isinstance(get(content, path), str) and path[-1] not in ("id", "kind", "role", "owner")]
    paths = [path for path in paths if not {"kinds", "organisation", "due", "report_due"} & set(map(str, path))]
    for path in paths:
        other = copy.deepcopy(content)
        put(other, path, get(other, path) + " иначе")
        hashes.add(content_hash(spec_of("api = 1\n" + toml(other))))
    assert len(hashes) == len(paths) > 100


def test_cells_are_kept_as_a_save_would_store_them():
    plan = PLAN.replace('kind = "text"', 'kind = "number"').replace('"Узнать друг друга"', '" 1.50 "')
    assert spec_of(SMALL, plan).plans["pair"].items[0].cells == {"what": "Познакомиться", "goal": "1,5"}


def test_a_plan_gives_its_columns_by_id_and_by_role():
    plan = spec_of(SMALL, PLAN).plans["pair"]
    assert plan.column("goal").title == "Цель" and plan.by_role("due") == plan.column("due")
    assert plan.by_role("report_due") is None
    with pytest.raises(KeyError):
        plan.column("nothing")
