"""Papers that run out: agreements with organisations, and what external mentors have shown. For whoever keeps them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, selectinload

from mentorapp.database import db
from mentorapp.domain import external
from mentorapp.domain.external import EXTERNAL_KINDS, SOON_DAYS, Standing
from mentorapp.domain.permissions import Side
from mentorapp.domain.school_year import SchoolYear
from mentorapp.models.clearances import Clearance
from mentorapp.models.pairs import Pair, PairState, Participant
from mentorapp.models.partners import Organisation
from mentorapp.models.people import BaseEntry, Person, PersonKind

OUTSIDE = [PersonKind(kind) for kind in sorted(EXTERNAL_KINDS)]
# A pair that has not begun is told what it lacks on its own page; one that works is not stopped, so it is told of everywhere.
AT_WORK = sa.and_(Pair.state.in_((PairState.ACTIVE, PairState.PAUSED)), Pair.archived_at.is_(None))


@dataclass(frozen=True, slots=True)
class Term:
    """One paper that ends soon, has ended (`until`) or is not there at all (`until` is None), and the page on which it is renewed."""

    until: date | None
    is_over: bool
    name: str
    what: str
    endpoint: str
    values: dict[str, Any]


def may_end(today: date) -> sa.ColumnElement[bool]:
    """Whether there is anything to look at, as a condition: most schools have no such papers, and pay no further query."""
    soon = today + timedelta(days=SOON_DAYS)
    return sa.or_(
        sa.exists().where(Clearance.valid_to <= soon, Clearance.removed_at.is_(None)),
        sa.exists().where(Organisation.agreement_to <= soon, Organisation.archived_at.is_(None)),
        sa.exists().where(*_mentors_at_work()),
    )


def _mentors_at_work() -> tuple[sa.ColumnElement[bool], ...]:
    here = Participant.pair_id == Pair.id, Participant.side == Side.MENTOR, Participant.until.is_(None)
    return *here, Participant.person_id == Person.id, Person.kind.in_(OUTSIDE), AT_WORK


def ending(year: SchoolYear, today: date) -> list[Term]:
    """All of them: first what is not there, then by the last day."""
    found = [*_of_mentors(year, today), *_of_organisations(today)]
    return sorted(found, key=lambda term: (term.until or date.min, term.name, term.what))


def _of_mentors(year: SchoolYear, today: date) -> Iterator[Term]:
    with_minors = _ids_with_minors(today)
    for person in _mentors(year):
        values = {"person_id": person.id, "_anchor": "clearances"}
        for paper in external.newest(person.shown_clearances, today):
            if paper.standing(today) is not Standing.GOOD:
                yield Term(paper.valid_to, paper.standing(today) is Standing.OVER, person.short_name, paper.name, "people.card", values)
        shown = {paper.kind for paper in person.shown_clearances}
        for kind, words in person.clearance_gaps(today) if person.id in with_minors else ():
            if kind not in shown:
                yield Term(None, True, person.short_name, words, "people.card", values)


def _mentors(year: SchoolYear) -> Iterable[Person]:
    """People from outside who mentor somebody or may be asked to this year."""
    in_base = sa.exists().where(
        BaseEntry.person_id == Person.id, BaseEntry.side == Side.MENTOR, BaseEntry.year == year.first, BaseEntry.left_on.is_(None)
    )
    at_work = sa.exists().where(*_mentors_at_work()).correlate(Person)
    query = sa.select(Person).where(Person.kind.in_(OUTSIDE), Person.archived_at.is_(None), sa.or_(in_base, at_work))
    return db.session.execute(query.options(selectinload(Person.clearances))).scalars()


def _ids_with_minors(today: date) -> set[int]:
    """Mentors from outside whose pair works with somebody under age."""
    mentor, other, mentee = aliased(Person), aliased(Participant), aliased(Person)
    query = (
        sa.select(mentor.id, mentee)
        .select_from(Participant)
        .join(mentor, Participant.person_id == mentor.id)
        .join(Pair, Participant.pair_id == Pair.id)
        .join(other, other.pair_id == Pair.id)
        .join(mentee, other.person_id == mentee.id)
        .where(Participant.side == Side.MENTOR, Participant.until.is_(None), mentor.kind.in_(OUTSIDE), AT_WORK)
        .where(other.side == Side.MENTEE, other.until.is_(None))
    )
    return {mentor_id for mentor_id, person in db.session.execute(query) if person.is_minor(today)}


def _of_organisations(today: date) -> Iterator[Term]:
    soon = today + timedelta(days=SOON_DAYS)
    query = sa.select(Organisation).where(Organisation.agreement_to <= soon, Organisation.archived_at.is_(None))
    for one in db.session.execute(query).scalars():
        what = f"соглашение {one.agreement}".strip()
        yield Term(
            one.agreement_to, one.standing(today) is Standing.OVER, one.name, what, "organisations.card", {"organisation_id": one.id}
        )
