"""The child process: it comes when needed, goes when idle, and whatever happens to it, the next paper is printed."""

import os
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from xml.dom import minidom
from xml.parsers.expat import ExpatError

import pytest
from flask import Flask

from mentorapp.papers.press import FONTS, WORKER, PaperFailed, PaperPress, Printed
from tests.papers import reading, samples

ROOT = Path(__file__).parents[2]
STYLE = """<style>@font-face { font-family: DocSerif; src: url(DocSerif-Regular.ttf); }
html { font-family: DocSerif; } body, p, div, ul, li, table, tr, td { display: block; } @page { size: A4; margin: 20mm; }</style>"""
SHEET = f"{STYLE}<p>Проба печати</p>"
LONG_SHEET = f"{STYLE}<table>{'<tr><td>долгая</td><td>печать</td></tr>' * 400}</table>"


@pytest.fixture
def make_press() -> Iterator[Callable[..., PaperPress]]:
    """A press of the test's own, with other limits."""
    made: list[PaperPress] = []

    def make(**limits: float) -> PaperPress:
        made.append(PaperPress(**limits))  # type: ignore[arg-type] # a whole number is a float
        return made[-1]

    yield make
    for press in made:
        press.close()


def wait_until(happened: Callable[[], bool]) -> None:
    for _ in range(500):
        if happened():
            return
        time.sleep(0.02)
    pytest.fail("it did not happen within ten seconds")


def in_background(press: PaperPress, html: str) -> tuple[threading.Thread, list[Printed | PaperFailed]]:
    """Someone else printing at the same time, and what he gets."""
    got: list[Printed | PaperFailed] = []

    def work() -> None:
        try:
            got.append(press.print(html))
        except PaperFailed as failure:
            got.append(failure)

    thread = threading.Thread(target=work)
    thread.start()
    return thread, got


def pid_of(press: PaperPress) -> int:
    assert press.pid is not None
    return press.pid


def test_the_child_starts_with_the_first_paper_stays_for_the_next_and_is_renewed(make_press: Callable[..., PaperPress]) -> None:
    press = make_press(papers_per_child=2)
    assert press.pid is None
    assert "Проба печати" in reading.text(press.print(SHEET).pdf)
    first = pid_of(press)
    os.kill(first, 0)
    press.print(SHEET)
    wait_until(lambda: press.pid is None)
    press.print(SHEET)
    assert pid_of(press) != first


def test_it_goes_when_nobody_prints(make_press: Callable[..., PaperPress]) -> None:
    press = make_press(idle_seconds=0.05)
    assert press.print(SHEET).pdf.startswith(b"%PDF")
    wait_until(lambda: press.pid is None)
    assert press.pid is None


def test_a_child_killed_between_papers_is_not_noticed(press: PaperPress) -> None:
    press.print(SHEET)
    os.kill(pid_of(press), signal.SIGKILL)
    assert press.print(SHEET).pdf.startswith(b"%PDF")


def test_a_child_killed_in_the_middle_of_a_paper_is_not_noticed(press: PaperPress) -> None:
    press.print(SHEET)
    os.kill(pid_of(press), signal.SIGSTOP)
    other, got = in_background(press, SHEET)
    time.sleep(0.05)
    os.kill(pid_of(press), signal.SIGKILL)
    other.join()
    assert isinstance(got[0], Printed) and "Проба печати" in reading.text(got[0].pdf)


def test_a_child_that_dies_again_and_again_is_explained(press: PaperPress) -> None:
    press.print(SHEET)
    other, got = in_background(press, LONG_SHEET)
    while other.is_alive():
        if pid := press.pid:
            with suppress(ProcessLookupError):  # it may have ended since
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.005)
    assert isinstance(got[0], PaperFailed)
    assert "Документ не получился" in str(got[0]) and "Данные на месте" in str(got[0])
    assert press.print(SHEET).pdf.startswith(b"%PDF")


def test_a_paper_that_takes_too_long_is_given_up(press: PaperPress, monkeypatch: pytest.MonkeyPatch) -> None:
    press.print(SHEET)
    os.kill(pid_of(press), signal.SIGSTOP)
    begun = time.monotonic()
    with monkeypatch.context() as limits, pytest.raises(PaperFailed, match="дольше 1 секунд"):
        limits.setattr(press, "seconds_per_paper", 1)
        press.print(SHEET)
    assert time.monotonic() - begun < 5
    assert press.print(SHEET).pdf.startswith(b"%PDF")


def test_several_papers_in_one_file_may_take_longer_but_not_for_ever(press: PaperPress, monkeypatch: pytest.MonkeyPatch) -> None:
    press.print(SHEET)
    os.kill(pid_of(press), signal.SIGSTOP)
    with monkeypatch.context() as limits, pytest.raises(PaperFailed, match="дольше 2 секунд"):
        limits.setattr(press, "seconds_per_paper", 0.5)
        press.print(SHEET, papers=50)


def test_who_waits_too_long_for_his_turn_is_asked_to_come_back(press: PaperPress, monkeypatch: pytest.MonkeyPatch) -> None:
    press.print(SHEET)
    os.kill(pid_of(press), signal.SIGSTOP)
    other, got = in_background(press, SHEET)
    time.sleep(0.05)
    with monkeypatch.context() as limits, pytest.raises(PaperFailed, match="сейчас печатается другой документ"):
        limits.setattr(press, "seconds_in_queue", 0.1)
        press.print(SHEET)
    os.kill(pid_of(press), signal.SIGCONT)
    other.join()
    assert isinstance(got[0], Printed)


