"""How a value of a form is written into one field of the editor, and read out of it again.

A draft may be incomplete: an empty field is a value that is not there. What cannot be read at all is refused with a sentence, and
the typed text stays on the page.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from mentorapp.domain import duewords
from mentorapp.domain.draft import new_id
from mentorapp.domain.kinds import NotUnderstood

LONGEST = 20_000
ALIKE = 0.6  # from this likeness on a changed word is the same option reworded, not another one
YES = "да"


@dataclass(frozen=True, slots=True)
class Shape:
    """One sort of field. `control` is what the page draws; `show` makes the text of a value, `read` a value of text and old value.

    `options` are what may be chosen: value → word, or heading → (value → word). An empty text stands for a value that is not there.
    """

    control: str
    show: Callable[[Any], str]
    read: Callable[[str, Any], Any]
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def listed(self) -> tuple[tuple[str, str | tuple[tuple[str, str], ...]], ...]:
        """The options as a value that can be remembered."""
        return tuple((value, tuple(word.items()) if isinstance(word, Mapping) else word) for value, word in self.options.items())


def tidy(text: str) -> str:
    """What was typed, with one sort of line ends and nothing around it. Raises NotUnderstood when it is far too long."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > LONGEST:
        raise NotUnderstood("Текст не поместился и не сохранён. Разделите его на несколько полей.")
    return text


# --- Texts and numbers ----------------------------------------------------------------------------


def _line(text: str, _old: Any) -> str | None:
    return " ".join(text.split()) or None


def _prose(text: str, _old: Any) -> str | None:
    return "\n".join(map(str.rstrip, text.split("\n"))) or None


def _number(text: str, _old: Any) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"[-−]?\d{1,7}", text):
        raise NotUnderstood("Нужно целое число, например 10.")
    return int(text.replace("−", "-"))


def _written(value: Any) -> str:
    return "" if value is None else str(value)


LINE = Shape("line", _written, _line)
PROSE = Shape("prose", _written, _prose)
NUMBER = Shape("number", _written, _number)


# --- Lists, one entry a line ----------------------------------------------------------------------


def lines_of(text: str) -> list[str]:
    """The lines of a pasted list without numbers, dots and dashes in front."""
    found = (re.sub(r"^(?:\d{1,2}[.)]|[-–—•·*])\s+", "", " ".join(line.split())) for line in text.split("\n"))
    return [line for line in found if line]


def _lines(text: str, _old: Any) -> list[str] | None:
    return lines_of(text) or None


def _paragraphs(text: str, _old: Any) -> list[str] | None:
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()] or None


def _joined(between: str) -> Callable[[Any], str]:
    return lambda value: between.join(map(str, value or ()))


LINES = Shape("lines", _joined("\n"), _lines)
PARAGRAPHS = Shape("long", _joined("\n\n"), _paragraphs)


def matched(old: Mapping[str, str], words: list[str], letter: str = "o") -> dict[str, str]:
    """The words with ids: the id of the old option that says the same, or nearly the same; a new id for a new word.

    An id keeps its meaning for ever, so an option is taken for a reworded one only when the words are alike.
    """
    free = dict(old)
    found: dict[str, str] = {}
    for word in words:
        found[word] = next((id for id, label in free.items() if label.casefold() == word.casefold()), "")
        free.pop(found[word], None)
    for word in (word for word in words if not found[word]):
        id, likeness = max(((id, _likeness(label, word)) for id, label in free.items()), key=lambda one: one[1], default=("", 0))
        found[word] = id if likeness >= ALIKE else new_id(letter)
        free.pop(found[word], None)
    return {found[word]: word for word in words}


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold(), other.casefold()).ratio()


def _options(text: str, old: Any) -> dict[str, str] | None:
    return matched(old or {}, list(dict.fromkeys(lines_of(text)))) or None


def _titled(text: str, old: Any) -> list[dict[str, str]] | None:
    known = {entry["id"]: entry.get("title", "") for entry in old or ()}
    return [{"id": id, "title": title} for id, title in matched(known, list(dict.fromkeys(lines_of(text))), "t").items()] or None


OPTIONS = Shape("lines", lambda value: "\n".join((value or {}).values()), _options)
TITLED = Shape("lines", lambda value: "\n".join(entry.get("title", "") for entry in value or ()), _titled)


# --- Points and levels of a sheet of criteria -----------------------------------------------------

_DASH = r"\s*[-–—:]\s*"


def _points(text: str, _old: Any) -> list[dict[str, Any]] | None:
    found = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        read = re.fullmatch(rf"(\d{{1,3}}){_DASH}(.+)", line)
        if not read:
            raise NotUnderstood(f"Не понята строка «{line[:40]}». Напишите балл, тире и что он значит: «2 — проявляется полностью».")
        found.append({"value": int(read[1]), "label": read[2]})
    return found or None


