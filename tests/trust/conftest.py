"""Fixtures of the proofs of trust."""

import shutil
from pathlib import Path

import pytest
from flask import Flask

from mentorapp import create_app
from tests.conftest import NOW
from tests.school import World
from tests.trust.stage import Scenery, Stage, build


@pytest.fixture(scope="session")
def scenery(prepared: tuple[Path, World], tmp_path_factory: pytest.TempPathFactory) -> Scenery:
    """The whole cast signed in and every sort of thing in every pair, as a database file to begin from."""
    folder = tmp_path_factory.mktemp("scenery")
    shutil.copy(prepared[0] / "mentor.db", folder / "mentor.db")
    return build(create_app({"DATA": folder, "CLOCK": lambda: NOW}), prepared[1], NOW)


@pytest.fixture
def stage(app: Flask, world: World, scenery: Scenery) -> Stage:
    """The application over a fresh copy of that."""
    return Stage(app, world, scenery)
