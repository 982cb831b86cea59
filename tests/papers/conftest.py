"""One press for all tests of papers, and a Flask that knows only the templates."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from mentorapp import papers
from mentorapp.papers.press import PaperPress, Printed

TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.fixture(scope="session")
def press() -> Iterator[PaperPress]:
    """The press that the application itself prints with."""
    yield papers.press
    papers.press.close()


@pytest.fixture(scope="session")
def printed(press: PaperPress) -> Callable[..., Printed]:
    """Print a template: the PDF and the renderer's complaints."""
    app = Flask("papers", template_folder=str(TEMPLATES))

    def go(template: str, paper: object) -> Printed:
        with app.app_context():
            return papers.printed(template, paper=paper)

    return go
