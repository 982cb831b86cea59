"""Reads the folders of mentoring forms. A folder may be broken, foreign or hostile: that becomes a problem, never an exception.

What a file of a form may be called and hold is asked here of packages, too (`package.py`).
"""

import os
import re
import stat
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from mentorapp.domain import formcheck, tomltext
from mentorapp.domain.expect import shown
from mentorapp.domain.formspec import FormSpec, Problem, content_hash

MOST_FILES = 20
MOST_README = 64 * 1024
README = "README.md"
TOO_MANY = f"в форме больше {MOST_FILES} файлов; соедините её части или уберите лишнее"
_FORM_FILE = re.compile(r"[A-Za-z0-9_-]{1,64}\.toml")
FOREIGN = "посторонний файл; в форме бывают только README.md и файлы .toml с латинскими названиями"
NOT_UTF8 = "файл сохранён не в UTF-8; откройте его в редакторе и сохраните в этой кодировке"
# Signs that no page needs: all that has no picture but the end of a line and the tabulator, and halves of signs.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
# Not part of a form and no fault of anybody: the page about it, and what file managers leave behind.
_IGNORED = {README, ".DS_Store", "Thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class FoundForm:
    """One folder that was found: its form, or what is wrong with it."""

    folder_name: str
    spec: FormSpec | None
    problems: list[Problem]


@dataclass(frozen=True, slots=True)
class Look:
    """What is worth remembering of a folder: the hash of its form, or nothing and the problems. The form's id is the folder's name."""

    folder_name: str
    content_hash: str
    problems: tuple[Problem, ...]


def folders(root: Path) -> list[Path]:
    """The folders of forms, by name; none where there is no such place."""
    return [root / name for name in _names(root) if not name.startswith(".") and _looks_like_folder(root / name)]


def read_all(root: Path) -> list[FoundForm]:
    """Every form in the folder of forms. A broken one harms no other."""
    return [_found(path) for path in folders(root)]


def look_at_all(root: Path) -> list[Look]:
    """The same for whoever only asks what is there; a folder in which nothing was touched is not read again."""
    return [_look(path, _touched(path)) for path in folders(root)]


@lru_cache(maxsize=100)
def _look(path: Path, _as_touched: tuple[Any, ...]) -> Look:
    spec, problems, _ = read_form(path)
    return Look(_clean(path.name), content_hash(spec) if spec else "", tuple(problems))


def _touched(path: Path) -> tuple[Any, ...]:
    """What becomes another when anything in a folder is written, replaced or renamed."""
    found = []
    with suppress(OSError), os.scandir(path) as entries:
        found = [("", path.lstat()), *sorted((entry.name, entry.stat(follow_symlinks=False)) for entry in entries)]
    return tuple((name, one.st_ino, one.st_mode, one.st_size, one.st_mtime_ns, one.st_ctime_ns) for name, one in found)


def read_form(path: Path) -> tuple[FormSpec | None, list[Problem], dict[str, str]]:
    """The form of one folder, all its problems, and the texts of its files. With any problem there is no form."""
    documents, problems = read_folder(path)
    spec, wrong = formcheck.parse(documents, whole=is_whole(problems)) if documents or not problems else (None, [])
    problems += wrong
    if spec and spec.id != path.name:
        text = f"обозначение формы «{spec.id}» и название папки «{_clean(path.name)}» разные; сделайте их одинаковыми"
        problems.append(Problem(formcheck.MAIN_FILE, "id", text))
    return (None if problems else spec), problems, documents


def read_folder(path: Path) -> tuple[dict[str, str], list[Problem]]:
    """The TOML texts of one folder by file name, and what could not be taken."""
    try:
        if not stat.S_ISDIR(path.lstat().st_mode):
            return {}, [Problem("", "", f"«{_clean(path.name)}» — ссылка или файл, а нужна папка; скопируйте сюда саму папку формы")]
        names = sorted(os.listdir(path))
    except OSError:
        return {}, [Problem("", "", f"папка «{_clean(path.name)}» не открывается; проверьте, разрешено ли её читать")]
    names = [name for name in names if name not in _IGNORED]
    if len(names) > MOST_FILES:
        return {}, [Problem("", "", TOO_MANY)]
    documents: dict[str, str] = {}
    problems: list[Problem] = []
    for name in names:
        text, reason = _text(path / name)
        if reason:
            problems.append(Problem(_clean(name), "", reason))
        else:
            documents[name] = text
    return documents, problems


def is_whole(problems: list[Problem]) -> bool:
    """Whether these problems leave every part of the form readable."""
    return not any(problem.file.endswith(".toml") for problem in problems)


def fault_of_name(name: str) -> str:
    """Why a file called so is no part of a form, or nothing."""
    return "" if _FORM_FILE.fullmatch(name) else FOREIGN


def decoded(content: bytes) -> tuple[str, str]:
    """The text of a file of a form and, when it cannot be taken, why."""
    if len(content) > tomltext.MOST_BYTES:
        return "", tomltext.TOO_LARGE
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return "", NOT_UTF8


def read_readme(path: Path) -> str:
    """The page about a form from its folder, or nothing; never through a link to another place."""
    try:
        return "" if path.is_symlink() else tidy_readme(_content(path / README, MOST_README).decode("utf-8", "ignore"))
    except OSError:
        return ""


def tidy_readme(text: str) -> str:
    """The page about a form as it is kept: one way to end a line, no signs that nobody sees, no longer than is allowed."""
    text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.encode()[:MOST_README].decode("utf-8", "ignore")


def _found(path: Path) -> FoundForm:
    spec, problems, _ = read_form(path)
    return FoundForm(_clean(path.name), spec, problems)


def _names(root: Path) -> list[str]:
    try:
        return sorted(os.listdir(root))
    except OSError:
        return []


def _looks_like_folder(path: Path) -> bool:
    """A link to a folder counts: it is refused later, and not passed over in silence."""
    return os.path.isdir(path)


def _text(path: Path) -> tuple[str, str]:
    """The text of one file and, when it cannot be taken, why."""
    if reason := fault_of_name(path.name):
        return "", reason
    try:
        content = _content(path, tomltext.MOST_BYTES)
    except OSError:
        return "", "файл не читается, или это ссылка, а не файл; положите сюда сам файл"
    return decoded(content)


def _content(path: Path, most: int) -> bytes:
    """At most one byte more than `most`. A link, a pipe or a folder raises OSError and is never opened."""
    if not stat.S_ISREG(path.lstat().st_mode):
        raise OSError
    with path.open("rb") as file:
        return file.read(most + 1)


def _clean(name: str) -> str:
    """A file's name fit to be shown: names on a disk may be no text at all."""
    return shown(os.fsencode(name).decode("utf-8", "replace"))
