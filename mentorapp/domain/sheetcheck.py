"""What a form may say about its questionnaires, its criteria, its competences and its controls: tables, to be read from below upwards."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from mentorapp.domain import kinds
from mentorapp.domain.deficits import Competence, CompetenceGroup, DeficitCatalogue
from mentorapp.domain.expect import (
    ID,
    NUMBER,
    TEXT,
    TITLE,
    WORD,
    Place,
    Rule,
    Table,
    by_id,
    different,
    entries,
    one_of,
    several,
    shown,
    whole,
)
from mentorapp.domain.formspec import CONTROLS, ControlWay
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
from mentorapp.domain.rubric import Band, Indicator, IndicatorGroup, Point, Rubric

MOST_SCALE = 11  # from 0 to 10: what one row of buttons holds
_CHOSEN_FROM = ("single", "multi", "rank", MATRIX)
_COUNTED = ("number", "scale")


def _flag(value: Any, at: Place) -> bool | None:
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


def _conditions_look_back(questionnaire: Mapping[str, Any], at: Place) -> None:
    """«Show if» names an earlier question that is itself always asked, and an answer that this question can have."""
    earlier: dict[str, Mapping[str, Any]] = {}
    for number, question in entries(questionnaire, "questions"):
        condition, place = question.get("show_if"), at.key("questions").number(number).key("show_if")
        if type(condition) is dict:
            for problem in _condition_problems(condition, earlier):
                place.wrong(problem)
        if type(question.get("id")) is str:
            earlier[question["id"]] = question


def _condition_problems(condition: Mapping[str, Any], earlier: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    name = condition.get("question")
    asked = earlier.get(name) if type(name) is str else None
    if asked is None:
        yield f"вопроса «{shown(name)}» выше нет; условие смотрит только на вопросы, которые стоят раньше"
        return
    kind, bounds = asked.get("kind"), [key for key in ("at_least", "at_most") if key in condition]
    if "show_if" in asked:
        yield "вопрос, на который смотрит условие, сам показан по условию; возьмите тот, что задают всегда"
    if ("is" in condition) == bool(bounds):
        yield 'напишите или is = "ответ", или границу: at_least, at_most'
    if bounds and kind not in _COUNTED:
        yield "граница бывает у числа и шкалы; для этого вопроса напишите is с ответом"
    if "is" in condition and kind not in ("yes_no", "single", "multi", "frequency", "scale"):
        yield "ответ этого вида сравнить нельзя; возьмите вопрос с вариантами, «да — нет» или шкалу"
    elif "is" in condition:
        yield from _unknown_answers(condition["is"], asked)


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
    """Two questions with one `pair_key` are compared, so they are of one kind, one scale and one list of answers."""
    first: dict[tuple[Any, str], Mapping[str, Any]] = {}
    for number, questionnaire in entries(form, "questionnaires"):
        for place, question in entries(questionnaire, "questions"):
            role, key = questionnaire.get("role"), question.get("pair_key")
            if type(key) is not str or type(role) is not str:
                continue
            before = first.setdefault((role, key), question)
            if any(before.get(part) != question.get(part) for part in ("kind", "low", "high", "options", "rows")):
                spot = at.key("questionnaires").number(number).key("questions").number(place).key("pair_key")
                spot.wrong(f"вопросы с «{shown(key)}» нельзя сравнить: у них разные виды, шкалы или варианты; сделайте их одинаковыми")


# --- Rules of the criteria ----------------------------------------------------------------------------


def _bands_cover(rubric: Mapping[str, Any], at: Place) -> None:
    most = _most(rubric)
    bands: list[Any] = [(band.get("low"), band.get("high")) for _, band in entries(rubric, "bands")]
    if most is None or not bands or not all(type(low) is int and type(high) is int for low, high in bands):
        return
    expected = 0
    for low, high in sorted(bands):
        if low != expected or high < low:
            at.key("bands").wrong(f"уровни должны идти подряд от 0 до {most} без пропусков и наложений; проверьте границу у {expected}")
            return
        expected = high + 1
    if expected != most + 1:
        at.key("bands").wrong(f"уровни доходят до {expected - 1}, а самая большая сумма {most}; поправьте границы")


def _most(rubric: Mapping[str, Any]) -> int | None:
    values: list[Any] = [point.get("value") for _, point in entries(rubric, "points")]
    lines = sum(len(entries(group, "indicators")) for _, group in entries(rubric, "groups"))
    return max(values) * lines if values and all(type(value) is int for value in values) else None


def _points_differ(rubric: Mapping[str, Any], at: Place) -> None:
    values = [(number, point.get("value")) for number, point in entries(rubric, "points")]
    for place, (number, value) in enumerate(values):
        if value in [former for _, former in values[:place]]:
            at.key("points").number(number).key("value").wrong("такой балл уже есть выше; оставьте один")


def _ids_differ(part: str, inner: str) -> Rule:
    """No id twice in all groups: marks are kept by it."""

    def rule(value: Mapping[str, Any], at: Place) -> None:
        seen: set[str] = set()
        for number, group in entries(value, part):
            for place, entry in entries(group, inner):
                mark = entry.get("id")
                if type(mark) is str and mark in seen:
                    at.key(part).number(number).key(inner).number(place).key("id").wrong(
                        f"«{shown(mark)}» уже есть выше; у каждой строки своё обозначение"
                    )
                seen.add(mark if type(mark) is str else "")

    return rule


def _enough_is_a_level(catalogue: Mapping[str, Any], at: Place) -> None:
    levels, enough = catalogue.get("levels"), catalogue.get("enough", 2)
    if type(levels) is list and type(enough) is int and not 1 <= enough < len(levels):
        at.key("enough").wrong(f"уровней {len(levels)}, они считаются с 0; напишите число от 1 до {max(1, len(levels) - 1)}")


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


def _list_of(check: Callable[[Any, Place], Any]) -> Callable[[Any, Place], Any]:
    return several(check, 40, 1)


# --- The tables ---------------------------------------------------------------------------------------

CONDITION = Table(_condition, {"question": ID}, {"is": _answers, "at_least": NUMBER, "at_most": NUMBER})
QUESTION = Table(
    _question,
    {"id": ID, "kind": one_of(*QUESTION_KINDS), "text": TEXT},
    {
        "hint": TEXT,
        "required": _flag,
        "options": by_id(TITLE, 30),
        "low": NUMBER,
        "high": NUMBER,
        "low_label": WORD,
        "high_label": WORD,
        "rows": by_id(TITLE, 20),
        "pair_key": ID,
        "reverse": _flag,
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
    (different("questions", "id"), different("questions", "pair_key"), _conditions_look_back, _asks_something),
)

POINT = Table(Point, {"value": whole(0, 100), "label": WORD}, {})
INDICATOR = Table(Indicator, {"id": ID, "title": TITLE}, {"hint": TEXT})
INDICATOR_GROUP = Table(IndicatorGroup, {"id": ID, "title": TITLE, "indicators": _list_of(INDICATOR)}, {})
BAND = Table(Band, {"low": whole(0, 10_000), "high": whole(0, 10_000), "title": WORD}, {"text": TEXT})
EVALUATION = Table(
    Rubric,
    {
        "title": TITLE,
        "points": several(POINT, 11, 2),
        "groups": several(INDICATOR_GROUP, 20, 1),
        "bands": several(BAND, 10, 1),
    },
    {"not_applicable": _flag},
    (_points_differ, different("groups", "id"), _ids_differ("groups", "indicators"), _bands_cover),
)

COMPETENCE = Table(Competence, {"id": ID, "title": TITLE}, {"practice": TITLE})
COMPETENCE_GROUP = Table(CompetenceGroup, {"id": ID, "title": TITLE, "competences": _list_of(COMPETENCE)}, {})
DEFICITS = Table(
    DeficitCatalogue,
    {"title": TITLE, "levels": several(WORD, 10, 2), "groups": several(COMPETENCE_GROUP, 20, 1)},
    {"enough": NUMBER},
    (different("groups", "id"), _ids_differ("groups", "competences"), _enough_is_a_level),
)

CONTROL_WAY = Table(ControlWay, {"id": ID, "title": TITLE}, {})


def _ways(value: Any, at: Place) -> Any:
    found = several(CONTROL_WAY, 12, 1)(value, at)
    ids = [way.id if way else "" for way in found or ()]
    for number, id in enumerate(ids, 1):
        if id and id in ids[: number - 1]:
            at.number(number).key("id").wrong(f"«{shown(id)}» уже есть выше; у каждой записи здесь своё обозначение")
    return found


CONTROL: Table[dict[str, tuple[ControlWay, ...]]] = Table(dict, {}, dict.fromkeys(CONTROLS, _ways))
