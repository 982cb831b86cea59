"""People: the list, a person's card with her consents, adding, correcting, the archive."""

from typing import Any

import sqlalchemy as sa
from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, hx, words
from mentorapp.database import db, writing
from mentorapp.domain.birth import Birth
from mentorapp.domain.permissions import Action
from mentorapp.models import Account, Consent, Person, Role, School, directory, journal
from mentorapp.models.people import PersonKind
from mentorapp.people_inputs import ConsentInput, PersonInput, WithdrawalInput
from mentorapp.views.noted import asking_pair, card_after

bp = Blueprint("people", __name__, url_prefix="/people")

ON_A_PAGE = 50
HISTORY = 12
# What a chip calls several of a kind.
PLURALS = {
    PersonKind.PUPIL: "обучающиеся",
    PersonKind.TEACHER: "педагоги",
    PersonKind.STAFF: "сотрудники школы",
    PersonKind.PARENT: "родители",
    PersonKind.STUDENT: "студенты",
    PersonKind.EMPLOYER: "работодатели",
    PersonKind.GRADUATE: "выпускники",
    PersonKind.VETERAN: "ветераны труда",
    PersonKind.EXPERT: "внешние эксперты",
}


@bp.get("")
def index() -> ResponseReturnValue:
    """People by name, narrowed by words, kind, class and archive."""
    access.hide_unless(access.may(Action.PEOPLE_VIEW))
    year, who = clock.current_year(), access.access()
    classes = directory.classes_of(year)
    wanted = _wanted(known={row.id for row in classes})
    counts = directory.count_people(wanted, who, year)
    pages = -(-counts.get("archive" if wanted.archive else wanted.kind, 0) // ON_A_PAGE)
    page = max(1, min(request.args.get("page", 1, type=int), pages))
    return render_template(
        "people/_list.html" if hx.wants_fragment() else "people/index.html",
        people=directory.list_people(wanted, who, year, limit=ON_A_PAGE, offset=(page - 1) * ON_A_PAGE),
        address=lambda **changed: url_for("people.index", **wanted.arguments | changed),
        **{"wanted": wanted, "counts": counts, "page": page, "pages": pages, "classes": classes},
        **{"plurals": PLURALS, "year": year, "school": School.get()},
    )


def _wanted(known: set[int]) -> directory.Wanted:
    """The filters in the address; what is not known filters nothing."""
    given = request.args
    kind, class_id = given.get("kind", ""), given.get("class", type=int)
    return directory.Wanted(
        q=given.get("q", "").strip(),
        kind=kind if kind in PLURALS else "",
        class_id=class_id if class_id in known else None,
        archive=given.get("archive") == "1",
    )


@bp.get("/<int:person_id>")
def card(person_id: int) -> ResponseReturnValue:
    """All that is known of a person, for whom it concerns."""
    return _card(load_person(person_id))


def load_person(person_id: int, action: Action = Action.PERSON_VIEW) -> Person:
    """The person, 404 unless she may be seen here, NotAllowed unless the action is allowed."""
    person = db.session.get(Person, person_id)
    if person is None or not access.may(Action.PERSON_VIEW, person):
        abort(404)
    access.demand(action, person)
    return person


def _card(person: Person, problem: str = "") -> str:
    today, who = clock.today(), access.access()
    return render_template(
        "people/card.html",
        person=person,
        problem=problem,
        year=clock.current_year(),
        school=School.get(),
        born=Birth(person.birth_date, person.birth_year),
        gap=person.consent_gap(today),
        pairs=directory.pairs_of(person.id, who),
        account=db.session.execute(sa.select(Account).where(Account.person_id == person.id)).scalar_one_or_none(),
        roles=_roles(person),
        history=directory.history_of(person.id, HISTORY),
        own=person.id == who.person_id,
        asking=asking_pair(),
    )


def _roles(person: Person) -> list[Role]:
    query = sa.select(Role).where(Role.person_id == person.id).options(sa.orm.joinedload(Role.school_class))
    return [role for role in db.session.execute(query).scalars() if role.is_active(clock.today())]


@bp.get("/new")
def new() -> ResponseReturnValue:
    """The form of a new person; `name` fills the name in, `saved` is whom the form was sent for just now."""
    _demand_edit()
    last, first, patronymic = (*request.args.get("name", "").split(maxsplit=2), "", "", "")[:3]
    form = PersonInput(formdata=None, last_name=last.capitalize(), first_name=first.capitalize(), patronymic=patronymic.capitalize())
    form.kind.data, form.class_id.data = request.args.get("kind", ""), request.args.get("class", type=int)
    form.organisation_id.data = request.args.get("organisation", type=int)
    return _form_page(form, saved=db.session.get(Person, request.args.get("saved", 0, type=int)))


@bp.post("/new")
def create() -> ResponseReturnValue:
    """Write a new person down; somebody of the same name is shown first."""
    _demand_edit()
    form = PersonInput().offer(clock.current_year())
    # Before the question about namesakes: the second sending of a page would meet the person of the first.
    if place := journal.already_done(form.once.data):
        return hx.go(place)
    if not form.accepted():
        return _form_page(form), 422
    same = directory.namesakes(form.last_name.data, form.first_name.data, form.patronymic.data)
    if same and not form.another.data:
        return _form_page(form, namesakes=same), 422
    return hx.go(_create(form, more="more" in request.form))


def _create(form: PersonInput, more: bool) -> str:
    with writing() as session:
        _demand_edit()
        if place := journal.already_done(form.once.data):
            return place
        person = Person()
        session.add(person)
        journal.record(*form.put_on(person, clock.current_year()), what="Человек записан", by_id=access.person_id(), now=clock.now())
        again = {"saved": person.id, "kind": form.kind.data, "class": form.class_id.data or None}
        place = url_for("people.new", **again) if more else url_for("people.card", person_id=person.id)
        journal.keep_once(form.once.data, place, clock.now())
        return place


def _demand_edit() -> None:
    access.hide_unless(access.may(Action.PEOPLE_VIEW))
    access.demand(Action.PERSON_EDIT)


def _form_page(form: PersonInput, **shown: Any) -> str:
    year = clock.current_year()
    return render_template("people/form.html", form=form.offer(year, shown.get("person")), year=year, **shown)


@bp.get("/<int:person_id>/edit")
def edit(person_id: int) -> ResponseReturnValue:
    """The same form with what is known."""
    person = load_person(person_id, Action.PERSON_EDIT)
    place = person.enrolment(clock.current_year())
    born = str(Birth(person.birth_date, person.birth_year))
    form = PersonInput(formdata=None, obj=person, birth=born, class_id=place and place.class_id, post=place.post if place else "")
    return _form_page(form, person=person)


@bp.post("/<int:person_id>/edit")
def save(person_id: int) -> ResponseReturnValue:
    """Correct a card."""
    person = load_person(person_id, Action.PERSON_EDIT)
    form = PersonInput().offer(clock.current_year(), person)
    if not form.accepted():
        return _form_page(form, person=person), 422
    with writing():
        person = load_person(person_id, Action.PERSON_EDIT)
        journal.record(*form.put_on(person, clock.current_year()), what="Карточка исправлена", by_id=access.person_id(), now=clock.now())
    return hx.go(url_for("people.card", person_id=person_id))


@bp.post("/<int:person_id>/archive")
def archive(person_id: int) -> ResponseReturnValue:
    """Take a person out of lists and search; she cannot sign in any more, nothing of her is lost."""
    with writing():
        person = load_person(person_id, Action.PERSON_EDIT)
        problem = _why_not_archive(person)
        if not problem and person.archived_at is None:
            person.archived_at = clock.now()
            journal.record(person, what="Карточка убрана в архив", by_id=access.person_id(), now=clock.now())
    return (_card(person, problem), 409) if problem else _back(person_id)


def _why_not_archive(person: Person) -> str:
    """What an archived person would leave hanging, in words; empty when nothing."""
    if person.id == access.person_id():
        return "Это ваша карточка: из архива вы не смогли бы войти. Попросите сделать это другого куратора."
    if pairs := directory.running_pairs(person.id, access.access()):
        return f"В архив пока не убрать: работает {pairs}. Сначала завершите пару, всё остальное сохранится."
    if kinds := {words.ROLES[role.kind] for role in _roles(person)}:
        return f"В архив пока не убрать: есть роль «{'», «'.join(sorted(kinds))}». Сначала её нужно снять в учётных записях."
    return ""


@bp.post("/<int:person_id>/bring-back")
def bring_back(person_id: int) -> ResponseReturnValue:
    """Take a person out of the archive, as she was."""
    with writing():
        person = load_person(person_id, Action.PERSON_EDIT)
        if person.archived_at is not None:
            person.archived_at = None
            journal.record(person, what="Карточка возвращена из архива", by_id=access.person_id(), now=clock.now())
    return _back(person_id)


def _back(person_id: int) -> ResponseReturnValue:
    return hx.go(card_after(person_id))


@bp.get("/<int:person_id>/consents/new")
def consent_new(person_id: int) -> ResponseReturnValue:
    """The form of a signed consent; for a minor a parent is expected to have signed."""
    person = load_person(person_id, Action.PERSON_EDIT)
    signed_by = "representative" if person.is_minor(clock.today()) else "person"
    return _consent_page(person, ConsentInput(formdata=None, signed_by=signed_by))


@bp.post("/<int:person_id>/consents/new")
def consent_add(person_id: int) -> ResponseReturnValue:
    """Note a signed consent."""
    person, form = load_person(person_id, Action.PERSON_EDIT), ConsentInput()
    if not form.accepted():
        return _consent_page(person, form), 422
    with writing() as session:
        if place := journal.already_done(form.once.data):
            return hx.go(place)
        consent = Consent(person=load_person(person_id, Action.PERSON_EDIT))
        session.add(consent)
        form.put_on(consent)
        journal.record(consent, what="Согласие записано", by_id=access.person_id(), now=clock.now())
        journal.keep_once(form.once.data, card_after(person_id), clock.now())
    return _back(person_id)


@bp.get("/<int:person_id>/consents/<int:consent_id>")
def consent_edit(person_id: int, consent_id: int) -> ResponseReturnValue:
    """A consent to correct or to withdraw."""
    consent = _load_consent(person_id, consent_id)
    return _consent_page(consent.person, ConsentInput.showing(consent), consent)


@bp.post("/<int:person_id>/consents/<int:consent_id>")
def consent_save(person_id: int, consent_id: int) -> ResponseReturnValue:
    """Correct a consent."""
    consent, form = _load_consent(person_id, consent_id), ConsentInput()
    if not form.accepted():
        return _consent_page(consent.person, form, consent), 422
    with writing():
        consent = _load_consent(person_id, consent_id)
        form.put_on(consent)
        journal.record(consent, what="Согласие исправлено", by_id=access.person_id(), now=clock.now())
    return _back(person_id)


@bp.post("/<int:person_id>/consents/<int:consent_id>/withdraw")
def consent_withdraw(person_id: int, consent_id: int) -> ResponseReturnValue:
    """Note that a consent was withdrawn. Bases and pairs stay as they are: what becomes of them is for people to decide."""
    consent, form = _load_consent(person_id, consent_id), WithdrawalInput()
    if not form.fits(consent):
        return _consent_page(consent.person, ConsentInput.showing(consent), consent, form), 422
    with writing():
        consent = _load_consent(person_id, consent_id)
        consent.withdrawn_on = form.withdrawn_on.data
        journal.record(consent, what="Согласие отозвано", by_id=access.person_id(), now=clock.now())
    return _back(person_id)


@bp.post("/<int:person_id>/consents/<int:consent_id>/restore")
def consent_restore(person_id: int, consent_id: int) -> ResponseReturnValue:
    """Undo a withdrawal that was noted by mistake."""
    with writing():
        consent = _load_consent(person_id, consent_id)
        if consent.withdrawn_on is not None:
            consent.withdrawn_on = None
            journal.record(consent, what="Отзыв согласия отменён", by_id=access.person_id(), now=clock.now())
    return _back(person_id)


def _load_consent(person_id: int, consent_id: int) -> Consent:
    person = load_person(person_id, Action.PERSON_EDIT)
    return next((row for row in person.consents if row.id == consent_id), None) or abort(404)


def _consent_page(person: Person, form: ConsentInput, consent: Consent | None = None, withdrawal: WithdrawalInput | None = None) -> str:
    withdrawal = withdrawal or WithdrawalInput(formdata=None, withdrawn_on=clock.today())
    return render_template("people/consent.html", person=person, form=form, consent=consent, withdrawal=withdrawal, asking=asking_pair())
