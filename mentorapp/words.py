"""What the interface calls things: one Russian word for each state and kind, the same on every page and paper."""

import re
from collections.abc import Sequence
from typing import Any, Protocol

from mentorapp.domain import answers, external, organisation
from mentorapp.domain.answertable import Sort
from mentorapp.domain.formspec import FormSpec, ItemTemplate
from mentorapp.domain.kinds import Limits
from mentorapp.domain.parameters import Change
from mentorapp.domain.permissions import RoleKind, Side
from mentorapp.domain.planning import ITEM_STATES, PlanState
from mentorapp.domain.questionnaire import Condition, Question, Questionnaire
from mentorapp.models.meetings import MeetingState
from mentorapp.models.pairs import Pair, PairState
from mentorapp.models.people import PersonKind
from mentorapp.models.school import MENTEE_WORDS

KINDS = {
    PersonKind.PUPIL: "обучающийся",
    PersonKind.TEACHER: "педагог",
    PersonKind.STAFF: "сотрудник школы",
    PersonKind.PARENT: "родитель",
    PersonKind.STUDENT: "студент",
    PersonKind.EMPLOYER: "работодатель",
    PersonKind.GRADUATE: "выпускник",
    PersonKind.VETERAN: "ветеран труда",
    PersonKind.EXPERT: "внешний эксперт",
}
CLEARANCES = {kind: title[:1].upper() + title[1:] for kind, title in external.TITLES.items()}
# What else an organisation may be is written as one likes.
ORGANISATION_KINDS = ("предприятие", "университет", "колледж", "учреждение культуры", "учреждение спорта", "общественная организация")
STANDINGS = {"good": "действует", "soon": "скоро истекает", "over": "срок истёк"}
SEXES = {"f": "женский", "m": "мужской"}
ROLES = {
    RoleKind.ADMINISTRATOR: "администратор",
    RoleKind.CURATOR: "куратор",
    RoleKind.DIRECTOR: "директор",
    RoleKind.PSYCHOLOGIST: "психолог",
    RoleKind.CLASS_TEACHER: "классный руководитель",
}
PAIR_STATES = {
    PairState.PROPOSED: "Предложена",
    PairState.AGREED: "Согласована",
    PairState.ACTIVE: "Работает",
    PairState.PAUSED: "На паузе",
    PairState.FINISHED: "Завершена",
}
# The step that leads to a state, as a button says it.
PAIR_STEPS = {
    PairState.AGREED: "Отметить согласие сторон",
    PairState.ACTIVE: "Начать работу",
    PairState.PAUSED: "Поставить на паузу",
    PairState.FINISHED: "Завершить",
}
PLAN_STATES = {
    PlanState.DRAFT: "черновик",
    PlanState.AGREED: "согласован",
    PlanState.APPROVED: "утверждён",
    PlanState.CLOSED: "закрыт",
}
# What is asked for, as the page of a form says it.
QUESTION_KINDS = {
    "text": "строка",
    "long": "текст в несколько строк",
    "number": "число",
    "date": "дата",
    "yes_no": "да или нет",
    "single": "один вариант",
    "multi": "несколько вариантов",
    "scale": "шкала",
    "frequency": "как часто",
    "rank": "варианты по порядку",
    "matrix": "таблица, в каждой строке один ответ",
    "person": "человек из списка",
}
# When a questionnaire is filled in; and where it stands (models/asked.Stage).
PHASES = {
    "application": "заявка в базу",
    "preference": "предпочтения после знакомства",
    "before": "перед началом",
    "interim": "в середине",
    "after": "в конце",
    "observation": "наблюдение",
}
# Who fills in a questionnaire when it is no side of a pair, and who takes a measurement.
OTHERS = {
    "third_party": "тот, кто знает участника",
    "curator": "куратор",
    "class_teacher": "классный руководитель",
    "psychologist": "психолог",
}
# What a table of answers says where there is none to read (answertable.Sort).
NO_ANSWER = {Sort.EMPTY: "—", Sort.NOT_ASKED: "не спрашивали", Sort.NOT_SHOWN: "не показан", Sort.PERSONAL: "личное"}
METRICS = {
    "satisfaction": "удовлетворённость",
    "comfort": "комфорт",
    "expectation": "ожидания",
    "usefulness": "польза",
    "support": "поддержка",
    "involvement": "вовлечённость",
    "interest": "интерес",
    "confidence": "уверенность",
}
MATCH_KINDS = {
    "equal": "одинаковые ответы",
    "overlap": "есть общее",
    "complement": "трудность одного — сильная сторона другого",
    "gap": "число наставника больше",
    "veto": "одинаковый ответ — запрет",
}
DOCUMENTS = {"programme": "Программа пары", "agreement": "Соглашение", "plan": "Вступление к плану", "order": "Приказ о паре"}
SIGNERS = {
    "director": "директор",
    "curator": "куратор",
    "mentor": "наставник",
    "mentee": "наставляемый",
    "parent": "законный представитель",
}
STAGES = {"later": "ещё рано", "waiting": "не начата", "begun": "начата", "sent": "отправлена", "missed": "не заполнена"}
# Of an evaluation, and of the control that a pair chose.
OCCASIONS = {"interim": "промежуточный контроль", "final": "итоговый контроль"}
MEETING_STATES = {MeetingState.PLANNED: "Впереди", MeetingState.HELD: "Состоялась", MeetingState.MISSED: "Не состоялась"}

