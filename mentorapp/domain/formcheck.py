"""What the files of a mentoring form may say, as tables: read them from the last one, FORM, upwards.

A key is added in three places: its dataclass in `formspec`, its line in a table here, its row in `docs/dev/forms.md`.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from mentorapp.domain import due, formwrite, kinds, tomltext
from mentorapp.domain.conditioncheck import CONDITION, build_condition, rows_are_called_for
from mentorapp.domain.expect import (
    ID,
    MOST_LOOKED_AT,
    NUMBER,
    TEXT,
    TEXTS,
    TITLE,
    WORD,
    Place,
    Table,
    by_id,
    different,
    entries,
    is_a,
    matching,
    one_of,
    perhaps,
    several,
    shown,
    whole,
)
from mentorapp.domain.formspec import (
    API,
    ORGANISATIONS,
    OWNERS,
    PERSON_KINDS,
    ROLES,
    TEXT_PARTS,
    CalledFor,
    Column,
    FormSpec,
    ItemTemplate,
    MeetingType,
    Model,
    PlanTemplate,
    Problem,
    Side,
    Subtype,
)
from mentorapp.domain.organisation import MOST_PEOPLE, bounds_fit
from mentorapp.domain.partcheck import DOCUMENTS, MATCH, PARAMETER, matching_fits
from mentorapp.domain.questioncheck import QUESTIONNAIRE, flag, one_a_phase, pairs_fit
from mentorapp.domain.questionnaire import PHASES
from mentorapp.domain.school_year import SchoolYear
from mentorapp.domain.sheetcheck import CONTROL, DEFICITS, EVALUATION

MAIN_FILE = "form.toml"
# A form that was typed as densely as can be does not grow fourfold when it is written out.
_SURELY_FITS = tomltext.MOST_BYTES // 4
MOST_WORDS_OF_A_RULE, LONGEST_WORD_OF_A_RULE = 5, 40
# Words that the product and its addresses use where a form's id may stand.
RESERVED = ("core", "new", "import")
# A template cell is never a date, so the year that parsing asks for changes nothing.
_ANY_YEAR = SchoolYear(2000)
_DATED = ("date", "due")
_NUMBERED = ("number", "scale")


def parse(documents: Mapping[str, str], *, whole: bool = True) -> tuple[FormSpec | None, list[Problem]]:
    """The form that these files (name → TOML text) make up, or else all that is wrong with them. Never raises.

    Not `whole`: a file beside them could not be taken, so nothing is missed in them, and there is no form.
    """
    if not documents:
        return None, [Problem(MAIN_FILE, "", "в папке нет файлов .toml; положите сюда хотя бы form.toml")]
    sizes = {file: len(text.encode("utf-8", "surrogatepass")) for file, text in documents.items()}
    if sum(sizes.values()) > tomltext.MOST_BYTES_TOGETHER:
        return None, [Problem(max(sizes, key=lambda file: sizes[file]), "", tomltext.TOO_LARGE_TOGETHER)]
    documents_read = {file: tomltext.read(file, text) for file, text in documents.items()}
    problems = [problem for _, unread in documents_read.values() for problem in unread]
    whole = whole and not problems
    table: Table[Any] = FORM if whole else FORM.partial()
    content, files = _joined({file: document for file, (document, _) in documents_read.items()}, problems)
    at = Place(problems, MAIN_FILE, files=files)
    spec = table(content, at)
    if spec and whole and max(sizes.values()) > _SURELY_FITS:
        _can_be_written(spec, at)
    return (spec if whole and not problems else None), problems


def read(content: Mapping[str, Any]) -> tuple[FormSpec | None, list[Problem]]:
    """The form that this content (as its files would give it) makes up, or else all that is wrong with it. Never raises.

    The places of the problems name no file: a draft has none.
    """
    problems: list[Problem] = []
    at = Place(problems, "")
    spec = FORM(dict(content), at)
    if spec and not _surely_fits(content):
        _can_be_written(spec, at)
    return (None if problems else spec), problems


def _surely_fits(content: Mapping[str, Any]) -> bool:
    """Whether the files of this content, which was accepted, need not be written to know that they are small enough."""
    sizes = [len(json.dumps(part, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")) for part in content.values()]
    return max(sizes) <= _SURELY_FITS and 4 * sum(sizes) <= tomltext.MOST_BYTES_TOGETHER


def _joined(documents: Mapping[str, Mapping[str, Any]], problems: list[Problem]) -> tuple[dict[str, Any], dict[str, str]]:
    """One document out of several, and the file of each of its keys. A key that stands in two files is a problem."""
    content: dict[str, Any] = {}
    files: dict[str, str] = {}
    for file, document in documents.items():
        for key, value in document.items():
            if key in files:
                problems.append(Problem(file, shown(key), f"ключ «{shown(key)}» есть и в файле {files[key]}; оставьте его в одном из двух"))
            else:
                content[key], files[key] = value, file
    return content, files


def _can_be_written(spec: FormSpec, at: Place) -> None:
    """Whatever is accepted can be sent to another school."""
    for part, text in formwrite.too_large(spec):
        (at.key(part) if part in FORM.keys else at).wrong(text)


# --- Checks of this format alone -----------------------------------------------------------------


def _api(value: Any, at: Place) -> int | None:
    if is_a(int, value, at) and value != API:
        at.wrong(f"форма написана для другой версии программы; эта понимает «api = {API}»")
    return API


def _rule(value: Any, at: Place) -> Mapping[str, Any] | None:
    """A due rule (`domain/due.py` knows its words), with its keys in one order, so that equal rules have equal hashes."""
    if not is_a(dict, value, at):
        return None
    if len(value) > MOST_WORDS_OF_A_RULE or any(len(key) > LONGEST_WORD_OF_A_RULE or not key.isprintable() for key in value):
        at.wrong("срок записан слишком сложно; напишите его одним словом, например { after_start = 14 }")
        return None
    for problem in due.problems(value):
        at.wrong(problem)
    return {key: value[key] for key in sorted(value)}


# --- Rules between the keys of one table; they see it as it was written ---------------------------


def _role_fits_kind(column: Mapping[str, Any], at: Place) -> None:
    role, kind = column.get("role"), column.get("kind")
    if role in ("due", "report_due") and kind != "due":
        at.key("kind").wrong(f'у столбца с role = "{role}" нужен kind = "due"')
    if role == "title" and kind not in ("text", "long"):
        at.key("kind").wrong('у столбца с role = "title" нужен kind = "long" или "text"')


def _limits_fit_kind(column: Mapping[str, Any], at: Place) -> None:
    kind, low, high = (column.get(name) for name in ("kind", "low", "high"))
    if "options" in column and kind != "choice":
        at.key("options").wrong('варианты бывают только у столбца с kind = "choice"; уберите их или поправьте kind')
    if kind == "choice" and "options" not in column:
        at.key("options").wrong('нет списка вариантов; допишите, например options = { yes = "да", partly = "частично" }')
    if "suggest" in column and kind not in ("text", "long"):
        at.key("suggest").wrong('подсказки бывают только у текста, kind = "text" или "long"; уберите их')
    for bound in ("low", "high"):
        if bound in column and kind not in _NUMBERED:
            at.key(bound).wrong('граница бывает только у числа и шкалы, kind = "number" или "scale"; уберите её')
        if bound not in column and kind == "scale":
            at.key(bound).wrong("у шкалы нужны обе границы, например low = 1, high = 10")
    if type(low) is int and type(high) is int and low >= high:
        at.key("high").wrong("верхняя граница должна быть больше нижней")


def _ages_in_order(side: Mapping[str, Any], at: Place) -> None:
    least, most = side.get("least_age"), side.get("most_age")
    if type(least) is int and type(most) is int and least > most:
        at.key("most_age").wrong("наибольший возраст меньше наименьшего; поменяйте их местами")


def _one_column_a_role(plan: Mapping[str, Any], at: Place) -> None:
    roles = [(number, column.get("role")) for number, column in entries(plan, "columns")]
    if type(plan.get("columns")) is list and all(role != "title" for _, role in roles):
        at.key("columns").wrong('нет столбца с названием мероприятия; допишите одному из них role = "title"')
    for role in ROLES:
        for number in [number for number, given in roles if given == role][1:]:
            at.key("columns").number(number).key("role").wrong(f'role = "{role}" уже у другого столбца; оставьте у одного')


def _items_fit_columns(plan: Mapping[str, Any], at: Place) -> None:
    columns = [column for _, column in entries(plan, "columns")]
    by_id = {column["id"]: column for column in columns if type(column.get("id")) is str}
    if not by_id or len(by_id) < len(columns):
        return  # the columns themselves are wrong and that has been said; every cell would only repeat it
    for number, item in entries(plan, "items"):
        place = at.key("items").number(number)
        for role in ("due", "report_due"):
            if role in item and not any(column.get("role") == role for column in columns):
                place.key(role).wrong(f'в плане нет столбца для этого срока; допишите столбец с role = "{role}"')
        if type(item.get("cells")) is dict:
            _cells_fit_columns(item["cells"], by_id, place.key("cells"))


def _cells_fit_columns(cells: Mapping[str, Any], columns: Mapping[str, Mapping[str, Any]], at: Place) -> None:
    for name in list(cells)[:MOST_LOOKED_AT]:
        if name not in columns:
            hint = perhaps(name, columns) or f"; в этом плане есть: {', '.join(columns)}"
            at.key(name).wrong(f"столбца «{shown(name)}» в плане нет{hint}")
    for name, column in columns.items():
        text = cells.get(name)
        if column.get("role") == "title" and text is None:
            at.key(name).wrong("у строки нет названия мероприятия; напишите его")
        for problem in _cell_problems(column, text) if type(text) is str else ():
            at.key(name).wrong(problem)


def _cell_problems(column: Mapping[str, Any], text: str) -> Iterator[str]:
    kind = column.get("kind")
    if kind in _DATED:
        yield "даты в ячейку шаблона не пишут; срок задают ключами due и report_due"
    elif type(kind) is str and kind in kinds.COLUMN_KINDS:
        options, low, high = (column.get(name) for name in ("options", "low", "high"))
        limits = kinds.Limits(
            options=options if type(options) is dict else {text: text},
            low=low if type(low) is int else None,
            high=high if type(high) is int else None,
        )
        try:
            kinds.KINDS[kind].parse(text, year=_ANY_YEAR, limits=limits)
        except kinds.NotUnderstood as reason:
            yield str(reason)


# --- Building ------------------------------------------------------------------------------------


def _column(options: Mapping[str, str] | None = None, low: int | None = None, high: int | None = None, **read: Any) -> Column:
    return Column(**read, limits=kinds.Limits(options=options or {}, low=low, high=high))


def _plan(columns: tuple[Column, ...], items: tuple[ItemTemplate, ...] = (), **read: Any) -> PlanTemplate:
    return PlanTemplate(**read, columns=columns, items=tuple(_tidy(item, columns) for item in items))


def _tidy(item: ItemTemplate, columns: tuple[Column, ...]) -> ItemTemplate:
    """The row with the texts that a save of each cell would store, in the order of the columns."""
    cells = {
        column.id: kinds.KINDS[column.kind].parse(item.cells[column.id], year=_ANY_YEAR, limits=column.limits)
        for column in columns
        if column.id in item.cells
    }
    return replace(item, cells=cells)


def _called_for(phase: str, **condition: Any) -> CalledFor:
    return CalledFor(phase, build_condition(**condition))


def _form(api: int, plans: tuple[PlanTemplate, ...] = (), **read: Any) -> FormSpec:
    in_order = sorted(plans, key=lambda plan: OWNERS.index(plan.owner))
    return FormSpec(**{"short_title": read["title"]} | read, plans={plan.owner: plan for plan in in_order})


# --- The tables ----------------------------------------------------------------------------------

_form_id = matching("[a-z][a-z0-9-]{0,63}", "нужны латинские строчные буквы, цифры и дефис, первой буква, не больше 64 знаков", RESERVED)

SIDE = Table(
    Side,
    {"nominative": WORD, "genitive": WORD, "dative": WORD, "plural": WORD, "kinds": several(one_of(*PERSON_KINDS), 9, 1)},
    {"least_age": whole(5, 120), "most_age": whole(5, 120)},
    (_ages_in_order,),
)
SUBTYPE = Table(Subtype, {"id": ID, "title": TITLE}, {"aim": TEXT, "categories": several(TITLE, 20)})
MODEL = Table(Model, {"id": ID, "title": TITLE}, {})
COLUMN = Table(
    _column,
    {"id": ID, "title": TITLE, "kind": one_of(*kinds.COLUMN_KINDS)},
    {
        "width": whole(1, 100),
        "role": one_of(*ROLES),
        "suggest": several(TITLE, 30),
        "options": by_id(TITLE, 30),
        "low": NUMBER,
        "high": NUMBER,
    },
    (_role_fits_kind, _limits_fit_kind),
)
WHEN = Table(_called_for, {"phase": one_of(*PHASES), **CONDITION.needed}, {key: CONDITION.keys[key] for key in CONDITION.free})
ITEM = Table(ItemTemplate, {"cells": by_id(TEXT, 12)}, {"id": ID, "section": TITLE, "due": _rule, "report_due": _rule, "when": WHEN})
PLAN = Table(
    _plan,
    {"owner": one_of(*OWNERS), "title": TITLE, "columns": several(COLUMN, 12, 1)},
    {"items": several(ITEM, 60), "notes": TEXTS},
    (different("columns", "id"), different("items", "id"), _one_column_a_role, _items_fit_columns),
)
MEETING = Table(
    MeetingType,
    {"id": ID, "title": TITLE},
    {
        "minutes": whole(1, 600),
        "agenda": several(TITLE, 20),
        "per_month": whole(1, 31),
        "at_least": whole(1, 100),
        "interactions": several(TITLE, 20),
        "methods": several(TITLE, 20),
    },
)
PROGRAMME: Table[dict[str, tuple[str, ...]]] = Table(dict, {}, dict.fromkeys(TEXT_PARTS, TEXTS))
FORM = Table(
    _form,
    {"api": _api, "id": _form_id, "title": TITLE, "mentor": SIDE, "mentee": SIDE},
    {
        "short_title": TITLE,
        "summary": TEXT,
        "source": TEXT,
        "organisation": several(one_of(*ORGANISATIONS), 4, 1),
        "most_mentors": whole(2, MOST_PEOPLE),
        "most_mentees": whole(2, MOST_PEOPLE),
        "models": several(MODEL, 20),
        "subtypes": several(SUBTYPE, 20),
        "length_days": whole(1, 3660),
        "meeting_every_days": whole(1, 366),
        "alert_days": whole(1, 366),
        "parents_consent": flag,
        "plans": several(PLAN, 4),
        "meetings": several(MEETING, 30),
        "texts": PROGRAMME,
        "areas": several(TITLE, 30),
        "questionnaires": several(QUESTIONNAIRE, 12),
        "matching": several(MATCH, 20),
        "parameters": several(PARAMETER, 20),
        "documents": DOCUMENTS,
        "evaluation": EVALUATION,
        "deficits": DEFICITS,
        "control": CONTROL,
    },
    (
        different("models", "id"),
        different("subtypes", "id"),
        different("meetings", "id"),
        different("plans", "owner"),
        different("questionnaires", "id"),
        different("matching", "id"),
        different("parameters", "id"),
        bounds_fit,
        one_a_phase,
        pairs_fit,
        rows_are_called_for,
        matching_fits,
    ),
)
