"""Questionnaires that people of a pair fill in: begun, answered one by one, sent, opened again by the curator."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentorapp.database import AUTO, BigId, Model, db
from mentorapp.domain.permissions import Access, Side
from mentorapp.domain.questionnaire import Questionnaire
from mentorapp.models import journal
from mentorapp.models.forms import current_version, spec_of
from mentorapp.models.pairs import NotNow, Pair, Participant
from mentorapp.models.people import Person
from mentorapp.models.sheets import SheetValue, Values
from mentorapp.prepared import Prepared


class SubmissionState(StrEnum):
    """Being filled in, or sent and locked."""

    OPEN = "open"
    SENT = "sent"


class Submission(Model):
    """One questionnaire of one participant. It keeps the version of the form that it was begun with."""

    __table_args__ = (sa.UniqueConstraint("participant_id", "phase"), AUTO)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    pair_id: Mapped[int] = mapped_column(sa.ForeignKey("pair.id"), index=True)
    participant_id: Mapped[int] = mapped_column(sa.ForeignKey("participant.id"))
    form_version_id: Mapped[int] = mapped_column(sa.ForeignKey("form_version.id"))
    questionnaire_id: Mapped[str]
    phase: Mapped[str]
    state: Mapped[SubmissionState] = mapped_column(default=SubmissionState.OPEN)
    opened_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    # When it was sent for the first time: answers that are younger were changed after the curator had opened it again.
    first_sent_at: Mapped[datetime | None]
    # A sheet of paper that the curator types in: who does it, and which day stands on the paper.
    from_paper: Mapped[bool] = mapped_column(default=False)
    entered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    paper_on: Mapped[date | None]

    pair: Mapped[Pair] = relationship()
    participant: Mapped[Participant] = relationship()
    entered_by: Mapped[Person | None] = relationship()

    @property
    def questionnaire(self) -> Questionnaire:
        """As it was when this was begun."""
        return asked_by(self.form_version_id, self.questionnaire_id)

    @property
    def person_id(self) -> int:
        """Whose answers they are, for the permission rules."""
        return self.participant.person_id

    @staticmethod
    def is_begun() -> sa.ColumnElement[bool]:
        """Sent, typed in from paper, or answered at least once, as a condition: what was opened and is empty is not begun."""
        answered = sa.exists().where(Answer.submission_id == Submission.id, Answer.value != "").correlate(Submission)
        return sa.or_(Submission.state == SubmissionState.SENT, Submission.from_paper, answered)

    @staticmethod
    def readable_by(who: Access) -> sa.ColumnElement[bool]:
        """Which sheets this person may read, as a condition: the rule answers:view said for a whole list."""
        mine = sa.exists().where(Participant.person_id == who.person_id)
        hers = mine.where(Participant.id == Submission.participant_id, Participant.until.is_(None)).correlate(Submission)
        took_part = mine.where(Participant.pair_id == Submission.pair_id).correlate(Submission)
        curated = Submission.pair_id.in_(sa.select(Pair.id).where(Pair.curated_by(who)))
        readable = sa.or_(Submission.from_paper, Submission.state == SubmissionState.SENT)
        return sa.or_(hers, sa.and_(curated, ~took_part, readable))

    def note(self, what: str, by_id: int, now: datetime) -> None:
        """Into the pair's history that it happened, and nothing of what was answered: everybody in the pair reads that."""
        name = f"{what}: «{self.questionnaire.title}», {self.participant.person.short_name}"
        journal.note(what=name, by_id=by_id, now=now, pair_id=self.pair_id)

    def send(self, now: datetime, paper_on: date | None = None) -> None:
        """Lock the answers. Raises NotNow when it was sent already."""
        if self.state is SubmissionState.SENT:
            raise NotNow("Эта анкета уже отправлена, ответы на месте. Исправить их можно, когда куратор откроет её снова.")
        self.state, self.sent_at = SubmissionState.SENT, now
        self.first_sent_at = self.first_sent_at or now
        self.paper_on = paper_on if self.from_paper else None

    def open_again(self) -> None:
        """So that its author may mend an answer. Raises NotNow when it was not sent."""
        if self.state is not SubmissionState.SENT:
            raise NotNow("Эта анкета и так открыта.")
        self.state, self.sent_at = SubmissionState.OPEN, None


