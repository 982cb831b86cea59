"""What the papers of sheets say, put together from a pair of the tests' school."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from mentorapp.database import db
from mentorapp.domain.kinds import Limits
from mentorapp.domain.permissions import Side
from mentorapp.domain.questionnaire import Question, Questionnaire
from mentorapp.models import Participant, Person, School, Submission
from mentorapp.models.deficits import catalogue_of
from mentorapp.models.submissions import SubmissionState
from mentorapp.papers import sheets
from mentorapp.papers.sheet_pages import DeficitsPaper
from tests.conftest import NOW
from tests.school import World

OPTIONS = {"a": "Первое", "b": "Второе", "c": "Третье", "d": "Четвёртое"}


@dataclass
class Group:
    """Anna mentors Boris and two others; nothing of it is written to the database."""

    school: School
    mentor: Participant
    boris: Participant


@pytest.fixture
def group(app: Flask, world: World) -> Iterator[Group]:
    with app.app_context():
        rows = db.session.execute(sa.select(Participant).where(Participant.pair_id == world.pairs["boris"])).scalars()
        mentor, boris = sorted(rows, key=lambda row: row.side is Side.MENTEE)
        for name in ("egor", "gleb"):
            person = db.session.get_one(Person, world.people[name])
            boris.pair.participants.append(Participant(person=person, side=Side.MENTEE, since=NOW.date()))
        yield Group(School.get(), mentor, boris)
        db.session.rollback()


def deficits_of(group: Group) -> DeficitsPaper:
    found = catalogue_of(group.boris.pair)
    assert found is not None
    return sheets.deficits_paper(group.school, None, group.boris, found[1], {}, {})


def test_a_list_of_deficits_names_nobody_else_of_the_group(group: Group) -> None:
    said = str(deficits_of(group))
    assert "Лукин Борис Андреевич" in said and "Соколова Анна Викторовна" in said
    assert "Уваров" not in said and "Ершов" not in said


def test_a_questionnaire_of_a_mentee_names_his_mentor_and_nobody_else(group: Group) -> None:
    asked = Questionnaire("x", "mentee", "before", "Анкета", (Question("q", "text", "Как дела?"),))
    paper = sheets.blank_questionnaire(group.school, group.boris, asked, {}, code="пара 7", address="")
    assert paper.rows == [
        ("Наставляемый", "Лукин Борис Андреевич"),
        ("Наставник", "Соколова Анна Викторовна"),
        ("Учебный год", "2026/2027"),
    ]
    of_mentor = sheets.blank_questionnaire(group.school, group.mentor, asked, {}, code="пара 7", address="")
    assert [label for label, _name in of_mentor.rows] == ["Наставник", "Наставляемый", "Учебный год"]
    assert "Уваров" in of_mentor.rows[1][1]


def test_an_evaluation_is_of_the_whole_group(group: Group) -> None:
    found = group.boris.pair.spec.evaluation
    assert found is not None
    assert "Лукин Борис Андреевич, Уваров Егор, Ершов Глеб Константинович" in str(
        sheets.blank_evaluation(group.school, group.boris.pair, found)
    )


def status(group: Group, *, by: str | None, on: date | None) -> str:
    person = next((row.person for row in group.boris.pair.participants if row.person.last_name == by), None)
    sent = Submission(
        participant=group.boris, state=SubmissionState.SENT, sent_at=NOW, from_paper=True, entered_by=person, paper_on=on,
        form_version_id=group.boris.pair.form_version_id, questionnaire_id="mentee_before",
    )  # fmt: skip
    return sheets.filled_questionnaire(group.school, sent, {}, {}).status


def test_who_typed_in_and_what_stands_on_the_paper_are_left_out_where_nobody_knows(group: Group) -> None:
    typed = f"Введено с бумаги {NOW.astimezone():%d.%m.%Y}"
    assert status(group, by="Уваров", on=date(2026, 10, 12)) == f"{typed}, Уваров\N{NO-BREAK SPACE}Е.; дата на бумаге 12.10.2026"
    assert status(group, by=None, on=date(2026, 10, 12)) == f"{typed}; дата на бумаге 12.10.2026"
    assert status(group, by=None, on=None) == typed


@pytest.mark.parametrize(
    ("kind", "low", "high", "said"),
    [
        ("rank", None, None, "напишите места от 1 до 4"),
        ("rank", None, 2, "напишите места от 1 до 2"),
        ("rank", None, 1, "напишите 1 у самого важного"),
        ("multi", None, None, "можно отметить несколько"),
        ("multi", 1, None, "можно отметить несколько"),
        ("multi", 2, None, "отметьте не меньше 2"),
        ("multi", None, 3, "отметьте не больше 3"),
        ("multi", 2, 3, "отметьте не меньше 2 и не больше 3"),
        ("multi", 2, 2, "отметьте ровно 2"),
    ],
)
def test_a_hint_says_how_many_are_to_be_chosen(kind: str, low: int | None, high: int | None, said: str) -> None:
    question = Question("q", kind, "Что важно?", limits=Limits(options=OPTIONS, low=low, high=high))
    [part] = sheets.parts_of(Questionnaire("x", "mentee", "before", "Анкета", (question,)), {})
    assert part.questions[0].hints == [said]
