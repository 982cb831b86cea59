"""Answers to a questionnaire: what is stored for each, which questions are asked, what is missing.

Answers are texts by key (`Question.keys`); a key without a text was not answered, which is never the same as zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from mentorapp.domain import kinds
from mentorapp.domain.kinds import Field, Limits
from mentorapp.domain.questionnaire import PERSON, Question, Questionnaire
from mentorapp.domain.school_year import SchoolYear

Answers = Mapping[str, str]
People = Mapping[str, str]  # id as text → name: who can be chosen in a question about a person
NO_PEOPLE: People = {}


def limits_of(question: Question, people: People = NO_PEOPLE) -> Limits:
    """What may be answered; for a person it is known only when the page is made."""
    return Limits(options=people) if question.kind == PERSON else question.limits


ANY_YEAR = SchoolYear(2000)  # what is only shown needs none


def field_of(question: Question, year: SchoolYear = ANY_YEAR, people: People = NO_PEOPLE) -> Field:
    """Where one answer to it is kept: parses what was typed, shows what is stored."""
    return kinds.field_for(question.value_kind, limits_of(question, people), year)


def shown(question: Question, text: str, people: People = NO_PEOPLE) -> str:
    """A stored answer for people to read."""
    return field_of(question, people=people).shown(text)


def is_asked(question: Question, answers: Answers) -> bool:
    """Whether the answers so far call for it."""
    return question.show_if is None or question.show_if.holds(answers.get(question.show_if.question, ""))


def asked(questionnaire: Questionnaire, answers: Answers) -> list[Question]:
    """The questions, headings aside, that are asked with these answers; what was answered to others is kept and not looked at."""
    return [question for question in questionnaire.asked if is_asked(question, answers)]


@dataclass(frozen=True, slots=True)
class Progress:
    """How much is answered, of what is asked."""

    answered: int
    of: int

    @property
    def percent(self) -> int:
        return round(100 * self.answered / self.of) if self.of else 100


def is_answered(question: Question, answers: Answers) -> bool:
    """Every row of a matrix, every place of a ranking that has to be filled."""
    if not all(answers.get(key) for key in question.keys):
        return False
    if question.kind == "rank":
        return len([name for name in answers[question.id].split(",") if name]) >= (question.limits.high or 0)
    if question.kind == "multi":
        return len(answers[question.id].split(",")) >= (question.limits.low or 1)
    return True


def progress(questionnaire: Questionnaire, answers: Answers) -> Progress:
    """Of all questions that are asked."""
    return progress_of(questionnaire.asked, answers)


def progress_of(questions: tuple[Question, ...], answers: Answers) -> Progress:
    """Of those of these questions that are asked."""
    here = [question for question in questions if is_asked(question, answers)]
    return Progress(sum(is_answered(question, answers) for question in here), len(here))


@dataclass(frozen=True, slots=True)
class Gap:
    """A question without an answer: its number, and the page (from 1) on which it stands."""

    question: Question
    number: int
    part: int


def gaps(questionnaire: Questionnaire, answers: Answers) -> list[Gap]:
    """Every question that is asked and not answered, those that may stay empty included."""
    numbers = questionnaire.numbers
    return [
        Gap(question, numbers[question.id], part)
        for part, page in enumerate(questionnaire.parts, 1)
        for question in page.questions
        if is_asked(question, answers) and not is_answered(question, answers)
    ]
