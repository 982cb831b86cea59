"""Who stands in a pair that exists: people come in, end their part, are replaced and brought back. Nobody's row is ever removed."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from mentorapp.database import db
from mentorapp.domain import organisation
from mentorapp.domain.permissions import Side
from mentorapp.domain.planning import PlanState
from mentorapp.domain.school_year import short_date
from mentorapp.models import eligibility, journal
from mentorapp.models.journal import Change, Operation
from mentorapp.models.pairing import WrongPair, add_plan, twin_problem
from mentorapp.models.pairs import NotNow, Pair, PairState, Participant, running_twin
from mentorapp.models.people import Person
from mentorapp.models.plans import Plan


@dataclass(slots=True)
class Step:
    """What one act changed: rows for the journal, and who came in by it."""

    changed: list[Any] = field(default_factory=list)
    entered: Participant | None = None

    def note(self, operation: Operation) -> None:
        """Into the journal, beside the rows that changed: who came in. By this a replaced person's successor is found."""
        if self.entered is not None:
            new = journal.encode(self.entered.since)
            change = Change(operation_id=operation.id, table_name="participant", row_id=self.entered.id, field="since")
            change.old, change.new = journal.encode(None), new
            db.session.add(change)


def check_open(pair: Pair) -> None:
    """Raises NotNow where nobody may come or go any more."""
    if pair.archived_at is not None:
        raise NotNow("Пара в архиве, её состав не изменён. Сначала верните её из архива.")
    if pair.state is PairState.FINISHED:
        raise NotNow("Пара завершила работу, её состав не изменён. Сначала продолжите её работу в настройках пары.")


def is_last(row: Participant) -> bool:
    """Nobody else stands on that side: without her there would be no pair."""
    return row.until is None and not any(other is not row and other.side is row.side for other in row.pair.present)


def has_room(pair: Pair, side: Side) -> bool:
    """Whether the form takes one more person on that side."""
    numbers = {one: len(pair.people(one)) + (one is side) for one in Side}
    return organisation.has_room(pair.spec, numbers[Side.MENTOR], numbers[Side.MENTEE])


def add(pair: Pair, person: Person, side: Side, since: date, today: date) -> Step:
    """One more person on a side; a mentee with a plan of her own. Raises NotNow or WrongPair, and changes nothing then."""
    check_open(pair)
    if not has_room(pair, side):
        raise WrongPair({"person": [no_room(pair, side)]})
    _check_newcomer(pair, person, side, since, today, [(row.person_id, row.side) for row in pair.present])
    entered = _enter(pair, person, side, since)
    _check_papers(pair, today)
    return Step(entered=entered)


def replace(row: Participant, person: Person, since: date, today: date) -> Step:
    """Another person in her place from that day; pair, plans and history stay. Raises NotNow or WrongPair."""
    _check_present(row)
    pair = row.pair
    others = [(one.person_id, one.side) for one in pair.present if one is not row]
    _check_newcomer(pair, person, row.side, since, today, others)
    _check_day(row, since, today, "since")
    entered = _enter(pair, person, row.side, since)  # first, because it flushes: the journal compares with what is not flushed yet
    _check_papers(pair, today)
    return Step(_end(row, since), entered)


def _check_papers(pair: Pair, today: date) -> None:
    """At work a mentor from outside has the papers that a pair needs to begin. Raises NotNow; the caller's change is not kept then."""
    if pair.state is PairState.ACTIVE:
        pair.check_clearances(today)


def end(row: Participant, until: date, today: date) -> Step:
    """Her part ends on that day, and her own plan is closed. Raises NotNow for the last one of a side, WrongPair for a wrong day."""
    _check_present(row)
    if is_last(row):
        raise NotNow(last_of_side(row))
    _check_day(row, until, today, "until")
    return Step(_end(row, until))


def bring_back(row: Participant, today: date) -> Step:
    """Her part ended by mistake: as if it had not. Whoever took her place leaves it. Raises NotNow, and changes nothing then."""
    pair = row.pair
    check_open(pair)
    if row.until is None or any(one.person_id == row.person_id for one in pair.present):
        raise NotNow(f"{row.person.short_name} и так в паре. Ничего не изменено: обновите страницу.")
    if obstacle := eligibility.obstacle(row.person, row.side, pair.spec, pair.school_year, row.since, today):
        raise NotNow(f"{obstacle} Состав пары не изменён.")
    successor, ending = successor_of(row), _ending_of(row)
    changed: list[Any] = [row]
    if successor is not None:
        changed += _end(successor, max(successor.since, today))
    elif not has_room(pair, row.side):
        raise NotNow(no_room(pair, row.side))
    row.until = None
    here = [(one.person_id, one.side) for one in pair.present]
    if twin := twin_problem(running_twin(pair.form_id, pair.year, here, but=pair.id)):
        raise NotNow(twin[0])
    plan = _plan_of(row)
    if plan is not None and plan.state is PlanState.CLOSED and plan.id in _touched(ending, "plan", "state"):
        plan.reopen()
        changed.append(plan)
    return Step(changed)


