"""Empty papers for all people of a group at once."""

from collections.abc import Callable

import pytest
from flask import Flask

from mentorapp.database import db, writing
from mentorapp.domain.permissions import Side
from mentorapp.models import Pair, Participant, submissions
from tests.conftest import NOW, Browser
from tests.papers import reading
from tests.school import World

AsUser = Callable[[str], Browser]


@pytest.fixture
def group(app: Flask, world: World) -> int:
    """Anna with Boris and Gleb."""
    with app.app_context(), writing() as session:
        pair = session.get_one(Pair, world.pairs["boris"])
        pair.participants.append(Participant(person_id=world.people["gleb"], side=Side.MENTEE, since=pair.starts_on))
        return pair.id


def test_the_papers_of_a_group_offer_all_blanks_as_one_file(vera: Browser, group: int) -> None:
    page = vera.get(f"/pairs/{group}/papers").text
    assert "Все анкеты подряд: перед началом" in page and "пустые бланки: 3" in page
    pages = [page.text for page in reading.pages(vera.get(f"/pairs/{group}/questionnaires/before/blanks.pdf").data)]
    first = [page for page in pages if "стр. 1 из" in page]  # each has page numbers of its own
    assert len(first) == 3
    assert [name in page for name, page in zip(("Соколова Анна", "Лукин Борис", "Ершов Глеб"), first, strict=True)] == [True] * 3


def test_the_tab_of_questionnaires_has_the_same_file(vera: Browser, group: int, world: World) -> None:
    page = vera.get(f"/pairs/{group}/questionnaires").text
    assert f"/pairs/{group}/questionnaires/before/blanks.pdf" in page and "Все анкеты подряд: перед началом, 3" in page
    assert "Все анкеты подряд" not in vera.get(f"/pairs/{world.pairs['egor']}/questionnaires").text


def test_who_has_answered_gets_no_blank(app: Flask, vera: Browser, group: int) -> None:
    with app.app_context(), writing() as session:
        sent = submissions.begin(session.get_one(Pair, group).participants[1], "before", NOW)
        session.flush()
        sent.send(NOW)
    text = reading.text(vera.get(f"/pairs/{group}/questionnaires/before/blanks.pdf").data)
    assert "Ершов Г. К.: Анкета" in text and "Лукин Б. А.: Анкета" not in text  # at the foot


def test_a_pair_of_two_is_offered_no_such_file_and_a_time_that_is_none_has_none(vera: Browser, world: World) -> None:
    assert "подряд: перед началом" not in vera.get(f"/pairs/{world.pairs['boris']}/papers").text
    assert vera.get(f"/pairs/{world.pairs['boris']}/questionnaires/never/blanks.pdf").status_code == 404


def test_lists_of_deficits_that_were_begun_are_printed_together(app: Flask, as_user: AsUser, group: int) -> None:
    vera = as_user("vera")
    assert vera.get(f"/pairs/{group}/deficits/blanks.pdf").status_code == 404
    with app.app_context():
        rows = [row.id for row in db.session.get_one(Pair, group).participants if row.side is Side.MENTEE]
    for row in rows:
        vera.post(f"/pairs/{group}/deficits/{row}")
    assert "Все чек-листы дефицитов подряд" in vera.get(f"/pairs/{group}/papers").text
    text = reading.text(vera.get(f"/pairs/{group}/deficits/blanks.pdf").data)
    assert "Лукин Борис" in text and "Ершов Глеб" in text
    own = reading.text(as_user("boris").get(f"/pairs/{group}/deficits/blanks.pdf").data)
    assert "Лукин Борис" in own and "Ершов Глеб" not in own


def test_a_questionnaire_of_a_form_alone_names_no_place_to_type_it_in_and_asks_for_the_day_once(vera: Browser) -> None:
    vera.post("/forms/teacher-teacher/draft")
    text = reading.text(vera.get("/forms/teacher-teacher/draft/parts/questionnaires.mentee_before/paper.pdf").data)
    assert text.count("Дата") == 1 and "Спасибо!" in text and "Ввести с бумаги" not in text
