"""One questionnaire: answering it, checking what is missing, sending it, reading it, opening it again."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, get_template_attribute, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, hx, papers, sheetpage
from mentorapp.database import db, end_reading, writing
from mentorapp.domain import answers, permissions
from mentorapp.domain.answers import Answers, People
from mentorapp.domain.kinds import Field
from mentorapp.domain.permissions import Access, Action
from mentorapp.domain.questionnaire import PERSON, Question, Questionnaire
from mentorapp.domain.school_year import SchoolYear
from mentorapp.inputs import Input, day, line, not_in_future
from mentorapp.models import School, Submission, directory, submissions
from mentorapp.models.pairs import NotNow
from mentorapp.models.sheets import Outcome, Sent
from mentorapp.models.submissions import ANSWERS, SHEET, SubmissionState
from mentorapp.papers import questionnaires as questionnaire_papers

bp = Blueprint("answers", __name__, url_prefix="/answers")


class SendInput(Input):
    paper_on = day("Дата на бумаге", also=[not_in_future])


class ReopenInput(Input):
    reason = line(
        "Почему",
        required="Напишите в двух словах, зачем открыть анкету снова.",
        longest=300,
        description="Это прочтут в истории пары все её участники: не пишите, что было в ответах.",
    )


def load(submission_id: int, action: Action = Action.ANSWERS_VIEW) -> tuple[Submission, Access]:
    """The questionnaire and what the person is in its pair. 404 unless she may read it, NotAllowed unless she may act."""
    submission = access.found(db.session.get(Submission, submission_id))
    who = access.access_to(submission.pair_id)
    access.hide_unless(permissions.can(who, Action.ANSWERS_VIEW, submission))
    access.demand(action, submission, who=who)
    return submission, who


@dataclass(frozen=True, slots=True)
class Sheet:
    """A questionnaire with its answers, as pages show it."""

    submission: Submission
    questionnaire: Questionnaire
    given: Answers
    people: dict[str, People]

    def field(self, question: Question) -> Field:
        return answers.field_of(question, self.submission.pair.school_year, self.people.get(question.id, {}))

    def fields(self, questions: tuple[Question, ...]) -> dict[str, Field]:
        """By key."""
        return {key: self.field(question) for question in questions for key in question.keys}

    def shown(self, question: Question, key: str) -> str:
        return self.field(question).shown(self.given.get(key, ""))


def _sheet(submission: Submission) -> Sheet:
    asked = submission.questionnaire
    return Sheet(submission, asked, ANSWERS.of(submission.id), directory.people_for(asked, submission.pair.school_year))


@bp.get("/<int:submission_id>")
def page(submission_id: int) -> ResponseReturnValue:
    """The questionnaire: to be answered while it is open, to be read afterwards. A sheet from paper stands on one page."""
    submission, who = load(submission_id)
    if not permissions.can(who, Action.ANSWERS_EDIT, submission):
        return _reading_page(submission, who, ReopenInput(formdata=None))
    sheet = _sheet(submission)
    gaps = [gap for gap in answers.gaps(sheet.questionnaire, sheet.given) if gap.question.required]
    number = request.args.get("part", gaps[0].part if gaps else 1, type=int)
    return _filling_page(sheet, number, Outcome())


def _filling_page(sheet: Sheet, number: int, outcome: Outcome) -> str:
    parts = sheet.questionnaire.parts
    number = min(max(1, number), len(parts))
    rows = {row.key: row for row in ANSWERS.rows(sheet.submission.id)}
    return render_template(
        "answers/page.html",
        sheet=sheet,
        submission=sheet.submission,
        pair=sheet.submission.pair,
        questionnaire=sheet.questionnaire,
        parts=parts,
        here=parts if sheet.submission.from_paper else [parts[number - 1]],
        number=number,
        values={**sheet.given, **outcome.typed},
        rows=rows,
        problems=outcome.problems,
        conflicts=outcome.conflicts,
        asked=_conditionals(sheet.questionnaire, sheet.given),
        bars=[answers.progress_of(part.questions, sheet.given).percent for part in parts],
        progress=answers.progress(sheet.questionnaire, sheet.given),
    )


def _conditionals(questionnaire: Questionnaire, given: Answers) -> dict[str, bool]:
    """Question id → whether it is asked now, for those that are not always asked."""
    return {question.id: answers.is_asked(question, given) for question in questionnaire.asked if question.show_if}


@bp.post("/<int:submission_id>/values/<key>")
def save(submission_id: int, key: str) -> ResponseReturnValue:
    """Save one answer as soon as it is given."""
    sent = sheetpage.sent_value()
    with writing():
        sheet = _load_row(submission_id)
        questionnaire, year = submissions.asked_by(sheet.form_version_id, sheet.questionnaire_id), SchoolYear(sheet.year)
        question = access.found(questionnaire.of_key(key))
        people = directory.people_of_base(question.base, year) if question.kind == PERSON else {}
        field = answers.field_of(question, year, people)
        text, _written = ANSWERS.save(sheet.id, key, sent, field, by_id=access.person_id(), now=clock.now())
        given = ANSWERS.of(sheet.id)
    shown = {f"q-{name}": is_asked for name, is_asked in _conditionals(questionnaire, given).items()}
    return sheetpage.saved(text, _progress(questionnaire, given), shown=shown)


def _load_row(submission_id: int) -> Any:
    """The questionnaire as a row, if this person may answer it."""
    sheet = access.found(SHEET.row(submission_id=submission_id))
    who = access.access_to(sheet.pair_id)
    access.hide_unless(permissions.can(who, Action.ANSWERS_VIEW, sheet))
    access.demand(Action.ANSWERS_EDIT, sheet, who=who)
    return sheet


def _progress(questionnaire: Questionnaire, given: Answers) -> str:
    html: str = get_template_attribute("answers/_progress.html", "progress")(answers.progress(questionnaire, given), oob=True)
    return html


@bp.post("/<int:submission_id>")
def save_part(submission_id: int) -> ResponseReturnValue:
    """The page of a part was left by a button: save what was changed on it, then go on, back, or to the check."""
    number = request.args.get("part", 1, type=int)
    with writing():
        submission, _who = load(submission_id, Action.ANSWERS_EDIT)
        sheet = _sheet(submission)
        sent = sheetpage.sent_values(sheet.fields(sheet.questionnaire.asked))
        outcome = ANSWERS.save_all(submission.id, sent, by_id=access.person_id(), now=clock.now())
    if outcome.status:
        return _filling_page(_sheet(submission), number, outcome), outcome.status
    way = request.form.get("go", "next")
    if cleared := request.form.get("clear"):
        return _clear(submission_id, cleared, number)
    number = _neighbour(sheet.questionnaire, ANSWERS.of(submission_id), number, {"next": 1, "back": -1}.get(way, 0))
    if way == "check" or submission.from_paper or number > len(sheet.questionnaire.parts):
        return hx.go(url_for("answers.check", submission_id=submission_id))
    return hx.go(url_for("answers.page", submission_id=submission_id, part=max(1, number)))


def _neighbour(questionnaire: Questionnaire, given: Answers, number: int, step: int) -> int:
    """The next part on that way in which something is asked; beyond the ends where there is none."""
    number += step
    while step and 1 <= number <= len(questionnaire.parts) and not answers.progress_of(questionnaire.parts[number - 1].questions, given).of:
        number += step
    return number


def _clear(submission_id: int, key: str, number: int) -> ResponseReturnValue:
    """Take one answer back, on a page without script: a chosen radio button cannot be let go."""
    with writing():
        submission, _who = load(submission_id, Action.ANSWERS_EDIT)
        question = access.found(submission.questionnaire.of_key(key))
        given = ANSWERS.of(submission.id).get(key, "")
        field = answers.field_of(question, submission.pair.school_year)
        ANSWERS.save(submission.id, key, Sent("", given), field, by_id=access.person_id(), now=clock.now())
    return hx.go(url_for("answers.page", submission_id=submission_id, part=number, _anchor=f"q-{question.id}"))


@bp.get("/<int:submission_id>/check")
def check(submission_id: int) -> ResponseReturnValue:
    """What is still without an answer, and the button that sends."""
    submission, _who = load(submission_id, Action.ANSWERS_EDIT)
    return _check_page(submission, SendInput(formdata=None, paper_on=submission.paper_on), False)


def _check_page(submission: Submission, form: SendInput, refused: bool) -> str:
    sheet = _sheet(submission)
    gaps = answers.gaps(sheet.questionnaire, sheet.given)
    return render_template(
        "answers/check.html",
        sheet=sheet,
        submission=submission,
        pair=submission.pair,
        form=form,
        missing=[gap for gap in gaps if gap.question.required],
        empty=[gap for gap in gaps if not gap.question.required],
        progress=answers.progress(sheet.questionnaire, sheet.given),
        refused=refused,
    )


@bp.post("/<int:submission_id>/send")
def send(submission_id: int) -> ResponseReturnValue:
    """Lock the answers. A person is not let go while a needed answer is missing; paper is taken as it is, but not empty."""
    form = SendInput()
    valid = form.accepted()
    with writing():
        submission, who = load(submission_id)
        if submission.state is SubmissionState.SENT and submission.person_id == who.person_id:
            return hx.go(url_for("answers.page", submission_id=submission_id))  # Sent twice: the first time was enough.
        access.demand(Action.ANSWERS_EDIT, submission, who=who)
        stays = not valid or not _may_be_sent(submission)
        if not stays:
            submission.send(clock.now(), form.paper_on.data)
            _note(submission, "Анкета введена с бумаги" if submission.from_paper else "Анкета отправлена")
    if stays:
        return _check_page(submission, form, True), 422
    return hx.go(url_for("answers.page", submission_id=submission_id))


def _may_be_sent(submission: Submission) -> bool:
    """A person has answered all that is needed; of a sheet of paper something was typed in."""
    asked, given = submission.questionnaire, ANSWERS.of(submission.id)
    if submission.from_paper:
        return answers.progress(asked, given).answered > 0
    return not any(gap.question.required for gap in answers.gaps(asked, given))


def _note(submission: Submission, what: str) -> None:
    submission.note(what, access.person_id(), clock.now())


@bp.post("/<int:submission_id>/reopen")
def reopen(submission_id: int) -> ResponseReturnValue:
    """The curator lets its author mend an answer; the pair's history keeps who did it and why."""
    form = ReopenInput()
    if not form.accepted():
        submission, who = load(submission_id, Action.ANSWERS_REOPEN)
        return _reading_page(submission, who, form), 422
    with writing():
        submission, _who = load(submission_id, Action.ANSWERS_REOPEN)
        submission.open_again()
        _note(submission, f"Анкета открыта снова ({form.reason.data})")
        place = url_for("answers.page", submission_id=submission_id) if submission.from_paper else _tab(submission)
    return hx.go(place)


