"""Lists of people say the same as the rules."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from mentorapp import access
from mentorapp.database import db, writing
from mentorapp.domain.permissions import Access, Action, Side, can
from mentorapp.models import Enrolment, Person, SchoolClass, directory
from mentorapp.models.people import PersonKind
from tests.cards import TODAY, YEAR, add_person, fresh
from tests.school import CAST, World

Who = Callable[[str], Access]


@pytest.fixture
def who(app: Flask, world: World) -> Who:
    """What a member of the cast is towards the school."""
    return lambda part: Access(world.people[part], access._grants(world.people[part], TODAY))


@pytest.mark.parametrize("part", CAST)
def test_a_list_holds_exactly_the_people_whose_cards_may_be_opened(app: Flask, world: World, who: Who, part: str) -> None:
    add_person(app, "Чужая", class_id=None)
    with app.app_context():
        asking = who(part)
        everybody = db.session.execute(sa.select(Person)).scalars().all()
        listed = db.session.execute(sa.select(Person.id).where(directory.visible_to(asking))).scalars().all()
        assert sorted(listed) == sorted(person.id for person in everybody if can(asking, Action.PERSON_VIEW, person))


def test_the_lists_differ_from_role_to_role(app: Flask, world: World, who: Who) -> None:
    with app.app_context():
        numbers = {part: len(directory.list_people(directory.Wanted(), who(part), YEAR, limit=99)) for part in ("vera", "klara", "gleb")}
    assert numbers == {"vera": len(CAST), "klara": 3, "gleb": 1}


def test_classes_stand_in_the_order_of_a_school(app: Flask) -> None:
    with app.app_context(), writing() as session:
        session.add_all(SchoolClass(year=YEAR.first, title=title) for title in ("10\u00a0«Б»", "Робототехника", "1\u00a0«А»", "9\u00a0«Б»"))
    with app.app_context():
        titles = [row.title.replace("\u00a0", " ") for row in directory.classes_of(YEAR)]
    assert titles == ["1 «А»", "9 «А»", "9 «Б»", "10 «Б»", "Робототехника"]


def test_archived_pupils_are_counted_apart(app: Flask, world: World, clock: Callable[[], object]) -> None:
    room = world.classes["9a"]
    with app.app_context():
        with writing():
            fresh(world.people["timur"]).archived_at = clock()
        assert directory.pupils_in([room]) == {room: 1} and directory.pupils_in([room], archived=True) == {room: 1}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("Соколова", "Анна", "Викторовна"), True),
        (("СОКОЛОВА", "анна", "Викторовна"), True),
        (("Соколова", "Анна", ""), True),
        (("Соколова", "Анна", "Петровна"), False),
        (("Соколова", "Анн", ""), False),
        (("Уваров", "Егор", "Ильич"), True),
    ],
)
def test_namesakes_are_found_with_and_without_a_patronymic(app: Flask, world: World, typed: tuple[str, str, str], expected: bool) -> None:
    with app.app_context():
        assert bool(directory.namesakes(*typed)) is expected


def test_a_base_says_who_is_ready_who_is_paired_and_what_is_in_the_way(app: Flask, world: World) -> None:
    ready = add_person(app, "Готова", base=Side.MENTEE)
    gapped = add_person(app, "Отозвана", base=Side.MENTEE)
    with app.app_context():
        with writing():
            fresh(gapped).consents[0].withdrawn_on = TODAY
        rows = {row.entry.person_id: row for row in directory.base(Side.MENTEE, YEAR, "", TODAY)}
        assert rows[ready].is_("ready") and not rows[ready].is_("pair")
        assert rows[gapped].is_("gap") and rows[gapped].gap == "согласие отозвано" and not rows[gapped].is_("ready")
        assert rows[world.people["boris"]].is_("pair")


def test_a_mentor_in_a_pair_is_free_as_a_mentee(app: Flask, world: World) -> None:
    with app.app_context():
        with writing() as session:
            session.add(fresh(world.people["anna"]).enter_base(Side.MENTEE, YEAR, "", TODAY))
        rows = {row.entry.person_id: row for row in directory.base(Side.MENTEE, YEAR, "", TODAY)}
        assert rows[world.people["anna"]].is_("ready")


def test_partners_are_named_to_those_who_may_see_the_pair(app: Flask, world: World, who: Who) -> None:
    anna, zoya = world.people["anna"], world.people["zoya"]
    with app.app_context():
        whole = directory.partners([anna, zoya], Side.MENTOR, who("vera"))
        assert {person.id for person in whole[anna][world.pairs["boris"]]} == {world.people["boris"]}
        of_one_form = directory.partners([anna, zoya], Side.MENTOR, who("viktor"))
        assert set(of_one_form) == {zoya}


def test_a_class_of_another_year_is_not_this_years(app: Flask, world: World) -> None:
    pupil = add_person(app, "Прошлая")
    with app.app_context():
        with writing() as session:
            old = SchoolClass(year=2025, title="9\u00a0«А»")
            session.add(old)
            session.flush()
            session.add(Enrolment(person_id=pupil, year=2025, class_id=old.id, post=""))
        found = db.session.execute(sa.select(Person.last_name).where(directory.called("9а", YEAR))).scalars().all()
    assert set(found) == {"Ёлкина", "Ибрагимов"}


def test_search_takes_any_part_of_a_name_in_any_order(app: Flask, world: World) -> None:
    add_person(app, "Пчёлкина-Жар", "Любовь", kind=PersonKind.TEACHER)
    with app.app_context():
        for query in ("ПЧЕЛКИНА", "любовь жар", "чёлк", "жар, пчёл"):
            found = db.session.execute(sa.select(Person.last_name).where(directory.called(query, YEAR))).scalars().all()
            assert found == ["Пчёлкина-Жар"], query
