"""Who writes a form as files begins with a small whole one, and is told all that is wrong with it before it is published."""

import os
from pathlib import Path

import pytest

from mentorapp import cli
from mentorapp.forms import commands, package
from mentorapp.forms.read import read_form
from mentorapp.settings import ROOT
from tests.forms.forms import PLAN, PLUGINS, SMALL, spec_of


def checked(path: Path) -> str:
    lines, right = commands.check(path)
    assert right
    return "\n".join(lines)


def refused(path: Path) -> str:
    lines, right = commands.check(path)
    assert not right
    return "\n".join(lines)


def test_a_new_form_is_right_and_has_one_of_each_thing(tmp_path: Path) -> None:
    folder = commands.new(tmp_path / "plugins", "our-form")
    spec, problems, _ = read_form(folder)
    assert spec and spec.id == "our-form" and problems == []
    assert len(spec.questionnaires) == 2 and len(spec.plans["pair"].items) == 5 and len(spec.meetings) == 2
    assert spec.evaluation and spec.texts and spec.questionnaires[0].questions[0].pair_key
    assert (folder / "README.md").read_text("utf-8").startswith("# Новая форма")


def test_a_new_form_explains_itself_in_every_file(tmp_path: Path) -> None:
    folder = commands.new(tmp_path / "plugins", "our-form")
    assert "./run forms check plugins/our-form " in (folder / "form.toml").read_text("utf-8")
    for path in folder.glob("*.toml"):
        assert path.read_text("utf-8").startswith("# ") and "starter" not in path.read_text("utf-8")


def test_a_new_form_writes_over_nothing(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "linked").symlink_to(tmp_path / "nowhere")
    for form_id in ("taken", "linked"):
        with pytest.raises(commands.NotDone, match="уже есть"):
            commands.new(tmp_path, form_id)
    assert list((tmp_path / "taken").iterdir()) == [] and sorted(os.listdir(tmp_path)) == ["linked", "taken"]


@pytest.mark.parametrize("form_id", ["core", "new", "import", "../x", "/etc", "", "Форма", "A", "a/b", "a" * 65])
def test_a_new_form_has_a_name_of_its_own(tmp_path: Path, form_id: str) -> None:
    with pytest.raises(commands.NotDone, match="^Ничего не создано: .+;"):
        commands.new(tmp_path, form_id)
    assert os.listdir(tmp_path) == []


def test_a_folder_that_cannot_be_written_to_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(commands.NotDone, match="проверьте права"):
        commands.new(tmp_path / "file", "our-form")


def test_a_right_form_is_told_what_it_has(tmp_path: Path) -> None:
    assert "Форма «Учитель — учитель» (teacher-teacher) в порядке." in checked(PLUGINS / "teacher-teacher")
    assert "4 плана" in checked(PLUGINS / "teacher-teacher") and "страница о форме есть" in checked(PLUGINS / "teacher-teacher")
    (tmp_path / "small.zip").write_bytes(package.export(spec_of(SMALL, PLAN), ""))
    (tmp_path / "small.toml").write_text(SMALL + PLAN, "utf-8")
    for name in ("small.zip", "small.toml"):
        assert "1 план, 1 строка плана, страницы о форме нет (файл README.md)" in checked(tmp_path / name)


def test_all_that_is_wrong_is_told_at_once_whatever_it_comes_in(tmp_path: Path) -> None:
    wrong = SMALL.replace("api = 1", "api = 2").replace("title", "titel")
    (tmp_path / "small").mkdir()
    for path in (tmp_path / "small" / "form.toml", tmp_path / "form.toml"):
        path.write_text(wrong, "utf-8")
    for path in (tmp_path / "small", tmp_path / "form.toml"):
        text = refused(path)
        assert "form.toml, api: " in text and "form.toml, titel: " in text and "Форма не принята: 3 ошибки." in text


def test_what_is_no_form_is_told_of(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "big.zip").write_bytes(b"PK\3\4" + b"\0" * 3_000_000)
    assert "не файл и не папка" in refused(tmp_path / "pipe")
    assert "больше 1 МБ" in refused(tmp_path / "big.zip")
    assert "посторонний файл" in refused(tmp_path)
    with pytest.raises(commands.NotDone, match="нет"):
        commands.check(tmp_path / "nowhere")


def test_the_commands_answer_in_words_and_by_their_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["forms", "check", str(ROOT / "plugins" / "teacher-teacher")]) == 0
    assert "в порядке" in capsys.readouterr().out
    (tmp_path / "form.toml").write_text("api = 2", "utf-8")
    assert cli.main(["forms", "check", str(tmp_path / "form.toml")]) == 1
    assert "form.toml, api: " in capsys.readouterr().out
    for words in (["new", "core"], ["new", "teacher-teacher"], ["new"], ["check"], ["publish", "x"], []):
        assert cli.main(["forms", *words]) == 1
        told = capsys.readouterr()
        assert told.out == "" and len(told.err.splitlines()) == 1 and "Traceback" not in told.err


def test_the_command_writes_where_forms_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(cli, "ROOT", tmp_path)
    assert cli.main(["forms", "new", "our-form"]) == 0
    assert "./run forms check" in capsys.readouterr().out
    assert cli.main(["forms", "check", str(tmp_path / "plugins" / "our-form")]) == 0
