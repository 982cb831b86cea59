"""Which forms the school runs: switching one on and off, the archive, taking away one that was never used."""

from collections.abc import Callable

import sqlalchemy as sa
from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, hx
from mentorapp.database import db, writing
from mentorapp.domain.permissions import Action
from mentorapp.models import DraftStep, FormCorrection, FormDraft, FormVersion, MentoringForm, Pair, Role, journal
from mentorapp.models.pairs import NotNow, PairState

bp = Blueprint("form_states", __name__, url_prefix="/forms/<form_id>")


def _change(form_id: str, act: Callable[[MentoringForm], str]) -> ResponseReturnValue:
    """Change the form and say in the history what was done."""
    access.hide_unless(access.may(Action.FORMS_VIEW))
    access.demand(Action.FORMS_EDIT, form_id)
    with writing() as session:
        access.demand(Action.FORMS_EDIT, form_id)
        form = access.found(session.get(MentoringForm, form_id))
        journal.record(what=f"Форма «{form.title}»: {act(form)}", by_id=access.person_id(), now=clock.now())
    return hx.go(url_for("forms.index", _anchor=f"form-{form_id}"))


@bp.post("/on")
def switch_on(form_id: str) -> ResponseReturnValue:
    """New pairs may be made with it."""

    def act(form: MentoringForm) -> str:
        if form.current_version_id is None or form.archived_at is not None:
            raise NotNow("Эта форма в архиве или ещё не опубликована. Ничего не изменено.")
        form.enabled = True
        return "включена"

    return _change(form_id, act)


@bp.post("/off")
def switch_off(form_id: str) -> ResponseReturnValue:
    """No new pairs; those that are there go on."""

    def act(form: MentoringForm) -> str:
        form.enabled = False
        return "выключена"

    return _change(form_id, act)


@bp.post("/archive")
def archive(form_id: str) -> ResponseReturnValue:
    """Out of the way; everything made with it stays readable and printable. Not while pairs work by it."""

    def act(form: MentoringForm) -> str:
        running = sa.select(sa.func.count()).select_from(Pair).where(Pair.form_id == form_id, Pair.archived_at.is_(None))
        number = db.session.execute(running.where(Pair.state != PairState.FINISHED)).scalar_one()
        if number:
            raise NotNow(f"По этой форме ещё работают пары ({number}), она осталась на месте. Завершите их или просто выключите форму.")
        form.enabled, form.archived_at = False, clock.now()
        return "убрана в архив"

    return _change(form_id, act)


@bp.post("/bring-back")
def bring_back(form_id: str) -> ResponseReturnValue:
    """Out of the archive, switched off as yet."""

    def act(form: MentoringForm) -> str:
        form.archived_at = None
        return "возвращена из архива"

    return _change(form_id, act)


@bp.post("/remove")
def remove(form_id: str) -> ResponseReturnValue:
    """Take away a form that was never used, with its versions and its draft."""
    access.hide_unless(access.may(Action.FORMS_VIEW))
    access.demand(Action.FORMS_EDIT, form_id)
    with writing() as session:
        access.demand(Action.FORMS_EDIT, form_id)
        form = access.found(session.get(MentoringForm, form_id))
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
        journal.record(what=f"Форма «{form.title}» убрана: с ней не работали", by_id=access.person_id(), now=clock.now())
    return hx.go(url_for("forms.index"))
