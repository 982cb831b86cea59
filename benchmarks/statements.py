"""Which statements the product sends to its database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event


@dataclass
class Counted:
    """What was sent: `statements` without those that begin and end a transaction, and how many commits."""

    statements: list[str] = field(default_factory=list)
    commits: int = 0

    @property
    def selects(self) -> list[str]:
        return [text for text in self.statements if text.lstrip().upper().startswith(("SELECT", "WITH"))]


@contextmanager
def counted(engine: sa.Engine) -> Iterator[Counted]:
    """Count while the block runs. SQLite itself is asked, so nothing gets past, whichever way it is sent."""
    found, heard = Counted(), set[Any]()

    def sent(statement: str) -> None:
        if statement == "COMMIT":
            found.commits += 1
        elif not statement.startswith(("BEGIN", "ROLLBACK")):
            found.statements.append(statement)

    def listen(driver: Any, *_rest: object) -> None:
        driver.set_trace_callback(sent)
        heard.add(driver)

    event.listen(engine, "checkout", listen)
    try:
        yield found
    finally:
        event.remove(engine, "checkout", listen)
        for driver in heard:
            driver.set_trace_callback(None)
