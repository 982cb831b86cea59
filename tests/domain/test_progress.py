"""How far a plan has come: what is done, late, next, changed since approval, and in the bin."""

from dataclasses import dataclass
from datetime import date, datetime

from mentorapp.domain.planning import ItemState, progress

TODAY = date(2026, 11, 23)


@dataclass
class Item:
    state: ItemState = ItemState.PLANNED
    due_to: date | None = None
    removed_at: datetime | None = None
    edited_after_approval: bool = False


def test_an_empty_plan_has_come_nowhere() -> None:
    found = progress([], TODAY)
    assert (found.done, found.total, found.percent, found.next) == (0, 0, 0, None)


def test_done_late_and_open_items_are_told_apart() -> None:
    done, late, open_ = Item(ItemState.DONE, date(2026, 9, 1)), Item(due_to=date(2026, 11, 22)), Item(ItemState.IN_PROGRESS)
    found = progress([done, late, open_], TODAY)
    assert (found.done, found.total, found.overdue, found.percent) == (1, 3, 1, 33)


def test_an_item_cancelled_by_agreement_is_a_row_that_does_not_count() -> None:
    found = progress([Item(ItemState.DONE), Item(ItemState.CANCELLED, date(2026, 9, 1))], TODAY)
    assert (found.done, found.total, found.overdue, found.rows, found.percent) == (1, 1, 0, 2, 100)


def test_next_is_what_is_due_first_from_today_on() -> None:
    late, today, later = Item(due_to=date(2026, 11, 1)), Item(ItemState.MOVED, TODAY), Item(due_to=date(2026, 12, 1))
    assert progress([later, late, today, Item()], TODAY).next is today


def test_nothing_is_next_when_all_that_is_dated_is_done_or_late() -> None:
    assert progress([Item(ItemState.DONE, date(2026, 12, 1)), Item(due_to=date(2026, 11, 1)), Item()], TODAY).next is None


def test_what_lies_in_the_bin_counts_there_only() -> None:
    binned = Item(due_to=date(2026, 12, 1), removed_at=datetime(2026, 11, 1))
    found = progress([Item(), binned], TODAY)
    assert (found.rows, found.in_bin, found.total, found.next) == (1, 1, 1, None)


def test_a_row_put_into_the_bin_after_approval_is_a_change_of_the_plan() -> None:
    assert progress([Item(edited_after_approval=True, removed_at=datetime(2026, 11, 1)), Item()], TODAY).changed == 1
