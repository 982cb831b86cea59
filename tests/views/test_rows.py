"""Rows of a plan without the table's script: adding, moving, the bin, undo, both texts of a conflict."""

from collections.abc import Callable

import sqlalchemy as sa
from flask import Flask

from mentorapp.database import db, writing
from mentorapp.models import Change, Operation, PlanItem, journal
from tests.conftest import NOW, Browser
from tests.school import Item, World

AsUser = Callable[[str], Browser]


def order_of(plan_id: int) -> list[int]:
    db.session.rollback()
    query = (
        sa.select(PlanItem.id).where(PlanItem.plan_id == plan_id, PlanItem.removed_at.is_(None)).order_by(PlanItem.position, PlanItem.id)
    )
    return list(db.session.execute(query).scalars())


def last_operation() -> int:
    db.session.rollback()
    return int(db.session.execute(sa.select(sa.func.max(Operation.id))).scalar_one())


def address(item: Item, rest: str = "") -> str:
    return f"/plans/{item.plan_id}/items/{item.id}{rest}"


def test_a_row_is_saved_cell_by_cell_and_only_what_changed_is_journalled(app: Flask, as_user: AsUser, pair_item: Item) -> None:
    with app.app_context():
        row = pair_item.fresh()
        data = {"value-what": "Новое", "seen-what": row.title, "value-goal": row.cells["goal"], "seen-goal": row.cells["goal"]}
    assert as_user("anna").post(address(pair_item), data).status_code == 303
    with app.app_context():
        assert pair_item.fresh().title == "Новое"
        assert [change.field for change in db.session.execute(sa.select(Change)).scalars()] == ["title"]


def test_a_refused_date_comes_back_in_its_field_and_the_rest_is_saved(app: Flask, as_user: AsUser, pair_item: Item) -> None:
    with app.app_context():
        row = pair_item.fresh()
        data = {"value-due": "31.13", "seen-due": row.due_text, "value-what": "Новое", "seen-what": row.title}
    answer = as_user("anna").post(address(pair_item), data)
    assert answer.status_code == 422 and "31.13" in answer.text and "Такой даты нет" in answer.text
    with app.app_context():
        assert pair_item.fresh().title == "Новое"


def test_a_conflict_shows_both_texts_and_the_second_sending_keeps_mine(app: Flask, as_user: AsUser, mentee_item: Item) -> None:
    with app.app_context():
        was = mentee_item.fresh().title
    as_user("anna").save(mentee_item, "what", "Текст Анны", seen=was)
    boris = as_user("boris")
    answer = boris.post(address(mentee_item), {"value-what": "Текст Бориса", "seen-what": was})
    assert answer.status_code == 409 and "Текст Анны" in answer.text and "Текст Бориса" in answer.text
    assert boris.post(address(mentee_item), {"value-what": "Текст Бориса", "seen-what": "Текст Анны"}).status_code == 303
    with app.app_context():
        assert mentee_item.fresh().title == "Текст Бориса"


def test_taking_the_other_text_keeps_mine_in_history_and_can_be_undone(app: Flask, as_user: AsUser, mentee_item: Item) -> None:
    with app.app_context():
        was = mentee_item.fresh().title
    as_user("anna").save(mentee_item, "what", "Текст Анны", seen=was)
    boris = as_user("boris")
    boris.post(address(mentee_item), {"value-what": "Текст Бориса", "seen-what": "Текст Анны", "take-what": "1"})
    assert "Текст Бориса" in boris.get(address(mentee_item, "/history")).text
    with app.app_context():
        assert mentee_item.fresh().title == "Текст Анны"
        operation = last_operation()
    assert boris.post(f"/operations/{operation}/undo").status_code == 303
    with app.app_context():
        assert mentee_item.fresh().title == "Текст Бориса"


