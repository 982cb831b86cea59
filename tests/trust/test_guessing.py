"""Guessing passwords: slow, remembered, and telling nothing about which logins exist."""

import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask

from mentorapp import create_app, passwords
from mentorapp.database import db, writing
from mentorapp.models import Account, LoginDelay
from tests.conftest import ORIGIN, Clock
from tests.school import PASSWORD, World
from tests.trust.filled import FILLED

ROOT = Path(__file__).parents[2]


def enter(app: Flask, login: str, password: str) -> tuple[int, str]:
    """Try to sign in by the dialog over an open page: its answer is the bare sentence."""
    answer = app.test_client().post("/login/again", data={"login": login, "password": password}, headers=ORIGIN)
    return answer.status_code, answer.text


def wrong_tries(app: Flask, login: str) -> int:
    """How many tries went as far as comparing the password."""
    with app.app_context():
        delay = db.session.get(LoginDelay, login)
        return delay.wrong if delay else 0


def guess(app: Flask, login: str, times: int) -> list[str]:
    return [enter(app, login, f"не тот {number}")[1] for number in range(times)]


def test_after_five_wrong_passwords_the_right_one_waits_too(app: Flask, world: World, clock: Clock) -> None:
    said = guess(app, "boris", 6)
    assert said[0] == "Логин и пароль не подошли. Ещё 4 попытки."
    assert said[4].startswith("Слишком много попыток подряд. Подождите 1 минуту") and said[5] == said[4]
    assert enter(app, "boris", PASSWORD)[0] == 422
    assert enter(app, "anna", PASSWORD)[0] == 204
    clock.pass_by(seconds=61)
    assert enter(app, "boris", PASSWORD)[0] == 204
    assert wrong_tries(app, "boris") == 0


def test_the_waiting_doubles_up_to_a_quarter_of_an_hour(app: Flask, world: World, clock: Clock) -> None:
    guess(app, "boris", 4)
    waits = []
    for _ in range(7):
        guess(app, "boris", 1)
        with app.app_context():
            waits.append(int((db.session.get_one(LoginDelay, "boris").wait_until - clock()).total_seconds()) // 60)
        clock.pass_by(minutes=waits[-1], seconds=1)
    assert waits == [1, 2, 4, 8, 15, 15, 15]


def test_who_asks_while_waiting_does_not_wait_longer(app: Flask, world: World, clock: Clock) -> None:
    guess(app, "boris", 30)
    clock.pass_by(seconds=61)
    assert enter(app, "boris", PASSWORD)[0] == 204


def test_a_restart_forgives_nothing(app: Flask, world: World, clock: Clock) -> None:
    guess(app, "boris", 5)
    again = create_app({"DATA": app.config["DATA"], "CLOCK": clock})
    assert "Слишком много попыток" in enter(again, "boris", PASSWORD)[1]
    with again.app_context():
        db.engine.dispose()


def test_an_hour_of_guessing_is_twenty_tries_at_most(app: Flask, world: World, clock: Clock) -> None:
    for number in range(120):
        clock.pass_by(seconds=30)
        assert enter(app, "boris", f"не тот {number}")[0] == 422
    assert wrong_tries(app, "boris") <= 20


def test_guesses_sent_at_once_gain_no_more_than_the_server_has_threads(app: Flask, world: World) -> None:
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda number: enter(app, "boris", f"не тот {number}"), range(40)))
    assert 5 <= wrong_tries(app, "boris") <= 5 + 3


def test_unknown_closed_and_known_logins_hear_the_same_words(app: Flask, world: World, clock: Clock) -> None:
    with app.app_context(), writing() as session:
        session.get_one(Account, world.accounts["egor"]).disabled_at = clock()
    known = guess(app, "boris", 6)
    assert known == guess(app, "nobody", 6) == guess(app, "egor", 6) == guess(app, "  BORIS2 ", 6)
    assert enter(app, "egor", PASSWORD)[0] == 422


@pytest.fixture
def new_school(tmp_path: Path, clock: Clock) -> Iterator[Flask]:
    """A server over an empty folder: nobody has an account yet, and «482913» stands in its window."""
    yield (made := create_app({"DATA": tmp_path, "SETUP_CODE": "482913", "CLOCK": clock}))
    with made.app_context():
        db.engine.dispose()


def found_school(app: Flask, code: str) -> tuple[int, str]:
    """Send the form of the first visit with this code; the status, and what the page says of the code."""
    answer = app.test_client().post("/setup", data=FILLED["setup.make"] | {"code": code}, headers=ORIGIN)
    return answer.status_code, answer.text.partition('id="code-error">')[2].partition("<")[0]


