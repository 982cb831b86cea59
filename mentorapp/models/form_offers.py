"""What a later version of a form could change in the plans of running pairs: offered pair by pair, never done by itself.

Rows that are done, cancelled or in the bin are never touched, nor is a text that somebody changed. A plan keeps the columns of
its version. What was offered to a plan once, taken or not, is not offered to it again (`Plan.offered_version_id`), unless what was
taken is undone: that is the offer's way back.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import sqlalchemy as sa

from mentorapp.database import db
from mentorapp.domain import planning
from mentorapp.domain.formdiff import matched_items
from mentorapp.domain.formparts import item_ids, item_title
from mentorapp.domain.formspec import AREA, FormSpec, ItemTemplate, PlanTemplate
from mentorapp.domain.kinds import NotUnderstood
from mentorapp.domain.planning import ItemState, PlanState
from mentorapp.models import journal
from mentorapp.models.forms import FormVersion, spec_of
from mentorapp.models.journal import Operation
from mentorapp.models.pairs import Pair, PairState, Participant
from mentorapp.models.plans import Plan, PlanItem, rule_texts

OFFERED = "offered_version_id"
FINISHED_ROWS = (ItemState.DONE, ItemState.CANCELLED)


@dataclass(frozen=True, slots=True)
class RowOffer:
    """One row of the form's present plan that a plan lacks (`item` is None), or that is worded or dated otherwise there.

    `texts` is what the row would say, by field; of a changed row only what changes, with `former` in its place now.
    """

    plan: Plan
    key: str
    title: str
    texts: dict[str, str]
    item: PlanItem | None = None
    former: dict[str, str] = field(default_factory=dict)
    template_id: str = ""
    section: str = ""
    after_id: int | None = None

    @property
    def column_titles(self) -> dict[str, str]:
        """Field → what its column is called in this plan."""
        return {planning.field_of(column): column.title for column in self.plan.template.columns}


@dataclass(frozen=True, slots=True)
class PairOffer:
    """All that is offered to one pair."""

    pair: Pair
    rows: list[RowOffer]

    @property
    def new(self) -> list[RowOffer]:
        return [row for row in self.rows if row.item is None]

    @property
    def changed(self) -> list[RowOffer]:
        return [row for row in self.rows if row.item is not None]


def offers_for(form_id: str, spec: FormSpec, pair_id: int | None = None) -> list[PairOffer]:
    """What plans of running pairs made with earlier versions could take over from this one, by the mentor's name.

    Plans are read only where the rows of their form changed: most of what is published changes none.
    """
    people = sa.orm.selectinload(Pair.participants).joinedload(Participant.person)
    running = (Pair.form_id == form_id, Pair.state != PairState.FINISHED, Pair.archived_at.is_(None))
    wanted = [*running, Plan.state != PlanState.CLOSED, *([Pair.id == pair_id] if pair_id is not None else [])]
    owners = _owners_of_changed_plans(wanted, spec)
    if not owners:
        return []
    query = sa.select(Plan).join(Pair).where(*wanted, Plan.owner.in_(owners))
    plans = db.session.execute(
        query.options(sa.orm.contains_eager(Plan.pair).options(people), sa.orm.selectinload(Plan.items)).order_by(Plan.id)
    ).scalars()
    found: dict[int, PairOffer] = {}
    for plan in plans.unique():
        if plan.owner in spec.plans and (rows := _rows_for(plan, spec.plans[plan.owner])):
            found.setdefault(plan.pair_id, PairOffer(plan.pair, [])).rows.extend(rows)
    return sorted(found.values(), key=lambda offer: (offer.pair.title, offer.pair.id))


def _owners_of_changed_plans(wanted: list[sa.ColumnElement[bool]], spec: FormSpec) -> set[str]:
    """Whose plans say something else in this version than in those that the wanted plans know."""
    query = sa.select(Plan.owner, Plan.form_version_id, Plan.offered_version_id).join(Pair).where(*wanted).distinct()
    return {
        row.owner
        for row in db.session.execute(query)
        if row.owner in spec.plans and not _says_the_same(_known_template(*row), spec.plans[row.owner])
    }


def _known_template(owner: str, made_with: int, offered: int | None) -> PlanTemplate:
    """The plan of that owner as it was in the version that a plan was made with, or that was offered to it last."""
    own = spec_of(made_with).plans
    return spec_of(max(made_with, offered or 0)).plans.get(owner, own[owner])


def _says_the_same(before: PlanTemplate, now: PlanTemplate) -> bool:
    """A draft gives an id to each row: that changes nothing in a plan."""
    return before == now or _without_ids(before) == _without_ids(now)


def _without_ids(plan: PlanTemplate) -> PlanTemplate:
    return replace(plan, items=tuple(replace(item, id="") for item in plan.items))


def _rows_for(plan: Plan, now: PlanTemplate) -> list[RowOffer]:
    before = _known_template(plan.owner, plan.form_version_id, plan.offered_version_id)
    if before == now:
        return []
    known, items = matched_items(before, now), _items_by_row(plan, now)
    same = {new: old for old, new in known.items()}
    offers = (
        _changed(plan, items[row], row, before, same[row], now) if row in items and row in same else _lacking(plan, row, items, same, now)
        for row in range(len(now.items))
    )
    return [offer for offer in offers if offer is not None]


def _items_by_row(plan: Plan, now: PlanTemplate) -> dict[int, PlanItem]:
    """Row of the form's present plan → the row of this plan that came of it, the bin included."""
    ids = {item.id: row for row, item in enumerate(now.items) if item.id}
    titles = {_filled(item_title(item, now), plan): row for row, item in enumerate(now.items)}
    own = matched_items(plan.template, now)
    found: dict[int, PlanItem] = {}
    for item in sorted(plan.items, key=lambda item: item.removed_at is not None):
        row = ids.get(item.template_id)
        if row is None and item.template_row is not None:
            row = own.get(item.template_row)
        row = titles.get(item.title) if row is None else row
        if row is not None:
            found.setdefault(row, item)
    return found


