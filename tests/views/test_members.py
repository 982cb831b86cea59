"""Who stands in a pair: people come in, are replaced, end their part and are brought back; the pair, its plans and history stay."""

from collections.abc import Callable
from dataclasses import replace as replace_fields
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from mentorapp.database import db, writing
from mentorapp.domain.permissions import Side
from mentorapp.domain.planning import PlanState
from mentorapp.models import Operation, Pair, Participant, Plan, PlanItem
from mentorapp.models.people import PersonKind
from tests.cards import add_person
from tests.conftest import Browser, Clock
from tests.school import World
from tests.views.test_groups import publish_form
from tests.views.test_pairs import new_pair

AsUser = Callable[[str], Browser]
TODAY = "23.11.2026"


@pytest.fixture
def pair(world: World) -> int:
    """The pair of Anna and Boris, which works since 7 September."""
    return world.pairs["boris"]


def rows(app: Flask, pair_id: int) -> dict[str, tuple[str, date | None]]:
    """Last name → side and last day, of all who ever stood in the pair."""
    with app.app_context():
        db.session.rollback()
        people = db.session.get_one(Pair, pair_id, populate_existing=True).participants
        return {row.person.last_name: (row.side.value, row.until) for row in people}


def row_of(app: Flask, pair_id: int, person_id: int) -> int:
    with app.app_context():
        query = sa.select(Participant.id).where(Participant.pair_id == pair_id, Participant.person_id == person_id)
        return int(db.session.execute(query.order_by(Participant.id.desc())).scalars().first() or 0)


def last_entry(app: Flask) -> str:
    with app.app_context():
        return db.session.execute(sa.select(Operation.what).order_by(Operation.id.desc())).scalars().first() or ""


def mentee_plans(app: Flask, pair_id: int) -> list[tuple[str, PlanState]]:
    with app.app_context():
        db.session.rollback()
        found = db.session.execute(sa.select(Plan).where(Plan.pair_id == pair_id, Plan.owner == "mentee").order_by(Plan.id)).scalars()
        return [(plan.participant.person.last_name, plan.state) for plan in found if plan.participant]


def add(who: Browser, pair_id: int, person_id: int, since: str = TODAY, side: str = "mentee", once: str = "") -> Any:
    return who.post(f"/pairs/{pair_id}/members/new", {"side": side, "person": person_id, "since": since, "once": once})


def replace(who: Browser, pair_id: int, row_id: int, person_id: int, since: str = TODAY) -> Any:
    return who.post(f"/pairs/{pair_id}/members/{row_id}/replace", {"person": person_id, "since": since, "reason": "по просьбе"})


def end(who: Browser, pair_id: int, row_id: int, until: str = TODAY, reason: str = "переехал") -> Any:
    return who.post(f"/pairs/{pair_id}/members/{row_id}/end", {"until": until, "reason": reason})


# --- Coming in ---


def test_a_new_mentee_gets_a_plan_of_her_own_with_dates_from_her_own_day(app: Flask, as_user: AsUser, world: World, pair: int) -> None:
    assert add(as_user("vera"), pair, world.people["egor"]).status_code == 303
    assert rows(app, pair)["Уваров"] == ("mentee", None)
    assert mentee_plans(app, pair) == [("Лукин", PlanState.DRAFT), ("Уваров", PlanState.DRAFT)]
    assert last_entry(app) == "Новый участник: Уваров\u00a0Е. (наставляемый), с 23.11.2026"
    with app.app_context():
        first = sa.select(sa.func.min(PlanItem.due_to)).join(Plan).where(Plan.pair_id == pair, Plan.owner == "mentee").group_by(Plan.id)
        days = db.session.execute(first.order_by(Plan.id)).scalars().all()
        assert days[0] < date(2026, 11, 23) <= days[1]


def test_the_dates_of_who_came_later_do_not_move_to_the_pairs_first_day(as_user: AsUser, world: World, pair: int) -> None:
    vera = as_user("vera")
    add(vera, pair, world.people["egor"])
    assert "Пересчитывать нечего" in vera.get(f"/pairs/{pair}/dates").text


def test_who_began_with_the_pair_moves_with_its_first_day(app: Flask, as_user: AsUser, world: World, pair: int) -> None:
    vera = as_user("vera")
    add(vera, pair, world.people["egor"])
    settings = {"subtype": "", "model": "", "area": "методика преподавания", "starts_on": "14.9.2026", "ends_on": "31.5.2027"}
    assert vera.post(f"/pairs/{pair}/edit", settings | {"order_number": "", "order_on": ""}).status_code == 303
    with app.app_context():
        since = {row.person.last_name: row.since for row in db.session.get_one(Pair, pair).participants}
    assert since == {"Соколова": date(2026, 9, 14), "Лукин": date(2026, 9, 14), "Уваров": date(2026, 11, 23)}


