"""The door: ./run makes its environment once, then gets out of the way; what fails is said in one Russian sentence.

A small stand-in takes the place of Python, so that old systems, closed folders and missing networks cost milliseconds.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOOLS = ("dirname", "readlink", "cksum", "cat", "mkdir", "rm", "mv", "ln", "sync")
NOTICES = ("Готовлю окружение для программы, это займёт до нескольких минут…", "Ставлю то, что нужно для проверок…")

# Answers as Python does to the few questions ./run has, and writes down what was asked of it.
STAND_IN = """#!/bin/sh
printf '%s\\n' "$*" >>"$ASKED"
case "$*" in
    "-c import sys;"*) echo "$VERSION" ;;
    "-c import venv"*) [ "$HAS_VENV" = yes ] ;;
    "-m venv "*) echo "$VENV_SAYS"; [ -z "$VENV_SAYS" ] && mkdir .venv/bin && ln -s "$0" .venv/bin/python ;;
    "-m pip "*) echo "$PIP_SAYS"; [ -z "$PIP_SAYS" ] ;;
    "-m mentorapp"*) shift 2; printf '<%s>\\n' "$@"; exit "$PROGRAM_ENDS_WITH" ;;
esac
"""


class Computer:
    """A freshly copied program and a computer that has nothing but a shell, its small tools and a `python3`."""

    def __init__(self, home: Path) -> None:
        self.folder, self.bin, self.log = home / "наставники школы № 5", home / "bin", home / "asked.txt"
        self.folder.mkdir()
        self.bin.mkdir()
        for name in ("run", "requirements.lock", "requirements-dev.lock"):
            shutil.copy(ROOT / name, self.folder)
        for name in TOOLS:
            (self.bin / name).symlink_to(shutil.which(name) or name)
        self.put_python("python3.11")

    def put_python(self, name: str) -> None:
        """Install a Python, as the system's packages do: a file with a version, and `python3` pointing at it."""
        (self.bin / name).write_text(STAND_IN, encoding="utf-8")
        (self.bin / name).chmod(0o755)
        (self.bin / "python3").unlink(missing_ok=True)
        (self.bin / "python3").symlink_to(name)

    def start(self, *args: str, door: Path | None = None, prefix: tuple[str, ...] = (), **facts: str) -> subprocess.CompletedProcess[str]:
        usual = {"VERSION": "3.11", "HAS_VENV": "yes", "VENV_SAYS": "", "PIP_SAYS": "", "PROGRAM_ENDS_WITH": "0"}
        env = {"PATH": str(self.bin), "LC_ALL": "C.UTF-8", "ASKED": str(self.log)} | usual | facts
        command: list[str | Path] = [*prefix, door or self.folder / "run", *args]
        return subprocess.run(command, cwd=self.bin, env=env, capture_output=True, text=True, timeout=20)

    def asked(self, what: str) -> list[str]:
        """What Python was asked so far, of one kind: `-m pip`, `-m venv`."""
        return [line for line in self.log.read_text(encoding="utf-8").splitlines() if line.startswith(what)]

    def change_lock(self) -> None:
        with (self.folder / "requirements.lock").open("a", encoding="utf-8") as lock:
            lock.write("# another release\n")


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    return Computer(tmp_path)


def the_one_sentence(answer: subprocess.CompletedProcess[str]) -> str:
    """The line a person gets when nothing started. Not a word of any tool stands beside it."""
    assert answer.returncode == 1
    assert answer.stdout == ""
    lines = [line for line in answer.stderr.splitlines() if not line.startswith(NOTICES)]
    assert len(lines) == 1, answer.stderr
    assert lines[0].rstrip(".").endswith(("./run", "./run ещё раз")) or "подробности" in lines[0]
    return lines[0]


def test_a_computer_without_python_is_told_what_to_install(computer: Computer) -> None:
    (computer.bin / "python3").unlink()
    said = the_one_sentence(computer.start())
    assert said.startswith("Не нашёлся Python (python3). Ничего не изменено.")
    assert "sudo apt install python3 python3-venv" in said


def test_a_python_that_was_named_and_is_not_there_is_called_by_its_name(computer: Computer) -> None:
    assert "Не нашёлся Python (python3.99)." in the_one_sentence(computer.start(PYTHON="python3.99"))


@pytest.mark.parametrize("version", ["2.7", "3.9", "3.10"])
def test_an_old_python_is_named_with_what_is_needed(computer: Computer, version: str) -> None:
    said = the_one_sentence(computer.start(VERSION=version))
    assert said.startswith(f"Здесь Python {version}, а нужен 3.11 или новее. Ничего не изменено.")
    assert not (computer.folder / ".venv").exists()


@pytest.mark.parametrize("version", ["3.11", "3.13", "3.20"])
def test_a_new_python_starts_the_program(computer: Computer, version: str) -> None:
    assert computer.start("demo", VERSION=version).stdout == "<demo>\n"


def test_a_system_without_venv_is_told_its_package(computer: Computer) -> None:
    said = the_one_sentence(computer.start(HAS_VENV="no"))
    assert said == "Не хватает модуля venv. Установите его: sudo apt install python3-venv — и запустите ./run ещё раз."
    assert not (computer.folder / ".venv").exists()


