"""The filled-in questionnaires of a form side by side: a column for each question, whichever version somebody has answered.

Questions are tied from version to version by their ids alone. The words over a column are those of the last version that asks it;
what stands in a cell is read with the version of that answer, and with no other.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from mentorapp.domain.answers import NO_PEOPLE, Answers, People, is_asked, shown
from mentorapp.domain.questionnaire import MATRIX, PERSON, Question, Questionnaire


class Sort(StrEnum):
    """What stands in the place of an answer. Without one there are four reasons, and no two of them mean the same."""

    GIVEN = "given"
    EMPTY = "empty"  # asked and left without an answer
    NOT_ASKED = "not_asked"  # the version of that sheet has no such question
    NOT_SHOWN = "not_shown"  # other answers did not call for it
    PERSONAL = "personal"  # the form says that it is neither printed nor compared


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer for people to read; `number` where it can be counted with."""

    sort: Sort
    text: str = ""
    number: float | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One question, or one row of a matrix, in the words of the last version that asks it.

    `number` is what people see before the question, 0 where it is not asked any more. `earlier` are other words under which
    somebody has answered it, each with the numbers of the versions that said so.
    """

    key: str
    text: str
    number: int = 0
    is_personal: bool = False
    earlier: tuple[tuple[tuple[int, ...], str], ...] = ()

    @property
    def label(self) -> str:
        """The words with what comes before an answer in the same line."""
        return self.text if self.text.endswith("?") else f"{self.text}:"


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """The columns of one questionnaire over all versions; `is_asked` while the newest version still has it.

    `used` are the versions that somebody has answered, by number, each as its questions by key.
    """

    title: str
    is_asked: bool
    columns: tuple[Column, ...]
    retired: tuple[Column, ...]
    used: Mapping[int, Mapping[str, Question]]

    @property
    def every(self) -> tuple[Column, ...]:
        """In the order in which they stand: what is asked today, then what was asked before."""
        return self.columns + self.retired

    @property
    def names_people(self) -> bool:
        """Whether an answer may be a person, whose name must be known to read it."""
        return any(question.kind == PERSON for asked in self.used.values() for question in asked.values())

    def cells(self, version: int, given: Answers, people: People = NO_PEOPLE) -> list[Cell]:
        """One filled-in sheet, which was begun with that version, as a row."""
        asked = self.used[version]
        every = self.every
        personal = {column.key for column in every if column.is_personal}
        return [_cell(column.key, asked, given, people, personal) for column in every]


def table_of(versions: Iterable[tuple[int, Questionnaire | None]], used: Mapping[int, Questionnaire]) -> AnswerTable | None:
    """The table of a questionnaire; None where no version has it.

    `versions` are all of the form, the newest first, with what each asks; no more of them are looked at than are needed for the words.
    `used` are those that were answered.
    """
    answered = {number: _by_key(asked) for number, asked in used.items()}
    wanted = {key for asked in answered.values() for key in asked}
    known: dict[str, Column] = {}
    newest: Questionnaire | None = None
    is_asked_now = True
    for _number, asked in versions:
        if asked is None:
            is_asked_now = is_asked_now and newest is not None
            continue
        for column in _columns(asked, is_newest=newest is None):
            known.setdefault(column.key, column)
        newest = newest or asked
        if wanted <= known.keys():
            break
    if newest is None:
        return None
    here = _by_key(newest)
    retired = [key for key in known if key not in here and key in wanted]
    return AnswerTable(
        newest.title,
        is_asked_now,
        tuple(_with_earlier(known[key], answered) for key in here),
        tuple(_with_earlier(known[key], answered) for key in retired),
        answered,
    )


def _by_key(asked: Questionnaire) -> dict[str, Question]:
    return {key: question for question in asked.asked for key in question.keys}


def _columns(asked: Questionnaire, *, is_newest: bool) -> list[Column]:
    numbers = asked.numbers if is_newest else {}
    return [Column(key, _words(question, key), numbers.get(question.id, 0), question.sensitive) for key, question in _by_key(asked).items()]


def _words(question: Question, key: str) -> str:
    return f"{question.text} — {question.row_of(key)}" if question.kind == MATRIX else question.text


def _with_earlier(column: Column, answered: Mapping[int, Mapping[str, Question]]) -> Column:
    """With the other words under which it was answered: who reads a column must know that not all read the same question."""
    found: dict[str, tuple[int, ...]] = {}
    for number in sorted(answered):
        question = answered[number].get(column.key)
        words = _words(question, column.key) if question else column.text
        if words != column.text:
            found[words] = (*found.get(words, ()), number)
    return replace(column, earlier=tuple((numbers, words) for words, numbers in found.items()))


def _cell(key: str, asked: Mapping[str, Question], given: Answers, people: People, personal: Collection[str]) -> Cell:
    question = asked.get(key)
    if question is None:
        return Cell(Sort.NOT_ASKED)
    if key in personal or _tells_of_personal(question, asked, personal):
        return Cell(Sort.PERSONAL)  # Not even whether it was answered: it is said of nobody on paper either.
    if not is_asked(question, given):
        return Cell(Sort.NOT_SHOWN)
    text = given.get(key, "")
    if not text:
        return Cell(Sort.EMPTY)
    return Cell(Sort.GIVEN, shown(question, text, people if question.kind == PERSON else NO_PEOPLE), _number(question, text))


def _tells_of_personal(question: Question, asked: Mapping[str, Question], personal: Collection[str]) -> bool:
    """Whether it is personal, or is asked only after a certain answer to a personal one: that it was asked would tell that answer."""
    if question.sensitive or question.id in personal:
        return True
    looked_at = question.show_if and asked.get(question.show_if.question)
    return bool(looked_at and _tells_of_personal(looked_at, asked, personal))


def _number(question: Question, text: str) -> float | None:
    if question.kind not in ("number", "scale"):
        return None
    try:
        return float(text.replace(",", "."))
    except ValueError:  # a text from before the question became a number
        return None
