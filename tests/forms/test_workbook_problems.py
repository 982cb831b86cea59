"""Everything that is wrong with a workbook is said at once, each at its sheet and cell, in words of a workbook."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from mentorapp.domain.conditionwords import HINT
from mentorapp.forms import sheets_out
from mentorapp.forms.books.phrases import in_a_workbook
from tests.forms.workbooks import book_of, by_hand, changed, column, problems_of, questionnaire, shipped


def put(**cells: object) -> Any:
    """Write into cells of the questions; «C7» is a name, its value what is written."""
    return lambda book: [book["Вопросы"].__setitem__(name, value) for name, value in cells.items()]


# Columns of the sheet «Вопросы»: A №, B вид, C вопрос, D пояснение, E обязательный, F варианты, G строки, H от, I до, M показать, если.
WRONG = [
    ({"C3": None}, "Вопросы!C3: ячейка пуста, а без неё нельзя; заполните её"),
    ({"C3": "я" * 2001}, "Вопросы!C3: текст длиннее 2000 знаков (2001); сократите его"),
    ({"B3": "загадка"}, "Вопросы!B3: «загадка» здесь не бывает; можно: строка, текст в несколько строк"),
    ({"B3": "шкалла"}, "Вопросы!B3: «шкалла» здесь не бывает; может быть, имелось в виду «шкала»?"),
    ({"B3": None}, "Вопросы!B3: ячейка пуста, а без неё нельзя; заполните её"),
    ({"E3": "иногда"}, "Вопросы!E3: здесь пишут «да» или «нет», а стоит «иногда»"),
    ({"H5": "десять"}, "Вопросы!H5: здесь нужно целое число, а стоит «десять»; напишите его цифрами"),
    ({"H5": 1.5}, "Вопросы!H5: здесь нужно целое число, а стоит «1,5»; напишите его цифрами"),
    ({"H5": None}, "Вопросы!H5: ячейка пуста, а этому виду ответа она нужна; заполните её"),
    ({"H5": 10, "I5": 1}, "Вопросы!I5: верхняя граница должна быть больше нижней"),
    ({"I5": 100}, "Вопросы!I5: на шкале не больше 11 делений; сократите её"),
    ({"I3": 5}, "Вопросы!I3: при виде ответа «да или нет» здесь ничего не пишут; очистите ячейку"),
    ({"F6": None}, "Вопросы!F6: ячейка пуста, а этому виду ответа она нужна; заполните её"),
    ({"F6": "Один\n" + "я" * 201}, "Вопросы!F6: текст длиннее 200 знаков (201); сократите его"),
    ({"F6": ";".join(map(str, range(31)))}, "Вопросы!F6: записей здесь 31, а можно от 1 до 30"),
    ({"M4": "вопрос 9 = да"}, "Вопросы!M4: Вопроса 9 нет: последний — 4. Поправьте номер."),
    ({"M4": "вопрос 1 = иногда"}, "Вопросы!M4: Ответа «иногда» у того вопроса нет; есть: да, нет."),
    ({"M4": "когда-нибудь"}, f"Вопросы!M4: {HINT}"),
    ({"M4": "вопрос 4 = Уроки"}, "Вопросы!M4: вопрос, на который смотрит условие, стоит ниже, ответа на него ещё нет; поставьте его выше"),
    ({"M3": "вопрос 3 ≥ 20"}, "Вопросы!M3: вопрос, на который смотрит условие, стоит ниже"),
    ({"M6": "вопрос 3 ≥ 20"}, "Вопросы!M6: ответ на тот вопрос — не больше 10, и до «не меньше» = 20 он не дойдёт; поправьте границу"),
    ({"A5": "1", "M6": "вопрос 1 = да"}, "Вопросы!M6: этот номер стоит у двух вопросов; пронумеруйте их заново"),
    ({"M2": "вопрос 1 = да"}, "Вопросы!M2: вопрос, на который смотрит условие, стоит ниже"),
    ({"E2": "нет"}, "Вопросы!E2: заголовок ни о чём не спрашивает; очистите ячейку"),
    ({"C3": "=A1"}, "Вопросы!C3: здесь формула, а программа формул не считает"),
    ({"F6": "=A1"}, "Вопросы!F6: здесь формула"),
    ({"C3": "#REF!"}, "Вопросы!C3: здесь ошибка вычисления; напишите само значение"),
    ({"E1": "Обезательный"}, "Вопросы!E1: заголовок «Обезательный» не понят; может быть, имелось в виду «Обязательный»?"),
    ({"B1": None}, "Вопросы!A1: нет столбца «Вид ответа»; допишите его и заполните"),
    ({"K3": "слева"}, "Вопросы!K3: при виде ответа «да или нет» здесь ничего не пишут"),
    ({"L3": "кто-то"}, "Вопросы!L3: «кто-то» здесь не бывает; можно: наставники, наставляемые"),
    ({"P3": "счастье"}, "Вопросы!P3: «счастье» здесь не бывает"),
    ({"Q3": "Метка"}, "Вопросы!Q3: обозначение «Метка» не подходит; нужны латинские строчные буквы"),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "problem"), WRONG)
def test_a_problem_names_its_cell(cells: Mapping[str, object], problem: str) -> None:
    said = problems_of("questionnaire", changed(book_of("questionnaire", questionnaire()), put(**cells)))
    assert any(one.startswith(problem) for one in said), said
    assert len(said) <= 3, said
    assert not [one for one in said if re.search(r"[a-z]{3}", re.sub("«[^»]*»", "", one))], said


def test_everything_is_said_at_once_from_above_downwards() -> None:
    cells = {"C3": None, "B4": "загадка", "H5": "десять", "F6": "=A1", "M4": "вопрос 9 = да"}

    def spoil(book: Any) -> None:
        put(**cells)(book)
        book["Анкета"]["B2"] = "директор"
        book["Анкета"]["B6"] = "долго"

    said = problems_of("questionnaire", changed(book_of("questionnaire", questionnaire()), spoil))
    places = ["Анкета!B2", "Анкета!B6", "Вопросы!C3", "Вопросы!B4", "Вопросы!M4", "Вопросы!H5", "Вопросы!F6"]
    assert [one.split(": ")[0] for one in said] == places


def test_a_sheet_that_is_not_there_is_asked_for() -> None:
    data = changed(book_of("questionnaire", questionnaire()), lambda book: book.remove(book["Вопросы"]))
    assert problems_of("questionnaire", data)[0].startswith(
        "Вопросы!A1: такого листа в таблице нет; добавьте лист «Вопросы» с заголовками «№», «Вид ответа»"
    )


def test_a_line_of_a_sheet_of_facts_that_is_not_there_is_asked_for() -> None:
    data = changed(book_of("questionnaire", questionnaire()), lambda book: book["Анкета"].delete_rows(2))
    assert problems_of("questionnaire", data) == ["Анкета!A1: нет строки «Кто отвечает»; допишите её и заполните"]


def test_a_sheet_whose_name_is_no_word_is_named_as_a_formula_would() -> None:
    def spoil(book: Any) -> None:
        book["Вопросы"]["C3"] = None
        book["Вопросы"].title = "Мои вопросы"

    assert problems_of("questionnaire", changed(book_of("questionnaire", questionnaire()), spoil))[0].startswith("'Мои вопросы'!C3: ")


def test_more_rows_than_a_questionnaire_may_have() -> None:
    rows = [["строка", "Вопрос"]] * 150
    said = problems_of("questionnaire", by_hand(Вопросы=[["Вид ответа", "Вопрос"], *rows]), usual=questionnaire())
    assert said == ["Вопросы!B1: заполнено: 150, а нужно от 1 до 100; сократите список"]


@pytest.mark.parametrize(("kind", "other"), [("plan", "questionnaire"), ("rubric", "plan"), ("questionnaire", "rubric")])
def test_a_workbook_of_another_kind_is_told(kind: str, other: str) -> None:
    named = {"questionnaire": "анкета", "plan": "план", "rubric": "лист оценки"}
    assert problems_of(kind, sheets_out.empty_book(other)) == [
        f"в этой таблице не {named[kind]}, а {named[other]}; загрузите её там или выберите другой файл"
    ]


# --- Plans and rubrics --------------------------------------------------------------------------------


def plan_problems(change: Any) -> list[str]:
    return problems_of(
        "plan", changed(book_of("plan", shipped()["plans"][0], shipped()["questionnaires"]), change), shipped()["questionnaires"]
    )


def test_problems_of_a_plan_name_their_cells() -> None:
    def spoil(book: Any) -> None:
        rows, columns = book["Мероприятия"], book["Столбцы"]
        rows.cell(2, column(rows, "Мероприятие")).value = None
        rows.cell(3, column(rows, "Дата"), "как получится")
        rows.cell(4, column(rows, "Нужна, если"), "перед началом: вопрос 99 = да")
        rows.cell(5, column(rows, "Срок отчётности"), "=TODAY()")
        columns["D2"] = "широкий"
        columns["B6"] = "загадка"

    said = plan_problems(spoil)
    assert [one.split(": ")[0] for one in said] == [
        "Столбцы!D2", "Столбцы!B6", "Мероприятия!B2", "Мероприятия!C3", "Мероприятия!H4", "Мероприятия!G5",
    ]  # fmt: skip
    assert said[3].startswith("Мероприятия!C3: «как получится»: такой срок не понят. Напишите, например: «через 14 дней")


def test_a_column_of_rows_that_the_plan_does_not_have_is_not_lost_in_silence() -> None:
    def add(book: Any) -> None:
        page = book["Мероприятия"]
        page.cell(1, 20, "Ответственный")
        page.cell(2, 20, "куратор")

    assert plan_problems(add) == ["Мероприятия!T1: столбца «Ответственный» на листе «Столбцы» нет; допишите его там или удалите здесь"]


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "problem"),
    [
        ("Столбцы", "C2", None, "Столбцы!C1: ни у одного столбца нет роли «мероприятие»"),
        ("Столбцы", "C4", "мероприятие", "Столбцы!C4: роль «мероприятие» уже у другого столбца; оставьте у одного"),
        ("Столбцы", "B3", "строка", "Столбцы!B3: столбцу с ролью «срок» нужен вид «срок»"),
        ("Столбцы", "B4", "один вариант", "Столбцы!F4: нет вариантов; напишите каждый с новой строки"),
        ("Столбцы", "G4", "5", "Столбцы!G4: граница бывает только у числа и шкалы; очистите ячейку"),
        ("Столбцы", "D3", "500", "Столбцы!D3: нужно число от 1 до 100"),
        ("План", "B1", "план завуча", "План!B1: «план завуча» здесь не бывает"),
    ],
)
def test_rules_of_columns_are_told_in_words_of_the_sheet(sheet: str, cell: str, value: Any, problem: str) -> None:
    said = plan_problems(lambda book: book[sheet].__setitem__(cell, value))
    assert any(one.startswith(problem) for one in said), said


def test_rows_under_headings_that_nobody_knows_are_not_passed_over() -> None:
    def rename(book: Any) -> None:
        for cell in book["Мероприятия"][1]:
            cell.value = f"x{cell.column}"

    assert plan_problems(rename)[0].startswith("Мероприятия!A1: на этом листе не найдены заголовки столбцов плана («Мероприятие», «Дата»")


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "problem"),
    [
        ("Баллы", "A3", "2", "Баллы!A3: такой балл уже есть выше; оставьте один"),
        ("Баллы", "B3", "проявляется полностью", "Баллы!B3: название «проявляется полностью» уже есть выше"),
        ("Уровни", "A2", "9", "Уровни!A2: "),
        ("Уровни", "C2", None, "Уровни!C2: ячейка пуста, а без неё нельзя; заполните её"),
        ("Показатели", "A2", None, "Показатели!A2: у первого показателя нет раздела; напишите его название"),
        ("Показатели", "B3", None, "Показатели!B3: ячейка пуста, а без неё нельзя; заполните её"),
        ("Оценка", "B2", "наверное", "Оценка!B2: здесь пишут «да» или «нет», а стоит «наверное»"),
    ],
)
def test_problems_of_a_rubric_name_their_cells(sheet: str, cell: str, value: Any, problem: str) -> None:
    data = changed(book_of("rubric", shipped()["evaluation"]), lambda book: book[sheet].__setitem__(cell, value))
    said = problems_of("rubric", data)
    assert any(one.startswith(problem) for one in said), said


def test_sentences_that_speak_of_no_key_stay_as_they_are() -> None:
    assert in_a_workbook("нужно число от 1 до 100") == "нужно число от 1 до 100"
    assert in_a_workbook("значение «low» не подходит") == "значение «low» не подходит"
