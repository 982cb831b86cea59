"""Every kind makes one text of what was typed, or says in Russian why it cannot."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorapp.domain import due
from mentorapp.domain.kinds import COLUMN_KINDS, KINDS, Limits, NotUnderstood
from mentorapp.domain.school_year import SchoolYear

YEAR = SchoolYear(2026)
LIMITS = Limits(options={"o1": "часто", "o2": "редко"}, low=1, high=5)


def parsed(kind, typed, limits=LIMITS):
    return KINDS[kind].parse(typed, year=YEAR, limits=limits)


def refusal(kind, typed, limits=LIMITS):
    with pytest.raises(NotUnderstood) as caught:
        parsed(kind, typed, limits)
    return str(caught.value)


def test_all_kinds_are_there():
    assert set(KINDS) == {*COLUMN_KINDS, "single", "frequency", "person", "multi", "rank"}
    assert {kind.control for kind in KINDS.values()} == {"textarea", "line", "select", "radio", "boxes", "places"}
    assert all(KINDS[name].name == name for name in KINDS)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("typed", ["", "  ", "\r\n\t", "\u00a0\u200b\ufeff", "\x00"], ids=repr)
def test_empty_cell_is_always_allowed(kind, typed):
    assert parsed(kind, typed) == ""


@pytest.mark.parametrize(
    ("kind", "typed", "text"),
    [
        pytest.param("text", "  чек-лист \r\n", "чек-лист", id="ends are cut"),
        pytest.param("text", "открытый\r\nурок,\tчек-лист", "открытый урок, чек-лист", id="one line"),
        pytest.param("text", "а \r\n\r\n б", "а б", id="empty lines vanish"),
        pytest.param("text", "Соколова\u00a0Е.\u00a0В.", "Соколова\u00a0Е.\u00a0В.", id="no-break spaces stay"),
        pytest.param("text", "со\u00adгла\u200bсие\x07", "согласие", id="invisible signs vanish"),
        pytest.param("text", "И\u0306од", "Йод", id="letter in two signs"),
        pytest.param("text", "{{7*7}} <b>=1+1", "{{7*7}} <b>=1+1", id="text is only text"),
        pytest.param("long", "раз  \r\nдва\rтри \n", "раз\nдва\nтри", id="line ends"),
        pytest.param("long", "раз\vдва", "раз\nдва", id="line end of Word"),
        pytest.param("long", "а\tб\n\nв", "а\tб\n\nв", id="tabs and paragraphs stay"),
        pytest.param("date", "5.9", "05.09.2026", id="date"),
        pytest.param("due", "до 15 октября", "до 15.10.2026", id="due"),
        pytest.param("due", "в\r\nсентябре", "в сентябре", id="due in words"),
        pytest.param("choice", " o2 ", "o2", id="option"),
        pytest.param("scale", "03", "3", id="scale"),
        pytest.param("scale", "+5", "5", id="scale at its end"),
    ],
)
def test_typed_text_gets_one_form(kind, typed, text):
    assert parsed(kind, typed) == text


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("1\u00a0500,5", "1500,5"),
        ("1\u202f500.50", "1500,5"),
        ("12 345 678", "12345678"),
        ("1500", "1500"),
        ("0,50", "0,5"),
        ("5.0", "5"),
        ("007", "7"),
        ("0", "0"),
        ("-0,0", "0"),
        ("−3,20", "-3,2"),
        ("+4", "4"),
    ],
)
def test_number_is_written_with_a_comma(typed, text):
    assert parsed("number", typed, Limits()) == text


@pytest.mark.parametrize("typed", ["1", "5", "4,99"])
def test_number_within_its_range_is_taken(typed):
    assert parsed("number", typed, Limits(low=1, high=5)) == typed


@pytest.mark.parametrize("typed", ["пять", "5 раз", "12 5", "1,500.5", "1.2.3", "5,", ",5", "85 %", "1e5", "٣", "--5", "1 0000"])
def test_what_is_not_one_number_is_explained(typed):
    assert refusal("number", typed) == "Нужно одно число без слов, например 12 или 1,5."


@pytest.mark.parametrize(
    ("low", "high", "typed", "sentence"),
    [
        (1, 5, "5,1", "Нужно число от 1 до 5."),
        (1, 5, "0,99", "Нужно число от 1 до 5."),
        (0, None, "-1", "Нужно число от 0."),
        (None, 100, "101", "Нужно число до 100."),
    ],
)
def test_number_out_of_range_is_explained(low, high, typed, sentence):
    assert refusal("number", typed, Limits(low=low, high=high)) == sentence


def test_endless_number_is_explained():
    assert parsed("number", "9" * 15, Limits()) == "9" * 15
    assert refusal("number", "9" * 5000) == "Число слишком длинное: помещается 15 цифр. Проверьте, нет ли лишних."


@pytest.mark.parametrize(
    ("word", "answers"),
    [
        ("да", ["да", "Да.", "ДА", "yes", "1", "+"]),
        ("нет", ["нет", "Нет", "no", "0", "-", "–", "−"]),
    ],
)
def test_yes_and_no_in_every_way_to_write_them(word, answers):
    assert {parsed("yes_no", typed) for typed in answers} == {word}


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        pytest.param("yes_no", "может быть", "Нужно «да» или «нет».", id="neither yes nor no"),
        pytest.param("choice", "o3", "Такого ответа в списке нет. Можно выбрать: часто, редко.", id="unknown option"),
        pytest.param("scale", "6", "Нужно целое число от 1 до 5.", id="above the scale"),
        pytest.param("scale", "0", "Нужно целое число от 1 до 5.", id="below the scale"),
        pytest.param("scale", "2,5", "Нужно целое число от 1 до 5.", id="between two marks"),
        pytest.param("scale", "9" * 5000, "Нужно целое число от 1 до 5.", id="endless mark"),
        pytest.param(
            "date",
            "сентябрь",
            "Такая дата не понята. Напишите день и месяц, например 18.01 — год подставится сам.",
            id="month for a date",
        ),
        pytest.param("date", "29.02", "Такой даты нет: в феврале 2027 года 28 дней.", id="day that is not"),
        pytest.param(
            "text",
            "а" * 501,
            "Текст не поместился: можно до 500 знаков, здесь на 1 знак больше. Сократите его.",
            id="one sign too many",
        ),
        pytest.param(
            "text",
            "а" * 503,
            "Текст не поместился: можно до 500 знаков, здесь на 3 знака больше. Сократите его.",
            id="three signs too many",
        ),
        pytest.param(
            "long",
            "а" * 10_011,
            "Текст не поместился: можно до 10000 знаков, здесь на 11 знаков больше. Сократите его.",
            id="eleven signs too many",
        ),
    ],
)
def test_what_cannot_be_stored_is_explained(kind, typed, sentence):
    assert refusal(kind, typed) == sentence


def test_longest_text_still_fits():
    assert parsed("text", "а" * 500) == "а" * 500
    assert parsed("long", " " + "а" * 10_000 + "\n") == "а" * 10_000


def test_choice_without_options_accepts_nothing():
    with pytest.raises(NotUnderstood):
        KINDS["choice"].parse("o1", year=YEAR)


CHOICES = Limits(options={"a": "Алгебра", "b": "Биология", "c": "Химия"}, low=1, high=2)


@pytest.mark.parametrize("typed,text", [("c,a", "a,c"), ("b", "b"), ("b,b", "b"), (" c , , b ", "b,c")])
def test_ticked_answers_are_kept_in_the_order_of_the_list(typed, text):
    assert parsed("multi", typed, CHOICES) == text


def test_too_many_ticks_are_explained():
    assert refusal("multi", "a,b,c", CHOICES) == "Отметьте не больше 2: сейчас отмечено 3."


@pytest.mark.parametrize("typed,text", [("c,a", "c,a"), (",a", ",a"), ("a,", "a"), ("b,,", "b")])
def test_places_are_kept_in_their_order_and_may_be_free(typed, text):
    assert parsed("rank", typed, CHOICES) == text


def test_one_answer_on_two_places_is_explained():
    assert refusal("rank", "a,a", CHOICES) == "«Алгебра» стоит на двух местах. Оставьте на одном."


def test_there_are_no_more_places_than_asked_for():
    assert refusal("rank", "a,b,c", CHOICES) == "Мест здесь 2."


def test_one_refusal_serves_all_rooms():
    assert due.NotUnderstood is NotUnderstood


# Besides what people type: control marks, halves of signs, letters that change when they are joined or made small, foreign figures.
ODD = "\r\n\t\v\f\x00\x1c\x85\u00a0\u0306\u00ad\u200d\u2028\u2000\u2212ßİẞΐﬁ٣²½क़😀\ud800\udc00"
TYPED = st.text("0123456789.,-/ –+гдомайнтябрь" + ODD, max_size=12)


@pytest.mark.parametrize("kind", KINDS)
@given(typed=TYPED)
@settings(derandomize=True, max_examples=60)
def test_nothing_typed_breaks_a_kind_and_its_text_is_stable(kind, typed):
    try:
        text = parsed(kind, typed)
    except NotUnderstood as problem:
        assert str(problem).endswith(".")
        return
    assert parsed(kind, text) == text
