"""A mentoring form written out again: the content that its files would hold, so that reading it gives an equal form.

What stands as it would stand by default is left out, and keys come in the order of the contract, so that one form has one text.
"""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

from mentorapp.domain import tomltext, tomlwrite
from mentorapp.domain.formspec import API, CalledFor, FormSpec
from mentorapp.domain.kinds import Limits
from mentorapp.domain.questionnaire import FREQUENCY, Condition, Question


def content_of(spec: FormSpec) -> dict[str, Any]:
    """The whole form as plain values, in the shape of docs/dev/forms.md; `formcheck.read(content_of(spec))` gives `spec` back."""
    content = _written(spec)
    content["plans"] = [_written(plan) for plan in spec.plans.values()]
    if spec.short_title == spec.title:
        content.pop("short_title", None)
    return {"api": API} | {part.name: value for part in fields(FormSpec) if not _is_empty(value := content.get(part.name))}


def files_of(spec: FormSpec) -> dict[str, str]:
    """The whole form as its files: name → TOML text, the same for equal forms. `formcheck.parse` gives `spec` back."""
    return tomlwrite.files(content_of(spec))


def too_large(spec: FormSpec) -> Iterator[tuple[str, str]]:
    """What keeps the form from being written to files that can be read again: (the part, or nothing for the whole; in words)."""
    sizes = {file.removesuffix(".toml"): len(text.encode("utf-8", "surrogatepass")) for file, text in files_of(spec).items()}
    for part, size in sizes.items():
        if size > tomltext.MOST_BYTES:
            most = tomltext.MOST_BYTES // 1024
            yield part, f"эта часть формы занимает {size // 1024} КБ, а можно не больше {most}; сократите тексты или уберите лишнее"
    if sum(sizes.values()) > tomltext.MOST_BYTES_TOGETHER:
        yield "", tomltext.TOO_LARGE_TOGETHER


def _written(value: Any) -> Any:
    """A part of a form as plain values."""
    if isinstance(value, Condition):
        return _condition(value)
    if isinstance(value, CalledFor):
        return {"phase": value.phase, **_condition(value.condition)}
    if is_dataclass(value):
        return _table(value)
    if isinstance(value, Mapping):
        return {key: _written(inner) for key, inner in value.items()}
    return [_written(inner) for inner in value] if isinstance(value, tuple) else value


def _table(value: Any) -> dict[str, Any]:
    """A dataclass by its fields, without those that are as they are by default; its limits stand among its own keys."""
    found: dict[str, Any] = {}
    for part in fields(value):
        inner = getattr(value, part.name)
        if isinstance(inner, Limits):
            found |= _limits(value, inner)
        elif part.default is MISSING or inner != part.default:
            found[part.name] = _written(inner)
    return {key: inner for key, inner in found.items() if not _is_empty(inner)}


def _limits(of: Any, limits: Limits) -> dict[str, Any]:
    """Options and bounds without those that the kind of a question has by itself."""
    kind = of.kind if isinstance(of, Question) else ""
    options = {} if kind == "frequency" and limits.options == FREQUENCY else dict(limits.options)
    high = None if kind == "rank" and limits.high == len(limits.options) else limits.high
    return {"options": options, "low": limits.low, "high": high}


def _condition(condition: Condition) -> dict[str, Any]:
    values = condition.values[0] if len(condition.values) == 1 else list(condition.values)
    written = {"question": condition.question, "is": values, "at_least": condition.at_least, "at_most": condition.at_most}
    return {key: value for key, value in written.items() if not _is_empty(value)}


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})
