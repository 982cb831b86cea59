"""A mentoring form as one file that a school mails to another: written always the same, read as what a stranger sends.

A package holds the published content of a form and the page about it, and nobody: neither a person nor an answer
is within reach of what is written here.
"""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from mentorapp.domain import formcheck, formwrite
from mentorapp.domain.expect import shown
from mentorapp.domain.formspec import FormSpec, Problem
from mentorapp.forms import archive
from mentorapp.forms import read as folders
from mentorapp.forms.zipdirectory import is_zip

# A moment that every zip can hold: when a package was made is nobody's business, and equal forms make equal files.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_ORDINARY_FILE = 0o100644 << 16
_UNIX = 3
IN_A_FOLDER = "файл лежит глубже, чем нужно, в папке внутри формы; положите его рядом с form.toml"
# How files begin that are sent by mistake.
_OTHERS = {
    b"Rar!": "это архив .rar",
    b"7z\xbc\xaf": "это архив .7z",
    b"\x1f\x8b": "это архив .gz",
    b"%PDF": "это документ .pdf",
    b"\xd0\xcf\x11\xe0": "это документ старого Word или Excel",
    b"<": "это страница из интернета",
}


@dataclass(frozen=True, slots=True)
class Package:
    """What a package holds: the form, the texts of its files by name, and the page about it."""

    spec: FormSpec
    documents: Mapping[str, str]
    readme: str


def file_name(spec: FormSpec) -> str:
    """What the package of a form is called."""
    return f"{spec.id}.zip"


def export(spec: FormSpec, readme: str) -> bytes:
    """The package of a form. Equal forms give equal bytes on every computer: nothing is packed, for that is not done alike everywhere."""
    files = formwrite.files_of(spec)
    if page := folders.tidy_readme(readme):
        files[folders.README] = page
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as package:
        for name, text in files.items():
            entry = zipfile.ZipInfo(f"{spec.id}/{name}", _MOMENT)
            entry.create_system, entry.external_attr = _UNIX, _ORDINARY_FILE
            package.writestr(entry, text.encode())
    return made.getvalue()


def read(data: bytes, filename: str) -> tuple[Package | None, list[Problem]]:
    """The form in a file that somebody sent, or all that is wrong with it. Nothing is written; never raises."""
    files, problems = _files(data, filename)
    readme, reason = _readme(files.pop(folders.README, b""))
    documents, wrong = _documents(files, filename)
    problems += [Problem(folders.README, "", reason)] * bool(reason) + wrong
    if not documents:
        return None, problems or [
            Problem(
                shown(filename),
                "",
                "в архиве нет ни одного файла формы (.toml): возможно, это другой архив; пришлите тот, что скачали со страницы «Формы»",
            )
        ]
    spec, wrong = formcheck.parse(documents, whole=folders.is_whole(problems))
    problems += wrong
    return (Package(spec, documents, readme) if spec and not problems else None), problems


def _files(data: bytes, filename: str) -> tuple[dict[str, bytes], list[Problem]]:
    """The files that were sent by name: those of an archive, or the one."""
    if is_zip(data) and (reason := _office(data)):
        return {}, [Problem(shown(filename), "", reason)]
    if is_zip(data):
        return archive.unpack(data, filename)
    if filename.casefold().endswith(".toml"):
        return {formcheck.MAIN_FILE if folders.fault_of_name(filename) else filename: data}, []
    what = next((what for start, what in _OTHERS.items() if data.startswith(start)), "это не архив .zip")
    return {}, [Problem(shown(filename), "", f"{what}, а форму присылают архивом .zip или файлом .toml; попросите прислать так")]


def _office(data: bytes) -> str:
    """What to do with a document of Word or Excel, which is an archive, too, though its name may say something else; else nothing."""
    if b"[Content_Types].xml" not in data or b".toml" in data:
        return ""
    if b"xl/workbook" in data:
        return "это таблица Excel, а не форма; откройте черновик формы, нужную анкету, план или лист оценки, и возьмите таблицу там: «XLSX»"
    return "это документ Word, а не форма; скопируйте в нём вопросы или таблицу плана и вставьте в черновик формы: «Вставить списком»"


def _documents(files: Mapping[str, bytes], filename: str) -> tuple[dict[str, str], list[Problem]]:
    """The texts of the files of a form, and what is wrong with the rest of them."""
    if len(files) > folders.MOST_FILES:
        return {}, [Problem(shown(filename), "", folders.TOO_MANY)]
    documents: dict[str, str] = {}
    problems: list[Problem] = []
    for name, content in files.items():
        reason = IN_A_FOLDER if "/" in name else folders.fault_of_name(name)
        text, reason = ("", reason) if reason else folders.decoded(content)
        if reason:
            problems.append(Problem(shown(name), "", reason))
        else:
            documents[name] = text
    return documents, problems


def _readme(content: bytes) -> tuple[str, str]:
    """The page about the form and, when it cannot be taken, why."""
    if len(content) > folders.MOST_README:
        return "", "страница о форме больше 64 КБ; сократите её"
    text, reason = folders.decoded(content)
    return folders.tidy_readme(text), reason
