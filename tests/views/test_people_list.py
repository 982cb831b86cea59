"""The list of people: search, filters in the address, and who sees whom."""

from collections.abc import Callable

import pytest
from flask import Flask

from mentorapp.models.people import PersonKind
from tests.cards import add_person
from tests.conftest import Browser
from tests.queries import selects
from tests.school import World

AsUser = Callable[[str], Browser]


def rows(page: str) -> str:
    """The table of the page, without the menu and the filters."""
    return page.split("<tbody>")[1].split("</tbody>")[0] if "<tbody>" in page else ""


def test_curator_sees_everybody_by_name(as_user: AsUser) -> None:
    found = rows(as_user("vera").get("/people").text)
    assert found.index("Бойко Клара") < found.index("Ёлкина Зоя") < found.index("Уваров Егор")


@pytest.mark.parametrize("query", ["елкина", "ЁЛКИНА", "зоя ёлк", "лкин"])
def test_any_part_of_a_name_finds_a_person(as_user: AsUser, query: str) -> None:
    found = rows(as_user("vera").get("/people", query_string={"q": query}).text)
    assert "Ёлкина Зоя" in found and "Ершов" not in found


@pytest.mark.parametrize("query", ["9а", "9 «А»", "9A"])
def test_a_class_finds_its_pupils(as_user: AsUser, query: str) -> None:
    found = rows(as_user("vera").get("/people", query_string={"q": query}).text)
    assert "Ёлкина" in found and "Ибрагимов" in found and "Соколова" not in found


def test_filters_of_the_address_narrow_the_list(as_user: AsUser, world: World) -> None:
    vera = as_user("vera")
    page = vera.get(f"/people?class={world.classes['9a']}").text
    assert "Ибрагимов" in rows(page) and "Соколова" not in rows(page)
    assert f'value="{world.classes["9a"]}" selected' in page
    found = rows(vera.get("/people?kind=staff").text)
    assert "Мельник" in found and "Соколова" not in found


def test_chips_tell_how_many_there_are(as_user: AsUser) -> None:
    page = as_user("vera").get("/people?q=ина").text
    assert "Все <small>3</small>" in page and "обучающиеся <small>1</small>" in page


@pytest.mark.parametrize("nonsense", ["page=99999999999999999999", "class=99999999999999999999", "kind=robot", "page=-1"])
def test_an_address_with_nonsense_shows_the_list(as_user: AsUser, nonsense: str) -> None:
    assert "Соколова" in as_user("vera").get(f"/people?{nonsense}").text


def test_fifty_people_stand_on_a_page(app: Flask, as_user: AsUser) -> None:
    for number in range(60):
        add_person(app, f"Толпина{number:02}")
    first, second = (as_user("vera").get(f"/people?q=толпина&page={page}").text for page in (1, 2))
    assert first.count("Толпина") == 50 and second.count("Толпина") == 10
    assert "q=%D1%82%D0%BE%D0%BB%D0%BF%D0%B8%D0%BD%D0%B0&amp;page=2" in first


def test_a_longer_list_asks_the_database_no_more(app: Flask, as_user: AsUser, world: World) -> None:
    vera = as_user("vera")

    def count() -> int:
        with selects(app) as sent:
            assert vera.get("/people").status_code == 200
        return len(sent)

    few = count()
    for number in range(30):
        add_person(app, f"Толпина{number}", class_id=world.classes["9a"])
    assert count() == few <= 10


def test_search_as_you_type_brings_the_list_alone(as_user: AsUser) -> None:
    part = as_user("vera").get("/people?q=ершов", headers={"HX-Request": "true"}).text
    assert "Ершов" in part and "<html" not in part


def test_nobody_found_offers_to_add_that_person(as_user: AsUser) -> None:
    page = as_user("vera").get("/people", query_string={"q": "пчёлкин лев"}).text
    assert "Никого не нашлось" in page and "Добавить: пчёлкин лев" in page
    form = as_user("vera").get("/people/new", query_string={"name": "пчёлкин лев"}).text
    assert 'value="Пчёлкин"' in form and 'value="Лев"' in form


def test_class_teacher_sees_the_own_class_and_herself(app: Flask, as_user: AsUser) -> None:
    add_person(app, "Чужая", kind=PersonKind.PUPIL)
    page = as_user("klara").get("/people").text
    assert "Ёлкина" in page and "Бойко Клара" in rows(page)
    assert "Чужая" not in page and "Соколова" not in page and "Все <small>3</small>" in page


def test_who_may_not_add_people_is_not_asked_to(as_user: AsUser) -> None:
    for name in ("inna", "polina", "klara"):
        assert "/people/new" not in as_user(name).get("/people?q=щщщ").text


@pytest.mark.parametrize("name", ["anna", "boris", "dina"])
def test_for_others_there_is_no_list(as_user: AsUser, name: str) -> None:
    assert as_user(name).get("/people").status_code == 404
