"""Correcting a card."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from mentorapp.database import db
from mentorapp.models import Operation
from tests.cards import YEAR, fresh
from tests.conftest import Browser
from tests.school import World

AsUser = Callable[[str], Browser]


def typed(**changed: Any) -> dict[str, Any]:
    """Boris's card as it is, with changes."""
    known = {"last_name": "Лукин", "first_name": "Борис", "patronymic": "Андреевич", "kind": "teacher", "sex": "m", "birth": "1985"}
    return {**known, "class_id": 0, "post": "учитель математики", "phone": "", "email": "", **changed}


def test_the_form_holds_what_is_known(as_user: AsUser, world: World) -> None:
    page = as_user("vera").get(f"/people/{world.people['boris']}/edit").text
    for text in ('value="Лукин"', 'value="1985"', 'value="учитель математики"', 'selected value="teacher"'):
        assert text in page


def test_a_card_is_corrected_and_found_by_the_new_name(app: Flask, as_user: AsUser, world: World) -> None:
    vera, boris = as_user("vera"), world.people["boris"]
    answer = vera.post(f"/people/{boris}/edit", typed(last_name="Щукин", birth="30.05.1985", post="учитель физики"))
    assert answer.status_code == 303 and answer.location == f"/people/{boris}"
    assert "Щукин" in vera.get("/people?q=щукин").text
    with app.app_context():
        person = fresh(boris)
        place = person.enrolment(YEAR)
        assert person.birth_year is None and person.birth_date is not None and place is not None and place.post == "учитель физики"


def test_history_keeps_the_former_name_and_no_birth_date(app: Flask, as_user: AsUser, world: World) -> None:
    as_user("vera").post(f"/people/{world.people['boris']}/edit", typed(last_name="Щукин", birth="1986", phone="84950000001"))
    with app.app_context():
        operation = db.session.execute(sa.select(Operation).order_by(Operation.id.desc())).scalars().first()
        assert operation is not None
        changes = {change.field: (change.old, change.new) for change in operation.changes}
    assert changes == {"last_name": ('"Лукин"', '"Щукин"'), "birth_year": ("", ""), "phone": ("", "")}


def test_a_pupil_moves_to_another_class_and_leaves_it(app: Flask, as_user: AsUser, world: World) -> None:
    vera, timur = as_user("vera"), world.people["timur"]
    data = typed(last_name="Ибрагимов", first_name="Тимур", patronymic="", kind="pupil", birth="2011", post="")
    vera.post(f"/people/{timur}/edit", data)
    with app.app_context():
        place = fresh(timur).enrolment(YEAR)
        assert place is not None and place.class_id is None
    vera.post(f"/people/{timur}/edit", {**data, "class_id": world.classes["9a"]})
    with app.app_context():
        place = fresh(timur).enrolment(YEAR)
        assert place is not None and place.place == "9\u00a0«А»"


def test_a_wrong_card_comes_back_as_it_was_typed(app: Flask, as_user: AsUser, world: World) -> None:
    answer = as_user("vera").post(f"/people/{world.people['boris']}/edit", typed(last_name="Щукин", birth="весной"))
    assert answer.status_code == 422 and 'value="Щукин"' in answer.text and 'value="весной"' in answer.text
    with app.app_context():
        assert fresh(world.people["boris"]).last_name == "Лукин"


@pytest.mark.parametrize(("name", "status"), [("inna", 403), ("polina", 403), ("boris", 403), ("klara", 404), ("dina", 404), ("gleb", 404)])
def test_others_change_nothing(app: Flask, as_user: AsUser, world: World, name: str, status: int) -> None:
    boris = world.people["boris"]
    assert as_user(name).get(f"/people/{boris}/edit").status_code == status
    assert as_user(name).post(f"/people/{boris}/edit", typed(last_name="Щукин")).status_code == status
    assert as_user(name).post(f"/people/{boris}/edit", {}).status_code == status
    with app.app_context():
        assert fresh(boris).last_name == "Лукин"
