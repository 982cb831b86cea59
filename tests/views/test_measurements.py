"""Measurements of a mentee: who writes and reads which number, what became of it, and the list of those who measure by a role."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask

from mentorapp.database import db, writing
from mentorapp.domain.formspec import from_json, to_json
from mentorapp.domain.permissions import Access, Action, Measured, PairFacts, RoleKind, Side, can
from mentorapp.models import FormVersion, MentoringForm, Pair, Participant, Role
from mentorapp.models.pairs import PairState
from tests.conftest import NOW, Browser
from tests.papers import reading
from tests.parts import PARAMETERS, give_parts, without_parts
from tests.queries import selects
from tests.school import World

AsUser = Callable[[str], Browser]


@pytest.fixture
def sheet(app: Flask, world: World) -> str:
    """The address of what is measured of Boris."""
    give_parts(app)
    return address_of(app, world, "boris")


def address_of(app: Flask, world: World, part: str) -> str:
    with app.app_context():
        pair = db.session.get_one(Pair, world.pairs[part])
        row = next(row for row in pair.participants if row.side is Side.MENTEE)
        return f"/pairs/{pair.id}/measurements/{row.id}"


def give(browser: Browser, sheet: str, key: str, value: str, seen: str = "") -> Any:
    return browser.post(f"{sheet}/values/{key}", {"value": value, "seen": seen}, headers={"HX-Request": "true"})


def test_a_mentor_writes_a_number_and_the_difference_comes_with_the_second_one(as_user: AsUser, sheet: str) -> None:
    anna = as_user("anna")
    before = give(anna, sheet, "lessons.before", "3")
    assert before.status_code == 200 and "ещё не измерено после" in before.text
    after = give(anna, sheet, "lessons.after", "5,5")
    assert "+2,5, лучше" in after.text and 'id="d-lessons"' in after.text
    page = anna.get(sheet).text
    assert "+2,5, лучше" in page and "Соколова" in page and "23.11.2026" in page


def test_without_the_first_number_there_is_no_difference_and_no_zero(as_user: AsUser, sheet: str) -> None:
    answer = give(as_user("vera"), sheet, "hours.after", "7")
    assert "нет входного замера" in answer.text and "+7" not in answer.text


def test_less_is_better_where_the_form_says_so(as_user: AsUser, sheet: str) -> None:
    polina = as_user("polina")
    give(polina, sheet, "worry.before", "40")
    assert "−10, лучше" in give(polina, sheet, "worry.after", "30").text


def test_a_number_out_of_bounds_and_a_day_ahead_are_refused_with_a_sentence(as_user: AsUser, sheet: str) -> None:
    anna = as_user("anna")
    number = give(anna, sheet, "lessons.before", "21")
    assert number.status_code == 422 and "от 0 до 20" in number.text
    day = give(anna, sheet, "lessons.before.on", "24.11.2026")
    assert day.status_code == 422 and "ещё не наступил" in day.text
    assert give(anna, sheet, "lessons.before.on", "5.9").status_code == 200
    assert "05.09.2026" in anna.get(sheet).text


def test_two_people_who_write_different_numbers_are_asked(as_user: AsUser, sheet: str) -> None:
    give(as_user("anna"), sheet, "lessons.before", "3")
    answer = give(as_user("vera"), sheet, "lessons.before", "4")
    assert answer.status_code == 409 and "уже записано другое" in answer.text
    assert give(as_user("vera"), sheet, "lessons.before", "4", seen="3").status_code == 200


def test_without_the_script_the_page_saves_what_its_reader_may_write(as_user: AsUser, sheet: str) -> None:
    sent = {"value-ease.before": "4", "seen-ease.before": "", "value-lessons.before": "9", "seen-lessons.before": ""}
    assert as_user("boris").post(sheet, sent).status_code == 303
    page = as_user("vera").get(sheet).text
    assert 'name="value-ease.before" value="4"' in page and 'name="value-lessons.before" value=""' in page
    refused = as_user("anna").post(sheet, {"value-lessons.before": "99", "seen-lessons.before": ""})
    assert refused.status_code == 422 and 'value="99"' in refused.text and "от 0 до 20" in refused.text


def test_everybody_sees_only_what_concerns_her(as_user: AsUser, sheet: str) -> None:
    titles = {one.id: one.title for one in PARAMETERS}
    everyday = {"lessons", "ease", "hours", "marks"}
    seen = {"vera": set(titles), "inna": everyday, "anna": everyday, "boris": everyday | {"doubt"}, "polina": {"worry"}}
    for name, expected in seen.items():
        page = as_user(name).get(sheet).text
        assert {id for id, title in titles.items() if title in page} == expected, name


def test_a_psychologist_finds_the_mentee_in_her_list_and_reads_nothing_else_of_the_pair(as_user: AsUser, world: World, sheet: str) -> None:
    polina = as_user("polina")
    listed = polina.get("/measurements").text
    assert "Лукин Борис Андреевич" in listed and "0 из 1" in listed
    give(polina, sheet, "worry.before", "40")
    assert "1 из 1" in polina.get("/measurements").text
    page = polina.get(sheet).text
    assert "Соколова" not in page and "Встречи" not in page
    assert polina.get(f"/pairs/{world.pairs['boris']}").status_code == 404


def test_a_class_teacher_measures_the_pupils_of_her_class(app: Flask, as_user: AsUser, world: World, sheet: str) -> None:
    klara, timur = as_user("klara"), address_of(app, world, "timur")
    listed = klara.get("/measurements").text
    assert "Ибрагимов" in listed and "Лукин" not in listed
    assert give(klara, timur, "marks.before", "4").status_code == 200
    assert give(klara, timur, "lessons.before", "4").status_code == 403
    assert give(klara, timur, "worry.before", "4").status_code == 404
    assert klara.get(sheet).status_code == 404


def test_the_list_asks_as_often_for_many_pairs_as_for_one(app: Flask, as_user: AsUser, sheet: str, world: World) -> None:
    polina = as_user("polina")
    give(polina, sheet, "worry.before", "40")
    polina.get("/measurements")  # from now on the form is remembered
    with selects(app) as few:
        polina.get("/measurements")
    with app.app_context(), writing() as session:
        first = session.get_one(Pair, world.pairs["boris"])
        for _ in range(20):
            values = {column.key: getattr(first, column.key) for column in db.inspect(Pair).column_attrs if column.key != "id"}
            pair = Pair(**values)
            pair.participants = [Participant(person_id=row.person_id, side=row.side, since=row.since) for row in first.participants]
            session.add(pair)
    with selects(app) as many:
        assert polina.get("/measurements").text.count("Лукин Борис") == 21
    assert len(many) == len(few)


def test_the_numbers_stay_with_the_version_that_they_were_begun_with(app: Flask, as_user: AsUser, world: World, sheet: str) -> None:
    vera = as_user("vera")
    give(vera, sheet, "hours.before", "4")
    with app.app_context(), writing() as session:
        form = session.get_one(MentoringForm, "teacher-teacher")
        old = session.get_one(FormVersion, form.current_version_id)
        spec = from_json(old.written)
        written = to_json(replace(spec, parameters=tuple(one for one in spec.parameters if one.id != "hours")))
        new = FormVersion(form=form, number=old.number + 1, written=written, content_hash="x", published_at=NOW)
        session.add(new)
        session.flush()
        form.current_version_id = new.id
    assert "Часы" in vera.get(sheet).text
    egor = address_of(app, world, "egor")
    assert "Часы" not in vera.get(egor).text
    assert give(vera, egor, "hours.before", "4").status_code == 404


def test_a_form_that_measures_nothing_has_no_tab_and_no_page(app: Flask, as_user: AsUser, world: World) -> None:
    give_parts(app, without_parts)
    pair = f"/pairs/{world.pairs['boris']}"
    assert "Замеры" not in as_user("vera").get(f"{pair}/meetings").text
    assert as_user("vera").get(f"{pair}/measurements").status_code == 404


def test_the_tab_stands_where_its_reader_measures_or_reads(as_user: AsUser, world: World, sheet: str) -> None:
    pair = f"/pairs/{world.pairs['boris']}"
    for name in ("vera", "inna", "anna", "boris"):
        assert f'href="{pair}/measurements"' in as_user(name).get(f"{pair}/meetings").text
    assert as_user("boris").get(f"{pair}/measurements").location.endswith(sheet)


def test_in_a_group_a_mentee_finds_her_own_sheet_alone(app: Flask, as_user: AsUser, world: World, sheet: str) -> None:
    with app.app_context(), writing() as session:
        egor = Participant(pair_id=world.pairs["boris"], person_id=world.people["egor"], side=Side.MENTEE, since=NOW.date())
        session.add(egor)
        session.flush()
        other = f"/pairs/{world.pairs['boris']}/measurements/{egor.id}"
    both = as_user("anna").get(f"/pairs/{world.pairs['boris']}/measurements").text
    assert "Лукин Борис" in both and "Уваров" in both
    assert as_user("boris").get(f"/pairs/{world.pairs['boris']}/measurements").location.endswith(sheet)
    assert as_user("boris").get(other).status_code == 404
    assert as_user("egor").get(other).status_code == 200


def test_the_paper_is_blank_or_filled_and_holds_nothing_personal(as_user: AsUser, sheet: str) -> None:
    vera = as_user("vera")
    give(vera, sheet, "hours.before", "12")
    give(vera, sheet, "worry.before", "47")
    filled, blank = (reading.text(vera.get(f"{sheet}/measurements.pdf{end}").data) for end in ("", "?blank=1"))
    assert "12" in filled and "23.11.2026" in filled and "47" not in filled and "личное" in filled
    assert "Тревожность" in blank and "23.11.2026" not in blank and "личное" not in blank
    assert "Тревожность" not in reading.text(as_user("inna").get(f"{sheet}/measurements.pdf").data)


def test_the_papers_of_the_pair_offer_it(as_user: AsUser, world: World, sheet: str) -> None:
    page = as_user("vera").get(f"/pairs/{world.pairs['boris']}/papers").text
    assert f"{sheet}/measurements.pdf?blank=1" in page


def test_what_the_report_lacks_counts_the_numbers_that_are_missing(as_user: AsUser, world: World, sheet: str) -> None:
    vera, edit = as_user("vera"), f"/pairs/{world.pairs['boris']}/edit"
    assert vera.get(edit).text.count(f", {len(PARAMETERS)}</a>") == 2
    give(vera, sheet, "hours.before", "4")
    page = vera.get(edit).text
    assert "не внесены замеры в начале" in page and f"Лукин\u00a0Б.\u00a0А., {len(PARAMETERS) - 1}</a>" in page
    assert "не внесены замеры в конце" in page and f'href="{sheet}"' in page


@pytest.mark.parametrize("archived", [False, True])
def test_after_the_end_numbers_may_still_be_written_and_in_the_archive_not(
    app: Flask, as_user: AsUser, world: World, sheet: str, archived: bool
) -> None:
    with app.app_context(), writing() as session:
        pair = session.get_one(Pair, world.pairs["boris"])
        pair.state, pair.archived_at = PairState.FINISHED, NOW if archived else None
    assert give(as_user("anna"), sheet, "lessons.after", "5").status_code == (403 if archived else 200)


def test_a_curator_reads_nothing_personal_in_a_pair_of_her_own(app: Flask, as_user: AsUser, world: World, sheet: str) -> None:
    with app.app_context(), writing() as session:
        session.add(Role(person_id=world.people["anna"], kind=RoleKind.CURATOR, since=date(2020, 9, 1)))
    page = as_user("anna").get(sheet).text
    assert "Часы" in page and "Тревожность" not in page and "Сомнения" not in page


def test_a_class_teacher_of_one_mentee_of_a_group_measures_that_one() -> None:
    from mentorapp.domain.permissions import Grant

    pair = PairFacts(1, "any", frozenset(), frozenset(), frozenset((3, 4)), is_open=True)
    klara = Access(1, (Grant(RoleKind.CLASS_TEACHER, class_id=3),), pair)
    own, other = (Measured(place, room, "class_teacher", False) for place, room in ((7, 3), (8, 4)))
    assert can(klara, Action.MEASUREMENTS_EDIT, own) and not can(klara, Action.MEASUREMENTS_VIEW, other)
