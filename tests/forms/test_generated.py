"""Ten thousand forms that a generator made and then hurt: each is accepted or refused with its place, none stops the reading.

The ordinary run takes the first three hundred of them, `./run test --all` takes all.
"""

from functools import partial

import pytest

from mentorapp.domain.formcheck import parse
from mentorapp.domain.formspec import FormSpec, Problem
from tests.forms import manifests
from tests.pace import timed

ALL, SAMPLE, AT_ONCE = 10_000, 300, 100
MOST_SECONDS = 2
# What is said of a whole file or of the whole form, and has no place in it.
OF_WHOLE_FILES = ("больше 128 КБ", "больше 256 КБ", "файл не прочитан", "неизвестных ключей здесь")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "first" in metafunc.fixturenames:
        metafunc.parametrize("first", range(0, ALL if metafunc.config.getoption("all") else SAMPLE, AT_ONCE))


def test_each_is_accepted_or_refused_with_its_place_within_two_seconds(first: int) -> None:
    accepted = 0
    for seed in range(first, first + AT_ONCE):
        files = manifests.hurt(seed)
        (spec, problems), seconds = timed(partial(parse, files))
        assert seconds < MOST_SECONDS, seed
        assert isinstance(spec, FormSpec) != bool(problems), seed
        assert [str(problem) for problem in problems if not has_place(problem, files)] == [], seed
        accepted += spec is not None
    assert 0 < accepted < AT_ONCE


def has_place(problem: Problem, files: dict[str, str]) -> bool:
    inside = problem.path or problem.line or any(words in problem.text for words in OF_WHOLE_FILES)
    # Where the first file is gone, what is missing is said of it all the same.
    return bool(inside) and problem.file in {"form.toml", *files} and len(problem.text) < 500


def test_the_same_number_gives_the_same_form() -> None:
    assert manifests.hurt(7) == manifests.hurt(7) and manifests.right(7) == manifests.right(7)
    assert len({str(manifests.hurt(seed)) for seed in range(50)}) == 50
