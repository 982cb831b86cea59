"""A birth date as it is typed into a card: a whole date, or the year alone. Nothing of it is ever guessed."""

import re
from datetime import date
from typing import NamedTuple

from mentorapp.domain.school_year import NotUnderstood, age_on, calendar_day, point_in, short_date, tidied

EARLIEST = 1900
HINT = "Такая дата рождения не понята. Напишите 30.05.2014 или только год, 2014."


class Birth(NamedTuple):
    """The date, or the year alone, or neither; never both."""

    day: date | None
    year: int | None

    def __str__(self) -> str:
        return short_date(self.day) if self.day else str(self.year or "")


def parse(typed: str, *, today: date) -> Birth:
    """What was typed; nothing typed is an unknown birth. Raises NotUnderstood with a sentence for the person.

    Elsewhere a missing year is put from the school year. Here that would make a newborn of a pupil and ask a parent's
    signature of a grown-up, so the year must be written in four figures.
    """
    key = tidied(typed)
    if not key:
        return Birth(None, None)
    birth = Birth(None, int(key)) if re.fullmatch("[0-9]{4}", key) else Birth(_day(key), None)
    year = birth.day.year if birth.day else birth.year or 0
    if not EARLIEST <= year <= today.year or (birth.day and birth.day > today):
        raise NotUnderstood(f"Проверьте дату рождения: {birth} не подходит.")
    return birth


def ages_on(birth_date: date | None, birth_year: int | None, day: date) -> tuple[int, int] | None:
    """The least and the greatest age that a person may have on a day: the same one where the birth date is known."""
    if birth_date is not None:
        return age_on(birth_date, day), age_on(birth_date, day)
    if birth_year is None:
        return None
    return age_on(date(birth_year, 12, 31), day), age_on(date(birth_year, 1, 1), day)


def _day(key: str) -> date:
    point = point_in(key)
    if point is None or not point.day or not 1 <= point.month <= 12:
        raise NotUnderstood(HINT)
    if not re.search("[0-9]{4}", key):
        raise NotUnderstood("Год рождения нужен целиком, четырьмя цифрами: 30.05.2014 или просто 2014.")
    return calendar_day(point.day, point.month, point.year)
