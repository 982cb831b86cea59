"""Making a pair, correcting it, its states, its dates."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from mentorapp.database import db, writing
from mentorapp.domain.permissions import Side
from mentorapp.forms.host import publish
from mentorapp.models import Pair, Person, Plan, PlanItem
from mentorapp.models.pairs import PairState
from mentorapp.models.people import PersonKind
from tests.cards import add_person
from tests.conftest import NOW, Browser, Clock
from tests.school import AREA, Item, World

AsUser = Callable[[str], Browser]


def new_pair(world: World, **changed: Any) -> dict[str, Any]:
    """What the curator sends to make a pair of Anna and Egor."""
    data = {
        "form": "teacher-teacher",
        "mentor": world.people["anna"],
        "mentee": world.people["egor"],
        "subtype": "",
        "area": AREA,
        "model": "",
        "starts_on": "01.12.2026",
        "ends_on": "31.05.2027",
        "once": "key-1",
    }
    return data | changed


def newest() -> Pair:
    db.session.rollback()
    return db.session.execute(sa.select(Pair).order_by(Pair.id.desc()).limit(1)).scalar_one()


def test_the_curator_makes_a_pair_and_it_has_its_four_plans(app: Flask, as_user: AsUser, world: World) -> None:
    answer = as_user("vera").post("/pairs/new", new_pair(world))
    assert answer.status_code == 303
    with app.app_context():
        pair = newest()
        query = sa.select(Plan.owner, sa.func.count(PlanItem.id)).join(PlanItem).where(Plan.pair_id == pair.id).group_by(Plan.owner)
        assert dict(db.session.execute(query).all()) == {"pair": 6, "mentor": 7, "mentee": 5, "curator": 5}
        assert pair.state is PairState.PROPOSED
        assert pair.title == "Соколова\u00a0А.\u00a0В. — Уваров\u00a0Е."


def test_a_row_that_waits_for_an_answer_is_in_no_plan_before_anybody_has_answered(app: Flask, as_user: AsUser, world: World) -> None:
    as_user("vera").post("/pairs/new", new_pair(world))
    with app.app_context():
        plan = db.session.execute(sa.select(Plan).where(Plan.pair_id == newest().id, Plan.owner == "mentor")).scalar_one()
        waiting = {row.id for row in plan.template.items if row.when}
        assert waiting and [item.template_id for item in plan.items] == [row.id for row in plan.template.items if row.id not in waiting]


def test_a_pair_sent_twice_is_made_once(app: Flask, as_user: AsUser, world: World) -> None:
    vera = as_user("vera")
    first, second = (vera.post("/pairs/new", new_pair(world)) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]


def test_the_same_two_are_not_made_a_pair_again_before_the_first_has_ended(app: Flask, as_user: AsUser, world: World) -> None:
    vera = as_user("vera")
    vera.post("/pairs/new", new_pair(world))
    with app.app_context():
        first = newest().id
    answer = vera.post("/pairs/new", new_pair(world, once="key-2"))
    assert answer.status_code == 422 and f"Такая пара уже есть: Соколова\u00a0А.\u00a0В. — Уваров\u00a0Е., пара {first}" in answer.text
    vera.post(f"/pairs/{first}/archive")
    assert vera.post("/pairs/new", new_pair(world, once="key-3")).status_code == 303


def finish(who: Browser, pair_id: int) -> None:
    assert who.post(f"/pairs/{pair_id}/state", {"state": "finished", "reason": "программа выполнена"}).status_code == 303


def state_of(app: Flask, pair_id: int) -> tuple[PairState, bool]:
    """Its state, and whether it lies in the archive."""
    with app.app_context():
        db.session.rollback()
        pair = db.session.get_one(Pair, pair_id, populate_existing=True)
        return pair.state, pair.archived_at is not None


def test_a_finished_pair_does_not_run_again_beside_its_twin(app: Flask, as_user: AsUser, world: World) -> None:
    vera, first = as_user("vera"), world.pairs["boris"]
    finish(vera, first)
    assert vera.post("/pairs/new", new_pair(world, mentee=world.people["boris"])).status_code == 303
    with app.app_context():
        second = newest().id
    answer = vera.post(f"/pairs/{first}/state", {"state": "active"})
    assert answer.status_code == 409 and "Такая пара уже есть" in answer.text and f"пара {second} в списке" in answer.text
    finish(vera, second)
    assert vera.post(f"/pairs/{first}/state", {"state": "active"}).status_code == 303
    assert state_of(app, first) == (PairState.ACTIVE, False)


def test_a_pair_that_had_not_begun_does_not_come_out_of_the_archive_beside_its_twin(app: Flask, as_user: AsUser, world: World) -> None:
    vera = as_user("vera")
    vera.post("/pairs/new", new_pair(world))
    with app.app_context():
        first = newest().id
    vera.post(f"/pairs/{first}/archive")
    vera.post("/pairs/new", new_pair(world, once="key-2"))
    answer = vera.post(f"/pairs/{first}/bring-back")
    assert answer.status_code == 409 and "Такая пара уже есть" in answer.text
    assert state_of(app, first) == (PairState.PROPOSED, True)


def test_a_finished_pair_does_not_run_again_with_somebody_of_the_archive(app: Flask, as_user: AsUser, world: World) -> None:
    vera, pair_id, boris = as_user("vera"), world.pairs["boris"], world.people["boris"]
    finish(vera, pair_id)
    assert vera.post(f"/people/{boris}/archive").status_code == 303
    answer = vera.post(f"/pairs/{pair_id}/state", {"state": "active"})
    assert answer.status_code == 409 and "Лукин\u00a0Б.\u00a0А.: карточка в архиве" in answer.text
    vera.post(f"/people/{boris}/bring-back")
    assert vera.post(f"/pairs/{pair_id}/state", {"state": "active"}).status_code == 303


def test_the_state_of_a_pair_in_the_archive_is_not_changed(app: Flask, as_user: AsUser, world: World) -> None:
    vera, pair_id = as_user("vera"), world.pairs["boris"]
    finish(vera, pair_id)
    vera.post(f"/pairs/{pair_id}/archive")
    answer = vera.post(f"/pairs/{pair_id}/state", {"state": "active"})
    assert answer.status_code == 409 and "Сначала верните её из архива" in answer.text
    assert state_of(app, pair_id) == (PairState.FINISHED, True)


def test_a_pair_of_a_form_without_plans_opens_with_its_meetings(app: Flask, as_user: AsUser, world: World) -> None:
    with app.app_context(), writing():
        publish(replace(db.session.get_one(Pair, world.pairs["boris"]).spec, id="no-plans", title="Форма без планов", plans={}), NOW)
    vera = as_user("vera")
    assert "Форма без планов" in vera.get("/pairs/new?form=no-plans").text
    made = vera.post("/pairs/new", new_pair(world, form="no-plans"))
    place = vera.get(made.headers["Location"]).headers["Location"]
    page = vera.get(place)
    assert place == f"{made.headers['Location']}/meetings" and page.status_code == 200
    assert ">План</a>" not in page.text and ">Встречи</a>" in page.text
    assert ">План</a>" in vera.get(f"/pairs/{world.pairs['boris']}/meetings").text


def test_a_pair_of_a_former_year_stays_in_the_list_until_it_has_ended(as_user: AsUser, world: World, clock: Clock) -> None:
    finish(as_user("vera"), world.pairs["egor"])
    clock.moment = datetime(2027, 9, 1, 9, tzinfo=UTC)
    vera = as_user("vera")
    for address in ("/pairs", "/pairs?state=running"):
        page = vera.get(address).text
        assert "Соколова" in page and "2026/27</span>" in page and "Ершов" not in page, address
    assert "Соколова" not in vera.get("/pairs?state=finished").text
    finish(vera, world.pairs["boris"])
    assert "Соколова" not in vera.get("/pairs").text


@pytest.mark.parametrize(
    ("today", "starts_on", "ends_on"),
    [
        pytest.param(date(2026, 9, 1), date(2026, 9, 1), date(2027, 5, 31), id="autumn"),
        pytest.param(date(2027, 6, 15), date(2027, 6, 15), date(2027, 7, 10), id="June"),
        pytest.param(date(2027, 7, 10), date(2027, 7, 10), date(2027, 8, 31), id="July"),
        pytest.param(date(2027, 8, 31), date(2027, 8, 30), date(2027, 8, 31), id="last day"),
    ],
)
def test_the_period_offered_to_a_new_pair_is_never_reversed(
    as_user: AsUser, clock: Clock, today: date, starts_on: date, ends_on: date
) -> None:
    clock.moment = datetime.combine(today, time(9), UTC)
    page = as_user("vera").get("/pairs/new?form=teacher-teacher").text
    assert f'value="{starts_on:%d.%m.%Y}"' in page and f'value="{ends_on:%d.%m.%Y}"' in page


def test_a_person_whom_the_form_is_not_for_is_named(as_user: AsUser, world: World) -> None:
    page = as_user("vera").get(f"/pairs/new?form=teacher-teacher&mentee={world.people['timur']}").text
    assert "не для этого вида участников" in page
    assert "не для этого вида" not in as_user("vera").get(f"/pairs/new?form=teacher-teacher&mentee={world.people['egor']}").text


def test_without_a_form_the_page_offers_one_for_the_people_asked_for(as_user: AsUser, world: World) -> None:
    vera = as_user("vera")
    for part, title in (("boris", "Учитель — учитель"), ("timur", "Пробная форма для учеников")):
        page = vera.get(f"/pairs/new?mentee={world.people[part]}").text
        assert f"Форма: <b>{title}</b>" in page and "не для этого вида участников" not in page


def test_without_anybody_the_page_offers_a_form_for_which_both_bases_hold_somebody(as_user: AsUser) -> None:
    page = as_user("vera").get("/pairs/new").text
    assert "Работодатель — ученик</a>" in page and "Форма: <b>Пробная форма для учеников</b>" in page
    assert "В базе ещё нет никого" not in page and "Например: знание предмета" in page
    assert "Например: инженерное дело и производство" in as_user("vera").get("/pairs/new?form=employer-pupil").text


def test_one_person_on_both_sides_is_explained(as_user: AsUser, world: World) -> None:
    answer = as_user("vera").post("/pairs/new", new_pair(world, mentee=world.people["anna"]))
    assert answer.status_code == 422 and "Ошибка" in answer.text


def test_a_person_outside_the_base_cannot_be_chosen(as_user: AsUser, world: World) -> None:
    answer = as_user("vera").post("/pairs/new", new_pair(world, mentee=world.people["klara"]))
    assert answer.status_code == 422


def test_a_period_beyond_the_school_year_is_explained(as_user: AsUser, world: World) -> None:
    answer = as_user("vera").post("/pairs/new", new_pair(world, ends_on="15.10.2027"))
    assert answer.status_code == 422 and "внутри учебного года" in answer.text


def test_without_mentor_nothing_is_made_and_nothing_is_lost(app: Flask, as_user: AsUser, world: World) -> None:
    answer = as_user("vera").post("/pairs/new", new_pair(world, mentor=0, ends_on="30.04.2027"))
    assert answer.status_code == 422 and "Никто не выбран" in answer.text and "30.04.2027" in answer.text


def edit_pair(**changed: str) -> dict[str, str]:
    return {
        "subtype": "",
        "model": "",
        "area": AREA,
        "starts_on": "07.09.2026",
        "ends_on": "31.05.2027",
        "order_number": "",
        "order_on": "",
    } | changed


def test_the_curator_corrects_a_pair(app: Flask, as_user: AsUser, world: World) -> None:
    pair_id = world.pairs["boris"]
    answer = as_user("vera").post(f"/pairs/{pair_id}/edit", edit_pair(order_number="78-Д", order_on="3.09"))
    assert answer.status_code == 303 and answer.headers["Location"] == f"/pairs/{pair_id}"
    with app.app_context():
        pair = db.session.get_one(Pair, pair_id)
        assert (pair.order_number, pair.order_on) == ("78-Д", date(2026, 9, 3))


def test_when_the_period_moves_only_untouched_dates_are_offered(app: Flask, as_user: AsUser, world: World, pair_item: Item) -> None:
    pair_id, vera = world.pairs["boris"], as_user("vera")
    with app.app_context():
        was = pair_item.fresh().due_text
    assert as_user("anna").save(pair_item, "due", "20.09", seen=was).status_code == 200
    answer = vera.post(f"/pairs/{pair_id}/edit", edit_pair(starts_on="14.09.2026"))
    assert answer.headers["Location"].endswith("/dates")
    assert vera.post(f"/pairs/{pair_id}/dates").status_code == 303
    with app.app_context():
        assert pair_item.fresh().due_text == "20.09.2026"
        assert world.items["boris_pair"][1].fresh().due_text == "28.09.2026"
    assert "Пересчитывать нечего" in vera.get(f"/pairs/{pair_id}/dates").text


def test_moved_dates_are_undone_in_one_step(app: Flask, as_user: AsUser, world: World) -> None:
    pair_id, vera, second = world.pairs["boris"], as_user("vera"), world.items["boris_pair"][1]
    with app.app_context():
        before = second.fresh().due_text
    vera.post(f"/pairs/{pair_id}/edit", edit_pair(starts_on="14.09.2026"))
    vera.post(f"/pairs/{pair_id}/dates")
    with app.app_context():
        operation = db.session.execute(sa.text("SELECT max(id) FROM operation")).scalar_one()
    assert vera.post(f"/operations/{operation}/undo").status_code == 303
    with app.app_context():
        assert second.fresh().due_text == before


def test_a_pair_is_paused_ended_with_a_reason_and_opened_again(app: Flask, as_user: AsUser, world: World) -> None:
    pair_id, vera = world.pairs["boris"], as_user("vera")
    assert vera.post(f"/pairs/{pair_id}/state", {"state": "paused"}).status_code == 303
    refused = vera.post(f"/pairs/{pair_id}/state", {"state": "finished"})
    assert refused.status_code == 422 and "Напишите, почему пара завершает работу" in refused.text
    assert vera.post(f"/pairs/{pair_id}/state", {"state": "finished", "reason": "программа выполнена"}).status_code == 303
    assert "Состояние пары: завершена (программа выполнена)" in vera.get(f"/pairs/{pair_id}/history").text
    assert as_user("anna").save(world.items["boris_pair"][0], "@state", "done", seen="planned").status_code == 403
    assert vera.post(f"/pairs/{pair_id}/state", {"state": "active"}).status_code == 303
    assert as_user("anna").save(world.items["boris_pair"][0], "@state", "done", seen="planned").status_code == 200


def test_a_step_that_does_not_follow_is_refused(as_user: AsUser, world: World) -> None:
    answer = as_user("vera").post(f"/pairs/{world.pairs['boris']}/state", {"state": "proposed"})
    assert answer.status_code == 409


def test_a_running_pair_is_not_archived_a_finished_one_is_and_comes_back(as_user: AsUser, world: World) -> None:
    pair_id, vera = world.pairs["boris"], as_user("vera")
    assert vera.post(f"/pairs/{pair_id}/archive").status_code == 409
    vera.post(f"/pairs/{pair_id}/state", {"state": "finished", "reason": "выбыл"})
    assert vera.post(f"/pairs/{pair_id}/archive").status_code == 303
    assert "Соколова" not in vera.get("/pairs").text
    assert "Соколова" in vera.get("/pairs?state=archive").text
    assert vera.post(f"/pairs/{pair_id}/bring-back").status_code == 303
    assert "Соколова" in vera.get("/pairs").text


def test_the_list_finds_a_pair_by_part_of_a_name_with_another_letter(as_user: AsUser) -> None:
    page = as_user("vera").get("/pairs?q=елкин").text
    assert "Ёлкина" in page and "Соколова" not in page


def test_a_curator_of_one_form_sees_and_makes_only_its_pairs(as_user: AsUser, world: World) -> None:
    viktor = as_user("viktor")
    page = viktor.get("/pairs").text
    assert "Ёлкина" in page and "Соколова" not in page
    assert viktor.post("/pairs/new", new_pair(world)).status_code == 404


def test_history_says_who_did_what(as_user: AsUser, world: World) -> None:
    as_user("vera").post(f"/pairs/{world.pairs['boris']}/state", {"state": "paused"})
    page = as_user("anna").get(f"/pairs/{world.pairs['boris']}/history").text
    assert "на паузе" in page and "Громова" in page


def test_history_says_in_which_form_and_for_how_long_a_pair_was_made(app: Flask, as_user: AsUser, world: World) -> None:
    vera = as_user("vera")
    vera.post("/pairs/new", new_pair(world))
    with app.app_context():
        page = vera.get(f"/pairs/{newest().id}/history").text
    assert "Пара составлена: Учитель — учитель, 01.12.2026 – 31.05.2027" in page


def test_history_names_the_plan_and_the_row(app: Flask, as_user: AsUser, world: World) -> None:
    item = world.items["boris_pair"][1]
    with app.app_context():
        title = item.fresh().title
    as_user("anna").save(item, "@state", "done", seen="planned")
    page = as_user("anna").get(f"/pairs/{world.pairs['boris']}/history").text
    assert f'<a href="/plans/{item.plan_id}">план пары</a>, «{title[:40]}' in page


def test_a_pair_does_not_work_without_the_consents_of_its_people(app: Flask, as_user: AsUser, world: World) -> None:
    pair_id, vera = world.pairs["boris"], as_user("vera")
    vera.post(f"/pairs/{pair_id}/state", {"state": "paused"})
    with app.app_context(), writing() as session:
        session.get_one(Person, world.people["boris"]).consents[0].withdrawn_on = NOW.date()
    answer = vera.post(f"/pairs/{pair_id}/state", {"state": "active"})
    assert answer.status_code == 409 and "согласие отозвано" in answer.text
    assert "на паузе" in vera.get(f"/pairs/{pair_id}/edit").text


def test_a_work_that_was_begun_by_mistake_has_not_begun(as_user: AsUser, world: World) -> None:
    pair_id, vera = world.pairs["boris"], as_user("vera")
    assert "Вернуть в согласованные" in vera.get(f"/pairs/{pair_id}/edit").text
    assert vera.post(f"/pairs/{pair_id}/state", {"state": "agreed"}).status_code == 303
    page = vera.get(f"/pairs/{pair_id}/edit").text
    assert "Состояние: согласована" in page and 'name="state" value="active">Начать работу' in page
    assert page.count('class="main"') == 2  # the other asks for the password again


def test_who_can_be_taken_at_once_stands_first_in_the_list(app: Flask, as_user: AsUser) -> None:
    add_person(app, "Аистова", kind=PersonKind.TEACHER, base=Side.MENTOR)
    free = add_person(app, "Яковлева", kind=PersonKind.TEACHER, base=Side.MENTOR)
    with app.app_context(), writing() as session:
        session.execute(sa.select(Person).where(Person.last_name == "Аистова")).scalar_one().consents[0].withdrawn_on = NOW.date()
    page = as_user("vera").get("/pairs/new?form=teacher-teacher").text.split('id="mentor"')[1].split("</fieldset>")[0]
    assert page.index("Яковлева") < page.index("Соколова") < page.index("Аистова") and f'value="{free}"' in page


def test_a_form_that_has_nothing_to_choose_from_asks_for_nothing_of_it(app: Flask, as_user: AsUser, world: World) -> None:
    with app.app_context(), writing():
        spec = db.session.get_one(Pair, world.pairs["boris"]).spec
        publish(replace(spec, id="bare-test", title="Простая форма", subtypes=(), models=(), areas=(), plans={}), NOW)
    vera = as_user("vera")
    page = vera.get("/pairs/new?form=bare-test").text
    assert not any(f'name="{name}"' in page for name in ("subtype", "model", "area")) and 'name="starts_on"' in page
    data = {key: value for key, value in new_pair(world, form="bare-test").items() if key not in ("subtype", "model", "area")}
    made = vera.post("/pairs/new", data)
    assert made.status_code == 303
    page = vera.get(f"{made.headers['Location']}/edit").text
    assert not any(f'name="{name}"' in page for name in ("subtype", "model", "area"))
    settings = {"starts_on": "1.12.2026", "ends_on": "30.4.2027", "order_number": "5", "order_on": ""}
    assert vera.post(f"{made.headers['Location']}/edit", settings).status_code == 303


def test_the_page_says_how_many_rows_would_be_overdue_at_once(app: Flask, as_user: AsUser, world: World) -> None:
    vera = as_user("vera")
    assert "срок которых уже прошёл" not in vera.get("/pairs/new?form=teacher-teacher").text
    answer = vera.post("/pairs/new", new_pair(world, mentor="", starts_on="7.9.2026"))
    assert answer.status_code == 422 and "Строк планов, срок которых уже прошёл: 13; если начать 23.11.2026, таких не будет" in answer.text
    with app.app_context(), writing():
        spec = db.session.get_one(Pair, world.pairs["boris"]).spec
        plan = spec.plans["pair"]
        items = (replace(plan.items[0], due={"until": "15.10"}), *plan.items[1:])
        publish(replace(spec, plans={"pair": replace(plan, items=items)}), NOW)
    page = vera.get("/pairs/new?form=teacher-teacher").text
    assert "Строк планов, срок которых уже прошёл: 1</div>" in page
