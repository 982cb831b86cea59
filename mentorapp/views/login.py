"""Signing in and out."""

from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user
from wtforms import PasswordField
from wtforms.validators import InputRequired

from mentorapp import clock, hx, passwords, security
from mentorapp.database import db, end_reading, writing
from mentorapp.domain.names import plural
from mentorapp.inputs import Input, line
from mentorapp.models import Account, LoginDelay, School
from mentorapp.models.accounts import is_set_up

bp = Blueprint("login", __name__)

# The field of the password beside the fields of somebody else's form: none of ours has this name.
AGAIN = "password-again"


class LoginInput(Input):
    login = line("Логин", required="Впишите логин.", longest=60, description="С карточки, например lukin-d")
    password = PasswordField("Пароль", [InputRequired("Впишите пароль.")])


class Enter:
    """What Flask-Login signs in: it only asks for an id."""

    is_active = True

    def __init__(self, account_id: int) -> None:
        self.account_id = account_id

    def get_id(self) -> str:
        return str(self.account_id)


@bp.get("/login")
def page() -> ResponseReturnValue:
    """The login page; set-up when the school has no account yet."""
    if not is_set_up():
        return hx.go(url_for("setup.page"))
    return _page(LoginInput(formdata=None), "")


@bp.post("/login")
def enter() -> ResponseReturnValue:
    """Sign in and go to the page that was asked for, or to the start page; to set-up when the school has no account yet."""
    if not is_set_up():
        return hx.go(url_for("setup.page"))
    form = LoginInput()
    if not form.accepted():
        return _page(form, ""), 422
    account_id, problem = check(form.login.data, form.password.data)
    if account_id is None:
        return _page(form, problem), 422
    login_user(Enter(account_id))
    return hx.go(security.safe_next(request.form.get("next")) or url_for("home.start"))


@bp.post("/login/again")
def again() -> ResponseReturnValue:
    """The dialog over an open page: the same person goes on, her waiting text is sent again by the page."""
    account_id, problem = check(request.form.get("login", ""), request.form.get("password", ""))
    if account_id is None:
        return problem, 422
    login_user(Enter(account_id))
    return "", 204


@bp.post("/login/resume")
def resume() -> ResponseReturnValue:
    """A form whose login had run out: the same person gives her password, and it goes where it was sent, as it was."""
    login, address = request.args.get("login", ""), security.safe_next(request.args.get("to")) or url_for("home.start")
    if AGAIN not in request.form:
        return _resume_page(login, address, ""), 401
    account_id, problem = check(login, request.form[AGAIN])
    if account_id is None:
        return _resume_page(login, address, problem), 422
    login_user(Enter(account_id))
    return redirect(address, 307)


def _resume_page(login: str, address: str, problem: str) -> str:
    held = [(name, value) for name, value in request.form.items(multi=True) if name != AGAIN]
    # Without the frame of whoever is signed in: the page is its author's, and nobody else's name should stand on it.
    return render_template("login/resume.html", signed_in=False, login=login, address=address, problem=problem, held=held, field=AGAIN)


@bp.post("/logout")
def leave() -> ResponseReturnValue:
    """End this browser's session for good."""
    logout_user()
    return hx.go(url_for("login.page"))


def check(login: str, password: str) -> tuple[int | None, str]:
    """The account that login and password open, or the sentence that says why not. Unknown logins take as long as known ones."""
    login, now = login.strip().casefold()[:60], clock.now()
    if problem := _waiting(db.session.get(LoginDelay, login), now):
        return None, problem
    account = db.session.execute(db.select(Account).where(Account.login == login)).scalar_one_or_none()
    stored = account.password_hash if account and account.disabled_at is None and account.person.archived_at is None else None
    end_reading()
    if passwords.fits(password, stored) and account is not None:
        _forget_wrong(login)
        return account.id, ""
    return None, _note_wrong(login, now)


def _waiting(delay: LoginDelay | None, now: datetime) -> str:
    wait = time_to_wait(delay, now)
    return wait and f"Слишком много попыток подряд. Подождите {wait} или попросите у куратора новый пароль."


def time_to_wait(delay: LoginDelay | None, now: datetime) -> str:
    """«2 минуты»; empty when one may try now."""
    if delay is None or delay.wait_until <= now:
        return ""
    minutes = max(1, round((delay.wait_until - now).total_seconds() / 60))
    return f"{minutes} {plural(minutes, 'минуту', 'минуты', 'минут')}"


def tries_left(delay: LoginDelay) -> str:
    """«4 попытки» before the waiting begins."""
    return f"{delay.left} {plural(delay.left, 'попытка', 'попытки', 'попыток')}"


def _note_wrong(login: str, now: datetime) -> str:
    with writing() as session:
        delay = session.get(LoginDelay, login) or LoginDelay(login=login, wrong=0, wait_until=now)
        session.add(delay)
        delay.note_wrong(now)
        left, waiting = tries_left(delay), _waiting(delay, now)
    return waiting or f"Логин и пароль не подошли. Ещё {left}."


def _forget_wrong(login: str) -> None:
    if db.session.get(LoginDelay, login) is None:
        return
    with writing() as session:
        session.delete(session.get(LoginDelay, login))


def _page(form: LoginInput, problem: str) -> str:
    school = School.get()
    other = current_user.short_name if current_user.is_authenticated else ""
    address = security.safe_next(request.values.get("next")) or ""
    unsaved = "unsaved" in request.args
    return render_template("login/page.html", form=form, problem=problem, school=school, next=address, other=other, unsaved=unsaved)
