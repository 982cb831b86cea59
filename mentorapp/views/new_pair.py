"""Making a pair or a group of a form from the two bases."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, hx, words
from mentorapp.database import db, writing
from mentorapp.domain import organisation
from mentorapp.domain.formspec import FormSpec
from mentorapp.domain.permissions import Action, Side
from mentorapp.domain.school_year import short_date
from mentorapp.models import FormVersion, MentoringForm, Person, School, directory, journal, pairing
from mentorapp.pair_inputs import NewPairInput
from mentorapp.views.offers import offers

bp = Blueprint("new_pair", __name__, url_prefix="/pairs/new")


@bp.get("")
def page() -> ResponseReturnValue:
    """The form of a new pair: people of the bases, subtype, model, period."""
    access.demand(Action.PAIRS_CREATE)
    chosen = {side.value: request.args.getlist(side.value, type=int) for side in Side}
    version = _version(request.args.get("form", ""), chosen)
    if version is None:
        return render_template("pairs/no_form.html")
    starts_on, ends_on = pairing.usual_period(clock.current_year(), clock.today())
    typed = request.args if "starts_on" in request.args else None  # the lists are shown anew, with what was chosen
    form = NewPairInput(formdata=typed, starts_on=starts_on, ends_on=ends_on, **chosen)
    _offer(form, version)
    return _new_page(form, version, unfit=_unfit(form))


def _unfit(form: NewPairInput) -> Person | None:
    """One of the people asked for who cannot be chosen in this form."""
    asked = [(person_id, field) for field in (form.mentor, form.mentee) for person_id in field.data]
    missing = next((one for one, field in asked if one not in {offer.person_id for offer in field.chosen}), None)
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
        form.blame(problem.problems)
        return _new_page(form, version), 422


def _create(form: NewPairInput, version_id: int) -> str:
    with writing() as session:
        access.demand(Action.PAIRS_CREATE)
        if place := journal.already_done(form.once.data):
            return place
        version = access.found(session.get(FormVersion, version_id))
        access.hide_unless(access.access().curates(version.form_id))
        people = {side: [access.found(session.get(Person, one)) for one in form[side.value].data] for side in Side}
        pair = pairing.make_group(version, people, _terms(form), clock.today())
        word = "Пара составлена" if len(pair.participants) == len(Side) else "Группа составлена"
        what = f"{word}: {version.spec.title}, {short_date(pair.starts_on)} – {short_date(pair.ends_on)}"
        journal.record(pair, what=what, by_id=access.person_id(), now=clock.now(), pair_id=pair.id)
        place = url_for("pairs.show", pair_id=pair.id)
        journal.keep_once(form.once.data, place, clock.now())
        return place


def _terms(form: NewPairInput) -> pairing.Terms:
    period = clock.current_year(), form.starts_on.data, form.ends_on.data
    return pairing.Terms(*period, form.subtype.data, form.model.data, form.area.data or "")


def _version(form_id: str, chosen: Mapping[str, Sequence[int]] | None = None) -> FormVersion | None:
    """The current version of the form asked for, or else of the likeliest that is switched on; only forms this curator may use."""
    query = sa.select(FormVersion).join(MentoringForm, MentoringForm.current_version_id == FormVersion.id).where(MentoringForm.enabled)
    if form_id:
        query = query.where(MentoringForm.id == form_id)
    versions = db.session.execute(query.order_by(MentoringForm.title)).scalars()
    usable = [version for version in versions if access.access().curates(version.form_id)]
    return _likeliest(usable, chosen or {}) if len(usable) > 1 else next(iter(usable), None)


def _likeliest(versions: Sequence[FormVersion], chosen: Mapping[str, Sequence[int]]) -> FormVersion:
    """The first form that is for the people asked for; on a side where nobody is, for somebody of the base."""
    there = {side: directory.kinds_in_base(side, clock.current_year()) for side in Side}
    for side, people in chosen.items():
        if found := [person for person in (db.session.get(Person, person_id) for person_id in people) if person]:
            there[Side(side)] = {person.kind for person in found}
    return next((version for version in versions if _takes(version, there)), versions[0])


def _takes(version: FormVersion, there: Mapping[Side, set[str]]) -> bool:
    sides = {Side.MENTOR: version.spec.mentor, Side.MENTEE: version.spec.mentee}
    return all(there[side] & set(words.kinds) for side, words in sides.items())


def _new_page(form: NewPairInput, version: FormVersion, unfit: Person | None = None) -> str:
    titles = db.session.execute(sa.select(MentoringForm.id, MentoringForm.title).where(MentoringForm.enabled).order_by(MentoringForm.title))
    usable = [row for row in titles if access.access().curates(row.id)]
    hint = _starts_hint(form, version.spec)
    return render_template("pairs/new.html", form=form, version=version, spec=version.spec, forms=usable, unfit=unfit, starts_hint=hint)


def _starts_hint(form: NewPairInput, spec: FormSpec) -> str:
    """How many rows of the plans would be overdue at once, and whether another first day would help."""
    starts_on, ends_on, today = form.starts_on.data, form.ends_on.data, clock.today()
    if not (starts_on and ends_on):
        return ""
    passed, from_today = (pairing.passed_rows(spec, clock.current_year(), day, ends_on, today) for day in (starts_on, today))
    if not passed:
        return ""
    fewer = f"таких {from_today}" if from_today else "таких не будет"
    better = f"; если начать {short_date(today)}, {fewer}" if starts_on < today and from_today < passed else ""
    return f"Строк планов, срок которых уже прошёл: {passed}{better}"


def _offer(form: NewPairInput, version: FormVersion) -> None:
    """Fill the lists of the form, and call the two sides by its words."""
    spec, school = version.spec, School.get()
    form.offer_kinds(spec)
    for side in Side:
        field, several = form[side.value], organisation.takes_several(spec, side)
        field.offer(offers(side, spec, form.starts_on.data), several=several, most=organisation.most(spec, side))
        word = words.side_words(spec, school, side)["plural" if several else "nominative"]
        field.label.text = word[:1].upper() + word[1:]
