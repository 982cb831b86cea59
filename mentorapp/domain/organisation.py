"""How many people may stand on the two sides of a pair: what a form's `organisation` says (mentors:mentees)."""

from collections.abc import Iterable

from mentorapp.domain.names import plural
from mentorapp.domain.permissions import Side

WORDS = {
    "1:1": "один наставник и один наставляемый",
    "1:N": "один наставник и несколько наставляемых",
    "N:1": "несколько наставников и один наставляемый",
    "N:M": "несколько наставников и несколько наставляемых",
}


def described(organisation: Iterable[str]) -> str:
    """What a form allows, as pages say it."""
    allowed = set(organisation)
    if allowed >= WORDS.keys():
        return "на каждой стороне один человек или несколько"
    return "; ".join(words for one, words in WORDS.items() if one in allowed)


def takes_several(organisation: Iterable[str], side: Side) -> bool:
    """Whether more than one person may stand on that side."""
    place = 0 if side is Side.MENTOR else 1
    return any(one.split(":")[place] != "1" for one in organisation)


def may_begin(organisation: Iterable[str], mentors: int, mentees: int) -> bool:
    """Whether a new pair may have so many: a form for groups alone does not take two people."""
    return any(_fits(one, mentors, mentees) for one in organisation)


def has_room(organisation: Iterable[str], mentors: int, mentees: int) -> bool:
    """Whether a pair that lives may come to so many: a group out of which somebody went stays what it was."""
    return any(mentors <= most_mentors and mentees <= most_mentees for most_mentors, most_mentees in map(_most, organisation))


def refusal(title: str, organisation: Iterable[str], mentors: int, mentees: int) -> str:
    """Why a form does not take so many, and what it takes."""
    who = f"{mentors} {plural(mentors, 'наставник', 'наставника', 'наставников')}"
    whom = f"{mentees} {plural(mentees, 'наставляемый', 'наставляемых', 'наставляемых')}"
    return f"В форме «{title}» так не составить: {who} и {whom}. Она допускает: {described(organisation)}."


def _most(one: str) -> tuple[float, float]:
    most_mentors, most_mentees = (1 if part == "1" else float("inf") for part in one.split(":"))
    return most_mentors, most_mentees


def _fits(one: str, mentors: int, mentees: int) -> bool:
    return all(number == 1 if most == 1 else number > 1 for number, most in zip((mentors, mentees), _most(one), strict=True))
