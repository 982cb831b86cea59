"""The papers of an external mentor, on the card of this person: noted, corrected, removed and brought back."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, hx
from mentorapp.database import writing
from mentorapp.domain.permissions import Action
from mentorapp.models import Clearance, Person, journal
from mentorapp.people_inputs import ClearanceInput
from mentorapp.views.noted import asking_pair, card_after
from mentorapp.views.people import load_person

bp = Blueprint("clearances", __name__, url_prefix="/people/<int:person_id>/clearances")

CLEARANCES = "clearances"  # where the card shows them


@bp.get("/new")
def new(person_id: int) -> ResponseReturnValue:
    """The form of a paper; the first that is needed and not there is chosen already."""
    person = load_person(person_id, Action.PERSON_EDIT)
    kind = next((kind for kind, _words in person.clearance_gaps(clock.today())), "")
    return _page(person, ClearanceInput(formdata=None, kind=kind))


@bp.post("/new")
def add(person_id: int) -> ResponseReturnValue:
    """Note a paper that was shown."""
    person, form = load_person(person_id, Action.PERSON_EDIT), ClearanceInput()
    if not form.accepted():
        return _page(person, form), 422
    with writing() as session:
        person = load_person(person_id, Action.PERSON_EDIT)
        if place := journal.already_done(form.once.data):
            return hx.go(place)
        clearance = Clearance(person=person)
        session.add(clearance)
        form.put_on(clearance)
        _note(clearance, "Документ наставника записан")
        journal.keep_once(form.once.data, card_after(person_id, CLEARANCES), clock.now())
    return hx.go(card_after(person_id, CLEARANCES))


@bp.get("/<int:clearance_id>")
def edit(person_id: int, clearance_id: int) -> ResponseReturnValue:
    """A paper to correct or to remove."""
    clearance = _load(person_id, clearance_id)
    return _page(clearance.person, ClearanceInput(formdata=None, obj=clearance), clearance)


@bp.post("/<int:clearance_id>")
def save(person_id: int, clearance_id: int) -> ResponseReturnValue:
    """Correct a paper."""
    clearance, form = _load(person_id, clearance_id), ClearanceInput()
    if not form.accepted():
        return _page(clearance.person, form, clearance), 422
    with writing():
        clearance = _load(person_id, clearance_id)
        form.put_on(clearance)
        _note(clearance, "Документ наставника исправлен")
    return hx.go(card_after(person_id, CLEARANCES))


@bp.post("/<int:clearance_id>/remove")
def remove(person_id: int, clearance_id: int) -> ResponseReturnValue:
    """Take a paper off the card: it was given back, or noted by mistake. Pairs that work go on; the card tells what is missing."""
    with writing():
        clearance = _load(person_id, clearance_id)
        if clearance.removed_at is None:
            clearance.removed_at = clock.now()
            _note(clearance, "Документ наставника убран")
    return hx.go(_card(person_id))


@bp.post("/<int:clearance_id>/bring-back")
def bring_back(person_id: int, clearance_id: int) -> ResponseReturnValue:
    """Put it on the card again, as it was."""
    with writing():
        clearance = _load(person_id, clearance_id)
        if clearance.removed_at is not None:
            clearance.removed_at = None
            _note(clearance, "Документ наставника возвращён")
    return hx.go(_card(person_id))


def _load(person_id: int, clearance_id: int) -> Clearance:
    person = load_person(person_id, Action.PERSON_EDIT)
    return access.found(next((row for row in person.clearances if row.id == clearance_id), None))


def _note(clearance: Clearance, what: str) -> None:
    """Into the history of the card, which more people read than the papers: so without saying which paper it was."""
    journal.record(clearance, what=what, by_id=access.person_id(), now=clock.now())


def _card(person_id: int) -> str:
    return url_for("people.card", person_id=person_id, _anchor=CLEARANCES)


def _page(person: Person, form: ClearanceInput, clearance: Clearance | None = None) -> str:
    return render_template("clearances/edit.html", person=person, form=form, clearance=clearance, asking=asking_pair())
