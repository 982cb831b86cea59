"""Whatever somebody types stays text, and even raw markup that reached the renderer would get nothing."""

import io
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from mentorapp.papers.press import PaperFailed, PaperPress, Printed
from tests.papers import reading, samples
from tests.papers.test_press import STYLE, run_worker

SECRET = "CANARY-7f3a91"
VECTORS = {
    "image": '<img src="http://HOST/1.png">',
    "image by a file address": '<img src="file://SECRETS/secret.png" width="100" height="100">',
    "image by an absolute path": '<img src="SECRETS/secret.png" width="100" height="100">',
    "image by a way up": '<img src="../../../../../..SECRETS/secret.png" width="100" height="100">',
    "stylesheet": '<link rel="stylesheet" type="text/css" href="http://HOST/2.css"><p>x</p>',
    "imported stylesheet": '<style>@import url("http://HOST/3.css");</style><p>x</p>',
    "imported file": '<style>@import url("SECRETS/secret.css");</style><p>x</p>',
    "font": '<style>@font-face { font-family: X; src: url(http://HOST/4.ttf); }</style><p style="font-family: X">x</p>',
    "page background": '<style>@page { background-image: url("http://HOST/5.pdf"); }</style><p>x</p>',
    "page background from a file": '<style>@page { background-image: url("SECRETS/secret.pdf"); }</style><p>x</p>',
    "background": '<div style="background-image: url(http://HOST/6.png)">x</div>',
    "picture in the address": (
        '<img src="data:image/svg+xml;utf8,<svg xmlns=\'http://www.w3.org/2000/svg\' width=\'9\' height=\'9\'>'
        '<rect width=\'9\' height=\'9\'/><image href=\'http://HOST/7.png\' width=\'9\' height=\'9\'/></svg>">'
    ),
    "drawing": '<svg width="9" height="9"><image xlink:href="http://HOST/8.png" width="9" height="9"/></svg>',
    "inserted paper": '<pdf:insertpdf src="SECRETS/secret.pdf"/><p>x</p>',
    "frame and object": '<iframe src="http://HOST/9.html"></iframe><object data="SECRETS/secret.txt"></object><p>x</p>',
    "list mark": '<ul style="list-style-image: url(http://HOST/10.png)"><li>x</li></ul>',
}  # fmt: skip
each_vector = pytest.mark.parametrize("vector", VECTORS.values(), ids=VECTORS)


class Trap:
    """A host that nobody may call and files that nobody may read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.setblocking(False)
        (folder / "secret.txt").write_text(SECRET)
        (folder / "secret.css").write_text(f'p:before {{ content: "{SECRET}"; }}')
        canvas = Canvas(str(folder / "secret.pdf"), pageCompression=0)
        canvas.drawString(100, 700, SECRET)
        canvas.save()
        Image.new("RGB", (9, 9), "red").save(folder / "secret.png")

    def set(self, vector: str) -> str:
        return vector.replace("HOST", f"127.0.0.1:{self.listener.getsockname()[1]}").replace("SECRETS", str(self.folder))

    def answer_calls(self, calls: list[bytes]) -> None:
        """Answer with «not found» and note who asks for what, until the test ends."""
        self.listener.settimeout(5)
        with suppress(OSError):
            while True:
                connection, _address = self.listener.accept()
                with connection:
                    calls.append(connection.recv(1000))
                    connection.sendall(b"HTTP/1.0 404 Not Found\r\nContent-Length: 0\r\n\r\n")

    def was_called(self) -> bool:
        try:
            self.listener.accept()[0].close()
        except BlockingIOError:
            return False
        return True


@pytest.fixture
def trap(tmp_path: Path) -> Iterator[Trap]:
    trap = Trap(tmp_path)
    yield trap
    trap.listener.close()


def test_what_is_typed_into_a_plan_stays_text(printed: Callable[..., Printed], trap: Trap) -> None:
    typed = [trap.set(vector) for vector in VECTORS.values()]
    plan = samples.table(len(typed))
    rows = [replace(row, cells=[text, *row.cells[1:]]) for row, text in zip(plan.rows, typed, strict=True)]
    hostile = replace(plan, rows=rows, title=typed[0], note=typed[1], agreement=typed[2], signatures=[(typed[3], typed[4])])
    result = printed("plan.html", samples.plan(hostile))
    found = reading.letters(reading.text(result.pdf))
    assert [text for text in typed if reading.letters(text) not in found] == []
    assert result.warnings == [] and not trap.was_called()


def test_what_is_typed_into_an_agenda_stays_text(printed: Callable[..., Printed], trap: Trap) -> None:
    typed = [trap.set(vector) for vector in VECTORS.values()]
    paper = samples.checklist(typed, address=f'"/>{typed[0]}')
    result = printed("checklist.html", replace(paper, contact=typed[1], next_types=typed[2:4], rows=[(typed[4], typed[5])]))
    found = reading.letters(reading.text(result.pdf))
    assert [text for text in typed if reading.letters(text) not in found] == []
    assert result.warnings == [] and not trap.was_called()


@each_vector
def test_raw_markup_calls_nobody_and_reads_no_file(press: PaperPress, trap: Trap, vector: str) -> None:
    pdf = press.print(STYLE + trap.set(vector)).pdf
    assert not trap.was_called()
    assert SECRET.encode() not in unpacked(pdf)


def unpacked(pdf: bytes) -> bytes:
    """All texts and all streams of a paper, none of them compressed; a picture is told as the secret that it was."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    pictures = [SECRET for page in reader.pages for _picture in page.images]
    streams = [page.get_contents().get_data() for page in reader.pages if page.get_contents()]
    return b"\n".join([*streams, reading.text(pdf).encode(), *(picture.encode() for picture in pictures)])


