"""People beyond the cast, for tests of lists, bases and search."""

from datetime import date

from flask import Flask

from mentorapp.database import db, writing
from mentorapp.domain.permissions import Side
from mentorapp.domain.school_year import SchoolYear
from mentorapp.models import Consent, Enrolment, Person
from mentorapp.models.people import PersonKind

YEAR = SchoolYear(2026)
TODAY = date(2026, 11, 23)


def add_person(
    app: Flask,
    last: str,
    first: str = "Ия",
    *,
    kind: PersonKind = PersonKind.PUPIL,
    class_id: int | None = None,
    consent: bool = False,
    base: Side | None = None,
) -> int:
    """One more person of the school; who stands in a base has a consent, too."""
    with app.app_context(), writing() as session:
        person = Person(sex="f", kind=kind, phone="", email="", birth_year=2012 if kind is PersonKind.PUPIL else 1985)
        person.rename(last, first, None)
        person.enrolments = [Enrolment(year=YEAR.first, class_id=class_id, post="")]
        if consent or base:
            person.consents = [Consent(signed_on=date(2026, 9, 1), by_representative=True, signer="мать", paper_place="")]
        session.add(person)
        session.flush()
        if base:
            session.add(person.enter_base(base, YEAR, "Чтение", TODAY))
        return person.id


def fresh(person_id: int) -> Person:
    """The person as she is stored now; call it inside an application context."""
    person = db.session.get(Person, person_id, populate_existing=True)
    assert person is not None
    return person
