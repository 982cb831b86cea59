"""The shipped form «Учитель — учитель» says what the field requires of it."""

import re
from datetime import date

import pytest

from mentorapp.domain import comparison, due
from mentorapp.domain.comparison import Filled
from mentorapp.domain.formspec import AREA, CONTROLS, FormSpec
from mentorapp.domain.questionnaire import Questionnaire
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


def test_each_owner_has_the_rows_of_the_programme_and_two_may_be_called_for(spec):
    always = {owner: sum(item.when is None for item in plan.items) for owner, plan in spec.plans.items()}
    assert always == {"pair": 6, "mentor": 7, "mentee": 5, "curator": 5}
    assert [(owner, item.id) for owner, plan in spec.plans.items() for item in plan.items if item.when] == [
        ("mentor", "invited"),
        ("mentee", "paper_folder"),
    ]


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


# --- Questionnaires ---

PAIRS = [("mentee", 11), ("mentor", 12)]


def by_phase(spec: FormSpec, role: str) -> dict[str, Questionnaire]:
    return {asked.phase: asked for asked in spec.questionnaires if asked.role == role}


def test_each_side_is_asked_before_and_after_in_the_middle_and_to_enter_a_base(spec):
    for role in ("mentee", "mentor"):
        asked = by_phase(spec, role)
        assert set(asked) - {"observation"} == {"application", "before", "interim", "after"}
        assert all(15 <= len(asked[phase].asked) <= 16 for phase in ("before", "after"))
    assert all(one.intro and one.thanks for one in spec.questionnaires)


def test_the_sheet_of_a_visited_lesson_looks_at_ten_things_and_gives_the_mentee_the_first_word(spec):
    sheet = by_phase(spec, "mentor")["observation"]
    seen = sheet.question("seen")
    assert len(seen.rows) == 10 and list(seen.limits.options) == ["no", "partly", "yes"]
    after = [question.id for question in sheet.asked][sheet.numbers["seen"] :]
    assert after[0] == "own_view" and {"strong", "work_on", "try_next"} < set(after)


def test_a_mentor_is_sought_by_what_the_mentee_lacks_the_subject_and_the_time(spec):
    assert {rule.id: rule.kind for rule in spec.matching} == {
        "area": "complement",
        "subject": "overlap",
        "slots": "overlap",
        "ways": "overlap",
        "years": "gap",
        "mutual": "overlap",
    }
    assert sum(rule.weight for rule in spec.matching) == 100


def test_ways_and_methods_of_meetings_are_those_of_the_programme_for_teachers(spec):
    methods = {
        "наблюдение", "беседа", "знакомство с документацией", "изучение передового опыта", "обмен опытом", "самообразование",
        "анкетирование", "моделирование", "проектная деятельность", "рефлексия", "комплексная оценка",
    }  # fmt: skip
    assert {method for meeting in spec.meetings for method in meeting.methods} == methods
    assert all(meeting.interactions and meeting.methods for meeting in spec.meetings)


@pytest.mark.parametrize("role,number", PAIRS)
def test_what_is_compared_is_asked_in_both_questionnaires_of_a_side(spec, role, number):
    keys = {phase: [one.pair_key for one in asked.asked if one.pair_key] for phase, asked in by_phase(spec, role).items()}
    assert set(keys["before"]) == set(keys["after"]) and len(keys["before"]) == number


@pytest.mark.parametrize("role,number", PAIRS)
def test_two_questions_of_a_key_can_be_compared(spec, role, number):
    tied = {phase: {one.pair_key: one for one in asked.asked if one.pair_key} for phase, asked in by_phase(spec, role).items()}
    for key, before in tied["before"].items():
        after = tied["after"][key]
        assert (before.kind, before.limits, list(before.limits.options)) == (after.kind, after.limits, list(after.limits.options))
        assert (before.rows, before.reverse, before.show_if, after.show_if) == (after.rows, after.reverse, None, None)


