"""A draft as people will see it: beside its cards, on paper, and as a questionnaire that may be tried out."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from flask import Blueprint, get_template_attribute, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm.attributes import flag_modified

from mentorapp import access, clock, hx, papers, sheetpage, words
from mentorapp.database import end_reading, writing
from mentorapp.domain import answers
from mentorapp.domain.answers import Answers
from mentorapp.domain.formspec import FormSpec
from mentorapp.domain.kinds import Field, NotUnderstood
from mentorapp.domain.permissions import Side
from mentorapp.domain.questionnaire import Question, Questionnaire
from mentorapp.drafting import preview as previews
from mentorapp.models import FormDraft, School
from mentorapp.models.drafts import AnyDraft
from mentorapp.models.pairs import NotNow
from mentorapp.models.sheets import Outcome
from mentorapp.papers import blanks
from mentorapp.views.drafts import load, read
from mentorapp.views.forms import shown_plan, shown_texts

bp = Blueprint("draft_look", __name__, url_prefix="/forms/<form_id>/draft")

NOTHING_YET = "Показывать пока нечего: допишите, чего здесь не хватает. Черновик цел."


@dataclass(frozen=True, slots=True)
class TrialSheet:
    """A questionnaire of a draft with the answers it was tried with, as pages of answers want a sheet."""

    questionnaire: Questionnaire
    given: Answers

    def field(self, question: Question) -> Field:
        return answers.field_of(question, clock.current_year(), {})


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """One question of a preview. Two are the same when all that is shown of them is: `words`."""

    words: str
    question: Question = field(compare=False)
    number: int = field(compare=False)
    sheet: TrialSheet = field(compare=False)


def _painted(question: Question, number: int, sheet: TrialSheet) -> str:
    """A question to look at. A save changes one of sixty, so the others need not be painted anew."""
    shown = (question, number, words.condition_words(sheet.questionnaire, question), clock.current_year())
    return _paint(ShownQuestion(repr(shown), question, number, sheet))


@lru_cache(maxsize=200)
def _paint(shown: ShownQuestion) -> str:
    html: str = get_template_attribute("answers/_question.html", "question")(
        shown.question, shown.number, shown.sheet, {}, {}, {}, {}, {}, False
    )
    return html


def _asked(spec: FormSpec, questionnaire_id: str) -> Questionnaire | None:
    return next((one for one in spec.questionnaires if one.id == questionnaire_id), None)


@bp.get("/parts/<part>/preview")
def preview(form_id: str, part: str) -> ResponseReturnValue:
    """How one part will look, as far as it is right."""
    row = read(form_id)
    spec, school = previews.spec_of(row), School.get()
    kind, _dot, name = part.partition(".")
    asked = _asked(spec, name) if kind == "questionnaires" else None
    sides = {side: words.side_words(spec, school, side) for side in Side}
    return render_template(
        "drafts/_preview.html" if hx.wants_fragment() else "drafts/preview.html",
        row=row,
        part=part,
        kind=kind,
        spec=spec,
        school=school,
        sides=sides,
        sheet=TrialSheet(asked, {}) if asked else None,
        plan=shown_plan(spec.plans[name]) if kind == "plans" and name in spec.plans else None,
        texts=shown_texts(spec, sides),
        year=clock.current_year(),
        painted=_painted,
    )


@bp.get("/parts/<part>/paper.pdf")
def paper(form_id: str, part: str) -> ResponseReturnValue:
    """How one part will be printed, with lines for those who are not known yet."""
    row = read(form_id)
    spec, school = previews.spec_of(row), School.get()
    made = _paper(part, request.args.get("card", ""), spec, school)
    if made is None:
        raise NotNow(NOTHING_YET)
    end_reading()
    template, content = made
    return papers.answer(papers.pdf(template, paper=content), f"{part.replace('.', '-')}.pdf")


def _paper(part: str, card: str, spec: FormSpec, school: School) -> tuple[str, Any] | None:
    """The template and what it prints; None where nothing can be printed yet."""
    kind, _dot, name = part.partition(".")
    if kind == "questionnaires" and (asked := _asked(spec, name)):
        return "questionnaire.html", blanks.questionnaire(school, asked)
    if kind == "plans" and name in spec.plans:
        return "plan.html", blanks.plan(school, spec, spec.plans[name], clock.current_year())
    if kind == "meetings" and spec.meetings:
        chosen = next((one for one in spec.meetings if card == f"meetings.{one.id}"), spec.meetings[0])
        return "checklist.html", blanks.checklist(school, spec, chosen, clock.current_year())
    if kind == "evaluation" and spec.evaluation:
        return "evaluation.html", blanks.evaluation(school, spec, spec.evaluation)
    return None


# --- Trying a questionnaire out -------------------------------------------------------------------


def _trial(row: AnyDraft, questionnaire_id: str) -> TrialSheet:
    asked = _asked(previews.spec_of(row), questionnaire_id)
    if asked is None:
        raise NotNow(NOTHING_YET)
    known = {key for question in asked.asked for key in question.keys}
    given = {key: text for key, text in row.trial.get(questionnaire_id, {}).items() if key in known}
    return TrialSheet(asked, given)


@bp.get("/try/<questionnaire_id>")
def fill(form_id: str, questionnaire_id: str) -> ResponseReturnValue:
    """The questionnaire as it will be asked; its answers are kept with the draft and nowhere else."""
    row = read(form_id)
    return _filling_page(row, _trial(row, questionnaire_id), request.args.get("part", 1, type=int), Outcome())


def _filling_page(row: AnyDraft, sheet: TrialSheet, number: int, outcome: Outcome) -> str:
    parts = sheet.questionnaire.parts
    number = min(max(1, number), len(parts))
    return render_template(
        "drafts/try.html",
        row=row,
        sheet=sheet,
        questionnaire=sheet.questionnaire,
        parts=parts,
        number=number,
        values={**sheet.given, **outcome.typed},
        problems=outcome.problems,
        asked=_conditionals(sheet),
        progress=answers.progress(sheet.questionnaire, sheet.given),
    )


def _conditionals(sheet: TrialSheet) -> dict[str, bool]:
    return {one.id: answers.is_asked(one, sheet.given) for one in sheet.questionnaire.asked if one.show_if}


@bp.post("/try/<questionnaire_id>/values/<key>")
def save(form_id: str, questionnaire_id: str, key: str) -> ResponseReturnValue:
    """Keep one answer of the trial."""
    with writing():
        row = load(form_id)
        sheet = _trial(row, questionnaire_id)
        question = access.found(sheet.questionnaire.of_key(key))
        text = sheet.field(question).parse(sheetpage.sent_value().typed)
        sheet = _keep(row, sheet, {key: text})
    shown = {f"q-{name}": is_asked for name, is_asked in _conditionals(sheet).items()}
    html: str = get_template_attribute("answers/_progress.html", "progress")(answers.progress(sheet.questionnaire, sheet.given), oob=True)
    return sheetpage.saved(text, html, shown=shown)


def _keep(row: FormDraft, sheet: TrialSheet, texts: Answers) -> TrialSheet:
    given = {key: text for key, text in {**sheet.given, **texts}.items() if text}
    row.trial = {**row.trial, sheet.questionnaire.id: given}
    flag_modified(row, "trial")
    return TrialSheet(sheet.questionnaire, given)


@bp.post("/try/<questionnaire_id>")
def go_on(form_id: str, questionnaire_id: str) -> ResponseReturnValue:
    """A page of the trial was left by a button: keep what was answered on it, then go on or back, or to the end."""
    number, way = request.args.get("part", 1, type=int), request.form.get("go", "next")
    outcome = Outcome()
    with writing():
        row = load(form_id)
        sheet = _trial(row, questionnaire_id)
        if way == "again":
            row.trial = {**row.trial, questionnaire_id: {}}
            flag_modified(row, "trial")
            return hx.go(url_for("draft_look.fill", form_id=form_id, questionnaire_id=questionnaire_id))
        texts = _typed(sheet, outcome)
        if cleared := request.form.get("clear"):
            texts[cleared] = ""
        sheet = _keep(row, sheet, texts)
    if outcome.status:
        return _filling_page(row, sheet, number, outcome), outcome.status
    number += {"next": 1, "back": -1}.get(way, 0) if "clear" not in request.form else 0
    if number > len(sheet.questionnaire.parts):
        return hx.go(url_for("draft_look.tried", form_id=form_id, questionnaire_id=questionnaire_id))
    return hx.go(url_for("draft_look.fill", form_id=form_id, questionnaire_id=questionnaire_id, part=max(1, number)))


def _typed(sheet: TrialSheet, outcome: Outcome) -> dict[str, str]:
    """The answers of a page without script; what is not understood is said on the page that comes back."""
    fields = {key: sheet.field(question) for question in sheet.questionnaire.asked for key in question.keys}
    texts = {}
    for key, (sent, place) in sheetpage.sent_values(fields).items():
        try:
            texts[key] = place.parse(sent.typed)
        except NotUnderstood as problem:
            outcome.problems[key], outcome.typed[key] = str(problem), sent.typed
    return texts


@bp.get("/try/<questionnaire_id>/end")
def tried(form_id: str, questionnaire_id: str) -> ResponseReturnValue:
    """What the trial brought: the gaps that would keep it from being sent, and the answers as a curator would read them."""
    row = read(form_id)
    sheet = _trial(row, questionnaire_id)
    gaps = [gap for gap in answers.gaps(sheet.questionnaire, sheet.given) if gap.question.required]
    return render_template(
        "drafts/tried.html",
        row=row,
        sheet=sheet,
        questionnaire=sheet.questionnaire,
        gaps=gaps,
        asked=answers.asked(sheet.questionnaire, sheet.given),
        numbers=sheet.questionnaire.numbers,
    )
