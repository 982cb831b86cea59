"""What differs between two versions of a mentoring form, found by ids, in words that a curator reads."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from mentorapp.domain.formparts import NO_ID, Thing, item_ids, item_title, step, steps, take_apart
from mentorapp.domain.formspec import FormSpec, PlanTemplate

# Two texts are one that was reworded when so much of them is alike; else one went and another came.
ALIKE = 0.6
LONG = 800
MOST_COMPARED = 400  # pairs of texts; where a whole paper was written anew nothing is the same
# A question may become of such a kind, although it was answered: every former answer still is one.
WIDENING = {("text", "long"), ("yes_no", "single")}


class Change(StrEnum):
    """What became of a thing, or of something that it says."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    REWORDED = "reworded"
    KIND = "kind"
    WIDENED = "widened"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: in which part of the form (a key of the contract), what sort of thing, where in words, at which address.

    `name` says which text or fact of the thing («text», «hint», «low»); `old` and `new` are what stood and what stands there.
    `may_be_misprint`: a label that a correction can mend in all versions.
    """

    part: str
    thing: str
    change: Change
    place: str
    address: str
    old: str = ""
    new: str = ""
    name: str = ""
    may_be_misprint: bool = False

    @property
    def key(self) -> str:
        """A short name for this difference among the others; the texts of one list share an address."""
        return hashlib.sha256(f"{self.address}\n{self.old}".encode()).hexdigest()[:12]


def differences(old: FormSpec | None, new: FormSpec) -> list[Difference]:
    """All that differs, part by part in the order of the form. Without an old version everything is new."""
    after = take_apart(new, old)
    before = take_apart(old, new) if old else Thing("", after.sort, after.place, "")
    found = list(_own(before, after, "", "form")) if old else []
    for part in after.parts:
        found += _siblings(before.parts.get(part, ()), after.parts[part], part, part)
    return _without_cells_of_other_columns(found)


def _without_cells_of_other_columns(found: list[Difference]) -> list[Difference]:
    """A column that comes or goes takes its cells along: that is said once, and not of every row."""
    columns = [steps(one.address) for one in found if one.thing == "column" and one.change in (Change.ADDED, Change.REMOVED)]
    gone = {(way[1], f"cells.{way[3]}") for way in columns}
    return [one for one in found if one.thing != "item" or (steps(one.address)[1], one.name) not in gone]


def _siblings(before: Sequence[Thing], after: Sequence[Thing], address: str, part: str) -> Iterator[Difference]:
    """Things of one list, matched by their ids."""
    pairs = _matched(before, after)
    old, new = {one.id: one for one in before}, {one.id: one for one in after}
    for id, thing in old.items():
        if id not in pairs:
            yield Difference(part, thing.sort, Change.REMOVED, thing.place, _below(address, thing.id), old=thing.title)
    former = {new_id: old_id for old_id, new_id in pairs.items()}
    for id, thing in new.items():
        if id not in former:
            yield Difference(part, thing.sort, Change.ADDED, thing.place, _below(address, thing.id), new=thing.title)
        else:
            yield from _same(old[former[id]], thing, _below(address, former[id]), part)
    was = [pairs[id] for id in old if id in pairs]
    now = [id for id in new if id in former]
    if was != now:
        moved = _moved(was, now)
        texts = ["; ".join(f"{ids.index(id) + 1}. {new[id].title}" for id in ids if id in moved) for ids in (was, now)]
        yield Difference(part, after[0].sort, Change.MOVED, _common_place(after[0], part), address, texts[0], texts[1])


def _moved(was: Sequence[str], now: Sequence[str]) -> set[str]:
    """The fewest things that had to move for one order to become the other."""
    stayed = [
        was[block.a + place]
        for block in SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks()
        for place in range(block.size)
    ]
    return set(was) - set(stayed)


def _common_place(thing: Thing, part: str) -> str:
    """Where a list stands: the place of one of its things, without what tells that thing from its neighbours."""
    return thing.place.rpartition(", ")[0] or {"subtypes": "Виды пар", "models": "Модели", "meetings": "Встречи"}.get(part, "Порядок")


def _below(address: str, id: str) -> str:
    steps = [step(id)] if id.startswith(NO_ID) else [step(part) for part in id.split("/")]
    return "/".join(part for part in (address, *steps) if part)


def _same(before: Thing, after: Thing, address: str, part: str) -> Iterator[Difference]:
    """What differs in and below one thing."""
    yield from _own(before, after, address, part)
    for name in after.parts:
        yield from _siblings(before.parts.get(name, ()), after.parts[name], f"{address}/{name}", part)


def _own(before: Thing, after: Thing, address: str, part: str) -> Iterator[Difference]:
    for name in {**before.texts, **after.texts}:
        old, new = before.texts.get(name, ""), after.texts.get(name, "")
        if old != new:
            yield Difference(part, after.sort, Change.REWORDED, after.place, _below_name(address, name), old, new, name, bool(old and new))
    for name in {**before.lists, **after.lists}:
        yield from _texts(before.lists.get(name, ()), after.lists.get(name, ()), after, _below_name(address, name), part, name)
    for name in {**before.facts, **after.facts}:
        fact, became = before.facts.get(name), after.facts.get(name)
        if fact != became:
            change = _fact(after, name, fact, became)
            yield Difference(part, after.sort, change, after.place, _below_name(address, name), said(fact), said(became), name)


def _below_name(address: str, name: str) -> str:
    return "/".join(part for part in (address, name) if part)


def _fact(thing: Thing, name: str, old: Any, new: Any) -> Change:
    if thing.sort != "question" or name != "kind":
        return Change.FACT
    return Change.WIDENED if (old, new) in WIDENING else Change.KIND


def said(value: Any) -> str:
    """A fact as text; what is not set is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _texts(old: Sequence[str], new: Sequence[str], thing: Thing, address: str, part: str, name: str) -> Iterator[Difference]:
    """Plain texts one under the other have no ids: those that went are compared with those that came."""
    gone, come = [text for text in old if text not in new], [text for text in new if text not in old]
    reworded = _reworded(gone, come)
    for text in gone:
        if text in reworded:
            yield Difference(part, thing.sort, Change.REWORDED, thing.place, address, text, reworded[text], name, may_be_misprint=True)
        else:
            yield Difference(part, thing.sort, Change.REMOVED, thing.place, address, old=text, name=name)
    for text in come:
        if text not in reworded.values():
            yield Difference(part, thing.sort, Change.ADDED, thing.place, address, new=text, name=name)
    if [text for text in old if text in new] != [text for text in new if text in old]:
        yield Difference(part, thing.sort, Change.MOVED, thing.place, address, "; ".join(old), "; ".join(new), name)