@pytest.mark.parametrize("role", ["mentee", "mentor"])
def test_the_best_answers_after_the_worst_ones_are_all_better(spec, role):
    """Every question that is counted counts upwards, so the comparison can say «better»."""
    asked = by_phase(spec, role)
    first = Filled(asked["before"], edge_answers(asked["before"], best=False))
    last = Filled(asked["after"], edge_answers(asked["after"], best=True))
    counted = [line for line in comparison.compare(first, last) if line.change is not None]
    assert len(counted) >= 12 and all(line.is_better for line in counted)
    assert not [line.text for line in comparison.compare(first, last) if line.note]


def edge_answers(asked: Questionnaire, *, best: bool) -> dict[str, str]:
    """The highest answer to each question, or the lowest. «How often» begins with the most often."""
    given: dict[str, str] = {}
    for question in asked.asked:
        edges = list(question.limits.options) or [str(question.limits.low), str(question.limits.high)]
        upwards = edges[::-1] if question.kind == "frequency" else edges
        given |= dict.fromkeys(question.keys, upwards[-1 if best else 0])
    return given


def test_a_question_that_may_not_be_asked_may_stay_empty(spec):
    """A condition asks for a word more, never for something that has to be answered."""
    conditional = [one for asked in spec.questionnaires for one in asked.asked if one.show_if]
    assert len(conditional) == 4 and not any(one.required for one in conditional)


# --- Evaluation, competences, control ---


def test_nine_indicators_stand_in_three_groups(spec):
    assert [(group.title, len(group.indicators)) for group in spec.evaluation.groups] == [
        ("А. Программа и её выполнение", 5),
        ("Б. Участники", 2),
        ("В. Изменения в наставляемом", 2),
    ]
    assert all(indicator.hint for indicator in spec.evaluation.indicators)
    assert [point.value for point in spec.evaluation.points] == [2, 1, 0] and spec.evaluation.not_applicable


def test_the_levels_are_those_of_the_programme(spec):
    assert [(band.low, band.high, band.title) for band in spec.evaluation.bands] == [
        (15, 18, "оптимальный"),
        (9, 14, "допустимый"),
        (0, 8, "недопустимый"),
    ]
    assert all(band.text for band in spec.evaluation.bands) and spec.evaluation.most == 18


def test_each_competence_brings_an_activity_that_fits_a_cell(spec):
    assert [len(group.competences) for group in spec.deficits.groups] == [4, 7, 4, 5, 4, 4]
    assert all(one.practice.startswith("Практикум: ") for one in spec.deficits.competences)
    assert len({one.title for one in spec.deficits.competences}) == len({one.practice for one in spec.deficits.competences}) == 28
    assert (len(spec.deficits.levels), spec.deficits.enough) == (4, 2)


def test_the_only_gap_in_a_text_of_a_plan_is_the_area_that_the_pair_chose(spec):
    texts = [text for plan in spec.plans.values() for item in plan.items for text in item.cells.values()]
    assert {gap for text in texts for gap in re.findall(r"\[.*?\]", text)} == {AREA}
    assert spec.needs_area and len(set(spec.areas)) == len(spec.areas) == 8


def test_a_control_looks_at_what_the_former_one_looked_at(spec):
    assert [len(spec.control[occasion]) for occasion in CONTROLS] == [3, 4]
    assert set(spec.control["interim"]) < set(spec.control["final"])


# --- The page about it ---


def test_the_page_tells_the_figures_of_the_form(spec):
    page = (SHIPPED / "README.md").read_text("utf-8")
    for path in SHIPPED.glob("*.toml"):
        assert f"| `{path.name}` |" in page
    for band in spec.evaluation.bands:
        assert f"| {band.low}–{band.high} | {band.title} |" in page
    told = re.findall(
        r"^\| (?:\w+ (?:перед началом|в середине|в конце)|заявка \w+|лист посещения урока) \| (\d+) \| (\S+) \|$", page, re.MULTILINE
    )
    tied = [sum(bool(question.pair_key) for question in one.asked) for one in spec.questionnaires]
    assert told == [(str(len(one.asked)), str(number or "—")) for one, number in zip(spec.questionnaires, tied, strict=True)]
    assert "; ".join(f"{number} — {word}" for number, word in enumerate(spec.deficits.levels)).replace("; ", ", ") in page
