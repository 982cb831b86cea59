"""Cards out of a pasted list or table: questions with their answers, groups with what stands in them, rows of a plan.

A line that begins with a dash belongs to the line above it, unless it asks something itself. A list of which the first line begins
with one is an ordinary list of bullets: there every line is a card.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from mentorapp.domain import draft, duewords, owncolumns
from mentorapp.domain.conditioncheck import MOST_SCALE
from mentorapp.domain.draft import new_id
from mentorapp.drafting import beginnings, shapes
from mentorapp.drafting.fields import Content
from mentorapp.drafting.parts import INSIDE_GROUPS, CardList

MOST_COLUMNS, MOST_CELLS = 12, 50
MOST_LINES = 5000  # a list of a hundred questions with thirty answers each is shorter
# What the editor says beside the field, by the letter of the list.
HINTS = {
    "q": "Ответы можно вписать сразу в конце вопроса: «(1–10)», «(да/нет)», «(число)» или «(дата)»; "
    "варианты — строками с дефисом под вопросом; «(несколько)» — если отмечать можно не один.",
    "g": "Что входит в группу — строками с дефисом под её названием.",
    "m": "Пункты чек-листа — строками с дефисом под названием встречи.",
    "i": "Можно вставить таблицу из Word или Excel — лучше вместе с её заголовками: по ним сложатся столбцы.",
}
_BULLET = re.compile(r"^(?:[-–—•·*▪◦☐□]|[а-яa-z]\))\s*")
_NUMBER = re.compile(r"^\d{1,3}(?:[.)]\s+|[.)]?\t)")
_TRAILING = re.compile(r"\s*\(([^()]{1,40})\)\s*([.?!:]?)$")
_AFTER_QUESTION = re.compile(r"(?<=\?)[\s–—-]*([^()?]{1,40}?)()$")
_BOUNDS = re.compile(r"(?:шкала |балл\w* )?(?:от )?(\d{1,3})\s*(?:[-–—]|до)\s*(\d{1,3})(?: балл\w*)?")
_KIND_WORDS = {
    "да/нет": "yes_no", "да / нет": "yes_no", "да или нет": "yes_no", "да, нет": "yes_no", "число": "number", "дата": "date",
    "строка": "text", "текст": "long", "часто/редко": "frequency",
    "несколько": "multi", "несколько вариантов": "multi", "можно несколько": "multi", "можно выбрать несколько": "multi",
    "один вариант": "single",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its number or dash, and the lines with a dash under it."""

    text: str
    under: list[str] = field(default_factory=list)


class Pasted(NamedTuple):
    """What came of it: how many cards, and lines inside of them; in which rows a term was not understood («4, 7»); how many columns of
    ours were left out."""

    cards: int = 0
    inside: int = 0
    ours: int = 0
    odd: str = ""


class TooMany(Exception):
    """A list would hold more than it may; says how much fits."""


def put(content: Content, listed: CardList, pasted: str) -> Pasted:
    """Put what was pasted into a list of cards, behind those that are there. Raises TooMany."""
    there = len(draft.entries(content, listed.address))
    full = TooMany(f"Здесь помещается {listed.most}, уже есть {there}.")
    if len(pasted.splitlines()) > MOST_LINES:
        raise full
    if listed.letter == "i" and "\t" in pasted:
        plan = draft.get(content, listed.address.rpartition(".")[0])
        made = _put_table(plan, pasted)
        if len(plan["items"]) > listed.most:
            raise full
        return made
    cards = _cards_of(content, listed, pasted)
    if there + len(cards) > listed.most:
        raise full
    for card in cards:
        draft.insert(content, listed.address, card)
    return Pasted(len(cards), sum(len(card.get(key, ())) for card in cards for key in ("agenda", *INSIDE_GROUPS)))


def lines_of(pasted: str) -> list[Line]:
    """The lines of a list; those with a dash belong to the one above, where the first has none."""
    found: list[Line] = []
    has_levels = True
    for raw in pasted.splitlines():
        line = " ".join(_NUMBER.sub("", raw.strip()).split())
        bare = _BULLET.sub("", line)
        if not bare:
            continue
        has_levels = has_levels and (bool(found) or bare == line)
        if has_levels and bare != line and not bare.endswith("?"):
            found[-1].under.append(bare)
        else:
            found.append(Line(bare))
    return found


def _cards_of(content: Content, listed: CardList, pasted: str) -> list[Content]:
    if listed.letter == "c":  # the headings of a table stand in one line
        pasted = pasted.replace("\t", "\n")
    lines = lines_of(pasted)
    if listed.letter == "q":
        return _questions(content, listed, lines)
    if listed.letter == "g":
        return [_group(listed, line) for line in lines]
    if listed.letter == "m":
        return [_meeting(listed, line) for line in lines]
    known = draft.entries(content, listed.address)
    flat = [text for line in lines for text in (line.text, *line.under)]
    return [beginnings.new_card(listed, known[-1] if known else None, text) for text in flat]


