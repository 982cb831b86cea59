"""The start page of a mentor and a mentee: their pairs, the next meeting, what comes next."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Flask

from mentorapp.database import db, writing
from mentorapp.domain.permissions import Side
from mentorapp.domain.planning import ItemState, PlanState
from mentorapp.models import Meeting, Pair, Participant, Plan, PlanItem
from mentorapp.models.meetings import MeetingState
from mentorapp.models.pairs import PairState
from tests.conftest import Browser, Clock
from tests.school import World

AsUser = Callable[[str], Browser]


def plan_meeting(app: Flask, pair_id: int, number: int, day: date, **given: Any) -> int:
    with app.app_context(), writing() as session:
        pair = session.get_one(Pair, pair_id)
        kind = {"form_version_id": pair.form_version_id, "type_id": "regular", "type_title": "Регулярная"}
        meeting = Meeting(pair=pair, number=number, planned_on=day, **kind, **given)
        session.add(meeting)
        session.flush()
        return meeting.id


def set_items(app: Flask, ids: list[int], **values: Any) -> None:
    with app.app_context(), writing() as session:
        for item_id in ids:
            item = session.get_one(PlanItem, item_id)
            for name, value in values.items():
                setattr(item, name, value)


def test_mentor_reaches_the_plan_in_one_click(as_user: AsUser, world: World) -> None:
    page = as_user("anna").get("/").text
    assert f'<a class="title-link" href="/plans/{world.plans["boris_pair"]}">Лукин Борис Андреевич</a>' in page
    assert "учитель математики" in page


def test_stranger_pairs_are_not_there(as_user: AsUser, world: World) -> None:
    page = as_user("gleb").get("/").text
    assert "Уваров" in page and "Лукин" not in page and f"/plans/{world.plans['boris_pair']}" not in page


def test_mentor_notes_todays_meeting_and_mentee_only_reads(app: Flask, as_user: AsUser, world: World, clock: Clock) -> None:
    meeting = plan_meeting(app, world.pairs["boris"], 1, clock().date(), planned_time="15:20", place="каб. 31")
    mentor, mentee = as_user("anna").get("/").text, as_user("boris").get("/").text
    assert "Сегодня 1 встреча" in mentor and "сегодня, 15:20" in mentor and "каб. 31" in mentor
    assert f'<a class="button main" href="/meetings/{meeting}">Записать встречу</a>' in mentor
    assert "Соколова Анна Викторовна" in mentee and "сегодня, 15:20" in mentee
    assert "Записать встречу" not in mentee and "Назначить встречу" not in mentee
    for page in (mentor, mentee):
        assert f"/meetings/{meeting}/checklist.pdf" in page


def test_without_a_meeting_the_mentor_is_offered_to_plan_one(as_user: AsUser, world: World) -> None:
    page = as_user("anna").get("/").text
    assert "Назначить встречу" in page and "Чек-лист" not in page


def test_forgotten_meeting_is_offered_to_be_noted(app: Flask, as_user: AsUser, world: World) -> None:
    plan_meeting(app, world.pairs["boris"], 1, date(2026, 11, 9))
    plan_meeting(app, world.pairs["boris"], 2, date(2026, 11, 16))
    page = as_user("anna").get("/").text
    assert "Встреча была назначена и не записана" in page and "Записать встречу 09.11" in page and "Ещё не записано встреч: 1" in page
    mentee = as_user("boris").get("/").text
    assert "не записана" in mentee and "Записать" not in mentee and "Ещё не записано" not in mentee


def test_meeting_ahead_stands_first_and_the_button_notes_the_forgotten_one(app: Flask, as_user: AsUser, world: World) -> None:
    forgotten = plan_meeting(app, world.pairs["boris"], 1, date(2026, 11, 16))
    ahead = plan_meeting(app, world.pairs["boris"], 2, date(2026, 11, 25))
    plan_meeting(app, world.pairs["boris"], 3, date(2026, 11, 24), state=MeetingState.HELD)
    page = as_user("anna").get("/").text
    assert "ср, 25.11" in page and f"/meetings/{ahead}/checklist.pdf" in page
    assert f'href="/meetings/{forgotten}">Записать встречу 16.11' in page and "Ещё не записано" not in page


def test_a_meeting_that_has_not_come_is_not_offered_to_be_noted(app: Flask, as_user: AsUser, world: World) -> None:
    meeting = plan_meeting(app, world.pairs["boris"], 1, date(2026, 11, 25))
    page = as_user("anna").get("/").text
    assert "Записать встречу" not in page and "Назначить встречу" not in page
    card = as_user("anna").get(f"/meetings/{meeting}").text
    assert "Встреча уже была? Записать</summary>" in card


def test_progress_is_said_in_words(app: Flask, as_user: AsUser, world: World) -> None:
    ids = [item.id for item in world.items["boris_pair"]]
    set_items(app, ids, state=ItemState.PLANNED, due_to=date(2026, 12, 1))
    set_items(app, ids[:2], state=ItemState.DONE)
    set_items(app, ids[2:3], due_to=date(2026, 11, 22))
    page = as_user("anna").get("/").text
    assert '<b>2 из 6</b> сделано, <span class="err-text">просрочено 1</span>' in page
    for name in ("boris_mentor", "boris_mentee", "boris_curator"):
        set_items(app, [item.id for item in world.items[name]], due_to=None)
    set_items(app, [world.items[name][0].id for name in ("boris_mentor", "boris_mentee", "boris_curator")], due_to=date(2026, 11, 22))
    assert "просрочено в других планах: 2" in as_user("anna").get("/").text
    assert "просрочено в других планах: 1" in as_user("boris").get("/").text


def test_a_mentee_is_asked_for_the_plans_that_wait_for_her_and_nobody_else_is(app: Flask, as_user: AsUser, world: World) -> None:
    with app.app_context(), writing():
        for name, state in (("boris_pair", PlanState.DRAFT), ("boris_mentee", PlanState.AGREED), ("boris_mentor", PlanState.DRAFT)):
            db.session.get(Plan, world.plans[name]).state = state
    address = f"/plans/{world.plans['boris_pair']}"
    asked = f'<a class="button main" href="{address}">Прочитать и согласовать план пары</a>'
    assert asked in as_user("boris").get("/").text
    assert "согласовать" not in as_user("anna").get("/").text
    as_user("boris").post(f"{address}/agree")
    assert "согласовать" not in as_user("boris").get("/").text


def test_next_items_come_from_own_plans_by_date(app: Flask, as_user: AsUser, world: World) -> None:
    for number, name in enumerate(("boris_curator", "boris_mentor", "boris_mentee", "boris_pair")):
        ids = [item.id for item in world.items[name]]
        set_items(app, ids, due_to=None)
        set_items(app, ids[:1], due_to=date(2026, 12, 9 - number), title=f"дело {name}")
    mentor, mentee = as_user("anna").get("/").text, as_user("boris").get("/").text
    assert mentor.index("дело boris_pair") < mentor.index("дело boris_mentee") < mentor.index("дело boris_mentor")
    assert "дело boris_curator" not in mentor
    assert "дело boris_pair" in mentee and "дело boris_mentee" in mentee and "дело boris_mentor" not in mentee


def test_what_is_late_comes_first_and_what_is_done_or_removed_not_at_all(app: Flask, as_user: AsUser, world: World, clock: Clock) -> None:
    for name in ("boris_mentor", "boris_mentee", "boris_pair"):
        set_items(app, [item.id for item in world.items[name]], due_to=None)
    first, second, third, fourth = (item.id for item in world.items["boris_pair"][:4])
    set_items(app, [first], title="сделанное", state=ItemState.DONE, due_to=date(2026, 12, 1))
    set_items(app, [second], title="убранное", removed_at=clock(), due_to=date(2026, 12, 1))
    set_items(app, [third], title="опоздавшее", due_to=date(2026, 11, 22))
    set_items(app, [fourth], title="сегодняшнее", due_to=date(2026, 11, 23))
    page = as_user("anna").get("/").text
    assert "сегодняшнее" in page
    assert "сделанное" not in page and "убранное" not in page
    assert page.index("22.11 · 1 день") < page.index("опоздавшее") < page.index("сегодняшнее")


def test_a_pair_on_a_pause_is_late_with_nothing(app: Flask, as_user: AsUser, world: World) -> None:
    set_items(app, [world.items["boris_pair"][0].id], title="опоздавшее", due_to=date(2026, 11, 22))
    with app.app_context(), writing():
        db.session.get(Pair, world.pairs["boris"]).state = PairState.PAUSED
    assert "опоздавшее" not in as_user("anna").get("/").text


def test_finished_pair_is_a_link_below(app: Flask, as_user: AsUser, world: World) -> None:
    with app.app_context(), writing() as session:
        session.get_one(Pair, world.pairs["boris"]).state = PairState.FINISHED
    page = as_user("anna").get("/").text
    assert "Пары у вас пока нет" in page and "Завершённые пары" in page and "Лукин" in page


def test_replaced_mentor_has_the_pair_no_more(app: Flask, as_user: AsUser, world: World) -> None:
    with app.app_context(), writing() as session:
        pair = session.get_one(Pair, world.pairs["boris"])
        next(row for row in pair.participants if row.side is Side.MENTOR).until = date(2026, 11, 1)
    assert "Пары у вас пока нет" in as_user("anna").get("/").text
    assert "Пара без второй стороны" in as_user("boris").get("/").text


def test_in_a_group_a_mentee_sees_her_own_items_only(app: Flask, as_user: AsUser, world: World) -> None:
    with app.app_context(), writing() as session:
        plan = session.get_one(Plan, world.plans["boris_mentee"])
        other = Participant(pair_id=plan.pair_id, person_id=world.people["egor"], side=Side.MENTEE, since=date(2026, 9, 7))
        session.add(other)
        session.flush()
        session.add(Plan(pair_id=plan.pair_id, owner="mentee", participant=other, form_version_id=plan.form_version_id))
    set_items(app, [item.id for item in world.items["boris_mentee"][:1]], due_to=date(2026, 11, 24), title="дело Бориса")
    assert "дело Бориса" in as_user("boris").get("/").text and "дело Бориса" in as_user("anna").get("/").text
    assert "дело Бориса" not in as_user("egor").get("/").text


def test_without_pairs_the_page_says_what_will_be_here(app: Flask, as_user: AsUser, world: World, clock: Clock) -> None:
    with app.app_context(), writing() as session:
        session.get_one(Pair, world.pairs["boris"]).archived_at = clock()
    page = as_user("boris").get("/").text
    assert "Пары у вас пока нет" in page and "Лукин Борис" not in page


def test_one_button_is_the_main_one(app: Flask, as_user: AsUser, world: World) -> None:
    plan_meeting(app, world.pairs["boris"], 1, date(2026, 11, 25))
    assert as_user("anna").get("/").text.count("button main") == 1


def test_plan_is_opened_from_the_next_items(app: Flask, as_user: AsUser, world: World) -> None:
    with app.app_context():
        item = db.session.get_one(PlanItem, world.items["boris_pair"][5].id)
        address = f'href="/plans/{item.plan_id}#r{item.id}">{item.title}</a>'
    assert address in as_user("anna").get("/").text
