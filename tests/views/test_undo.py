"""Undo brings back all that a change did, and no more than the person may change now."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from mentorapp.database import db, writing
from mentorapp.models import Operation, Pair, Plan, PlanItem, pairing
from tests.conftest import Browser
from tests.school import Item, World

AsUser = Callable[[str], Browser]


@pytest.fixture
def last(app: Flask) -> Callable[[], int]:
    """The newest operation."""

    def read() -> int:
        with app.app_context():
            return int(db.session.execute(sa.select(sa.func.max(Operation.id))).scalar_one())

    return read


@pytest.fixture
def field(app: Flask) -> Callable[[Item, str], Any]:
    """What an item holds now."""

    def read(item: Item, name: str) -> Any:
        with app.app_context():
            return getattr(item.fresh(), name)

    return read


Last, Field = Callable[[], int], Callable[[Item, str], Any]


def undo(who: Browser, operation: int) -> int:
    return who.post(f"/operations/{operation}/undo").status_code


def approve(app: Flask, plan_id: int) -> None:
    with app.app_context(), writing() as session:
        plan = session.get_one(Plan, plan_id)
        plan.agree(None, date(2026, 9, 10), on_paper=True)
        plan.approve(None, date(2026, 9, 11), on_paper=True)


def offered(app: Flask, pair_id: int) -> int:
    """How many dates would move along if the pair ended three weeks sooner."""
    with app.app_context():
        pair = db.session.get_one(Pair, pair_id)
        pair.starts_on, pair.ends_on = date(2026, 9, 21), date(2027, 5, 10)
        number = len(list(pairing.moved_dates(pair)))
        db.session.rollback()
    return number


@pytest.mark.parametrize(("column", "mine"), [("what", "Моя цель  "), ("due", "6.12")])
def test_a_cell_whose_former_text_came_back_stays_open_to_change(
    as_user: AsUser, mentee_item: Item, last: Last, field: Field, column: str, mine: str
) -> None:
    stored = {"what": "title", "due": "due_text"}[column]
    anna = as_user("anna")
    theirs = {"column": column, "seen": field(mentee_item, stored)}
    as_user("boris").save(mentee_item, column, {"what": "Цель Бориса", "due": "07.12.2026"}[column], seen=theirs["seen"])
    anna.post(f"/plans/{mentee_item.plan_id}/items/{mentee_item.id}/{column}/theirs", {"value": mine})
    assert undo(anna, last()) == 303
    assert field(mentee_item, stored) == {"what": "Моя цель", "due": "06.12.2026"}[column]
    assert anna.save(mentee_item, column, "8.12", seen=field(mentee_item, stored)).status_code == 200


def test_a_text_stored_otherwise_than_it_would_be_today_stays_open_to_change(app: Flask, as_user: AsUser, mentee_item: Item) -> None:
    with app.app_context(), writing() as session:
        session.get_one(PlanItem, mentee_item.id).title = "С пробелом "
    assert as_user("anna").save(mentee_item, "what", "Без него", seen="С пробелом ").status_code == 200


def test_a_state_that_is_none_is_let_go_when_the_other_one_is_taken(as_user: AsUser, mentee_item: Item, field: Field) -> None:
    address = f"/plans/{mentee_item.plan_id}/items/{mentee_item.id}/@state/theirs"
    assert as_user("anna").post(address, {"value": "выдумано"}).status_code == 200
    assert field(mentee_item, "state") == "planned"


def test_a_state_clicked_by_mistake_gives_the_day_of_doing_back(as_user: AsUser, mentee_item: Item, last: Last, field: Field) -> None:
    anna = as_user("anna")
    anna.save(mentee_item, "@state", "done", seen="planned")
    anna.save(mentee_item, "@done_on", "01.10.2026", seen="23.11.2026")
    anna.save(mentee_item, "@state", "planned", seen="done")
    assert field(mentee_item, "done_on") is None
    assert undo(anna, last()) == 303
    assert (field(mentee_item, "state"), field(mentee_item, "done_on")) == ("done", date(2026, 10, 1))


def test_the_day_of_doing_is_undone_too_and_history_says_it_as_people_write_it(
    as_user: AsUser, mentee_item: Item, last: Last, field: Field
) -> None:
    anna = as_user("anna")
    anna.save(mentee_item, "@done_on", "1.10", seen="")
    assert "01.10.2026" in anna.get(f"/plans/{mentee_item.plan_id}/items/{mentee_item.id}/history").text
    assert undo(anna, last()) == 303
    assert field(mentee_item, "done_on") is None


def test_nothing_was_done_tomorrow(as_user: AsUser, mentee_item: Item, field: Field) -> None:
    answer = as_user("anna").save(mentee_item, "@done_on", "24.11", seen="")
    assert answer.status_code == 422 and "ещё не наступил" in answer.text
    assert field(mentee_item, "done_on") is None


def test_a_date_that_undo_gave_back_to_its_rule_moves_along_again(
    app: Flask, as_user: AsUser, world: World, pair_item: Item, last: Last, field: Field
) -> None:
    anna, before = as_user("anna"), offered(app, world.pairs["boris"])
    anna.save(pair_item, "due", "5.12", seen=field(pair_item, "due_text"))
    assert offered(app, world.pairs["boris"]) == before - 1
    undo(anna, last())
    assert offered(app, world.pairs["boris"]) == before
    page = anna.get(f"/plans/{pair_item.plan_id}/items/{pair_item.id}").text
    assert "due_by_rule" not in page and "True" not in page


def test_dates_that_moved_along_can_move_again_after_an_undo(app: Flask, as_user: AsUser, world: World, last: Last) -> None:
    vera, pair_id = as_user("vera"), world.pairs["boris"]
    with app.app_context(), writing() as session:
        pair = session.get_one(Pair, pair_id)
        pair.starts_on, pair.ends_on = date(2026, 9, 21), date(2027, 5, 10)
    vera.post(f"/pairs/{pair_id}/dates")
    assert "Пересчитывать нечего" in vera.get(f"/pairs/{pair_id}/dates").text
    assert undo(vera, last()) == 303
    assert "Пересчитывать нечего" not in vera.get(f"/pairs/{pair_id}/dates").text


def test_nothing_comes_back_into_a_closed_plan(
    app: Flask, as_user: AsUser, world: World, pair_item: Item, last: Last, field: Field
) -> None:
    vera, pair_id = as_user("vera"), world.pairs["boris"]
    with app.app_context(), writing() as session:
        pair = session.get_one(Pair, pair_id)
        pair.starts_on, pair.ends_on = date(2026, 9, 21), date(2027, 5, 10)
    vera.post(f"/pairs/{pair_id}/dates")
    moved, operation = field(pair_item, "due_text"), last()
    vera.post(f"/plans/{pair_item.plan_id}/close")
    assert undo(vera, operation) == 403
    assert field(pair_item, "due_text") == moved


def test_an_undo_after_the_approval_waits_for_another_one(
    app: Flask, as_user: AsUser, world: World, pair_item: Item, last: Last, field: Field
) -> None:
    anna = as_user("anna")
    anna.save(pair_item, "what", "Другое дело", seen=field(pair_item, "title"))
    approve(app, pair_item.plan_id)
    assert not field(pair_item, "edited_after_approval")
    undo(anna, last())
    assert field(pair_item, "edited_after_approval")


def test_a_fact_or_a_move_undone_after_the_approval_waits_for_nothing(
    app: Flask, as_user: AsUser, world: World, pair_item: Item, last: Last, field: Field
) -> None:
    anna = as_user("anna")
    approve(app, pair_item.plan_id)
    anna.save(pair_item, "@state", "done", seen="planned")
    undo(anna, last())
    anna.post(f"/plans/{pair_item.plan_id}/items/{pair_item.id}/move", {"to": "down"})
    undo(anna, last())
    assert not field(pair_item, "edited_after_approval")


def test_an_edit_that_was_undone_waits_for_nothing(app: Flask, as_user: AsUser, pair_item: Item, last: Last, field: Field) -> None:
    anna = as_user("anna")
    approve(app, pair_item.plan_id)
    anna.save(pair_item, "what", "Другое дело", seen=field(pair_item, "title"))
    first = last()
    anna.save(pair_item, "goal", "Другая цель", seen=field(pair_item, "cells")["goal"])
    assert field(pair_item, "edited_after_approval")
    undo(anna, first)
    assert field(pair_item, "edited_after_approval")  # the goal still is another one
    undo(anna, first + 1)
    assert not field(pair_item, "edited_after_approval")


def test_a_row_that_came_after_the_approval_and_went_again_waits_for_nothing(
    app: Flask, as_user: AsUser, world: World, pair_item: Item
) -> None:
    anna, address = as_user("anna"), f"/plans/{pair_item.plan_id}"
    approve(app, pair_item.plan_id)
    anna.post(f"{address}/items/new", {"value-what": "Лишнее", "once": "row-more"})
    assert "изменено 1" in anna.get(address).text
    with app.app_context():
        newest = db.session.execute(sa.select(sa.func.max(PlanItem.id))).scalar_one()
    anna.post(f"{address}/items/{newest}/remove")
    assert "изменено" not in anna.get(address).text
    anna.post(f"{address}/items/{pair_item.id}/remove")
    assert "изменено 1" in anna.get(address).text
    anna.post(f"{address}/items/{pair_item.id}/restore")
    assert "изменено" not in anna.get(address).text


def test_a_row_from_the_bin_and_a_recomputed_date_wait_for_another_approval(
    app: Flask, as_user: AsUser, world: World, pair_item: Item, field: Field
) -> None:
    first, second = world.items["boris_pair"][:2]
    as_user("anna").post(f"/plans/{first.plan_id}/items/{first.id}/remove")
    approve(app, first.plan_id)
    as_user("anna").post(f"/plans/{first.plan_id}/items/{first.id}/restore")
    assert field(first, "edited_after_approval")
    with app.app_context(), writing() as session:
        session.get_one(Pair, world.pairs["boris"]).starts_on = date(2026, 9, 21)
    as_user("vera").post(f"/pairs/{world.pairs['boris']}/dates")
    assert field(second, "edited_after_approval")
    as_user("vera").post(f"/plans/{first.plan_id}/draft")
    assert not field(first, "edited_after_approval") and not field(second, "edited_after_approval")


def test_who_may_not_undo_a_change_is_not_offered_it(as_user: AsUser, pair_item: Item, field: Field) -> None:
    anna, boris = as_user("anna"), as_user("boris")
    address = f"/plans/{pair_item.plan_id}/items/{pair_item.id}/history"
    anna.save(pair_item, "what", "Другое дело", seen=field(pair_item, "title"))
    assert "вернуть" in anna.get(address).text and "вернуть" not in boris.get(address).text
    anna.save(pair_item, "@state", "done", seen="planned")
    assert boris.get(address).text.count("вернуть") == 1


def test_what_was_undone_is_not_offered_again(as_user: AsUser, pair_item: Item, last: Last) -> None:
    anna = as_user("anna")
    anna.save(pair_item, "@state", "done", seen="planned")
    undo(anna, last())
    assert "вернуть" not in anna.get(f"/plans/{pair_item.plan_id}/items/{pair_item.id}/history").text


def test_the_author_of_a_text_is_named_and_not_who_took_it_in_a_conflict(as_user: AsUser, mentee_item: Item, field: Field) -> None:
    anna, boris, vera = as_user("anna"), as_user("boris"), as_user("vera")
    was = field(mentee_item, "title")
    boris.save(mentee_item, "what", "Текст Бориса", seen=was)
    anna.post(f"/plans/{mentee_item.plan_id}/items/{mentee_item.id}/what/theirs", {"value": "Текст Анны"})
    answer = vera.save(mentee_item, "what", "Текст Веры", seen=was)
    assert answer.status_code == 409 and "Лукин" in answer.text and "Соколова" not in answer.text
