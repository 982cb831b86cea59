"""People, classes and bases as lists, cards and search ask for them: a constant number of queries each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from mentorapp.database import contains, db
from mentorapp.domain import names
from mentorapp.domain.answers import People
from mentorapp.domain.permissions import Access, Side
from mentorapp.domain.questionnaire import PERSON, Questionnaire
from mentorapp.domain.school_year import SchoolYear
from mentorapp.models.clearances import Clearance
from mentorapp.models.forms import MentoringForm, spec_of
from mentorapp.models.journal import Change, Operation
from mentorapp.models.pairs import Pair, PairState, Participant
from mentorapp.models.people import BaseEntry, Consent, Enrolment, Person, PersonKind, SchoolClass

# A pair needs its people until it is finished, whatever year it was made in.
RUNNING = sa.and_(Pair.state != PairState.FINISHED, Pair.archived_at.is_(None))


def visible_to(who: Access) -> sa.ColumnElement[bool]:
    """Which people this person may see, as a condition: the rule person:view said for a whole list."""
    if who.is_any_curator or who.is_director or who.is_psychologist:
        return sa.true()
    class_ids = [grant.class_id for grant in who.grants if grant.class_id]
    in_class = sa.exists().where(Enrolment.person_id == Person.id, Enrolment.class_id.in_(class_ids)).correlate(Person)
    return sa.or_(Person.id == who.person_id, in_class)


def adults() -> list[Person]:
    """Everybody but pupils, by name: who may rate the work of a pair."""
    query = sa.select(Person).where(Person.kind != PersonKind.PUPIL, Person.archived_at.is_(None))
    return list(db.session.execute(query.order_by(Person.search_key, Person.id)).scalars())


def called(query: str, year: SchoolYear) -> sa.ColumnElement[bool]:
    """People whose name holds every word of the query, or whose class of that year it names («9а»)."""
    in_class = (
        sa.exists()
        .where(Enrolment.person_id == Person.id, Enrolment.year == year.first)
        .where(SchoolClass.id == Enrolment.class_id, SchoolClass.title == names.class_title(query))
        .correlate(Person)
    )
    return sa.or_(contains(Person.search_key, names.search_key(query)), in_class)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of people is narrowed to, as it stands in the address of the page."""

    q: str = ""
    kind: str = ""
    class_id: int | None = None
    archive: bool = False

    @property
    def arguments(self) -> dict[str, str | int | None]:
        """The same as arguments of the address; empty ones are left out of it."""
        return {"q": self.q or None, "kind": self.kind or None, "class": self.class_id, "archive": "1" if self.archive else None}

    def condition(self, who: Access, year: SchoolYear) -> sa.ColumnElement[bool]:
        """Words and class: what holds for the counts of the other filters, too."""
        in_class = sa.exists().where(Enrolment.person_id == Person.id, Enrolment.year == year.first, Enrolment.class_id == self.class_id)
        return sa.and_(visible_to(who), called(self.q, year), in_class if self.class_id else sa.true())


def count_people(wanted: Wanted, who: Access, year: SchoolYear) -> dict[str, int]:
    """How many people there are of each kind, of all kinds («») and in the archive («archive»)."""
    gone = Person.archived_at.is_not(None)
    query = sa.select(Person.kind, gone, sa.func.count()).where(wanted.condition(who, year)).group_by(Person.kind, gone)
    counts = {"": 0, "archive": 0}
    for kind, archived, number in db.session.execute(query):
        for key in ("archive",) if archived else ("", kind.value):
            counts[key] = counts.get(key, 0) + number
    return counts


def list_people(wanted: Wanted, who: Access, year: SchoolYear, *, limit: int, offset: int = 0) -> list[Person]:
    """People by name, with their classes and bases."""
    query = sa.select(Person).where(wanted.condition(who, year), _archived(wanted.archive))
    if wanted.kind and not wanted.archive:
        query = query.where(Person.kind == PersonKind(wanted.kind))
    query = query.options(selectinload(Person.enrolments), selectinload(Person.base_entries)).order_by(Person.search_key, Person.id)
    return list(db.session.execute(query.limit(limit).offset(offset)).scalars())


def _archived(archived: bool) -> sa.ColumnElement[bool]:
    return Person.archived_at.is_not(None) if archived else Person.archived_at.is_(None)


