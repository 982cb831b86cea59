"""Changes of a form offered to the plans of running pairs, pair by pair; nothing is put into a plan by itself."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, hx, words
from mentorapp.database import db, writing
from mentorapp.domain.permissions import Action
from mentorapp.models import FormVersion, MentoringForm, Operation, School, form_offers
from mentorapp.models.form_offers import PairOffer

bp = Blueprint("form_offers", __name__)


def _version(form_id: str) -> FormVersion:
    """The published version. 404 for who may not know of forms, and where there is none; NotAllowed for who is not their curator."""
    access.hide_unless(access.may(Action.FORMS_VIEW))
    form = access.found(db.session.get(MentoringForm, form_id))
    access.demand(Action.FORMS_OFFER, form_id)
    return access.found(db.session.get(FormVersion, form.current_version_id or 0))


@bp.get("/forms/<form_id>/offers")
def page(form_id: str) -> ResponseReturnValue:
    """Rows that plans of running pairs lack, and rows that are worded or dated otherwise in the present version."""
    version = _version(form_id)
    found = form_offers.offers_for(form_id, version.spec)
    names = words.plan_names(version.spec, School.get())
    taken, just = form_offers.taken(form_id, version), set(request.args.getlist("taken", type=int))
    return render_template(
        "forms/offers.html",
        version=version,
        found=found,
        names=names,
        taken=taken,
        just=[(operation, pair) for operation, pair in taken if operation.id in just],
        undone=form_offers.was_undone(request.args.get("undone", 0, type=int), form_id),
        left="left" in request.args,
    )


@bp.post("/forms/<form_id>/offers")
def answer(form_id: str) -> ResponseReturnValue:
    """Put what was ticked into the plans of one pair or of all on the page, or leave a pair's plans as they are.

    What was answered since the page was read is not offered any more, so a second sending does nothing.
    """
    ticked, chosen, left = set(request.form.getlist("row")), request.form.get("apply", ""), request.form.get("leave", "")
    taken, asked = [], False
    with writing():
        version = _version(form_id)
        for one in form_offers.offers_for(form_id, version.spec):
            if str(one.pair.id) in (chosen or left).split(","):
                operation, asked = _answer(one, ticked if chosen else set(), version), True
                taken += [operation.id] if operation else []
    return hx.go(url_for("form_offers.page", form_id=form_id, taken=taken, left=1 if asked and not taken else None))


def _answer(one: PairOffer, ticked: set[str], version: FormVersion) -> Operation | None:
    rows = [row for row in one.rows if row.key in ticked]
    what = f"{form_offers.words_of(version)} строк {len(rows)}"
    return form_offers.answer(one, rows, version.id, what=what, by_id=access.person_id(), now=clock.now(), today=clock.today())
