"""What a form may say about its questionnaires: rules, from one question outwards, and at the end the tables."""

from collections.abc import Iterator, Mapping
from typing import Any

from mentorapp.domain import kinds
from mentorapp.domain.expect import (
    ID,
    NUMBER,
    TEXT,
    TITLE,
    WORD,
    Place,
    Table,
    by_id,
    different,
    entries,
    one_of,
    perhaps,
    several,
    shown,
    whole,
)
from mentorapp.domain.questionnaire import (
    FREQUENCY,
    HEADING,
    MATRIX,
    PERSON,
    PHASES,
    QUESTION_KINDS,
    QUESTIONNAIRE_ROLES,
    Condition,
    Question,
    Questionnaire,
)

MOST_SCALE = 11  # from 0 to 10: what one row of buttons holds
_CHOSEN_FROM = ("single", "multi", "rank", MATRIX)
_COUNTED = ("number", "scale")
_COMPARED = ("yes_no", "single", "multi", "frequency", "scale")  # what «is» may look at


def flag(value: Any, at: Place) -> bool | None:
    """True or false, as TOML writes them."""
    if type(value) is not bool:
        at.wrong("здесь пишут true («да») или false («нет»), без кавычек")
    return value is True


def _answers(value: Any, at: Place) -> tuple[str, ...] | None:
    """One answer or a list of them."""
    if type(value) is list and not all(type(answer) is str for answer in value):
        at.wrong("здесь ожидаются ответы словами; возьмите каждый в кавычки")
        return None
    found = several(TITLE, 30, 1)([value] if type(value) is str else value, at)
    return None if found is None else tuple(text or "" for text in found)


# --- Rules of one question --------------------------------------------------------------------------


def _has_what_its_kind_needs(question: Mapping[str, Any], at: Place) -> None:
    kind = question.get("kind")
    wanted: dict[str, tuple[str, ...]] = {
        "options": (*_CHOSEN_FROM, "frequency"),
        "rows": (MATRIX,),
        "base": (PERSON,),
        "low": (*_COUNTED, "multi"),
        "high": (*_COUNTED, "multi", "rank"),
        "low_label": ("scale",),
        "high_label": ("scale",),
        "reverse": (*_COUNTED, "frequency", MATRIX),
    }
    for key, fitting in wanted.items():
        if key in question and kind not in fitting:
            at.key(key).wrong(f"у вопроса вида «{shown(kind)}» этого ключа нет; уберите его (он бывает у видов: {', '.join(fitting)})")
    needed = {"options": _CHOSEN_FROM, "rows": (MATRIX,), "base": (PERSON,), "low": ("scale",), "high": ("scale",)}
    for key, fitting in needed.items():
        if key not in question and kind in fitting:
            at.key(key).wrong("этого ключа нет, а этому виду вопроса он нужен; допишите его")
    for key in ("required", "pair_key", "show_if"):
        if key in question and kind == HEADING:
            at.key(key).wrong("заголовок ни о чём не спрашивает; уберите ключ")


def _bounds_fit(question: Mapping[str, Any], at: Place) -> None:
    kind, low, high, options = (question.get(key) for key in ("kind", "low", "high", "options"))
    if type(low) is int and type(high) is int:
        if low > high or (low == high and kind in _COUNTED):
            at.key("high").wrong("верхняя граница должна быть больше нижней")
        elif kind == "scale" and high - low + 1 > MOST_SCALE:
            at.key("high").wrong(f"на шкале не больше {MOST_SCALE} делений; сократите её")
    if kind in ("multi", "rank") and type(options) is dict:
        for key, value in (("low", low), ("high", high)):
            if type(value) is int and not 1 <= value <= len(options):
                at.key(key).wrong(f"вариантов здесь {len(options)}, нужно число от 1 до {len(options)}")


# --- Rules between the questions of one questionnaire ------------------------------------------------


def _conditions_can_hold(questionnaire: Mapping[str, Any], at: Place) -> None:
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
    if bounds and kind not in _COUNTED:
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


def _asks_something(questionnaire: Mapping[str, Any], at: Place) -> None:
    kinds_of_questions = [question.get("kind") for _, question in entries(questionnaire, "questions")]
    if kinds_of_questions and all(kind == HEADING for kind in kinds_of_questions):
        at.key("questions").wrong("здесь одни заголовки; добавьте хотя бы один вопрос")


