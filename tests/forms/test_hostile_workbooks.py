"""Whatever is sent as a workbook, the answer is a Russian sentence, soon, and the server does not grow."""

import gc
import io
import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from mentorapp.forms import sheets_in
from mentorapp.forms.books import child
from tests.forms.workbooks import book_of, by_hand, problems_of, questionnaire, shipped
from tests.forms.zips import in_directory, zipped
from tests.pace import timed

Given = TypeVar("Given")
SECONDS, GROWTH = 2.0, 30 * 1024 * 1024
GOOD = book_of("questionnaire", questionnaire())
LAUGHS = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
ENTITIES = f'<!DOCTYPE x [<!ENTITY a "ха">{LAUGHS}]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'


def entries() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(name: str, text: str | bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The good workbook with one of its parts in other words, or with a part more."""
    return zipped({**entries(), name: text}, method=method)


def sheet(rows: str, dimension: str = "A1:B2") -> bytes:
    """The good workbook whose questions are these rows, not packed: nothing that is packed so well gets past the archive's guard."""
    text = f'<dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return with_part("xl/worksheets/sheet2.xml", f'<worksheet xmlns="{main}">{text}', zipfile.ZIP_STORED)


def one_long_string_in_every_cell() -> bytes:
    """Five kilobytes of text that are said fifty megabytes long."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    row = "<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>"
    parts = {
        "xl/sharedStrings.xml": f'<sst xmlns="{main}"><si><t>{"ы" * 5000}</t></si></sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{row * 100}</sheetData></worksheet>',
    }
    return zipped({**entries(), **parts}, method=zipfile.ZIP_STORED)


def entity_in(name: str, doctype: str) -> bytes:
    text = entries()[name].decode()
    head, _, body = text.partition("?>")
    return with_part(name, f"{head}?>{doctype}{re.sub('Вопрос', '&j;', body)}")


def lying_entry() -> bytes:
    """Ten million zeros that say they are ten bytes."""
    return in_directory(zipped({"xl/a.xml": b"0" * 10_000_000, "[Content_Types].xml": b"x"}), 24, 10)


def encrypted() -> bytes:
    return in_directory(GOOD, 8, 1, "<H")


LUCK = random.Random(1)  # noqa: S311, noise for tests
STRINGS = "".join(f"<si><t>{LUCK.randbytes(20).hex()}</t></si>" for _ in range(13_000))
STRINGS = f"<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>{STRINGS}</sst>"
STYLES = f"<styleSheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><cellXfs>{'<xf/>' * 15_000}</cellXfs></styleSheet>"
HOSTILE = {
    "a bomb of zeros": zipped({"[Content_Types].xml": b"<x/>", "xl/a.xml": b"0" * 50_000_000}),
    "sizes that are a lie": lying_entry(),
    "many files": zipped({f"xl/{number}.xml": b"x" for number in range(500)}),
    "an archive inside": with_part("xl/embeddings/a.zip", zipped({"a": b"b"})),
    "billion laughs in the strings": entity_in("xl/sharedStrings.xml", ENTITIES),
    "billion laughs in a sheet": with_part("xl/worksheets/sheet2.xml", f"<?xml version='1.0'?>{ENTITIES}<worksheet>&j;</worksheet>"),
    "an entity from outside": entity_in("xl/sharedStrings.xml", OUTSIDE),
    "an entity from outside in the content types": with_part("[Content_Types].xml", f"<?xml version='1.0'?>{OUTSIDE}<Types>&j;</Types>"),
    "a row far below": sheet('<row r="1000000"><c r="A1000000" t="inlineStr"><is><t>x</t></is></c></row>'),
    "a column far to the right": sheet('<row r="1"><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>'),
    "a row that is no number": sheet('<row r="x"><c r="A1"><v>1</v></c></row>'),
    "a cell that is nowhere": sheet('<row r="1"><c r="??" t="n"><v>1</v></c></row>'),
    "no dimension that makes sense": sheet("", "nonsense"),
    "a string that is not there": sheet('<row r="1"><c r="A1" t="s"><v>999999</v></c></row>'),
    "one string in every cell": sheet(
        "".join(f'<row r="{row}">' + '<c t="s"><v>3</v></c>' * 100 + "</row>" for row in range(1, 150)), "A1:XFD1048576"
    ),
    "one long string in every cell": one_long_string_in_every_cell(),
    "very many strings": with_part("xl/sharedStrings.xml", "<sst>" + "<si/>" * 60_000 + "</sst>", zipfile.ZIP_STORED),
    "very many styles": with_part("xl/styles.xml", "<styleSheet>" + "<xf/>" * 60_000 + "</styleSheet>", zipfile.ZIP_STORED),
    "a workbook without sheets": zipped({name: text for name, text in entries().items() if "worksheets" not in name}),
    "macros": with_part("[Content_Types].xml", entries()["[Content_Types].xml"].replace(
        b"spreadsheetml.sheet.main+xml", b"sheet.macroEnabled.main+xml")),
    "a project of macros": with_part("xl/vbaProject.bin", b"macros"),
    "an old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096,
    "a locked archive": encrypted(),
    "a table of commas": "Вид ответа,Вопрос\nстрока,Что?\n".encode("cp1251"),
    "a page": b"<html><table><tr><td>1</td></tr></table></html>",
    "half a workbook": GOOD[: len(GOOD) // 2],
    "a workbook without its end": GOOD[:-10],
    "noise": LUCK.randbytes(5000),
    "noise after a right beginning": b"PK\3\4" + LUCK.randbytes(5000),
    "nothing": b"",
    "another document": zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}),
    "too large a file": b"PK\3\4" + b"\0" * (1024 * 1024),
    "names that lead outside": with_part("../../evil.xml", b"x"),
    "links to another workbook": with_part("xl/workbook.xml", entries()["xl/workbook.xml"][:200]),
}  # fmt: skip
HONEST = {  # odd, and read all the same: what they lack is said by sheet and cell
    "a dimension of a million rows": sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>Вопрос</t></is></c></row>', "A1:XFD1048576"),
    "deep XML": with_part("xl/worksheets/sheet2.xml", "<a>" * 25_000 + "</a>" * 25_000, zipfile.ZIP_STORED),
    "many styles that are nowhere used": with_part("xl/styles.xml", STYLES, zipfile.ZIP_STORED),
    "many strings that are nowhere used": with_part("xl/sharedStrings.xml", STRINGS),
}


def bounded(act: Callable[[], Given]) -> Given:
    """What the act gives: it is soon over, and the process does not grow by it, not even for a moment."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")  # the peak is counted from now on
    before = memory("VmRSS")
    given, seconds = timed(act)
    assert seconds < SECONDS
    assert memory("VmHWM") - before < GROWTH
    return given


