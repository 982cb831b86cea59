"""A new mentoring form: begun with usual parts, or as a copy of one that the school has."""

import json

import sqlalchemy as sa
from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField

from mentorapp import access, clock, hx
from mentorapp.database import db, writing
from mentorapp.domain import formwrite
from mentorapp.domain.permissions import Action
from mentorapp.drafting import beginnings
from mentorapp.inputs import Input, line
from mentorapp.models import FormDraft, FormVersion, MentoringForm, journal
from mentorapp.models.drafts import WAITING
from mentorapp.views.drafts import add

bp = Blueprint("new_form", __name__, url_prefix="/forms/new")


class NewFormInput(Input):
    title = line("Название формы", required="Напишите, как называется форма.", longest=200, description="Например: «Выпускник — ученик».")
    source = SelectField(
        "С чего начать", description="Копия берёт всё: анкеты, планы, встречи, показатели, тексты. Прежняя форма не изменится."
    )


def _offer(form: NewFormInput) -> None:
    query = sa.select(MentoringForm.id, MentoringForm.title).where(MentoringForm.current_version_id.is_not(None))
    copies = [(row.id, f"Копия формы «{row.title}»") for row in db.session.execute(query.order_by(MentoringForm.title))]
    form.source.choices = [("", "С заготовки: план пары и три вида встреч"), *copies]


def titles() -> set[str]:
    """What forms and drafts are called already."""
    drafted = db.session.execute(sa.select(FormDraft.written).where(~FormDraft.form_id.startswith(WAITING))).scalars()
    named = {str(json.loads(written).get("title") or "") for written in drafted}
    return {*db.session.execute(sa.select(MentoringForm.title)).scalars(), *named} - {""}


@bp.get("")
def page() -> ResponseReturnValue:
    """What the form is called, and with what it begins."""
    access.hide_unless(access.may(Action.FORMS_VIEW))
    access.demand(Action.FORMS_EDIT)
    form = NewFormInput(formdata=None, source=request.args.get("source", ""))
    _offer(form)
    if original := db.session.get(MentoringForm, form.source.data):
        form.title.data = beginnings.title_of_copy(original.title, titles())
    return render_template("forms/new.html", form=form)


def _is_free(form: NewFormInput) -> bool:
    """Two forms of one name could not be told apart in lists and orders. Sent again, the form that it made has the name."""
    if journal.already_done(form.once.data) or form.title.data.casefold() not in {one.casefold() for one in titles()}:
        return True
    form.title.errors = [f"Форма с таким названием уже есть. Допишите, чем эта отличается, например: «{form.title.data}, 10 класс»."]
    return False


@bp.post("")
def create() -> ResponseReturnValue:
    """Begin the draft, and go to it."""
    access.hide_unless(access.may(Action.FORMS_VIEW))
    access.demand(Action.FORMS_EDIT)
    form = NewFormInput()
    _offer(form)
    if not form.accepted() or not _is_free(form):
        return render_template("forms/new.html", form=form), 422
    with writing() as session:
        access.demand(Action.FORMS_EDIT)
        if place := journal.already_done(form.once.data):
            return hx.go(place)
        content = beginnings.new_form(form.title.data)
        if form.source.data:
            source = access.found(session.get(MentoringForm, form.source.data))
            version = session.get_one(FormVersion, source.current_version_id)
            content = beginnings.copy_of(formwrite.content_of(version.spec), form.title.data)
        add(content["id"], content)
        place = url_for("drafts.page", form_id=content["id"], part="main")
        journal.note(what=f"Новая форма «{form.title.data}»: черновик начат", by_id=access.person_id(), now=clock.now())
        journal.keep_once(form.once.data, place, clock.now())
    return hx.go(place)
