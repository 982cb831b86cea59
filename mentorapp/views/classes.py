"""Classes and groups of the school year."""

import sqlalchemy as sa
from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import ValidationError

from mentorapp import access, clock, hx
from mentorapp.database import db, writing
from mentorapp.domain import names
from mentorapp.domain.names import plural
from mentorapp.domain.permissions import Action
from mentorapp.inputs import Input, line
from mentorapp.models import Role, SchoolClass, directory, journal

bp = Blueprint("classes", __name__, url_prefix="/classes")

LONGEST = 40


class AddInput(Input):
    titles = line("Класс или группа", required="Впишите класс.", longest=400, description="Или сразу несколько через запятую: 5А, 5Б, 6А")

    def validate_titles(self, field: StringField) -> None:
        _check(self.wanted(), known=_titles())

    def wanted(self) -> list[str]:
        """The titles as they will be stored."""
        typed = (names.class_title(part) for part in self.titles.data.split(","))
        return list(dict.fromkeys(title for title in typed if title))


class RenameInput(Input):
    title = line("Название", required="Впишите название класса.", longest=LONGEST)

    def validate_title(self, field: StringField) -> None:
        field.data = names.class_title(field.data)


@bp.get("")
def index() -> ResponseReturnValue:
    """The classes of this year with the number of their pupils."""
    access.hide_unless(access.may(Action.PEOPLE_VIEW))
    return _page(AddInput(formdata=None))


@bp.post("")
def add() -> ResponseReturnValue:
    """Add one class, or several separated by commas."""
    _demand_edit()
    form = AddInput()
    # Before the check: the second sending of a page would find its own classes there already.
    if place := journal.already_done(form.once.data):
        return hx.go(place)
    if not form.accepted():
        return _page(form), 422
    with writing() as session:
        _demand_edit()
        if place := journal.already_done(form.once.data):
            return hx.go(place)
        known = _titles()
        added = [SchoolClass(year=clock.current_year().first, title=title) for title in form.wanted() if title not in known]
        session.add_all(added)
        journal.record(*added, what=f"Добавлено: {', '.join(row.title for row in added)}", by_id=access.person_id(), now=clock.now())
        journal.keep_once(form.once.data, url_for("classes.index"), clock.now())
    return hx.go(url_for("classes.index"))


@bp.get("/<int:class_id>")
def edit(class_id: int) -> ResponseReturnValue:
    """A class to rename or to remove."""
    school_class = _load(class_id)
    return _edit_page(RenameInput(formdata=None, obj=school_class), school_class)


@bp.post("/<int:class_id>")
def save(class_id: int) -> ResponseReturnValue:
    """Give a class another title."""
    form = RenameInput()
    with writing():
        school_class = _load(class_id)
        if fits := form.accepted() and not _is_taken(form, school_class):
            school_class.title = form.title.data
            journal.record(school_class, what="Класс переименован", by_id=access.person_id(), now=clock.now())
    return hx.go(url_for("classes.index")) if fits else (_edit_page(form, school_class), 422)


@bp.post("/<int:class_id>/remove")
def remove(class_id: int) -> ResponseReturnValue:
    """Remove a class in which nobody is."""
    with writing() as session:
        school_class = _load(class_id)
        inside, taught = _who_is_inside(school_class), _who_teaches(school_class)
        if not (inside or taught):
            former = _forget_class(_roles(school_class))
            journal.record(school_class, *former, what=f"Удалено: {school_class.title}", by_id=access.person_id(), now=clock.now())
            session.delete(school_class)
    if inside or taught:
        form = RenameInput(formdata=None, obj=school_class)
        return _edit_page(form, school_class, inside or taught, is_inhabited=bool(inside)), 409
    return hx.go(url_for("classes.index"))


def _demand_edit() -> None:
    access.hide_unless(access.may(Action.PEOPLE_VIEW))
    access.demand(Action.PERSON_EDIT)


def _load(class_id: int) -> SchoolClass:
    """A class of this year: those of former years stay as they were."""
    _demand_edit()
    school_class = db.session.get(SchoolClass, class_id)
    if school_class is None or school_class.year != clock.current_year().first:
        abort(404)
    return school_class


def _titles() -> set[str]:
    return {row.title for row in directory.classes_of(clock.current_year())}


def _check(titles: list[str], known: set[str]) -> None:
    if taken := [title for title in titles if title in known]:
        raise ValidationError(f"Уже есть: {', '.join(taken)}. Уберите из строки — остальное запишется.")
    if any(len(title) > LONGEST for title in titles):
        raise ValidationError(f"Слишком длинно: название — не больше {LONGEST} знаков.")
    if not titles:
        raise ValidationError("Впишите класс.")


def _is_taken(form: RenameInput, school_class: SchoolClass) -> bool:
    taken = form.title.data in _titles() - {school_class.title}
    if taken:
        form.title.errors = [f"{form.title.data} уже есть. Назовите иначе или перенесите людей в тот класс на их карточках."]
    return taken


def _who_is_inside(school_class: SchoolClass) -> str:
    """Who is still in the class, in words; empty when nobody."""
    here = directory.pupils_in([school_class.id]).get(school_class.id, 0)
    archived = directory.pupils_in([school_class.id], archived=True).get(school_class.id, 0)
    if here or archived:
        rest = f", ещё {archived} в архиве" if archived else ""
        return f"В классе {here} {plural(here, 'человек', 'человека', 'человек')}{rest}. Сначала укажите им другой класс на карточках."
    return ""


def _who_teaches(school_class: SchoolClass) -> str:
    """Its class teachers whose role has not ended, in words; empty when there are none."""
    if present := [role.person.short_name for role in _roles(school_class) if not role.is_over(clock.today())]:
        return f"У класса есть классный руководитель: {', '.join(present)}. Сначала снимите эту роль в учётных записях."
    return ""


def _roles(school_class: SchoolClass) -> list[Role]:
    query = sa.select(Role).where(Role.class_id == school_class.id).options(sa.orm.joinedload(Role.person)).order_by(Role.id)
    return list(db.session.execute(query).scalars())


def _forget_class(ended: list[Role]) -> list[Role]:
    """A role that has ended stays with its dates; of which class it was is from now on told by the journal alone."""
    for role in ended:
        role.class_id = None
    return ended


def _page(form: AddInput) -> str:
    year = clock.current_year()
    classes = directory.classes_of(year)
    sizes = directory.pupils_in([row.id for row in classes])
    return render_template("classes/index.html", form=form, year=year, classes=classes, sizes=sizes)


def _edit_page(form: RenameInput, school_class: SchoolClass, problem: str = "", is_inhabited: bool = False) -> str:
    return render_template("classes/edit.html", form=form, school_class=school_class, problem=problem, is_inhabited=is_inhabited)
