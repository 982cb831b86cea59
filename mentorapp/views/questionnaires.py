"""Questionnaires of pairs: the tab of a pair, beginning one, a blank to print, before beside after."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, hx, papers
from mentorapp.database import db, end_reading, writing
from mentorapp.domain import comparison, permissions
from mentorapp.domain.comparison import Filled
from mentorapp.domain.permissions import Access, Action, Place, Side
from mentorapp.models import Pair, Participant, School, called, directory, submissions
from mentorapp.models.asked import Asked, Stage, asked_in, sent_before, stage_of
from mentorapp.models.forms import current_version
from mentorapp.models.pairs import NotNow
from mentorapp.models.submissions import ANSWERS, SubmissionState
from mentorapp.papers import questionnaires as questionnaire_papers
from mentorapp.papers.sheet_pages import QuestionnairePaper

bp = Blueprint("questionnaires", __name__)

TOO_EARLY_OR_LATE = {
    Stage.LATER: "Время этой анкеты ещё не пришло. Она откроется сама; раньше срока её может открыть куратор.",
    Stage.MISSED: "Время этой анкеты прошло: пара завершена. Если ответы есть на бумаге, их введёт куратор.",
}


@bp.get("/pairs/<int:pair_id>/questionnaires")
def index(pair_id: int) -> ResponseReturnValue:
    """What the people of a pair were asked, and how far each has come."""
    pair, who = _load(pair_id)
    rows = asked_in([pair], clock.today())
    every = rows + sent_before(pair, clock.today())
    by_person = {row.id: [one for one in every if one.participant.id == row.id] for row in pair.participants}
    return render_template(
        "questionnaires/index.html",
        school=School.get(),
        pair=pair,
        who=who,
        together=together(pair, rows),
        people=[(row, by_person[row.id]) for row in sorted(pair.participants, key=_place)],
        may_enter=permissions.can(who, Action.ANSWERS_ENTER),
        is_asked=bool(rows),
        offered=len(called.called_rows(pair)) if permissions.can(who, Action.ANSWERS_PLAN) else 0,
    )


def _place(row: Participant) -> tuple[bool, bool, int]:
    """Mentors before mentees, and last those whose part has ended."""
    return row.until is not None, row.side is Side.MENTEE, row.id


def _load(pair_id: int, action: Action = Action.QUESTIONNAIRES_VIEW) -> tuple[Pair, Access]:
    """The pair, if this person may know how its questionnaires stand. For the others there is no such page."""
    pair, who = access.load_pair(pair_id)
    access.hide_unless(permissions.can(who, Action.QUESTIONNAIRES_VIEW))
    access.demand(action, who=who)
    return pair, who


def _participant(pair: Pair, participant_id: int) -> Participant:
    return access.found(next((row for row in pair.participants if row.id == participant_id and row.until is None), None))


@bp.post("/pairs/<int:pair_id>/questionnaires/<int:participant_id>/<phase>")
def begin(pair_id: int, participant_id: int, phase: str) -> ResponseReturnValue:
    """Begin or go on: its author on the screen, the curator from paper (`how=paper`), or before its time (`how=early`)."""
    how = request.form.get("how", "")
    with writing():
        pair, who = _load(pair_id)
        row = _participant(pair, participant_id)
        access.demand(Action.ANSWERS_ENTER if how in ("paper", "early") else Action.ANSWERS_GIVE, Place(participant_id), who=who)
        place = _begin(pair, row, phase, how)
    return hx.go(place)


def _begin(pair: Pair, row: Participant, phase: str, how: str) -> str:
    submission = submissions.submission_of(row.id, phase)
    is_new = submission is None
    if submission is None:
        stage = stage_of(pair, phase, None, clock.today())
        if not how and stage in TOO_EARLY_OR_LATE:
            raise NotNow(TOO_EARLY_OR_LATE[stage])
        submission = submissions.begin(row, phase, clock.now())
    else:
        submissions.ask_anew(submission)
    if how == "paper":
        submissions.take_from_paper(submission, access.person_id())
    db.session.flush()
    if how == "early":
        if is_new:
            submission.note("Анкета открыта раньше срока", access.person_id(), clock.now())
        return url_for("questionnaires.index", pair_id=pair.id)
    return url_for("answers.page", submission_id=submission.id)


@bp.get("/pairs/<int:pair_id>/questionnaires/<int:participant_id>/<phase>/blank.pdf")
def blank(pair_id: int, participant_id: int, phase: str) -> ResponseReturnValue:
    """An empty questionnaire on paper for one person of the pair."""
    pair, _who = _load(pair_id)
    paper = _blank(_participant(pair, participant_id), phase)
    end_reading()
    return papers.answer(papers.pdf("questionnaire.html", paper=paper), f"questionnaire-{pair_id}-{phase}.pdf")


@bp.get("/pairs/<int:pair_id>/questionnaires/<phase>/blanks.pdf")
def blanks(pair_id: int, phase: str) -> ResponseReturnValue:
    """The empty questionnaires of all who have not answered yet, one after another."""
    pair, _who = _load(pair_id)
    rows = [one.participant for one in _waiting(asked_in([pair], clock.today())).get(phase, [])]
    access.hide_unless(bool(rows))
    found = [_blank(row, phase) for row in sorted(rows, key=_place)]
    end_reading()
    return papers.answer(papers.one_after_another("questionnaire.html", found), f"questionnaires-{pair_id}-{phase}.pdf")


def together(pair: Pair, asked: list[Asked]) -> dict[str, int]:
    """For a group: phase → how many have not answered yet, where their blanks are worth one file."""
    waiting = {phase: len(rows) for phase, rows in _waiting(asked).items()}
    return {phase: number for phase, number in waiting.items() if number > 1} if len(pair.present) > len(Side) else {}


def _waiting(asked: list[Asked]) -> dict[str, list[Asked]]:
    """Phase → what people of the pair have not sent yet."""
    found: dict[str, list[Asked]] = {}
    for one in asked:
        if one.stage is not Stage.SENT:
            found.setdefault(one.phase, []).append(one)
    return found


def _blank(row: Participant, phase: str) -> QuestionnairePaper:
    pair = row.pair
    begun, version_id = submissions.submission_of(row.id, phase), current_version(pair.form_id)
    today = submissions.questionnaire_for(version_id, row.side, phase) if version_id else None
    asked = access.found(begun.questionnaire if begun else today)  # What is typed in is what was printed.
    return questionnaire_papers.blank_questionnaire(
        School.get(),
        row,
        asked,
        directory.people_for(asked, pair.school_year),
        code=f"пара {pair.id}",
        address=url_for("questionnaires.index", pair_id=pair.id, _external=True, _anchor=f"p{row.id}"),
    )


@bp.get("/pairs/<int:pair_id>/questionnaires/<int:participant_id>/compare")
def compare(pair_id: int, participant_id: int) -> ResponseReturnValue:
    """Before beside after, for the curator and for the person herself."""
    pair, who = _load(pair_id)
    row = access.found(next((row for row in pair.participants if row.id == participant_id), None))
    access.hide_unless(permissions.can(who, Action.ANSWERS_COMPARE, Place(participant_id)))
    before, after = _sent(row, "before"), _sent(row, "after")
    people: dict[str, str] = {}
    for filled in (before, after):
        for names in directory.people_for(filled.questionnaire, pair.school_year).values() if filled else ():
            people |= names
    lines = comparison.compare(before, after, people)
    found = comparison.tally(lines)
    return render_template("questionnaires/compare.html", pair=pair, who=who, row=row, lines=lines, before=before, after=after, tally=found)


def _sent(row: Participant, phase: str) -> Filled | None:
    """What was sent; a questionnaire that is still being answered is no measurement."""
    submission = submissions.submission_of(row.id, phase)
    if submission is None or submission.state is not SubmissionState.SENT:
        return None
    return Filled(submission.questionnaire, ANSWERS.of(submission.id))
