"""Groups: several people on a side, what a form allows, whom it takes, and a mentee's own plan for each."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from mentorapp.database import db, writing
from mentorapp.domain.permissions import Side
from mentorapp.forms.host import publish
from mentorapp.models import Consent, Meeting, Pair, Person, Plan, pairing
from mentorapp.models.meetings import planned
from mentorapp.models.people import PersonKind
from tests.cards import add_person
from tests.conftest import NOW, Browser
from tests.school import World
from tests.views.test_pairs import new_pair, newest

AsUser = Callable[[str], Browser]


def publish_form(app: Flask, world: World, **changed: Any) -> str:
    """The shipped form under another name, changed like this; its address word."""
    with app.app_context(), writing():
        spec = db.session.get_one(Pair, world.pairs["boris"]).spec
        publish(replace(spec, id="group-test", title="Групповая форма", **changed), NOW)
    return "group-test"


def mentees(app: Flask, number: int) -> list[int]:
    """So many teachers more in the base of mentees."""
    return [add_person(app, f"Молодов{'абвгде'[place]}", kind=PersonKind.TEACHER, base=Side.MENTEE) for place in range(number)]


def counted(app: Flask) -> int:
    with app.app_context():
        return int(db.session.execute(sa.select(sa.func.count(Pair.id))).scalar_one())


def test_a_group_has_one_common_plan_and_a_plan_for_each_mentee(app: Flask, as_user: AsUser, world: World) -> None:
    three = mentees(app, 3)
    assert as_user("vera").post("/pairs/new", new_pair(world, mentee=three)).status_code == 303
    with app.app_context():
        pair = newest()
        plans = db.session.execute(sa.select(Plan).where(Plan.pair_id == pair.id).order_by(Plan.id)).scalars().all()
        assert [plan.owner for plan in plans] == ["pair", "mentor", "mentee", "mentee", "mentee", "curator"]
        assert [plan.participant.person_id for plan in plans if plan.participant] == three
        assert all(len(plan.items) == 5 for plan in plans if plan.owner == "mentee")


def test_the_tabs_of_a_groups_plans_go_by_the_names_of_the_mentees(app: Flask, as_user: AsUser, world: World) -> None:
    vera = as_user("vera")
    place = vera.post("/pairs/new", new_pair(world, mentee=mentees(app, 2))).headers["Location"]
    page = vera.get(place, follow_redirects=True).text
    tabs = page.split('aria-label="Чей план"')[1].split("</nav>")[0]
    assert "Молодова" in tabs and "Молодовб" in tabs and tabs.index("Молодовб") < tabs.index("Куратор")
    single = vera.get(f"/plans/{world.plans['boris_pair']}").text.split('aria-label="Чей план"')[1].split("</nav>")[0]
    assert "Наставляемый" in single and "Лукин" not in single


def test_a_long_title_names_the_first_and_counts_the_others(app: Flask, as_user: AsUser, world: World) -> None:
    vera = as_user("vera")
    vera.post("/pairs/new", new_pair(world, mentee=mentees(app, 6)))
    assert "и\u00a0ещё\u00a04" in vera.get("/pairs").text


@pytest.mark.parametrize(("allowed", "both"), [(("1:1",), "один человек"), (("1:1", "1:N"), "можно нескольких")])
def test_what_the_form_does_not_allow_is_refused_in_words_and_nothing_is_lost(
    app: Flask, as_user: AsUser, world: World, allowed: tuple[str, ...], both: str
) -> None:
    form, two, before = publish_form(app, world, organisation=allowed), mentees(app, 2), counted(app)
    data = new_pair(world, form=form, mentor=[world.people["anna"], world.people["gleb"]], mentee=two, ends_on="30.04.2027")
    answer = as_user("vera").post("/pairs/new", data)
    assert answer.status_code == 422 and "стоит один человек" in answer.text and both in answer.text
    assert all(f'value="{person}" checked' in answer.text for person in two) and "30.04.2027" in answer.text
    assert counted(app) == before


def test_a_form_for_groups_alone_does_not_take_two_people(app: Flask, as_user: AsUser, world: World) -> None:
    form = publish_form(app, world, organisation=("1:N", "N:1"))
    answer = as_user("vera").post("/pairs/new", new_pair(world, form=form))
    assert answer.status_code == 422 and "1 наставник и 1 наставляемый" in answer.text
    assert "Она допускает: один наставник и несколько наставляемых; несколько наставников и один наставляемый" in answer.text


def test_a_largest_number_is_shown_and_more_are_refused_with_all_ticks_kept(app: Flask, as_user: AsUser, world: World) -> None:
    form, three, before, vera = (
        publish_form(app, world, organisation=("1:N",), most_mentees=2),
        mentees(app, 3),
        counted(app),
        as_user("vera"),
    )
    page = vera.get(f"/pairs/new?form={form}").text
    assert "до 2 человек" in page and "один наставник и до 2 наставляемых" in page
    answer = vera.post("/pairs/new", new_pair(world, form=form, mentee=three))
    assert answer.status_code == 422 and "не больше 2, а отмечено 3. Снимите лишние отметки" in answer.text
    assert all(f'value="{person}" checked' in answer.text for person in three) and counted(app) == before
    assert vera.post("/pairs/new", new_pair(world, form=form, mentee=three[:2])).status_code == 303


def test_several_mentors_have_one_mentee(app: Flask, as_user: AsUser, world: World) -> None:
    form = publish_form(app, world, organisation=("N:1",))
    answer = as_user("vera").post("/pairs/new", new_pair(world, form=form, mentor=[world.people["anna"], world.people["gleb"]]))
    assert answer.status_code == 303
    with app.app_context():
        assert len(newest().people(Side.MENTOR)) == 2


def test_all_mistakes_are_told_at_once(app: Flask, as_user: AsUser, world: World) -> None:
    two = mentees(app, 2)
    with app.app_context(), writing() as session:
        for person_id in two:
            session.get_one(Person, person_id).consents[0].withdrawn_on = NOW.date()
    answer = as_user("vera").post("/pairs/new", new_pair(world, mentee=two, area="", starts_on="1.6.2027", ends_on="1.5.2027"))
    assert answer.status_code == 422
    assert answer.text.count("согласие отозвано. В пару можно") == 4  # by the field and on top of the page
    assert "Впишите область" in answer.text and "Конец периода раньше начала" in answer.text


def test_who_lacks_a_consent_cannot_be_ticked_and_what_was_chosen_stays_when_it_is_there(app: Flask, as_user: AsUser, world: World) -> None:
    one, other = mentees(app, 2)
    with app.app_context(), writing() as session:
        session.get_one(Person, one).consents[0].withdrawn_on = NOW.date()
    vera, address = as_user("vera"), f"/pairs/new?mentee={other}&starts_on=5.10.2026&area=Физика&form=teacher-teacher"
    page = vera.get(address).text
    assert f'value="{one}" disabled' in page and f'href="/people/{one}" target="_blank"' in page and "Обновить списки" in page
    with app.app_context(), writing() as session:
        session.get_one(Person, one).consents[0].withdrawn_on = None
    again = vera.get(address).text
    assert f'value="{one}" disabled' not in again and "Обновить списки" not in again
    assert f'value="{other}" checked' in again and 'value="5.10.2026"' in again and 'value="Физика"' in again


def test_a_form_for_groups_alone_speaks_of_groups_in_its_own_words(app: Flask, as_user: AsUser, world: World) -> None:
    with app.app_context():
        spec = db.session.get_one(Pair, world.pairs["boris"]).spec
        common = replace(spec.plans["pair"], title="План группы")
    form = publish_form(
        app,
        world,
        organisation=("1:N",),
        most_mentees=6,
        mentor=replace(spec.mentor, nominative="вожатый", genitive="вожатого", plural="вожатые"),
        mentee=replace(spec.mentee, nominative="младший", genitive="младшего", plural="младшие"),
        plans={**spec.plans, "pair": common},
    )
    vera = as_user("vera")
    page = vera.get(f"/pairs/new?form={form}").text
    assert "<h1>Новая группа</h1>" in page and "вожатый — один, младшие — до 6" in page and "наставник и до" not in page
    two = mentees(app, 2)
    made = vera.post("/pairs/new", new_pair(world, form=form, mentee=two), follow_redirects=True)
    plan = vera.get(str(made.request.path)).text
    assert ">План группы" in plan and ">План пары" not in plan


# --- Ages and the consent of parents ---


def pupils(app: Flask, world: World, **changed: Any) -> str:
    with app.app_context(), writing():
        spec = db.session.get_one(Pair, world.pairs["boris"]).spec
        mentee = replace(
            spec.mentee, kinds=("pupil", "teacher"), **{key: changed.pop(key) for key in ("least_age", "most_age") if key in changed}
        )
        publish(replace(spec, id="group-test", title="Групповая форма", mentee=mentee, **changed), NOW)
    return "group-test"


def born(app: Flask, person_id: int, **birth: Any) -> None:
    with app.app_context(), writing() as session:
        person = session.get_one(Person, person_id)
        person.birth_date, person.birth_year = birth.get("day"), birth.get("year")


def signed(app: Flask, person_id: int, by_representative: bool) -> None:
    with app.app_context(), writing() as session:
        consent = session.execute(sa.select(Consent).where(Consent.person_id == person_id)).scalar_one()
        consent.by_representative = by_representative


@pytest.mark.parametrize(
    ("birth", "problem"),
    [
        ({"day": date(2016, 12, 2)}, "не меньше 10 лет, а человеку 9 лет"),
        ({"day": date(2016, 12, 1)}, ""),  # ten on the very day on which the pair begins
        ({"day": date(2008, 11, 30)}, "не больше 17 лет, а человеку 18 лет"),
        ({"year": 2016}, ""),  # may be ten by then
        ({"year": 2017}, "не меньше 10 лет, а человеку 9 лет"),
        ({}, ""),
    ],
)
def test_an_age_that_is_known_to_be_wrong_is_refused_on_the_first_day_of_the_pair(
    app: Flask, as_user: AsUser, world: World, birth: dict[str, Any], problem: str
) -> None:
    form = pupils(app, world, least_age=10, most_age=17)
    timur = world.people["timur"]
    born(app, timur, **birth)
    answer = as_user("vera").post("/pairs/new", new_pair(world, form=form, mentee=timur))
    assert (answer.status_code, problem in answer.text) == (422 if problem else 303, True)
    assert not problem or "проверьте дату рождения в карточке" in answer.text


@pytest.mark.parametrize(
    ("birth", "by_representative", "status"),
    [
        ({}, False, 422),  # unknown counts as minor
        ({}, True, 303),
        ({"day": date(1990, 5, 1)}, False, 303),
        ({"year": 2008}, False, 422),  # eighteen this year, and nobody knows when
        ({"day": date(2008, 12, 1)}, False, 422),  # eighteen on the first day of the pair; today the parents sign still
    ],
)
def test_a_form_may_want_the_parents_consent(
    app: Flask, as_user: AsUser, world: World, birth: dict[str, Any], by_representative: bool, status: int
) -> None:
    form, (person_id,) = pupils(app, world, parents_consent=True), mentees(app, 1)
    born(app, person_id, **birth)
    signed(app, person_id, by_representative)
    answer = as_user("vera").post("/pairs/new", new_pair(world, form=form, mentee=person_id))
    assert answer.status_code == status
    assert status == 303 or "согласия законного представителя" in answer.text


def test_who_is_grown_up_on_another_first_day_can_be_ticked_before_that_day_is_typed(app: Flask, as_user: AsUser, world: World) -> None:
    form, (may_be_eighteen, too_young) = pupils(app, world, parents_consent=True), mentees(app, 2)
    born(app, may_be_eighteen, year=2008)  # nobody knows whether she is eighteen this year; in the next she is
    born(app, too_young, year=2010)
    for person_id in (may_be_eighteen, too_young):
        signed(app, person_id, by_representative=False)
    vera = as_user("vera")

    def offered(person: int, starts_on: str) -> str:
        page = vera.get(f"/pairs/new?form={form}&starts_on={starts_on}").text
        assert "впишете другой первый день" in page and "Те, кого без согласия не взять, показаны серым." in page
        return page.split(f'name="mentee" value="{person}"')[1].split("</li>")[0]

    now, later = (offered(may_be_eighteen, day) for day in ("24.11.2026", "15.01.2027"))
    assert "форма требует согласия законного представителя" in now and f'href="/people/{may_be_eighteen}"' in now
    assert "disabled" not in now and "согласия" not in later
    assert offered(too_young, "24.11.2026").startswith(" disabled") and offered(too_young, "15.01.2027").startswith(" disabled")
    assert vera.post("/pairs/new", new_pair(world, form=form, mentee=may_be_eighteen, starts_on="15.01.2027")).status_code == 303


def test_where_only_the_day_is_in_the_way_the_lists_can_be_shown_anew_and_nobody_is_grey(app: Flask, as_user: AsUser, world: World) -> None:
    form, (person_id,) = pupils(app, world, least_age=10), mentees(app, 1)
    born(app, person_id, day=date(2016, 12, 2))
    page = as_user("vera").get(f"/pairs/new?form={form}&starts_on=24.11.2026").text
    assert "Обновить списки" in page and "показаны серым" not in page and 'class="blocked"' not in page


# --- Meetings of a group ---


def test_a_record_keeps_who_came_after_somebody_was_replaced(app: Flask, as_user: AsUser, world: World) -> None:
    anna, boris, gleb = (world.people[name] for name in ("anna", "boris", "gleb"))
    vera, pair_id = as_user("vera"), world.pairs["boris"]
    with app.app_context(), writing() as session:
        meeting = planned(session.get_one(Pair, pair_id), session.get_one(Pair, pair_id).spec.meetings[0].id)
        meeting.planned_on = date(2026, 11, 16)
        session.add(meeting)
        session.flush()
        place = f"/meetings/{meeting.id}"
    noted = {"held_on": "16.11.2026", "minutes": "45", "done": "познакомились", "came": [anna, boris]}
    assert vera.post(f"{place}/held", noted).status_code == 303
    with app.app_context():
        row = next(row.id for row in db.session.get_one(Pair, pair_id).participants if row.side is Side.MENTOR)
    vera.post(f"/pairs/{pair_id}/members/{row}/replace", {"person": gleb, "since": "23.11.2026"})
    page = vera.get(place).text
    assert page.count('name="came"') == 3 and f'value="{anna}" checked' in page and f'value="{gleb}" checked' not in page
    assert vera.post(f"{place}/held", noted | {"done": "и поговорили"}).status_code == 303
    with app.app_context():
        assert db.session.execute(sa.select(Meeting).where(Meeting.pair_id == pair_id)).scalars().one().came == {anna, boris}


def test_a_pair_of_two_is_still_made_by_two_people(app: Flask, world: World) -> None:
    with app.app_context(), writing(), pytest.raises(pairing.WrongPair) as problem:
        version = db.session.get_one(Pair, world.pairs["boris"]).form_version
        year = db.session.get_one(Pair, world.pairs["boris"]).school_year
        anna = db.session.get_one(Person, world.people["anna"])
        pairing.make_pair(version, anna, anna, year, date(2026, 12, 1), date(2027, 5, 31), NOW.date(), area="х")
    assert "нет в базе наставляемых" in str(problem.value)
