"""Meetings of a pair: planned with an agenda from the form, then held, moved or missed."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentorapp.database import AUTO, BigId, Model, db
from mentorapp.domain.formspec import FormSpec, MeetingType
from mentorapp.domain.permissions import Side
from mentorapp.domain.school_year import short_date
from mentorapp.models.pairs import NotNow, Pair
from mentorapp.models.people import Person


class MeetingState(StrEnum):
    """A moved meeting is a planned one with another date; the journal keeps the first."""

    PLANNED = "planned"
    HELD = "held"
    MISSED = "missed"


class Meeting(Model):
    """One meeting. Its agenda is copied from the form when it is planned, so that both sides may change it."""

    __table_args__ = (sa.UniqueConstraint("pair_id", "number"), AUTO)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    pair_id: Mapped[int] = mapped_column(sa.ForeignKey("pair.id"))
    number: Mapped[int]
    form_version_id: Mapped[int] = mapped_column(sa.ForeignKey("form_version.id"))
    type_id: Mapped[str]
    type_title: Mapped[str]
    agenda: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    planned_on: Mapped[date | None]
    planned_time: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    plan_item_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_item.id"))
    state: Mapped[MeetingState] = mapped_column(default=MeetingState.PLANNED)
    held_on: Mapped[date | None]
    minutes: Mapped[int | None]
    done: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    noted_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]

    pair: Mapped[Pair] = relationship()
    attendance: Mapped[list["Attendance"]] = relationship(back_populates="meeting", cascade="all, delete-orphan")

    @property
    def kind(self) -> MeetingType | None:
        """Its type as the pair's form has it, if it still does."""
        return next((kind for kind in self.pair.spec.meetings if kind.id == self.type_id), None)

    @property
    def code(self) -> str:
        """«7-12»: pair and meeting, the number on the printed checklist that search understands."""
        return f"{self.pair_id}-{self.number}"

    def move(self, day: date, time: str, reason: str) -> None:
        """Another date. Raises NotNow when the meeting is not planned any more."""
        self._must_be_planned()
        self.planned_on, self.planned_time, self.reason = day, time, reason

    def miss(self, reason: str) -> None:
        """It did not take place. Raises NotNow without a reason, or when it is not planned any more."""
        self._must_be_planned()
        if not reason:
            raise NotNow("Напишите в двух словах, почему встреча не состоялась.")
        self.state, self.reason = MeetingState.MISSED, reason

    def hold(self, day: date, minutes: int, done: str, now: datetime) -> None:
        """It took place. A held one may be noted again: that is how a mistake is corrected, and it does not make the entry a late one.

        Raises NotNow when it was taken out of the list or noted as missed.
        """
        self.check_stands()
        if self.state is MeetingState.MISSED:
            raise NotNow(
                "Эту встречу отметили как несостоявшуюся, ничего не записано. "
                "Если она была, скопируйте свой текст, нажмите «Снова впереди» и запишите её."
            )
        if self.state is not MeetingState.HELD:
            self.noted_at = now
        self.state, self.held_on, self.minutes, self.done = MeetingState.HELD, day, minutes, done

    def bring_back(self) -> None:
        """Back into the list; one that stands there was noted as held or missed by mistake, and is planned again."""
        if self.removed_at is None:
            self.state, self.held_on, self.reason, self.noted_at = MeetingState.PLANNED, None, "", None
        self.removed_at = None

    def tick(self, points: set[str]) -> None:
        """Which points of the agenda were spoken of, by their texts: their places may have changed since the page was opened."""
        self.agenda = [{**point, "done": point["text"] in points} for point in self.agenda]

    @property
    def ticked(self) -> set[str]:
        """The points that were spoken of."""
        return {str(point["text"]) for point in self.agenda if point["done"]}

    def attend(self, came: set[int]) -> None:
        """Who of the pair was there, by the ids of the people, former ones too; others are not noted."""
        members = {row.person_id: row.person for row in self.pair.participants}
        kept = [row for row in self.attendance if row.person_id in came & members.keys()]
        new = sorted(came & members.keys() - {row.person_id for row in kept})
        self.attendance = [*kept, *(Attendance(person_id=number, person=members[number]) for number in new)]

    @property
    def may_have_come(self) -> list[Person]:
        """Who is in the pair, who was in it on the day of the meeting, and whoever is noted already: a record outlives a replacement."""
        day, noted = self.held_on or self.planned_on, self.came
        rows = [row for row in self.pair.participants if row.until is None or row.person_id in noted or row.covers(day)]
        return list({row.person_id: row.person for row in rows}.values())

    @property
    def expected(self) -> set[int]:
        """Who was in the pair on its day, by the ids of the people; before the pair began whoever is in it."""
        day = max(self.held_on or self.planned_on or self.pair.starts_on, self.pair.starts_on)
        return {row.person_id for row in self.pair.participants if row.covers(day)}

    @property
    def came(self) -> set[int]:
        """Who was there, by the ids of the people."""
        return {row.person_id for row in self.attendance}

    @property
    def who_came(self) -> list[Person]:
        """The same people as the pair names them: mentors first, then in the order in which they came into the pair."""
        rows = sorted(self.pair.participants, key=lambda row: (row.side is Side.MENTEE, row.id))
        places = {row.person_id: number for number, row in enumerate(rows)}
        return [row.person for row in sorted(self.attendance, key=lambda row: places.get(row.person_id, len(places)))]

    def retype(self, type_id: str, points: list[str]) -> None:
        """Another type brings its own agenda unless the agenda was written by hand; ticks of points that stayed are kept."""
        before = [str(point["text"]) for point in self.agenda]
        kind = next(kind for kind in self.pair.spec.meetings if kind.id == type_id)
        if type_id != self.type_id and points == before:
            points = list(kind.agenda)
        ticked = self.ticked
        self.type_id, self.type_title = kind.id, kind.title
        self.agenda = [{"text": point[:300], "done": point in ticked} for point in points[:20]]

    @property
    def brief(self) -> str:
        """What history calls it: «Знакомство, 27.11.2026, 15:20», a held one «Знакомство, 23.11.2026, 40 мин, были: Лукин Б. А.»."""
        if self.state is not MeetingState.HELD:
            return ", ".join(part for part in (self.type_title, self.planned_on and short_date(self.planned_on), self.planned_time) if part)
        day = short_date(self.held_on) if self.held_on else ""
        people = ", ".join(person.short_name for person in self.who_came)
        return f"{self.type_title}, {day}, {self.minutes} мин, {f'были: {people}' if people else 'никто не отмечен'}"

    @property
    def record(self) -> str:
        """A mark of what is noted about it. A page that carries another one was opened before somebody noted something else."""
        return _mark(self.state, self.held_on, self.minutes, self.done, sorted(self.ticked), sorted(self.came))

    @property
    def outline(self) -> str:
        """The same of what is planned: type, day, time, place, row of the plan, agenda."""
        points = [point["text"] for point in self.agenda]
        return _mark(self.type_id, self.planned_on, self.planned_time, self.place, self.plan_item_id, points)

    @property
    def usual_next_type(self) -> str:
        """After the first meetings the form's next type; later the same type again."""
        order = [kind.id for kind in self.pair.spec.meetings]
        place = order.index(self.type_id) if self.type_id in order else 0
        return order[place + 1] if place < 3 and place + 1 < len(order) else order[place]

    def is_late(self) -> bool:
        """First entered more than three days after it was held (shown as «внесено позже»)."""
        return bool(self.held_on and self.noted_at and (self.noted_at.date() - self.held_on).days > 3)

    def check_stands(self) -> None:
        """Raises NotNow for a meeting that was taken out of the list: it is brought back first."""
        if self.removed_at is not None:
            raise NotNow("Эту встречу убрали из списка, ничего не изменено. Сначала верните её: «Вернуть встречу» — на её странице.")

    def _must_be_planned(self) -> None:
        self.check_stands()
        if self.state is not MeetingState.PLANNED:
            raise NotNow("Эта встреча уже отмечена. Обновите страницу — на ней будет нынешнее состояние.")


