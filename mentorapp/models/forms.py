"""Mentoring forms and their published versions, which never change."""

from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentorapp.database import AUTO, BigId, Model, db
from mentorapp.domain.formspec import FormSpec, from_json


class MentoringForm(Model):
    """A mentoring form the school knows, by the name of its folder. Its content lives in its versions."""

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    current_version_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("form_version.id", use_alter=True, name="fk_mentoring_form_current_version_id_form_version")
    )
    # Whether new pairs may be made with it.
    enabled: Mapped[bool] = mapped_column(default=True)
    archived_at: Mapped[datetime | None]


class FormVersion(Model):
    """One published version. Pairs, plans and meetings hold its id, so that old papers keep their words."""

    __table_args__ = (sa.UniqueConstraint("form_id", "number"), AUTO)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    form_id: Mapped[str] = mapped_column(sa.ForeignKey("mentoring_form.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    content_hash: Mapped[str]
    published_at: Mapped[datetime]
    # What the curator said had changed, and the page about the form that came with its files.
    note: Mapped[str] = mapped_column(default="")
    readme: Mapped[str] = mapped_column(default="")

    form: Mapped[MentoringForm] = relationship(foreign_keys=[form_id])

    @property
    def spec(self) -> FormSpec:
        return spec_of(self.id)


class FormCorrection(Model):
    """A misprint mended in all versions of a form at once: where it stands, what was read there, what is read now.

    The versions and their hashes stay as they were published; the correction is laid over them when they are read.
    """

    __table_args__ = AUTO
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    form_id: Mapped[str] = mapped_column(sa.ForeignKey("mentoring_form.id"), index=True)
    place: Mapped[str]
    old: Mapped[str]
    new: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))


@lru_cache(maxsize=64)
def spec_of(version_id: int) -> FormSpec:
    """The content of a published version. A version never changes, so two processes may both remember it."""
    content = db.session.execute(db.select(FormVersion.content).where(FormVersion.id == version_id)).scalar_one()
    return from_json(content)


def current_versions(form_ids: set[str]) -> dict[str, int]:
    """Form id → id of its published version: new sheets are made with it, whatever version their pair has."""
    query = sa.select(MentoringForm.id, MentoringForm.current_version_id).where(MentoringForm.id.in_(form_ids))
    return {row.id: row.current_version_id for row in db.session.execute(query) if row.current_version_id}


def current_version(form_id: str) -> int | None:
    """The same of one form."""
    return current_versions({form_id}).get(form_id)
