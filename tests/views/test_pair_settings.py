"""What a pair works on and how it is controlled; what it still needs, in words; its papers on one page."""

import re
from collections.abc import Callable
from dataclasses import replace

import sqlalchemy as sa
from flask import Flask

from mentorapp.database import db, writing
from mentorapp.domain.formspec import AREA, ItemTemplate, from_json, to_json
from mentorapp.domain.permissions import Side
from mentorapp.models import Consent, Pair, Participant, Person, Plan, PlanItem
from mentorapp.models.forms import spec_of
from mentorapp.models.pairs import PairState
from mentorapp.models.plans import area_texts
from tests.conftest import NOW, Browser, Clock
from tests.school import AREA as HIS_AREA
from tests.school import Item, World

AsUser = Callable[[str], Browser]
PERIOD = {"subtype": "", "model": "", "starts_on": "7.9.2026", "ends_on": "31.5.2027", "order_number": "", "order_on": ""}


def titles(app: Flask, plan_id: int) -> list[str]:
    with app.app_context():
        return list(db.session.execute(sa.select(PlanItem.title).where(PlanItem.plan_id == plan_id).order_by(PlanItem.position)).scalars())


def save(browser: Browser, world: World, **changed: object) -> int:
    return browser.post(f"/pairs/{world.pairs['boris']}/edit", PERIOD | {"area": HIS_AREA} | changed).status_code


def test_the_area_stands_in_the_plans_instead_of_its_placeholder(app: Flask, world: World) -> None:
    everything = [title for name, plan in world.plans.items() if name.startswith("boris") for title in titles(app, plan)]
    assert any(HIS_AREA in title for title in everything) and not any(AREA in title for title in everything)


def test_another_area_changes_the_rows_that_nobody_has_changed(app: Flask, vera: Browser, world: World) -> None:
    plans = [plan for name, plan in world.plans.items() if name.startswith("boris")]
    before = {plan: titles(app, plan) for plan in plans}
    plan, place = next((plan, place) for plan in plans for place, title in enumerate(before[plan]) if HIS_AREA in title)
    with app.app_context(), writing() as session:
        item = session.execute(sa.select(PlanItem).where(PlanItem.plan_id == plan).order_by(PlanItem.position)).scalars().all()[place]
        item.title = f"По-своему: {HIS_AREA}"
    assert save(vera, world, area="работа с классом") == 303
    after = {plan: titles(app, plan) for plan in plans}
    expected = {one: [title.replace(HIS_AREA, "работа с классом") for title in before[one]] for one in plans}
    expected[plan][place] = f"По-своему: {HIS_AREA}"
    assert after == expected
    assert "работа с классом" in vera.get(f"/plans/{plan}").text


def test_a_form_whose_plans_speak_of_an_area_does_not_let_it_be_empty(vera: Browser, world: World) -> None:
    answer = vera.post(f"/pairs/{world.pairs['boris']}/edit", PERIOD | {"area": ""})
    assert answer.status_code == 422 and "Впишите область: она стоит в планах этой формы." in answer.text
    new = {"form": "teacher-teacher", "mentor": str(world.people["gleb"]), "mentee": str(world.people["boris"]), "subtype": "", "model": ""}
    answer = vera.post("/pairs/new", new | {"starts_on": "7.9.2026", "ends_on": "31.5.2027", "area": ""})
    assert answer.status_code == 422 and "Впишите область" in answer.text


def test_the_area_is_a_text_of_any_letters() -> None:
    from mentorapp.domain.formspec import Column, PlanTemplate
    from mentorapp.domain.school_year import SchoolYear

    template = PlanTemplate("pair", "План", (Column("what", "Что", "long", role="title"),), (ItemTemplate({"what": f"Область: {AREA}"}),))
    assert area_texts(template, 0, "<b>\\1</b> [область]", SchoolYear(2026)) == {"title": "Область: <b>\\1</b> [область]"}


def test_the_control_is_chosen_from_the_list_of_the_form_and_kept(app: Flask, vera: Browser, world: World) -> None:
    page = vera.get(f"/pairs/{world.pairs['boris']}/edit").text
    with app.app_context():
        version = db.session.execute(sa.select(Pair.form_version_id).where(Pair.id == world.pairs["boris"])).scalar_one()
        offered = [way.title for way in spec_of(version).control["final"]]
    assert all(title in page for title in offered)
    assert save(vera, world, final=offered[:2]) == 303
    with app.app_context():
        assert db.session.get_one(Pair, world.pairs["boris"]).control == {"final": offered[:2]}
    assert vera.get(f"/pairs/{world.pairs['boris']}/edit").text.count(" checked") == 2
    assert save(vera, world, final=["что-то своё"]) == 422


def missing(browser: Browser, world: World) -> list[str]:
    """What stands in the section of the state, list by list, in words."""
    page = browser.get(f"/pairs/{world.pairs['boris']}/edit").text.split("<h2>Состояние")[1].split('<div class="row">')[0]
    return [" ".join(re.sub("<[^>]+>", " ", part).split()) for part in page.split("</ul>")]


