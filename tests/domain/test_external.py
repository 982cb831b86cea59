"""What papers a mentor from outside needs, and which of them have run out."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from mentorapp.domain import external
from mentorapp.domain.external import EXTERNAL_KINDS, NEEDED, ClearanceKind, Standing
from mentorapp.domain.formspec import PERSON_KINDS

TODAY = date(2026, 11, 23)
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Paper:
    kind: ClearanceKind
    valid_to: date | None = None
    issued_on: date = TODAY - YEAR
    title: str = ""


def words(*papers: Paper) -> list[str]:
    return [text for _kind, text in external.gaps(papers, TODAY)]


def test_a_mentor_from_outside_needs_a_certificate_and_a_doctor() -> None:
    assert words() == ["нет справки об отсутствии судимости", "нет медицинского заключения или книжки"]
    assert words(*map(Paper, NEEDED)) == []


def test_an_agreement_or_another_paper_does_not_stand_for_those() -> None:
    assert len(words(Paper(ClearanceKind.AGREEMENT), Paper(ClearanceKind.OTHER, title="Допуск"))) == 2


def test_a_paper_that_ran_out_is_named_with_its_day() -> None:
    over = Paper(ClearanceKind.MEDICAL, TODAY - timedelta(days=1))
    assert words(Paper(ClearanceKind.NO_CONVICTION), over) == ["медицинское заключение или книжка: срок истёк 22.11.2026"]


def test_the_last_day_is_still_a_day_of_the_paper() -> None:
    assert words(Paper(ClearanceKind.NO_CONVICTION), Paper(ClearanceKind.MEDICAL, TODAY)) == []


def test_a_new_paper_stands_beside_the_old_one_that_ran_out() -> None:
    old, new = Paper(ClearanceKind.MEDICAL, TODAY - YEAR), Paper(ClearanceKind.MEDICAL, TODAY + YEAR)
    assert external.newest([old, new], TODAY) == external.newest([new, old], TODAY) == [new]
    assert words(Paper(ClearanceKind.NO_CONVICTION), old, new) == []


def test_a_paper_dated_tomorrow_does_not_count_yet() -> None:
    assert words(Paper(ClearanceKind.NO_CONVICTION), Paper(ClearanceKind.MEDICAL, issued_on=TODAY + timedelta(days=1))) != []


def test_papers_of_different_titles_are_different_papers() -> None:
    one, other = (Paper(ClearanceKind.OTHER, title=title) for title in ("Допуск в цех", "Пропуск"))
    assert external.newest([one, other], TODAY) == [one, other]


@pytest.mark.parametrize(
    ("days", "standing"), [(None, Standing.GOOD), (31, Standing.GOOD), (30, Standing.SOON), (0, Standing.SOON), (-1, Standing.OVER)]
)
def test_thirty_days_before_the_last_one_it_is_time(days: int | None, standing: Standing) -> None:
    assert external.standing(None if days is None else TODAY + timedelta(days=days), TODAY) is standing


def test_people_of_the_school_are_not_from_outside() -> None:
    assert set(PERSON_KINDS) - EXTERNAL_KINDS == {"pupil", "teacher", "staff"}
