"""What is measured of a mentee before the work of a pair and after it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from mentorapp.domain.due import parse_date
from mentorapp.domain.kinds import KINDS, Field, Limits, NotUnderstood, field_for
from mentorapp.domain.school_year import SchoolYear

# Who measures; the curator may type in what stands on paper for any of them.
MEASURED_BY = ("mentee", "mentor", "curator", "class_teacher", "psychologist")
BETTER = ("more", "less")
# Ends of the keys under which the two numbers of a parameter are kept, and after them that of the day on which one was taken.
BEFORE, AFTER = ".before", ".after"
TIMES = (BEFORE, AFTER)
ON = ".on"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of a mentee, taken twice. `method` says how; a sensitive one is shown to the curator and to who measures it."""

    id: str
    title: str
    method: str
    who: str
    better: str = "more"
    unit: str = ""
    low: int | None = None
    high: int | None = None
    sensitive: bool = False

    @property
    def limits(self) -> Limits:
        """The bounds of the number, as its kind wants them."""
        return Limits(low=self.low, high=self.high)

    def is_better(self, difference: float) -> bool:
        """Whether a change in that direction is a good one."""
        return difference > 0 if self.better == "more" else difference < 0

    @property
    def keys(self) -> tuple[str, ...]:
        """Under what its numbers and their days are kept."""
        return tuple(self.id + time + end for time in TIMES for end in ("", ON))


@dataclass(frozen=True, slots=True)
class PastDay(Field):
    """A day that has come: nothing was measured on a later one."""

    today: date

    def parse(self, typed: str) -> str:
        """The text to store. Raises NotUnderstood."""
        text = Field.parse(self, typed)
        if text and parse_date(text, year=self.year) > self.today:
            raise NotUnderstood("Этот день ещё не наступил. Впишите день, когда измерили, или оставьте поле пустым.")
        return text


@dataclass(frozen=True, slots=True)
class Change:
    """From the first number to the second; `is_better` is None where nothing changed."""

    by: float
    is_better: bool | None


def fields(parameters: Iterable[Parameter], year: SchoolYear, today: date) -> dict[str, Field]:
    """Every place of a sheet by its key: a number and a day, before and after."""
    day = PastDay(KINDS["date"], Limits(), year, today)
    return {key: day if key.endswith(ON) else field_for("number", one.limits, year) for one in parameters for key in one.keys}


def of_key(parameters: Iterable[Parameter], key: str) -> Parameter | None:
    """The parameter to which a value with that key belongs."""
    return next((one for one in parameters if key in one.keys), None)


def change(parameter: Parameter, values: Mapping[str, str]) -> Change | None:
    """What became of the number; None where one of the two is missing, for a missing number is no zero."""
    before, after = (_number(values.get(parameter.id + time, "")) for time in TIMES)
    if before is None or after is None:
        return None
    difference = after - before
    return Change(float(difference), parameter.is_better(float(difference)) if difference else None)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
