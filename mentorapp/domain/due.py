"""Dates and terms: what a person types («до 15 октября», «сентябрь») and what a form's rule gives, as days of a school year.

A weekend or a holiday never moves a term: the school decides that, and sees the day it wrote.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from mentorapp.domain.names import plural
from mentorapp.domain.school_year import (
    MONTH_NUMBER,
    MONTH_PATTERN,
    MONTHS,
    MONTHS_GENITIVE,
    NotUnderstood,
    Point,
    SchoolYear,
    calendar_day,
    day_in,
    month_end,
    parse_date,
    point_in,
    short_date,
    tidied,
)

__all__ = ["Due", "NotUnderstood", "from_rule", "parse", "parse_date", "problems"]

DUE_HINT = "Такой срок не понят. Напишите день и месяц, например 18.01, или «сентябрь», «до 15 октября». Год подставится сам."
LONGEST = 200  # characters; no term is longer, and a pasted page is refused before it is searched


@dataclass(frozen=True, slots=True)
class Due:
    """A term: its first and last day (None: open on that side) and the text that is shown and stored for it."""

    first: date | None
    last: date | None
    text: str


def parse(typed: str, *, year: SchoolYear) -> Due:
    """The term that was typed; an empty text is an empty term. Raises NotUnderstood.

    Dates get one form and their year, terms in words stay as they were written; parsing the text again gives the same term.
    """
    words = " ".join(typed.split())
    if not words:
        return Due(None, None, "")
    due = _runs(tidied(words), year) if len(words) <= LONGEST else None
    if due is None or len(due.text) > LONGEST:
        raise NotUnderstood(DUE_HINT)
    return replace(due, text=due.text or words)


# --- Readers of terms: None when the text is not of their kind, an empty `text` to keep the person's words ---


def _runs(key: str, year: SchoolYear) -> Due | None:
    """«15.09 – 25.10.2026, далее ежегодно в сентябре»: the first run when it falls in the year, otherwise what repeats."""
    first_run, further, repeated = key.partition("далее")
    if not further:
        return _term(key, year)
    run, later = _term(first_run, year), _term(repeated, year)
    if run is None or later is None:
        return None
    return replace(run if run.last and year.contains(run.last) else later, text="")


def _term(key: str, year: SchoolYear) -> Due | None:
    key = key.strip(" .,-")
    if "ежегодно" in key and (once := key.replace("ежегодно", "").strip(" .,:-")):
        due = _term(once, year)
        return due and replace(due, text="")  # a bare date would lose the word «ежегодно»
    key = re.sub("^(?:в течение|на протяжении|в|во|на) ", "", key)
    return _until(key, year) or _span(key, year) or _list(key, year) or _phrase(key, year)


def _until(key: str, year: SchoolYear) -> Due | None:
    found = re.fullmatch("(?:срок )?(?:до|не позднее|к) (конца )?(.+)", key)
    if not found or found[0].endswith("конца года"):  # of the calendar year or of the school year: nobody can tell
        return None
    due = _term(found[2], year) if found[1] else _one_day(found[2], year)
    return Due(None, due.last, "" if found[1] else f"до {due.text}") if due and due.last else None


def _one_day(key: str, year: SchoolYear) -> Due | None:
    day = day_in(key, year)
    return Due(day, day, short_date(day)) if day else None


def _span(key: str, year: SchoolYear) -> Due | None:
    """A day, a month, or from one to the other."""
    key = re.sub("^(?:в|во) ", "", key)
    point = point_in(key)
    if point and point.month:
        return _one_day(key, year) or _between(point, point, year)
    key = re.sub("^(?:с|со|от) ", "", key)
    for dash in re.finditer("-| по | до ", key):
        start, end = point_in(key[: dash.start()]), point_in(key[dash.end() :])
        if start and end and end.month:
            return _between(start, end, year)
    return None


def _between(start: Point, end: Point, year: SchoolYear) -> Due:
    """A month or a year that is written once serves both points; autumn to spring crosses New Year."""
    month = start.month or end.month
    crossing = month >= 9 > end.month
    ended = end.year or (start.year + crossing if start.year else year.calendar_year(end.month))
    first = calendar_day(start.day or 1, month, start.year or ended - crossing)
    last = calendar_day(end.day or 1, end.month, ended)
    last = last if end.day else month_end(last)
    text = short_date(first) if first == last else f"{short_date(first)} – {short_date(last)}"
    if first > last:
        raise NotUnderstood(f"Начало срока позже конца: {text}. Поменяйте даты местами.")
    return Due(first, last, text if start.day and end.day else "")


def _list(key: str, year: SchoolYear) -> Due | None:
    """«Декабрь, март, июнь» or several dates: from the first day of the earliest to the last day of the latest."""
    dues = [_span(piece, year) for piece in re.split(", ?| и ", key)]
    firsts = [due.first for due in dues if due and due.first]
    lasts = [due.last for due in dues if due and due.last]
    if len(lasts) < len(dues):
        return None
    texts = [due.text for due in dues if due and due.text]
    return Due(min(firsts), max(lasts), ", ".join(texts) if len(texts) == len(dues) else "")


def _phrase(key: str, year: SchoolYear) -> Due | None:
    for pattern, days in _PHRASES:
        if found := re.fullmatch(pattern, key):
            named = found.groupdict()
            of = SchoolYear(int(named["from"])) if named.get("from") else year
            several = named.get("to") and of.label[-2:] != named["to"]  # «2020-2025» is a programme of several years, not a term
            return None if several else Due(*days(found, of), "")
    return None


def _lessons(found: re.Match[str], year: SchoolYear) -> tuple[date, date]:
    """«В течение года» ends with lessons on 31 May; up to 10 July only closing work goes on, and that has dates of its own."""
    return year.starts_on, year.half(2)[1]


def _last_week(found: re.Match[str], year: SchoolYear) -> tuple[date, date]:
    last = month_end(year.date_of(MONTH_NUMBER[found["month"]], 1))
    return last - timedelta(days=6), last


_SCHOOL_YEAR = r"(?P<from>20[0-9]{2})[-/](?:20)?(?P<to>[0-9]{2})(?: уч[а-я]*\.? ?(?:года?|г)?)?"
_PHRASES: tuple[tuple[str, Callable[[re.Match[str], SchoolYear], tuple[date | None, date | None]]], ...] = (
    (rf"(?:весь |всего )?(?:учебн[а-я]+ )?(?:года?|периода?)|{_SCHOOL_YEAR}|ежегодно|постоянно", _lessons),
    (r"еже(?:дневно|недельно|месячно)|кажд(?:ый|ые) [0-9]{1,3} (?:день|дня|дней)|(?:[0-9] )?раза? в (?:неделю|месяц)", _lessons),
    (rf"(?:1|i|перв[а-я]+)(?:-?[а-я]{{1,2}})? полугоди[еяи](?: {_SCHOOL_YEAR})?", lambda found, year: year.half(1)),
    (rf"(?:2|ii|втор[а-я]+)(?:-?[а-я]{{1,2}})? полугоди[еяи](?: {_SCHOOL_YEAR})?", lambda found, year: year.half(2)),
    (rf"последн[а-я]+ недел[а-я] (?P<month>{MONTH_PATTERN})", _last_week),
    ("по (?:мере )?необходимости", lambda found, year: (None, None)),
)


# --- What a form's rule gives ---


def from_rule(rule: Mapping[str, Any], *, start: date, end: date, year: SchoolYear) -> Due:
    """The term that a rule gives a pair which works from `start` to `end`. Raises ValueError for a rule with problems.

    A rule holds one way to say when (`from` and `to` are one) and maybe `first_run`, which counts in the school year it falls in.
    The text can stay in a cell as it is: `parse` gives the same days for it, but for `every`, which it takes as the whole year's lessons.
    """
    if wrong := problems(rule):
        raise ValueError(" ".join(wrong))
    first_run = parse(rule.get("first_run", ""), year=year)
    if first_run.last and year.contains(first_run.last):
        return first_run
    text = next(words(rule, start, end, year) for key, words in _WORDS.items() if key in rule)
    return Due(start, end, text) if "every" in rule else parse(text, year=year)


def problems(rule: Mapping[str, Any]) -> list[str]:
    """Everything that is wrong with a rule, each as a Russian sentence that names its key; empty when it is right."""
    chosen = [key for key in _WORDS if key in rule]
    found = [f"Слово «{key}» в сроке не понято; можно: {', '.join(_WANTED)}." for key in rule if key not in _WANTED]
    found += [f"{key}: здесь пишут {wanted}." for key, (fits, wanted) in _WANTED.items() if key in rule and not fits(rule[key])]
    if ("from" in rule) != ("to" in rule):
        found.append("from и to: пишутся вместе, начало и конец срока.")
    elif not chosen:
        found.append(f"Срок не задан: нужно одно из слов {', '.join(_WORDS)}.")
    elif _is_day_month(rule.get("from")) and _is_day_month(rule["to"]) and _placed(rule["from"], _LEAP) > _placed(rule["to"], _LEAP):
        found.append(f"from и to: {rule['from']} в учебном году позже, чем {rule['to']}. Поменяйте даты местами.")
    if len(chosen) > 1:
        found.append(f"Срок задан несколько раз: {', '.join(chosen)}. Оставьте одно.")
    return found


_LEAP = SchoolYear(2027)  # its February has 29 days, so that 28.02 and 29.02 are two days


def _placed(day_month: str, year: SchoolYear) -> date:
    day, month = map(int, day_month.split("."))
    return year.date_of(month, day)


def _school_day(counted: date, last: date) -> date:
    """A day that was only counted moves on from a Sunday and from the New Year holidays (ТК РФ, ст. 112), if there is room."""
    day = counted
    while day.weekday() == 6 or (day.month == 1 and day.day <= 8):
        day += timedelta(days=1)
    return day if day <= last else counted


def _every(days: int) -> str:
    named = {1: "ежедневно", 7: "еженедельно", 30: "ежемесячно"}
    return named.get(days) or f"{plural(days, 'каждый', 'каждые', 'каждые')} {days} {plural(days, 'день', 'дня', 'дней')}"


_WORDS: Mapping[str, Callable[[Mapping[str, Any], date, date, SchoolYear], str]] = {
    "after_start": lambda rule, start, end, year: short_date(_school_day(min(start + timedelta(days=rule["after_start"]), end), end)),
    "before_end": lambda rule, start, end, year: short_date(_school_day(max(end - timedelta(days=rule["before_end"]), start), end)),
    "month": lambda rule, start, end, year: MONTHS[rule["month"] - 1],
    "months": lambda rule, start, end, year: ", ".join(MONTHS[month - 1] for month in sorted(rule["months"], key=lambda m: (m + 3) % 12)),
    "from": lambda rule, start, end, year: f"{short_date(_placed(rule['from'], year))} – {short_date(_placed(rule['to'], year))}",
    "until": lambda rule, start, end, year: f"до {short_date(_placed(rule['until'], year))}",
    "last_week": lambda rule, start, end, year: f"последняя неделя {MONTHS_GENITIVE[rule['last_week'] - 1]}",
    "every": lambda rule, start, end, year: _every(rule["every"]),
    "half": lambda rule, start, end, year: f"в течение {('первого', 'второго')[rule['half'] - 1]} полугодия",
    "year": lambda rule, start, end, year: "в течение года",
}


def _is_whole(low: int, high: int) -> Callable[[object], bool]:
    return lambda value: type(value) is int and low <= value <= high


def _is_day_month(value: object) -> bool:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,2}\.[0-9]{1,2}", value):
        return False
    try:
        return bool(_placed(value, _LEAP))
    except ValueError:
        return False


def _are_months(value: object) -> bool:
    return isinstance(value, list | tuple) and 0 < len(value) == len(set(map(str, value))) and all(map(_is_whole(1, 12), value))


def _names_its_year(value: object) -> bool:
    """A first run happened once: it must mean the same days in whatever year it is read."""
    if not isinstance(value, str):
        return False
    try:
        one, other = parse(value, year=_LEAP), parse(value, year=SchoolYear(_LEAP.first + 1))
    except NotUnderstood:
        return False
    return one == other and one.last is not None


_DAYS = _is_whole(0, 1000), "число дней от 0 до 1000"
_MONTH = _is_whole(1, 12), "номер месяца от 1 до 12"
_DAY_MONTH = _is_day_month, 'день и месяц в кавычках, например "15.10"'
_WANTED: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "after_start": _DAYS,
    "before_end": _DAYS,
    "month": _MONTH,
    "months": (_are_months, "разные номера месяцев в скобках, например [12, 3, 6]"),
    "from": _DAY_MONTH,
    "to": _DAY_MONTH,
    "until": _DAY_MONTH,
    "last_week": _MONTH,
    "every": (_is_whole(1, 366), "число дней от 1 до 366"),
    "half": (_is_whole(1, 2), "1 или 2"),
    "year": (lambda value: value is True, "true"),
    "first_run": (_names_its_year, 'срок с годом в кавычках, например "15.09.2026"'),
}
