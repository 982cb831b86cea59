"""The papers of an external mentor: what they are, from when to when, and where the school keeps them. No scans."""

from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentorapp.database import AUTO, BigId, Model
from mentorapp.domain import external
from mentorapp.domain.external import ClearanceKind, Standing

if TYPE_CHECKING:
    from mentorapp.models.people import Person


class Clearance(Model):
    """A certificate or an agreement that a mentor from outside has shown. One that was removed can be brought back."""

    __table_args__ = AUTO
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    kind: Mapped[ClearanceKind]
    title: Mapped[str] = mapped_column(default="")
    number: Mapped[str] = mapped_column(default="")
    issued_on: Mapped[date]
    valid_to: Mapped[date | None]
    paper_place: Mapped[str] = mapped_column(default="")
    removed_at: Mapped[datetime | None]

    person: Mapped["Person"] = relationship(back_populates="clearances")

    @property
    def name(self) -> str:
        """What it is called in lists: its own title where it has one."""
        title = self.title or external.TITLES[self.kind]
        return title[:1].upper() + title[1:]

    def standing(self, today: date) -> Standing:
        """Whether it lasts, ends soon or has run out."""
        return external.standing(self.valid_to, today)