def test_a_new_row_stands_last_and_a_second_sending_adds_none(app: Flask, as_user: AsUser, world: World) -> None:
    plan_id, anna = world.plans["boris_pair"], as_user("anna")
    data = {"value-what": "Своё дело", "value-due": "5.12", "once": "row-1"}
    for _ in range(2):
        assert anna.post(f"/plans/{plan_id}/items/new", data).status_code == 303
    with app.app_context():
        assert len(order_of(plan_id)) == 7
        row = db.session.get_one(PlanItem, order_of(plan_id)[-1])
        assert (row.title, row.due_text) == ("Своё дело", "05.12.2026")


def test_an_empty_new_row_is_explained(as_user: AsUser, world: World) -> None:
    answer = as_user("anna").post(f"/plans/{world.plans['boris_pair']}/items/new", {"value-what": " ", "once": "row-2"})
    assert answer.status_code == 422 and "хотя бы одно слово" in answer.text


def test_undoing_a_new_row_puts_it_into_the_bin(app: Flask, as_user: AsUser, world: World) -> None:
    plan_id, anna = world.plans["boris_pair"], as_user("anna")
    anna.post(f"/plans/{plan_id}/items/new", {"value-what": "Своё дело", "once": "row-3"})
    with app.app_context():
        operation = last_operation()
    assert anna.post(f"/operations/{operation}/undo").status_code == 303
    assert "Своё дело" in anna.get(f"/plans/{plan_id}/bin").text
    with app.app_context():
        assert len(order_of(plan_id)) == 6


def test_a_row_moves_down_and_undo_moves_it_back(app: Flask, as_user: AsUser, pair_item: Item) -> None:
    anna = as_user("anna")
    with app.app_context():
        before = order_of(pair_item.plan_id)
    assert anna.post(address(pair_item, "/move"), {"to": "down"}).status_code == 303
    with app.app_context():
        assert order_of(pair_item.plan_id) == [before[1], before[0], *before[2:]]
        operation = last_operation()
    anna.post(f"/operations/{operation}/undo")
    with app.app_context():
        assert order_of(pair_item.plan_id) == before


def test_the_first_row_does_not_move_above_itself(app: Flask, as_user: AsUser, pair_item: Item) -> None:
    with app.app_context():
        before = order_of(pair_item.plan_id)
    assert as_user("anna").post(address(pair_item, "/move"), {"to": "up"}).status_code == 303
    with app.app_context():
        assert order_of(pair_item.plan_id) == before


def test_a_removed_row_leaves_the_count_and_comes_back_from_the_bin(app: Flask, as_user: AsUser, pair_item: Item) -> None:
    anna = as_user("anna")
    anna.post(address(pair_item, "/remove"))
    assert "<b>0 из 5</b>" in anna.get(f"/plans/{pair_item.plan_id}").text
    assert anna.post(address(pair_item, "/restore")).status_code == 303
    assert "<b>0 из 6</b>" in anna.get(f"/plans/{pair_item.plan_id}").text


def test_typing_into_a_row_that_went_to_the_bin_keeps_the_text_on_the_page(as_user: AsUser, pair_item: Item) -> None:
    as_user("anna").post(address(pair_item, "/remove"))
    answer = as_user("anna").save(pair_item, "goal", "Цель", seen="")
    assert answer.status_code == 422 and "корзину" in answer.text


def test_undo_is_refused_where_somebody_has_changed_it_since(app: Flask, as_user: AsUser, mentee_item: Item) -> None:
    with app.app_context():
        was = mentee_item.fresh().title
    anna = as_user("anna")
    anna.save(mentee_item, "what", "Первое", seen=was)
    with app.app_context():
        operation = last_operation()
    as_user("boris").save(mentee_item, "what", "Второе", seen="Первое")
    answer = anna.post(f"/operations/{operation}/undo")
    assert answer.status_code == 409 and "изменили ещё раз" in answer.text
    with app.app_context():
        assert mentee_item.fresh().title == "Второе"