def test_a_form_sent_twice_brings_a_person_in_once(app: Flask, as_user: AsUser, world: World, pair: int) -> None:
    vera = as_user("vera")
    assert [add(vera, pair, world.people["egor"], once="k").status_code for _ in range(2)] == [303, 303]
    assert len(mentee_plans(app, pair)) == 2


@pytest.mark.parametrize("since", ["24.11.2026", "1.9.2026", "31.8.2027"])
def test_a_part_begins_on_a_day_of_the_pair_that_has_come(app: Flask, as_user: AsUser, world: World, pair: int, since: str) -> None:
    answer = add(as_user("vera"), pair, world.people["egor"], since)
    assert answer.status_code == 422 and "от 07.09.2026 до 23.11.2026" in answer.text
    assert f'value="{world.people["egor"]}" checked' in answer.text and f'value="{since}"' in answer.text
    assert "Уваров" not in rows(app, pair)


def test_nobody_comes_in_twice_or_on_the_other_side(app: Flask, as_user: AsUser, world: World, pair: int) -> None:
    vera = as_user("vera")
    page = vera.get(f"/pairs/{pair}/members/new?side=mentee").text
    assert "Лукин Борис" not in page and "Уваров" in page
    answer = add(vera, pair, world.people["boris"])
    assert answer.status_code == 422 and "уже нельзя выбрать" in answer.text


def test_a_form_of_two_takes_nobody_more_and_says_so(app: Flask, as_user: AsUser, world: World) -> None:
    form, vera = publish_form(app, world, organisation=("1:1",)), as_user("vera")
    pair_id = int(vera.post("/pairs/new", new_pair(world, form=form)).headers["Location"].rsplit("/", 1)[1])
    answer = add(vera, pair_id, world.people["boris"], "1.12.2026")
    assert (
        answer.status_code == 422
        and "На стороне «наставляемый» форма «Групповая форма» больше никого не берёт. Она допускает: " in answer.text
    )
    assert vera.get(f"/pairs/{pair_id}/members/new?side=mentee").status_code == 409
    assert "Добавить" not in vera.get(f"/pairs/{pair_id}/members").text


def test_the_sentences_about_a_side_keep_the_words_of_the_form_as_they_are(app: Flask, as_user: AsUser, world: World) -> None:
    with app.app_context():
        spec = db.session.get_one(Pair, world.pairs["boris"]).spec
    words = replace_fields(spec.mentor, nominative="вожатая", genitive="вожатой", plural="вожатые")
    form, vera = publish_form(app, world, organisation=("1:1",), mentor=words), as_user("vera")
    pair_id = int(vera.post("/pairs/new", new_pair(world, form=form, starts_on="9.11.2026")).headers["Location"].rsplit("/", 1)[1])
    full = vera.get(f"/pairs/{pair_id}/members/new?side=mentor").text
    assert "На стороне «вожатая» форма «Групповая форма» больше никого не берёт. Она допускает: вожатая — один" in full
    last = vera.get(f"/pairs/{pair_id}/members/{row_of(app, pair_id, world.people['anna'])}/end").text
    assert "на этой стороне (вожатая) больше никого нет" in last and "Поставьте на это место другого человека или завершите пару." in last


def test_a_full_group_takes_nobody_more_and_brings_nobody_back(app: Flask, as_user: AsUser, world: World) -> None:
    form, vera = publish_form(app, world, organisation=("1:N",), most_mentees=2), as_user("vera")
    two = [world.people["boris"], world.people["egor"]]
    made = vera.post("/pairs/new", new_pair(world, form=form, mentee=two, starts_on="9.11.2026")).headers["Location"]
    pair_id = int(made.rsplit("/", 1)[1])
    page = vera.get(f"/pairs/{pair_id}/members").text
    assert "2 из 2" in page and "один наставник и до 2 наставляемых" in page and "Добавить" not in page
    third = add_person(app, "Молодова", kind=PersonKind.TEACHER, base=Side.MENTEE)
    answer = add(vera, pair_id, third)
    assert answer.status_code == 422 and "больше никого не берёт" in answer.text and "до 2 наставляемых" in answer.text
    row = row_of(app, pair_id, world.people["egor"])
    assert end(vera, pair_id, row).status_code == 303 and add(vera, pair_id, third).status_code == 303
    refused = vera.post(f"/pairs/{pair_id}/members/{row}/bring-back")
    assert refused.status_code == 409 and "до 2 наставляемых" in refused.text
    assert replace(vera, pair_id, row_of(app, pair_id, third), world.people["egor"]).status_code == 303


