"""What else changes in a form when one of its fields is given: keys that no longer fit, the other question of a comparison."""

from typing import Any

from mentorapp.domain import draft
from mentorapp.domain.questioncheck import KEYS_OF_KINDS
from mentorapp.drafting.fields import Content

# What a question of a kind begins with, so that it can be seen and published at once.
BEGINNINGS: dict[str, dict[str, Any]] = {"scale": {"low": 1, "high": 10}, "person": {"base": "mentors"}}
KEYS_OF_COLUMNS = {"suggest": ("text", "long"), "options": ("choice",), "low": ("number", "scale"), "high": ("number", "scale")}
NO_HEADING = ("required", "pair_key", "show_if", "match", "metric", "sensitive")


def after(content: Content, address: str) -> None:
    """Put the rest of the draft in order after the value at this address was given."""
    card, _dot, key = address.rpartition(".")
    list_address = card.rpartition(".")[0]
    if key == "kind" and list_address.endswith(".questions"):
        _kind_of_question(draft.get(content, card))
    elif key == "kind" and list_address.endswith(".columns"):
        _kind_of_column(draft.get(content, card))
    elif key == "role" and list_address.endswith(".columns"):
        _role_of_column(draft.get(content, card))
    elif key in ("pair_key", "options", "rows") and list_address.endswith(".questions"):
        if key == "pair_key":
            _tie(content, list_address.rpartition(".")[0], draft.get(content, address))
        _align(content, list_address.rpartition(".")[0], draft.get(content, card))
    elif list_address == "matching" and key in ("mentee", "mentor"):
        _tag(content, key, draft.get(content, address))
    elif list_address == "matching" and key == "kind" and draft.get(content, address) != "gap":
        for bound in ("least", "most"):
            draft.put(content, f"{card}.{bound}", None)


def _kind_of_question(question: Content) -> None:
    kind = question.get("kind", "")
    for key, fitting in KEYS_OF_KINDS.items():
        if kind not in fitting:
            question.pop(key, None)
    for key in NO_HEADING if kind == "heading" else ():
        question.pop(key, None)
    for key, value in BEGINNINGS.get(kind, {}).items():
        question.setdefault(key, value)


def _kind_of_column(column: Content) -> None:
    for key, fitting in KEYS_OF_COLUMNS.items():
        if column.get("kind") not in fitting:
            column.pop(key, None)
    if column.get("kind") == "scale":
        column.setdefault("low", 1)
        column.setdefault("high", 10)


def _role_of_column(column: Content) -> None:
    """A column that the program understands has the kind that it needs."""
    if column.get("role") in ("due", "report_due"):
        column["kind"] = "due"
    elif column.get("role") == "title" and column.get("kind") not in ("text", "long"):
        column["kind"] = "long"
    _kind_of_column(column)


def _tie(content: Content, questionnaire: str, key: str | None) -> None:
    """The question with which it is compared gets the same key; it was chosen by its own key or by its id."""
    here = draft.get(content, questionnaire)
    for other in draft.entries(content, "questionnaires"):
        if key and other.get("role") == here.get("role") and other is not here:
            for question in draft.entries(other, "questions"):
                if question.get("id") == key and not question.get("pair_key"):
                    question["pair_key"] = key


def _align(content: Content, questionnaire: str, question: Content) -> None:
    """Options that say the same as those of the question with which it is compared are the same options: they get the same ids."""
    here, key = draft.get(content, questionnaire), question.get("pair_key")
    for other in draft.entries(content, "questionnaires"):
        if not key or other.get("role") != here.get("role") or other is here:
            continue
        for twin in (one for one in draft.entries(other, "questions") if one.get("pair_key") == key):
            for part in ("options", "rows"):
                ours, theirs = question.get(part) or {}, twin.get(part) or {}
                if ours and len(ours) == len(theirs) and set(ours.values()) == set(theirs.values()):
                    ids = {label: id for id, label in theirs.items()}
                    question[part] = {ids[label]: label for label in ours.values()}


def align_all(content: Content, questionnaire: str) -> None:
    """The same for every question of a questionnaire that came from elsewhere."""
    for question in draft.entries(content, f"{questionnaire}.questions"):
        _align(content, questionnaire, question)


def _tag(content: Content, side: str, tag: str | None) -> None:
    """The question of the application gets the tag under which matching finds it; it was chosen by its own tag or by its id."""
    for questionnaire in draft.entries(content, "questionnaires"):
        if tag and (questionnaire.get("role"), questionnaire.get("phase")) == (side, "application"):
            for question in draft.entries(questionnaire, "questions"):
                if question.get("id") == tag and not question.get("match"):
                    question["match"] = tag