# --- Questions ------------------------------------------------------------------------------------


def _questions(content: Content, listed: CardList, lines: list[Line]) -> list[Content]:
    """Where no line says how it is answered, all are answered as the last question that is there."""
    read = [_answer(line) for line in lines]
    known = draft.entries(content, listed.address)
    neighbour = known[-1] if known and not any(answer for _text, answer in read) else None
    return [beginnings.new_card(listed, neighbour, text) | answer for text, answer in read]


def _answer(line: Line) -> tuple[str, Content]:
    """The words of a question, and how it is answered as far as the line says so."""
    words = _TRAILING.search(line.text) or _AFTER_QUESTION.search(line.text)
    said = _said(words[1].casefold().strip(" .")) if words and words.start() else {}
    text = f"{line.text[: words.start()].rstrip()}{words[2]}" if words and said else line.text
    if not line.under:
        return text, said
    if [one.casefold() for one in line.under] == ["да", "нет"]:
        return text, {"kind": "yes_no"}
    kind = said.get("kind") if said.get("kind") in ("multi", "frequency") else "single"
    return text, {"kind": kind, "options": shapes.OPTIONS.read("\n".join(line.under), None)}


def _said(words: str) -> Content:
    """What is said in brackets, or after the question mark; nothing where that is a part of the question's words."""
    if bounds := _BOUNDS.fullmatch(words):
        low, high = int(bounds[1]), int(bounds[2])
        kind = "scale" if high - low < MOST_SCALE else "number"
        return {"kind": kind, "low": low, "high": high} if low < high else {}
    return {"kind": _KIND_WORDS[words]} if words in _KIND_WORDS else {}


# --- Groups ---------------------------------------------------------------------------------------


def _group(listed: CardList, line: Line) -> Content:
    """A group of indicators, or of competences, with what stands in it."""
    inner = "competences" if listed.address.startswith("deficits.") else "indicators"
    inside = [{"id": new_id("n"), "title": text} for text in line.under]
    return beginnings.new_card(listed, None, line.text) | ({inner: inside} if inside else {})


def _meeting(listed: CardList, line: Line) -> Content:
    """A meeting with the points of its check-list."""
    return beginnings.new_card(listed, None, line.text) | ({"agenda": line.under} if line.under else {})


# --- The table of a plan --------------------------------------------------------------------------


def _put_table(plan: Content, pasted: str) -> Pasted:
    """Put a table of Word or Excel into a plan.

    With headings its cells go into the columns of the same names, and columns that are missing are made. Without headings they
    go from the left.
    """
    rows, ours = _rows(pasted), 0
    if rows and len(rows[0]) > MOST_CELLS:
        raise TooMany(f"В плане помещается {MOST_COLUMNS} столбцов, а в этой таблице их {len(rows[0])}.")
    columns: list[Content | None] = list(draft.entries(plan, "columns"))
    if rows and _are_headings(columns, rows[0]):
        if (wanted := len([one for one in rows[0] if one])) > MOST_COLUMNS + 2:  # numbers and marks of rows get no column
            raise TooMany(f"В плане помещается {MOST_COLUMNS} столбцов, а в этой таблице их {wanted}.")
        columns, headings, rows = _columns_for(plan, rows[0], rows[1:]), rows[0], rows[1:]
        if (number := len(plan["columns"])) > MOST_COLUMNS:
            raise TooMany(f"В плане помещается {MOST_COLUMNS} столбцов, а с этой таблицей их стало бы {number}.")
        ours = sum(column is None and heading != "" for column, heading in zip(columns, headings, strict=False))
    texts = [one for one in draft.entries(plan, "columns") if one.get("role") == "title" or one.get("kind") in ("text", "long")]
    title = next((one["id"] for one in texts if one.get("role") == "title"), texts[0]["id"] if texts else "")
    made = [_row(columns, title, cells) for cells in rows]
    plan["items"] = [*plan.get("items", []), *made]
    due = next((place for place, column in enumerate(columns) if column and column.get("role") == "due"), len(columns))
    first = len(plan["items"]) - len(made) + 1
    odd = [
        str(place)
        for place, (row, cells) in enumerate(zip(made, rows, strict=True), first)
        if cells[due:] and cells[due] and "due" not in row
    ]
    return Pasted(len(made), ours=ours, odd=", ".join(odd))


_IN_QUOTES = re.compile(r'(?<![^\t\n])"((?:[^"\t]|"")*)"(?=[\t\r\n]|$)')


def _rows(pasted: str) -> list[list[str]]:
    """The cells of each row. Lines of one cell are joined, where Excel put them in quotes and where the rows of the table are numbered."""
    whole = _IN_QUOTES.sub(lambda found: " ".join(found[1].replace('""', '"').split()) if "\n" in found[1] else found[0], pasted)
    lines = [[" ".join(cell.split()) for cell in line.split("\t")] for line in whole.splitlines() if line.strip()]
    rows: list[list[str]] = []
    for line in lines:
        if rows and _goes_on(rows[-1], line, len(lines[0])):
            rows[-1] = [*rows[-1][:-1], f"{rows[-1][-1]} {line[0]}", *line[1:]]
        else:
            rows.append(line)
    return rows


