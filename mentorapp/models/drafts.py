"""Drafts of mentoring forms: what a curator writes in the browser before it is published, and the steps by which she can go back."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mentorapp.database import AUTO, BigId, JsonText, Model, as_json, db, table_of
from mentorapp.domain import formcheck
from mentorapp.domain.formspec import FormSpec, Problem, content_hash
from mentorapp.models.forms import FormVersion, spec_of
from mentorapp.prepared import Prepared

# So the name of a draft begins that was sent by another school and waits for a decision, because a form of its id is here already.
WAITING = "import-"


class FormDraft(Model):
    """The one draft of a form. `content` is what its files would say; it may be incomplete or wrong at any time.

    `written` is the same as text: by it is remembered what the contract makes of the content.
    `trial` holds the answers with which the draft was tried out: questionnaire id → key → text.
    """

    __table_args__ = AUTO
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    form_id: Mapped[str] = mapped_column(unique=True)
    base_version_id: Mapped[int | None] = mapped_column(sa.ForeignKey("form_version.id"))
    written: Mapped[str] = mapped_column("content", JsonText)
    readme: Mapped[str] = mapped_column(default="")
    trial: Mapped[dict[str, Any]] = mapped_column(default=dict)
    changed_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))

    @property
    def content(self) -> dict[str, Any]:
        """Not to be changed in place: a change is given as a whole."""
        known: tuple[str, dict[str, Any]] | None = getattr(self, "_known", None)
        if known is None or known[0] != self.written:
            known = self._known = (self.written, json.loads(self.written))
        return known[1]

    @content.setter
    def content(self, content: dict[str, Any]) -> None:
        self.written = as_json(content)


class DraftStep(Model):
    """One change of a draft: what was done, and how to take it back (ways into the content and what stood there).

    One that was taken back, at `undone_at`, says how to do it again; the next change of the draft throws it away.
    """

    __table_args__ = AUTO
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("form_draft.id"), index=True)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    what: Mapped[str]
    back: Mapped[dict[str, Any]]
    undone_at: Mapped[datetime | None]


class Base(NamedTuple):
    """The version a draft was begun with."""

    id: int
    number: int
    published_at: datetime

    @property
    def spec(self) -> FormSpec:
        """What it says today."""
        return spec_of(self.id)


@dataclass(frozen=True)
class Draft:
    """A draft to be read, as a page shows it; it is changed as a `FormDraft`. `base` is what it was begun with."""

    id: int
    form_id: str
    written: str
    readme: str
    trial: dict[str, Any]
    changed_at: datetime
    base: Base | None

    @cached_property
    def content(self) -> dict[str, Any]:
        """Not to be changed in place."""
        content: dict[str, Any] = json.loads(self.written)
        return content


AnyDraft = Draft | FormDraft


class Step(NamedTuple):
    """One change of a draft that can be taken back, or done again."""

    id: int
    at: datetime
    by_id: int
    what: str
    back: dict[str, Any]


def read(written: str) -> tuple[FormSpec | None, list[Problem]]:
    """What the contract makes of a draft's text. After each save it is asked for three times, by the save, the preview and the page."""
    spec, problems = _read(written)
    return spec, list(problems)


@lru_cache(maxsize=8)
def _read(written: str) -> tuple[FormSpec | None, tuple[Problem, ...]]:
    spec, problems = formcheck.read(json.loads(written))
    return spec, tuple(problems)


