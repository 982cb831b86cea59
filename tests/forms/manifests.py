"""Contents of forms by the number: whole and right ones, of every part of the contract, and the same after an accident."""

import copy
from datetime import date
from random import Random
from typing import Any

from mentorapp.domain import tomlwrite
from mentorapp.domain.documents import DOCUMENT_KINDS, PLACEHOLDERS, SIGNERS
from mentorapp.domain.formspec import CONTROLS, ORGANISATIONS, OWNERS, PERSON_KINDS, TEXT_PARTS
from mentorapp.domain.parameters import MEASURED_BY
from mentorapp.domain.questionnaire import METRICS, PHASES, QUESTIONNAIRE_ROLES
from tests.forms.forms import get, leaves, put, toml

Content = dict[str, Any]

SENTENCES = """
урок план наставник встреча цель ученик помощь вместе неделя итог опыт разбор беседа задание класс школа год «проект» — №5 т. д.
{{7*7}} {0} %s <b>жирно</b> =СУММ(A1) '''кавычки''' "в"кавычках" "" C:\\путь\\n # не_комментарий [скобки] a.b.c.d.e.f.g.h.i.j
😀 👩\u200d🏫 é ё й ﷺ ½ x² ===== \\ \\\\ " true 1 null
"""
WORDS = [*SENTENCES.split(), "\u00a0", '"""']
RULES: tuple[Content, ...] = (
    {"after_start": 14}, {"before_end": 10}, {"month": 9}, {"months": [12, 3, 6]}, {"from": "15.10", "to": "30.10"}, {"until": "15.10"},
    {"last_week": 5}, {"every": 7}, {"half": 2}, {"year": True}, {"until": "15.10", "first_run": "01.11.2026"},
)  # fmt: skip


