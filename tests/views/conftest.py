"""People who look at screens through the HTTP client, signed in."""

from collections.abc import Callable

import pytest

from tests.conftest import Browser

AsUser = Callable[[str], Browser]


@pytest.fixture
def anna(as_user: AsUser) -> Browser:
    """The mentor of the first pair."""
    return as_user("anna")


@pytest.fixture
def boris(as_user: AsUser) -> Browser:
    """Her mentee."""
    return as_user("boris")


@pytest.fixture
def vera(as_user: AsUser) -> Browser:
    """The curator."""
    return as_user("vera")
