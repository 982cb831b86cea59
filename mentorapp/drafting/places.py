"""Where in the editor something stands, in words: a problem, or what a step changed."""

import re
from dataclasses import dataclass
from typing import Any

from mentorapp.domain import draft
from mentorapp.domain.formspec import Problem
from mentorapp.drafting import parts
from mentorapp.drafting.fields import Content, numbered
from mentorapp.drafting.parts import Part


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem at its place in the editor: the part, the open card (or none), the field's address, the place in words, what is wrong."""

    part: str
    card: str
    address: str
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """A part, the address of a card in it, and what that card is called («вопрос 4»); both are empty outside of cards."""

    part: Part
    card: str = ""
    called: str = ""

    @property
    def words(self) -> str:
        """Where it is, the nearest first: «вопрос 4, перед началом»."""
        title = self.part.title[:1].lower() + self.part.title[1:]
        return f"{self.called}, {title}" if self.called else title


def place(content: Content, address: str) -> Place:
    """Where something stands. What stood in a card that is gone belongs to the part alone."""
    part = parts.part_at(content, address)
    listed = next((one for one in reversed(part.lists) if address.startswith(f"{one.address}.")), None)  # the innermost list is last
    if listed is None:
        return Place(part)
    name, entries = address[len(listed.address) + 1 :].split(".")[0], draft.entries(content, listed.address)
    if not any(draft.id_of(entry) == name for entry in entries):
        return Place(part)
    number = next((number for number, one in numbered(entries) if draft.id_of(one) == name), 0)
    return Place(part, f"{listed.address}.{name}", f"{listed.one.casefold()} {number}" if number else "заголовок")


def beside(content: Content, address: str) -> str:
    """The card that takes the eye when this one is removed: the next of its list, else the one before; else none."""
    found = [draft.id_of(entry) for entry in draft.entries(content, address.rpartition(".")[0])]
    at = found.index(address.rpartition(".")[2]) if address.rpartition(".")[2] in found else 0
    left = [*found[at + 1 :], *reversed(found[:at])]
    return f"{address.rpartition('.')[0]}.{left[0]}" if left else ""


def trouble(content: Content, problem: Problem) -> Trouble:
    """A problem of a draft with the card on which it is mended."""
    address = address_of(content, problem.path)
    found = place(content, address)
    part = f"{found.part.group}: {found.part.title}" if found.card or found.part.root else found.part.title
    return Trouble(found.part.slug, found.card, address, f"{part}, {found.called}" if found.called else part, problem.text)


def address_of(content: Content, path: str) -> str:
    """The address of a problem's path: numbers of lists become ids («questions[6].high» → «questions.q7.high»)."""
    found: list[str] = []
    here: Any = content
    for name, number in re.findall(r"([^.\[\]]+)|\[(\d+)\]", path):
        if number:
            entry = here[int(number) - 1] if isinstance(here, list) and int(number) <= len(here) else None
            if not (id := draft.id_of(entry)):
                break  # a line of a field: the field itself is the place
            here = entry
            found.append(id)
        else:
            here = here.get(name) if isinstance(here, dict) else None
            found.append(name)
    return ".".join(found)
