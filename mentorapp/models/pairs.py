"""Mentoring pairs and groups: who with whom, in which form, from when to when, in what state."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentorapp.database import AUTO, BigId, Model, db
from mentorapp.domain import names
from mentorapp.domain.formspec import FormSpec
from mentorapp.domain.permissions import Access, RoleKind, Side
from mentorapp.domain.school_year import SchoolYear
from mentorapp.models.forms import FormVersion, spec_of
from mentorapp.models.people import Enrolment, Person


class PairState(StrEnum):
    """Where a pair stands; what may follow is in NEXT_STATES."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    ACTIVE = "active"
    PAUSED = "paused"
    FINISHED = "finished"


NEXT_STATES = {
    PairState.PROPOSED: (PairState.AGREED, PairState.ACTIVE, PairState.FINISHED),
    PairState.AGREED: (PairState.ACTIVE, PairState.FINISHED),
    PairState.ACTIVE: (PairState.PAUSED, PairState.FINISHED, PairState.AGREED),
    PairState.PAUSED: (PairState.ACTIVE, PairState.FINISHED),
    PairState.FINISHED: (PairState.ACTIVE,),
}


class NotNow(Exception):
    """A step that does not follow from the present state. str() is the sentence for the person.

    `pairs` are those that stand in the way, as ids and titles, `number` how many there are in all.
    """

    def __init__(self, sentence: str, pairs: Iterable[tuple[int, str]] = (), number: int = 0) -> None:
        super().__init__(sentence)
        self.pairs, self.number = list(pairs), number


class Pair(Model):
    """A mentoring pair. People may be replaced, the pair with its plan and history stays."""

    __table_args__ = (sa.Index(None, "year", "state"), AUTO)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    year: Mapped[int]
    form_id: Mapped[str] = mapped_column(sa.ForeignKey("mentoring_form.id"), index=True)
    form_version_id: Mapped[int] = mapped_column(sa.ForeignKey("form_version.id"))
    subtype: Mapped[str] = mapped_column(default="")
    model: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    state: Mapped[PairState] = mapped_column(default=PairState.PROPOSED)
    state_reason: Mapped[str] = mapped_column(default="")
    order_number: Mapped[str] = mapped_column(default="")
    order_on: Mapped[date | None]
    archived_at: Mapped[datetime | None]
    # What the pair works on, in its own words or one of the form's areas: it stands in the plans' texts in place of formspec.AREA.
    area: Mapped[str] = mapped_column(default="")
    # Which of the form's ways of control were chosen: «interim» and «final» → their ids.
    control: Mapped[dict[str, Any]] = mapped_column(default=dict)

    participants: Mapped[list["Participant"]] = relationship(back_populates="pair", order_by="Participant.id")
    form_version: Mapped[FormVersion] = relationship()

    @property
    def school_year(self) -> SchoolYear:
        return SchoolYear(self.year)

    @property
    def spec(self) -> FormSpec:
        """The form as this pair was made with; it is remembered, so no row is read for it."""
        return spec_of(self.form_version_id)

    def people(self, side: Side) -> list[Person]:
        """Who stands on that side now."""
        return [row.person for row in self.participants if row.side is side and row.until is None]

    @property
    def present(self) -> list["Participant"]:
        """Whose part has not ended."""
        return [row for row in self.participants if row.until is None]

    def ever_had(self, person_id: int) -> bool:
        """Whether this person stands or stood in the pair."""
        return any(row.person_id == person_id for row in self.participants)

    @property
    def title(self) -> str:
        """«Соколова Е. В. — Лукин Д. А.»: mentors first, of a large group the first ones."""
        return names.title_of(self._names)

    @property
    def full_title(self) -> str:
        """For the head of a page: two people with full names, of a group more of its people."""
        return names.title_of(self._names, full=True)

    @property
    def _names(self) -> list[list[tuple[str, str]]]:
        return [[(person.short_name, person.full_name) for person in self.people(side)] for side in Side]

    @staticmethod
    def visible_to(access: Access) -> sa.ColumnElement[bool]:
        """Which pairs this person may see, as a condition: the rule pair:view said for a whole list."""
        forms = [grant.form_id for grant in access.grants if grant.kind is RoleKind.CURATOR]
        if access.is_director or None in forms:
            return sa.true()
        own = (
            sa.exists()
            .where(Participant.pair_id == Pair.id, Participant.person_id == access.person_id, Participant.until.is_(None))
            .correlate(Pair)
        )
        return sa.or_(own, Pair.form_id.in_(forms), _has_mentee_of([grant.class_id for grant in access.grants if grant.class_id]))

    @staticmethod
    def curated_by(access: Access) -> sa.ColumnElement[bool]:
        """The pairs of the forms of which this person is a curator."""
        forms = [grant.form_id for grant in access.grants if grant.kind is RoleKind.CURATOR]
        return sa.true() if None in forms else Pair.form_id.in_(forms)

    @staticmethod
    def asked_of(access: Access) -> sa.ColumnElement[bool]:
        """The pairs of which this person may list who has answered: the rule questionnaires:list said for a whole list."""
        return sa.true() if access.is_director else Pair.curated_by(access)

    @staticmethod
    def measured_by(access: Access) -> sa.ColumnElement[bool]:
        """The pairs in which this person may measure by a role besides the curator's: the psychologist in all, a class teacher in hers."""
        classes = [grant.class_id for grant in access.grants if grant.class_id]
        return sa.true() if access.is_psychologist else _has_mentee_of(classes)

    @staticmethod
    def with_person(person_id: int) -> sa.ColumnElement[bool]:
        """The pairs in which this person stands on a side now."""
        here = sa.exists().where(Participant.pair_id == Pair.id, Participant.person_id == person_id, Participant.until.is_(None))
        return here.correlate(Pair)

    def go_to(self, state: PairState, today: date, reason: str = "") -> None:
        """Take the pair to another state.

        Raises NotNow when it does not follow, when an ending has no reason, and when its people may not work together now.
        """
        if self.archived_at is not None:
            raise NotNow("Пара в архиве, её состояние не изменено. Сначала верните её из архива.")
        if state not in NEXT_STATES[self.state]:
            raise NotNow("Состояние пары уже другое: его изменили раньше вас. Обновите страницу — на ней будет нынешнее.")
        if state is PairState.FINISHED and not reason:
            raise NotNow("Напишите, почему пара завершает работу: это понадобится для отчёта.")
        if state is PairState.ACTIVE:
            self._check_may_run()
            self._check_consents(today)
            self.check_clearances(today)
        self.state, self.state_reason = state, reason

    def put_away(self, now: datetime) -> None:
        """Into the archive. Raises NotNow while the pair works."""
        if self.state in (PairState.ACTIVE, PairState.PAUSED):
            raise NotNow("Пара работает и осталась в списке. Сначала завершите её, потом уберите в архив.")
        self.archived_at = now

    def bring_back(self) -> None:
        """Out of the archive. Raises NotNow when the pair has not ended and may not run."""
        if self.archived_at is not None and self.state is not PairState.FINISHED:
            self._check_may_run()
        self.archived_at = None

    def _check_consents(self, today: date) -> None:
        """A consent that was withdrawn or ran out since the pair was made (152-ФЗ, ст. 9)."""
        for row in self.participants:
            if row.until is None and (gap := row.person.consent_gap(today)):
                raise NotNow(f"{row.person.short_name}: {gap}. Пара осталась, как была. Отметьте согласие в карточке этого человека.")

    def clearance_gaps(self, today: date) -> list[tuple[Person, str]]:
        """What mentors from outside have not shown, in words; nothing while no mentee of the pair is under age."""
        if not any(person.is_minor(today) for person in self.people(Side.MENTEE)):
            return []
        return [(person, words) for person in self.people(Side.MENTOR) for _kind, words in person.clearance_gaps(today)]

    def check_clearances(self, today: date) -> None:
        """Nobody from outside begins to work with a minor without papers in force (domain/external.py). Raises NotNow."""
        for person, words in self.clearance_gaps(today):
            raise NotNow(
                f"{person.short_name}: {words}. Пара осталась, как была: без этого внешний наставник не начинает работу с теми, "
                "кому нет 18 лет. Запишите документ в карточке наставника."
            )

    def _check_may_run(self) -> None:
        """While a pair rested its people may have gone to the archive, or been made a pair anew."""
        here = [row for row in self.participants if row.until is None]
        for row in here:
            if row.person.archived_at is not None:
                raise NotNow(f"{row.person.short_name}: карточка в архиве. Пара осталась, как была. Сначала верните карточку из архива.")
        if twin := running_twin(self.form_id, self.year, [(row.person_id, row.side) for row in here], but=self.id):
            raise NotNow(f"Такая пара уже есть: {twin.title}, пара {twin.id} в списке пар. Эта осталась, как была. Сначала завершите ту.")


