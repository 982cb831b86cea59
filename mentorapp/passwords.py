"""Hashing passwords with argon2id, at most two at a time: thirty logins at the start of a lesson must not fill the memory."""

import secrets
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask import Flask

SHORTEST = 8
# No letters or digits that look alike on paper: a card is read aloud and typed by a child.
ALPHABET = "abcdefghkmnpqrstuvwxyz23456789"

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Two threads of their own: in the server's threads each would keep the 19 MB that one hash takes for good.
_two_at_a_time = ThreadPoolExecutor(2, thread_name_prefix="hash")
_nobody = ""


def init(_app: Flask) -> None:
    """Make the hash that stands in for unknown logins, so that they take as long as known ones."""
    global _nobody
    if not _nobody:
        _nobody = hash_of(secrets.token_hex(8))


def hash_of(password: str) -> str:
    """A salted hash to store. Never called inside writing(): it takes a fifth of a second on a Pi."""
    return _two_at_a_time.submit(_hasher.hash, password).result()


def fits(password: str, stored: str | None) -> bool:
    """Whether the password is the stored one; with no stored hash it takes the same time and says no."""
    try:
        return _two_at_a_time.submit(_hasher.verify, stored or _nobody, password).result() and stored is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def new_password() -> str:
    """Ten letters and digits, about 48 bits, easy to copy from paper."""
    return "".join(secrets.choice(ALPHABET) for _ in range(10))


def weakness(password: str, login: str) -> str:
    """Why a password will not do, in Russian; empty when it will."""
    if len(password) < SHORTEST:
        return f"Пароль короче {SHORTEST} знаков. Возьмите, например, три слова подряд."
    if login and login.casefold() in password.casefold():
        return "В пароле стоит логин: его угадают первым."
    if len(set(password)) < 4 or password.casefold() in COMMON:
        return "Такой пароль угадают сразу. Возьмите, например, три слова подряд."
    return ""


COMMON = {
    "12345678", "123456789", "1234567890", "qwertyui", "qwerty123", "qwertyuiop", "password", "password1", "йцукенгш", "йцукен123",
    "пароль123", "пароль12", "11223344", "1q2w3e4r", "1q2w3e4r5t", "iloveyou", "87654321", "наставник", "наставничество", "учитель1",
}  # fmt: skip
