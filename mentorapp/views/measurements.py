"""Measurements of a mentee: a number before and after for each parameter of the form, its paper, the list of who measures by a role."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentorapp import access, clock, hx, papers, sheetpage
from mentorapp.database import db, end_reading, writing
from mentorapp.domain import parameters, permissions
from mentorapp.domain.kinds import Field
from mentorapp.domain.parameters import Parameter
from mentorapp.domain.permissions import Access, Action, Side
from mentorapp.models import MeasurementSheet, Pair, Participant, Person, School, measurements
from mentorapp.models.forms import spec_of
from mentorapp.models.measurements import MEASUREMENTS, measured
from mentorapp.models.sheets import Outcome
from mentorapp.papers import measurements as measurement_papers

bp = Blueprint("measurements", __name__)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The numbers of one mentee as one person meets them: only what she may read is in `parameters`."""

    pair: Pair
    who: Access
    row: Participant
    id: int | None
    parameters: tuple[Parameter, ...]
    writable: frozenset[str]

    @property
    def fields(self) -> dict[str, Field]:
        """What this person may write in, by key."""
        own = [one for one in self.parameters if one.id in self.writable]
        return parameters.fields(own, self.pair.school_year, clock.today())

    @property
    def rows(self) -> dict[str, Any]:
        """Key → what stands there and who put it there when."""
        known = {key for one in self.parameters for key in one.keys}
        return {row.key: row for row in MEASUREMENTS.rows(self.id) if row.key in known} if self.id else {}


def _pair(pair_id: int) -> tuple[Pair, Access]:
    """The pair, if this person may meet any numbers in it: the psychologist measures without seeing the rest of a pair."""
    who = access.access_to(pair_id)
    access.hide_unless(permissions.can(who, Action.MEASUREMENTS_VIEW_SOME))
    people = sa.orm.selectinload(Pair.participants).joinedload(Participant.person)
    return access.found(db.session.get(Pair, pair_id, options=[people])), who


def sheets_of(pair: Pair, who: Access) -> list[Sheet]:
    """The sheets of a pair of which this person may read something."""
    mentees = [row for row in pair.participants if row.side is Side.MENTEE and row.until is None]
    classes = measurements.classes_of([row.person_id for row in mentees], pair.year)
    begun, usual = measurements.sheets_of(pair.id), measurements.version_for(pair)
    found = [_sheet(pair, who, row, classes.get(row.person_id), begun.get(row.id), usual) for row in mentees]
    return [sheet for sheet in found if sheet.parameters]


def _sheet(pair: Pair, who: Access, row: Participant, class_id: int | None, made: MeasurementSheet | None, usual: int) -> Sheet:
    """`usual` is the version by which a mentee is measured who has no sheet yet."""
    every = spec_of(made.form_version_id if made else usual).parameters
    read = measurements.readable(who, row, class_id, every)
    own = (one.id for one in read if permissions.can(who, Action.MEASUREMENTS_EDIT, measured(row, class_id, one)))
    return Sheet(pair, who, row, made.id if made else None, read, frozenset(own))


def load(pair_id: int, participant_id: int) -> Sheet:
    """The sheet of one mentee; 404 unless this person may read something in it."""
    pair, who = _pair(pair_id)
    return access.found(next((sheet for sheet in sheets_of(pair, who) if sheet.row.id == participant_id), None))


@bp.get("/measurements")
def mine() -> ResponseReturnValue:
    """For a psychologist and a class teacher: whom they measure, and what is there already."""
    access.hide_unless(access.may(Action.MEASUREMENTS_LIST))
    found = measurements.to_measure(access.access(), clock.current_year())
    return render_template("measurements/mine.html", found=found)