def _filled(text: str, plan: Plan) -> str:
    return text.replace(AREA, plan.pair.area)


def _lacking(plan: Plan, row: int, items: dict[int, PlanItem], same: dict[int, int], now: PlanTemplate) -> RowOffer | None:
    """A row that is new since; one that waits for an answer of the mentee is offered when the answer comes.

    What was taken from an offer and undone lies in the bin: it is offered once more. What people themselves put there is not.
    """
    new, here = now.items[row], items.get(row)
    if row in same or new.when is not None or (here and not _was_undone(here, new)):
        return None
    before = [items[one] for one in range(row) if one in items and items[one].removed_at is None]
    title, place = _filled(item_title(new, now), plan), before[-1].id if before else None
    return RowOffer(plan, _key(plan, row, now), title, _texts(plan, now, row), template_id=new.id, section=new.section, after_id=place)


def _was_undone(item: PlanItem, new: ItemTemplate) -> bool:
    return item.removed_at is not None and item.template_row is None and item.template_id == new.id


def _key(plan: Plan, row: int, now: PlanTemplate) -> str:
    """What a page sends back of an offer."""
    return f"{plan.id} {item_ids(now)[row]}"


def _texts(plan: Plan, template: PlanTemplate, row: int) -> dict[str, str]:
    """What a row of a form's plan says in this plan: the columns that the plan has, dates for this pair's period."""
    pair, own = plan.pair, {column.id: column for column in plan.template.columns}
    found = {}
    for name, text in template.items[row].cells.items():
        if name in own:
            try:
                found[planning.field_of(own[name])] = planning.parse(own[name], _filled(text, plan), pair.school_year)
            except NotUnderstood:  # the column has another kind in this plan, and takes no such text
                continue
    roles = {planning.field_of(column) for column in plan.template.columns}
    dates = rule_texts(template, row, pair.starts_on, pair.ends_on, pair.school_year)
    return found | {name: text for name, text in dates.items() if name in roles}


