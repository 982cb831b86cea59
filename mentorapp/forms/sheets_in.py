"""Workbooks into content: one questionnaire, one plan or one rubric, with everything that is wrong named by sheet and cell."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from mentorapp.forms.books import child, plan, questionnaire, rubric
from mentorapp.forms.books.child import Grid, NotRead
from mentorapp.forms.books.grid import SheetProblem, Table, best_first, is_help
from mentorapp.forms.books.layout import Sheet
from mentorapp.forms.books.reading import Reading, in_order

__all__ = ["SheetProblem", "read_book", "read_plan", "read_questionnaire", "read_rubric"]

Answer = tuple[dict[str, Any] | None, list[SheetProblem]]
Content = Mapping[str, Any]
NOTHING: Content = {}
MOST_PROBLEMS = 200  # more nobody reads

_SHEETS: Mapping[str, tuple[Sheet, ...]] = {
    "questionnaire": (questionnaire.ABOUT_QUESTIONNAIRE, questionnaire.QUESTIONS),
    "plan": (plan.ABOUT_PLAN, plan.COLUMNS),
    "rubric": (rubric.ABOUT_RUBRIC, rubric.POINTS, rubric.INDICATORS, rubric.BANDS),
}
_CALLED = {"questionnaire": "анкета", "plan": "план", "rubric": "лист оценки"}
log = logging.getLogger(__name__)


def read_questionnaire(data: bytes, *, usual: Content = NOTHING) -> Answer:
    """The questionnaire of a workbook as content (docs/dev/forms.md), or else all that is wrong with it. Never raises."""
    return read_book("questionnaire", data, usual=usual)


def read_plan(data: bytes, questionnaires: Sequence[Content] = (), *, usual: Content = NOTHING) -> Answer:
    """The plan of a workbook; `questionnaires` are those of the form, whose answers its rows may wait for. Never raises."""
    return read_book("plan", data, questionnaires, usual=usual)


def read_rubric(data: bytes, *, usual: Content = NOTHING) -> Answer:
    """The rubric (evaluation) of a workbook. Never raises."""
    return read_book("rubric", data, usual=usual)


def read_book(kind: str, data: bytes, questionnaires: Sequence[Content] = (), *, usual: Content = NOTHING) -> Answer:
    """A part of that kind (questionnaire, plan, rubric) as content; with any problem there is no part. Never raises.

    `usual` is the part that the workbook is to take the place of: what it says of itself (title, who, when) stands where the
    workbook has no sheet for that, so that a bare list of questions is enough.
    """
    try:
        grids = [grid for grid in child.read(data) if not is_help(grid)]
        part, problems = _read(kind, grids, questionnaires, usual)
    except NotRead as reason:
        return None, [SheetProblem("", "", str(reason))]
    except Exception:  # whatever a stranger's workbook breaks, the curator gets a sentence
        log.exception("a workbook could not be understood")
        return None, [SheetProblem("", "", child.DAMAGED)]
    found = in_order(problems)
    return (None if found else part), found[:MOST_PROBLEMS]


def _read(kind: str, grids: list[Grid], questionnaires: Sequence[Content], usual: Content) -> tuple[dict[str, Any], list[SheetProblem]]:
    tables = best_first(grids, _SHEETS[kind])
    if other := _another_kind(kind, grids, tables):
        text = f"в этой таблице не {_CALLED[kind]}, а {_CALLED[other]}; загрузите её там или выберите другой файл"
        return {}, [SheetProblem("", "", text)]
    reading = Reading(tables, usual)
    if kind == "plan":
        part = plan.read(reading, lambda sheet: _rows_of_plan(reading, grids, sheet), questionnaires)
    else:
        part = questionnaire.read(reading) if kind == "questionnaire" else rubric.read(reading)
    return part, reading.problems


def _rows_of_plan(reading: Reading, grids: list[Grid], sheet: Sheet) -> Table | None:
    """The sheet of rows, which can be told only when the columns are known. One that cannot be told is not passed over."""
    taken = {table.grid.name for table in reading.tables.values()}
    left = [grid for grid in grids if grid.name not in taken and grid.cells]
    found = best_first(left, [sheet]).get(sheet.name)
    if found is None and left:
        titles = ", ".join(f"«{heading.title}»" for heading in sheet.headings if heading.kind == "cell")
        text = f"на этом листе не найдены заголовки столбцов плана ({titles}); поправьте их или удалите лист"
        reading.problems.append(SheetProblem(left[0].name, "A1", text))
    return found


def _another_kind(kind: str, grids: list[Grid], tables: Mapping[str, Table]) -> str:
    """The kind that the workbook is of, where it is more like that one than like the one that was asked for."""
    if len(tables) == len(_SHEETS[kind]):
        return ""
    likeness = {other: len(best_first(grids, sheets)) / len(sheets) for other, sheets in _SHEETS.items()}
    best = max(likeness, key=lambda other: likeness[other])
    return best if likeness[best] == 1 else ""
