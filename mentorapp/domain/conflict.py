"""Two texts of one cell side by side: which words differ."""

import re
from difflib import SequenceMatcher

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
