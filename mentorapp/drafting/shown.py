"""The cards of a part as a page of the editor shows them: closed ones by what they say, the open one with its fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from mentorapp.domain import draft
from mentorapp.drafting import saving
from mentorapp.drafting.fields import Content
from mentorapp.drafting.parts import CardList, Part
from mentorapp.drafting.saving import DraftField


class Card(NamedTuple):
    """A card without its fields, in the order in which `_card.html` takes it. A heading has no number."""

    address: str
    is_first: bool
    is_last: bool
    number: int | str
    name: str
    says: str
    is_heading: bool


@dataclass(slots=True)
class ShownList:
    """A list of cards: those before the open one, the open one with its fields, those after it."""

    listed: CardList
    before: list[Card] = field(default_factory=list)
    open: Card | None = None
    fields: Mapping[str, DraftField] = field(default_factory=dict)
    after: list[Card] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.before) + (self.open is not None) + len(self.after)


def lists(content: Content, part: Part, card: str) -> list[ShownList]:
    """All lists of a part with the card of that address open, if there is one."""
    return [_list(content, listed, card) for listed in part.lists]


def fields(content: Content, part: Part, card: str) -> dict[str, DraftField]:
    """The fields that such a page shows: those of the part and those of the open card."""
    found = saving.fields_at(content, part.root, part.fields)
    for one in lists(content, part, card):
        found |= one.fields
    return found


def _list(content: Content, listed: CardList, card: str) -> ShownList:
    shown, number, entries = ShownList(listed), 0, draft.entries(content, listed.address)
    for place, entry in enumerate(entries, 1):
        is_heading = entry.get("kind") == "heading"
        number += not is_heading
        one = _card(listed, entry, "" if is_heading else number, is_first=place == 1, is_last=place == len(entries))
        if one.address == card:
            shown.open, shown.fields = one, saving.fields_at(content, card, listed.fields(entry))
        else:
            (shown.before if shown.open is None else shown.after).append(one)
    return shown


def _card(listed: CardList, entry: dict[str, Any], number: int | str, *, is_first: bool, is_last: bool) -> Card:
    address = f"{listed.address}.{draft.id_of(entry)}"
    return Card(address, is_first, is_last, number, listed.name(entry), listed.says(entry), entry.get("kind") == "heading")
