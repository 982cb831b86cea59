"""What a new form and the new parts of a form begin with."""

import copy
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from mentorapp import words
from mentorapp.domain import draft
from mentorapp.domain.draft import new_id
from mentorapp.drafting import cards
from mentorapp.drafting.fields import CASES, USUAL_WORDS, Content, side_word
from mentorapp.drafting.parts import CardList

LONGEST_TITLE = 200
COMPARED = ("number", "yes_no", "single", "multi", "scale", "frequency", "matrix")
# What a copy of a card may not have, because each may stand only once in its list.
ONLY_ONE = ("pair_key", "match", "role")


def new_form(title: str) -> Content:
    """A form that may be published as soon as somebody says who its people are: a plan with usual columns and three meetings."""
    return {
        "api": 1,
        "id": new_id("form-"),
        "title": title,
        **{side: dict(zip(CASES, cases, strict=True)) for side, cases in USUAL_WORDS.items()},
        "plans": [new_plan({}, "pair")],
        "meetings": [
            _meeting("Знакомство", "Рассказать о себе", "Договориться о правилах и связи", "Обсудить ожидания", "Назначить встречи"),
            _meeting("Рабочая встреча", "Что удалось с прошлого раза", "Что не получилось и почему", "Чем займёмся сегодня", "Что дальше"),
            _meeting("Итоговая встреча", "Чего хотели и чего добились", "Что помогло, что мешало", "Поблагодарить друг друга"),
        ],
    }  # fmt: skip


def _meeting(title: str, *agenda: str) -> Content:
    return {"id": new_id("m"), "title": title, "agenda": list(agenda)}


def new_plan(content: Content, owner: str) -> Content:
    """A plan without rows: activity, term, expected result."""
    return {
        "owner": owner,
        "title": cards.owner_title(content, owner),
        "columns": [
            {"id": new_id("c"), "title": "Мероприятие", "kind": "long", "role": "title", "width": 20},
            {"id": new_id("c"), "title": "Срок", "kind": "due", "role": "due", "width": 10},
            {"id": new_id("c"), "title": "Ожидаемый результат", "kind": "long", "width": 20},
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


def new_questionnaire(content: Content, role: str, phase: str, source: str = "") -> Content:
    """An empty questionnaire, or one with the questions of another: those of the same side are compared with their originals."""
    who = side_word(content, role, "genitive") if role in USUAL_WORDS else ""
    title = f"Анкета {who}: {words.PHASES[phase]}" if who else f"Анкета: {words.PHASES[phase]}"
    made: Content = {"id": new_id("a"), "role": role, "phase": phase, "title": title, "questions": []}
    return _with_questions_of(content, made, source) if source else made


def _with_questions_of(content: Content, made: Content, source: str) -> Content:
    other = draft.get(content, f"questionnaires.{source}")
    made |= {key: copy.deepcopy(value) for key, value in other.items() if key not in ("id", "role", "phase", "title")}
    for question in made["questions"]:
        if other.get("role") == made["role"] or made["phase"] != "application":
            question.pop("match", None)
        if other.get("role") != made["role"]:
            question.pop("pair_key", None)
    if other.get("role") == made["role"]:
        for original, question in zip(other.get("questions", []), made["questions"], strict=True):
            if original.get("kind") in COMPARED:
                question["pair_key"] = original["pair_key"] = original.get("pair_key") or original["id"]
    return made


@dataclass(frozen=True, slots=True)
class Twin:
    """A questionnaire that can be made of another in one step, and what the button says."""

    role: str
    phase: str
    words: str


_LATER_OR_EARLIER = {"before": "after", "after": "before"}


def twins(content: Content, part: str) -> list[Twin]:
    """What a pair needs beside this questionnaire and does not have yet: the other end of its work, the other side."""
    if not part.startswith("questionnaires."):
        return []
    here = draft.get(content, part)
    role, phase = here.get("role"), here.get("phase")
    if role not in USUAL_WORDS or not draft.entries(content, f"{part}.questions"):
        return []
    known = {(one.get("role"), one.get("phase")) for one in draft.entries(content, "questionnaires")}
    found = []
    if other := _LATER_OR_EARLIER.get(phase):
        found.append(Twin(role, other, f"Парная анкета «{words.PHASES[other]}»"))
    across = "mentor" if role == "mentee" else "mentee"
    if phase in ("application", "before", "interim", "after"):
        found.append(Twin(across, phase, f"Такая же анкета {side_word(content, across, 'genitive')}"))
    return [one for one in found if (one.role, one.phase) not in known]


def copy_of(content: Content, title: str) -> Content:
    """A form of its own with the same content: only its id and its name are others. Orders call it by its name, too."""
    made: dict[str, Any] = draft.with_ids(content) | {"id": new_id("form-"), "title": title}
    made.pop("short_title", None)
    return made


def title_of_copy(title: str, taken: Collection[str]) -> str:
    """A name that no form has yet: «Название (копия)», «Название (копия 2)»."""
    known = {one.casefold() for one in taken}
    bare = re.sub(r" \(копия(?: \d+)?\)$", "", title)[: LONGEST_TITLE - 12]
    number = 1
    while (found := f"{bare} (копия{f' {number}' if number > 1 else ''})").casefold() in known:
        number += 1
    return found
