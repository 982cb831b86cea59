"""What the files of a mentoring form may say, as tables: read them from the last one, FORM, upwards.

A key is added in three places: its dataclass in `formspec`, its line in a table here, its row in `docs/dev/forms.md`.
"""

import json
from collections.abc import Mapping
from typing import Any

from mentorapp.domain import formwrite, tomltext
from mentorapp.domain.conditioncheck import rows_are_called_for
from mentorapp.domain.expect import (
    ID,
    TEXT,
    TEXTS,
    TITLE,
    WORD,
    Place,
    Table,
    different,
    is_a,
    matching,
    one_of,
    several,
    shown,
    whole,
)
from mentorapp.domain.formspec import (
    API,
    ORGANISATIONS,
    OWNERS,
    PERSON_KINDS,
    TEXT_PARTS,
    FormSpec,
    MeetingType,
    Model,
    PlanTemplate,
    Problem,
    Side,
    Subtype,
)
from mentorapp.domain.organisation import MOST_PEOPLE, bounds_fit
from mentorapp.domain.partcheck import DOCUMENTS, MATCH, PARAMETER, matching_fits
from mentorapp.domain.plancheck import PLAN
from mentorapp.domain.questioncheck import QUESTIONNAIRE, flag, one_a_phase, pairs_fit
from mentorapp.domain.sheetcheck import CONTROL, DEFICITS, EVALUATION

MAIN_FILE = "form.toml"
# A form that was typed as densely as can be does not grow fourfold when it is written out.
_SURELY_FITS = tomltext.MOST_BYTES // 4
# Words that the product and its addresses use where a form's id may stand.
RESERVED = ("core", "new", "import")


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


# --- Rules between the keys of one table; they see it as it was written ---------------------------


def _ages_in_order(side: Mapping[str, Any], at: Place) -> None:
    least, most = side.get("least_age"), side.get("most_age")
    if type(least) is int and type(most) is int and least > most:
        at.key("most_age").wrong("наибольший возраст меньше наименьшего; поменяйте их местами")


# --- Building ------------------------------------------------------------------------------------


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
