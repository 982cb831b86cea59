"""Two people in one plan: whatever they do in whatever order, no text that was accepted is lost and nobody is stopped for nothing."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape

from flask import Flask

from mentorapp.database import db
from mentorapp.models import Change
from tests.conftest import Browser
from tests.school import Item, World

AsUser = Callable[[str], Browser]
CELLS = ("what", "@note")
FIELDS = {"what": "title", "@note": "note"}


@dataclass
class Page:
    """The plan as it is open before one person: what each cell showed when she last looked."""

    browser: Browser
    seen: dict[str, str]


@dataclass
class Play:
    """What is expected of the server: the present texts, and all that was ever accepted."""

    item: Item
    chance: random.Random
    texts: dict[str, str]
    accepted: list[tuple[str, str]] = field(default_factory=list)
    conflicts: int = 0

    def act(self, page: Page, text: str) -> None:
        """One save, or what is done about a conflict; only a text that somebody has changed meanwhile may be refused."""
        cell = self.chance.choice(CELLS)
        answer = page.browser.save(self.item, cell, text, seen=page.seen[cell])
        if page.seen[cell] == self.texts[cell]:
            assert answer.status_code == 200
            self._accept(page, cell, text)
            return
        assert answer.status_code == 409 and f'data-theirs="{self.texts[cell]}"' in unescape(answer.text)
        self.conflicts += 1
        if self.chance.random() < 0.5:
            page.seen[cell] = self.texts[cell]
            assert page.browser.save(self.item, cell, text, seen=page.seen[cell]).status_code == 200
            self._accept(page, cell, text)
        else:
            url = f"/plans/{self.item.plan_id}/items/{self.item.id}/{cell}/theirs"
            assert page.browser.post(url, {"value": text}, headers={"HX-Request": "true"}).status_code == 200
            self.accepted.append((cell, text))  # Her own text is kept in history.
            page.seen[cell] = self.texts[cell]

    def _accept(self, page: Page, cell: str, text: str) -> None:
        self.texts[cell] = page.seen[cell] = text
        self.accepted.append((cell, text))


def everything_written(item: Item) -> set[tuple[str, str]]:
    """(cell, text) of the item and of its whole history."""
    row = item.fresh()
    rows = db.session.execute(db.select(Change).where(Change.table_name == "plan_item", Change.row_id == item.id)).scalars().all()
    kept = [(cell, change) for change in rows for cell in CELLS if change.field == FIELDS[cell]]
    history = {(cell, json.loads(text)) for cell, change in kept for text in (change.old, change.new)}
    return history | {("what", row.title), ("@note", row.note)}


def test_two_hundred_interleavings_lose_nothing_and_stop_nobody_for_nothing(app: Flask, as_user: AsUser, world: World) -> None:
    anna, boris = as_user("anna"), as_user("boris")
    conflicts, items = 0, world.items["boris_mentee"][:5]
    accepted: dict[Item, list[tuple[str, str]]] = {item: [] for item in items}
    for seed in range(200):
        chance, item = random.Random(seed), items[seed % 5]  # noqa: S311  # nothing secret
        with app.app_context():
            texts = {"what": item.fresh().title, "@note": item.fresh().note}
        play, pages = Play(item, chance, texts), [Page(anna, dict(texts)), Page(boris, dict(texts))]
        for step in range(3):
            play.act(chance.choice(pages), f"Текст {seed}-{step}")
        with app.app_context():
            assert {"what": item.fresh().title, "@note": item.fresh().note} == play.texts
        accepted[item] += play.accepted
        conflicts += play.conflicts
    with app.app_context():
        for item in items:
            assert set(accepted[item]) <= everything_written(item)
    assert conflicts > 30
