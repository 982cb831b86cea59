"""What a developer of forms is helped with at the command line: a folder to begin with, and a look at what she wrote."""

import os
import shutil
from pathlib import Path

from mentorapp.domain.contents import contents_of
from mentorapp.domain.expect import Place, shown
from mentorapp.domain.formcheck import FORM, MAIN_FILE
from mentorapp.domain.formspec import FormSpec, Problem
from mentorapp.domain.names import plural
from mentorapp.forms import archive, package
from mentorapp.forms import read as folders

STARTER = Path(__file__).parent / "starter"


class NotDone(Exception):
    """Why nothing was done, as one Russian sentence."""


def new(root: Path, form_id: str) -> Path:
    """A folder of a small whole form, to be rewritten into another one. Never writes over anything. Raises NotDone."""
    problems: list[Problem] = []
    FORM.needed["id"](form_id, Place(problems, MAIN_FILE))
    if problems:
        raise NotDone(f"Ничего не создано: {problems[0].text}.")
    folder, unfinished = root / form_id, root / f".{form_id}.part"
    if os.path.lexists(folder):
        raise NotDone(f"Папка {folder} уже есть, в ней ничего не изменено. Выберите другое обозначение или удалите её сами.")
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        for path in sorted(STARTER.iterdir()):
            text = path.read_text("utf-8").replace(f'id = "{STARTER.name}"', f'id = "{form_id}"')
            (unfinished / path.name).write_text(text.replace(f"plugins/{STARTER.name} ", f"{root.name}/{form_id} "), "utf-8")
        unfinished.rename(folder)
    except OSError as problem:
        raise NotDone(f"В папку {root} записать не удалось: {problem.strerror}. Ничего не создано; проверьте права на неё.") from problem
    return folder


def check(path: Path) -> tuple[list[str], bool]:
    """What is to be said of a folder, a package or a file of a form, line by line, and whether the form is right. Raises NotDone."""
    path = Path(os.path.abspath(path))
    if not path.exists():
        raise NotDone(f"Такого файла или папки нет: {path}. Проверьте, как написан путь.")
    spec, problems, readme = _of_folder(path) if path.is_dir() else _of_file(path)
    if spec is None:
        number = len(problems)
        mistakes = plural(number, "ошибка", "ошибки", "ошибок")
        return [*map(str, problems), f"Форма не принята: {number} {mistakes}. Исправьте и проверьте ещё раз."], False
    page = "страница о форме есть" if readme else f"страницы о форме нет (файл {folders.README})"
    return [f"Форма «{spec.title}» ({spec.id}) в порядке.", f"В ней: {', '.join([*contents_of(spec), page])}."], True


def _of_folder(path: Path) -> tuple[FormSpec | None, list[Problem], str]:
    spec, problems, _ = folders.read_form(path)
    return spec, problems, folders.read_readme(path)


def _of_file(path: Path) -> tuple[FormSpec | None, list[Problem], str]:
    if not path.is_file():
        return None, [Problem(shown(path.name), "", "это не файл и не папка; назовите папку формы, архив .zip или файл .toml")], ""
    try:
        with path.open("rb") as file:
            data = file.read(archive.MOST_UPLOADED + 1)
    except OSError as problem:
        raise NotDone(f"Файл {path} не читается: {problem.strerror}. Проверьте права на него.") from problem
    made, problems = package.read(data, path.name)
    return (made.spec, [], made.readme) if made else (None, problems, "")
