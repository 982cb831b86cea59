"""What is installed is fixed to the last byte, and from no particular place."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RUN, DEV = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[A-Za-z0-9.+!]+)$")
HASH = re.compile(r"^--hash=sha256:[0-9a-f]{64}$")

each_lock = pytest.mark.parametrize("lock", [RUN, DEV], ids=lambda path: path.stem)


def same_name(name: str) -> str:
    """The spelling under which an index knows a package: `rl_accel` is `rl-accel`."""
    return re.sub(r"[-_.]+", "-", name).lower()


def requirements(lock: Path) -> list[list[str]]:
    """Every requirement of a lock as its words: the pin, then its checksums."""
    lines = [line for line in lock.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("#")]
    return [entry.split() for entry in "\n".join(lines).replace("\\\n", " ").splitlines() if entry.strip()]


def pins(entries: list[str]) -> dict[str, str]:
    """Package to version. An entry that is not pinned exactly fails here."""
    found = [PIN.match(entry) for entry in entries]
    assert all(found), entries
    return {same_name(match["name"]): match["version"] for match in found if match}


def pinned_in(lock: Path) -> dict[str, str]:
    return pins([words[0] for words in requirements(lock)])


@each_lock
def test_every_package_is_known_by_its_checksums(lock: Path) -> None:
    for pin, *hashes in requirements(lock):
        assert hashes, pin
        assert all(HASH.match(word) for word in hashes), pin


@each_lock
def test_a_lock_names_no_place_to_fetch_from(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert [place for place in ("http", "file:", "--index", "--extra-index", "--find-links", "--trusted-host", " /") if place in text] == []


def test_what_the_program_needs_is_locked_at_the_version_it_asks_for() -> None:
    assert pins(PROJECT["dependencies"]).items() <= pinned_in(RUN).items()


def test_what_the_checks_need_is_locked_at_the_version_they_ask_for() -> None:
    assert pins(PROJECT["optional-dependencies"]["dev"]).items() <= pinned_in(DEV).items()


def test_the_checks_run_on_the_very_packages_the_school_gets() -> None:
    assert pinned_in(RUN).items() <= pinned_in(DEV).items()