def namesakes(last_name: str, first_name: str, patronymic: str) -> list[Person]:
    """People of the same full name, in the archive too; a missing patronymic tells nobody apart."""
    short = names.search_key(last_name, first_name)
    same = Person.search_key == names.search_key(last_name, first_name, patronymic)
    vague = Person.search_key == short if patronymic else Person.search_key.startswith(short + " ", autoescape=True)
    query = sa.select(Person).where(sa.or_(same, vague)).options(selectinload(Person.enrolments)).order_by(Person.id).limit(5)
    return list(db.session.execute(query).scalars())


def classes_of(year: SchoolYear) -> list[SchoolClass]:
    """The classes of a year from the first to the eleventh, then groups by name."""
    found = db.session.execute(sa.select(SchoolClass).where(SchoolClass.year == year.first)).scalars()
    return sorted(found, key=_class_order)


def _class_order(school_class: SchoolClass) -> tuple[int, str]:
    number = names.search_key(school_class.title).split()[:1]
    return int(number[0]) if number and number[0].isdecimal() else 99, school_class.title


def pupils_in(class_ids: Iterable[int], *, archived: bool = False) -> dict[int, int]:
    """How many people stand in each of these classes; empty ones are left out."""
    query = (
        sa.select(Enrolment.class_id, sa.func.count())
        .join(Person, Enrolment.person_id == Person.id)
        .where(Enrolment.class_id.in_(class_ids), _archived(archived))
        .group_by(Enrolment.class_id)
    )
    return {class_id: number for class_id, number in db.session.execute(query) if class_id}


def running_pairs(person_id: int, who: Access, side: Side | None = None) -> str:
    """Unfinished pairs of a person (on that side) in words, one that `who` may not see without its names; empty when none."""
    needed = sa.select(Participant.pair_id).where(Participant.person_id == person_id, Participant.until.is_(None))
    if side:
        needed = needed.where(Participant.side == side)
    query = (
        sa.select(Pair, Pair.visible_to(who))
        .where(Pair.id.in_(needed), RUNNING)
        .options(selectinload(Pair.participants).joinedload(Participant.person))
        .order_by(Pair.id)
    )
    return ", ".join(f"«{pair.title}»" if seen else "пара другого куратора" for pair, seen in db.session.execute(query))


def pairs_of(person_id: int, who: Access) -> list[Pair]:
    """The pairs of a person that `who` may see, the newest first."""
    took_part = sa.exists().where(Participant.pair_id == Pair.id, Participant.person_id == person_id)
    query = (
        sa.select(Pair)
        .where(took_part, Pair.archived_at.is_(None), Pair.visible_to(who))
        .options(selectinload(Pair.participants).joinedload(Participant.person))
        .order_by(Pair.id.desc())
    )
    return list(db.session.execute(query).scalars())


@dataclass(frozen=True, slots=True)
class InBase:
    """One row of a base. `gap` says in words what is in the way of a pair; a withdrawn consent may gap a running pair, too."""

    entry: BaseEntry
    gap: str
    in_pair: bool

    def is_(self, state: str) -> bool:
        """Whether it belongs under the filter: pair, gap, ready, or "" for all."""
        ready = not self.gap and not self.in_pair
        return {"pair": self.in_pair, "gap": bool(self.gap), "ready": ready}.get(state, True)


def base(side: Side, year: SchoolYear, query: str, today: date) -> list[InBase]:
    """Everybody in a base by name. Whole, because what is in the way is a rule of Python and its counts stand on the page."""
    in_pair = (
        sa.exists()
        .where(Participant.person_id == BaseEntry.person_id, Participant.side == side, Participant.until.is_(None))
        .where(Pair.id == Participant.pair_id, RUNNING)
    )
    found = (
        sa.select(BaseEntry, in_pair)
        .join(BaseEntry.person)
        .where(BaseEntry.year == year.first, BaseEntry.side == side, BaseEntry.left_on.is_(None), Person.archived_at.is_(None))
        .where(called(query, year))
        .options(contains_eager(BaseEntry.person).selectinload(Person.consents))
        .order_by(Person.search_key, BaseEntry.id)
    )
    return [InBase(entry, entry.person.consent_gap(today), bool(busy)) for entry, busy in db.session.execute(found)]


def load_places(people: Iterable[Person]) -> None:
    """Read the classes, posts, organisations and papers of these people at once, before a list shows them."""
    ids = [person.id for person in people]
    along = selectinload(Person.enrolments), selectinload(Person.organisation), selectinload(Person.clearances)
    db.session.execute(sa.select(Person).where(Person.id.in_(ids)).options(*along)).scalars().all()


