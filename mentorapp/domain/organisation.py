"""How many people may stand on the two sides of a pair: what a form's `organisation` says (mentors:mentees), and its largest numbers."""

from collections.abc import Mapping
from typing import Any

from mentorapp.domain import formspec
from mentorapp.domain.expect import Place
from mentorapp.domain.formspec import FormSpec
from mentorapp.domain.names import plural
from mentorapp.domain.permissions import Side

MOST_PEOPLE = 50  # so many may a form allow on a side; more is no group with one mentor
# The key of the contract that bounds each side; the words for one, few and many who stand there, and after «до» for one.
MOST_OF = {Side.MENTOR: "most_mentors", Side.MENTEE: "most_mentees"}
FORMS = {
    Side.MENTOR: ("наставник", "наставника", "наставников"),
    Side.MENTEE: ("наставляемый", "наставляемых", "наставляемых"),
}
GENITIVE = {Side.MENTOR: "наставника", Side.MENTEE: "наставляемого"}


def described(spec: FormSpec) -> str:
    """What a form allows, as pages say it, in the form's own words for its sides where it has such."""
    own = _has_own_words(spec)
    if len(set(spec.organisation)) == 4:
        names = {side: _side(spec, side).plural + " —" if own else FORMS[side][2] for side in Side}
        bounds = [f"{names[side]} не больше {bound}" for side in Side if (bound := most(spec, side))]
        return ": ".join(filter(None, ["на каждой стороне один человек или несколько", ", ".join(bounds)]))
    ways = (way for way in ("1:1", "1:N", "N:1", "N:M") if way in spec.organisation)
    who, between = (_who_in_own_words, ", ") if own else (_who, " и ")
    return "; ".join(between.join(who(spec, side, part) for side, part in zip(Side, way.split(":"), strict=True)) for way in ways)


def _side(spec: FormSpec, side: Side) -> formspec.Side:
    return spec.mentor if side is Side.MENTOR else spec.mentee


def _has_own_words(spec: FormSpec) -> bool:
    return any(_side(spec, side).nominative.casefold() != FORMS[side][0] for side in Side)


def _who_in_own_words(spec: FormSpec, side: Side, part: str) -> str:
    """A form says its words as subjects, so they stand as such: «вожатый — один, младшие — до 6»."""
    if part == "1":
        return f"{_side(spec, side).nominative} — один"
    bound = most(spec, side)
    return f"{_side(spec, side).plural} — " + (f"до {bound}" if bound else "несколько")


def _who(spec: FormSpec, side: Side, part: str) -> str:
    one, _few, many = FORMS[side]
    bound = most(spec, side)
    if part == "1":
        return f"один {one}"
    return f"до {bound} {plural(bound, GENITIVE[side], many, many)}" if bound else f"несколько {many}"


def most(spec: FormSpec, side: Side) -> int | None:
    """How many may stand on a side that takes several; without an answer the form sets no bound."""
    return spec.most_mentors if side is Side.MENTOR else spec.most_mentees


def takes_several(spec: FormSpec, side: Side) -> bool:
    """Whether more than one person may stand on that side."""
    return any(_part(way, side) != "1" for way in spec.organisation)


def may_begin(spec: FormSpec, mentors: int, mentees: int) -> bool:
    """Whether a new pair may have so many: a form for groups alone does not take two people."""
    return any(
        all(_begins(spec, way, side, number) for side, number in zip(Side, (mentors, mentees), strict=True)) for way in spec.organisation
    )


def has_room(spec: FormSpec, mentors: int, mentees: int) -> bool:
    """Whether a pair that lives may come to so many: a group out of which somebody went stays what it was."""
    return any(
        all(number <= _largest(spec, way, side) for side, number in zip(Side, (mentors, mentees), strict=True)) for way in spec.organisation
    )


def refusal(spec: FormSpec, mentors: int, mentees: int) -> str:
    """Why a form does not take so many, and what it takes."""
    numbers = zip(Side, (mentors, mentees), strict=True)
    if _has_own_words(spec):
        counted = ((_side(spec, side), number) for side, number in numbers)
        who = ", ".join(f"{words.nominative if number == 1 else words.plural} — {number}" for words, number in counted)
    else:
        who = " и ".join(f"{number} {plural(number, *FORMS[side])}" for side, number in numbers)
    return f"В форме «{spec.title}» так не составить: {who}. Она допускает: {described(spec)}."


def bounds_fit(form: Mapping[str, Any], at: Place) -> None:
    """A rule of the contract: a largest number stands only where several people may stand."""
    ways = form.get("organisation", ["1:1"])
    for side, key in MOST_OF.items():
        if key in form and type(ways) is list and not any(_part(way, side) in ("N", "M") for way in ways if type(way) is str):
            word = FORMS[side][0]
            at.key(key).wrong(f"по этой форме {word} всегда один, и число здесь лишнее; уберите его или разрешите группу")


def _part(way: str, side: Side) -> str:
    mentors, _colon, mentees = way.partition(":")
    return mentors if side is Side.MENTOR else mentees


def _largest(spec: FormSpec, way: str, side: Side) -> float:
    return 1 if _part(way, side) == "1" else most(spec, side) or float("inf")


def _begins(spec: FormSpec, way: str, side: Side, number: int) -> bool:
    return number == 1 if _part(way, side) == "1" else 1 < number <= _largest(spec, way, side)
