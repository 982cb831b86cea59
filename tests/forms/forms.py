"""What the tests of this folder share: the shipped form, a small one, and a writer of TOML."""

import copy
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from mentorapp.domain.formcheck import parse
from mentorapp.domain.formspec import FormSpec, Problem

PLUGINS = Path(__file__).parents[2] / "plugins"
SHIPPED = PLUGINS / "teacher-teacher"

SMALL = """
api = 1
id = "small"
title = "Малая форма"
mentor = { nominative = "наставник", genitive = "наставника", dative = "наставнику", plural = "наставники", kinds = ["teacher"] }
mentee = { nominative = "ученик", genitive = "ученика", dative = "ученику", plural = "ученики", kinds = ["pupil"] }
"""

PLAN = """
[[plans]]
owner = "pair"
title = "План пары"
columns = [
  { id = "what", title = "Мероприятие", kind = "long", role = "title" },
  { id = "due", title = "Дата", kind = "due", role = "due" },
  { id = "goal", title = "Цель", kind = "text" },
]

  [[plans.items]]
  due = { after_start = 14 }
  cells = { what = "Познакомиться", goal = "Узнать друг друга" }
"""


def shipped_files() -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in sorted(SHIPPED.glob("*.toml"))}


def shipped_content() -> dict[str, Any]:
    """The shipped form as TOML gives it, a new copy for each caller."""
    return copy.deepcopy(_read_once())


@cache
def _read_once() -> dict[str, Any]:
    content: dict[str, Any] = {}
    for text in shipped_files().values():
        content |= tomllib.loads(text)
    return content


def thinned_content() -> dict[str, Any]:
    """The shipped form with one of each thing: a right form, small enough to be checked hundreds of times."""
    content = shipped_content()
    content["plans"] = content["plans"][:1]
    content["plans"][0]["items"] = content["plans"][0]["items"][:1]
    content["meetings"] = [one for one in content["meetings"] if "per_month" in one]
    content["texts"] = {"goal": content["texts"]["goal"]}
    content["subtypes"], content["models"], content["areas"] = (content[key][:2] for key in ("subtypes", "models", "areas"))
    content["deficits"]["groups"] = content["deficits"]["groups"][:1]
    content["parameters"] = [one for one in content["parameters"] if "sensitive" in one][:1]
    paper = next(iter(content["documents"]))
    content["documents"] = {paper: content["documents"][paper] | {"paragraphs": content["documents"][paper]["paragraphs"][:1]}}
    del content["matching"]  # it looks at the applications, of which none is left
    content["questionnaires"] = content["questionnaires"][:1]
    asked = content["questionnaires"][0]
    asked["questions"] = list({one["kind"]: one for one in reversed(asked["questions"])}.values())[::-1]
    return content


def spec_of(*texts: str) -> FormSpec:
    spec, problems = parse({f"{number}.toml": text for number, text in enumerate(texts, 1)})
    assert spec, [str(problem) for problem in problems]
    return spec


def problems_of(text: str, file: str = "form.toml") -> list[Problem]:
    spec, problems = parse({file: text})
    assert (spec is None) == bool(problems)
    return problems


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every single value: keys, and numbers from 0."""
    if isinstance(value, dict | list) and value:
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, (*path, key))
    else:
        yield path


def one_of_each_shape(paths: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The first and the last of the ways that differ only in their numbers."""
    shapes: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {}
    for path in paths:
        shapes.setdefault(tuple("" if isinstance(key, int) else key for key in path), []).append(path)
    return list(dict.fromkeys(path for alike in shapes.values() for path in (alike[0], alike[-1])))


def get(content: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        content = content[key]
    return content


def put(content: Any, path: tuple[Any, ...], value: Any) -> None:
    get(content, path[:-1])[path[-1]] = value


def place(path: tuple[Any, ...]) -> str:
    """The same way as a problem writes it, where numbers count from 1."""
    return "".join(f"[{key + 1}]" if isinstance(key, int) else f".{key}" for key in path).removeprefix(".")


def toml(content: Mapping[str, Any]) -> str:
    return "\n".join(f"{_text(key)} = {_toml(value)}" for key, value in content.items())


def _toml(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + "".join(f"{_toml(inner)},\n" for inner in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_text(key)} = {_toml(inner)}" for key, inner in value.items()) + "}"
    return str(value)


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
