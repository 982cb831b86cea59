"""One pair or group of the invented school while its life is told: what the data files say of it, its days, and who writes for whom."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from demo.days import Diary, SchoolDays
from demo.people import CURATOR, Cast
from mentorapp.models import Pair, Participant, Person, Plan, PlanItem, journal


@dataclass
class Life:
    """One pair: what pairs.toml tells of it, and its diary.

    In pairs.toml and here its people are called «mentor» and «mentee», the mentees of a group by their keys in people.toml;
    a plan is called by its owner, that of a mentee by her.
    """

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

    @property
    def mentees(self) -> list[str]:
        """What its mentees are called."""
        return ["mentee"] if isinstance(self.told["mentee"], str) else self.told["mentee"]

    def part(self, called: str) -> Participant:
        person = self.person(called)
        return next(row for row in self.pair.present if row.person_id == person.id)

    def person(self, called: str) -> Person:
        return self.cast.people[self._key(called)]

    def has_account(self, called: str) -> bool:
        return self._key(called) in self.cast.accounts

    def writer(self, called: str) -> int:
        """Who writes for this person, or in the plan of this owner; in the pair's own it is the mentor."""
        return self.cast.writer(self._key({"pair": "mentor"}.get(called, called)))

    def _key(self, called: str) -> str:
        """The key in people.toml."""
        if called == "curator":
            return CURATOR
        return str(self.told[called]) if called in ("mentor", "mentee") else called

    def name_plans(self, plans: Iterable[Plan]) -> None:
        """Keep its plans by what they are called."""
        mentees = {self.part(called).id: called for called in self.mentees}
        self.plans = {mentees.get(plan.participant_id or 0, plan.owner): plan for plan in plans}

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
