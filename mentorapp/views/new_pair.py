"""Making a pair of a form from the two bases."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, hx, words
from mentorapp.database import db, writing
from mentorapp.domain import names
from mentorapp.domain.permissions import Action, Side
from mentorapp.domain.school_year import short_date
from mentorapp.models import FormVersion, MentoringForm, Person, School, directory, journal, pairing
from mentorapp.pair_inputs import NewPairInput

bp = Blueprint("new_pair", __name__, url_prefix="/pairs/new")


@bp.get("")
def page() -> ResponseReturnValue:
    """The form of a new pair: two people of the bases, subtype, model, period."""
    access.demand(Action.PAIRS_CREATE)
    chosen = {side: request.args.get(side, 0, type=int) for side in ("mentor", "mentee")}
    version = _version(request.args.get("form", ""), chosen)
    if version is None:
        return render_template("pairs/no_form.html")
    starts_on, ends_on = pairing.usual_period(clock.current_year(), clock.today())
    form = NewPairInput(formdata=None, starts_on=starts_on, ends_on=ends_on, **chosen)
    return _new_page(form, version, unfit=_unfit(form, chosen, version))


def _unfit(form: NewPairInput, chosen: dict[str, int], version: FormVersion) -> Person | None:
    """One of the people asked for who cannot be chosen in this form."""
    _offer(form, version)
    offered = {"mentor": dict(form.mentor.choices), "mentee": dict(form.mentee.choices)}
    missing = next((person_id for side, person_id in chosen.items() if person_id and person_id not in offered[side]), None)
    return db.session.get(Person, missing) if missing else None


@bp.post("")
def create() -> ResponseReturnValue:
    """Make the pair with its plans, and go to the plan."""
    access.demand(Action.PAIRS_CREATE)
    version = access.found(_version(request.form.get("form", "")))
    form = NewPairInput()
    _offer(form, version)
    if not form.accepted():
        return _new_page(form, version), 422
    try:
        return hx.go(_create(form, version.id))
    except pairing.WrongPair as problem:
        fields = {pairing.WrongPeriod: form.ends_on, pairing.NoArea: form.area}
        blamed = fields.get(type(problem), form.mentor)
        blamed.errors = [str(problem)]
        return _new_page(form, version), 422


def _create(form: NewPairInput, version_id: int) -> str:
    with writing() as session:
        access.demand(Action.PAIRS_CREATE)
        if place := journal.already_done(form.once.data):
            return place
        mentor, mentee = (access.found(session.get(Person, field.data)) for field in (form.mentor, form.mentee))
        version = access.found(session.get(FormVersion, version_id))
        access.hide_unless(access.access().curates(version.form_id))
        pair = pairing.make_pair(
            version,
            mentor,
            mentee,
            clock.current_year(),
            form.starts_on.data,
            form.ends_on.data,
            clock.today(),
            form.subtype.data,
            form.model.data,
            form.area.data or "",
        )
        what = f"Пара составлена: {version.spec.title}, {short_date(pair.starts_on)} – {short_date(pair.ends_on)}"
        journal.record(pair, what=what, by_id=access.person_id(), now=clock.now(), pair_id=pair.id)
        place = url_for("pairs.show", pair_id=pair.id)
        journal.keep_once(form.once.data, place, clock.now())
        return place


def _version(form_id: str, chosen: Mapping[str, int] | None = None) -> FormVersion | None:
    """The current version of the form asked for, or else of the likeliest that is switched on; only forms this curator may use."""
    query = sa.select(FormVersion).join(MentoringForm, MentoringForm.current_version_id == FormVersion.id).where(MentoringForm.enabled)
    if form_id:
        query = query.where(MentoringForm.id == form_id)
    versions = db.session.execute(query.order_by(MentoringForm.title)).scalars()
    usable = [version for version in versions if access.access().curates(version.form_id)]
    return _likeliest(usable, chosen or {}) if len(usable) > 1 else next(iter(usable), None)


def _likeliest(versions: Sequence[FormVersion], chosen: Mapping[str, int]) -> FormVersion:
    """The first form that is for the people asked for; on a side where nobody is, for somebody of the base."""
    there = {side: directory.kinds_in_base(side, clock.current_year()) for side in Side}
    for side, person_id in chosen.items():
        if person := db.session.get(Person, person_id) if person_id else None:
            there[Side(side)] = {person.kind}
    return next((version for version in versions if _takes(version, there)), versions[0])


def _takes(version: FormVersion, there: Mapping[Side, set[str]]) -> bool:
    sides = {Side.MENTOR: version.spec.mentor, Side.MENTEE: version.spec.mentee}
    return all(there[side] & set(words.kinds) for side, words in sides.items())


def _new_page(form: NewPairInput, version: FormVersion, unfit: Person | None = None) -> str:
    _offer(form, version)
    school = School.get()
    called = words.owner_names(version.spec, school)
    form.mentor.label.text, form.mentee.label.text = called["mentor"], called["mentee"]
    titles = db.session.execute(sa.select(MentoringForm.id, MentoringForm.title).where(MentoringForm.enabled).order_by(MentoringForm.title))
    usable = [row for row in titles if access.access().curates(row.id)]
    return render_template("pairs/new.html", form=form, version=version, spec=version.spec, forms=usable, school=school, unfit=unfit)


def _offer(form: NewPairInput, version: FormVersion) -> None:
    """Fill the four lists of the form."""
    form.offer_kinds(version.spec)
    year = clock.current_year()
    for field, side in ((form.mentor, Side.MENTOR), (form.mentee, Side.MENTEE)):
        found = pairing.candidates(side, version.spec, year)
        found.sort(key=lambda one: (bool(one[0].person.consent_gap(clock.today())), one[1]))  # first who can be taken at once
        people = [(entry.person_id, _label(entry, load)) for entry, load in found]
        field.choices = [(0, "выберите из базы"), *people] if people else []


def _label(entry: Any, load: int) -> str:
    enrolment = entry.person.enrolment(clock.current_year())
    busy = f"уже {load} {names.plural(load, 'пара', 'пары', 'пар')}" if load else ""
    gap = entry.person.consent_gap(clock.today())
    place, organisation = enrolment.place if enrolment else "", entry.person.organisation
    known = (entry.person.full_name, gap, busy, place, organisation.name if organisation else "", _short(entry.request))
    return " · ".join(part for part in known if part)


def _short(text: str) -> str:
    """The beginning of a request, cut between words."""
    return text if len(text) <= 60 else text[:60].rsplit(" ", 1)[0] + "…"
