"""What is measured of a mentee before the work of a pair and after it."""

from dataclasses import dataclass

from mentorapp.domain.kinds import Limits

# Who measures; the curator may type in what stands on paper for any of them.
MEASURED_BY = ("mentee", "mentor", "curator", "class_teacher", "psychologist")
BETTER = ("more", "less")


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
