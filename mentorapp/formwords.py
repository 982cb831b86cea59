"""How differences between two versions of a form are said: what a part is called, what happened, codes as words."""

from collections import Counter
from collections.abc import Iterable, Mapping

from mentorapp import words
from mentorapp.domain import conflict
from mentorapp.domain.formdiff import Change, Difference

PARTS = {
    "form": "О форме", "sides": "Стороны", "subtypes": "Виды пар", "models": "Модели", "plans": "Планы", "meetings": "Встречи",
    "texts": "Тексты программы", "questionnaires": "Анкеты", "matching": "Подбор", "parameters": "Измерения", "evaluation": "Оценка",
    "deficits": "Дефициты", "control": "Контроль", "documents": "Бумаги",
}  # fmt: skip
THINGS = {
    "form": "форма", "side": "сторона", "subtype": "вид пары", "model": "модель", "plan": "план", "column": "столбец",
    "item": "строка плана", "meeting": "вид встречи", "text": "текст", "questionnaire": "анкета", "question": "вопрос",
    "option": "вариант ответа", "row": "строка таблицы", "rubric": "лист оценки", "point": "балл", "indicator_group": "группа показателей",
    "indicator": "показатель",
    "band": "уровень", "deficits": "чек-лист дефицитов", "competence_group": "группа компетенций", "competence": "компетенция",
    "match": "правило подбора", "parameter": "измерение", "control": "вид контроля", "document": "бумага",
}  # fmt: skip
SEVERAL = {
    "form": "общее о форме", "side": "стороны", "subtype": "виды пар", "model": "модели", "plan": "планы", "column": "столбцы планов",
    "item": "строки планов", "meeting": "виды встреч", "text": "тексты программы", "questionnaire": "анкеты", "question": "вопросы",
    "option": "варианты ответов", "row": "строки таблиц", "rubric": "лист оценки", "point": "баллы",
    "indicator_group": "группы показателей", "indicator": "показатели", "band": "уровни", "deficits": "чек-лист дефицитов",
    "competence_group": "группы компетенций", "competence": "компетенции", "match": "правила подбора", "parameter": "измерения",
    "control": "виды контроля", "document": "бумаги",
}  # fmt: skip
NAMES = {
    "": "слова", "title": "название", "short_title": "название для приказов", "summary": "описание", "source": "на что опирается",
    "organisation": "сколько людей с каждой стороны", "most_mentors": "наставников не больше", "most_mentees": "наставляемых не больше",
    "length_days": "обычный срок, дней", "meeting_every_days": "дней между встречами",
    "alert_days": "тревога без встреч, дней", "parents_consent": "нужно согласие родителей", "areas": "область работы",
    "nominative": "слово: кто", "genitive": "слово: кого", "dative": "слово: кому", "plural": "слово: кто, много",
    "kinds": "кто может быть", "least_age": "возраст от", "most_age": "возраст до", "aim": "цель", "categories": "категория",
    "notes": "примечание", "section": "раздел", "due": "срок", "report_due": "когда отчитаться", "when": "при каком ответе нужна",
    "kind": "вид", "width": "ширина", "role": "роль", "suggest": "подсказки", "options": "варианты", "low": "от", "high": "до",
    "agenda": "пункт повестки", "interactions": "как провести", "methods": "приём", "minutes": "минут", "per_month": "встреч в месяц",
    "at_least": "встреч всего", "intro": "слова в начале", "thanks": "слова после отправки", "phase": "когда", "text": "текст",
    "hint": "подсказка", "low_label": "подпись начала шкалы", "high_label": "подпись конца шкалы", "required": "обязателен",
    "pair_key": "связь «до» и «после»", "reverse": "меньше — лучше", "base": "из какой базы", "match": "метка подбора",
    "metric": "о чём говорит", "sensitive": "личное", "show_if": "при каком условии показывается", "not_applicable": "можно «не применимо»",
    "label": "что значит", "group": "группа", "levels": "уровни", "enough": "достаточный уровень", "practice": "занятие для плана",
    "who": "кто измеряет", "better": "что лучше", "method": "как измеряют", "unit": "единица", "weight": "вес", "least": "не меньше чем на",
    "most": "не больше чем на", "mentee": "метка у наставляемого", "mentor": "метка у наставника", "paragraphs": "абзац",
    "signs": "кто подписывает", "other": "порядок частей",
}  # fmt: skip
_CODES: Mapping[str, Mapping[str, str]] = {
    "kind": {**words.QUESTION_KINDS, **words.MATCH_KINDS, "heading": "заголовок", "due": "срок", "choice": "слово из списка"},
    "kinds": {str(kind): word for kind, word in words.KINDS.items()},
    "role": {
        **words.OTHERS,
        "mentee": "наставляемый",
        "mentor": "наставник",
        "title": "название",
        "due": "срок",
        "report_due": "когда отчитаться",
    },
    "who": {**words.OTHERS, "mentee": "наставляемый", "mentor": "наставник"},
    "phase": words.PHASES,
    "metric": words.METRICS,
    "signs": words.SIGNERS,
    "base": {"mentors": "наставники", "mentees": "наставляемые"},
    "better": {"more": "больше", "less": "меньше"},
}


