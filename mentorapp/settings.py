"""Settings of one installation: `instance/config.toml`, overridden by MENTORAPP_… variables."""

import os
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

# (name, default, what it is for); the table is also what the documentation shows.
SETTINGS: tuple[tuple[str, Any, str], ...] = (
    ("HOST_NAME", "", "имя, под которым сервер известен в сети школы, например mentor.school"),
    ("SESSION_IDLE_MINUTES", 30, "через сколько минут без дела вход истекает"),
    ("SESSION_HOURS", 10, "через сколько часов вход истекает в любом случае"),
    ("BACKUPS_KEPT", 14, "сколько последних копий базы хранить"),
)
# Longer or more often makes no sense, and what a calendar cannot count would fail in the middle of the day.
MOST = 100_000


class BadSettings(Exception):
    """The settings file cannot be used. str() is the sentence for the person."""


def load(folder: Path) -> dict[str, Any]:
    """The settings for a data folder. Raises BadSettings with file and remedy."""
    values = {name: default for name, default, _help in SETTINGS}
    values |= _from_file(folder / "config.toml")
    for name, default, _help in SETTINGS:
        if (given := os.environ.get(f"MENTORAPP_{name}")) is not None:
            values[name] = _from_variable(name, default, given)
    return values


def _from_variable(name: str, default: Any, given: str) -> Any:
    value = int(given) if isinstance(default, int) and given.isdecimal() and len(given) < 10 else given
    if _fits(value, default):
        return value
    raise BadSettings(
        f"Переменная MENTORAPP_{name}={given} непонятна: нужно целое число от 1 до {MOST}. "
        f"Исправьте её или уберите — тогда подойдёт обычное, {default}."
    )


def _fits(value: Any, default: Any) -> bool:
    return type(value) is type(default) and (isinstance(value, str) or 1 <= value <= MOST)


def _from_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise BadSettings(
            f"Файл настроек {path} не прочитан: {error}. Исправьте его или уберите — тогда подойдут обычные настройки."
        ) from error
    known = {name: default for name, default, _help in SETTINGS}
    for name, value in given.items():
        if name.upper() not in known or not _fits(value, known[name.upper()]):
            raise BadSettings(f"В файле настроек {path} строка «{name}» непонятна. Известны: {', '.join(known)}; числа — от 1 до {MOST}.")
    return {name.upper(): value for name, value in given.items()}