def test_without_the_policy_the_same_markup_would_call_and_read(trap: Trap) -> None:
    """So the tests above can fail."""
    permissive = "from xhtml2pdf.config.resources import PERMISSIVE_POLICY as P\nrenderer.ResourceAccessPolicy.server = lambda *a, **o: P"
    calls: list[bytes] = []
    threading.Thread(target=trap.answer_calls, args=[calls], daemon=True).start()
    names = ("imported file", "stylesheet", "image by an absolute path")
    leaked = unpacked(run_worker(permissive, STYLE + "".join(trap.set(VECTORS[name]) for name in names)).pdf)
    assert leaked.count(SECRET.encode()) >= 2
    assert calls and calls[0].startswith(b"GET /2.css")


def test_a_refused_address_is_reported(press: PaperPress) -> None:
    for address, reason in (("http://192.0.2.1/a.png", "remote resources are not allowed"), ("file:///etc/hostname", "outside")):
        [warning] = press.print(f'{STYLE}<p style="background-image: url({address})">x</p>').warnings
        assert warning.startswith("Blocked by the resource policy") and reason in warning


def resident_memory() -> int:
    [kilobytes] = re.findall(r"VmRSS:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(kilobytes) * 1024


def test_a_table_that_would_eat_all_memory_is_refused(press: PaperPress) -> None:
    before, begun = resident_memory(), time.monotonic()
    with pytest.raises(PaperFailed, match="Данные на месте"):
        press.print("<table><tr><td rowspan=100000 colspan=5000>x</td></tr></table>")
    assert time.monotonic() - begun < 30
    assert resident_memory() - before < 20_000_000
    assert press.print("<p>дальше</p>").pdf.startswith(b"%PDF")


ESCAPE = (
    "[[[getattr(pow, Word('__globals__'))['os'].system('touch MARKER') for Word in [orgTypeFun('Word', (str,), {"
    "'mutated': 1, 'startswith': lambda self, x: False, '__eq__': lambda self, x: self.mutate() and self.mutated < 0 and str(self) == x,"
    "'mutate': lambda self: {setattr(self, 'mutated', self.mutated - 1)}, '__hash__': lambda self: hash(str(self))})]]"
    "for orgTypeFun in [type(type(1))]] and 'red'"
)


@pytest.mark.parametrize(
    "markup",
    [
        '<para><font color="{}">x</font></para>',
        '<p style="color: {}">x</p>',
        '<table bordercolor="{}" border="1"><tr><td bgcolor="{}">x</td></tr></table>',
        "<p><font color=\"__import__('os').system('touch MARKER')\">x</font></p>",
    ],
    ids=["font", "style", "table", "plain call"],
)
def test_a_colour_is_never_a_program(press: PaperPress, tmp_path: Path, markup: str) -> None:
    marker = tmp_path / "marker"
    with suppress(PaperFailed):
        press.print(markup.replace("{}", ESCAPE).replace("MARKER", str(marker)))
    assert not marker.exists()


@pytest.mark.parametrize(
    "markup",
    [
        f'<p style="color: rgb({"1" * 50_000}">x</p>',
        f'<p style="color: rgb({"1, " * 20_000})">x</p>',
        f'<p style="color: #{"f" * 50_000}!">x</p>',
        "<style>p:before { content: '" + "\\" * 25_001 + "'; }</style><p>x</p>",
        "<style>p:before { content: '" + "\\" * 25_000 + "</style><p>x</p>",
        f'<p style="{"a:" * 20_000}">x</p>',
    ],
    ids=["long number", "many numbers", "long code", "backslashes", "backslashes without end", "many colons"],
)  # fmt: skip
def test_a_malicious_pattern_does_not_hold_the_press(press: PaperPress, markup: str) -> None:
    begun = time.monotonic()
    with suppress(PaperFailed):
        press.print(markup)
    assert time.monotonic() - begun < 5
