"""The first visit, before anybody has an account."""

from pathlib import Path

from mentorapp import create_app
from mentorapp.database import db
from tests.conftest import ORIGIN
from tests.school import PASSWORD


def test_whoever_comes_before_the_first_visit_is_led_to_it(tmp_path: Path) -> None:
    app = create_app({"DATA": tmp_path})
    browser, typed = app.test_client(), {"login": "anna", "password": PASSWORD}
    assert browser.get("/").headers["Location"] == "/login?next=/"
    for answer in (browser.get("/login"), browser.post("/login", data=typed, headers=ORIGIN), browser.post("/login", headers=ORIGIN)):
        assert (answer.status_code, answer.headers["Location"]) == (303, "/setup")
    with app.app_context():
        db.engine.dispose()
