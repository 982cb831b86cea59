"""The plugin host: forms found in plugins/ are checked and published; what is broken is told, and harms nothing else."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

from mentorapp.database import db, table_of, writing
from mentorapp.domain.formspec import FormSpec, content_hash, to_json
from mentorapp.forms.read import Look, folders, read_form, read_readme, tidy_readme
from mentorapp.models import FormVersion, MentoringForm
from mentorapp.prepared import Prepared


def publish_new(folder: Path, now: datetime) -> None:
    """Publish each form of the folder whose id is not known yet; the school switches on those it runs.

    A changed one waits for the curator's decision. What is known already is not read: a start on a small computer must be short.
    """
    known = {version.form_id: version for version in _current()}
    for path in folders(folder):
        version, page = known.get(path.name), read_readme(path)
        if version is not None and (version.readme or not page):
            continue
        spec, _problems, _texts = read_form(path)
        if spec is None:
            continue
        if version is None:
            with writing():
                publish(spec, now, readme=page, enabled=False)
        elif version.content_hash == content_hash(spec):
            # A version that was published before its page was kept with it; what the version says does not change.
            with writing() as session:
                session.get_one(FormVersion, version.id).readme = page


def _current() -> list[FormVersion]:
    query = db.select(FormVersion).join(MentoringForm, MentoringForm.current_version_id == FormVersion.id)
    return list(db.session.execute(query).scalars())


class Published(NamedTuple):
    """A version that was just made."""

    id: int
    number: int


def publish(spec: FormSpec, now: datetime, note: str = "", readme: str = "", *, enabled: bool = True) -> Published:
    """Make the next version of a form, which never changes afterwards; `note` says what changed. Called inside writing().

    `enabled` is for a form that was not here before: whether new pairs may be made with it.
    """
    known = _KNOWN.row(form_id=spec.id)
    if known is None:
        _NEW_FORM.run(id=spec.id, title=spec.title, enabled=enabled)
    number = known.last + 1 if known else 1
    kept = {"content": to_json(spec), "content_hash": content_hash(spec), "published_at": now}
    id = _NEW_VERSION.run(form_id=spec.id, number=number, note=note, readme=tidy_readme(readme), **kept)
    _CURRENT.run(form_id=spec.id, title=spec.title, current_version_id=id)
    return Published(id, number)


_FORMS, _VERSIONS = table_of(MentoringForm), table_of(FormVersion)
_LAST = sa.select(sa.func.coalesce(sa.func.max(_VERSIONS.c.number), 0)).where(_VERSIONS.c.form_id == _FORMS.c.id).scalar_subquery()
_KNOWN = Prepared(sa.select(_LAST.label("last")).where(_FORMS.c.id == sa.bindparam("form_id")))
_NEW_FORM, _NEW_VERSION = Prepared(sa.insert(_FORMS)), Prepared(sa.insert(_VERSIONS))
_CURRENT = Prepared(sa.update(_FORMS).where(_FORMS.c.id == sa.bindparam("form_id")))


def broken(looks: Iterable[Look]) -> list[Look]:
    """Forms of the folder that cannot be read, with all their problems."""
    return [look for look in looks if look.problems]


def changed(looks: Iterable[Look]) -> set[str]:
    """Forms whose folder says something that was never published: a school that went on from there is not asked again."""
    known: dict[str, set[str]] = {}
    for row in db.session.execute(db.select(FormVersion.form_id, FormVersion.content_hash)):
        known.setdefault(row.form_id, set()).add(row.content_hash)
    news = ((look.folder_name, look.content_hash) for look in looks if look.content_hash)
    other = {form_id: mark for form_id, mark in news if mark not in known.get(form_id, {mark})}
    # Nor is it news what the present version says with its misprints mended.
    present = [version for version in _current() if version.form_id in other] if other else []
    return {version.form_id for version in present if content_hash(version.spec) != other[version.form_id]}
