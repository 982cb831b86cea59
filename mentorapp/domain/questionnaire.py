"""A questionnaire (анкета) of a mentoring form: its questions as a form declares them, in the order in which they are asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from mentorapp.domain.kinds import Limits

# Who fills it in: a side of the pair, somebody who knows the mentee (class teacher, parent, psychologist), or the curator.
QUESTIONNAIRE_ROLES = ("mentee", "mentor", "third_party", "curator")
# When: before there is a pair (to enter a base; after a meeting with possible partners), while it works, or while one is watched.
PHASES = ("application", "preference", "before", "interim", "after", "observation")
# Those that both sides of a pair are asked by themselves, as its time comes.
PAIR_PHASES = ("before", "interim", "after")
# What an answer says of the whole programme, so that forms can be counted together.
METRICS = ("satisfaction", "comfort", "expectation", "usefulness", "support", "involvement", "interest", "confidence")
HEADING, MATRIX, PERSON = "heading", "matrix", "person"
# Kinds of value (`domain/kinds.py`) that a question may have, and three of its own.
QUESTION_KINDS = (
    "text", "long", "number", "date", "yes_no", "single", "multi", "scale", "frequency", "rank", MATRIX, PERSON, HEADING,
)  # fmt: skip
# The usual answers to «how often», the most often first.
FREQUENCY: Mapping[str, str] = {
    "very_often": "очень часто",
    "often": "часто",
    "rarely": "редко",
    "once": "один-два раза",
    "never": "никогда",
}

# How long before the end of its period a pair is asked how it was.
LAST_DAYS = timedelta(days=30)


def opens_on(phase: str, starts_on: date, ends_on: date) -> date | None:
    """From which day a pair of that period is asked; None for what may be answered as soon as there is a pair."""
    if phase == "before":
        return None
    middle = starts_on + (ends_on - starts_on) / 2
    return middle if phase == "interim" else max(middle, ends_on - LAST_DAYS)  # The end of a short period does not precede its middle.


@dataclass(frozen=True, slots=True)
class Condition:
    """When a question is asked: the answer to an earlier one is one of `values`, or a number within bounds."""

    question: str
    values: tuple[str, ...] = ()
    at_least: int | None = None
    at_most: int | None = None

    def holds(self, answer: str) -> bool:
        """Whether that answer, as it is stored, calls for the question. Without an answer it is not asked."""
        if not answer:
            return False
        if self.values:
            return bool(set(self.values) & set(answer.split(",")))
        try:
            number = float(answer.replace(",", "."))
        except ValueError:  # a text from before the question became a number
            return False
        return (self.at_least is None or number >= self.at_least) and (self.at_most is None or number <= self.at_most)


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `pair_key` ties it to the same question of the other phase; `reverse`: less is better.

    `rows` are those of a matrix, whose columns are the options. `base` is where a person is chosen from: mentors or mentees.
    `match` is the tag under which matching finds it, `metric` what it says of the programme; a sensitive answer is not printed
    and not compared.
    """

    id: str
    kind: str
    text: str
    hint: str = ""
    required: bool = True
    limits: Limits = field(default_factory=Limits)
    low_label: str = ""
    high_label: str = ""
    rows: Mapping[str, str] = field(default_factory=dict)
    pair_key: str = ""
    reverse: bool = False
    base: str = ""
    match: str = ""
    metric: str = ""
    sensitive: bool = False
    show_if: Condition | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """Under what its answers are kept: its id, or for a matrix `id.row` for each row."""
        if self.kind == HEADING:
            return ()
        return tuple(f"{self.id}.{row}" for row in self.rows) if self.kind == MATRIX else (self.id,)

    @property
    def value_kind(self) -> str:
        """The kind of value of one answer."""
        return "single" if self.kind == MATRIX else self.kind

    def row_of(self, key: str) -> str:
        """What the row of a matrix says; empty for the other kinds."""
        return self.rows[key.partition(".")[2]] if self.kind == MATRIX else ""


@dataclass(frozen=True, slots=True)
class Part:
    """What is asked on one page: a heading with the questions up to the next one."""

    title: str
    hint: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Who is asked, when, and what. `minutes` is how long it usually takes."""

    id: str
    role: str
    phase: str
    title: str
    questions: tuple[Question, ...]
    intro: str = ""
    thanks: str = ""
    minutes: int = 10

    @property
    def parts(self) -> list[Part]:
        """The pages: each heading begins one. Without headings there is one page."""
        found: list[Part] = []
        for question in self.questions:
            if question.kind == HEADING:
                found.append(Part(question.text, question.hint, ()))
            else:
                last = found.pop() if found else Part("", "", ())
                found.append(Part(last.title, last.hint, (*last.questions, question)))
        return [part for part in found if part.questions]

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions without the headings; their places are the numbers that people see."""
        return tuple(question for question in self.questions if question.kind != HEADING)

    @property
    def numbers(self) -> dict[str, int]:
        """Question id → its number, the same on the page, on paper and in the list of gaps."""
        return {question.id: number for number, question in enumerate(self.asked, 1)}

    def question(self, id: str) -> Question:
        """Raises KeyError."""
        return _found(self.questions, id)

    def of_key(self, key: str) -> Question | None:
        """The question to which an answer with that key belongs."""
        return next((question for question in self.questions if key in question.keys), None)


def _found(questions: tuple[Question, ...], id: str) -> Question:
    for question in questions:
        if question.id == id:
            return question
    raise KeyError(id)
