"""A condition is written and read in the words of people: numbers of questions and labels of answers."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorapp.domain import conditionwords
from mentorapp.domain.school_year import NotUnderstood

QUESTIONS: list[dict[str, Any]] = [
    {"id": "h", "kind": "heading", "text": "О вас"},
    {"id": "met", "kind": "yes_no", "text": "Встречались ли вы раньше?"},
    {"id": "easy", "kind": "scale", "text": "Легко ли вам?", "low": 1, "high": 10},
    {"id": "years", "kind": "number", "text": "Сколько лет вы в школе?"},
    {"id": "often", "kind": "frequency", "text": "Как часто?"},
    {"id": "help", "kind": "single", "text": "Чем помочь?", "options": {"q": "Ещё раз", "w": "Никак", "e": "Ещё раз или никак", "r": "2"}},
    {"id": "many", "kind": "multi", "text": "Что ближе?", "options": {"a": "то же", "b": "то же", "c": "другое, новое"}},
]
PHASES = {"before": "перед началом", "after": "в конце", "application": "заявка в базу"}

CONDITIONS: list[dict[str, Any]] = [
    {"question": "met", "is": "да"},
    {"question": "met", "is": ["да", "нет"]},
    {"question": "easy", "is": ["1", "2"]},
    {"question": "easy", "at_least": 5},
    {"question": "easy", "at_most": 3},
    {"question": "years", "at_least": -2, "at_most": 5},
    {"question": "often", "is": ["once", "never"]},
    {"question": "help", "is": ["q", "w"]},
    {"question": "help", "is": "e"},
    {"question": "help", "is": ["e", "w"]},
    {"question": "help", "is": ["r", "w"]},
    {"question": "many", "is": "b"},
    {"question": "many", "is": ["c", "a"]},
    {"question": "gone", "is": ["x", "y"]},
    {"question": "gone", "at_least": 5},
    {"question": "help", "is": "gone"},
    {"question": "met", "is": "gone"},
]


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition_is_read_back_as_it_was(condition: dict[str, Any]) -> None:
    words = conditionwords.to_words(condition, QUESTIONS)
    assert conditionwords.from_words(words, QUESTIONS) == condition, words


def test_what_is_written_is_what_people_would_write() -> None:
    words = [conditionwords.to_words(condition, QUESTIONS) for condition in CONDITIONS[:9]]
    assert words == [
        "вопрос 1 = да",
        "вопрос 1 = да или нет",
        "вопрос 2 = 1 или 2",
        "вопрос 2 ≥ 5",
        "вопрос 2 ≤ 3",
        "вопрос 3 от -2 до 5",
        "вопрос 4 = один-два раза или никогда",
        "вопрос 5 = «Ещё раз» или «Никак»",
        "вопрос 5 = Ещё раз или никак",
    ]


WRITTEN = [
    ("Вопрос 1: да", {"question": "met", "is": "да"}),
    ("1 = Да.", {"question": "met", "is": "да"}),
    ("если на вопрос 1 ответили нет", {"question": "met", "is": "нет"}),
    ("показать, если вопрос №1 — да", {"question": "met", "is": "да"}),
    ("вопрос 1 не да", {"question": "met", "is": "нет"}),
    ("Встречались ли вы раньше? = да", {"question": "met", "is": "да"}),
    ("вопрос 2 >= 5", {"question": "easy", "at_least": 5}),
    ("вопрос 2 больше 5", {"question": "easy", "at_least": 6}),
    ("в вопросе 2 не больше 3 баллов", {"question": "easy", "at_most": 3}),
    ("вопрос 2 от 2 до 5", {"question": "easy", "at_least": 2, "at_most": 5}),
    ("вопрос 2 = 2-5", {"question": "easy", "at_least": 2, "at_most": 5}),
    ("вопрос 2 = 7, 8 или 9", {"question": "easy", "is": ["7", "8", "9"]}),
    ("вопрос 3 = 5", {"question": "years", "at_least": 5, "at_most": 5}),
    ("вопрос 4 = Часто, редко", {"question": "often", "is": ["often", "rarely"]}),
    ("вопрос 4 ≠ никогда", {"question": "often", "is": ["very_often", "often", "rarely", "once"]}),
    ("вопрос 5 = еще раз", {"question": "help", "is": "q"}),
    ("вопрос 5 = вариант 3", {"question": "help", "is": "e"}),
    ("вопрос 6 = другое, новое", {"question": "many", "is": "c"}),
]


@pytest.mark.parametrize(("words", "condition"), WRITTEN)
def test_what_people_write_is_understood(words: str, condition: dict[str, Any]) -> None:
    assert conditionwords.from_words(words, QUESTIONS) == condition


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("", "не понято"),
        ("когда захочется", "не понято"),
        ("вопрос 9 = да", "Вопроса 9 нет: последний — 6"),
        ("вопрос 1", "какой ответ нужен"),
        ("вопрос 1 = может быть", "есть: да, нет"),
        ("вопрос 5 = Всегда", "есть: Ещё раз, Никак"),
        ("вопрос 3 больше 5", "«≥ 6»"),
        ("вопрос 6 ≠ то же", "при которых вопрос нужен"),
    ],
)
def test_what_is_not_understood_is_explained(words: str, part: str) -> None:
    with pytest.raises(NotUnderstood) as told:
        conditionwords.read(words, QUESTIONS)
    assert part in str(told.value)
    assert conditionwords.from_words(words, QUESTIONS) is None


def test_numbers_that_the_author_wrote_himself_count() -> None:
    numbers = {7: QUESTIONS[1], 1: QUESTIONS[2]}
    assert conditionwords.from_words("вопрос 7 = да", QUESTIONS, numbers) == {"question": "met", "is": "да"}


def test_a_row_of_a_plan_waits_for_an_answer_of_the_mentee() -> None:
    questionnaires = [{"role": "mentor", "phase": "before", "questions": []}, {"role": "mentee", "phase": "before", "questions": QUESTIONS}]
    when = {"phase": "before", "question": "easy", "at_most": 3}
    words = conditionwords.call_to_words(when, questionnaires, PHASES)
    assert words == "перед началом: вопрос 2 ≤ 3"
    assert conditionwords.read_call(words, questionnaires, PHASES) == when
    assert conditionwords.read_call("Заявка: вопрос «x» = да", questionnaires, PHASES) == {
        "phase": "application",
        "question": "x",
        "is": "да",
    }
    with pytest.raises(NotUnderstood, match="какая анкета"):
        conditionwords.read_call("вопрос 2 ≤ 3", questionnaires, PHASES)


@pytest.mark.parametrize(
    "broken", [{}, {"question": 3}, {"question": "met"}, {"question": "met", "is": 5}, {"question": "met", "is": [5, []]}]
)
def test_what_is_no_condition_has_no_words(broken: dict[str, Any]) -> None:
    assert conditionwords.to_words(broken, QUESTIONS) == ""


HALF: list[Any] = [None, {"options": 3, "kind": "single"}, {"id": "met"}, {"kind": [], "text": 7}, {"kind": "multi", "options": {1: 2}}]
PIECES = ("вопрос", "1", "5", "=", "≥", "или", "да", "Никак", "не", "от", "до", ",")


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80) | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_whatever_is_typed_gives_a_condition_or_none(typed: str) -> None:
    conditionwords.from_words(typed, HALF)
    condition = conditionwords.from_words(typed, QUESTIONS)
    if condition:
        assert conditionwords.from_words(conditionwords.to_words(condition, QUESTIONS), QUESTIONS) == condition
