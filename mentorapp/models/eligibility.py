"""Who may stand on a side of a pair of some form: kind, base, consents, age; and the people of a base who are offered for it."""

from datetime import date

import sqlalchemy as sa

from mentorapp.database import db
from mentorapp.domain import formspec
from mentorapp.domain.birth import ages_on
from mentorapp.domain.formspec import FormSpec
from mentorapp.domain.names import plural
from mentorapp.domain.permissions import Side
from mentorapp.domain.school_year import SchoolYear, is_minor_on, short_date
from mentorapp.models.pairs import Pair, PairState, Participant
from mentorapp.models.people import BaseEntry, Person

BASES = {Side.MENTOR: "наставников", Side.MENTEE: "наставляемых"}


def side_of(spec: FormSpec, side: Side) -> formspec.Side:
    """What the form says of that side."""
    return spec.mentor if side is Side.MENTOR else spec.mentee


def candidates(side: Side, spec: FormSpec, year: SchoolYear) -> list[tuple[BaseEntry, int]]:
    """Who of a base may stand on that side of the form, by name, with the number of running pairs on that side."""
    kinds = side_of(spec, side).kinds
    load = (
        sa.select(sa.func.count())
        .select_from(Participant)
        .join(Pair, Participant.pair_id == Pair.id)
        .where(Participant.person_id == BaseEntry.person_id, Participant.side == side, Participant.until.is_(None))
        .where(Pair.state != PairState.FINISHED, Pair.archived_at.is_(None))
        .scalar_subquery()
    )
    query = (
        sa.select(BaseEntry, load)
        .join(Person, BaseEntry.person_id == Person.id)
        .options(
            sa.orm.contains_eager(BaseEntry.person).options(
                sa.orm.selectinload(Person.enrolments), sa.orm.selectinload(Person.consents), sa.orm.selectinload(Person.organisation)
            )
        )
        .where(
            BaseEntry.year == year.first,
            BaseEntry.side == side,
            BaseEntry.left_on.is_(None),
            Person.archived_at.is_(None),
            Person.kind.in_(kinds),
        )
        .order_by(Person.search_key, BaseEntry.id)
    )
    return [(entry, count) for entry, count in db.session.execute(query)]


def obstacle(person: Person, side: Side, spec: FormSpec, year: SchoolYear, starts_on: date, today: date) -> str:
    """Why this person cannot begin on that side on that day, with what to do about it; empty when nothing is in the way."""
    if person.archived_at is not None:
        return f"{person.short_name}: карточка в архиве. Сначала верните карточку из архива."
    if not any(entry.side is side and entry.year == year.first and entry.left_on is None for entry in person.base_entries):
        return f"{person.short_name}: этого человека нет в базе {BASES[side]} {year.label}. Сначала внесите его в базу."
    if person.kind not in side_of(spec, side).kinds:
        return f"{person.short_name}: форма «{spec.title}» не для этого вида участников. Выберите другого человека или другую форму."
    if gap := consent_gap(person, side, spec, starts_on, today):
        return f"{person.short_name}: {gap}. В пару можно, когда согласие будет: отметьте его в карточке человека."
    if age := wrong_age(person, side, spec, starts_on):
        remedy = "Выберите другого человека или проверьте дату рождения в карточке"
        return f"{person.short_name}: {age} на начало, {short_date(starts_on)}. {remedy}."
    return ""


def consent_gap(person: Person, side: Side, spec: FormSpec, starts_on: date, today: date) -> str:
    """In words: which consent is missing for a pair of this form; empty when none is."""
    gap = person.consent_gap(today)
    if gap or side is Side.MENTOR or not spec.parents_consent:
        return gap
    grown_up = is_minor_on(person.birth_date, person.birth_year, max(starts_on, today)) is False
    if grown_up or any(row.is_in_force(today) and row.by_representative for row in person.consents):
        return ""
    unknown = person.birth_date is None and person.birth_year is None
    why = "дата рождения не указана" if unknown else "на начало пары нет 18 лет или это неизвестно"
    return f"форма требует согласия законного представителя ({why})"


def wrong_age(person: Person, side: Side, spec: FormSpec, on: date) -> str:
    """In words, when the age is known to be wrong: who may still be old enough by the year of birth alone is taken."""
    words, ages = side_of(spec, side), ages_on(person.birth_date, person.birth_year, on)
    if ages is None:
        return ""
    youngest, oldest = ages
    if words.least_age is not None and oldest < words.least_age:
        return f"по форме нужно не меньше {_years(words.least_age, genitive=True)}, а человеку {_years(oldest)}"
    if words.most_age is not None and youngest > words.most_age:
        return f"по форме нужно не больше {_years(words.most_age, genitive=True)}, а человеку {_years(youngest)}"
    return ""


def _years(number: int, *, genitive: bool = False) -> str:
    return f"{number} {plural(number, 'года', 'лет', 'лет') if genitive else plural(number, 'год', 'года', 'лет')}"


def both_sides(person: Person) -> str:
    """The sentence about somebody who would stand on both sides."""
    return f"{person.short_name}: один человек не может стоять с обеих сторон пары. Выберите другого наставника или наставляемого."
