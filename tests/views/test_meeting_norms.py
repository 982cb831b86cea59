"""What a form asks of meetings in the whole work of a pair, and the ways it proposes to hold them."""

from collections.abc import Callable

import pytest
from flask import Flask

from mentorapp.database import db, writing
from mentorapp.models import Meeting, Pair
from mentorapp.models.meetings import MeetingState
from tests.conftest import NOW, Browser
from tests.papers import reading
from tests.parts import give_parts, without_parts
from tests.school import World

AsUser = Callable[[str], Browser]


@pytest.fixture
def meetings(app: Flask, world: World) -> list[int]:
    """One meeting of the first type was held in September, the next one is planned."""
    give_parts(app)
    with app.app_context(), writing() as session:
        pair = session.get_one(Pair, world.pairs["boris"])
        kind = pair.spec.meetings[0]
        made = [
            Meeting(pair_id=pair.id, number=n, form_version_id=pair.form_version_id, type_id=kind.id, type_title="Первая") for n in (1, 2)
        ]
        made[0].state, made[0].held_on, made[0].planned_on = MeetingState.HELD, NOW.date().replace(month=9), NOW.date().replace(month=9)
        made[1].planned_on = NOW.date().replace(day=30)
        session.add_all(made)
        session.flush()
        return [one.id for one in made]


def test_the_page_shows_the_norm_of_the_whole_work_beside_that_of_the_month(as_user: AsUser, world: World, meetings: list[int]) -> None:
    page = as_user("anna").get(f"/pairs/{world.pairs['boris']}/meetings").text
    assert "— <b>1 из 2</b>" in page and "<b>0 из 1</b> за месяц" in page


def test_what_the_report_lacks_names_the_meetings_that_are_too_few(app: Flask, as_user: AsUser, world: World, meetings: list[int]) -> None:
    edit = f"/pairs/{world.pairs['boris']}/edit"
    assert ", 1 из 2</a>" in as_user("vera").get(edit).text
    with app.app_context(), writing():
        db.session.get_one(Meeting, meetings[1]).state = MeetingState.HELD
    assert "мало встреч" not in as_user("vera").get(edit).text


def test_ways_to_hold_it_are_offered_on_the_card_and_where_it_is_corrected(as_user: AsUser, meetings: list[int]) -> None:
    anna = as_user("anna")
    for address in (f"/meetings/{meetings[1]}", f"/meetings/{meetings[1]}/edit"):
        page = anna.get(address).text
        assert "Как можно провести" in page and "вдвоём; по видеосвязи" in page and "беседа; рассказ" in page
    assert "Как можно провести" not in anna.get(f"/meetings/{meetings[0]}").text  # it was held
    assert "Методы: беседа; рассказ." in reading.text(anna.get(f"/meetings/{meetings[1]}/checklist.pdf").data)


def test_a_form_that_proposes_nothing_says_nothing(app: Flask, as_user: AsUser, meetings: list[int]) -> None:
    give_parts(app, without_parts)
    page = as_user("anna").get(f"/meetings/{meetings[1]}").text
    assert "Как можно провести" not in page
    assert "Методы" not in reading.text(as_user("anna").get(f"/meetings/{meetings[1]}/checklist.pdf").data)