def memory(name: str) -> int:
    found = re.search(rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found
    return int(found[1]) * 1024


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_honest_workbook_is_refused_in_words(name: str) -> None:
    said = bounded(lambda: problems_of("questionnaire", HOSTILE[name]))
    assert len(said) == 1
    assert re.match("[а-яё-]+ ", said[0]) and ";" in said[0], said
    assert not re.search("Error|Traceback|None|/tmp|/usr", said[0]), said


@pytest.mark.parametrize("name", HONEST)
def test_what_is_odd_but_honest_is_read(name: str) -> None:
    _, problems = bounded(lambda: sheets_in.read_questionnaire(HONEST[name]))
    assert all(re.match(r"(Анкета|Вопросы)![A-Z]+\d+: ", str(one)) for one in problems), problems


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("billion laughs in the strings", "подстановки XML"),
        ("an entity from outside", "подстановки XML"),
        ("macros", "есть макросы"),
        ("a project of macros", "есть макросы"),
        ("an old workbook", "старого вида (.xls) или файл с паролем"),
        ("a table of commas", "это не таблица .xlsx"),
        ("a workbook without sheets", "ни одной заполненной ячейки"),
        ("a row far below", "ниже строки 2000"),
        ("one string in every cell", "сколько не бывает в форме"),
        ("too large a file", "больше 1 МБ"),
        ("one long string in every cell", "больше, чем бывает в форме"),
    ],
)
def test_the_sentence_says_what_it_is(name: str, words: str) -> None:
    said = problems_of("questionnaire", HOSTILE[name])[0]
    assert words in said, said