# The colour of a state's mark; the word always stands in it.
TINTS = {
    "planned": "",
    "in_progress": "accent",
    "done": "ok",
    "moved": "warn",
    "cancelled": "",
    "overdue": "err",
    "proposed": "",
    "agreed": "accent",
    "active": "ok",
    "paused": "warn",
    "finished": "",
    "draft": "",
    "approved": "ok",
    "closed": "",
    "held": "ok",
    "missed": "warn",
    "waiting": "warn",
    "begun": "accent",
    "sent": "ok",
    "good": "ok",
    "soon": "warn",
    "over": "err",
}
ITEMS = dict(ITEM_STATES)


class HasMenteeWords(Protocol):
    """Whatever knows the school's own word for a mentee: the school's row, or the head of a page that has read it along."""

    mentee_words: Any


def side_words(spec: FormSpec, school: HasMenteeWords, side: Side) -> dict[str, str]:
    """What a form calls one side; where it has only the usual word for a mentee, the school's own word stands."""
    words = spec.mentor if side is Side.MENTOR else spec.mentee
    found = {case: getattr(words, case) for case in MENTEE_WORDS}
    if side is Side.MENTEE and found["nominative"].casefold() == MENTEE_WORDS["nominative"]:
        return {**found, **school.mentee_words}
    return found


def owner_names(spec: FormSpec, school: HasMenteeWords) -> dict[str, str]:
    """Owner of a plan → what its tab says, in the words of the form and the school."""
    mentor, mentee = (side_words(spec, school, side)["nominative"] for side in (Side.MENTOR, Side.MENTEE))
    return {"pair": _plan_title(spec) or "План пары", "mentor": _capital(mentor), "mentee": _capital(mentee), "curator": "Куратор"}


def _plan_title(spec: FormSpec) -> str:
    """What a form calls the common plan, when it names it after something else than the pair: «План группы»."""
    title = spec.plans["pair"].title if "pair" in spec.plans else ""
    return "" if re.search(r"\bпар(а|ы|е|у|ой)\b", title, re.IGNORECASE) else title


def plan_names(spec: FormSpec, school: HasMenteeWords) -> dict[str, str]:
    """Owner of a plan → how a list speaks of it: «план наставника»."""
    mentor, mentee = (side_words(spec, school, side)["genitive"] for side in (Side.MENTOR, Side.MENTEE))
    title = _plan_title(spec)
    common = "план пары" if not title else f"«{title}»" if title.casefold().startswith("план") else f"план «{title}»"
    return {
        "pair": common,
        "mentor": f"план {mentor}",
        "mentee": f"план {mentee}",
        "curator": "план куратора",
    }


def plan_names_in(pair: Pair, school: HasMenteeWords) -> dict[tuple[str, int | None], str]:
    """(owner, participant id) of a plan → the same for one pair; where several mentees have or had plans, with the name of each."""
    names = plan_names(pair.spec, school)
    mentees = [row for row in pair.participants if row.side is Side.MENTEE]
    whose = {row.id: f": {row.person.short_name}" if len(mentees) > 1 else "" for row in mentees}
    common: dict[tuple[str, int | None], str] = {(owner, None): name for owner, name in names.items()}
    return common | {("mentee", row_id): f"{names['mentee']}{name}" for row_id, name in whose.items()}


