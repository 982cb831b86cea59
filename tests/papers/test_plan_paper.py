"""A plan on A4: whole, readable, signed on a page that holds something to sign."""

import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from mentorapp.papers.pages import Approval, Head, PlanPaper, PlanTable, RowOut
from mentorapp.papers.press import PaperPress, Printed
from tests.papers import reading, samples

Print = Callable[..., Printed]

ESSAY = " ".join(f"слово{number}" for number in range(1000))  # nearly 9,000 letters, no word twice
UNBROKEN = "Ы" * 300
ADDRESS = "https://example.org/" + "ochen-dlinnyj-adres/" * 8
TEN_TITLES = ["Мероприятие", "Дата", "Цель", "Результат", "Форма", "Срок", "Место", "Ответственный", "Наблюдатель", "Примечание"]


def with_cell(table: PlanTable, text: str) -> PlanTable:
    """The same plan with another activity in its third row."""
    rows = list(table.rows)
    rows[2] = replace(rows[2], cells=[text, *rows[2].cells[1:]])
    return replace(table, rows=rows)


def long_names() -> PlanPaper:
    paper = samples.plan(samples.table(6))
    name = samples.LONGEST_NAME
    signed = replace(with_cell(paper.plans[0], name), signatures=[("наставник", name), ("наставляемый", name)])
    return replace(paper, pair=replace(paper.pair, rows=[("Наставник", name), ("Наставляемый", name)]), plans=[signed])


HARD = {
    "sixty rows": lambda: samples.plan(samples.table(60)),
    "an essay in a cell": lambda: samples.plan(with_cell(samples.table(6), ESSAY)),
    "a word of 300 letters": lambda: samples.plan(with_cell(samples.table(6), UNBROKEN)),
    "an address": lambda: samples.plan(with_cell(samples.table(6), ADDRESS)),
    "the longest names": long_names,
    "an essay below the table": lambda: samples.plan(replace(samples.table(3), note=ESSAY)),
    "thirty who sign": lambda: samples.plan(
        replace(samples.table(6), signatures=[("наставляемый", f"Участник{number} Имя Отчество") for number in range(30)])
    ),
    "ten columns": lambda: samples.plan(
        PlanTable("План", [Head(title) for title in TEN_TITLES], [RowOut("1", [ADDRESS, *samples.row(1).cells, "–", "–"])] * 3)
    ),
}


@pytest.fixture(scope="module", params=HARD)
def hard(request: pytest.FixtureRequest, printed: Print) -> tuple[PlanPaper, Printed]:
    """A plan that is hard to print, and what came out."""
    paper = HARD[request.param]()
    return paper, printed("plan.html", paper)


def test_every_word_of_a_plan_is_on_the_paper(hard: tuple[PlanPaper, Printed]) -> None:
    paper, result = hard
    found = reading.text(result.pdf)
    counted, unspaced = Counter(found.split()), reading.letters(found)
    plan = paper.plans[0]
    wanted = Counter(word for row in plan.rows for cell in [row.number, *row.cells] for word in cell.split())
    wanted.update(word for text in (plan.note, *(name for _role, name in plan.signatures)) for word in text.split())
    missing = {word: count for word, count in wanted.items() if counted[word] < count and unspaced.count(word) < count}
    assert missing == {}


def test_nothing_sticks_out_of_the_margins(hard: tuple[PlanPaper, Printed]) -> None:
    assert reading.outside(hard[1].pdf, left=12, right=12, top=13, bottom=7) == []


def test_no_type_is_too_small_to_read(hard: tuple[PlanPaper, Printed]) -> None:
    assert min(kind.size for kind in reading.types(hard[1].pdf)) >= 8


def test_all_type_is_embedded(hard: tuple[PlanPaper, Printed]) -> None:
    assert {kind.font.split("+")[1] for kind in reading.types(hard[1].pdf) if kind.is_embedded} == {"Tinos-Regular", "Tinos-Bold"}
    assert all(kind.is_embedded for kind in reading.types(hard[1].pdf))


