"""The school year, ages, and days as Russians write and type them."""

import re
from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from mentorapp.domain.names import plural

MONTHS = ("январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь")
MONTHS_GENITIVE = ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря")
WEEKDAYS_SHORT = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")

ADULT_AGE = 18

DATE_HINT = "Такая дата не понята. Напишите день и месяц, например 18.01 — год подставится сам."


class NotUnderstood(ValueError):
    """What was typed cannot be stored; str() is the Russian sentence for the person, without the column's title."""


@dataclass(frozen=True, slots=True, order=True)
class SchoolYear:
    """The year from 1 September to 31 August, named by its first calendar year: 2026 is 2026/27."""

    first: int

    @classmethod
    def of(cls, day: date) -> "SchoolYear":
        """The school year that a day belongs to."""
        return cls(day.year if day.month >= 9 else day.year - 1)

    @property
    def starts_on(self) -> date:
        return date(self.first, 9, 1)

    @property
    def ends_on(self) -> date:
        return date(self.first + 1, 8, 31)

    @property
    def closes_on(self) -> date:
        """The last day of closing work: cases, publication and both bases are finished after the pupils have left."""
        return date(self.first + 1, 7, 10)

    @property
    def label(self) -> str:
        return f"{self.first}/{(self.first + 1) % 100:02}"

    @property
    def long_label(self) -> str:
        return f"{self.first}/{self.first + 1}"

    def calendar_year(self, month: int) -> int:
        """The calendar year in which that month of this school year falls."""
        return self.first if month >= 9 else self.first + 1

    def date_of(self, month: int, day: int) -> date:
        """That day of this school year.

        29 February is the 28th in a common year, so that a rule which is repeated every year never fails;
        a day that no year has raises ValueError.
        """
        year = self.calendar_year(month)
        return date(year, month, 28 if (month, day) == (2, 29) and not isleap(year) else day)

    def half(self, number: int) -> tuple[date, date]:
        """First and last day of a half: 1 is September to December, 2 is January to May."""
        if number == 1:
            return self.starts_on, date(self.first, 12, 31)
        return date(self.first + 1, 1, 1), date(self.first + 1, 5, 31)

    def contains(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


def age_on(birth: date, day: date) -> int:
    """Full years of age on a day.

    Who was born on 29 February grows older on 1 March of a common year: a parent's consent is needed a day longer, never a day less.
    """
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def is_minor_on(birth_date: date | None, birth_year: int | None, day: date) -> bool | None:
    """Whether a person is under 18 on a day; None when that is not known, as in the year of the 18th birthday if only the year is."""
    if birth_date is not None:
        return age_on(birth_date, day) < ADULT_AGE
    if birth_year is None:
        return None
    if age_on(date(birth_year, 1, 1), day) < ADULT_AGE:
        return True
    return False if age_on(date(birth_year, 12, 31), day) >= ADULT_AGE else None


def long_date(day: date) -> str:
    """«27 ноября 2026»."""
    return f"{day.day} {MONTHS_GENITIVE[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """«27.11.2026»."""
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


def day_month(day: date) -> str:
    """«27.11»."""
    return f"{day.day:02}.{day.month:02}"


def weekday_date(day: date) -> str:
    """«пт, 27.11»."""
    return f"{WEEKDAYS_SHORT[day.weekday()]}, {day:%d.%m}"


# --- Days as people type them ---

_CASES = [(name, genitive, genitive[:-1] + "е") for name, genitive in zip(MONTHS, MONTHS_GENITIVE, strict=True)]
_SHORT = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
MONTH_NUMBER = {word: number for number, words in enumerate(_CASES, 1) for word in words}
MONTH_NUMBER |= {word: number for number, word in enumerate(_SHORT, 1)} | {"февр": 2, "сент": 9, "нояб": 11}
MONTH_PATTERN = "|".join(sorted(MONTH_NUMBER, key=len, reverse=True))

_NAME = "|".join(MONTHS)
_DAY = "0?[1-9]|[1-9][0-9]"
_YEAR = "[1-9][0-9]{3}"
_POINTS = (
    rf"(?P<year>{_YEAR})-(?P<month>{_DAY})-(?P<day>{_DAY})",
    rf"(?P<day>{_DAY})(?P<mark>[./,-])(?P<month>{_DAY})(?:(?P=mark)(?P<year>{_YEAR}|[0-9]{{2}}))?",
    rf"(?:(?P<day>{_DAY}) ?)?(?P<month>{MONTH_PATTERN})\.? ?(?P<year>{_YEAR})?",
    rf"(?P<day>{_DAY})",
)
_TIDYING = (
    ("[‐-―−]", "-"),
    (" ?- ?", "-"),
    (r"(?<=[0-9]) ?([./]) ?(?=[0-9])", r"\1"),
    (r"(?<=[0-9]) ?(?:год[ау]?|г)\b\.?", ""),
    (rf"({_NAME})(?=(?:{_NAME})\b)", r"\1-"),  # «Январьиюнь»: texts taken out of a PDF lose the hyphen
)


class Point(NamedTuple):
    """A day, a month or a date, with or without its year, as it was written; 0 stands for what was not written."""

    day: int
    month: int
    year: int


def parse_date(typed: str, *, year: SchoolYear) -> date:
    """The day that was typed; a missing year is put from the school year, «26» is 2026. Raises NotUnderstood."""
    day = day_in(tidied(typed), year)
    if day is None:
        raise NotUnderstood(DATE_HINT)
    return day


def tidied(typed: str) -> str:
    """The typed text with one way to write a dash, a space and a letter, and no «г.» after a year: what readers compare with."""
    key = " ".join(typed.split()).casefold().replace("ё", "е")
    for pattern, replacement in _TIDYING:
        key = re.sub(pattern, replacement, key)
    return key.rstrip(". ")


def point_in(key: str) -> Point | None:
    """The point of time that a tidied text is, or None."""
    found = next(filter(None, (re.fullmatch(pattern, key.strip(" .,")) for pattern in _POINTS)), None)
    if found is None:
        return None
    day, month, year = (found.groupdict().get(name) or "0" for name in ("day", "month", "year"))
    return Point(int(day), MONTH_NUMBER.get(month) or int(month), int("20" + year if len(year) == 2 else year))


def day_in(key: str, year: SchoolYear) -> date | None:
    """The day that a tidied text is, or None when it is not a date. Raises NotUnderstood for a day that does not exist."""
    point = point_in(key)
    if point is None or not point.day or not point.month:
        return None
    return calendar_day(point.day, point.month, point.year or year.calendar_year(point.month))


def calendar_day(day: int, month: int, year: int) -> date:
    """That day; NotUnderstood explains why there is none."""
    if month > 12:
        raise NotUnderstood("Такой даты нет: месяцев двенадцать. Напишите день и месяц, например 18.01 — год подставится сам.")
    if not 1900 <= year <= 2100:
        raise NotUnderstood(f"Год {year} не подходит: нужен от 1900 до 2100. Проверьте, нет ли описки.")
    days = monthrange(year, month)[1]
    if day > days:
        where = f"в {_CASES[month - 1][2]} {year} года"
        raise NotUnderstood(f"Такой даты нет: {where} {days} {plural(days, 'день', 'дня', 'дней')}.")
    return date(year, month, day)


def month_end(day: date) -> date:
    """The last day of its month."""
    return day.replace(day=monthrange(day.year, day.month)[1])
