"""What became of the rows of a pair's plans: wording made the pair's own, rows added, and marks up to today.

In pairs.toml `topics` are the practical lessons of both, `own` rows of their own (`days` from today to their term), `marks` what
must be so on any day, `change` a wording that was changed after the plan was approved. All other rows follow their terms.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from demo.life import Life
from mentorapp.domain import planning
from mentorapp.domain.planning import NOTE, STATE, ItemState
from mentorapp.domain.school_year import short_date
from mentorapp.models import Change, Operation, Plan, PlanItem, cells, journal

# Which rows of the form are the practical lesson, and how each side calls it.
PRACTICE = {
    "mentor": (4, "Практикум: {}. Показ, совместная подготовка, проба, разбор"),
    "mentee": (2, "Практикум: {}. Своя проба и материал к ней"),
}
COPIED = ("goal", "result", "report")


def tell(life: Life) -> None:
    """All that happened to the rows of this pair's plans."""
    if not life.worked:
        return
    settled = [_tell_mark(life, mark) for mark in life.told.get("marks", ())]
    for owner, plan in life.plans.items():
        for number, item in enumerate(plan.items):
            if item not in settled:
                _tell_outcome(life, owner, item, life.texts["notes"][plan.owner].get(str(number), [""]))
    for owner, plan in life.plans.items():
        if plan.owner in PRACTICE:
            _tell_topics(life, owner)
    for row in life.told.get("own", ()):
        _tell_own(life, row)
    if change := life.told.get("change"):
        item, day = life.row(change["plan"], change["row"]), max(life.step(12), life.days.back(4))
        life.diary.add(day, partial(_write, life, change["plan"], item, change["column"], change["text"]))


def _write(life: Life, owner: str, item: PlanItem, column_id: str, text: str, now: datetime) -> None:
    """Type into one cell, as the table of the plan does."""
    cell = cells.load_cell(life.plans[owner].id, item.id, column_id)
    if cell is None:
        raise LookupError(f"pairs.toml: no column {column_id} in the plan of the {owner}")
    seen = planning.shown(cell.row, planning.field_of(cell.column))
    cells.save(cell, text, seen=seen, by_id=life.writer(owner), now=now, today=now.date())


def _tell_topics(life: Life, owner: str) -> None:
    """The first topic words the form's own practical lesson, each further one adds a row like it, five weeks later."""
    whose = life.plans[owner].owner
    number, title = PRACTICE[whose]
    first = life.row(owner, number)
    for place, topic in enumerate(life.told["topics"]):
        if place == 0:
            life.diary.add(life.step(6), partial(_write, life, owner, first, "what", title.format(topic)))
            continue
        item = _add(life, owner, life.pair.starts_on + timedelta(days=30 + 35 * place), title.format(topic), first.cells)
        _tell_outcome(life, owner, item, life.texts["notes"][whose][str(number)])


def _tell_own(life: Life, row: dict[str, Any]) -> None:
    """A row that only this pair has; one whose term is over waits undone unless its state is told."""
    days = life.days
    due = days.back(-row["days"]) if row["days"] < 0 else min(days.ahead(row["days"]), life.pair.ends_on)
    item = _add(life, row["plan"], due, row["what"], row)
    if row.get("removed"):
        life.diary.add(life.step(8), partial(_remove, life, row["plan"], item))
    elif "state" in row:
        _mark(life, row["plan"], item, days.near(due), row["state"], row.get("note", ""))


def _add(life: Life, owner: str, due: date, title: str, like: Mapping[str, str]) -> PlanItem:
    """A new row, its report a week after its term; goal, result and report are taken from `like`."""
    plan, last = life.plans[owner], min(due + timedelta(days=7), life.pair.ends_on)
    item = PlanItem(plan_id=plan.id, cells={}, title="", due_text="", report_text="", note="", section="", state=ItemState.PLANNED)
    texts = {"what": title, "due": short_date(due), "report_due": short_date(last), **{column: like[column] for column in COPIED}}
    for column_id, text in texts.items():
        item.put(planning.field_of(plan.template.column(column_id)), text, life.days.year, life.days.today)
    life.diary.add(life.step(6), partial(_store, life, plan, item))
    return item


def _store(life: Life, plan: Plan, item: PlanItem, now: datetime) -> None:
    """The journal keeps a new row as «was in the bin, is not»."""
    item.position = len(plan.items) + 1
    plan.items.append(item)
    life.cast.session.flush()
    operation = Operation(at=now, by_id=life.writer(plan.owner), what="Строка добавлена", pair_id=life.pair.id, plan_id=plan.id)
    life.cast.session.add(operation)
    life.cast.session.flush()
    old, new = journal.encode(now), journal.encode(None)
    life.cast.session.add(Change(operation_id=operation.id, table_name="plan_item", row_id=item.id, field="removed_at", old=old, new=new))


def _remove(life: Life, owner: str, item: PlanItem, now: datetime) -> None:
    item.removed_at = now
    life.note(item, what="Строка убрана в корзину", by=life.writer(owner), now=now, plan_id=life.plans[owner].id)


def _tell_mark(life: Life, mark: dict[str, Any]) -> PlanItem:
    """A row with a told state; a moved one gets its new term first."""
    owner, item = mark["plan"], life.row(mark["plan"], mark["row"])
    day = max(life.step(9), life.days.back(6))
    if "due" in mark:
        due = min(life.days.ahead(mark["due"]), life.pair.ends_on)
        life.diary.add(day, partial(_write, life, owner, item, "due", short_date(due)))
    _mark(life, owner, item, day, mark["state"], mark["note"])
    return item


def _mark(life: Life, owner: str, item: PlanItem, day: date, state: str, note: str = "") -> None:
    life.diary.add(day, partial(_write, life, owner, item, STATE.id, str(state)))
    if note:
        life.diary.add(day, partial(_write, life, owner, item, NOTE.id, note))


def _tell_outcome(life: Life, owner: str, item: PlanItem, notes: list[str]) -> None:
    """A row that is due was done about its day, of the last weeks some are late; one that will be due soon may be in hand."""
    rng, until, earliest = life.cast.rng, life.until, life.step(7)
    if item.due_to is None:
        return
    if item.due_to < life.pair.starts_on:
        _mark(life, owner, item, earliest, ItemState.CANCELLED, "Пара начала работу позже этого срока")
        return
    left = (item.due_to - until).days
    whole_year = item.due_from is not None and item.due_to - item.due_from > timedelta(days=60)
    note = rng.choice(notes) if rng.random() < 0.4 else ""
    if left >= 0:
        if whole_year or (left <= 7 and rng.random() < 0.4):
            _mark(life, owner, item, earliest if whole_year else min(life.days.back(1), until), ItemState.IN_PROGRESS)
    elif left < -25 or rng.random() < 0.93:
        day = min(life.days.near(item.due_to + timedelta(days=rng.randint(-4, 1))), until)
        _mark(life, owner, item, max(day, earliest), ItemState.DONE, note)
    elif rng.random() < 0.6:
        _mark(life, owner, item, max(life.days.near(item.due_to), earliest), ItemState.IN_PROGRESS, rng.choice(life.texts["notes"]["late"]))
