"""Questionnaires, comparisons, criteria and deficits as rules: what is missing is missing, and never zero."""

from dataclasses import replace

import pytest

from mentorapp.domain import answers, comparison, rubric
from mentorapp.domain.answers import is_answered
from mentorapp.domain.comparison import Filled, Tally
from mentorapp.domain.deficits import Competence, CompetenceGroup, DeficitCatalogue
from mentorapp.domain.kinds import Limits
from mentorapp.domain.questionnaire import FREQUENCY, Condition, Question, Questionnaire, opens_on
from mentorapp.domain.rubric import Band, Indicator, IndicatorGroup, Point, Rubric
from mentorapp.domain.school_year import SchoolYear
from tests.every_kind import EVERY_KIND, GIVEN

TEN = Limits(low=1, high=10)
ABC = Limits(options={"a": "А", "b": "Б", "c": "В"}, low=2, high=2)


def asked(*questions: Question, phase: str = "before") -> Questionnaire:
    return Questionnaire("q", "mentee", phase, "Анкета", questions)


# --- which questions are asked ---


@pytest.mark.parametrize(
    ("condition", "answer", "holds"),
    [
        pytest.param(Condition("x", ("да",)), "да", True, id="yes"),
        pytest.param(Condition("x", ("да",)), "нет", False, id="no"),
        pytest.param(Condition("x", ("a", "b")), "b", True, id="one of several"),
        pytest.param(Condition("x", ("a",)), "a,c", True, id="ticked among others"),
        pytest.param(Condition("x", ("b",)), "a,c", False, id="not ticked"),
        pytest.param(Condition("x", at_most=4), "4", True, id="at most"),
        pytest.param(Condition("x", at_most=4), "5", False, id="above"),
        pytest.param(Condition("x", at_least=2, at_most=4), "1,5", False, id="a broken number below"),
        pytest.param(Condition("x", at_least=2), "2,5", True, id="a broken number above"),
        pytest.param(Condition("x", at_most=4), "", False, id="not answered"),
        pytest.param(Condition("x", at_most=4), "слово", False, id="no number"),
    ],
)
def test_a_condition_looks_at_an_answer_and_without_one_nothing_is_asked(condition: Condition, answer: str, holds: bool) -> None:
    assert condition.holds(answer) is holds


def test_what_is_not_asked_is_neither_missing_nor_counted() -> None:
    form = asked(Question("x", "yes_no", "?"), Question("y", "text", "?", show_if=Condition("x", ("да",))))
    assert [gap.question.id for gap in answers.gaps(form, {"x": "нет"})] == []
    assert [gap.question.id for gap in answers.gaps(form, {"x": "да"})] == ["y"]
    assert answers.progress(form, {"x": "нет", "y": "осталось"}) == answers.Progress(1, 1)


def test_a_heading_begins_a_page_and_has_no_number() -> None:
    assert [(part.title, len(part.questions)) for part in EVERY_KIND.parts] == [("О вас", 5), ("О работе", 8)]
    assert list(EVERY_KIND.numbers.values()) == list(range(1, 14))
    assert asked(Question("x", "text", "?")).parts[0].title == ""


@pytest.mark.parametrize(
    ("question", "given", "whole"),
    [
        pytest.param(Question("m", "matrix", "?", limits=ABC, rows={"r": "1", "t": "2"}), {"m.r": "a"}, False, id="a row of a matrix"),
        pytest.param(Question("m", "matrix", "?", limits=ABC, rows={"r": "1", "t": "2"}), {"m.r": "a", "m.t": "b"}, True, id="the matrix"),
        pytest.param(Question("r", "rank", "?", limits=ABC), {"r": "a"}, False, id="one place"),
        pytest.param(Question("r", "rank", "?", limits=ABC), {"r": ",a"}, False, id="the first place is free"),
        pytest.param(Question("r", "rank", "?", limits=ABC), {"r": "c,a"}, True, id="all places"),
        pytest.param(Question("s", "multi", "?", limits=ABC), {"s": "a"}, False, id="fewer than asked for"),
        pytest.param(Question("s", "multi", "?", limits=ABC), {"s": "a,b"}, True, id="as many as asked for"),
        pytest.param(Question("z", "scale", "?", limits=Limits(low=0, high=5)), {"z": "0"}, True, id="a zero is an answer"),
    ],
)
def test_a_question_is_answered_when_nothing_of_it_is_missing(question: Question, given: dict[str, str], whole: bool) -> None:
    assert is_answered(question, given) is whole


