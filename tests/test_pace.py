"""The yardstick by which tests tell whether something takes too long."""

import time

import pytest

from tests import pace


def busy(seconds: float) -> str:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return "done"


def test_long_work_is_long_by_the_yardstick_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "BRIEF", 0)
    given, seconds = pace.timed(lambda: busy(0.2))
    assert given == "done" and 0.2 / 20 < seconds < 0.3


def test_on_a_slow_machine_the_same_work_counts_less(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "BRIEF", 0)
    monkeypatch.setattr(pace, "YARDSTICK", 1e-6)
    assert pace.slowness() > 10
    assert pace.timed(lambda: busy(0.05))[1] < 0.05 / 10
