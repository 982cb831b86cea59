"""A mentoring form as a file: taken away to be mailed, and brought in from another school, which is first a draft like any other."""

from io import BytesIO

from flask import Blueprint, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, hx
from mentorapp.database import db, writing
from mentorapp.domain import draft, formwrite
from mentorapp.domain.formspec import Problem, content_hash
from mentorapp.domain.names import file_title
from mentorapp.domain.permissions import Action
from mentorapp.drafting import beginnings, saving
from mentorapp.forms import package
from mentorapp.inputs import Input
from mentorapp.models import FormVersion, MentoringForm, drafts, journal
from mentorapp.models.drafts import WAITING
from mentorapp.models.pairs import NotNow
from mentorapp.views.drafts import add
from mentorapp.views.new_form import titles

bp = Blueprint("form_files", __name__, url_prefix="/forms")


@bp.get("/<form_id>/form.zip")
def download(form_id: str) -> ResponseReturnValue:
    """The published form as one file: no person and no answer is in it."""
    access.hide_unless(access.may(Action.FORMS_VIEW))
    form = access.found(db.session.get(MentoringForm, form_id))
    version = access.found(db.session.get(FormVersion, form.current_version_id))
    made = package.export(version.spec, version.readme)
    return send_file(BytesIO(made), "application/zip", as_attachment=True, download_name=f"{file_title(version.spec.title)}.zip")


@bp.get("/import")
def page() -> ResponseReturnValue:
    """Which file."""
    access.hide_unless(access.may(Action.FORMS_VIEW))
    access.demand(Action.FORMS_EDIT)
    return _page([])


def _page(problems: list[Problem], filename: str = "") -> str:
    return render_template("forms/import.html", problems=problems, filename=filename, once=Input(formdata=None).once.data)


@bp.post("/import")
def upload() -> ResponseReturnValue:
    """Read the file. What is wrong with it is told at once and nothing is written; what is right becomes a draft."""
    access.hide_unless(access.may(Action.FORMS_VIEW))
    access.demand(Action.FORMS_EDIT)
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _page([Problem("", "", "Файл не выбран. Выберите архив формы (.zip) или файл .toml.")]), 422
    with sent.stream as stream:
        found, problems = package.read(stream.read(), sent.filename)
    if found is None:
        return _page(problems, sent.filename), 422
    content, once = draft.with_ids(formwrite.content_of(found.spec)), request.form.get("once", "")
    with writing() as session:
        access.demand(Action.FORMS_EDIT)
        if place := journal.already_done(once):
            return hx.go(place)
        known = session.get(MentoringForm, found.spec.id) or drafts.draft_of(found.spec.id)
        name = draft.new_id(WAITING) if known else found.spec.id
        add(name, content, readme=found.readme)
        place = url_for("form_files.choose", name=name) if known else url_for("drafts.page", form_id=name, part="main")
        journal.note(what=f"Получена форма «{found.spec.title}»", by_id=access.person_id(), now=clock.now())
        journal.keep_once(once, place, clock.now())
    return hx.go(place)


def _demand(name: str) -> None:
    """Whoever may change forms decides on one that was sent and waits, because the school has one of the same id."""
    access.hide_unless(access.may(Action.FORMS_VIEW) and name.startswith(WAITING))
    access.demand(Action.FORMS_EDIT)


@bp.get("/import/<name>")
def choose(name: str) -> ResponseReturnValue:
    """What the file says otherwise than the form of the same id; a new version, a copy, or neither."""
    _demand(name)
    row = access.found(drafts.draft_of(name))
    form = db.session.get(MentoringForm, row.content["id"])
    version = db.session.get(FormVersion, form.current_version_id) if form else None
    spec, _problems = drafts.read(row.written)
    return render_template(
        "forms/choose.html",
        row=row,
        form=form,
        version=version,
        spec=spec,
        draft=drafts.draft_of(row.content["id"]),
        is_same=bool(spec and version and content_hash(spec) == content_hash(version.spec)),
    )


@bp.post("/import/<name>")
def decide(name: str) -> ResponseReturnValue:
    """Put what was sent into the draft of the form that is there, or into a form of its own, or nowhere."""
    way = request.form.get("way", "")
    with writing() as session:
        _demand(name)
        row = access.found(drafts.to_change(name))
        content, readme = row.content, row.readme
        if way == "copy":
            row.content = beginnings.copy_of(content, beginnings.title_of_copy(content["title"], titles()))
            row.form_id = row.content["id"]
            return hx.go(url_for("drafts.page", form_id=row.form_id, part="main"))
        if way not in ("version", "cancel"):
            raise NotNow("Выберите, что сделать с присланной формой. Ничего не изменено.")
        session.delete(row)
        if way == "cancel":
            return hx.go(url_for("forms.index"))
        session.flush()
        form_id = content["id"]
        form = session.get(MentoringForm, form_id)
        known = drafts.to_change(form_id)
        if known is None:
            add(form_id, content, session.get(FormVersion, form.current_version_id) if form else None, readme)
        else:
            saving.replace_all(known, content, "присланная форма", by_id=access.person_id(), now=clock.now())
            known.readme = readme
    return hx.go(url_for("drafts.page", form_id=form_id, part="main"))
