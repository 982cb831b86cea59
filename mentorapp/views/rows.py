"""Rows of a plan: the row as a page (also the way without JavaScript), adding, moving, the bin, history."""

import re
import secrets
from contextlib import suppress

import sqlalchemy as sa
from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, hx
from mentorapp.database import db, writing
from mentorapp.domain import permissions, planning
from mentorapp.domain.formspec import Column
from mentorapp.domain.kinds import NotUnderstood
from mentorapp.domain.permissions import Action
from mentorapp.models import Change, Operation, Plan, PlanItem, cells, journal
from mentorapp.models.cells import CellChanged, ItemRemoved, Saved
from mentorapp.models.undo import right_to_undo
from mentorapp.views.plans import load_cell, load_plan, saved_cell, saved_parts

bp = Blueprint("rows", __name__)


@bp.get("/plans/<int:plan_id>/items/<int:item_id>")
def page(plan_id: int, item_id: int) -> ResponseReturnValue:
    """One row as a form: every cell, its facts, moving, the bin, its history."""
    plan, item = _load(plan_id, item_id, Action.PLAN_VIEW)
    return _row_page(plan, item, {}, {})


@bp.post("/plans/<int:plan_id>/items/<int:item_id>")
def save(plan_id: int, item_id: int) -> ResponseReturnValue:
    """Save the cells of the form that were changed, each compared alone, as the table does."""
    problems: dict[str, str] = {}
    conflicts: dict[str, str] = {}
    for name in [key[6:] for key in request.form if key.startswith("value-")]:
        typed, seen = request.form[f"value-{name}"], request.form.get(f"seen-{name}", "")
        if typed.replace("\r\n", "\n") == seen.replace("\r\n", "\n"):
            continue
        try:
            _save_one(plan_id, item_id, name, typed, seen)
        except NotUnderstood as problem:
            problems[name] = str(problem)
        except CellChanged as found:
            conflicts[name] = found.theirs
    if problems or conflicts:
        plan, item = _load(plan_id, item_id, Action.PLAN_VIEW)
        return _row_page(plan, item, problems, conflicts), 409 if conflicts else 422
    return hx.go(url_for("plans.page", plan_id=plan_id, _anchor=f"r{item_id}"))


def _save_one(plan_id: int, item_id: int, name: str, typed: str, seen: str) -> None:
    with writing():
        cell = load_cell(plan_id, item_id, name)
        if request.form.get(f"take-{name}"):
            cells.take_theirs(cell, typed, by_id=access.person_id(), now=clock.now())
        else:
            cells.save(cell, typed, seen=seen, by_id=access.person_id(), now=clock.now(), today=clock.today())


def _row_page(plan: Plan, item: PlanItem, problems: dict[str, str], conflicts: dict[str, str]) -> str:
    who = access.access_to(plan.pair_id)
    operations = _history(item.id)
    columns = [*plan.template.columns, *planning.CORE_COLUMNS.values()]
    stored = {column.id: planning.shown(item, planning.field_of(column)) for column in columns}
    # What was typed and refused stays in its field; a conflict is settled against the text that is there now.
    values = stored | {name: request.form[f"value-{name}"] for name in {**problems, **conflicts}}
    seen = stored | {name: request.form[f"seen-{name}"] for name in problems}
    return render_template(
        "plans/row.html",
        plan=plan,
        pair=plan.pair,
        item=item,
        columns=columns,
        values=values,
        seen=seen,
        problems=problems,
        conflicts=conflicts,
        can_edit=permissions.can(who, Action.PLAN_EDIT, plan),
        can_mark=permissions.can(who, Action.PLAN_MARK, plan),
        operations=operations,
        undoable=_undoable(operations, plan),
        titles=_titles(columns),
    )


def _titles(columns: list[Column]) -> dict[str, str]:
    """Field of the journal → title of its column, for history."""
    names = {planning.field_of(column): column.title for column in columns}
    return names | {"position": "Место в плане", "removed_at": "Корзина", "section": "Раздел"}


def _history(item_id: int) -> list[Operation]:
    query = (
        sa.select(Operation)
        .where(sa.exists().where(Change.operation_id == Operation.id, Change.table_name == "plan_item", Change.row_id == item_id))
        .options(sa.orm.joinedload(Operation.by), sa.orm.selectinload(Operation.changes))
        .order_by(Operation.id.desc())
        .limit(50)
    )
    return list(db.session.execute(query).scalars())