def test_a_working_pair_is_told_what_to_do_now_and_apart_what_its_report_lacks(vera: Browser, world: World) -> None:
    now, later, _rest = missing(vera, world)
    assert "Что сделать сейчас: не назначена первая встреча не утверждено: план работы пары ; план работы наставника ;" in now
    assert "срок уже прошёл: план работы пары, строк 3 ;" in now and "не начат чек-лист дефицитов: Лукин" in now
    assert "анкета наставляемого перед началом работы: Лукин" in now and "не выбрано, что смотрим на контроле" in now
    assert "К концу работы, для отчёта" in later and "нет итоговой оценки" in later
    assert "не отмечено выполнение: план работы пары, строк 6 ;" in later and "в конце работы: Лукин" in later


def test_what_the_report_lacks_stands_open_in_the_last_weeks(as_user: AsUser, world: World, clock: Clock) -> None:
    assert '<details class="later">' in as_user("vera").get(f"/pairs/{world.pairs['boris']}/edit").text
    clock.pass_by(days=165)
    assert '<details class="later" open>' in as_user("vera").get(f"/pairs/{world.pairs['boris']}/edit").text


def test_of_a_large_group_the_first_ones_are_named_and_the_others_counted(app: Flask, vera: Browser, world: World) -> None:
    with app.app_context(), writing() as session:
        pair = session.get_one(Pair, world.pairs["boris"])
        for name in ("gleb", "egor", "dina", "inna", "polina", "klara", "viktor"):
            pair.participants.append(Participant(person_id=world.people[name], side=Side.MENTEE, since=pair.starts_on))
    now = missing(vera, world)[0]
    assert "не начат чек-лист дефицитов: Лукин" in now and "Власова И. К. ; Фролова П. Д. и ещё 2 " in now.replace("\u00a0", " ")


def test_a_pair_that_has_not_begun_is_told_what_must_be_there_first_and_what_may_follow(app: Flask, vera: Browser, world: World) -> None:
    with app.app_context(), writing() as session:
        session.get_one(Pair, world.pairs["boris"]).state = PairState.PROPOSED
        session.execute(sa.delete(Consent).where(Consent.person_id == world.people["boris"]))
    first, before, after, _rest = missing(vera, world)
    assert "Без этого работу не начать: Лукин" in first and "нет согласия на обработку данных" in first
    assert "начать можно и без этого: пара не отмечена согласованной: готовы ли обе стороны не вписан приказ" in before
    assert "Это можно и после начала: нет ответов, анкета наставника перед началом работы" in after


def test_a_pair_with_all_that_is_needed_is_told_so(app: Flask, vera: Browser, world: World) -> None:
    with app.app_context(), writing() as session:
        session.get_one(Pair, world.pairs["boris"]).state = PairState.AGREED
    assert "Работу можно начать: согласия на обработку данных и нужные документы есть." in missing(vera, world)[0]


def test_a_pair_that_begins_late_is_told_of_terms_that_have_passed_and_how_to_move_them(app: Flask, vera: Browser, world: World) -> None:
    with app.app_context(), writing() as session:
        session.get_one(Pair, world.pairs["boris"]).state = PairState.PROPOSED
    before = missing(vera, world)[0]
    assert "срок уже прошёл: план работы пары, строк 3 ;" in before and "поставьте сегодняшний день" in before
    assert save(vera, world, starts_on="23.11.2026") == 303
    vera.post(f"/pairs/{world.pairs['boris']}/dates")
    assert "прошёл" not in missing(vera, world)[0]


def test_an_ended_pair_is_told_what_the_report_lacks_in_one_list(app: Flask, vera: Browser, world: World) -> None:
    with app.app_context(), writing() as session:
        session.get_one(Pair, world.pairs["boris"]).state = PairState.FINISHED
    words = missing(vera, world)[0]
    assert "Для отчёта не хватает" in words and "нет итоговой оценки с уровнем" in words
    assert "не отмечено выполнение: план работы пары" in words and "в конце работы: Лукин" in words


def test_a_pair_ends_with_a_reason_and_is_opened_again(vera: Browser, world: World) -> None:
    address = f"/pairs/{world.pairs['boris']}/state"
    refused = vera.post(address, {"state": "finished", "reason": ""})
    assert refused.status_code == 422 and "Напишите, почему пара завершает работу" in refused.text
    assert vera.post(address, {"state": "finished", "reason": "программа выполнена"}).status_code == 303
    assert "Пара завершила работу: программа выполнена" in vera.get(f"/plans/{world.plans['boris_pair']}").text
    assert vera.post(address, {"state": "active", "reason": ""}).status_code == 303


def test_every_page_of_a_pair_names_its_next_meeting_and_has_the_tabs_of_its_reader(as_user: AsUser, world: World) -> None:
    pages = ("", "/meetings", "/questionnaires", "/papers", "/history")
    seen = {"vera": ("Дефициты", "Оценка", "Настройки пары"), "anna": ("Дефициты",), "inna": ("Дефициты", "Оценка")}
    for name, tabs in seen.items():
        for page in pages:
            text = as_user(name).get(f"/pairs/{world.pairs['boris']}{page}", follow_redirects=True).text
            assert "Следующая встреча" in text, (name, page)
            row = text.split('aria-label="О паре"')[1].split("</nav>")[0]
            assert [tab for tab in ("Дефициты", "Оценка", "Настройки пары") if f">{tab}</a>" in row] == list(tabs), (name, page)


