"""What stands on a paper, read back: the texts by pypdf, the places of words by pdftotext (poppler-utils)."""

import html
import io
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import pypdf

MM = 72 / 25.4
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')


class Word(NamedTuple):
    """A word and its box in points, measured from the page's upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


class Page(NamedTuple):
    width: float
    height: float
    words: list[Word]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@cache
def pages(pdf: bytes) -> list[Page]:
    """Every page with its words where they stand, top to bottom."""
    answer = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return [Page(float(width), float(height), list(_words(body))) for width, height, body in PAGE.findall(answer)]


def _words(body: str) -> Iterator[Word]:
    for *box, text in WORD.findall(body):
        yield Word(html.unescape(text), *map(float, box))


def text(pdf: bytes) -> str:
    """All texts in the order in which they were drawn: cell by cell."""
    return _read(pdf)[0]


def letters(pdf_text: str) -> str:
    """The text without any space: what a broken word is found in."""
    return "".join(pdf_text.split())


class Type(NamedTuple):
    font: str
    size: float
    is_embedded: bool


def types(pdf: bytes) -> set[Type]:
    """Every font and size in which something is written."""
    return _read(pdf)[1]


@cache
def _read(pdf: bytes) -> tuple[str, set[Type]]:
    found: set[Type] = set()

    def visit(written: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if written.strip():
            found.add(Type(font["/BaseFont"], round(abs(size * tm[3] * cm[3]), 2), "/FontFile2" in font.get("/FontDescriptor", {})))

    texts = [page.extract_text(visitor_text=visit) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    return "\n".join(texts), found


def outside(pdf: bytes, *, left: float, right: float, top: float, bottom: float) -> list[Word]:
    """The words that stick out of the margins, given in millimetres; a hair is allowed."""
    hair = 0.5
    return [
        word
        for page in pages(pdf)
        for word in page.words
        if word.left < left * MM - hair
        or word.right > page.width - right * MM + hair
        or word.top < top * MM - hair
        or word.bottom > page.height - bottom * MM + hair
    ]
