"""Evaluations of a pair by the criteria of its form: several sheets, by several people, on several days."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentorapp.database import AUTO, BigId, Model, db
from mentorapp.domain import recount, rubric
from mentorapp.domain.permissions import Side
from mentorapp.domain.recount import Recount
from mentorapp.domain.rubric import Rubric, Score
from mentorapp.models.forms import FormVersion, MentoringForm, current_version, spec_of
from mentorapp.models.pairs import NotNow, Pair, Participant
from mentorapp.models.people import Person
from mentorapp.models.sheets import SheetValue, Values

GROUP, EACH = "group", "each"  # whom new sheets are about, where it is not one mentee by her participant's id


class Evaluation(Model):
    """One sheet of one rater, about the whole pair or group or about one mentee of it. `occasion`: interim or final.

    The level is counted, and where lines do not apply it is set by hand.
    """

    __table_args__ = AUTO
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    pair_id: Mapped[int] = mapped_column(sa.ForeignKey("pair.id"), index=True)
    form_version_id: Mapped[int] = mapped_column(sa.ForeignKey("form_version.id"))
    occasion: Mapped[str]
    rated_on: Mapped[date]
    rater_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    entered_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    level_by_hand: Mapped[str] = mapped_column(default="")
    level_reason: Mapped[str] = mapped_column(default="")
    removed_at: Mapped[datetime | None]
    # The mentee it is about, who may have left the pair since; empty where it is about all of them.
    participant_id: Mapped[int | None] = mapped_column(sa.ForeignKey("participant.id"))

    pair: Mapped[Pair] = relationship()
    participant: Mapped[Participant | None] = relationship()
    rater: Mapped[Person] = relationship(foreign_keys=[rater_id])
    entered_by: Mapped[Person] = relationship(foreign_keys=[entered_by_id])

    @property
    def rubric(self) -> Rubric:
        """The criteria as they were when the sheet was made."""
        found = spec_of(self.form_version_id).evaluation
        if found is None:
            raise LookupError("an evaluation of a form without criteria")
        return found

    @property
    def whom(self) -> str:
        """Whom it is about, in words; nothing where a pair has one mentee and there is nobody else to mean."""
        if self.participant is not None:
            return self.participant.person.short_name
        return "вся группа" if is_group(self.pair, self.rated_on) else ""

    @property
    def mentee_id(self) -> int | None:
        """The person it is about, whichever of her parts in the pair it was; None where it is about all of them."""
        return self.participant.person_id if self.participant else None

    @property
    def is_from_paper(self) -> bool:
        """Somebody else typed it in."""
        return self.rater_id != self.entered_by_id

    def level(self, score: Score) -> str:
        """The level in words: counted, or chosen by hand where lines do not apply; empty while there is none."""
        if score.band:
            return score.band.title
        return self.level_by_hand if score.needs_hand else ""

    def reconsider(self, written: Iterable[str]) -> None:
        """These places were written: a level that was chosen for other marks holds no longer. A comment changes nothing."""
        if any(not key.endswith(rubric.WHY) for key in written):
            self.level_by_hand = self.level_reason = ""

    def choose_level(self, title: str, reason: str, score: Score) -> None:
        """Where lines do not apply the bands of the whole sheet say nothing: a person decides and says why."""
        if not score.needs_hand:
            raise NotNow("Уровень считается сам. Выбирают его, только когда заполнены все строки и часть из них не применима.")
        if title not in {band.title for band in self.rubric.bands}:
            raise NotNow("Такого уровня в листе нет. Ничего не изменено: обновите страницу и выберите из списка.")
        if not reason:
            raise NotNow("Напишите, почему уровень такой: часть строк не применима, и по сумме его не видно.")
        self.level_by_hand, self.level_reason = title, reason


class Mark(SheetValue, Model):
    """The mark of one indicator, or the comment to it."""

    __table_args__ = (sa.UniqueConstraint("evaluation_id", "key"), AUTO)
    evaluation_id: Mapped[int] = mapped_column(sa.ForeignKey("evaluation.id"))


MARKS = Values(Mark, "evaluation_id")


def is_group(pair: Pair, on: date | None = None) -> bool:
    """Whether there are several mentees to tell apart: now, or on that day.

    In the morning of a day of replacement the one who leaves is there, in the evening the one who comes, and never both.
    """
    a_day = timedelta(days=1)
    that_day = [_stood(pair, on - a_day, on), _stood(pair, on, on + a_day)] if on else []
    return any(len(people) > 1 for people in [{row.person_id for row in mentees_of(pair)}, *that_day])


def _stood(pair: Pair, first: date, last: date) -> set[int]:
    """The mentees who stood in the pair from one day to the other, by the ids of the people."""
    return {row.person_id for row in pair.participants if row.side is Side.MENTEE and row.covers(first) and row.covers(last)}


def mentees_of(pair: Pair) -> list[Participant]:
    """The mentees who stand in the pair now."""
    return [row for row in pair.present if row.side is Side.MENTEE]


def those_meant(pair: Pair, whom: str) -> list[int | None]:
    """A participant's id for each sheet that is to be begun, None for one about all. Raises NotNow where the pair has changed since."""
    if whom == GROUP:
        return [None]
    meant = [row.id for row in mentees_of(pair) if whom in (EACH, str(row.id))]
    if not meant:
        raise NotNow("Состав группы тем временем изменился, и лист не начат. Откройте «Оценку» снова и выберите, о ком он.")
    return [*reversed(meant)]  # the list shows the newest first: there they stand as in the group


