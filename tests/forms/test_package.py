"""A form is mailed from one school to another as one file, and comes back byte for byte."""

import io
import time
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from mentorapp import create_app
from mentorapp.database import db, writing
from mentorapp.domain import formcheck
from mentorapp.domain.formspec import FormSpec
from mentorapp.forms import host, package
from mentorapp.models import FormVersion, MentoringForm
from mentorapp.models.forms import spec_of
from tests.conftest import NOW
from tests.forms import manifests
from tests.forms.forms import PLAN, PLUGINS, SMALL
from tests.forms.forms import spec_of as spec_of_texts
from tests.forms.test_toml_written import EVERY_KIND
from tests.forms.zips import zipped

SHIPPED = sorted(path.name for path in PLUGINS.iterdir())
README = "# Малая форма\n\nДля пробы: {{7*7}}\n"


def taken(data: bytes, filename: str = "форма.zip") -> package.Package:
    made, problems = package.read(data, filename)
    assert made, list(map(str, problems))
    return made


def said(data: bytes, filename: str = "форма.zip") -> str:
    made, problems = package.read(data, filename)
    assert made is None and problems
    return "\n".join(map(str, problems))


# --- From school to school ---------------------------------------------------------------------------------


class Installation:
    """A program just installed, without any form; forms are published and exported as people do it."""

    def __init__(self, folder: Path, plugins: Path) -> None:
        self.app: Flask = create_app({"DATA": folder, "PLUGINS": plugins, "CLOCK": lambda: NOW})

    def publish(self, spec: FormSpec, readme: str, now: datetime = NOW) -> None:
        with self.app.app_context(), writing():
            host.publish(spec, now, readme=readme)

    def exported(self, form_id: str) -> bytes:
        with self.app.app_context():
            spec_of.cache_clear()  # the other installation has versions of the same numbers
            form = db.session.get_one(MentoringForm, form_id)
            version = db.session.get_one(FormVersion, form.current_version_id)
            return package.export(version.spec, version.readme)

    def close(self) -> None:
        spec_of.cache_clear()
        with self.app.app_context():
            db.engine.dispose()


@pytest.fixture
def schools(tmp_path: Path) -> Iterator[tuple[Installation, Installation]]:
    """One with the shipped forms, and an empty one."""
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    made = Installation(tmp_path / "one", PLUGINS), Installation(tmp_path / "other", tmp_path / "none")
    yield made
    for installation in made:
        installation.close()


def test_an_export_that_an_empty_installation_imports_and_exports_is_the_same_to_the_byte(
    schools: tuple[Installation, Installation],
) -> None:
    one, other = schools
    one.publish(spec_of_texts(EVERY_KIND.read_text("utf-8")), README.replace("\n", "\r\n"))
    one.publish(spec_of_texts(SMALL, PLAN), "")
    with one.app.app_context():
        ids = list(db.session.execute(db.select(MentoringForm.id)).scalars())
    assert {*SHIPPED, "small"} < set(ids)
    for form_id in ids:
        sent = one.exported(form_id)
        arrived = taken(sent, f"{form_id}.zip")
        other.publish(arrived.spec, arrived.readme, datetime(2030, 1, 1, tzinfo=NOW.tzinfo))
        assert other.exported(form_id) == sent, form_id


def test_the_page_about_a_form_is_mailed_along(schools: tuple[Installation, Installation]) -> None:
    one, _ = schools
    page = (PLUGINS / "teacher-teacher" / "README.md").read_text("utf-8")
    assert page and taken(one.exported("teacher-teacher")).readme == page


@pytest.mark.parametrize("seed", range(20))
def test_any_right_form_is_the_same_to_the_byte(seed: int) -> None:
    spec, problems = formcheck.read(manifests.right(seed))
    assert spec, list(map(str, problems))
    sent = package.export(spec, README)
    arrived = taken(sent)
    assert (arrived.spec, arrived.readme) == (spec, README) and package.export(arrived.spec, arrived.readme) == sent
    assert len(sent) < 1024 * 1024


