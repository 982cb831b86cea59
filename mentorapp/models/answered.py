"""What people have answered to the questionnaires of a form, over all its versions, as far as one person may read it.

However many sheets there are, each of these asks the database the same number of times.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from mentorapp.database import db
from mentorapp.domain import answertable
from mentorapp.domain.answers import Answers, People
from mentorapp.domain.answertable import AnswerTable
from mentorapp.domain.permissions import Access
from mentorapp.domain.questionnaire import PAIR_PHASES, Questionnaire
from mentorapp.models.forms import FormVersion, spec_of
from mentorapp.models.pairs import Pair, Participant
from mentorapp.models.people import BaseEntry, Person
from mentorapp.models.submissions import Answer, Submission, SubmissionState


class Count(NamedTuple):
    """How many sheets were sent, and how many of them this person may read."""

    readable: int
    sent: int


@dataclass(frozen=True, slots=True)
class Gathered:
    """One questionnaire of a form: as the last version asks it that has it, whether the newest one does, how many were sent."""

    questionnaire: Questionnaire
    is_asked: bool
    count: Count

    @property
    def is_on_paper(self) -> bool:
        """It is printed and filled in by hand: nobody of a pair is asked it on the screen."""
        return self.questionnaire.role not in ("mentor", "mentee") or self.questionnaire.phase not in PAIR_PHASES


@dataclass(frozen=True, slots=True)
class Row:
    """One sent sheet: whose, of which pair and version, and its answers by key."""

    submission_id: int
    person: str
    pair_id: int
    pair: str
    version: int
    sent_at: datetime | None
    from_paper: bool
    paper_on: date | None
    given: Answers


NOTHING = Count(0, 0)


def gathered(form_id: str, who: Access) -> list[Gathered]:
    """The questionnaires of a form: those of the newest version in its order, then those that were answered and are asked no more."""
    counts = _counts(form_id, who)
    found: list[Gathered] = []
    is_newest = True
    for version_id in _numbers(form_id):
        known = {one.questionnaire.id for one in found}
        for asked in spec_of(version_id).questionnaires:
            if asked.id not in known and (is_newest or asked.id in counts):
                found.append(Gathered(asked, is_newest, counts.get(asked.id, NOTHING)))
        is_newest = False
        if counts.keys() <= {one.questionnaire.id for one in found}:
            break
    return found


def _counts(form_id: str, who: Access) -> dict[str, Count]:
    readable = sa.func.sum(sa.case((Submission.readable_by(who), 1), else_=0))
    query = sa.select(Submission.questionnaire_id, readable, sa.func.count()).where(_sent(form_id)).group_by(Submission.questionnaire_id)
    return {id: Count(int(seen), int(all)) for id, seen, all in db.session.execute(query)}


def _sent(form_id: str) -> sa.ColumnElement[bool]:
    """What was sent: a sheet that is still being answered is no measurement."""
    of_form = sa.select(Pair.id).where(Pair.form_id == form_id)
    return sa.and_(Submission.pair_id.in_(of_form), Submission.state == SubmissionState.SENT)


def _numbers(form_id: str) -> dict[int, int]:
    """Version id → its number, the newest first."""
    query = sa.select(FormVersion.id, FormVersion.number).where(FormVersion.form_id == form_id).order_by(FormVersion.number.desc())
    return {row.id: row.number for row in db.session.execute(query)}


@dataclass(frozen=True, slots=True)
class Answered:
    """One questionnaire with the sheets of it that this person may read: the table, and its rows when they are asked for."""

    table: AnswerTable
    ids: Sequence[int]
    numbers: dict[int, int]
    people: People

    def rows(self, ids: Sequence[int]) -> list[Row]:
        """These sheets in this order, but for one that was opened again meanwhile."""
        query = sa.select(Submission).where(Submission.id.in_(ids), Submission.state == SubmissionState.SENT).options(*_ALONG)
        found = {one.id: one for one in db.session.execute(query).scalars()}
        given = _answers(ids)
        return [_row(found[id], self.numbers, given.get(id, {})) for id in ids if id in found]

    def in_turns(self, size: int) -> Iterator[list[Row]]:
        """All of them, so many at a time: what was read is let go before the next is."""
        for start in range(0, len(self.ids), size):
            yield self.rows(self.ids[start : start + size])


_ALONG = (
    sa.orm.joinedload(Submission.participant).joinedload(Participant.person),
    sa.orm.joinedload(Submission.pair).selectinload(Pair.participants).joinedload(Participant.person),
)


def _row(sheet: Submission, numbers: dict[int, int], given: Answers) -> Row:
    person, version = sheet.participant.person.full_name, numbers[sheet.form_version_id]
    return Row(sheet.id, person, sheet.pair_id, sheet.pair.title, version, sheet.sent_at, sheet.from_paper, sheet.paper_on, given)


def _answers(ids: Sequence[int]) -> dict[int, dict[str, str]]:
    query = sa.select(Answer.submission_id, Answer.key, Answer.value).where(Answer.submission_id.in_(ids), Answer.value != "")
    found: dict[int, dict[str, str]] = {}
    for row in db.session.execute(query):
        found.setdefault(row.submission_id, {})[row.key] = row.value
    return found


def answered(form_id: str, questionnaire_id: str, who: Access) -> Answered | None:
    """What was answered to one questionnaire, by the names of people; None where no version of the form has it."""
    numbers = _numbers(form_id)
    sheets = _readable(form_id, questionnaire_id, who)
    used = {row.form_version_id: numbers[row.form_version_id] for row in sheets}
    table = answertable.table_of(
        ((number, _asked(version_id, questionnaire_id)) for version_id, number in numbers.items()),
        {number: asked for version_id, number in used.items() if (asked := _asked(version_id, questionnaire_id))},
    )
    if table is None:
        return None
    return Answered(table, [row.id for row in sheets], numbers, _people() if table.names_people else {})


def _readable(form_id: str, questionnaire_id: str, who: Access) -> list[Any]:
    query = (
        sa.select(Submission.id, Submission.form_version_id)
        .join(Participant, Participant.id == Submission.participant_id)
        .join(Person, Person.id == Participant.person_id)
        .where(_sent(form_id), Submission.questionnaire_id == questionnaire_id, Submission.readable_by(who))
        .order_by(Person.search_key, Submission.id)
    )
    return list(db.session.execute(query))


def _asked(version_id: int, questionnaire_id: str) -> Questionnaire | None:
    return next((one for one in spec_of(version_id).questionnaires if one.id == questionnaire_id), None)


def _people() -> People:
    """Everybody who can have been chosen as an answer: who stands or stood in a base, by id."""
    query = sa.select(Person).where(sa.exists().where(BaseEntry.person_id == Person.id))
    return {str(person.id): person.full_name for person in db.session.execute(query).scalars()}
