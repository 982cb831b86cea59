"""Writes the content of a mentoring form as TOML, in the shape in which the shipped forms are written by hand.

One content has one text, and reading the text gives the content back to the letter, whatever stands in it.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

WIDTH = 140
# Where a long text is broken; what is added to a line afterwards keeps it under WIDTH.
_PROSE_WIDTH = 110
# Parts that have a file of their own, and what a person reads at the head of it; the rest stands in the first file.
_MAIN = "form"
_FILES = {
    _MAIN: "Форма: название, стороны, сроки.",
    "plans": "Планы: столбцы и строки, с которых начинает пара.",
    "meetings": "Виды встреч и вопросы к ним.",
    "texts": "Тексты программы: одна строка в кавычках — один пункт.",
    "questionnaires": "Анкеты по сторонам и этапам.",
    "matching": "Что сравнивается при подборе наставника.",
    "parameters": "Что измеряют до и после.",
    "documents": "Тексты бумаг; слова в квадратных скобках заменяет программа.",
    "evaluation": "Лист оценки: показатели, баллы и уровни.",
    "deficits": "Чек-лист дефицитов: умения по группам.",
    "control": "Виды контроля.",
}
# What is read more easily under a heading of its own than on one line, however short it is.
_HEADED = {"plans", "items", "cells", "meetings", "questionnaires", "questions", "groups", "matching", "parameters"}
_BARE_KEY = re.compile("[A-Za-z0-9_-]+")
_SHORT_ESCAPES = {"\\": "\\\\", '"': '\\"'}
_UNSEEN = ("Cc", "Cf", "Zl", "Zp")


def files(content: Mapping[str, Any]) -> dict[str, str]:
    """The content split by part: file name → TOML text, in the order in which a person would read them."""
    parts: dict[str, dict[str, Any]] = {name: {} for name in _FILES}
    for key, value in content.items():
        parts[key if key in _FILES and key != _MAIN else _MAIN][key] = value
    return {f"{name}.toml": f"# {_FILES[name]}\n\n{text(part)}" for name, part in parts.items() if part}


def text(content: Mapping[str, Any]) -> str:
    """One document of TOML."""
    return "\n".join(_table(content, (), "")).strip("\n") + "\n"


def _table(table: Mapping[str, Any], path: tuple[str, ...], indent: str) -> Iterator[str]:
    """The lines of a table: what stands on lines of its own first, for after a heading all belongs to that."""
    headed = {key: value for key, value in table.items() if _needs_heading(key, value, path, indent)}
    for key, value in table.items():
        if key not in headed:
            yield from _line(key, value, indent)
    for key, value in headed.items():
        inner = (*path, _key(key))
        name = ".".join(inner)
        if isinstance(value, Mapping):
            yield from [] if key in _HEADED else [""]
            yield f"{indent}[{name}]"
            yield from _table(value, inner, indent)
            continue
        deeper = indent + "  " if path else indent
        for entry in value:
            yield ""
            yield f"{deeper}[[{name}]]"
            yield from _table(entry, inner, deeper)


def _needs_heading(key: str, value: Any, path: tuple[str, ...], indent: str) -> bool:
    """Whether a table, or a list of tables, does not stand beside its key."""
    if isinstance(value, Mapping):
        return bool(value) and (not path or key in _HEADED or not _is_flat(value) or not _fits(f"{indent}{_key(key)} = {_inline(value)}"))
    if not _is_list_of_tables(value):
        return False
    return key in _HEADED or not all(_is_flat(entry) and _fits(f"{indent}  {_inline(entry)},") for entry in value)


def _is_list_of_tables(value: Any) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(entry, Mapping) for entry in value)


def _is_flat(table: Mapping[str, Any]) -> bool:
    """No table in it, and no text of several lines, so that it may stand in braces."""
    inner = [one for value in table.values() for one in (value if isinstance(value, list | tuple) else [value])]
    return not any(isinstance(one, Mapping | list | tuple) or (isinstance(one, str) and "\n" in one) for one in inner)


def _fits(line: str) -> bool:
    return len(line) <= WIDTH


def _line(key: str, value: Any, indent: str) -> Iterator[str]:
    """A key and its value: on one line, or a text or a list on several."""
    start = f"{indent}{_key(key)} = "
    if isinstance(value, str):
        yield start + _string(value, len(start))
    elif isinstance(value, list | tuple) and (_is_list_of_tables(value) or not _is_flat({key: value}) or not _fits(start + _inline(value))):
        yield start + "["
        for inner in value:
            yield f"{indent}  {_string(inner, len(indent) + 3) if isinstance(inner, str) else _inline(inner)},"
        yield f"{indent}]"
    else:
        yield start + _inline(value)


def _inline(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, str):
        return f'"{_escaped(value)}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_inline(inner)}" for key, inner in value.items()) + " }" if value else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_inline, value))}]"
    return str(value)


def _string(value: str, taken: int) -> str:
    """A text in quotes, or on several lines where one would be too long or where it has several itself."""
    line = f'"{_escaped(value)}"'
    if "\n" not in value and taken + len(line) <= WIDTH:
        return line
    return '"""\n' + "\n".join("\\\n".join(_broken(paragraph)) for paragraph in value.split("\n")) + '"""'


def _broken(paragraph: str) -> Iterator[str]:
    """Pieces of a line of text, broken after a blank where there is one. The reader joins them again."""
    start = 0
    while start < len(paragraph):
        end = start + _PROSE_WIDTH
        if end < len(paragraph):
            end = next((at for at in range(end, start, -1) if paragraph[at - 1] == " " and paragraph[at] != " "), end)
        # The reader drops the blanks that a piece begins with, unless the first of them is written by its number.
        kept = _numbered(" ") if start and paragraph[start] == " " else ""
        yield kept + _escaped(paragraph[start + bool(kept) : end])
        start = end


def _escaped(value: str) -> str:
    if value.isprintable() and "\\" not in value and '"' not in value:
        return value  # as nearly every text is
    return "".join(_SHORT_ESCAPES.get(sign) or (_numbered(sign) if unicodedata.category(sign) in _UNSEEN else sign) for sign in value)


def _numbered(sign: str) -> str:
    """A sign that nobody sees, by its number."""
    return f"\\u{ord(sign):04X}" if ord(sign) <= 0xFFFF else f"\\U{ord(sign):08X}"


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else f'"{_escaped(key)}"'
