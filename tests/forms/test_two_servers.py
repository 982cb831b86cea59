"""Two programs on one database: what one publishes or mends, the other shows at its next request, and asks no more for it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from mentorapp import create_app
from mentorapp.database import db, writing
from mentorapp.domain.formdiff import Change, Difference
from mentorapp.models import FormVersion, MentoringForm, corrections
from mentorapp.models.forms import published_spec, spec_of
from mentorapp.sessions import COOKIE
from tests.conftest import NOW, Browser, new_session
from tests.queries import selects
from tests.school import World

FORM, PAGE = "teacher-teacher", "/forms/teacher-teacher"


@pytest.fixture
def servers(prepared: tuple[Path, World], tmp_path: Path) -> Iterator[tuple[tuple[Flask, Browser], tuple[Flask, Browser]]]:
    """Two applications with a curator signed in at each."""
    shutil.copy(prepared[0] / "mentor.db", tmp_path / "mentor.db")
    spec_of.cache_clear()
    apps = [create_app({"DATA": tmp_path, "CLOCK": lambda: NOW}) for _ in range(2)]
    found = []
    for app in apps:
        client = app.test_client()
        client.set_cookie(COOKIE, new_session(app, prepared[1].accounts["vera"], NOW))
        found.append((app, Browser(client, "vera")))
    yield found[0], found[1]
    spec_of.cache_clear()


def mend(app: Flask, place: str, old: str, new: str, by_id: int) -> None:
    one = Difference("form", "form", Change.REWORDED, "Форма", place, old, new, may_be_misprint=True)
    with app.app_context(), writing():
        assert corrections.lay(FORM, [one], by_id=by_id, now=NOW) == 1


def test_the_other_server_shows_a_mended_misprint_at_its_next_request(
    servers: tuple[tuple[Flask, Browser], tuple[Flask, Browser]], world: World
) -> None:
    (one, _), (other, reader) = servers
    address = f"/pairs/{world.pairs['boris']}/meetings"
    assert reader.get(PAGE).status_code == 200 and "Соколова" in reader.get(address).text
    with selects(other) as before:
        assert "Чинёная форма" not in reader.get(PAGE).text
    mend(one, "title", "Учитель — учитель", "Чинёная форма", world.people["vera"])
    assert "Чинёная форма" in reader.get(PAGE).text and "Чинёная форма" in reader.get("/forms").text
    with selects(other) as after:
        reader.get(PAGE)
    assert len(after) == len(before)


def test_a_published_version_is_used_by_the_other_server_at_once(
    servers: tuple[tuple[Flask, Browser], tuple[Flask, Browser]], world: World
) -> None:
    from dataclasses import replace

    from mentorapp.forms.host import publish

    (one, _), (_other, reader) = servers
    reader.get(PAGE)
    with one.app_context(), writing() as session:
        version_id = session.get_one(MentoringForm, FORM).current_version_id
        publish(replace(session.get_one(FormVersion, version_id).spec, summary="Совсем новые слова"), NOW)
    assert "Совсем новые слова" in reader.get(PAGE).text


def test_a_correction_that_was_rolled_back_is_remembered_by_nobody(app: Flask, world: World) -> None:
    with app.app_context():
        version_id = db.session.execute(sa.select(MentoringForm.current_version_id).where(MentoringForm.id == FORM)).scalar_one()
        one = Difference("form", "form", Change.REWORDED, "Форма", "title", "Учитель — учитель", "Не бывать", may_be_misprint=True)
        with pytest.raises(ZeroDivisionError), writing():
            corrections.lay(FORM, [one], by_id=world.people["vera"], now=NOW)
            assert spec_of(version_id).title == "Не бывать"
            raise ZeroDivisionError
    mend(app, "title", "Учитель — учитель", "Другое", world.people["vera"])
    with app.app_context():
        assert spec_of(version_id).title == "Другое" and published_spec(version_id).title == "Учитель — учитель"


def test_what_is_no_label_cannot_be_laid_over_versions(app: Flask, world: World) -> None:
    one = Difference("form", "form", Change.FACT, "Форма", "alert_days", "21", "30", "alert_days")
    with app.app_context(), pytest.raises(ValueError, match="alert_days"), writing():
        corrections.lay(FORM, [one], by_id=world.people["vera"], now=NOW)