@bp.post("/<int:submission_id>/hand-over")
def hand_over(submission_id: int) -> ResponseReturnValue:
    """Typing from paper was begun by mistake: it is taken away, and the person may answer herself."""
    with writing():
        submission, _who = load(submission_id, Action.ANSWERS_ENTER)
        submissions.hand_over(submission)
        _note(submission, "Ввод анкеты с бумаги убран")
    return hx.go(_tab(submission))


def _tab(submission: Submission) -> str:
    return url_for("questionnaires.index", pair_id=submission.pair_id)


def _reading_page(submission: Submission, who: Access, form: ReopenInput) -> str:
    sheet = _sheet(submission)
    first = submission.first_sent_at
    return render_template(
        "answers/read.html",
        sheet=sheet,
        submission=submission,
        pair=submission.pair,
        questionnaire=sheet.questionnaire,
        asked=answers.asked(sheet.questionnaire, sheet.given),
        numbers=sheet.questionnaire.numbers,
        changed={row.key for row in ANSWERS.every.rows(sheet=submission.id) if first and row.saved_at > first},
        can_reopen=permissions.can(who, Action.ANSWERS_REOPEN) and submission.state is SubmissionState.SENT,
        own=submission.person_id == who.person_id,
        form=form,
    )


@bp.get("/<int:submission_id>/answers.pdf")
def pdf(submission_id: int) -> ResponseReturnValue:
    """The filled-in questionnaire on A4."""
    submission, _who = load(submission_id)
    if submission.state is not SubmissionState.SENT:
        raise NotNow("Анкету печатают, когда она отправлена. Пустую можно распечатать на вкладке «Анкеты».")
    sheet = _sheet(submission)
    paper = questionnaire_papers.filled_questionnaire(School.get(), submission, sheet.given, sheet.people)
    end_reading()
    return papers.answer(papers.pdf("questionnaire.html", paper=paper), f"questionnaire-{submission.id}.pdf")
