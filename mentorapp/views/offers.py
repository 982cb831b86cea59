"""Who of a base is offered for a side of a pair, with what helps to choose: class or post, request, load, and what is in the way."""

from collections.abc import Iterator
from datetime import date

from mentorapp import clock
from mentorapp.domain import names
from mentorapp.domain.formspec import FormSpec
from mentorapp.domain.permissions import Side
from mentorapp.inputs import Offer
from mentorapp.models import BaseEntry, eligibility

LONGEST_REQUEST = 60


def offers(side: Side, spec: FormSpec, starts_on: date | None) -> Iterator[Offer]:
    """Those of this year's base, who carry least first; what may be in the way is asked for that day."""
    today, year = clock.today(), clock.current_year()
    found = eligibility.candidates(side, spec, year)
    for entry, load in sorted(found, key=lambda one: one[1]):
        on = starts_on or today
        consent = eligibility.consent_gap(entry.person, side, spec, on, today)
        gap = consent or eligibility.wrong_age(entry.person, side, spec, on)
        # Nobody grows younger: what is lacking on the last day of the year is lacking on every day of it.
        barred = bool(eligibility.consent_gap(entry.person, side, spec, year.ends_on, today))
        yield Offer(entry.person_id, entry.person.full_name, _note(entry, load), gap, lacks_consent=bool(consent), is_barred=barred)


def _note(entry: BaseEntry, load: int) -> str:
    enrolment = entry.person.enrolment(clock.current_year())
    busy = f"уже {load} {names.plural(load, 'пара', 'пары', 'пар')}" if load else ""
    organisation = entry.person.organisation.name if entry.person.organisation else ""
    return " · ".join(part for part in (busy, enrolment.place if enrolment else "", organisation, _short(entry.request)) if part)


def _short(text: str) -> str:
    """The beginning of a request, cut between words."""
    return text if len(text) <= LONGEST_REQUEST else text[:LONGEST_REQUEST].rsplit(" ", 1)[0] + "…"
