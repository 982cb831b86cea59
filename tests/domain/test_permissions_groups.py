"""In a group each mentee has a plan of her own, which the other mentees read and the mentor edits."""

from types import SimpleNamespace

import pytest

from mentorapp.domain.permissions import Access, Action, PairFacts, Side, can

OWN, OTHERS, COMMON = (
    SimpleNamespace(owner=owner, participant_id=place, state="draft") for owner, place in (("mentee", 7), ("mentee", 8), ("pair", None))
)


def member(side: Side, place: int) -> Access:
    return Access(1, pair=PairFacts(1, "any", frozenset({side}), frozenset({place}), frozenset(), is_open=True))


@pytest.mark.parametrize("action", [Action.PLAN_EDIT, Action.PLAN_MARK, Action.PLAN_AGREE])
def test_a_mentee_does_it_with_her_own_plan_and_not_with_anothers(action: Action) -> None:
    mentee = member(Side.MENTEE, 7)
    assert can(mentee, action, OWN) and not can(mentee, action, OTHERS)
    assert can(mentee, Action.PLAN_VIEW, OTHERS)


def test_all_mentees_share_the_common_plan_and_the_mentor_edits_every_one() -> None:
    assert can(member(Side.MENTEE, 8), Action.PLAN_AGREE, COMMON)
    assert can(member(Side.MENTOR, 3), Action.PLAN_EDIT, OWN) and can(member(Side.MENTOR, 3), Action.PLAN_EDIT, OTHERS)
