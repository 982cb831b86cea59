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


class BadSettings(Exception):
    """The settings file cannot be used. str() is the sentence for the person."""


def load(folder: Path) -> dict[str, Any]:
    """The settings for a data folder. Raises BadSettings with file and remedy."""
    values = {name: default for name, default, _help in SETTINGS}
    values |= _from_file(folder / "config.toml")
    for name, default, _help in SETTINGS:
        if (given := os.environ.get(f"MENTORAPP_{name}")) is not None:
            values[name] = type(default)(given)
    return values


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
        if name.upper() not in known or type(value) is not type(known[name.upper()]):
            raise BadSettings(f"В файле настроек {path} строка «{name}» непонятна. Известны: {', '.join(known)}.")
    return {name.upper(): value for name, value in given.items()}
