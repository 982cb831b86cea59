"""A folder of a form is read safely: whatever lies in it, the others beside it are read."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mentorapp.forms.read import FoundForm, look_at_all, read_all, read_folder, read_form
from tests.forms.forms import PLAN, PLUGINS, SHIPPED, SMALL


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A good form in the folder `small`."""
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "form.toml").write_text(SMALL, "utf-8")
    (folder / "plans.toml").write_text(PLAN, "utf-8")
    return folder


def reasons(found: FoundForm) -> str:
    return "\n".join(str(problem) for problem in found.problems)


def test_every_shipped_form_can_be_read():
    found = read_all(PLUGINS)
    assert found and [(form.folder_name, reasons(form)) for form in found] == [(form.spec and form.spec.id, "") for form in found]


def test_a_form_is_read_with_the_texts_of_its_files(small):
    spec, problems, documents = read_form(small)
    assert spec and spec.title == "Малая форма" and not problems
    assert documents == {"form.toml": SMALL, "plans.toml": PLAN}


def test_the_page_for_the_curator_and_a_file_managers_dust_are_passed_over(small):
    for name in ("README.md", ".DS_Store", "Thumbs.db", "desktop.ini"):
        (small / name).write_bytes(b"\xff")
    assert read_form(small)[0]


def test_a_byte_order_mark_is_passed_over(small):
    (small / "form.toml").write_text(SMALL, "utf-8-sig")
    assert read_folder(small) == ({"form.toml": SMALL, "plans.toml": PLAN}, [])


def test_a_folder_with_another_name_than_its_form_is_refused(small):
    spec, [problem], _ = read_form(small.rename(small.with_name("other")))
    assert spec is None and "«small»" in problem.text and "«other»" in problem.text


def test_a_file_that_cannot_be_taken_hides_no_problem_of_another(small):
    (small / "plans.toml").write_text(PLAN.replace('"pair"', '"pairs"'), "utf-8")
    (small / "virus.py").write_text("import os")
    spec, problems, _ = read_form(small)
    assert spec is None and [problem.file for problem in problems] == ["virus.py", "plans.toml"]


def test_without_the_folder_there_are_no_forms(tmp_path):
    assert read_all(tmp_path / "nowhere") == []
    assert read_all(SHIPPED / "form.toml") == []


def test_hidden_folders_and_files_beside_the_forms_are_passed_over(small):
    (small.parent / ".git").mkdir()
    (small.parent / "README.md").write_text("о формах", "utf-8")
    assert [found.folder_name for found in read_all(small.parent)] == ["small"]


def test_a_folder_that_is_a_link_is_refused(small, tmp_path):
    (tmp_path / "linked").symlink_to(small, target_is_directory=True)
    linked, good = read_all(tmp_path)
    assert linked.spec is None and "ссылка" in reasons(linked)
    assert good.spec


def test_a_look_at_all_forms_sees_every_change_of_a_folder(small):
    """A folder in which nothing was touched is not read again, so whatever is touched must be seen, of the same size and name, too."""
    page = small / "form.toml"
    [first] = look_at_all(small.parent)
    assert first == look_at_all(small.parent)[0] and first.content_hash and not first.problems
    page.write_text(SMALL.replace("Малая форма", "Милая форма"), "utf-8")
    [mended] = look_at_all(small.parent)
    assert mended.content_hash not in ("", first.content_hash)
    page.write_text("title = ", "utf-8")
    [broken] = look_at_all(small.parent)
    assert broken.content_hash == "" and broken.problems[0].file == "form.toml"
    page.unlink()
    (small / "plans.toml").rename(page)
    [other] = look_at_all(small.parent)
    assert other.problems and other != broken
    shutil.rmtree(small)
    assert look_at_all(small.parent) == []


