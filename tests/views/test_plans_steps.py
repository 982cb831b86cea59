"""A plan's way: draft, agreed, approved, changed since, closed; who may take which step."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from mentorapp.database import db, writing
from mentorapp.domain.permissions import RoleKind
from mentorapp.models import Participant, Plan, Role, School
from mentorapp.papers import build
from tests.conftest import NOW, Browser
from tests.school import Item, World

AsUser = Callable[[str], Browser]


def state_of(plan_id: int) -> str:
    db.session.rollback()
    return db.session.execute(sa.select(Plan.state).where(Plan.id == plan_id)).scalar_one()


@pytest.fixture
def plan_id(world: World) -> int:
    return world.plans["boris_mentee"]


def test_the_mentee_agrees_then_the_curator_approves(app: Flask, as_user: AsUser, plan_id: int) -> None:
    assert as_user("boris").post(f"/plans/{plan_id}/agree").status_code == 303
    assert as_user("vera").post(f"/plans/{plan_id}/approve").status_code == 303
    with app.app_context():
        assert state_of(plan_id) == "approved"
    assert "утверждён" in as_user("anna").get(f"/plans/{plan_id}").text


def test_a_draft_is_not_approved_before_the_mentee_agreed(as_user: AsUser, plan_id: int) -> None:
    answer = as_user("vera").post(f"/plans/{plan_id}/approve")
    assert answer.status_code == 409 and "Сначала план согласует наставляемый" in answer.text


def test_the_mentor_neither_agrees_nor_approves(as_user: AsUser, plan_id: int) -> None:
    anna = as_user("anna")
    assert anna.post(f"/plans/{plan_id}/agree").status_code == 403
    assert anna.post(f"/plans/{plan_id}/approve").status_code == 403


def test_the_curator_notes_both_signatures_on_paper(app: Flask, as_user: AsUser, plan_id: int) -> None:
    vera = as_user("vera")
    assert vera.post(f"/plans/{plan_id}/agree-on-paper", {"on": "20.11"}).status_code == 303
    assert vera.post(f"/plans/{plan_id}/approve-on-paper", {"on": "21.11"}).status_code == 303
    page = vera.get(f"/plans/{plan_id}").text
    assert "21.11.2026, на бумаге" in page


def test_a_paper_dated_tomorrow_is_refused(as_user: AsUser, plan_id: int) -> None:
    answer = as_user("vera").post(f"/plans/{plan_id}/agree-on-paper", {"on": "24.11"})
    assert answer.status_code == 422 and "ещё не наступила" in answer.text


def test_a_curator_who_is_the_mentor_does_not_approve_her_own_plan_the_director_does(
    app: Flask, as_user: AsUser, world: World, plan_id: int
) -> None:
    with app.app_context(), writing() as session:
        session.execute(sa.update(Participant).where(Participant.person_id == world.people["anna"]).values(person_id=world.people["vera"]))
    as_user("boris").post(f"/plans/{plan_id}/agree")
    assert as_user("vera").post(f"/plans/{plan_id}/approve").status_code == 403
    assert as_user("inna").post(f"/plans/{plan_id}/approve").status_code == 303


def test_wording_changed_after_approval_is_counted_and_approved_again(app: Flask, as_user: AsUser, world: World) -> None:
    plan_id, item = world.plans["boris_mentor"], world.items["boris_mentor"][0]
    vera, anna = as_user("vera"), as_user("anna")
    assert vera.post(f"/plans/{plan_id}/approve").status_code == 303
    assert anna.save(item, "@state", "done", seen="planned").status_code == 200
    assert "изменено 1" not in anna.get(f"/plans/{plan_id}").text
    with app.app_context():
        was = item.fresh().title
    assert "изменено 1" in anna.save(item, "what", "Другое дело", seen=was).text
    page = vera.get(f"/plans/{plan_id}").text
    assert "Утвердить изменения" in page
    assert page.count('class="changed"') == 1 and f'<tr id="r{item.id}" class="changed">' in page
    vera.post(f"/plans/{plan_id}/approve")
    assert "изменено 1" not in anna.get(f"/plans/{plan_id}").text
    with app.app_context():
        assert state_of(plan_id) == "approved"


def test_a_closed_plan_is_read_only_until_it_is_opened_again(app: Flask, as_user: AsUser, plan_id: int, mentee_item: Item) -> None:
    vera, anna = as_user("vera"), as_user("anna")
    assert vera.post(f"/plans/{plan_id}/close").status_code == 303
    assert anna.save(mentee_item, "@state", "done", seen="planned").status_code == 403
    assert "<textarea" not in anna.get(f"/plans/{plan_id}").text
    assert vera.post(f"/plans/{plan_id}/close").status_code == 409
    assert vera.post(f"/plans/{plan_id}/reopen").status_code == 303
    assert anna.save(mentee_item, "@state", "done", seen="planned").status_code == 200


def test_a_step_pressed_by_mistake_is_taken_back(app: Flask, as_user: AsUser, plan_id: int) -> None:
    as_user("boris").post(f"/plans/{plan_id}/agree")
    assert as_user("vera").post(f"/plans/{plan_id}/draft").status_code == 303
    with app.app_context():
        assert state_of(plan_id) == "draft"


def test_the_curators_own_plan_asks_for_no_approval(as_user: AsUser, world: World) -> None:
    plan_id, vera = world.plans["boris_curator"], as_user("vera")
    assert "Утвердить" not in vera.get(f"/plans/{plan_id}").text
    assert vera.post(f"/plans/{plan_id}/approve").status_code == 403


def test_the_mentee_edits_her_own_plan_only_and_marks_the_pairs(as_user: AsUser, world: World) -> None:
    boris = as_user("boris")
    assert boris.save(world.items["boris_mentee"][0], "goal", "Своя цель", seen="").status_code == 409
    assert boris.save(world.items["boris_pair"][0], "@state", "in_progress", seen="planned").status_code == 200
    assert boris.save(world.items["boris_pair"][0], "goal", "Чужая цель", seen="").status_code == 403
    assert boris.save(world.items["boris_mentor"][0], "@state", "done", seen="planned").status_code == 403


def test_a_director_who_is_also_the_mentor_leaves_approval_to_the_curator(app: Flask, as_user: AsUser, world: World, plan_id: int) -> None:
    with app.app_context(), writing() as session:
        session.add(Role(person_id=world.people["anna"], kind=RoleKind.DIRECTOR, since=NOW.date()))
    as_user("boris").post(f"/plans/{plan_id}/agree")
    assert as_user("anna").post(f"/plans/{plan_id}/approve").status_code == 403
    assert as_user("vera").post(f"/plans/{plan_id}/approve").status_code == 303


def read_to(who: Browser, plan_id: int) -> str:
    """Up to where the person has read the plan, as the button on its page says."""
    return who.get(f"/plans/{plan_id}").text.split('name="read_to" value="')[1].split('"')[0]


def test_nobody_approves_what_somebody_changed_since_she_opened_the_plan(app: Flask, as_user: AsUser, world: World) -> None:
    plan_id, item, vera = world.plans["boris_mentor"], world.items["boris_mentor"][0], as_user("vera")
    seen = read_to(vera, plan_id)
    with app.app_context():
        was = item.fresh().title
    as_user("anna").save(item, "what", "Другое дело", seen=was)
    answer = vera.post(f"/plans/{plan_id}/approve", {"read_to": seen}, headers={"Referer": f"http://localhost/plans/{plan_id}"})
    assert answer.status_code == 409 and "изменил другой человек" in answer.text
    assert f'href="/plans/{plan_id}">Вернуться на страницу' in answer.text
    with app.app_context():
        assert state_of(plan_id) == "draft"
    assert vera.post(f"/plans/{plan_id}/approve", {"read_to": read_to(vera, plan_id)}).status_code == 303


def test_her_own_edits_stop_nobody(app: Flask, as_user: AsUser, world: World) -> None:
    plan_id, item, boris = world.plans["boris_mentee"], world.items["boris_mentee"][0], as_user("boris")
    seen = read_to(boris, plan_id)
    with app.app_context():
        was = item.fresh().title
    boris.save(item, "what", "Своё дело", seen=was)
    assert boris.post(f"/plans/{plan_id}/agree", {"read_to": seen}).status_code == 303


def test_a_plan_without_rows_is_printed_to_be_filled_in_by_hand(app: Flask, world: World) -> None:
    with app.app_context():
        plan = db.session.get_one(Plan, world.plans["boris_pair"])
        full = build.plan_paper(School.get(), plan.pair, [plan]).plans[0]
        for item in plan.items:
            item.removed_at = NOW
        empty = build.plan_paper(School.get(), plan.pair, [plan]).plans[0]
        db.session.rollback()
    assert (len(full.rows), full.blank_rows) == (6, 0)
    assert (len(empty.rows), empty.blank_rows) == (0, 8)


def test_a_paper_names_the_approver_by_post_and_marks_what_nobody_approved(app: Flask, as_user: AsUser, world: World) -> None:
    plan_id, item = world.plans["boris_mentor"], world.items["boris_mentor"][1]
    as_user("vera").post(f"/plans/{plan_id}/approve")
    with app.app_context():
        was = item.fresh().title
    as_user("anna").save(item, "what", "Другое дело", seen=was)
    with app.app_context():
        plan = db.session.get_one(Plan, plan_id)
        table = build.plan_paper(School.get(), plan.pair, [plan]).plans[0]
    assert table.approval and (table.approval.words, table.approval.post) == ("УТВЕРЖДЕНО", "Учитель математики")
    assert [row.number for row in table.rows][:3] == ["1", "2*", "3"]
    assert "* Изменено после утверждения 23.11.2026" in table.note