@bp.get("/plans/<int:plan_id>/items/<int:item_id>/history")
def history(plan_id: int, item_id: int) -> ResponseReturnValue:
    """Who changed what in this row, as a dialog over the table or as a page."""
    plan, item = _load(plan_id, item_id, Action.PLAN_VIEW)
    columns = [*plan.template.columns, *planning.CORE_COLUMNS.values()]
    template = "plans/_history.html" if hx.wants_fragment() else "plans/history.html"
    operations = _history(item_id)
    undoable = _undoable(operations, plan)
    return render_template(
        template, plan=plan, pair=plan.pair, item=item, operations=operations, undoable=undoable, titles=_titles(columns)
    )


def _undoable(operations: list[Operation], plan: Plan) -> set[int]:
    """Which of these operations on a row the person may undo: those that changed something and are neither undone nor an undoing."""
    who = access.access_to(plan.pair_id)
    undone = {operation.undoes_id for operation in operations}
    return {
        operation.id
        for operation in operations
        if operation.changes
        and operation.undoes_id is None
        and operation.id not in undone
        and operation.plan_id == plan.id
        and permissions.can(who, right_to_undo(operation), plan)
    }


@bp.get("/plans/<int:plan_id>/items/new")
def new(plan_id: int) -> ResponseReturnValue:
    """The form of a new row, for those without JavaScript; the table itself has an empty last row."""
    plan, _who = load_plan(plan_id, Action.PLAN_EDIT)
    return render_template(
        "plans/new_row.html",
        plan=plan,
        pair=plan.pair,
        columns=plan.template.columns,
        problems={},
        values={},
        once=secrets.token_urlsafe(12),
    )


@bp.post("/plans/<int:plan_id>/items/new")
def create(plan_id: int) -> ResponseReturnValue:
    """Add a row with what was typed into its cells; the table sends one cell, the form all of them."""
    typed = {key[6:]: text for key, text in request.form.items() if key.startswith("value-")}
    once = request.form.get("once", "")
    with writing() as session:
        plan, _who = load_plan(plan_id, Action.PLAN_EDIT)
        if place := journal.already_done(once):
            item_id, operation_id = _made_before(plan_id, place), None
            _add_late_cells(plan_id, item_id, typed)
        else:
            texts, problems = _parsed(plan, typed)
            if problems:
                return _refused(plan, problems, typed, once)
            item = plan.add_row(texts, request.form.get("after", type=int), clock.today())
            session.flush()
            operation_id = journal.record_new(item, "Строка добавлена", access.person_id(), clock.now(), plan.pair_id, plan.id)
            item_id = item.id
            journal.keep_once(once, url_for("rows.page", plan_id=plan_id, item_id=item_id), clock.now())
    return _created(plan_id, item_id, operation_id, typed)


def _made_before(plan_id: int, place: str) -> int:
    """The row that the first sending of this form made."""
    row = re.fullmatch(rf"/plans/{plan_id}/items/(\d+)", place)
    return int(row[1]) if row else abort(400)


def _add_late_cells(plan_id: int, item_id: int, typed: dict[str, str]) -> None:
    """The row is there, but a closing page may have sent it once more with cells that it did not have then: empty ones take them."""
    for name, text in typed.items():
        with suppress(CellChanged, NotUnderstood, ItemRemoved):
            cell = load_cell(plan_id, item_id, name)
            cells.save(cell, text, seen="", by_id=access.person_id(), now=clock.now(), today=clock.today())