def test_every_kind_can_be_answered_whole() -> None:
    assert answers.gaps(EVERY_KIND, GIVEN) == []
    assert [gap.part for gap in answers.gaps(EVERY_KIND, {})] == [1] * 4 + [2] * 8  # «where» is not asked yet


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("near", "Посещать уроки наставника; Получать материалы"),
        ("often", "редко"),
        ("sure.goal", "отчасти"),
        ("met", "да"),
        ("years", "12"),
    ],
)
def test_an_answer_is_shown_in_words(key: str, text: str) -> None:
    question = EVERY_KIND.of_key(key)
    assert question and answers.shown(question, GIVEN[key]) == text


@pytest.mark.parametrize(("phase", "day"), [("before", None), ("interim", "2027-01-18"), ("after", "2027-05-01")])
def test_each_phase_has_its_time(phase: str, day: str | None) -> None:
    from datetime import date

    assert str(opens_on(phase, date(2026, 9, 7), date(2027, 5, 31)) or "") == (day or "")
    assert opens_on("after", date(2026, 5, 20), date(2026, 5, 31)) == date(2026, 5, 25)  # never before the middle


# --- before and after ---

TALK = Question("talk", "scale", "Говорить легко?", limits=TEN, pair_key="talk")


def compared(
    before: dict[str, str] | None, after: dict[str, str] | None, question: Question = TALK, other: Question | None = None
) -> comparison.Compared:
    first = None if before is None else Filled(asked(question), before)
    last = None if after is None else Filled(asked(other or question, phase="after"), after)
    [line] = comparison.compare(first, last)
    return line


def test_the_difference_is_that_of_the_two_answers() -> None:
    line = compared({"talk": "4"}, {"talk": "9"})
    assert (line.before, line.after, line.change, line.is_better, line.note) == ("4", "9", 5, True, "")


@pytest.mark.parametrize(
    ("before", "after", "note"),
    [
        (None, {"talk": "9"}, "нет входного замера"),
        ({}, {"talk": "9"}, "нет входного замера"),
        ({"talk": "4"}, None, "нет выходного замера"),
        ({}, {}, "нет обоих замеров"),
    ],
)
def test_a_missing_measurement_is_said_and_never_a_zero(before: dict[str, str] | None, after: dict[str, str] | None, note: str) -> None:
    line = compared(before, after)
    assert (line.note, line.change, line.is_better) == (note, None, None)


def test_a_personal_answer_is_not_compared() -> None:
    scale = Question("q", "scale", "?", limits=Limits(low=1, high=10), pair_key="q", sensitive=True)
    filled = Filled(asked(scale), {"q": "3"})
    assert comparison.compare(filled, filled) == []


def test_where_less_is_better_less_is_better() -> None:
    line = compared({"talk": "9"}, {"talk": "4"}, replace(TALK, reverse=True))
    assert (line.change, line.is_better) == (-5, True)


def test_another_scale_is_not_compared() -> None:
    line = compared({"talk": "4"}, {"talk": "4"}, TALK, replace(TALK, limits=Limits(low=1, high=5)))
    assert (line.note, line.change) == ("шкала изменилась, сравнить нельзя", None)


@pytest.mark.parametrize(("before", "after", "change"), [("rarely", "very_often", 2), ("often", "never", -3), ("once", "once", 0)])
def test_how_often_is_counted_in_steps(before: str, after: str, change: float) -> None:
    question = Question("o", "frequency", "Как часто?", limits=Limits(options=FREQUENCY), pair_key="o")
    line = compared({"o": before}, {"o": after}, question)
    assert line.change == change and line.is_better == (None if not change else change > 0)


def test_the_levels_of_a_matrix_are_counted_upwards_row_by_row() -> None:
    question = replace(EVERY_KIND.question("sure"), pair_key="sure")
    lines = comparison.compare(
        Filled(asked(question), {"sure.goal": "no", "sure.time": "yes"}), Filled(asked(question), {"sure.goal": "yes", "sure.time": "part"})
    )
    assert [(line.text, line.change) for line in lines] == [
        ("Насколько вы уверены? — Ставить цель", 2),
        ("Насколько вы уверены? — Считать время", -1),
    ]
    assert comparison.tally(lines) == Tally(better=1, worse=1, same=0) and comparison.tally([]).all == 0


