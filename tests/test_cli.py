"""What stands behind ./run, beyond what keeps it from starting (tests/trust/test_cannot_start.py)."""

import pytest

from mentorapp import cli


@pytest.mark.parametrize("words", [["-s", "tests/domain"], ["tests/domain", "-q"], ["--help"], ["--rounds", "3"], []])
@pytest.mark.parametrize("command", ["test", "bench"])
def test_all_that_follows_a_check_is_handed_on_as_it_is(command: str, words: list[str]) -> None:
    assert cli._parser().parse_args([command, *words]).rest == words