_STEPS, _DRAFTS, _VERSIONS = table_of(DraftStep), table_of(FormDraft), table_of(FormVersion)
_FORM_ID = sa.bindparam("form_id", type_=sa.String())
_NO_DRAFT = Prepared(sa.delete(_DRAFTS).where(_DRAFTS.c.form_id == _FORM_ID))
_NO_STEPS = Prepared(sa.delete(_STEPS).where(_STEPS.c.draft_id.in_(sa.select(_DRAFTS.c.id).where(_DRAFTS.c.form_id == _FORM_ID))))
_ALL = sa.select(
    *(_DRAFTS.c.id, _DRAFTS.c.form_id, _DRAFTS.c.content, _DRAFTS.c.readme, _DRAFTS.c.trial, _DRAFTS.c.changed_at),
    *(_VERSIONS.c.id.label("version"), _VERSIONS.c.number, _VERSIONS.c.published_at),
).join_from(_DRAFTS, _VERSIONS, _DRAFTS.c.base_version_id == _VERSIONS.c.id, isouter=True)
_ONE_DRAFT, _ALL_DRAFTS = Prepared(_ALL.where(_DRAFTS.c.form_id == _FORM_ID)), Prepared(_ALL.order_by(_DRAFTS.c.id))
_STEP = sa.select(*(_STEPS.c[name] for name in Step._fields)).where(_STEPS.c.draft_id == sa.bindparam("draft_id")).limit(1)
_LAST_STEP = Prepared(_STEP.where(_STEPS.c.undone_at.is_(None)).order_by(_STEPS.c.id.desc()))
_NEXT_STEP = Prepared(_STEP.where(_STEPS.c.undone_at.is_not(None)).order_by(_STEPS.c.id))


def draft_of(form_id: str) -> Draft | None:
    """The draft of a form, if there is one, to be read."""
    row = _ONE_DRAFT.row(form_id=form_id)
    return _draft(row) if row else None


def drafts_by_form() -> dict[str, Draft]:
    """Form id → its draft."""
    return {row.form_id: _draft(row) for row in _ALL_DRAFTS.rows()}


def _draft(row: Any) -> Draft:
    base = None if row.version is None else Base(row.version, row.number, row.published_at)
    return Draft(row.id, row.form_id, row.content, row.readme, row.trial, row.changed_at, base)


def to_change(form_id: str) -> FormDraft | None:
    """The draft of a form, if there is one, to be changed: inside writing()."""
    return db.session.execute(sa.select(FormDraft).where(FormDraft.form_id == form_id)).scalar_one_or_none()


def last_step(draft_id: int) -> Step | None:
    """What would be taken back next."""
    row = _LAST_STEP.row(draft_id=draft_id)
    return Step(*row) if row else None


def next_step(draft_id: int) -> Step | None:
    """What was taken back last and could be done again."""
    row = _NEXT_STEP.row(draft_id=draft_id)
    return Step(*row) if row else None


def throw_away(form_id: str) -> None:
    """Remove the draft of a form with its steps. Called inside writing()."""
    _NO_STEPS.run(form_id=form_id)
    _NO_DRAFT.run(form_id=form_id)


def unchanged(rows: Iterable[Draft]) -> set[str]:
    """The forms whose draft says what its version says: somebody opened it and wrote nothing."""
    of_version = {row.id: row for row in rows if row.base is not None}
    steps = sa.select(DraftStep.draft_id).where(DraftStep.draft_id.in_(of_version), DraftStep.undone_at.is_(None)).distinct()
    begun = set(db.session.execute(steps).scalars())
    # A draft that was taken from a file has no steps either.
    return {row.form_id for row in of_version.values() if row.id not in begun and _says_the_same(row)}


def is_untouched(row: Draft) -> bool:
    """Nothing would be lost with it: it was opened, and neither changed nor tried out, nor was anything taken back in it."""
    has_steps = db.session.execute(sa.select(DraftStep.id).where(DraftStep.draft_id == row.id).limit(1)).first() is not None
    readme = db.session.get_one(FormVersion, row.base.id).readme if row.base else ""
    return not has_steps and not any(row.trial.values()) and row.readme == readme and _says_the_same(row)


def _says_the_same(row: Draft) -> bool:
    spec, _problems = read(row.written)
    return spec is not None and row.base is not None and content_hash(spec) == content_hash(row.base.spec)
