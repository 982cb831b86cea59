"""A term is understood as a person or a form writes it, and its text can be read again."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorapp.domain import due
from mentorapp.domain.due import Due, NotUnderstood
from mentorapp.domain.school_year import SchoolYear

YEAR = SchoolYear(2026)
START, END = date(2026, 9, 15), date(2027, 5, 25)

DATES = [
    ("5.9", date(2026, 9, 5), date(2026, 9, 5), "05.09.2026"),
    ("5 сентября 2026 г.", date(2026, 9, 5), date(2026, 9, 5), "05.09.2026"),
    ("27.11.2026", date(2026, 11, 27), date(2026, 11, 27), "27.11.2026"),
    ("15.09 – 25.10.2026", date(2026, 9, 15), date(2026, 10, 25), "15.09.2026 – 25.10.2026"),
    ("15.10.2026 – 15.10.2026", date(2026, 10, 15), date(2026, 10, 15), "15.10.2026"),
    ("15.10. – 30.10.2026", date(2026, 10, 15), date(2026, 10, 30), "15.10.2026 – 30.10.2026"),
    ("01.12-10.12.2026", date(2026, 12, 1), date(2026, 12, 10), "01.12.2026 – 10.12.2026"),
    ("2026-09-05 - 2026-09-10", date(2026, 9, 5), date(2026, 9, 10), "05.09.2026 – 10.09.2026"),
    ("с 1 по 5 октября", date(2026, 10, 1), date(2026, 10, 5), "01.10.2026 – 05.10.2026"),
    ("1–5 октября", date(2026, 10, 1), date(2026, 10, 5), "01.10.2026 – 05.10.2026"),
    ("28-30.11", date(2026, 11, 28), date(2026, 11, 30), "28.11.2026 – 30.11.2026"),
    ("от 15.09 до 25.10", date(2026, 9, 15), date(2026, 10, 25), "15.09.2026 – 25.10.2026"),
    ("с 1 сент. по 5 окт.", date(2026, 9, 1), date(2026, 10, 5), "01.09.2026 – 05.10.2026"),
    ("20.12 – 15.01", date(2026, 12, 20), date(2027, 1, 15), "20.12.2026 – 15.01.2027"),
    ("01.12 – 10.01.2027", date(2026, 12, 1), date(2027, 1, 10), "01.12.2026 – 10.01.2027"),
    ("01.12.2025 – 10.01", date(2025, 12, 1), date(2026, 1, 10), "01.12.2025 – 10.01.2026"),
    ("25.08 – 05.09.2026", date(2026, 8, 25), date(2026, 9, 5), "25.08.2026 – 05.09.2026"),
    ("до 15 октября", None, date(2026, 10, 15), "до 15.10.2026"),
    ("До 01.11.2026", None, date(2026, 11, 1), "до 01.11.2026"),
    ("до 5.07.2027 г.", None, date(2027, 7, 5), "до 05.07.2027"),
    ("не позднее 10 июля", None, date(2027, 7, 10), "до 10.07.2027"),
    ("в срок до 15.10", None, date(2026, 10, 15), "до 15.10.2026"),
    ("15.10 – 15.10", date(2026, 10, 15), date(2026, 10, 15), "15.10.2026"),
    ("15.12 и 15.03", date(2026, 12, 15), date(2027, 3, 15), "15.12.2026, 15.03.2027"),
]

WORDS = [
    ("сентябрь", date(2026, 9, 1), date(2026, 9, 30)),
    ("в сентябре", date(2026, 9, 1), date(2026, 9, 30)),
    ("Май 2027", date(2027, 5, 1), date(2027, 5, 31)),
    ("Сентябрь–октябрь", date(2026, 9, 1), date(2026, 10, 31)),
    ("сентябрь - октябрь", date(2026, 9, 1), date(2026, 10, 31)),
    ("Сентябрь-ноябрь 2024г.", date(2024, 9, 1), date(2024, 11, 30)),
    ("ноябрь – март 2027", date(2026, 11, 1), date(2027, 3, 31)),
    ("Январьиюнь", date(2027, 1, 1), date(2027, 6, 30)),
    ("с января по май 2027 года", date(2027, 1, 1), date(2027, 5, 31)),
    ("с сентября по 15 октября", date(2026, 9, 1), date(2026, 10, 15)),
    ("15.10, декабрь", date(2026, 10, 15), date(2026, 12, 31)),
    ("в течение октября-ноября", date(2026, 10, 1), date(2026, 11, 30)),
    ("в сентябре и в октябре", date(2026, 9, 1), date(2026, 10, 31)),
    ("декабрь, март, июнь", date(2026, 12, 1), date(2027, 6, 30)),
    ("последняя неделя мая", date(2027, 5, 25), date(2027, 5, 31)),
    ("в последнюю неделю февраля", date(2027, 2, 22), date(2027, 2, 28)),
    ("до конца мая", None, date(2027, 5, 31)),
    ("до конца первого полугодия", None, date(2026, 12, 31)),
    ("в течение года", date(2026, 9, 1), date(2027, 5, 31)),
    ("В течение всего учебного года", date(2026, 9, 1), date(2027, 5, 31)),
    ("весь год", date(2026, 9, 1), date(2027, 5, 31)),
    ("в течение 2025-2026 учебного года", date(2025, 9, 1), date(2026, 5, 31)),
    ("в течение второго полугодия", date(2027, 1, 1), date(2027, 5, 31)),
    ("в течение второго полугодия 2025/26 уч. г.", date(2026, 1, 1), date(2026, 5, 31)),
    ("1 полугодие", date(2026, 9, 1), date(2026, 12, 31)),
    ("2-е полугодие", date(2027, 1, 1), date(2027, 5, 31)),
    ("I полугодие", date(2026, 9, 1), date(2026, 12, 31)),
    ("во II полугодии", date(2027, 1, 1), date(2027, 5, 31)),
    ("еженедельно", date(2026, 9, 1), date(2027, 5, 31)),
    ("ежемесячно", date(2026, 9, 1), date(2027, 5, 31)),
    ("каждые 10 дней", date(2026, 9, 1), date(2027, 5, 31)),
    ("2 раза в месяц", date(2026, 9, 1), date(2027, 5, 31)),
    ("по мере необходимости", None, None),
    ("ежегодно", date(2026, 9, 1), date(2027, 5, 31)),
    ("ежегодно до 15 октября", None, date(2026, 10, 15)),
    ("ежегодно в сентябре", date(2026, 9, 1), date(2026, 9, 30)),
    ("Ежегодно. Январь", date(2027, 1, 1), date(2027, 1, 31)),
    ("до 10 июня ежегодно", None, date(2027, 6, 10)),
    ("15.09 – 25.10.2022, далее – ежегодно в сентябре", date(2026, 9, 1), date(2026, 9, 30)),
    ("15.09 – 25.10.2026, далее – ежегодно в сентябре", date(2026, 9, 15), date(2026, 10, 25)),
    ("До 01.11.2022, далее ежегодно до 15 октября", None, date(2026, 10, 15)),
    ("Июнь 2023 г., далее ежегодно до 10 июня", None, date(2027, 6, 10)),
]

REFUSED = [
    ("скоро", "Такой срок не понят. Напишите день и месяц, например 18.01, или «сентябрь», «до 15 октября». Год подставится сам."),
    ("31.13.26", "Такой даты нет: месяцев двенадцать. Напишите день и месяц, например 18.01 — год подставится сам."),
    ("до 29.02", "Такой даты нет: в феврале 2027 года 28 дней."),
    ("с 25 по 31 ноября", "Такой даты нет: в ноябре 2026 года 30 дней."),
    ("1-5.13", "Такой даты нет: месяцев двенадцать. Напишите день и месяц, например 18.01 — год подставится сам."),
    ("25.10 – 15.10.2026", "Начало срока позже конца: 25.10.2026 – 15.10.2026. Поменяйте даты местами."),
]

UNKNOWN = [
    "5",
    "с 15 октября",
    "с сентября",
    "до октября",
    "до конца года",
    "октябрь 15",
    "2020-2025",
    "в течение 2020-2025 учебного года",
    "сентябрь, потом посмотрим",
    "до 15.10, 20.12",
    "декабрь, " * 60,
]


@pytest.mark.parametrize(("typed", "first", "last", "text"), DATES, ids=[row[0] for row in DATES])
def test_dates_get_one_form(typed, first, last, text):
    assert due.parse(typed, year=YEAR) == Due(first, last, text)


@pytest.mark.parametrize(("typed", "first", "last"), WORDS, ids=[row[0] for row in WORDS])
def test_words_stay_as_they_were_written(typed, first, last):
    assert due.parse(typed, year=YEAR) == Due(first, last, typed)


@pytest.mark.parametrize(("typed", "sentence"), REFUSED, ids=[row[0] for row in REFUSED])
def test_impossible_term_is_explained(typed, sentence):
    with pytest.raises(NotUnderstood) as refusal:
        due.parse(typed, year=YEAR)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize("typed", UNKNOWN, ids=[text[:20] for text in UNKNOWN])
def test_unknown_term_gets_a_hint(typed):
    with pytest.raises(NotUnderstood, match="Такой срок не понят"):
        due.parse(typed, year=YEAR)


def test_empty_term_is_allowed():
    assert due.parse(" \n", year=YEAR) == Due(None, None, "")


def test_list_whose_dates_would_not_fit_is_refused_at_once_and_not_when_it_is_read_again():
    assert len(due.parse(", ".join(["5.9"] * 16), year=YEAR).text) == 190
    with pytest.raises(NotUnderstood):
        due.parse(", ".join(["5.9"] * 17), year=YEAR)


def test_spaces_are_tidied():
    assert due.parse("  в \u00a0сентябре\n", year=YEAR).text == "в сентябре"


def test_deadline_of_a_yearly_rule_falls_into_the_year_it_is_read_in():
    assert due.parse("ежегодно до 15 октября", year=SchoolYear(2027)).last == date(2027, 10, 15)


def test_weekend_and_holiday_deadlines_stay_where_they_are():
    saturday, holiday = due.parse("до 05.09.2026", year=YEAR), due.from_rule({"until": "01.01"}, start=START, end=END, year=YEAR)
    assert saturday.last == date(2026, 9, 5)
    assert holiday.last == date(2027, 1, 1)


PIECES = ["до ", "с ", " по ", " до ", " – ", "-", ", ", " и ", "в ", "ежегодно ", "далее ", "конца ", ".", "г.", " ", "0", "5", "31"]
PIECES += ["12.10", "29.02", "2026", ".2027", "20-5-26", " октября", "май", "сентябре", "последняя неделя ", "1 полугодие", "учебного года"]


@settings(derandomize=True, max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=7).map("".join), st.integers(2000, 2098))
def test_term_that_is_read_again_is_the_same(typed, first):
    year = SchoolYear(first)
    try:
        understood = due.parse(typed, year=year)
    except NotUnderstood:
        return
    assert due.parse(understood.text, year=year) == understood
    assert understood.first is None or understood.last is None or understood.first <= understood.last


@pytest.mark.parametrize("typed", [row[0] for row in DATES + WORDS])
def test_every_known_term_that_is_read_again_is_the_same(typed):
    understood = due.parse(typed, year=YEAR)
    assert due.parse(understood.text, year=YEAR) == understood


RULES = [
    ({"after_start": 14}, date(2026, 9, 29), date(2026, 9, 29), "29.09.2026"),
    ({"after_start": 0}, START, START, "15.09.2026"),
    ({"after_start": 900}, END, END, "25.05.2027"),
    ({"before_end": 10}, date(2027, 5, 15), date(2027, 5, 15), "15.05.2027"),
    ({"after_start": 1000}, END, END, "25.05.2027"),
    ({"before_end": 900}, START, START, "15.09.2026"),
    ({"month": 9}, date(2026, 9, 1), date(2026, 9, 30), "сентябрь"),
    ({"month": 1}, date(2027, 1, 1), date(2027, 1, 31), "январь"),
    ({"month": 12}, date(2026, 12, 1), date(2026, 12, 31), "декабрь"),
    ({"month": 2}, date(2027, 2, 1), date(2027, 2, 28), "февраль"),
    ({"from": "15.10", "to": "30.10"}, date(2026, 10, 15), date(2026, 10, 30), "15.10.2026 – 30.10.2026"),
    ({"from": "20.12", "to": "15.1"}, date(2026, 12, 20), date(2027, 1, 15), "20.12.2026 – 15.01.2027"),
    ({"from": "15.10", "to": "15.10"}, date(2026, 10, 15), date(2026, 10, 15), "15.10.2026"),
    ({"until": "15.10"}, None, date(2026, 10, 15), "до 15.10.2026"),
    ({"until": "10.07"}, None, date(2027, 7, 10), "до 10.07.2027"),
    ({"until": "29.02"}, None, date(2027, 2, 28), "до 28.02.2027"),
    ({"last_week": 5}, date(2027, 5, 25), date(2027, 5, 31), "последняя неделя мая"),
    ({"half": 1}, date(2026, 9, 1), date(2026, 12, 31), "в течение первого полугодия"),
    ({"half": 2}, date(2027, 1, 1), date(2027, 5, 31), "в течение второго полугодия"),
    ({"year": True}, date(2026, 9, 1), date(2027, 5, 31), "в течение года"),
    ({"months": [12, 3, 6]}, date(2026, 12, 1), date(2027, 6, 30), "декабрь, март, июнь"),
    ({"months": [5, 9]}, date(2026, 9, 1), date(2027, 5, 31), "сентябрь, май"),
    ({"months": [8, 9]}, date(2026, 9, 1), date(2027, 8, 31), "сентябрь, август"),
    ({"months": [12, 1]}, date(2026, 12, 1), date(2027, 1, 31), "декабрь, январь"),
    ({"months": [9]}, date(2026, 9, 1), date(2026, 9, 30), "сентябрь"),
    ({"month": 9, "first_run": "15.09.2022"}, date(2026, 9, 1), date(2026, 9, 30), "сентябрь"),
    ({"month": 9, "first_run": "15.10.2026"}, date(2026, 10, 15), date(2026, 10, 15), "15.10.2026"),
    ({"until": "15.10", "first_run": "до 01.11.2026"}, None, date(2026, 11, 1), "до 01.11.2026"),
    ({"month": 9, "first_run": "15.09 – 25.10.2026"}, date(2026, 9, 15), date(2026, 10, 25), "15.09.2026 – 25.10.2026"),
]


@pytest.mark.parametrize(("rule", "first", "last", "text"), RULES, ids=[str(row[0]) for row in RULES])
def test_rule_gives_a_term_whose_text_means_the_same(rule, first, last, text):
    term = due.from_rule(rule, start=START, end=END, year=YEAR)
    assert term == Due(first, last, text)
    assert due.parse(term.text, year=YEAR) == term


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        pytest.param({"after_start": 12}, "28.09.2026", id="Sunday 27.09"),
        pytest.param({"after_start": 11}, "26.09.2026", id="a Saturday stays"),
        pytest.param({"after_start": 111}, "09.01.2027", id="the fourth of January"),
        pytest.param({"before_end": 2}, "24.05.2027", id="Sunday 23.05"),
    ],
)
def test_a_counted_day_is_no_sunday_and_no_new_year_holiday(rule, text):
    assert due.from_rule(rule, start=START, end=END, year=YEAR).text == text


def test_a_counted_day_stays_inside_the_period():
    sunday = date(2026, 9, 27)
    assert due.from_rule({"before_end": 0}, start=START, end=sunday, year=YEAR).last == sunday


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (1, "ежедневно"),
        (366, "каждые 366 дней"),
        (7, "еженедельно"),
        (30, "ежемесячно"),
        (3, "каждые 3 дня"),
        (14, "каждые 14 дней"),
        (21, "каждый 21 день"),
    ],
)
def test_repeated_act_lasts_as_long_as_the_pair_and_its_text_is_understood(days, text):
    assert due.from_rule({"every": days}, start=START, end=END, year=YEAR) == Due(START, END, text)
    assert due.parse(text, year=YEAR).text == text


@pytest.mark.parametrize("rule", [row[0] for row in RULES] + [{"every": 7}], ids=str)
def test_right_rule_has_no_problems(rule):
    assert due.problems(rule) == []


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({}, ["Срок не задан: нужно одно из слов after_start"]),
        ({"first_run": "15.09.2026"}, ["Срок не задан"]),
        ({"untill": "15.10"}, ["Слово «untill» в сроке не понято; можно: after_start", "Срок не задан"]),
        ({"month": 9, "half": 1}, ["Срок задан несколько раз: month, half. Оставьте одно."]),
        ({"from": "15.10"}, ["from и to: пишутся вместе"]),
        ({"to": "15.10"}, ["from и to: пишутся вместе"]),
        ({"from": "30.10", "to": "15.10"}, ["from и to: 30.10 в учебном году позже, чем 15.10. Поменяйте даты местами."]),
        ({"from": "29.02", "to": "28.02"}, ["from и to: 29.02 в учебном году позже, чем 28.02"]),
        ({"from": "32.10", "to": 5}, ["from: здесь пишут день и месяц", "to: здесь пишут день и месяц"]),
        ({"after_start": "14"}, ["after_start: здесь пишут число дней от 0 до 1000."]),
        ({"after_start": -1}, ["after_start: здесь пишут число дней"]),
        ({"after_start": 1001}, ["after_start: здесь пишут число дней"]),
        ({"every": 0}, ["every: здесь пишут число дней"]),
        ({"every": 367}, ["every: здесь пишут число дней"]),
        ({"before_end": 1.5}, ["before_end: здесь пишут число дней"]),
        ({"every": True}, ["every: здесь пишут число дней от 1 до 366."]),
        ({"month": 13}, ["month: здесь пишут номер месяца от 1 до 12."]),
        ({"last_week": 0}, ["last_week: здесь пишут номер месяца"]),
        ({"half": 3}, ["half: здесь пишут 1 или 2."]),
        ({"year": False}, ["year: здесь пишут true."]),
        ({"until": "31.02"}, ['until: здесь пишут день и месяц в кавычках, например "15.10".']),
        ({"until": "15.10.2026"}, ["until: здесь пишут день и месяц"]),
        ({"months": []}, ["months: здесь пишут разные номера месяцев"]),
        ({"months": [0, 3]}, ["months: здесь пишут разные номера месяцев"]),
        ({"months": [3, 13]}, ["months: здесь пишут разные номера месяцев"]),
        ({"months": [3, 3]}, ["months: здесь пишут разные номера месяцев"]),
        ({"months": [[1], {}]}, ["months: здесь пишут разные номера месяцев"]),
        ({"month": 9, "first_run": "15.09"}, ["first_run: здесь пишут срок с годом"]),
        ({"month": 9, "first_run": "по необходимости"}, ["first_run: здесь пишут срок с годом"]),
        ({"month": 9, "first_run": date(2026, 9, 15)}, ["first_run: здесь пишут срок с годом"]),
        ({"x": 1, "month": 0, "half": 9}, ["Слово «x»", "month: здесь", "half: здесь", "Срок задан несколько раз: month, half"]),
    ],
    ids=str,
)
def test_every_problem_of_a_rule_is_named(rule, words):
    found = due.problems(rule)
    assert len(found) == len(words)
    assert all(problem.startswith(start) for problem, start in zip(found, words, strict=True))
    with pytest.raises(ValueError, match=r"\."):
        due.from_rule(rule, start=START, end=END, year=YEAR)


KEYS = ["after_start", "before_end", "month", "months", "from", "to", "until", "last_week", "every", "half", "year", "first_run", "other"]
TEXTS = ["15.10", "30.10", "29.02", "1.13", "до 01.11.2026", ""]
VALUES = st.integers(-5, 400) | st.booleans() | st.sampled_from(TEXTS) | st.lists(st.integers(0, 13), max_size=4)


@settings(derandomize=True, max_examples=60)
@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=3), st.integers(2000, 2098))
def test_rule_either_has_problems_or_gives_a_term(rule, first):
    year = SchoolYear(first)
    if due.problems(rule):
        return
    term = due.from_rule(rule, start=year.starts_on, end=year.closes_on, year=year)
    assert term.last is not None
    assert due.parse(term.text, year=year).text == term.text
