"""Writing a new person down."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from mentorapp.database import db
from mentorapp.models import Operation, Person
from mentorapp.models.people import PersonKind
from tests.cards import YEAR, fresh
from tests.conftest import Browser
from tests.school import CAST, World

AsUser = Callable[[str], Browser]


def typed(**changed: Any) -> dict[str, Any]:
    """A filled form; what is given stands instead of the usual."""
    usual = {"last_name": "Пчёлкин", "first_name": "Лев", "patronymic": "Ильич", "kind": "pupil", "sex": "m", "birth": "30.05.2012"}
    return {**usual, "class_id": 0, "post": "", "phone": "", "email": "", "once": "k1", **changed}


def count(app: Flask) -> int:
    with app.app_context():
        return int(db.session.execute(sa.select(sa.func.count(Person.id))).scalar_one())


def test_a_person_is_written_down_with_class_and_contacts(app: Flask, as_user: AsUser, world: World) -> None:
    data = typed(class_id=world.classes["9a"], phone="+7 (900) 000-00-01", email="lev@example.ru")
    answer = as_user("vera").post("/people/new", data)
    assert answer.status_code == 303
    with app.app_context():
        person = fresh(int(answer.location.rsplit("/", 1)[1]))
        place = person.enrolment(YEAR)
        assert (person.full_name, person.kind, person.birth_date) == ("Пчёлкин Лев Ильич", PersonKind.PUPIL, date(2012, 5, 30))
        assert place is not None and place.class_id == world.classes["9a"]
        assert (person.phone, person.email) == ("+7 (900) 000-00-01", "lev@example.ru")


def test_the_card_offers_the_next_step(as_user: AsUser) -> None:
    vera = as_user("vera")
    card = vera.get(vera.post("/people/new", typed()).location).text
    assert "Дальше — согласие" in card and "Добавить согласие" in card


def test_a_year_alone_is_kept_as_a_year(app: Flask, as_user: AsUser) -> None:
    answer = as_user("vera").post("/people/new", typed(birth="2012"))
    with app.app_context():
        person = fresh(int(answer.location.rsplit("/", 1)[1]))
        assert (person.birth_date, person.birth_year) == (None, 2012)


def test_a_teacher_needs_no_class(app: Flask, as_user: AsUser) -> None:
    answer = as_user("vera").post("/people/new", typed(kind="teacher", birth="", post="учитель физики"))
    with app.app_context():
        place = fresh(int(answer.location.rsplit("/", 1)[1])).enrolment(YEAR)
        assert place is not None and place.place == "учитель физики"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"last_name": "  "}, "Впишите фамилию."),
        ({"first_name": ""}, "Впишите имя."),
        ({"kind": ""}, "Выберите, кто это для школы."),
        ({"sex": ""}, "Выберите пол"),
        ({"birth": "30.05"}, "четырьмя цифрами"),
        ({"birth": "30.02.2012"}, "в феврале 2012 года 29 дней"),
        ({"birth": "2030"}, "2030 не подходит"),
        ({"phone": "12"}, "не хватает цифр"),
        ({"email": "мама"}, "Такого адреса почты не бывает"),
        ({"class_id": 999}, "Ошибка"),
        ({"last_name": "я" * 81}, "не больше 80 знаков"),
    ],
)
def test_what_cannot_be_is_explained_and_nothing_typed_is_lost(app: Flask, as_user: AsUser, changed: dict[str, Any], sentence: str) -> None:
    answer = as_user("vera").post("/people/new", typed(**changed))
    assert answer.status_code == 422 and sentence in answer.text
    assert "<title>Ошибка: " in answer.text and 'value="Ильич"' in answer.text
    assert count(app) == len(CAST)


def test_a_namesake_is_shown_before_a_second_one_is_made(app: Flask, as_user: AsUser, world: World) -> None:
    vera, data = as_user("vera"), typed(last_name="соколова", first_name="Анна", patronymic="Викторовна", birth="2012")
    answer = vera.post("/people/new", data)
    assert answer.status_code == 422 and "Такой человек уже есть" in answer.text
    assert f"/people/{world.people['anna']}" in answer.text and 'value="соколова"' in answer.text
    assert count(app) == len(CAST)
    assert vera.post("/people/new", {**data, "another": "y"}).status_code == 303
    assert count(app) == len(CAST) + 1


def test_sent_twice_it_is_one_person(app: Flask, as_user: AsUser) -> None:
    vera = as_user("vera")
    first, second = (vera.post("/people/new", typed()) for _ in range(2))
    assert first.location == second.location and count(app) == len(CAST) + 1


def test_the_next_person_begins_with_the_same_class(as_user: AsUser, world: World) -> None:
    vera, room = as_user("vera"), world.classes["9a"]
    answer = vera.post("/people/new", typed(class_id=room, more="1"))
    page = vera.get(answer.location).text
    assert "Записано:" in page and "Пчёлкин Лев Ильич" in page
    assert f'selected value="{room}"' in page and 'selected value="pupil"' in page and 'value="Лев"' not in page


def test_a_name_is_text_and_never_markup(as_user: AsUser) -> None:
    vera = as_user("vera")
    card = vera.get(vera.post("/people/new", typed(last_name="<script>алё</script>")).location).text
    assert "&lt;script&gt;" in card and "<script>алё" not in card


def test_the_journal_knows_who_wrote_it_and_keeps_no_birth_date(app: Flask, as_user: AsUser, world: World) -> None:
    as_user("vera").post("/people/new", typed())
    with app.app_context():
        operation = db.session.execute(sa.select(Operation).order_by(Operation.id.desc())).scalars().first()
        assert operation is not None and operation.by_id == world.people["vera"]
        kept = {change.field: change.new for change in operation.changes}
    assert kept["last_name"] == '"Пчёлкин"' and kept["birth_date"] == ""


@pytest.mark.parametrize(("name", "status"), [("inna", 403), ("polina", 403), ("klara", 403), ("dina", 404), ("anna", 404), ("boris", 404)])
def test_only_a_curator_writes_people_down(app: Flask, as_user: AsUser, name: str, status: int) -> None:
    assert as_user(name).get("/people/new").status_code == status
    assert as_user(name).post("/people/new", typed()).status_code == status
    assert as_user(name).post("/people/new", {}).status_code == status
    assert count(app) == len(CAST)
