"""What stands on the papers of filled-in sheets: questionnaires, evaluations, lists of deficits, measurements.

They are made in the modules of their names and printed by templates.

All texts are ready to print. What is empty on a blank leaves room to write by hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from mentorapp.papers.pages import SchoolHead

MOST_ON_A_LINE = 4  # short options stand side by side
LONGEST_SHORT = 14
MOST_BOXES = 7  # of so many columns to tick each is still broad enough; more are answered by a number
LONGEST_HEAD, LONGEST_HEAD_WORD = 24, 12  # what a narrow column's head can hold
LETTERS_OF_A_LINE = 85
MOST_LINES_WHOLE = 18  # a third of a page: moved overleaf as a whole it leaves no more than that empty


BOX, TICKED = "☐", "☑"


@dataclass(frozen=True)
class Choice:
    """One option with the number that it is typed in by; `chosen` on a filled sheet."""

    number: str
    label: str
    chosen: bool = False


@dataclass(frozen=True)
class MatrixRow:
    """One row of a matrix: what it says, and which level was chosen (its number, or nothing)."""

    label: str
    chosen: str = ""


@dataclass(frozen=True)
class QuestionOut:
    """One question as it is printed; `kind` says with what it is answered: lines, choices, scale, matrix, places or text."""

    number: int
    text: str
    kind: str
    hints: Sequence[str] = ()
    optional: bool = False
    choices: Sequence[Choice] = ()
    rows: Sequence[MatrixRow] = ()
    lines: int = 1
    short: bool = False
    """The lines to write on need not be as wide as the page."""
    low: str = ""
    high: str = ""
    answer: str = ""

    @property
    def in_line(self) -> bool:
        """The options are few and short enough for one line."""
        return len(self.choices) <= MOST_ON_A_LINE and all(len(choice.label) <= LONGEST_SHORT for choice in self.choices)

    @property
    def by_number(self) -> bool:
        """A matrix has so many levels that each row is answered by the number of one."""
        return len(self.choices) > MOST_BOXES

    @property
    def has_long_heads(self) -> bool:
        """The levels of a matrix stand above it, so that its columns stay narrow."""
        words = [word for choice in self.choices for word in choice.label.split()]
        heads_fit = len(self.choices) <= 5 and all(len(choice.label) <= LONGEST_HEAD for choice in self.choices)
        return not heads_fit or max(map(len, words), default=0) > LONGEST_HEAD_WORD

    @property
    def stays_whole(self) -> bool:
        """It is low enough to be moved to the next page rather than torn."""
        texts = [self.text, *self.hints, self.answer, *(choice.label for choice in self.choices), *(row.label for row in self.rows)]
        return sum(map(_lines, texts)) + 2 * self.lines <= MOST_LINES_WHOLE


def _lines(text: str) -> int:
    """About as many lines a text takes."""
    return sum(1 + len(line) // LETTERS_OF_A_LINE for line in text.splitlines())


@dataclass(frozen=True)
class PartOut:
    title: str
    hint: str
    questions: Sequence[QuestionOut]


@dataclass(frozen=True)
class QuestionnairePaper:
    """A questionnaire, blank or filled; `status` tells of a filled one when it was sent or typed in."""

    school: SchoolHead
    title: str
    intro: str
    rows: Sequence[tuple[str, str]]
    parts: Sequence[PartOut]
    filled: bool = False
    status: str = ""
    code: str = ""
    address: str = ""
    foot: str = ""


@dataclass(frozen=True)
class MarkRow:
    """One indicator: the mark of each column, «☑» or «☐», and the comment."""

    number: int
    title: str
    hint: str
    boxes: Sequence[str]
    comment: str = ""
    mark: str = ""


@dataclass(frozen=True)
class MarkGroup:
    title: str
    subtotal: str
    rows: Sequence[MarkRow]


@dataclass(frozen=True)
class EvaluationPaper:
    """A sheet of marks, blank or filled, with the level and what it means."""

    school: SchoolHead
    title: str
    rows: Sequence[tuple[str, str]]
    heads: Sequence[str]
    groups: Sequence[MarkGroup]
    meanings: str
    total: str
    level: str
    explanation: str
    bands: Sequence[tuple[str, str, str]]
    rater: str = ""
    date_text: str = ""
    rule: str = ""
    """How the sum of a blank is counted by hand."""
    filled: bool = False
    foot: str = ""

    @property
    def by_number(self) -> bool:
        """There are so many marks that one is written rather than ticked."""
        return len(self.heads) > MOST_BOXES

    @property
    def marks(self) -> Sequence[str]:
        """The heads of the columns for the mark."""
        return ["Балл"] if self.by_number else self.heads

    @property
    def widths(self) -> list[int]:
        """Of the number, the indicator, each mark and the comment, in per cent; comments that were given need the most room."""
        mark = 8 if self.by_number else 5
        rest = 96 - mark * len(self.marks)
        title = rest * (36 if self.filled else 70) // 100
        return [4, title, mark, rest - title]

    @property
    def columns(self) -> int:
        """Of the whole table."""
        return 3 + len(self.marks)


@dataclass(frozen=True)
class DeficitRow:
    title: str
    mentee: str = ""
    mentor: str = ""
    rank: str = ""
    planned: str = ""


@dataclass(frozen=True)
class DeficitGroup:
    title: str
    rows: Sequence[DeficitRow]


@dataclass(frozen=True)
class DeficitsPaper:
    """The list of deficits of one mentee with three signatures, blank or filled."""

    school: SchoolHead
    title: str
    rows: Sequence[tuple[str, str]]
    heads: Sequence[str]
    groups: Sequence[DeficitGroup]
    legend: str
    agreement: str
    signatures: Sequence[tuple[str, str]]
    filled: bool = False
    foot: str = ""


@dataclass(frozen=True)
class MeasurementRow:
    title: str
    unit: str
    method: str
    who: str
    before: str = ""
    after: str = ""
    change: str = ""


@dataclass(frozen=True)
class MeasurementPaper:
    """What is measured of one mentee, blank or filled."""

    school: SchoolHead
    title: str
    rows: Sequence[tuple[str, str]]
    lines: Sequence[MeasurementRow]
    filled: bool = False
    foot: str = ""
