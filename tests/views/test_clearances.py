"""The papers of an external mentor: on the card, in the way of a pair, and on the start page before they run out."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from mentorapp.database import db, writing
from mentorapp.domain.external import NEEDED, ClearanceKind
from mentorapp.models import Change, Clearance, Pair
from mentorapp.models.pairs import PairState
from mentorapp.models.people import PersonKind
from tests.cards import TODAY, add_person, fresh
from tests.conftest import Browser, Clock
from tests.outside import add_mentor, add_organisation, show, take_the_mentors_place
from tests.queries import selects
from tests.school import World

AsUser = Callable[[str], Browser]
NO_CERTIFICATE, NO_DOCTOR = "нет справки об отсутствии судимости", "нет медицинского заключения или книжки"


def typed(**changed: Any) -> dict[str, Any]:
    usual = {"kind": "no_conviction", "title": "", "number": "014/22", "issued_on": "1.10", "valid_to": "1.10.2027"}
    return {**usual, "paper_place": "папка № 8", "once": "c1", **changed}


@pytest.fixture
def mentor(app: Flask) -> int:
    """An employer in the base of mentors who has shown nothing yet."""
    return add_mentor(app)


# --- On the card ---


def test_a_card_says_what_is_missing_and_takes_it_in(vera: Browser, mentor: int) -> None:
    card = vera.get(f"/people/{mentor}").text
    assert NO_CERTIFICATE in card and NO_DOCTOR in card
    assert '<option selected value="no_conviction">' in vera.get(f"/people/{mentor}/clearances/new").text
    answer = vera.post(f"/people/{mentor}/clearances/new", typed())
    assert answer.location == f"/people/{mentor}#clearances"
    card = vera.get(f"/people/{mentor}").text
    assert NO_CERTIFICATE not in card and NO_DOCTOR in card
    assert "№ 014/22 от 01.10.2026" in card and "до 01.10.2027" in card and "папка № 8" in card
    assert '<option selected value="medical">' in vera.get(f"/people/{mentor}/clearances/new").text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"kind": ""}, "Выберите, какой это документ."),
        ({"kind": "other"}, "Напишите, что это за документ."),
        ({"kind": "other", "title": "д" * 121}, "не больше 120 знаков"),
        ({"issued_on": ""}, "Впишите дату с бумаги."),
        ({"issued_on": "24.11.2026"}, "ещё не наступила"),
        ({"valid_to": "1.9.2026"}, "Срок кончается раньше, чем документ выдан."),
    ],
)
def test_what_was_typed_wrongly_is_explained_and_nothing_is_lost(
    vera: Browser, mentor: int, changed: dict[str, str], sentence: str
) -> None:
    answer = vera.post(f"/people/{mentor}/clearances/new", typed(**changed))
    assert answer.status_code == 422 and sentence in answer.text and "014/22" in answer.text and "папка № 8" in answer.text
    assert "Записанных документов нет" in vera.get(f"/people/{mentor}").text


def test_another_paper_has_a_title_and_the_known_ones_have_none(app: Flask, vera: Browser, mentor: int) -> None:
    vera.post(f"/people/{mentor}/clearances/new", typed(kind="other", title="Допуск в цех"))
    vera.post(f"/people/{mentor}/clearances/new", typed(title="забытый текст", once="c2"))
    card = vera.get(f"/people/{mentor}").text
    assert "Допуск в цех" in card and "забытый текст" not in card


def test_a_paper_is_corrected_removed_and_brought_back(app: Flask, vera: Browser, mentor: int) -> None:
    paper = show(app, mentor, ClearanceKind.MEDICAL, number="77")
    address = f"/people/{mentor}/clearances/{paper}"
    assert vera.post(address, typed(kind="medical", number="78", valid_to="")).status_code == 303
    assert "№ 78" in vera.get(f"/people/{mentor}").text and "без срока" in vera.get(f"/people/{mentor}").text
    assert vera.post(f"{address}/remove").status_code == 303
    card = vera.get(f"/people/{mentor}").text
    assert NO_DOCTOR in card and f'<a href="{address}">Медицинское заключение или книжка от 01.10.2026</a>' in card
    assert "Вернуть" in vera.get(address).text
    assert vera.post(f"{address}/bring-back").status_code == 303
    assert "№ 78" in vera.get(f"/people/{mentor}").text


def test_the_history_of_the_card_tells_that_and_by_whom_but_not_which(app: Flask, vera: Browser, mentor: int) -> None:
    vera.post(f"/people/{mentor}/clearances/new", typed())
    history = vera.get(f"/people/{mentor}").text.split("История карточки")[1]
    assert "Документ наставника записан" in history and "Громова" in history and "судимости" not in history
    with app.app_context():
        numbers = sa.select(Change.new).where(Change.table_name == "clearance", Change.field == "number")
        assert set(db.session.execute(numbers).scalars()) == {""}


def test_curator_director_and_she_herself_read_them_and_nobody_else(app: Flask, as_user: AsUser, world: World) -> None:
    pages = {"vera": True, "viktor": True, "inna": True, "timur": True, "polina": False, "klara": False}
    with app.app_context(), writing():
        fresh(world.people["timur"]).kind = PersonKind.STUDENT
    show(app, world.people["timur"], ClearanceKind.NO_CONVICTION, number="014/22")
    for name, sees in pages.items():
        page = as_user(name).get(f"/people/{world.people['timur']}").text
        assert ("014/22" in page) is sees, name
        assert ("изменить или убрать" in page) is (name in ("vera", "viktor")), name


def test_people_of_the_school_are_asked_for_nothing(vera: Browser, world: World) -> None:
    assert "Документы внешнего наставника" not in vera.get(f"/people/{world.people['anna']}").text


def test_who_mentors_nobody_is_not_told_what_she_lacks(app: Flask, vera: Browser) -> None:
    card = vera.get(f"/people/{add_person(app, 'Егорова', kind=PersonKind.PARENT)}").text
    assert "Добавить документ" in card and "не хватает" not in card


def test_the_base_tells_who_may_not_work_with_children_yet(app: Flask, vera: Browser, mentor: int) -> None:
    assert f'<a href="/people/{mentor}#clearances">документы</a> для работы с детьми не все' in vera.get("/bases/mentors").text
    for kind in NEEDED:
        show(app, mentor, kind)
    assert "для работы с детьми" not in vera.get("/bases/mentors").text


# --- In the way of a pair ---


def go(who: Browser, pair_id: int, state: PairState) -> Any:
    return who.post(f"/pairs/{pair_id}/state", {"state": state.value})


def test_a_pair_does_not_begin_before_the_papers_are_there(app: Flask, vera: Browser, world: World, mentor: int) -> None:
    pair_id = take_the_mentors_place(app, world, mentor)
    page = vera.get(f"/pairs/{pair_id}/edit").text
    for words in (NO_CERTIFICATE, NO_DOCTOR):
        assert f'<a href="/people/{mentor}?pair={pair_id}#clearances">Дорохов\u00a0И.: {words}</a>' in page
    assert "Без этого работу не начать" in page and 'disabled data-not-yet aria-describedby="not-yet">Начать работу' in page
    answer = go(vera, pair_id, PairState.ACTIVE)
    assert answer.status_code == 409 and NO_CERTIFICATE in answer.text and "Пара осталась, как была" in answer.text
    show(app, mentor, ClearanceKind.NO_CONVICTION)
    assert NO_DOCTOR in go(vera, pair_id, PairState.ACTIVE).text
    show(app, mentor, ClearanceKind.MEDICAL, TODAY)
    assert 'name="state" value="active">Начать работу' in vera.get(f"/pairs/{pair_id}/edit").text
    assert go(vera, pair_id, PairState.ACTIVE).status_code == 303


def test_from_a_pair_that_waits_for_a_paper_she_finds_the_way_back(app: Flask, vera: Browser, world: World, mentor: int) -> None:
    pair_id = take_the_mentors_place(app, world, mentor)
    address, back = f"/people/{mentor}/clearances/new?pair={pair_id}", f'<a href="/pairs/{pair_id}/edit">Вернуться к паре «'
    assert address in (card := vera.get(f"/people/{mentor}?pair={pair_id}").text) and back in card and "Записано." not in card
    assert f'action="{address}"' in vera.get(address).text
    place = vera.post(address, typed()).location
    assert f"Записано. {back}" in vera.get(place).text
    assert vera.post(address, typed()).location == place  # sent twice
    for other in ("0", "9" * 30, "x", str(world.pairs["egor"])):
        assert "Вернуться к паре" not in vera.get(f"/people/{mentor}?pair={other}").text, other


def test_a_paper_that_ran_out_or_was_removed_counts_as_none(app: Flask, vera: Browser, world: World, mentor: int) -> None:
    pair_id = take_the_mentors_place(app, world, mentor)
    show(app, mentor, ClearanceKind.NO_CONVICTION, TODAY - timedelta(days=1))
    doctor = show(app, mentor, ClearanceKind.MEDICAL)
    assert "справка об отсутствии судимости: срок истёк 22.11.2026" in go(vera, pair_id, PairState.ACTIVE).text
    show(app, mentor, ClearanceKind.NO_CONVICTION, TODAY + timedelta(days=90))
    vera.post(f"/people/{mentor}/clearances/{doctor}/remove")
    assert NO_DOCTOR in go(vera, pair_id, PairState.ACTIVE).text


def test_a_pair_that_works_goes_on_and_is_told(app: Flask, vera: Browser, world: World, mentor: int) -> None:
    pair_id = take_the_mentors_place(app, world, mentor, state=PairState.ACTIVE)
    page = vera.get(f"/pairs/{pair_id}/edit").text
    assert NO_CERTIFICATE in page and "без этого нельзя" not in page
    assert vera.get("/").text.count(f"/people/{mentor}#clearances") == 2
    with app.app_context():
        assert db.session.get_one(Pair, pair_id).state is PairState.ACTIVE
    # After a pause work begins anew.
    assert go(vera, pair_id, PairState.PAUSED).status_code == 303
    assert go(vera, pair_id, PairState.ACTIVE).status_code == 409


def test_whoever_mentors_grown_ups_needs_none(app: Flask, vera: Browser, world: World, mentor: int) -> None:
    pair_id = take_the_mentors_place(app, world, mentor, pair="boris")
    assert NO_CERTIFICATE not in vera.get(f"/pairs/{pair_id}/edit").text
    assert go(vera, pair_id, PairState.ACTIVE).status_code == 303


# --- On the start page ---


def test_thirty_days_before_its_end_a_paper_is_told_of(app: Flask, as_user: AsUser, mentor: int) -> None:
    show(app, mentor, ClearanceKind.MEDICAL, TODAY + timedelta(days=30))
    show(app, mentor, ClearanceKind.NO_CONVICTION, TODAY + timedelta(days=31))
    for name in ("vera", "viktor", "inna"):
        page = as_user(name).get("/").text.split('id="terms"')[1]
        assert "Медицинское заключение или книжка, срок истекает" in page and "23.12.2026" in page and "судимости" not in page
    assert "Сроки бумаг" not in as_user("klara").get("/").text


def test_what_was_renewed_or_is_nobodys_any_more_is_not_told(app: Flask, vera: Browser, mentor: int) -> None:
    show(app, mentor, ClearanceKind.MEDICAL, TODAY - timedelta(days=30))
    show(app, mentor, ClearanceKind.MEDICAL, TODAY + timedelta(days=300))
    former = add_mentor(app, "Прежний")
    show(app, former, ClearanceKind.MEDICAL, TODAY - timedelta(days=30))
    with app.app_context(), writing():
        fresh(former).base_entries[0].left_on = TODAY
    assert "Сроки бумаг" not in vera.get("/").text
    assert "Обновлять нечего" in vera.get("/lists/terms").text


def test_agreements_that_end_stand_beside_them(app: Flask, vera: Browser) -> None:
    place = add_organisation(app, agreement_number="12", agreement_on=date(2025, 9, 1), agreement_to=TODAY - timedelta(days=1))
    add_organisation(app, "Прежняя", agreement_to=TODAY, archived_at=None)
    page = vera.get("/").text
    assert f'<a class="title-link" href="/organisations/{place}">' in page and "соглашение № 12 от 01.09.2025, срок истёк" in page
    vera.post(f"/organisations/{place}/archive")
    assert f"/organisations/{place}" not in vera.get("/").text


def test_the_first_five_stand_on_the_page_and_the_rest_on_a_list(app: Flask, vera: Browser) -> None:
    for number in range(7):
        show(app, add_mentor(app, f"Внешний{number}"), ClearanceKind.MEDICAL, TODAY + timedelta(days=number))
    assert "ещё 2" in vera.get("/").text.split('id="terms"')[1]
    rest = vera.get("/lists/terms").text
    assert rest.index("Внешний0") < rest.index("Внешний6")


def test_time_goes_by_and_a_paper_runs_out(app: Flask, as_user: AsUser, clock: Clock, mentor: int) -> None:
    show(app, mentor, ClearanceKind.MEDICAL, date(2027, 1, 31))
    assert "Сроки бумаг" not in as_user("vera").get("/").text
    clock.pass_by(days=45)
    assert "срок истекает" in as_user("vera").get("/").text


def test_the_start_page_costs_the_same_however_many_there_are(app: Flask, vera: Browser) -> None:
    def count() -> int:
        with selects(app) as sent:
            assert vera.get("/").status_code == 200
        return len(sent)

    count()
    none = count()
    show(app, add_mentor(app), ClearanceKind.MEDICAL, TODAY)
    few = count()
    for number in range(10):
        show(app, add_mentor(app, f"Внешний{number}"), ClearanceKind.MEDICAL, TODAY)
        add_organisation(app, f"Организация {number}", agreement_to=TODAY)
    assert count() == few == none + 4


def test_a_paper_of_somebody_else_is_not_opened_beside_a_person(app: Flask, vera: Browser, mentor: int, world: World) -> None:
    paper = show(app, mentor, ClearanceKind.MEDICAL)
    assert vera.get(f"/people/{world.people['anna']}/clearances/{paper}").status_code == 404
    with app.app_context():
        assert db.session.get_one(Clearance, paper).removed_at is None
