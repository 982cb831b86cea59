"""Workbooks for tests: what the program writes, changed as a curator would change it in an office program."""

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook

from mentorapp.domain import formcheck, formwrite
from mentorapp.forms import sheets_in, sheets_out
from tests.forms.forms import shipped_files

Change = Callable[[Any], object]


def content_of(files: Mapping[str, str]) -> dict[str, Any]:
    """The content of a form that these files hold."""
    spec, problems = formcheck.parse(files)
    assert spec, problems
    return formwrite.content_of(spec)


def shipped() -> dict[str, Any]:
    return content_of(shipped_files())


def changed(data: bytes, change: Change) -> bytes:
    """The same workbook after somebody opened it, did something and saved it."""
    book = load_workbook(io.BytesIO(data))
    change(book)
    return saved(book)


def saved(book: Any) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def by_hand(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """A workbook that somebody made without ours: the rows of each sheet by its name."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    return saved(book)


def column(page: Any, title: str) -> int:
    """The number of the column under that heading in the first row."""
    return next(cell.column for cell in page[1] if cell.value == title)


def questionnaire() -> dict[str, Any]:
    """One with something of most kinds."""
    return {
        "id": "q0",
        "role": "mentee",
        "phase": "before",
        "title": "Анкета",
        "questions": [
            {"id": "h", "kind": "heading", "text": "О вас"},
            {"id": "met", "kind": "yes_no", "text": "Был ли наставник?"},
            {"id": "what", "kind": "long", "text": "Что помогло?", "required": False, "show_if": {"question": "met", "is": "да"}},
            {"id": "easy", "kind": "scale", "text": "Легко ли?", "low": 1, "high": 10},
            {"id": "help", "kind": "single", "text": "Чем помочь?", "options": {"a": "Уроки", "b": "Родители"}},
        ],
    }


def problems_of(kind: str, data: bytes, *more: Any, usual: Mapping[str, Any] | None = None) -> list[str]:
    """What is said of a workbook that is refused."""
    part, problems = sheets_in.read_book(kind, data, *more, usual=usual or {})
    assert part is None and problems
    return [str(problem) for problem in problems]


def part_of(kind: str, data: bytes, *more: Any, usual: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The part of a workbook that is right."""
    part, problems = sheets_in.read_book(kind, data, *more, usual=usual or {})
    assert part is not None, [str(problem) for problem in problems]
    return part


def book_of(kind: str, part: Mapping[str, Any], *more: Any) -> bytes:
    write: Any = {"questionnaire": sheets_out.questionnaire_book, "plan": sheets_out.plan_book, "rubric": sheets_out.rubric_book}[kind]
    data: bytes = write(part, *more)
    return data
