"""Search from the header: people, pairs, meetings by number, each to whom it belongs."""

from collections.abc import Callable

import pytest
from flask import Flask

from mentorapp.database import db, writing
from mentorapp.models import Meeting, Pair
from tests.cards import add_person
from tests.conftest import Browser
from tests.queries import selects
from tests.school import World

AsUser = Callable[[str], Browser]
BOX = {"HX-Request": "true"}


def add_meeting(app: Flask, pair_id: int, number: int) -> int:
    with app.app_context(), writing() as session:
        pair = session.get(Pair, pair_id)
        assert pair is not None
        meeting = Meeting(pair=pair, number=number, form_version_id=pair.form_version_id, type_id="regular", type_title="Рабочая")
        session.add(meeting)
        session.flush()
        return meeting.id


def search(browser: Browser, query: str, **kwargs: object) -> str:
    text = browser.get("/search", query_string={"q": query}, **kwargs).text
    return text.split('<main id="main"')[-1]


@pytest.mark.parametrize("query", ["ёлкина", "ЕЛКИНА зоя", "зоя ёл", "игоревна"])
def test_a_person_is_found_by_any_part_of_the_name(as_user: AsUser, world: World, query: str) -> None:
    found = search(as_user("vera"), query)
    assert f'href="/people/{world.people["zoya"]}"' in found and "обучающийся, 9\u00a0«А»" in found


def test_a_pair_is_found_by_both_of_its_people(as_user: AsUser, world: World) -> None:
    found = search(as_user("vera"), "лукин соколова")
    assert f'href="/pairs/{world.pairs["boris"]}"' in found and f'href="/pairs/{world.pairs["egor"]}"' not in found


@pytest.mark.parametrize("mark", ["-", "–", " - "])
def test_the_number_of_a_checklist_finds_its_meeting(app: Flask, as_user: AsUser, world: World, mark: str) -> None:
    pair = world.pairs["boris"]
    meeting = add_meeting(app, pair, 12)
    found = search(as_user("vera"), f"{pair}{mark}12")
    assert f'href="/meetings/{meeting}"' in found and f"Встреча {pair}-12: Рабочая" in found


def test_a_meeting_that_was_removed_is_not_found(app: Flask, as_user: AsUser, world: World) -> None:
    meeting_id = add_meeting(app, world.pairs["boris"], 12)
    with app.app_context(), writing():
        meeting = db.session.get(Meeting, meeting_id)
        assert meeting is not None
        meeting.removed_at = app.config["CLOCK"]()
    assert "/meetings/" not in search(as_user("vera"), f"{world.pairs['boris']}-12")


def test_foreign_pairs_and_meetings_are_not_found(app: Flask, as_user: AsUser, world: World) -> None:
    add_meeting(app, world.pairs["boris"], 12)
    for name in ("gleb", "viktor", "polina", "dina"):
        user = as_user(name)
        assert f'href="/pairs/{world.pairs["boris"]}"' not in search(user, "лукин"), name
        assert "/meetings/" not in search(user, f"{world.pairs['boris']}-12"), name
    assert "/meetings/" in search(as_user("boris"), f"{world.pairs['boris']}-12")


def test_a_mentor_finds_the_own_pair_and_no_people(as_user: AsUser, world: World) -> None:
    for query in ("лукин", "соколова"):
        found = search(as_user("anna"), query)
        assert f'href="/pairs/{world.pairs["boris"]}"' in found and "/people/" not in found


def test_class_teacher_finds_the_own_class_only(as_user: AsUser, world: World) -> None:
    assert f'href="/people/{world.people["timur"]}"' in search(as_user("klara"), "ибрагимов")
    assert "Ничего не нашлось" in search(as_user("klara"), "уваров")


def test_the_box_under_the_field_holds_eight_lines(app: Flask, as_user: AsUser) -> None:
    for number in range(20):
        add_person(app, f"Лукина{number:02}")
    part = search(as_user("vera"), "лукин", headers=BOX)
    assert "<html" not in part and part.count("<p>") == 8
    assert "/pairs/" in part and part.count("/people/") == 7
    assert search(as_user("vera"), "лукин").count("/people/") == 21


def test_nothing_typed_empties_the_box_and_hints_on_the_page(as_user: AsUser) -> None:
    answer = as_user("vera").get("/search?q=", headers=BOX)
    assert answer.status_code == 200 and answer.text == ""
    assert "номер встречи" in search(as_user("vera"), "")


@pytest.mark.parametrize("query", ["щукин", "!!!", "999999999-1", "%", "_"])
def test_nothing_found_says_so_and_offers_to_add(as_user: AsUser, query: str) -> None:
    found = search(as_user("vera"), query)
    assert "Ничего не нашлось" in found and "/people/new?name=" in found
    assert "/people/new" not in search(as_user("inna"), query)


def test_what_was_typed_is_shown_as_text(as_user: AsUser) -> None:
    page = as_user("vera").get("/search?q=<script>alert(1)</script>").text
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page


def test_more_finds_ask_the_database_no_more(app: Flask, as_user: AsUser) -> None:
    vera = as_user("vera")

    def count() -> int:
        with selects(app) as sent:
            search(vera, "лукин", headers=BOX)
        return len(sent)

    few = count()
    for number in range(20):
        add_person(app, f"Лукина{number:02}")
    assert count() == few <= 8


def test_an_archived_pair_is_not_found(app: Flask, as_user: AsUser, world: World) -> None:
    with app.app_context(), writing():
        pair = db.session.get(Pair, world.pairs["boris"])
        assert pair is not None
        pair.archived_at = app.config["CLOCK"]()
    assert f'href="/pairs/{world.pairs["boris"]}"' not in search(as_user("vera"), "лукин")
