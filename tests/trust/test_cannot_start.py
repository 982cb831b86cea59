"""What keeps a server from starting is said in one line of Russian, with the exit code 1; the data stay as they were."""

import fcntl
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from mentorapp import cli
from mentorapp.settings import ROOT
from tests.school import World
from tests.trust.served import free_port
from tests.trust.stage import tables


def the_one_line(text: str) -> str:
    """The sentence for the person: no traceback, no English, no second line."""
    lines = text.strip().splitlines()
    assert len(lines) == 1, text
    assert re.search("[а-я]{4}", lines[0]) and re.search(r"[.0-9]$", lines[0]) and "Traceback" not in lines[0]
    return lines[0]


@pytest.fixture
def data(prepared: tuple[Path, World], tmp_path: Path) -> Path:
    shutil.copy(prepared[0] / "mentor.db", tmp_path / "mentor.db")
    return tmp_path


def content(file: Path) -> object:
    """What stands in a database, or in a file that is none."""
    try:
        return tables(file)
    except sqlite3.Error:
        return file.is_dir() or file.read_bytes()


def start(data: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Try to serve this folder; the sentence that came instead. The port is taken: whatever else is overlooked, it stops here."""
    before = content(data / "mentor.db")
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))  # noqa: S104  # as the server itself does
        other.listen()
        assert cli.main(["serve", "--data", str(data), "--port", str(other.getsockname()[1])]) == 1
    assert content(data / "mentor.db") == before
    return the_one_line(capsys.readouterr().err)


def set_mark(data: Path, mark: str) -> None:
    with closing(sqlite3.connect(data / "mentor.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = ?", (mark,))
        database.commit()


def test_a_folder_that_another_server_has(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (data / ".lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert start(data, capsys).startswith("С этой папкой уже работает другой сервер.")


def test_a_folder_that_another_server_has_is_not_restored_into(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(data / "mentor.db", data / "copy.db")
    with (data / ".lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert cli.main(["restore", str(data / "copy.db"), "--data", str(data)]) == 1
    assert the_one_line(capsys.readouterr().err).startswith("С этой папкой уже работает другой сервер.")


def test_a_lock_left_by_a_killed_server_stops_nobody(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / ".lock").write_text("")
    set_mark(data, "9999")
    assert "более новая версия" in start(data, capsys)  # It came as far as the database.


def test_a_database_of_a_newer_program(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    set_mark(data, "9999")
    assert start(data, capsys).startswith("Эту базу вела более новая версия программы.")


@pytest.mark.parametrize("mark", ["0000", ""])
def test_a_database_of_an_older_program(data: Path, mark: str, capsys: pytest.CaptureFixture[str]) -> None:
    set_mark(data, mark)
    assert start(data, capsys).startswith("Эту базу вела более старая версия программы")


def test_a_database_whose_mark_is_gone(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(data / "mentor.db")) as database:
        database.execute("DELETE FROM alembic_version")
        database.commit()
    assert start(data, capsys).startswith("Эту базу вела более старая версия программы")


@pytest.mark.parametrize("content", [b"a photo of a cat" * 1000, b"SQLite format 3\x00" + b"\xff" * 20_000], ids=["no database", "damaged"])
def test_a_file_that_is_no_database(data: Path, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "mentor.db").write_bytes(content)
    assert "./run restore" in start(data, capsys)


def test_a_folder_in_place_of_the_database(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "mentor.db").unlink()
    (data / "mentor.db").mkdir()
    assert "не открывается" in start(data, capsys)


def test_a_settings_file_that_cannot_be_read(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "config.toml").write_text("SESSION_HOURS = ", encoding="utf-8")
    assert start(data, capsys).startswith(f"Файл настроек {data / 'config.toml'} не прочитан")


@pytest.mark.parametrize("line", ["SESSION_HOURS = 0", "SESSION_HOURS = '10'", "HOST = 'mentor'", "BACKUPS_KEPT = 10000000000000"])
def test_a_line_of_the_settings_that_means_nothing(data: Path, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "config.toml").write_text(line, encoding="utf-8")
    assert f"строка «{line.partition(' ')[0]}» непонятна" in start(data, capsys)


@pytest.mark.parametrize("value", ["abc", "", "-1", "0", "1.5", "9" * 5000])
def test_a_variable_that_is_no_number(data: Path, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("MENTORAPP_SESSION_HOURS", value)
    assert start(data, capsys).startswith(f"Переменная MENTORAPP_SESSION_HOURS={value} непонятна: нужно целое число от 1 до")


@pytest.mark.parametrize("port", ["99999", "65536", "0", "-1", "abc", "80 80", ""])
def test_a_port_that_there_is_not(data: Path, port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with (data / ".lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)  # Whatever else is overlooked, nothing is served.
        for command in ([], ["serve"], ["demo"]):
            assert cli.main([*command, "--data", str(data), f"--port={port}"]) == 1
            assert the_one_line(capsys.readouterr().err).startswith(f"Порт — это число от 1 до 65535, а не «{port}». Ничего не запущено;")


@pytest.mark.parametrize("command", [["serv"], ["serve", "--prot", "8080"], ["restore"], ["--port"], ["demo", "fresh"], ["--fresh"]])
def test_a_command_that_there_is_not(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(command) == 1
    assert the_one_line(capsys.readouterr().err).startswith("Команда не понята:")


def refused(data: Path, prefix: tuple[str, ...] = (), port: int = 0) -> str:
    """Start a server as a process of its own; the sentence that came instead, with the exit code and the window that are the command's."""
    before = content(data / "mentor.db")
    command = [*prefix, sys.executable, "-m", "mentorapp", "serve", "--data", str(data), "--port", str(port or free_port())]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stdout) == (1, "")
    assert content(data / "mentor.db") == before
    return the_one_line(done.stderr)


def test_a_folder_that_cannot_be_written_to(data: Path, whom_modes_concern: tuple[str, ...]) -> None:
    data.chmod(0o555)
    assert refused(data, whom_modes_concern).startswith(f"В папку {data} нельзя записывать.")


def test_a_database_that_cannot_be_written_to(data: Path, whom_modes_concern: tuple[str, ...]) -> None:
    (data / "mentor.db").chmod(0o444)
    assert "не открывается" in refused(data, whom_modes_concern)


def test_a_lock_that_cannot_be_written_to(data: Path, whom_modes_concern: tuple[str, ...]) -> None:
    (data / ".lock").touch(0o400)
    assert str(data) in refused(data, whom_modes_concern)


def test_a_port_that_is_taken(data: Path) -> None:
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))  # noqa: S104  # as the server itself does
        other.listen()
        port = other.getsockname()[1]
        said = refused(data, port=port)
    assert said.startswith(f"Порт {port} занят другой программой.") and said.endswith(f"--port {port + 1}")


def test_a_port_that_only_an_administrator_may_have(data: Path) -> None:
    powerless = ("setpriv", "--bounding-set", "-net_bind_service") if os.geteuid() == 0 else ()
    if int(Path("/proc/sys/net/ipv4/ip_unprivileged_port_start").read_text()) <= 80:
        pytest.skip("on this computer everybody may have port 80")
    assert refused(data, powerless, port=80).startswith("Порт 80 система даёт только администратору. Данные целы;")