def _changed(plan: Plan, item: PlanItem, row: int, before: PlanTemplate, former_row: int, now: PlanTemplate) -> RowOffer | None:
    """A row that is not finished and that nobody has touched, where the form says something else today."""
    if item.removed_at is not None or item.state in FINISHED_ROWS:
        return None
    was, became = _texts(plan, before, former_row), _texts(plan, now, row)
    differs = {name: text for name, text in became.items() if text != was.get(name, "")}
    said = _said_by_the_form(plan, item, was)
    if not differs or any(planning.shown(item, name) not in texts for name, texts in said.items()):
        return None
    texts = {name: text for name, text in differs.items() if planning.shown(item, name) != text}
    former = {name: planning.shown(item, name) for name in texts}
    return RowOffer(plan, _key(plan, row, now), item.title, texts, item, former) if texts else None


def _said_by_the_form(plan: Plan, item: PlanItem, before: dict[str, str]) -> dict[str, set[str]]:
    """Field → what the form has said there, when the plan was made and up to the last offer. Dates move with the pair's period."""
    found = {name: {text} for name, text in before.items()}
    if item.template_row is not None:
        for name, text in _texts(plan, plan.template, item.template_row).items():
            found.setdefault(name, set()).add(text)
    by_rule = {"due_text": item.due_by_rule, "report_text": item.report_by_rule}
    for name, is_so in by_rule.items():
        if is_so and name in found:
            found[name].add(planning.shown(item, name))
    return found


def answer(
    offer: PairOffer, chosen: Collection[RowOffer], version_id: int, *, what: str, by_id: int, now: datetime, today: date
) -> Operation | None:
    """Put the chosen rows into the plans of a pair as one operation, and offer none of them again until that is undone.

    Returns the operation, if anything was taken. Called inside writing().
    """
    changed = [_change(row, row.item, today) for row in chosen if row.item is not None]
    made = [_add(row, today) for row in chosen if row.item is None]
    former = {row.plan: row.plan.offered_version_id for row in offer.rows}
    for plan in former:
        plan.offered_version_id = version_id
    if not chosen:
        return None
    plans = {row.plan.id for row in chosen}
    plan_id = next(iter(plans)) if len(plans) == 1 else None
    operation = journal.record(*changed, what=what, by_id=by_id, now=now, pair_id=offer.pair.id, plan_id=plan_id)
    for item in made:
        db.session.add(journal.was_in_the_bin(operation, item))
    for plan, offered in former.items():
        db.session.add(journal.silently(operation, plan, OFFERED, offered))
    db.session.flush()
    return operation


def _change(row: RowOffer, item: PlanItem, today: date) -> PlanItem:
    for name, text in row.texts.items():
        item.put(name, text, row.plan.pair.school_year, today)
    item.edited_after_approval |= row.plan.state is PlanState.APPROVED
    return item


def _add(row: RowOffer, today: date) -> PlanItem:
    """Where the form has it: after its neighbour, if the plan has that, in the section that the form gives it."""
    item = row.plan.add_row(row.texts, row.after_id, today)
    item.template_id, item.section = row.template_id, row.section
    return item


def taken(form_id: str, version: FormVersion) -> list[tuple[Operation, Pair]]:
    """What pairs have taken over from that version, the latest first, but what was undone: each with its pair."""
    undone = sa.select(Operation.undoes_id).where(Operation.undoes_id.is_not(None))
    people = sa.orm.selectinload(Pair.participants).joinedload(Participant.person)
    query = sa.select(Operation, Pair).join(Pair, Operation.pair_id == Pair.id).options(people).order_by(Operation.id.desc())
    query = query.where(Pair.form_id == form_id, Operation.what.startswith(words_of(version)), Operation.id.not_in(undone))
    return [(row[0], row[1]) for row in db.session.execute(query)]


def words_of(version: FormVersion) -> str:
    """How history calls what was taken over from a version."""
    return f"Изменения формы, версия {version.number}:"


def was_undone(operation_id: int, form_id: str) -> Pair | None:
    """The pair of that form in which this operation has been taken back, if it has been."""
    query = (
        sa.select(Pair).join(Operation, Operation.pair_id == Pair.id).where(Operation.undoes_id == operation_id, Pair.form_id == form_id)
    )
    return db.session.execute(query).scalar()
