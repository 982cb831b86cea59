"""Accounts and roles: who may sign in and as what. A password is shown once, on the page that answers the press of a button."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user
from wtforms import PasswordField, SelectField
from wtforms.validators import EqualTo, InputRequired, ValidationError

from mentorapp import access, clock, hx, passwords, sessions, words
from mentorapp.database import db, end_reading, writing
from mentorapp.domain.permissions import Action, RoleKind
from mentorapp.inputs import Input, line
from mentorapp.models import Account, LoginDelay, MentoringForm, Person, Role, School, SchoolClass, journal, roster
from mentorapp.models.pairs import NotNow
from mentorapp.views.login import Enter, check
from mentorapp.views.setup import checked_login

bp = Blueprint("accounts", __name__)

ON_A_PAGE = 50
ROLE_CHOICES = {"": "выберите"} | {kind.value: word for kind, word in words.ROLES.items()}
LOGIN_HINT = "Латинские буквы, цифры и дефис. Потом не меняется."
OWN_ROLES = "Свои роли человек не меняет: попросите другого администратора или куратора. Ничего не изменено."
OWN_ACCOUNT = "Это ваша учётная запись. Пароль меняют на странице «Мой вход», закрыть вход может другой администратор или куратор."


class LoginTaken(Exception):
    """Somebody has this login already."""


class MakeInput(Input):
    login = line("Логин", required="Впишите логин.", longest=roster.LONGEST_LOGIN, description=LOGIN_HINT)

    def validate_login(self, field: Any) -> None:
        field.data = checked_login(field.data)


class RoleInput(Input):
    kind = SelectField("Роль", [InputRequired("Выберите роль.")], choices=ROLE_CHOICES, description="с сегодняшнего дня")
    form_id = SelectField("Форма", description="для куратора", coerce=lambda value: value or None)
    class_id = SelectField("Класс", description="для классного руководителя", coerce=lambda value: int(value) if value else None)

    def validate_class_id(self, field: SelectField) -> None:
        if self.kind.data == RoleKind.CLASS_TEACHER and field.data is None:
            raise ValidationError("Выберите класс.")


class OwnPasswordInput(Input):
    old = PasswordField("Нынешний пароль", [InputRequired("Впишите нынешний пароль.")])
    new = PasswordField("Новый пароль", [InputRequired("Придумайте новый пароль.")])
    again = PasswordField("Новый пароль ещё раз", [EqualTo("new", "Пароли разные. Впишите новый пароль в оба поля одинаково.")])

    def validate_new(self, field: PasswordField) -> None:
        if problem := passwords.weakness(field.data, current_user.login):
            raise ValidationError(problem)


@bp.get("/accounts")
def index() -> ResponseReturnValue:
    """People with an account or a role, those with roles first; a search finds people without an account too."""
    access.demand(Action.ACCOUNTS_VIEW)
    query, today = request.args.get("q", ""), clock.today()
    found = roster.listed(query, today)
    total = db.session.execute(sa.select(sa.func.count()).select_from(found.subquery())).scalar_one()
    pages = max(1, -(-total // ON_A_PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    rows = db.session.execute(found.limit(ON_A_PAGE).offset((page - 1) * ON_A_PAGE)).all()
    roles = roster.roles_of([row.Person.id for row in rows], today)
    template = "accounts/_list.html" if hx.wants_fragment() else "accounts/index.html"
    return render_template(template, rows=rows, roles=roles, forms=_form_titles(), q=query, page=page, pages=pages, total=total)


def _form_titles() -> dict[str, str]:
    found = db.session.execute(sa.select(MentoringForm.id, MentoringForm.title).order_by(MentoringForm.title))
    return {row.id: row.title for row in found}


@bp.get("/accounts/<int:person_id>")
def person(person_id: int) -> ResponseReturnValue:
    """One person's account and roles, with everything that can be done about them."""
    access.demand(Action.ACCOUNTS_VIEW)
    return _person_page(person_id)


