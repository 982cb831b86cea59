"""What became of a number that was measured twice."""

from datetime import date

import pytest

from mentorapp import words
from mentorapp.domain import parameters
from mentorapp.domain.kinds import NotUnderstood
from mentorapp.domain.parameters import Change, Parameter
from mentorapp.domain.school_year import SchoolYear

EASE = Parameter("ease", "Лёгкость", "На линейке", "mentee", low=0, high=10)
WORRY = Parameter("worry", "Тревожность", "Опросник", "psychologist", better="less")
YEAR, TODAY = SchoolYear(2026), date(2026, 11, 23)


@pytest.mark.parametrize(
    ("parameter", "before", "after", "found", "said"),
    [
        (EASE, "4", "7", Change(3, True), "+3, лучше"),
        (EASE, "4,1", "4,3", Change(0.2, True), "+0,2, лучше"),
        (EASE, "7", "4", Change(-3, False), "−3, хуже"),
        (WORRY, "7", "4", Change(-3, True), "−3, лучше"),
        (WORRY, "4", "7", Change(3, False), "+3, хуже"),
        (EASE, "4", "4", Change(0, None), "без изменений"),
        (EASE, "0", "0", Change(0, None), "без изменений"),
        (EASE, "", "7", None, ""),
        (EASE, "4", "", None, ""),
        (EASE, "", "", None, ""),
        (EASE, "четыре", "7", None, ""),
    ],
)
def test_a_change_says_its_direction_and_a_missing_number_is_no_zero(
    parameter: Parameter, before: str, after: str, found: Change | None, said: str
) -> None:
    values = {f"{parameter.id}.before": before, f"{parameter.id}.after": after}
    change = parameters.change(parameter, values)
    assert change == found and words.change_words(change) == said


def test_a_number_keeps_its_bounds_and_a_day_that_has_not_come_is_refused() -> None:
    fields = parameters.fields([EASE], YEAR, TODAY)
    assert list(fields) == ["ease.before", "ease.before.on", "ease.after", "ease.after.on"]
    assert fields["ease.before"].parse("7.5") == "7,5"
    with pytest.raises(NotUnderstood, match="от 0 до 10"):
        fields["ease.after"].parse("11")
    assert fields["ease.before.on"].parse("5.9") == "05.09.2026"
    assert fields["ease.before.on"].parse("") == ""
    with pytest.raises(NotUnderstood, match="ещё не наступил"):
        fields["ease.after.on"].parse("24.11.2026")


def test_a_key_is_of_its_parameter_alone() -> None:
    assert parameters.of_key([EASE, WORRY], "worry.after.on") is WORRY
    assert parameters.of_key([EASE, WORRY], "worry.between") is None
