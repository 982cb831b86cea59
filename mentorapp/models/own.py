"""A person's own pairs as the start page shows them: what waits for her, the next meeting, the next items of her plans."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from mentorapp.database import db
from mentorapp.domain import names, planning
from mentorapp.domain.permissions import OWNERS_AGREED, OWNERS_MARKED, Access, Action, PairFacts, Side, can
from mentorapp.domain.planning import PlanState, Progress
from mentorapp.models.asked import Asked, asked_in
from mentorapp.models.deficits import waiting_orders
from mentorapp.models.meetings import Meeting, MeetingState
from mentorapp.models.overview import LATE_STATES, kept, with_people
from mentorapp.models.pairs import Pair, PairState, Participant
from mentorapp.models.people import Person
from mentorapp.models.plans import Plan, PlanItem

SHOWN_AHEAD, SHOWN_LATE = 8, 5


@dataclass(frozen=True, slots=True)
class OwnPair:
    """A running pair as its own mentor or mentee sees it first.

    `meeting` is a row: the next one, or else the last one not noted yet; `to_note` the first one that waits to be noted.
    `progress` is that of the plan to open, `late_elsewhere` counts the late items of her other plans. `to_agree`: plan ids
    and owners that wait for this mentee; `order_to_agree`: the list of deficits whose order does; `to_answer`: her questionnaires.
    """

    pair: Pair
    side: Side
    others: list[Person]
    plan_id: int | None
    progress: Progress
    late_elsewhere: int
    meeting: Any
    to_note: Any
    unnoted: int
    may_meet: bool
    to_agree: dict[int, str]
    order_to_agree: int | None
    to_answer: list[Asked]


@dataclass(frozen=True, slots=True)
class Own:
    """All pairs of one person: cards by the date of the next meeting, finished ones, and the next items (rows) of her plans.

    `to_answer` are the last questionnaires of pairs that have ended.
    """

    cards: list[OwnPair]
    finished: list[Pair]
    ahead: list[Any]
    to_answer: list[Asked]

    @property
    def title_of(self) -> dict[int, str]:
        """The other side of each pair, for the list of items."""
        return {card.pair.id: names.together([person.short_name for person in card.others], 2) for card in self.cards}


def own_pairs(who: Access, today: date) -> Own:
    """What this person does in her own pairs, in a fixed number of queries."""
    mine = sa.exists().where(Participant.pair_id == Pair.id, Participant.person_id == who.person_id, Participant.until.is_(None))
    pairs = with_people(sa.select(Pair).where(mine, Pair.archived_at.is_(None)).order_by(Pair.id))
    running = [pair for pair in pairs if pair.state is not PairState.FINISHED]
    finished = [pair for pair in pairs if pair.state is PairState.FINISHED]
    asked = [one for one in asked_in(pairs, today) if one.person.id == who.person_id and one.is_missing and not _on_paper(one)]
    late_answers = [one for one in asked if one.pair in finished]
    if not running:
        return Own([], finished, [], late_answers)
    items, meetings = _own_items(running), _planned_meetings(running)
    places = {pair.id: _place(pair, who.person_id) for pair in running}
    orders = waiting_orders([place.id for place in places.values() if place.side is Side.MENTEE])
    cards = [_card(pair, places[pair.id], who, items, meetings, asked, orders, today) for pair in running]
    cards.sort(key=lambda card: (card.meeting is None, card.meeting and (card.meeting.planned_on, card.meeting.planned_time), card.pair.id))
    mine_items = [row for row in items if _is_own(row, places[row.pair_id])]
    working = {pair.id for pair in running if pair.state is PairState.ACTIVE}
    return Own(cards, finished, _ahead(mine_items, today, working), late_answers)


def _on_paper(one: Asked) -> bool:
    """The curator types it in: nothing waits for its author."""
    return one.submission is not None and one.submission.from_paper


def _place(pair: Pair, person_id: int) -> Participant:
    return next(row for row in pair.participants if row.person_id == person_id and row.until is None)


def _own_items(pairs: list[Pair]) -> list[Any]:
    """A row for each item of all their plans; an empty plan gives one row without an item."""
    item = (PlanItem.id, PlanItem.title, PlanItem.due_to, PlanItem.state, PlanItem.removed_at, PlanItem.edited_after_approval)
    query = (
        sa.select(Plan.id.label("plan_id"), Plan.pair_id, Plan.owner, Plan.participant_id, Plan.state.label("plan_state"), *item)
        .join_from(Plan, PlanItem, isouter=True)
        .where(Plan.pair_id.in_([pair.id for pair in pairs]))
        .order_by(Plan.id, PlanItem.position, PlanItem.id)
    )
    return list(db.session.execute(query))


def _planned_meetings(pairs: list[Pair]) -> list[Any]:
    query = (
        sa.select(Meeting.id, Meeting.pair_id, Meeting.planned_on, Meeting.planned_time, Meeting.place, Meeting.type_title)
        .where(Meeting.pair_id.in_([pair.id for pair in pairs]), Meeting.state == MeetingState.PLANNED)
        .where(kept(), Meeting.planned_on.is_not(None))
        .order_by(Meeting.planned_on, Meeting.planned_time, Meeting.id)
    )
    return list(db.session.execute(query))


def _card(
    pair: Pair,
    place: Participant,
    who: Access,
    items: list[Any],
    meetings: list[Any],
    asked: list[Asked],
    orders: dict[int, int],
    today: date,
) -> OwnPair:
    plans = [row for row in items if row.pair_id == pair.id and _is_own(row, place)]
    # The pair's common plan is the one to open; a form without it has the plan of the person's own side.
    plan_id = next((row.plan_id for owner in ("pair", place.side) for row in plans if row.owner == owner), None)
    open_plans = {row.plan_id for row in plans if row.plan_state is not PlanState.CLOSED}
    planned = [row for row in meetings if row.pair_id == pair.id]
    past = [row for row in planned if row.planned_on < today]
    ahead = planned[len(past) :]
    facts = PairFacts(pair.id, pair.form_id, frozenset({place.side}), frozenset({place.id}), frozenset(), is_open=True)
    return OwnPair(
        pair=pair,
        side=place.side,
        others=pair.people(Side.MENTEE if place.side is Side.MENTOR else Side.MENTOR),
        plan_id=plan_id,
        progress=_progress(plans, plan_id, today),
        late_elsewhere=sum(_progress(plans, each, today).overdue for each in open_plans - {plan_id}),
        meeting=(ahead[:1] or past[-1:] or [None])[0],
        to_note=(past[:1] or [row for row in ahead[:1] if row.planned_on == today] or [None])[0],
        unnoted=len(past),
        may_meet=can(replace(who, pair=facts), Action.MEETING_EDIT),
        to_agree={row.plan_id: row.owner for row in plans if _waits_for(row, place)},
        order_to_agree=orders.get(place.id),
        to_answer=[one for one in asked if one.pair.id == pair.id],
    )


def _progress(rows: list[Any], plan_id: int | None, today: date) -> Progress:
    return planning.progress((row for row in rows if row.plan_id == plan_id and row.title is not None), today)


def _waits_for(row: Any, place: Participant) -> bool:
    return place.side is Side.MENTEE and row.owner in OWNERS_AGREED and row.plan_state == PlanState.DRAFT and row.title is not None


def _is_own(row: Any, place: Participant) -> bool:
    """The plan is one whose items this side marks; in a group a mentee's own, not that of another mentee."""
    foreign = place.side is Side.MENTEE and row.participant_id not in (None, place.id)
    return row.owner in OWNERS_MARKED[place.side] and not foreign


def _ahead(items: list[Any], today: date, working: set[int]) -> list[Any]:
    """What is late in the working pairs, then the next items with a date; none that is done."""
    live = [row for row in items if row.removed_at is None and row.plan_state is not PlanState.CLOSED and row.state in LATE_STATES]
    by_date = sorted((row for row in live if row.due_to), key=lambda row: row.due_to)
    late = [row for row in by_date if row.due_to < today and row.pair_id in working]
    return late[:SHOWN_LATE] + [row for row in by_date if row.due_to >= today][:SHOWN_AHEAD]
