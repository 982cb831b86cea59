"""The first visit: the code from the terminal, the school's name, the first curator."""

import hmac
from threading import Lock

from flask import Blueprint, abort, current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user
from wtforms import PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, ValidationError

from mentorapp import clock, hx, passwords, words
from mentorapp.database import end_reading, writing
from mentorapp.domain.permissions import RoleKind
from mentorapp.inputs import Input, line
from mentorapp.models import Account, LoginDelay, Person, Role, School
from mentorapp.models.accounts import is_set_up
from mentorapp.models.people import PersonKind
from mentorapp.views.login import Enter, time_to_wait, tries_left

bp = Blueprint("setup", __name__, url_prefix="/setup")


class SetupInput(Input):
    code = line("Код", required="Впишите код.", longest=20, description="Шесть цифр, которые показал сервер при запуске")
    school = line("Название школы", required="Впишите название школы.", description="Как в бумагах: МБОУ «Средняя школа № 14»")
    short = line("Коротко", required="Впишите короткое название.", longest=60, description="Школа № 14")
    last_name = line("Ваша фамилия", required="Впишите фамилию.", longest=80)
    first_name = line("Имя", required="Впишите имя.", longest=80)
    patronymic = line("Отчество", longest=80)
    sex = SelectField("Пол", choices=words.SEXES, description="Нужен для падежей в приказах")
    login = line("Логин", required="Придумайте логин.", longest=40, description="Латинские буквы, цифры и дефис, например gromova-t")
    password = PasswordField(
        "Пароль", [InputRequired("Придумайте пароль.")], description=f"Не короче {passwords.SHORTEST} знаков; три слова подряд подойдут"
    )

    def validate_login(self, field: StringField) -> None:
        field.data = checked_login(field.data)

    def validate_code(self, field: StringField) -> None:
        if problem := wrong_code(field.data):
            raise ValidationError(problem)

    def validate_password(self, field: PasswordField) -> None:
        if problem := passwords.weakness(field.data, self.login.data or ""):
            raise ValidationError(problem)


_one_at_a_time = Lock()


def wrong_code(typed: str) -> str:
    """Why this code opens nothing, in words; empty when it is the one that the server shows.

    Wrong ones are counted like wrong passwords. The count is forgotten together with the code itself, when the server stops.
    """
    now = clock.now()
    with _one_at_a_time:
        delay = current_app.extensions.setdefault("setup_delay", LoginDelay(login="", wrong=0, wait_until=now))
        if delay.wait_until <= now:
            if hmac.compare_digest(typed.encode(), current_app.config["SETUP_CODE"].encode()):
                return ""
            delay.note_wrong(now)
        if wait := time_to_wait(delay, now):
            return f"Слишком много неверных кодов подряд. Подождите {wait} или перезапустите сервер: он покажет новый код."
        return f"Код не подошёл. Посмотрите его в окне, где запущен сервер. Ещё {tries_left(delay)}."


def checked_login(typed: str) -> str:
    """A login as it is stored. Raises ValidationError when it cannot be typed on every keyboard."""
    login = typed.casefold()
    if not (login.isascii() and login.replace("-", "").replace(".", "").isalnum()):
        raise ValidationError("Только латинские буквы, цифры, дефис и точка: логин вводят на любой клавиатуре.")
    return login


@bp.get("")
def page() -> ResponseReturnValue:
    """The form of the first visit; afterwards there is no such page."""
    if is_set_up():
        abort(404)
    return render_template("setup/page.html", form=SetupInput(formdata=None))


@bp.post("")
def make() -> ResponseReturnValue:
    """Make the school and its first account, which is administrator and curator."""
    if is_set_up():
        abort(404)
    form = SetupInput()
    if not form.accepted():
        return render_template("setup/page.html", form=form), 422
    end_reading()
    hashed = passwords.hash_of(form.password.data)
    with writing() as session:
        if is_set_up():
            abort(404)
        session.add(School(full_name=form.school.data, short_name=form.short.data))
        person = Person(sex=form.sex.data, kind=PersonKind.TEACHER, phone="", email="")
        person.rename(form.last_name.data, form.first_name.data, form.patronymic.data)
        account = Account(person=person, login=form.login.data, password_hash=hashed)
        session.add_all([person, account])
        session.flush()
        for kind in (RoleKind.ADMINISTRATOR, RoleKind.CURATOR):
            session.add(Role(person_id=person.id, kind=kind, since=clock.today()))
        account_id = account.id
    login_user(Enter(account_id))
    return hx.go(url_for("home.start"))
