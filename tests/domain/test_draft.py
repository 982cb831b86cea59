"""A form that is being written: every change finds its place by ids, and can be taken back."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from mentorapp.domain import draft, formcheck, formwrite
from mentorapp.domain.draft import Gone
from tests.forms.forms import shipped_content

Change = Callable[[dict[str, Any]], object]


def content() -> dict[str, Any]:
    first = {"id": "a", "kind": "single", "text": "Первый?", "options": {"x": "да", "y": "нет"}}
    second = {"id": "b", "kind": "text", "text": "Второй?", "required": False}
    return {
        "title": "Форма",
        "questionnaires": [{"id": "q", "title": "Анкета", "questions": [first, second]}],
        "plans": [{"owner": "pair", "title": "План", "items": [{"id": "i1", "cells": {"what": "Встреча"}}, {"cells": {"what": "Ещё"}}]}],
        "texts": {"goal": ["Цель"]},
    }


QUESTIONS = "questionnaires.q.questions"


def test_a_value_is_found_by_ids_wherever_its_card_stands():
    made = content()
    assert draft.get(made, f"{QUESTIONS}.b.text") == "Второй?"
    assert draft.move(made, f"{QUESTIONS}.b", -1) and draft.get(made, f"{QUESTIONS}.b.text") == "Второй?"
    assert [entry["id"] for entry in draft.entries(made, QUESTIONS)] == ["b", "a"]
    assert not draft.move(made, f"{QUESTIONS}.b", -1)
    assert draft.get(made, "plans.pair.items.i1.cells.what") == "Встреча"
    assert draft.get(made, "mentor.title") is None and draft.entries(made, "meetings") == []


def test_what_is_gone_is_said_and_changes_nothing():
    made = content()
    for address in (f"{QUESTIONS}.z.text", "questionnaires.z.title", "title.more"):
        with pytest.raises(Gone):
            draft.put(made, address, "Новое")
    assert made == content()


def test_a_table_that_is_not_there_yet_is_made():
    made: dict[str, Any] = {}
    draft.put(made, "mentor.nominative", "наставник")
    draft.insert(made, "meetings", {"id": "m", "title": "Знакомство"})
    draft.put(made, "documents.order", None)
    assert made == {"mentor": {"nominative": "наставник"}, "meetings": [{"id": "m", "title": "Знакомство"}]}


def test_a_copy_stands_after_its_original_without_what_only_one_may_have():
    made = content()
    draft.put(made, f"{QUESTIONS}.a.pair_key", "k")
    draft.duplicate(made, f"{QUESTIONS}.a", {"id": "c"}, ("pair_key",))
    assert [entry["id"] for entry in draft.entries(made, QUESTIONS)] == ["a", "c", "b"]
    assert "pair_key" not in draft.entries(made, QUESTIONS)[1]


CHANGES: list[tuple[Change, list[str]]] = [
    (lambda made: draft.put(made, f"{QUESTIONS}.b.text", "Иначе?"), [f"{QUESTIONS}.b.text"]),
    (lambda made: draft.put(made, f"{QUESTIONS}.b.hint", "Подсказка"), [f"{QUESTIONS}.b.hint"]),
    (lambda made: draft.put(made, f"{QUESTIONS}.a.options", {"y": "нет", "x": "да"}), [f"{QUESTIONS}.a.options"]),
    (lambda made: draft.move(made, f"{QUESTIONS}.b", -1), [QUESTIONS]),
    (lambda made: draft.remove(made, f"{QUESTIONS}.a"), [QUESTIONS]),
    (lambda made: draft.insert(made, QUESTIONS, {"id": "n"}, "a"), [QUESTIONS]),
    (lambda made: draft.insert(made, "meetings", {"id": "m"}), ["meetings"]),
    (lambda made: draft.put(made, "texts", None), ["texts"]),
    (lambda made: draft.put(made, "plans.pair.title", "Иначе"), ["plans.pair.title"]),
]


@pytest.mark.parametrize("change,places", CHANGES)
def test_the_way_back_names_no_more_than_what_changed_and_leads_back(change, places):
    made, before = content(), content()
    change(made)
    back = json.loads(json.dumps(draft.way_back(before, made)))
    assert [address for address, _value in back] == places
    draft.go_back(made, back)
    assert json.dumps(made) == json.dumps(before)


def test_nothing_changed_leaves_no_way_back():
    assert draft.way_back(content(), copy.deepcopy(content())) == []


def test_rows_of_a_plan_get_ids_of_their_own():
    made = draft.with_ids(content())
    ids = [item["id"] for item in draft.entries(made, "plans.pair.items")]
    assert ids[0] == "i1" and len(set(ids)) == 2 and draft.with_ids(made) == made
    assert all(item.get("id") for plan in draft.with_ids(shipped_content())["plans"] for item in plan["items"])


def test_a_whole_form_survives_a_day_of_changes_taken_back():
    made = draft.with_ids(formwrite_content())
    before, steps = copy.deepcopy(made), []
    for change in (
        lambda: draft.remove(made, "questionnaires.mentee_before"),
        lambda: draft.put(made, "evaluation.title", "Лист"),
        lambda: draft.move(made, "subtypes.subject_methods", -1),
        lambda: draft.put(made, "deficits", None),
    ):
        old = copy.deepcopy(made)
        change()
        steps.append(draft.way_back(old, made))
    for back in reversed(steps):
        draft.go_back(made, back)
    assert json.dumps(formwrite.content_of(read(made))) == json.dumps(formwrite.content_of(read(before)))


def formwrite_content() -> dict[str, Any]:
    return formwrite.content_of(read(shipped_content()))


def read(made: dict[str, Any]) -> Any:
    spec, problems = formcheck.read(made)
    assert spec, problems
    return spec