def test_a_pair_does_not_become_the_twin_of_another(app: Flask, as_user: AsUser, world: World, pair: int) -> None:
    vera = as_user("vera")
    made = vera.post("/pairs/new", new_pair(world)).headers["Location"]
    row = row_of(app, pair, world.people["boris"])
    answer = replace(vera, pair, row, world.people["egor"])
    assert answer.status_code == 422 and "Такая пара уже есть" in answer.text and made.rsplit("/", 1)[1] in answer.text


def test_two_may_work_together_and_in_a_group(app: Flask, as_user: AsUser, world: World, pair: int) -> None:
    vera = as_user("vera")
    made = vera.post("/pairs/new", new_pair(world, mentee=[world.people["boris"], world.people["egor"]]))
    assert made.status_code == 303
    for group in (pair, int(made.headers["Location"].rsplit("/", 1)[1])):
        vera.post(f"/pairs/{group}/state", {"state": "paused"})
        assert vera.post(f"/pairs/{group}/state", {"state": "active"}).status_code == 303, group


# --- Replacement ---


def test_a_mentor_is_replaced_and_everything_else_stays(app: Flask, as_user: AsUser, world: World, pair: int) -> None:
    vera, anna, gleb = as_user("vera"), as_user("anna"), as_user("gleb")
    row, plan = row_of(app, pair, world.people["anna"]), f"/plans/{world.plans['boris_mentor']}"
    assert gleb.get(plan).status_code == 404
    assert replace(vera, pair, row, world.people["gleb"]).status_code == 303
    assert rows(app, pair) == {"Соколова": ("mentor", date(2026, 11, 23)), "Лукин": ("mentee", None), "Ершов": ("mentor", None)}
    assert (anna.get(plan).status_code, gleb.get(plan).status_code) == (404, 200)
    assert gleb.save(world.items["boris_mentor"][0], "goal", "Продолжить").status_code in (200, 409)
    assert last_entry(app) == "Замена: Соколова\u00a0А.\u00a0В. → Ершов\u00a0Г.\u00a0К. (наставник), с 23.11.2026 (по просьбе)"
    page = vera.get(f"/pairs/{pair}/members").text
    assert "Прежние участники" in page and "Замена: Соколова" in page and "07.09.2026 — 23.11.2026" in page


def test_the_only_one_of_a_side_may_be_replaced_but_not_end(app: Flask, as_user: AsUser, world: World, pair: int) -> None:
    vera, row = as_user("vera"), row_of(app, pair, world.people["boris"])
    page = vera.get(f"/pairs/{pair}/members/{row}/end").text
    assert "Лукин\u00a0Б.\u00a0А.: на этой стороне (наставляемый) больше никого нет, а без неё нет и пары." in page and "Заменить" in page
    assert end(vera, pair, row).status_code == 409 and rows(app, pair)["Лукин"] == ("mentee", None)
    assert replace(vera, pair, row, world.people["egor"]).status_code == 303
    assert mentee_plans(app, pair) == [("Лукин", PlanState.CLOSED), ("Уваров", PlanState.DRAFT)]


def test_a_replacement_before_the_first_day_of_the_former_is_refused(app: Flask, as_user: AsUser, world: World, pair: int) -> None:
    vera = as_user("vera")
    add(vera, pair, world.people["egor"])
    person = add_person(app, "Молодова", kind=PersonKind.TEACHER, base=Side.MENTEE)
    answer = replace(vera, pair, row_of(app, pair, world.people["egor"]), person, "1.10.2026")
    assert answer.status_code == 422 and "в паре с 23.11.2026" in answer.text
    assert "Молодова" not in rows(app, pair) and rows(app, pair)["Уваров"] == ("mentee", None)


# --- The end of a part, and taking it back ---


def test_a_mentee_ends_her_part_and_is_brought_back_with_her_plan(
    app: Flask, as_user: AsUser, world: World, pair: int, clock: Clock
) -> None:
    vera, egor = as_user("vera"), as_user("egor")
    add(vera, pair, world.people["egor"])
    row = row_of(app, pair, world.people["egor"])
    assert "больше не увидит пару" in vera.get(f"/pairs/{pair}/members/{row}/end").text
    assert end(vera, pair, row, reason="").status_code == 422
    assert end(vera, pair, row).status_code == 303
    assert last_entry(app) == "Участие закончено: Уваров\u00a0Е. (наставляемый), 23.11.2026 (переехал)"
    assert mentee_plans(app, pair)[1] == ("Уваров", PlanState.CLOSED) and egor.get(f"/pairs/{pair}").status_code == 404
    assert "Вернуть…" in vera.get(f"/pairs/{pair}/members").text
    assert vera.post(f"/pairs/{pair}/members/{row}/bring-back").status_code == 303
    assert mentee_plans(app, pair)[1] == ("Уваров", PlanState.DRAFT) and egor.get(f"/pairs/{pair}").status_code == 303
    assert vera.post(f"/pairs/{pair}/members/{row}/bring-back").status_code == 409