def _goes_on(row: list[str], line: list[str], width: int) -> bool:
    """Whether a line goes on with the last cell of a numbered row that is too short."""
    return bool(_ROW_NUMBER.fullmatch(row[0])) and not _ROW_NUMBER.fullmatch(line[0]) and len(row) < width >= len(row) + len(line) - 1


_ROW_NUMBER = re.compile(r"\d{1,3}[.)]?")


def _row(columns: list[Content | None], title: str, cells: list[str]) -> Content:
    """A term that is not understood, and what has no column, stays beside the activity: nothing that was pasted is lost."""
    row: Content = {"id": new_id("i"), "cells": {}}
    rest = [f"({cell})" for cell in cells[len(columns) :] if cell]
    for column, cell in zip(columns, cells, strict=False):
        if column is None:
            rest += [f"({cell})"] if re.search(r"[^\W\d_]{2}", cell) else []
            continue
        if not cell:
            continue
        if column.get("role") in ("due", "report_due") and (rule := duewords.from_words(cell)):
            row[column["role"]] = rule
        elif column.get("kind") in ("text", "long"):
            row["cells"][column["id"]] = cell
        else:
            rest.append(f"({cell})")
    if title and rest:
        row["cells"][title] = " ".join(filter(None, [row["cells"].get(title, ""), *rest]))
    return row


_ROLE_HEADINGS = (
    ("report_due", re.compile(r"срок(и)? (отч\w*|сдачи)")),
    ("due", re.compile(r"(сроки?|даты?|когда|время пров\w*)\b")),
    ("title", re.compile(r"(мероприят\w*|наименование|содержание|название|вид деятельности|что дела\w*|тема)\b")),
)


def _are_headings(columns: list[Content | None], cells: list[str]) -> bool:
    """Whether a line names columns: the number of the row, one that is there already, or both the activity and its term."""
    titles = {str(one.get("title", "")).casefold() for one in columns if one} - {""}
    if any(duewords.from_words(cell) for cell in cells if cell):
        return False
    roles = {_role(cell) for cell in cells}
    return bool(owncolumns.counts_rows(cells[0]) or titles & {cell.casefold() for cell in cells} or {"title", "due"} <= roles)


def _role(heading: str) -> str:
    start = heading.casefold()
    return next((role for role, words in _ROLE_HEADINGS if words.match(start)), "")


def _columns_for(plan: Content, headings: list[str], rows: list[list[str]]) -> list[Content | None]:
    """A column for each heading that the program does not keep by itself.

    A plan without rows takes names, order and widths of the table over.
    """
    known, is_new = draft.entries(plan, "columns"), not draft.entries(plan, "items")
    free, found = list(known), list[Content | None]()
    for place, heading in enumerate(headings):
        cells = [row[place] for row in rows if place < len(row)]
        if not heading or _is_our_own(heading, cells):
            found.append(None)
            continue
        column = _known(free, heading)
        if column is None:
            column = {"id": new_id("c"), "title": heading, "kind": "long"}
        else:
            free.remove(column)
        if is_new:
            column |= {"title": heading, "width": _width([heading, *cells])}
        found.append(column)
    named = [one for one in found if one is not None]
    made = [one for one in named if one not in known]
    plan["columns"] = [*named, *free] if is_new else [*known, *made]
    return found


def _is_our_own(heading: str, cells: list[str]) -> bool:
    """Numbers of rows, and marks that nobody has made yet: the program makes both. Texts that stand there are kept."""
    return owncolumns.counts_rows(heading) or (bool(owncolumns.doubles(heading)) and not any(cell.strip("-–—_ ") for cell in cells))


def _known(free: list[Content], heading: str) -> Content | None:
    """The column that a heading means: of the same name, of the same service, or of a longer or shorter name."""
    word, role = heading.casefold(), _role(heading)
    same = (one for one in free if str(one.get("title", "")).casefold() == word)
    serves = (one for one in free if role and one.get("role") == role)
    alike = (one for one in free if not one.get("role") and not role and _one_in_other(word, str(one.get("title", "")).casefold()))
    return next(same, None) or next(serves, None) or next(alike, None)


def _one_in_other(one: str, other: str) -> bool:
    return min(len(one), len(other)) > 4 and (one in other or other in one)


def _width(cells: list[str]) -> int:
    """A share that gives the longest word its place and long texts more of it, but not all."""
    word = max((len(word) for cell in cells for word in cell.split()), default=1)
    usual = sum(map(len, cells)) / max(len(cells), 1)
    return max(8, min(30, word + 2 if usual < 25 else max(word + 2, round(usual / 2.5))))