def partners(person_ids: Iterable[int], side: Side, who: Access) -> dict[int, dict[int, list[Person]]]:
    """For people on that side: their running pairs that `who` may see, each with the people of the other side."""
    own, other = aliased(Participant), aliased(Participant)
    query = (
        sa.select(own.person_id, Pair.id, Person)
        .select_from(own)
        .join(Pair, own.pair_id == Pair.id)
        .join(other, other.pair_id == Pair.id)
        .join(Person, other.person_id == Person.id)
        .where(own.person_id.in_(person_ids), own.side == side, own.until.is_(None), other.side != side, other.until.is_(None))
        .where(RUNNING, Pair.visible_to(who))
        .order_by(Pair.id, other.id)
    )
    found: dict[int, dict[int, list[Person]]] = {}
    for person_id, pair_id, person in db.session.execute(query):
        found.setdefault(person_id, {}).setdefault(pair_id, []).append(person)
    return found


def base_sizes(year: SchoolYear) -> dict[Side, int]:
    """How many people stand in each base now."""
    query = (
        sa.select(BaseEntry.side, sa.func.count().label("number"))
        .join(Person, BaseEntry.person_id == Person.id)
        .where(BaseEntry.year == year.first, BaseEntry.left_on.is_(None), Person.archived_at.is_(None))
        .group_by(BaseEntry.side)
    )
    return {row.side: row.number for row in db.session.execute(query)}


def outside(side: Side, year: SchoolYear, query: str, limit: int) -> list[Person]:
    """People who may be put into that base: by name, not in it yet."""
    inside = sa.exists().where(
        BaseEntry.person_id == Person.id, BaseEntry.side == side, BaseEntry.year == year.first, BaseEntry.left_on.is_(None)
    )
    found = (
        sa.select(Person)
        .where(Person.archived_at.is_(None), ~inside, called(query, year))
        .options(selectinload(Person.enrolments), selectinload(Person.consents))
        .order_by(Person.search_key, Person.id)
        .limit(limit)
    )
    return list(db.session.execute(found).scalars())


def pairable_kinds(side: Side) -> set[str]:
    """The kinds of people that some form which is switched on takes on that side."""
    query = sa.select(MentoringForm.current_version_id).where(MentoringForm.enabled, MentoringForm.current_version_id.is_not(None))
    specs = [spec_of(version_id) for version_id in db.session.execute(query).scalars() if version_id]
    return {kind for spec in specs for kind in (spec.mentor if side is Side.MENTOR else spec.mentee).kinds}


def kinds_in_base(side: Side, year: SchoolYear) -> set[str]:
    """The kinds of people who are in that base this year."""
    query = sa.select(Person.kind).join(BaseEntry).where(BaseEntry.year == year.first, BaseEntry.side == side, BaseEntry.left_on.is_(None))
    return set(db.session.execute(query.where(Person.archived_at.is_(None)).distinct()).scalars())


def history_of(person_id: int, limit: int) -> list[Operation]:
    """The last operations on the person's card: her name, places, consents, papers and bases."""
    touched = [sa.and_(Change.table_name == "person", Change.row_id == person_id)]
    for model in (Enrolment, Consent, Clearance, BaseEntry):
        rows = sa.select(model.id).where(model.person_id == person_id)
        touched.append(sa.and_(Change.table_name == model.__tablename__, Change.row_id.in_(rows)))
    ids = sa.select(Change.operation_id).where(sa.or_(*touched))
    query = sa.select(Operation).where(Operation.id.in_(ids)).options(joinedload(Operation.by)).order_by(Operation.id.desc()).limit(limit)
    return list(db.session.execute(query).scalars())


def people_for(questionnaire: Questionnaire, year: SchoolYear) -> dict[str, People]:
    """Question id → who can be chosen in it: the people of that base this year."""
    bases = {question.base for question in questionnaire.asked if question.kind == PERSON}
    found = {base: people_of_base(base, year) for base in bases}
    return {question.id: found[question.base] for question in questionnaire.asked if question.kind == PERSON}


def people_of_base(base: str, year: SchoolYear) -> People:
    """Person id → full name, of a base this year («mentors» or «mentees»)."""
    side = Side.MENTOR if base == "mentors" else Side.MENTEE
    query = (
        sa.select(Person)
        .where(sa.exists().where(BaseEntry.person_id == Person.id, BaseEntry.side == side, BaseEntry.year == year.first))
        .order_by(Person.search_key, Person.id)
    )
    return {str(person.id): person.full_name for person in db.session.execute(query).scalars()}