def test_a_plan_that_was_closed_before_stays_closed(app: Flask, as_user: AsUser, world: World, pair: int) -> None:
    vera = as_user("vera")
    add(vera, pair, world.people["egor"])
    row = row_of(app, pair, world.people["egor"])
    with app.app_context():
        plan = db.session.execute(sa.select(Plan.id).where(Plan.participant_id == row)).scalar_one()
    vera.post(f"/plans/{plan}/close")
    end(vera, pair, row)
    vera.post(f"/pairs/{pair}/members/{row}/bring-back")
    assert mentee_plans(app, pair)[1] == ("Уваров", PlanState.CLOSED)


def test_a_wrong_replacement_is_taken_back_with_the_newcomer(app: Flask, as_user: AsUser, world: World, pair: int) -> None:
    vera, row = as_user("vera"), row_of(app, pair, world.people["anna"])
    replace(vera, pair, row, world.people["gleb"])
    assert "Замена отменяется" in vera.get(f"/pairs/{pair}/members/{row}/bring-back").text
    assert vera.post(f"/pairs/{pair}/members/{row}/bring-back").status_code == 303
    assert rows(app, pair) == {"Соколова": ("mentor", None), "Лукин": ("mentee", None), "Ершов": ("mentor", date(2026, 11, 23))}


@pytest.mark.parametrize(
    ("until", "sentence"), [("1.12.2026", "ещё не наступил"), ("1.9.2026", "в паре с 23.11.2026"), ("", "Впишите последний")]
)
def test_the_last_day_is_one_of_the_part_that_has_come(
    app: Flask, as_user: AsUser, world: World, pair: int, until: str, sentence: str
) -> None:
    vera = as_user("vera")
    add(vera, pair, world.people["egor"])
    answer = end(vera, pair, row_of(app, pair, world.people["egor"]), until)
    assert answer.status_code == 422 and sentence in answer.text and "переехал" in answer.text


def test_a_pair_that_has_ended_keeps_its_people(app: Flask, as_user: AsUser, world: World, pair: int) -> None:
    vera, row = as_user("vera"), row_of(app, pair, world.people["anna"])
    vera.post(f"/pairs/{pair}/state", {"state": "finished", "reason": "программа выполнена"})
    assert replace(vera, pair, row, world.people["gleb"]).status_code == 409
    assert "Заменить" not in vera.get(f"/pairs/{pair}/members").text


def test_undo_is_no_way_around_the_page_of_the_people(app: Flask, as_user: AsUser, world: World, pair: int) -> None:
    vera = as_user("vera")
    replace(vera, pair, row_of(app, pair, world.people["anna"]), world.people["gleb"])
    with app.app_context():
        operation = db.session.execute(sa.select(sa.func.max(Operation.id))).scalar_one()
    answer = vera.post(f"/operations/{operation}/undo")
    assert answer.status_code == 409 and "на странице «Участники»" in answer.text


def test_a_person_of_another_pair_is_not_found_under_this_one(app: Flask, as_user: AsUser, world: World, pair: int) -> None:
    row = row_of(app, world.pairs["egor"], world.people["egor"])
    assert as_user("vera").get(f"/pairs/{pair}/members/{row}/end").status_code == 404


def test_what_a_former_mentee_left_is_no_debt_of_the_pair(app: Flask, as_user: AsUser, world: World, pair: int) -> None:
    vera = as_user("vera")
    add(vera, pair, world.people["egor"])
    assert vera.get(f"/pairs/{pair}/edit").text.count("Уваров") >= 3
    end(vera, pair, row_of(app, pair, world.people["egor"]))
    assert "Уваров" not in vera.get(f"/pairs/{pair}/edit").text


def test_the_settings_still_save_without_moving_the_people(app: Flask, as_user: AsUser, world: World, pair: int) -> None:
    with app.app_context(), writing() as session:
        session.get_one(Pair, pair).participants[0].since = date(2026, 9, 21)
    settings = {"subtype": "", "model": "", "area": "методика преподавания", "starts_on": "7.9.2026", "ends_on": "31.5.2027"}
    assert as_user("vera").post(f"/pairs/{pair}/edit", settings | {"order_number": "", "order_on": ""}).status_code == 303
    with app.app_context():
        assert db.session.get_one(Pair, pair).participants[0].since == date(2026, 9, 21)
