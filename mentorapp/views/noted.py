"""The card of a person after a paper was noted on it, and the way back to the pair that had waited for the paper."""

from flask import request, url_for


def asking_pair() -> int | None:
    """The number of the pair in whose settings the paper was missing. Whose pair it is, the card asks (`directory.pairs_of`)."""
    return request.args.get("pair", type=int)


def card_after(person_id: int, anchor: str | None = None) -> str:
    """The card where the paper stands now; on top of it, where she came from a pair, the way back there."""
    pair_id = asking_pair()
    if pair_id is None:
        return url_for("people.card", person_id=person_id, _anchor=anchor)
    return url_for("people.card", person_id=person_id, pair=pair_id, noted=1)
