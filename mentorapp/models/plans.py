"""Plans of a pair and their items. The cells of an item are changed by `mentorapp.models.cells`."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentorapp.database import AUTO, BigId, Model, db
from mentorapp.domain import due, planning
from mentorapp.domain.formspec import AREA, PlanTemplate
from mentorapp.domain.permissions import OWNERS_AGREED, OWNERS_APPROVED
from mentorapp.domain.planning import ItemState, PlanState
from mentorapp.domain.school_year import SchoolYear
from mentorapp.models import journal
from mentorapp.models.forms import spec_of
from mentorapp.models.pairs import NotNow, Pair, Participant
from mentorapp.models.people import Person


class Plan(Model):
    """One owner's plan within a pair: pair, mentor, mentee (one per mentee) or curator."""

    __table_args__ = (sa.UniqueConstraint("pair_id", "owner", "participant_id"), AUTO)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    pair_id: Mapped[int] = mapped_column(sa.ForeignKey("pair.id"))
    owner: Mapped[str]
    participant_id: Mapped[int | None] = mapped_column(sa.ForeignKey("participant.id"))
    form_version_id: Mapped[int] = mapped_column(sa.ForeignKey("form_version.id"))
    state: Mapped[PlanState] = mapped_column(default=PlanState.DRAFT)
    agreed_on: Mapped[date | None]
    agreed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    agreed_on_paper: Mapped[bool] = mapped_column(default=False)
    approved_on: Mapped[date | None]
    approved_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    approved_on_paper: Mapped[bool] = mapped_column(default=False)
    # The last operation before the approval: what came later is compared with what was approved.
    approved_up_to: Mapped[int] = mapped_column(default=0)
    state_before_closing: Mapped[str] = mapped_column(default="")
    # Up to which version of the form its changes were offered to this plan, whatever was taken of them.
    offered_version_id: Mapped[int | None] = mapped_column(sa.ForeignKey("form_version.id"))

    pair: Mapped[Pair] = relationship()
    participant: Mapped[Participant | None] = relationship()
    agreed_by: Mapped[Person | None] = relationship(foreign_keys=[agreed_by_id])
    approved_by: Mapped[Person | None] = relationship(foreign_keys=[approved_by_id])
    items: Mapped[list["PlanItem"]] = relationship(back_populates="plan", order_by="PlanItem.position, PlanItem.id")

    @property
    def template(self) -> PlanTemplate:
        """Columns and title, from the version of the form this plan was made with."""
        return spec_of(self.form_version_id).plans[self.owner]

    @property
    def begins_on(self) -> date:
        """The day from which its dates are counted: the pair's first one, or that on which its mentee joined."""
        joined = self.participant.since if self.participant else self.pair.starts_on
        return min(max(joined, self.pair.starts_on), self.pair.ends_on)

    @property
    def needs_agreement(self) -> bool:
        return self.owner in OWNERS_AGREED

    @property
    def needs_approval(self) -> bool:
        return self.owner in OWNERS_APPROVED

    def fill_from(self, template: PlanTemplate, start: date, end: date, year: SchoolYear, area: str = "") -> None:
        """Put the form's items into an empty plan, with dates computed for this pair and its competence area in the texts.

        A row that waits for an answer of the mentee keeps its place free: a plan is opened before anybody has answered. It is
        offered later (`models/called.py`).
        """
        wanted = [row for row, given in enumerate(template.items) if given.when is None]
        self.items = [_item_from(template, row, start, end, year, area) for row in wanted]

    def add_from_form(self, row: int, today: date) -> "PlanItem":
        """One more row of the form in its place: after the nearest of those before it that are still here, else last."""
        pair = self.pair
        before = [item for item in self.items if item.removed_at is None and (item.template_row or 0) < row]
        nearest = max((item for item in before if item.template_row is not None), key=lambda item: item.template_row or 0, default=None)
        item = _item_from(self.template, row, pair.starts_on, pair.ends_on, pair.school_year, pair.area)
        item.plan_id, item.note, item.state = self.id, "", ItemState.PLANNED
        item.position = self._room_after(nearest.id if nearest else None)
        item.edited_after_approval = self.state is PlanState.APPROVED
        db.session.add(item)
        return item

    def add_row(self, texts: dict[str, str], after_id: int | None, today: date) -> "PlanItem":
        """A new row with these texts, by field: after the row of that id, else last. It becomes part of the session."""
        item = PlanItem(
            plan_id=self.id, cells={}, title="", due_text="", report_text="", note="", section="", template_id="", state=ItemState.PLANNED
        )
        item.position = self._room_after(after_id)
        for field, text in texts.items():
            item.put(field, text, self.pair.school_year, today)
        item.edited_after_approval = self.state is PlanState.APPROVED
        db.session.add(item)
        return item

    def _room_after(self, item_id: int | None) -> int:
        found = next((item.position for item in self.items if item.id == item_id and item.removed_at is None), None)
        if found is None:
            return max((item.position for item in self.items), default=0) + 1
        for item in self.items:
            if item.position > found:
                item.position += 1
        return found + 1

    def agree(self, by: Person | None, today: date, *, on_paper: bool = False) -> None:
        """The mentee agrees, or the curator notes a signature on paper. Raises NotNow when the plan is not a draft."""
        if self.state is not PlanState.DRAFT or not self.needs_agreement:
            raise NotNow("Согласовать можно черновик. Этот план уже в другом состоянии: обновите страницу.")
        self.state, self.agreed_on, self.agreed_by, self.agreed_on_paper = PlanState.AGREED, today, by, on_paper

    def approve(self, by: Person | None, today: date, *, on_paper: bool = False) -> None:
        """Approve the plan, or approve again what was changed since. Raises NotNow when it must be agreed first."""
        if not self.needs_approval or self.state is PlanState.CLOSED:
            raise NotNow("Этот план утверждать не нужно.")
        if self.needs_agreement and self.state is PlanState.DRAFT:
            raise NotNow("Сначала план согласует наставляемый (или отметьте, что он согласован на бумаге).")
        self.state, self.approved_on, self.approved_by, self.approved_on_paper = PlanState.APPROVED, today, by, on_paper
        self.approved_up_to = journal.newest()
        self._nothing_edited_since()

    def _nothing_edited_since(self) -> None:
        for item in self.items:
            item.edited_after_approval = False

    def back_to_draft(self) -> None:
        """Take agreement and approval back: for a step pressed by mistake."""
        if self.state is PlanState.CLOSED:
            raise NotNow("План закрыт. Сначала откройте его снова.")
        self.state = PlanState.DRAFT
        self.agreed_on = self.approved_on = self.agreed_by = self.approved_by = None
        self.agreed_on_paper = self.approved_on_paper = False
        self._nothing_edited_since()

    def close(self) -> None:
        if self.state is PlanState.CLOSED:
            raise NotNow("План уже закрыт.")
        self.state_before_closing, self.state = self.state.value, PlanState.CLOSED

    def reopen(self) -> None:
        """Back to the state it had before it was closed."""
        if self.state is not PlanState.CLOSED:
            raise NotNow("План и так открыт.")
        self.state, self.state_before_closing = PlanState(self.state_before_closing or "draft"), ""


