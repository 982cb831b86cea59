"""Who may change a mentoring form, and who may make a new one."""

import pytest

from mentorapp.domain.permissions import REASONS, Access, Action, Grant, RoleKind, can

ADMINISTRATOR = Access(1, (Grant(RoleKind.ADMINISTRATOR),))
WHOLE_CURATOR = Access(1, (Grant(RoleKind.CURATOR),))
CURATOR_OF_ONE = Access(1, (Grant(RoleKind.CURATOR, form_id="one"),))
OTHERS = [Access(1), *(Access(1, (Grant(kind),)) for kind in RoleKind if kind not in (RoleKind.ADMINISTRATOR, RoleKind.CURATOR))]


def test_a_curator_of_one_form_edits_that_form_and_makes_no_new_one() -> None:
    assert can(CURATOR_OF_ONE, Action.FORMS_EDIT, "one")
    assert not can(CURATOR_OF_ONE, Action.FORMS_EDIT, "other")
    assert not can(CURATOR_OF_ONE, Action.FORMS_EDIT)


@pytest.mark.parametrize("who", [ADMINISTRATOR, WHOLE_CURATOR])
def test_the_administrator_and_the_curator_of_the_programme_edit_and_make_every_form(who: Access) -> None:
    assert can(who, Action.FORMS_EDIT, "one") and can(who, Action.FORMS_EDIT)


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_edits_a_form_and_whoever_reads_it_hears_who_may(who: Access) -> None:
    assert not can(who, Action.FORMS_EDIT, "one") and not can(who, Action.FORMS_EDIT)
    assert Action.FORMS_EDIT in REASONS
