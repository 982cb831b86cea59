"""The days of the invented school: everything in it is counted from today, whatever day of the year that is."""

from bisect import bisect_right
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import groupby
from random import Random

from mentorapp.domain.school_year import SchoolYear

HOLIDAYS = {(11, 4), (2, 23), (3, 8), (5, 1), (5, 9), (6, 12)}
# After so many working days a season runs at its own pace; a younger one is squeezed, so that in September much has begun already.
FULL_PACE = 45

Act = Callable[[datetime], None]


def is_working(day: date) -> bool:
    """A day on which teachers meet: no weekend, no holiday, not the first days of January, not the summer leave."""
    place = (day.month, day.day)
    return day.weekday() < 5 and place not in HOLIDAYS and not (1, 1) <= place <= (1, 10) and not (6, 21) <= place <= (8, 19)


class SchoolDays:
    """The working days of this school year from the preparations in August to yesterday, and those ahead."""

    def __init__(self, today: date) -> None:
        self.today, self.year = today, SchoolYear.of(today)
        first = date(self.year.first, 8, 20)
        span = (first + timedelta(days) for days in range((today - first).days))
        self.past = [day for day in span if is_working(day)]

    def nth(self, number: int) -> date:
        """The day of that number, counted from the first."""
        return self.past[min(number, len(self.past) * number // FULL_PACE, len(self.past) - 1)]

    def since(self, ago: int, number: int) -> date:
        """So many days after something that began `ago` working days ago; squeezed when the season is younger than that."""
        span = min(ago, len(self.past))
        return self.back(max(1, span - span * number // ago))

    def back(self, number: int) -> date:
        """So many working days ago; never before the first."""
        return self.past[max(0, len(self.past) - number)]

    def ahead(self, number: int) -> date:
        """So many working days from now; 0 is today itself or the next working day."""
        day = self.today
        while not is_working(day) or number > 0:
            number -= is_working(day)
            day += timedelta(days=1)
        return day

    def near(self, day: date) -> date:
        """The last working day up to that one which is over."""
        return self.past[max(0, bisect_right(self.past, day) - 1)]

    def count(self, first: date, last: date) -> int:
        """How many working days lie from the first to the last."""
        return bisect_right(self.past, last) - bisect_right(self.past, first)

    @property
    def ending(self) -> date:
        """When this year's pairs end: with the lessons, and later in the year with the summer work or with the leave."""
        year = self.year.first + 1
        ends = (date(year, 5, 31), date(year, 6, 30))
        return next((day for day in ends if day - self.today >= timedelta(days=10)), self.year.ends_on)


def moment(day: date, minute: int) -> datetime:
    """That minute of a day by the clock on the school's wall."""
    return (datetime.combine(day, time()) + timedelta(minutes=minute)).astimezone()


class Diary:
    """Acts gathered in any order and carried out in the order of time, so that the history reads as it happened."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self._acts: list[tuple[date, bool, int, Act]] = []

    def add(self, day: date, act: Act, *, evening: bool = False) -> None:
        """On one day acts follow each other as they were added, those of the evening last: a meeting is noted when it is over."""
        self._acts.append((day, evening, len(self._acts), act))

    def play(self) -> None:
        """Carry everything out, each act at its own moment."""
        for (day, evening), acts in groupby(sorted(self._acts, key=lambda row: row[:3]), key=lambda row: row[:2]):
            minute = (17 if evening else 10) * 60 + self.rng.randint(5, 90)
            for number, (*_place, act) in enumerate(acts):
                act(moment(day, minute + 17 * number))
