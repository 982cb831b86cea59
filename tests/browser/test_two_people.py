"""Two people type in one plan at once while the server dies, and the network goes, and nothing they typed is lost.

`MENTORAPP_TYPISTS_SECONDS=300 pytest -s tests/browser/test_two_people.py` lets them type longer and shows the figures.
"""

import json
import os
from contextlib import suppress
from random import Random
from time import monotonic

import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Locator, TimeoutError

from mentorapp.database import db
from mentorapp.models import Change, PlanItem
from tests.browser.conftest import Complaints, OpenPlan
from tests.browser.serving import OwnServer
from tests.browser.table import Table
from tests.school import Item, World

SECONDS = float(os.environ.get("MENTORAPP_TYPISTS_SECONDS", "60"))
SEED = int(os.environ.get("MENTORAPP_TYPISTS_SEED", "14"))
OFFLINE_SECONDS, KILL_EVERY = 20, 25
UNSENT = "field => field.waits || field.failed || field.torn || (field.value !== field.seen && field.value !== field.spelled)"
ON_THE_WAY = "field.waits || (field.value !== field.seen && field.value !== field.spelled && !field.failed && !field.torn)"


class Typist:
    """Types words that nobody else ever types, here and there; at a conflict takes any of the three ways out."""

    def __init__(self, name: str, table: Table, items: list[Item], chance: Random) -> None:
        self.name, self.table, self.items, self.chance = name, table, items, chance
        self.typed: list[str] = []
        self.conflicts = 0

    def act(self) -> None:
        """One thing that a person does."""
        ways_out = self.table.page.locator("[data-choose]")
        dice = self.chance.random()
        if dice < 0.3 and (number := ways_out.count()):
            self.choose(ways_out.nth(self.chance.randrange(number)))
        elif dice < 0.04:
            self.table.new.locator('[name="what"]').click()
            self.table.press("Control+End")
            self.type_word()
        else:
            self.write()

    def choose(self, way_out: Locator) -> None:
        """Unless the former choice has just taken it away."""
        with suppress(TimeoutError):
            way_out.click(timeout=1_000)
            self.conflicts += 1

    def write(self) -> None:
        """Into one of a few cells: half of the time into the same two, so that the two meet."""
        place = self.chance.randrange(2) if self.chance.random() < 0.5 else self.chance.randrange(len(self.items))
        cell = self.table.cell(self.items[place], self.chance.choice(("goal", "result")))
        cell.click()
        # What has not reached the server is written on; only what is safe there is typed over.
        self.table.press("Control+End" if cell.evaluate(UNSENT) else "Control+A")
        self.type_word()

    def type_word(self) -> None:
        word = f"{self.name}-{len(self.typed)}-{self.chance.randrange(16**6):06x}"
        self.table.type(f" {word}")
        self.typed.append(word)
        if self.chance.random() < 0.7:
            self.table.press(self.chance.choice(("Tab", "Enter", "Shift+Tab")))

    def marked(self) -> list[str]:
        """The texts on the page that it calls not saved or torn."""
        texts: list[str] = self.table.page.eval_on_selector_all(
            "#plan textarea", "all => all.filter(field => field.failed || field.torn).map(field => field.value)"
        )
        return texts

    def come_to_rest(self) -> None:
        """Until nothing is on its way any more."""
        self.table.page.wait_for_function(
            f"() => ![...document.querySelectorAll('#plan textarea')].some(field => {ON_THE_WAY})", timeout=60_000
        )


class Troubles:
    """Kills the server now and then, and takes the network from one of the two for a while."""

    def __init__(self, server: OwnServer, victim: Table, begin: float) -> None:
        self.server, self.victim, self.kills, self._is_offline = server, victim, 0, False
        self._next_kill, self._offline_from = begin + KILL_EVERY, begin + SECONDS / 3

    def happen(self, now: float) -> None:
        if now >= self._next_kill:
            self.server.kill()
            self.kills += 1
            self._next_kill = now + KILL_EVERY
        is_offline = self._offline_from <= now < self._offline_from + OFFLINE_SECONDS
        if is_offline != self._is_offline:
            self.victim.page.context.set_offline(is_offline)
            self._is_offline = is_offline

    def pass_over(self) -> None:
        self.victim.page.context.set_offline(False)
        if not self.server.is_alive:
            self.server.start()


def everything_kept(app: Flask) -> list[str]:
    """All texts of cells and of history."""
    with app.app_context():
        db.session.rollback()
        items = [*db.session.execute(sa.select(PlanItem)).scalars()]
        kept = [text for item in items for text in (item.title, *item.cells.values())]
        for change in db.session.execute(sa.select(Change)).scalars():
            kept += [str(json.loads(value)) for value in (change.old, change.new) if value]
    return kept


def test_nothing_that_two_people_type_is_lost(
    app: Flask, own_server: OwnServer, open_own: OpenPlan, complaints: Complaints, world: World
) -> None:
    complaints.expect("net::ERR_", "409")
    chance = Random(SEED)  # noqa: S311  # the same typing again when it fails
    items = world.items["boris_pair"][:4]
    anna, vera = (Typist(name, open_own(name), items, chance) for name in ("anna", "vera"))
    begin = monotonic()
    troubles = Troubles(own_server, vera.table, begin)
    while (now := monotonic()) < begin + SECONDS:
        troubles.happen(now)
        chance.choice((anna, vera)).act()
        if not own_server.is_alive and chance.random() < 0.2:
            own_server.start()
    troubles.pass_over()
    for typist in (anna, vera):
        typist.come_to_rest()
    kept = everything_kept(app)
    haystack = "\n".join([*kept, *anna.marked(), *vera.marked()])
    typed = [*anna.typed, *vera.typed]
    lost = [word for word in typed if word not in haystack]
    on_page_only = sum(word not in "\n".join(kept) for word in typed)
    print(
        f"\ntyped {len(typed)}, kept by the server {len(typed) - on_page_only}, marked on a page {on_page_only - len(lost)},"
        f" conflicts decided {anna.conflicts + vera.conflicts}, kills {troubles.kills}, lost {len(lost)}, seed {SEED}"
    )
    assert typed and troubles.kills
    assert lost == []
