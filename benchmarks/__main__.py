"""`python -m benchmarks [--json] [--rounds N]`, which is what `./run bench` starts. Under three minutes, no network but 127.0.0.1."""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from benchmarks import editor, measure, paper, report, seed
from benchmarks.client import Client
from benchmarks.servers import PRODUCT, YARDSTICK, running

STARTS = 5


def main() -> None:
    parser = argparse.ArgumentParser(prog="./run bench", description="The product against a hand-written yardstick, in one run.")
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    parser.add_argument("--rounds", type=int, default=7, help="rounds of each kind (7)")
    parser.add_argument("--seconds", type=float, default=1.2, help="length of one round of one server (1.2)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        figures = measured(Path(folder), given.rounds, given.seconds)
    print(json.dumps(report.plain(figures)) if given.json else report.table(figures))


def measured(folder: Path, rounds: int, seconds: float) -> report.Figures:
    """Make a school in `folder` and measure everything on it."""
    say("a school of 300 people, 100 pairs, 3,000 plan items")
    app = seed.application(folder)
    seeded = seed.school(app)
    queries = measure.queries(app, seeded)
    say("printing")
    plan_pdf = paper.plan_pdf(app, seeded.plan_id)
    say("cold starts")
    cold_start = measure.cold_start(folder, seeded, STARTS)
    with running(PRODUCT, folder, seeded) as product:
        with running(YARDSTICK, folder, seeded) as yardstick:
            say("plan pages")
            page = measure.cpu(product, yardstick, Client.page, rounds, seconds)
            say("edits")
            edit = measure.cpu(product, yardstick, Client.edit, rounds, seconds)
            say("answers")
            answer = measure.cpu(product, yardstick, Client.answer, rounds, seconds)
        say("memory")
        page_bytes, edit_bytes = product.client.page().size, product.client.edit().size
        pss = measure.memory(product, seeded)
        say("the form editor")
        edited = editor.figures(product, rounds)
    return report.Figures(page, edit, answer, cold_start, plan_pdf, page_bytes, edit_bytes, queries, pss, edited)


def say(what: str) -> None:
    print(f"bench: {what} …", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