def _mark(*values: Any) -> str:
    return sha256(json.dumps(values, default=str).encode()).hexdigest()[:16]


def demand_seen(seen: str, before: str, after: str) -> None:
    """Refuse a change made on a page that showed something else than there was, unless it says what stands there already.

    `seen` is the mark of the page, empty where no page was; `before` and `after` are those of the meeting. Raises NotNow.
    """
    if seen not in ("", before) and after != before:
        raise NotNow(
            "Пока вы писали, эту встречу изменили. Ваш текст ниже цел, но ещё не записан. "
            "Сравните его с тем, что записано сейчас, и сохраните ещё раз, если верно у вас."
        )


class Attendance(Model):
    """Who of the pair or group was at a meeting."""

    __table_args__ = (sa.UniqueConstraint("meeting_id", "person_id"), AUTO)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))

    meeting: Mapped[Meeting] = relationship(back_populates="attendance")
    person: Mapped[Person] = relationship()


class Norm(NamedTuple):
    """How many meetings of a type there were, of how many: in this month, or in the whole work of the pair."""

    title: str
    held: int
    of: int
    in_month: bool


def norms(spec: FormSpec, held: Iterable[Meeting], today: date) -> list[Norm]:
    """For the types of a form that have a norm, type by type: that of a month, then that of the whole work."""
    held, found = list(held), []
    this_month = [m.type_id for m in held if m.held_on and (m.held_on.year, m.held_on.month) == (today.year, today.month)]
    in_all = [m.type_id for m in held]
    for kind in spec.meetings:
        found += [Norm(kind.title, this_month.count(kind.id), kind.per_month, True)] if kind.per_month else []
        found += [Norm(kind.title, in_all.count(kind.id), kind.at_least, False)] if kind.at_least else []
    return found


def next_number(pair_id: int) -> int:
    """Meetings of a pair are counted from 1; a number is not given twice."""
    return (db.session.execute(sa.select(sa.func.max(Meeting.number)).where(Meeting.pair_id == pair_id)).scalar() or 0) + 1


def planned(pair: Pair, type_id: str) -> Meeting:
    """A new meeting with the agenda of its type, without a day yet."""
    kind = next(kind for kind in pair.spec.meetings if kind.id == type_id)
    return Meeting(
        pair_id=pair.id, number=next_number(pair.id), form_version_id=pair.form_version_id, type_id=kind.id, type_title=kind.title,
        agenda=[{"text": point, "done": False} for point in kind.agenda], planned_time="", place="", state=MeetingState.PLANNED,
        done="", reason="",
    )  # fmt: skip


def put_in(meeting: Meeting, now: datetime) -> None:
    """Add a new meeting as one that was out of the list until now: so the journal keeps it, and undoing takes it out again."""
    meeting.removed_at = now
    db.session.add(meeting)
    db.session.flush()
    meeting.removed_at = None
