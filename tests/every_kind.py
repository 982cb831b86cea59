"""Every kind of question (tests/forms/every_kind.toml), a shorter questionnaire for the end, sixty questions; publishing them."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from flask import Flask

from mentorapp.database import db, writing
from mentorapp.domain.formcheck import parse
from mentorapp.domain.formspec import FormSpec, content_hash, to_json
from mentorapp.domain.kinds import Limits
from mentorapp.domain.questionnaire import Question, Questionnaire
from mentorapp.models import FormVersion, MentoringForm
from tests.conftest import NOW

FILE = Path(__file__).parent / "forms" / "every_kind.toml"


@cache
def every_kind() -> FormSpec:
    """The form as the product reads it, once for the whole run."""
    spec, problems = parse({FILE.name: FILE.read_text("utf-8")})
    assert spec, [str(problem) for problem in problems]
    return spec


EVERY_KIND, AFTER = every_kind().questionnaires
GIVEN = {
    "met": "да",
    "where": "в прошлой школе",
    "talk": "8",
    "zero": "0",
    "long": "Мало времени,\nмного классов",
    "often": "rarely",
    "first": "b",
    "near": "a,d",
    "order": "c,a,b",
    "sure.goal": "part",
    "sure.time": "yes",
    "years": "12",
    "since": "01.09.2024",
    "who": "12",
}


def publish_every_kind(app: Flask, form_id: str = "teacher-teacher", *, before: bool = True) -> None:
    """A new version of a form that asks mentees these questions, or only those of the end; pairs that work keep their plans."""
    with app.app_context(), writing() as session:
        form = session.get_one(MentoringForm, form_id)
        last = session.get_one(FormVersion, form.current_version_id)
        written, mark = _asking(last.id, last.content_hash, before)
        version = FormVersion(form=form, number=last.number + 1, written=written, content_hash=mark, published_at=NOW)
        session.add(version)
        session.flush()
        form.current_version_id = version.id


@cache
def _asking(version_id: int, content_hash_of_it: str, before: bool) -> tuple[str, str]:
    """What is stored of that version with these questions. Each test begins with the same database, so it is made once for all."""
    spec = db.session.get_one(FormVersion, version_id).spec
    mentors = tuple(one for one in spec.questionnaires if one.role == "mentor")
    asking = replace(spec, questionnaires=(*((EVERY_KIND,) if before else ()), AFTER, *mentors))
    return to_json(asking), content_hash(asking)


def sixty_questions() -> tuple[Questionnaire, dict[str, str]]:
    """Sixty questions in six parts with an answer to each that stands nowhere else."""
    kinds = ("text", "scale", "long", "single", "number", "yes_no")
    questions, given = [], {}
    for number in range(60):
        if number % 10 == 0:
            questions.append(Question(f"h{number}", "heading", f"Часть {number // 10 + 1}"))
        kind, id = kinds[number % len(kinds)], f"q{number}"
        limits = {"scale": Limits(low=1, high=10), "single": Limits(options={"x": f"вариант{number}икс", "y": f"вариант{number}игрек"})}
        questions.append(Question(id, kind, f"Вопрос о деле{number}?", limits=limits.get(kind, Limits())))
        answers = {
            "text": f"ответ{number}",
            "long": f"ответ{number} подробно",
            "scale": "7",
            "single": "y",
            "number": str(1000 + number),
            "yes_no": "да",
        }
        given[id] = answers[kind]
    return Questionnaire("sixty", "mentee", "before", "Шестьдесят вопросов", tuple(questions)), given
