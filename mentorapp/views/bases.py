"""The two bases of the programme: who may be paired, with what request, and what is in the way."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, hx
from mentorapp.database import db, writing
from mentorapp.domain.permissions import Action, Side
from mentorapp.inputs import Input, text
from mentorapp.models import BaseEntry, Person, School, directory, journal
from mentorapp.models.people import AlreadyInBase, NoConsent

bp = Blueprint("bases", __name__, url_prefix="/bases")

ON_A_PAGE = 50
OFFERED = 10
SIDES = {"mentees": Side.MENTEE, "mentors": Side.MENTOR}
FILTERS = {"": "Все", "ready": "можно в пару", "pair": "в паре", "gap": "есть помеха"}
REQUESTS = {
    Side.MENTEE: ("Основной запрос", "Одной-двумя фразами, с чем нужна помощь: выбор профиля, уверенность на уроке"),
    Side.MENTOR: ("Чем может помочь", "Одной-двумя фразами — предмет, дело, опыт: подготовка к олимпиадам по физике"),
}


class RequestInput(Input):
    request = text("Запрос", longest=500)


@dataclass(frozen=True, slots=True)
class Base:
    """How pages speak of one base: its place in the address, the school's own word for its people, what is asked of them."""

    side: Side
    address: str
    title: str
    request: str
    hint: str

    def name(self, form: RequestInput) -> None:
        """Put the words of this base on the form."""
        form.request.label.text, form.request.description = self.request, self.hint


def _bases() -> dict[str, Base]:
    titles = {Side.MENTEE: School.get().mentee_words["plural"].capitalize(), Side.MENTOR: "Наставники"}
    return {address: Base(side, address, titles[side], *REQUESTS[side]) for address, side in SIDES.items()}


def base_titles() -> dict[str, tuple[Side, str]]:
    """Of each base by its address: its side and its title, for the tabs over the bases and the organisations."""
    return {address: (base.side, base.title) for address, base in _bases().items()}


@bp.get("", defaults={"side": "mentees"})
@bp.get("/<any(mentees, mentors):side>")
def page(side: str) -> ResponseReturnValue:
    """Everybody in a base with the request, the pair or what is in the way of one."""
    access.hide_unless(access.may(Action.BASES_VIEW))
    year = clock.current_year()
    return render_template(
        "bases/_list.html" if hx.wants_fragment() else "bases/page.html",
        base=_bases()[side],
        titles=base_titles(),
        year=year,
        sizes=directory.base_sizes(year),
        # What was done just now: the list says so at its top and offers to undo it.
        changed=db.session.get(BaseEntry, request.args.get("changed", 0, type=int)),
        **_listed(SIDES[side]),
    )