def condition_words(questionnaire: Questionnaire, question: Question) -> str:
    """«если на вопрос 3 ответ «да»»; empty for a question that is always asked."""
    return _said(questionnaire, question.show_if) if question.show_if else ""


def called_words(spec: FormSpec, item: ItemTemplate) -> str:
    """Which answer calls for a row of a plan; empty for a row that always stands there."""
    called = item.when
    asked = next((one for one in spec.questionnaires if called and (one.role, one.phase) == ("mentee", called.phase)), None)
    known = called and asked and asked.of_key(called.condition.question)  # a form that is being written may lack the question
    return f"{_said(asked, called.condition)}, «{asked.title}»" if called and asked and known else ""


def _said(questionnaire: Questionnaire, condition: Condition) -> str:
    asked, number = questionnaire.question(condition.question), questionnaire.numbers[condition.question]
    if condition.values:
        chosen = " или ".join(f"«{answers.shown(asked, value)}»" for value in condition.values)
        return f"если на вопрос {number} ответ {chosen}"
    bounds = [(condition.at_least, "не меньше"), (condition.at_most, "не больше")]
    return f"если на вопрос {number} ответ " + " и ".join(f"{word} {bound}" for bound, word in bounds if bound is not None)


def answer_words(question: Question) -> str:
    """The kind of a question and how much it takes: «шкала от 1 до 10», «несколько вариантов, не больше 3»."""
    kind, low, high = QUESTION_KINDS[question.kind], question.limits.low, question.limits.high
    if question.kind == "rank":
        return f"{kind}, первые {high}" if high and high < len(question.limits.options) else kind
    if question.kind == "multi":
        return ", ".join([kind, *(f"{word} {bound}" for bound, word in ((low, "не меньше"), (high, "не больше")) if bound)])
    return " ".join([kind, *(f"{word} {bound}" for bound, word in ((low, "от"), (high, "до")) if bound is not None)])


def asked_otherwise(versions: Sequence[int], text: str) -> str:
    """Under what other words a question was answered: «в версии 1: «…»»."""
    return f"{'в версии' if len(versions) == 1 else 'в версиях'} {', '.join(map(str, versions))}: «{text}»"


def who(spec: FormSpec, school: HasMenteeWords, name: str) -> str:
    """Who answers or measures, in the words of the form and the school: a side of the pair or somebody else."""
    return OTHERS[name] if name in OTHERS else side_words(spec, school, Side(name))["nominative"]


def organisation_words(spec: FormSpec) -> str:
    """How many people a form puts on the two sides."""
    return organisation.described(spec)


def gap_words(least: int | None, most: int | None) -> str:
    """By how much the mentor's number is above the mentee's: «на 1–4», «не меньше чем на 2»."""
    if least is not None and most is not None:
        return f"на {least}" if least == most else f"на {least}–{most}"
    return f"не меньше чем на {least}" if least is not None else f"не больше чем на {most}"


def signed(number: float) -> str:
    """A difference as people write it: «+3», «−1,5», «0»."""
    text = f"{abs(number):g}".replace(".", ",")
    return text if not number else f"{'+' if number > 0 else '−'}{text}"


def change_words(change: Change | None) -> str:
    """«+2, лучше», «−1, хуже», «без изменений»; nothing where one of the two numbers is missing."""
    if change is None:
        return ""
    return "без изменений" if change.is_better is None else f"{signed(change.by)}, {'лучше' if change.is_better else 'хуже'}"


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def how_many(limits: Limits) -> str:
    """How many options of several may be ticked."""
    if limits.low and limits.low == limits.high:
        return f"Отметьте ровно {limits.low}."
    bounds = [("не меньше", limits.low if (limits.low or 0) > 1 else None), ("не больше", limits.high)]
    said = " и ".join(f"{word} {bound}" for word, bound in bounds if bound)
    return f"Отметьте {said}." if said else "Можно отметить несколько."
