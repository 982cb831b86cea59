"""The school itself: one row of settings."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mentorapp.database import AUTO, BigId, Model, db

# The word of the federal model; a school may say подопечный or подшефный instead.
MENTEE_WORDS = {"nominative": "наставляемый", "genitive": "наставляемого", "dative": "наставляемому", "plural": "наставляемые"}


class School(Model):
    """What papers and pages call the school. There is exactly one row."""

    __table_args__ = AUTO
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    full_name: Mapped[str]
    short_name: Mapped[str]
    town: Mapped[str] = mapped_column(default="")
    director: Mapped[str] = mapped_column(default="")
    director_post: Mapped[str] = mapped_column(default="Директор")
    contact: Mapped[str] = mapped_column(default="")
    mentee_words: Mapped[dict[str, str]] = mapped_column(default=lambda: dict(MENTEE_WORDS))

    @staticmethod
    def get() -> "School":
        """The school's row; set-up makes it before any page but its own can be opened."""
        return db.session.execute(sa.select(School)).scalar_one()
