"""The fields of a questionnaire and of its questions in the form editor: those of the kind of answer, conditions, comparisons."""

from collections.abc import Iterable
from typing import Any

from mentorapp import words
from mentorapp.domain import draft
from mentorapp.domain.questionnaire import FREQUENCY, PHASES, QUESTION_KINDS, QUESTIONNAIRE_ROLES
from mentorapp.drafting import shapes
from mentorapp.drafting.fields import ONE_A_LINE, CardField, Content, numbered, short, sides_named, small
from mentorapp.drafting.shapes import LINE, NUMBER, OPTIONS, PROSE

_ENDS = ("number", "scale")


def questionnaire_fields(content: Content) -> list[CardField]:
    sides = sides_named(content)
    return [
        CardField("title", "Название анкеты", LINE),
        small("role", "Кто отвечает", shapes.choice({name: sides.get(name) or words.OTHERS[name] for name in QUESTIONNAIRE_ROLES})),
        small("phase", "Когда", shapes.choice({phase: words.PHASES[phase] for phase in PHASES})),
        small("minutes", "Сколько минут занимает", NUMBER, "пусто — 10"),
        CardField(
            "intro",
            "Что сказать в начале",
            PROSE,
            "Кто прочтёт ответы и сколько это займёт. Отправленное читают сам человек и куратор формы, вторая сторона пары — нет.",
        ),
        CardField("thanks", "Что сказать после отправки", PROSE),
    ]


def question_fields(content: Content, entry: Content, address: str) -> list[CardField]:
    """Those of its kind. `address` is that of the questionnaire."""
    kind = entry.get("kind", "")
    kinds = {name: words.QUESTION_KINDS.get(name, "заголовок: начинает новую страницу") for name in QUESTION_KINDS}
    fields = [
        CardField("text", "Заголовок" if kind == "heading" else "Вопрос", PROSE),
        small("kind", "Ответ", shapes.choice(kinds), reshapes=True, width="double"),
    ]
    fields += _answer_fields(kind)
    fields.append(CardField("hint", "Пояснение под вопросом", LINE))
    if kind == "heading":
        return fields
    return [
        *fields,
        small("required", "Обязательность", shapes.flag("без ответа не отправить", unless=True)),
        small("sensitive", "Личное", shapes.flag("не печатать и не сравнивать")),
        CardField("show_if", "Показывать", shapes.condition(conditions(draft.entries(content, f"{address}.questions"), until=entry))),
        *_comparison_fields(content, entry, address),
        small("metric", "Что измеряет", shapes.choice({"": "не учитывать", **words.METRICS})),
    ]


def _answer_fields(kind: str) -> list[CardField]:
    if kind in ("single", "multi", "rank", "matrix"):
        title = "Уровни, от низшего" if kind == "matrix" else "Варианты"
        rows = [CardField("rows", "Строки таблицы", OPTIONS, ONE_A_LINE)] if kind == "matrix" else []
        bounds = {"multi": [("low", "Отметить не меньше"), ("high", "Отметить не больше")], "rank": [("high", "Сколько мест")]}.get(
            kind, []
        )
        return [
            *rows,
            CardField("options", title, OPTIONS, ONE_A_LINE),
            *(small(key, label, NUMBER, "пусто — сколько угодно") for key, label in bounds),
        ]
    if kind == "frequency":
        return [CardField("options", "Варианты, от частого", OPTIONS, f"Пусто — {', '.join(FREQUENCY.values())}.")]
    if kind in _ENDS:
        ends = [small("low", "От", NUMBER, width="half"), small("high", "До", NUMBER, width="half")]
        captions = (("low_label", "Подпись слева"), ("high_label", "Подпись справа")) if kind == "scale" else ()
        labels = [small(key, label, LINE, width="half") for key, label in captions]
        return [*ends, *labels]
    if kind == "person":
        return [small("base", "Из базы", shapes.choice({"mentors": "наставников", "mentees": "наставляемых"}))]
    return []


def _comparison_fields(content: Content, entry: Content, address: str) -> list[CardField]:
    found = []
    if twins := twin_questions(content, draft.get(content, address) or {}):
        found.append(CardField("pair_key", "Сравнивать с вопросом", shapes.choice({"": "не сравнивать", **twins})))
    if entry.get("kind") in ("number", "scale", "frequency", "matrix"):
        found.append(small("reverse", "Направление", shapes.flag("меньше — лучше")))
    return found


def twin_questions(content: Content, questionnaire: Content) -> dict[str, dict[str, str]]:
    """Questions of the same side's other phases: questionnaire's title → (`pair_key` or id → number and text)."""
    found = {}
    for other in draft.entries(content, "questionnaires"):
        if other.get("role") == questionnaire.get("role") and other.get("id") != questionnaire.get("id"):
            asked = numbered(draft.entries(other, "questions"))
            found[str(other.get("title", "без названия"))] = {
                str(one.get("pair_key") or one["id"]): f"{number}. {short(one.get('text'))}" for number, one in asked
            }
    return found


def conditions(questions: Iterable[Content], until: Content | None = None, phase: str = "") -> dict[str, Any]:
    """Each answer that can be looked at: «всегда», then question → (condition → answer); only questions above `until`."""
    found: dict[str, Any] = {"": "всегда"}
    for number, question in numbered(questions):
        if until is not None and question.get("id") == until.get("id"):
            break
        if "show_if" not in question and (answers := _answers(question)):
            mark = f"{phase}:" if phase else ""
            heading = f"если ответ на вопрос {number}. {short(question.get('text'), 40)}"
            found[heading] = {f"{mark}{question['id']}{tail}": word for tail, word in answers.items()}
    return found


def _answers(question: Content) -> dict[str, str]:
    kind, options = question.get("kind"), question.get("options")
    if kind == "yes_no":
        return {"=да": "да", "=нет": "нет"}
    if kind in ("single", "multi", "frequency"):
        return {f"={name}": str(label) for name, label in (options or (FREQUENCY if kind == "frequency" else {})).items()}
    low, high = question.get("low"), question.get("high")
    if kind == "scale" and isinstance(low, int) and isinstance(high, int) and 0 < high - low <= 10:
        return _bounds(low, high)
    return {}


def _bounds(low: int, high: int) -> dict[str, str]:
    """The quarters of a scale: enough to ask the unsure or the sure further, and a list that can be read."""
    span = high - low
    below = dict.fromkeys((low + span // 4, low + span // 2))
    above = dict.fromkeys((low + span // 2 + 1, high - span // 4))
    return {f"<={n}": f"{n} или меньше" for n in below if n < high} | {f">={n}": f"{n} или больше" for n in above}
