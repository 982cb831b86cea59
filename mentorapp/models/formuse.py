"""How often each thing of a form was used: what publishing a change of it is measured by."""

from collections.abc import Sequence
from functools import cached_property

import sqlalchemy as sa

from mentorapp.database import db
from mentorapp.domain.formdiff import Difference
from mentorapp.domain.formparts import steps
from mentorapp.models.deficits import DeficitLevel, DeficitList
from mentorapp.models.evaluations import Evaluation, Mark
from mentorapp.models.meetings import Meeting
from mentorapp.models.pairs import Pair
from mentorapp.models.plans import Plan, PlanItem
from mentorapp.models.submissions import Answer, Submission


class FormUse:
    """How often each thing was used: answers by question, choices of an option, cells of a column, and the like.

    Each is counted once, when the first difference asks for it: most of what is published asks for little.
    """

    def __init__(self, form_id: str, differences: Sequence[Difference]) -> None:
        self._of_form, self._differences = Pair.form_id == form_id, differences

    @cached_property
    def answers(self) -> dict[tuple[str, str], int]:
        """(questionnaire, key) → answers."""
        query = sa.select(Submission.questionnaire_id, Answer.key, sa.func.count()).join_from(Answer, Submission).join(Pair)
        query = query.where(self._of_form, Answer.value != "").group_by(Submission.questionnaire_id, Answer.key)
        return {(row[0], row[1]): int(row[2]) for row in db.session.execute(query)}

    @cached_property
    def choices(self) -> dict[tuple[str, str, str], int]:
        """(questionnaire, question, option) → people who chose it."""
        return _choices(self._of_form, [one for one in self._differences if one.thing == "option"])

    @cached_property
    def cells(self) -> dict[tuple[str, str], int]:
        """(owner, column) → rows in which something stands."""
        return _cells(self._of_form, [one for one in self._differences if one.thing == "column"])

    @cached_property
    def marks(self) -> dict[str, int]:
        """Indicator → marks in evaluations."""
        query = sa.select(Mark.key, sa.func.count()).join_from(Mark, Evaluation).join(Pair)
        return _by_key(query.where(self._of_form, Mark.value != "").group_by(Mark.key))

    @cached_property
    def levels(self) -> dict[str, int]:
        """Competence with its level → marks in check-lists."""
        query = sa.select(DeficitLevel.key, sa.func.count()).join_from(DeficitLevel, DeficitList).join(Pair)
        return _by_key(query.where(self._of_form, DeficitLevel.value != "").group_by(DeficitLevel.key))

    @cached_property
    def _pairs_and_meetings(self) -> dict[tuple[str, str], int]:
        """(sort, id) → pairs of that kind or model, meetings of that type."""
        pairs = {
            (sort, row[0]): int(row[1])
            for column, sort in ((Pair.subtype, "subtype"), (Pair.model, "model"))
            for row in db.session.execute(sa.select(column, sa.func.count()).where(self._of_form).group_by(column))
        }
        held = sa.select(Meeting.type_id, sa.func.count()).join(Pair).where(self._of_form).group_by(Meeting.type_id)
        return pairs | {("meeting", row[0]): int(row[1]) for row in db.session.execute(held)}

    def of_question(self, questionnaire: str, id: str) -> int:
        """Most answers to one of its keys: of a matrix each row is answered by itself."""
        found = [number for (asked, key), number in self.answers.items() if asked == questionnaire and key.partition(".")[0] == id]
        return max(found, default=0)

    def used(self, sort: str, id: str) -> int:
        """How many pairs or meetings are of that kind."""
        return self._pairs_and_meetings.get((sort, id), 0) if sort in ("subtype", "model", "meeting") else 0


def _by_key(query: sa.Select[str, int]) -> dict[str, int]:
    return {row[0]: int(row[1]) for row in db.session.execute(query)}


def _choices(of_form: sa.ColumnElement[bool], changed: Sequence[Difference]) -> dict[tuple[str, str, str], int]:
    """(questionnaire, question, option) → how many chose it, of the questions whose options change."""
    places = {(way[1], way[3]) for one in changed if (way := steps(one.address))[2] == "questions"}
    if not places:
        return {}
    query = sa.select(Submission.questionnaire_id, Answer.submission_id, Answer.key, Answer.value).join_from(Answer, Submission).join(Pair)
    query = query.where(of_form, Answer.value != "", Submission.questionnaire_id.in_({place[0] for place in places}))
    who: dict[tuple[str, str, str], set[int]] = {}
    for row in db.session.execute(query):
        question = row.key.partition(".")[0]
        for option in row.value.split(",") if (row.questionnaire_id, question) in places else ():
            who.setdefault((row.questionnaire_id, question, option), set()).add(row.submission_id)
    return {place: len(submissions) for place, submissions in who.items()}


def _cells(of_form: sa.ColumnElement[bool], changed: Sequence[Difference]) -> dict[tuple[str, str], int]:
    """(owner, column) → in how many rows something stands there, of the owners whose columns change."""
    owners = {steps(one.address)[1] for one in changed}
    if not owners:
        return {}
    query = sa.select(Plan.owner, PlanItem.cells).join_from(PlanItem, Plan).join(Pair).where(of_form, Plan.owner.in_(owners))
    found: dict[tuple[str, str], int] = {}
    for row in db.session.execute(query.where(PlanItem.removed_at.is_(None))):
        for column, text in (row.cells or {}).items():
            found[row.owner, column] = found.get((row.owner, column), 0) + bool(text)
    return found
