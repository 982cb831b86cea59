"""What stands on the papers of filled-in sheets: questionnaires, evaluations, lists of deficits. Made in `sheets`, printed by templates.

All texts are ready to print. What is empty on a blank leaves room to write by hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from mentorapp.papers.pages import SchoolHead

MOST_ON_A_LINE = 4  # short options stand side by side
LONGEST_SHORT = 14


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
    low: str = ""
    high: str = ""
    answer: str = ""

    @property
    def in_line(self) -> bool:
        """The options are few and short enough for one line."""
        return len(self.choices) <= MOST_ON_A_LINE and all(len(choice.label) <= LONGEST_SHORT for choice in self.choices)

    @property
    def stays_whole(self) -> bool:
        """It fits a page, so that it is never torn."""
        return len(self.choices) + len(self.rows) + self.lines <= 16 and len(self.text) + len(self.answer) < 1500


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


@dataclass(frozen=True)
class MarkRow:
    """One indicator: the mark of each column, «☑» or «☐», and the comment."""

    number: int
    title: str
    hint: str
    boxes: Sequence[str]
    comment: str = ""


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

    @property
    def columns(self) -> int:
        """Of the whole table."""
        return 3 + len(self.heads)


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
    """The list of deficits of one mentee with three signatures."""

    school: SchoolHead
    title: str
    rows: Sequence[tuple[str, str]]
    heads: Sequence[str]
    groups: Sequence[DeficitGroup]
    legend: str
    agreement: str
    signatures: Sequence[tuple[str, str]]
