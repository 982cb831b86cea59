"""Undoing one operation: a cell, a row, a step of a plan, what was done to a meeting or a pair."""

import json
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, get_template_attribute, request, url_for
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, hx
from mentorapp.database import db, writing
from mentorapp.domain import planning
from mentorapp.domain.permissions import Action
from mentorapp.models import Operation, Plan, PlanItem, cells
from mentorapp.models.undo import right_to_undo, undo
from mentorapp.views.plans import load_plan

bp = Blueprint("undo", __name__)


@bp.post("/operations/<int:operation_id>/undo")
def put_back(operation_id: int) -> ResponseReturnValue:
    """Put back what one operation changed, unless somebody has changed it since."""
    with writing() as session:
        operation = access.found(session.get(Operation, operation_id))
        access.found(operation.pair_id)
        _demand_undo(operation)
        touched = undo(operation, by_id=access.person_id(), now=clock.now(), today=clock.today())
        pair_id, plan_id = operation.pair_id, operation.plan_id
        rows = {thing.id: thing for thing in touched if isinstance(thing, PlanItem)}
        cells_back = {row_id: _cells_of(row) for row_id, row in rows.items()}
        late = {row_id: planning.late_words(row.state, row.due_to, clock.today()) for row_id, row in rows.items()}
        moved = any(change.field in ("position", "removed_at", "section") for change in operation.changes)
        order = _order(next(iter(rows.values())).plan) if moved and rows else None
    if request.form.get("page") == "offers":
        form_id = access.load_pair(pair_id or 0)[0].form_id
        return hx.go(url_for("form_offers.page", form_id=form_id, undone=operation_id))
    if not hx.wants_fragment():
        return hx.go(url_for("plans.page", plan_id=plan_id) if plan_id else url_for("pairs.history", pair_id=pair_id))
    facts = json.dumps({"rows": cells_back, "late": late, "order": order}, ensure_ascii=False)
    body = get_template_attribute("plans/_undone.html", "undone")(facts)
    if plan_id:
        progress = cells.progress_of(plan_id, clock.today())
        body += get_template_attribute("_ui.html", "progress")(progress, own_page=True, oob=True)
        if moved:  # Only who may add rows and remove them has their numbers on the page.
            body += get_template_attribute("plans/_cell_saved.html", "numbers")(progress)
    return hx.fragment(body)


def _demand_undo(operation: Operation) -> None:
    """The same right that the change itself needs, in each plan that it touched; a plan's steps are the curator's to take back."""
    tables = {change.table_name for change in operation.changes if not change.is_silent}
    if operation.plan_id is None:
        access.load_pair(operation.pair_id or 0, Action.MEETING_EDIT if tables == {"meeting"} else Action.PAIR_EDIT)
    elif "plan" in tables:
        load_plan(operation.plan_id, Action.PLAN_CLOSE)
    else:
        load_plan(operation.plan_id, right_to_undo(operation))
    item_ids = {change.row_id for change in operation.changes if change.table_name == "plan_item"}
    for plan_id in db.session.execute(sa.select(PlanItem.plan_id).where(PlanItem.id.in_(item_ids)).distinct()).scalars():
        load_plan(plan_id, right_to_undo(operation))


def _order(plan: Plan) -> list[int]:
    """The ids of the rows from top to bottom, as they stand now."""
    live = [item for item in plan.items if item.removed_at is None]
    return [item.id for item in sorted(live, key=lambda item: (item.position, item.id))]


def _cells_of(item: PlanItem) -> dict[str, str]:
    columns: list[Any] = [*item.plan.template.columns, *planning.CORE_COLUMNS.values()]
    return {column.id: planning.shown(item, planning.field_of(column)) for column in columns}
