"""All papers of a pair on one page: what can be printed now, and what is printed to be filled in by hand."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, words
from mentorapp.database import db
from mentorapp.domain import permissions
from mentorapp.domain.documents import PLACEHOLDERS, missing_in
from mentorapp.domain.permissions import Access, Action
from mentorapp.models import Evaluation, Meeting, Pair, Plan, School, deficits, evaluations
from mentorapp.models.asked import Asked, Stage, asked_in, sent_before
from mentorapp.models.meetings import MeetingState
from mentorapp.papers import documents
from mentorapp.papers.measurements import TITLE
from mentorapp.views.measurements import sheets_of
from mentorapp.views.questionnaires import together

bp = Blueprint("pair_papers", __name__)


@dataclass(frozen=True, slots=True)
class Printable:
    """One paper: what it is, what is known of it, and the address where it is printed as endpoint and its values.

    While something in it is not known, the same address says what.
    """

    title: str
    note: str
    endpoint: str
    values: dict[str, Any]
    is_ready: bool = True


@bp.get("/pairs/<int:pair_id>/papers")
def index(pair_id: int) -> ResponseReturnValue:
    """Plans, papers of the form, checklists, questionnaires, deficits, evaluation: those that this person may read."""
    pair, who = access.load_pair(pair_id)
    groups = [
        ("Планы", _plans(pair)),
        ("Тексты формы", _documents(pair)),
        ("Чек-листы встреч", _checklists(pair)),
        ("Анкеты", _questionnaires(pair, who)),
        ("Дефициты", _deficits(pair, who)),
        ("Оценка", _evaluation(pair, who)),
        ("Замеры", _measurements(pair, who)),
    ]
    return render_template("pairs/papers.html", pair=pair, who=who, groups=[group for group in groups if group[1]])


def _plans(pair: Pair) -> list[Printable]:
    plans = list(db.session.execute(sa.select(Plan).where(Plan.pair_id == pair.id).order_by(Plan.id)).scalars())
    names = words.plan_names_in(pair, School.get())
    found = [
        Printable(
            plan.template.title + names[plan.owner, plan.participant_id].removeprefix(names[plan.owner, None]),
            words.PLAN_STATES[plan.state],
            "plans.pdf",
            {"plan_id": plan.id},
        )
        for plan in plans
    ]
    if len(plans) > 1:
        found.append(Printable("Все планы подряд", "", "plans.pdf", {"plan_id": plans[0].id, "all": 1}))
    return found


def _documents(pair: Pair) -> list[Printable]:
    values, found = documents.values_for(School.get(), pair), []
    for kind, document in documents.documents_of(pair).items():
        if kind != documents.ABOVE_THE_PLAN:
            missing = missing_in(document, values)
            note = f"не вписано: {'; '.join(PLACEHOLDERS[name] for name in missing)}" if missing else words.DOCUMENTS[kind].lower()
            found.append(Printable(document.title, note, "documents.pdf", {"pair_id": pair.id, "kind": kind}, not missing))
    return found


def _checklists(pair: Pair) -> list[Printable]:
    query = sa.select(Meeting).where(Meeting.pair_id == pair.id, Meeting.removed_at.is_(None)).order_by(Meeting.number.desc())
    return [
        Printable(f"№ {one.number}, {one.type_title}", _day(one, clock.today()), "meetings.checklist", {"meeting_id": one.id})
        for one in db.session.execute(query).scalars()
    ]


def _day(meeting: Meeting, today: date) -> str:
    day = meeting.held_on or meeting.planned_on
    waits = meeting.state is MeetingState.PLANNED and day is not None and day < today
    state = "не записана" if waits else words.MEETING_STATES[meeting.state].lower()
    return f"{day:%d.%m.%Y}, {state}" if day else state


def _questionnaires(pair: Pair, who: Access) -> list[Printable]:
    if not permissions.can(who, Action.QUESTIONNAIRES_VIEW):
        return []
    asked = asked_in([pair], clock.today())
    found = _all_blanks(pair, asked)
    for one in asked:
        blank = "questionnaires.blank", {"pair_id": pair.id, "participant_id": one.participant.id, "phase": one.phase}
        found += [*_filled(one, who), Printable(one.questionnaire.title, f"{one.person.short_name}, пустой бланк", *blank)]
    return found + [paper for one in sent_before(pair, clock.today()) for paper in _filled(one, who)]


def _all_blanks(pair: Pair, asked: list[Asked]) -> list[Printable]:
    """For a group: the blanks of everybody who has not answered yet, as one file."""
    return [
        Printable(
            f"Все анкеты подряд: {words.PHASES[phase].lower()}",
            f"пустые бланки: {number}",
            "questionnaires.blanks",
            {"pair_id": pair.id, "phase": phase},
        )
        for phase, number in together(pair, asked).items()
    ]


def _filled(one: Asked, who: Access) -> list[Printable]:
    """The answers, for who may read them."""
    if one.submission is None or one.stage is not Stage.SENT or not permissions.can(who, Action.ANSWERS_VIEW, one.submission):
        return []
    return [Printable(one.questionnaire.title, f"{one.person.short_name}, заполнена", "answers.pdf", {"submission_id": one.submission.id})]


def _deficits(pair: Pair, who: Access) -> list[Printable]:
    begun = deficits.lists_of(pair.id)
    empty = [row for row in pair.present if row.id in begun and permissions.can(who, Action.DEFICITS_VIEW, begun[row.id])]
    found = []
    if len(empty) > 1:
        found.append(Printable("Все чек-листы дефицитов подряд", f"пустые бланки: {len(empty)}", "deficits.blanks", {"pair_id": pair.id}))
    for row in pair.participants:
        made = begun.get(row.id)
        if made is not None and permissions.can(who, Action.DEFICITS_VIEW, made):
            title, person = made.catalogue.title, row.person.short_name
            found.append(Printable(title, person, "deficits.pdf", {"list_id": made.id}))
            if row.until is None:
                found.append(Printable(title, f"{person}, пустой бланк", "deficits.pdf", {"list_id": made.id, "blank": 1}))
    return found


def _evaluation(pair: Pair, who: Access) -> list[Printable]:
    if not permissions.can(who, Action.EVALUATION_VIEW):
        return []
    found = [
        Printable(sheet.rubric.title, _about(sheet), "evaluations.pdf", {"evaluation_id": sheet.id})
        for sheet, _score in evaluations.sheets_of(pair.id)
    ]
    criteria = evaluations.criteria_of(pair)
    return [*found, Printable(criteria[1].title, "пустой лист", "evaluations.blank", {"pair_id": pair.id})] if criteria else found


def _about(sheet: Evaluation) -> str:
    whom = f"о ком: {sheet.whom}, " if sheet.whom else ""
    return f"{whom}{sheet.rated_on:%d.%m.%Y}, оценивает {sheet.rater.short_name}"


def _measurements(pair: Pair, who: Access) -> list[Printable]:
    found = []
    for sheet in sheets_of(pair, who):
        place, person = {"pair_id": pair.id, "participant_id": sheet.row.id}, sheet.row.person.short_name
        if sheet.id is not None:
            found.append(Printable(TITLE, person, "measurements.pdf", place))
        found.append(Printable(TITLE, f"{person}, пустой бланк", "measurements.pdf", place | {"blank": 1}))
    return found