def criteria_of(pair: Pair) -> tuple[int, Rubric] | None:
    """The version and the criteria by which a pair is evaluated today, if its form has any."""
    version_id = current_version(pair.form_id)
    found = spec_of(version_id).evaluation if version_id else None
    return (version_id, found) if version_id and found else None


def sheets_of(pair_id: int) -> list[tuple[Evaluation, Score]]:
    """The sheets of a pair that are not removed, the newest day first, each counted."""
    query = sa.select(Evaluation).where(Evaluation.pair_id == pair_id, Evaluation.removed_at.is_(None))
    query = query.options(sa.orm.joinedload(Evaluation.rater)).order_by(Evaluation.rated_on.desc(), Evaluation.id.desc())
    found = list(db.session.execute(query).scalars())
    marks: dict[int, dict[str, str]] = {sheet.id: {} for sheet in found}
    rows = sa.select(Mark.evaluation_id, Mark.key, Mark.value).where(Mark.evaluation_id.in_(marks), Mark.value != "")
    for row in db.session.execute(rows):
        marks[row.evaluation_id][row.key] = row.value
    return [(sheet, rubric.score(sheet.rubric, marks[sheet.id])) for sheet in found]


def beside(sheet: Evaluation) -> list[tuple[Evaluation, Score]]:
    """The other sheets that may be compared with this one: of the pair, and about the same person or about all as well."""
    return [row for row in sheets_of(sheet.pair_id) if row[0].id != sheet.id and row[0].mentee_id == sheet.mentee_id]


def counted_again(sheet: Evaluation, marks: dict[str, str]) -> tuple[int, Recount] | None:
    """The same marks by the criteria of the present version, and its number; None where they count alike."""
    version = sa.select(FormVersion.id, FormVersion.number).join(MentoringForm, MentoringForm.current_version_id == FormVersion.id)
    own = sa.select(FormVersion.form_id).where(FormVersion.id == sheet.form_version_id).scalar_subquery()
    present = db.session.execute(version.where(MentoringForm.id == own)).one_or_none()
    criteria = spec_of(present.id).evaluation if present else None
    if present is None or criteria is None or not recount.differ(sheet.rubric, criteria):
        return None
    return present.number, recount.recount(sheet.rubric, criteria, marks)