class Participant(Model):
    """A person on one side of a pair, with dates: replaced people keep their row."""

    __table_args__ = (sa.Index(None, "person_id", "side"), AUTO)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    pair_id: Mapped[int] = mapped_column(sa.ForeignKey("pair.id"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    side: Mapped[Side]
    since: Mapped[date]
    until: Mapped[date | None]

    pair: Mapped[Pair] = relationship(back_populates="participants")
    person: Mapped[Person] = relationship()

    def covers(self, day: date | None) -> bool:
        """Whether she stood in the pair on that day."""
        return day is not None and self.since <= day and (self.until is None or day <= self.until)


def running_twin(form_id: str, year: int, people: Iterable[tuple[int, Side]], but: int = 0) -> Pair | None:
    """A pair of just these people (ids and sides) in the same form and year that has not ended; the pair `but` does not count.

    A group in which they stand with others is no twin: people work together and in a group.
    """
    people = list(people)
    query = sa.select(Pair).where(Pair.form_id == form_id, Pair.year == year, Pair.id != but)
    query = query.where(Pair.state != PairState.FINISHED, Pair.archived_at.is_(None))
    for person_id, side in people:
        here = Participant.person_id == person_id, Participant.side == side, Participant.until.is_(None)
        query = query.where(sa.exists().where(Participant.pair_id == Pair.id, *here))
    size = sa.select(sa.func.count()).where(Participant.pair_id == Pair.id, Participant.until.is_(None)).correlate(Pair)
    query = query.where(size.scalar_subquery() == len(people))
    return db.session.execute(query.order_by(Pair.id)).scalars().first()


def _has_mentee_of(class_ids: list[int]) -> sa.ColumnElement[bool]:
    """The pair has a mentee of one of these classes, in the pair's own year."""
    return (
        sa.exists()
        .where(Participant.pair_id == Pair.id, Participant.side == Side.MENTEE, Participant.until.is_(None))
        .where(Enrolment.person_id == Participant.person_id, Enrolment.year == Pair.year, Enrolment.class_id.in_(class_ids))
        .correlate(Pair)
    )
