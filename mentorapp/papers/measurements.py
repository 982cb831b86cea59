"""From what was measured of a mentee to its paper."""

from collections.abc import Mapping, Sequence
from typing import Any

from mentorapp import words
from mentorapp.domain import parameters
from mentorapp.domain.parameters import AFTER, BEFORE, ON, Parameter
from mentorapp.domain.permissions import Side
from mentorapp.domain.school_year import short_date
from mentorapp.models import Participant, School
from mentorapp.papers.heads import capital, foot_of, head_of
from mentorapp.papers.sheet_pages import MeasurementPaper, MeasurementRow

TITLE = "Замеры до и после работы пары"
PERSONAL = "личное, на бумаге не показывается"


def measurement_paper(
    school: School, row: Participant, measured: Sequence[Parameter], rows: Mapping[str, Any], *, is_blank: bool
) -> MeasurementPaper:
    """The numbers of one mentee; a personal one is on a blank alone, for papers lie about. Nobody else of the pair is named."""
    spec, values = row.pair.spec, {key: stored.value for key, stored in rows.items()}
    mentee = words.side_words(spec, school, Side.MENTEE)["nominative"]
    return MeasurementPaper(
        school=head_of(school),
        title=TITLE,
        rows=[(capital(mentee), row.person.full_name), ("Форма", spec.title), ("Учебный год", row.pair.school_year.long_label)],
        lines=[
            MeasurementRow(
                title=one.title,
                unit=one.unit,
                method=one.method,
                who=words.who(spec, school, one.who),
                before="" if is_blank else _taken(one, BEFORE, rows),
                after="" if is_blank else _taken(one, AFTER, rows),
                change="" if is_blank or one.sensitive else words.change_words(parameters.change(one, values)),
            )
            for one in measured
        ],
        filled=not is_blank,
        foot=foot_of(TITLE, row),
    )


def _taken(one: Parameter, time: str, rows: Mapping[str, Any]) -> str:
    """The number and its day; where none was written, the day on which it was put in."""
    number, day = rows.get(one.id + time), rows.get(one.id + time + ON)
    if one.sensitive:
        return PERSONAL
    if number is None:
        return "—"
    return f"{number.value}\n{day.value if day else short_date(number.saved_at.astimezone().date())}"
