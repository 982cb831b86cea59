"""The two bases as a curator reads them."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from mentorapp.database import writing
from mentorapp.domain.permissions import Side
from mentorapp.models import MentoringForm, School
from tests.cards import TODAY, add_person, fresh
from tests.conftest import Browser
from tests.queries import selects
from tests.school import World
from tests.views.test_people_list import rows

AsUser = Callable[[str], Browser]


@pytest.fixture
def three(app: Flask) -> None:
    """Beside those in pairs: one ready, and one whose consent was withdrawn."""
    add_person(app, "Готовая", base=Side.MENTEE)
    gapped = add_person(app, "Отозванная", base=Side.MENTEE)
    with app.app_context(), writing():
        fresh(gapped).consents[0].withdrawn_on = TODAY


def test_a_row_tells_the_request_the_day_and_the_pair(as_user: AsUser, world: World) -> None:
    found = rows(as_user("vera").get("/bases/mentors").text)
    assert "Соколова Анна Викторовна" in found and "Помощь с планами уроков" in found and "с 23.11.2026" in found
    assert f'<a href="/pairs/{world.pairs["boris"]}">Лукин\u00a0Б.\u00a0А.</a>' in found


def test_mentees_come_first_and_each_side_has_its_words(as_user: AsUser) -> None:
    mentees, mentors = as_user("vera").get("/bases").text, as_user("vera").get("/bases/mentors").text
    assert "Наставляемые, 2026/27" in mentees and "Основной запрос" in mentees and "Соколова Анна" not in mentees
    assert "Наставники, 2026/27" in mentors and "Чем может помочь" in mentors and "Соколова Анна" in mentors
    for page in (mentees, mentors):
        assert "Наставляемые <small>3</small>" in page and "Наставники <small>3</small>" in page


@pytest.mark.parametrize(("state", "there"), [("ready", "Готовая"), ("gap", "Отозванная"), ("pair", "Лукин Борис")])
def test_chips_filter_and_count(as_user: AsUser, three: None, state: str, there: str) -> None:
    page = as_user("vera").get(f"/bases?state={state}").text
    assert [name for name in ("Готовая", "Отозванная", "Лукин Борис") if name in rows(page)] == [there]
    for chip in ("Все <small>5</small>", "можно в пару <small>1</small>", "в паре <small>3</small>", "есть помеха <small>1</small>"):
        assert chip in page


def test_what_is_in_the_way_stands_in_words_with_the_way_to_mend_it(as_user: AsUser, three: None) -> None:
    found = rows(as_user("vera").get("/bases?state=gap").text)
    assert "согласие отозвано" in found and "Добавить согласие" in found and "можно в пару" not in found


def test_search_finds_a_name_or_a_class(as_user: AsUser, three: None) -> None:
    vera = as_user("vera")
    assert "Готовая" in rows(vera.get("/bases?q=ОТОВА").text)
    found = rows(vera.get("/bases?q=9а").text)
    assert "Ибрагимов" in found and "Готовая" not in found


def test_search_as_you_type_brings_the_list_alone(as_user: AsUser) -> None:
    part = as_user("vera").get("/bases?q=лукин", headers={"HX-Request": "true"}).text
    assert "Лукин" in part and "<html" not in part


def test_a_longer_base_is_paged_and_asks_the_database_no_more(app: Flask, as_user: AsUser, world: World) -> None:
    vera = as_user("vera")

    def count() -> int:
        with selects(app) as sent:
            assert vera.get("/bases").status_code == 200
        return len(sent)

    vera.get("/bases")  # from here on the forms are known, as in any running server
    few = count()
    for number in range(55):
        add_person(app, f"Толпина{number:02}", base=Side.MENTEE, class_id=world.classes["9a"])
    assert count() == few <= 12
    first, last = (rows(vera.get(f"/bases?q=толпина&page={page}").text) for page in (1, 999))
    assert first.count("Толпина") == 50 and last.count("Толпина") == 5


def test_curator_of_another_form_sees_that_a_pair_is_there_and_not_which(as_user: AsUser, world: World) -> None:
    found = rows(as_user("viktor").get("/bases/mentors?q=соколова").text)
    assert "в паре" in found and f"/pairs/{world.pairs['boris']}" not in found and "Лукин" not in found


def test_the_schools_own_word_is_used(app: Flask, as_user: AsUser) -> None:
    with app.app_context(), writing():
        School.get().mentee_words = {"nominative": "подшефный", "genitive": "подшефного", "dative": "подшефному", "plural": "подшефные"}
    vera = as_user("vera")
    assert "Подшефные, 2026/27" in vera.get("/bases").text and "В базу «Подшефные»" in vera.get("/bases/mentees/add").text


def test_director_reads_and_is_offered_no_changes(as_user: AsUser) -> None:
    page = as_user("inna").get("/bases").text
    assert "Лукин" in page and "Добавить в базу" not in page and "/bases/entries/" not in page


@pytest.mark.parametrize("name", ["anna", "boris", "dina", "polina", "klara"])
def test_for_others_there_are_no_bases(as_user: AsUser, name: str) -> None:
    assert as_user(name).get("/bases").status_code == as_user(name).get("/bases/mentors").status_code == 404


def test_an_empty_base_says_what_will_be_here(app: Flask, as_user: AsUser, world: World) -> None:
    with app.app_context(), writing():
        for part in ("anna", "gleb", "zoya"):
            fresh(world.people[part]).base_entries[0].left_on = TODAY
    page = as_user("vera").get("/bases/mentors").text
    assert "В базе пока никого" in page and "/bases/mentors/add" in page


def test_who_fits_no_form_is_not_offered_for_a_pair(app: Flask, as_user: AsUser) -> None:
    with app.app_context(), writing() as session:
        session.execute(sa.update(MentoringForm).where(MentoringForm.id != "teacher-teacher").values(enabled=False))
    vera, person = as_user("vera"), add_person(app, "Пчёлкина", consent=True)
    vera.post("/bases/mentees/add", {"person_id": person, "request": "", "once": "b-none"})
    page = vera.get("/bases", query_string={"q": "Пчёлкина"}).text
    assert "нет формы для этого вида участников" in page and "составить пару" not in page
