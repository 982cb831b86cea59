"""What stands on a paper, read back: the texts by pypdf, the places of words by pdftotext (poppler-utils)."""

import html
import io
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import pypdf
from PIL import Image

MM = 72 / 25.4
DARK = 128  # of 255, which is white
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


class Rules(NamedTuple):
    """The lines of a page's table, in points from the upper left corner: across its whole width, and down at a given height."""

    across: list[int]
    image: Image.Image

    def down(self, top: float) -> int:
        """How many upright lines stand at that height, where no letter is."""
        dark = [self.image.getpixel((x, int(top))) < DARK for x in range(self.image.width)]
        return sum(now and not before for before, now in zip([False, *dark], dark, strict=False))


def rules(pdf: bytes) -> list[Rules]:
    """The lines of every page, looked at in a picture of one dot a point."""
    found = []
    for number, page in enumerate(pages(pdf), start=1):
        command = ["pdftoppm", "-r", "72", "-gray", "-f", str(number), "-l", str(number), "-"]
        image = Image.open(io.BytesIO(subprocess.run(command, input=pdf, capture_output=True, check=True).stdout))
        inside = image.point(lambda grey: 0 if grey < DARK else 255).crop((int(15 * MM), 0, int(page.width - 15 * MM), image.height))
        mean = inside.resize((1, image.height), Image.Resampling.BOX).tobytes()
        rows = [y for y, grey in enumerate(mean) if grey < 0.05 * 255]
        found.append(Rules([y for y in rows if y - 1 not in rows], image))
    return found


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
