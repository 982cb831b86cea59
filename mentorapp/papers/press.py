"""The parent's side of the PDF child: it starts, feeds, limits and ends the process, and never imports the renderer."""

import logging
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

WORKER = Path(__file__).with_name("worker")
FONTS = Path(__file__).resolve().parents[2] / "static" / "papers"
INVARIANT = "MENTORAPP_PDF_INVARIANT"
LENGTH, ANSWER = struct.Struct("!I"), struct.Struct("!cII")  # the same two as in worker/__main__.py

BROKEN = (
    "Документ не получился: программа печати не справилась с его текстом. Данные на месте, ничего не изменено. "
    "Попробуйте ещё раз; если не выйдет, сократите самые длинные тексты или покажите это сообщение администратору."
)
TOO_LONG = (
    "Документ не получился: он слишком велик и печатался бы дольше {seconds} секунд. Данные на месте, ничего не изменено. "
    "Сократите самые длинные тексты; если печатали много бумаг сразу, напечатайте их по одной."
)
MOST_TURNS = 4  # papers in one file: so many times the time of one may they take, while others wait
BUSY = (
    "Документ не получился: сейчас печатается другой документ, и очередь до вашего не дошла. "
    "Данные на месте. Подождите минуту и нажмите кнопку ещё раз."
)

log = logging.getLogger(__name__)


class PaperFailed(Exception):
    """No paper came out; the message is in Russian and meant for the person who asked for it."""


class ChildDied(Exception):
    """The child ended in the middle of a paper without an answer."""


class Printed(NamedTuple):
    pdf: bytes
    warnings: list[str]


class PaperPress:
    """Prints one paper at a time in a child process that is started when first needed.

    The child ends by itself after `idle_seconds` or `papers_per_child` papers and is then started anew.
    A paper that takes longer than `seconds_per_paper` is given up and the child is killed, several in one file after at most
    MOST_TURNS times as long; whoever waits
    longer than `seconds_in_queue` for the paper of another is asked to come back.
    """

    def __init__(
        self, *, idle_seconds: float = 300, papers_per_child: int = 50, seconds_per_paper: float = 30, seconds_in_queue: float = 40
    ) -> None:
        self.idle_seconds = idle_seconds
        self.papers_per_child = papers_per_child
        self.seconds_per_paper = seconds_per_paper
        self.seconds_in_queue = seconds_in_queue
        self._turn = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The child's process id while it lives."""
        child = self._child
        return child.pid if child is not None and child.poll() is None else None

    def print(self, html: str, papers: int = 1) -> Printed:
        """The PDF of `html`, which holds so many papers, and what the renderer complained about. Raises `PaperFailed`."""
        request, seconds = html.encode(errors="replace"), self.seconds_per_paper * min(max(papers, 1), MOST_TURNS)
        with self._my_turn():
            try:
                return self._attempt(request, seconds)
            except ChildDied:
                return self._last_attempt(request, seconds)

    def close(self) -> None:
        """End the child, if there is one; the next paper starts another."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            with suppress(BrokenPipeError), child:  # closes both pipes and waits for the end
                pass

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        if not self._turn.acquire(timeout=self.seconds_in_queue):
            raise PaperFailed(BUSY)
        try:
            yield
        finally:
            self._turn.release()

    def _last_attempt(self, request: bytes, seconds: float) -> Printed:
        """The child may have been idle too long, or the system took it: one fresh start costs nobody anything."""
        try:
            return self._attempt(request, seconds)
        except ChildDied as error:
            raise PaperFailed(BROKEN) from error

    def _attempt(self, request: bytes, seconds: float) -> Printed:
        child = self._living_child()
        late = threading.Event()
        timer = threading.Timer(seconds, _stop, (child, late))
        timer.daemon = True
        timer.start()
        try:
            status, body, notes = _exchange(child, request)
        except (OSError, EOFError) as error:
            self.close()
            log.error("the paper child ended in the middle of a paper")
            if late.is_set():
                raise PaperFailed(TOO_LONG.format(seconds=round(seconds))) from error
            raise ChildDied from error
        finally:
            timer.cancel()
        return _printed(status, body, notes)

    def _living_child(self) -> subprocess.Popen[bytes]:
        child = self._child
        if child is None or child.poll() is not None:
            self.close()  # reaps the one that ended by itself
            child = self._child = self._start()
        return child

    def _start(self) -> subprocess.Popen[bytes]:
        # The settings of the application stay with the parent. The child imports from its own folder and from libraries.
        environment = {name: value for name, value in os.environ.items() if name == INVARIANT or not name.startswith("MENTORAPP_")}
        command = [sys.executable, "-P", str(WORKER), str(FONTS), str(self.idle_seconds), str(self.papers_per_child)]
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=FONTS, env=environment
        )


def _stop(child: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    child.kill()


def _exchange(child: subprocess.Popen[bytes], request: bytes) -> tuple[bytes, bytes, bytes]:
    requests, answers = cast(BinaryIO, child.stdin), cast(BinaryIO, child.stdout)  # both are pipes
    requests.write(LENGTH.pack(len(request)) + request)
    requests.flush()
    status, body_length, notes_length = ANSWER.unpack(_read(answers, ANSWER.size))
    return status, _read(answers, body_length), _read(answers, notes_length)


def _read(pipe: BinaryIO, length: int) -> bytes:
    data = pipe.read(length)
    if len(data) < length:
        raise EOFError
    return data


def _printed(status: bytes, body: bytes, notes: bytes) -> Printed:
    warnings = notes.decode().splitlines()
    for warning in warnings:
        log.warning("paper: %s…", warning[:30])  # the rest may quote the paper, and papers do not belong in a log
    if status != b"P":
        log.error("paper failed: %s", body.decode())
        raise PaperFailed(BROKEN)
    return Printed(body, warnings)
