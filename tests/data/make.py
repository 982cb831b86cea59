"""The school of a released schema as SQL: `python -m tests.data.make > tests/data/schema-NNNN.sql`, by the program of that schema.

It is the invented school of the tests after an afternoon of work through the product's own pages, so that there is history.
"""

import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from mentorapp import create_app
from mentorapp.database import db
from mentorapp.sessions import COOKIE
from tests.conftest import Browser, Clock, new_session
from tests.school import Item, build
from tests.trust.filled import CONSENT, DAY, PERSON
from tests.views.test_meetings import hold, plan_meeting

# Of the password that all in this school have; the program would salt it anew each time.
PASSWORD_HASH = "$argon2id$v=19$m=19456,t=2,p=1$dGhlIHNhbWUgc2FsdCAwMQ$BVoKHRG7BZ+Pjs0Vc01Jn9H2U9upfJjXr41t29g9mlc"


class Afternoon:
    """Who does what; a minute passes before every act."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.app = create_app({"DATA": folder, "CLOCK": self.clock})
        with self.app.app_context():
            self.world = build(self.clock())
        self.browsers = {name: self._sign_in(name) for name in ("vera", "anna", "boris")}

    def _sign_in(self, name: str) -> Browser:
        client = self.app.test_client()
        client.set_cookie(COOKIE, new_session(self.app, self.world.accounts[name], self.clock()))
        return Browser(client, name)

    def act(self, name: str, address: str, data: Any = None) -> None:
        self.clock.pass_by(minutes=1)
        answer = self.browsers[name].post(address, data)
        assert answer.status_code == 303, f"{address}: {answer.status}"

    def save(self, name: str, item: Item, column: str, text: str) -> None:
        self.clock.pass_by(minutes=1)
        with self.app.app_context():
            seen = item.fresh().title if column == "what" else ""
        answer = self.browsers[name].save(item, column, text, seen=seen)
        assert answer.status_code == 200, f"{item}: {answer.status}"

    def meeting(self, name: str, day: str) -> int:
        self.clock.pass_by(minutes=1)
        return plan_meeting(self.browsers[name], self.world, planned_on=day, once=f"meeting {day}")


def work(day: Afternoon) -> None:
    """Every sort of history: cells, rows, steps of a plan, undo, meetings, cards, bases, a pair."""
    _write_plans(day)
    _meet(day)
    world, boris = day.world, f"/people/{day.world.people['boris']}"
    day.act("vera", "/people/new", PERSON | {"once": "person"})
    day.act("vera", f"{boris}/consents/new", CONSENT | {"once": "consent"})
    day.act("vera", f"/people/{max(world.people.values()) + 1}/archive")
    day.act("vera", "/bases/mentors/add", {"person_id": world.people["boris"], "request": "Сам поможет новичкам", "once": "base"})
    day.act("vera", f"/pairs/{world.pairs['egor']}/state", {"state": "paused", "reason": "болезнь"})


def _write_plans(day: Afternoon) -> None:
    own, common, plans = day.world.items["boris_mentee"], day.world.items["boris_pair"], day.world.plans
    day.save("boris", own[0], "what", "Три урока с разбором\nи самоанализ")
    day.save("boris", own[0], "@note", "Начали с 9 «А»")
    day.save("anna", common[0], "what", "Показать журнал; «кавычки», ' и ; в строке")
    day.save("anna", common[1], "what", "Не то")
    day.act("anna", "/operations/4/undo")
    day.act("anna", f"/plans/{plans['boris_pair']}/items/new", {"value-what": "Открытый урок", "once": "row"})
    day.act("anna", f"/plans/{plans['boris_pair']}/items/{common[2].id}/move", {"to": "down"})
    day.act("anna", f"/plans/{plans['boris_pair']}/items/{common[3].id}/remove")
    day.act("boris", f"/plans/{plans['boris_pair']}/agree")
    day.act("vera", f"/plans/{plans['boris_pair']}/approve")
    day.save("anna", common[4], "what", "После утверждения переписано")


def _meet(day: Afternoon) -> None:
    held, moved, missed, removed = (day.meeting("anna", date) for date in ("20.11", "27.11", "4.12", "11.12"))
    day.act("anna", f"/meetings/{held}/held", hold(day.world, held_on=DAY, next_on="18.12"))
    day.act("anna", f"/meetings/{moved}/move", {"planned_on": "30.11.2026", "reason": "урок заменили"})
    day.act("anna", f"/meetings/{missed}/missed", {"reason": "карантин"})
    day.act("anna", f"/meetings/{removed}/remove")


def dump(file: Path) -> str:
    """The database as SQL, without what is made by chance."""
    with closing(sqlite3.connect(file)) as database:
        database.execute("DELETE FROM login_session")
        database.execute("UPDATE account SET password_hash = ?", (PASSWORD_HASH,))
        database.commit()
        lines = list(database.iterdump())
    # The program makes indexes in an order left to chance.
    indexes = sorted(line for line in lines if line.startswith("CREATE INDEX"))
    return "\n".join([line for line in lines if line not in indexes][:-1] + indexes + ["COMMIT;", ""])


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        day = Afternoon(Path(folder))
        work(day)
        with day.app.app_context():
            db.engine.dispose()
        sys.stdout.write(dump(Path(folder) / "mentor.db"))


if __name__ == "__main__":
    main()
