"""Small checks for data from outside: each takes a value and its place, reports every problem there, and gives the clean value.

A check that reported something gives None; nobody looks at it, because the whole is refused then. A check never raises.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from difflib import get_close_matches
from typing import Any, Generic, TypeVar

from mentorapp.domain.formspec import Problem

T = TypeVar("T")
MOST_UNKNOWN_KEYS = 10
MOST_LOOKED_AT = 100  # no list of a form may be longer; the rest of a longer one is not looked at

_WORDS: dict[type, str] = {
    str: "текст",
    bool: "«да» или «нет» (true, false)",
    int: "число",
    float: "дробное число",
    list: "список",
    dict: "раздел с ключами",
    date: "дата",
    datetime: "дата",
    time: "время",
}
_REMEDIES: dict[type, str] = {
    str: "возьмите текст в кавычки",
    int: "напишите число цифрами без кавычек",
    list: "перечислите значения через запятую в квадратных скобках",
    dict: "запишите так: { ключ = значение }",
}
# Left behind by copying out of Word or a page: nobody sees them and nobody misses them.
_HARMLESS = re.compile("[\xad\u200b\u200e\u200f\u2060\ufeff]")
# Signs that a page, a PDF or a DOCX cannot hold, and those that turn the direction of a text round.
_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in the files of a form: problems are reported at it, keys and numbers lead deeper."""

    problems: list[Problem]
    file: str
    path: str = ""
    files: Mapping[str, str] = field(default_factory=dict)

    def key(self, name: str) -> "Place":
        """The place of a key; `files` says where a key stands that has a file of its own."""
        file = self.files.get(name, self.file)
        word = shown(name) or '""'
        return Place(self.problems, file, f"{self.path}.{word}" if self.path else word)

    def number(self, number: int) -> "Place":
        """The place of one entry of a list, counted from 1."""
        return Place(self.problems, self.file, f"{self.path}[{number}]")

    def wrong(self, text: str) -> None:
        self.problems.append(Problem(self.file, self.path, text))


Check = Callable[[Any, Place], T | None]
Checks = Mapping[str, Check[Any]]
Rule = Callable[[Mapping[str, Any], Place], None]


def shown(value: object) -> str:
    """A stranger's word, short and clean enough to stand in a message."""
    text = _UNSEEN.sub("�", str(value)).replace("\n", " ")
    return text if len(text) <= 40 else text[:39] + "…"


def perhaps(word: str, known: Collection[str]) -> str:
    """«; может быть, имелось в виду «…»?» when a known word is near, else nothing."""
    near = get_close_matches(word[:64], known, n=1)
    return f"; может быть, имелось в виду «{near[0]}»?" if near else ""


def is_a(kind: type[str] | type[int] | type[list[Any]] | type[dict[str, Any]], value: object, at: Place) -> bool:
    """Whether the value is of that kind (true and false are not numbers); reports when it is not."""
    if type(value) is kind:
        return True
    at.wrong(f"здесь ожидается {_WORDS[kind]}, а стоит {_WORDS.get(type(value), 'неизвестное значение')}; {_REMEDIES[kind]}")
    return False


def prose(most: int, least: int = 1) -> Check[str]:
    """A text of `least` to `most` characters that may have several lines."""

    def check(value: Any, at: Place) -> str | None:
        if not is_a(str, value, at):
            return None
        text = unicodedata.normalize("NFC", _HARMLESS.sub("", value).replace("\t", " ")).strip()
        if _UNSEEN.search(text):
            at.wrong("в тексте стоит невидимый управляющий символ; удалите его")
        elif len(text) < least:
            at.wrong("текст пуст; напишите его или уберите ключ")
        elif len(text) > most:
            at.wrong(f"текст длиннее {most} знаков ({len(text)}); сократите его")
        return text

    return check


def line(most: int) -> Check[str]:
    """A text of 1 to `most` characters on one line."""
    any_prose = prose(most)

    def check(value: Any, at: Place) -> str | None:
        text = any_prose(value, at)
        if text and "\n" in text:
            at.wrong("здесь нужна одна строка; уберите перенос")
        return text

    return check


def whole(least: int, most: int) -> Check[int]:
    """A whole number between two bounds."""

    def check(value: Any, at: Place) -> int | None:
        if is_a(int, value, at) and not least <= value <= most:
            at.wrong(f"нужно число от {least} до {most}")
        return value if type(value) is int else None

    return check


def one_of(*known: Any) -> Check[Any]:
    """One of a few known values."""
    words = [str(word) for word in known]

    def check(value: Any, at: Place) -> Any:
        if is_a(type(known[0]), value, at) and value not in known:
            hint = perhaps(str(value), words) if type(value) is str else ""
            at.wrong(f"значение «{shown(value)}» не подходит{hint or '; подходят: ' + ', '.join(words)}")
        return value

    return check


