"""What a pair still needs for its next state, in words: to begin its work, to end it, and after the end for the report."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from mentorapp.database import db
from mentorapp.domain.formspec import FormSpec
from mentorapp.domain.permissions import OWNERS_APPROVED, Side
from mentorapp.domain.planning import ItemState, PlanState
from mentorapp.models.asked import Stage, asked_in
from mentorapp.models.deficits import lists_of
from mentorapp.models.evaluations import sheets_of
from mentorapp.models.forms import current_version, spec_of
from mentorapp.models.measurements import lacking
from mentorapp.models.meetings import Meeting, MeetingState, Norm, norms
from mentorapp.models.pairs import Pair, PairState, Participant
from mentorapp.models.plans import Plan, PlanItem


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is not there yet, and the page on which it is done. Without one that `blocks` the state cannot be taken."""

    text: str
    endpoint: str
    values: dict[str, Any]
    blocks: bool = False


def missing(pair: Pair, today: date) -> list[Missing]:
    """All that the pair needs for the state that comes next, a pair that works for its end; the first ones block."""
    if pair.archived_at is not None:
        return []
    version_id = current_version(pair.form_id)
    spec = spec_of(version_id) if version_id else pair.spec
    found = [*_consents(pair, today), *_clearances(pair, today)] if pair.state is not PairState.FINISHED else []
    if pair.state in (PairState.PROPOSED, PairState.AGREED):
        found += _to_begin(pair)
    elif pair.state is not PairState.FINISHED:
        found += _while_it_works(pair, spec)
    found += _questionnaires(pair, today)
    if pair.state not in (PairState.PROPOSED, PairState.AGREED):
        found += _to_end(pair, spec, today)
    return found


def _consents(pair: Pair, today: date) -> Iterator[Missing]:
    for row in pair.participants:
        if row.until is None and (gap := row.person.consent_gap(today)):
            yield Missing(f"{row.person.short_name}: {gap}", "people.card", {"person_id": row.person_id}, _rests(pair))


def _clearances(pair: Pair, today: date) -> Iterator[Missing]:
    """A pair that works is not stopped by a paper that ran out: it is told, and people decide."""
    for person, words in pair.clearance_gaps(today):
        place = {"person_id": person.id, "_anchor": "clearances"}
        yield Missing(f"{person.short_name}: {words}", "people.card", place, _rests(pair))


def _rests(pair: Pair) -> bool:
    return pair.state in (PairState.PROPOSED, PairState.AGREED, PairState.PAUSED)


def _to_begin(pair: Pair) -> Iterator[Missing]:
    here = {"pair_id": pair.id}
    if pair.state is PairState.PROPOSED:
        yield Missing("не отмечено, что стороны согласны", "pairs.edit", here)
    if not pair.order_number:
        yield Missing("не вписан приказ", "pairs.edit", here)


def _while_it_works(pair: Pair, spec: FormSpec) -> Iterator[Missing]:
    here = {"pair_id": pair.id}
    query = sa.select(Plan).where(Plan.pair_id == pair.id, _of_present()).order_by(Plan.id)
    for plan in db.session.execute(query).scalars():
        if plan.owner in OWNERS_APPROVED and plan.state in (PlanState.DRAFT, PlanState.AGREED):
            whose = _whose(pair, plan.participant_id)
            yield Missing(f"не утверждён: {plan.template.title.lower()}{whose}", "plans.page", {"plan_id": plan.id})
    begun = lists_of(pair.id) if spec.deficits else {}
    for row in pair.participants:
        if spec.deficits and row.side is Side.MENTEE and row.until is None:
            made = begun.get(row.id)
            if made is None or made.agreed_on is None:
                word = "не начат чек-лист дефицитов" if made is None else "не согласована очередь дефицитов"
                yield Missing(f"{word}: {row.person.short_name}", "deficits.index", here)


def _questionnaires(pair: Pair, today: date) -> Iterator[Missing]:
    works = pair.state in (PairState.ACTIVE, PairState.PAUSED)
    for one in asked_in([pair], today):
        if one.is_missing or (works and one.phase == "after" and one.stage is Stage.LATER):
            text = f"нет ответов: {one.person.short_name}, {one.questionnaire.title.lower()}"
            yield Missing(text, "questionnaires.index", {"pair_id": pair.id, "_anchor": f"p{one.participant.id}"})


def _to_end(pair: Pair, spec: FormSpec, today: date) -> Iterator[Missing]:
    here = {"pair_id": pair.id}
    passed = sa.select(sa.func.count()).where(
        Meeting.pair_id == pair.id, Meeting.state == MeetingState.PLANNED, Meeting.removed_at.is_(None), Meeting.planned_on < today
    )
    if count := db.session.execute(passed).scalar_one():
        yield Missing(f"не записаны встречи: {count}", "meetings.index", here)
    for row in db.session.execute(_unfinished(pair)):
        title = spec_of(row.form_version_id).plans[row.owner].title.lower() + _whose(pair, row.participant_id)
        yield Missing(f"не отмечено выполнение, {title}: {row.items}", "plans.page", {"plan_id": row.id})
    if few := _too_few_meetings(pair, today):
        yield Missing(
            "мало встреч: " + "; ".join(f"{norm.title.lower()}, {norm.held} из {norm.of}" for norm in few), "meetings.index", here
        )
    for mentee, count in lacking(pair):
        where = {"pair_id": pair.id, "participant_id": mentee.id}
        yield Missing(f"не внесены замеры: {mentee.person.short_name}, {count}", "measurements.page", where)
    if spec.control and not pair.control:
        yield Missing("не выбрано, что смотрим на контроле", "pairs.edit", here)
    if spec.evaluation and not any(sheet.occasion == "final" and sheet.level(score) for sheet, score in sheets_of(pair.id)):
        yield Missing("нет итоговой оценки с уровнем", "evaluations.index", here)


def _too_few_meetings(pair: Pair, today: date) -> list[Norm]:
    """The types of which there must be more in the whole work of a pair; where the form asks for none, no query."""
    if not any(kind.at_least for kind in pair.spec.meetings):
        return []
    held = sa.select(Meeting).where(Meeting.pair_id == pair.id, Meeting.state == MeetingState.HELD, Meeting.removed_at.is_(None))
    found = norms(pair.spec, db.session.execute(held).scalars(), today)
    return [norm for norm in found if not norm.in_month and norm.held < norm.of]


def _of_present() -> sa.ColumnElement[bool]:
    """Not the plan of a mentee whose part has ended: nobody works at it."""
    gone = sa.exists().where(Participant.id == Plan.participant_id, Participant.until.is_not(None))
    return ~gone


def _whose(pair: Pair, participant_id: int | None) -> str:
    """Whose plan it is, where the pair has several mentees."""
    row = next((row for row in pair.present if row.id == participant_id), None)
    return f" ({row.person.short_name})" if row and len(pair.people(Side.MENTEE)) > 1 else ""


def _unfinished(pair: Pair) -> sa.Select[int, str, int, int | None, int]:
    """Plans with items that have neither been done nor taken off, and how many."""
    open_states = (ItemState.PLANNED, ItemState.IN_PROGRESS, ItemState.MOVED)
    return (
        sa.select(Plan.id, Plan.owner, Plan.form_version_id, Plan.participant_id, sa.func.count(PlanItem.id).label("items"))
        .join(PlanItem, PlanItem.plan_id == Plan.id)
        .where(Plan.pair_id == pair.id, _of_present(), PlanItem.removed_at.is_(None), PlanItem.state.in_(open_states))
        .group_by(Plan.id)
        .order_by(Plan.id)
    )
