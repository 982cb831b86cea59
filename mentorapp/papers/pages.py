"""What stands on each paper. Views fill these, the templates of the same name print them.

All texts are ready to print: dates in words or figures, «№ 14» and initials with no-break spaces, states as text.
A text that is empty leaves its line out, or leaves it blank to be filled in by hand where the paper needs it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, zip_longest

from mentorapp.domain.shares import shared

NUMBER_SHARE = 4.0  # per cent of the table's width for «№»
DATE_SHARE = 8.0  # the narrowest column in which 30.09.2026 can be written by hand
PADDING_SHARE = 0.9
LETTER_SHARE = 0.70  # a broad letter of 10 pt, or of a bold heading of 9 pt
POINT_LETTERS = 48  # about as many fit on one line of «О чём говорим»
LONGEST_HEADING = 80  # letters of a paragraph that is printed as a heading
ONE_LINE, THREE_LINES = 60, 210  # letters of the kinds of the next meeting
MOST_HINT_LETTERS = 330  # of the ways to hold a meeting: three lines of small type
LONGEST_KEPT_WHOLE = 16  # a word of more letters may be broken rather than widen its column


@dataclass(frozen=True)
class SchoolHead:
    full_name: str = ""
    short_name: str = ""
    town: str = ""
    director: str = ""


@dataclass(frozen=True)
class PairHead:
    """Who, in which form and how long. `rows` name the people in the form's own words; `mentor` and `mentee` title the file."""

    mentor: str
    mentee: str
    form_title: str = ""
    subtype: str = ""
    period: str = ""
    rows: Sequence[tuple[str, str]] = ()
    area: str = ""

    @property
    def lines(self) -> list[tuple[str, str]]:
        """All that is printed above the tables: what it is and the words for it."""
        form = ", ".join(filter(None, [self.form_title and f"«{self.form_title}»", self.subtype]))
        return [(label, value) for label, value in [*self.rows, ("Форма", form), ("Срок", self.period), ("Область", self.area)] if value]


@dataclass(frozen=True)
class Head:
    """One column; `share` is its width against the others."""

    title: str
    share: int = 1
    centred: bool = False


@dataclass(frozen=True)
class RowOut:
    """One activity; `section` is printed in a row of its own above it when a section of the plan begins here."""

    number: str
    cells: Sequence[str]
    section: str | None = None


@dataclass(frozen=True)
class Approval:
    """The block at the upper right. Without a name or a date there are lines to be filled in by hand."""

    words: str = "УТВЕРЖДАЮ"
    post: str = ""
    name: str = ""
    date_text: str = ""


@dataclass(frozen=True)
class PlanTable:
    """One plan. `pair` names whose it is, where that is not everybody of the pair."""

    title: str
    columns: Sequence[Head]
    rows: Sequence[RowOut]
    approval: Approval | None = None
    agreement: str = ""
    note: str = ""
    signatures: Sequence[tuple[str, str]] = ()
    """The role in the form's words and the person's name."""
    blank_rows: int = 0
    intro: Sequence[str] = ()
    """Paragraphs above the table."""
    pair: PairHead | None = None

    @property
    def widths(self) -> list[float]:
        """The width of «№» and of every column, in per cent: what the form asks for, but wide enough for the words in it."""
        texts = zip(*(row.cells for row in self.rows), strict=True) if self.rows else [()] * len(self.columns)
        least = [_least_share([head.title, *cells]) for head, cells in zip(self.columns, texts, strict=True)]
        return [NUMBER_SHARE, *shared(100 - NUMBER_SHARE, [head.share for head in self.columns], least)]

    @property
    def is_dense(self) -> bool:
        return len(self.columns) > 8


@dataclass(frozen=True)
class PlanPaper:
    school: SchoolHead
    year_label: str
    """As in «2026/2027»."""
    pair: PairHead
    plans: Sequence[PlanTable]


