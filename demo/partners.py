"""The organisations of the invented school, and the papers of the mentors who came from them."""

from datetime import date, timedelta
from typing import Any

from demo.days import moment
from demo.people import Cast, read
from mentorapp.domain.external import ClearanceKind
from mentorapp.models import Clearance, Organisation, journal


def settle(cast: Cast) -> None:
    """Write them down, as the curator did at the end of August; papers when their mentor came, or two days after they were issued."""
    told, august = read("partners.toml"), date(cast.days.year.first, 8, 24)
    for number, row in enumerate(told["organisation"]):
        _note(cast, _organisation(cast, row), "Организация записана", august, 9 * 60 + 10 * number)
    for number, row in enumerate(told["paper"]):
        clearance = _clearance(cast, row)
        entered = [entry.entered_on for entry in clearance.person.base_entries]
        day = max(*entered, clearance.issued_on + timedelta(days=2))
        _note(cast, clearance, "Документ наставника записан", day, 11 * 60 + 5 * number)


def _note(cast: Cast, thing: Organisation | Clearance, what: str, day: date, minute: int) -> None:
    cast.session.add(thing)
    journal.record(thing, what=what, by_id=cast.curator_id, now=moment(day, minute))


def _organisation(cast: Cast, row: dict[str, Any]) -> Organisation:
    first = cast.days.year.first + row["since"]
    made = Organisation(agreement_on=date(first, 8, 20), people=[cast.people[key] for key in row["people"]])
    made.agreement_to = date(first + row["years"], 8, 31) if "years" in row else None
    for name in row.keys() - {"people", "since", "years"}:
        setattr(made, name, row[name])
    return made


def _clearance(cast: Cast, row: dict[str, Any]) -> Clearance:
    today = cast.days.today
    until = today + timedelta(days=row["until"]) if "until" in row else None
    return Clearance(
        person=cast.people[row["person"]], kind=ClearanceKind(row["kind"]), number=row.get("number", ""),
        issued_on=today + timedelta(days=row["issued"]), valid_to=until, paper_place=row["paper_place"],
    )  # fmt: skip
