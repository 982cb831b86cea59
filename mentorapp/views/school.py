"""The school's own settings, and the doors to classes, accounts and copies of the database."""

from datetime import UTC, datetime
from pathlib import Path

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, hx
from mentorapp.database import writing
from mentorapp.domain.permissions import Action
from mentorapp.inputs import Input, line
from mentorapp.models import School, journal
from mentorapp.models.school import MENTEE_WORDS

bp = Blueprint("school", __name__, url_prefix="/school")


class SchoolInput(Input):
    full_name = line("Полное название", required="Впишите название школы.", description="Как в бумагах: МБОУ «Средняя школа № 14»")
    short_name = line("Короткое название", required="Впишите короткое название.", longest=60, description="Для страниц: Школа № 14")
    town = line("Город, село", longest=80, description="Для бумаг: Верхнеречье")
    director = line("Руководитель", longest=120, description="Как в подписи: Власова\u00a0Н.\u00a0К.")
    director_post = line("Его должность", required="Впишите должность.", longest=80, description="Как в грифе «Утверждаю»")
    contact = line("Пароли выдаёт", longest=200, description="Видно при входе: Громова\u00a0Т.\u00a0П.")
    nominative = line("Кто?", required="Впишите слово.", longest=40, description="подопечный, подшефный")
    genitive = line("Кого?", required="Впишите слово.", longest=40, description="подопечного")
    dative = line("Кому?", required="Впишите слово.", longest=40, description="подопечному")
    plural = line("Кто? (много)", required="Впишите слово.", longest=40, description="подопечные")


OWN_FIELDS = ("full_name", "short_name", "town", "director", "director_post", "contact")


@bp.get("")
def page() -> ResponseReturnValue:
    """Settings: fields for those who may change them, plain text for the others."""
    access.hide_unless(access.may(Action.SCHOOL_VIEW))
    school = School.get()
    return _page(SchoolInput(formdata=None, obj=school, data=school.mentee_words))


def _page(form: SchoolInput) -> str:
    return render_template(
        "school/page.html",
        form=form,
        school_fields=[form[name] for name in OWN_FIELDS],
        word_fields=[form[name] for name in MENTEE_WORDS],
        copies=copies(Path(current_app.config["DATA"]) / "backups"),
        is_saved="saved" in request.args and request.method == "GET",
    )


@bp.post("")
def save() -> ResponseReturnValue:
    """Keep the settings."""
    access.demand(Action.SCHOOL_EDIT)
    form = SchoolInput()
    if not form.accepted():
        return _page(form), 422
    with writing():
        access.demand(Action.SCHOOL_EDIT)
        school = School.get()
        for name in OWN_FIELDS:
            setattr(school, name, form[name].data)
        school.mentee_words = {case: form[case].data for case in MENTEE_WORDS}
        journal.record(school, what="Настройки школы", by_id=access.person_id(), now=clock.now())
    return hx.go(url_for("school.page", saved=1))


def copies(folder: Path) -> tuple[int, datetime | None] | None:
    """How many copies of the database the folder holds and when the newest was made; None without the folder."""
    if not folder.is_dir():
        return None
    times = [path.stat().st_mtime for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")]
    return len(times), datetime.fromtimestamp(max(times), UTC) if times else None
