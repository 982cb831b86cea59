"""The school year runs from September to August; ages are counted on a day, and days are read as people write them."""

from datetime import date

import pytest

from mentorapp.domain import school_year
from mentorapp.domain.school_year import NotUnderstood, SchoolYear, age_on, is_minor_on, parse_date

YEAR = SchoolYear(2026)


@pytest.mark.parametrize(
    ("day", "first"),
    [
        pytest.param(date(2026, 9, 1), 2026, id="first day"),
        pytest.param(date(2026, 12, 31), 2026, id="before New Year"),
        pytest.param(date(2027, 1, 1), 2026, id="after New Year"),
        pytest.param(date(2027, 7, 10), 2026, id="closing work in July"),
        pytest.param(date(2027, 8, 31), 2026, id="last day"),
        pytest.param(date(2027, 9, 1), 2027, id="next first day"),
    ],
)
def test_day_belongs_to_its_school_year(day, first):
    assert SchoolYear.of(day) == SchoolYear(first)
    assert SchoolYear(first).contains(day)
    assert not SchoolYear(first - 1).contains(day)


def test_year_knows_its_days_and_names():
    assert (YEAR.starts_on, YEAR.ends_on, YEAR.closes_on) == (date(2026, 9, 1), date(2027, 8, 31), date(2027, 7, 10))
    assert (YEAR.label, YEAR.long_label) == ("2026/27", "2026/2027")
    assert (YEAR.half(1), YEAR.half(2)) == ((date(2026, 9, 1), date(2026, 12, 31)), (date(2027, 1, 1), date(2027, 5, 31)))


def test_label_at_the_turn_of_a_century_keeps_two_figures():
    assert SchoolYear(2099).label == "2099/00"
    assert SchoolYear(2008).label == "2008/09"


def test_years_stand_in_their_order():
    assert sorted([SchoolYear(2027), SchoolYear(2025), SchoolYear(2026)])[0] == SchoolYear(2025)


@pytest.mark.parametrize(
    ("first", "month", "day", "expected"),
    [
        pytest.param(2026, 9, 1, date(2026, 9, 1), id="autumn is in the first calendar year"),
        pytest.param(2026, 12, 31, date(2026, 12, 31), id="December too"),
        pytest.param(2026, 1, 18, date(2027, 1, 18), id="January is in the second"),
        pytest.param(2026, 8, 31, date(2027, 8, 31), id="August is in the second"),
        pytest.param(2027, 2, 29, date(2028, 2, 29), id="leap day in a leap year"),
        pytest.param(2026, 2, 29, date(2027, 2, 28), id="leap day in a common year"),
    ],
)
def test_day_of_a_rule_is_placed_in_the_year(first, month, day, expected):
    assert SchoolYear(first).date_of(month, day) == expected


def test_day_that_no_year_has_is_refused():
    with pytest.raises(ValueError, match="day"):
        YEAR.date_of(4, 31)


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        pytest.param(date(2010, 5, 20), date(2026, 5, 19), 15, id="day before the birthday"),
        pytest.param(date(2010, 5, 20), date(2026, 5, 20), 16, id="birthday"),
        pytest.param(date(2008, 2, 29), date(2026, 2, 28), 17, id="leap day is not yet older on 28 February"),
        pytest.param(date(2008, 2, 29), date(2026, 3, 1), 18, id="leap day is older on 1 March"),
        pytest.param(date(2008, 2, 29), date(2028, 2, 29), 20, id="leap day in a leap year"),
    ],
)
def test_age_is_counted_on_the_day_asked_for(birth, day, age):
    assert age_on(birth, day) == age