@dataclass(frozen=True)
class DocumentPaper:
    """A paper in the form's own words: paragraphs, then lines to sign on."""

    school: SchoolHead
    title: str
    paragraphs: Sequence[str]
    signatures: Sequence[tuple[str, str]] = ()
    """Who signs, and the name where it is known."""
    foot: str = ""
    order: str = ""
    """Under the title of an order: its date and number, or room for them."""

    @property
    def parts(self) -> list[tuple[str, bool]]:
        """The paragraphs, each with whether it is a heading: one short line that does not end as a sentence or a list does."""
        return [(text, _is_heading(text)) for text in self.paragraphs]


def _is_heading(text: str) -> bool:
    return len(text) <= LONGEST_HEADING and "\n" not in text and text[-1:] not in ".,:;!?"


@dataclass(frozen=True)
class ChecklistPaper:
    school: SchoolHead
    year_label: str
    number: str
    """As in «7-12»: the pair and the meeting, short enough to be typed into the search."""
    title: str
    """As in «Чек-лист встречи № 12»."""
    subtitle: str
    """The kind of meeting, the form, the item of the plan."""
    rows: Sequence[tuple[str, str]]
    """Who meets, in the form's own words, when and where."""
    agenda: Sequence[str]
    next_types: Sequence[str] = ()
    contact: str = ""
    signatures: Sequence[tuple[str, str]] = ()
    """The role in the form's words and the person's name."""
    members: Sequence[tuple[str, Sequence[str]]] = ()
    """Of a group, instead of rows: what each side is called and its people, to tick who came."""
    address: str = ""
    """The meeting's own page for the square code; without it there is none."""
    ways: Sequence[tuple[str, str]] = ()
    """How the meeting may be held, printed small where there is room: what it is, and the ways."""

    @property
    def heading(self) -> str:
        place = ", ".join(filter(None, [self.school.short_name or self.school.full_name, self.school.town]))
        return " · ".join(filter(None, [place, self.year_label]))

    @property
    def points(self) -> list[str]:
        """The agenda and an empty row for what comes up."""
        return [*self.agenda, ""]

    @property
    def spacing(self) -> str:
        """Roomy for a short agenda; nine points of two lines each still leave everything on one sheet."""
        return "roomy" if self._lines <= 8 else "usual" if self._lines <= 12 else "tight"

    @property
    def _lines(self) -> int:
        return sum(1 + len(point) // POINT_LETTERS for point in self.agenda) + 3 * len(self.signature_pairs[1:])

    @property
    def hints(self) -> Sequence[tuple[str, str]]:
        """The ways to hold it, unless the agenda needs the room or there are too many of them for a line or two."""
        letters = sum(len(title) + len(text) for title, text in self.ways)
        return self.ways if self.spacing != "tight" and letters <= MOST_HINT_LETTERS else ()

    @property
    def offered_next(self) -> Sequence[str]:
        """As many kinds of the next meeting as leave everything on one sheet; another one is written in."""
        most = THREE_LINES if self.spacing == "roomy" or (self._lines <= 14 and not self.hints) else ONE_LINE
        sizes = accumulate(len(title) + 4 for title in self.next_types)
        return [title for title, size in zip(self.next_types, sizes, strict=True) if size <= most]

    @property
    def agreed_lines(self) -> int:
        return 3 if self.spacing == "roomy" and sum(map(len, self.offered_next)) <= ONE_LINE else 2

    @property
    def signature_pairs(self) -> list[tuple[str, str]]:
        """What stands under the lines to sign on, two side by side."""
        names = [f"{name}, {role}" for role, name in self.signatures]
        return list(zip_longest(names[::2], names[1::2], fillvalue=""))


def _least_share(texts: Sequence[str]) -> float:
    words = (len(word) for text in texts for word in text.split())
    letters = max((length for length in words if length <= LONGEST_KEPT_WHOLE), default=0)
    return max(DATE_SHARE, PADDING_SHARE + LETTER_SHARE * letters)
