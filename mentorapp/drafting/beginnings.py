"""What a new form and the new parts of a form begin with."""

import copy
from typing import Any

from mentorapp import words
from mentorapp.domain import draft, duewords
from mentorapp.domain.draft import new_id
from mentorapp.drafting.fields import Content
from mentorapp.drafting.parts import CardList

COMPARED = ("number", "yes_no", "single", "multi", "scale", "frequency", "matrix")
# What a copy of a card may not have, because each may stand only once in its list.
ONLY_ONE = ("pair_key", "match", "role")
_SIDES = {
    "mentor": ("наставник", "наставника", "наставнику", "наставники"),
    "mentee": ("наставляемый", "наставляемого", "наставляемому", "наставляемые"),
}
_CASES = ("nominative", "genitive", "dative", "plural")


def new_form(title: str) -> Content:
    """A form that may be published as soon as somebody says who its people are: a plan with usual columns and three meetings."""
    return {
        "api": 1,
        "id": new_id("form-"),
        "title": title,
        **{side: dict(zip(_CASES, words, strict=True)) for side, words in _SIDES.items()},
        "plans": [new_plan("pair")],
        "meetings": [
            _meeting("Знакомство", "Рассказать о себе", "Договориться о правилах и связи", "Обсудить ожидания", "Назначить встречи"),
            _meeting("Рабочая встреча", "Что удалось с прошлого раза", "Что не получилось и почему", "Чем займёмся сегодня", "Что дальше"),
            _meeting("Итоговая встреча", "Чего хотели и чего добились", "Что помогло, что мешало", "Поблагодарить друг друга"),
        ],
    }  # fmt: skip


def _meeting(title: str, *agenda: str) -> Content:
    return {"id": new_id("m"), "title": title, "agenda": list(agenda)}


def new_plan(owner: str) -> Content:
    """A plan without rows: activity, term, expected result."""
    titles = {"pair": "План пары", "mentor": "План наставника", "mentee": "План наставляемого", "curator": "План куратора"}
    return {
        "owner": owner,
        "title": titles[owner],
        "columns": [
            {"id": new_id("c"), "title": "Мероприятие", "kind": "long", "role": "title", "width": 40},
            {"id": new_id("c"), "title": "Срок", "kind": "due", "role": "due", "width": 20},
            {"id": new_id("c"), "title": "Ожидаемый результат", "kind": "long", "width": 40},
        ],
    }


def new_card(listed: CardList, neighbour: Content | None, title: str = "") -> Content:
    """A card for that list. A question asks in the same way as the one after which it is put."""
    made: Content = {"id": new_id(listed.letter), **listed.fresh}
    if neighbour and listed.letter == "q" and neighbour.get("kind") in ("scale", "yes_no", "frequency", "long", "text"):
        made |= {key: copy.deepcopy(neighbour[key]) for key in ("kind", "low", "high") if key in neighbour}
    if title:
        draft.put(made, listed.title_key, title)
    return made


def rows_of_table(plan: Content, pasted: str) -> list[Content]:
    """Rows of a plan out of a table of Word or Excel: cells go into its columns from the left, terms as words that are understood.

    A term that is not understood stays beside the activity, so that nothing that was pasted is lost.
    """
    columns = draft.entries(plan, "columns")
    title = next((one["id"] for one in columns if one.get("role") == "title"), "")
    found = []
    for line in filter(str.strip, pasted.splitlines()):
        row: Content = {"id": new_id("i"), "cells": {}}
        rest = []
        for column, cell in zip(columns, (" ".join(cell.split()) for cell in line.split("\t")), strict=False):
            if not cell:
                continue
            if column.get("role") in ("due", "report_due") and (rule := duewords.from_words(cell)):
                row[column["role"]] = rule
            elif column.get("kind") in ("text", "long"):
                row["cells"][column["id"]] = cell
            else:
                rest.append(f"({cell})")
        if title and rest:
            row["cells"][title] = " ".join(filter(None, [row["cells"].get(title, ""), *rest]))
        found.append(row)
    return found


def new_questionnaire(content: Content, role: str, phase: str, source: str = "") -> Content:
    """An empty questionnaire, or one with the questions of another: those of the same side are compared with their originals."""
    who = {"mentee": "наставляемого", "mentor": "наставника"}.get(role)
    title = f"Анкета {who}: {words.PHASES[phase]}" if who else f"Анкета: {words.PHASES[phase]}"
    made: Content = {"id": new_id("a"), "role": role, "phase": phase, "title": title, "questions": []}
    if not source:
        return made
    other = draft.get(content, f"questionnaires.{source}")
    made |= {key: copy.deepcopy(value) for key, value in other.items() if key not in ("id", "role", "phase", "title")}
    for question in made["questions"]:
        question.pop("match", None)
    if other.get("role") == role:
        for original, question in zip(other.get("questions", []), made["questions"], strict=True):
            if original.get("kind") in COMPARED:
                question["pair_key"] = original["pair_key"] = original.get("pair_key") or original["id"]
    else:
        for question in made["questions"]:
            question.pop("pair_key", None)
    return made


def copy_of(content: Content, title: str) -> Content:
    """A form of its own with the same content: only its id and its name are others."""
    made: dict[str, Any] = draft.with_ids(content) | {"id": new_id("form-"), "title": title}
    made.pop("short_title", None)
    return made
