"""The form editor in plan pages: what a page of it costs beside the plan page of the same server in the same minute."""

import html
import re
import time
from collections.abc import Callable
from itertools import count
from typing import NamedTuple
from urllib.parse import urlencode

from benchmarks import procfs
from benchmarks.client import Answer, Client, answer_of
from benchmarks.measure import TURN_SECONDS, Ratio, compared
from benchmarks.seed import FORM, QUESTIONNAIRE
from benchmarks.servers import Server

ACTS_A_TURN = 5
PART = f"/forms/{FORM}/draft/parts/questionnaires.{QUESTIONNAIRE}"
QUESTION = f"questionnaires.{QUESTIONNAIRE}.questions.q30"


class EditorFigures(NamedTuple):
    """Each act against a plan page; of publishing, the page that is read before and the deed, whichever is dearer."""

    open: Ratio
    preview: Ratio
    publish: Ratio


class Editor:
    """A curator at the draft of the measured form."""

    def __init__(self, client: Client) -> None:
        self.client, self.changes, self.sent = client, count(1), {"source": "draft", "note": ""}
        self.hint = ""

    def change(self) -> None:
        """A draft, begun where there is none, with something that is not published."""
        self._post(f"/forms/{FORM}/draft", {})
        new = f"Пояснение {next(self.changes)}"
        self._post(f"/forms/{FORM}/draft/values/{QUESTION}.hint", {"value": new, "seen": self.hint})
        self.hint = new

    def open(self) -> Answer:
        """The questionnaire with one of its sixty questions open."""
        return self.client.get(f"{PART}?card={QUESTION}")

    def preview(self) -> Answer:
        """How it will look, as the open page asks for it after each save."""
        self.client.connection.request("GET", f"{PART}/preview", headers={**self.client.headers, "HX-Request": "true"})
        return answer_of(self.client.connection.getresponse())

    def read(self) -> Answer:
        """The page that says what publishing would change."""
        return self.client.get(f"/forms/{FORM}/publish?source=draft")

    def change_and_read(self) -> None:
        """All that comes before the button that publishes."""
        self.change()
        fields = re.findall(r"<input[^>]*>", self.read().body.decode())
        for name in ("once", "mark"):
            field = next(one for one in fields if f'name="{name}"' in one)
            self.sent[name] = html.unescape(field.partition('value="')[2].partition('"')[0])

    def publish(self) -> Answer:
        """The button."""
        return self._post(f"/forms/{FORM}/publish", self.sent)

    def _post(self, address: str, sent: dict[str, str]) -> Answer:
        self.client.connection.request("POST", address, urlencode(sent), self.client.saving)
        return answer_of(self.client.connection.getresponse(), also=303)


def figures(product: Server, rounds: int) -> EditorFigures:
    """All three. Every publishing makes a version, so whatever else is measured on that school is measured before."""
    editor = Editor(product.client)
    editor.change()
    opened, previewed, read = (_against_a_page(product, act, rounds) for act in (editor.open, editor.preview, editor.read))
    published = _against_a_page(product, editor.publish, rounds, editor.change_and_read)
    return EditorFigures(opened, previewed, max(read, published, key=lambda ratio: ratio.ratio))


def _against_a_page(product: Server, act: Callable[[], Answer], rounds: int, before: Callable[[], object] = lambda: None) -> Ratio:
    """CPU time of an act and of plan pages by turns; what has to come before each act is not counted."""
    acts: list[float] = []
    pages: list[float] = []
    for number in range(-1, rounds):
        spent = _acts(product, act, before)
        page = _pages(product)
        if number >= 0:  # the round before the first is for warming up
            acts.append(spent * 1000)
            pages.append(page * 1000)
    return compared(acts, pages)


def _acts(product: Server, act: Callable[[], Answer], before: Callable[[], object]) -> float:
    spent = 0.0
    for _time in range(ACTS_A_TURN):
        before()
        begun = procfs.cpu_seconds(product.pid)
        act()
        spent += procfs.cpu_seconds(product.pid) - begun
    return spent / ACTS_A_TURN


def _pages(product: Server) -> float:
    asked, until, begun = 0, time.monotonic() + TURN_SECONDS, procfs.cpu_seconds(product.pid)
    while time.monotonic() < until:
        product.client.page()
        asked += 1
    return (procfs.cpu_seconds(product.pid) - begun) / asked
