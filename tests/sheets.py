"""Sheets of pairs, filled in whatever their form asks."""

from datetime import datetime
from typing import Any

from mentorapp.database import db
from mentorapp.domain import answers
from mentorapp.domain.questionnaire import Question, Questionnaire
from mentorapp.models import DeficitList, Evaluation, MeasurementSheet, Pair, submissions
from mentorapp.models.called import called_rows
from mentorapp.models.deficits import LEVELS
from mentorapp.models.evaluations import MARKS
from mentorapp.models.forms import current_version, spec_of
from mentorapp.models.measurements import MEASUREMENTS
from mentorapp.models.submissions import ANSWERS

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


def every_sheet(pair: Pair, curator: int, now: datetime) -> dict[str, Any]:
    """Every sort of sheet of a pair, by the words that addresses use.

    A questionnaire that its author fills in on the screen, one that was sent, one from paper; an evaluation of the pair and one
    about its mentee, deficits.
    """
    mentor, mentee = pair.participants
    pair.control = {"final": ["открытый урок"]}
    before, after = (submissions.begin(mentee, phase, now) for phase in ("before", "after"))
    paper = submissions.begin(mentor, "before", now)
    spec = spec_of(before_version(pair))
    sheet, about_one = (
        Evaluation(
            pair_id=pair.id, participant_id=whom, form_version_id=before_version(pair), occasion="final", rated_on=now.date(),
            rater_id=curator, entered_by_id=curator, level_by_hand="", level_reason="",
        )
        for whom in (None, mentee.id)
    )  # fmt: skip
    made = DeficitList(pair_id=pair.id, participant_id=mentee.id, form_version_id=before_version(pair))
    db.session.add_all([sheet, about_one, made])
    submissions.take_from_paper(paper, curator)
    db.session.flush()
    for submission in (before, after):
        for key, value in full_answers(submission.questionnaire).items():
            ANSWERS.insert.run(submission_id=submission.id, key=key, value=value, saved_at=now, by_id=mentee.person_id)
    after.send(now)
    competence, indicator = spec.deficits.competences[0].id, spec.evaluation.indicators[0].id  # type: ignore[union-attr]
    LEVELS.insert.run(deficit_list_id=made.id, key=f"{competence}.rank", value="1", saved_at=now, by_id=curator)
    MARKS.insert.run(evaluation_id=sheet.id, key=f"{indicator}.why", value="Видно по урокам", saved_at=now, by_id=curator)
    if spec.parameters:
        numbers = MeasurementSheet(pair_id=pair.id, participant_id=mentee.id, form_version_id=before_version(pair))
        db.session.add(numbers)
        db.session.flush()
        for key, value in (("lessons.before", "3"), ("lessons.after", "5"), ("ease.before", "4")):
            MEASUREMENTS.insert.run(measurement_sheet_id=numbers.id, key=key, value=value, saved_at=now, by_id=mentor.person_id)
    called = next((one.key for one in called_rows(pair)), "")
    answer = next(question for question in before.questionnaire.asked if question.kind == "scale")
    return {
        "mentor_row": mentor.id,
        "mentee_row": mentee.id,
        "submission": before.id,
        "sent": after.id,
        "paper": paper.id,
        "answer": answer.id,
        "given": fitting(answer),
        "evaluation": sheet.id,
        "about_one": about_one.id,
        "indicator": indicator,
        "deficits": made.id,
        "competence": competence,
        "called": called,
    }


def before_version(pair: Pair) -> int:
    """The published version of the pair's form."""
    found = current_version(pair.form_id)
    assert found is not None
    return found