def _reworded(gone: Sequence[str], come: Sequence[str]) -> dict[str, str]:
    """Former text → the text that it became, of those that are alike enough; each is used once."""
    found: dict[str, str] = {}
    for text in gone if len(gone) * len(come) <= MOST_COMPARED else ():
        left = [(_likeness(text, other), other) for other in come if other not in found.values()]
        best = max(left, default=(0.0, ""), key=lambda row: row[0])
        if best[0] >= ALIKE:
            found[text] = best[1]
    return found


def _likeness(one: str, other: str) -> float:
    """Long texts are compared by their words: comparing costs the square of the length."""
    is_long = len(one) + len(other) > LONG
    matcher = SequenceMatcher(None, one.split() if is_long else one, other.split() if is_long else other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE else 0.0


def _matched(before: Sequence[Thing], after: Sequence[Thing]) -> dict[str, str]:
    """Old id → new id. Rows of plans that have no id are known by their titles, then by how alike the titles are."""
    kept = {one.id for one in after}
    found = {one.id: one.id for one in before if one.id in kept}
    if not after or after[0].sort != "item":
        return found
    gone = [one for one in before if one.id not in found]
    come = [one for one in after if one.id not in found.values()]
    by_title = {one.title: one.id for one in come}
    # An id that was given tells a row from all others: only a row without one may be the same under another name.
    for one in gone:
        other = by_title.get(one.title)
        if other and (one.id.startswith(NO_ID) or other.startswith(NO_ID)):
            found[one.id] = other
    left_gone = {one.title: one.id for one in gone if one.id not in found}
    left_come = {one.title: one.id for one in come if one.id not in found.values()}
    for title, became in _reworded(list(left_gone), list(left_come)).items():
        if left_gone[title].startswith(NO_ID) or left_come[became].startswith(NO_ID):
            found[left_gone[title]] = left_come[became]
    return found


def matched_items(before: PlanTemplate, after: PlanTemplate) -> Mapping[int, int]:
    """Row of a former plan → the same row of a later one, both counted from 0."""
    old, new = _rows(before), _rows(after)
    places = [{thing.id: number for number, thing in enumerate(rows)} for rows in (old, new)]
    return {places[0][one]: places[1][other] for one, other in _matched(old, new).items()}


def _rows(plan: PlanTemplate) -> list[Thing]:
    return [Thing(id, "item", "", item_title(item, plan)) for id, item in zip(item_ids(plan), plan.items, strict=True)]
