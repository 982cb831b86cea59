"""What a form may say about its criteria, its competences and its controls: tables, to be read from below upwards."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from mentorapp.domain.deficits import Competence, CompetenceGroup, DeficitCatalogue
from mentorapp.domain.expect import (
    ID,
    MOST_LOOKED_AT,
    NUMBER,
    TEXT,
    TITLE,
    WORD,
    Place,
    Rule,
    Table,
    different,
    entries,
    several,
    shown,
    whole,
)
from mentorapp.domain.formspec import CONTROLS, ControlWay
from mentorapp.domain.questioncheck import flag
from mentorapp.domain.rubric import Band, Indicator, IndicatorGroup, Point, Rubric

# --- Rules of the criteria ----------------------------------------------------------------------------


def _bands_cover(rubric: Mapping[str, Any], at: Place) -> None:
    """Every sum has one level, and only one."""
    most, bands, place = _most(rubric), entries(rubric, "bands"), at.key("bands")
    if most is None or not all(type(band.get(bound)) is int for _, band in bands for bound in ("low", "high")):
        return  # that has been said, or there is nothing to cover
    upside_down = [number for number, band in bands if band["low"] > band["high"]]
    for number in upside_down:
        place.number(number).key("high").wrong("верхняя граница меньше нижней; поменяйте их местами")
    in_order = sorted((band["low"], band["high"], number) for number, band in bands)
    for number, bound, problem in [] if upside_down or not bands else _uncovered(in_order, most):
        place.number(number).key(bound).wrong(problem)


def _uncovered(bands: list[tuple[int, int, int]], most: int) -> Iterator[tuple[int, str, str]]:
    """Gaps and overlaps of bands (low, high, number) in their order, from 0 to the highest sum: of which band which bound, and why."""
    free = 0  # the lowest sum that no band has yet
    for low, high, number in bands:
        if low > free:
            yield number, "low", f"{_sums(free, low - 1)} — без уровня; сдвиньте границу соседнего"
        if low < free:
            yield number, "low", f"{_sums(low, min(high, free - 1))} — сразу в двух уровнях; оставьте в одном"
        free = max(free, high + 1)
    top = max(bands, key=lambda band: band[1])[2]
    if free <= most:
        yield top, "high", f"{_sums(free, most)} — без уровня, а самая большая сумма {most}; поднимите границу верхнего"
    if free > most + 1:
        yield top, "high", f"уровни доходят до {free - 1}, а самая большая сумма {most}; опустите границу верхнего"


def _sums(first: int, last: int) -> str:
    return f"сумма {first}" if first == last else f"суммы от {first} до {last}"


def _most(rubric: Mapping[str, Any]) -> int | None:
    values: list[Any] = [point.get("value") for _, point in entries(rubric, "points")]
    lines = sum(len(entries(group, "indicators")) for _, group in entries(rubric, "groups"))
    return max(values) * lines if values and all(type(value) is int for value in values) else None


def _points_differ(rubric: Mapping[str, Any], at: Place) -> None:
    values = [(number, point.get("value")) for number, point in entries(rubric, "points")]
    for place, (number, value) in enumerate(values):
        if value in [former for _, former in values[:place]]:
            at.key("points").number(number).key("value").wrong("такой балл уже есть выше; оставьте один")


def _named_apart(part: str, key: str) -> Rule:
    """People know a level by its name, so no two of a list have the same."""

    def rule(value: Mapping[str, Any], at: Place) -> None:
        named = ((number, entry.get(key)) for number, entry in entries(value, part))
        _no_name_twice(((at.key(part).number(number).key(key), name) for number, name in named))

    return rule


def _levels_named_apart(catalogue: Mapping[str, Any], at: Place) -> None:
    levels = catalogue.get("levels")
    listed = levels[:MOST_LOOKED_AT] if type(levels) is list else []
    _no_name_twice((at.key("levels").number(number), name) for number, name in enumerate(listed, 1))


def _no_name_twice(named: Iterable[tuple[Place, Any]]) -> None:
    seen: set[str] = set()
    for place, name in named:
        if type(name) is not str:
            continue  # that has been said
        mark = " ".join(name.split()).casefold()
        if mark in seen:
            place.wrong(f"название «{shown(name)}» уже есть выше; назовите иначе, чтобы их не путали")
        seen.add(mark)


def _ids_differ(part: str, inner: str) -> Rule:
    """No id twice in all groups: marks are kept by it."""

    def rule(value: Mapping[str, Any], at: Place) -> None:
        seen: set[str] = set()
        for number, group in entries(value, part):
            for place, entry in entries(group, inner):
                mark = entry.get("id")
                if type(mark) is str and mark in seen:
                    at.key(part).number(number).key(inner).number(place).key("id").wrong(
                        f"«{shown(mark)}» уже есть выше; у каждой строки своё обозначение"
                    )
                seen.add(mark if type(mark) is str else "")

    return rule


def _enough_is_a_level(catalogue: Mapping[str, Any], at: Place) -> None:
    levels, enough = catalogue.get("levels"), catalogue.get("enough", 2)
    if type(levels) is list and type(enough) is int and not 1 <= enough < len(levels):
        at.key("enough").wrong(f"уровней {len(levels)}, они считаются с 0; напишите число от 1 до {max(1, len(levels) - 1)}")


def _list_of(check: Callable[[Any, Place], Any]) -> Callable[[Any, Place], Any]:
    return several(check, 40, 1)


# --- The tables ---------------------------------------------------------------------------------------

POINT = Table(Point, {"value": whole(0, 100), "label": WORD}, {})
INDICATOR = Table(Indicator, {"id": ID, "title": TITLE}, {"hint": TEXT})
INDICATOR_GROUP = Table(IndicatorGroup, {"id": ID, "title": TITLE, "indicators": _list_of(INDICATOR)}, {})
BAND = Table(Band, {"low": whole(0, 10_000), "high": whole(0, 10_000), "title": WORD}, {"text": TEXT})
EVALUATION = Table(
    Rubric,
    {
        "title": TITLE,
        "points": several(POINT, 11, 2),
        "groups": several(INDICATOR_GROUP, 20, 1),
        "bands": several(BAND, 10, 1),
    },
    {"not_applicable": flag},
    (
        _points_differ,
        _named_apart("points", "label"),
        different("groups", "id"),
        _ids_differ("groups", "indicators"),
        _named_apart("bands", "title"),
        _bands_cover,
    ),
)

COMPETENCE = Table(Competence, {"id": ID, "title": TITLE}, {"practice": TITLE})
COMPETENCE_GROUP = Table(CompetenceGroup, {"id": ID, "title": TITLE, "competences": _list_of(COMPETENCE)}, {})
DEFICITS = Table(
    DeficitCatalogue,
    {"title": TITLE, "levels": several(WORD, 10, 2), "groups": several(COMPETENCE_GROUP, 20, 1)},
    {"enough": NUMBER},
    (different("groups", "id"), _ids_differ("groups", "competences"), _levels_named_apart, _enough_is_a_level),
)

CONTROL_WAY = Table(ControlWay, {"id": ID, "title": TITLE}, {})


def _ways(value: Any, at: Place) -> Any:
    found = several(CONTROL_WAY, 12, 1)(value, at)
    ids = [way.id if way else "" for way in found or ()]
    for number, id in enumerate(ids, 1):
        if id and id in ids[: number - 1]:
            at.number(number).key("id").wrong(f"«{shown(id)}» уже есть выше; у каждой записи здесь своё обозначение")
    return found


CONTROL: Table[dict[str, tuple[ControlWay, ...]]] = Table(dict, {}, dict.fromkeys(CONTROLS, _ways))
