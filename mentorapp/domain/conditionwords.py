"""A condition as people write it («вопрос 3 = да», «вопрос 3 ≥ 5», «вопрос 3 = часто или редко») and back again.

Questions are those of one questionnaire as content (docs/dev/forms.md), maybe half wrong; they are named by the number that
people see and their answers by the words that people see. A question that is not there is named by its id in quotation marks,
so that nothing is lost on the way and the contract's own check says what is wrong with it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mentorapp.domain.expect import shown
from mentorapp.domain.questionnaire import FREQUENCY, HEADING
from mentorapp.domain.school_year import NotUnderstood

Questions = Sequence[Mapping[str, Any]]
Condition = dict[str, Any]

HINT = "Условие не понято. Напишите, например: «вопрос 3 = да», «вопрос 3 ≥ 5» или «вопрос 3 = часто или редко»."
EXAMPLES = ("вопрос 3 = да", "вопрос 3 ≥ 5", "вопрос 3 от 2 до 5", "вопрос 3 = часто или редко")
LONGEST = 2000  # characters; thirty long options fit
MOST_ANSWERS = 30
MOST_MARKS_INSIDE = 12  # commas and «или» inside one label

_COUNTED = ("number", "scale")
_ID = "[a-z][a-z0-9_]{0,31}"


def numbered(questions: Questions) -> dict[int, Mapping[str, Any]]:
    """The questions by the number that people see; headings have none."""
    asked = (question for question in questions if isinstance(question, Mapping) and question.get("kind") != HEADING)
    return dict(enumerate(asked, 1))


# --- In words -----------------------------------------------------------------------------------------


def to_words(condition: Mapping[str, Any], questions: Questions) -> str:
    """The condition in words that `from_words` reads back as the same one; nothing where it is no condition at all."""
    id = condition.get("question")
    if type(id) is not str:
        return ""
    found = next(((number, question) for number, question in numbered(questions).items() if question.get("id") == id), None)
    name = f"вопрос {found[0]}" if found else f"вопрос «{id}»"
    question = found[1] if found else {}
    if bounds := _bounds_in_words(condition):
        return f"{name} {bounds}"
    values = _values(condition.get("is"))
    ways = ("{name} = " + " или ".join(ways) for ways in _ways_to_say(values, question)) if values else ()
    written = [way.replace("{name}", name, 1) for way in ways]
    return next((words for words in written if from_words(words, questions) == _single(id, values)), written[-1] if written else "")


def _bounds_in_words(condition: Mapping[str, Any]) -> str:
    least, most = (condition.get(key) for key in ("at_least", "at_most"))
    if type(least) is int and type(most) is int:
        return f"от {least} до {most}"
    return f"≥ {least}" if type(least) is int else f"≤ {most}" if type(most) is int else ""


def _values(given: Any) -> list[str]:
    listed = [given] if type(given) is str else given if isinstance(given, list | tuple) else []
    return [value for value in listed if type(value) is str]


def _ways_to_say(values: list[str], question: Mapping[str, Any]) -> Iterator[list[str]]:
    """Ways to write the answers, from the plainest to the one that is never mistaken."""
    options = options_of(question)
    if all(value in options for value in values):
        yield [options[value] for value in values]
        yield [f"«{options[value]}»" for value in values]
        yield [f"вариант {list(options).index(value) + 1}" for value in values]
    elif not options:
        yield values
    yield [f"вариант «{value}»" for value in values]


def options_of(question: Mapping[str, Any]) -> dict[str, str]:
    """What may be answered by id, where answers have words of their own."""
    options = question.get("options")
    if question.get("kind") == "frequency" and not isinstance(options, Mapping):
        return dict(FREQUENCY)
    if question.get("kind") not in ("single", "multi", "frequency") or not isinstance(options, Mapping):
        return {}
    return {id: label for id, label in options.items() if type(id) is str and type(label) is str}


def _single(id: str, values: list[str]) -> Condition:
    return {"question": id, "is": values[0] if len(values) == 1 else values}


# --- Out of words -------------------------------------------------------------------------------------


def from_words(text: str, questions: Questions, numbers: Mapping[int, Mapping[str, Any]] | None = None) -> Condition | None:
    """The condition that the words mean; None when they are empty or not understood."""
    try:
        return read(text, questions, numbers)
    except NotUnderstood:
        return None


def read(text: str, questions: Questions, numbers: Mapping[int, Mapping[str, Any]] | None = None) -> Condition:
    """The condition that the words mean. Raises NotUnderstood with a sentence that says what is wrong.

    `numbers` are the questions by number where the author has numbered them in a way of his own; without it they are counted.
    Case, ё, quotation marks and a full stop make no difference; «больше 5» of a scale is «≥ 6», «≠ да» is «нет».
    """
    words = " ".join(text.split())
    if not words or len(words) > LONGEST:
        raise NotUnderstood(HINT)
    question, said = _named(words, questions, numbered(questions) if numbers is None else numbers)
    return {"question": question["id"], **_said(said, question)}


_BEFORE = r"(?:(?:показ[а-я]+|зада[а-я]+|спрашива[а-я]+|нужна?|только)?,? ?(?:если|когда|при) )?(?:(?:в ответе )?на |в )?"
_NUMBERED = re.compile(
    rf"{_BEFORE}(?:вопрос[а-я]*|в\.|номер)? ?(?:№|n|номер)? ?([0-9]{{1,3}})\b(?:-?(?:й|м|го)\b)?[).]? ?(.*)", re.IGNORECASE
)
_BY_ID = re.compile(rf"{_BEFORE}вопрос[а-я]* [«\"]({_ID})[»\"] ?(.*)", re.IGNORECASE)


def _named(words: str, questions: Questions, numbers: Mapping[int, Mapping[str, Any]]) -> tuple[Mapping[str, Any], str]:
    """The question that is meant, and what is said of it."""
    if found := _BY_ID.fullmatch(words):
        id = found[1].lower()
        return next((question for question in numbers.values() if question.get("id") == id), {"id": id}), found[2]
    if named := _by_text(words, questions):
        return named
    found = _NUMBERED.fullmatch(words)
    if not found:
        raise NotUnderstood(HINT)
    question = numbers.get(int(found[1]))
    if question is None or type(question.get("id")) is not str:
        last = max(numbers, default=0)
        raise NotUnderstood(
            f"Вопроса {found[1]} нет: последний — {last}. Поправьте номер." if last else "Вопросов ещё нет, смотреть не на что."
        )
    return question, found[2]


_SIGNS = tuple("=≠≥≤<>:—–-!")


def _by_text(words: str, questions: Questions) -> tuple[Mapping[str, Any], str] | None:
    """«Работали ли вы раньше с наставником? = да»."""
    plain = words.lstrip('«"')
    for question in questions:
        text = question.get("text") if isinstance(question, Mapping) else None
        if type(text) is not str or type(question.get("id")) is not str or question.get("kind") == HEADING:
            continue
        asked = " ".join(text.split())
        said = plain[len(asked) :].lstrip('»" ')
        if asked and plain.casefold().startswith(asked.casefold()) and said[:1] in _SIGNS:
            return question, said
    return None


_NUMBER = r"([+-]?[0-9]{1,7})(?: балл[а-я]*)?"
_LEAST = r"(?:>=|=>|≥|не меньше|не менее|не ниже|от|минимум|начиная с|с)"
_MOST = r"(?:<=|=<|≤|не больше|не более|не выше|до|максимум|по)"
_NOT = re.compile(r"(?:≠|!=|<>|не равно|не|кроме) ?(.+)", re.IGNORECASE)
_IS = re.compile(r"(?:==?|:|—|–|-|равен|равно|это|ответили|отвечено|ответ|выбран[аоы]?|отмечен[аоы]?)? ?(?:это )?(.+)", re.IGNORECASE)


def _said(said: str, question: Mapping[str, Any]) -> Condition:
    plain = said.casefold().replace("ё", "е").strip(" .")
    if bounds := _bounds(plain, question):
        return bounds
    if found := _NOT.fullmatch(said):
        return _other_than(_answers(found[1], question), question)
    found = _IS.fullmatch(said)
    if not found:
        raise NotUnderstood(f"Не сказано, какой ответ нужен. {HINT}")
    values = _answers(found[1], question)
    return {"is": values[0] if len(values) == 1 else values}


def _bounds(said: str, question: Mapping[str, Any]) -> Condition | None:
    """«≥ 5», «от 2 до 5», «больше 5», and «= 5» of a number, whose answers are compared with bounds only."""
    counted = not question.get("kind") or question["kind"] in _COUNTED
    if found := re.fullmatch(rf"(?:{_LEAST}|=|:)? ?{_NUMBER}(?: ?[-–—]| ?\.\.+| ?,? ?(?:и )?{_MOST}) ?{_NUMBER}", said):
        return {"at_least": int(found[1]), "at_most": int(found[2])} if counted or not said[0].isdigit() else None
    if found := re.fullmatch(rf"{_LEAST} ?{_NUMBER}(?: и (?:больше|более|выше))?|{_NUMBER} и (?:больше|более|выше)", said):
        return {"at_least": int(found[1] or found[2])}
    if found := re.fullmatch(rf"{_MOST} ?{_NUMBER}(?: и (?:меньше|менее|ниже))?|{_NUMBER} и (?:меньше|менее|ниже)", said):
        return {"at_most": int(found[1] or found[2])}
    if found := re.fullmatch(rf"(>|больше|более|выше|<|меньше|менее|ниже) ?(?:чем )?{_NUMBER}", said):
        return _beyond(found[1] in (">", "больше", "более", "выше"), int(found[2]), question)
    if question.get("kind") == "number" and (found := re.fullmatch(rf"(?:==?|:|равно)? ?{_NUMBER}", said)):
        return {"at_least": int(found[1]), "at_most": int(found[1])}
    return None


def _beyond(above: bool, number: int, question: Mapping[str, Any]) -> Condition:
    if question.get("kind") == "number":
        sign, next_one = ("≥", number + 1) if above else ("≤", number - 1)
        raise NotUnderstood(f"У вопроса с числом граница входит в условие: напишите «{sign} {next_one}» или «{sign} {number}».")
    return {"at_least": number + 1} if above else {"at_most": number - 1}


def _other_than(values: list[str], question: Mapping[str, Any]) -> Condition:
    """All other answers, of which one will do; where several are ticked that would mean something else."""
    known = ["да", "нет"] if question.get("kind") == "yes_no" else list(options_of(question))
    others = [value for value in known if value not in values]
    if not others or question.get("kind") == "multi":
        raise NotUnderstood("Напишите ответы, при которых вопрос нужен, а не те, при которых он не нужен.")
    return {"is": others[0] if len(others) == 1 else others}


def _answers(said: str, question: Mapping[str, Any]) -> list[str]:
    """The ids of the answers that are named: the longest label that fits is taken, so «или» may stand inside one."""
    known = _Known(question)
    marks = list(re.finditer(r" или |, ?| либо |; ?|/| \| ", said, re.IGNORECASE))[: 2 * MOST_ANSWERS]
    starts = [0, *(mark.end() for mark in marks)]
    ends = [*(mark.start() for mark in marks), len(said)]
    found: list[str] = []
    first = 0
    while first < len(starts):
        longest = min(len(ends), first + MOST_MARKS_INSIDE) - 1
        last = next((last for last in range(longest, first - 1, -1) if known(said[starts[first] : ends[last]]) is not None), None)
        if last is None:
            raise NotUnderstood(_no_such_answer(said[starts[first] : ends[first]], question))
        found.append(known(said[starts[first] : ends[last]]) or "")
        first = last + 1
    return list(dict.fromkeys(found))


class _Known:
    """What a piece of text means as an answer to a question: an id, or None."""

    def __init__(self, question: Mapping[str, Any]) -> None:
        self.kind, self.options = question.get("kind"), options_of(question)
        self.by_label = {_same(label): id for id, label in reversed(self.options.items())}

    def __call__(self, piece: str) -> str | None:
        text = piece.strip()
        if found := re.fullmatch(rf"вариант [«\"]({_ID})[»\"]", text, re.IGNORECASE):
            return found[1].lower()
        if self.options:
            return self.by_label.get(_same(text)) or self._by_place(text)
        key = _same(text)
        if self.kind == "yes_no":
            return {"да": "да", "нет": "нет", "yes": "да", "no": "нет", "true": "да", "false": "нет"}.get(key)
        if self.kind == "scale":
            return str(int(key)) if re.fullmatch("[+-]?[0-9]{1,7}", key) else None
        return None if re.search(" или |[,;]", text) else text.strip("«»\"'") or None

    def _by_place(self, text: str) -> str | None:
        found = re.fullmatch(r"(?:вариант |№ ?)?([0-9]{1,2})", _same(text))
        place = int(found[1]) if found else 0
        return list(self.options)[place - 1] if 1 <= place <= len(self.options) else None


def _same(label: str) -> str:
    """What labels are compared by."""
    return " ".join(label.strip(" .«»\"'").casefold().replace("ё", "е").split())


def _no_such_answer(piece: str, question: Mapping[str, Any]) -> str:
    labels = [*options_of(question).values()] or (["да", "нет"] if question.get("kind") == "yes_no" else [])
    known = f"; есть: {', '.join(shown(label) for label in labels)}" if labels else ""
    return f"Ответа «{shown(piece.strip())}» у того вопроса нет{known}."


# --- Calls: conditions of a plan's rows ------------------------------------------------------------------


def call_to_words(when: Mapping[str, Any], questionnaires: Sequence[Mapping[str, Any]], phases: Mapping[str, str]) -> str:
    """«перед началом: вопрос 3 = да»: when a row of a plan is wanted. `phases` are the words for each phase."""
    phase = when.get("phase")
    if type(phase) is not str:
        return ""
    return f"{phases.get(phase, phase)}: {to_words(when, _asked_of_mentee(questionnaires, phase))}"


def read_call(text: str, questionnaires: Sequence[Mapping[str, Any]], phases: Mapping[str, str]) -> Condition:
    """What `call_to_words` wrote, or people. Raises NotUnderstood with a sentence that says what is wrong."""
    named, _, said = " ".join(text.split()).partition(":")
    key = _same(named.casefold().replace("анкета", "").replace("анкете", ""))
    phase = next(
        (phase for phase, words in phases.items() if key in (_same(words), phase) or (len(key) > 4 and _same(words).startswith(key))), None
    )
    if phase is None or not said:
        examples = ", ".join(f"«{words}»" for words in phases.values())
        raise NotUnderstood(f"Не понято, какая анкета. Напишите, например: «перед началом: вопрос 3 = да»; бывают {examples}.")
    return {"phase": phase, **read(said, _asked_of_mentee(questionnaires, phase))}


def _is_called(key: str, words: str, phase: str) -> bool:
    """«Заявка» is enough for «заявка в базу»."""
    return key in (words, phase) or (len(key) > 4 and words.startswith(key))


def _asked_of_mentee(questionnaires: Sequence[Mapping[str, Any]], phase: str) -> Questions:
    for questionnaire in questionnaires:
        if isinstance(questionnaire, Mapping) and (questionnaire.get("role"), questionnaire.get("phase")) == ("mentee", phase):
            questions = questionnaire.get("questions")
            return [question for question in questions if isinstance(question, Mapping)] if isinstance(questions, list | tuple) else []
    return []