def test_when_and_where_a_package_is_made_is_nowhere_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = spec_of_texts(SMALL, PLAN)
    sent = package.export(spec, README)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(2_000_000_000))
    assert package.export(spec, README) == sent
    with zipfile.ZipFile(io.BytesIO(sent)) as archive:
        assert archive.namelist() == ["small/form.toml", "small/plans.toml", "small/README.md"] and archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_package_lies_ready_as_a_folder_of_forms(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(package.export(spec_of_texts(SMALL, PLAN), README))) as archive:
        for name in archive.namelist():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_bytes(archive.read(name))
    app = Installation(tmp_path, tmp_path)
    assert app.exported("small") == package.export(spec_of_texts(SMALL, PLAN), README)
    app.close()


# --- What people send ------------------------------------------------------------------------------------


def test_a_package_is_taken_from_every_program_that_makes_archives() -> None:
    files = {"form.toml": "\ufeff" + SMALL.replace("\n", "\r\n"), "plans.toml": PLAN, "README.md": "\ufeffО форме\r\n", "Thumbs.db": "\0"}
    for sent in (files, {f"Моя форма/{name}": text for name, text in files.items()}, files | {"__MACOSX/._form.toml": "\0" * 200}):
        made = taken(zipped(sent))
        assert made.spec == spec_of_texts(SMALL, PLAN) and made.readme == "О форме\n"
        assert list(made.documents) == ["form.toml", "plans.toml"]


@pytest.mark.parametrize("name", ["form.toml", "Моя форма (2).TOML"])
def test_one_file_is_taken_as_it_is(name: str) -> None:
    assert taken((SMALL + PLAN).encode("utf-8-sig"), name).spec == spec_of_texts(SMALL, PLAN)


def test_a_problem_names_the_file_that_was_sent() -> None:
    assert said(SMALL.replace("api = 1", "api = 2").encode(), "small-2.toml").startswith("small-2.toml, api: ")
    assert said(zipped({}), "пустая.zip").startswith("пустая.zip: в архиве нет ни одного файла формы")


@pytest.mark.parametrize(
    "data,filename,words",
    [
        (b"Rar!\x1a\x07\x01\x00", "форма.rar", "архив .rar"),
        (b"7z\xbc\xaf\x27\x1c", "форма.7z", "архив .7z"),
        (b"<!doctype html>", "форма.zip", "страница из интернета"),
        (b"", "форма.zip", "не архив .zip"),
        (b"\0" * 2_000_000, "форма.zip", "не архив .zip"),
        (b"#" * 2_000_000, "форма.toml", "больше 128 КБ"),
    ],
)
def test_what_is_no_package_is_named(data: bytes, filename: str, words: str) -> None:
    assert words in said(data, filename)


def test_what_is_wrong_in_several_files_is_told_at_once() -> None:
    wrong = {"form.toml": SMALL.replace("title", "titel"), "plans.toml": PLAN.replace('"pair"', '"pairs"')}
    text = said(zipped(wrong | {"README.md": "".join(map(chr, range(0x400, 0x8000))), "virus.py": "", "a.toml": b"\xff", "x/b.toml": ""}))
    for place in ("form.toml, titel: ", "plans.toml, plans[1].owner: ", "README.md: ", "virus.py: ", "a.toml: ", "x/b.toml: "):
        assert place in text
    assert "соедините её части" in said(zipped({f"part{number}.toml": "" for number in range(21)}))


# --- The page about a form -----------------------------------------------------------------------------------


def test_a_page_that_was_not_kept_with_its_version_is_kept_at_the_next_start(tmp_path: Path) -> None:
    (tmp_path / "plugins" / "small").mkdir(parents=True)
    (tmp_path / "plugins" / "small" / "form.toml").write_text(SMALL, "utf-8")
    for page in ("", README, "другая страница"):
        (tmp_path / "plugins" / "small" / "README.md").write_text(page, "utf-8")
        app = Installation(tmp_path, tmp_path / "plugins")
        with app.app.app_context():
            [version] = db.session.execute(db.select(FormVersion)).scalars()
            assert (version.number, version.readme) == (1, page and README)
        app.close()


def test_a_document_of_word_is_told_from_a_form_whatever_it_is_called() -> None:
    document = zipped({"[Content_Types].xml": "<Types/>", "_rels/.rels": "<r/>", "word/document.xml": "<w/>"})
    for name in ("анкета.docx", "анкета.zip"):
        found, [problem] = package.read(document, name)
        assert found is None and str(problem).startswith(f"{name}: это документ Word") and "«Вставить списком»" in problem.text
