"""Questionnaires, evaluations and lists of deficits on A4: whole, readable, and as they are to be filled in by hand."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from mentorapp.papers.press import Printed
from tests.every_kind import sixty_questions
from tests.papers import reading, sheet_samples
from tests.papers.sheet_samples import ESSAY, EVERY_KIND, GIVEN, HOSTILE, UNBROKEN

Print = Callable[..., Printed]
SIXTY, SIXTY_ANSWERS = sixty_questions()
HARD, HARD_ANSWERS = sheet_samples.hard_questionnaire()
WORDY = {(letters, options): sheet_samples.wordy(letters, options) for letters in (500, 2000) for options in (5, 20)}


def wordy(letters: int, options: int, *, filled: bool) -> tuple[str, Callable[[], Any]]:
    asked, given = WORDY[letters, options]
    return "questionnaire.html", lambda: sheet_samples.questionnaire(asked, given, filled=filled)


PAPERS: dict[str, tuple[str, Callable[[], Any]]] = {
    "every kind, blank": ("questionnaire.html", sheet_samples.questionnaire),
    "every kind, filled": ("questionnaire.html", lambda: sheet_samples.questionnaire(filled=True)),
    "sixty questions, blank": ("questionnaire.html", lambda: sheet_samples.questionnaire(SIXTY)),
    "sixty questions, filled": ("questionnaire.html", lambda: sheet_samples.questionnaire(SIXTY, SIXTY_ANSWERS, filled=True)),
    "hard words, blank": ("questionnaire.html", lambda: sheet_samples.questionnaire(HARD)),
    "hard words, filled": ("questionnaire.html", lambda: sheet_samples.questionnaire(HARD, HARD_ANSWERS, filled=True)),
    "evaluation": ("evaluation.html", sheet_samples.evaluation),
    "evaluation, blank": ("evaluation.html", lambda: sheet_samples.evaluation(filled=False, comment="")),
    "evaluation with hard comments": ("evaluation.html", lambda: sheet_samples.evaluation(comment=f"{UNBROKEN} {HOSTILE}")),
    "deficits": ("deficits.html", sheet_samples.deficits),
    "questions of 500 letters, blank": wordy(500, 20, filled=False),
    "questions of 500 letters, filled": wordy(500, 20, filled=True),
    "questions of 2000 letters, blank": wordy(2000, 5, filled=False),
    "questions of 2000 letters and long lists, filled": wordy(2000, 20, filled=True),
    "deficits, blank": ("deficits.html", lambda: sheet_samples.deficits(filled=False)),
}


@pytest.fixture(scope="module", params=PAPERS)
def paper(request: pytest.FixtureRequest, printed: Print) -> tuple[str, Printed]:
    template, make = PAPERS[request.param]
    return request.param, printed(template, make())


def test_nothing_sticks_out_of_the_margins(paper: tuple[str, Printed]) -> None:
    assert reading.outside(paper[1].pdf, left=20, right=14, top=13, bottom=6) == []


def test_no_type_is_too_small_to_read(paper: tuple[str, Printed]) -> None:
    assert min(kind.size for kind in reading.types(paper[1].pdf)) >= 8


def test_all_type_is_embedded(paper: tuple[str, Printed]) -> None:
    assert all(kind.is_embedded for kind in reading.types(paper[1].pdf))
    names = {kind.font.split("+")[1] for kind in reading.types(paper[1].pdf)}
    assert names <= {"Tinos-Regular", "Tinos-Bold", "DejaVuSans"}


def test_the_renderer_does_not_complain(paper: tuple[str, Printed]) -> None:
    assert paper[1].warnings == []


def test_every_page_says_which_of_how_many_it_is(paper: tuple[str, Printed]) -> None:
    sheets = reading.pages(paper[1].pdf)
    for number, page in enumerate(sheets, start=1):
        foot = [word.text for word in page.words if word.top > page.height - 15 * reading.MM]
        assert foot[-4:] == ["стр.", str(number), "из", str(len(sheets))]


def text_of(printed: Print, name: str) -> str:
    template, make = PAPERS[name]
    return reading.text(printed(template, make()).pdf)


def test_a_blank_has_every_question_and_every_answer_with_its_number(printed: Print) -> None:
    text = reading.letters(text_of(printed, "every kind, blank"))
    for number, question in enumerate(EVERY_KIND.asked, 1):
        assert reading.letters(f"{number}. {question.text}") in text, question.id
    assert reading.letters("2 ☐ нет") in text and "5☐никогда" in text and "4☐Получатьматериалы" in text
    assert "еслинавопрос1ответ«да»" in text and "(необязательно)" in text and "отметьтенебольше2" in text
    assert "1—трудно" in text and "10—легко" in text and "напишитеместаот1до3" in text and "3уверенно" in text
    assert "СоколоваЕленаВикторовна" in text and "☑" not in text
    assert "безкамеры—пара7,вкладка«Анкеты»" in text and "None" not in text


def test_a_filled_one_shows_what_was_answered(printed: Print) -> None:
    text = reading.letters(text_of(printed, "every kind, filled"))
    assert "1☑да" in text and "впрошлойшколе" in text and "Малоовремени" not in text and "Маловремени,многоклассов" in text
    assert "3☑редко" in text and "2☑Разбиратьсвоиуроки" in text and text.count("☑") == 1 + 1 + 1 + 2 + 2
    assert "1)Готовитьурокивместе;2)Посещатьурокинаставника;3)Разбиратьсвоиуроки" in text
    assert "ВведеносбумагиДень" not in text and "Введеносбумаги14.10.2026" in text and "01.09.2024" in text


def test_what_was_not_asked_is_not_on_the_filled_paper_and_numbers_stay(printed: Print) -> None:
    given = {**GIVEN, "met": "нет"}
    text = reading.text(printed("questionnaire.html", sheet_samples.questionnaire(given=given, filled=True)).pdf)
    assert "Где и когда" not in text and "прошлой школе" not in text and "3. Насколько легко" in text


def test_an_answer_that_was_not_given_is_a_dash_and_never_a_zero(printed: Print) -> None:
    text = reading.text(printed("questionnaire.html", sheet_samples.questionnaire(given={"met": "нет"}, filled=True)).pdf)
    assert text.count("—") >= 6


def test_each_of_sixty_answers_stands_after_its_question_and_before_the_next(printed: Print) -> None:
    text = reading.letters(text_of(printed, "sixty questions, filled"))
    places = [text.index(f"{number + 1}.Вопросоделе{number}?") for number in range(60)] + [len(text)]
    assert places == sorted(places)
    shown = {"scale": "7", "yes_no": "☑да", "single": "☑вариант{}игрек", "text": "ответ{}", "long": "ответ{}подробно", "number": "{}"}
    for number, question in enumerate(SIXTY.asked):
        value = shown[question.kind].format(1000 + number if question.kind == "number" else number)
        assert value in text[places[number] : places[number + 1]], question.id


def test_a_question_is_not_torn_from_its_answers(printed: Print) -> None:
    template, make = PAPERS["sixty questions, blank"]
    for page in reading.pages(printed(template, make()).pdf):
        words = [word.text for word in page.words]
        for number in range(60):
            if number % 6 == 3 and f"деле{number}?" in words:
                assert f"вариант{number}игрек" in words, number


def test_strange_text_stays_text_and_every_word_of_an_essay_is_there(printed: Print) -> None:
    text = text_of(printed, "hard words, filled")
    assert reading.letters(HOSTILE) in reading.letters(text) and "49" not in text.replace("слово49", "").replace("слово149", "").split()
    assert set(ESSAY.split()) <= set(text.split())
    assert reading.letters(text).count("Ы") >= 2 * len(UNBROKEN)


@pytest.mark.parametrize("name", [name for name in PAPERS if "letters" in name])
def test_whatever_the_length_each_kind_of_text_keeps_its_size(printed: Print, name: str) -> None:
    asked, given = WORDY[int(name.split()[2]), 5 if name == "questions of 2000 letters, blank" else 20]
    template, make = PAPERS[name]
    pdf = printed(template, make()).pdf
    assert {kind.size for kind in reading.types(pdf)} <= {9, 9.5, 10, 11, 12, 14, 15}
    text = reading.letters(reading.text(pdf))
    wanted = [f"{question.kind}?" for question in asked.asked]
    wanted += ["текст-конец", "строка-конец"] if "filled" in name else []
    assert [word for word in wanted if word not in text] == []


def test_an_evaluation_says_the_level_and_what_it_means(printed: Print) -> None:
    text = text_of(printed, "evaluation")
    assert "18 из 18" in text and "оптимальный" in text and "Работа идёт как задумано." in text and text.count("☑") == 9
    blank = text_of(printed, "evaluation, blank")
    assert "☑" not in blank and "Работа идёт" not in blank and blank.count("☐") == 36 and "______" in blank
    assert all(band in blank for band in ("15–18", "9–14", "0–8"))


def test_a_list_of_deficits_has_three_signatures_that_are_not_torn(printed: Print) -> None:
    for rows in (12, 22, 24, 26, 28, 30):
        sheets = reading.pages(printed("deficits.html", sheet_samples.deficits(rows=rows)).pdf)
        signed = [[role for role in ("Наставник", "Куратор") if re.search(rf"{role} _+", page.text)] for page in sheets]
        assert sorted(map(len, signed)) == [0] * (len(sheets) - 1) + [2], rows
    assert "Очередь согласована" in reading.text(printed("deficits.html", sheet_samples.deficits()).pdf)
