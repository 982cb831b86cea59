"""What a cell of a plan keeps of what was typed."""

from datetime import date

import pytest

from mentorapp.domain import planning
from mentorapp.domain.formspec import Column
from mentorapp.domain.kinds import Limits, NotUnderstood
from mentorapp.domain.school_year import SchoolYear

YEAR = SchoolYear(2026)
WHERE = Column("where", "Где", "choice", limits=Limits(options={"here": "В школе", "online": "Дистанционно"}))


@pytest.mark.parametrize("typed", ["Дистанционно", "дистанционно.", " ДИСТАНЦИОННО ", "online"])
def test_a_word_of_a_list_is_kept_as_it_is_shown(typed: str) -> None:
    assert planning.parse(WHERE, typed, YEAR) == "Дистанционно"


def test_a_word_that_is_not_in_the_list_is_answered_with_the_list() -> None:
    with pytest.raises(NotUnderstood, match="Можно выбрать: В школе, Дистанционно"):
        planning.parse(WHERE, "в парке", YEAR)


def test_the_whole_list_is_offered_under_the_field() -> None:
    assert WHERE.words == ("В школе", "Дистанционно")
    assert Column("report", "Отчёт", "text", suggest=("чек-лист",)).words == ("чек-лист",)


def test_the_state_is_kept_by_its_id_whatever_was_typed() -> None:
    assert planning.parse(planning.STATE, "Сделано", YEAR) == planning.parse(planning.STATE, "done", YEAR) == "done"


def test_the_journal_keeps_a_day_as_a_day_and_a_text_as_a_text() -> None:
    assert planning.journalled("done_on", "01.10.2026", YEAR) == date(2026, 10, 1)
    assert planning.journalled("done_on", "", YEAR) is None
    assert planning.journalled("due_text", "01.10.2026", YEAR) == "01.10.2026"
