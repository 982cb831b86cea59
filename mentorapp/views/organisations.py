"""Organisations that give mentors: the list, a card, adding, correcting, the archive."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, hx
from mentorapp.database import db, writing
from mentorapp.domain.permissions import Action
from mentorapp.models import Organisation, directory, journal, partners
from mentorapp.models.partners import StillNeeded
from mentorapp.partner_inputs import OrganisationInput
from mentorapp.views.bases import base_titles

bp = Blueprint("organisations", __name__, url_prefix="/organisations")


@bp.get("")
def index() -> ResponseReturnValue:
    """The organisations by name, with the agreement and the number of mentors each has given."""
    access.hide_unless(access.may(Action.ORGANISATIONS_VIEW))
    archive, year = request.args.get("archive") == "1", clock.current_year()
    return render_template(
        "organisations/index.html",
        rows=partners.listed(year, archive=archive),
        archive=archive,
        archived=partners.count_archived(),
        titles=base_titles(),
        sizes=directory.base_sizes(year),
        year=year,
    )


@bp.get("/<int:organisation_id>")
def card(organisation_id: int) -> ResponseReturnValue:
    """All that is known of an organisation, and the people who came from there."""
    return _card(_load(organisation_id))


def _load(organisation_id: int, action: Action = Action.ORGANISATIONS_VIEW) -> Organisation:
    access.hide_unless(access.may(Action.ORGANISATIONS_VIEW))
    access.demand(action)
    return access.found(db.session.get(Organisation, organisation_id))


def _card(organisation: Organisation, problem: str = "") -> str:
    people, year = partners.people_of(organisation), clock.current_year()
    pairs = partners.pairs_given(people, access.access())
    given = partners.given_by(organisation, year)
    return render_template(
        "organisations/card.html", organisation=organisation, problem=problem, people=people, pairs=pairs, given=given, year=year
    )


@bp.get("/new")
def new() -> ResponseReturnValue:
    """The form of a new organisation."""
    _demand_edit()
    return _form_page(OrganisationInput(formdata=None))


@bp.post("/new")
def create() -> ResponseReturnValue:
    """Write an organisation down."""
    _demand_edit()
    form = OrganisationInput()
    # Before the check: the second sending of a page would find its own organisation there already.
    if place := journal.already_done(form.once.data):
        return hx.go(place)
    if not form.accepted() or _is_taken(form):
        return _form_page(form), 422
    with writing() as session:
        _demand_edit()
        if place := journal.already_done(form.once.data):
            return hx.go(place)
        organisation = form.put_on(Organisation())
        session.add(organisation)
        _note(organisation, "Организация записана")
        place = url_for("organisations.card", organisation_id=organisation.id)
        journal.keep_once(form.once.data, place, clock.now())
    return hx.go(place)


def _demand_edit() -> None:
    access.hide_unless(access.may(Action.ORGANISATIONS_VIEW))
    access.demand(Action.ORGANISATIONS_EDIT)


def _is_taken(form: OrganisationInput, but: int = 0) -> bool:
    """Whether another organisation has this name; then the form says so."""
    twin = partners.called(form.full_name.data, but)
    if twin is not None:
        where = "она в архиве, верните её оттуда" if twin.archived_at else "откройте её в списке организаций"
        form.full_name.errors = [f"Такая организация уже записана: {where}. Если это другая, добавьте к названию город или отдел."]
    return twin is not None


@bp.get("/<int:organisation_id>/edit")
def edit(organisation_id: int) -> ResponseReturnValue:
    """The same form with what is known."""
    organisation = _load(organisation_id, Action.ORGANISATIONS_EDIT)
    return _form_page(OrganisationInput(formdata=None, obj=organisation), organisation)


@bp.post("/<int:organisation_id>/edit")
def save(organisation_id: int) -> ResponseReturnValue:
    """Correct an organisation."""
    organisation, form = _load(organisation_id, Action.ORGANISATIONS_EDIT), OrganisationInput()
    if not form.accepted() or _is_taken(form, but=organisation_id):
        return _form_page(form, organisation), 422
    with writing():
        _note(form.put_on(_load(organisation_id, Action.ORGANISATIONS_EDIT)), "Организация исправлена")
    return _to_card(organisation_id)


@bp.post("/<int:organisation_id>/archive")
def archive(organisation_id: int) -> ResponseReturnValue:
    """Out of the lists. Its people and their pairs stay as they are."""
    with writing():
        organisation = _load(organisation_id, Action.ORGANISATIONS_EDIT)
        if organisation.archived_at is None:
            organisation.archived_at = clock.now()
            _note(organisation, "Организация убрана в архив")
    return _to_card(organisation_id)


@bp.post("/<int:organisation_id>/bring-back")
def bring_back(organisation_id: int) -> ResponseReturnValue:
    """Out of the archive, as it was."""
    with writing():
        organisation = _load(organisation_id, Action.ORGANISATIONS_EDIT)
        if organisation.archived_at is not None:
            organisation.archived_at = None
            _note(organisation, "Организация возвращена из архива")
    return _to_card(organisation_id)


@bp.post("/<int:organisation_id>/remove")
def remove(organisation_id: int) -> ResponseReturnValue:
    """Remove an organisation that was written down by mistake: nobody came from there."""
    try:
        with writing() as session:
            organisation = _load(organisation_id, Action.ORGANISATIONS_EDIT)
            organisation.check_unneeded()
            _note(organisation, f"Организация удалена: {organisation.full_name}")
            session.delete(organisation)
    except StillNeeded as problem:
        return _card(_load(organisation_id), str(problem)), 409
    return hx.go(url_for("organisations.index"))


def _note(organisation: Organisation, what: str) -> None:
    journal.record(organisation, what=what, by_id=access.person_id(), now=clock.now())


def _to_card(organisation_id: int) -> ResponseReturnValue:
    return hx.go(url_for("organisations.card", organisation_id=organisation_id))


def _form_page(form: OrganisationInput, organisation: Organisation | None = None) -> str:
    return render_template("organisations/form.html", form=form, organisation=organisation)
