"""A questionnaire as a workbook: what it is on one sheet, its questions on another."""

import re
from collections.abc import Mapping
from typing import Any

from mentorapp import words
from mentorapp.domain import conditionwords
from mentorapp.domain.expect import entries
from mentorapp.domain.questioncheck import QUESTIONNAIRE
from mentorapp.domain.questionnaire import HEADING
from mentorapp.domain.school_year import NotUnderstood
from mentorapp.forms.books import values
from mentorapp.forms.books.grid import Row
from mentorapp.forms.books.layout import QUESTION_KINDS, Filled, Heading, Sheet, code, row_of
from mentorapp.forms.books.reading import Reading

ASKED = {"mentee": "наставляемый", "mentor": "наставник", "third_party": words.OTHERS["third_party"], "curator": "куратор"}

MOST_QUESTIONS = 100

ABOUT_QUESTIONNAIRE = Sheet(
    "Анкета",
    (
        Heading("title", "Название анкеты", 60, "Обязательно. До 200 знаков.", also=("название", "анкета", "заголовок")),
        Heading("role", "Кто отвечает", 30, "Обязательно. Выберите из списка.", "word", ("кто заполняет", "для кого", "роль"), ASKED),
        Heading("phase", "Когда заполняют", 30, "Обязательно. Выберите из списка.", "word", ("когда", "этап", "время"), words.PHASES),
        Heading(
            "intro", "Вступление", 60, "Что сказать перед первым вопросом: кто прочитает ответы, сколько это займёт.", also=("введение",)
        ),
        Heading("thanks", "Благодарность", 60, "Что сказать после отправки.", also=("спасибо", "слова в конце")),
        Heading(
            "minutes",
            "Сколько минут",
            10,
            "Сколько времени обычно занимает. Пусто — 10.",
            "number",
            ("минут", "время заполнения", "минуты"),
        ),
        code(),
    ),
    is_facts=True,
)
QUESTIONS = Sheet(
    "Вопросы",
    (
        Heading("number", "№", 5, "Номер для столбца «Показать, если». У заголовка номера нет.", "code", ("номер", "n", "п п", "№ п п")),
        Heading(
            "kind",
            "Вид ответа",
            22,
            "Выберите из списка. «Заголовок» начинает новую страницу анкеты.",
            "kind",
            ("вид", "тип", "тип ответа", "вид вопроса", "тип вопроса"),
            QUESTION_KINDS,
        ),
        Heading("text", "Вопрос", 50, "Текст вопроса или заголовка.", also=("текст вопроса", "текст", "вопросы", "формулировка")),
        Heading("hint", "Пояснение", 30, "Строка под вопросом. Можно не писать.", also=("подсказка", "комментарий", "примечание")),
        Heading(
            "required", "Обязательный", 14, "«нет» — на вопрос можно не отвечать.", "flag", ("обязательно", "обязательность"), usual=True
        ),
        Heading(
            "options",
            "Варианты",
            34,
            "Каждый вариант с новой строки (Alt+Enter) или через «;». Для «как часто» можно не писать.",
            "labels",
            ("варианты ответа", "варианты ответов", "ответы"),
        ),
        Heading(
            "rows",
            "Строки таблицы",
            30,
            "Только для вида «таблица»: что оценивают, каждое с новой строки.",
            "labels",
            ("строки", "пункты таблицы"),
        ),
        Heading(
            "low",
            "От",
            7,
            "У шкалы и числа — нижняя граница, у нескольких вариантов — сколько выбрать самое меньшее.",
            "number",
            ("минимум", "нижняя граница", "не меньше", "мин"),
        ),
        Heading(
            "high",
            "До",
            7,
            "У шкалы и числа — верхняя граница, у вариантов — сколько выбрать самое большее.",
            "number",
            ("максимум", "верхняя граница", "не больше", "макс"),
        ),
        Heading("low_label", "Подпись слева", 18, "Что значит нижний конец шкалы.", also=("подпись минимума", "начало шкалы", "слева")),
        Heading("high_label", "Подпись справа", 18, "Что значит верхний конец шкалы.", also=("подпись максимума", "конец шкалы", "справа")),
        Heading(
            "base",
            "Кого выбирать",
            16,
            "Только для вида «человек из списка».",
            "word",
            ("из кого выбирать", "база"),
            {"mentors": "наставники", "mentees": "наставляемые"},
        ),
        Heading(
            "show_if",
            "Показать, если",
            26,
            "Пусто — спрашивать всегда. Иначе: «вопрос 3 = да», «вопрос 3 ≥ 5», «вопрос 3 = часто или редко».",
            "condition",
            ("показывать если", "условие", "условие показа", "когда показать"),
        ),
        Heading("reverse", "Меньше — лучше", 12, "«да», если чем меньше число, тем лучше.", "flag", ("обратный", "обратная шкала")),
        Heading(
            "sensitive", "Личное", 12, "«да» — ответ не печатают и не сравнивают.", "flag", ("не печатать", "закрытый ответ", "закрытый")
        ),
        Heading(
            "metric",
            "Что измеряет",
            18,
            "Показатель программы, в который попадёт ответ.",
            "word",
            ("показатель", "метрика"),
            words.METRICS,
        ),
        Heading(
            "pair_key",
            "Метка сравнения",
            16,
            "Одинаковая латинская метка у вопроса «до» и «после», чтобы их сравнить.",
            also=("ключ сравнения", "сравнение"),
        ),
        Heading("match", "Метка подбора", 16, "Латинская метка, по которой вопрос находит подбор пар.", also=("подбор",)),
        code(),
        code("option_codes", "Коды вариантов"),
        code("row_codes", "Коды строк"),
    ),
    samples=(
        {"kind": "заголовок", "text": "О вас", "hint": "Верных и неверных ответов здесь нет."},
        {"number": "1", "kind": "да или нет", "text": "Был ли у вас раньше наставник?", "required": "да"},
        {
            "number": "2",
            "kind": "текст в несколько строк",
            "text": "Что помогло больше всего?",
            "required": "нет",
            "show_if": "вопрос 1 = да",
        },
        {
            "number": "3",
            "kind": "шкала",
            "text": "Насколько вам легко просить о помощи?",
            "required": "да",
            "low": "1",
            "high": "10",
            "low_label": "трудно",
            "high_label": "легко",
        },
        {
            "number": "4",
            "kind": "несколько вариантов",
            "text": "С чем помочь?",
            "required": "да",
            "high": "2",
            "options": "Подготовка к занятию\nРабота с родителями\nДругое",
        },
    ),
)


