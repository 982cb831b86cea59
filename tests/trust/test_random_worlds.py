"""Lists and rules agree: in schools made at random, a list shows a person exactly what she may open."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from mentorapp import access
from mentorapp.database import db, writing
from mentorapp.domain.permissions import Action, RoleKind, Side, can
from mentorapp.models import Account, Enrolment, FormVersion, Pair, Participant, Person, Role, SchoolClass, Submission, directory
from mentorapp.models.pairs import PairState
from mentorapp.models.people import PersonKind
from mentorapp.models.submissions import SubmissionState
from mentorapp.sessions import COOKIE
from tests.conftest import NOW, new_session
from tests.school import World

FORMS = ("teacher-teacher", "pupils-test")
TODAY = NOW.date()
MOMENTS = [TODAY - timedelta(days=400), TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1), TODAY + timedelta(days=200)]


def make_world(seed: int, people: int = 14, pairs: int = 24) -> list[int]:
    """A school in which everything is left to chance: classes of two years, roles with scopes and dates, replaced participants."""
    chance = random.Random(seed)  # noqa: S311  # the same worlds in every run, nothing secret
    with writing() as session:
        classes = [SchoolClass(year=year, title=f"Класс {seed}-{year}-{number}") for year in (2025, 2026) for number in range(2)]
        crowd = [_person(chance, f"Чел{seed}-{number}", classes) for number in range(people)]
        session.add_all([*classes, *crowd])
        session.flush()
        for person in crowd:
            session.add(Account(person_id=person.id, login=f"p{person.id}", password_hash="-"))
            session.add_all(_role(chance, person, classes) for _ in range(chance.choice((0, 0, 1, 1, 2, 3))))
        versions = {form: session.execute(sa.select(FormVersion.id).where(FormVersion.form_id == form)).scalar_one() for form in FORMS}
        session.add_all(_pair(chance, crowd, chance.choice(FORMS), versions) for _ in range(pairs))
        return [person.id for person in crowd]


def _person(chance: random.Random, name: str, classes: list[SchoolClass]) -> Person:
    person = Person(sex="f", kind=PersonKind.PUPIL, phone="", email="")
    person.rename(name, "Имя", None)
    for year in (2025, 2026):
        school_class = chance.choice([None, *(row for row in classes if row.year == year)])
        person.enrolments.append(Enrolment(year=year, school_class=school_class, post=""))
    return person


def _role(chance: random.Random, person: Person, classes: list[SchoolClass]) -> Role:
    """A role with the scope that the page of accounts can give it."""
    kind = chance.choice(list(RoleKind))
    form_id = chance.choice([None, *FORMS]) if kind is RoleKind.CURATOR else None
    class_id = chance.choice(classes).id if kind is RoleKind.CLASS_TEACHER else None
    since = chance.choice(MOMENTS)
    return Role(person_id=person.id, kind=kind, form_id=form_id, class_id=class_id, since=since, until=_until(chance, since))


def _until(chance: random.Random, since: date) -> date | None:
    return chance.choice([None, since, *(day for day in MOMENTS if day >= since)])


def _pair(chance: random.Random, crowd: list[Person], form: str, versions: dict[str, int]) -> Pair:
    year = chance.choice((2025, 2026))
    pair = Pair(year=year, form_id=form, form_version_id=versions[form], starts_on=date(year, 9, 7), ends_on=date(year + 1, 5, 31))
    pair.state, pair.archived_at = chance.choice(list(PairState)), chance.choice((None, None, None, NOW))
    for side in (Side.MENTOR, Side.MENTEE, *chance.choices(list(Side), k=2)):
        gone = chance.choice((None, None, date(year, 12, 1)))
        pair.participants.append(Participant(person=chance.choice(crowd), side=side, since=date(year, 9, 7), until=gone))
    return pair


@pytest.fixture(params=range(3))
def crowd(request: pytest.FixtureRequest, app: Flask, world: World) -> list[int]:
    """The people of one random school."""
    with app.app_context():
        return make_world(request.param)


def as_each(app: Flask, people: list[int]) -> Iterator[int]:
    """Be one of these people after another, inside a request of hers."""
    with app.app_context():
        accounts = {row.person_id: row.id for row in db.session.execute(sa.select(Account.id, Account.person_id))}
    for person_id in people:
        cookie = new_session(app, accounts[person_id], NOW)
        with app.test_request_context("/", headers={"Cookie": f"{COOKIE}={cookie}"}):
            yield person_id


def test_a_list_of_pairs_holds_exactly_those_that_may_be_opened(app: Flask, crowd: list[int]) -> None:
    seen = 0
    for person_id in as_each(app, crowd):
        assert access.person_id() == person_id
        listed = set(db.session.execute(sa.select(Pair.id).where(Pair.visible_to(access.access()))).scalars())
        everything = set(db.session.execute(sa.select(Pair.id)).scalars())
        assert listed == {pair_id for pair_id in everything if can(access.access_to(pair_id), Action.PAIR_VIEW)}
        seen += 0 < len(listed) < len(everything)
    assert seen > 3  # Some see some and not all, or the comparison would say nothing.


def test_a_list_of_people_holds_exactly_those_whose_card_may_be_opened(app: Flask, crowd: list[int]) -> None:
    for _person_id in as_each(app, crowd):
        listed = set(db.session.execute(sa.select(Person.id).where(directory.visible_to(access.access()))).scalars())
        people = db.session.execute(sa.select(Person).options(sa.orm.selectinload(Person.enrolments))).scalars()
        assert listed == {person.id for person in people if access.may(Action.PERSON_VIEW, person)}


def test_a_table_of_answers_holds_exactly_those_that_may_be_opened(app: Flask, crowd: list[int]) -> None:
    chance, seen = random.Random(len(crowd)), 0  # noqa: S311  # as above
    with app.app_context(), writing() as session:
        for row in session.execute(sa.select(Participant).options(sa.orm.joinedload(Participant.pair))).scalars():
            sheet = Submission(pair_id=row.pair_id, participant_id=row.id, form_version_id=row.pair.form_version_id, phase="before")
            sheet.questionnaire_id, sheet.opened_at, sheet.from_paper = "any", NOW, chance.random() < 0.2
            sheet.state = chance.choice(list(SubmissionState))
            session.add(sheet)
    for _person_id in as_each(app, crowd):
        everything = db.session.execute(sa.select(Submission)).scalars().all()
        listed = set(db.session.execute(sa.select(Submission.id).where(Submission.readable_by(access.access()))).scalars())
        assert listed == {one.id for one in everything if can(access.access_to(one.pair_id), Action.ANSWERS_VIEW, one)}
        seen += 0 < len(listed) < len(everything)
    assert seen > 3


def test_who_was_replaced_sees_nothing_of_the_pair_any_more(app: Flask, crowd: list[int]) -> None:
    replaced = 0
    for person_id in as_each(app, crowd):
        if access.access().grants:
            continue
        rows = db.session.execute(sa.select(Participant).where(Participant.person_id == person_id)).scalars().all()
        present = {row.pair_id for row in rows if row.until is None}
        gone = {row.pair_id for row in rows} - present
        assert not any(can(access.access_to(pair_id), action) for pair_id in gone for action in (Action.PAIR_VIEW, Action.MEETING_VIEW))
        assert all(can(access.access_to(pair_id), Action.PAIR_VIEW) for pair_id in present)
        replaced += len(gone)
    assert replaced > 0


@pytest.mark.parametrize("since,until,counts", [(0, None, True), (0, 0, True), (-9, -1, False), (1, None, False), (-9, 1, True)])
def test_a_role_counts_from_its_first_day_to_its_last(app: Flask, world: World, since: int, until: int | None, counts: bool) -> None:
    day = timedelta(days=1)
    with app.app_context(), writing() as session:
        last = None if until is None else TODAY + until * day
        session.add(Role(person_id=world.people["gleb"], kind=RoleKind.DIRECTOR, since=TODAY + since * day, until=last))
    cookie = new_session(app, world.accounts["gleb"], NOW)
    with app.test_request_context("/", headers={"Cookie": f"{COOKIE}={cookie}"}):
        assert access.access().is_director is counts
        assert access.access_to(world.pairs["boris"]).is_director is counts
