"""How many people a form puts on the two sides of a pair."""

from dataclasses import replace

import pytest

from mentorapp.domain.formspec import FormSpec
from mentorapp.domain.organisation import described, has_room, may_begin, refusal, takes_several
from mentorapp.domain.permissions import Side
from tests.forms.forms import SMALL, spec_of


def form(*organisation: str, most_mentors: int | None = None, most_mentees: int | None = None) -> FormSpec:
    """One that has only the usual words for its sides."""
    spec = spec_of(SMALL)
    mentee = replace(spec.mentee, nominative="наставляемый", genitive="наставляемого", plural="наставляемые")
    return replace(spec, mentee=mentee, organisation=organisation, most_mentors=most_mentors, most_mentees=most_mentees)


@pytest.mark.parametrize(
    ("allowed", "numbers", "expected"),
    [
        ("1:1", (1, 1), True),
        ("1:1", (1, 2), False),
        ("1:N", (1, 3), True),
        ("1:N", (1, 1), False),
        ("1:N", (2, 3), False),
        ("N:1", (2, 1), True),
        ("N:1", (2, 2), False),
        ("N:M", (2, 2), True),
        ("N:M", (1, 2), False),
        ("1:1 1:N", (1, 1), True),
    ],
)
def test_a_new_pair_has_as_many_people_as_its_form_says(allowed: str, numbers: tuple[int, int], expected: bool) -> None:
    assert may_begin(form(*allowed.split()), *numbers) is expected


def test_a_group_may_shrink_to_two_and_grow_again() -> None:
    assert has_room(form("1:N"), 1, 1) and has_room(form("1:N"), 1, 9) and not has_room(form("1:N"), 2, 1)


def test_a_refusal_says_what_was_chosen_and_what_is_allowed() -> None:
    sentence = refusal(form("1:N"), 2, 5)
    assert "2 наставника и 5 наставляемых" in sentence and sentence.endswith("Она допускает: один наставник и несколько наставляемых.")


def test_all_four_are_said_in_short_and_each_side_is_asked_alone() -> None:
    assert described(form("N:M", "1:1", "1:N", "N:1")) == "на каждой стороне один человек или несколько"
    assert takes_several(form("1:N"), Side.MENTEE) and not takes_several(form("1:N"), Side.MENTOR)


def test_a_form_may_bound_how_many_stand_on_a_side() -> None:
    groups = form("1:1", "1:N", most_mentees=6)
    assert may_begin(groups, 1, 6) and not may_begin(groups, 1, 7) and may_begin(groups, 1, 1)
    assert has_room(groups, 1, 6) and not has_room(groups, 1, 7) and not has_room(groups, 2, 1)
    assert not may_begin(form("N:M", most_mentors=2), 3, 3) and may_begin(form("N:M", most_mentors=2), 2, 30)


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        (form("1:N", most_mentees=6), "один наставник и до 6 наставляемых"),
        (form("1:N", most_mentees=21), "один наставник и до 21 наставляемого"),
        (form("N:1", most_mentors=2), "до 2 наставников и один наставляемый"),
        (form("N:M", most_mentors=3), "до 3 наставников и несколько наставляемых"),
        (
            form("1:1", "1:N", "N:1", "N:M", most_mentees=6),
            "на каждой стороне один человек или несколько: наставляемых не больше 6",
        ),
    ],
)
def test_a_bound_is_said_with_what_the_form_allows(spec: FormSpec, words: str) -> None:
    assert described(spec) == words


OWN = replace(
    form("1:1", "1:N", most_mentees=6),
    mentor=replace(form().mentor, nominative="вожатый", plural="вожатые"),
    mentee=replace(form().mentee, nominative="младший", plural="младшие"),
)


def test_a_form_with_words_of_its_own_is_told_in_them() -> None:
    assert described(OWN) == "вожатый — один, младший — один; вожатый — один, младшие — до 6"
    assert "так не составить: вожатые — 2, младшие — 7. Она допускает: вожатый — один" in refusal(OWN, 2, 7)
    every = replace(OWN, organisation=("1:1", "1:N", "N:1", "N:M"))
    assert described(every) == "на каждой стороне один человек или несколько: младшие — не больше 6"
