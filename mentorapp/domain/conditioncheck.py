"""What a form may say about when a question is asked and when a row of a plan is wanted: rules, and at the end the table."""

from collections.abc import Iterator, Mapping
from typing import Any

from mentorapp.domain.expect import ID, NUMBER, TITLE, Place, Table, entries, perhaps, several, shown
from mentorapp.domain.questionnaire import FREQUENCY, Condition

MOST_SCALE = 11  # from 0 to 10: what one row of buttons holds
COUNTED = ("number", "scale")  # kinds of question that have bounds
_COMPARED = ("yes_no", "single", "multi", "frequency", "scale")  # what «is» may look at


def _answers(value: Any, at: Place) -> tuple[str, ...] | None:
    """One answer or a list of them."""
    if type(value) is list and not all(type(answer) is str for answer in value):
        at.wrong("здесь ожидаются ответы словами; возьмите каждый в кавычки")
        return None
    found = several(TITLE, 30, 1)([value] if type(value) is str else value, at)
    return None if found is None else tuple(text or "" for text in found)


def conditions_can_hold(questionnaire: Mapping[str, Any], at: Place) -> None:
    """«Show if» names an earlier question that is itself always asked, and an answer that this question can have."""
    questions = entries(questionnaire, "questions")
    known = {question["id"] for _, question in questions if type(question.get("id")) is str}
    earlier: dict[str, Mapping[str, Any]] = {}
    for number, question in questions:
        condition, place = question.get("show_if"), at.key("questions").number(number).key("show_if")
        if type(condition) is dict and type(condition.get("question")) is str:
            asked = earlier.get(condition["question"])
            problems = _condition_problems(condition, asked) if asked else _not_above(condition["question"], question.get("id"), known)
            for problem in problems:
                place.wrong(problem)
        if type(question.get("id")) is str:
            earlier[question["id"]] = question


def _not_above(name: str, own: Any, known: set[str]) -> Iterator[str]:
    """Why a condition finds no question above it."""
    if name == own:
        yield "условие смотрит на свой же вопрос, и его никогда не зададут; назовите один из вопросов выше"
    elif name in known:
        yield f"вопрос «{shown(name)}» стоит ниже, ответа на него ещё нет; поставьте его выше или назовите другой"
    else:
        yield f"вопроса «{shown(name)}» в этой анкете нет{perhaps(name, known) or '; назовите один из вопросов выше'}"


def _condition_problems(condition: Mapping[str, Any], asked: Mapping[str, Any]) -> Iterator[str]:
    kind, bounds = asked.get("kind"), [key for key in ("at_least", "at_most") if key in condition]
    if "show_if" in asked:
        yield "вопрос, на который смотрит условие, сам показан по условию; возьмите тот, что задают всегда"
    if ("is" in condition) == bool(bounds):
        yield 'напишите или is = "ответ", или границу: at_least, at_most'
    if bounds and kind not in COUNTED:
        yield "граница бывает у числа и шкалы; для этого вопроса напишите is с ответом"
    elif bounds:
        yield from _out_of_reach(condition, asked)
    if "is" in condition and kind == "number":
        yield "у вопроса с числом сравнивают с границей; вместо is напишите at_least или at_most"
    elif "is" in condition and kind not in _COMPARED:
        yield "ответ этого вида сравнить нельзя; возьмите вопрос с вариантами, «да — нет» или шкалу"
    elif "is" in condition:
        yield from _unknown_answers(condition["is"], asked)


def _out_of_reach(condition: Mapping[str, Any], asked: Mapping[str, Any]) -> Iterator[str]:
    """Bounds between which no answer to that question lies."""
    least, most = _number_in(condition, "at_least"), _number_in(condition, "at_most")
    low, high = _number_in(asked, "low"), _number_in(asked, "high")
    if least is not None and most is not None and least > most:
        yield f"нет числа, которое не меньше {least} и не больше {most}, и вопрос никогда не зададут; поменяйте границы местами"
        return
    if least is not None and high is not None and least > high:
        yield f"ответ на тот вопрос — не больше {high}, и до at_least = {least} он не дойдёт; поправьте границу"
    if most is not None and low is not None and most < low:
        yield f"ответ на тот вопрос — не меньше {low}, и до at_most = {most} он не опустится; поправьте границу"


def _number_in(table: Mapping[str, Any], key: str) -> int | None:
    value = table.get(key)
    return value if type(value) is int else None


def _unknown_answers(given: Any, asked: Mapping[str, Any]) -> Iterator[str]:
    known = _known_answers(asked)
    for answer in [given] if type(given) is str else given if type(given) is list else []:
        if type(answer) is str and known and answer not in known:
            yield f"ответа «{shown(answer)}» у того вопроса нет; есть: {', '.join(known)}"


def _known_answers(asked: Mapping[str, Any]) -> list[str]:
    """What may be answered, as far as it can be told from a question that may be half wrong itself."""
    kind, options, low, high = (asked.get(key) for key in ("kind", "options", "low", "high"))
    if kind == "yes_no":
        return ["да", "нет"]
    if kind == "scale" and type(low) is int and type(high) is int and high - low < MOST_SCALE:
        return [str(number) for number in range(low, high + 1)]
    return list(options) if type(options) is dict else list(FREQUENCY) if kind == "frequency" else []


def rows_are_called_for(form: Mapping[str, Any], at: Place) -> None:
    """The rows of a plan that wait for an answer of the mentee look at a question that she is asked."""
    asked: dict[Any, dict[Any, Mapping[str, Any]]] = {}
    for _, questionnaire in entries(form, "questionnaires"):
        if questionnaire.get("role") == "mentee" and type(questionnaire.get("phase")) is str:
            asked[questionnaire["phase"]] = {
                question["id"]: question for _, question in entries(questionnaire, "questions") if type(question.get("id")) is str
            }
    for plan_number, plan in entries(form, "plans"):
        for number, item in entries(plan, "items"):
            if type(item.get("when")) is dict:
                place = at.key("plans").number(plan_number).key("items").number(number).key("when")
                for problem in _call_problems(item["when"], asked):
                    place.wrong(problem)


def _call_problems(when: Mapping[str, Any], asked: Mapping[Any, Mapping[Any, Mapping[str, Any]]]) -> Iterator[str]:
    phase, name = when.get("phase"), when.get("question")
    if type(phase) is not str or type(name) is not str:
        return  # that has been said
    if phase not in asked:
        yield f"у наставляемого нет анкеты с phase = «{shown(phase)}»; возьмите ту, которая есть"
    elif name not in asked[phase]:
        yield f"вопроса «{shown(name)}» в этой анкете нет{perhaps(name, asked[phase]) or '; назовите один из её вопросов'}"
    else:
        question = {key: value for key, value in asked[phase][name].items() if key != "show_if"}
        yield from _condition_problems(when, question)


def build_condition(question: str, at_least: int | None = None, at_most: int | None = None, **read: Any) -> Condition:
    """A condition out of what was read of its table; `is` is no name that Python lets a parameter have."""
    return Condition(question, read.get("is", ()), at_least, at_most)


CONDITION = Table(build_condition, {"question": ID}, {"is": _answers, "at_least": NUMBER, "at_most": NUMBER})