def test_who_waits_for_his_turn_gets_his_own_paper(press: PaperPress) -> None:
    others = [in_background(press, f"{STYLE}<p>Документ {number}</p>") for number in range(4)]
    for number, (thread, got) in enumerate(others):
        thread.join()
        assert isinstance(got[0], Printed) and f"Документ {number}" in reading.text(got[0].pdf)


def test_a_page_the_renderer_refuses_leaves_the_child_alive(press: PaperPress, caplog: pytest.LogCaptureFixture) -> None:
    press.print(SHEET)
    before = press.pid
    with pytest.raises(PaperFailed, match="Данные на месте"):
        press.print("<div>" * 300 + "Соколова")
    with pytest.raises(PaperFailed):
        press.print(f"{STYLE}<p>{'много ' * 400_000}</p>")
    assert press.pid == before
    assert "RenderLimitError" in caplog.text and "Соколова" not in caplog.text


def test_complaints_reach_the_parent_but_not_the_names_in_them_the_log(press: PaperPress, caplog: pytest.LogCaptureFixture) -> None:
    [warning] = press.print(f"{STYLE}<p>Соколова 🎉</p>").warnings
    assert warning.startswith("No font") and "🎉" in warning
    assert "No font" in caplog.text and "Соколова" not in caplog.text


def test_the_parent_never_loads_the_renderer_and_the_child_ends_with_it() -> None:
    code = (
        "import os, sys; from mentorapp.papers import press; press.print('<p>x</p>');"
        "print(press.pid, *[name for name in ('xhtml2pdf', 'reportlab') if name in sys.modules], flush=True); os._exit(0)"
    )
    pid, *loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True).stdout.decode().split()
    assert loaded == []
    wait_until(lambda: not Path(f"/proc/{pid}").exists() or "State:\tZ" in Path(f"/proc/{pid}/status").read_text())


# What the child is made of. Its modules are loaded apart, as the parent never does.


def run_worker(changes: str, html: str) -> Printed:
    """What the child writes to its standard output for one page, with a change made to its `own` names or to its `renderer`."""
    arguments = [str(FONTS), "5", "1"]
    code = f"""import os, runpy, sys
sys.argv[1:] = {arguments!r}
main = runpy.run_path({str(WORKER)!r})["main"]
own, renderer = main.__globals__, sys.modules["renderer"]
{changes}
main()"""
    page = html.encode()
    result = subprocess.run([sys.executable, "-c", code], input=struct.pack("!I", len(page)) + page, capture_output=True, check=True)
    status, length, notes = struct.unpack("!cII", result.stdout[:9])
    assert (status, len(result.stdout)) == (b"P", 9 + length + notes)
    return Printed(result.stdout[9 : 9 + length], result.stdout[9 + length :].decode().splitlines())


def test_what_the_libraries_print_does_not_spoil_the_answer() -> None:
    noise = "own['render'] = lambda html, fonts: print('noise') or os.system('echo noise') or html.upper()"
    assert run_worker(noise, "paper").pdf == b"PAPER"


JUSTIFIED = f"{STYLE}<p style='text-align: justify'>{'По приказу №&nbsp;7 от 1&nbsp;сентября И.&nbsp;О.&nbsp;Кравцовой. ' * 12}</p>"


def test_a_justified_line_with_no_break_spaces_ends_at_the_margin(press: PaperPress) -> None:
    assert reading.outside(press.print(JUSTIFIED).pdf, left=20, right=20, top=18, bottom=7) == []


def test_xhtml2pdf_still_needs_that_patch() -> None:
    """When this fails, a new xhtml2pdf justifies rightly by itself: take `justify_with_nbsp` out of the renderer."""
    unpatched = run_worker("renderer.justify_with_nbsp = lambda: None", JUSTIFIED)
    assert reading.outside(unpatched.pdf, left=20, right=20, top=18, bottom=7) != []


@pytest.mark.parametrize(
    ("template", "paper"), [("plan.html", samples.plan(samples.table(), samples.table(3))), ("checklist.html", samples.checklist())]
)
def test_a_paper_is_well_formed_so_that_the_quick_parser_reads_it(app: Flask, template: str, paper: object) -> None:
    minidom.parseString(app.jinja_env.get_template(f"papers/{template}").render(paper=paper))  # noqa: S318  # our own


def test_a_character_that_no_xml_may_hold_is_printed_the_long_way(app: Flask, printed: Callable[..., Printed]) -> None:
    paper = samples.plan(replace(samples.table(1), note="до\uffffпосле"))
    with pytest.raises(ExpatError):
        minidom.parseString(app.jinja_env.get_template("papers/plan.html").render(paper=paper))  # noqa: S318  # our own
    text = reading.text(printed("plan.html", paper=paper).pdf)
    assert "до" in text and "после" in text


def test_the_real_papers_stay_small(printed: Callable[..., Printed]) -> None:
    assert len(printed("plan.html", samples.plan()).pdf) < 80_000
    assert len(printed("checklist.html", samples.checklist()).pdf) < 80_000
