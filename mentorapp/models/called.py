"""Rows of a form's plans that an answer of a mentee calls for: which of them no plan of the pair has yet, and putting them in.

That such a row is offered tells of the answer, so it is shown only to who reads answers.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from mentorapp.database import db
from mentorapp.domain import answers
from mentorapp.domain.answers import Answers
from mentorapp.domain.formspec import CalledFor, ItemTemplate
from mentorapp.domain.permissions import Side
from mentorapp.domain.planning import PlanState
from mentorapp.domain.questionnaire import Questionnaire
from mentorapp.models.pairs import Pair, Participant
from mentorapp.models.plans import Plan, PlanItem
from mentorapp.models.submissions import Answer, Submission, SubmissionState


@dataclass(frozen=True, slots=True)
class CalledRow:
    """A row of the form that an answer calls for and that stands in its plan neither live nor in the bin."""

    plan: Plan
    row: int

    @property
    def template(self) -> ItemTemplate:
        return self.plan.template.items[self.row]

    @property
    def title(self) -> str:
        """What the activity is called; the plan's other texts come from the form as they are."""
        column = self.plan.template.by_role("title")
        return self.template.cells.get(column.id, "") if column else ""

    @property
    def key(self) -> str:
        """By which a page names it."""
        return f"{self.plan.id}.{self.row}"


@dataclass(frozen=True, slots=True)
class Sent:
    """A questionnaire that a mentee has sent."""

    participant_id: int
    phase: str
    questionnaire: Questionnaire
    given: Answers


def called_rows(pair: Pair) -> list[CalledRow]:
    """The rows to offer, plan by plan in the order of the form. Where no form's row waits for an answer, one query."""
    waiting = [(plan, row) for plan in _plans(pair.id) for row, item in enumerate(plan.template.items) if item.when]
    if not waiting:
        return []
    sent, mentees = _sent(pair.id), {row.id for row in pair.participants if row.side is Side.MENTEE and row.until is None}
    taken = _taken({plan.id for plan, _row in waiting})
    found = []
    for plan, row in waiting:
        item, place = plan.template.items[row], plan.participant_id
        answered = [one for one in sent if one.participant_id in ({place} if place else mentees)]
        if item.when and is_called(item.when, answered) and not {row, item.id} & taken.get(plan.id, set()):
            found.append(CalledRow(plan, row))
    return found


def is_called(called: CalledFor, sent: Collection[Sent]) -> bool:
    """Whether one of these questionnaires holds the answer. A question that is not asked any more does not count."""
    return any(_holds(called, one) for one in sent if one.phase == called.phase)


def _holds(called: CalledFor, sent: Sent) -> bool:
    question = sent.questionnaire.of_key(called.condition.question)
    asked = question is not None and answers.is_asked(question, sent.given)
    return asked and called.condition.holds(sent.given.get(called.condition.question, ""))


def add(rows: list[CalledRow], today: date) -> list[PlanItem]:
    """Put them into their plans, each in its place among the form's rows, with the dates of the form's rules."""
    return [one.plan.add_from_form(one.row, today) for one in rows]


def _plans(pair_id: int) -> list[Plan]:
    query = sa.select(Plan).where(Plan.pair_id == pair_id, Plan.state != PlanState.CLOSED).order_by(Plan.id)
    return list(db.session.execute(query).scalars())


def _taken(plan_ids: set[int]) -> dict[int, set[int | str]]:
    """Plan id → rows of the form that it has, by their places and ids; one in the bin was decided about, too."""
    query = sa.select(PlanItem.plan_id, PlanItem.template_row, PlanItem.template_id).where(PlanItem.plan_id.in_(plan_ids))
    found: dict[int, set[int | str]] = {}
    for row in db.session.execute(query.where(PlanItem.template_row.is_not(None))):
        found.setdefault(row.plan_id, set()).update({row.template_row, row.template_id} - {""})
    return found


def _sent(pair_id: int) -> list[Sent]:
    """What the mentees of a pair have sent and nobody has opened again, with the answers, by two queries."""
    query = sa.select(Submission).join(Participant, Submission.participant_id == Participant.id)
    query = query.where(Submission.pair_id == pair_id, Submission.state == SubmissionState.SENT, Participant.side == Side.MENTEE)
    submissions = list(db.session.execute(query).scalars())
    given: Mapping[int, dict[str, str]] = {one.id: {} for one in submissions}
    values = sa.select(Answer.submission_id, Answer.key, Answer.value).where(Answer.submission_id.in_(given), Answer.value != "")
    for row in db.session.execute(values):
        given[row.submission_id][row.key] = row.value
    return [Sent(one.participant_id, one.phase, one.questionnaire, given[one.id]) for one in submissions]
