"""The criteria by which the work of a pair is evaluated, and what a filled sheet of them says.

An empty line is not zero: there is no level until all lines are filled. A line that does not apply leaves the sum, and then the
level is chosen by a person, because the bands are those of the whole sheet (лист оценки: 2, 1, 0 по девяти показателям).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from mentorapp.domain.kinds import NO_LIMITS, Field, Limits, field_for
from mentorapp.domain.school_year import SchoolYear

NOT_APPLICABLE = "n"
WHY = ".why"  # the comment to an indicator is kept under its id with this end


@dataclass(frozen=True, slots=True)
class Point:
    """One mark that may be given, with what it means."""

    value: int
    label: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of the sheet. `hint`: what to look at."""

    id: str
    title: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorGroup:
    """Lines under one heading."""

    id: str
    title: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """From how many points to how many the level is called so, and what follows from it."""

    low: int
    high: int
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Rubric:
    """The whole sheet: points from the best, groups of indicators, bands that cover 0…most without gap or overlap."""

    title: str
    points: tuple[Point, ...]
    groups: tuple[IndicatorGroup, ...]
    bands: tuple[Band, ...]
    not_applicable: bool = False

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(indicator for group in self.groups for indicator in group.indicators)

    @property
    def best(self) -> int:
        """The highest mark of one line."""
        return max(point.value for point in self.points)

    @property
    def most(self) -> int:
        """The sum of a sheet with the highest mark in every line."""
        return self.best * len(self.indicators)

    @property
    def options(self) -> dict[str, str]:
        """What may stand in a line: mark → its meaning, as a choice."""
        given = {str(point.value): point.label for point in self.points}
        return given | ({NOT_APPLICABLE: "не применимо"} if self.not_applicable else {})

    def fields(self, year: SchoolYear) -> dict[str, Field]:
        """Every place of the sheet by its key: a mark for each indicator, and under `id.why` the comment to it."""
        mark, comment = field_for("single", Limits(options=self.options), year), field_for("text", NO_LIMITS, year)
        return {key: field for one in self.indicators for key, field in ((one.id, mark), (one.id + WHY, comment))}

    def band_of(self, total: int) -> Band:
        return next(band for band in self.bands if band.low <= total <= band.high)


@dataclass(frozen=True, slots=True)
class Score:
    """What a sheet says so far. `most` leaves out what does not apply.

    `band` is None until every line is filled, and where some lines do not apply.
    """

    total: int
    most: int
    filled: int
    lines: int
    not_applicable: int
    band: Band | None
    to_next: int | None

    @property
    def is_whole(self) -> bool:
        """Every line has a mark or does not apply."""
        return self.filled == self.lines

    @property
    def needs_hand(self) -> bool:
        """The level is to be chosen by a person."""
        return self.is_whole and self.not_applicable > 0


def score(rubric: Rubric, marks: Mapping[str, str]) -> Score:
    """Count a sheet: indicator id → mark, as stored. What is missing or empty is not filled, and never counts as zero."""
    given = [marks[indicator.id] for indicator in rubric.indicators if marks.get(indicator.id) in rubric.options]
    counted = [int(mark) for mark in given if mark != NOT_APPLICABLE]
    aside, lines = len(given) - len(counted), len(rubric.indicators)
    total, most = sum(counted), rubric.best * (lines - aside)
    band = rubric.band_of(total) if len(given) == lines and not aside else None
    above = [other.low for other in rubric.bands if band and other.low > total]
    return Score(total, most, len(given), lines, aside, band, min(above) - total if above else None)


def group_score(rubric: Rubric, group: IndicatorGroup, marks: Mapping[str, str]) -> Score:
    """The same of one group; it has no level of its own."""
    part = Rubric(group.title, rubric.points, (group,), (Band(0, rubric.best * len(group.indicators), ""),), rubric.not_applicable)
    return score(part, marks)
