"""The plugin host: forms found in plugins/ are checked and published; what is broken is told, and harms nothing else."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from mentorapp.database import db, writing
from mentorapp.domain.formspec import FormSpec, content_hash
from mentorapp.forms.read import Look, folders, read_form, read_readme, tidy_readme
from mentorapp.models import FormVersion, MentoringForm
from mentorapp.models.forms import Published, new_version


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


def publish(spec: FormSpec, now: datetime, note: str = "", readme: str = "", *, enabled: bool = True) -> Published:
    """Make the next version of a form, which never changes afterwards; `note` says what changed. Called inside writing().

    `enabled` is for a form that was not here before: whether new pairs may be made with it.
    """
    return new_version(spec, now, note, tidy_readme(readme), enabled=enabled)


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
