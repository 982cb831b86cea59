"""Official papers: a template is filled here and becomes a PDF in a child process."""

import atexit
import unicodedata
from collections.abc import Iterable

from flask import Response, current_app

from mentorapp.papers.press import PaperFailed, PaperPress, Printed

__all__ = ["PaperFailed", "answer", "one_after_another", "pdf", "printed"]

# Pasted text carries signs that nobody sees and no font draws: they would come out as boxes on the paper.
UNSEEN = dict.fromkeys(
    [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xAD]
    + [*range(0x200C, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), 0xFEFF]
)

BETWEEN_PAPERS = "\f"  # as in worker/renderer.py; no text holds it, because it is unseen

press = PaperPress()
atexit.register(press.close)


def pdf(template: str, /, **context: object) -> bytes:
    """The PDF of `templates/papers/<template>`. Raises `PaperFailed` with a Russian message for the person.

    Text in the context is only ever text: templates escape it, and the child reads nothing but its fonts.
    """
    return printed(template, **context).pdf


def printed(template: str, /, **context: object) -> Printed:
    """The same together with what the renderer complained about: a missing letter, a refused address."""
    html = current_app.jinja_env.get_template(f"papers/{template}").render(**context)
    return press.print(printable(html))


def one_after_another(template: str, papers: Iterable[object]) -> bytes:
    """One PDF of several papers of one sort, each with its own page numbers. Raises `PaperFailed`."""
    made = current_app.jinja_env.get_template(f"papers/{template}")
    texts = [printable(made.render(paper=paper)) for paper in papers]
    return press.print(BETWEEN_PAPERS.join(texts), len(texts)).pdf


def printable(html: str) -> str:
    """The text as the fonts can draw it: «й» typed as two signs becomes one, signs without a shape go."""
    return unicodedata.normalize("NFC", html).translate(UNSEEN)


def answer(content: bytes, name: str) -> Response:
    """A PDF to look at in the browser and print from there."""
    return Response(content, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})
