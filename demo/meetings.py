"""The meetings of a pair: those that were held since it began, and what is planned, moved, missed or waits to be noted.

In pairs.toml `talks` are its own meetings in their order, and `meet` says where and when it meets, in how many working days the
next time (`next`), and what else must be so on any day: `pending`, `missed`, `moved`, `late_note`.
"""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from demo.life import Life
from mentorapp.domain.formspec import MeetingType
from mentorapp.models import Attendance, Meeting
from mentorapp.models.meetings import MeetingState, put_in

FIRST = ("acquaintance", "trial", "planning")
# The row of the pair's plan that a meeting of this type carries out.
ROW_OF = {"trial": 0, "planning": 2, "interim": 4}
A_WEEK, MOST_HELD = 5, 5  # working days; meetings after the first three


def tell(life: Life) -> None:
    """Held meetings one after another, each planned when the former was held, then what lies ahead."""
    if not life.told["meet"]:
        return
    days, planned, talks = _held_days(life), life.step(4), _Talks(life)
    for number, day in enumerate(days):
        type_id, done = talks.of(number, day)
        meeting = _meeting(life, type_id, day)
        life.diary.add(planned, partial(_plan, life, meeting), evening=number > 0)
        late = life.told["meet"].get("late_note") and number == len(days) - 1
        life.diary.add(life.days.near(day + timedelta(days=6)) if late else day, partial(_hold, life, meeting, done, day), evening=True)
        planned = day
    if life.told["state"] in ("active", "agreed"):
        _tell_ahead(life, len(days), planned)


def _held_days(life: Life) -> list[date]:
    """Three first meetings close together, then every week, in a long season every second, third or fourth; the last some days ago."""
    if not life.worked:
        return []
    past = life.days.past
    first = past.index(life.step(5))
    last = past.index(life.days.near(life.until - timedelta(days=1))) - 2 - life.told["made"] % 4
    opening = [first, *(number for number in (first + A_WEEK - 1, first + 2 * A_WEEK - 2) if number <= last)]
    step = A_WEEK * -(-max(1, last - opening[-1]) // (A_WEEK * MOST_HELD))
    return [past[number] for number in [*opening, *reversed(range(last, opening[-1] + 3, -step))]]


class _Talks:
    """What each meeting was about: the pair's own texts and common ones in turn, none of them twice."""

    def __init__(self, life: Life) -> None:
        self.texts, self.rng = life.texts["talks"], life.cast.rng
        self.own = list(life.told.get("talks", ()))
        self.common, self.summer = (self.rng.sample(self.texts[kind], len(self.texts[kind])) for kind in ("regular", "summer"))
        self.interim = False

    def of(self, number: int, day: date) -> tuple[str, str]:
        """Type and text of the meeting of that number."""
        if number < len(FIRST):
            return FIRST[number], self.rng.choice(self.texts[FIRST[number]])
        if not self.interim and (1, 15) <= (day.month, day.day) <= (2, 10):
            self.interim = True
            return "interim", self.rng.choice(self.texts["interim"])
        if _is_summer(day):
            return "regular", self.summer.pop()
        if self.own and number % 2:
            type_id, text = self.own.pop(0)
            return type_id, text
        return "regular", self.common.pop()


def _is_summer(day: date) -> bool:
    """There are no lessons to visit and no marks to talk about."""
    return day.month in (6, 7, 8)


def _tell_ahead(life: Life, held: int, planned: date) -> None:
    meet, days = life.told["meet"], life.days
    if meet.get("pending"):
        meeting = _meeting(life, "regular" if held >= len(FIRST) else FIRST[held], days.back(1))
        life.diary.add(planned, partial(_plan, life, meeting), evening=True)
        held += 1
    if "missed" in meet:
        meeting = _meeting(life, _next_type(life, held, days.back(2)), days.back(2))
        life.diary.add(planned, partial(_plan, life, meeting), evening=True)
        life.diary.add(days.back(2), partial(_miss, life, meeting, meet["missed"]), evening=True)
    coming = days.ahead(meet["next"])
    if coming > life.pair.ends_on:
        return
    meeting = _meeting(life, _next_type(life, held, coming), coming)
    if "moved" in meet:
        meeting.planned_on = days.back(1)
        life.diary.add(days.back(2), partial(_move, life, meeting, coming, meet["moved"]))
    life.diary.add(min(planned, days.back(3)), partial(_plan, life, meeting), evening=True)


def _next_type(life: Life, held: int, day: date) -> str:
    if held < len(FIRST):
        return FIRST[held]
    if life.pair.ends_on - day < timedelta(days=25):
        return "final"
    return "regular" if _is_summer(day) else str(life.told["meet"].get("next_type", "regular"))


def _meeting(life: Life, type_id: str, day: date) -> Meeting:
    """A meeting with the agenda of its type, before anybody has written it down."""
    kind, meet = _kind(life, type_id), life.told["meet"]
    agenda: list[dict[str, Any]] = [{"text": point, "done": False} for point in kind.agenda]
    meeting = Meeting(
        pair_id=life.pair.id, form_version_id=life.pair.form_version_id, type_id=kind.id, type_title=kind.title, agenda=agenda,
        planned_on=day, planned_time=meet["time"], place=meet["place"], state=MeetingState.PLANNED, done="", reason="",
    )  # fmt: skip
    if type_id in ROW_OF:
        meeting.plan_item_id = life.row("pair", ROW_OF[type_id]).id
    return meeting


def _kind(life: Life, type_id: str) -> MeetingType:
    return next(kind for kind in life.pair.form_version.spec.meetings if kind.id == type_id)


def _plan(life: Life, meeting: Meeting, now: datetime) -> None:
    life.meetings += 1
    meeting.number = life.meetings
    put_in(meeting, now)
    _note(life, meeting, "Встреча назначена", now)


def _hold(life: Life, meeting: Meeting, done: str, day: date, now: datetime) -> None:
    """All came; of a long agenda a point or two was left."""
    rng = life.cast.rng
    usual = _kind(life, meeting.type_id).minutes
    meeting.hold(day, usual + rng.choice((-10, -5, 0, 0, 5, 10)), done, now)
    left = rng.choice((0, 0, 1, 2))
    meeting.agenda = [{**point, "done": number < len(meeting.agenda) - left} for number, point in enumerate(meeting.agenda)]
    people = [life.person(called) for called in ("mentor", *life.mentees)]
    meeting.attendance = [Attendance(person_id=person.id, person=person) for person in people]
    _note(life, meeting, "Встреча состоялась", now)


def _miss(life: Life, meeting: Meeting, reason: str, now: datetime) -> None:
    meeting.miss(reason)
    _note(life, meeting, "Встреча не состоялась", now)


def _move(life: Life, meeting: Meeting, day: date, reason: str, now: datetime) -> None:
    meeting.move(day, meeting.planned_time, reason)
    _note(life, meeting, "Встреча перенесена", now)


def _note(life: Life, meeting: Meeting, what: str, now: datetime) -> None:
    life.note(meeting, what=f"{what}: {meeting.brief}", by=life.writer("mentor"), now=now)