def matching(pattern: str, remedy: str, taken: Collection[str] = ()) -> Check[str]:
    """An id of our own pattern. `taken` are words that the product keeps for itself."""
    compiled = re.compile(pattern)

    def check(value: Any, at: Place) -> str | None:
        if is_a(str, value, at) and not compiled.fullmatch(value):
            at.wrong(f"обозначение «{shown(value)}» не подходит; {remedy}")
        elif value in taken:
            at.wrong(f"обозначение «{shown(value)}» занято самой программой; выберите другое")
        return value if type(value) is str else None

    return check


def several(check: Check[T], most: int, least: int = 0) -> Check[tuple[T | None, ...]]:
    """A list of `least` to `most` entries, each passed to `check`."""

    def check_all(value: Any, at: Place) -> tuple[T | None, ...] | None:
        if not is_a(list, value, at):
            return None
        if not least <= len(value) <= most:
            at.wrong(f"в списке {len(value)}, а можно от {least} до {most}; {'сократите' if len(value) > most else 'дополните'} его")
        return tuple(check(inner, at.number(number)) for number, inner in enumerate(value[:most], 1))

    return check_all


class Table(Generic[T]):
    """A table with known keys. Rules look at it as it was written, because a half-wrong table can have other faults too."""

    def __init__(self, build: Callable[..., T], needed: Checks, free: Checks, rules: Sequence[Rule] = ()) -> None:
        self.build, self.needed, self.free, self.rules = build, needed, free, rules
        self.keys: Checks = {**needed, **free}

    def partial(self) -> "Table[dict[str, Any]]":
        """The same checks for a table of which a part could not be read: nothing is missed in it."""
        return Table(dict, {}, self.keys, self.rules)

    def __call__(self, value: Any, at: Place) -> T | None:
        if not is_a(dict, value, at):
            return None
        before = len(at.problems)
        report_unknown(value, self.keys, at)
        for name in self.needed:
            if name not in value:
                at.key(name).wrong("этого ключа нет, а он обязателен; допишите его")
        read = {name: check(value[name], at.key(name)) for name, check in self.keys.items() if name in value}
        for rule in self.rules:
            rule(value, at)
        return self.build(**read) if len(at.problems) == before else None


def report_unknown(value: Mapping[str, Any], known: Collection[str], at: Place) -> None:
    """Say of each key that is not known what it may have been meant to be; of very many only the first."""
    unknown = [name for name in value if name not in known]
    for name in unknown[:MOST_UNKNOWN_KEYS]:
        hint = perhaps(name, known) or "; эта версия программы его не понимает, уберите его"
        at.key(name).wrong(f"ключ «{shown(name)}» не известен{hint}")
    if len(unknown) > MOST_UNKNOWN_KEYS:
        at.wrong(f"неизвестных ключей здесь {len(unknown)}, показаны первые {MOST_UNKNOWN_KEYS}")


def different(part: str, key: str) -> Rule:
    """No two entries of the list `part` may have the same `key`."""

    def rule(value: Mapping[str, Any], at: Place) -> None:
        seen: set[str] = set()
        for number, entry in entries(value, part):
            mark = entry.get(key)
            if type(mark) is str and mark in seen:
                at.key(part).number(number).key(key).wrong(f"«{shown(mark)}» уже есть выше; у каждой записи здесь своё обозначение")
            seen.add(mark if type(mark) is str else "")

    return rule


def entries(value: Mapping[str, Any], part: str) -> list[tuple[int, dict[str, Any]]]:
    """The entries of a list that are tables, with their numbers; none when there is no such list."""
    found = value.get(part)
    listed = found[:MOST_LOOKED_AT] if type(found) is list else []
    return [(number, entry) for number, entry in enumerate(listed, 1) if type(entry) is dict]


def by_id(check: Check[str], most: int) -> Check[Mapping[str, str]]:
    """A table of the author's own ids, each with a text."""

    def check_all(value: Any, at: Place) -> Mapping[str, str] | None:
        if not is_a(dict, value, at):
            return None
        if not 1 <= len(value) <= most:
            at.wrong(f"записей здесь {len(value)}, а можно от 1 до {most}")
        names = list(value)[:most]
        for name in names:
            ID(name, at.key(name))
        return {name: check(value[name], at.key(name)) or "" for name in names}

    return check_all


# What most keys of a form hold.
TITLE = line(200)
WORD = line(60)
TEXT = prose(2000)
TEXTS = several(TEXT, 20)
ID = matching("[a-z][a-z0-9_]{0,31}", "нужны латинские строчные буквы, цифры и подчёркивание, первой буква, не больше 32 знаков")
NUMBER = whole(-1_000_000, 1_000_000)
