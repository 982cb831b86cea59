"""Fixtures of the proofs of trust."""

import pytest
from flask import Flask

from tests.conftest import Clock
from tests.school import World
from tests.trust.stage import Stage


@pytest.fixture
def stage(app: Flask, world: World, clock: Clock) -> Stage:
    """The whole cast signed in, every sort of thing in every pair."""
    return Stage(app, world, clock())
