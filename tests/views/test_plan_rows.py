"""Rows of a plan are painted once, and never shown to somebody else, on another day or with an older text."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from flask import Flask

from mentorapp.database import db, writing
from mentorapp.models import PlanItem
from mentorapp.views import plan_rows
from tests.conftest import Browser, Clock
from tests.school import Item, World

AsUser = Callable[[str], Browser]


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    for cache in (plan_rows._row, plan_rows._rows):
        cache.cache_clear()
    yield


def page_of(who: Browser, item: Item) -> str:
    return who.get(f"/plans/{item.plan_id}").text


def test_only_the_changed_row_is_painted_again(as_user: AsUser, world: World, pair_item: Item) -> None:
    anna, number = as_user("anna"), len(world.items["boris_pair"])
    page_of(anna, pair_item)
    assert plan_rows._row.cache_info().misses == number
    anna.save(pair_item, "@state", "in_progress", seen="planned")
    page_of(anna, pair_item)
    assert plan_rows._row.cache_info().misses == number + 1
    page_of(as_user("vera"), pair_item)
    assert plan_rows._row.cache_info().misses == number + 1  # She may edit, too, so it is the same row.


def test_who_may_only_mark_gets_no_fields_after_who_may_edit(as_user: AsUser, pair_item: Item) -> None:
    assert "<textarea" in page_of(as_user("anna"), pair_item)
    marks = page_of(as_user("boris"), pair_item)
    assert "<textarea" not in marks and "<select" in marks
    reads = page_of(as_user("inna"), pair_item)
    assert "<textarea" not in reads and "<select" not in reads


def test_an_item_becomes_late_overnight(app: Flask, as_user: AsUser, pair_item: Item, clock: Clock) -> None:
    with app.app_context(), writing() as session:
        session.get(PlanItem, pair_item.id).due_to = date(2026, 11, 23)
    anna = as_user("anna")
    row = f'<tr id="r{pair_item.id}"'
    assert "Просрочено" not in page_of(anna, pair_item).split(row)[1].split("</tr>")[0]
    clock.pass_by(hours=18)
    assert "Просрочено, 1\u00a0день" in page_of(as_user("anna"), pair_item).split(row)[1].split("</tr>")[0]


def test_very_long_texts_are_not_kept(app: Flask, as_user: AsUser, world: World, pair_item: Item) -> None:
    with app.app_context():
        seen = pair_item.fresh().cells.get("goal", "")
        db.session.rollback()
    anna = as_user("anna")
    assert anna.save(pair_item, "goal", "слово " * 1000, seen=seen).status_code == 200
    assert "слово слово" in page_of(anna, pair_item)
    assert plan_rows._rows.cache_info().currsize == 0
    assert plan_rows._row.cache_info().currsize == len(world.items["boris_pair"]) - 1
