"""An invented school to measure on: 300 people, 100 pairs, 3,000 plan items; and the same plans in the yardstick's own tables."""

import secrets
import sqlite3
from dataclasses import dataclass, replace
from datetime import date
from itertools import cycle, islice, product
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from benchmarks import NOW, yardstick
from benchmarks.client import ANSWERS, COLUMN, TEXTS
from mentorapp import create_app
from mentorapp.database import db, writing
from mentorapp.domain.formspec import Column, FormSpec, ItemTemplate, PlanTemplate
from mentorapp.domain.kinds import Limits
from mentorapp.domain.permissions import RoleKind, Side
from mentorapp.domain.questionnaire import Condition, Question, Questionnaire
from mentorapp.domain.school_year import SchoolYear
from mentorapp.forms.host import publish
from mentorapp.models import (
    Account,
    Consent,
    Enrolment,
    FormVersion,
    LoginSession,
    Pair,
    Person,
    Plan,
    PlanItem,
    Role,
    School,
    pairing,
    submissions,
)
from mentorapp.models.pairs import PairState
from mentorapp.models.people import PersonKind
from mentorapp.sessions import hash_of

TODAY = NOW.date()
YEAR = SchoolYear.of(TODAY)
FIRST, LAST = date(2026, 9, 7), date(2027, 5, 31)

ROWS = 30
DONE, IN_PROGRESS = 8, 10  # rows of a plan; the few after them are late
SECTIONS = ("Знакомство и диагностика", "Совместная работа", "Подведение итогов")

LAST_NAMES = ("Алова", "Бояркина", "Вешнева", "Гречихина", "Дубравина", "Ежова", "Зимина", "Камнева", "Лугова", "Нивина")
FIRST_NAMES = ("Агата", "Белла", "Варвара", "Дарья", "Ева", "Жанна", "Злата", "Инга", "Кира", "Лада", "Мила", "Нонна", "Рада")
PATRONYMICS = ("Павловна", "Олеговна", "Ильинична")


@dataclass(frozen=True)
class Seeded:
    """What there is to ask the two servers for."""

    plan_id: int
    pair_id: int
    items: list[int]
    cookie: str
    counts: dict[str, int]
    submission_id: int
    questions: list[str]


def application(folder: Path) -> Flask:
    """The product over the database in `folder`, at the moment that the school stands at."""
    return create_app({"DATA": folder, "CLOCK": lambda: NOW})


def school(app: Flask, *, people: int = 300, pairs: int = 100) -> Seeded:
    """Fill the empty database of `app` through the models, sign a curator in, and give the yardstick a copy of the plans."""
    with app.app_context():
        with writing() as session:
            session.add(School(full_name="МБОУ «Школа № 14»", short_name="Школа № 14", town="Верхнеречье", director="И. К. Озерова"))
            version = session.get_one(FormVersion, publish(_form(), NOW).id)
            everyone = [_person(*names) for names in islice(product(LAST_NAMES, FIRST_NAMES, PATRONYMICS), people)]
            session.flush()
            made = [_pair(version, everyone[2 * number], everyone[2 * number + 1]) for number in range(pairs)]
            cookie = _curator(everyone[-1])
            submission_id = _submission(made[0], everyone[-1])
        seeded = _seeded(made[0], cookie, submission_id)
        _copy(Path(app.config["DATA"]))
        db.session.rollback()
    return seeded


def _form() -> FormSpec:
    """The shipped form with one column more and a pair's plan of thirty rows; other owners plan nothing."""
    spec = db.session.execute(sa.select(FormVersion).where(FormVersion.form_id == "teacher-teacher")).scalars().one().spec
    columns = list(spec.plans["pair"].columns)
    columns.insert(4, Column(COLUMN, "Ответственный", "text", 13))
    texts = cycle(item.cells for plan in spec.plans.values() for item in plan.items)
    items = [_item(row, cells) for row, cells in enumerate(islice(texts, ROWS))]
    empty = {owner: replace(plan, items=()) for owner, plan in spec.plans.items()}
    pair = PlanTemplate("pair", spec.plans["pair"].title, tuple(columns), tuple(items), spec.plans["pair"].notes)
    plans = {**empty, "pair": pair}
    return replace(spec, id=FORM, title="Замер", plans=plans, questionnaires=(_questionnaire(),), matching=())


QUESTIONS = 60
FORM = QUESTIONNAIRE = "measured"


