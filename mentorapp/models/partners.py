"""Organisations that give mentors: who they are, the agreement with each, and the people who came from there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

from mentorapp.database import AUTO, BigId, Model, db
from mentorapp.domain import external, names
from mentorapp.domain.external import Standing
from mentorapp.domain.permissions import Access, Side
from mentorapp.domain.school_year import SchoolYear, short_date
from mentorapp.models.pairs import Pair, Participant
from mentorapp.models.people import BaseEntry, Person


class StillNeeded(Exception):
    """People stand behind this organisation, so it is not removed. str() is the sentence for the curator."""


class Organisation(Model):
    """A partner of the school. With people behind it it is put into the archive and never deleted."""

    __table_args__ = AUTO
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    full_name: Mapped[str]
    short_name: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    agreement_number: Mapped[str] = mapped_column(default="")
    agreement_on: Mapped[date | None]
    agreement_to: Mapped[date | None]
    paper_place: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    archived_at: Mapped[datetime | None]

    people: Mapped[list[Person]] = relationship(back_populates="organisation", order_by="Person.search_key")

    @property
    def name(self) -> str:
        """The short name, where there is one: for lists."""
        return self.short_name or self.full_name

    @property
    def agreement(self) -> str:
        """«№ 12 от 01.09.2026»; empty when nothing is known of it."""
        number = self.agreement_number.removeprefix("№").strip()
        return " ".join(
            part for part in (f"№ {number}" if number else "", f"от {short_date(self.agreement_on)}" if self.agreement_on else "") if part
        )

    def standing(self, today: date) -> Standing:
        """Whether the agreement lasts, ends soon or has run out."""
        return external.standing(self.agreement_to, today)

    def check_unneeded(self) -> None:
        """Raises StillNeeded when a person, of the archive too, came from here."""
        if self.people:
            behind = ", ".join(person.short_name for person in self.people)
            raise StillNeeded(f"Не удалено: за организацией записаны люди ({behind}). Её можно убрать в архив, всё записанное сохранится.")


class AgreementWords(NamedTuple):
    """What papers say of where a mentor comes from: «[организация]» and «[договор]»; empty where nothing is written down."""

    organisation: str
    agreement: str


def agreement_words(person: Person) -> AgreementWords:
    """The organisation of a person by its full name, and the agreement with it: «№ 12 от 01.09.2026»."""
    organisation = person.organisation
    return AgreementWords(organisation.full_name, organisation.agreement) if organisation else AgreementWords("", "")


def offered(also: int | None = None) -> list[Organisation]:
    """What may be chosen on a person's card: all but the archive, and the one that is chosen already."""
    query = sa.select(Organisation).where(sa.or_(Organisation.archived_at.is_(None), Organisation.id == also))
    return _by_name(db.session.execute(query).scalars())


def called(full_name: str, but: int = 0) -> Organisation | None:
    """Another organisation of the same name, in the archive too."""
    query = sa.select(Organisation).where(Organisation.id != but).order_by(Organisation.id)
    key = names.search_key(full_name)
    return next((one for one in db.session.execute(query).scalars() if names.search_key(one.full_name) == key), None)


def _by_name(found: Iterable[Organisation]) -> list[Organisation]:
    return sorted(found, key=lambda one: (names.search_key(one.name), one.id))


@dataclass(frozen=True, slots=True)
class Listed:
    """An organisation with the number of mentors it has given: this year, and in all years."""

    organisation: Organisation
    this_year: int
    in_all: int


def listed(year: SchoolYear, *, archive: bool) -> list[Listed]:
    """The organisations by name, those of the archive or the others: one query."""
    gone = Organisation.archived_at.is_not(None)
    query = sa.select(Organisation, _given(year), _given()).where(gone if archive else ~gone)
    rows = {one: Listed(one, this_year, in_all) for one, this_year, in_all in db.session.execute(query)}
    return [rows[one] for one in _by_name(rows)]


def count_archived() -> int:
    """How many lie in the archive."""
    return db.session.execute(sa.select(sa.func.count()).where(Organisation.archived_at.is_not(None))).scalar_one()


def given_by(organisation: Organisation, year: SchoolYear) -> Listed:
    """The same numbers of one organisation."""
    row = db.session.execute(sa.select(_given(year), _given()).where(Organisation.id == organisation.id)).one()
    return Listed(organisation, *row)


def _given(year: SchoolYear | None = None) -> sa.ScalarSelect[int]:
    """People of the organisation who stand or stood in the base of mentors, each counted once."""
    query = (
        sa.select(sa.func.count(sa.distinct(Person.id)))
        .join(BaseEntry, BaseEntry.person_id == Person.id)
        .where(Person.organisation_id == Organisation.id, BaseEntry.side == Side.MENTOR)
    )
    if year:
        query = query.where(BaseEntry.year == year.first)
    return query.correlate(Organisation).scalar_subquery()


def people_of(organisation: Organisation) -> list[Person]:
    """Who came from there, by name; those of the archive last."""
    query = sa.select(Person).where(Person.organisation_id == organisation.id).options(selectinload(Person.enrolments))
    return list(db.session.execute(query.order_by(Person.archived_at.is_not(None), Person.search_key, Person.id)).scalars())


def pairs_given(people: Iterable[Person], who: Access) -> dict[int, list[Pair]]:
    """By person: the pairs in which she is a mentor and that `who` may see, the newest first."""
    ids = [person.id for person in people]
    if not ids:
        return {}
    mentors = sa.select(Participant.pair_id).where(
        Participant.person_id.in_(ids), Participant.side == Side.MENTOR, Participant.until.is_(None)
    )
    query = sa.select(Pair).where(Pair.id.in_(mentors), Pair.archived_at.is_(None), Pair.visible_to(who))
    found: dict[int, list[Pair]] = {}
    people_too = selectinload(Pair.participants).joinedload(Participant.person)
    for pair in db.session.execute(query.options(people_too).order_by(Pair.id.desc())).scalars():
        for person in pair.people(Side.MENTOR):
            found.setdefault(person.id, []).append(pair)
    return found
