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
    `is_better` knows where less is better. `note` says why nothing can be compared.
    """

    text: str
    before: str
    after: str
    note: str
    change: float | None = None
    is_better: bool | None = None


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
    return [line for name in order for line in _lines((first.get(name), before), (last.get(name), after), people)]


def _tied(filled: Filled | None) -> dict[str, Question]:
    found = filled.questionnaire.asked if filled else ()
    return {question.pair_key: question for question in found if question.pair_key}


def _lines(first: Side, last: Side, people: People) -> list[Compared]:
    question = last[0] or first[0]
    if question is None:
        return []
    rows = list(question.rows) if question.kind == MATRIX else [""]
    return [_line(question, row, first, last, people) for row in rows]


def _line(question: Question, row: str, first: Side, last: Side, people: People) -> Compared:
    old, new = _answer(first, row), _answer(last, row)
    line = Compared(
        text=f"{question.text} — {question.rows[row]}" if row else question.text,
        before=_shown(first, old, people),
        after=_shown(last, new, people),
        note=_why_not(first, last, old, new),
    )
    if line.note:
        return line
    change = _change(question, old, new)
    return replace(line, change=change, is_better=(change > 0) != question.reverse if change else None)


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
    if question is None or filled is None or not is_asked(question, filled.answers):
        return ""
    return filled.answers.get(f"{question.id}.{row}" if row else question.id, "")


def _comparable(first: Question, last: Question) -> bool:
    return (first.kind, first.limits.low, first.limits.high, list(first.limits.options)) == (
        last.kind, last.limits.low, last.limits.high, list(last.limits.options),
    )  # fmt: skip


def _change(question: Question, old: str, new: str) -> float | None:
    if question.kind in ("scale", "number"):
        return round(float(new.replace(",", ".")) - float(old.replace(",", ".")), 6)
    order = list(question.limits.options)
    if question.kind not in ("frequency", MATRIX) or old not in order or new not in order:
        return None
    steps = float(order.index(new) - order.index(old))  # the levels of a matrix go up, «how often» begins with the most often
    return -steps or 0.0 if question.kind == "frequency" else steps


def median_change(lines: list[Compared]) -> tuple[int, float | None]:
    """(number of lines that could be counted, their median change)."""
    found = sorted(line.change for line in lines if line.change is not None)
    if not found:
        return 0, None
    middle = len(found) // 2
    return len(found), found[middle] if len(found) % 2 else (found[middle - 1] + found[middle]) / 2
