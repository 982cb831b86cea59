"""The competences of a mentoring form, their levels, and the order in which a pair works on what is missing (чек-лист дефицитов)."""

from collections.abc import Mapping
from dataclasses import dataclass

from mentorapp.domain.kinds import Field, Limits, field_for
from mentorapp.domain.school_year import SchoolYear

MENTEE, MENTOR, RANK = ".mentee", ".mentor", ".rank"  # ends of the keys under which a line's two levels and its rank are kept
COLUMNS = (MENTEE, MENTOR, RANK)


@dataclass(frozen=True, slots=True)
class Competence:
    """What a mentee may lack. `practice` is the activity that is proposed for it; without it the product words one."""

    id: str
    title: str
    practice: str = ""


@dataclass(frozen=True, slots=True)
class CompetenceGroup:
    """Competences under one heading."""

    id: str
    title: str
    competences: tuple[Competence, ...]


@dataclass(frozen=True, slots=True)
class DeficitCatalogue:
    """Groups of competences; `levels` from the lowest. A level below `enough` (counted from 0) is a deficit."""

    title: str
    levels: tuple[str, ...]
    groups: tuple[CompetenceGroup, ...]
    enough: int = 2

    @property
    def competences(self) -> tuple[Competence, ...]:
        return tuple(competence for group in self.groups for competence in group.competences)

    @property
    def level_options(self) -> dict[str, str]:
        """Level as it is stored → its words."""
        return {str(number): label for number, label in enumerate(self.levels)}

    def fields(self, year: SchoolYear) -> dict[str, Field]:
        """Every place of the list by its key: two levels and a rank for each competence."""
        level = field_for("single", Limits(options=self.level_options), year)
        rank = field_for("scale", Limits(low=1, high=len(self.competences)), year)
        kinds = {MENTEE: level, MENTOR: level, RANK: rank}
        return {one.id + column: field for one in self.competences for column, field in kinds.items()}

    def is_deficit(self, competence: Competence, values: Mapping[str, str]) -> bool:
        """One of the two sees it below the level that is enough."""
        low = list(self.level_options)[: self.enough]
        return any(values.get(competence.id + column) in low for column in (MENTEE, MENTOR))

    def ranked(self, values: Mapping[str, str]) -> list[tuple[int, Competence]]:
        """(rank, competence) in the agreed order; equal ranks in the order of the catalogue."""
        found = [(int(values[one.id + RANK]), one) for one in self.competences if values.get(one.id + RANK, "").isdecimal()]
        return sorted(found, key=lambda row: row[0])

    def order(self, values: Mapping[str, str]) -> str:
        """The whole order in one word: what a page has shown is compared with what stands now."""
        return ",".join(f"{competence.id}:{rank}" for rank, competence in self.ranked(values))

    def marked(self, values: Mapping[str, str], column: str) -> int:
        """How many competences have a level in that column."""
        return sum(bool(values.get(one.id + column)) for one in self.competences)

    def same_ranks(self, values: Mapping[str, str]) -> list[int]:
        """Ranks that are given more than once: the order is not clear yet."""
        ranks = [rank for rank, _competence in self.ranked(values)]
        return sorted({rank for rank in ranks if ranks.count(rank) > 1})
