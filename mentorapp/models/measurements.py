"""What is measured of a mentee before the work of a pair and after it: numbers with their days, each read by whom it concerns."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentorapp.database import AUTO, BigId, Model, db
from mentorapp.domain.parameters import TIMES, Parameter
from mentorapp.domain.permissions import Access, Action, Measured, PairFacts, Side, can
from mentorapp.domain.school_year import SchoolYear
from mentorapp.models.forms import current_version, current_versions, spec_of
from mentorapp.models.pairs import Pair, PairState, Participant
from mentorapp.models.people import Enrolment
from mentorapp.models.sheets import SheetValue, Values

Parameters = tuple[Parameter, ...]


class MeasurementSheet(Model):
    """The numbers of one mentee in one pair, with the version of the form that they were begun with."""

    __table_args__ = AUTO
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    pair_id: Mapped[int] = mapped_column(sa.ForeignKey("pair.id"), index=True)
    participant_id: Mapped[int] = mapped_column(sa.ForeignKey("participant.id"), unique=True)
    form_version_id: Mapped[int] = mapped_column(sa.ForeignKey("form_version.id"))

    participant: Mapped[Participant] = relationship()


class Measurement(SheetValue, Model):
    """One number, or the day on which it was taken."""

    __table_args__ = (sa.UniqueConstraint("measurement_sheet_id", "key"), AUTO)
    measurement_sheet_id: Mapped[int] = mapped_column(sa.ForeignKey("measurement_sheet.id"))


MEASUREMENTS = Values(Measurement, "measurement_sheet_id")


def sheet_of(participant_id: int) -> MeasurementSheet | None:
    """The numbers of that mentee, if a first one was taken."""
    return db.session.execute(sa.select(MeasurementSheet).where(MeasurementSheet.participant_id == participant_id)).scalar_one_or_none()


def sheets_of(pair_id: int) -> dict[int, MeasurementSheet]:
    """Participant id → the sheet of that mentee, of those that were begun in a pair."""
    found = db.session.execute(sa.select(MeasurementSheet).where(MeasurementSheet.pair_id == pair_id)).scalars()
    return {sheet.participant_id: sheet for sheet in found}


def version_for(pair: Pair) -> int:
    """By which version a mentee is measured who has no sheet yet: the form as it is published today."""
    return _usual(pair, current_version(pair.form_id))


def _usual(pair: Pair, today: int | None) -> int:
    """Today's version, unless it measures nothing."""
    return today if today and spec_of(today).parameters else pair.form_version_id


def begun(row: Participant) -> MeasurementSheet:
    """The sheet of that mentee, made when the first number comes."""
    sheet = sheet_of(row.id)
    if sheet is None:
        sheet = MeasurementSheet(pair_id=row.pair_id, participant_id=row.id, form_version_id=version_for(row.pair))
        db.session.add(sheet)
        db.session.flush()
    return sheet


def classes_of(person_ids: Iterable[int], year: int) -> dict[int, int | None]:
    """Person id → her class in that year, by one query."""
    query = sa.select(Enrolment.person_id, Enrolment.class_id).where(Enrolment.person_id.in_(person_ids), Enrolment.year == year)
    return {row.person_id: row.class_id for row in db.session.execute(query)}


def measured(row: Participant, class_id: int | None, parameter: Parameter) -> Measured:
    """One number of one mentee, as the permission rules look at it."""
    return Measured(row.id, class_id, parameter.who, parameter.sensitive)


def readable(who: Access, row: Participant, class_id: int | None, parameters: Parameters) -> Parameters:
    """Which of the numbers of that mentee this person may read."""
    return tuple(one for one in parameters if can(who, Action.MEASUREMENTS_VIEW, measured(row, class_id, one)))


def lacking(pair: Pair) -> list[tuple[Participant, str, int]]:
    """The mentees of a pair of whom numbers are missing, before or after, and how many."""
    sheets, found = _sheets([pair.id]), []
    usual = version_for(pair)
    for row in pair.participants:
        if row.side is Side.MENTEE and row.until is None:
            version_id, keys = sheets.get(row.id) or (usual, frozenset())
            missing = {time: sum(one.id + time not in keys for one in spec_of(version_id).parameters) for time in TIMES}
            found += [(row, time, count) for time, count in missing.items() if count]
    return found


@dataclass(frozen=True, slots=True)
class ToMeasure:
    """What one person takes of one mentee: how many numbers there are, and how many of them stand there before and after."""

    pair: Pair
    participant: Participant
    of: int
    taken: tuple[int, ...]


def to_measure(who: Access, year: SchoolYear) -> list[ToMeasure]:
    """The mentees of whom this person measures something by her role, by name, in a fixed number of queries."""
    people = sa.orm.selectinload(Pair.participants).joinedload(Participant.person)
    listed = sa.or_(Pair.year == year.first, Pair.state != PairState.FINISHED)
    query = sa.select(Pair).where(listed, Pair.archived_at.is_(None), Pair.measured_by(who)).options(people)
    pairs = list(db.session.execute(query).scalars())
    versions, sheets = current_versions({pair.form_id for pair in pairs}), _sheets([pair.id for pair in pairs])
    rows = [row for pair in pairs for row in pair.participants if row.side is Side.MENTEE and row.until is None]
    classes = {year: classes_of({row.person_id for row in rows}, year) for year in {pair.year for pair in pairs}}
    found = []
    for row in rows:
        version_id, keys = sheets.get(row.id) or (_usual(row.pair, versions.get(row.pair.form_id)), frozenset())
        own = _own(who, row, classes[row.pair.year].get(row.person_id), version_id)
        if own:
            found.append(ToMeasure(row.pair, row, len(own), tuple(sum(one.id + time in keys for one in own) for time in TIMES)))
    return sorted(found, key=lambda one: (one.participant.person.search_key, one.pair.id))


def _own(who: Access, row: Participant, class_id: int | None, version_id: int) -> Parameters:
    """What this person takes of that mentee by her role, whatever else she may be in the pair."""
    pair, classes = row.pair, frozenset(() if class_id is None else (class_id,))
    facts = PairFacts(pair.id, pair.form_id, frozenset(), frozenset(), classes, pair.state is not PairState.FINISHED)
    outside, by_role = Access(who.person_id, who.grants, facts), ("psychologist", "class_teacher")
    parameters = [one for one in spec_of(version_id).parameters if one.who in by_role]
    return tuple(one for one in parameters if can(outside, Action.MEASUREMENTS_EDIT, measured(row, class_id, one)))


def _sheets(pair_ids: list[int]) -> dict[int, tuple[int, frozenset[str]]]:
    """Participant id → the version of her sheet, and the keys that hold something."""
    query = sa.select(MeasurementSheet.participant_id, MeasurementSheet.form_version_id, Measurement.key)
    query = query.outerjoin(Measurement, sa.and_(Measurement.measurement_sheet_id == MeasurementSheet.id, Measurement.value != ""))
    found: dict[int, tuple[int, set[str]]] = {}
    for row in db.session.execute(query.where(MeasurementSheet.pair_id.in_(pair_ids))):
        found.setdefault(row.participant_id, (row.form_version_id, set()))[1].add(row.key or "")
    return {id: (version_id, frozenset(keys)) for id, (version_id, keys) in found.items()}