class Maker:
    """Makes one right form out of one number."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311
        self.ids = 0

    def sometimes(self, chance: float = 0.5) -> bool:
        return self.random.random() < chance

    def id(self) -> str:
        """A new one each time, so that no two of a form are equal."""
        self.ids += 1
        return f"{self.random.choice('abcxyz')}_{self.ids}"

    def line(self, most: int = 200) -> str:
        """One line; now and then as long as is allowed, or without a single blank."""
        length = self.random.choice((1, 10, 40, most // 2, most)) if self.sometimes(0.2) else self.random.randint(1, min(most, 60))
        glue = "" if self.sometimes(0.05) else "   " if self.sometimes(0.05) else " "
        text = glue.join(self.random.choices(WORDS, k=length // 2 + 1)).strip()[:length].strip()
        return text or "слово"

    def prose(self, most: int = 2000) -> str:
        """Some lines, one of them now and then longer than a file may have."""
        lines = [self.line(self.random.choice((60, 200))) for _ in range(self.random.randint(1, 4))]
        if self.sometimes(0.1):
            lines.append(
                self.random.choice(("я" * most, "слово " * most, "a" + " " * (most // 2) + "b", "\\" * most, '"' * most, "б\n\n" * most))
            )
        return self.random.choice(("\n", "\n\n", "\n  ")).join(lines)[:most].strip() or "текст"

    def some(self, make: Any, most: int, least: int = 0) -> list[Any]:
        """Mostly few."""
        number = self.random.randint(least, min(most, least + 3)) if self.sometimes(0.9) else self.random.randint(least, min(most, 20))
        return [make() for _ in range(number)]

    def options(self, most: int = 8) -> dict[str, str]:
        return {self.id(): self.line(self.random.choice((20, 200))) for _ in range(self.random.randint(2, most))}

    def maybe(self, **parts: Any) -> Content:
        """Some of the keys that need not be there. Each value is made only when it is taken."""
        return {key: make() for key, make in parts.items() if self.sometimes()}

    # --- The parts of the contract ------------------------------------------------------------------------

    def form(self) -> Content:
        content: Content = {"api": 1, "id": f"form-{self.random.randint(1, 999)}", "title": self.line()}
        content |= self.maybe(short_title=self.line, summary=self.prose, source=self.prose)
        content |= {"mentor": self.side(), "mentee": self.side()}
        content |= self.maybe(organisation=lambda: self.random.sample(ORGANISATIONS, self.random.randint(1, 4)))
        content |= self.bounds(content)
        content |= self.maybe(
            models=lambda: self.some(lambda: {"id": self.id(), "title": self.line()}, 20),
            subtypes=lambda: self.some(self.subtype, 20),
            length_days=lambda: self.random.randint(1, 3660),
            meeting_every_days=lambda: self.random.randint(1, 366),
            alert_days=lambda: self.random.randint(1, 366),
            parents_consent=self.sometimes,
            questionnaires=self.questionnaires,
            meetings=lambda: self.some(self.meeting, 30),
            texts=lambda: {part: self.some(self.prose, 20) for part in TEXT_PARTS if self.sometimes()},
            areas=lambda: self.some(self.line, 30),
            parameters=lambda: self.some(self.parameter, 20),
            documents=lambda: {kind: self.document() for kind in DOCUMENT_KINDS if self.sometimes()},
            evaluation=self.evaluation,
            deficits=self.deficits,
            control=lambda: {
                kind: self.some(lambda: {"id": self.id(), "title": self.line()}, 12, 1) for kind in CONTROLS if self.sometimes()
            },
        )
        if self.sometimes(0.7):
            content["plans"] = [self.plan(owner, content) for owner in self.random.sample(OWNERS, self.random.randint(1, 4))]
        if rules := self.matching(content):
            content["matching"] = rules
        return content

    def bounds(self, content: Content) -> Content:
        """The largest numbers of the sides that may have several people."""
        several = {
            key
            for key, ends in (("most_mentors", 0), ("most_mentees", -1))
            if any(way[ends] != "1" for way in content.get("organisation", []))
        }
        return self.maybe(**dict.fromkeys(sorted(several), lambda: self.random.randint(2, 50)))

    def side(self) -> Content:
        words = {case: self.line(60) for case in ("nominative", "genitive", "dative", "plural")}
        return (
            words
            | {"kinds": self.random.sample(PERSON_KINDS, self.random.randint(1, 9))}
            | ({"least_age": 14, "most_age": 18} if self.sometimes(0.2) else {})
        )

    def subtype(self) -> Content:
        return {"id": self.id(), "title": self.line()} | self.maybe(aim=self.prose, categories=lambda: self.some(self.line, 20))

    def plan(self, owner: str, content: Content) -> Content:
        columns = [{"id": self.id(), "title": self.line(), "kind": self.random.choice(("text", "long")), "role": "title"}]
        columns += self.some(self.column, 9)
        if self.sometimes(0.8):
            columns.append({"id": self.id(), "title": "Срок", "kind": "due", "role": "due"})
        self.random.shuffle(columns)
        plan: Content = {"owner": owner, "title": self.line(), "columns": columns}
        return plan | self.maybe(items=lambda: self.some(lambda: self.item(columns, content), 60), notes=lambda: self.some(self.prose, 20))

    def column(self) -> Content:
        kind = self.random.choice(("text", "long", "number", "date", "due", "yes_no", "choice", "scale"))
        column: Content = {"id": self.id(), "title": self.line(), "kind": kind} | self.maybe(width=lambda: self.random.randint(1, 100))
        if kind == "choice":
            column["options"] = self.options()
        if kind == "scale" or (kind == "number" and self.sometimes()):
            column |= {"low": self.random.randint(-5, 1), "high": self.random.randint(2, 10)}
        if kind in ("text", "long"):
            column |= self.maybe(suggest=lambda: self.some(self.line, 30))
        return column

    def item(self, columns: list[Content], content: Content) -> Content:
        filled = [one for one in columns if one["kind"] not in ("date", "due") and (one.get("role") == "title" or self.sometimes())]
        item: Content = {"cells": {column["id"]: self.cell(column) for column in filled}}
        item |= self.maybe(section=self.line, id=self.id)
        if any(column.get("role") == "due" for column in columns):
            item |= self.maybe(due=lambda: dict(self.random.choice(RULES)))
        called = [
            (asked["phase"], one) for asked in content.get("questionnaires", []) if asked["role"] == "mentee" for one in asked["questions"]
        ]
        if called and self.sometimes(0.3):
            phase, question = self.random.choice(called)
            if is_told := self.answer_of(question):
                item["when"] = {"phase": phase, **is_told}
        return item

    def cell(self, column: Content) -> str:
        made = {"number": "1", "scale": "1", "yes_no": "да", "text": self.line(), "long": self.prose()}
        return made[column["kind"]] if column["kind"] != "choice" else self.random.choice(list(column["options"]))

    def meeting(self) -> Content:
        return {"id": self.id(), "title": self.line()} | self.maybe(
            minutes=lambda: self.random.randint(1, 600),
            agenda=lambda: self.some(self.line, 20),
            per_month=lambda: self.random.randint(1, 31),
            at_least=lambda: self.random.randint(1, 100),
            interactions=lambda: self.some(self.line, 20),
            methods=lambda: self.some(self.line, 20),
        )

    def questionnaires(self) -> list[Content]:
        places = [(role, phase) for role in QUESTIONNAIRE_ROLES for phase in PHASES]
        return [self.questionnaire(*place) for place in self.random.sample(places, self.random.randint(1, 5))]

    def questionnaire(self, role: str, phase: str) -> Content:
        asked: Content = {"id": self.id(), "role": role, "phase": phase, "title": self.line()}
        questions = [self.question("yes_no")]
        for question in self.some(lambda: self.question(""), 30):
            if question["kind"] != "heading" and self.sometimes(0.3):
                question |= {"show_if": told} if (told := self.answer_of(self.random.choice(questions))) else {}
            questions.append(question)
        return (
            asked | {"questions": questions} | self.maybe(intro=self.prose, thanks=self.prose, minutes=lambda: self.random.randint(1, 120))
        )

    def question(self, kind: str) -> Content:
        kinds = ("text", "long", "number", "date", "yes_no", "single", "multi", "scale", "frequency", "rank", "matrix", "person", "heading")
        kind = kind or self.random.choice(kinds)
        question: Content = {"id": self.id(), "kind": kind, "text": self.prose()} | self.maybe(hint=self.prose)
        if kind == "heading":
            return question
        question |= self.maybe(required=self.sometimes, pair_key=self.id, match=self.id, sensitive=self.sometimes)
        question |= self.maybe(metric=lambda: self.random.choice(METRICS))
        if kind in ("single", "multi", "rank", "matrix") or (kind == "frequency" and self.sometimes()):
            question["options"] = self.options()
        if kind == "matrix":
            question["rows"] = self.options()
        if kind == "person":
            question["base"] = self.random.choice(("mentors", "mentees"))
        if kind == "scale":
            question |= {"low": 1, "high": self.random.randint(2, 10)} | self.maybe(
                low_label=lambda: self.line(60), high_label=lambda: self.line(60)
            )
        if kind in ("multi", "rank"):
            question |= self.maybe(high=lambda: self.random.randint(1, len(question["options"])))
        if kind in ("number", "scale", "frequency", "matrix"):
            question |= self.maybe(reverse=self.sometimes)
        return question

    def answer_of(self, question: Content) -> Content:
        """A condition that this question can fulfil; nothing for a question that none may look at."""
        if "show_if" in question:
            return {}
        named: Content = {"question": question["id"]}
        match question["kind"]:
            case "yes_no":
                return named | {"is": self.random.choice(("да", "нет", ["да", "нет"]))}
            case "single" | "multi":
                options = list(question["options"])
                return named | {"is": self.random.choice((options[0], options))}
            case "scale":
                return named | self.random.choice(({"is": "2"}, {"at_least": 2}, {"at_least": 1, "at_most": 2}))
            case "number":
                return named | {"at_most": self.random.randint(-9, 9)}
        return {}

    def matching(self, content: Content) -> list[Content]:
        """Rules for the tags of the two applications; «yes or no» can always be compared."""
        tags = {
            asked["role"]: [one["match"] for one in asked["questions"] if one["kind"] == "yes_no" and "match" in one]
            for asked in content.get("questionnaires", [])
            if asked["phase"] == "application"
        }
        if not tags.get("mentee") or not tags.get("mentor"):
            return []
        sides = {side: self.random.choice(tags[side]) for side in ("mentee", "mentor")}
        rule = {"id": self.id(), **sides, "kind": self.random.choice(("equal", "veto")), "text": self.line()}
        return [rule | self.maybe(weight=lambda: self.random.randint(1, 100))]

    def parameter(self) -> Content:
        needed = {"id": self.id(), "title": self.line(), "method": self.line(), "who": self.random.choice(MEASURED_BY)}
        return (
            needed
            | self.maybe(unit=lambda: self.line(60), better=lambda: self.random.choice(("more", "less")), sensitive=self.sometimes)
            | ({"low": -3, "high": 1_000_000} if self.sometimes() else {})
        )

    def document(self) -> Content:
        names = list(PLACEHOLDERS)
        paragraphs = self.some(lambda: f"[{self.random.choice(names)}] {self.prose(3900)}".replace("[скобки]", "скобки"), 20, 1)
        return {"title": self.line(), "paragraphs": paragraphs} | self.maybe(
            signs=lambda: self.random.sample(SIGNERS, self.random.randint(1, 5))
        )

    def evaluation(self) -> Content:
        values = self.random.sample(range(101), self.random.randint(2, 5))
        groups = [
            {
                "id": self.id(),
                "title": self.line(),
                "indicators": self.some(lambda: {"id": self.id(), "title": self.line()} | self.maybe(hint=self.prose), 40, 1),
            }
            for _ in range(self.random.randint(1, 4))
        ]
        most = max(values) * sum(len(group["indicators"]) for group in groups)
        ends = sorted(self.random.sample(range(most), min(most, self.random.randint(1, 3)))) if most <= 10_000 else []
        bands = [
            {"low": low, "high": high, "title": f"уровень {low}"} | self.maybe(text=self.prose)
            for low, high in zip([0, *(end + 1 for end in ends)], [*ends, most], strict=True)
        ]
        points = [{"value": value, "label": f"балл {value}"} for value in values]
        return {"title": self.line(), "points": points, "groups": groups, "bands": bands} | self.maybe(not_applicable=self.sometimes)

    def deficits(self) -> Content:
        competence = lambda: {"id": self.id(), "title": self.line()} | self.maybe(practice=self.line)  # noqa: E731
        groups = [
            {"id": self.id(), "title": self.line(), "competences": self.some(competence, 40, 1)} for _ in range(self.random.randint(1, 3))
        ]
        levels = [f"уровень {number}" for number in range(self.random.randint(3, 10))]
        return {"title": self.line(), "levels": levels, "groups": groups} | self.maybe(
            enough=lambda: self.random.randint(1, len(levels) - 1)
        )


def right(seed: int) -> Content:
    """A right form, always the same for one number."""
    return Maker(seed).form()


STRANGE: tuple[Any, ...] = (
    None, True, 0, -1, 10**30, 1.5, float("nan"), "", " ", "x" * 5000, "\x00", "\u202e", "../x", "core", "(a+)+$", [], {}, [[]], [{}],
    [None],    {"id": []}, {"pattern": "(a+)+$"}, date(2026, 2, 28), ["да"] * 200,
    {f"k{n}": n for n in range(200)}, {"question": "q", "is": {}},
)  # fmt: skip
STRANGE_KEYS = ("pattern", "visible_to", "code", "id", "", "имя", "a.b", "x" * 3000, "__class__", "cells", "\x07")
SCRAPS = (
    '"',
    "'''",
    '"""',
    "[",
    "]]",
    "[[plans]]",
    "{",
    "}",
    "=",
    ".",
    ",",
    "\n",
    "#",
    "\\",
    "\x00",
    "\ufeff",
    "1e999",
    "nan",
    "я",
    "\\u12",
)


