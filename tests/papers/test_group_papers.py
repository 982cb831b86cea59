"""Papers of a group: whose plan it is, who signs, who came."""

from typing import Any

import sqlalchemy as sa
from flask import Flask

from mentorapp.database import db, writing
from mentorapp.domain.permissions import Side
from mentorapp.models import Pair, Person, Plan, School, membership
from mentorapp.models.meetings import planned
from mentorapp.models.people import PersonKind
from mentorapp.papers import build
from tests.cards import TODAY, add_person
from tests.school import World


def grown(app: Flask, world: World, number: int) -> Pair:
    """Anna's and Boris's pair with so many mentees more."""
    ids = [add_person(app, f"Молодов{'абвгде'[place]}", kind=PersonKind.TEACHER, base=Side.MENTEE) for place in range(number)]
    with writing() as session:
        pair = session.get_one(Pair, world.pairs["boris"])
        for person_id in ids:
            membership.add(pair, session.get_one(Person, person_id), Side.MENTEE, TODAY, TODAY)
    return db.session.get_one(Pair, world.pairs["boris"])


def plans_of(pair: Pair) -> dict[str, Any]:
    """Owner, of a mentee her last name → what is printed."""
    plans = db.session.execute(sa.select(Plan).where(Plan.pair_id == pair.id).order_by(Plan.id)).scalars().all()
    paper = build.plan_paper(School.get(), pair, plans)
    return {
        plan.participant.person.last_name if plan.participant else plan.owner: table for plan, table in zip(plans, paper.plans, strict=True)
    }


def test_a_mentees_plan_names_and_is_signed_by_nobody_else_of_the_mentees(app: Flask, world: World) -> None:
    with app.app_context():
        tables = plans_of(grown(app, world, 2))
        assert dict(tables["Молодова"].pair.lines)["Наставляемый"] == "Молодова Ия"
        assert [name for _role, name in tables["Молодова"].signatures] == ["Соколова Анна Викторовна", "Молодова Ия"]
        assert dict(tables["pair"].pair.lines)["Наставляемые"] == "Лукин Борис Андреевич, Молодова Ия, Молодовб Ия"
        assert len(tables["pair"].signatures) == 4


def test_the_common_plan_says_which_mentee_agreed(app: Flask, world: World) -> None:
    with app.app_context():
        pair = grown(app, world, 1)
        with writing() as session:
            plan = session.get_one(Plan, world.plans["boris_pair"])
            plan.agree(session.get_one(Person, world.people["boris"]), TODAY)
        assert plans_of(pair)["pair"].agreement == "Согласовано: наставляемый Лукин\u00a0Б.\u00a0А., 23.11.2026"


def test_on_the_checklist_of_a_group_one_ticks_who_came_and_of_a_large_one_the_mentor_signs(app: Flask, world: World) -> None:
    with app.app_context():
        found = {}
        for number in (0, 1, 3):
            pair = grown(app, world, number)
            meeting = planned(pair, pair.spec.meetings[0].id)
            meeting.pair = pair
            paper = build.checklist_paper(School.get(), meeting, "", "")
            found[number] = (sum(len(names) for _label, names in paper.members), len(paper.signatures))
            db.session.rollback()
        assert found == {0: (0, 2), 1: (3, 3), 3: (6, 1)}
