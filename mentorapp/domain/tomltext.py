"""Reads TOML that a stranger may have written: guards first, then the parser, every fault in Russian with its line.

The standard parser is slow on long dotted keys (39 KB of them take 14 s), recurses into brackets and
raises more than its own exception, so nothing reaches it before the guards have passed the text.
"""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from mentorapp.domain.formspec import Problem

MOST_BYTES = 128 * 1024
MOST_BYTES_TOGETHER = 256 * 1024
MOST_IN_LINE = 2000
MOST_DOTS = 8
MOST_BRACKETS = 20

# Strings and comments, so that dots and brackets in prose are not counted. Each alternative also takes an unclosed
# string up to its line's or the text's end: no second attempt is ever made, and the time stays linear.
_PROSE = re.compile(
    r'"""(?:\\.|[^\\])*?(?:"{3,5}|\Z)' r"|'''.*?(?:'{3,5}|\Z)" r'|"(?:\\[^\n]|[^"\\\n])*"?' r"|'[^'\n]*'?" r"|#[^\n]*",
    re.DOTALL,
)
_HALF_SIGN = re.compile("[\ud800-\udfff]")  # no text in UTF-8 has it, and none could be stored with it
_PLACE = re.compile(r" ?\(at (?:line (\d+), column \d+|end of document)\)")

# What the parser says → what a person is told; the first that fits is taken.
_MEANINGS = (
    ("Expected '=' after a key", "после названия ключа нужен знак «=», а за ним значение"),
    ("Illegal character", "не закрыта кавычка, или внутри кавычек стоит перенос строки; текст в несколько строк берут в тройные кавычки"),
    ("Unterminated string", "не закрыта кавычка; поставьте её в конце текста"),
    ("Unescaped '\\' in a string", "обратная косая черта в тексте пишется дважды: «\\\\»"),
    ("Escaped character is not", "такого символа нет; уберите запись с «\\u»"),
    ("Invalid hex value", "запись с «\\u» неполная; уберите её или допишите"),
    ("Unclosed array", "не закрыта квадратная скобка или пропущена запятая; проверьте список"),
    ("Unclosed inline table", "не закрыта фигурная скобка или пропущена запятая; такая запись целиком стоит на одной строке"),
    ("Duplicate inline table key", "ключ в этих фигурных скобках повторяется; оставьте один"),
    ("Cannot overwrite a value", "этот ключ уже записан выше; оставьте один"),
    ("Cannot declare", "такой раздел уже есть выше; соедините их или возьмите название в двойные скобки «[[…]]»"),
    ("Cannot mutate", "этот раздел уже закончен выше; допишите ключ там"),
    ("Cannot redefine", "этот раздел уже записан выше другим способом; оставьте один"),
    ("Expected ']", "не закрыта скобка в названии раздела"),
    ("Invalid initial character", "название ключа пишется латинскими буквами, цифрами и подчёркиванием"),
    ("Invalid statement", "строка не разобрана: нужна запись «ключ = значение» или «[раздел]», названия — латинскими буквами"),
    ("Expected newline", "после значения стоит лишнее; на одной строке — один ключ"),
    ("Invalid date", 'такой даты нет; дату в форме берут в кавычки: «"15.10"»'),
    ("Invalid value", "значение не прочитано: текст берут в кавычки, число пишут без них"),
    ("Found invalid character", "в тексте стоит невидимый управляющий символ; удалите его"),
)
TOO_LARGE_TOGETHER = "вся форма вместе больше 256 КБ; сократите тексты или уберите лишнее"
TOO_LARGE = "файл больше 128 КБ; разделите его на несколько, по частям формы"
_UNKNOWN = "запись не разобрана; проверьте кавычки, скобки и запятые в этой строке и в строке перед ней"


def read(file: str, text: str) -> tuple[dict[str, Any], list[Problem]]:
    """The document, and what is wrong with it; with problems the document is empty. Never raises."""
    text = text.removeprefix("\ufeff")
    problems = list(_guarded(file, text))
    if problems:
        return {}, problems
    try:
        return tomllib.loads(text), []
    except tomllib.TOMLDecodeError as error:
        return {}, [_explained(file, text, str(error))]
    except Exception:  # the parser also raises RecursionError and ValueError, and a newer one may raise anything
        return {}, [Problem(file, "", "файл не прочитан: слишком большое число или слишком сложная запись; упростите его")]


def _guarded(file: str, text: str) -> Iterator[Problem]:
    """Why the text must not reach the parser."""
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        yield Problem(file, "", TOO_LARGE)
        return
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MOST_IN_LINE:
            yield Problem(file, "", f"строка длиннее {MOST_IN_LINE} знаков; разбейте её на несколько", number)
        if _HALF_SIGN.search(line):
            yield Problem(file, "", "в строке стоит испорченный символ; наберите её заново", number)
    yield from _tangled(file, _PROSE.sub(_line_ends_only, text))


def _line_ends_only(found: re.Match[str]) -> str:
    return "_" + "\n" * found[0].count("\n")


def _tangled(file: str, code: str) -> Iterator[Problem]:
    """The first key with too many dots and the first bracket too deep, in a text without its strings and comments."""
    lines = code.split("\n")
    dotted = (n for n, line in enumerate(lines, 1) for part in re.split(r"[=,\[\]{}]", line) if part.count(".") > MOST_DOTS)
    if number := next(dotted, None):
        yield Problem(file, "", f"в названии ключа больше {MOST_DOTS} точек; сократите его, а если это текст, возьмите в кавычки", number)
    if number := next(_too_deep(lines), None):
        yield Problem(file, "", f"скобки вложены глубже {MOST_BRACKETS} уровней; упростите запись", number)


def _too_deep(lines: list[str]) -> Iterator[int]:
    depth = 0
    for number, line in enumerate(lines, 1):
        for bracket in re.findall(r"[\[\]{}]", line):
            depth = depth + 1 if bracket in "[{" else max(0, depth - 1)
            if depth > MOST_BRACKETS:
                yield number


def _explained(file: str, text: str, error: str) -> Problem:
    place = _PLACE.search(error)
    line = int(place[1]) if place and place[1] else text.rstrip("\n").count("\n") + 1
    meaning = next((meaning for start, meaning in _MEANINGS if error.startswith(start)), _UNKNOWN)
    return Problem(file, "", meaning, line)
