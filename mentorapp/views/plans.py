"""The page of a plan, saving its cells, and its way from draft to closed."""

from collections.abc import Callable
from datetime import date

import sqlalchemy as sa
from flask import Blueprint, Response, get_template_attribute, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, hx, papers, words
from mentorapp.database import db, end_reading, writing
from mentorapp.domain import permissions
from mentorapp.domain.documents import Unfilled
from mentorapp.domain.formspec import OWNERS
from mentorapp.domain.permissions import Access, Action
from mentorapp.domain.planning import Progress
from mentorapp.inputs import Input, day, not_in_future
from mentorapp.models import Person, Plan, School, cells, journal, planpage
from mentorapp.models.cells import LoadedCell, Saved
from mentorapp.models.pairs import NotNow
from mentorapp.models.planpage import PairHead, Table
from mentorapp.papers import build
from mentorapp.views import plan_rows
from mentorapp.views.documents import unfilled

bp = Blueprint("plans", __name__, url_prefix="/plans")


PLAN_ACTIONS = [action for action in Action if action.value.startswith("plan:")]


class PaperInput(Input):
    on = day("Дата на бумаге", required="Впишите дату, которая стоит на бумаге.", also=[not_in_future])


def load_plan(plan_id: int, action: Action = Action.PLAN_VIEW) -> tuple[Plan, Access]:
    """The plan and what the person is in its pair. 404 unless she may see it, NotAllowed unless she may act."""
    plan = access.found(planpage.plan_and_pair(plan_id))
    who = access.access_to(plan.pair_id)
    access.hide_unless(permissions.can(who, Action.PLAN_VIEW, plan))
    access.demand(action, plan, who=who)
    return plan, who


@bp.get("/<int:plan_id>")
def page(plan_id: int) -> ResponseReturnValue:
    """The plan as a table to type into, with its state and progress."""
    plan = access.found(planpage.plan_head(plan_id))
    who = access.meet(plan.pair)
    access.hide_unless(permissions.can(who, Action.PLAN_VIEW, plan))
    can = {action.name: permissions.can(who, action, plan) for action in PLAN_ACTIONS}
    today = clock.today()
    table = planpage.plan_table(plan, today)
    rows = plan_rows.painted(plan.id, table.items, table.columns, today, edit=can["PLAN_EDIT"], marks=can["PLAN_MARK"])
    spec = plan.pair.spec
    tabs = _tabs(table, plan.pair)
    return render_template("plans/page.html", page=table, rows=rows, tabs=tabs, plan=plan, pair=plan.pair, who=who, can=can, spec=spec)


def _tabs(table: Table, pair: PairHead) -> tuple[tuple[int, str, int], ...]:
    """(plan id, whose it is, rows) in the order of the owners; plans of several mentees go by their names."""
    names = words.owner_names(pair.spec, pair)
    mentees = {tab.participant_id for tab in table.tabs if tab.participant_id}
    if len(mentees) > 1:
        everybody = {one.participant_id: one for one in (*pair.members, *pair.former)}
        own = {number: everybody[number].tab_name for number in mentees}
    else:
        own = dict.fromkeys(mentees, names["mentee"])
    ordered = sorted(table.tabs, key=lambda tab: (OWNERS.index(tab.owner), tab.id))
    return tuple((tab.id, own.get(tab.participant_id, names[tab.owner]), tab.items) for tab in ordered)


@bp.post("/<int:plan_id>/items/<int:item_id>/<column_id>")
def save_cell(plan_id: int, item_id: int, column_id: str) -> ResponseReturnValue:
    """Save one cell as soon as its author leaves it."""
    typed, seen, sent = request.form["value"], request.form["seen"], request.form.getlist("sent")
    today = clock.today()
    with writing():
        cell = load_cell(plan_id, item_id, column_id)
        saved = cells.save(cell, typed, seen=seen, sent=sent, by_id=access.person_id(), now=clock.now(), today=today)
        progress, late = cells.after_save(plan_id, item_id, today)
    return saved_cell(saved, progress, late)


@bp.post("/<int:plan_id>/items/<int:item_id>/<column_id>/theirs")
def take_theirs(plan_id: int, item_id: int, column_id: str) -> ResponseReturnValue:
    """After a conflict the other text stays; the person's own is kept in history."""
    with writing():
        cell = load_cell(plan_id, item_id, column_id)
        saved = cells.take_theirs(cell, request.form["value"], by_id=access.person_id(), now=clock.now())
        progress, late = cells.after_save(plan_id, item_id, clock.today())
    return saved_cell(saved, progress, late)


def load_cell(plan_id: int, item_id: int, column_id: str) -> LoadedCell:
    """The cell, if this person may write in it: states and facts need less than wording does."""
    cell = access.found(cells.load_cell(plan_id, item_id, column_id))
    who = access.access_to(cell.row.pair_id)
    access.hide_unless(permissions.can(who, Action.PLAN_VIEW, cell))
    access.demand(Action.PLAN_MARK if column_id.startswith("@") else Action.PLAN_EDIT, cell, who=who)
    return cell


def saved_cell(saved: Saved, progress: Progress, late: str, *, rows: bool = False) -> Response:
    """What a saved cell changes on the page: the row's status and the progress. The field itself is never in it."""
    event = {"text": saved.text, "operation": saved.operation_id, "late": late}
    return hx.fragment(saved_parts(saved.operation_id, progress, rows=rows), events={"cellsaved": event})


