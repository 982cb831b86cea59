"""Mentoring forms and their published versions, which never change."""

import json
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentorapp.database import AUTO, BigId, JsonText, Model, db, table_of, this_request
from mentorapp.domain import overlay
from mentorapp.domain.formspec import FormSpec, content_hash, from_json, from_plain, to_json
from mentorapp.domain.overlay import Correction
from mentorapp.prepared import Prepared


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
    # The largest value of the school: read where the form itself is wanted (`spec_of`), not wherever its number is.
    written: Mapped[str] = mapped_column("content", JsonText, deferred=True)
    content_hash: Mapped[str]
    published_at: Mapped[datetime]
    # What the curator said had changed, and the page about the form that came with its files.
    note: Mapped[str] = mapped_column(default="")
    readme: Mapped[str] = mapped_column(default="")

    form: Mapped[MentoringForm] = relationship(foreign_keys=[form_id])

    @property
    def spec(self) -> FormSpec:
        """The form as it reads today."""
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
    # The newest version that there was then: a later one says what it says on purpose.
    up_to_id: Mapped[int] = mapped_column(sa.ForeignKey("form_version.id"))


class Published(NamedTuple):
    """A version that was just made."""

    id: int
    number: int


def new_version(spec: FormSpec, now: datetime, note: str, readme: str, *, enabled: bool) -> Published:
    """The next version of a form; a form that is not here yet is `enabled` or not. Called inside writing()."""
    known = _KNOWN.row(form_id=spec.id)
    if known is None:
        _NEW_FORM.run(id=spec.id, title=spec.title, enabled=enabled)
    number = known.last + 1 if known else 1
    kept = {"content": to_json(spec), "content_hash": content_hash(spec), "published_at": now}
    id = _NEW_VERSION.run(form_id=spec.id, number=number, note=note, readme=readme, **kept)
    _NOW_IN_FORCE.run(form_id=spec.id, title=spec.title, current_version_id=id)
    return Published(id, number)


_FORMS, _VERSIONS = table_of(MentoringForm), table_of(FormVersion)
_LAST = sa.select(sa.func.coalesce(sa.func.max(_VERSIONS.c.number), 0)).where(_VERSIONS.c.form_id == _FORMS.c.id).scalar_subquery()
_KNOWN = Prepared(sa.select(_LAST.label("last")).where(_FORMS.c.id == sa.bindparam("form_id")))
_NEW_FORM, _NEW_VERSION = Prepared(sa.insert(_FORMS)), Prepared(sa.insert(_VERSIONS))
_NOW_IN_FORCE = Prepared(sa.update(_FORMS).where(_FORMS.c.id == sa.bindparam("form_id")))

# Which correction is the newest: what was remembered before it is read anew. Every request learns it with its session.
NEWEST_CORRECTION = sa.select(sa.func.coalesce(sa.func.max(FormCorrection.id), 0)).scalar_subquery()


def note_corrections(newest: int) -> None:
    """The request knows already which correction is the newest, so `spec_of` need not ask."""
    this_request()["newest correction"] = newest


def forget_corrections() -> None:
    """Corrections were just laid and may yet be rolled back: this request remembers no form from now on."""
    this_request()["newest correction"] = -1


class Specs:
    """Published versions as they read today, remembered by the process."""

    def __call__(self, version_id: int) -> FormSpec:
        """The content of a published version with the misprints mended that were found since.

        A version never changes, so two processes may both remember it; under which correction they read it is remembered along,
        and a request asks for what was newest when it began.
        """
        kept = this_request()
        if "newest correction" not in kept:
            kept["newest correction"] = db.session.execute(sa.select(NEWEST_CORRECTION)).scalar_one()
        newest: int = kept["newest correction"]
        return _read(version_id, is_corrected=True) if newest < 0 else _remembered(version_id, newest)

    @staticmethod
    def cache_clear() -> None:
        """For whoever puts another database in the place of this one."""
        _remembered.cache_clear()


spec_of = Specs()


def published_spec(version_id: int) -> FormSpec:
    """The same to the letter as it was published."""
    return _remembered(version_id, 0)


@lru_cache(maxsize=64)
def _remembered(version_id: int, newest: int) -> FormSpec:
    return _read(version_id, is_corrected=newest > 0)


def _read(version_id: int, *, is_corrected: bool) -> FormSpec:
    query = sa.select(FormVersion.id, FormVersion.written, FormVersion.form_id).where(FormVersion.id == version_id)
    version = db.session.execute(query).one()
    if not is_corrected:
        return from_json(version.written)
    return from_plain(overlay.corrected(json.loads(version.written), _laid_over(version)))


def _laid_over(version: Any) -> list[Correction]:
    """The corrections that were made when that version was there already."""
    query = sa.select(FormCorrection.place, FormCorrection.old, FormCorrection.new).where(FormCorrection.form_id == version.form_id)
    query = query.where(FormCorrection.up_to_id >= version.id).order_by(FormCorrection.id)
    return [Correction(*row) for row in db.session.execute(query)]


def current_versions(form_ids: set[str]) -> dict[str, int]:
    """Form id → id of its published version: new sheets are made with it, whatever version their pair has."""
    query = sa.select(MentoringForm.id, MentoringForm.current_version_id).where(MentoringForm.id.in_(form_ids))
    return {row.id: row.current_version_id for row in db.session.execute(query) if row.current_version_id}


_CURRENT = Prepared(sa.select(MentoringForm.current_version_id).where(MentoringForm.id == sa.bindparam("form_id", type_=sa.String())))


def current_version(form_id: str) -> int | None:
    """The same of one form."""
    row = _CURRENT.row(form_id=form_id)
    return row and row.current_version_id