@bp.get("/pairs/<int:pair_id>/measurements")
def index(pair_id: int) -> ResponseReturnValue:
    """A pair of two opens with its sheet, a group with the list of its mentees."""
    pair, who = _pair(pair_id)
    sheets = sheets_of(pair, who)
    access.hide_unless(bool(sheets))
    if len(sheets) == 1:
        return hx.go(url_for("measurements.page", pair_id=pair_id, participant_id=sheets[0].row.id))
    return render_template("measurements/index.html", pair=pair, who=who, sheets=sheets)


@bp.get("/pairs/<int:pair_id>/measurements/<int:participant_id>")
def page(pair_id: int, participant_id: int) -> ResponseReturnValue:
    """What was measured of one mentee: before, after, what became of it."""
    return _page(load(pair_id, participant_id), Outcome())


def _page(sheet: Sheet, outcome: Outcome) -> str:
    rows = sheet.rows
    stored = {key: row.value for key, row in rows.items()}
    people = {person.id: person.short_name for person in _people({row.by_id for row in rows.values()})}
    return render_template(
        "measurements/page.html",
        sheet=sheet,
        pair=sheet.pair,
        who=sheet.who,
        school=School.get(),
        sees_pair=permissions.can(sheet.who, Action.PAIR_VIEW),
        rows=rows,
        people=people,
        values={**stored, **outcome.typed},
        changes={one.id: parameters.change(one, stored) for one in sheet.parameters},
        problems=outcome.problems,
        conflicts=outcome.conflicts,
    )


def _people(ids: set[int]) -> list[Person]:
    return list(db.session.execute(sa.select(Person).where(Person.id.in_(ids))).scalars()) if ids else []


@bp.post("/pairs/<int:pair_id>/measurements/<int:participant_id>/values/<key>")
def save(pair_id: int, participant_id: int, key: str) -> ResponseReturnValue:
    """Save one number or its day as soon as it is given."""
    with writing():
        sheet = load(pair_id, participant_id)
        parameter = access.found(parameters.of_key(sheet.parameters, key))
        field = sheet.fields.get(key)
        if field is None:
            raise access.NotAllowed(Action.MEASUREMENTS_EDIT)
        made = measurements.begun(sheet.row)
        text, _written = MEASUREMENTS.save(made.id, key, sheetpage.sent_value(), field, by_id=access.person_id(), now=clock.now())
        values = MEASUREMENTS.of(made.id)
    body = render_template("measurements/_swapped.html", one=parameter, values=values, change=parameters.change(parameter, values))
    return sheetpage.saved(text, body)


@bp.post("/pairs/<int:pair_id>/measurements/<int:participant_id>")
def save_sheet(pair_id: int, participant_id: int) -> ResponseReturnValue:
    """The whole sheet of a page without script: every changed value, each compared alone."""
    with writing():
        sheet = load(pair_id, participant_id)
        if not sheet.writable:
            raise access.NotAllowed(Action.MEASUREMENTS_EDIT)
        sent = sheetpage.sent_values(sheet.fields)
        made = measurements.begun(sheet.row) if sent else None
        outcome = MEASUREMENTS.save_all(made.id, sent, by_id=access.person_id(), now=clock.now()) if made else Outcome()
    if outcome.status:
        return _page(load(pair_id, participant_id), outcome), outcome.status
    return hx.go(url_for("measurements.page", pair_id=pair_id, participant_id=participant_id))


@bp.get("/pairs/<int:pair_id>/measurements/<int:participant_id>/measurements.pdf")
def pdf(pair_id: int, participant_id: int) -> ResponseReturnValue:
    """The sheet on A4 as far as this person reads it; with ?blank=1 without numbers, to be filled in by hand."""
    sheet = load(pair_id, participant_id)
    rows = {} if request.args.get("blank") else sheet.rows
    paper = measurement_papers.measurement_paper(School.get(), sheet.row, sheet.parameters, rows, is_blank="blank" in request.args)
    end_reading()
    return papers.answer(papers.pdf("measurements.html", paper=paper), f"measurements-{participant_id}.pdf")
