"""Misprints of mentoring forms, mended in all versions at once: the versions stay, the corrections are laid over them."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from mentorapp.database import db
from mentorapp.domain.formdiff import Difference
from mentorapp.models.forms import FormCorrection, FormVersion, MentoringForm, forget_corrections, spec_of
from mentorapp.models.people import Person


def lay(form_id: str, mended: Iterable[Difference], *, by_id: int, now: datetime) -> int:
    """Lay labels that were only misprinted over every version of a form; how many there were. Called inside writing().

    Raises ValueError for a difference that is no label: those are a new version.
    """
    newest = db.session.execute(sa.select(sa.func.max(FormVersion.id)).where(FormVersion.form_id == form_id)).scalar_one()
    number = 0
    for one in mended:
        if not one.may_be_misprint:
            raise ValueError(f"no misprint: {one.address}")
        db.session.add(FormCorrection(form_id=form_id, place=one.address, old=one.old, new=one.new, up_to_id=newest, at=now, by_id=by_id))
        number += 1
    if number:
        db.session.flush()
        forget_corrections()
        _call_the_form_as_it_is_called(form_id)
    return number


def _call_the_form_as_it_is_called(form_id: str) -> None:
    """Lists name a form without reading its content."""
    form = db.session.get_one(MentoringForm, form_id)
    if form.current_version_id is not None:
        form.title = spec_of(form.current_version_id).title


def corrections_of(form_id: str) -> list[tuple[FormCorrection, Person]]:
    """The misprints that were mended in a form, the latest first, each with who mended it."""
    query = sa.select(FormCorrection, Person).join(Person, Person.id == FormCorrection.by_id).where(FormCorrection.form_id == form_id)
    return [(row[0], row[1]) for row in db.session.execute(query.order_by(FormCorrection.id.desc()))]


def versions_of(form_id: str) -> list[FormVersion]:
    """The published versions of a form, the newest first."""
    return list(
        db.session.execute(sa.select(FormVersion).where(FormVersion.form_id == form_id).order_by(FormVersion.number.desc())).scalars()
    )
