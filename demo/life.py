"""One pair of the invented school while its life is told: what the data files say of it, its days, and who writes for whom."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from demo.days import Diary, SchoolDays
from demo.people import CURATOR, Cast
from mentorapp.models import Pair, Person, Plan, PlanItem, journal


@dataclass
class Life:
    """One pair: what pairs.toml tells of it, and its diary."""

    cast: Cast
    told: dict[str, Any]
    texts: dict[str, Any]
    pair: Pair
    diary: Diary
    plans: dict[str, Plan] = field(default_factory=dict)
    meetings: int = 0

    @property
    def days(self) -> SchoolDays:
        return self.cast.days

    def person(self, side: str) -> Person:
        return self.cast.people[self.told[side]]

    def writer(self, owner: str) -> int:
        """Who writes in the plan of this owner; in the pair's own it is the mentor."""
        return self.cast.writer({"curator": CURATOR, "mentee": self.told["mentee"]}.get(owner, self.told["mentor"]))

    def step(self, number: int) -> date:
        """So many days after the pair was made."""
        return day_of(self.days, self.told["made"], number)

    @property
    def worked(self) -> bool:
        """Work has begun, even if it rests or is over by now."""
        return self.told["state"] in ("active", "paused", "finished")

    @property
    def until(self) -> date:
        """The first day on which the pair did not work any more."""
        if self.told["state"] == "active":
            return self.days.today
        return max(self.step(12), self.days.back(9))

    def row(self, owner: str, number: int) -> PlanItem:
        """A row of the form's plan."""
        return self.plans[owner].items[number]

    def note(self, *things: Any, what: str, by: int, now: datetime, plan_id: int | None = None) -> None:
        journal.record(*things, what=what, by_id=by, now=now, pair_id=self.pair.id, plan_id=plan_id)


def day_of(days: SchoolDays, made: int, number: int) -> date:
    """So many days after a pair was made; `made` is counted from the first day of the season, or back from today when below zero."""
    return days.nth(made + number) if made >= 0 else days.since(-made, number)