class Answer(SheetValue, Model):
    """The answer to one question, or to one row of a matrix."""

    __table_args__ = (sa.UniqueConstraint("submission_id", "key"), AUTO)
    submission_id: Mapped[int] = mapped_column(sa.ForeignKey("submission.id"))


ANSWERS = Values(Answer, "submission_id")

# What is needed to save one answer, as one row: the place, the rights, the questions, the school year.
SHEET = Prepared(
    sa.select(
        Submission.id, Submission.pair_id, Submission.participant_id, Submission.form_version_id, Submission.questionnaire_id,
        Submission.state, Submission.from_paper, Pair.year,
    )
    .join_from(Submission, Pair, Submission.pair_id == Pair.id)
    .where(Submission.id == sa.bindparam("submission_id"))
)  # fmt: skip


def asked_by(version_id: int, questionnaire_id: str) -> Questionnaire:
    """A questionnaire of a published version. Raises StopIteration where it has none of that id."""
    return next(one for one in spec_of(version_id).questionnaires if one.id == questionnaire_id)


def questionnaire_for(version_id: int, side: Side, phase: str) -> Questionnaire | None:
    """What the form asks that side in that phase, if it asks anything."""
    return next((one for one in spec_of(version_id).questionnaires if (one.role, one.phase) == (side.value, phase)), None)


def begin(participant: Participant, phase: str, now: datetime) -> Submission:
    """An empty questionnaire of the form's present version. Raises NotNow where the form asks nothing."""
    version_id = current_version(participant.pair.form_id)
    asked = questionnaire_for(version_id, participant.side, phase) if version_id else None
    if version_id is None or asked is None:
        raise NotNow("В этой форме наставничества такой анкеты нет. Ничего не изменено.")
    submission = Submission(pair_id=participant.pair_id, participant=participant, form_version_id=version_id, phase=phase, opened_at=now)
    submission.questionnaire_id, submission.state = asked.id, SubmissionState.OPEN
    db.session.add(submission)
    return submission


def ask_anew(submission: Submission) -> None:
    """What nobody has begun asks what the form asks today, whatever version it was opened with."""
    version_id = current_version(submission.pair.form_id)
    asked = questionnaire_for(version_id, submission.participant.side, submission.phase) if version_id else None
    untouched = submission.state is SubmissionState.OPEN and not submission.from_paper and not ANSWERS.of(submission.id)
    if version_id and asked and untouched:
        submission.form_version_id, submission.questionnaire_id = version_id, asked.id


def submission_of(participant_id: int, phase: str) -> Submission | None:
    """The one that this participant has begun or sent."""
    return db.session.execute(
        sa.select(Submission).where(Submission.participant_id == participant_id, Submission.phase == phase)
    ).scalar_one_or_none()


def take_from_paper(submission: Submission, by_id: int) -> None:
    """The curator types a sheet in. The last who typed is named. Raises NotNow where its author has answered."""
    if submission.state is SubmissionState.SENT:
        raise NotNow("Эта анкета уже отправлена. Чтобы исправить ответы, сначала откройте её снова.")
    if not submission.from_paper and ANSWERS.of(submission.id):
        raise NotNow("На эту анкету уже отвечают на экране, ответы целы. Вводить её с бумаги не нужно: попросите закончить и отправить.")
    submission.from_paper, submission.entered_by_id = True, by_id


def hand_over(submission: Submission) -> None:
    """Typing from paper was begun by mistake: what was typed goes, and the person may answer herself."""
    if not submission.from_paper or submission.state is SubmissionState.SENT:
        raise NotNow("Убрать можно только ввод с бумаги, который ещё не отправлен. Ничего не изменено.")
    if submission.first_sent_at is not None:
        raise NotNow("Эту анкету уже сохраняли с бумаги, её ответы целы: исправьте их. Убрать можно ввод, который начат по ошибке.")
    db.session.execute(sa.delete(Answer).where(Answer.submission_id == submission.id))
    submission.from_paper, submission.entered_by_id = False, None