def sheets(part: Mapping[str, Any]) -> list[Filled]:
    """What stands in the workbook of this questionnaire, which may be half wrong."""
    questions = [question for _, question in entries(part, "questions")]
    number_of = {id(question): number for number, question in conditionwords.numbered(questions).items()}
    rows = []
    for question in questions:
        condition = question.get("show_if")
        own = {
            "number": str(number_of.get(id(question), "")),
            "show_if": conditionwords.to_words(condition, questions) if isinstance(condition, dict) else "",
            "required": ""
            if question.get("kind") == HEADING
            else values.written(QUESTIONS.heading("required"), question.get("required", True)),
            "option_codes": values.codes(question.get("options")),
            "row_codes": values.codes(question.get("rows")),
        }
        rows.append(row_of(QUESTIONS, question, values.written) | own)
    return [Filled(ABOUT_QUESTIONNAIRE, [row_of(ABOUT_QUESTIONNAIRE, part, values.written)]), Filled(QUESTIONS, rows)]


def read(reading: Reading) -> dict[str, Any]:
    """The questionnaire that the workbook holds; what is wrong with it is said in `reading`."""
    part = reading.facts(ABOUT_QUESTIONNAIRE)
    part = {"id": reading.fact_id(ABOUT_QUESTIONNAIRE, "q"), **part}
    table = reading.found(QUESTIONS, "questions")
    rows = table.rows() if table else []
    if table:
        reading.place("questions", table, *table.place("text"))
        part["questions"] = reading.each(rows, MOST_QUESTIONS, lambda row, number: _question(reading, row, f"questions[{number}]"))
        _conditions(reading, rows, part["questions"])
    reading.check(QUESTIONNAIRE, part)
    return part


def _question(reading: Reading, row: Row, path: str) -> dict[str, Any]:
    question = {"id": reading.id("questions", row, "q"), **reading.row(row, path, QUESTIONS.headings)}
    for key, codes, letter in (("options", "option_codes", "o"), ("rows", "row_codes", "r")):
        if row.text(key):
            question[key] = values.labels(row.cell(key).text, row.text(codes), letter)
    return question


def _conditions(reading: Reading, rows: list[Row], questions: list[dict[str, Any]]) -> None:
    """«Show if» of every row, once all questions are known; numbers are those that stand in the rows, else counted ones."""
    numbers, twice = _numbers(rows, questions)
    for place, (row, question) in enumerate(zip(rows, questions, strict=True), 1):
        if place > MOST_QUESTIONS or not (text := row.text("show_if")):
            continue
        try:
            question["show_if"] = conditionwords.read(text, questions, numbers)
        except NotUnderstood as reason:
            reading.wrong(row.table, row.number, row.table.columns["show_if"], str(reason))
            continue
        asked = question["show_if"]["question"]
        if any(numbers[number].get("id") == asked for number in twice if re.search(rf"\b{number}\b", text)):
            reading.wrong(row.table, row.number, row.table.columns["show_if"], "этот номер стоит у двух вопросов; пронумеруйте их заново")
        reading.place(f"questions[{place}].show_if", row.table, row.number, row.table.columns["show_if"])


def _numbers(rows: list[Row], questions: list[dict[str, Any]]) -> tuple[dict[int, Mapping[str, Any]], set[int]]:
    """The questions by their number, and the numbers that two of them have."""
    found: dict[int, Mapping[str, Any]] = {}
    twice: set[int] = set()
    for row, question in zip(rows, questions, strict=True):
        text = row.text("number").rstrip(".)")
        if text.isdecimal() and len(text) < 4 and question.get("kind") != HEADING:
            twice |= {int(text)} & set(found)
            found.setdefault(int(text), question)
    return {**conditionwords.numbered(questions), **found}, twice
