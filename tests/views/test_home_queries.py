"""The start page asks the database as often for a hundred pairs as for three."""

from collections.abc import Callable
from datetime import date, timedelta

import sqlalchemy as sa
from flask import Flask

from mentorapp.database import writing
from mentorapp.domain.permissions import Side
from mentorapp.domain.planning import PlanState
from mentorapp.domain.school_year import SchoolYear
from mentorapp.models import FormVersion, Meeting, Pair, Participant, Person, Plan
from mentorapp.models.pairs import PairState
from mentorapp.models.people import PersonKind
from tests.conftest import Browser
from tests.queries import selects
from tests.school import World

AsUser = Callable[[str], Browser]

FRAME = 2  # The session, and what the person is.


def add_pairs(app: Flask, mentor_id: int, number: int) -> None:
    """Working pairs of one mentor, each with plans, one of them agreed, and a meeting of tomorrow."""
    start, end, year = date(2026, 9, 7), date(2027, 5, 31), SchoolYear(2026)
    with app.app_context(), writing() as session:
        version = session.execute(sa.select(FormVersion).where(FormVersion.form_id == "teacher-teacher")).scalars().one()
        for count in range(number):
            person = Person(sex="f", kind=PersonKind.TEACHER, phone="", email="")
            person.rename(f"Новая{count}", "Ия", None)
            pair = Pair(year=2026, form_id=version.form_id, form_version=version, starts_on=start, ends_on=end, state=PairState.ACTIVE)
            mentee = Participant(person=person, side=Side.MENTEE, since=start)
            pair.participants = [Participant(person_id=mentor_id, side=Side.MENTOR, since=start), mentee]
            session.add_all([person, pair])
            for owner, template in version.spec.plans.items():
                plan = Plan(pair=pair, owner=owner, participant=mentee if owner == "mentee" else None, form_version_id=version.id)
                plan.state = PlanState.AGREED if owner == "pair" else PlanState.DRAFT
                plan.fill_from(template, start, end, year)
                session.add(plan)
            tomorrow = date(2026, 11, 23) + timedelta(days=1)
            kind = {"form_version_id": version.id, "type_id": "regular", "type_title": "Регулярная"}
            session.add(Meeting(pair=pair, number=1, planned_on=tomorrow, **kind))


def count(app: Flask, browser: Browser) -> int:
    browser.get("/")
    with selects(app) as sent:
        assert browser.get("/").status_code == 200
    return len(sent)


def test_curator_who_mentors_herself_costs_fourteen_reads_however_many_pairs(app: Flask, as_user: AsUser, world: World) -> None:
    vera = as_user("vera")
    add_pairs(app, world.people["vera"], 2)
    few = count(app, vera)
    add_pairs(app, world.people["vera"], 40)
    assert count(app, vera) == few <= FRAME + 14


def test_mentor_costs_seven_reads_however_many_pairs(app: Flask, as_user: AsUser, world: World) -> None:
    anna = as_user("anna")
    few = count(app, anna)
    add_pairs(app, world.people["anna"], 12)
    assert count(app, anna) == few <= FRAME + 7


def test_forty_waiting_plans_are_eight_lines_and_a_number(app: Flask, as_user: AsUser, world: World) -> None:
    add_pairs(app, world.people["gleb"], 40)
    page = as_user("vera").get("/").text
    assert page.count("согласован, ждёт утверждения") == 8 and "ещё 32" in page
