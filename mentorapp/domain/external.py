"""Mentors from outside the school: what papers they show before they work with minors, and which of these have run out.

The law asks this of whoever works with minors: no criminal record of certain sorts (ТК РФ, ст. 331 и 351.1) and a medical
examination (ТК РФ, ст. 220; СП 2.4.3648-20, п. 1.5). The target model of mentoring asks the same of a mentor who comes from
outside, whether or not there is a contract of employment. The school keeps the papers; here stands only what is written on them.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from mentorapp.domain.school_year import short_date


class ClearanceKind(StrEnum):
    """What sort of paper it is; of `other` the title says it."""

    NO_CONVICTION = "no_conviction"
    MEDICAL = "medical"
    AGREEMENT = "agreement"
    OTHER = "other"


class Standing(StrEnum):
    """How long a dated paper lasts yet."""

    GOOD = "good"
    SOON = "soon"
    OVER = "over"


# Kinds of people who are not of the school: of its own staff the personnel department has seen these papers.
EXTERNAL_KINDS = frozenset({"parent", "student", "employer", "graduate", "veteran", "expert"})
# Without these in force nobody from outside begins to work with a minor.
NEEDED = (ClearanceKind.NO_CONVICTION, ClearanceKind.MEDICAL)
TITLES = {
    ClearanceKind.NO_CONVICTION: "справка об отсутствии судимости",
    ClearanceKind.MEDICAL: "медицинское заключение или книжка",
    ClearanceKind.AGREEMENT: "согласие или договор с наставником",
    ClearanceKind.OTHER: "другой документ",
}
ABSENT = {
    ClearanceKind.NO_CONVICTION: "нет справки об отсутствии судимости",
    ClearanceKind.MEDICAL: "нет медицинского заключения или книжки",
}
# So long before the last day it is told: a certificate of the police takes up to thirty days.
SOON_DAYS = 30


class Shown(Protocol):
    """A paper as the rules look at it."""

    kind: ClearanceKind
    title: str
    issued_on: date
    valid_to: date | None


Paper = TypeVar("Paper", bound=Shown)


def standing(valid_to: date | None, today: date) -> Standing:
    """Whether that day is far away, near or over; a paper without one lasts."""
    if valid_to is None or valid_to > today + timedelta(days=SOON_DAYS):
        return Standing.GOOD
    return Standing.SOON if valid_to >= today else Standing.OVER


def newest(papers: Iterable[Paper], today: date) -> list[Paper]:
    """Of each kind the paper that lasts longest, in the order of the kinds; what is dated later than today does not count yet."""
    best: dict[tuple[ClearanceKind, str], Paper] = {}
    for paper in papers:
        key = paper.kind, paper.title
        if paper.issued_on <= today and (key not in best or _end(paper) > _end(best[key])):
            best[key] = paper
    order = list(ClearanceKind)
    return sorted(best.values(), key=lambda paper: (order.index(paper.kind), paper.title))


def _end(paper: Shown) -> date:
    return paper.valid_to or date.max


def gaps(papers: Iterable[Shown], today: date) -> Iterator[tuple[ClearanceKind, str]]:
    """The needed kinds that are not there or have run out, each with the words for it."""
    best = {paper.kind: paper for paper in newest(papers, today)}
    for kind in NEEDED:
        if kind not in best:
            yield kind, ABSENT[kind]
        elif (until := best[kind].valid_to) and standing(until, today) is Standing.OVER:
            yield kind, f"{TITLES[kind]}: срок истёк {short_date(until)}"
