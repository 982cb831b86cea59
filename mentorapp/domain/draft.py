"""The content of a form that is being written: looked at and changed by addresses made of keys and ids.

`questionnaires.q1.questions.q7.text` is the text of question q7, wherever it stands in its list, so that moving a card never
changes an address. A list is addressed by ids where its entries have them (`id`, of a plan its `owner`).
"""

import copy
import json
from collections.abc import Mapping
from secrets import token_hex
from typing import Any

Content = dict[str, Any]


class Gone(LookupError):
    """Nothing stands at that address any more."""


def new_id(letter: str) -> str:
    """An id that nobody has: ids are never made out of words that people edit."""
    return letter + token_hex(5)


def id_of(entry: Any) -> str:
    """The id of an entry of a list, or of a plan its owner; empty where it has none."""
    found = entry.get("id", entry.get("owner")) if isinstance(entry, dict) else None
    return found if isinstance(found, str) else ""


def get(content: Any, address: str) -> Any:
    """What stands at an address; None where nothing does and the place is there. Raises Gone where a list has no such entry."""
    for name in address.split(".") if address else []:
        if isinstance(content, list):
            content = content[_place(content, name)]
        elif isinstance(content, dict):
            content = content.get(name)
        elif content is not None:
            raise Gone(address)
    return content


def put(content: Content, address: str, value: Any) -> None:
    """Set a value; None takes the key away. Tables on the way are made where they are missing. Raises Gone."""
    *way, last = address.split(".")
    table: Any = content
    for number, name in enumerate(way):
        if isinstance(table, list):
            table = table[_place(table, name)]
        else:
            if table.get(name) is None:
                if value is None:
                    return
                table[name] = {}
            table = table[name]
        if not isinstance(table, (dict, list)):
            raise Gone(".".join(way[: number + 1]))
    if isinstance(table, list):
        table[_place(table, last)] = value
    elif value is None:
        table.pop(last, None)
    else:
        table[last] = value


def entries(content: Content, address: str) -> list[dict[str, Any]]:
    """The entries of a list, none where there is no such list."""
    found = get(content, address)
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def insert(content: Content, address: str, entry: dict[str, Any], after: str = "") -> None:
    """Put an entry into a list: after the one of that id, else last."""
    if not isinstance(get(content, address), list):
        put(content, address, [])
    found: list[Any] = get(content, address)
    place = next((number for number, one in enumerate(found, 1) if id_of(one) == after), len(found)) if after else len(found)
    found.insert(place, entry)


def move(content: Content, address: str, step: int) -> bool:
    """Move an entry one place up (-1) or down (1) in its list; whether it could."""
    found, place = _list_of(content, address)
    to = place + step
    if not 0 <= to < len(found):
        return False
    found[place], found[to] = found[to], found[place]
    return True


def duplicate(content: Content, address: str, new: Mapping[str, Any], without: tuple[str, ...] = ()) -> dict[str, Any]:
    """A copy of an entry after it, with `new` values and `without` those that only one of the two may have."""
    found, place = _list_of(content, address)
    entry = {key: value for key, value in copy.deepcopy(found[place]).items() if key not in without} | dict(new)
    found.insert(place + 1, entry)
    return entry


def remove(content: Content, address: str) -> None:
    """Take an entry out of its list."""
    found, place = _list_of(content, address)
    del found[place]


def _list_of(content: Content, address: str) -> tuple[list[Any], int]:
    way, _dot, name = address.rpartition(".")
    found = get(content, way)
    if not isinstance(found, list):
        raise Gone(address)
    return found, _place(found, name)


def _place(found: list[Any], name: str) -> int:
    for number, entry in enumerate(found):
        if id_of(entry) == name:
            return number
    raise Gone(name)


# --- Going back -----------------------------------------------------------------------------------

Back = list[tuple[str, Any]]


def way_back(old: Any, new: Any, address: str = "") -> Back:
    """The fewest addresses with what stood there, that make `old` out of `new` again; None stands for nothing."""
    if json.dumps(old) == json.dumps(new):  # which sees the order of options, too
        return []
    if _is_table(old) and _is_table(new):
        keys = [*old, *(key for key in new if key not in old)]
        return [step for key in keys for step in way_back(old.get(key), new.get(key), f"{address}.{key}" if address else key)]
    ids = _ids(old)
    if ids and ids == _ids(new):
        return [step for id, one, other in zip(ids, old, new, strict=True) for step in way_back(one, other, f"{address}.{id}")]
    return [(address, copy.deepcopy(old))]


def go_back(content: Content, back: Back) -> None:
    """Put back what stood there. Raises Gone where the place itself is no more."""
    for address, value in back:
        put(content, address, copy.deepcopy(value))


def _is_table(value: Any) -> bool:
    """A table of the contract. One that holds only texts (options, cells) is one value, because the order in it is content."""
    return isinstance(value, dict) and not (value and all(isinstance(inner, str) for inner in value.values()))


def _ids(value: Any) -> list[str]:
    """The ids of a list of tables, none where some have no id or two have the same."""
    found = [id_of(entry) for entry in value] if isinstance(value, list) else []
    return found if all(found) and len(set(found)) == len(found) else []


def with_ids(content: Content) -> Content:
    """The same with an id for every row of a plan that has none, so that each can be addressed."""
    content = copy.deepcopy(content)
    for plan in entries(content, "plans"):
        for item in plan.get("items", []):
            if not item.get("id"):
                item["id"] = new_id("i")
    return content