# --- Rules between questionnaires ---------------------------------------------------------------------


def one_a_phase(form: Mapping[str, Any], at: Place) -> None:
    """A side is asked once before, once in the middle, once after: otherwise nobody knows what to compare."""
    seen: set[tuple[Any, Any]] = set()
    for number, questionnaire in entries(form, "questionnaires"):
        mark = questionnaire.get("role"), questionnaire.get("phase")
        if not all(type(word) is str for word in mark):
            continue  # that has been said
        if mark in seen:
            at.key("questionnaires").number(number).key("phase").wrong(
                "такая анкета этой стороны уже есть выше; соедините их или смените phase"
            )
        seen.add(mark)


def pairs_fit(form: Mapping[str, Any], at: Place) -> None:
    """Two questions with one `pair_key` are compared, so they are of one kind, one scale, one list of answers and one direction."""
    first: dict[tuple[str, str], tuple[Place, Mapping[str, Any]]] = {}
    for number, questionnaire in entries(form, "questionnaires"):
        for place, question in entries(questionnaire, "questions"):
            role, key = questionnaire.get("role"), question.get("pair_key")
            if type(key) is not str or type(role) is not str:
                continue
            here = at.key("questionnaires").number(number).key("questions").number(place)
            there, before = first.setdefault((role, key), (here, question))
            if differing := ", ".join(_differing(before, question)):
                here.key("pair_key").wrong(
                    f"с вопросом {there.path}, у которого тот же ключ «{shown(key)}», нельзя сравнить: {differing}; "
                    "сделайте одинаково или уберите pair_key"
                )


def _differing(first: Mapping[str, Any], second: Mapping[str, Any]) -> Iterator[str]:
    """What keeps two questions from being compared. Of two kinds the rest differs anyway."""
    if first.get("kind") != second.get("kind"):
        yield "другой вид вопроса"
        return
    if any(first.get(bound) != second.get(bound) for bound in ("low", "high")):
        yield "другие границы"
    one, other = _options(first), _options(second)
    if one != other:
        yield "другие варианты"
    elif type(one) is dict and list(one) != list(other):
        yield "варианты стоят в другом порядке"
    if first.get("rows") != second.get("rows"):
        yield "другие строки"
    if first.get("reverse", False) != second.get("reverse", False):
        yield "reverse стоит только у одного"


def _options(question: Mapping[str, Any]) -> Any:
    """Options as they are asked: «how often» may leave out the usual ones."""
    return question.get("options", FREQUENCY if question.get("kind") == "frequency" else None)


# --- Building -----------------------------------------------------------------------------------------


def _condition(question: str, at_least: int | None = None, at_most: int | None = None, **read: Any) -> Condition:
    return Condition(question, read.get("is", ()), at_least, at_most)


def _question(
    kind: str, options: Mapping[str, str] | None = None, low: int | None = None, high: int | None = None, **read: Any
) -> Question:
    if kind == "frequency":
        options = options or FREQUENCY
    if kind == "rank":
        high = high or len(options or {})
    return Question(kind=kind, limits=kinds.Limits(options=options or {}, low=low, high=high), **read)


# --- The tables ---------------------------------------------------------------------------------------

CONDITION = Table(_condition, {"question": ID}, {"is": _answers, "at_least": NUMBER, "at_most": NUMBER})
QUESTION = Table(
    _question,
    {"id": ID, "kind": one_of(*QUESTION_KINDS), "text": TEXT},
    {
        "hint": TEXT,
        "required": flag,
        "options": by_id(TITLE, 30),
        "low": NUMBER,
        "high": NUMBER,
        "low_label": WORD,
        "high_label": WORD,
        "rows": by_id(TITLE, 20),
        "pair_key": ID,
        "reverse": flag,
        "base": one_of("mentors", "mentees"),
        "show_if": CONDITION,
    },
    (_has_what_its_kind_needs, _bounds_fit),
)
QUESTIONNAIRE = Table(
    Questionnaire,
    {
        "id": ID,
        "role": one_of(*QUESTIONNAIRE_ROLES),
        "phase": one_of(*PHASES),
        "title": TITLE,
        "questions": several(QUESTION, 100, 1),
    },
    {"intro": TEXT, "thanks": TEXT, "minutes": whole(1, 120)},
    (different("questions", "id"), different("questions", "pair_key"), _conditions_can_hold, _asks_something),
)
