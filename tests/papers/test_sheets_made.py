"""What the papers of sheets say, put together from a pair of the tests' school."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from mentorapp.database import db
from mentorapp.domain import rubric
from mentorapp.domain.kinds import Limits
from mentorapp.domain.permissions import Side
from mentorapp.domain.questionnaire import Question, Questionnaire
from mentorapp.models import Evaluation, Pair, Participant, Person, School, Submission
from mentorapp.models.deficits import catalogue_of
from mentorapp.models.submissions import SubmissionState
from mentorapp.papers import questionnaires, sheets
from mentorapp.papers.press import Printed
from mentorapp.papers.sheet_pages import DeficitsPaper, EvaluationPaper
from tests.conftest import NOW
from tests.papers import reading
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
    paper = questionnaires.blank_questionnaire(group.school, group.boris, asked, {}, code="пара 7", address="")
    assert paper.rows == [
        ("Наставляемый", "Лукин Борис Андреевич"),
        ("Наставник", "Соколова Анна Викторовна"),
        ("Учебный год", "2026/2027"),
    ]
    of_mentor = questionnaires.blank_questionnaire(group.school, group.mentor, asked, {}, code="пара 7", address="")
    assert [label for label, _name in of_mentor.rows] == ["Наставник", "Наставляемые", "Учебный год"]
    assert "Уваров" in of_mentor.rows[1][1]


def test_a_blank_of_a_group_is_one_page_on_which_it_is_written_whom_it_is_about(group: Group, printed: Callable[..., Printed]) -> None:
    found = group.boris.pair.spec.evaluation
    assert found is not None
    paper = sheets.blank_evaluation(group.school, group.boris.pair, found)
    assert "Лукин Борис Андреевич, Уваров Егор, Ершов Глеб Константинович" in str(paper) and dict(paper.rows)["О ком"].startswith("____")
    assert len(reading.pages(printed("evaluation.html", paper).pdf)) == 1
    assert "О ком" not in dict(sheets.blank_evaluation(group.school, replace_others(group), found).rows)


def status(group: Group, *, by: str | None, on: date | None) -> str:
    person = next((row.person for row in group.boris.pair.participants if row.person.last_name == by), None)
    sent = Submission(
        participant=group.boris, state=SubmissionState.SENT, sent_at=NOW, from_paper=True, entered_by=person, paper_on=on,
        form_version_id=group.boris.pair.form_version_id, questionnaire_id="mentee_before",
    )  # fmt: skip
    return questionnaires.filled_questionnaire(group.school, sent, {}, {}).status


def test_who_typed_in_and_what_stands_on_the_paper_are_left_out_where_nobody_knows(group: Group) -> None:
    typed = f"Введено с бумаги {NOW.astimezone():%d.%m.%Y}"
    assert status(group, by="Уваров", on=date(2026, 10, 12)) == f"{typed}, Уваров\N{NO-BREAK SPACE}Е.; дата на бумаге 12.10.2026"
    assert status(group, by=None, on=date(2026, 10, 12)) == f"{typed}; дата на бумаге 12.10.2026"
    assert status(group, by=None, on=None) == typed


@pytest.mark.parametrize(
    ("kind", "low", "high", "said"),
    [
        ("rank", None, None, "Напишите места от 1 до 4."),
        ("rank", None, 2, "Напишите места от 1 до 2."),
        ("rank", None, 1, "Напишите 1 у самого важного."),
        ("multi", None, None, "Можно отметить несколько."),
        ("multi", 1, None, "Можно отметить несколько."),
        ("multi", 2, None, "Отметьте не меньше 2."),
        ("multi", None, 3, "Отметьте не больше 3."),
        ("multi", 2, 3, "Отметьте не меньше 2 и не больше 3."),
        ("multi", 2, 2, "Отметьте ровно 2."),
    ],
)
def test_a_hint_says_how_many_are_to_be_chosen(kind: str, low: int | None, high: int | None, said: str) -> None:
    question = Question("q", kind, "Что важно?", limits=Limits(options=OPTIONS, low=low, high=high))
    [part] = questionnaires.parts_of(Questionnaire("x", "mentee", "before", "Анкета", (question,)), {})
    assert part.questions[0].hints == [said]


# --- Evaluations ---


def marked(group: Group, marks: str, *, hand: str = "", why: str = "", comment: str = "") -> EvaluationPaper:
    """The shipped sheet of nine indicators, marked one after another; «-» leaves one empty."""
    criteria = group.boris.pair.spec.evaluation
    assert criteria is not None
    given = {one.id: mark for one, mark in zip(criteria.indicators, marks, strict=True) if mark != "-"}
    sheet = Evaluation(
        pair=group.boris.pair, form_version_id=group.boris.pair.form_version_id, occasion="final", rated_on=date(2027, 5, 20),
        rater=group.mentor.person, level_by_hand=hand, level_reason=why,
    )  # fmt: skip
    score = rubric.score(criteria, given)
    return sheets.filled_evaluation(group.school, sheet, given | {one.id + rubric.WHY: comment for one in criteria.indicators}, score)


@pytest.mark.parametrize(
    ("marks", "total", "level", "means"),
    [
        ("222222222", "18 из 18", "оптимальный", "Программа работает"),
        ("222222111", "15 из 18", "оптимальный", "Программа работает"),
        ("222221111", "14 из 18", "допустимый", "Польза есть"),
        ("111111111", "9 из 18", "допустимый", "Польза есть"),
        ("111111110", "8 из 18", "недопустимый", "В таком виде"),
        ("000000000", "0 из 18", "недопустимый", "В таком виде"),
        ("2222222--", "пока 14, отмечено 7 из 9", "появится, когда отмечены все строки", ""),
        ("222222n--", "пока 12, отмечено 7 из 9", "появится, когда отмечены все строки", ""),
        ("---------", "отмечено 0 из 9", "появится, когда отмечены все строки", ""),
        ("222222n22", "16 из 16 (не применимо показателей: 1)", "ещё не выбран: часть показателей не применима", ""),
        ("nnnnnnnnn", "не применимо", "ещё не выбран: часть показателей не применима", ""),
    ],
)
def test_a_sum_says_of_what_it_is_and_a_level_stands_only_under_a_whole_one(
    group: Group, marks: str, total: str, level: str, means: str
) -> None:
    paper = marked(group, marks)
    assert (paper.total, paper.level) == (total, level)
    assert paper.explanation.startswith(means) and bool(paper.explanation) == bool(means)


def test_a_level_by_hand_is_printed_with_its_reason_and_with_what_it_means(group: Group) -> None:
    paper = marked(group, "221112n11", hand="допустимый", why="партнёров не было")
    assert paper.level == "допустимый, выбран вручную: партнёров не было" and paper.explanation.startswith("Польза есть")
    assert marked(group, "221112n11", hand="допустимый").level == "допустимый, выбран вручную"
    assert [part.subtotal for part in paper.groups] == ["7 из 10", "2 из 2 (не применимо показателей: 1)", "2 из 4"]


def test_a_blank_says_what_the_marks_mean_and_how_they_are_counted(group: Group) -> None:
    criteria = group.boris.pair.spec.evaluation
    assert criteria is not None
    paper = sheets.blank_evaluation(group.school, group.boris.pair, criteria)
    assert paper.meanings.endswith("н/п — не применимо") and paper.heads == ["2", "1", "0", "н/п"]
    assert "самая большая сумма — 18" in paper.rule and "меньше на 2" in paper.rule
    assert {part.subtotal for part in paper.groups} == {""} and paper.bands[0][:2] == ("15–18", "оптимальный")
    assert "н/п" not in sheets.blank_evaluation(group.school, group.boris.pair, replace(criteria, not_applicable=False)).rule


def test_the_shipped_sheet_is_one_page_to_fill_in_and_two_at_most_when_filled(group: Group, printed: Callable[..., Printed]) -> None:
    for participant in (group.mentor, group.boris):
        participant.person.rename("Константинопольская-Задунайская", "Александра-Мария", "Владиславовна")
    pair = replace_others(group)
    assert pair.spec.evaluation is not None
    assert len(reading.pages(printed("evaluation.html", sheets.blank_evaluation(group.school, pair, pair.spec.evaluation)).pdf)) == 1
    for comment, most in (("Видно по урокам и по плану пары.", 1), ("комментарий " * 41, 2)):
        filled = reading.pages(printed("evaluation.html", marked(group, "222222222", comment=comment)).pdf)
        assert len(filled) <= most and "Программа работает" in filled[-1].text


def replace_others(group: Group) -> Pair:
    """The pair without the two others of the group."""
    pair = group.boris.pair
    pair.participants[:] = [group.mentor, group.boris]
    return pair


@pytest.mark.parametrize("kind", ["long", "single", "matrix"])
def test_a_personal_answer_is_not_printed_and_its_question_is(kind: str) -> None:
    rows = {"r": "Дома"} if kind == "matrix" else {}
    question = Question("q", kind, "Что вас тревожит?", limits=Limits(options=OPTIONS), rows=rows, sensitive=True)
    asked = Questionnaire("x", "mentee", "before", "Анкета", (question,))
    given = {"q": "b" if kind == "single" else "Тайна", "q.r": "b"}
    [filled], [blank] = questionnaires.parts_of(asked, {}, given), questionnaires.parts_of(asked, {})
    [printed] = filled.questions
    assert printed.answer == questionnaires.PERSONAL and "Тайна" not in str(printed)
    assert not any(choice.chosen for choice in printed.choices) and not any(row.chosen for row in printed.rows)
    assert blank.questions[0].kind != "text"
