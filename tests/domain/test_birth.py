"""Birth dates decide who signs a consent, so they are read as written or not at all."""

from datetime import date

import pytest

from mentorapp.domain import birth
from mentorapp.domain.birth import Birth
from mentorapp.domain.school_year import NotUnderstood

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("30.05.2014", Birth(date(2014, 5, 30), None)),
        (" 30 мая 2014 г. ", Birth(date(2014, 5, 30), None)),
        ("2014-05-30", Birth(date(2014, 5, 30), None)),
        ("2014", Birth(None, 2014)),
        ("2014 г.", Birth(None, 2014)),
        ("2014 год", Birth(None, 2014)),
        ("", Birth(None, None)),
        ("  ", Birth(None, None)),
        ("20.11.2026", Birth(date(2026, 11, 20), None)),
    ],
)
def test_a_date_or_a_year_is_understood(typed, expected):
    assert birth.parse(typed, today=TODAY) == expected


@pytest.mark.parametrize("typed", ["30.05", "30 мая", "30.05.14", "5.6.85"])
def test_a_year_is_never_guessed(typed):
    with pytest.raises(NotUnderstood, match="четырьмя цифрами"):
        birth.parse(typed, today=TODAY)


@pytest.mark.parametrize("typed", ["весной", "май 2014", "14", "30.13.2014", "2013/2014", "13 лет"])
def test_other_texts_are_explained(typed):
    with pytest.raises(NotUnderstood, match="30.05.2014 или только год"):
        birth.parse(typed, today=TODAY)


@pytest.mark.parametrize("typed", ["21.11.2026", "2027", "1899", "30.05.2114"])
def test_a_birth_in_the_future_or_of_the_century_before_last_is_refused(typed):
    with pytest.raises(NotUnderstood):
        birth.parse(typed, today=TODAY)


def test_a_day_that_no_month_has_is_named():
    with pytest.raises(NotUnderstood, match="в феврале 2014 года 28 дней"):
        birth.parse("30.02.2014", today=TODAY)


@pytest.mark.parametrize("typed", ["30.05.2014", "2014", ""])
def test_what_is_shown_can_be_typed_again(typed):
    assert str(birth.parse(typed, today=TODAY)) == typed
