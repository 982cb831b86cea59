"""Organisations that give mentors: the list, the card, adding, correcting, the archive, removing."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from mentorapp.database import db, writing
from mentorapp.domain.permissions import Side
from mentorapp.domain.school_year import SchoolYear
from mentorapp.models import Change, Organisation, Person, partners
from mentorapp.models.pairs import PairState
from tests.cards import TODAY, add_person, fresh
from tests.conftest import Browser
from tests.outside import add_mentor, add_organisation, take_the_mentors_place
from tests.queries import selects
from tests.school import World

AsUser = Callable[[str], Browser]


def typed(**changed: Any) -> dict[str, Any]:
    usual = {"full_name": "Химический колледж", "short_name": "Колледж", "kind": "колледж", "contact": "Маслова Римма Аркадьевна"}
    return {**usual, "phone": "8 (000) 014-70-10", "agreement_number": "12", "agreement_on": "1.9", "once": "o1", **changed}


def stored(organisation_id: int) -> Organisation:
    db.session.rollback()
    return db.session.get_one(Organisation, organisation_id, populate_existing=True)


def number(location: str | None) -> int:
    return int(str(location).rsplit("/", 1)[1])


def test_a_curator_writes_an_organisation_down(vera: Browser) -> None:
    card = vera.get(vera.post("/organisations/new", typed(agreement_to="31.08.2028", note="Две строки\nпримечания")).location).text
    for text in ("Химический колледж", "Маслова Римма", "№ 12 от 01.09.2026", "31.08.2028", "действует", "Две строки\nпримечания"):
        assert text in card
    listed = vera.get("/organisations").text
    assert ">Колледж</a>" in listed and "№ 12 от 01.09.2026" in listed and "до 31.08.2028" in listed


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"full_name": " "}, "Впишите название организации."),
        ({"agreement_on": "31.09"}, "Такой даты нет"),
        ({"agreement_to": "1.8.2026"}, "Срок кончается раньше, чем соглашение подписано."),
        ({"phone": "звонить"}, "В номере не хватает цифр"),
        ({"email": "почта"}, "Такого адреса почты не бывает"),
        ({"short_name": "к" * 81}, "не больше 80 знаков"),
    ],
)
def test_what_was_typed_wrongly_is_explained_and_nothing_is_lost(vera: Browser, changed: dict[str, str], sentence: str) -> None:
    answer = vera.post("/organisations/new", typed(**changed))
    assert answer.status_code == 422 and sentence in answer.text and "Маслова Римма Аркадьевна" in answer.text
    assert "Организаций пока нет" in vera.get("/organisations").text


def test_the_same_name_is_not_written_down_twice(vera: Browser) -> None:
    first = number(vera.post("/organisations/new", typed()).location)
    again = vera.post("/organisations/new", typed(full_name="химический  КОЛЛЕДЖ", once="o2"))
    assert again.status_code == 422 and "Такая организация уже записана: откройте её" in again.text
    vera.post(f"/organisations/{first}/archive")
    again = vera.post("/organisations/new", typed(once="o3"))
    assert again.status_code == 422 and "она в архиве" in again.text
    assert vera.post(f"/organisations/{first}/edit", typed(short_name="ХК")).status_code == 303


def test_corrections_are_stored_and_contacts_stay_out_of_the_journal(app: Flask, vera: Browser) -> None:
    place = number(vera.post("/organisations/new", typed()).location)
    vera.post(f"/organisations/{place}/edit", typed(phone="8 (000) 014-70-99", contact="Тарасов Лев Борисович"))
    with app.app_context():
        assert stored(place).contact == "Тарасов Лев Борисович"
        noted = db.session.execute(sa.select(Change).where(Change.table_name == "organisation")).scalars().all()
        assert {change.new for change in noted if change.field in ("contact", "phone", "email")} == {""}


def test_a_person_is_of_one_organisation_and_every_page_says_so(app: Flask, vera: Browser) -> None:
    place, person = add_organisation(app, short_name="Типография"), add_mentor(app)
    form = {"last_name": "Дорохов", "first_name": "Ия", "kind": "employer", "sex": "f", "class_id": "0", "organisation_id": str(place)}
    assert vera.post(f"/people/{person}/edit", form).status_code == 303
    card = vera.get(f"/people/{person}").text
    assert f'<a href="/organisations/{place}">Городская типография</a>' in card
    assert "Типография" in vera.get("/bases/mentors").text
    assert f'<option selected value="{place}">Типография</option>' in vera.get(f"/people/{person}/edit").text
    assert f"/people/{person}" in vera.get(f"/organisations/{place}").text
    vera.post(f"/people/{person}/edit", form | {"organisation_id": "0"})
    with app.app_context():
        assert fresh(person).organisation_id is None


def test_the_list_of_candidates_names_the_organisation(app: Flask, vera: Browser) -> None:
    person = add_mentor(app, organisation_id=add_organisation(app, short_name="Типография"))
    with app.app_context(), writing():
        fresh(person).kind = "veteran"  # type: ignore[assignment]
    assert "Типография" in vera.get("/pairs/new?form=teacher-teacher").text


def test_the_button_on_a_card_leads_to_a_new_person_of_it(app: Flask, vera: Browser) -> None:
    place = add_organisation(app)
    assert f"/people/new?organisation={place}" in vera.get(f"/organisations/{place}").text
    assert f'<option selected value="{place}">' in vera.get(f"/people/new?organisation={place}").text


def test_a_card_names_the_mentors_it_gave_with_their_pairs(app: Flask, vera: Browser, world: World) -> None:
    place = add_organisation(app)
    mentor = add_mentor(app, organisation_id=place)
    take_the_mentors_place(app, world, mentor, state=PairState.ACTIVE)
    card = vera.get(f"/organisations/{place}").text
    assert f'<a href="/pairs/{world.pairs["timur"]}">Ибрагимов' in card and "Работает" in card
    assert "Дала наставников: 1 в 2026/27, 1 всего" in card


def test_a_curator_of_another_form_is_not_told_the_pair(app: Flask, as_user: AsUser, world: World) -> None:
    place = add_organisation(app)
    take_the_mentors_place(app, world, add_mentor(app, organisation_id=place), pair="boris")
    assert f"/pairs/{world.pairs['boris']}" not in as_user("viktor").get(f"/organisations/{place}").text


def test_mentors_are_counted_once_by_year_and_in_all(app: Flask, vera: Browser) -> None:
    place = add_organisation(app)
    former = add_mentor(app, "Прежний", place)
    add_mentor(app, "Нынешний", place)
    with app.app_context(), writing() as session:
        person = session.get_one(Person, former)
        person.base_entries[0].year = 2025
        session.add(person.enter_base(Side.MENTOR, SchoolYear(2024), "", TODAY))
        session.get_one(Person, add_person_of(place)).organisation_id = place
    assert "1 в 2026/27, 2 всего" in vera.get("/organisations").text


def add_person_of(place: int) -> int:
    """Somebody of the organisation who is no mentor."""
    person = Person(sex="m", kind="expert", organisation_id=place)
    person.rename("Гость", "Иван", None)
    db.session.add(person)
    db.session.flush()
    return person.id


def test_an_agreement_that_ends_is_told_on_the_list_and_on_the_card(app: Flask, vera: Browser) -> None:
    over = add_organisation(app, "Прежняя", agreement_to=date(2026, 11, 1))
    soon = add_organisation(app, "Скорая", agreement_to=date(2026, 12, 1))
    listed = vera.get("/organisations").text
    assert "истекло 01.11.2026" in listed and "до 01.12.2026, скоро истекает" in listed
    assert "Срок соглашения истёк 01.11.2026" in vera.get(f"/organisations/{over}").text
    assert "Срок соглашения истекает 01.12.2026" in vera.get(f"/organisations/{soon}").text


def test_an_organisation_with_people_goes_to_the_archive_and_is_not_removed(app: Flask, vera: Browser) -> None:
    place = add_organisation(app)
    person = add_mentor(app, organisation_id=place)
    refused = vera.post(f"/organisations/{place}/remove")
    assert refused.status_code == 409 and "Не удалено: за организацией записаны люди (Дорохов" in refused.text
    assert "Удалить организацию" not in vera.get(f"/organisations/{place}").text
    assert vera.post(f"/organisations/{place}/archive").status_code == 303
    assert "Городская типография" not in vera.get("/organisations").text
    assert "Городская типография" in vera.get("/organisations?archive=1").text
    assert "Организация в архиве" in vera.get(f"/organisations/{place}").text
    # Who came from there keeps it on her card; nobody else is offered it.
    assert ">Городская типография</option>" in vera.get(f"/people/{person}/edit").text
    assert ">Городская типография</option>" not in vera.get("/people/new").text
    vera.post(f"/organisations/{place}/bring-back")
    assert "Городская типография" in vera.get("/organisations").text


def test_one_written_down_by_mistake_is_removed(app: Flask, vera: Browser) -> None:
    place = add_organisation(app)
    assert "Удалить организацию" in vera.get(f"/organisations/{place}").text
    assert vera.post(f"/organisations/{place}/remove").location == "/organisations"
    assert vera.get(f"/organisations/{place}").status_code == 404


def test_the_director_reads_and_changes_nothing(app: Flask, as_user: AsUser) -> None:
    place, inna = add_organisation(app, contact="Маслова Римма"), as_user("inna")
    for address in ("/organisations", f"/organisations/{place}"):
        page = inna.get(address).text
        assert "Маслова Римма" in page and "/edit" not in page and "Добавить" not in page and "<button>В архив" not in page
    assert "Организации ведёт куратор" in inna.get(f"/organisations/{place}/edit").text


def test_nobody_else_learns_who_the_contact_is(app: Flask, as_user: AsUser) -> None:
    place = add_organisation(app, contact="Маслова Римма")
    for name in ("anna", "boris", "dina", "polina", "klara"):
        assert as_user(name).get(f"/organisations/{place}").status_code == 404
        assert "Организации" not in as_user(name).get("/bases").text


def test_the_bases_lead_to_the_organisations_and_back(vera: Browser) -> None:
    assert '<a href="/organisations">Организации</a>' in vera.get("/bases").text
    page = vera.get("/organisations").text
    assert '<a href="/organisations" aria-current="page">' in page and "Наставники <small>3</small>" in page
    assert '<a href="/bases" aria-current="page">Базы</a>' in page


def test_papers_get_the_organisation_and_the_agreement_in_words(app: Flask, world: World) -> None:
    place = add_organisation(app, agreement_number="№ 12", agreement_on=date(2026, 9, 1))
    person = add_mentor(app, organisation_id=place)
    with app.app_context():
        assert partners.agreement_words(fresh(person)) == ("Городская типография", "№ 12 от 01.09.2026")
        assert partners.agreement_words(fresh(world.people["anna"])) == ("", "")
        assert Organisation(full_name="А", agreement_number="7/С").agreement == "№ 7/С"
        assert Organisation(full_name="А", agreement_number="", agreement_on=TODAY).agreement == "от 23.11.2026"


def test_lists_and_cards_cost_the_same_however_many_there_are(app: Flask, vera: Browser, world: World) -> None:
    place = add_organisation(app)
    take_the_mentors_place(app, world, add_mentor(app, "Первый", place))

    def count(address: str) -> int:
        vera.get(address)
        with selects(app) as sent:
            assert vera.get(address).status_code == 200
        return len(sent)

    pages = ("/organisations", f"/organisations/{place}", "/bases/mentors", "/people/new")
    few = [count(page) for page in pages]
    for extra in range(5):
        add_mentor(app, f"Ещё{extra}", place)
        add_mentor(app, f"Другой{extra}", add_organisation(app, f"Другая {extra}"))
    assert [count(page) for page in pages] == few and max(few) <= 15


def test_somebody_of_the_archive_is_still_behind_it(app: Flask, vera: Browser) -> None:
    place = add_organisation(app)
    person = add_person(app, "Уехавшая")
    with app.app_context(), writing():
        fresh(person).organisation_id = place
    vera.post(f"/people/{person}/archive")
    assert vera.post(f"/organisations/{place}/remove").status_code == 409
