"""What the buttons of the form editor do to the cards of a part; each is one step that can be taken back."""

from collections.abc import Callable
from typing import Any, NamedTuple

from flask import abort, request

from mentorapp import access, clock
from mentorapp.domain import draft
from mentorapp.domain.draft import Gone
from mentorapp.drafting import beginnings, levels, parts, pasting, places, saving
from mentorapp.drafting.parts import CardList
from mentorapp.drafting.tables import Pasted, TooMany
from mentorapp.models import FormDraft
from mentorapp.models.pairs import NotNow

GONE = "Этого места в черновике уже нет: карточку убрали в другом окне. Остальное цело, обновите страницу."


class Done(NamedTuple):
    """The card that is open afterwards, the card at which the page is shown, and what came of a pasted list."""

    card: str
    place: str
    pasted: Pasted | None = None


def do(row: FormDraft, part: str, deed: str, address: str, card: str) -> Done:
    """Change the cards."""
    acts: dict[str, Callable[[], str | Pasted]] = {
        "": lambda: card,
        "add": lambda: _add(row, part, address),
        "many": lambda: _add_many(row, part, address),
        "up": lambda: _move(row, address, -1),
        "down": lambda: _move(row, address, 1),
        "copy": lambda: _copy(row, part, address),
        "remove": lambda: _remove(row, address),
        "levels": lambda: _level(row),
    }
    if deed not in acts:
        abort(400)
    try:
        beside = places.beside(row.content, address) if deed == "remove" else ""
        opened = acts[deed]()
    except Gone:
        raise NotNow(GONE) from None
    return Done("", "", opened) if isinstance(opened, Pasted) else Done(opened, opened or beside)


def change(row: FormDraft, act: Callable[[dict[str, Any]], Any], what: str, place: str = "") -> Any:
    """One step of who is signed in. `place` is the address that is shown when it is taken back."""
    return saving.change(row, act, what, by_id=access.person_id(), now=clock.now(), place=place)


def words_of(row: FormDraft, address: str) -> str:
    """Where an address is, for the line that offers to take a step back."""
    return places.place(row.content, address).words


def _list_of(row: FormDraft, part: str, address: str) -> CardList:
    found = access.found(parts.part_of(row.content, part))
    return next((listed for listed in found.lists if listed.address == address), None) or abort(404)


def _add(row: FormDraft, part: str, address: str) -> str:
    """A new card: after the card of that address, or last in the list of that address."""
    found = access.found(parts.part_of(row.content, part))
    listed = next((one for one in found.lists if address == one.address or address.rpartition(".")[0] == one.address), None) or abort(404)
    after = address.rpartition(".")[2] if address != listed.address else ""
    known = draft.entries(row.content, listed.address)
    if len(known) >= listed.most:
        raise NotNow(f"Больше {listed.most} здесь не помещается. Ничего не изменено.")
    neighbour = next((one for one in known if draft.id_of(one) == after), known[-1] if known else None)
    card = beginnings.new_card(listed, neighbour)
    change(
        row,
        lambda content: draft.insert(content, listed.address, card, after),
        f"новая карточка: {listed.one.casefold()}, {words_of(row, listed.address)}",
        address,
    )
    return f"{listed.address}.{card['id']}"


def _add_many(row: FormDraft, part: str, address: str) -> Pasted:
    """The cards of a pasted list or table."""
    listed = _list_of(row, part, address)
    try:
        pasted = request.form.get(f"many-{address}", "")
        made: Pasted = change(
            row, lambda content: pasting.put(content, listed, pasted), f"вставленный список: {words_of(row, address)}", address
        )
    except TooMany as found:
        raise NotNow(f"{found} Список не добавлен, ничего не изменено.") from None
    return made


def _move(row: FormDraft, address: str, step: int) -> str:
    change(row, lambda content: draft.move(content, address, step), f"перестановка: {words_of(row, address)}", address)
    return address


def _copy(row: FormDraft, part: str, address: str) -> str:
    listed = _list_of(row, part, address.rpartition(".")[0])
    new = {"id": draft.new_id(listed.letter)}
    change(row, lambda content: draft.duplicate(content, address, new, beginnings.ONLY_ONE), f"копия: {words_of(row, address)}", address)
    return f"{listed.address}.{new['id']}"


def _remove(row: FormDraft, address: str) -> str:
    called = places.place(row.content, address).called
    change(row, lambda content: draft.remove(content, address), f"убрана карточка «{called}»", address)
    return ""


def _level(row: FormDraft) -> str:
    """Levels of equal size for the sheet of criteria."""
    wanted = request.form.get("levels", 0, type=int)
    if wanted not in levels.of(row.content).numbers:
        abort(400)
    change(row, lambda content: levels.put(content, wanted), "уровни поровну")
    return ""