def changed(*changes: float, less_is_better: bool = False) -> list[comparison.Compared]:
    question = replace(TALK, limits=Limits(low=0, high=10), reverse=less_is_better)
    return [compared({"talk": "5"}, {"talk": str(5 + change)}, question) for change in changes]


@pytest.mark.parametrize(
    ("up", "down", "found"),
    [
        pytest.param([3, 1], [], Tally(2, 0, 0), id="two that grew"),
        pytest.param([], [-3, -1], Tally(2, 0, 0), id="two that fell where less is better"),
        pytest.param([2], [-2], Tally(2, 0, 0), id="one of each is better twice"),
        pytest.param([-4], [4, 0], Tally(0, 2, 1), id="worse is worse, whichever way the figures went"),
        pytest.param([0], [0], Tally(0, 0, 2), id="nothing changed"),
    ],
)
def test_better_worse_and_same_are_counted_whatever_the_scale(up: list[float], down: list[float], found: Tally) -> None:
    assert comparison.tally(changed(*up) + changed(*down, less_is_better=True)) == found


def test_a_line_without_a_measurement_is_counted_nowhere() -> None:
    missing = [compared(None, {"talk": "9"}), compared({"talk": "4"}, None), compared({}, {})]
    assert comparison.tally([*missing, *changed(4)]) == Tally(1, 0, 0)
    assert comparison.tally(missing).all == 0


def test_other_words_before_the_work_stand_beside_those_after_it() -> None:
    assert compared({"talk": "4"}, {"talk": "9"}).earlier == ""
    after = replace(TALK, text="Легко ли стало говорить?")
    line = compared({"talk": "4"}, {"talk": "9"}, TALK, after)
    assert (line.text, line.earlier, line.change) == ("Легко ли стало говорить?", "Говорить легко?", 5)


SURE = Question(
    "sure", "matrix", "Уверены?", limits=Limits(options={"no": "нет", "yes": "да"}), rows={"g": "Цель", "t": "Время"}, pair_key="sure"
)
ONE = replace(TALK, id="one", text="Уверены в целом?", pair_key="sure")
OTHER = comparison.OTHER_SCALE


@pytest.mark.parametrize(
    ("question", "given", "other", "given_later", "line"),
    [
        pytest.param(
            ONE, {"one": "4"}, SURE, {"sure.g": "no", "sure.t": "yes"}, ("4", "Цель — нет; Время — да", OTHER), id="became a matrix"
        ),
        pytest.param(SURE, {"sure.g": "no"}, ONE, {"one": "4"}, ("Цель — нет", "4", OTHER), id="was a matrix"),
        pytest.param(SURE, {}, ONE, {"one": "4"}, ("", "4", "нет входного замера"), id="was a matrix without answers"),
        pytest.param(ONE, {"one": "4"}, SURE, {}, ("4", "", "нет выходного замера"), id="became a matrix without answers"),
        pytest.param(ONE, {"one": "4"}, replace(ONE, kind="number"), {"one": "4"}, ("4", "4", OTHER), id="a scale became a number"),
        pytest.param(ONE, {"one": "4"}, replace(ONE, reverse=True), {"one": "4"}, ("4", "4", OTHER), id="less became better"),
    ],
)
def test_another_kind_is_not_compared(
    question: Question, given: dict[str, str], other: Question, given_later: dict[str, str], line: tuple[str, str, str]
) -> None:
    found = compared(given, given_later, question, other)
    assert (found.before, found.after, found.note) == line
    assert (found.text, found.change, found.is_better) == (other.text, None, None)


def test_a_row_that_a_later_version_dropped_is_still_shown() -> None:
    later = replace(SURE, text="Уверены теперь?", rows={"n": "Новое", "t": "Время урока"})
    given, given_later = {"sure.g": "yes", "sure.t": "no"}, {"sure.n": "yes", "sure.t": "yes", "sure.g": "no"}
    lines = comparison.compare(Filled(asked(SURE), given), Filled(asked(later), given_later))
    assert [(line.text, line.before, line.after, line.change, line.note) for line in lines] == [
        ("Уверены теперь? — Новое", "", "да", None, "нет входного замера"),
        ("Уверены теперь? — Время урока", "нет", "да", 1, ""),
        ("Уверены теперь? — Цель", "да", "", None, "нет выходного замера"),
    ]


