"""Pairs: the list, making one from the two bases, its card, its states, its history."""

from typing import Any

import sqlalchemy as sa
from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField, StringField
from wtforms.validators import AnyOf, DataRequired

from mentorapp import access, clock, hx, words
from mentorapp.database import contains, db, writing
from mentorapp.domain import names
from mentorapp.domain.permissions import Action, Side
from mentorapp.domain.school_year import short_date
from mentorapp.inputs import Input, day, line
from mentorapp.models import (
    FormVersion,
    MentoringForm,
    Operation,
    Pair,
    Participant,
    Person,
    Plan,
    PlanItem,
    School,
    directory,
    journal,
    pairing,
)
from mentorapp.models.pairs import NEXT_STATES, PairState

bp = Blueprint("pairs", __name__, url_prefix="/pairs")

ON_A_PAGE = 50
FILTERS = {"": "Все", "running": "Работают", "waiting": "Ещё не начали", "finished": "Завершены", "archive": "Архив"}
STATES_OF = {
    "running": (PairState.ACTIVE, PairState.PAUSED),
    "waiting": (PairState.PROPOSED, PairState.AGREED),
    "finished": (PairState.FINISHED,),
}


class PeriodInput(Input):
    subtype = SelectField("Вид пары", validators=[])
    model = SelectField("Модель", validators=[])
    starts_on = day("Начало", required="Впишите день, с которого пара работает.")
    ends_on = day("Конец", required="Впишите день, до которого пара работает.")


class NewPairInput(PeriodInput):
    mentor = SelectField("Наставник", coerce=int, validators=[DataRequired("Выберите наставника.")])
    mentee = SelectField("Наставляемый", coerce=int, validators=[DataRequired("Выберите наставляемого.")])


class EditPairInput(PeriodInput):
    order_number = line("Номер приказа", longest=40)
    order_on = day("Дата приказа")


class StateInput(Input):
    state = StringField("Состояние", [AnyOf([state.value for state in PairState])])
    reason = line("Причина", longest=300)


@bp.get("")
def index() -> ResponseReturnValue:
    """Pairs of this year that this person may see, by state and name; those of former years as long as they have not ended."""
    access.demand(Action.PAIRS_VIEW)
    state, query, page = request.args.get("state", ""), request.args.get("q", ""), max(1, request.args.get("page", 1, type=int))
    found = _listed(state, query)
    total = db.session.execute(sa.select(sa.func.count()).select_from(found.subquery())).scalar_one()
    pairs = db.session.execute(_with_people(found.order_by(*_in_order()).limit(ON_A_PAGE).offset((page - 1) * ON_A_PAGE))).scalars().all()
    forms = {row.id: row.title for row in db.session.execute(sa.select(MentoringForm.id, MentoringForm.title))}
    template = "pairs/_list.html" if hx.wants_fragment() else "pairs/index.html"
    return render_template(
        template, pairs=pairs, forms=forms, state=state, q=query, filters=FILTERS, page=page, pages=-(-total // ON_A_PAGE), total=total
    )


def _listed(state: str, query: str) -> sa.Select[Pair]:
    # A pair that nobody finished keeps its people out of the archive and out of new pairs, whatever year it was made in.
    listed = sa.or_(Pair.year == clock.current_year().first, directory.RUNNING)
    found = sa.select(Pair).where(listed, Pair.visible_to(access.access()))
    found = found.where(Pair.archived_at.is_not(None) if state == "archive" else Pair.archived_at.is_(None))
    if state in STATES_OF:
        found = found.where(Pair.state.in_(STATES_OF[state]))
    if key := names.search_key(query):
        found = found.where(
            sa.exists().where(Participant.pair_id == Pair.id, Participant.person_id == Person.id, contains(Person.search_key, key))
        )
    return found


def _in_order() -> tuple[Any, ...]:
    """The working ones first, the finished last, each group by the mentor's name."""
    group = sa.case({PairState.ACTIVE: 0, PairState.PAUSED: 0, PairState.FINISHED: 2}, value=Pair.state, else_=1)
    mentor = sa.select(sa.func.min(Person.search_key)).join(Participant, Participant.person_id == Person.id)
    mentor = mentor.where(Participant.pair_id == Pair.id, Participant.side == Side.MENTOR, Participant.until.is_(None))
    return group, mentor.correlate(Pair).scalar_subquery(), Pair.id


def _with_people(query: sa.Select[Pair]) -> sa.Select[Pair]:
    return query.options(sa.orm.selectinload(Pair.participants).joinedload(Participant.person))


@bp.get("/new")
def new() -> ResponseReturnValue:
    """The form of a new pair: two people of the bases, subtype, model, period."""
    access.demand(Action.PAIRS_CREATE)
    version = _version(request.args.get("form", ""))
    if version is None:
        return render_template("pairs/no_form.html")
    chosen = {side: request.args.get(side, 0, type=int) for side in ("mentor", "mentee")}
    starts_on, ends_on = pairing.usual_period(clock.current_year(), clock.today())
    form = NewPairInput(formdata=None, starts_on=starts_on, ends_on=ends_on, **chosen)
    return _new_page(form, version, unfit=_unfit(form, chosen, version))


def _unfit(form: NewPairInput, chosen: dict[str, int], version: FormVersion) -> Person | None:
    """One of the people asked for who cannot be chosen in this form."""
    _offer(form, version)
    offered = {"mentor": dict(form.mentor.choices), "mentee": dict(form.mentee.choices)}
    missing = next((person_id for side, person_id in chosen.items() if person_id and person_id not in offered[side]), None)
    return db.session.get(Person, missing) if missing else None


@bp.post("/new")
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
        blamed = form.ends_on if isinstance(problem, pairing.WrongPeriod) else form.mentor
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
        )
        what = f"Пара составлена: {version.spec.title}, {short_date(pair.starts_on)} – {short_date(pair.ends_on)}"
        journal.record(pair, what=what, by_id=access.person_id(), now=clock.now(), pair_id=pair.id)
        place = url_for("pairs.show", pair_id=pair.id)
        journal.keep_once(form.once.data, place, clock.now())
        return place


