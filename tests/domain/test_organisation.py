"""How many people a form puts on the two sides of a pair."""

import pytest

from mentorapp.domain.organisation import described, has_room, may_begin, refusal, takes_several
from mentorapp.domain.permissions import Side


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
    assert may_begin(allowed.split(), *numbers) is expected


def test_a_group_may_shrink_to_two_and_grow_again() -> None:
    assert has_room(["1:N"], 1, 1) and has_room(["1:N"], 1, 9) and not has_room(["1:N"], 2, 1)


def test_a_refusal_says_what_was_chosen_and_what_is_allowed() -> None:
    sentence = refusal("Группа", ["1:N"], 2, 5)
    assert "2 наставника и 5 наставляемых" in sentence and sentence.endswith("Она допускает: один наставник и несколько наставляемых.")


def test_all_four_are_said_in_short_and_each_side_is_asked_alone() -> None:
    assert described(["N:M", "1:1", "1:N", "N:1"]) == "на каждой стороне один человек или несколько"
    assert takes_several(["1:N"], Side.MENTEE) and not takes_several(["1:N"], Side.MENTOR)
