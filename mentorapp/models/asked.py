"""Who is asked what: the questionnaires of pairs with how far each has come, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

import sqlalchemy as sa

from mentorapp.database import db
from mentorapp.domain import answers
from mentorapp.domain.answers import Progress
from mentorapp.domain.questionnaire import PAIR_PHASES, Questionnaire, opens_on
from mentorapp.models.forms import current_versions
from mentorapp.models.pairs import Pair, PairState, Participant
from mentorapp.models.people import Person
from mentorapp.models.submissions import Answer, Submission, SubmissionState, asked_by, questionnaire_for


class Stage(StrEnum):
    """Where one questionnaire of one person stands."""

    LATER = "later"  # its time has not come
    WAITING = "waiting"  # not begun
    BEGUN = "begun"
    SENT = "sent"
    MISSED = "missed"  # its time is over: the pair has ended


@dataclass(frozen=True, slots=True)
class Asked:
    """One questionnaire of one participant; `submission` once it was begun, `opens_on` while its time has not come."""

    pair: Pair
    participant: Participant
    questionnaire: Questionnaire
    submission: Submission | None
    stage: Stage
    opens_on: date | None
    progress: Progress | None

    @property
    def phase(self) -> str:
        return self.questionnaire.phase

    @property
    def person(self) -> Person:
        return self.participant.person

    @property
    def is_missing(self) -> bool:
        """It may be answered now and was not sent."""
        return self.stage in (Stage.WAITING, Stage.BEGUN)


def asked_in(pairs: Iterable[Pair], today: date) -> list[Asked]:
    """Pair by pair, person by person, in the order of the phases. The pairs come with their people."""
    pairs = list(pairs)
    if not pairs:
        return []
    versions = current_versions({pair.form_id for pair in pairs})
    begun = _submissions([pair.id for pair in pairs])
    given = _answers_of([one.id for one in begun.values() if one.state is SubmissionState.OPEN])
    found = []
    for pair in pairs:
        for row in pair.participants:
            if row.until is None:
                found += _of_participant(pair, row, versions.get(pair.form_id), begun, given, today)
    return found


def sent_before(pair: Pair, today: date) -> list[Asked]:
    """What people whose part has ended had sent by then; nothing more is asked of them."""
    former = {row.id: row for row in pair.participants if row.until is not None}
    sent = [one for one in _submissions([pair.id]).values() if one.participant_id in former and one.state is SubmissionState.SENT]
    return [_asked(pair, former[one.participant_id], one.questionnaire, one, {}, today) for one in sent]


def _of_participant(
    pair: Pair,
    row: Participant,
    version_id: int | None,
    begun: dict[tuple[int, str], Submission],
    given: dict[int, dict[str, str]],
    today: date,
) -> list[Asked]:
    found = []
    for phase in PAIR_PHASES:
        submission = begun.get((row.id, phase))
        asked = submission.questionnaire if submission else questionnaire_for(version_id, row.side, phase) if version_id else None
        if asked is not None:
            found.append(_asked(pair, row, asked, submission, given, today))
    return found


def _asked(
    pair: Pair, row: Participant, asked: Questionnaire, submission: Submission | None, given: dict[int, dict[str, str]], today: date
) -> Asked:
    begins = opens_on(asked.phase, pair.starts_on, pair.ends_on)
    stage = stage_of(pair, asked.phase, submission, today)
    progress = answers.progress(asked, given.get(submission.id, {})) if submission and stage is Stage.BEGUN else None
    return Asked(pair, row, asked, submission, stage, begins if stage is Stage.LATER else None, progress)


def stage_of(pair: Any, phase: str, submission: Submission | None, today: date) -> Stage:
    """Where a questionnaire stands. What was begun may always be finished; the last one is asked for after the end, too."""
    if submission is not None:
        return Stage.SENT if submission.state is SubmissionState.SENT else Stage.BEGUN
    finished = pair.state is PairState.FINISHED
    if finished:
        return Stage.WAITING if phase == "after" else Stage.MISSED
    begins = opens_on(phase, pair.starts_on, pair.ends_on)
    return Stage.LATER if begins is not None and begins > today else Stage.WAITING


def _submissions(pair_ids: list[int]) -> dict[tuple[int, str], Submission]:
    query = sa.select(Submission).where(Submission.pair_id.in_(pair_ids)).options(sa.orm.joinedload(Submission.entered_by))
    return {(one.participant_id, one.phase): one for one in db.session.execute(query).scalars()}


def _answers_of(submission_ids: list[int]) -> dict[int, dict[str, str]]:
    if not submission_ids:
        return {}
    query = sa.select(Answer.submission_id, Answer.key, Answer.value).where(Answer.submission_id.in_(submission_ids), Answer.value != "")
    found: dict[int, dict[str, str]] = {}
    for row in db.session.execute(query):
        found.setdefault(row.submission_id, {})[row.key] = row.value
    return found


def asked_until(condition: Any, year: int, today: date) -> list[Asked]:
    """All that is asked of the pairs of a year that a person may see, by the mentor's name, and of earlier years what is missing."""
    people = sa.orm.selectinload(Pair.participants).joinedload(Participant.person)
    query = sa.select(Pair).where(condition, Pair.year <= year, Pair.archived_at.is_(None)).options(people)
    pairs = sorted(db.session.execute(query).scalars(), key=lambda pair: (pair.title, pair.id))
    return [one for one in asked_in(pairs, today) if one.pair.year == year or one.is_missing]


class Count(NamedTuple):
    """How many of those who are asked now have not sent their answers."""

    questionnaire: Questionnaire
    missing: int
    of: int


def missing_counts(condition: Any, year: int, today: date) -> list[Count]:
    """For each questionnaire that is asked for now, by two queries and without objects: the start page is opened often."""
    place = (Participant.id, Participant.side, Pair.form_id, Pair.year, Pair.state, Pair.starts_on, Pair.ends_on)
    people = sa.select(*place).join_from(Participant, Pair).where(condition, Pair.year <= year, Pair.archived_at.is_(None))
    rows = list(db.session.execute(people.where(Participant.until.is_(None))))
    versions = current_versions({row.form_id for row in rows})
    submissions = _begun([row.id for row in rows])
    found: dict[str, tuple[Questionnaire, list[bool]]] = {}
    for row in rows:
        for phase in PAIR_PHASES:
            begun = submissions.get((row.id, phase))
            asked = _asked_now(row, phase, begun, versions.get(row.form_id), today)
            is_sent = begun is not None and begun.state is SubmissionState.SENT
            if asked and (row.year == year or not is_sent):
                found.setdefault(f"{row.form_id} {asked.id}", (asked, []))[1].append(is_sent)
    return [Count(asked, answered.count(False), len(answered)) for asked, answered in found.values()]


def _asked_now(place: Any, phase: str, begun: Any, version_id: int | None, today: date) -> Questionnaire | None:
    """What was begun may be finished at any time; else what the form asks today, if its time has come."""
    if begun:
        return asked_by(begun.form_version_id, begun.questionnaire_id)
    is_waiting = version_id is not None and stage_of(place, phase, None, today) is Stage.WAITING
    return questionnaire_for(version_id, place.side, phase) if is_waiting and version_id else None


def _begun(participant_ids: list[int]) -> dict[tuple[int, str], Any]:
    """What was begun, before its time, too."""
    what = (Submission.participant_id, Submission.phase, Submission.state, Submission.form_version_id, Submission.questionnaire_id)
    query = sa.select(*what).where(Submission.participant_id.in_(participant_ids))
    return {(row.participant_id, row.phase): row for row in db.session.execute(query)}
