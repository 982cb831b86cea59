"""Counting what a page asks of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from benchmarks.statements import counted
from mentorapp.database import db


@contextmanager
def selects(app: Flask) -> Iterator[list[str]]:
    """The SELECTs that are sent inside the block; the list is filled when it ends."""
    with app.app_context():
        engine = db.engine
    sent: list[str] = []
    with counted(engine) as found:
        yield sent
    sent += found.selects
