"""What a pair still needs for its next state, in words: to begin its work, to end it, and after the end for the report."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from mentorapp.database import db
from mentorapp.domain.formspec import FormSpec
from mentorapp.domain.parameters import AFTER, BEFORE
from mentorapp.domain.permissions import OWNERS_APPROVED, Side
from mentorapp.domain.planning import ItemState, PlanState
from mentorapp.models.asked import Stage, asked_in
from mentorapp.models.deficits import lists_of
from mentorapp.models.evaluations import mentees_of, sheets_of
from mentorapp.models.form_offers import offers_for
from mentorapp.models.forms import current_version, spec_of
from mentorapp.models.measurements import lacking
from mentorapp.models.meetings import Meeting, MeetingState, Norm, norms
from mentorapp.models.pairs import Pair, PairState, Participant
from mentorapp.models.plans import Plan, PlanItem

IN_THE_PAST = "начало в прошлом: если пара начинает только теперь, поставьте сегодняшний день, и программа предложит пересчитать сроки"


class When(StrEnum):
    """When a thing is wanted: before anything else, now, or later on."""

    FIRST = "first"  # without it the next state cannot be taken
    NOW = "now"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is not there yet: `what` is not there, `which` or whose, and the page on which it is done."""

    what: str
    endpoint: str
    values: dict[str, Any]
    when: When = When.NOW
    which: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Things of one sort, said in one line: a group has a plan, a questionnaire and a list for each of its people."""

    what: str
    things: list[Missing]


def missing(pair: Pair, today: date) -> dict[When, list[Line]]:
    """All that the pair needs for the state that comes next, a pair that works for its end; in the order in which it is done.

    A pair that has ended is told everything as one list, under LATER.
    """
    if pair.archived_at is not None:
        return {when: [] for when in When}
    found, ended = list(_missing(pair, today)), pair.state is PairState.FINISHED
    return {when: _in_lines(one for one in found if (When.LATER if ended else one.when) is when) for when in When}


def _in_lines(things: Iterable[Missing]) -> list[Line]:
    lines: dict[str, list[Missing]] = {}
    for one in things:
        lines.setdefault(one.what, []).append(one)
    return [Line(what, rows) for what, rows in lines.items()]


def _missing(pair: Pair, today: date) -> Iterator[Missing]:
    version_id = current_version(pair.form_id)
    spec = spec_of(version_id) if version_id else pair.spec
    begun = pair.state not in (PairState.PROPOSED, PairState.AGREED)
    if begun:
        yield from _to_note(pair, today)
    if pair.state is not PairState.FINISHED:
        yield from _papers_of_people(pair, today)
        yield from _while_it_works(pair, spec, today) if begun else _to_begin(pair, today)
    yield from _questionnaires(pair, today)
    if begun:
        yield from _to_end(pair, spec, today)


def _papers_of_people(pair: Pair, today: date) -> Iterator[Missing]:
    """Consents, and what mentors from outside have to show. A pair that works is not stopped by a paper that ran out: people decide."""
    when = When.NOW if pair.state is PairState.ACTIVE else When.FIRST
    for row in pair.participants:
        if row.until is None and (gap := row.person.consent_gap(today)):
            yield Missing(f"{row.person.short_name}: {gap}", "people.card", {"person_id": row.person_id, "pair": pair.id}, when)
    for person, words in pair.clearance_gaps(today):
        yield Missing(
            f"{person.short_name}: {words}", "people.card", {"person_id": person.id, "pair": pair.id, "_anchor": "clearances"}, when
        )


def _to_begin(pair: Pair, today: date) -> Iterator[Missing]:
    here = {"pair_id": pair.id}
    if pair.state is PairState.PROPOSED:
        yield Missing("пара не отмечена согласованной: готовы ли обе стороны", "pairs.edit", here)
    if not pair.order_number:
        yield Missing("не вписан приказ", "pairs.edit", here | {"_anchor": "order_number"})
    late = list(_overdue(pair, today))
    yield from late
    if late and pair.starts_on < today:
        yield Missing(IN_THE_PAST, "pairs.edit", here | {"_anchor": "starts_on"})


def _overdue(pair: Pair, today: date) -> Iterator[Missing]:
    late = PlanItem.due_to < today, PlanItem.state.in_(UNFINISHED)
    for row in db.session.execute(_plans_with(pair, *late)):
        yield Missing("срок уже прошёл", "plans.page", {"plan_id": row.id}, which=f"{_plan_words(pair, row)}, строк {row.items}")


def _to_note(pair: Pair, today: date) -> Iterator[Missing]:
    passed = sa.select(sa.func.count()).where(
        Meeting.pair_id == pair.id, Meeting.state == MeetingState.PLANNED, Meeting.removed_at.is_(None), Meeting.planned_on < today
    )
    if count := db.session.execute(passed).scalar_one():
        yield Missing(f"не записаны встречи: {count}", "meetings.index", {"pair_id": pair.id})


def _while_it_works(pair: Pair, spec: FormSpec, today: date) -> Iterator[Missing]:
    """What is done as soon as a pair has begun, and what waits to be noted."""
    here = {"pair_id": pair.id}
    any_meeting = sa.select(Meeting.id).where(Meeting.pair_id == pair.id, Meeting.removed_at.is_(None)).limit(1)
    if db.session.execute(any_meeting).first() is None:
        yield Missing("не назначена первая встреча", "meetings.new", here)
    query = sa.select(Plan).where(Plan.pair_id == pair.id, _of_present()).order_by(Plan.id)
    for plan in db.session.execute(query).scalars():
        if plan.owner in OWNERS_APPROVED and plan.state in (PlanState.DRAFT, PlanState.AGREED):
            which = plan.template.title.lower() + _whose(pair, plan.participant_id)
            yield Missing("не утверждено", "plans.page", {"plan_id": plan.id}, which=which)
    yield from _overdue(pair, today)
    if rows := sum(len(offer.rows) for offer in offers_for(pair.form_id, spec, pair.id)):
        offers = {"form_id": pair.form_id, "_anchor": f"p{pair.id}"}
        yield Missing(f"не решено, что взять в планы из новой версии формы: строк {rows}", "form_offers.page", offers)
    begun = lists_of(pair.id) if spec.deficits else {}
    for row in pair.participants:
        if spec.deficits and row.side is Side.MENTEE and row.until is None:
            made = begun.get(row.id)
            if made is None or made.agreed_on is None:
                what = "не начат чек-лист дефицитов" if made is None else "не согласована очередь дефицитов"
                yield Missing(what, "deficits.index", here, which=row.person.short_name)


def _questionnaires(pair: Pair, today: date) -> Iterator[Missing]:
    works = pair.state in (PairState.ACTIVE, PairState.PAUSED)
    for one in asked_in([pair], today):
        if one.is_missing or (works and one.phase == "after" and one.stage is Stage.LATER):
            when = When.NOW if works and one.is_missing else When.LATER
            place = {"pair_id": pair.id, "_anchor": f"p{one.participant.id}"}
            what = f"нет ответов, {one.questionnaire.title.lower()}"
            yield Missing(what, "questionnaires.index", place, when, one.person.short_name)


def _to_end(pair: Pair, spec: FormSpec, today: date) -> Iterator[Missing]:
    """What is chosen and measured in time, and what the report asks for."""
    here = {"pair_id": pair.id}
    numbers = {BEFORE: ("не внесены замеры в начале", When.NOW), AFTER: ("не внесены замеры в конце", When.LATER)}
    for mentee, time, count in lacking(pair):
        where = {"pair_id": pair.id, "participant_id": mentee.id}
        yield Missing(numbers[time][0], "measurements.page", where, numbers[time][1], f"{mentee.person.short_name}, {count}")
    if spec.control and not pair.control:
        yield Missing("не выбрано, что смотрим на контроле", "pairs.edit", here | {"_anchor": "control"})
    for row in db.session.execute(_plans_with(pair, PlanItem.state.in_(UNFINISHED))):
        which = f"{_plan_words(pair, row)}, строк {row.items}"
        yield Missing("не отмечено выполнение", "plans.page", {"plan_id": row.id}, When.LATER, which)
    if few := _too_few_meetings(pair, today):
        said = "; ".join(f"{norm.title.lower()}, {norm.held} из {norm.of}" for norm in few)
        yield Missing(f"мало встреч: {said}", "meetings.index", here, When.LATER)
    if spec.evaluation:
        yield from _unrated(pair)


def _unrated(pair: Pair) -> Iterator[Missing]:
    """A last evaluation is about all, or of a group about each one who is there."""
    rated = {sheet.mentee_id for sheet, score in sheets_of(pair.id) if sheet.occasion == "final" and sheet.level(score)}
    what, here = "нет итоговой оценки с уровнем", {"pair_id": pair.id}
    waiting = [row.person.short_name for row in mentees_of(pair) if row.person_id not in rated]
    if not rated:
        yield Missing(what, "evaluations.index", here, When.LATER)
    elif None not in rated:
        yield from (Missing(what, "evaluations.index", here, When.LATER, name) for name in waiting)


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


UNFINISHED = (ItemState.PLANNED, ItemState.IN_PROGRESS, ItemState.MOVED)


def _plan_words(pair: Pair, row: Any) -> str:
    return spec_of(row.form_version_id).plans[row.owner].title.lower() + _whose(pair, row.participant_id)


def _plans_with(pair: Pair, *wanted: sa.ColumnElement[bool]) -> sa.Select[int, str, int, int | None, int]:
    """The plans of those who are here that have such items, and how many."""
    return (
        sa.select(Plan.id, Plan.owner, Plan.form_version_id, Plan.participant_id, sa.func.count(PlanItem.id).label("items"))
        .join(PlanItem, PlanItem.plan_id == Plan.id)
        .where(Plan.pair_id == pair.id, _of_present(), PlanItem.removed_at.is_(None), *wanted)
        .group_by(Plan.id)
        .order_by(Plan.id)
    )