class PlanItem(Model):
    """One activity of a plan (мероприятие)."""

    __table_args__ = (sa.Index(None, "plan_id", "position"), AUTO)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("plan.id"))
    position: Mapped[int]
    section: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    due_from: Mapped[date | None]
    due_to: Mapped[date | None]
    due_text: Mapped[str] = mapped_column(default="")
    report_due: Mapped[date | None]
    report_text: Mapped[str] = mapped_column(default="")
    state: Mapped[ItemState] = mapped_column(default=ItemState.PLANNED)
    note: Mapped[str] = mapped_column(default="")
    done_on: Mapped[date | None]
    cells: Mapped[dict[str, str]] = mapped_column(sa.JSON, default=dict)
    edited_after_approval: Mapped[bool] = mapped_column(default=False)
    # Which row of the form's plan it came from, and whether its dates still are what the form's rules said:
    # when the pair's period moves, only those are offered to move along.
    template_row: Mapped[int | None]
    due_by_rule: Mapped[bool] = mapped_column(default=False)
    report_by_rule: Mapped[bool] = mapped_column(default=False)
    removed_at: Mapped[datetime | None]
    # The id of the form's row, where it has one: what a pair has already is not offered to it again.
    template_id: Mapped[str] = mapped_column(default="")

    plan: Mapped[Plan] = relationship(back_populates="items")

    def swap_with(self, other: "PlanItem") -> None:
        """Take the other row's place, and the other this one's. At the border of a section the row goes over into the next one."""
        if self.section != other.section:
            self.section = other.section
            return
        if self.position == other.position:
            other.position += 1
        self.position, other.position = other.position, self.position

    def value(self, field: str) -> Any:
        """What stands in a field of the journal: one of the item's own, or `cells.<column id>`."""
        return self.cells.get(field[6:], "") if field.startswith("cells.") else getattr(self, field)

    def compare_with_approved(self) -> None:
        """Mark whether anything that was approved is otherwise now. For an approved plan, when the change has its journal entry."""
        if self.plan.state is not PlanState.APPROVED:
            return
        db.session.flush()
        approved = journal.before_changes("plan_item", self.id, self.plan.approved_up_to)
        was_gone = approved.pop("removed_at", journal.encode(self.removed_at)) != journal.encode(None)
        is_gone = self.removed_at is not None
        differs = any(planning.needs_approval(name) and text != journal.encode(self.value(name)) for name, text in approved.items())
        self.edited_after_approval = was_gone != is_gone or (differs and not is_gone)

    def put(self, field: str, text: str, year: SchoolYear, today: date) -> None:
        """Set one cell to a text that its kind has already parsed."""
        for name, value in planning.stored(self, field, text, year, today).items():
            setattr(self, name, value)


