"""«Сегодня»: the first steps of a year, then figures and what needs a decision. Each sees what the rules show her."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from mentorapp.database import writing
from mentorapp.domain import planning
from mentorapp.domain.permissions import Side
from mentorapp.domain.planning import ItemState, PlanState
from mentorapp.models import BaseEntry, Consent, MentoringForm, Pair, Plan, PlanItem, School, SchoolClass
from mentorapp.models.pairs import PairState
from tests.conftest import Browser, Clock
from tests.school import World
from tests.views.test_home_own import plan_meeting, set_items

AsUser = Callable[[str], Browser]

TODAY = date(2026, 11, 23)


def set_plan(app: Flask, plan_id: int, **values: Any) -> None:
    with app.app_context(), writing() as session:
        plan = session.get_one(Plan, plan_id)
        for name, value in values.items():
            setattr(plan, name, value)


def set_pair(app: Flask, pair_id: int, **values: Any) -> None:
    with app.app_context(), writing() as session:
        pair = session.get_one(Pair, pair_id)
        for name, value in values.items():
            setattr(pair, name, value)


@pytest.fixture
def nothing_late(app: Flask) -> None:
    """No item of any plan has a date."""
    with app.app_context(), writing() as session:
        session.execute(sa.update(PlanItem).values(due_to=None))


@pytest.fixture
def no_pairs(app: Flask, clock: Clock) -> None:
    """All pairs are in the archive."""
    with app.app_context(), writing() as session:
        session.execute(sa.update(Pair).values(archived_at=clock()))


def block(page: str, title: str) -> str:
    """The part of the page under a heading."""
    return page.split(f"<h2>{title}")[1].split("</section>")[0]


def test_plan_that_waits_for_approval_is_two_clicks_away(app: Flask, as_user: AsUser, world: World) -> None:
    plan = world.plans["boris_pair"]
    set_plan(app, plan, state=PlanState.AGREED, agreed_on=date(2026, 11, 20))
    page = as_user("vera").get("/").text
    waits = block(page, "Ждут решения")
    assert f'href="/plans/{plan}"' in waits and "Соколова\u00a0А.\u00a0В. — Лукин\u00a0Б.\u00a0А." in waits and "20.11" in waits
    assert '<b>1</b> <a href="/lists/waiting">план ждёт' in page


def test_plan_changed_after_approval_waits_again(app: Flask, as_user: AsUser, world: World) -> None:
    set_plan(app, world.plans["boris_pair"], state=PlanState.APPROVED, approved_on=date(2026, 9, 20))
    assert "решать нечего" in as_user("vera").get("/").text
    set_items(app, [item.id for item in world.items["boris_pair"][:2]], edited_after_approval=True)
    assert "изменено после утверждения: 2" in block(as_user("vera").get("/").text, "Ждут решения")


@pytest.mark.parametrize("values", [{"state": PairState.FINISHED}, {"year": 2025}], ids=["finished", "of another year"])
def test_pair_that_does_not_run_waits_for_nothing(app: Flask, as_user: AsUser, world: World, values: dict[str, Any]) -> None:
    set_plan(app, world.plans["boris_pair"], state=PlanState.AGREED)
    set_pair(app, world.pairs["boris"], **values)
    assert "решать нечего" in as_user("vera").get("/").text


def test_five_longest_overdue_items_stand_and_the_rest_is_on_a_list(app: Flask, as_user: AsUser, world: World, nothing_late: None) -> None:
    items = [item.id for item in world.items["boris_pair"][:6] + world.items["boris_mentor"][:1]]
    for number, item_id in enumerate(items):
        set_items(app, [item_id], due_to=TODAY - timedelta(days=number + 1), title=f"дело {number}")
    page = as_user("vera").get("/").text
    late = block(page, "Просрочено в планах")
    assert '<b>7</b> <a href="/lists/overdue">пунктов просрочено' in page
    places = [late.index(f"дело {number}") for number in (6, 5, 4, 3, 2)]
    assert places == sorted(places) and "16.11 · 7 дней" in late
    assert "дело 1" not in late and '<a href="/lists/overdue">ещё 2</a>' in late
    rest = as_user("vera").get("/lists/overdue").text
    assert [rest.index(f"дело {number}") for number in range(7)] == sorted(
        (rest.index(f"дело {number}") for number in range(7)), reverse=True
    )


@pytest.mark.parametrize("state", list(ItemState))
@pytest.mark.parametrize("days", [-1, 0, 1])
def test_overdue_means_here_what_it_means_everywhere(
    app: Flask, as_user: AsUser, world: World, nothing_late: None, state: ItemState, days: int
) -> None:
    due = TODAY + timedelta(days=days)
    set_items(app, [world.items["boris_pair"][0].id], due_to=due, state=state, title="проверяемое")
    shown = "проверяемое" in block(as_user("vera").get("/").text, "Просрочено в планах")
    assert shown == planning.is_overdue(state, due, TODAY)


@pytest.mark.parametrize("hide", ["pause", "closed plan", "bin"])
def test_what_does_not_run_is_not_late(app: Flask, as_user: AsUser, world: World, clock: Clock, nothing_late: None, hide: str) -> None:
    item = world.items["boris_pair"][0]
    set_items(app, [item.id], due_to=date(2026, 11, 1), removed_at=clock() if hide == "bin" else None)
    if hide == "pause":
        set_pair(app, world.pairs["boris"], state=PairState.PAUSED)
    if hide == "closed plan":
        set_plan(app, item.plan_id, state=PlanState.CLOSED)
    assert "просроченного нет" in as_user("vera").get("/").text


def test_meetings_of_seven_days_are_listed_and_those_of_the_month_counted(app: Flask, as_user: AsUser, world: World) -> None:
    pair = world.pairs["boris"]
    for number, (day, given) in enumerate(
        [
            (TODAY, {"planned_time": "15:20"}),
            (TODAY + timedelta(days=6), {}),
            (TODAY + timedelta(days=7), {}),
            (date(2026, 11, 2), {"state": "held", "held_on": date(2026, 11, 2)}),
            (date(2026, 10, 30), {"state": "held", "held_on": date(2026, 10, 30)}),
        ],
        start=1,
    ):
        plan_meeting(app, pair, number, day, **given)
    page = as_user("vera").get("/").text
    ahead = block(page, "Ближайшие встречи")
    assert (
        "2 за 7 дней" in ahead and 'сегодня</b><br><span class="sub">15:20' in ahead and "вс, 29.11" in ahead and "пн, 30.11" not in ahead
    )
    assert '<b>1</b> <a href="/lists/meetings?when=held">встреча в этом месяце</a>' in page
    assert as_user("vera").get("/lists/meetings?when=held").text.count("/meetings?when=") == 3


def test_figures_count_pairs_by_their_state(app: Flask, as_user: AsUser, world: World) -> None:
    set_pair(app, world.pairs["boris"], state=PairState.PAUSED)
    set_pair(app, world.pairs["egor"], state=PairState.FINISHED)
    page = as_user("vera").get("/").text
    assert '<b>1</b> <a href="/pairs?state=running">пара работает' in page and "на паузе 1, завершено 1" in page


def test_curator_of_one_form_and_class_teacher_see_their_pairs_only(app: Flask, as_user: AsUser, world: World) -> None:
    for part in ("boris_pair", "timur_pair"):
        set_plan(app, world.plans[part], state=PlanState.AGREED)
    assert {name: as_user(name).get("/").text.count("согласован, ждёт утверждения") for name in ("vera", "inna", "viktor", "klara")} == {
        "vera": 2, "inna": 2, "viktor": 1, "klara": 1,
    }  # fmt: skip
    for name in ("viktor", "klara"):
        assert "Лукин" not in as_user(name).get("/").text


def test_curator_who_is_a_mentor_sees_her_own_pairs_too(app: Flask, as_user: AsUser, world: World) -> None:
    assert "Мои пары" not in as_user("vera").get("/").text
    with app.app_context(), writing() as session:
        pair = session.get_one(Pair, world.pairs["boris"])
        next(row for row in pair.participants if row.side is Side.MENTOR).person_id = world.people["vera"]
    page = as_user("vera").get("/").text
    assert "<h2>Мои пары</h2>" in page and "Лукин Борис Андреевич" in page and "Ждут решения" in page


@pytest.mark.parametrize("name", ["dina", "polina"])
def test_administrator_and_psychologist_find_their_sections_and_no_pairs(app: Flask, as_user: AsUser, name: str) -> None:
    page = as_user(name).get("/").text
    assert "Ваши разделы" in page and "Лукин" not in page
    assert ('/accounts"' in page) == (name == "dina") and ('/people"' in page) == (name == "polina")


# --- The first days of a year ---


def test_young_year_begins_with_steps(as_user: AsUser, no_pairs: None) -> None:
    page = as_user("vera").get("/").text
    assert "Начнём учебный год 2026/27" in page and "6 из 7" in page and 'href="/pairs/new">Открыть' in page
    assert page.count("button small main") == 1


def test_each_step_ticks_itself(app: Flask, as_user: AsUser, no_pairs: None) -> None:
    undone = {
        "Школа и настройки": sa.update(School).values(director=""),
        "Формы наставничества": sa.update(MentoringForm).values(enabled=False),
        "Классы 2026/27": sa.update(SchoolClass).values(year=2025),
        "Согласия": sa.update(Consent).values(withdrawn_on=TODAY),
        "Две базы": sa.update(BaseEntry).where(BaseEntry.side == Side.MENTOR).values(left_on=TODAY),
    }
    for title, change in undone.items():
        with app.app_context(), writing() as session:
            session.execute(change)
        page = as_user("vera").get("/").text
        assert f"<b>{title}</b><br>" in page, title  # A step that is done says «, готово» there.
    assert "1 из 7" in page and '<b>Люди</b><span class="sr">, готово' in page


def test_the_next_year_begins_again(as_user: AsUser, clock: Clock, world: World) -> None:
    vera = as_user("vera")
    assert "Ждут решения" in vera.get("/").text
    clock.pass_by(days=290)
    assert "Начнём учебный год 2027/28" in as_user("vera").get("/").text


def test_class_teacher_of_a_young_year_is_told_what_will_be_here(as_user: AsUser, no_pairs: None) -> None:
    page = as_user("klara").get("/").text
    assert "Работающих пар пока нет" in page and "Начнём учебный год" not in page


def test_administrator_sees_steps_without_ways_to_people(as_user: AsUser, no_pairs: None) -> None:
    page = as_user("dina").get("/").text
    assert "Начнём учебный год" in page and "это делает куратор" in page
    assert 'href="/people"' not in page and 'href="/school"' in page
