"""The published versions of a form: when, what was changed, who still uses them, and reading each as it was."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from mentorapp import access
from mentorapp.database import db
from mentorapp.domain.permissions import Action
from mentorapp.models import DeficitList, Evaluation, FormVersion, MentoringForm, Pair, Submission, corrections, form_offers
from mentorapp.models.form_offers import PairOffer
from mentorapp.models.forms import spec_of
from mentorapp.views.forms import form_page

bp = Blueprint("versions", __name__)


@dataclass(frozen=True, slots=True)
class Use:
    """A version with how many pairs and sheets were made with it."""

    version: FormVersion
    pairs: int
    sheets: int


@bp.get("/forms/<form_id>/versions")
def index(form_id: str) -> ResponseReturnValue:
    """All versions, the newest first, and the misprints that were mended in all of them."""
    access.hide_unless(access.may(Action.FORMS_VIEW))
    form = access.found(db.session.get(MentoringForm, form_id))
    pairs, sheets = _used((Pair,), form_id), _used((Submission, Evaluation, DeficitList), form_id)
    rows = [Use(one, pairs.get(one.id, 0), sheets.get(one.id, 0)) for one in corrections.versions_of(form_id)]
    offered = _offered(form) if access.may(Action.FORMS_OFFER, form_id) else []
    return render_template("forms/versions.html", form=form, rows=rows, corrections=corrections.corrections_of(form_id), offered=offered)


def _offered(form: MentoringForm) -> list[PairOffer]:
    """What running pairs could take over of the version that is published now."""
    return form_offers.offers_for(form.id, spec_of(form.current_version_id)) if form.current_version_id else []


def _used(models: tuple[type[Pair | Submission | Evaluation | DeficitList], ...], form_id: str) -> dict[int, int]:
    """Version id → how many rows of these tables were made with it."""
    found: dict[int, int] = {}
    for model in models:
        query = sa.select(model.form_version_id, sa.func.count()).join(FormVersion, FormVersion.id == model.form_version_id)
        if model is Submission:
            query = query.where(Submission.is_begun())
        for version_id, number in db.session.execute(query.where(FormVersion.form_id == form_id).group_by(model.form_version_id)):
            found[version_id] = found.get(version_id, 0) + number
    return found


@bp.get("/forms/<form_id>/versions/<int:number>")
def show(form_id: str, number: int) -> ResponseReturnValue:
    """One version as it was published, with the misprints mended that were found since."""
    access.hide_unless(access.may(Action.FORMS_VIEW))
    query = sa.select(FormVersion).where(FormVersion.form_id == form_id, FormVersion.number == number)
    return form_page(access.found(db.session.execute(query).scalar_one_or_none()))
