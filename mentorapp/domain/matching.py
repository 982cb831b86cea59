"""What a form compares when a mentor is sought for a mentee: answers of the two applications."""

from dataclasses import dataclass

# equal: both chose the same. overlap: something is in both lists. complement: what the mentee lacks, the mentor is strong in.
# gap: the mentor's number is higher by so much. veto: what one chose rules the other out.
MATCH_KINDS = ("equal", "overlap", "complement", "gap", "veto")


@dataclass(frozen=True, slots=True)
class MatchRule:
    """One thing that is compared: the `match` tags of a question of each side, how, how much it weighs, and the words for it.

    `least` and `most` belong to a gap: by how much the mentor's number is above the mentee's.
    """

    id: str
    mentee: str
    mentor: str
    kind: str
    text: str
    weight: int = 10
    least: int | None = None
    most: int | None = None
