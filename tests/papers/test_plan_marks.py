"""What became of the rows of a plan is printed once: in a column of its own, or in the one that the form brings for it."""

from dataclasses import replace

import pytest
from flask import Flask

from mentorapp.clock import current_year
from mentorapp.database import db, writing
from mentorapp.domain.formspec import Column, FormSpec
from mentorapp.domain.planning import ItemState
from mentorapp.forms import host
from mentorapp.models import MentoringForm, Plan, PlanItem, School
from mentorapp.models.forms import spec_of
from mentorapp.papers import blanks, build
from tests.conftest import NOW
from tests.school import World

OURS = "Отметка о выполнении"


def with_column(spec: FormSpec, title: str) -> FormSpec:
    """The form whose plan of a pair has one more column, of words."""
    plan = spec.plans["pair"]
    return replace(spec, plans={**spec.plans, "pair": replace(plan, columns=(*plan.columns, Column("own", title, "long")))})


@pytest.mark.parametrize(
    ("title", "is_ours"),
    [("Отметка о выполнении:", False), ("Выполнено", False), ("Ответственный", True), ("Дата выполнения", True), ("№ п/п", True)],
)
def test_a_form_with_such_a_column_gets_no_second_one(app: Flask, world: World, title: str, is_ours: bool) -> None:
    with app.app_context():
        spec = with_column(spec_of(db.session.get_one(MentoringForm, "teacher-teacher").current_version_id), title)
        table = blanks.plan(School.get(), spec, spec.plans["pair"], current_year()).plans[0]
    assert [head.title for head in table.columns][-2:] == ([title, OURS] if is_ours else [table.columns[-2].title, title])
    assert {len(row.cells) for row in table.rows} == {len(table.columns)}


def test_what_the_program_knows_stands_in_the_forms_own_column_beside_what_people_wrote(app: Flask, world: World) -> None:
    with app.app_context(), writing() as session:
        plan = session.get_one(Plan, world.plans["boris_pair"])
        plan.form_version_id = host.publish(with_column(plan.pair.spec, "Отметка о выполнении"), NOW).id
        session.flush()
        session.refresh(plan)
        done, written, twice, denied = (session.get_one(PlanItem, item.id) for item in world.items["boris_pair"][:4])
        denied.state, denied.cells = ItemState.DONE, {**denied.cells, "own": "Не сделано в срок"}
        done.state, done.note = ItemState.DONE, "посетили урок"
        written.state, written.cells = ItemState.DONE, {**written.cells, "own": "проведено 5 ноября"}
        twice.state, twice.cells = ItemState.DONE, {**twice.cells, "own": "сделано вместе"}
        table = build.plan_paper(School.get(), plan.pair, [plan]).plans[0]
    assert [head.title for head in table.columns].count(OURS) == 1
    assert [row.cells[-1] for row in table.rows[:4]] == [
        "Сделано. посетили урок",
        "проведено 5 ноября\nСделано",
        "сделано вместе",
        "Не сделано в срок\nСделано",
    ]