def _person_page(person_id: int, make: MakeInput | None = None, add: RoleInput | None = None) -> str:
    person, today = _person(person_id), clock.today()
    account = roster.account_of(person_id)
    query = sa.select(Role).where(Role.person_id == person_id).options(sa.orm.joinedload(Role.school_class)).order_by(Role.id)
    roles = db.session.execute(query).scalars().all()
    return render_template(
        "accounts/person.html",
        person=person,
        account=account,
        active=[role for role in roles if role.is_active(today)],
        former=[role for role in roles if role.until and role.since <= role.until < today],
        forms=_form_titles(),
        make=make or MakeInput(formdata=None, login="" if account else roster.free_login(person)),
        add=add or _role_input(formdata=None),
        again=Input(formdata=None),
        is_self=person_id == access.person_id(),
        is_shown=request.method == "GET" and "shown" in request.args,
    )


def _person(person_id: int) -> Person:
    return db.session.get(Person, person_id) or abort(404)


def _account(person_id: int) -> Account:
    return roster.account_of(person_id) or abort(404)


def _role_input(**given: Any) -> RoleInput:
    form = RoleInput(**given)
    year = clock.current_year().first
    classes = sa.select(SchoolClass.id, SchoolClass.title).where(SchoolClass.year == year).order_by(SchoolClass.title)
    form.form_id.choices = {"": "все формы"} | _form_titles()
    form.class_id.choices = {"": "не выбран"} | {str(row.id): row.title for row in db.session.execute(classes)}
    return form


@bp.post("/accounts/<int:person_id>/account")
def make(person_id: int) -> ResponseReturnValue:
    """Make an account and show its password, this once."""
    access.demand(Action.ACCOUNTS_EDIT)
    form = MakeInput()
    if not form.accepted():
        return _person_page(person_id, make=form), 422
    password = passwords.new_password()
    end_reading()
    try:
        first = _make(person_id, form, passwords.hash_of(password))
    except LoginTaken:
        free = roster.free_login(_person(person_id))
        form.login.errors = [f"Логин {form.login.data} уже есть у другого человека. Свободен, например, {free}."]
        return _person_page(person_id, make=form), 422
    return hx.go(first) if first else _password_page(person_id, password)


def _make(person_id: int, form: MakeInput, hashed: str) -> str | None:
    """The account in one transaction. Returns the place of the first sending, when this is a second one."""
    with writing() as database:
        access.demand(Action.ACCOUNTS_EDIT)
        if place := journal.already_done(form.once.data):
            return place
        person = _person(person_id)
        if person.archived_at or roster.account_of(person_id):
            raise NotNow("Учётная запись уже есть, или карточка человека в архиве. Обновите страницу.")
        if database.execute(sa.select(Account.id).where(Account.login == form.login.data)).first():
            raise LoginTaken
        account = Account(person_id=person_id, login=form.login.data, password_hash=hashed)
        database.add(account)
        _note(account, what="Учётная запись создана", once=form.once.data)
        return None


def _note(*things: Any, what: str, once: str = "") -> None:
    """The journal and, where a second sending must do nothing, the once-key; inside writing()."""
    journal.record(*things, what=what, by_id=access.person_id(), now=clock.now())
    if once:
        place = url_for("accounts.person", person_id=things[0].person_id, shown=1)
        journal.keep_once(once, place, clock.now())


def _password_page(person_id: int, password: str) -> str:
    return render_template("accounts/password.html", account=_account(person_id), password=password, school=School.get())


@bp.post("/accounts/<int:person_id>/password")
def renew(person_id: int) -> ResponseReturnValue:
    """A new password instead of a lost one, shown this once. Whoever is signed in with the old one is signed out."""
    _demand_edit(person_id, OWN_ACCOUNT)
    form, password = Input(), passwords.new_password()
    end_reading()
    hashed = passwords.hash_of(password)
    with writing() as database:
        _demand_edit(person_id, OWN_ACCOUNT)
        if place := journal.already_done(form.once.data):
            return hx.go(place)
        account = _account(person_id)
        account.password_hash = hashed
        sessions.end_sessions_of(account.id)
        # The login page sends people here when they have to wait after wrong passwords.
        database.execute(sa.delete(LoginDelay).where(LoginDelay.login == account.login))
        _note(account, what="Дан новый пароль", once=form.once.data)
    return _password_page(person_id, password)


def _demand_edit(person_id: int, about_oneself: str) -> None:
    """May she, and is it somebody else's. Asked inside writing(), and before it where something is made or shown first."""
    access.demand(Action.ACCOUNTS_EDIT)
    if person_id == access.person_id():
        abort(403, about_oneself)