def hurt(seed: int) -> dict[str, str]:
    """The files of a form in which some things went wrong: with its values, its keys, or with the text itself."""
    random, content = Random(f"an accident of {seed}"), copy.deepcopy(right(seed))  # noqa: S311
    for _ in range(random.choice((0, 0, 0, 1, 1, 3))):
        _hurt_once(random, content)
    files = tomlwrite.files(content) if random.random() < 0.9 else {"form.toml": toml(content)}
    for file in random.sample(sorted(files), min(random.choice((0, 0, 0, 0, 1, 2)), len(files))):
        at = random.randrange(len(files[file]) + 1)
        gap = random.choice((0, 0, 1, 30, 1000))
        files[file] = files[file][:at] + "".join(random.choices(SCRAPS, k=random.randint(0, 4))) + files[file][at + gap :]
    return files


def _hurt_once(random: Random, content: Content) -> None:
    path = random.choice(list(leaves(content)))
    path = path[: random.randint(1, len(path))]
    parent = get(content, path[:-1])
    match random.randrange(5):
        case 0:
            put(content, path, copy.deepcopy(random.choice(STRANGE)))
        case 1:
            del parent[path[-1]]
        case 2 if isinstance(parent, list):
            parent.extend(copy.deepcopy(parent[-1]) for _ in range(random.choice((1, 1, 30, 200))))
        case 3 if isinstance(parent, dict):
            parent[random.choice(STRANGE_KEYS)] = parent.pop(path[-1])
        case _:
            (parent if isinstance(parent, dict) else content)[random.choice(STRANGE_KEYS)] = copy.deepcopy(random.choice(STRANGE))
