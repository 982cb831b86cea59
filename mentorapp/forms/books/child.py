"""The parent's side of reading a workbook: it looks at the archive, feeds and limits the child, and never imports openpyxl."""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, NamedTuple

from mentorapp.domain.formspec import Problem
from mentorapp.forms import archive
from mentorapp.forms.zipdirectory import AGAIN

WORKER = Path(__file__).with_name("worker")
SECONDS = 12.0
SECONDS_IN_QUEUE = 30.0

OLD_OR_LOCKED = "это таблица старого вида (.xls) или файл с паролем; откройте её, снимите пароль и сохраните как «Книга Excel (.xlsx)»"
NOT_A_BOOK = "это не таблица .xlsx; откройте её в Excel, LibreOffice или «Моём офисе» и сохраните как «Книга Excel (.xlsx)»"
TOO_BIG = "таблица больше 1 МБ, а столько не нужно и самой длинной анкете; уберите из неё картинки и лишние листы"
TOO_MUCH = "в таблице столько ячеек и оформления, сколько не бывает в форме; оставьте в ней только одну анкету, план или оценку"
MACROS = "в таблице есть макросы, и программа её не открывает; сохраните её как обычную «Книгу Excel (.xlsx)», без макросов"
EMPTY = "в таблице нет ни одной заполненной ячейки; заполните её или возьмите другой файл"
SAVE_AGAIN = "откройте её, сохраните заново как «Книга Excel (.xlsx)» и пришлите ещё раз"
DAMAGED = f"таблица повреждена и не читается; {SAVE_AGAIN}"
BUSY = "сейчас читается другая таблица, и очередь до этой не дошла; подождите минуту и пришлите её ещё раз"
_REASONS = {
    "sheets": "листов больше 12; оставьте в таблице только листы одной анкеты, плана или оценки",
    "cells": "заполненных ячеек больше, чем бывает в форме; оставьте в таблице только одну анкету, план или оценку",
    "far": "что-то написано ниже строки 2000 или правее столбца GR; очистите эти ячейки",
    "entities": "внутри таблицы стоит то, чего обычные программы не пишут (подстановки XML); сохраните её заново и пришлите ещё раз",
    "memory": "таблица слишком велика, и на неё не хватило памяти; уберите из неё картинки и лишние листы",
    "slow": "таблица читается слишком долго; уберите из неё картинки, лишние листы и оформление",
    "damaged": DAMAGED,
}
# The longest questionnaire has some 20,000 tags, a few hundred of them styles; a style costs openpyxl much more time than a cell.
MOST_TAGS, MOST_STYLE_TAGS = 60_000, 20_000
_OLD_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of old workbooks, and of new ones behind a password
_turn = threading.Lock()  # one child at a time: each may take a quarter of a gigabyte
log = logging.getLogger(__name__)


class NotRead(Exception):
    """The workbook as a whole could not be read; str() is a Russian sentence with a remedy."""


class Cell(NamedTuple):
    """What stands in a cell; `mark` is "f" for a formula, "e" for a wrong value, else empty."""

    text: str
    mark: str


class Grid(NamedTuple):
    """One sheet: its name and its cells that hold something, by row and column from 1."""

    name: str
    cells: dict[tuple[int, int], Cell]


def read(data: bytes) -> list[Grid]:
    """Every sheet of a workbook. Raises NotRead."""
    _look_at(data)
    if not _turn.acquire(timeout=SECONDS_IN_QUEUE):
        raise NotRead(BUSY)
    try:
        answer = _asked(data)
    finally:
        _turn.release()
    if reason := answer.get("refused"):
        raise NotRead(_REASONS.get(reason, DAMAGED))
    grids = [Grid(name, {(row, column): Cell(text, mark) for row, column, text, mark in cells}) for name, cells in answer["sheets"]]
    if not any(grid.cells for grid in grids):
        raise NotRead(EMPTY)
    return grids


def _look_at(data: bytes) -> None:
    """What is no workbook, or not an honest archive, never reaches the child. Raises NotRead."""
    if len(data) > archive.MOST_UPLOADED:
        raise NotRead(TOO_BIG)
    if data.startswith(_OLD_MARK):
        raise NotRead(OLD_OR_LOCKED)
    if not data.startswith(b"PK\3\4"):
        raise NotRead(NOT_A_BOOK)
    files, problems = archive.unpack(data, "таблица", entries=archive.MOST_IN_WORKBOOK)
    if problems:
        raise NotRead(_about(problems))
    if "[Content_Types].xml" not in files:
        raise NotRead(NOT_A_BOOK)
    if b"macroEnabled" in files["[Content_Types].xml"] or any(name.endswith("vbaProject.bin") for name in files):
        raise NotRead(MACROS)
    tags = {name: content.count(b"<") for name, content in files.items()}
    if sum(tags.values()) > MOST_TAGS or tags.get("xl/styles.xml", 0) > MOST_STYLE_TAGS:
        raise NotRead(TOO_MUCH)


def _about(problems: list[Problem]) -> str:
    """The first fault of the archive, told of a workbook."""
    place = "" if problems[0].file == "таблица" else f" ({problems[0].file})"
    return f"таблица не открыта{place}: {problems[0].text.replace(AGAIN, SAVE_AGAIN)}"


def _asked(data: bytes) -> dict[str, Any]:
    # The settings of the application stay with the parent. The child imports from its own folder and from libraries.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MENTORAPP_")}
    command = [sys.executable, "-P", str(WORKER)]
    try:
        done = subprocess.run(
            command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=WORKER, env=environment, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        return {"refused": "slow"}
    if done.returncode:
        log.warning("the child that reads workbooks ended with %s", done.returncode)
        return {"refused": "slow" if done.returncode == -signal.SIGXCPU else "memory"}
    answer: dict[str, Any] = json.loads(done.stdout.decode("utf-8", "replace"))
    return answer