@bp.post("/accounts/<int:person_id>/disable")
def disable(person_id: int) -> ResponseReturnValue:
    """Close the door to a person at once, whatever is open in her browsers."""
    with writing():
        _demand_edit(person_id, OWN_ACCOUNT)
        account = _account(person_id)
        _keep_an_administrator(person_id)
        account.disabled_at = clock.now()
        sessions.end_sessions_of(account.id)
        _note(account, what="Вход закрыт")
    return hx.go(url_for("accounts.person", person_id=person_id))


@bp.post("/accounts/<int:person_id>/enable")
def enable(person_id: int) -> ResponseReturnValue:
    """Open it again, with the former password."""
    with writing():
        _demand_edit(person_id, OWN_ACCOUNT)
        account = _account(person_id)
        account.disabled_at = None
        _note(account, what="Вход открыт")
    return hx.go(url_for("accounts.person", person_id=person_id))


def _keep_an_administrator(person_id: int) -> None:
    if roster.is_only_administrator(person_id, clock.today()):
        raise NotNow("Это единственный администратор, который может войти. Сначала дайте эту роль ещё кому-нибудь с учётной записью.")


@bp.post("/accounts/<int:person_id>/roles")
def add_role(person_id: int) -> ResponseReturnValue:
    """Give a role from today on."""
    _demand_edit(person_id, OWN_ROLES)
    form = _role_input()
    if not form.accepted():
        return _person_page(person_id, add=form), 422
    kind = RoleKind(form.kind.data)
    form_id = form.form_id.data if kind is RoleKind.CURATOR else None
    class_id = form.class_id.data if kind is RoleKind.CLASS_TEACHER else None
    with writing() as database:
        _demand_edit(person_id, OWN_ROLES)
        person, today = _person(person_id), clock.today()
        same = sa.select(Role.id).where(Role.person_id == person.id, Role.kind == kind, Role.form_id == form_id, Role.class_id == class_id)
        if not database.execute(same.where(roster.is_active(today))).first():  # Pressed twice, it is given once.
            role = Role(person_id=person.id, kind=kind, form_id=form_id, class_id=class_id, since=today)
            database.add(role)
            _note(role, what=f"Роль дана: {words.ROLES[kind]}")
    return hx.go(url_for("accounts.person", person_id=person_id))


@bp.post("/accounts/<int:person_id>/roles/<int:role_id>/end")
def end_role(person_id: int, role_id: int) -> ResponseReturnValue:
    """End a role at once: yesterday was its last day."""
    with writing() as database:
        _demand_edit(person_id, OWN_ROLES)
        role, today = database.get(Role, role_id), clock.today()
        if role is None or role.person_id != person_id:
            abort(404)
        if role.kind is RoleKind.ADMINISTRATOR:
            _keep_an_administrator(person_id)
        if role.is_active(today):
            role.until = today - timedelta(days=1)
            _note(role, what=f"Роль снята: {words.ROLES[role.kind]}")
    return hx.go(url_for("accounts.person", person_id=person_id))


@bp.get("/me")
def me() -> ResponseReturnValue:
    """One's own login, password and roles."""
    return _own_page(OwnPasswordInput(formdata=None))


def _own_page(form: OwnPasswordInput) -> str:
    person = _person(access.person_id())
    roles = roster.roles_of([person.id], clock.today()).get(person.id, [])
    frame = {"forms": _form_titles(), "is_changed": "changed" in request.args, "shortest": passwords.SHORTEST}
    return render_template("accounts/me.html", form=form, person=person, roles=roles, **frame)


@bp.post("/me/password")
def change_password() -> ResponseReturnValue:
    """Change one's own password: every other browser is signed out, this one goes on with a new session."""
    form = OwnPasswordInput()
    if not form.accepted():
        return _own_page(form), 422
    account_id, problem = check(current_user.login, form.old.data)
    if account_id is None:
        form.old.errors = [problem]
        return _own_page(form), 422
    end_reading()
    hashed = passwords.hash_of(form.new.data)
    with writing():
        account = _account(access.person_id())
        account.password_hash = hashed
        sessions.end_sessions_of(account.id)
        _note(account, what="Свой пароль сменён")
    login_user(Enter(account_id))
    return hx.go(url_for("accounts.me", changed=1))
