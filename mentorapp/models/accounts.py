"""Accounts and roles of people, login sessions, and waiting after wrong passwords."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentorapp.database import AUTO, BigId, Model, db
from mentorapp.domain.permissions import Grant, RoleKind
from mentorapp.models.people import Person, SchoolClass

WRONG_BEFORE_WAITING = 5
LONGEST_WAIT = timedelta(minutes=15)


class Account(Model):
    """A login. It always belongs to a person; many people have none."""

    __table_args__ = AUTO
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), unique=True)
    login: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    disabled_at: Mapped[datetime | None]
    last_seen_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="joined")


def is_set_up() -> bool:
    """Somebody can sign in: the first visit is over."""
    return db.session.execute(sa.select(Account.id).limit(1)).first() is not None


class Role(Model):
    """What a person is in the programme besides the pairs: with a scope and dates, so that people change in mid-year."""

    __table_args__ = AUTO
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    kind: Mapped[RoleKind]
    form_id: Mapped[str | None] = mapped_column(sa.ForeignKey("mentoring_form.id"))
    class_id: Mapped[int | None] = mapped_column(sa.ForeignKey("school_class.id"))
    since: Mapped[date]
    until: Mapped[date | None]

    person: Mapped[Person] = relationship()
    school_class: Mapped[SchoolClass | None] = relationship()

    def is_active(self, today: date) -> bool:
        return self.since <= today and (self.until is None or today <= self.until)

    def is_over(self, today: date) -> bool:
        """It has ended; a role that is still to begin has not."""
        return self.until is not None and self.until < today

    def grant(self) -> Grant:
        """The role as the permission rules see it."""
        return Grant(self.kind, self.form_id, self.class_id)


class LoginSession(Model):
    """One signed-in browser. Only the hash of its cookie is kept: who reads the database cannot sign in with it."""

    id_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class LoginDelay(Model):
    """Wrong passwords in a row for one login, known or not; kept in the database, so that a restart forgives nothing."""

    login: Mapped[str] = mapped_column(primary_key=True)
    wrong: Mapped[int]
    wait_until: Mapped[datetime]

    def note_wrong(self, now: datetime) -> None:
        """Count one more: after five the waiting is 1, 2, 4 … 15 minutes."""
        self.wrong += 1
        over = self.wrong - WRONG_BEFORE_WAITING
        self.wait_until = now + min(timedelta(minutes=2**over), LONGEST_WAIT) if over >= 0 else now

    @property
    def left(self) -> int:
        """Tries left before waiting starts."""
        return max(0, WRONG_BEFORE_WAITING - self.wrong)