def successor_of(row: Participant) -> Participant | None:
    """Who took her place when she was replaced, if that person still stands in the pair."""
    entered = _touched(_ending_of(row), "participant", "since") - {row.id}
    return next((one for one in row.pair.present if one.id in entered), None)


def endings(pair: Pair) -> dict[int, str]:
    """Participant id → what history says of the end of that part."""
    former = [row.id for row in pair.participants if row.until is not None]
    query = (
        sa.select(Change.row_id, Operation.what)
        .join(Operation, Change.operation_id == Operation.id)
        .where(Change.table_name == "participant", Change.field == "until", Change.row_id.in_(former))
        .order_by(Change.id)
    )
    return {row.row_id: row.what for row in db.session.execute(query)}


def no_room(pair: Pair, side: Side) -> str:
    """The sentence where the form takes nobody more on that side."""
    word, allowed = eligibility.side_of(pair.spec, side).nominative, organisation.described(pair.spec)
    remedy = "Замените того, кто есть, или составьте другую пару."
    return f"На стороне «{word}» форма «{pair.spec.title}» больше никого не берёт. Она допускает: {allowed}. {remedy}"


def last_of_side(row: Participant) -> str:
    """The sentence about the only one of a side."""
    word = eligibility.side_of(row.pair.spec, row.side).nominative
    alone = f"{row.person.short_name}: на этой стороне ({word}) больше никого нет, а без неё нет и пары"
    return f"{alone}. Поставьте на это место другого человека или завершите пару."


def days_of_end(row: Participant, today: date) -> tuple[date, date]:
    """Between which days her part may end: not before it began, and not in days to come."""
    return row.since, max(row.since, today)


def _check_present(row: Participant) -> None:
    check_open(row.pair)
    if row.until is not None:
        raise NotNow(f"{row.person.short_name}: участие уже закончено. Ничего не изменено: обновите страницу.")


def _check_day(row: Participant, day: date, today: date, name: str) -> None:
    first, last = days_of_end(row, today)
    if day < first:
        raise WrongPair({name: [f"{row.person.short_name} в паре с {short_date(first)}: впишите этот день или более поздний."]})
    if day > last:
        raise WrongPair(
            {name: ["Этот день ещё не наступил. Впишите сегодняшний или более ранний, а о будущем скажите программе в тот день."]}
        )


def _check_newcomer(pair: Pair, person: Person, side: Side, since: date, today: date, others: list[tuple[int, Side]]) -> None:
    """Raises WrongPair."""
    if not pair.starts_on <= since <= min(max(today, pair.starts_on), pair.ends_on):
        last = min(max(today, pair.starts_on), pair.ends_on)
        days = short_date(pair.starts_on) if last == pair.starts_on else f"от {short_date(pair.starts_on)} до {short_date(last)}"
        raise WrongPair({"since": [f"Этот день не подходит: участие начинается в день периода пары, который уже наступил, — {days}."]})
    if any(row.person_id == person.id for row in pair.present):
        raise WrongPair({"person": [f"{person.short_name} уже в этой паре."]})
    if obstacle := eligibility.obstacle(person, side, pair.spec, pair.school_year, since, today):
        raise WrongPair({"person": [obstacle]})
    everybody = [*others, (person.id, side)]
    if twin := twin_problem(running_twin(pair.form_id, pair.year, everybody, but=pair.id)):
        raise WrongPair({"person": twin})


def _enter(pair: Pair, person: Person, side: Side, since: date) -> Participant:
    row = Participant(person=person, side=side, since=since)
    pair.participants.append(row)
    db.session.flush()
    if side is Side.MENTEE and "mentee" in pair.spec.plans:
        add_plan(pair, "mentee", row)
        db.session.flush()
    return row


def _end(row: Participant, until: date) -> list[Any]:
    """The rows that changed."""
    row.until = until
    plan = _plan_of(row)
    if plan is None or plan.state is PlanState.CLOSED:
        return [row]
    plan.close()
    return [row, plan]


def _plan_of(row: Participant) -> Plan | None:
    return db.session.execute(sa.select(Plan).where(Plan.participant_id == row.id)).scalars().first()


def _ending_of(row: Participant) -> int:
    """The operation by which her part ended; 0 where the journal knows none."""
    here = Change.table_name == "participant", Change.row_id == row.id, Change.field == "until"
    query = sa.select(Change.operation_id).where(*here, Change.new != journal.encode(None)).order_by(Change.id.desc())
    return db.session.execute(query.limit(1)).scalar() or 0


def _touched(operation_id: int, table: str, field_name: str) -> set[int]:
    """The ids of the rows whose field that operation changed."""
    query = sa.select(Change.row_id).where(Change.operation_id == operation_id, Change.table_name == table, Change.field == field_name)
    return set(db.session.execute(query).scalars())
