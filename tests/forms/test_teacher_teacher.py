"""The shipped form «Учитель — учитель» says what the field requires of it."""

from datetime import date

import pytest

from mentorapp.domain import due
from mentorapp.domain.formspec import FormSpec
from mentorapp.domain.school_year import SchoolYear
from mentorapp.forms.read import read_form
from tests.forms.forms import SHIPPED

YEAR = SchoolYear(2026)
WHOLE_YEAR = date(2026, 9, 5), date(2027, 5, 31)
SECOND_HALF = date(2027, 1, 12), date(2027, 5, 31)


@pytest.fixture(scope="module")
def spec() -> FormSpec:
    found, problems, _ = read_form(SHIPPED)
    assert found, [str(problem) for problem in problems]
    return found


def test_each_owner_has_the_rows_of_the_programme(spec):
    assert {owner: len(plan.items) for owner, plan in spec.plans.items()} == {"pair": 6, "mentor": 7, "mentee": 5, "curator": 5}


def test_the_pairs_plan_puts_the_date_after_the_activity_and_the_others_before_it(spec):
    titles = {owner: [column.title for column in plan.columns] for owner, plan in spec.plans.items()}
    tail = ["Цель", "Планируемый результат", "Форма отчётности", "Срок отчётности"]
    assert titles.pop("pair") == ["Мероприятие", "Дата", *tail]
    assert all(columns == ["Дата", "Мероприятие", *tail] for columns in titles.values())


def test_the_core_finds_its_three_columns_in_every_plan(spec):
    for plan in spec.plans.values():
        assert [column.role for column in map(plan.by_role, ("title", "due", "report_due"))] == ["title", "due", "report_due"]
        assert sum(column.width for column in plan.columns) == 100


def test_pairs_are_of_five_kinds_in_eight_models(spec):
    assert len(spec.subtypes) == 5 and all(subtype.aim and subtype.categories for subtype in spec.subtypes)
    assert len(spec.models) == 8
    assert spec.organisation == ("1:1", "1:N", "N:1", "N:M")


def test_a_subtype_has_a_title_and_an_aim(spec):
    assert spec.subtypes[0].title == "Опытный педагог — молодой специалист"
    assert all(subtype.aim for subtype in spec.subtypes)
    assert spec.models[0].id == "traditional"


def test_no_cell_of_any_row_is_empty(spec):
    for plan in spec.plans.values():
        for item in plan.items:
            assert list(item.cells) == ["what", "goal", "result", "report"]
            assert all(item.cells.values()) and item.due and item.report_due


def test_the_form_of_report_of_a_row_is_among_the_suggested(spec):
    for plan in spec.plans.values():
        assert {item.cells["report"] for item in plan.items} <= set(plan.column("report").suggest)


@pytest.mark.parametrize("start,end", [WHOLE_YEAR, SECOND_HALF], ids=["whole year", "second half"])
def test_every_date_falls_into_the_pairs_period_and_the_report_follows(spec, start, end):
    for plan in spec.plans.values():
        for item in plan.items:
            term = due.from_rule(item.due, start=start, end=end, year=YEAR)
            report = due.from_rule(item.report_due, start=start, end=end, year=YEAR)
            assert term.text and report.text
            assert term.last and report.last and report.last <= end, item
            if "year" not in item.due:
                assert (term.first or start) <= term.last <= end and start <= report.last, item
                assert (term.first or term.last) <= report.last, item


def test_rows_stand_in_the_order_of_their_dates(spec):
    start, end = WHOLE_YEAR
    for plan in spec.plans.values():
        days = [due.from_rule(item.due, start=start, end=end, year=YEAR).last for item in plan.items if "year" not in item.due]
        assert days == sorted(days)


def test_the_open_lesson_is_in_april_and_the_reports_are_in_by_20_may(spec):
    start, end = WHOLE_YEAR
    *_, lesson, report = spec.plans["mentor"].items
    assert due.from_rule(lesson.due, start=start, end=end, year=YEAR).last == date(2027, 4, 30)
    assert due.from_rule(report.report_due, start=start, end=end, year=YEAR).last == date(2027, 5, 20)


def test_each_meeting_has_an_agenda_that_fits_one_sheet(spec):
    assert len(spec.meetings) == 8
    assert all(5 <= len(meeting.agenda) <= 9 for meeting in spec.meetings)


def test_lessons_are_visited_twice_a_month(spec):
    assert {meeting.id: meeting.per_month for meeting in spec.meetings if meeting.per_month} == {"lesson_visit": 2}


def test_rights_and_duties_are_as_many_as_in_the_programme(spec):
    parts = ("mentor_rights", "mentor_duties", "mentee_rights", "mentee_duties")
    assert [len(spec.texts[part]) for part in parts] == [9, 8, 3, 7]


def test_the_words_for_both_sides_are_declined(spec):
    assert (spec.mentor.genitive, spec.mentee.dative, spec.mentee.plural) == ("наставника", "наставляемому", "наставляемые")


def test_no_one_area_of_competence_is_written_into_the_plans(spec):
    words = " ".join(text for plan in spec.plans.values() for item in plan.items for text in item.cells.values()).casefold()
    assert not [word for word in ("цифров", "предметн", "грамотност", "коммуникац") if word in words]