def test_other_levels_of_a_matrix_are_another_scale_in_each_row() -> None:
    later = replace(SURE, limits=Limits(options={"no": "нет", "part": "отчасти", "yes": "да"}))
    lines = comparison.compare(Filled(asked(SURE), {"sure.g": "no", "sure.t": "no"}), Filled(asked(later), {"sure.g": "yes"}))
    assert [(line.note, line.change) for line in lines] == [(OTHER, None), ("нет выходного замера", None)]


def test_words_are_shown_beside_each_other_without_a_difference() -> None:
    question = Question("w", "long", "Чего вы ждёте?", pair_key="w")
    line = compared({"w": "Помощи"}, {"w": "Помогли"}, question)
    assert (line.before, line.after, line.change, line.note) == ("Помощи", "Помогли", None, "")


def test_an_answer_that_was_not_asked_for_is_no_measurement() -> None:
    questions = (Question("x", "yes_no", "?"), replace(TALK, show_if=Condition("x", ("да",))))
    [line] = comparison.compare(Filled(asked(*questions), {"x": "нет", "talk": "3"}), Filled(asked(TALK), {"talk": "8"}))
    assert line.note == "нет входного замера"


# --- criteria ---

SHEET = Rubric(
    "Лист",
    (Point(2, "да"), Point(1, "отчасти"), Point(0, "нет")),
    (IndicatorGroup("g", "Г", tuple(Indicator(f"i{number}", "П") for number in range(9))),),
    (Band(15, 18, "оптимальный"), Band(9, 14, "допустимый"), Band(0, 8, "недопустимый")),
    True,
)


def marked(marks: str) -> rubric.Score:
    return rubric.score(SHEET, {f"i{place}": mark for place, mark in enumerate(marks) if mark != "-"})


@pytest.mark.parametrize("total", range(19))
def test_every_sum_has_its_level(total: int) -> None:
    marks = "2" * (total // 2) + "1" * (total % 2)
    level = marked(marks.ljust(9, "0")).band
    assert level and level.title == ("оптимальный" if total >= 15 else "допустимый" if total >= 9 else "недопустимый")


def test_an_empty_line_is_not_zero() -> None:
    score = marked("22222222-")
    assert (score.total, score.most, score.filled, score.band, score.is_whole) == (16, 18, 8, None, False)
    assert marked("---------").total == 0 and not marked("---------").is_whole


def test_what_does_not_apply_leaves_the_sum_and_needs_a_hand() -> None:
    score = marked("2222222n0")
    assert (score.total, score.most, score.band, score.needs_hand) == (14, 16, None, True)


def test_the_way_to_the_next_level_is_told() -> None:
    assert marked("222222200").to_next == 1 and marked("222222222").to_next is None


def test_a_mark_of_another_version_does_not_count() -> None:
    assert marked("5xxxxxxxx").filled == 0


# --- deficits ---

LIST = DeficitCatalogue(
    "Список", ("нет", "мало", "есть"), (CompetenceGroup("g", "Г", (Competence("a", "А"), Competence("b", "Б"), Competence("c", "В"))),), 2
)


def test_one_who_sees_it_low_makes_it_a_deficit() -> None:
    a = LIST.competences[0]
    assert LIST.is_deficit(a, {"a.mentee": "2", "a.mentor": "1"}) and not LIST.is_deficit(a, {"a.mentee": "2", "a.mentor": "2"})
    assert not LIST.is_deficit(a, {})


def test_the_order_is_that_of_the_ranks_and_twice_the_same_is_told() -> None:
    values = {"a.rank": "3", "b.rank": "1", "c.rank": "3"}
    assert [(rank, one.id) for rank, one in LIST.ranked(values)] == [(1, "b"), (3, "a"), (3, "c")]
    assert LIST.same_ranks(values) == [3] and LIST.same_ranks({"a.rank": "1"}) == []


def test_places_of_a_list_take_levels_and_ranks_and_nothing_else() -> None:
    fields = LIST.fields(SchoolYear(2026))
    assert set(fields) == {f"{one}.{column}" for one in "abc" for column in ("mentee", "mentor", "rank")}
    assert fields["a.mentee"].parse("2") == "2" and fields["a.rank"].parse(" 3 ") == "3"
    for key, typed in (("a.mentee", "3"), ("a.rank", "4"), ("a.rank", "0")):
        with pytest.raises(Exception, match="."):
            fields[key].parse(typed)