def test_a_folder_closed_for_writing_is_named(computer: Computer, whom_modes_concern: tuple[str, ...]) -> None:
    computer.folder.chmod(0o555)
    said = the_one_sentence(computer.start(prefix=whom_modes_concern))
    assert said.startswith(f"Папка программы закрыта для записи: {computer.folder}. Ничего не изменено.")


def test_a_full_disk_keeps_the_reason_in_the_log(computer: Computer) -> None:
    said = the_one_sentence(computer.start(VENV_SAYS="No space left on device"))
    assert said.startswith("Не получилось создать окружение. Данные школы не тронуты.")
    assert "No space left on device" in Path(said.rpartition("в файле ")[2]).read_text(encoding="utf-8")


def test_without_a_network_the_person_is_told_of_the_folder_of_wheels(computer: Computer) -> None:
    said = the_one_sentence(computer.start(PIP_SAYS="ERROR: No matching distribution found\nTraceback (most recent call last):"))
    assert said.startswith("Не получилось поставить библиотеки. Данные школы не тронуты.")
    assert "папку wheels" in said
    assert "No matching distribution" in Path(said.rpartition("в файле ")[2]).read_text(encoding="utf-8")


def test_after_a_failed_start_the_next_one_begins_anew(computer: Computer) -> None:
    computer.start(PIP_SAYS="the network went away")
    assert computer.start("demo").stdout == "<demo>\n"
    assert len(computer.asked("-m venv")) == 2


def test_a_half_made_environment_is_made_anew(computer: Computer) -> None:
    computer.start()
    (computer.folder / ".venv" / ".ok").write_text("", encoding="utf-8")
    assert computer.start("demo").stdout == "<demo>\n"
    assert len(computer.asked("-m pip")) == 2


def test_the_program_gets_its_words_untouched(computer: Computer) -> None:
    answer = computer.start("restore", "копия от 1 мая.zip", "", "*", "--year=2026")
    assert answer.stdout == "<restore>\n<копия от 1 мая.zip>\n<>\n<*>\n<--year=2026>\n"


def test_the_program_ends_as_it_wishes(computer: Computer) -> None:
    assert computer.start("doctor", PROGRAM_ENDS_WITH="3").returncode == 3


def test_packages_are_taken_by_checksum_and_never_built(computer: Computer) -> None:
    computer.start()
    (pip,) = computer.asked("-m pip")
    assert "--require-hashes" in pip and "--only-binary :all:" in pip and pip.endswith("-r requirements.lock")


def test_packages_carried_along_need_no_network(computer: Computer) -> None:
    (computer.folder / "wheels").mkdir()
    computer.start()
    (pip,) = computer.asked("-m pip")
    assert "--no-index --find-links wheels" in pip


def test_the_second_start_only_starts(computer: Computer) -> None:
    computer.start()
    computer.log.unlink()
    answer = computer.start("demo")
    assert (answer.stdout, answer.stderr) == ("<demo>\n", "")
    assert computer.asked("") == ["-m mentorapp demo"]


def test_a_new_release_refreshes_the_environment(computer: Computer) -> None:
    computer.start()
    computer.change_lock()
    assert computer.start("demo").stdout == "<demo>\n"
    assert len(computer.asked("-m pip")) == 2
    assert not (computer.folder / ".venv.old").exists()


def test_when_a_new_release_cannot_be_installed_the_former_one_still_starts(computer: Computer) -> None:
    computer.start()
    computer.change_lock()
    the_one_sentence(computer.start(PIP_SAYS="no network"))
    shutil.copy(ROOT / "requirements.lock", computer.folder)
    assert computer.start("demo", PIP_SAYS="no network").stdout == "<demo>\n"


def test_an_upgraded_system_refreshes_the_environment(computer: Computer) -> None:
    computer.start()
    computer.put_python("python3.13")
    assert computer.start("demo").stdout == "<demo>\n"
    assert len(computer.asked("-m venv")) == 2


def test_an_environment_whose_python_is_gone_is_made_anew(computer: Computer) -> None:
    computer.start(PYTHON="python3.11")
    (computer.bin / "python3.11").unlink()
    computer.put_python("python3.13")
    assert computer.start("demo").stdout == "<demo>\n"
    assert len(computer.asked("-m venv")) == 2


def test_the_tools_of_the_checks_come_with_the_first_check_only(computer: Computer) -> None:
    for words in (["bench"], ["test", "-k", "plan"], ["test"]):
        computer.start(*words)
    asked = [line.split(" ", 2)[1:] for line in computer.asked("-m")]
    assert [(module, words.split()[-1]) for module, words in asked] == [
        ("venv", ".venv"),
        ("pip", "requirements.lock"),
        ("mentorapp", "bench"),
        ("pip", "requirements-dev.lock"),
        ("mentorapp", "plan"),
        ("mentorapp", "test"),
    ]


def test_the_door_opens_through_a_link_from_another_folder(computer: Computer) -> None:
    link = computer.bin / "mentor"
    link.symlink_to(computer.folder / "run")
    assert computer.start("demo", door=link).stdout == "<demo>\n"
    assert (computer.folder / ".venv" / ".ok").exists()