def _parsed(plan: Plan, typed: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    texts: dict[str, str] = {}
    problems: dict[str, str] = {}
    for column in plan.template.columns:
        try:
            texts[planning.field_of(column)] = planning.parse(column, typed.get(column.id, ""), plan.pair.school_year)
        except NotUnderstood as problem:
            problems[column.id] = str(problem)
    if not any(texts.values()) and not problems:
        problems[plan.template.columns[0].id] = "Впишите хотя бы одно слово: пустую строку добавлять незачем."
    return texts, problems


def _refused(plan: Plan, problems: dict[str, str], typed: dict[str, str], once: str) -> ResponseReturnValue:
    db.session.rollback()
    if hx.wants_fragment():
        return hx.fragment(render_template("plans/_cell_problem.html", text=" ".join(problems.values())), 422)
    body = render_template(
        "plans/new_row.html", plan=plan, pair=plan.pair, columns=plan.template.columns, problems=problems, values=typed, once=once
    )
    return body, 422


def _created(plan_id: int, item_id: int, operation_id: int | None, typed: dict[str, str]) -> ResponseReturnValue:
    if not hx.wants_fragment():
        return hx.go(url_for("plans.page", plan_id=plan_id, _anchor=f"r{item_id}"))
    name = next(iter(typed), planning.STATE.id)
    cell = load_cell(plan_id, item_id, name)
    progress, late = cells.after_save(plan_id, item_id, clock.today())
    answer = saved_cell(Saved(planning.shown(cell.row, planning.field_of(cell.column)), operation_id), progress, late, rows=True)
    answer.headers["X-Row"] = str(item_id)
    return answer


@bp.post("/plans/<int:plan_id>/items/<int:item_id>/move")
def move(plan_id: int, item_id: int) -> ResponseReturnValue:
    """Swap a row with the one above or below."""
    step = -1 if request.form.get("to") == "up" else 1
    with writing():
        plan, item = _load(plan_id, item_id, Action.PLAN_EDIT)
        live = [row for row in plan.items if row.removed_at is None]
        place = live.index(item) + step if item in live else -1
        operation_id, before = None, item.section
        if 0 <= place < len(live):
            item.swap_with(live[place])
            operation_id = _record(plan, "Строки переставлены", item, live[place])
        changes_section = item.section != before
    return _done(plan_id, item_id, operation_id, section=changes_section)


@bp.post("/plans/<int:plan_id>/items/<int:item_id>/remove")
def remove(plan_id: int, item_id: int) -> ResponseReturnValue:
    """Put a row into the bin, from where it can be taken back."""
    with writing():
        plan, item = _load(plan_id, item_id, Action.PLAN_EDIT)
        operation_id = None
        if item.removed_at is None:
            item.removed_at = clock.now()
            operation_id = _record(plan, "Строка убрана в корзину", item)
            item.compare_with_approved()
    return _done(plan_id, item_id, operation_id)


@bp.post("/plans/<int:plan_id>/items/<int:item_id>/restore")
def restore(plan_id: int, item_id: int) -> ResponseReturnValue:
    """Take a row back from the bin."""
    with writing():
        plan, item = _load(plan_id, item_id, Action.PLAN_EDIT)
        item.removed_at = None
        _record(plan, "Строка возвращена из корзины", item)
        item.compare_with_approved()
    return hx.go(url_for("plans.page", plan_id=plan_id, _anchor=f"r{item_id}"))


def _record(plan: Plan, what: str, *items: PlanItem) -> int:
    return journal.record(*items, what=what, by_id=access.person_id(), now=clock.now(), pair_id=plan.pair_id, plan_id=plan.id).id


def _done(plan_id: int, item_id: int, operation_id: int | None, *, section: bool = False) -> ResponseReturnValue:
    """`section`: the row went over into another section, whose head the open page has elsewhere."""
    if not hx.wants_fragment():
        return hx.go(url_for("plans.page", plan_id=plan_id, _anchor=f"r{item_id}"))
    progress = cells.progress_of(plan_id, clock.today())
    return hx.fragment(saved_parts(operation_id, progress, rows=True), events={"rowdone": {"operation": operation_id, "section": section}})


@bp.get("/plans/<int:plan_id>/bin")
def bin(plan_id: int) -> ResponseReturnValue:
    """Rows that were removed, the latest first."""
    plan, who = load_plan(plan_id)
    removed = sorted((item for item in plan.items if item.removed_at), key=lambda item: str(item.removed_at), reverse=True)
    return render_template(
        "plans/bin.html", plan=plan, pair=plan.pair, items=removed, can_edit=permissions.can(who, Action.PLAN_EDIT, plan)
    )


def _load(plan_id: int, item_id: int, action: Action) -> tuple[Plan, PlanItem]:
    plan, _who = load_plan(plan_id, action)
    item = access.found(db.session.get(PlanItem, item_id))
    access.hide_unless(item.plan_id == plan.id)
    return plan, item
