"""Questionnaires under the hands of several people: what others may count, what is sent twice, opened again, changed by the form."""

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from mentorapp.database import db, writing
from mentorapp.models import Pair, Participant, Person
from mentorapp.models.pairs import PairState
from mentorapp.models.people import PersonKind
from tests.conftest import Browser, Clock
from tests.every_kind import publish_every_kind
from tests.queries import selects
from tests.school import World
from tests.views.test_answers import begin, begun, fill, give, place_of, stored

AsUser = Callable[[str], Browser]
MARKED = "изменён после того, как анкету открыли снова"


@pytest.fixture
def his(app: Flask, world: World, boris: Browser) -> int:
    """Every kind of question, begun by Boris."""
    publish_every_kind(app)
    return begun(begin(app, world, boris))


def sent_by(app: Flask, browser: Browser, id: int, **form: str) -> None:
    fill(app, browser, id)
    assert browser.post(f"/answers/{id}/send", form).status_code == 303


@pytest.mark.parametrize("name", ["anna", "vera", "inna"])
def test_how_many_questions_are_asked_tells_nobody_what_was_answered(
    as_user: AsUser, world: World, boris: Browser, his: int, name: str
) -> None:
    reader, address = as_user(name), f"/pairs/{world.pairs['boris']}/questionnaires"
    give(boris, his, "met", "да")
    page = reader.get(address).text
    assert "начата" in page and not re.search(r"\d+ из \d+", page)
    assert re.search(r"1 из \d+", boris.get("/questionnaires").text)


def test_ticks_and_places_that_do_not_fit_come_back_all(boris: Browser, his: int) -> None:
    form = {"value-near": ["a", "b", "d"], "seen-near": "", "value-order": ["a", "b", "a"], "seen-order": "", "go": "next"}
    answer = boris.post(f"/answers/{his}?part=2", form)
    assert answer.status_code == 422
    assert re.findall(r'name="value-near" value="(\w)"[^>]*checked', answer.text) == ["a", "b", "d"]
    assert re.findall(r'<option value="(\w)" selected', answer.text) == ["a", "b", "a"]


def test_a_comma_at_the_end_of_a_text_is_a_change(app: Flask, boris: Browser, his: int) -> None:
    give(boris, his, "long", "Раз")
    assert boris.post(f"/answers/{his}?part=1", {"value-long": "Раз,", "seen-long": "Раз", "go": "next"}).status_code == 303
    assert stored(app, his)["long"] == "Раз,"


def test_how_many_may_be_ticked_is_said(boris: Browser, his: int) -> None:
    assert "Отметьте не больше 2." in boris.get(f"/answers/{his}?part=2").text


def test_paper_that_was_stored_once_is_not_thrown_away(app: Flask, world: World, vera: Browser) -> None:
    id = begun(begin(app, world, vera, how="paper"))
    sent_by(app, vera, id, paper_on="20.11.2026")
    vera.post(f"/answers/{id}/reopen", {"reason": "описка"})
    assert 'value="20.11.2026"' in vera.get(f"/answers/{id}/check").text
    assert "Убрать этот ввод" not in vera.get(f"/answers/{id}").text
    answer = vera.post(f"/answers/{id}/hand-over")
    assert answer.status_code == 409 and "ответы целы" in answer.text and stored(app, id)


def test_an_empty_sheet_of_paper_is_no_measurement(app: Flask, world: World, vera: Browser) -> None:
    id = begun(begin(app, world, vera, how="paper"))
    page = vera.get(f"/answers/{id}/check").text
    assert "Ни одного ответа ещё не введено" in page and "Сохранить анкету с бумаги" not in page
    assert vera.post(f"/answers/{id}/send", {"paper_on": ""}).status_code == 422
    fill(app, vera, id)
    assert vera.post(f"/answers/{id}/send", {"paper_on": ""}).status_code == 303


def test_an_answer_taken_back_after_reopening_is_marked(app: Flask, vera: Browser, boris: Browser, clock: Clock, his: int) -> None:
    sent_by(app, boris, his)
    clock.pass_by(minutes=5)
    vera.post(f"/answers/{his}/reopen", {"reason": "просил исправить"})
    give(boris, his, "long", "", seen=stored(app, his)["long"])
    assert boris.post(f"/answers/{his}/send").status_code == 303
    assert vera.get(f"/answers/{his}").text.count(MARKED) == 1


