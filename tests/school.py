"""The school of the tests: invented people in fixed parts, two forms, three pairs with their plans."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

import sqlalchemy as sa

from mentorapp import passwords
from mentorapp.database import db, writing
from mentorapp.domain.formspec import FormSpec, from_json, to_json
from mentorapp.domain.permissions import RoleKind, Side
from mentorapp.domain.school_year import SchoolYear
from mentorapp.forms.host import publish
from mentorapp.models import (
    Account,
    Consent,
    Enrolment,
    FormVersion,
    MentoringForm,
    Pair,
    Person,
    Plan,
    PlanItem,
    Role,
    School,
    SchoolClass,
    pairing,
)
from mentorapp.models.pairs import PairState
from mentorapp.models.people import PersonKind

AREA = "методика преподавания"
PASSWORD = "кот идёт домой"

# part: (last, first, patronymic, sex, kind). Anna mentors Boris, Vera is the curator, Gleb is a stranger, Dina administers: always.
CAST = {
    "anna": ("Соколова", "Анна", "Викторовна", "f", PersonKind.TEACHER),
    "boris": ("Лукин", "Борис", "Андреевич", "m", PersonKind.TEACHER),
    "vera": ("Громова", "Вера", "Павловна", "f", PersonKind.TEACHER),
    "gleb": ("Ершов", "Глеб", "Константинович", "m", PersonKind.TEACHER),
    "egor": ("Уваров", "Егор", None, "m", PersonKind.TEACHER),
    "dina": ("Мельник", "Дина", "Олеговна", "f", PersonKind.STAFF),
    "inna": ("Власова", "Инна", "Кирилловна", "f", PersonKind.STAFF),
    "polina": ("Фролова", "Полина", "Дмитриевна", "f", PersonKind.STAFF),
    "klara": ("Бойко", "Клара", "Степановна", "f", PersonKind.TEACHER),
    "zoya": ("Ёлкина", "Зоя", "Игоревна", "f", PersonKind.PUPIL),
    "timur": ("Ибрагимов", "Тимур", "Рустамович", "m", PersonKind.PUPIL),
    "viktor": ("Носов", "Виктор", "Львович", "m", PersonKind.TEACHER),
}
ROLES = {
    "vera": (RoleKind.CURATOR, None),
    "dina": (RoleKind.ADMINISTRATOR, None),
    "inna": (RoleKind.DIRECTOR, None),
    "polina": (RoleKind.PSYCHOLOGIST, None),
    "klara": (RoleKind.CLASS_TEACHER, None),
    "viktor": (RoleKind.CURATOR, "pupils-test"),
}
PAIRS = {
    "boris": ("teacher-teacher", "anna", "boris"),
    "egor": ("teacher-teacher", "gleb", "egor"),
    "timur": ("pupils-test", "zoya", "timur"),
}


@dataclass(frozen=True)
class Item:
    """A plan item by its address; `fresh` reads it anew."""

    id: int
    plan_id: int

    def fresh(self) -> PlanItem:
        db.session.rollback()
        return db.session.execute(sa.select(PlanItem).where(PlanItem.id == self.id).execution_options(populate_existing=True)).scalar_one()


@dataclass
class World:
    """Ids by part and name."""

    people: dict[str, int] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)
    pairs: dict[str, int] = field(default_factory=dict)
    plans: dict[str, int] = field(default_factory=dict)
    items: dict[str, list[Item]] = field(default_factory=dict)
    classes: dict[str, int] = field(default_factory=dict)
    empty_person: int = 0


def build(now: datetime) -> World:
    """Make the school in an empty database."""
    world, today = World(), now.date()
    year = SchoolYear.of(today)
    hashed = passwords.hash_of(PASSWORD)
    with writing() as session:
        session.add(
            School(
                full_name="МБОУ «Школа № 14»",
                short_name="Школа № 14",
                town="Верхнеречье",
                director="И. К. Власова",
                contact="Громова В. П., каб. 24",
            )
        )
        publish(pupils_form(), now)
        session.execute(sa.update(MentoringForm).values(enabled=True))
        room = SchoolClass(year=year.first, title="9\u00a0«А»")
        session.add(room)
        session.flush()
        world.classes["9a"] = room.id
        people = {part: _person(part, room, year, today) for part in CAST}
        session.flush()
        _accounts(world, people, hashed, room, today)
        for part in PAIRS:
            _pair(world, part, people, year, today)
    return world


def _person(part: str, room: SchoolClass, year: SchoolYear, today: date) -> Person:
    last, first, patronymic, sex, kind = CAST[part]
    person = Person(sex=sex, kind=kind, phone="", email="", birth_year=2011 if kind is PersonKind.PUPIL else 1985)
    person.rename(last, first, patronymic)
    pupil = kind is PersonKind.PUPIL
    person.enrolments = [Enrolment(year=year.first, class_id=room.id if pupil else None, post="" if pupil else "учитель математики")]
    person.consents = [
        Consent(signed_on=date(year.first, 9, 1), by_representative=pupil, signer="мать" if pupil else "", paper_place="папка 1")
    ]
    db.session.add(person)
    return person


def _accounts(world: World, people: dict[str, Person], hashed: str, room: SchoolClass, today: date) -> None:
    for part, person in people.items():
        account = Account(person=person, login=part, password_hash=hashed)
        db.session.add(account)
        db.session.flush()
        world.people[part], world.accounts[part] = person.id, account.id
        if part in ROLES:
            kind, form_id = ROLES[part]
            class_id = room.id if kind is RoleKind.CLASS_TEACHER else None
            db.session.add(Role(person_id=person.id, kind=kind, form_id=form_id, class_id=class_id, since=date(2020, 9, 1)))


def _pair(world: World, part: str, people: dict[str, Person], year: SchoolYear, today: date) -> None:
    form_id, mentor, mentee = PAIRS[part]
    version = db.session.execute(
        sa.select(FormVersion).join(MentoringForm, MentoringForm.current_version_id == FormVersion.id).where(FormVersion.form_id == form_id)
    ).scalar_one()
    for name, side in ((mentor, Side.MENTOR), (mentee, Side.MENTEE)):
        db.session.add(people[name].enter_base(side, year, "Помощь с планами уроков", today))
    db.session.flush()
    pair = pairing.make_pair(
        version, people[mentor], people[mentee], year, date(year.first, 9, 7), date(year.first + 1, 5, 31), today, area=AREA
    )
    pair.state = PairState.ACTIVE
    world.pairs[part] = pair.id
    for plan in db.session.execute(sa.select(Plan).where(Plan.pair_id == pair.id)).scalars():
        world.plans[f"{part}_{plan.owner}"] = plan.id
        ids = db.session.execute(sa.select(PlanItem.id).where(PlanItem.plan_id == plan.id).order_by(PlanItem.position)).scalars()
        world.items[f"{part}_{plan.owner}"] = [Item(item_id, plan.id) for item_id in ids]


def pupils_form() -> FormSpec:
    """A second form, so that rules about forms can be told apart: the shipped one with pupils on both sides."""
    written: str = db.session.execute(sa.select(FormVersion.written).where(FormVersion.form_id == "teacher-teacher")).scalars().one()
    spec = from_json(written)
    mentor, mentee = replace(spec.mentor, kinds=("pupil",)), replace(spec.mentee, kinds=("pupil",))
    made = replace(spec, id="pupils-test", title="Пробная форма для учеников", mentor=mentor, mentee=mentee)
    return from_json(to_json(made))


def count_pairs() -> int:
    return int(db.session.execute(sa.select(sa.func.count(Pair.id))).scalar_one())