def _questionnaire() -> Questionnaire:
    """Sixty questions in six parts; one in five is asked only after a certain answer."""
    questions = []
    for number in range(QUESTIONS):
        if number % 10 == 0:
            questions.append(Question(f"h{number}", "heading", f"Часть {number // 10 + 1}"))
        condition = Condition(f"q{number - 1}", at_most=3) if number % 5 == 4 else None
        text = f"Насколько вам помогают встречи, вопрос {number + 1}?"
        questions.append(Question(f"q{number}", "scale", text, limits=Limits(low=1, high=10), show_if=condition))
    return Questionnaire(QUESTIONNAIRE, "mentee", "before", "Анкета замера", tuple(questions))


def _item(row: int, cells: Any) -> ItemTemplate:
    section, start = SECTIONS[row * len(SECTIONS) // ROWS], 7 * row
    due, report_due = {"after_start": start}, {"after_start": start + 5}
    return ItemTemplate({**cells, COLUMN: TEXTS[0]}, section, due=due, report_due=report_due, id=f"i{row}")


def _person(last_name: str, first_name: str, patronymic: str) -> Person:
    person = Person(sex="f", kind=PersonKind.TEACHER, birth_year=1985)
    person.rename(last_name, first_name, patronymic)
    person.enrolments = [Enrolment(year=YEAR.first, post="учитель математики")]
    person.consents = [Consent(signed_on=date(2026, 9, 1), by_representative=False)]
    db.session.add(person)
    return person


def _pair(version: FormVersion, mentor: Person, mentee: Person) -> Pair:
    db.session.add(mentor.enter_base(Side.MENTOR, YEAR, "Уроки, классное руководство", TODAY))
    db.session.add(mentee.enter_base(Side.MENTEE, YEAR, "Помощь с планами уроков", TODAY))
    pair = pairing.make_pair(version, mentor, mentee, YEAR, FIRST, LAST, TODAY, area="методика преподавания")
    pair.state = PairState.ACTIVE
    plan = next(plan for plan in db.session.execute(sa.select(Plan).where(Plan.pair_id == pair.id)).scalars() if plan.owner == "pair")
    for row, item in enumerate(plan.items[:IN_PROGRESS]):
        item.put("state", "done" if row < DONE else "in_progress", YEAR, TODAY)
        if row % 3 == 0:
            item.put("note", "Провели раньше срока, материалы в методическом кабинете", YEAR, TODAY)
    return pair


def _curator(person: Person) -> str:
    """An account with the role, signed in as a login does it; returns the cookie."""
    cookie = secrets.token_urlsafe(32)
    account = Account(person=person, login="curator", password_hash="no password fits this")  # noqa: S106
    db.session.add_all([account, Role(person_id=person.id, kind=RoleKind.CURATOR, since=date(2026, 9, 1))])
    db.session.flush()
    db.session.add(LoginSession(id_hash=hash_of(cookie), account_id=account.id, created_at=NOW, seen_at=NOW))
    return cookie


def _submission(pair: Pair, curator: Person) -> int:
    """A questionnaire that the curator types in from paper: every question has its first answer."""
    mentee = next(row for row in pair.participants if row.side is Side.MENTEE)
    submission = submissions.begin(mentee, "before", NOW)
    submissions.take_from_paper(submission, curator.id)
    db.session.flush()
    for question in submission.questionnaire.asked:
        submissions.ANSWERS.insert.run(submission_id=submission.id, key=question.id, value=ANSWERS[0], saved_at=NOW, by_id=curator.id)
    return submission.id


def _seeded(pair: Pair, cookie: str, submission_id: int) -> Seeded:
    plan_id = db.session.execute(sa.select(Plan.id).where(Plan.pair_id == pair.id, Plan.owner == "pair")).scalar_one()
    items = db.session.execute(sa.select(PlanItem.id).where(PlanItem.plan_id == plan_id).order_by(PlanItem.position)).scalars()
    counts = {
        thing.__tablename__: db.session.execute(sa.select(sa.func.count()).select_from(thing)).scalar_one()
        for thing in (Person, Pair, PlanItem)
    }
    questions = [question.id for question in _questionnaire().asked]
    return Seeded(plan_id, pair.id, list(items), cookie, counts, submission_id, questions)


def _copy(folder: Path) -> None:
    """Every plan into the yardstick's tables: the same ids, the same texts."""
    items = db.session.execute(sa.select(PlanItem).order_by(PlanItem.plan_id, PlanItem.position)).scalars()
    rows = [
        (
            *(item.id, item.plan_id, item.section, item.title, item.due_text),
            *(item.cells.get(name, "") for name in ("goal", "result", "who", "report")),
            *(item.report_text, str(item.due_to), item.state.value, item.note),
        )
        for item in items
    ]
    with sqlite3.connect(folder / yardstick.DATABASE) as database:
        database.executescript(yardstick.SCHEMA)
        database.executemany(f"INSERT INTO item VALUES ({', '.join('?' * 13)})", rows)  # noqa: S608
    database.close()
