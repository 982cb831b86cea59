"""A due rule as people write it («через 14 дней после начала», «до 15 октября») and back again.

`due.parse` reads a term of one year; here is what stays true every year: what a form says of its rows.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from typing import Any

from mentorapp.domain import due
from mentorapp.domain.names import plural
from mentorapp.domain.school_year import MONTH_NUMBER, MONTH_PATTERN, MONTHS, MONTHS_GENITIVE, Point, point_in, tidied

Rule = dict[str, Any]

RULE_HINT = (
    "Такой срок не понят. Напишите, например: «через 14 дней после начала», «за 10 дней до конца», «до 15 октября», «сентябрь», "
    "«с 15.10 по 30.10», «последняя неделя мая», «каждые 7 дней», «1-е полугодие», «в течение года»."
)
EXAMPLES = (
    "через 14 дней после начала",
    "за 10 дней до конца",
    "до 15 октября",
    "с 15.10 по 30.10",
    "сентябрь",
    "декабрь, март, июнь",
    "последняя неделя мая",
    "каждые 7 дней",
    "1-е полугодие",
    "в течение года",
)

_DAY_MONTH = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})")
_TWO_FIGURES = re.compile(r"[0-9]{2}\.[0-9]{2}")
_LEAP = 2028  # its February has 29 days, as a rule for every year needs


# --- In words -----------------------------------------------------------------------------------------


def to_words(rule: Mapping[str, Any]) -> str:
    """The rule in words that `from_words` reads back as the same rule; nothing for a rule with problems."""
    if due.problems(rule):
        return ""
    words = next(write(rule) for key, write in _WORDS.items() if key in rule)
    return f"{words}, первый раз {rule['first_run']}" if "first_run" in rule else words


def _days(number: int) -> str:
    return f"{number} {plural(number, 'день', 'дня', 'дней')}"


def _months(rule: Mapping[str, Any]) -> str:
    names = ", ".join(MONTHS[month - 1] for month in rule["months"])
    return names if len(rule["months"]) > 1 else f"месяцы: {names}"


def _one_day(day_month: str) -> str:
    """«15 октября»; a day that was written with one figure stays in figures, so that it is read back as it was."""
    found = _DAY_MONTH.fullmatch(day_month)
    if not found or not _TWO_FIGURES.fullmatch(day_month):
        return day_month
    return f"{int(found[1])} {MONTHS_GENITIVE[int(found[2]) - 1]}"


def _from_to(rule: Mapping[str, Any]) -> str:
    return _one_day(rule["from"]) if rule["from"] == rule["to"] else f"с {rule['from']} по {rule['to']}"


_WORDS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "after_start": lambda rule: f"через {_days(rule['after_start'])} после начала" if rule["after_start"] else "в день начала",
    "before_end": lambda rule: f"за {_days(rule['before_end'])} до конца" if rule["before_end"] else "в день окончания",
    "month": lambda rule: MONTHS[rule["month"] - 1],
    "months": _months,
    "from": _from_to,
    "until": lambda rule: f"до {_one_day(rule['until'])}",
    "last_week": lambda rule: f"последняя неделя {MONTHS_GENITIVE[rule['last_week'] - 1]}",
    "every": lambda rule: f"{plural(rule['every'], 'каждый', 'каждые', 'каждые')} {_days(rule['every'])}".replace("каждый 1 ", "каждый "),
    "half": lambda rule: f"{rule['half']}-е полугодие",
    "year": lambda rule: "в течение года",
}


# --- Out of words -------------------------------------------------------------------------------------


def from_words(text: str) -> Rule | None:
    """The rule that the words mean; None when they are empty, not understood or mean no day of a school year.

    Case, ё, dashes, endings of words and a full stop make no difference. A year that was written is left out: a rule holds every
    year. «15.09.2026, далее ежегодно в сентябре» and «сентябрь, первый раз 15.09.2026» give a rule with its first run.
    """
    if len(text) > due.LONGEST:
        return None
    words, first_run = _parted(" ".join(text.split()))
    rule = next(filter(None, (read(_plain(words)) for read in _READERS)), None)
    if rule and first_run:
        rule["first_run"] = first_run
    return rule if rule and not due.problems(rule) else None


_FIRST = re.compile(r"[\s,;(.–—-]*(?:первый раз|в первый раз|впервые)[\s:–—-]*(.+?)\)?", re.IGNORECASE)
_THEN = re.compile(r"(.+?)[\s,;(.–—-]*далее[\s:,–—-]*(.+?)\)?", re.IGNORECASE)


def _parted(text: str) -> tuple[str, str]:
    """What repeats, and the run that came first, both as they were written."""
    if found := re.search(_FIRST.pattern + "$", text, re.IGNORECASE):
        return text[: found.start()], found[1]
    if found := _THEN.fullmatch(text):
        return found[2], found[1]
    return text, ""


def _plain(text: str) -> str:
    """Tidied, without words that change nothing."""
    key = re.sub(r"[«»\"()]|\b(?:ежегодно|каждый год|примерно|срок(?:ом)?|чем)\b:?", " ", tidied(text))
    return " ".join(key.split()).strip(" .,;:-")


_NUMBERS = {
    "один": 1, "одна": 1, "одну": 1, "два": 2, "две": 2, "пару": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7, "восемь": 8,
    "девять": 9, "десять": 10, "двенадцать": 12, "четырнадцать": 14, "пятнадцать": 15, "двадцать": 20, "тридцать": 30,
    "одного": 1, "одной": 1, "двух": 2, "трех": 3, "четырех": 4, "пяти": 5, "шести": 6, "семи": 7, "восьми": 8, "девяти": 9, "десяти": 10,
    "двенадцати": 12, "четырнадцати": 14, "пятнадцати": 15, "двадцати": 20, "тридцати": 30,
}  # fmt: skip
_UNITS = (("д(?:ень|ня|ней|н)", 1), ("недел[а-я]+|нед", 7), ("месяц[а-я]*|мес", 30), ("полгода", 182))
_COUNT = (
    rf"(?:(?P<n>[0-9]{{1,4}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})(?:-?[а-я]{{1,2}})? )?"
    r"(?:(?:календарн|рабоч|учебн)[а-я]+ )?"
    rf"(?P<unit>{'|'.join(pattern for pattern, _ in _UNITS)})\.?"
)
_OF_WORK = r"(?: (?:совместной |всей )?(?:работы|пары|программы|периода|наставничества|договора|срока|занятий)){0,2}"
_START = rf"(?:начал[а-я]*|старт[а-я]*){_OF_WORK}"
_END = rf"(?:кон(?:ец|ца|цу|це|цом)|окончани[а-я]|завершени[а-я]|итог[а-я]*){_OF_WORK}"


def _counted(found: re.Match[str]) -> int:
    """The days of «14 дней», «две недели», «месяц»."""
    written = found["n"] or "1"
    unit = next(days for pattern, days in _UNITS if re.fullmatch(pattern, found["unit"]))
    return (int(written) if written.isdigit() else _NUMBERS[written]) * unit


def _after_start(key: str) -> Rule | None:
    if re.fullmatch(rf"(?:сразу|в первый день|в день начала|на старте|в начале|сразу (?:после|с) начала|с начала){_OF_WORK}", key):
        return {"after_start": 0}
    since = rf"(?:после|с|со дня|от|от дня|с момента) {_START}"
    found = re.fullmatch(rf"(?:(?:через|спустя|в течение|не позднее|до|на) )?{_COUNT} {since}", key)
    found = found or re.fullmatch(rf"(?:через|спустя) {_COUNT}", key) or re.fullmatch(rf"{since} (?:через|спустя) {_COUNT}", key)
    return {"after_start": _counted(found)} if found else None


def _before_end(key: str) -> Rule | None:
    if re.fullmatch(
        rf"(?:в последний день|в день окончания|в день завершения|в конце|к концу|до конца|до окончания|в завершение){_OF_WORK}", key
    ):
        return {"before_end": 0}
    found = re.fullmatch(rf"(?:не позднее |не позже )?(?:за )?{_COUNT} (?:до|перед) {_END}", key)
    return {"before_end": _counted(found)} if found else None


def _every(key: str) -> Rule | None:
    named = {"ежедневно": 1, "еженедельно": 7, "ежемесячно": 30, "ежеквартально": 90, "каждый день": 1}
    if key in named:
        return {"every": named[key]}
    found = re.fullmatch(rf"(?:кажд[а-я]+|(?:[1i] |один )?раз(?: в|ик в)?|не реже(?: [1i]| одного)? раза? в|с шагом) {_COUNT}", key)
    return {"every": _counted(found)} if found else None


def _half_or_year(key: str) -> Rule | None:
    key = re.sub("^(?:в течение|на протяжении|за|весь|все|в|во|на) ", "", key)
    if found := re.fullmatch(r"(1|2|ii|i|перв[а-я]+|втор[а-я]+)(?:-?[а-я]{1,2})? полугоди[а-я]", key):
        return {"half": 2 if found[1] in ("2", "ii") or found[1].startswith("втор") else 1}
    if re.fullmatch(
        "(?:всего |весь )?(?:учебн[а-я]+ )?год[а-я]?|(?:всего |весь )?период[а-я]?(?: работы)?|постоянно|(?:все|всего) врем[а-я]+", key
    ):
        return {"year": True}
    return None


_ORDINALS = {"перв": 1, "втор": 2, "трет": 3, "четверт": 4}


def _week_of_month(key: str) -> Rule | None:
    """«Первая неделя сентября»: seven days counted from the first of the month, shown back as days."""
    found = re.fullmatch(rf"(?:в |во |на )?(?:([1-4])-?(?:я|ю|й|ой|ую)?|(перв|втор|трет|четверт)[а-я]+) недел[а-я] ({MONTH_PATTERN})", key)
    if not found:
        return None
    last = 7 * (int(found[1]) if found[1] else _ORDINALS[found[2]])
    month = MONTH_NUMBER[found[3]]
    return {"from": f"{last - 6:02}.{month:02}", "to": f"{last:02}.{month:02}"}


_QUARTERS = (("01.09", "31.10"), ("01.11", "31.12"), ("01.01", "31.03"), ("01.04", "31.05"))
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def _quarter(key: str) -> Rule | None:
    """«Вторая четверть»: its whole months, shown back as days. Schools set the days of their quarters themselves."""
    key = re.sub("^(?:в течение|на протяжении|за|в|во|на) ", "", key)
    found = re.fullmatch(r"(?:([1-4])(?:-?(?:я|й|ю|ой|ую))?|(iv|i{1,3})|(перв|втор|трет|четверт)[а-я]+) четверт[а-я]+", key)
    if not found:
        return None
    number = int(found[1]) if found[1] else _ROMAN[found[2]] if found[2] else _ORDINALS[found[3]]
    return {"from": _QUARTERS[number - 1][0], "to": _QUARTERS[number - 1][1]}


def _end_of_lessons(key: str) -> Rule | None:
    """«До конца учебного года» is the last day of lessons, shown back as that day."""
    return {"until": "31.05"} if re.fullmatch(r"(?:до|к) (?:конца|концу|окончания|окончанию) учебного года", key) else None


def _last_week(key: str) -> Rule | None:
    found = re.fullmatch(rf"(?:в |во |на )?последн[а-я]+ недел[а-я] ({MONTH_PATTERN})", key)
    return {"last_week": MONTH_NUMBER[found[1]]} if found else None


def _until(key: str) -> Rule | None:
    found = re.fullmatch("(?:в )?(?:до|не позднее|не позже|к|ко) (конца |концу )?(.+)", key)
    if not found:
        return None
    if found[1] and (half := _half_or_year(found[2])) and "half" in half:
        return {"until": ("31.12", "31.05")[half["half"] - 1]}
    point = point_in(_no_half(found[2]))
    if not point or not point.month or bool(point.day) == bool(found[1]):
        return None
    return {"until": _written(found[2], point, last=True)}


def _months_or_days(key: str) -> Rule | None:
    key = re.sub("^(?:в течение|на протяжении|в|во|на) ", "", key)
    return _part_of_month(key) or _point(key) or _span(key)


def _no_half(text: str) -> str:
    """«15-го октября», «15-е октября» → «15 октября»; «октябрю» → «октября»."""
    text = re.sub(r"(?<=[0-9])-(?:го|ого|е|ое|му|ому)\b", "", text)
    return re.sub(r"([а-я]+)(?:ю|у)$", lambda found: next((name for name in MONTHS if name.startswith(found[1])), found[0]), text)


def _point(key: str) -> Rule | None:
    """One month, or one day of every year: the shortest span."""
    point = point_in(_no_half(key))
    if not point or not point.month:
        return None
    if not point.day:
        return {"month": point.month}
    day = _written(key, point, last=False)
    return {"from": day, "to": day}


def _part_of_month(key: str) -> Rule | None:
    found = re.fullmatch(rf"(начал[а-я]|середин[а-я]|кон(?:ец|ца|це)) ({MONTH_PATTERN})", key)
    if not found:
        return None
    month = MONTH_NUMBER[found[2]]
    first, last = {"н": (1, 10), "с": (11, 20), "к": (21, _last_day(month))}[found[1][0]]
    return {"from": f"{first:02}.{month:02}", "to": f"{last:02}.{month:02}"}


def _span(key: str) -> Rule | None:
    """«С 15.10 по 30.10», «1–5 октября», «сентябрь–октябрь», «с сентября по ноябрь»."""
    key = re.sub("^(?:с|со|от) ", "", key)
    for dash in re.finditer("-| по | до ", key):
        before, after = _no_half(key[: dash.start()]), _no_half(key[dash.end() :])
        start, end = point_in(before), point_in(after)
        if start and end and end.month:
            start = start._replace(month=start.month or end.month)
            return {"from": _written(before, start, last=False), "to": _written(after, end, last=True)}
    return None


def _list_of_months(key: str) -> Rule | None:
    """«Декабрь, март и июнь», «месяцы: сентябрь»."""
    listed = re.sub("^(?:в течение|месяц[а-я]*:?|в|во) ", "", key)
    months = [MONTH_NUMBER.get(re.sub("^(?:в|во) ", "", piece).strip(" .")) for piece in re.split(", ?|; ?| и |/", listed)]
    if None in months or (len(months) == 1 and not key.startswith("месяцы")):
        return None
    return {"months": list(dict.fromkeys(months))}


def _written(text: str, point: Point, *, last: bool) -> str:
    """A day as a rule holds it: figures stay as they were written, of a whole month the first or the last day is meant."""
    if _DAY_MONTH.fullmatch(text.strip(" .,")):
        return text.strip(" .,")
    day = point.day or (_last_day(point.month) if last else 1)
    return f"{day:02}.{point.month:02}"


def _last_day(month: int) -> int:
    return monthrange(_LEAP, month)[1] if 1 <= month <= 12 else 31


_READERS: tuple[Callable[[str], Rule | None], ...] = (
    _end_of_lessons, _week_of_month, _quarter, _after_start, _before_end, _every,
    _half_or_year, _last_week, _until, _list_of_months, _months_or_days,
)  # fmt: skip
