"""The parts that a form may leave out: what is measured, papers in its own words, rows that an answer calls for, norms of meetings."""

from collections.abc import Callable
from dataclasses import replace

from flask import Flask

from mentorapp.database import writing
from mentorapp.domain.documents import PLACEHOLDERS, Document
from mentorapp.domain.formspec import CalledFor, FormSpec, ItemTemplate, PlanTemplate, from_json, to_json
from mentorapp.domain.kinds import Limits
from mentorapp.domain.parameters import Parameter
from mentorapp.domain.questionnaire import Condition, Question, Questionnaire
from mentorapp.models import FormVersion
from mentorapp.models.forms import spec_of

# One of each who measures; what the psychologist takes is personal, and less of it is better.
PARAMETERS = (
    Parameter("lessons", "Уроки по плану", "Карта наблюдения за месяц", "mentor", unit="урока", low=0, high=20),
    Parameter("ease", "Лёгкость", "Отметка на линейке", "mentee", unit="балла", low=0, high=10),
    Parameter("hours", "Часы", "По журналу", "curator"),
    Parameter("marks", "Отметки", "Средняя за четверть", "class_teacher", low=1, high=5),
    Parameter("worry", "Тревожность", "Опросник психолога", "psychologist", better="less", low=0, high=100, sensitive=True),
    Parameter("doubt", "Сомнения", "Отметка на линейке", "mentee", better="less", low=0, high=10, sensitive=True),
)
# The questionnaire that a row waits for has one of these; the last answer is what calls for it.
SCALES = Questionnaire(
    "asked",
    "mentee",
    "before",
    "Анкета перед началом",
    (
        Question("met", "yes_no", "Работали вместе раньше?"),
        Question("ease", "scale", "Легко ли на уроке?", limits=Limits(low=1, high=10)),
        Question("why", "text", "Что мешает?", required=False, show_if=Condition("met", ("нет",))),
    ),
)
HARD = CalledFor("before", Condition("ease", at_most=4))
STRANGERS = CalledFor("before", Condition("met", ("нет",)))


def with_calls(spec: FormSpec) -> FormSpec:
    """The form asks mentees these questions; a row of the pair's plan and one of the mentee's wait for an answer to them."""
    pair, mentee = spec.plans["pair"], spec.plans["mentee"]
    waiting = {
        "pair": replace(pair, items=_inserted(pair, 2, "Показать свой урок", HARD)),
        "mentee": replace(mentee, items=_inserted(mentee, 1, "Познакомиться с кабинетом", STRANGERS)),
    }
    others = tuple(one for one in spec.questionnaires if (one.role, one.phase) != ("mentee", "before"))
    return replace(spec, plans={**spec.plans, **waiting}, questionnaires=(SCALES, *others))


def _inserted(plan: PlanTemplate, place: int, title: str, when: CalledFor) -> tuple[ItemTemplate, ...]:
    column = plan.by_role("title")
    assert column is not None
    row = ItemTemplate({column.id: title}, section=plan.items[place - 1].section, due={"after_start": 30}, id=f"called{place}", when=when)
    return (*plan.items[:place], row, *plan.items[place:])


EVERY_WORD = " ".join(f"{means}: [{name}]." for name, means in PLACEHOLDERS.items() if name not in ("организация", "договор"))
DOCUMENTS = {
    "programme": Document(
        "Программа работы пары",
        ("Кто работает", "[наставник] и [наставляемый] работают вместе с [начало] по [конец].", "Область работы: [область]."),
        ("director", "curator", "mentor", "mentee"),
    ),
    "agreement": Document("Соглашение о наставничестве", ("Стороны: [наставник] и [наставляемый].",), ("mentor", "mentee", "parent")),
    "plan": Document("План", ("План составлен на [год] учебный год.",)),
    "order": Document("О закреплении наставника", ("На основании приказа [приказ] от [дата приказа] ПРИКАЗЫВАЮ:",), ("director",)),
}


def with_parts(spec: FormSpec) -> FormSpec:
    """The form with its own papers and measurements, and a last row of the pair's plan that the last questionnaire calls for."""
    after = next(one for one in spec.questionnaires if (one.role, one.phase) == ("mentee", "after"))
    scale = next(one.id for one in after.asked if one.kind == "scale" and not one.show_if)
    plan = spec.plans["pair"]
    items = _inserted(plan, len(plan.items), "Продолжить через год", CalledFor("after", Condition(scale, at_least=1)))
    plans = {**spec.plans, "pair": replace(plan, items=items)}
    first, *others = (replace(kind, at_least=None) for kind in spec.meetings)
    meetings = (replace(first, at_least=2, per_month=1, interactions=("вдвоём", "по видеосвязи"), methods=("беседа", "рассказ")), *others)
    return replace(spec, documents=DOCUMENTS, parameters=PARAMETERS, plans=plans, meetings=meetings)


def without_parts(spec: FormSpec) -> FormSpec:
    """The form without any of them."""
    plans = {owner: replace(plan, items=tuple(item for item in plan.items if not item.when)) for owner, plan in spec.plans.items()}
    meetings = tuple(replace(kind, at_least=None, interactions=(), methods=()) for kind in spec.meetings)
    return replace(spec, documents={}, parameters=(), plans=plans, meetings=meetings)


def give_parts(app: Flask, change: Callable[[FormSpec], FormSpec] = with_parts) -> None:
    """Change every published version, as if it had been so from the beginning; the pairs stay as they are."""
    with app.app_context(), writing() as session:
        for version in session.query(FormVersion).all():
            version.written = to_json(change(from_json(version.written)))
    spec_of.cache_clear()
