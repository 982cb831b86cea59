"""Which statements the product sends to its database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event


@dataclass
class Counted:
    """What was sent: `statements` without BEGIN, and how many commits."""

    statements: list[str] = field(default_factory=list)
    commits: int = 0

    @property
    def selects(self) -> list[str]:
        return [text for text in self.statements if text.lstrip().upper().startswith(("SELECT", "WITH"))]


@contextmanager
def counted(engine: sa.Engine) -> Iterator[Counted]:
    """Count while the block runs."""
    found = Counted()

    def sent(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            found.statements.append(statement)

    def committed(_connection: Any) -> None:
        found.commits += 1

    event.listen(engine, "before_cursor_execute", sent)
    event.listen(engine, "commit", committed)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", sent)
        event.remove(engine, "commit", committed)
