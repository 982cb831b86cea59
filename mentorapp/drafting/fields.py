"""What a field of the form editor is, and how lists of cards are counted and named."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mentorapp.domain import draft
from mentorapp.drafting.shapes import Shape

Content = dict[str, Any]
CASES = ("nominative", "genitive", "dative", "plural")
USUAL_WORDS = {
    "mentor": ("наставник", "наставника", "наставнику", "наставники"),
    "mentee": ("наставляемый", "наставляемого", "наставляемому", "наставляемые"),
}
ONE_A_LINE = "По одному в строке; список можно вставить целиком."


@dataclass(frozen=True, slots=True)
class CardField:
    """One field: where its value stands, what it is called, how it is written.

    `reshapes`: the card's other fields depend on it. `section` is a heading above it. `width` is how much of a line it takes:
    all of it (wide), two places (double), one (narrow), and one also on a phone (half).
    """

    key: str
    label: str
    shape: Shape
    hint: str = ""
    reshapes: bool = False
    width: str = "wide"
    section: str = ""

    @property
    def name(self) -> str:
        """What it is called where it stands alone."""
        return f"{self.section}: {self.label}" if self.section else self.label


def small(key: str, label: str, shape: Shape, hint: str = "", *, reshapes: bool = False, width: str = "narrow") -> CardField:
    """A field that shares its line with others."""
    return CardField(key, label, shape, hint, reshapes, width)


def numbered(questions: Iterable[Content]) -> list[tuple[int, Content]]:
    """The questions with the numbers that people see: headings have none."""
    return list(enumerate((one for one in questions if one.get("kind") != "heading"), 1))


def short(text: Any, most: int = 60) -> str:
    """The beginning of a text for a list."""
    line = " ".join(str(text or "без текста").split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def side_word(content: Content, side: str, case: str) -> str:
    """What the draft calls one of its sides; the usual word while it has none of its own."""
    return str((draft.get(content, side) or {}).get(case) or "").strip() or USUAL_WORDS[side][CASES.index(case)]


def sides_named(content: Content) -> dict[str, str]:
    """Side → what the draft calls it."""
    return {side: side_word(content, side, "nominative") for side in USUAL_WORDS}