def test_the_most_that_passes_the_guards_is_answered_in_time() -> None:
    """As many questions, options and conditions as fit, all new and all to be compared with former ones."""
    chance = random.Random(110)  # noqa: S311  # letters that do not pack well, or the guard of the archive answers

    def letters(count: int) -> str:
        return "".join(chance.choices("абвгдежзиклмнопрстуфхцчшщэюя", k=count))

    def row() -> list[str]:
        options = "\n".join(f"вариант {number} {letters(16)}" for number in range(30))
        return ["один вариант", f"Вопрос {letters(120)}", options, "вопрос 1 = " + " или ".join(["а"] * 300)]

    rows = [["Вид ответа", "Вопрос", "Варианты", "Показать, если"], *(row() for _number in range(110))]
    said = bounded(lambda: problems_of("questionnaire", by_hand(Вопросы=rows), usual=questionnaire()))
    assert said and all(one.startswith("Вопросы!") for one in said), said[:3]


def test_a_child_that_does_not_answer_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "SECONDS", 0.01)
    assert "слишком долго" in problems_of("questionnaire", GOOD)[0]


def test_the_child_has_no_more_than_its_memory() -> None:
    code = "from runpy import run_path\nrun_path('__main__.py')['limit']()\n"
    code += "try:\n    bytearray(300 * 1024 * 1024)\nexcept MemoryError:\n    print('refused')"
    done = subprocess.run([sys.executable, "-c", code], cwd=child.WORKER, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "refused"


def test_the_child_reads_xml_through_the_guard() -> None:
    code = "import os; os.environ['OPENPYXL_LXML'] = 'False'; from openpyxl.xml.functions import fromstring, iterparse\n"
    code += "print(iterparse.__module__, fromstring.__module__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == {"defusedxml.common"}


def test_a_right_workbook_is_read_after_all_that() -> None:
    part, problems = bounded(lambda: sheets_in.read_questionnaire(GOOD))
    assert part == questionnaire() and problems == []


JUNK = (
    "", "–", "1", "-5", "да", "шкала от 1 до 5", "вопрос 1 = да", "вопрос 99", "вопрос ² = да", "перед началом: вопрос 2 ≤ 3",
    "до 15 октября", "а\nб;в", "x" * 3000, "От", "До", "Вопрос", "Название", "Служебный код", "a = b", "\u200b", "😀", "№", "(…)", "²", "½",
    "через ٣ дня", "99999999999", "1e5", "+", "id", "q0",
)  # fmt: skip


def test_whatever_is_changed_in_a_workbook_is_read_or_told(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    form = shipped()
    parts = (("questionnaire", form["questionnaires"][1]), ("plan", form["plans"][0]), ("rubric", form["evaluation"]))
    books = [(kind, child.read(book_of(kind, part))) for kind, part in parts]
    for _ in range(150):
        kind, grids = LUCK.choice(books)
        changed = [child.Grid(grid.name, dict(grid.cells)) for grid in grids]
        for _ in range(LUCK.choice((1, 3, 10, 60))):
            cells = LUCK.choice(changed).cells
            place = LUCK.choice([*cells, (LUCK.randint(1, 50), LUCK.randint(1, 30))])
            cells[place] = child.Cell(LUCK.choice(JUNK), LUCK.choice(["", "", "", "f", "e"]))
        monkeypatch.setattr(child, "read", lambda _, changed=changed: changed)
        part, problems = sheets_in.read_book(kind, b"", form["questionnaires"])
        assert caplog.records == []
        assert part is not None or all(problem.cell for problem in problems), problems
        assert part is None or book_of(kind, part)