def test_after_five_wrong_codes_of_the_first_visit_the_right_one_waits_too(new_school: Flask, clock: Clock) -> None:
    said = [found_school(new_school, f"22222{number}")[1] for number in range(6)]
    assert said[0] == "Код не подошёл. Посмотрите его в окне, где запущен сервер. Ещё 4 попытки."
    assert said[4] == said[5] == ("Слишком много неверных кодов подряд. Подождите 1 минуту или перезапустите сервер: он покажет новый код.")
    assert found_school(new_school, "482913") == (422, said[4])
    clock.pass_by(seconds=61)
    assert found_school(new_school, "482913")[0] == 303


def test_codes_sent_at_once_gain_nothing(new_school: Flask) -> None:
    with ThreadPoolExecutor(4) as threads:
        said = [sentence for _status, sentence in threads.map(lambda number: found_school(new_school, str(number)), range(40))]
    assert sum("Код не подошёл" in sentence for sentence in said) == 4 and sum("Слишком много" in sentence for sentence in said) == 36


def test_the_server_that_is_started_again_shows_another_code_and_waits_for_nobody(new_school: Flask, clock: Clock) -> None:
    for number in range(6):
        found_school(new_school, f"22222{number}")
    again = create_app({"DATA": new_school.config["DATA"], "CLOCK": clock})
    assert again.config["SETUP_CODE"] != "482913"
    assert found_school(again, again.config["SETUP_CODE"])[0] == 303
    with again.app_context():
        db.engine.dispose()


def seconds_of(app: Flask, logins: list[str]) -> dict[str, float]:
    """The least computing time of a wrong password for each login, by turns: waiting for others is not counted."""
    times: dict[str, list[float]] = {login: [] for login in logins}
    for number in range(5):
        for login in logins:
            started = time.process_time()
            enter(app, login, f"не тот {number}")
            times[login].append(time.process_time() - started)
    return {login: min(spent) for login, spent in times.items()}


def test_unknown_closed_and_known_logins_take_the_same_time(app: Flask, world: World, clock: Clock) -> None:
    with app.app_context(), writing() as session:
        session.get_one(Account, world.accounts["egor"]).disabled_at = clock()
    spent = seconds_of(app, ["boris", "nobody", "egor"])
    for login in ("nobody", "egor"):
        assert 0.75 < spent[login] / spent["boris"] < 1.33


def test_a_stored_password_is_a_salted_slow_hash(app: Flask, world: World) -> None:
    first, second = passwords.hash_of(PASSWORD), passwords.hash_of(PASSWORD)
    assert first != second and first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.fits(PASSWORD, second) and not passwords.fits(PASSWORD + " ", second)
    assert not passwords.fits("", None) and not passwords.fits(PASSWORD, "not a hash")


# Thirty at once in a process of their own, so that the most memory it ever held can be told: 19 MB for each hash at work.
CROWD = """
import importlib.util, re, threading
found = importlib.util.spec_from_file_location("passwords", "mentorapp/passwords.py")
passwords = importlib.util.module_from_spec(found)
found.loader.exec_module(passwords)
def peak(): return int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024
stored = passwords.hash_of("кот идёт домой")
before, right = peak(), []
people = [threading.Thread(target=lambda: right.append(passwords.fits("кот идёт домой", stored))) for _ in range(30)]
for person in people: person.start()
for person in people: person.join()
print(peak() - before, right.count(True))
"""


def test_thirty_logins_at_once_hash_two_at_a_time(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", CROWD], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    grown, right = map(int, done.stdout.split())
    # 19 MB each: two at a time, and what the threads keep for the next ones; three would be 57.
    assert right == 30
    assert grown < 50


@pytest.mark.parametrize("password", ["", "коротко", "12345678", "aaaaaaaa", "boris-boris-7", "Пароль123", "абабабаб"])
def test_a_password_that_is_guessed_first_is_not_taken(password: str) -> None:
    assert passwords.weakness(password, "boris").endswith((".", "первым."))


def test_a_made_password_is_long_enough_and_can_be_copied_by_hand() -> None:
    made = {passwords.new_password() for _ in range(200)}
    assert len(made) == 200 and all(len(one) == 10 for one in made)
    assert not set("".join(made)) & set("oO0lI1ij") and len(passwords.ALPHABET) ** 10 > 2**48