@pytest.mark.parametrize(
    ("birth_date", "birth_year", "day", "minor"),
    [
        pytest.param(date(2008, 11, 27), None, date(2026, 11, 26), True, id="day before 18"),
        pytest.param(date(2008, 11, 27), None, date(2026, 11, 27), False, id="18th birthday in the middle of a programme"),
        pytest.param(date(2008, 2, 29), None, date(2026, 2, 28), True, id="born on 29 February"),
        pytest.param(None, 2009, date(2026, 12, 31), True, id="only the year, surely minor"),
        pytest.param(None, 2007, date(2026, 1, 1), False, id="only the year, surely adult"),
        pytest.param(None, 2008, date(2026, 1, 1), None, id="only the year, turns 18 in this one"),
        pytest.param(None, 2008, date(2026, 12, 30), None, id="only the year, still not known"),
        pytest.param(None, 2008, date(2026, 12, 31), False, id="only the year, everybody born in it is 18 by now"),
        pytest.param(date(2010, 1, 1), 1990, date(2026, 11, 27), True, id="the full date wins over the year"),
        pytest.param(None, None, date(2026, 11, 27), None, id="nothing is known"),
    ],
)
def test_minor_adult_or_not_known(birth_date, birth_year, day, minor):
    assert is_minor_on(birth_date, birth_year, day) is minor


def test_dates_are_written_as_russians_write_them():
    day = date(2026, 11, 27)
    assert school_year.long_date(day) == "27 ноября 2026"
    assert school_year.short_date(day) == "27.11.2026"
    assert school_year.day_month(day) == "27.11"
    assert school_year.weekday_date(day) == "пт, 27.11"
    assert school_year.long_date(date(2026, 5, 9)) == "9 мая 2026"
    assert school_year.short_date(date(2026, 5, 9)) == "09.05.2026"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("5.9", date(2026, 9, 5)),
        ("05.09.2025", date(2025, 9, 5)),
        ("5.9.25", date(2025, 9, 5)),
        ("05,09,2025", date(2025, 9, 5)),
        ("5. 9. 2026", date(2026, 9, 5)),
        ("5/9/2026", date(2026, 9, 5)),
        ("5-9-2026", date(2026, 9, 5)),
        ("5–9–2026", date(2026, 9, 5)),
        ("2026-09-05", date(2026, 9, 5)),
        ("5 сентября", date(2026, 9, 5)),
        ("5 Сентября 2026", date(2026, 9, 5)),
        ("5\u00a0сентября\u00a02026\u00a0г.", date(2026, 9, 5)),
        ("5 сентября 2026 года", date(2026, 9, 5)),
        ("5 сент.", date(2026, 9, 5)),
        ("5 сент. 2026", date(2026, 9, 5)),
        ("3 февр.", date(2027, 2, 3)),
        ("4 нояб.", date(2026, 11, 4)),
        ("9 мая", date(2027, 5, 9)),
        ("05.09.", date(2026, 9, 5)),
        ("05.09.2026г.", date(2026, 9, 5)),
        ("18.01", date(2027, 1, 18)),
        ("10.07", date(2027, 7, 10)),
        ("29.02.2028", date(2028, 2, 29)),
        ("14.03.1958", date(1958, 3, 14)),
        ("01.01.1900", date(1900, 1, 1)),
        ("31.12.2100", date(2100, 12, 31)),
    ],
)
def test_date_is_understood(typed, expected):
    assert parse_date(typed, year=YEAR) == expected


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("29.02", "Такой даты нет: в феврале 2027 года 28 дней."),
        ("29 февраля 2026", "Такой даты нет: в феврале 2026 года 28 дней."),
        ("31.04", "Такой даты нет: в апреле 2027 года 30 дней."),
        ("32.12.2026", "Такой даты нет: в декабре 2026 года 31 день."),
        ("31.13.26", "Такой даты нет: месяцев двенадцать. Напишите день и месяц, например 18.01 — год подставится сам."),
        ("05.09.1826", "Год 1826 не подходит: нужен от 1900 до 2100. Проверьте, нет ли описки."),
        ("05.09.2101", "Год 2101 не подходит: нужен от 1900 до 2100. Проверьте, нет ли описки."),
    ],
)
def test_day_that_does_not_exist_is_explained(typed, sentence):
    with pytest.raises(NotUnderstood) as refusal:
        parse_date(typed, year=YEAR)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize("typed", ["", "завтра", "5", "сентябрь", "00.05", "5.0", "5.9.202", "5.9/2026", "1.2.3.4", "٥.٩", "15.09 – 25.10"])
def test_what_is_not_a_date_gets_a_hint(typed):
    with pytest.raises(NotUnderstood, match="Такая дата не понята"):
        parse_date(typed, year=YEAR)
