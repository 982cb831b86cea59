"""Consents on a card: noted, corrected, withdrawn, and what that means for bases and pairs."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from mentorapp.domain.permissions import Side
from mentorapp.models.people import PersonKind
from tests.cards import TODAY, add_person, fresh
from tests.conftest import Browser, Clock
from tests.school import World

AsUser = Callable[[str], Browser]


def typed(**changed: Any) -> dict[str, Any]:
    usual = {"signed_on": "1.10", "valid_to": "", "signed_by": "representative", "signer": "Пчёлкина Ольга Ивановна, мать"}
    return {**usual, "paper_place": "папка № 3", "once": "c1", **changed}


@pytest.fixture
def pupil(app: Flask) -> int:
    """A pupil without any consent."""
    return add_person(app, "Пчёлкина")


def test_a_parents_consent_opens_the_bases(app: Flask, as_user: AsUser, pupil: int) -> None:
    vera = as_user("vera")
    card = vera.get(vera.post(f"/people/{pupil}/consents/new", typed(valid_to="31.08")).location).text
    assert "в силе с 01.10.2026 до 31.08.2027" in card and "Пчёлкина Ольга Ивановна, мать" in card and "папка № 3" in card
    assert "Согласие есть. Дальше — база" in card and f"/bases/mentees/add?person={pupil}" in card
    with app.app_context():
        assert fresh(pupil).consent_gap(TODAY) == ""


def test_from_a_pair_that_waits_for_a_consent_she_finds_the_way_back(as_user: AsUser, world: World) -> None:
    vera, boris, pair_id = as_user("vera"), world.people["boris"], world.pairs["boris"]
    address = f"/people/{boris}/consents/new?pair={pair_id}"
    assert address in vera.get(f"/people/{boris}?pair={pair_id}").text and f'action="{address}"' in vera.get(address).text
    card = vera.get(vera.post(address, typed()).location).text
    assert f'Записано. <a href="/pairs/{pair_id}/edit">Вернуться к паре «' in card
    assert "Вернуться к паре" not in vera.get(f"/people/{boris}").text


def test_the_form_expects_a_parent_for_a_minor_and_says_why(as_user: AsUser, world: World, pupil: int) -> None:
    vera = as_user("vera")
    page = vera.get(f"/people/{pupil}/consents/new").text
    assert 'selected value="representative"' in page and "Человеку нет 18 лет" in page
    page = vera.get(f"/people/{world.people['vera']}/consents/new").text
    assert 'selected value="person"' in page and "нет 18 лет" not in page


def test_a_minors_own_signature_is_kept_and_is_not_enough(as_user: AsUser, pupil: int) -> None:
    vera = as_user("vera")
    vera.post(f"/people/{pupil}/consents/new", typed(signed_by="person", signer=""))
    card = vera.get(f"/people/{pupil}").text
    assert "в силе с 01.10.2026" in card and "собственной подписи мало" in card


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"signed_on": ""}, "Впишите дату с бумаги."),
        ({"signed_on": "24.11.2026"}, "ещё не наступила"),
        ({"signed_on": "31.09.2026"}, "Такой даты нет"),
        ({"signer": ""}, "кто подписал и кем приходится"),
        ({"signer": "я" * 161}, "не больше 160"),
        ({"valid_to": "1.10.2026"}, "раньше, чем"),
    ],
)
def test_a_wrong_consent_is_explained(app: Flask, as_user: AsUser, pupil: int, changed: dict[str, Any], sentence: str) -> None:
    answer = as_user("vera").post(f"/people/{pupil}/consents/new", typed(**changed))
    assert answer.status_code == 422 and sentence in answer.text and 'value="папка № 3"' in answer.text
    with app.app_context():
        assert fresh(pupil).consents == []


def test_sent_twice_it_is_one_consent(app: Flask, as_user: AsUser, pupil: int) -> None:
    for _ in range(2):
        assert as_user("vera").post(f"/people/{pupil}/consents/new", typed()).status_code == 303
    with app.app_context():
        assert len(fresh(pupil).consents) == 1


def consent_of(app: Flask, person_id: int) -> int:
    with app.app_context():
        return fresh(person_id).consents[0].id


def test_a_consent_is_corrected(app: Flask, as_user: AsUser, world: World) -> None:
    timur = world.people["timur"]
    address = f"/people/{timur}/consents/{consent_of(app, timur)}"
    assert 'value="01.09.2026"' in as_user("vera").get(address).text
    assert as_user("vera").post(address, typed(signed_on="2.9", paper_place="папка № 4")).status_code == 303
    with app.app_context():
        consent = fresh(timur).consents[0]
        assert (consent.signed_on, consent.paper_place, consent.by_representative) == (date(2026, 9, 2), "папка № 4", True)


def test_a_withdrawal_names_what_stays_and_deletes_nothing(app: Flask, as_user: AsUser, world: World) -> None:
    vera, boris = as_user("vera"), world.people["boris"]
    assert vera.post(f"/people/{boris}/consents/{consent_of(app, boris)}/withdraw", {"withdrawn_on": "20.11"}).status_code == 303
    card = vera.get(f"/people/{boris}").text
    assert "Согласие отозвано." in card and "отозвано 20.11.2026" in card
    assert "база «Наставляемые»" in card and "пара «Соколова\u00a0А.\u00a0В. — Лукин\u00a0Б.\u00a0А.»" in card
    with app.app_context():
        assert fresh(boris).base_entries[0].left_on is None
    assert "согласие отозвано" in vera.get("/bases?state=gap").text


def test_a_withdrawn_consent_closes_the_bases_until_it_is_restored(app: Flask, as_user: AsUser, world: World) -> None:
    vera, person = as_user("vera"), add_person(app, "Пчёлкина", consent=True)
    address = f"/people/{person}/consents/{consent_of(app, person)}"
    enter = {"person_id": person, "request": "", "once": "b1"}
    vera.post(f"{address}/withdraw", {"withdrawn_on": "23.11.2026"})
    assert vera.post("/bases/mentees/add", enter).status_code == 422
    assert vera.post(f"{address}/restore").status_code == 303
    assert vera.post("/bases/mentees/add", enter).status_code == 303


WRONG_DAYS = {"": "Впишите день", "24.11.2026": "ещё не наступила", "31.08.2026": "раньше его не отзывали", "вчера": "не понята"}


@pytest.mark.parametrize(("day", "sentence"), WRONG_DAYS.items())
def test_an_impossible_day_of_withdrawal_is_explained(app: Flask, as_user: AsUser, world: World, day: str, sentence: str) -> None:
    boris = world.people["boris"]
    answer = as_user("vera").post(f"/people/{boris}/consents/{consent_of(app, boris)}/withdraw", {"withdrawn_on": day})
    assert answer.status_code == 422 and sentence in answer.text and "<title>Ошибка: " in answer.text
    with app.app_context():
        assert fresh(boris).consents[0].withdrawn_on is None


def test_a_consent_runs_out_by_itself(app: Flask, as_user: AsUser, clock: Clock) -> None:
    vera, person = as_user("vera"), add_person(app, "Взрослая", kind=PersonKind.TEACHER, base=Side.MENTOR)
    vera.post(f"/people/{person}/consents/{consent_of(app, person)}", typed(signed_by="person", valid_to="01.12.2026"))
    clock.pass_by(days=10)
    page = as_user("vera").get(f"/people/{person}").text
    assert "истекло 01.12.2026" in page and "Срок согласия истёк" in page


def test_a_consent_belongs_to_its_card(app: Flask, as_user: AsUser, world: World) -> None:
    address = f"/people/{world.people['anna']}/consents/{consent_of(app, world.people['boris'])}"
    assert as_user("vera").get(address).status_code == 404
    assert as_user("vera").post(f"{address}/withdraw", {"withdrawn_on": "1.11"}).status_code == 404


@pytest.mark.parametrize(("name", "status"), [("inna", 403), ("polina", 403), ("boris", 403), ("klara", 404), ("dina", 404), ("gleb", 404)])
def test_only_a_curator_touches_consents(app: Flask, as_user: AsUser, world: World, name: str, status: int) -> None:
    boris, user = world.people["boris"], as_user(name)
    address = f"/people/{boris}/consents"
    one = f"{address}/{consent_of(app, boris)}"
    assert user.get(f"{address}/new").status_code == user.get(one).status_code == status
    for target in (f"{address}/new", one, f"{one}/withdraw", f"{one}/restore"):
        assert user.post(target, typed(withdrawn_on="1.11")).status_code == status, target
    with app.app_context():
        person = fresh(boris)
        assert len(person.consents) == 1 and person.consents[0].withdrawn_on is None
