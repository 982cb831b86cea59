"""Which forms the school runs: switching one on and off, the archive, taking away one that was never used."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, hx
from mentorapp.database import db, writing
from mentorapp.domain.permissions import Action
from mentorapp.models import DraftStep, FormCorrection, FormDraft, FormVersion, MentoringForm, Pair, Participant, Role, journal
from mentorapp.models.pairs import NotNow, PairState

bp = Blueprint("form_states", __name__, url_prefix="/forms/<form_id>")

MOST_NAMED = 5  # pairs that stand in the way of the archive


@contextmanager
def _changing(form_id: str) -> Iterator[MentoringForm]:
    """The form, for somebody who may change it, inside one transaction."""
    access.hide_unless(access.may(Action.FORMS_VIEW))
    access.demand(Action.FORMS_EDIT, form_id)
    with writing() as session:
        access.demand(Action.FORMS_EDIT, form_id)
        yield access.found(session.get(MentoringForm, form_id))


def _note(form: MentoringForm, what: str) -> ResponseReturnValue:
    """Say in the history what was done, and go back to the card of the form."""
    journal.note(what=f"Форма «{form.title}»: {what}", by_id=access.person_id(), now=clock.now())
    return hx.go(url_for("forms.index", _anchor=f"form-{form.id}"))


@bp.post("/on")
def switch_on(form_id: str) -> ResponseReturnValue:
    """New pairs may be made with it."""
    with _changing(form_id) as form:
        if form.current_version_id is None or form.archived_at is not None:
            raise NotNow("Эта форма в архиве или ещё не опубликована. Ничего не изменено.")
        form.enabled = True
        return _note(form, "включена")


@bp.post("/off")
def switch_off(form_id: str) -> ResponseReturnValue:
    """No new pairs; those that are there go on."""
    with _changing(form_id) as form:
        form.enabled = False
        return _note(form, "выключена")


@bp.post("/archive")
def archive(form_id: str) -> ResponseReturnValue:
    """Out of the way; everything made with it stays readable and printable. Not while pairs work by it."""
    with _changing(form_id) as form:
        _check_nobody_works(form_id)
        form.enabled, form.archived_at = False, clock.now()
        return _note(form, "убрана в архив")


def _check_nobody_works(form_id: str) -> None:
    """Raises NotNow with the pairs that have not ended, of those whom this person may see the first ones by name."""
    running = Pair.form_id == form_id, Pair.archived_at.is_(None), Pair.state != PairState.FINISHED
    number = db.session.execute(sa.select(sa.func.count()).select_from(Pair).where(*running)).scalar_one()
    if not number:
        return
    people = sa.orm.selectinload(Pair.participants).joinedload(Participant.person)
    query = sa.select(Pair).where(*running, Pair.visible_to(access.access())).order_by(Pair.id).limit(MOST_NAMED)
    named = [(pair.id, pair.title) for pair in db.session.execute(query.options(people)).scalars()]
    raise NotNow(
        f"По этой форме ещё работают пары ({number}), она осталась на месте. Завершите их или просто выключите форму.", named, number
    )


@bp.post("/bring-back")
def bring_back(form_id: str) -> ResponseReturnValue:
    """Out of the archive, switched off as yet."""
    with _changing(form_id) as form:
        form.archived_at = None
        return _note(form, "возвращена из архива")


@bp.post("/remove")
def remove(form_id: str) -> ResponseReturnValue:
    """Take away a form that was never used, with its versions and its draft."""
    with _changing(form_id) as form:
        session = db.session
        if any(session.execute(sa.select(model.id).where(model.form_id == form_id).limit(1)).first() for model in (Pair, Role)):
            raise NotNow("С этой формой уже работали, поэтому она остаётся. Её можно убрать в архив: всё сделанное с ней сохранится.")
        form.current_version_id = None
        session.flush()
        draft_ids = sa.select(FormDraft.id).where(FormDraft.form_id == form_id)
        for statement in (
            sa.delete(DraftStep).where(DraftStep.draft_id.in_(draft_ids)),
            sa.delete(FormDraft).where(FormDraft.form_id == form_id),
            sa.delete(FormCorrection).where(FormCorrection.form_id == form_id),
            sa.delete(FormVersion).where(FormVersion.form_id == form_id),
            sa.delete(MentoringForm).where(MentoringForm.id == form_id),
        ):
            session.execute(statement)
        journal.note(what=f"Форма «{form.title}» убрана: с ней не работали", by_id=access.person_id(), now=clock.now())
    return hx.go(url_for("forms.index"))
