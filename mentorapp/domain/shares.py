"""How the width of a table is shared among its columns."""

from collections.abc import Sequence


def shared(room: float, shares: Sequence[float], least: Sequence[float]) -> list[float]:
    """`room` cut by `shares`, nobody below his `least`; where even those do not fit, all shrink alike."""
    if sum(least) >= room:
        return [room * low / sum(least) for low in least]
    free = list(range(len(shares)))
    widths = list(least)
    while free:
        rest = room - sum(widths[i] for i in range(len(shares)) if i not in free)
        unit = rest / (sum(shares[i] for i in free) or 1)
        narrow = [i for i in free if shares[i] * unit < least[i]]
        if not narrow:
            for i in free:
                widths[i] = shares[i] * unit
            break
        free = [i for i in free if i not in narrow]
    return widths