def _version(form_id: str) -> FormVersion | None:
    """The current version of the chosen form, or of the first that is switched on; only forms this curator may use."""
    query = sa.select(FormVersion).join(MentoringForm, MentoringForm.current_version_id == FormVersion.id).where(MentoringForm.enabled)
    if form_id:
        query = query.where(MentoringForm.id == form_id)
    versions = db.session.execute(query.order_by(MentoringForm.title)).scalars()
    return next((version for version in versions if access.access().curates(version.form_id)), None)


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
    _offer_kinds(form, version)
    year = clock.current_year()
    for field, side in ((form.mentor, Side.MENTOR), (form.mentee, Side.MENTEE)):
        free_first = sorted(pairing.candidates(side, version.spec, year), key=lambda found: found[1])
        people = [(entry.person_id, _label(entry, load)) for entry, load in free_first]
        field.choices = [(0, "выберите из базы"), *people] if people else []


def _offer_kinds(form: PeriodInput, version: FormVersion) -> None:
    form.subtype.choices = [("", "не выбран"), *((subtype.id, subtype.title) for subtype in version.spec.subtypes)]
    form.model.choices = [("", "не выбрана"), *((model.id, model.title) for model in version.spec.models)]


def _label(entry: Any, load: int) -> str:
    enrolment = entry.person.enrolment(clock.current_year())
    busy = f"уже {load} {names.plural(load, 'пара', 'пары', 'пар')}" if load else ""
    gap = entry.person.consent_gap(clock.today())
    return " · ".join(
        part for part in (entry.person.full_name, gap, busy, enrolment.place if enrolment else "", _short(entry.request)) if part
    )


def _short(text: str) -> str:
    """The beginning of a request, cut between words."""
    return text if len(text) <= 60 else text[:60].rsplit(" ", 1)[0] + "…"


@bp.get("/<int:pair_id>")
def show(pair_id: int) -> ResponseReturnValue:
    """A pair opens with its first plan, one of a form without plans with its meetings."""
    access.load_pair(pair_id)
    first = db.session.execute(sa.select(Plan.id).where(Plan.pair_id == pair_id).order_by(Plan.id)).scalars().first()
    if first is None:
        return hx.go(url_for("meetings.index", pair_id=pair_id))
    return hx.go(url_for("plans.page", plan_id=first))


@bp.get("/<int:pair_id>/edit")
def edit(pair_id: int) -> ResponseReturnValue:
    """Subtype, model, period and order of a pair; its states."""
    pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
    form = EditPairInput(formdata=None, obj=pair)
    return _edit_page(form, pair)


@bp.post("/<int:pair_id>/edit")
def save(pair_id: int) -> ResponseReturnValue:
    """Correct the pair. When its period moved, its untouched dates are offered next."""
    pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
    form = EditPairInput()
    _offer_kinds(form, pair.form_version)
    if form.accepted():
        try:
            moved = _save(form, pair_id)
            return hx.go(url_for("pairs.dates" if moved else "pairs.show", pair_id=pair_id))
        except pairing.WrongPair as problem:
            form.ends_on.errors = [str(problem)]
    return _edit_page(form, pair), 422


