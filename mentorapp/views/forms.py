"""Mentoring forms: what is published, what waits in the folders, what cannot be read."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask import Blueprint, abort, current_app, render_template
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, words
from mentorapp.database import db
from mentorapp.domain import planning
from mentorapp.domain.contents import sheets_of
from mentorapp.domain.formspec import FormSpec, PlanTemplate
from mentorapp.domain.permissions import Action, Side
from mentorapp.domain.questionnaire import PHASES, QUESTIONNAIRE_ROLES
from mentorapp.domain.school_year import SchoolYear
from mentorapp.forms import host
from mentorapp.forms.read import look_at_all
from mentorapp.models import FormVersion, MentoringForm, Pair, School, drafts
from mentorapp.models.plans import rule_texts

bp = Blueprint("forms", __name__, url_prefix="/forms")


@bp.get("")
def index() -> ResponseReturnValue:
    """All forms as cards: published ones, and a red one for each folder that cannot be read."""
    access.hide_unless(access.may(Action.FORMS_VIEW))
    versions, looks, known = _current_versions(), look_at_all(current_app.config["PLUGINS"]), drafts.drafts_by_form()
    return render_template(
        "forms/index.html",
        versions=[version for version in versions if version.form.archived_at is None],
        archived=[version for version in versions if version.form.archived_at is not None],
        drafts=known,
        unchanged=drafts.unchanged(known.values()),
        waiting=drafts.WAITING,
        published={version.form_id for version in versions},
        pairs=_pairs_by_form(clock.current_year()),
        changed=host.changed(looks),
        broken=host.broken(looks),
        contents=sheets_of,
    )


def _current_versions() -> list[FormVersion]:
    query = sa.select(FormVersion).join(MentoringForm, MentoringForm.current_version_id == FormVersion.id)
    return list(db.session.execute(query.order_by(MentoringForm.title)).scalars())


def _pairs_by_form(year: SchoolYear) -> dict[str, int]:
    """How many pairs of the year, the archive aside, work by each form."""
    query = sa.select(Pair.form_id, sa.func.count().label("number")).where(Pair.year == year.first, Pair.archived_at.is_(None))
    return {row.form_id: row.number for row in db.session.execute(query.group_by(Pair.form_id))}


@bp.get("/<form_id>")
def show(form_id: str) -> ResponseReturnValue:
    """Everything a form supplies, as a curator reads it."""
    access.hide_unless(access.may(Action.FORMS_VIEW))
    return form_page(next((version for version in _current_versions() if version.form_id == form_id), None) or abort(404))


def form_page(version: FormVersion) -> str:
    """One version of a form as its page."""
    spec, school = version.spec, School.get()
    sides = {side: words.side_words(spec, school, side) for side in Side}
    return render_template(
        "forms/show.html",
        version=version,
        spec=spec,
        school=school,
        sides=sides,
        plans=[shown_plan(template) for template in spec.plans.values()],
        readme=version.readme,
        year=clock.current_year(),
        texts=shown_texts(spec, sides),
        asked=sorted(spec.questionnaires, key=lambda one: (PHASES.index(one.phase), QUESTIONNAIRE_ROLES.index(one.role))),
        missing=[word for word, part in _sheets(spec).items() if not part],
    )


def _sheets(spec: FormSpec) -> dict[str, object]:
    """What a pair fills in besides its plan and meetings, by the word for what a form may lack."""
    return {"анкет": spec.questionnaires, "листа оценки": spec.evaluation, "компетенций": spec.deficits, "видов контроля": spec.control}


def shown_texts(spec: FormSpec, sides: dict[Side, dict[str, str]]) -> list[tuple[str, tuple[str, ...]]]:
    """(title, points) of each text that the form has."""
    titles = {"goal": "Цель", "tasks": "Задачи", "results": "Ожидаемые результаты"}
    for side, called in sides.items():
        titles |= {f"{side}_rights": f"Права {called['genitive']}", f"{side}_duties": f"Обязанности {called['genitive']}"}
    return [(title, spec.texts[part]) for part, title in titles.items() if spec.texts.get(part)]


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """A plan as it begins for a pair that works from September to May: rows of (section, cells)."""

    template: PlanTemplate
    rows: list[tuple[str, list[str]]]


def shown_plan(template: PlanTemplate) -> ShownPlan:
    """A plan of a form with the terms of this school year."""
    return ShownPlan(template, [(item.section, _cells(template, row)) for row, item in enumerate(template.items)])


def _cells(template: PlanTemplate, row: int) -> list[str]:
    year = clock.current_year()
    texts = rule_texts(template, row, year.starts_on, year.half(2)[1], year)
    given = template.items[row].cells
    return [given.get(column.id) or texts.get(planning.field_of(column), "") for column in template.columns]