def what(one: Difference) -> str:
    """What happened: «Добавлено: вопрос», «Изменены слова: подсказка», «Изменено: вид»."""
    name = NAMES.get(one.name.removeprefix("cells."), "текст строки" if one.name.startswith("cells.") else one.name)
    thing = name if one.name else THINGS[one.thing]
    if one.change is Change.MOVED:
        return "Порядок"
    start = {Change.ADDED: "Добавлено", Change.REMOVED: "Снято", Change.REWORDED: "Изменены слова"}.get(one.change, "Изменено")
    return f"{start}: {thing}"


_DONE = {Change.ADDED: "добавлено", Change.REMOVED: "снято"}
ONE_OF_A_KIND = ("form", "rubric", "deficits")  # these are not counted
MOST_TOLD = 6  # sorts of things


def in_short(differences: Iterable[Difference]) -> str:
    """What changed, in a line: «вопросы: добавлено 1, изменено 2; строки планов: снято 1». A thing counts once."""
    found: dict[str, Counter[str]] = {}
    for sort, deed, _address in dict.fromkeys(map(_deed, differences)):
        found.setdefault(sort, Counter())[deed] += 1
    told = [f"{SEVERAL[sort]}: {', '.join(_counted(sort, deeds))}" for sort, deeds in found.items()]
    return "; ".join([*told[:MOST_TOLD], *(["и другое"] if len(told) > MOST_TOLD else [])])


def _deed(one: Difference) -> tuple[str, str, str]:
    """The sort of thing, what was done, and to which one."""
    if one.name:  # something that the thing says came, went or was reworded
        return one.thing, "изменено", one.address.rpartition("/")[0]
    deed = "изменён порядок" if one.change is Change.MOVED else _DONE.get(one.change, "изменено")
    return one.thing, deed, one.address


def _counted(sort: str, deeds: Counter[str]) -> list[str]:
    return [deed if sort in ONE_OF_A_KIND or deed == "изменён порядок" else f"{deed} {number}" for deed, number in deeds.items()]


def shown(one: Difference) -> tuple[str, str]:
    """Both texts, with the program's own words in place of its codes."""
    codes = _CODES.get(one.name) if one.change in (Change.FACT, Change.KIND, Change.WIDENED) else None
    if codes is None:
        return one.old, one.new
    old, new = (", ".join(codes.get(part, part) for part in text.split(", ")) for text in (one.old, one.new))
    return old, new


def marked(one: Difference) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """The same cut into pieces, each with whether the other text lacks it; what is new or gone is not marked at all."""
    old, new = shown(one)
    if not old or not new:
        return [(old, False)] if old else [], [(new, False)] if new else []
    return conflict.marked(old, new)
