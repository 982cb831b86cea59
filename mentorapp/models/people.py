"""People, their classes and posts by year, their consents and the two bases."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentorapp.database import AUTO, BigId, Model
from mentorapp.domain import external, names
from mentorapp.domain.external import ClearanceKind
from mentorapp.domain.permissions import Side
from mentorapp.domain.school_year import SchoolYear, is_minor_on
from mentorapp.models.clearances import Clearance

if TYPE_CHECKING:
    from mentorapp.models.partners import Organisation


class PersonKind(StrEnum):
    """Who a person is to the school; a form says which kinds may stand on each of its sides."""

    PUPIL = "pupil"
    TEACHER = "teacher"
    STAFF = "staff"
    PARENT = "parent"
    STUDENT = "student"
    EMPLOYER = "employer"
    GRADUATE = "graduate"
    VETERAN = "veteran"
    EXPERT = "expert"


class NoConsent(Exception):
    """A person without a consent in force cannot enter a base (152-ФЗ, ст. 9). str() is the sentence for the curator."""


class AlreadyInBase(Exception):
    """The person stands in this base of this year already."""


class Person(Model):
    """Anyone the programme knows: an account, a base and a pair are apart from the person."""

    __table_args__ = AUTO
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    last_name: Mapped[str]
    first_name: Mapped[str]
    patronymic: Mapped[str | None]
    sex: Mapped[str]
    kind: Mapped[PersonKind]
    birth_date: Mapped[date | None]
    birth_year: Mapped[int | None]
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    archived_at: Mapped[datetime | None]
    search_key: Mapped[str] = mapped_column(index=True)
    organisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)

    organisation: Mapped["Organisation | None"] = relationship(back_populates="people")
    clearances: Mapped[list[Clearance]] = relationship(back_populates="person", order_by="Clearance.id")
    enrolments: Mapped[list["Enrolment"]] = relationship(back_populates="person", order_by="Enrolment.year.desc()")
    consents: Mapped[list["Consent"]] = relationship(back_populates="person", order_by="Consent.id.desc()")
    base_entries: Mapped[list["BaseEntry"]] = relationship(back_populates="person", order_by="BaseEntry.id.desc()")

    @property
    def full_name(self) -> str:
        return names.full_name(self.last_name, self.first_name, self.patronymic)

    @property
    def short_name(self) -> str:
        return names.initials(self.last_name, self.first_name, self.patronymic)

    def rename(self, last_name: str, first_name: str, patronymic: str | None) -> None:
        """Set the name and the key that search finds it by."""
        self.last_name, self.first_name, self.patronymic = last_name, first_name, patronymic or None
        self.search_key = names.search_key(last_name, first_name, patronymic or "")

    def enrolment(self, year: SchoolYear) -> "Enrolment | None":
        """The class or post of that school year."""
        return next((row for row in self.enrolments if row.year == year.first), None)

    def is_minor(self, today: date) -> bool:
        """Whether a parent must sign. An unknown age counts as minor for a pupil: a missing date must not replace a parent."""
        known = is_minor_on(self.birth_date, self.birth_year, today)
        return self.kind is PersonKind.PUPIL if known is None else known

    @property
    def is_external(self) -> bool:
        """Not of this school: whoever comes from outside shows papers before she mentors a minor."""
        return self.kind in external.EXTERNAL_KINDS

    @property
    def shown_clearances(self) -> list[Clearance]:
        """The papers that were not removed."""
        return [row for row in self.clearances if row.removed_at is None]

    def clearance_gaps(self, today: date) -> list[tuple[ClearanceKind, str]]:
        """In words: what she lacks to mentor a minor, by kind of paper; nothing for people of the school."""
        return list(external.gaps(self.shown_clearances, today)) if self.is_external else []

    def valid_consent(self, today: date) -> "Consent | None":
        """The consent in force that lets this person's data be processed (152-ФЗ, ст. 9), signed by the right hand."""
        minor = self.is_minor(today)
        return next((row for row in self.consents if row.is_in_force(today) and (row.by_representative or not minor)), None)

    def enter_base(self, side: Side, year: SchoolYear, request: str, today: date) -> "BaseEntry":
        """Put the person into one of the two bases. Raises NoConsent or AlreadyInBase and changes nothing then."""
        if self.valid_consent(today) is None:
            raise NoConsent(self.consent_gap(today))
        if any(row.side is side and row.year == year.first and row.left_on is None for row in self.base_entries):
            raise AlreadyInBase
        entry = BaseEntry(person=self, side=side, year=year.first, request=request, entered_on=today)
        return entry

    def consent_gap(self, today: date) -> str:
        """In words: what keeps this person out of the bases; empty when nothing does."""
        if self.valid_consent(today) is not None:
            return ""
        if any(row.is_in_force(today) for row in self.consents):
            return "нет согласия законного представителя: человеку нет 18 лет, его собственной подписи мало"
        if any(row.withdrawn_on for row in self.consents):
            return "согласие отозвано"
        if self.consents:
            return "срок согласия истёк"
        return "нет согласия законного представителя" if self.is_minor(today) else "нет согласия на обработку данных"


class SchoolClass(Model):
    """A class or a group of one school year («9 «А»», «Робототехника»)."""

    __table_args__ = (sa.UniqueConstraint("year", "title"), AUTO)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    year: Mapped[int]
    title: Mapped[str]


class Enrolment(Model):
    """Where a person studies or works in one school year: one row per person and year."""

    __table_args__ = (sa.UniqueConstraint("person_id", "year"), AUTO)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    year: Mapped[int]
    class_id: Mapped[int | None] = mapped_column(sa.ForeignKey("school_class.id"), index=True)
    post: Mapped[str] = mapped_column(default="")

    person: Mapped[Person] = relationship(back_populates="enrolments")
    school_class: Mapped[SchoolClass | None] = relationship(lazy="joined")

    @property
    def place(self) -> str:
        """The class, the post, or both, as lists show them."""
        return ", ".join(part for part in (self.school_class.title if self.school_class else "", self.post) if part)


class Consent(Model):
    """A signed paper: consent to the processing of personal data, a separate document (152-ФЗ, ст. 9)."""

    __table_args__ = AUTO
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    signed_on: Mapped[date]
    valid_to: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    by_representative: Mapped[bool]
    signer: Mapped[str] = mapped_column(default="")
    paper_place: Mapped[str] = mapped_column(default="")

    person: Mapped[Person] = relationship(back_populates="consents")

    def is_in_force(self, today: date) -> bool:
        """Signed, not withdrawn, not expired."""
        return self.signed_on <= today and self.withdrawn_on is None and (self.valid_to is None or self.valid_to >= today)


class BaseEntry(Model):
    """A person in one of the two bases of a school year, with the main request (or what a mentor can give)."""

    __table_args__ = (sa.Index(None, "year", "side"), AUTO)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    side: Mapped[Side]
    year: Mapped[int]
    request: Mapped[str] = mapped_column(default="")
    entered_on: Mapped[date]
    left_on: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="base_entries")
