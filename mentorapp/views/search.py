"""Search from the header: people, pairs, and a meeting by the number on its checklist."""

import re

import sqlalchemy as sa
from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, hx
from mentorapp.database import contains, db
from mentorapp.domain import names
from mentorapp.domain.permissions import Action
from mentorapp.models import Meeting, Pair, Participant, Person, directory

bp = Blueprint("search", __name__, url_prefix="/search")

ON_A_PAGE = 50
# The box under the field: so many rows, and so many of them at most for pairs, which would crowd the people out.
IN_BOX = 8
PAIRS_IN_BOX = 3
CODE = re.compile(r"([0-9]{1,9})\s?[-‐-―−]\s?([0-9]{1,9})")


@bp.get("")
def page() -> ResponseReturnValue:
    """What a name, parts of names or a meeting's number lead to: a page, or the box under the field of the header."""
    query = request.args.get("q", "").strip()
    boxed = hx.wants_fragment()
    if boxed and not query:
        return hx.fragment("")
    meetings, pairs = _meetings(query), _pairs(query, PAIRS_IN_BOX if boxed else ON_A_PAGE)
    people = _people(query, IN_BOX - len(pairs) - len(meetings) if boxed else ON_A_PAGE)
    template = "search/_found.html" if boxed else "search/page.html"
    return render_template(template, query=query, people=people, pairs=pairs, meetings=meetings, year=clock.current_year())


def _people(query: str, limit: int) -> list[Person]:
    if not names.search_key(query) or not access.may(Action.PEOPLE_VIEW):
        return []
    return directory.list_people(directory.Wanted(q=query), access.access(), clock.current_year(), limit=limit)


def _pairs(query: str, limit: int) -> list[Pair]:
    """Pairs in which every word of the query belongs to somebody: «лукин соколова» finds them both."""
    words = names.search_key(query).split()
    if not words:
        return []
    has = sa.exists().where(Participant.pair_id == Pair.id, Participant.person_id == Person.id)
    found = (
        sa.select(Pair)
        .where(Pair.archived_at.is_(None), Pair.visible_to(access.access()))
        .where(*(has.where(contains(Person.search_key, word)) for word in words))
        .options(sa.orm.selectinload(Pair.participants).joinedload(Participant.person))
        .order_by(Pair.id.desc())
        .limit(limit)
    )
    return list(db.session.execute(found).scalars())


def _meetings(query: str) -> list[Meeting]:
    code = CODE.fullmatch(query)
    if not code:
        return []
    found = (
        sa.select(Meeting)
        .join(Meeting.pair)
        .where(Pair.id == int(code[1]), Meeting.number == int(code[2]), Meeting.removed_at.is_(None), Pair.visible_to(access.access()))
        .options(sa.orm.contains_eager(Meeting.pair).selectinload(Pair.participants).joinedload(Participant.person))
    )
    return list(db.session.execute(found).scalars())
