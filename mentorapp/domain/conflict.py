"""A text that is saved against the text that is stored: whether the page knew of it, and which words of the two differ."""

import re
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher

from mentorapp.domain.kinds import NotUnderstood

# Comparing costs the square of the length; two long essays are shown without marks rather than after a pause.
LONGEST_COMPARED = 2000


def marked(mine: str, theirs: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Both texts cut into pieces, each piece with whether the other text lacks it."""
    left, right = (re.findall(r"\s+|\S+", text) for text in (mine, theirs))
    if len(left) + len(right) > LONGEST_COMPARED:
        return [(mine, False)], [(theirs, False)]
    ours: list[tuple[str, bool]] = []
    other: list[tuple[str, bool]] = []
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if a < b:
            ours.append(("".join(left[a:b]), tag != "equal"))
        if c < d:
            other.append(("".join(right[c:d]), tag != "equal"))
    return ours, other


def is_known(stored: str, texts: Iterable[str], parse: Callable[[str], str]) -> bool:
    """Whether the stored text is one of those that the page says it has seen or sent, as they would be stored.

    A text that today's rules would write otherwise, or that is no value any more, is compared as it is.
    """
    return any(stored == text or stored == _as_stored(text, parse) for text in texts)


def _as_stored(text: str, parse: Callable[[str], str]) -> str:
    try:
        return parse(text)
    except NotUnderstood:
        return text
