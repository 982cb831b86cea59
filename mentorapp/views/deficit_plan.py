"""From ranked deficits to activities of a plan: what is proposed, and adding what was chosen."""

import sqlalchemy as sa
from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, hx, words
from mentorapp.database import db, writing
from mentorapp.domain import permissions
from mentorapp.domain.permissions import Access, Action
from mentorapp.inputs import Input
from mentorapp.models import DeficitItem, DeficitList, Plan, School, deficits, journal
from mentorapp.models.deficits import LEVELS
from mentorapp.views.deficits import load

bp = Blueprint("deficit_plan", __name__)


@bp.get("/deficits/<int:list_id>/plan")
def proposal(list_id: int) -> ResponseReturnValue:
    """What the ranked deficits would add to a plan."""
    made, who = load(list_id, Action.DEFICITS_RANK)
    return _proposal_page(made, who, "")


def _proposal_page(made: DeficitList, who: Access, problem: str) -> str:
    ranked, planned = made.catalogue.ranked(LEVELS.of(made.id)), deficits.planned_items(made.id)
    school = School.get()
    return render_template(
        "deficits/plan.html",
        made=made,
        pair=made.pair,
        ranked=[(rank, one, deficits.activity_for(one, rank)) for rank, one in ranked if one.id not in planned],
        planned=[(rank, one, planned[one.id]) for rank, one in ranked if one.id in planned],
        plans=_plans(made, who),
        names=words.owner_names(made.pair.spec, school),
        once=Input(formdata=None).once.data,
        problem=problem,
    )


def _plans(made: DeficitList, who: Access) -> list[Plan]:
    """The plans that this person may add to, the mentor's first: practice is what he prepares."""
    query = sa.select(Plan).where(Plan.pair_id == made.pair_id).order_by(Plan.id)
    found = [plan for plan in db.session.execute(query).scalars() if permissions.can(who, Action.PLAN_EDIT, plan)]
    others = [plan for plan in found if plan.participant_id in (None, made.participant_id)]
    return sorted(others, key=lambda plan: ("mentor", "pair", "mentee", "curator").index(plan.owner))


@bp.post("/deficits/<int:list_id>/plan")
def add_to_plan(list_id: int) -> ResponseReturnValue:
    """Add the chosen activities to a plan, as one step that can be undone."""
    chosen, once = request.form.getlist("competence"), request.form.get("once", "")
    with writing():
        if done := journal.already_done(once):
            return hx.go(done)
        made, who = load(list_id, Action.DEFICITS_RANK)
        plan = access.found(next((plan for plan in _plans(made, who) if plan.id == request.form.get("plan", type=int)), None))
        activities = _chosen(made, chosen)
        place = ""
        if activities:
            place = url_for("plans.page", plan_id=plan.id, _anchor=f"r{_add(made, plan, activities)}")
            journal.keep_once(once, place, clock.now())
    if not activities:
        made, who = load(list_id, Action.DEFICITS_RANK)
        return _proposal_page(made, who, "Отметьте хотя бы одно мероприятие. Ничего ещё не записано."), 422
    return hx.go(place)


def _chosen(made: DeficitList, chosen: list[str]) -> list[tuple[str, str]]:
    """(competence id, title of the activity), in the agreed order; what is in a plan already is left out."""
    planned = deficits.planned_items(made.id)
    ranked = made.catalogue.ranked(LEVELS.of(made.id))
    return [(one.id, deficits.activity_for(one, rank)) for rank, one in ranked if one.id in chosen and one.id not in planned]


def _add(made: DeficitList, plan: Plan, activities: list[tuple[str, str]]) -> int:
    """The id of the first new row."""
    items = [plan.add_row({"title": title}, None, clock.today()) for _id, title in activities]
    for place, item in enumerate(items):
        item.position += place
        item.removed_at = clock.now()
    db.session.flush()
    for item, (competence_id, _title) in zip(items, activities, strict=True):
        item.removed_at = None
        db.session.add(DeficitItem(deficit_list_id=made.id, competence_id=competence_id, plan_item_id=item.id))
    what = f"Мероприятия по дефицитам внесены в план: {len(items)}"
    journal.record(*items, what=what, by_id=access.person_id(), now=clock.now(), pair_id=made.pair_id, plan_id=plan.id)
    return items[0].id
