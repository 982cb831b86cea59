"""Misprints mended in a version that never changes: corrections are laid over its content when it is read.

A correction names a place by ids (`formparts.steps`) and the text that stood there. Where the place is not, or says something
else, nothing happens: each version gets what concerns it.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any, NamedTuple

from mentorapp.domain.formparts import steps


class Correction(NamedTuple):
    """At which address which text is read as which."""

    place: str
    old: str
    new: str


def corrected(content: Mapping[str, Any], corrections: Iterable[Correction]) -> dict[str, Any]:
    """A copy of a version's content (what `formspec.to_json` wrote) as it reads with these corrections, one after the other."""
    copy: dict[str, Any] = deepcopy(dict(content))
    for place, old, new in corrections:
        *way, name = steps(place)
        holder: Any = copy
        for one in way:
            holder = _inside(holder, one)
        _mend(holder, name, old, new)
    return copy


def _mend(holder: Any, name: str, old: str, new: str) -> None:
    place = _inside(holder, name)
    if isinstance(place, list):
        place[:] = [new if text == old else text for text in place]
    elif place == old and isinstance(holder, dict):
        holder[name] = new


def _inside(holder: Any, one: str) -> Any:
    """What stands under one step of an address, or None."""
    if isinstance(holder, list):
        return next((part for part in holder if isinstance(part, dict) and _is(part, one)), None)
    if not isinstance(holder, dict):
        return None
    if one == "sides":
        return holder
    if one == "options":
        return (holder.get("limits") or {}).get("options")
    # Indicators and competences are known by their ids in whichever group they stand.
    if one in ("indicators", "competences") and one not in holder:
        return [line for group in holder.get("groups") or () for line in group.get(one) or ()]
    return holder.get(one)


def _is(part: Mapping[str, Any], one: str) -> bool:
    """Whether an element of a list is the one that is meant: by its id, a point by its value, a band by its bounds."""
    if "id" in part:
        return bool(part["id"] == one)
    return one in (str(part.get("value")), f"{part.get('low')}–{part.get('high')}")