def test_the_renderer_does_not_complain(hard: tuple[PlanPaper, Printed]) -> None:
    assert hard[1].warnings == []


def test_every_page_says_which_of_how_many_it_is(hard: tuple[PlanPaper, Printed]) -> None:
    sheets = reading.pages(hard[1].pdf)
    for number, page in enumerate(sheets, start=1):
        foot = [word for word in page.words if word.top > page.height - 15 * reading.MM]
        assert [word.text for word in foot] == ["стр.", str(number), "из", str(len(sheets))]
        assert foot[-1].right == pytest.approx(page.width - 12 * reading.MM, abs=1)


def test_the_head_of_the_table_stands_on_every_page(hard: tuple[PlanPaper, Printed]) -> None:
    titles = [head.title for head in hard[0].plans[0].columns]
    for page in reading.pages(hard[1].pdf):
        assert all(word in page.text for title in titles for word in title.split())


def test_dates_and_states_are_not_broken(printed: Print) -> None:
    paper = samples.plan(samples.table(12))
    found = Counter(word.text for page in reading.pages(printed("plan.html", paper).pdf) for word in page.words)
    whole = Counter(row.cells[column] for row in paper.plans[0].rows for column in (1, 5))
    assert [date for date, count in whole.items() if found[date] < count] == []
    assert found["запланировано"] == 0 and found["выполнено"] == 8


def test_a_page_of_bare_signatures_never_comes(printed: Print) -> None:
    for rows in range(3, 8):
        last = reading.pages(printed("plan.html", samples.plan(samples.table(rows))).pdf)[-1]
        assert "Куратор" in last.text, rows
        assert samples.row(rows - 1).cells[1] in last.text, rows


def test_a_section_never_parts_from_its_first_row(printed: Print) -> None:
    for before in range(3, 7):
        plan = samples.table(before + 3)
        rows = [replace(row, section="Завершающий этап") if place == before else row for place, row in enumerate(plan.rows)]
        sheets = reading.pages(printed("plan.html", samples.plan(replace(plan, rows=rows))).pdf)
        [page] = [page for page in sheets if "Завершающий" in page.text]
        [heading] = [word for word in page.words if word.text == "Завершающий"]
        assert [word for word in page.words if word.text == samples.row(before).cells[1] and word.top > heading.top], before


def test_each_plan_begins_on_a_page_of_its_own(printed: Print) -> None:
    titles = ["План работы наставника", "План работы наставляемого", "План работы куратора"]
    sheets = reading.pages(printed("plan.html", samples.plan(*(samples.table(2, title) for title in titles))).pdf)
    assert [[title for title in titles if title in page.text] for page in sheets] == [[title] for title in titles]


def test_an_approved_plan_names_who_and_when_at_the_upper_right(printed: Print) -> None:
    page = reading.pages(printed("plan.html", samples.plan(samples.table(2))).pdf)[0]
    assert "УТВЕРЖДАЮ Директор МБОУ «Школа № 14»" in page.text
    assert "И. О. Кравцова" in page.text and "«12» сентября 2026 г." in page.text
    [block] = [word for word in page.words if word.text == "УТВЕРЖДАЮ"]
    assert block.left > page.width / 2 and block.bottom < page.height / 4


def test_a_plan_not_yet_approved_leaves_lines_for_the_pen(printed: Print) -> None:
    waiting = replace(samples.table(2), approval=Approval(post="Директор"))
    page = reading.pages(printed("plan.html", samples.plan(waiting)).pdf)[0]
    assert "/ __________________ /" in page.text and "«____» ________________ 20____ г." in page.text


def test_a_plan_that_needs_no_approval_has_no_block(printed: Print) -> None:
    page = reading.pages(printed("plan.html", samples.plan(replace(samples.table(2), approval=None))).pdf)[0]
    assert "УТВЕРЖДАЮ" not in page.text


