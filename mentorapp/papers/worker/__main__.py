"""The child process that turns one HTML page after another into PDF.

Started by path (`python mentorapp/papers/worker FONTS IDLE_SECONDS PAPERS`), so that it loads the standard
library and xhtml2pdf but nothing of the application.

A request on stdin is a length (4 bytes, big-endian) and that much HTML in UTF-8, of several papers with form
feeds between them. The answer on stdout is a status (`P` a paper, `F` no paper), two lengths, then the PDF or
the reason, then the renderer's warnings, one a line.
The child ends by itself: after idle minutes, after so many papers, and when its parent is gone.
"""

import gc
import logging
import os
import resource
import select
import struct
import sys
import traceback
from pathlib import Path
from typing import BinaryIO

from renderer import adapt_renderer, render

MEMORY = 600 * 1024 * 1024
PAPER, FAILED = b"P", b"F"
LENGTH, ANSWER = struct.Struct("!I"), struct.Struct("!cII")


class Notes(logging.Handler):
    """Collects what the renderer complains about, for the parent to read."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(" ".join(record.getMessage().split())[:300])

    def taken(self) -> str:
        lines, self.lines = self.lines, []
        return "\n".join(lines)


def place_of(error: BaseException) -> str:
    """Where it broke, without the message: that may quote the paper, and papers do not belong in a log."""
    frame = traceback.extract_tb(error.__traceback__, limit=-1)[0]
    return f"{type(error).__name__} in {Path(frame.filename).name}:{frame.lineno}"


def attempt(html: bytes, fonts: Path) -> tuple[bytes, bytes]:
    try:
        return PAPER, render(html, fonts)
    except Exception as error:  # whatever breaks the renderer, the parent gets an answer
        return FAILED, place_of(error).encode()


def serve(requests: BinaryIO, answers: BinaryIO, fonts: Path, idle_seconds: float, papers: int) -> None:
    notes = Notes()
    logging.getLogger().addHandler(notes)
    logging.captureWarnings(capture=True)
    for _ in range(papers):
        ready, _, _ = select.select([requests], [], [], idle_seconds)
        head = requests.read(LENGTH.size) if ready else b""
        if len(head) < LENGTH.size:
            return
        html = requests.read(LENGTH.unpack(head)[0])
        status, body = attempt(html, fonts)
        complaints = notes.taken().encode()
        answers.write(ANSWER.pack(status, len(body), len(complaints)) + body + complaints)
        answers.flush()
        gc.collect(0)  # not while somebody waits; what a paper leaves behind is young, and what is older stays for the next one


def main() -> None:
    fonts, idle_seconds, papers = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Whatever the libraries print goes to stderr; only `answers` reaches the parent.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    adapt_renderer()
    gc.freeze()
    gc.disable()
    serve(sys.stdin.buffer, answers, Path(fonts), float(idle_seconds), int(papers))


if __name__ == "__main__":
    main()
