"""Questionnaires, evaluations and lists of deficits on A4: whole, readable, and as they are to be filled in by hand."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from mentorapp.domain.kinds import Limits
from mentorapp.domain.questionnaire import Question, Questionnaire
from mentorapp.papers.press import Printed
from mentorapp.papers.sheet_pages import DeficitsPaper
from tests.every_kind import sixty_questions
from tests.papers import reading, sheet_samples
from tests.papers.sheet_samples import ESSAY, EVERY_KIND, GIVEN, HOSTILE, UNBROKEN

Print = Callable[..., Printed]
SIXTY, SIXTY_ANSWERS = sixty_questions()
KINDS, KINDS_ANSWERS = sheet_samples.of_all_kinds()
SURE = EVERY_KIND.question("sure")
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
    "all kinds, blank": ("questionnaire.html", lambda: sheet_samples.questionnaire(KINDS)),
    "all kinds, filled": ("questionnaire.html", lambda: sheet_samples.questionnaire(KINDS, KINDS_ANSWERS, filled=True)),
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
    assert "еслинавопрос1ответ«да»" in text and "(необязательно)" in text and "Отметьтенебольше2" in text
    assert "1—трудно" in text and "10—легко" in text and "Напишитеместаот1до3" in text and "3уверенно" in text
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


def test_signatures_never_stand_on_a_page_alone(printed: Print) -> None:
    for rows in range(12, 31, 3):
        for filled in (True, False):
            last = reading.pages(printed("deficits.html", sheet_samples.deficits(rows=rows, filled=filled)).pdf)[-1]
            assert f"Умение {rows - 1}:" in last.text, (rows, filled)
    for length in range(1, 500, 60):
        last = reading.pages(printed("evaluation.html", sheet_samples.evaluation(comment="слово " * (length // 6))).pdf)[-1]
        assert "Показатель 9:" in last.text and "Оценка проведена ____" in last.text, length


def test_pages_of_all_kinds_of_questions_are_full_and_say_whose_they_are(printed: Print) -> None:
    for name in ("all kinds, blank", "all kinds, filled", "questions of 2000 letters, blank"):
        template, make = PAPERS[name]
        *sheets, last = reading.pages(printed(template, make()).pdf)
        for page in [*sheets, last]:
            [foot] = [
                word for word in page.words if word.text.startswith("Константинопольская") and word.top > page.height - 15 * reading.MM
            ]
            assert foot.left == pytest.approx(20 * reading.MM, abs=1)
        used = [max(word.bottom for word in page.words if word.top < page.height - 15 * reading.MM) / page.height for page in sheets]
        assert min(used) > 0.65, name


def test_a_question_stands_beside_its_answers_whatever_its_kind(printed: Print) -> None:
    template, make = PAPERS["all kinds, filled"]
    for page in reading.pages(printed(template, make()).pdf):
        body = [word.text for word in page.words if word.top < page.height - 15 * reading.MM]
        assert not re.fullmatch(r"Дело\d+\.", body[-1]) and not body[-1].startswith("Часть")


def test_a_foot_that_is_too_long_is_cut_between_words(printed: Print) -> None:
    paper = replace(sheet_samples.deficits(), foot="Лукин Д. А.: " + "подробнейший " * 20)
    page = reading.pages(printed("deficits.html", paper).pdf)[0]
    foot = [word for word in page.words if word.top > page.height - 15 * reading.MM]
    assert foot[-5].text == "подробнейший…" and foot[-5].right < foot[-4].left


def test_long_levels_of_a_matrix_stand_above_it_and_leave_its_columns_narrow(printed: Print) -> None:
    long = {name: f"{label}, и это подтверждается наблюдением уроков" for name, label in SURE.limits.options.items()}
    asked = Questionnaire(
        "m", "mentee", "before", "Анкета", (Question("m", "matrix", "Как?", limits=Limits(options=long), rows={"r": "Урок"}),)
    )
    [page] = reading.pages(printed("questionnaire.html", sheet_samples.questionnaire(asked)).pdf)
    assert "1 — пока нет, и это подтверждается наблюдением уроков 2 — отчасти" in page.text
    boxes = [word.left for word in page.words if word.text == "☐"]
    assert len(boxes) == 3 and boxes[0] > page.width * 0.7
    short = reading.pages(printed("questionnaire.html", sheet_samples.questionnaire()).pdf)
    assert any("1 пока нет 2 отчасти 3 уверенно" in page.text for page in short)


@pytest.mark.parametrize("filled", [False, True])
def test_a_matrix_or_a_sheet_of_many_levels_is_answered_by_a_number(printed: Print, filled: bool) -> None:
    options = {f"o{number}": f"Уровень {number}" for number in range(1, 31)}
    question = Question("m", "matrix", "Как?", limits=Limits(options=options), rows={"r": "Урок", "s": "Класс"})
    asked = Questionnaire("m", "mentee", "before", "Анкета", (question,))
    text = reading.text(printed("questionnaire.html", sheet_samples.questionnaire(asked, {"m.r": "o29"}, filled=filled)).pdf)
    assert "Номер ответа" in text and "30 — Уровень 30" in text and not set(text) & set("☐☑")
    assert [line for line in map(str.strip, text.splitlines()) if line in ("29", "—")] == (["29", "—"] if filled else [])
    paper = sheet_samples.evaluation(filled=filled, comment="")
    rows = [replace(row, boxes=["☐"] * 12, mark="11") for group in paper.groups for row in group.rows]
    broad = replace(paper, heads=[str(value) for value in range(12)], groups=[replace(paper.groups[0], rows=rows)])
    text = reading.text(printed("evaluation.html", broad).pdf)
    assert "Балл" in text and "☐" not in text


def test_a_scale_says_in_words_what_both_its_ends_mean(printed: Print) -> None:
    for filled in (False, True):
        for page in reading.pages(printed("questionnaire.html", sheet_samples.questionnaire(filled=filled)).pdf)[:1]:
            low, high = ([word for word in page.words if word.text == text][-1] for text in ("трудно", "легко"))
            assert low.left < page.width / 4 and high.right > page.width * 0.9 and abs(low.top - high.top) < 1


def test_there_is_room_to_write_by_hand(printed: Print) -> None:
    asked = Questionnaire("r", "mentee", "before", "Анкета", (Question("t", "text", "Где?"), Question("l", "long", "Что?")))
    [lines] = reading.rules(printed("questionnaire.html", sheet_samples.questionnaire(asked)).pdf)
    gaps = [below - above for above, below in zip(lines.across, lines.across[1:], strict=False)]
    assert len(lines.across) == 6 and min(gaps) >= 8 * reading.MM
    [lines] = reading.rules(printed("deficits.html", rows_titled("Умение")).pdf)
    assert min(below - above for above, below in zip(lines.across[2:], lines.across[3:], strict=False)) >= 7.5 * reading.MM


def rows_titled(title: str) -> DeficitsPaper:
    """A blank list of six competences of that name."""
    paper = sheet_samples.deficits(filled=False)
    group = paper.groups[0]
    return replace(paper, groups=[replace(group, rows=[replace(row, title=title) for row in group.rows[:6]])])


def test_a_row_of_a_blank_list_grows_with_what_stands_in_it(printed: Print) -> None:
    """A cell with a height of its own would not."""
    title = "Умение ставить цель урока и проверять её и понимать, что из этого следует для каждого ученика"
    [page] = reading.pages(printed("deficits.html", rows_titled(title)).pdf)
    ends = sorted(word.bottom for word in page.words if word.text == "ученика")
    begins = sorted(word.top for word in page.words if word.text == "Умение")
    assert len(ends) == len(begins) == 6
    assert all(end < begin for end, begin in zip(ends, begins[1:], strict=False))