def _listed(side: Side) -> dict[str, Any]:
    """One page of a base, narrowed by words and by what is in the way, with the counts of the chips."""
    query, state = request.args.get("q", "").strip(), request.args.get("state", "")
    everybody = directory.base(side, clock.current_year(), query, clock.today())
    rows = [row for row in everybody if row.is_(state)]
    pages = -(-len(rows) // ON_A_PAGE)
    page = max(1, min(request.args.get("page", 1, type=int), pages))
    shown = rows[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    directory.load_places(row.entry.person for row in shown)
    counts = {key: (word, sum(row.is_(key) for row in everybody)) for key, word in FILTERS.items()}
    partners = directory.partners([row.entry.person_id for row in shown], side, access.access())
    pairable = directory.pairable_kinds(side)
    return {
        "rows": shown,
        "partners": partners,
        "pairable": pairable,
        "counts": counts,
        "q": query,
        "state": state,
        "page": page,
        "pages": pages,
    }


@bp.get("/<any(mentees, mentors):side>/add")
def add(side: str) -> ResponseReturnValue:
    """Find a person who is not in the base yet; with `person`, write down her request."""
    _demand_edit()
    query, base = request.args.get("q", "").strip(), _bases()[side]
    people = directory.outside(base.side, clock.current_year(), query, OFFERED) if query else []
    if hx.wants_fragment():
        return render_template("bases/_found.html", base=base, q=query, people=people, year=clock.current_year())
    person = db.session.get(Person, request.args.get("person", 0, type=int))
    return _add_page(base, RequestInput(formdata=None), person, q=query, people=people)


def _add_page(base: Base, form: RequestInput, person: Person | None, **shown: Any) -> str:
    base.name(form)
    gap = person.consent_gap(clock.today()) if person else ""
    return render_template("bases/add.html", base=base, form=form, person=person, gap=gap, year=clock.current_year(), **shown)


@bp.post("/<any(mentees, mentors):side>/add")
def enter(side: str) -> ResponseReturnValue:
    """Put a person into the base; refused in words without a consent in force, and then nothing typed is lost."""
    _demand_edit()
    form, base, problem = RequestInput(), _bases()[side], ""
    person_id = request.form.get("person_id", 0, type=int)
    if form.accepted():
        try:
            return hx.go(_enter(form, base, person_id))
        except NoConsent as gap:
            problem = f"В базу не записано: {gap}. Текст ниже цел."
        except AlreadyInBase:
            problem = "Этот человек уже в базе, второй записи не сделано."
    return _add_page(base, form, db.session.get(Person, person_id), problem=problem), 422


def _enter(form: RequestInput, base: Base, person_id: int) -> str:
    with writing() as session:
        _demand_edit()
        if place := journal.already_done(form.once.data):
            return place
        person = session.get(Person, person_id)
        if person is None or person.archived_at is not None:
            abort(404)
        entry = person.enter_base(base.side, clock.current_year(), form.request.data, clock.today())
        session.add(entry)
        journal.record(entry, what=f"Запись в базу «{base.title}»", by_id=access.person_id(), now=clock.now())
        place = url_for("bases.page", side=base.address, changed=entry.id)
        journal.keep_once(form.once.data, place, clock.now())
        return place


@bp.get("/entries/<int:entry_id>")
def edit(entry_id: int) -> ResponseReturnValue:
    """An entry: its request to correct, and the way out of the base."""
    entry = _load(entry_id)
    return _edit_page(RequestInput(formdata=None, obj=entry), entry)


@bp.post("/entries/<int:entry_id>")
def save(entry_id: int) -> ResponseReturnValue:
    """Correct the request."""
    entry, form = _load(entry_id), RequestInput()
    if not form.accepted():
        return _edit_page(form, entry), 422
    with writing():
        entry = _load(entry_id)
        entry.request = form.request.data
        journal.record(entry, what="Запрос исправлен", by_id=access.person_id(), now=clock.now())
    return _to_list(entry)


@bp.post("/entries/<int:entry_id>/leave")
def leave(entry_id: int) -> ResponseReturnValue:
    """Take a person out of the base from today; refused while a pair on that side still runs."""
    with writing():
        entry = _load(entry_id)
        pairs = directory.running_pairs(entry.person_id, access.access(), entry.side)
        if not pairs and entry.left_on is None:
            entry.left_on = clock.today()
            journal.record(entry, what="Запись убрана из базы", by_id=access.person_id(), now=clock.now())
    if pairs:
        problem = f"Из базы пока не убрать: работает {pairs}. Сначала завершите пару."
        return _edit_page(RequestInput(formdata=None, obj=entry), entry, problem), 409
    return _to_list(entry)


@bp.post("/entries/<int:entry_id>/bring-back")
def bring_back(entry_id: int) -> ResponseReturnValue:
    """Undo leaving: the same entry is in force again. It needs a consent as any entry does."""
    with writing():
        entry = _load(entry_id)
        problem = _why_not_return(entry)
        if not problem and entry.left_on is not None:
            entry.left_on = None
            journal.record(entry, what="Запись возвращена в базу", by_id=access.person_id(), now=clock.now())
    if problem:
        return _edit_page(RequestInput(formdata=None, obj=entry), entry, problem), 409
    return _to_list(entry)


def _why_not_return(entry: BaseEntry) -> str:
    others = (row for row in entry.person.base_entries if row is not entry)
    if any(row.side is entry.side and row.year == entry.year and row.left_on is None for row in others):
        return "Этот человек уже снова в базе: есть другая его запись."
    gap = entry.person.consent_gap(clock.today())
    return f"В базу не вернуть: {gap}." if gap else ""


def _demand_edit() -> None:
    access.hide_unless(access.may(Action.BASES_VIEW))
    access.demand(Action.BASES_EDIT)


def _load(entry_id: int) -> BaseEntry:
    """An entry of this year: the bases of former years stay as they were."""
    _demand_edit()
    entry = db.session.get(BaseEntry, entry_id)
    if entry is None or entry.year != clock.current_year().first:
        abort(404)
    return entry


def _edit_page(form: RequestInput, entry: BaseEntry, problem: str = "") -> str:
    base = next(base for base in _bases().values() if base.side is entry.side)
    base.name(form)
    return render_template("bases/edit.html", form=form, entry=entry, base=base, problem=problem, year=clock.current_year())


def _to_list(entry: BaseEntry) -> ResponseReturnValue:
    address = next(address for address, side in SIDES.items() if side is entry.side)
    return hx.go(url_for("bases.page", side=address, changed=entry.id))