def test_a_blank_is_of_the_version_that_is_typed_in(app: Flask, world: World, vera: Browser, his: int) -> None:
    """The form has dropped the questionnaire since; the link of the page leads to it all the same."""
    address = f"/pairs/{world.pairs['boris']}/questionnaires/{place_of(app, world, 'boris')}/before/blank.pdf"
    publish_every_kind(app, before=False)
    assert vera.get(address).status_code == 200


def missing_by_figure_and_by_list(vera: Browser) -> tuple[int, int]:
    figures = re.findall(r'<span class="nowrap">нет (\d+) из \d+</span><a class="title-link" href="/questionnaires', vera.get("/").text)
    listed = re.search(r"Нет ответов (\d+)", vera.get("/questionnaires").text)
    return sum(map(int, figures)), int(listed[1]) if listed else -1


def test_the_figure_of_the_start_page_is_that_of_its_list(app: Flask, world: World, vera: Browser, his: int, clock: Clock) -> None:
    begin(app, world, vera, phase="after", how="early")
    figure, listed = missing_by_figure_and_by_list(vera)
    assert figure == listed > 0
    with app.app_context(), writing() as session:
        session.get_one(Pair, world.pairs["boris"]).state = PairState.FINISHED
    figure, listed = missing_by_figure_and_by_list(vera)
    assert figure == listed > 0


def test_what_is_left_of_the_last_year_is_still_listed(app: Flask, world: World, as_user: AsUser, clock: Clock) -> None:
    with app.app_context(), writing() as session:
        session.get_one(Pair, world.pairs["boris"]).state = PairState.FINISHED
    clock.pass_by(days=300)
    assert "в конце" in as_user("boris").get("/questionnaires").text
    assert "Лукин" in as_user("vera").get("/questionnaires").text


def test_opening_early_is_noted_once(app: Flask, world: World, vera: Browser) -> None:
    for _click in range(2):
        begin(app, world, vera, phase="after", how="early")
    assert vera.get(f"/pairs/{world.pairs['boris']}/history").text.count("Анкета открыта раньше срока") == 1


def test_after_the_end_the_first_questionnaire_is_over(app: Flask, world: World, boris: Browser) -> None:
    with app.app_context(), writing() as session:
        session.get_one(Pair, world.pairs["boris"]).state = PairState.FINISHED
    answer = begin(app, world, boris)
    assert answer.status_code == 409 and "Время этой анкеты прошло" in answer.text


def add_mentees(app: Flask, pair_id: int, names: str) -> None:
    with app.app_context(), writing() as session:
        pair = session.get_one(Pair, pair_id)
        for name in names:
            person = Person(sex="f", kind=PersonKind.TEACHER)
            person.rename(f"{name}ова", "Ия", None)
            pair.participants.append(Participant(person=person, side="mentee", since=pair.starts_on))


TABS = ("deficits", "papers", "questionnaires", "evaluation", "meetings", "measurements", "called-rows")


def test_the_tabs_of_a_group_ask_as_often_for_nine_mentees_as_for_three(app: Flask, world: World, vera: Browser) -> None:
    pair_id = world.pairs["boris"]

    def begin_lists() -> None:
        with app.app_context():
            rows = db.session.execute(
                sa.select(Participant.id).where(Participant.pair_id == pair_id, Participant.side == "mentee")
            ).scalars()
        for row in rows:
            vera.post(f"/pairs/{pair_id}/deficits/{row}")

    def costs() -> dict[str, int]:
        found = {}
        for tab in TABS:
            vera.get(f"/pairs/{pair_id}/{tab}")
            with selects(app) as sent:
                assert vera.get(f"/pairs/{pair_id}/{tab}").status_code == 200
            found[tab] = len(sent)
        return found

    add_mentees(app, pair_id, "АБ")
    begin_lists()
    few = costs()
    add_mentees(app, pair_id, "ВГДЕЖЗ")
    begin_lists()
    assert costs() == few


def test_the_director_lists_who_has_answered_and_nothing_more(as_user: AsUser, world: World, boris: Browser, his: int) -> None:
    inna = as_user("inna")
    give(boris, his, "long", "Мало времени")
    assert 'href="/questionnaires"' in inna.get("/").text
    page = inna.get("/questionnaires").text
    assert "Лукин" in page and "начата" in page and "Ввести с бумаги" not in page and "Мало времени" not in page
    assert not re.search(r"\d+ из \d+", page)
    phases = inna.get("/questionnaires?state=all&phase=after").text
    assert "перед началом</a>" in phases and "любые</a>" in phases
