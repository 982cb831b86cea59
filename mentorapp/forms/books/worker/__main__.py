"""The child process that reads one workbook which a stranger may have made.

Started by path (`python mentorapp/forms/books/worker`), so that it loads the standard library, openpyxl and defusedxml but
nothing of the application. The workbook comes on stdin, the answer goes to stdout as JSON: either
`{"sheets": [[name, [[row, column, text, mark], …]], …]}` with `mark` "f" for a formula and "e" for a wrong value, or
`{"refused": reason}`. The application has looked at every byte of the archive before; here memory and time are limited.
"""

import io
import json
import os
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

MEMORY = 256 * 1024 * 1024
SECONDS_OF_WORK = 10
# A questionnaire of 100 questions fills 2,400 cells.
MOST_SHEETS, MOST_ROW, MOST_COLUMN, MOST_CELLS, MOST_SIGNS = 12, 2000, 200, 20_000, 500_000

Cell = tuple[int, int, str, str]


class TooMuch(Exception):
    """More than any part of a form has; the message is the reason."""


def sheets_of(data: bytes) -> list[tuple[str, list[Cell]]]:
    """Every sheet with its cells that hold something."""
    from openpyxl.reader.excel import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    sheets = [sheet for sheet in book.worksheets if hasattr(sheet, "_get_source")]
    if len(sheets) > MOST_SHEETS:
        raise TooMuch("sheets")
    read: list[tuple[str, list[Cell]]] = []
    cells, signs = 0, 0
    for sheet in sheets:
        here: list[Cell] = []
        for cell in cells_of(sheet):
            here.append(cell)
            cells, signs = cells + 1, signs + len(cell[2])
            if cells > MOST_CELLS or signs > MOST_SIGNS:
                raise TooMuch("cells")
        read.append((sheet.title, here))
    return read


def cells_of(sheet: Any) -> Iterator[Cell]:
    """The cells as they stand in the file, whatever size it says it has; what follows them is not looked at."""
    from openpyxl.worksheet._reader import DATA_TAG, ROW_TAG, WorkSheetParser, iterparse

    book = sheet.parent
    with sheet._get_source() as source:
        parser = WorkSheetParser(
            source, sheet._shared_strings, epoch=book.epoch, date_formats=book._date_formats, timedelta_formats=book._timedelta_formats
        )
        for _, element in iterparse(source):
            if element.tag == ROW_TAG:
                yield from filled(parser.parse_row(element)[1])
                element.clear()
            elif element.tag == DATA_TAG:
                return


def filled(cells: list[dict[str, Any]]) -> Iterator[Cell]:
    for cell in cells:
        text, mark = said(cell["value"], cell["data_type"])
        if not text.strip() and not mark:
            continue
        if cell["row"] > MOST_ROW or cell["column"] > MOST_COLUMN:
            raise TooMuch("far")
        yield cell["row"], cell["column"], text, mark


def said(value: Any, kind: str) -> tuple[str, str]:
    """A value as a person would have typed it, and its mark."""
    if kind in ("f", "e"):
        return "", kind
    if value is None:
        return "", ""
    if isinstance(value, bool):
        return ("да" if value else "нет"), ""
    if isinstance(value, float):
        return (str(int(value)) if value.is_integer() else repr(round(value, 10)).replace(".", ",")), ""
    if isinstance(value, (datetime, date)):
        return f"{value:%d.%m.%Y}", ""
    if isinstance(value, time):
        return f"{value:%H:%M}", ""
    return str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n"), ""


def answer(data: bytes) -> dict[str, Any]:
    from defusedxml.common import DefusedXmlException

    try:
        return {"sheets": sheets_of(data)}
    except TooMuch as reason:
        return {"refused": str(reason)}
    except MemoryError:
        return {"refused": "memory"}
    except DefusedXmlException:
        return {"refused": "entities"}
    except Exception as error:  # openpyxl raises whatever the file makes it raise
        return {"refused": "entities" if isinstance(error.__cause__, DefusedXmlException) else "damaged"}


def limit() -> None:
    """No more memory and time than any honest workbook needs, no file, no dump."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_OF_WORK, SECONDS_OF_WORK + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    limit()
    os.environ["OPENPYXL_LXML"] = "False"  # lxml would be read past the guard of defusedxml
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever the libraries print goes nowhere
    found = answer(sys.stdin.buffer.read())
    answers.write(json.dumps(found, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    answers.flush()


if __name__ == "__main__":
    main()
