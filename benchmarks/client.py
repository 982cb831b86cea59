"""One person at one browser: a keep-alive connection, a session cookie, the headers that a browser sends."""

from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlencode

# A cell that every row of the measured plan begins with, and what it is changed to and back again.
COLUMN = "who"
TEXTS = ("наставник, куратор", "куратор, наставник")
# What every question of the measured questionnaire is answered with, to and fro.
ANSWERS = ("7", "8")


@dataclass(frozen=True)
class Answer:
    """`size` is all that travels: status line, headers and body."""

    status: int
    body: bytes
    size: int


class Client:
    """Asks one server and counts what comes back. Raises RuntimeError for anything but 200."""

    def __init__(
        self, port: int, plan_id: int, items: list[int], cookie: str, submission_id: int = 0, questions: Sequence[str] = ()
    ) -> None:
        self.submission_id, self.questions, self.answers = submission_id, questions, 0
        self.connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self.plan_id, self.items, self.edits = plan_id, items, 0
        self.headers = {"Cookie": f"sid={cookie}", "Accept-Language": "ru", "User-Agent": "benchmark"}
        self.saving = {
            **self.headers,
            "Origin": f"http://127.0.0.1:{port}",
            "HX-Request": "true",
            "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8",
        }

    def get(self, address: str) -> Answer:
        self.connection.request("GET", address, headers=self.headers)
        return answer_of(self.connection.getresponse())

    def page(self) -> Answer:
        """The plan as a table."""
        return self.get(f"/plans/{self.plan_id}")

    def edit(self) -> Answer:
        """Save one cell, of the next row each time, so that something is always written."""
        turn, row = divmod(self.edits, len(self.items))
        seen, value = TEXTS[turn % 2], TEXTS[(turn + 1) % 2]
        address = f"/plans/{self.plan_id}/items/{self.items[row]}/{COLUMN}"
        self.connection.request("POST", address, urlencode({"value": value, "seen": seen}), self.saving)
        answer = answer_of(self.connection.getresponse())
        self.edits += 1
        return answer

    def answer(self) -> Answer:
        """Save the answer to the next question. The yardstick asks nothing: there it is the next cell, which must cost as much."""
        if not self.questions:
            return self.edit()
        turn, place = divmod(self.answers, len(self.questions))
        seen, value = ANSWERS[turn % 2], ANSWERS[(turn + 1) % 2]
        address = f"/answers/{self.submission_id}/values/{self.questions[place]}"
        self.connection.request("POST", address, urlencode({"value": value, "seen": seen}), self.saving)
        answer = answer_of(self.connection.getresponse())
        self.answers += 1
        return answer

    def close(self) -> None:
        self.connection.close()


def answer_of(response: HTTPResponse, also: int = 200) -> Answer:
    body = response.read()
    if response.status not in (200, also):
        raise RuntimeError(f"status {response.status}: {body.decode()[:300]}")
    lines = [f"HTTP/1.1 {response.status} {response.reason}", *(f"{name}: {value}" for name, value in response.getheaders()), "", ""]
    return Answer(response.status, body, len("\r\n".join(lines).encode("latin-1")) + len(body))
