"""The answers of a form side by side: which columns there are, under which words, and what stands where there is no answer."""

from collections.abc import Iterator
from dataclasses import replace

from mentorapp.domain.answertable import AnswerTable, Column, Sort, table_of
from mentorapp.domain.kinds import Limits
from mentorapp.domain.questionnaire import Condition, Question, Questionnaire

MET = Question("met", "yes_no", "Работали ли вы с наставником?")
WHERE = Question("where", "text", "Где?", show_if=Condition("met", ("да",)))
EASY = Question("easy", "scale", "Легко ли вам?", limits=Limits(low=1, high=5))
HELP = Question("help", "multi", "Чем помочь?", limits=Limits(options={"a": "Уроки", "b": "Родители"}))
SURE = Question("sure", "matrix", "Уверены ли вы?", limits=Limits(options={"no": "нет", "yes": "да"}), rows={"x": "цель", "y": "время"})


def asking(*questions: Question) -> Questionnaire:
    return Questionnaire("q", "mentee", "before", "Анкета", questions)


def table(*versions: Questionnaire | None, used: tuple[int, ...] = (1,)) -> AnswerTable:
    """Of these versions, the oldest first; those of these numbers were answered."""
    numbered = dict(enumerate(versions, 1))
    found = table_of(reversed(numbered.items()), {number: one for number in used if (one := numbered[number])})
    assert found
    return found


def texts(columns: tuple[Column, ...]) -> list[str]:
    return [column.text for column in columns]


def test_the_questions_of_the_newest_version_stand_in_its_order_and_those_of_before_after_them() -> None:
    found = table(asking(MET, EASY, HELP), asking(HELP, WHERE, MET))
    assert texts(found.columns) == ["Чем помочь?", "Где?", "Работали ли вы с наставником?"] and texts(found.retired) == ["Легко ли вам?"]
    assert [column.number for column in found.every] == [1, 2, 3, 0]


def test_a_retired_question_stands_under_the_words_of_the_last_version_that_asked_it() -> None:
    last = replace(EASY, text="Насколько легко?")
    found = table(asking(MET, EASY), asking(MET, last), asking(MET))
    assert texts(found.retired) == ["Насколько легко?"] and found.retired[0].earlier == (((1,), "Легко ли вам?"),)


def test_a_question_that_nobody_was_asked_and_nobody_is_leaves_no_column() -> None:
    assert texts(table(asking(MET), asking(MET, EASY), asking(MET)).every) == ["Работали ли вы с наставником?"]


def test_other_words_are_told_with_the_versions_that_said_them() -> None:
    found = table(asking(EASY), asking(EASY), asking(replace(EASY, text="Насколько легко?")), used=(1, 2, 3))
    assert found.columns[0].earlier == (((1, 2), "Легко ли вам?"),)


def test_each_row_of_a_matrix_is_a_column_and_may_be_retired_alone() -> None:
    found = table(asking(SURE), asking(replace(SURE, rows={"y": "время", "z": "класс"})))
    assert texts(found.columns) == ["Уверены ли вы? — время", "Уверены ли вы? — класс"] and texts(found.retired) == [
        "Уверены ли вы? — цель"
    ]
    assert [(cell.sort, cell.text) for cell in found.cells(1, {"sure.x": "yes", "sure.y": "no"})] == [
        (Sort.GIVEN, "нет"), (Sort.NOT_ASKED, ""), (Sort.GIVEN, "да"),
    ]  # fmt: skip


def test_no_answer_has_a_reason() -> None:
    found = table(asking(MET, WHERE, HELP), asking(MET, WHERE, HELP, EASY))
    sorts = [cell.sort for cell in found.cells(1, {"met": "нет", "where": "остался от прежнего ответа"})]
    assert sorts == [Sort.GIVEN, Sort.NOT_SHOWN, Sort.EMPTY, Sort.NOT_ASKED]


def test_a_label_comes_from_the_version_of_the_answer() -> None:
    renamed = replace(HELP, limits=Limits(options={"b": "Классные часы"}))
    found = table(asking(HELP), asking(renamed), used=(1, 2))
    assert found.cells(1, {"help": "a,b"})[0].text == "Уроки; Родители" and found.cells(2, {"help": "b"})[0].text == "Классные часы"


def test_a_personal_answer_is_not_shown_nor_whether_there_is_one() -> None:
    found = table(asking(replace(EASY, sensitive=True)), asking(replace(EASY, sensitive=True)))
    assert found.cells(1, {"easy": "5"}) == found.cells(1, {})
    later = table(asking(EASY), asking(replace(EASY, sensitive=True)))  # made personal since
    assert later.cells(1, {"easy": "5"})[0].sort is Sort.PERSONAL


def test_figures_can_be_counted_with_and_words_cannot() -> None:
    years = Question("years", "number", "Сколько лет?")
    found = table(asking(EASY, years, MET))
    assert [cell.number for cell in found.cells(1, {"easy": "4", "years": "-1,5", "met": "да"})] == [4, -1.5, None]


def test_a_questionnaire_that_the_newest_version_dropped_stands_as_it_was_last() -> None:
    found = table(asking(MET, EASY), asking(MET), None)
    assert not found.is_asked and texts(found.columns) == [MET.text] and texts(found.retired) == [EASY.text]
    assert table(asking(MET), None, asking(MET)).is_asked
    assert table_of([(1, None)], {}) is None


def test_no_more_versions_are_read_than_the_words_need() -> None:
    read = []

    def versions() -> Iterator[tuple[int, Questionnaire]]:
        for number in range(100, 0, -1):
            read.append(number)
            yield number, asking(MET, EASY) if number < 98 else asking(MET)

    assert table_of(versions(), {1: asking(MET, EASY)})
    assert read == [100, 99, 98, 97]


def test_a_question_that_is_asked_after_a_personal_answer_does_not_tell_that_answer() -> None:
    """«Не показан» would say that the answer was «нет»."""
    private = replace(MET, sensitive=True)
    for found in (table(asking(private, WHERE)), table(asking(MET, WHERE), asking(private, WHERE))):
        for given in ({"met": "да", "where": "В школе"}, {"met": "да"}, {"met": "нет"}, {}):
            assert {cell.sort for cell in found.cells(1, given)} == {Sort.PERSONAL}
