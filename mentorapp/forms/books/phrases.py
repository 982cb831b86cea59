"""Sentences of the contract, which speak of keys of a file, as somebody reads them who has a workbook before him."""

import re
from collections.abc import Callable, Mapping

from mentorapp import words
from mentorapp.forms.books.layout import COLUMN_KINDS, COLUMN_ROLES, QUESTION_KINDS

_NAMES: Mapping[str, str] = {
    "low": "«От»",
    "high": "«До»",
    "kind": "вид",
    "role": "роль",
    "options": "варианты",
    "at_least": "«не меньше»",
    "at_most": "«не больше»",
    "is": "ответ",
    "phase": "«Когда заполняют»",
    "due": "срок",
    "report_due": "срок отчётности",
    "pair_key": "метка сравнения",
    "reverse": "«Меньше — лучше»",
    "show_if": "«Показать, если»",
    "suggest": "подсказки",
}
_VALUES: Mapping[str, str] = {**COLUMN_ROLES, **words.QUESTION_KINDS, **COLUMN_KINDS, **QUESTION_KINDS}

_Said = str | Callable[[re.Match[str]], str]
_SENTENCES: tuple[tuple[str, _Said], ...] = (
    (
        r"в списке (\d+), а можно от (\d+) до (\d+); (\w+) его",
        lambda found: f"заполнено: {found[1]}, а нужно от {found[2]} до {found[3]}; {found[4]} список",
    ),
    ("этого ключа нет, а он обязателен; допишите его", "ячейка пуста, а без неё нельзя; заполните её"),
    ("этого ключа нет, а этому виду вопроса он нужен; допишите его", "ячейка пуста, а этому виду ответа она нужна; заполните её"),
    (
        r"у вопроса вида «([a-z_]+)» этого ключа нет; уберите его \(он бывает у видов: ([a-z_, ]+)\)",
        lambda found: f"при виде ответа «{_value(found[1])}» здесь ничего не пишут; очистите ячейку (она для видов: {_listed(found[2])})",
    ),
    ("заголовок ни о чём не спрашивает; уберите ключ", "заголовок ни о чём не спрашивает; очистите ячейку"),
    ("текст пуст; напишите его или уберите ключ", "ячейка пуста; напишите текст"),
    ("нет списка вариантов; допишите, например .*", "нет вариантов; напишите каждый с новой строки"),
    (
        'варианты бывают только у столбца с kind = "choice"; .*',
        "варианты бывают только у вида «один вариант»; очистите ячейку или поправьте вид",
    ),
    ("подсказки бывают только у текста, .*", "подсказки бывают только у строки и текста; очистите ячейку"),
    ("граница бывает только у числа и шкалы, .*", "граница бывает только у числа и шкалы; очистите ячейку"),
    ("у шкалы нужны обе границы, .*", "у шкалы нужны обе границы, например от 1 до 10; заполните ячейку"),
    ("нет столбца с названием мероприятия; .*", "ни у одного столбца нет роли «мероприятие»; выберите её у того, где название мероприятия"),
    (r'у столбца с role = "(\w+)" нужен kind = (.*)', lambda found: f"столбцу с ролью «{_value(found[1])}» нужен вид {_quoted(found[2])}"),
    (r'role = "(\w+)" уже у другого столбца; .*', lambda found: f"роль «{_value(found[1])}» уже у другого столбца; оставьте у одного"),
    ("в плане нет столбца для этого срока; .*", "среди столбцов нет такого срока; добавьте его на лист «Столбцы» с этой ролью"),
    ("даты в ячейку шаблона не пишут; .*", "дату здесь не пишут: срок бывает только в столбцах с ролью «срок» и «срок отчётности»"),
    (r"вопрос[а]? «([a-z][a-z0-9_]*)» (.*)", lambda found: f"вопрос, на который смотрит условие, {_below(found[2])}"),
)


def in_a_workbook(text: str) -> str:
    """The sentence without a word that stands only in files."""
    for pattern, said in _SENTENCES:
        if found := re.fullmatch(pattern, text):
            return said if isinstance(said, str) else said(found)
    return re.sub(r"(?<![«\w])(?:[a-z]+_)*[a-z]+\b", lambda found: _NAMES.get(found[0], found[0]), text)


def _value(id: str) -> str:
    return _VALUES.get(id, id)


def _listed(ids: str) -> str:
    return ", ".join(_value(id) for id in ids.split(", "))


def _quoted(text: str) -> str:
    return re.sub(r'"(\w+)"', lambda found: f"«{_value(found[1])}»", text)


def _below(rest: str) -> str:
    return rest if rest.startswith("стоит ниже") else "в этой анкете не найден; назовите один из вопросов выше"