def bytes_in(name: str, content: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(content)


def text_in(name: str, content: str) -> Callable[[Path], object]:
    return bytes_in(name, content.encode())


def changed(was: str, becomes: str) -> Callable[[Path], object]:
    return text_in("form.toml", SMALL.replace(was, becomes))


# What happened to a folder → a word of the reason that is shown.
BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "no files": (lambda folder: (folder / "form.toml").unlink(), "нет файлов"),
    "not utf-8": (bytes_in("form.toml", SMALL.encode("cp1251", "replace")), "UTF-8"),
    "utf-16": (bytes_in("form.toml", SMALL.encode("utf-16")), "UTF-8"),
    "zeros": (bytes_in("form.toml", b"\0" * 1000), "строка 1"),
    "random bytes": (bytes_in("form.toml", bytes(range(256)) * 9), "UTF-8"),
    "empty": (text_in("form.toml", ""), "обязателен"),
    "a page": (text_in("form.toml", "<!doctype html><html>"), "строка 1"),
    "json": (text_in("form.toml", '{"api": 1}'), "строка 1"),
    "large": (text_in("form.toml", "#\n" * 80_000), "128 КБ"),
    "huge": (bytes_in("form.toml", ("я" * 3_000_000).encode()), "128 КБ"),
    "long line": (text_in("form.toml", SMALL + "#" * 3000), "длиннее 2000"),
    "dotted keys": (text_in("form.toml", "a." * 900 + "a = 1"), "точек"),
    "brackets": (text_in("form.toml", "a = " + "[" * 900), "скобки"),
    "large number": (text_in("form.toml", "api = " + "9" * 5000), "длиннее 2000"),
    "too many files": (lambda folder: [(folder / f"f{n}.toml").touch() for n in range(20)], "больше 20 файлов"),
    "a program": (text_in("plugin.py", "raise SystemExit"), "посторонний"),
    "a template": (text_in("page.html", "{{ config }}"), "посторонний"),
    "a Russian file name": (text_in("план.toml", ""), "посторонний"),
    "a name that is no text": (lambda folder: Path(os.fsdecode(os.fsencode(folder) + b"/\xff.toml")).touch(), "посторонний"),
    "a folder inside": (lambda folder: (folder / "parts").mkdir(), "посторонний"),
    "a folder as a file": (lambda folder: (folder / "plans.toml").mkdir(), "не читается"),
    "a link": (lambda folder: (folder / "plans.toml").symlink_to("/etc/passwd"), "ссылка"),
    "a link into nowhere": (lambda folder: (folder / "plans.toml").symlink_to("nowhere"), "ссылка"),
    "a pipe": (lambda folder: os.mkfifo(folder / "plans.toml"), "не читается"),
    "an unclosed quote": (changed('форма"', "форма"), "строка 4"),
    "another id": (changed('"small"', '"large"'), "разные"),
    "the id of the core": (changed('"small"', '"core"'), "занято"),
    "an id that climbs": (changed('"small"', '"../x"'), "нужны латинские"),
    "another api": (changed("api = 1", "api = 99"), "другой версии"),
    "wide rights": (changed("api = 1", 'api = 1\nvisible_to = ["*"]'), "не известен"),
    "a key in two files": (text_in("more.toml", "api = 1"), "form.toml"),
    "a mistyped key": (changed("mentee", "mentees"), "имелось в виду"),
}


def test_thirty_broken_folders_harm_nothing_but_themselves(small, tmp_path):
    for number, (breakage, _) in enumerate(BROKEN.values()):
        folder = tmp_path / f"broken-{number:02}"
        folder.mkdir()
        (folder / "form.toml").write_text(SMALL.replace('"small"', f'"{folder.name}"'), "utf-8")
        breakage(folder)
    *broken, good = read_all(tmp_path)
    assert len(broken) >= 30 and good.spec and good.spec.id == "small" and not good.problems
    for found, (name, (_, word)) in zip(broken, BROKEN.items(), strict=True):
        assert found.spec is None and word in reasons(found), (name, reasons(found))
        reasons(found).encode("utf-8")


def test_the_shipped_form_survives_beside_a_broken_copy_of_itself(tmp_path):
    shutil.copytree(SHIPPED, tmp_path / "teacher-teacher")
    shutil.copytree(SHIPPED, tmp_path / "copy")
    copy, shipped = read_all(tmp_path)
    assert copy.spec is None and shipped.spec
