"""The only caller of the permission rules in requests: who asks, and may she have this thing."""

from datetime import date
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa
from flask import abort, g
from flask_login import current_user

from mentorapp import clock
from mentorapp.database import db, is_writing
from mentorapp.domain.permissions import Access, Action, Grant, PairFacts, RoleKind, Side, can
from mentorapp.models import Enrolment, Pair, Participant, Role
from mentorapp.models.pairs import PairState
from mentorapp.prepared import Prepared

Thing = TypeVar("Thing")


class PairSeen(Protocol):
    """A pair as a page has read it."""

    id: int
    form_id: str
    year: int
    state: PairState
    archived_at: Any
    members: Any
    former: Any


class NotAllowed(Exception):
    """A person who may look may not do this; the sentence that says who may is in permissions.REASONS."""

    def __init__(self, action: Action) -> None:
        super().__init__(action.value)
        self.action = action


def person_id() -> int:
    """The signed-in person."""
    return int(current_user.person_id)


def access() -> Access:
    """What the signed-in person is towards the school; asked of the database once a request."""
    kept = _kept()
    if None not in kept:
        # Outside a change the roles that came with the session will do; inside one they are read again.
        kept[None] = Access(person_id(), _grants(person_id(), clock.today()) if is_writing() else current_user.grants)
    return kept[None]


def access_to(pair_id: int) -> Access:
    """The same towards one pair: roles, and this person's sides in it, by one query."""
    kept = _kept()
    if pair_id not in kept:
        kept[pair_id] = _read_access(pair_id, person_id(), clock.today())
    return kept[pair_id]


def meet(pair: PairSeen) -> Access:
    """The same for a page that has read the pair with its members, former ones too, anyway: no query. Never inside writing()."""
    me, grants = person_id(), current_user.grants
    own = [member for member in pair.members if member.id == me]
    sides, places = frozenset(member.side for member in own), frozenset(member.participant_id for member in own)
    classes = _classes_of(pair.id, pair.year) if any(grant.class_id for grant in grants) else frozenset()
    is_open = pair.archived_at is None and pair.state != PairState.FINISHED
    has_left = not own and any(member.id == me for member in pair.former)
    facts = PairFacts(pair.id, pair.form_id, sides, places, classes, is_open, pair.archived_at is not None, has_left)
    who = _kept()[pair.id] = Access(me, grants, facts)
    return who


def _kept() -> dict[int | None, Access]:
    """What this request has asked already, by pair; asked anew inside writing(): a role may have gone while it waited."""
    kept: dict[int | None, Access] = g.setdefault("access_writing" if is_writing() else "access", {})
    return kept


def may(action: Action, thing: Any = None) -> bool:
    """For templates and lists: whether the signed-in person may, without refusing."""
    return can(access(), action, thing)


def demand(action: Action, thing: Any = None, *, who: Access | None = None) -> None:
    """Refuse with the reason unless the person may. For things she may not even see use `load_pair` or `hide_unless`."""
    if not can(who or access(), action, thing):
        raise NotAllowed(action)


def hide_unless(allowed: bool) -> None:
    """404 for what a person may not see: it must look like something that does not exist."""
    if not allowed:
        abort(404)


def found(thing: Thing | None) -> Thing:
    """The thing, or 404 where there is none."""
    if thing is None:
        abort(404)
    return thing


def load_pair(pair_id: int, action: Action = Action.PAIR_VIEW) -> tuple[Pair, Access]:
    """The pair and what the person is in it. 404 unless she may see it, NotAllowed unless she may act."""
    who = access_to(pair_id)
    hide_unless(can(who, Action.PAIR_VIEW))
    people = sa.orm.selectinload(Pair.participants).joinedload(Participant.person)
    pair = found(db.session.get(Pair, pair_id, options=[people]))
    demand(action, pair, who=who)
    return pair, who


def _active(since: Any, until: Any, today: Any) -> sa.ColumnElement[bool]:
    return sa.and_(since <= today, sa.or_(until.is_(None), until >= today))


def _grants(person: int, today: date) -> tuple[Grant, ...]:
    return tuple(Grant(*row) for row in ROLES.rows(person=person, today=today))


_PERSON, _TODAY = sa.bindparam("person", type_=sa.Integer()), sa.bindparam("today", type_=sa.Date())
ROLES = Prepared(
    sa.select(Role.kind, Role.form_id, Role.class_id).where(Role.person_id == _PERSON, _active(Role.since, Role.until, _TODAY))
)
ARCHIVED = "archived"  # stands in the place of a pair's state
FORMER = "former"  # stands in the place of «side» for a part that has ended


def _roles_and_sides() -> sa.CompoundSelect[Any]:
    """A row for each role of the person, for each part she has or had in the pair, and for the pair: one round trip."""
    text, pair = sa.String(), sa.bindparam("pair", type_=sa.Integer())
    roles = sa.select(
        sa.literal("role").label("sort"),
        sa.type_coerce(Role.kind, text).label("word"),
        Role.form_id.label("form_id"),
        Role.class_id.label("number"),
    ).where(Role.person_id == _PERSON, _active(Role.since, Role.until, _TODAY))
    place = sa.case((Participant.until.is_(None), "side"), else_=FORMER)
    sides = sa.select(place, sa.type_coerce(Participant.side, text), sa.null(), Participant.id).where(
        Participant.pair_id == pair, Participant.person_id == _PERSON
    )
    state = sa.case((Pair.archived_at.is_not(None), ARCHIVED), else_=sa.type_coerce(Pair.state, text))
    facts = sa.select(sa.literal("pair"), state, Pair.form_id, Pair.year).where(Pair.id == pair)
    return sa.union_all(roles, sides, facts)


ROLES_AND_SIDES = Prepared(_roles_and_sides())


def _read_access(pair_id: int, person: int, today: date) -> Access:
    """What the person is towards this pair."""
    rows = ROLES_AND_SIDES.rows(person=person, pair=pair_id, today=today)
    grants = tuple(Grant(RoleKind(row.word), row.form_id, row.number) for row in rows if row.sort == "role")
    pair = next((row for row in rows if row.sort == "pair"), None)
    if pair is None:
        return Access(person, grants)
    own = [row for row in rows if row.sort == "side"]
    sides, places = frozenset(Side(row.word) for row in own), frozenset(row.number for row in own)
    classes = _classes_of(pair_id, pair.number) if any(grant.class_id for grant in grants) else frozenset()
    is_open = pair.word not in (PairState.FINISHED, ARCHIVED)
    has_left = not own and any(row.sort == FORMER for row in rows)
    facts = PairFacts(pair_id, pair.form_id, sides, places, classes, is_open, pair.word == ARCHIVED, has_left)
    return Access(person, grants, facts)


def _classes_of(pair_id: int, year: int) -> frozenset[int]:
    """The classes of a pair's mentees; only class teachers need them."""
    query = (
        sa.select(Enrolment.class_id)
        .join(Participant, Participant.person_id == Enrolment.person_id)
        .where(
            Participant.pair_id == pair_id,
            Participant.side == Side.MENTEE,
            Participant.until.is_(None),
            Enrolment.year == year,
            Enrolment.class_id.is_not(None),
        )
    )
    return frozenset(row for row in db.session.execute(query).scalars() if row is not None)
