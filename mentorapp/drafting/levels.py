"""Levels of equal size for a sheet of criteria: from no points at all to the highest sum of its lines."""

from dataclasses import dataclass

from mentorapp.domain import draft
from mentorapp.drafting.fields import Content

NAMES = {
    2: ("низкий", "высокий"),
    3: ("низкий", "средний", "высокий"),
    4: ("низкий", "ниже среднего", "выше среднего", "высокий"),
    5: ("низкий", "ниже среднего", "средний", "выше среднего", "высокий"),
}


@dataclass(frozen=True, slots=True)
class Levels:
    """The highest sum of a sheet (0 where it has no points or no lines yet), and into how many levels it can be cut."""

    highest: int
    numbers: tuple[int, ...]
    usual: int


def of(content: Content) -> Levels:
    """What can be said of the sheet of a draft, however much of it is there."""
    groups = draft.entries(content, "evaluation.groups")
    lines = sum(len(draft.entries(group, "indicators")) for group in groups)
    points = [one["value"] for one in draft.entries(content, "evaluation.points") if isinstance(one.get("value"), int)]
    highest = max(points, default=0) * lines
    numbers = tuple(number for number in NAMES if number <= highest + 1) if highest > 0 else ()
    there = len(draft.entries(content, "evaluation.bands"))
    return Levels(highest, numbers, there if there in numbers else max((one for one in numbers if one <= 4), default=0))


def put(content: Content, number: int) -> None:
    """Cut the sums into so many levels, the best first. As many levels as there are keep their names and what they mean."""
    sums = of(content).highest + 1
    there = sorted(draft.entries(content, "evaluation.bands"), key=lambda band: band["low"] if isinstance(band.get("low"), int) else 0)
    names = there if len(there) == number else [{"title": name} for name in NAMES[number]]
    bounds = [place * sums // number for place in range(number + 1)]
    bands = [{**name, "low": bounds[place], "high": bounds[place + 1] - 1} for place, name in enumerate(names)]
    draft.put(content, "evaluation.bands", bands[::-1])