def rule_texts(template: PlanTemplate, row: int, start: date, end: date, year: SchoolYear) -> dict[str, str]:
    """What the form's rules say for one row of its plan in this period: field of the item → text."""
    given = template.items[row]
    rules = {"due_text": ("due", given.due), "report_text": ("report_due", given.report_due)}
    return {
        field: due.from_rule(rule, start=start, end=end, year=year).text
        for field, (role, rule) in rules.items()
        if rule and template.by_role(role)
    }


def area_texts(template: PlanTemplate, row: int, area: str, year: SchoolYear) -> dict[str, str]:
    """The texts of one row of a form's plan that speak of the competence area, with that area in them: field of the item → text."""
    given = template.items[row].cells
    columns = [template.column(name) for name, text in given.items() if AREA in text]
    return {planning.field_of(column): planning.parse(column, given[column.id].replace(AREA, area), year) for column in columns}


def _item_from(template: PlanTemplate, row: int, start: date, end: date, year: SchoolYear, area: str) -> PlanItem:
    given = template.items[row]
    item = PlanItem(
        position=row + 1, section=given.section, title="", due_text="", report_text="", cells={}, template_row=row, template_id=given.id
    )
    columns = {column_id: template.column(column_id) for column_id in given.cells}
    texts = {planning.field_of(column): planning.parse(column, given.cells[name], year) for name, column in columns.items()}
    by_rule = rule_texts(template, row, start, end, year)
    for field, text in {**texts, **area_texts(template, row, area, year), **by_rule}.items():
        item.put(field, text, year, start)
    item.due_by_rule, item.report_by_rule = "due_text" in by_rule, "report_text" in by_rule
    return item
