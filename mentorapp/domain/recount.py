"""A filled sheet counted once more by the criteria of another version: a second column, never in the place of the first."""

from collections.abc import Mapping
from dataclasses import dataclass

from mentorapp.domain import rubric
from mentorapp.domain.rubric import NOT_APPLICABLE, Rubric, Score


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator in both columns: its mark in the sheet and by the other criteria. None where those criteria have no such line."""

    title: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Recount:
    """What the same marks say by other criteria: line by line, the sum, and the lines that those criteria ask besides."""

    marks: Mapping[str, str]
    score: Score
    missing: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def level(self) -> str:
        """The level in words; empty where lines are missing or do not apply."""
        return self.score.band.title if self.score.band else ""


def differ(old: Rubric, new: Rubric) -> bool:
    """Whether counting by the other criteria could give anything else: other lines, marks or levels."""
    return _what_counts(old) != _what_counts(new)


def _what_counts(one: Rubric) -> object:
    bands = sorted((band.low, band.high, band.title) for band in one.bands)
    return {line.id for line in one.indicators}, {(point.value, point.label) for point in one.points}, bands, one.not_applicable


def recount(old: Rubric, new: Rubric, marks: Mapping[str, str]) -> Recount:
    """The marks of a sheet by the lines of `new`, found by their ids; a mark by what it means, else by its number."""
    same = _same_points(old, new)
    given = {line.id: same[mark] for line in new.indicators if (mark := marks.get(line.id, "")) in same}
    known = {line.id for line in old.indicators}
    missing = tuple(line.title for line in new.indicators if line.id not in known or (marks.get(line.id) and line.id not in given))
    return Recount(given, rubric.score(new, given), missing, _side_by_side(old, new, marks, given))


def _side_by_side(old: Rubric, new: Rubric, marks: Mapping[str, str], given: Mapping[str, str]) -> tuple[Line, ...]:
    """The lines of the other criteria in their order and words, then those that they do not ask any more."""
    known, asked = {line.id for line in old.indicators}, {line.id for line in new.indicators}
    lines = [Line(one.title, marks.get(one.id, "") if one.id in known else None, given.get(one.id, "")) for one in new.indicators]
    dropped = [Line(one.title, marks.get(one.id, ""), None) for one in old.indicators if one.id not in asked]
    return (*lines, *dropped)


def _same_points(old: Rubric, new: Rubric) -> dict[str, str]:
    """Mark of the old sheet → the mark of the new one that means the same. One that has no such mark is left out."""
    by_label = {point.label: str(point.value) for point in new.points}
    values = {str(point.value) for point in new.points}
    found = {}
    for point in old.points:
        value = by_label.get(point.label) or (str(point.value) if str(point.value) in values else "")
        if value:
            found[str(point.value)] = value
    return found | ({NOT_APPLICABLE: NOT_APPLICABLE} if old.not_applicable and new.not_applicable else {})
