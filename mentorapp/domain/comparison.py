"""Before beside after: what changed between two measurements, question by question.

Where one of the two is missing there is no difference: never a zero, and never a guess.
"""

from dataclasses import dataclass, replace

from mentorapp.domain.answers import NO_PEOPLE, Answers, People, is_asked, shown
from mentorapp.domain.questionnaire import MATRIX, Question, Questionnaire


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of the comparison; empty texts are answers that were not given.

    `change` is the difference where it can be counted: in points, or in steps of a frequency or of the levels of a matrix.
    `is_better` knows where less is better. `note` says why nothing can be compared. `earlier` is how the question was put before,
    where that was in other words.
    """

    text: str
    before: str
    after: str
    note: str
    change: float | None = None
    is_better: bool | None = None
    earlier: str = ""


NO_BEFORE, NO_AFTER, NOTHING = "нет входного замера", "нет выходного замера", "нет обоих замеров"
OTHER_SCALE = "шкала изменилась, сравнить нельзя"


@dataclass(frozen=True, slots=True)
class Filled:
    """A questionnaire with the answers to it. Only what was sent counts as a measurement."""

    questionnaire: Questionnaire
    answers: Answers


Side = tuple[Question | None, Filled | None]


def compare(before: Filled | None, after: Filled | None, people: People = NO_PEOPLE) -> list[Compared]:
    """Each question tied by `pair_key`, in the order of the questionnaire after, or of the one before where that is all there is."""
    first, last = _tied(before), _tied(after)
    order = [*last, *(name for name in first if name not in last)]
    return [
        replace(line, earlier=_earlier(first.get(name), last.get(name)))
        for name in order
        for line in _lines((first.get(name), before), (last.get(name), after), people)
    ]


def _earlier(first: Question | None, last: Question | None) -> str:
    return first.text if first and last and first.text != last.text else ""


def _tied(filled: Filled | None) -> dict[str, Question]:
    found = filled.questionnaire.asked if filled else ()
    return {question.pair_key: question for question in found if question.pair_key and not question.sensitive}


def _lines(first: Side, last: Side, people: People) -> list[Compared]:
    """One line of a question, or one for each row of a matrix, those that a later version dropped at the end."""
    asked = [question for question, _ in (last, first) if question]
    if len({question.kind == MATRIX for question in asked}) > 1:
        return [_turned(asked[0].text, first, last, people)]
    rows: dict[str, str] = {}
    for question in asked:
        rows = rows | {row: label for row, label in question.rows.items() if row not in rows}
    texts = {row: f"{asked[0].text} — {label}" for row, label in rows.items()} or {"": asked[0].text}
    return [_line(text, row, first, last, people) for row, text in texts.items()]


def _line(text: str, row: str, first: Side, last: Side, people: People) -> Compared:
    old, new = _answer(first, row), _answer(last, row)
    line = Compared(text, _shown(first, old, people), _shown(last, new, people), note=_why_not(first, last, old, new))
    question = last[0]
    if line.note or question is None:
        return line
    change = _change(question, old, new)
    return replace(line, change=change, is_better=(change > 0) != question.reverse if change else None)


def _turned(text: str, first: Side, last: Side, people: People) -> Compared:
    """A question that became a matrix, or was one: each answer is read whole, because their keys have nothing in common."""
    old, new = _whole(first, people), _whole(last, people)
    return Compared(text, old, new, note=_why_not(first, last, old, new))


def _whole(side: Side, people: People) -> str:
    question = side[0]
    if question is None or question.kind != MATRIX:
        return _shown(side, _answer(side, ""), people)
    given = {label: _answer(side, row) for row, label in question.rows.items()}
    return "; ".join(f"{label} — {_shown(side, answer, people)}" for label, answer in given.items() if answer)


def _shown(side: Side, answer: str, people: People) -> str:
    return shown(side[0], answer, people) if side[0] else ""


def _why_not(first: Side, last: Side, old: str, new: str) -> str:
    """Why nothing can be said about the difference."""
    if not old:
        return NO_BEFORE if new else NOTHING
    if not new:
        return NO_AFTER
    return "" if first[0] and last[0] and _comparable(first[0], last[0]) else OTHER_SCALE


def _answer(side: Side, row: str) -> str:
    question, filled = side
    if question is None or filled is None or not is_asked(question, filled.answers) or (row and row not in question.rows):
        return ""
    return filled.answers.get(f"{question.id}.{row}" if row else question.id, "")


def _comparable(first: Question, last: Question) -> bool:
    """The same kind, ends, order of answers and direction; words may be put better from one version to the next."""
    return _scale(first) == _scale(last)


def _scale(question: Question) -> tuple[object, ...]:
    limits = question.limits
    return question.kind, limits.low, limits.high, tuple(limits.options), question.reverse


def _change(question: Question, old: str, new: str) -> float | None:
    if question.kind in ("scale", "number"):
        return round(float(new.replace(",", ".")) - float(old.replace(",", ".")), 6)
    order = list(question.limits.options)
    if question.kind not in ("frequency", MATRIX) or old not in order or new not in order:
        return None
    steps = float(order.index(new) - order.index(old))  # the levels of a matrix go up, «how often» begins with the most often
    return -steps or 0.0 if question.kind == "frequency" else steps


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of the answers that can be counted are better, worse and the same. Points and books have no mean in common."""

    better: int
    worse: int
    same: int

    @property
    def all(self) -> int:
        """How many could be counted."""
        return self.better + self.worse + self.same


def tally(lines: list[Compared]) -> Tally:
    """What the lines say together."""
    counted = [line for line in lines if line.change is not None]
    better, worse = (sum(line.is_better is which for line in counted) for which in (True, False))
    return Tally(better, worse, len(counted) - better - worse)
