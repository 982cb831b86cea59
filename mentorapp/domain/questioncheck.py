"""What a form may say about its questionnaires: rules, from one question outwards, and at the end the tables."""

from collections.abc import Iterator, Mapping
from typing import Any

from mentorapp.domain import kinds
from mentorapp.domain.conditioncheck import CONDITION, COUNTED, MOST_SCALE, conditions_can_hold
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
    several,
    shown,
    whole,
)
from mentorapp.domain.questionnaire import (
    FREQUENCY,
    HEADING,
    MATRIX,
    METRICS,
    PERSON,
    PHASES,
    QUESTION_KINDS,
    QUESTIONNAIRE_ROLES,
    Question,
    Questionnaire,
)

_CHOSEN_FROM = ("single", "multi", "rank", MATRIX)
# Keys that only some kinds of question have.
KEYS_OF_KINDS: Mapping[str, tuple[str, ...]] = {
    "options": (*_CHOSEN_FROM, "frequency"),
    "rows": (MATRIX,),
    "base": (PERSON,),
    "low": (*COUNTED, "multi"),
    "high": (*COUNTED, "multi", "rank"),
    "low_label": ("scale",),
    "high_label": ("scale",),
    "reverse": (*COUNTED, "frequency", MATRIX),
}


def flag(value: Any, at: Place) -> bool | None:
    """True or false, as TOML writes them."""
    if type(value) is not bool:
        at.wrong("здесь пишут true («да») или false («нет»), без кавычек")
    return value is True


# --- Rules of one question --------------------------------------------------------------------------


def _has_what_its_kind_needs(question: Mapping[str, Any], at: Place) -> None:
    kind = question.get("kind")
    for key, fitting in KEYS_OF_KINDS.items():
        if key in question and kind not in fitting:
            at.key(key).wrong(f"у вопроса вида «{shown(kind)}» этого ключа нет; уберите его (он бывает у видов: {', '.join(fitting)})")
    needed = {"options": _CHOSEN_FROM, "rows": (MATRIX,), "base": (PERSON,), "low": ("scale",), "high": ("scale",)}
    for key, fitting in needed.items():
        if key not in question and kind in fitting:
            at.key(key).wrong("этого ключа нет, а этому виду вопроса он нужен; допишите его")
    for key in ("required", "pair_key", "show_if", "match", "metric", "sensitive"):
        if key in question and kind == HEADING:
            at.key(key).wrong("заголовок ни о чём не спрашивает; уберите ключ")


def _bounds_fit(question: Mapping[str, Any], at: Place) -> None:
    kind, low, high, options = (question.get(key) for key in ("kind", "low", "high", "options"))
    if type(low) is int and type(high) is int:
        if low > high or (low == high and kind in COUNTED):
            at.key("high").wrong("верхняя граница должна быть больше нижней")
        elif kind == "scale" and high - low + 1 > MOST_SCALE:
            at.key("high").wrong(f"на шкале не больше {MOST_SCALE} делений; сократите её")
    if kind in ("multi", "rank") and type(options) is dict:
        for key, value in (("low", low), ("high", high)):
            if type(value) is int and not 1 <= value <= len(options):
                at.key(key).wrong(f"вариантов здесь {len(options)}, нужно число от 1 до {len(options)}")


# --- Rules between the questions of one questionnaire ------------------------------------------------


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


def _question(
    kind: str, options: Mapping[str, str] | None = None, low: int | None = None, high: int | None = None, **read: Any
) -> Question:
    if kind == "frequency":
        options = options or FREQUENCY
    if kind == "rank":
        high = high or len(options or {})
    return Question(kind=kind, limits=kinds.Limits(options=options or {}, low=low, high=high), **read)


# --- The tables ---------------------------------------------------------------------------------------

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
        "match": ID,
        "metric": one_of(*METRICS),
        "sensitive": flag,
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
    (
        different("questions", "id"),
        different("questions", "pair_key"),
        different("questions", "match"),
        conditions_can_hold,
        _asks_something,
    ),
)