def _save(form: EditPairInput, pair_id: int) -> bool:
    with writing():
        pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
        pairing.check_period(pair.school_year, form.starts_on.data, form.ends_on.data)
        for name in ("subtype", "model", "starts_on", "ends_on", "order_number", "order_on"):
            setattr(pair, name, form[name].data)
        journal.record(pair, what="Пара исправлена", by_id=access.person_id(), now=clock.now(), pair_id=pair_id)
        return next(pairing.moved_dates(pair), None) is not None


def _edit_page(form: EditPairInput, pair: Pair) -> str:
    _offer_kinds(form, pair.form_version)
    return render_template("pairs/edit.html", form=form, pair=pair, spec=pair.spec, next_states=NEXT_STATES[pair.state])


@bp.get("/<int:pair_id>/dates")
def dates(pair_id: int) -> ResponseReturnValue:
    """Which dates of the plans would move with the pair's period."""
    pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
    names_of_owners = words.owner_names(pair.spec, School.get())
    return render_template("pairs/dates.html", pair=pair, moved=list(pairing.moved_dates(pair)), names=names_of_owners)


@bp.post("/<int:pair_id>/dates")
def move_dates(pair_id: int) -> ResponseReturnValue:
    """Move them, as one step that can be undone."""
    with writing():
        pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
        items = pairing.move_dates(pair, clock.today())
        if items:
            journal.record(*items, what="Сроки пересчитаны по новому периоду", by_id=access.person_id(), now=clock.now(), pair_id=pair_id)
    return hx.go(url_for("pairs.show", pair_id=pair_id))


@bp.post("/<int:pair_id>/state")
def change_state(pair_id: int) -> ResponseReturnValue:
    """Take the pair to the next state, or back from an ending."""
    form = StateInput()
    with writing():
        pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
        access.hide_unless(form.accepted())
        pair.go_to(PairState(form.state.data), clock.today(), form.reason.data or "")
        what = f"Состояние пары: {words.PAIR_STATES[pair.state].lower()}"
        journal.record(pair, what=what, by_id=access.person_id(), now=clock.now(), pair_id=pair_id)
    return hx.go(url_for("pairs.edit", pair_id=pair_id))


@bp.post("/<int:pair_id>/archive")
def archive(pair_id: int) -> ResponseReturnValue:
    """Put a pair that never ran or has ended out of the lists; nothing of it is lost."""
    with writing():
        pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
        pair.put_away(clock.now())
        journal.record(pair, what="Пара убрана в архив", by_id=access.person_id(), now=clock.now(), pair_id=pair_id)
    return hx.go(url_for("pairs.index", state="archive"))


@bp.post("/<int:pair_id>/bring-back")
def bring_back(pair_id: int) -> ResponseReturnValue:
    """Take a pair out of the archive."""
    with writing():
        pair, _who = access.load_pair(pair_id, Action.PAIR_EDIT)
        pair.bring_back()
        journal.record(pair, what="Пара возвращена из архива", by_id=access.person_id(), now=clock.now(), pair_id=pair_id)
    return hx.go(url_for("pairs.show", pair_id=pair_id))


@bp.get("/<int:pair_id>/history")
def history(pair_id: int) -> ResponseReturnValue:
    """Who changed what in this pair, the newest first."""
    pair, who = access.load_pair(pair_id)
    page = max(1, request.args.get("page", 1, type=int))
    query = (
        sa.select(Operation)
        .where(Operation.pair_id == pair_id)
        .order_by(Operation.id.desc())
        .options(sa.orm.joinedload(Operation.by), sa.orm.selectinload(Operation.changes))
        .limit(ON_A_PAGE + 1)
        .offset((page - 1) * ON_A_PAGE)
    )
    operations = list(db.session.execute(query).scalars())
    owner_of = {row.id: row.owner for row in db.session.execute(sa.select(Plan.id, Plan.owner).where(Plan.pair_id == pair_id))}
    touched = {change.row_id for one in operations for change in one.changes if change.table_name == "plan_item"}
    titles = db.session.execute(sa.select(PlanItem.id, PlanItem.title).where(PlanItem.id.in_(touched)))
    title_of = {row.id: row.title for row in titles}
    more, operations = len(operations) > ON_A_PAGE, operations[:ON_A_PAGE]
    return render_template(
        "pairs/history.html",
        pair=pair,
        who=who,
        operations=operations,
        owner_of=owner_of,
        plan_names=words.plan_names(pair.spec, School.get()),
        title_of=title_of,
        page=page,
        more=more,
    )