def test_a_class_teacher_has_no_tabs_of_what_is_not_hers(as_user: AsUser, world: World) -> None:
    row = as_user("klara").get(f"/pairs/{world.pairs['timur']}/history").text.split('aria-label="О паре"')[1].split("</nav>")[0]
    assert not any(tab in row for tab in ("Анкеты", "Дефициты", "Оценка"))


def test_papers_are_those_that_the_reader_may_see(as_user: AsUser, world: World, pair_item: Item) -> None:
    address = f"/pairs/{world.pairs['boris']}/papers"
    curators, mentors = as_user("vera").get(address).text, as_user("anna").get(address).text
    assert "Все планы подряд" in curators and "пустой лист" in curators and "пустой бланк" in curators
    assert "Все планы подряд" in mentors and "пустой лист" not in mentors
    assert curators.count("data-paper") > mentors.count("data-paper") > len([name for name in world.plans if name.startswith("boris")])
    with_plan = f"/plans/{pair_item.plan_id}/plan.pdf"
    assert f'href="{with_plan}"' in mentors


def test_a_pair_of_a_form_without_sheets_says_so(app: Flask, vera: Browser, world: World) -> None:
    from mentorapp.models import FormVersion

    with app.app_context(), writing() as session:
        for version in session.execute(sa.select(FormVersion)).scalars():
            version.written = to_json(replace(from_json(version.written), questionnaires=(), evaluation=None, deficits=None, control={}))
        assert session.execute(sa.select(Plan.id)).first()
    spec_of.cache_clear()
    pair = world.pairs["boris"]
    assert "В этой форме анкет нет" in vera.get(f"/pairs/{pair}/questionnaires").text
    assert "В этой форме критериев нет" in vera.get(f"/pairs/{pair}/evaluation").text
    assert "В этой форме компетенций нет" in vera.get(f"/pairs/{pair}/deficits").text
    assert vera.get("/").status_code == 200 and vera.get(f"/pairs/{pair}/edit").status_code == 200


def test_beginning_the_work_keeps_the_order_that_was_typed_beside(app: Flask, vera: Browser, world: World) -> None:
    pair_id = world.pairs["boris"]
    with app.app_context(), writing():
        db.session.get_one(Pair, pair_id).state = PairState.AGREED
    typed = PERIOD | {"area": HIS_AREA, "order_number": "17-О", "order_on": "20.11.2026", "state": "active"}
    assert vera.post(f"/pairs/{pair_id}/edit", typed).status_code == 303
    with app.app_context():
        pair = db.session.get_one(Pair, pair_id)
        assert (pair.state, pair.order_number, str(pair.order_on)) == (PairState.ACTIVE, "17-О", "2026-11-20")
    history = vera.get(f"/pairs/{pair_id}/history").text
    assert "Пара исправлена" in history and "Состояние пары: работает" in history


def test_where_the_work_cannot_begin_any_more_the_order_that_was_typed_is_saved(app: Flask, vera: Browser, world: World) -> None:
    pair_id = world.pairs["boris"]
    with app.app_context(), writing() as session:
        session.get_one(Pair, pair_id).state = PairState.AGREED
        session.get_one(Person, world.people["boris"]).consents[0].withdrawn_on = NOW.date()
    typed = PERIOD | {"area": HIS_AREA, "order_number": "17-О", "order_on": "20.11.2026", "state": "active"}
    answer = vera.post(f"/pairs/{pair_id}/edit", typed)
    assert answer.status_code == 409 and "Настройки сохранены, а работа не начата." in answer.text and 'value="17-О"' in answer.text
    with app.app_context():
        pair = db.session.get_one(Pair, pair_id)
        assert (pair.state, pair.order_number) == (PairState.AGREED, "17-О")


def test_a_pair_that_has_ended_is_not_begun_again_by_its_settings(app: Flask, vera: Browser, world: World) -> None:
    pair_id = world.pairs["boris"]
    with app.app_context(), writing() as session:
        session.get_one(Pair, pair_id).state = PairState.FINISHED
    assert vera.post(f"/pairs/{pair_id}/edit", PERIOD | {"area": HIS_AREA, "state": "active"}).status_code == 409
    with app.app_context():
        assert db.session.get_one(Pair, pair_id).state is PairState.FINISHED


def test_what_is_wrong_in_the_order_begins_nothing_and_stays_on_the_page(app: Flask, vera: Browser, world: World) -> None:
    pair_id = world.pairs["boris"]
    with app.app_context(), writing():
        db.session.get_one(Pair, pair_id).state = PairState.AGREED
    answer = vera.post(
        f"/pairs/{pair_id}/edit", PERIOD | {"area": HIS_AREA, "order_number": "17-О", "order_on": "вчера", "state": "active"}
    )
    assert answer.status_code == 422 and "17-О" in answer.text
    with app.app_context():
        assert db.session.get_one(Pair, pair_id).state is PairState.AGREED
