"""The invented school makes sense on any day of the year, and is made only once."""

import socket
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import selectinload

from demo import school
from mentorapp import clock, create_app, passwords, words
from mentorapp.database import db
from mentorapp.domain import planning
from mentorapp.domain.permissions import RoleKind, Side
from mentorapp.domain.planning import ItemState, PlanState
from mentorapp.models import (
    Account,
    BaseEntry,
    DeficitList,
    Evaluation,
    Meeting,
    Operation,
    Pair,
    Participant,
    Person,
    Plan,
    PlanItem,
    Role,
)
from mentorapp.models.forms import spec_of
from mentorapp.models.meetings import MeetingState
from mentorapp.models.pairs import PairState
from mentorapp.settings import ROOT

DAYS = ("2026-09-01", "2026-09-05", "2026-11-22", "2027-01-10", "2027-03-01", "2028-02-29", "2027-07-15", "2027-08-31")


class Demo(NamedTuple):
    """A school of the demo, made on `today`."""

    app: Flask
    today: date
    lines: list[str]


@pytest.fixture(scope="module", params=DAYS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The school as it is built on one of the days that are hard to get right."""
    # Noon in UTC is the same calendar day wherever the tests run.
    now = datetime.combine(date.fromisoformat(request.param), time(12), UTC)
    app = create_app({"DATA": tmp_path_factory.mktemp("demo"), "CLOCK": lambda: now})
    with app.app_context():
        spec_of.cache_clear()
        return Demo(app, clock.today(), school.ensure(clock.today(), now))


@pytest.fixture
def demo(made: Demo) -> Iterator[Demo]:
    """The same inside an application context, read anew."""
    with made.app.app_context():
        spec_of.cache_clear()
        yield made


def count(model: type) -> int:
    return int(db.session.execute(sa.select(sa.func.count()).select_from(model)).scalar_one())


def test_it_is_a_school_of_a_usual_size(demo: Demo) -> None:
    assert 55 <= count(Person) <= 70
    assert count(Pair) == 13
    mentors = Counter(row.person_id for row in rows(Participant) if row.side is Side.MENTOR)
    assert max(mentors.values()) == 3
    assert list(mentors.values()).count(1) >= 2


def rows(model: type) -> list:  # type: ignore[type-arg]
    return list(db.session.execute(sa.select(model)).scalars())


def test_every_state_can_be_seen(demo: Demo) -> None:
    assert {pair.state for pair in rows(Pair)} == set(PairState)
    assert {plan.state for plan in rows(Plan)} == set(PlanState)
    items = rows(PlanItem)
    assert {item.state for item in items} == set(ItemState)
    assert {meeting.state for meeting in rows(Meeting)} == set(MeetingState)
    assert any(plan.approved_on_paper for plan in rows(Plan))
    assert any(item.edited_after_approval for item in items)
    assert any(item.removed_at for item in items)
    assert any(item.template_row is None and item.removed_at is None for item in items)


def test_just_one_pair_is_finished_and_says_why(demo: Demo) -> None:
    finished = [pair for pair in rows(Pair) if pair.state is PairState.FINISHED]
    assert len(finished) == 1
    assert finished[0].state_reason


def test_one_group_works_with_a_plan_for_each_mentee_meetings_of_all_and_a_sheet_about_one(demo: Demo) -> None:
    [group] = [pair for pair in rows(Pair) if len(pair.people(Side.MENTEE)) > 1]
    mentees = {row.id for row in group.present if row.side is Side.MENTEE}
    assert group.state is PairState.ACTIVE and len(mentees) >= 3 and len(group.people(Side.MENTOR)) == 1
    plans = [plan for plan in rows(Plan) if plan.pair_id == group.id]
    assert {plan.participant_id for plan in plans if plan.owner == "mentee"} == mentees
    assert sum(item.state is not ItemState.PLANNED for plan in plans for item in plan.items) >= 4
    held = [meeting for meeting in rows(Meeting) if meeting.pair_id == group.id and meeting.state is MeetingState.HELD]
    assert held and all(len(meeting.came) == len(mentees) + 1 for meeting in held)
    [sheet] = [sheet for sheet in rows(Evaluation) if sheet.pair_id == group.id]
    assert sheet.participant_id in mentees
    assert {made.participant_id for made in rows(DeficitList) if made.pair_id == group.id} == mentees


def test_something_is_late_and_something_lies_ahead(demo: Demo) -> None:
    running = sa.select(PlanItem).join(Plan).join(Pair).where(Pair.state == PairState.ACTIVE, Plan.state != PlanState.CLOSED)
    items = db.session.execute(running.where(PlanItem.removed_at.is_(None))).scalars().all()
    assert 1 <= sum(planning.is_overdue(item.state, item.due_to, demo.today) for item in items) <= 15
    planned = [meeting.planned_on for meeting in rows(Meeting) if meeting.state is MeetingState.PLANNED]
    assert any(day >= demo.today - timedelta(days=7) for day in planned)
    assert any(demo.today - timedelta(days=35) <= day < demo.today for day in planned), "one waits to be noted"


def test_nothing_happened_in_the_future(demo: Demo) -> None:
    year = clock.current_year()
    for meeting in rows(Meeting):
        assert meeting.held_on is None or meeting.held_on < demo.today
    for item in rows(PlanItem):
        assert item.done_on is None or item.done_on < demo.today
    assert max(operation.at for operation in rows(Operation)) < clock.now()
    assert all(year.contains(pair.starts_on) and pair.starts_on < pair.ends_on and demo.today <= pair.ends_on for pair in rows(Pair))


def test_the_history_of_each_pair_runs_forward(demo: Demo) -> None:
    last: dict[int, datetime] = {}
    for operation in db.session.execute(sa.select(Operation).where(Operation.pair_id.is_not(None)).order_by(Operation.id)).scalars():
        assert last.get(operation.pair_id or 0, operation.at) <= operation.at
        last[operation.pair_id or 0] = operation.at
    assert len({operation.by_id for operation in rows(Operation)}) >= 8


def test_nothing_is_written_in_a_pair_that_rests_or_has_ended(demo: Demo) -> None:
    for pair in rows(Pair):
        if pair.state in (PairState.PAUSED, PairState.FINISHED):
            query = sa.select(Operation.what).where(Operation.pair_id == pair.id).order_by(Operation.id.desc()).limit(1)
            assert db.session.execute(query).scalar_one() == f"Состояние пары: {words.PAIR_STATES[pair.state].lower()}"


def test_whoever_stands_in_a_base_had_signed_before(demo: Demo) -> None:
    found = db.session.execute(sa.select(BaseEntry).options(selectinload(BaseEntry.person).selectinload(Person.consents))).scalars().all()
    assert sum(entry.side is Side.MENTEE for entry in found) == 22
    assert sum(entry.side is Side.MENTOR for entry in found) == 16
    for entry in found:
        day = entry.entered_on
        # A withdrawal came later: on that day the paper was in force.
        signed = [row for row in entry.person.consents if row.signed_on <= day <= (row.withdrawn_on or row.valid_to or day)]
        assert any(row.by_representative or not entry.person.is_minor(day) for row in signed), entry.person.full_name


def test_consents_stand_in_the_way_in_every_manner(demo: Demo) -> None:
    people = db.session.execute(sa.select(Person).options(selectinload(Person.consents))).scalars()
    gaps = {person.consent_gap(demo.today).split(":")[0] for person in people}
    by_hand = {"нет согласия законного представителя", "нет согласия на обработку данных"}
    assert gaps == {"", "согласие отозвано", "срок согласия истёк"} | by_hand


def test_the_curators_own_plans_go_to_the_director(demo: Demo) -> None:
    holder = {role.kind: role.person_id for role in rows(Role)}
    own = {row.pair_id for row in rows(Participant) if row.side is Side.MENTOR and row.person_id == holder[RoleKind.CURATOR]}
    approvers = {plan.approved_by_id for plan in rows(Plan) if plan.pair_id in own and plan.approved_on}
    assert approvers == {holder[RoleKind.DIRECTOR]}


def test_no_row_points_nowhere(demo: Demo) -> None:
    assert db.session.execute(sa.text("PRAGMA foreign_key_check")).all() == []


def test_the_printed_logins_let_people_in(demo: Demo) -> None:
    told = [line.split(" — ") for line in demo.lines if " — " in line]
    assert [who.split(":")[0] for who, *_rest in told][:2] == ["Куратор", "Директор"]
    assert len(told) == len(school.LOGINS)
    assert not passwords.weakness(school.PASSWORD, "")
    for _who, login, password in told:
        account = db.session.execute(sa.select(Account).where(Account.login == login.removeprefix("логин "))).scalar_one()
        assert password == f"пароль {school.PASSWORD}"
        assert account.disabled_at is None
    assert passwords.fits(school.PASSWORD, account.password_hash)


def test_a_school_that_is_there_is_kept(demo: Demo) -> None:
    before = count(Person), count(Operation)
    again = school.ensure(demo.today + timedelta(days=1), clock.now())
    assert (count(Person), count(Operation)) == before
    assert again[1:] == demo.lines[1:]
    assert "сохранена" in again[0]


@pytest.mark.parametrize("login", ["zorina-a", "gromova-t"], ids=["another login", "a login that the demo has, too"])
def test_a_real_schools_folder_gets_no_invented_people(tmp_path: Path, login: str) -> None:
    app = create_app({"DATA": tmp_path})
    with app.app_context():
        real_school(login)
        lines = school.ensure(clock.today(), clock.now())
        assert len(lines) == 1
        assert count(Person) == 1


def real_school(login: str) -> None:
    """A school with one account, which set-up has made."""
    person = Person(sex="f", kind="teacher")
    person.rename("Зорина", "Алла", None)
    db.session.add(Account(person=person, login=login, password_hash=""))
    db.session.commit()


def begin_anew(data: Path) -> str:
    """`./run demo --fresh` for this folder; the sentence that came instead. The port is taken, so in no case is anything served."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        command = [sys.executable, "-m", "mentorapp", "demo", "--fresh", "--data", str(data), "--port", port]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (1, "")
    return done.stderr


@pytest.mark.parametrize("login", ["zorina-a", "gromova-t"], ids=["another login", "a login that the demo has, too"])
def test_a_real_school_is_not_replaced_by_a_fresh_demo(tmp_path: Path, login: str) -> None:
    app = create_app({"DATA": tmp_path})
    with app.app_context():
        real_school(login)
        db.engine.dispose()
    assert begin_anew(tmp_path).startswith(f"В файле {tmp_path / 'mentor.db'} не учебная школа. Он не удалён, всё в нём цело;")
    assert logins_in(tmp_path) == [login]


def test_a_file_of_something_else_is_not_replaced_by_a_fresh_demo(tmp_path: Path) -> None:
    (tmp_path / "mentor.db").write_bytes(b"a photo of a cat")
    assert "не учебная школа" in begin_anew(tmp_path)
    assert (tmp_path / "mentor.db").read_bytes() == b"a photo of a cat"


def test_a_demo_begins_anew_when_it_is_told_to(tmp_path: Path) -> None:
    for _time in ("in an empty folder", "in place of the former demo"):
        assert begin_anew(tmp_path).startswith("Порт")  # It came past the question, as far as the port.
        assert set(school.LOGINS) <= set(logins_in(tmp_path)) and "a-pupil" not in logins_in(tmp_path)
        with closing(sqlite3.connect(tmp_path / "mentor.db")) as database:
            database.execute("UPDATE account SET login = 'a-pupil' WHERE login = 'boiko-k'")
            database.commit()


def logins_in(data: Path) -> list[str]:
    with closing(sqlite3.connect(data / "mentor.db")) as database:
        return [row[0] for row in database.execute("SELECT login FROM account")]
