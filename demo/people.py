"""The people of the invented school: cards, classes, consents, the two bases, accounts."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from demo.days import SchoolDays, moment
from mentorapp.domain import names
from mentorapp.domain.permissions import RoleKind, Side
from mentorapp.models import Account, Consent, Enrolment, Person, Role, SchoolClass, journal, roster
from mentorapp.models.people import PersonKind

CURATOR = "gromova"
BASES = {Side.MENTEE: "Наставляемые", Side.MENTOR: "Наставники"}


def read(name: str) -> dict[str, Any]:
    """One of the data files beside this module."""
    return tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))


@dataclass
class Cast:
    """The people by their keys in people.toml, and who of them can sign in."""

    days: SchoolDays
    now: datetime
    rng: Random
    session: Session
    people: dict[str, Person]
    accounts: set[str]

    @property
    def curator_id(self) -> int:
        return self.people[CURATOR].id

    def writer(self, key: str) -> int:
        """Who notes what this person did: she herself, or the curator for people without an account."""
        return self.people[key].id if key in self.accounts else self.curator_id


def settle(days: SchoolDays, now: datetime, rng: Random, session: Session, password_hash: str) -> Cast:
    """Write everybody down, as the curator did in the last days of August."""
    rows = {key: {"kind": PersonKind(kind), **row} for kind, people in read("people.toml").items() for key, row in people.items()}
    cast = Cast(days, now, rng, session, {key: Person() for key in rows}, {key for key, row in rows.items() if row.get("login")})
    classes = _classes(cast, rows)
    _write_down(cast, CURATOR, rows[CURATOR], classes, 0)
    for number, (key, row) in enumerate(rows.items()):
        if key != CURATOR:
            _write_down(cast, key, row, classes, number)
    for key, row in rows.items():
        _give_access(cast, key, row, password_hash, classes)
    _fill_bases(cast, rows)
    _withdraw(cast, rows)
    return cast


def _classes(cast: Cast, rows: dict[str, dict[str, Any]]) -> dict[str, SchoolClass]:
    titles = {row[word] for row in rows.values() for word in ("year_class", "leads") if word in row}
    classes = {title: SchoolClass(year=cast.days.year.first, title=names.class_title(title)) for title in sorted(titles)}
    cast.session.add_all(classes.values())
    cast.session.flush()
    return classes


def _write_down(cast: Cast, key: str, row: dict[str, Any], classes: dict[str, SchoolClass], number: int) -> None:
    """The card and the place in this year. Telephone numbers have a code that no town has."""
    person, year = cast.people[key], cast.days.year.first
    last, first, patronymic = (*row["name"].split(" ", 2), None)[:3]
    person.rename(last, first, patronymic)
    person.kind, person.sex = row["kind"], row["sex"]
    if school_class := classes.get(row.get("year_class", "")):
        # Born so that a pupil of the first class is six or seven on 1 September.
        person.birth_date = date(year - 6 - int(row["year_class"][:-1]), cast.rng.randint(1, 12), cast.rng.randint(1, 28))
    else:
        person.birth_year = year - row["age"]
    person.phone = f"8 (000) 014-{number // 10:02}-{number % 10}{cast.rng.randrange(10)}" if number % 4 else ""
    person.email = f"{key}@school14.example" if key in cast.accounts else ""
    place = Enrolment(year=year, class_id=school_class and school_class.id, post=row.get("post", ""))
    person.enrolments.append(place)
    consent = _consent(cast, row)
    person.consents += consent
    cast.session.add(person)
    if key == CURATOR:
        cast.session.flush()
    _note(cast, person, place, *consent, what="Человек записан", day=date(year, 8, 19), minute=9 * 60 + 4 * number)


def _consent(cast: Cast, row: dict[str, Any]) -> list[Consent]:
    """The paper of consent as people.toml wants it; empty for those who have signed none."""
    how, year, pupil = row.get("consent", ""), cast.days.year, row["kind"] is PersonKind.PUPIL
    if how == "none":
        return []
    if how == "expired":
        signed, until = date(year.first - 2, 5, 20), date(year.first, 5, 31)
    elif pupil:
        signed, until = date(year.first, 5, cast.rng.randint(18, 28)), year.ends_on
    else:
        signed, until = date(year.first - cast.rng.randrange(4), 8, cast.rng.randint(17, 19)), None
    by_parent, place = pupil and how != "own", f"папка № {2 if pupil else 1}, каб. 24"
    return [Consent(signed_on=signed, valid_to=until, by_representative=by_parent, signer=row.get("signer", ""), paper_place=place)]


def _note(cast: Cast, *things: Any, what: str, day: date, minute: int) -> None:
    journal.record(*things, what=what, by_id=cast.curator_id, now=moment(day, minute))


def _give_access(cast: Cast, key: str, row: dict[str, Any], password_hash: str, classes: dict[str, SchoolClass]) -> None:
    person, since = cast.people[key], date(cast.days.year.first, 8, 1)
    if key in cast.accounts:
        seen = moment(cast.days.today - timedelta(days=cast.rng.randrange(1, 5)), cast.rng.randint(480, 1080))
        account = Account(person=person, login=roster.free_login(person), password_hash=password_hash)
        account.last_seen_at = cast.now if key == CURATOR else seen
        cast.session.add(account)
        cast.session.flush()
    if "role" in row:
        cast.session.add(Role(person=person, kind=RoleKind(row["role"]), since=since))
    if "leads" in row:
        cast.session.add(Role(person=person, kind=RoleKind.CLASS_TEACHER, school_class=classes[row["leads"]], since=since))


def _fill_bases(cast: Cast, rows: dict[str, dict[str, Any]]) -> None:
    """Who may be paired from the first day on, and others as they came."""
    entered = [(key, side) for key, row in rows.items() for side in Side if side in row]
    for number, (key, side) in enumerate(entered):
        kind = rows[key]["kind"]
        day = cast.days.nth(0 if kind in (PersonKind.TEACHER, PersonKind.STAFF, PersonKind.VETERAN) else cast.rng.randrange(30))
        entry = cast.people[key].enter_base(side, cast.days.year, rows[key][side], day)
        cast.session.add(entry)
        _note(cast, entry, what=f"Запись в базу «{BASES[side]}»", day=day, minute=480 + 2 * number)


def _withdraw(cast: Cast, rows: dict[str, dict[str, Any]]) -> None:
    """Some changed their minds later: those in a base stay there with an obstacle."""
    for key, row in rows.items():
        if row.get("consent") == "withdrawn":
            consent, day = cast.people[key].consents[0], cast.days.back(4)
            consent.withdrawn_on = day
            _note(cast, consent, what="Согласие отозвано", day=day, minute=16 * 60)
