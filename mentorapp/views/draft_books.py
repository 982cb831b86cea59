"""One part of a draft as a workbook: taken away to be filled in on another computer, and brought in again."""

from io import BytesIO
from typing import Any

from flask import Blueprint, abort, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, hx
from mentorapp.database import as_json, end_reading, writing
from mentorapp.domain import draft
from mentorapp.domain.names import file_title
from mentorapp.drafting import effects, parts, saving
from mentorapp.drafting.parts import Part
from mentorapp.forms import sheets_in, sheets_out
from mentorapp.forms.sheets_in import SheetProblem
from mentorapp.models.drafts import Draft
from mentorapp.views.drafts import load, read

bp = Blueprint("draft_books", __name__, url_prefix="/forms/<form_id>/draft/parts/<part>")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Part of a draft → what sort of workbook it makes.
KINDS = {"questionnaires": "questionnaire", "plans": "plan", "evaluation": "rubric"}


def _read(form_id: str, part: str) -> tuple[Draft, Part, str]:
    """The draft, the part and the sort of its workbook. 404 for a part that makes none."""
    row = read(form_id)
    kind = KINDS.get(part.partition(".")[0])
    return row, access.found(parts.part_of(row.content, part)), kind or abort(404)


@bp.get("/part.xlsx")
def download(form_id: str, part: str) -> ResponseReturnValue:
    """What the part says now; an empty part gives a workbook to be filled in."""
    row, here, kind = _read(form_id, part)
    content, asked = draft.get(row.content, part), draft.entries(row.content, "questionnaires")
    end_reading()
    made = _book(kind, content, asked) if content else sheets_out.empty_book(kind)
    return send_file(BytesIO(made), XLSX, as_attachment=True, download_name=f"{file_title(_title(row, here))}.xlsx")


def _title(row: Draft, part: Part) -> str:
    """What the workbook is called: by its own title where the part has one."""
    own = str((draft.get(row.content, part.slug) or {}).get("title") or f"{part.group}, {part.title}")
    return f"{own} — {row.content.get('title', '')}"


def _book(kind: str, content: dict[str, Any], asked: list[dict[str, Any]]) -> bytes:
    if kind == "plan":
        return sheets_out.plan_book(content, asked)
    return sheets_out.questionnaire_book(content) if kind == "questionnaire" else sheets_out.rubric_book(content)


@bp.get("/book")
def page(form_id: str, part: str) -> ResponseReturnValue:
    """Which workbook."""
    row, here, _kind = _read(form_id, part)
    return _page(row, here, [])


def _page(row: Draft, part: Part, problems: list[SheetProblem], filename: str = "") -> str:
    return render_template("drafts/book.html", row=row, part=part, problems=problems, filename=filename)


@bp.post("/book")
def upload(form_id: str, part: str) -> ResponseReturnValue:
    """Put what a workbook says in the place of the part, as one step that can be taken back. A wrong one changes nothing."""
    row, here, kind = _read(form_id, part)
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _page(row, here, [SheetProblem("", "", "Файл не выбран. Выберите книгу .xlsx.")]), 422
    usual, asked = draft.get(row.content, part) or {}, draft.entries(row.content, "questionnaires")
    end_reading()
    with sent.stream as stream:
        made, problems = sheets_in.read_book(kind, stream.read(), asked, usual=usual)
    if made is None:
        return _page(read(form_id), here, problems, sent.filename), 422
    kept = {key: usual[key] for key in ("id", "owner") if key in usual}  # the address of the part stays
    with writing():
        _read(form_id, part)  # the part may be gone by now
        changed = load(form_id)
        before = changed.content
        content = draft.with_ids({"plans": [made | kept]})["plans"][0] if kind == "plan" else made | kept

        def give(old: dict[str, Any]) -> None:
            draft.put(old, part, content)
            if kind == "questionnaire":
                effects.align_all(old, part)

        saving.change(changed, give, "часть из XLSX", by_id=access.person_id(), now=clock.now())
        news = _news(before, changed.content, part) | {"other": int(before != changed.content)}
    return hx.go(url_for("drafts.page", form_id=form_id, part=part, book=1, **news))


def _news(before: dict[str, Any], after: dict[str, Any], part: str) -> dict[str, Any]:
    """How many cards the workbook added, changed and removed."""
    old, new = _cards(before, part), _cards(after, part)
    return {
        "added": len(new.keys() - old.keys()),
        "changed": sum(old[address] != new[address] for address in old.keys() & new.keys()),
        "removed": len(old.keys() - new.keys()),
    }


def _cards(content: dict[str, Any], part: str) -> dict[str, dict[str, str]]:
    """What each card of the part says, by its address; what stands inside a group is a card of its own.

    In whichever order a card's keys stand it says the same; the order of its options is content.
    """
    found = parts.part_of(content, part)
    return {
        f"{listed.address}.{draft.id_of(entry)}": {name: as_json(value) for name, value in entry.items() if name not in parts.INSIDE_GROUPS}
        for listed in (found.lists if found else ())
        for entry in draft.entries(content, listed.address)
    }
