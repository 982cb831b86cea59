"""Dataclasses as JSON and back. What is as it is by default is left out: so two of them say the same where their texts are the same."""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

Restore = Callable[[Any], Any]


def bare(value: Any) -> str:
    """A dataclass without the fields that are as they are by default, with as few signs as can be."""
    return json.dumps(value, default=_bare, separators=(",", ":"))


def bare_fields(value: Any) -> dict[str, str]:
    """The fields of a dataclass that are not as they are by default, each as `bare` writes it."""
    return {name: bare(inner) for name, inner in _bare(value).items()}


def restored(wanted: type, content: Mapping[str, Any]) -> Any:
    """The dataclass of which `bare` wrote this. A field that is missing gets its default, one that is unknown is passed over."""
    return _restorer(wanted)(content)


def _bare(value: Any) -> dict[str, Any]:
    """A dataclass as `json` wants it; everything else `json` knows by itself."""
    return {part.name: inner for part in _fields(value.__class__) if (inner := getattr(value, part.name)) != _default(part)}


@cache
def _fields(of: type) -> tuple[Field[Any], ...]:
    return fields(of)


def _default(part: Field[Any]) -> Any:
    return part.default_factory() if part.default_factory is not MISSING else part.default


def _as_it_is(value: Any) -> Any:
    return value


@cache
def _restorer(wanted: Any) -> Restore:
    """What gives a value the shape that the annotation `wanted` names: dataclass, tuple, mapping, or as it is."""
    if is_dataclass(wanted) and isinstance(wanted, type):
        return _of_fields(wanted, {name: _restorer(hint) for name, hint in get_type_hints(wanted).items()})
    if get_origin(wanted) is UnionType:
        inner = _restorer(get_args(wanted)[0])
        return lambda value: None if value is None else inner(value)
    if get_origin(wanted) is tuple:
        one = _restorer(get_args(wanted)[0])
        return tuple if one is _as_it_is else lambda value: tuple(map(one, value))
    if get_origin(wanted) is Mapping:
        each = _restorer(get_args(wanted)[1])
        return dict if each is _as_it_is else lambda value: {key: each(one) for key, one in value.items()}
    return _as_it_is


def _of_fields(wanted: type, restorers: Mapping[str, Restore]) -> Restore:
    shaped = {name: restore for name, restore in restorers.items() if restore is not _as_it_is}

    def restore(value: Mapping[str, Any]) -> Any:
        known = {name: one for name, one in value.items() if name in restorers}
        return wanted(**known | {name: make(known[name]) for name, make in shaped.items() if name in known})

    return restore
