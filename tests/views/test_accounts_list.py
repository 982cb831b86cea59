"""The list of accounts and one's own page."""

from collections.abc import Callable

import pytest
from flask import Flask

from mentorapp.database import writing
from mentorapp.models import Person
from mentorapp.models.people import PersonKind
from tests.conftest import ORIGIN, Browser
from tests.queries import selects
from tests.school import PASSWORD, World
from tests.views.test_home_queries import FRAME

AsUser = Callable[[str], Browser]


@pytest.fixture
def crowd(app: Flask) -> None:
    """Sixty people without accounts."""
    with app.app_context(), writing() as session:
        for number in range(60):
            person = Person(sex="f", kind=PersonKind.TEACHER, phone="", email="")
            person.rename(f"Толпина{number:02}", "Ия", None)
            session.add(person)


def test_list_shows_who_may_enter_and_as_what(as_user: AsUser, world: World) -> None:
    page = as_user("dina").get("/accounts").text
    assert "Громова Вера Павловна" in page and "куратор всех форм" in page
    assert "куратор: Пробная форма для учеников" in page and "классный руководитель, 9\u00a0«А»" in page
    assert page.index("Фролова") < page.index("Лукин")  # Those with a role stand first.


def test_people_without_an_account_are_found_by_name_only(as_user: AsUser, crowd: None) -> None:
    dina = as_user("dina")
    assert "Толпина" not in dina.get("/accounts").text
    found = dina.get("/accounts?q=толпина07").text
    assert "Толпина07 Ия" in found and "нет учётной записи" in found and "Толпина08" not in found


def test_a_login_finds_its_person(as_user: AsUser) -> None:
    found = as_user("dina").get("/accounts?q=GLEB").text
    assert "Ершов Глеб" in found and "Громова" not in found.split('id="list"')[1]


def test_long_list_has_pages_and_a_page_beyond_the_end_is_the_last(as_user: AsUser, crowd: None) -> None:
    dina = as_user("dina")
    first, last = dina.get("/accounts?q=толпина").text, dina.get("/accounts?q=толпина&page=99999999999999999999").text
    assert first.count("Толпина") == 50 and "1 из 2" in first
    assert last.count("Толпина") == 10 and "2 из 2" in last


def test_a_page_of_fifty_costs_no_more_reads_than_a_page_of_one(app: Flask, as_user: AsUser, crowd: None) -> None:
    dina, costs = as_user("dina"), []
    for query in ("толпина07", "толпина"):
        with selects(app) as sent:
            dina.get(f"/accounts?q={query}")
        costs.append(len(sent))
    assert costs[0] == costs[1] <= FRAME + 4


def test_search_as_you_type_brings_the_list_alone(as_user: AsUser) -> None:
    part = as_user("dina").get("/accounts?q=ершов", headers={"HX-Request": "true"}).text
    assert "Ершов" in part and "<html" not in part


def test_administrator_has_no_way_to_personal_cards(as_user: AsUser, world: World) -> None:
    address = f"/people/{world.people['boris']}"
    assert address not in as_user("dina").get(f"/accounts/{world.people['boris']}").text
    assert address in as_user("vera").get(f"/accounts/{world.people['boris']}").text


def test_own_page_shows_login_and_roles(as_user: AsUser) -> None:
    page = as_user("viktor").get("/me").text
    assert "viktor" in page and "куратор: Пробная форма для учеников" in page and "Моя карточка" in page


def change(browser: Browser, old: str = PASSWORD, new: str = "дом стоит высоко", again: str = "") -> int:
    return browser.post("/me/password", {"old": old, "new": new, "again": again or new}).status_code


def test_own_password_is_changed_and_only_this_browser_stays(app: Flask, as_user: AsUser) -> None:
    here, elsewhere = as_user("boris"), as_user("boris")
    assert change(here) == 303
    assert "Пароль сменён" in here.get("/me?changed=1").text
    assert elsewhere.get("/me").status_code == 303
    for password, status in ((PASSWORD, 422), ("дом стоит высоко", 303)):
        assert app.test_client().post("/login", data={"login": "boris", "password": password}, headers=ORIGIN).status_code == status


@pytest.mark.parametrize(
    "typed",
    [{"old": "не тот пароль"}, {"new": "короче"}, {"new": "мой boris дом"}, {"again": "дом стоит низко"}],
    ids=["wrong old one", "too short", "login inside", "two different"],
)
def test_password_that_will_not_do_changes_nothing(app: Flask, as_user: AsUser, typed: dict[str, str]) -> None:
    assert change(as_user("boris"), **typed) == 422
    assert app.test_client().post("/login", data={"login": "boris", "password": PASSWORD}, headers=ORIGIN).status_code == 303


def test_guessing_the_old_password_leads_to_waiting(as_user: AsUser) -> None:
    boris = as_user("boris")
    for _ in range(5):
        change(boris, old="не тот пароль")
    answer = boris.post("/me/password", {"old": PASSWORD, "new": "дом стоит высоко", "again": "дом стоит высоко"})
    assert answer.status_code == 422 and "Слишком много попыток" in answer.text
