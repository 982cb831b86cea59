"""Organisations and mentors from outside, for tests of what they must show."""

from datetime import date
from typing import Any

from flask import Flask

from mentorapp.database import writing
from mentorapp.domain.external import ClearanceKind
from mentorapp.domain.permissions import Side
from mentorapp.models import Clearance, Organisation, Pair, Person
from mentorapp.models.pairs import PairState
from mentorapp.models.people import PersonKind
from tests.cards import add_person, fresh
from tests.school import World


def add_organisation(app: Flask, full_name: str = "Городская типография", **known: Any) -> int:
    """A partner of the school."""
    with app.app_context(), writing() as session:
        made = Organisation(full_name=full_name, **known)
        session.add(made)
        session.flush()
        return made.id


def add_mentor(app: Flask, last: str = "Дорохов", organisation_id: int | None = None) -> int:
    """An employer in the base of mentors."""
    person_id = add_person(app, last, kind=PersonKind.EMPLOYER, base=Side.MENTOR)
    with app.app_context(), writing():
        fresh(person_id).organisation_id = organisation_id
    return person_id


def show(app: Flask, person_id: int, kind: ClearanceKind, valid_to: date | None = None, **known: Any) -> int:
    """A paper that this person has shown."""
    with app.app_context(), writing() as session:
        paper = Clearance(person_id=person_id, kind=kind, issued_on=date(2025, 9, 1), valid_to=valid_to, **known)
        session.add(paper)
        session.flush()
        return paper.id


def take_the_mentors_place(app: Flask, world: World, person_id: int, pair: str = "timur", state: PairState = PairState.AGREED) -> int:
    """The pair of pupils gets this mentor, and that state."""
    with app.app_context(), writing() as session:
        found = session.get_one(Pair, world.pairs[pair])
        next(row for row in found.participants if row.side is Side.MENTOR).person = session.get_one(Person, person_id)
        found.state = state
        return found.id