def saved_parts(operation_id: int | None, progress: Progress, *, rows: bool = False) -> str:
    """«✓ 14:02» with the button to undo it, and the progress; with `rows` also how many rows there are, here and in the bin."""
    html: str = get_template_attribute("plans/_cell_saved.html", "cell_saved")(operation_id, progress, clock.now(), rows)
    return html


@bp.get("/<int:plan_id>/agree-on-paper")
def agreement_form(plan_id: int) -> ResponseReturnValue:
    """Noting the mentee's signature on paper: its date."""
    plan, _who = load_plan(plan_id, Action.PLAN_AGREE_ON_PAPER)
    return _paper_page(plan, PaperInput(formdata=None, on=clock.today()), Action.PLAN_AGREE_ON_PAPER)


@bp.get("/<int:plan_id>/approve-on-paper")
def approval_form(plan_id: int) -> ResponseReturnValue:
    """Noting an approval on paper: its date."""
    plan, _who = load_plan(plan_id, Action.PLAN_APPROVE_ON_PAPER)
    return _paper_page(plan, PaperInput(formdata=None, on=clock.today()), Action.PLAN_APPROVE_ON_PAPER)


def _paper_page(plan: Plan, form: PaperInput, action: Action) -> str:
    return render_template("plans/on_paper.html", plan=plan, form=form, approving=action is Action.PLAN_APPROVE_ON_PAPER)


@bp.post("/<int:plan_id>/agree")
def agree(plan_id: int) -> ResponseReturnValue:
    """The mentee agrees."""
    return _step(plan_id, Action.PLAN_AGREE, "План согласован", lambda plan, me: _as_read(plan).agree(me, clock.today()))


@bp.post("/<int:plan_id>/agree-on-paper")
def agree_on_paper(plan_id: int) -> ResponseReturnValue:
    """The curator notes that the mentee signed."""
    return _paper_step(
        plan_id, Action.PLAN_AGREE_ON_PAPER, "План согласован на бумаге", lambda plan, on: plan.agree(None, on, on_paper=True)
    )


@bp.post("/<int:plan_id>/approve")
def approve(plan_id: int) -> ResponseReturnValue:
    """The curator or the director approves, or approves what was changed since."""
    return _step(plan_id, Action.PLAN_APPROVE, "План утверждён", lambda plan, me: _as_read(plan).approve(me, clock.today()))


def _as_read(plan: Plan) -> Plan:
    """The plan, if nobody else has changed it since this person opened its page: nobody signs what she has not seen."""
    read_to = request.form.get("read_to", type=int)
    if read_to is not None and journal.others_changed(plan.id, read_to, access.person_id()):
        raise NotNow("Пока страница была открыта, план изменил другой человек. Откройте план снова, прочитайте и нажмите ещё раз.")
    return plan


@bp.post("/<int:plan_id>/approve-on-paper")
def approve_on_paper(plan_id: int) -> ResponseReturnValue:
    """The curator notes that the plan was approved on paper."""
    return _paper_step(
        plan_id, Action.PLAN_APPROVE_ON_PAPER, "План утверждён на бумаге", lambda plan, on: plan.approve(None, on, on_paper=True)
    )


@bp.post("/<int:plan_id>/draft")
def back_to_draft(plan_id: int) -> ResponseReturnValue:
    """A step was pressed by mistake: back to draft."""
    return _step(plan_id, Action.PLAN_CLOSE, "План возвращён в черновик", lambda plan, _me: plan.back_to_draft())


@bp.post("/<int:plan_id>/close")
def close(plan_id: int) -> ResponseReturnValue:
    """No more changes; the plan can be opened again."""
    return _step(plan_id, Action.PLAN_CLOSE, "План закрыт", lambda plan, _me: plan.close())


@bp.post("/<int:plan_id>/reopen")
def reopen(plan_id: int) -> ResponseReturnValue:
    """Open a closed plan again."""
    return _step(plan_id, Action.PLAN_CLOSE, "План снова открыт", lambda plan, _me: plan.reopen())


def _step(plan_id: int, action: Action, what: str, step: Callable[[Plan, Person | None], None]) -> ResponseReturnValue:
    with writing() as session:
        plan, _who = load_plan(plan_id, action)
        step(plan, session.get(Person, access.person_id()))
        journal.record(plan, what=what, by_id=access.person_id(), now=clock.now(), pair_id=plan.pair_id, plan_id=plan.id)
    return hx.go(url_for("plans.page", plan_id=plan_id))


def _paper_step(plan_id: int, action: Action, what: str, step: Callable[[Plan, date], None]) -> ResponseReturnValue:
    form = PaperInput()
    if not form.accepted():
        plan, _who = load_plan(plan_id, action)
        return _paper_page(plan, form, action), 422
    return _step(plan_id, action, what, lambda plan, _me: step(plan, form.on.data))


@bp.get("/<int:plan_id>/plan.pdf")
def pdf(plan_id: int) -> ResponseReturnValue:
    """The plan on A4; with ?all=1 all plans of the pair that this person may see, one after another."""
    plan, who = load_plan(plan_id)
    plans = [plan]
    if request.args.get("all"):
        everything = db.session.execute(sa.select(Plan).where(Plan.pair_id == plan.pair_id).order_by(Plan.id)).scalars()
        plans = [one for one in everything if one is plan or one.participant is None or one.participant.until is None]
    try:
        paper = build.plan_paper(School.get(), plan.pair, plans)
    except Unfilled as found:
        return unfilled(plan.pair, who, plan.template.title, found.missing)
    end_reading()
    return papers.answer(papers.pdf("plan.html", paper=paper), f"plan-{plan.pair_id}.pdf")
