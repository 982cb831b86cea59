"""What was answered to the questionnaires of a form: how much there is, one questionnaire as a table, all of them as a workbook."""

from collections.abc import Iterator
from io import BytesIO

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue

from mentorapp import access
from mentorapp.database import db, end_reading
from mentorapp.domain.answertable import AnswerTable, Cell
from mentorapp.domain.names import file_title
from mentorapp.domain.permissions import Action
from mentorapp.forms import answers_out
from mentorapp.forms.answers_out import AnswerSheet
from mentorapp.models import MentoringForm, answered
from mentorapp.models.answered import Answered, Gathered, Row
from mentorapp.models.pairs import NotNow

bp = Blueprint("form_answers", __name__, url_prefix="/forms/<form_id>")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ON_A_PAGE, CELLS_OF_A_PAGE, LEAST_ON_A_PAGE = 25, 3000, 5  # a page of the longest questionnaire still opens on a phone
AT_A_TURN = 200  # so many sheets lie in memory while a workbook is written


def _load(form_id: str) -> MentoringForm:
    """The form, archived ones too, if this person reads what was answered to it."""
    access.hide_unless(access.may(Action.FORMS_VIEW))
    form = access.found(db.session.get(MentoringForm, form_id))
    access.demand(Action.ANSWERS_GATHER, form_id)
    return form


@bp.get("/answers")
def index(form_id: str) -> ResponseReturnValue:
    """The questionnaires of the form over all its versions, each with how many were sent."""
    form = _load(form_id)
    rows = answered.gathered(form_id, access.access())
    return render_template("forms/answers.html", form=form, rows=rows, is_any=any(map(_is_readable, rows)), hidden=sum(map(_hidden, rows)))


def _is_readable(one: Gathered) -> bool:
    return one.count.readable > 0


def _hidden(one: Gathered) -> int:
    """Sheets of pairs in which she stands or stood herself: another curator reads them."""
    return one.count.sent - one.count.readable


@bp.get("/answers/<questionnaire_id>")
def page(form_id: str, questionnaire_id: str) -> ResponseReturnValue:
    """One questionnaire: a row for each sent sheet, a column for each question."""
    form = _load(form_id)
    found = access.found(answered.answered(form_id, questionnaire_id, access.access()))
    size = _page_size(found.table)
    pages = -(-len(found.ids) // size)
    number = max(1, min(request.args.get("page", 1, type=int), pages))
    return render_template(
        "forms/answer_table.html",
        form=form,
        questionnaire_id=questionnaire_id,
        table=found.table,
        total=len(found.ids),
        rows=[(row, _cells(found, row)) for row in found.rows(found.ids[(number - 1) * size : number * size])],
        number=number,
        pages=pages,
    )


def _page_size(table: AnswerTable) -> int:
    return max(LEAST_ON_A_PAGE, min(ON_A_PAGE, CELLS_OF_A_PAGE // max(1, len(table.every))))


def _cells(found: Answered, row: Row) -> list[Cell]:
    return found.table.cells(row.version, row.given, found.people)


@bp.get("/answers.xlsx")
def download(form_id: str) -> ResponseReturnValue:
    """The same of all questionnaires as a workbook, a sheet each. Nothing is noted of it, as of a paper: looking changes nothing."""
    form = _load(form_id)
    who = access.access()
    ids = [one.questionnaire.id for one in answered.gathered(form_id, who) if _is_readable(one)]
    if not ids:
        raise NotNow("Отправленных анкет, которые вы можете прочитать, пока нет, и скачивать нечего. Таблица появится с первой из них.")
    sheets = [access.found(answered.answered(form_id, id, who)) for id in ids]
    made = answers_out.answers_book([AnswerSheet(one.table, _turns(one), one.people) for one in sheets])
    return send_file(BytesIO(made), XLSX, as_attachment=True, download_name=f"Ответы — {file_title(form.title)}.xlsx")


def _turns(found: Answered) -> Iterator[list[Row]]:
    """Nothing of the database is held while rows are written."""
    for rows in found.in_turns(AT_A_TURN):
        end_reading()
        yield rows
