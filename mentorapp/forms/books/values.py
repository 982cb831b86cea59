"""Texts of cells and values of the contract, one into the other."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from mentorapp.domain.draft import new_id
from mentorapp.domain.expect import perhaps, shown
from mentorapp.forms.books.layout import ALSO, YES_NO, Heading

LONGEST_CELL = 32_000  # what a cell holds
ALIKE = 0.6  # from here on two labels are one that was reworded
MOST_COMPARED, LONGEST_COMPARED = 30, 200
_YES = {"да", "yes", "true", "1", "x", "х", "v", "истина", "есть", "верно"}
_NO = {"нет", "no", "false", "0", "ложь"}


class Wrong(ValueError):
    """What is written in a cell cannot be that; str() says why and what to do."""


def same(text: str) -> str:
    """What headings and words are compared by: letters and figures alone; what stands in brackets is a remark."""
    return " ".join(re.sub(r"[^\w№+]+|_", " ", re.sub(r"\([^)]*\)", " ", text).casefold().replace("ё", "е")).split())


# --- Out of the contract ------------------------------------------------------------------------------


def written(heading: Heading, value: Any) -> str:
    """The text of a cell; of a value that is half wrong whatever can be shown of it."""
    if heading.kind == "flag":
        return "да" if value is True else "нет" if value is False else ""
    if type(value) is str and heading.words:
        return heading.words.get(value, value)
    if heading.kind == "lines":
        return in_lines([text for text in value if type(text) is str]) if isinstance(value, list | tuple) else ""
    if heading.kind == "labels":
        return in_lines([label for label in value.values() if type(label) is str]) if isinstance(value, Mapping) else ""
    return str(value)[:LONGEST_CELL] if type(value) in (str, int, float) else ""


def in_lines(texts: Sequence[str]) -> str:
    """One a line; a single one that holds the other mark of division ends with a line end, so that it is read back as one."""
    lines = "\n".join(texts)
    return lines + "\n" if len(texts) == 1 and ";" in lines else lines


def codes(options: Any) -> str:
    """Ids with their labels, by which they are found again: «id = label», one a line."""
    listed = options.items() if isinstance(options, Mapping) else ()
    return "\n".join(f"{id} = {label}" for id, label in listed if type(id) is str and type(label) is str)


# --- Into the contract --------------------------------------------------------------------------------


def read(heading: Heading, text: str) -> Any:
    """The value of a cell with something in it. Raises Wrong."""
    if heading.kind == "number":
        return whole(text)
    if heading.kind == "flag":
        return flag(text)
    if heading.kind == "word":
        return word(heading, text)
    return lines(text) if heading.kind == "lines" else text.strip()


def whole(text: str) -> int:
    """«10», «10,0», «10 баллов». Raises Wrong."""
    found = re.fullmatch(r"([+-]?\d{1,9})(?:[.,]0+)?(?: ?(?:балл|мин)[а-я]*\.?)?", text.strip().replace("−", "-"))
    if not found:
        raise Wrong(f"здесь нужно целое число, а стоит «{shown(text)}»; напишите его цифрами")
    return int(found[1])


def flag(text: str) -> bool:
    """Raises Wrong."""
    key = text.strip().casefold()
    if key in _YES | {"+", "✓", "✔"}:
        return True
    if key in _NO | {"-", "–", "—"}:
        return False
    raise Wrong(f"здесь пишут «да» или «нет», а стоит «{shown(text)}»")


def word(heading: Heading, text: str, more: Mapping[str, str] | None = None) -> str:
    """The id of one of the words of a list, or of another word for it. Raises Wrong."""
    known = heading.words or {}
    of_words = {same(label): id for id, label in known.items()}
    also = {label: id for label, id in {**ALSO.get(heading.key, {}), **(more or {})}.items() if id in known}
    key = same(text)
    id = of_words.get(key) or also.get(key) or (key.replace(" ", "_") if key.replace(" ", "_") in known else None)
    if id is None:
        hint = perhaps(key, [*of_words, *also]) or f"; можно: {', '.join(known.values())}"
        raise Wrong(f"«{shown(text)}» здесь не бывает{hint}")
    return id


_WITH_BOUNDS = (
    (
        re.compile(r"(?:шкала|оценка|баллы?)(?: от)? ?([+-]?\d{1,6}) ?(?:до|-|–|—|\.\.+) ?([+-]?\d{1,6})(?: балл[а-я]*)?"),
        "scale",
        ("low", "high"),
    ),
    (re.compile(r"(несколько)(?: вариантов| ответов)?,? ?(?:не больше|не более|до|максимум) ?(\d{1,2})"), "multi", ("", "high")),
    (re.compile(r"(несколько)(?: вариантов| ответов)?,? ?(?:не меньше|не менее|от|минимум) ?(\d{1,2})"), "multi", ("", "low")),
    (re.compile(r"(варианты по порядку|по порядку|ранжирование),? ?(?:первые|до|не больше) ?(\d{1,2})"), "rank", ("", "high")),
)


def kind(heading: Heading, text: str, more: Mapping[str, str] | None = None) -> dict[str, Any]:
    """A kind, with the bounds that may be said along: «шкала от 1 до 10». Raises Wrong."""
    plain = " ".join(text.casefold().replace("ё", "е").split())
    for pattern, id, bounds in _WITH_BOUNDS:
        if id in (heading.words or {}) and (found := pattern.fullmatch(plain)):
            return {"kind": id, **{key: int(number) for key, number in zip(bounds, found.groups(), strict=True) if key}}
    return {"kind": word(heading, text, more)}


def lines(text: str) -> list[str]:
    """The entries of a cell: one a line, or divided by «;» where all stand on one line."""
    pieces = text.split("\n") if "\n" in text else text.split(";")
    return [piece.strip() for piece in pieces if piece.strip()]


def labels(text: str, remembered: str, letter: str) -> dict[str, str]:
    """The labels of a cell by id: a label that was there, or is much like one that was, keeps its id; others get new ones."""
    known = _remembered(remembered)
    written_now = lines(text) if known else _unnumbered(lines(text))
    kept: dict[int, str] = {}
    for place, label in enumerate(written_now):
        if id := next((id for id, former in known.items() if former == label and id not in kept.values()), ""):
            kept[place] = id
    for _, place, id in _alike(written_now, known, kept):
        if place not in kept and id not in kept.values():
            kept[place] = id
    return {kept.get(place) or new_id(letter): label for place, label in enumerate(written_now)}


def _unnumbered(entries: list[str]) -> list[str]:
    """A list pasted out of a document without its bullets and without its numbers 1, 2, 3."""
    bare = [re.sub("^[•●▪◦] ?", "", entry) for entry in entries]
    numbers = [re.match(r"(\d{1,2})[).] ?(?=\S)", entry) for entry in bare]
    if len(bare) > 1 and [found and int(found[1]) for found in numbers] == list(range(1, len(bare) + 1)):
        return [entry[found.end() :] for entry, found in zip(bare, numbers, strict=True) if found]
    return bare


def _remembered(text: str) -> dict[str, str]:
    found = (re.fullmatch(r"([a-z][a-z0-9_]{0,31}) = (.*)", line.strip()) for line in text.split("\n"))
    return {match[1]: match[2].strip() for match in found if match}


def _alike(labels: list[str], known: Mapping[str, str], kept: Mapping[int, str]) -> list[tuple[float, int, str]]:
    """Which new label may be which former one, the likest first."""
    former = {id: _pairs(label) for id, label in list(known.items())[:MOST_COMPARED] if id not in kept.values()}
    new = {place: _pairs(label) for place, label in enumerate(labels[:MOST_COMPARED]) if place not in kept}
    found = [(2 * len(one & other) / (len(one) + len(other)), place, id) for place, one in new.items() for id, other in former.items()]
    return sorted((pair for pair in found if pair[0] >= ALIKE), key=lambda pair: -pair[0])


def _pairs(label: str) -> set[str]:
    """Its pairs of neighbouring letters: a reworded label has most of them in common with what it was."""
    text = f" {same(label)[:LONGEST_COMPARED]} "
    return {text[place : place + 2] for place in range(len(text) - 1)}


def is_id(text: str) -> bool:
    """Whether a hidden code is one that the contract allows."""
    return bool(re.fullmatch("[a-z][a-z0-9_]{0,31}", text))


__all__ = ["Wrong", "YES_NO", "codes", "flag", "in_lines", "is_id", "kind", "labels", "lines", "read", "same", "whole", "word", "written"]
