"""The sheet for a meeting: one page, room to write, and the way back into the program."""

import io
from collections.abc import Callable
from dataclasses import replace

import pypdf
import pytest

from mentorapp.papers.pages import ChecklistPaper
from mentorapp.papers.press import Printed
from tests.papers import reading, samples

Print = Callable[..., Printed]

TWO_LINES = "Разобрать запись урока: вопросы учителя и ответы учеников, время на обдумывание"
WAYS = "беседа; разбор записи; показ приёма; работа с картой урока; наблюдение; вопросы и ответы; упражнение вдвоём; игра"
NAME = samples.LONGEST_NAME
KINDS = [
    "Рабочая", "Первая беседа", "Первое общее задание", "Карта интересов", "День в колледже или вузе", "Проба профессии",
    "Репетиция защиты", "Сверка курса", "Вечер студентов и школьников", "Итоги и выбор",
]  # fmt: skip

SHEETS = {
    "seven points": samples.checklist(),
    "nine points": samples.checklist(samples.AGENDA),
    "nine points of two lines": samples.checklist([TWO_LINES] * 9),
    "seven points with ways to hold it": replace(samples.checklist(), ways=[("Как взаимодействуют", WAYS), ("Методы", WAYS)]),
    "nine points with ways to hold it": replace(samples.checklist(samples.AGENDA), ways=[("Как взаимодействуют", WAYS), ("Методы", WAYS)]),
    "nine points of two lines with ways to hold it": replace(samples.checklist([TWO_LINES] * 9), ways=[("Методы", WAYS)]),
    "seven points and ten kinds": replace(samples.checklist(), next_types=KINDS),
    "nine points and ten kinds": replace(samples.checklist(samples.AGENDA), next_types=KINDS),
    "nine points of two lines and ten kinds": replace(samples.checklist([TWO_LINES] * 9), next_types=KINDS),
    "seven points of two lines and ten kinds": replace(samples.checklist([TWO_LINES] * 7), next_types=KINDS),
    "seven points, four signatures and ten kinds": replace(
        samples.checklist([*samples.AGENDA[:4], *[TWO_LINES] * 3]), next_types=KINDS, signatures=[("наставляемый", NAME)] * 4
    ),
    "seven points and ten kinds with ways to hold it": replace(samples.checklist(), next_types=KINDS, ways=[("Методы", WAYS)]),
    "nine points and ten kinds with ways to hold it": replace(
        samples.checklist(samples.AGENDA), next_types=KINDS, ways=[("Как взаимодействуют", WAYS), ("Методы", WAYS)]
    ),
    "no points": samples.checklist([]),
    "no address": samples.checklist(address=""),
    "the longest names": replace(
        samples.checklist(),
        rows=[("Наставник", NAME), ("Наставляемый", NAME), ("Дата и место", "пт, 27.11.2026, 15:20")],
        signatures=[("наставник", NAME), *[("наставляемый", NAME)] * 2],
    ),
    "an address among the points": samples.checklist([samples.AGENDA[0], "https://example.org/" + "papka/" * 30, "Щ" * 120]),
}


@pytest.fixture(scope="module", params=SHEETS)
def sheet(request: pytest.FixtureRequest, printed: Print) -> tuple[ChecklistPaper, Printed]:
    paper = SHEETS[request.param]
    return paper, printed("checklist.html", paper)


def test_it_is_one_page(sheet: tuple[ChecklistPaper, Printed]) -> None:
    [page] = reading.pages(sheet[1].pdf)
    assert "стр. 1 из 1" in page.text


def test_everything_stands_on_it(sheet: tuple[ChecklistPaper, Printed]) -> None:
    paper, result = sheet
    found = reading.letters(reading.text(result.pdf))
    values = [value for pair in [*paper.rows, *paper.signatures] for value in pair]
    texts = [paper.title, paper.subtitle, paper.contact, *values, *paper.agenda, *paper.offered_next]
    assert [text for text in texts if reading.letters(text) not in found] == []


def test_nothing_sticks_out_of_the_margins(sheet: tuple[ChecklistPaper, Printed]) -> None:
    assert reading.outside(sheet[1].pdf, left=20, right=16, top=12, bottom=7) == []


def test_the_type_is_readable_and_embedded(sheet: tuple[ChecklistPaper, Printed]) -> None:
    kinds = reading.types(sheet[1].pdf)
    assert min(kind.size for kind in kinds) >= 8
    assert all(kind.is_embedded for kind in kinds)


def test_the_renderer_does_not_complain(sheet: tuple[ChecklistPaper, Printed]) -> None:
    assert sheet[1].warnings == []


def test_every_point_and_one_empty_row_can_be_ticked(sheet: tuple[ChecklistPaper, Printed]) -> None:
    paper, result = sheet
    assert reading.text(result.pdf).count("☐") == len(paper.agenda) + 1 + len(paper.offered_next) + (
        len(paper.offered_next) < len(paper.next_types)
    )


def test_all_kinds_of_the_next_meeting_are_offered_where_there_is_room_and_else_one_is_written_in() -> None:
    assert SHEETS["nine points and ten kinds"].offered_next == KINDS
    assert SHEETS["nine points of two lines and ten kinds"].offered_next == KINDS[:3]


def test_there_are_lines_to_agree_and_to_sign_on(sheet: tuple[ChecklistPaper, Printed]) -> None:
    words = reading.text(sheet[1].pdf)
    for heading in ("Фактически", "Договорились", "Задание до следующей встречи", "Следующая встреча"):
        assert heading in words


def test_more_points_flow_to_a_second_page_together_with_the_agreements(printed: Print) -> None:
    paper = samples.checklist([f"{TWO_LINES} ({number})" for number in range(16)])
    first, second = reading.pages(printed("checklist.html", paper).pdf)
    assert "Договорились" not in first.text
    for words in ("Договорились", "Задание до следующей встречи", "Соколова Е. В., наставник", "Внести в систему"):
        assert words in second.text
    assert all(f"({number})" in first.text + second.text for number in range(16))


def test_the_square_code_leads_back_to_the_meeting(printed: Print) -> None:
    with_code, without = (
        printed("checklist.html", samples.checklist(address=address)).pdf for address in ("http://pi.local/meetings/12", "")
    )
    assert squares(with_code) > 100 > squares(without)
    assert "наведите камеру" in reading.text(with_code) and "наведите камеру" not in reading.text(without)
    assert "наберите 7-12 в поиске" in reading.text(without)


def squares(pdf: bytes) -> int:
    return sum(page.get_contents().get_data().count(b" re") for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_two_prints_are_equal_byte_for_byte(printed: Print) -> None:
    assert printed("checklist.html", samples.checklist()).pdf == printed("checklist.html", samples.checklist()).pdf


def test_ways_to_hold_it_are_printed_small_where_there_is_room(printed: Print) -> None:
    short, tight = (replace(samples.checklist(agenda), ways=[("Методы", "беседа; показ")]) for agenda in (None, [TWO_LINES] * 9))
    assert "Методы: беседа; показ." in reading.text(printed("checklist.html", short).pdf)
    assert "Методы" not in reading.text(printed("checklist.html", tight).pdf)
    many = replace(samples.checklist(), ways=[("Методы", "долгий разбор; " * 60)])
    assert "Методы" not in reading.text(printed("checklist.html", many).pdf)
