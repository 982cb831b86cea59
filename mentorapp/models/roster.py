"""Who may sign in and as what: the list of accounts and roles, free logins, and the last administrator."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import count
from typing import Any

import sqlalchemy as sa

from mentorapp.database import contains, db
from mentorapp.domain import names
from mentorapp.domain.permissions import RoleKind
from mentorapp.models.accounts import Account, Role
from mentorapp.models.people import Person

LONGEST_LOGIN = 40


def is_active(today: Any) -> sa.ColumnElement[bool]:
    """Role.is_active as a condition; `today` may be a parameter of a prepared query."""
    return sa.and_(Role.since <= today, sa.or_(Role.until.is_(None), Role.until >= today))


def listed(query: str, today: date) -> sa.Select[Person, str, datetime | None, datetime | None]:
    """Rows of Person, login, last_seen_at, disabled_at: who has an account or a role, those with roles first.

    A query finds people without an account too, by name or by login.
    """
    in_role = sa.exists().where(Role.person_id == Person.id, is_active(today))
    found = sa.select(Person, Account.login, Account.last_seen_at, Account.disabled_at).outerjoin(Account, Account.person_id == Person.id)
    if key := names.search_key(query):
        by_login = Account.login.contains(query.strip().casefold(), autoescape=True)
        found = found.where(sa.or_(contains(Person.search_key, key), by_login))
    else:
        found = found.where(sa.or_(Account.id.is_not(None), in_role))
    return found.where(Person.archived_at.is_(None)).order_by(in_role.desc(), Person.search_key, Person.id)


def roles_of(people: list[int], today: date) -> dict[int, list[Role]]:
    """The active roles of these people, by one query."""
    query = sa.select(Role).where(Role.person_id.in_(people), is_active(today)).options(sa.orm.joinedload(Role.school_class))
    found: dict[int, list[Role]] = {}
    for role in db.session.execute(query.order_by(Role.id)).scalars():
        found.setdefault(role.person_id, []).append(role)
    return found


def account_of(person_id: int) -> Account | None:
    """The person's account, if there is one."""
    return db.session.execute(sa.select(Account).where(Account.person_id == person_id)).scalar_one_or_none()


def free_login(person: Person) -> str:
    """The first of lukin-d, lukin-d2, lukin-d3 … that nobody has."""
    base = names.login_from(person.last_name, person.first_name)[: LONGEST_LOGIN - 4].rstrip("-")
    taken = set(db.session.execute(sa.select(Account.login).where(Account.login.startswith(base, autoescape=True))).scalars())
    return next(login for login in _numbered(base) if login not in taken)


def _numbered(base: str) -> Iterator[str]:
    yield base
    yield from (f"{base}{number}" for number in count(2))


def is_only_administrator(person_id: int, today: date) -> bool:
    """Nobody else could administer the school. Asked inside writing(), where two who remove each other cannot both pass."""
    query = (
        sa.select(Role.person_id)
        .join(Account, Account.person_id == Role.person_id)
        .join(Person, Person.id == Role.person_id)
        .where(Role.kind == RoleKind.ADMINISTRATOR, is_active(today), Account.disabled_at.is_(None), Person.archived_at.is_(None))
    )
    return set(db.session.execute(query).scalars()) == {person_id}
