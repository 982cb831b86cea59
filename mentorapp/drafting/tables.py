"""A table of Word or Excel that is pasted into a plan: headings become columns, lines become rows, and no word of it is lost."""

import re
from typing import NamedTuple

from mentorapp.domain import draft, duewords, owncolumns
from mentorapp.domain.draft import new_id
from mentorapp.drafting.fields import Content

MOST_COLUMNS, MOST_CELLS = 12, 50


class Pasted(NamedTuple):
    """What came of it: how many cards, and lines inside of them; in which rows a term was not understood («4, 7»); how many columns of
    ours were left out."""

    cards: int = 0
    inside: int = 0
    ours: int = 0
    odd: str = ""


class TooMany(Exception):
    """A list would hold more than it may; says how much fits."""


def put(plan: Content, pasted: str) -> Pasted:
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