def test_undo_twice_is_refused(app: Flask, as_user: AsUser, mentee_item: Item) -> None:
    anna = as_user("anna")
    anna.save(mentee_item, "@state", "done", seen="planned")
    with app.app_context():
        operation = last_operation()
    assert anna.post(f"/operations/{operation}/undo").status_code == 303
    assert anna.post(f"/operations/{operation}/undo").status_code == 409
    with app.app_context():
        assert mentee_item.fresh().state == "planned" and mentee_item.fresh().done_on is None


def test_undo_needs_the_right_that_the_change_needed(app: Flask, as_user: AsUser, pair_item: Item) -> None:
    as_user("anna").save(pair_item, "goal", "Цель Анны", seen="Понять, с чем помощь нужна в первую очередь")
    with app.app_context():
        operation = last_operation()
    assert as_user("boris").post(f"/operations/{operation}/undo").status_code == 403
    assert as_user("gleb").post(f"/operations/{operation}/undo").status_code == 404


def test_done_says_when_and_an_item_cancelled_by_agreement_is_not_counted(app: Flask, as_user: AsUser, world: World) -> None:
    anna, items = as_user("anna"), world.items["boris_pair"]
    anna.save(items[0], "@state", "done", seen="planned")
    answer = anna.save(items[1], "@state", "cancelled", seen="planned")
    assert "<b>1 из 5</b>" in answer.text
    with app.app_context():
        assert str(items[0].fresh().done_on) == "2026-11-23"


def test_rows_sent_without_a_key_are_all_made(app: Flask, as_user: AsUser, world: World) -> None:
    plan_id, anna = world.plans["boris_pair"], as_user("anna")
    for title in ("Первое", "Второе"):
        anna.post(f"/plans/{plan_id}/items/new", {"value-what": title})
    with app.app_context():
        assert [db.session.get_one(PlanItem, row).title for row in order_of(plan_id)[-2:]] == ["Первое", "Второе"]


def test_the_key_of_another_form_makes_no_row_and_breaks_nothing(app: Flask, as_user: AsUser, world: World) -> None:
    plan_id, vera = world.plans["boris_pair"], as_user("vera")
    with app.app_context(), writing():
        journal.keep_once("of-another-form", "/people/3", NOW)
    assert vera.post(f"/plans/{plan_id}/items/new", {"value-what": "Дело", "once": "of-another-form"}).status_code == 400
    with app.app_context():
        assert len(order_of(plan_id)) == 6


def test_a_closing_page_may_send_a_new_row_again_with_further_cells(app: Flask, as_user: AsUser, world: World) -> None:
    plan_id, anna = world.plans["boris_pair"], as_user("anna")
    for typed in ({"value-what": "Своё дело"}, {"value-what": "Своё", "value-goal": "Зачем", "value-due": "32.13"}):
        assert anna.post(f"/plans/{plan_id}/items/new", {**typed, "once": "row-late"}).status_code == 303
    with app.app_context():
        row = db.session.get_one(PlanItem, order_of(plan_id)[-1])
        assert (len(order_of(plan_id)), row.title, row.cells["goal"], row.due_text) == (7, "Своё дело", "Зачем", "")


def test_a_row_moves_over_the_border_of_a_section_without_tearing_one(app: Flask, as_user: AsUser, world: World) -> None:
    first, second, third = world.items["boris_pair"][:3]
    with app.app_context(), writing() as session:
        for item in world.items["boris_pair"]:
            session.get_one(PlanItem, item.id).section = "Начало" if item in (first, second) else "Работа"
    with app.app_context():
        before = order_of(first.plan_id)
    anna = as_user("anna")
    anna.post(address(second, "/move"), {"to": "down"})
    with app.app_context():
        assert (second.fresh().section, order_of(first.plan_id)) == ("Работа", before)
        operation = last_operation()
    assert anna.post(f"/operations/{operation}/undo").status_code == 303
    with app.app_context():
        assert second.fresh().section == "Начало"
    anna.post(address(third, "/move"), {"to": "up"})
    with app.app_context():
        assert (third.fresh().section, order_of(first.plan_id)) == ("Начало", before)