def _bands(text: str, _old: Any) -> list[dict[str, Any]] | None:
    found = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        read = re.fullmatch(r"(\d{1,4})(?:\s*[-–—]\s*(\d{1,4}))?[\s:—–-]+(\D[^:]*)(?::\s*(.+))?", line)
        if not read:
            raise NotUnderstood(f"Не понята строка «{line[:40]}». Напишите от скольких до скольких баллов и название: «15–18 — высокий».")
        band: dict[str, Any] = {"low": int(read[1]), "high": int(read[2] or read[1]), "title": read[3].strip()}
        found.append(band | ({"text": read[4].strip()} if read[4] else {}))
    return found or None


def _band_line(band: Mapping[str, Any]) -> str:
    low, high = band.get("low"), band.get("high")
    sums = f"{low}" if low == high else f"{low}–{high}"
    return f"{sums} — {band.get('title', '')}" + (f": {band['text']}" if band.get("text") else "")


POINTS = Shape("lines", lambda value: "\n".join(f"{one.get('value')} — {one.get('label', '')}" for one in value or ()), _points)
BANDS = Shape("lines", lambda value: "\n".join(map(_band_line, value or ())), _bands)


# --- What is chosen -------------------------------------------------------------------------------


def choice(options: Mapping[str, Any], control: str = "select") -> Shape:
    """One of a few values; options may stand under headings."""

    def read(text: str, old: Any) -> str | None:
        known = {name for value, inner in options.items() for name in (inner if isinstance(inner, Mapping) else (value,))}
        if text and text not in known and text != old:
            raise NotUnderstood("Такого варианта в списке уже нет: обновите страницу и выберите из нынешних.")
        return text or None

    return Shape(control, _written, read, options)


def ticks(options: Mapping[str, str]) -> Shape:
    """Several of a few values, in the order of the options."""
    return Shape("boxes", _joined(","), lambda text, _old: [name for name in options if name in text.split(",")] or None, options)


def flag(word: str, *, unless: bool = False) -> Shape:
    """A tick. `unless`: it is ticked where nothing is said, and taking it off is what is kept."""

    def show(value: Any) -> str:
        return YES if (value is not False if unless else value is True) else ""

    def read(text: str, _old: Any) -> bool | None:
        return (None if text else False) if unless else (True if text else None)

    return Shape("tick", show, read, {YES: word})


# --- Terms and conditions -------------------------------------------------------------------------


def _rule(text: str, _old: Any) -> Mapping[str, Any] | None:
    if not text:
        return None
    rule = duewords.from_words(text)
    if rule is None:
        raise NotUnderstood(
            "Срок не понят. Напишите, например: «через 14 дней после начала», «до 15 октября», «последняя неделя мая», «в течение года»."
        )
    return rule


RULE = Shape("rule", lambda value: duewords.to_words(value) if value else "", _rule)


def condition_text(condition: Mapping[str, Any] | None) -> str:
    """A condition as one value of a list: `met=да`, `talk>=7`, `talk<=3`; a phase stands in front where there is one."""
    if not condition:
        return ""
    answers = condition.get("is")
    tail = "=" + "|".join([answers] if isinstance(answers, str) else answers) if answers else ""
    tail += "".join(f"{sign}{condition[key]}" for key, sign in (("at_least", ">="), ("at_most", "<=")) if key in condition)
    return (f"{condition['phase']}:" if "phase" in condition else "") + str(condition.get("question", "")) + tail


def condition_of(text: str) -> dict[str, Any] | None:
    """The condition that `condition_text` wrote; None for an empty text. Raises NotUnderstood."""
    if not text:
        return None
    read = re.fullmatch(r"(?:(\w+):)?(\w+)(?:=([^<>]+))?(?:>=(-?\d+))?(?:<=(-?\d+))?", text)
    if not read or not any(read.group(3, 4, 5)):
        raise NotUnderstood("Условие не понято. Выберите его из списка.")
    phase, question, answers, least, most = read.groups()
    found: dict[str, Any] = ({"phase": phase} if phase else {}) | {"question": question}
    if answers:
        several = answers.split("|")
        found["is"] = several[0] if len(several) == 1 else several
    return found | ({"at_least": int(least)} if least else {}) | ({"at_most": int(most)} if most else {})


def condition(options: Mapping[str, Any]) -> Shape:
    """One of the conditions that the questions above allow; another one that stands there already is kept."""
    return Shape("select", condition_text, lambda text, _old: condition_of(text), options)
