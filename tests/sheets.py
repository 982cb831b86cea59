"""Filling in questionnaires, whatever their form asks."""

from mentorapp.domain import answers
from mentorapp.domain.questionnaire import Question, Questionnaire

PERSON = "1"  # somebody of a base


def fitting(question: Question) -> str:
    """An answer that the question takes, as it is stored."""
    limits, options = question.limits, list(question.limits.options)
    if question.kind in ("scale", "number"):
        return str(limits.high if limits.high is not None else 7)
    if question.kind == "rank":
        return ",".join(options[: limits.high])
    if question.kind == "multi":
        return ",".join(options[: limits.low or 1])
    return {"yes_no": "да", "text": "Слово", "long": "Несколько слов", "date": "01.09.2026", "person": PERSON}.get(
        question.kind
    ) or options[0]


def full_answers(questionnaire: Questionnaire) -> dict[str, str]:
    """An answer to every question that is asked with these very answers."""
    given: dict[str, str] = {}
    for question in questionnaire.asked:
        if answers.is_asked(question, given):
            given |= dict.fromkeys(question.keys, fitting(question))
    return given