def test_empty_rows_leave_room_to_write(printed: Print) -> None:
    tops = []
    for blank in (0, 4):
        page = reading.pages(printed("plan.html", samples.plan(replace(samples.table(1), blank_rows=blank))).pdf)[0]
        tops += [word.top for word in page.words if word.text == "Куратор"]
    assert tops[1] - tops[0] == pytest.approx(4 * 9 * reading.MM, abs=2)


def test_the_writers_own_lines_stay(printed: Print) -> None:
    page = reading.pages(printed("plan.html", samples.plan(with_cell(samples.table(3), "Первое\nВторое\r\nТретье"))).pdf)[0]
    lefts = {word.left for word in page.words if word.text in ("Первое", "Второе", "Третье")}
    assert len(lefts) == 1


def test_signs_that_nobody_sees_leave_no_mark(printed: Print) -> None:
    apart = unicodedata.normalize("NFD", "Йод и ёлка")
    result = printed("plan.html", samples.plan(with_cell(samples.table(3), f"\ufeff{apart}\u200d\x0c\u2028 \u00adвсё")))
    assert result.warnings == []
    assert "Йод и ёлка всё" in " ".join(reading.text(result.pdf).split())


def test_a_letter_that_no_font_has_is_complained_about(printed: Print) -> None:
    result = printed("plan.html", samples.plan(with_cell(samples.table(3), "Успех 🎉")))
    assert [warning for warning in result.warnings if "can draw" in warning and "🎉" in warning]


def test_two_prints_are_equal_byte_for_byte(printed: Print, press: PaperPress) -> None:
    first = printed("plan.html", samples.plan(samples.table(8))).pdf
    assert printed("plan.html", samples.plan(samples.table(8))).pdf == first
    press.close()
    assert printed("plan.html", samples.plan(samples.table(8))).pdf == first


def test_columns_share_the_width_as_the_form_asks() -> None:
    plan = PlanTable("План", [Head("Что", 3), Head("Зачем", 1)], [RowOut("1", ["да", "нет"])])
    assert plan.widths == [4, 72, 24]


@pytest.mark.parametrize("text", ["Первое", ESSAY], ids=["rows between pages", "a row cut inside"])
def test_every_page_of_the_table_has_its_lines_all_around(printed: Print, text: str) -> None:
    pdf = printed("plan.html", samples.plan(with_cell(samples.table(), text))).pdf
    columns = len(samples.COLUMNS) + 1
    for page, lines in zip(reading.pages(pdf), reading.rules(pdf), strict=True):
        head = next(word for word in page.words if word.text == "Мероприятие")
        above, below = (min((y for y in lines.across if y > edge), default=0) for edge in (head.top - 20, head.bottom))
        assert above < head.top < head.bottom < below
        assert lines.down(above + 2) == lines.down(below + 2) == columns + 1
        rows = [word.bottom for word in page.words if word.top > below and word.bottom < page.height - 17 * reading.MM]
        signed = [word.top for word in page.words if word.text == "Куратор"]
        assert any(abs(lines.across[-1] - bottom) < 12 for bottom in rows) and (signed or lines.across[-1] > max(rows) - 1)


def test_notes_and_signatures_stand_outside_the_lines(printed: Print) -> None:
    pdf = printed("plan.html", samples.plan(samples.table(2))).pdf
    [page], [lines] = reading.pages(pdf), reading.rules(pdf)
    note = next(word for word in page.words if word.text == "План" and word.top > lines.across[1])
    assert lines.across[-1] < note.top
    assert lines.down(lines.across[-1] + 3) == 0


def test_a_narrow_column_still_holds_its_longest_word() -> None:
    plan = PlanTable("План", [Head("Что", 50), Head("Ответственный", 1), Head("Срок", 1)], [RowOut("1", ["", "", "01.09.2026"])])
    assert sum(plan.widths) == pytest.approx(100)
    assert plan.widths[2] > 9 and plan.widths[3] == 8


def test_a_crowd_of_columns_still_fits_the_page() -> None:
    plan = PlanTable("План", [Head("Ответственный") for _ in range(20)], [])
    assert sum(plan.widths) == pytest.approx(100)
    assert plan.is_dense
