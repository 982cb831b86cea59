"""A questionnaire with every kind of question, «show if» and a matrix of three levels; a shorter one for the end; publishing both."""

from dataclasses import replace

from flask import Flask

from mentorapp.database import db, writing
from mentorapp.domain.kinds import Limits
from mentorapp.domain.questionnaire import FREQUENCY, Condition, Question, Questionnaire
from mentorapp.forms.host import publish
from mentorapp.models import FormVersion, MentoringForm
from mentorapp.models.forms import spec_of
from tests.conftest import NOW

OPTIONS = {"a": "Посещать уроки наставника", "b": "Разбирать свои уроки", "c": "Готовить уроки вместе", "d": "Получать материалы"}
LEVELS = {"no": "пока нет", "part": "отчасти", "yes": "уверенно"}

EVERY_KIND = Questionnaire(
    "sample",
    "mentee",
    "before",
    "Анкета перед началом",
    (
        Question("h1", "heading", "О вас", hint="Здесь нет верных и неверных ответов."),
        Question("met", "yes_no", "Приходилось ли вам раньше работать с наставником?"),
        Question("where", "text", "Где и когда это было?", show_if=Condition("met", ("да",))),
        Question(
            "talk", "scale", "Насколько легко говорить о трудностях?", limits=Limits(low=1, high=10), low_label="трудно", high_label="легко"
        ),
        Question("zero", "scale", "Насколько полезны встречи?", limits=Limits(low=0, high=5)),
        Question("long", "long", "Что мешает на уроке?", required=False),
        Question("h2", "heading", "О работе"),
        Question("often", "frequency", "Как часто вы советуетесь?", limits=Limits(options=FREQUENCY)),
        Question("first", "single", "С чем помочь в первую очередь?", limits=Limits(options=OPTIONS)),
        Question("near", "multi", "Что вам ближе?", limits=Limits(options=OPTIONS, high=2)),
        Question("order", "rank", "Расставьте по важности", limits=Limits(options=OPTIONS, high=3)),
        Question(
            "sure", "matrix", "Насколько вы уверены?", limits=Limits(options=LEVELS), rows={"goal": "Ставить цель", "time": "Считать время"}
        ),
        Question("years", "number", "Сколько лет вы в школе?"),
        Question("since", "date", "Когда вы начали работать здесь?"),
        Question("who", "person", "С кем вы уже работали?", base="mentors"),
    ),
    intro="Ответы видите вы и куратор.",
)
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
TIED = ("talk", "zero", "often", "sure")
EVERY_KIND = replace(EVERY_KIND, questions=tuple(replace(one, pair_key=one.id if one.id in TIED else "") for one in EVERY_KIND.questions))
AFTER = replace(
    EVERY_KIND,
    id="after",
    phase="after",
    title="Анкета в конце",
    questions=tuple(one for one in EVERY_KIND.questions if one.id in TIED),
)


def publish_every_kind(app: Flask, form_id: str = "teacher-teacher") -> None:
    """A new version of a form that asks mentees these questions; pairs that work keep their plans."""
    with app.app_context(), writing() as session:
        version_id = session.execute(db.select(MentoringForm.current_version_id).where(MentoringForm.id == form_id)).scalar_one()
        spec = session.get_one(FormVersion, version_id).spec
        mentors = tuple(one for one in spec.questionnaires if one.role == "mentor")
        publish(replace(spec, questionnaires=(EVERY_KIND, AFTER, *mentors)), NOW)
    spec_of.cache_clear()
