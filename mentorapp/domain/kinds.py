"""Kinds of value: what a person may type into a question, a plan's cell or a parameter, and the one text that is made of it.

The text that `parse` returns is what is stored, compared and shown; parsing it once more changes nothing.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from unicodedata import normalize

from mentorapp.domain import due
from mentorapp.domain.due import NotUnderstood
from mentorapp.domain.names import plural
from mentorapp.domain.school_year import SchoolYear, short_date

__all__ = ["COLUMN_KINDS", "KINDS", "Field", "Kind", "Limits", "NO_LIMITS", "NotUnderstood", "field_for"]

LONGEST_LINE = 500
LONGEST_TEXT = 10_000
LONGEST_NUMBER = 15  # digits; what Excel keeps exactly


@dataclass(frozen=True, slots=True)
class Limits:
    """What a declared column or question allows: its options (id → label) and its lowest and highest number.

    Where several options are chosen or put in order, `low` and `high` say how many.
    """

    options: Mapping[str, str] = field(default_factory=dict)
    low: int | None = None
    high: int | None = None


NO_LIMITS = Limits()


@dataclass(frozen=True)
class Kind:
    """One kind of value; `control` is what it is given with: line, textarea, select, radio, boxes, or places (one select a place)."""

    name: str
    control: str
    read: Callable[[str, SchoolYear, Limits], str]

    def parse(self, typed: str, *, year: SchoolYear, limits: Limits = NO_LIMITS) -> str:
        """The canonical text of what was typed; an empty cell stays "". Raises NotUnderstood with a sentence for the person."""
        text = _printable(typed)
        return text and self.read(text, year, limits)


# Control and direction marks, soft hyphens, zero-width spaces and broken halves of signs: no eye sees them, fonts and comparisons do.
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|[\v\f\u2028\u2029]")  # Word puts \v for a line that ends inside a paragraph


def _printable(typed: str) -> str:
    return normalize("NFC", _INVISIBLE.sub("", _LINE_ENDS.sub("\n", typed))).strip()


def _no_longer_than(most: int, text: str) -> str:
    if (extra := len(text) - most) > 0:
        signs = plural(extra, "знак", "знака", "знаков")
        raise NotUnderstood(f"Текст не поместился: можно до {most} знаков, здесь на {extra} {signs} больше. Сократите его.")
    return text


def _text(text: str, year: SchoolYear, limits: Limits) -> str:
    return _no_longer_than(LONGEST_LINE, " ".join(filter(None, map(str.strip, re.split("[\n\t]", text)))))


def _long(text: str, year: SchoolYear, limits: Limits) -> str:
    return _no_longer_than(LONGEST_TEXT, "\n".join(map(str.rstrip, text.split("\n"))))


def _number(text: str, year: SchoolYear, limits: Limits) -> str:
    found = re.fullmatch(r"([+-]?)([0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:[.,]([0-9]+))?", re.sub("[‒–−]", "-", " ".join(text.split())))
    if not found:
        raise NotUnderstood("Нужно одно число без слов, например 12 или 1,5.")
    whole, part = found[2].replace(" ", "").lstrip("0") or "0", (found[3] or "").rstrip("0")
    if len(whole + part) > LONGEST_NUMBER:
        raise NotUnderstood(f"Число слишком длинное: помещается {LONGEST_NUMBER} цифр. Проверьте, нет ли лишних.")
    minus = "-" if found[1] == "-" and (whole + part).strip("0") else ""
    _check_range(Decimal(f"{minus}{whole}.{part or 0}"), limits, "число")
    return f"{minus}{whole},{part}".rstrip(",")


def _scale(text: str, year: SchoolYear, limits: Limits) -> str:
    if not re.fullmatch(r"[+-]?[0-9]{1,9}", text):
        raise NotUnderstood(f"Нужно целое число{_range_words(limits)}.")
    _check_range(Decimal(text), limits, "целое число")
    return str(int(text))


def _check_range(value: Decimal, limits: Limits, what: str) -> None:
    if (limits.low is not None and value < limits.low) or (limits.high is not None and value > limits.high):
        raise NotUnderstood(f"Нужно {what}{_range_words(limits)}.")


def _range_words(limits: Limits) -> str:
    low = "" if limits.low is None else f" от {limits.low}"
    return low if limits.high is None else f"{low} до {limits.high}"


def _date(text: str, year: SchoolYear, limits: Limits) -> str:
    return short_date(due.parse_date(text, year=year))


def _due(text: str, year: SchoolYear, limits: Limits) -> str:
    return due.parse(text, year=year).text


_YES = {"да", "yes", "1", "+"}
_NO = {"нет", "no", "0", "-", "–", "−"}


def _yes_no(text: str, year: SchoolYear, limits: Limits) -> str:
    word = text.casefold().rstrip(".")
    if word not in _YES | _NO:
        raise NotUnderstood("Нужно «да» или «нет».")
    return "да" if word in _YES else "нет"


def _choice(text: str, year: SchoolYear, limits: Limits) -> str:
    word = text.casefold().rstrip(".")
    for name, label in limits.options.items():
        if text == name or word == label.casefold().rstrip("."):
            return name
    raise NotUnderstood(f"Такого ответа в списке нет. Можно выбрать: {', '.join(limits.options.values())}.")


def _several(text: str, year: SchoolYear, limits: Limits) -> str:
    """Ids in the order of the options, whatever order they were ticked in."""
    chosen = {_choice(part, year, limits) for part in map(str.strip, text.split(",")) if part}
    if limits.high is not None and len(chosen) > limits.high:
        raise NotUnderstood(f"Отметьте не больше {limits.high}: сейчас отмечено {len(chosen)}.")
    return ",".join(name for name in limits.options if name in chosen)


def _rank(text: str, year: SchoolYear, limits: Limits) -> str:
    """Ids by place, the first place first; a place that is still free is empty."""
    places = [part and _choice(part, year, limits) for part in map(str.strip, text.rstrip(", ").split(","))]
    taken = [name for name in places if name]
    for name in taken:
        if taken.count(name) > 1:
            raise NotUnderstood(f"«{limits.options[name]}» стоит на двух местах. Оставьте на одном.")
    if limits.high is not None and len(places) > limits.high:
        raise NotUnderstood(f"Мест здесь {limits.high}.")
    return ",".join(places)


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("text", "line", _text),
        Kind("long", "textarea", _long),
        Kind("number", "line", _number),
        Kind("date", "line", _date),
        Kind("due", "line", _due),
        Kind("yes_no", "radio", _yes_no),
        Kind("choice", "select", _choice),
        Kind("scale", "radio", _scale),
        Kind("single", "radio", _choice),
        Kind("frequency", "radio", _choice),
        Kind("person", "select", _choice),
        Kind("multi", "boxes", _several),
        Kind("rank", "places", _rank),
    )
}
# Those that a column of a plan may have; the others are of questions alone.
COLUMN_KINDS = ("text", "long", "number", "date", "due", "yes_no", "choice", "scale")


@dataclass(frozen=True, slots=True)
class Field:
    """A place for one value: its kind, what it may hold, and the school year that dates without a year belong to."""

    kind: Kind
    limits: Limits
    year: SchoolYear

    def parse(self, typed: str) -> str:
        """The text to store. Raises NotUnderstood."""
        return self.kind.parse(typed, year=self.year, limits=self.limits)

    def shown(self, text: str) -> str:
        """A stored text for people to read: labels instead of ids, places in figures."""
        options = self.limits.options
        if self.kind.name == "rank":
            return "; ".join(f"{place}) {options.get(name, name)}" for place, name in enumerate(text.split(","), 1) if name)
        if self.kind.name == "multi":
            return "; ".join(options.get(name, name) for name in text.split(",") if name)
        return options.get(text, text)

    @property
    def is_prose(self) -> bool:
        """Two texts of it can be joined into one."""
        return self.kind.name in ("text", "long")


def field_for(kind: str, limits: Limits, year: SchoolYear) -> Field:
    """The field of a kind by its name."""
    return Field(KINDS[kind], limits, year)
