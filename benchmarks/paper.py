"""Printing a plan by the product's child process against drawing it by hand; both warm, both seen from outside.

`python -m benchmarks.paper` is the child that draws: it reads the paper, then draws it once for each line on stdin.
"""

import gc
import pickle
import subprocess
import sys

from flask import Flask

from benchmarks import procfs
from benchmarks.measure import Ratio, compared
from benchmarks.servers import ROOT

WARM_UP, TIMES = 3, 12


def plan_pdf(app: Flask, plan_id: int) -> Ratio:
    """CPU time of the two children for one paper with the same texts, by turns. What follows a paper (gc) is counted with it."""
    from mentorapp import papers
    from mentorapp.database import db
    from mentorapp.models import Plan, School
    from mentorapp.papers import build

    drawing = subprocess.Popen([sys.executable, "-m", "benchmarks.paper"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    printed: list[float] = []
    drawn: list[float] = []
    with app.test_request_context():
        plan = db.session.get(Plan, plan_id)
        assert plan
        paper = build.plan_paper(School.get(), plan.pair, [plan])
        _tell(drawing, pickle.dumps(paper).hex())
        for _number in range(WARM_UP + TIMES):
            papers.pdf("plan.html", paper=paper)
            _tell(drawing, "again")
            printed.append(procfs.settled_cpu_seconds(papers.press.pid or 0))
            drawn.append(procfs.settled_cpu_seconds(drawing.pid))
        papers.press.close()
    drawing.communicate()
    return compared(_each(printed), _each(drawn))


def _tell(child: "subprocess.Popen[bytes]", line: str) -> None:
    """Send one line and wait for the answer to it."""
    assert child.stdin and child.stdout
    child.stdin.write(line.encode() + b"\n")
    child.stdin.flush()
    assert child.stdout.readline()


def _each(sums: list[float]) -> list[float]:
    return [(after - before) * 1000 for before, after in zip(sums[WARM_UP - 1 :], sums[WARM_UP:], strict=False)]


def draw() -> None:
    """The child's whole life."""
    from benchmarks import canvas_plan

    paper = pickle.loads(bytes.fromhex(sys.stdin.readline()))  # noqa: S301  # from our own parent
    gc.freeze()
    gc.disable()
    print(flush=True)
    for _line in sys.stdin:
        print(len(canvas_plan.draw(paper)), flush=True)


if __name__ == "__main__":
    draw()
