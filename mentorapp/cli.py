"""The commands behind ./run."""

import argparse
import errno
import fcntl
import logging
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO, Any, NoReturn

from mentorapp import backup, clock, settings, upgrade
from mentorapp.forms import commands
from mentorapp.settings import ROOT

PORT, LAST_PORT = 8000, 65535
DEMO_FOLDER = ROOT / "instance-demo"


class CannotStart(Exception):
    """Why a command cannot be carried out, as one Russian sentence."""


def main(arguments: list[str] | None = None) -> int:
    """Carry out one command; a refusal is one Russian sentence on stderr and the exit code 1."""
    try:
        given = _parser().parse_args(arguments)
        return int(given.command(given))
    except (CannotStart, settings.BadSettings, backup.BadBackup, upgrade.NotUpgraded, commands.NotDone) as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


class _Parser(argparse.ArgumentParser):
    """Refuses in Russian: what argparse itself says is English, and takes several lines."""

    def error(self, message: str) -> NoReturn:
        raise CannotStart("Команда не понята: в ней есть лишнее или чего-то не хватает. Ничего не сделано; все команды — ./run --help.")


def _port(typed: str) -> int:
    """A port that there is. Raises CannotStart."""
    if typed.isdecimal() and len(typed) < 6 and 1 <= int(typed) <= LAST_PORT:
        return int(typed)
    raise CannotStart(f"Порт — это число от 1 до {LAST_PORT}, а не «{typed}». Ничего не запущено; обычный порт — {PORT}.")


def _parser() -> _Parser:
    parser = _Parser(prog="./run", description="Наставничество: сервер школьной программы.", add_help=False)
    parser.add_argument("-h", "--help", action="help", help="показать эту справку")
    helped = _Parser(add_help=False)
    helped.add_argument("-h", "--help", action="help", help="показать эту справку")
    common = _Parser(add_help=False, parents=[helped])
    common.add_argument("--data", type=Path, help="папка с базой (обычно instance/)")
    network = _Parser(add_help=False)
    network.add_argument("--port", type=_port, default=PORT, help=f"порт (обычно {PORT})")
    network.add_argument("--lan", action="store_true", help="открыть учебную школу и для других компьютеров сети")
    commands = parser.add_subparsers(title="команды", metavar="")

    def add(name: str, run: Callable[[argparse.Namespace], int], text: str, *parents: _Parser, prefix_chars: str = "-") -> _Parser:
        command = commands.add_parser(name, help=text, description=text, parents=parents, add_help=False, prefix_chars=prefix_chars)
        command.set_defaults(command=run)
        return command

    add("serve", serve, "запустить сервер школы (то же, что ./run без команды)", common, network)
    demo = add("demo", serve_demo, "запустить учебную школу с выдуманными людьми", common, network)
    demo.add_argument("--fresh", action="store_true", help="создать учебную школу заново")
    add("backup", make_backup, "сделать копию базы", common)
    back = add("restore", restore, "вернуть базу из копии", common)
    back.add_argument("file", type=Path, help="файл копии из папки backups")
    forms = add("forms", new_form, "заготовка новой формы наставничества (new) и проверка готовой (check)", helped)
    acts = forms.add_subparsers(title="команды", metavar="", required=True)
    for name, run, value, text, what in (
        ("new", new_form, "id", "создать в plugins/ заготовку формы с пояснениями", "обозначение формы: латинские буквы, цифры, дефис"),
        ("check", check_form, "path", "проверить форму", "папка формы, архив .zip или файл .toml"),
    ):
        act = acts.add_parser(name, help=text, description=text, parents=[helped], add_help=False)
        act.add_argument(value, help=what)
        act.set_defaults(command=run)
    for name, run, text in (("test", run_tests, "все проверки"), ("bench", run_bench, "замер скорости против рукописного образца")):
        # No sign begins an option of ours here: all that follows is of pytest or of the yardstick, from the first word on.
        add(name, run, text, prefix_chars="\0").add_argument("rest", nargs=argparse.REMAINDER, help="что передать дальше")
    for action in (*common._actions, *network._actions):
        if action.dest != "help":
            parser._add_action(action)
    parser.set_defaults(command=serve)
    return parser


def serve(given: argparse.Namespace) -> int:
    """Serve the school on the network of the school."""
    data = _folder(given.data or ROOT / "instance")
    with _alone(data):
        app = _create({"DATA": data})
        _backup_if_due(app, data)
        _serve(app, "0.0.0.0", given.port, _hello(app, given.port))  # noqa: S104  # a school's server is there for its network
    return 0


def serve_demo(given: argparse.Namespace) -> int:
    """Serve an invented school, for this computer only unless --lan is given."""
    data = _folder(given.data or DEMO_FOLDER)
    with _alone(data):
        import demo.school as school

        if given.fresh:
            _clear(data, school.is_demo)
        app = _create({"DATA": data})
        with app.app_context():
            logins = school.ensure(clock.today(), clock.now())
        _serve(app, "0.0.0.0" if given.lan else "127.0.0.1", given.port, logins + _addresses(given.port, lan=given.lan))  # noqa: S104
    return 0


def _clear(data: Path, is_demo: Callable[[list[str]], bool]) -> None:
    """Remove the invented school and no other: a folder given by mistake loses nothing. Raises CannotStart."""
    file = data / backup.DATABASE
    logins = _logins(file) if file.exists() else []
    if logins is None or (logins and not is_demo(logins)):
        raise CannotStart(
            f"В файле {file} не учебная школа. Он не удалён, всё в нём цело; для учебной школы укажите другую папку: --data ПАПКА."
        )
    for end in ("", "-wal", "-shm"):
        (data / f"{backup.DATABASE}{end}").unlink(missing_ok=True)


def _logins(file: Path) -> list[str] | None:
    """Everybody who has an account there; None for what is no database of ours."""
    try:
        with closing(sqlite3.connect(file)) as database:
            return [login for (login,) in database.execute("SELECT login FROM account")]
    except sqlite3.Error:
        return None


def _create(config: dict[str, Any]) -> Any:
    from mentorapp import create_app
    from mentorapp.database import SCHEMA, SchemaIsNewer, SchemaIsOlder

    settings.load(config["DATA"])  # What is wrong there is told of before anything is changed.
    upgrade.bring_up(config["DATA"], SCHEMA, clock.system_now(), partial(print, flush=True))
    try:
        return create_app(config)
    except SchemaIsNewer as problem:
        raise CannotStart("Эту базу вела более новая версия программы. База цела; обновите программу и запустите снова.") from problem
    except SchemaIsOlder as problem:
        raise CannotStart("Эту базу вела более старая версия программы, и обновить её эта версия не умеет. База цела.") from problem
    except Exception as problem:
        # What the database itself says, without the statement and its values.
        reason = getattr(problem, "orig", problem)
        if isinstance(reason, sqlite3.Error):
            raise CannotStart(
                f"База в папке {config['DATA']} не открывается: {reason}. "
                "Проверьте права на её файлы; если они испорчены, верните базу из копии: ./run restore ФАЙЛ."
            ) from problem
        raise


def _folder(path: Path) -> Path:
    """The data folder, made and tried. Raises CannotStart."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        for name in (".probe", ".lock"):
            (path / name).open("a").close()
        (path / ".probe").unlink()
    except OSError as problem:
        raise CannotStart(
            f"В папку {path} нельзя записывать. Данные целы; проверьте права на папку или укажите другую: --data ПАПКА."
        ) from problem
    return path.resolve()


class _alone:
    """One server for one database: a second one could not know what the first has in hand."""

    def __init__(self, data: Path) -> None:
        self.file: IO[str] = open(data / ".lock", "w")  # noqa: SIM115  # held as long as the server runs

    def __enter__(self) -> None:
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as problem:
            self.file.close()
            raise CannotStart("С этой папкой уже работает другой сервер. Остановите его (Ctrl+C в его окне) и повторите.") from problem

    def __exit__(self, *_problem: object) -> None:
        self.file.close()


def _hello(app: Any, port: int) -> list[str]:
    from mentorapp.models.accounts import is_set_up

    with app.app_context():
        ready = is_set_up()
    return _addresses(port, lan=True) + ([] if ready else [f"Код для первого запуска: {app.config['SETUP_CODE']}"])


def _addresses(port: int, *, lan: bool) -> list[str]:
    lines = [f"Откройте в браузере: http://localhost:{port}"]
    if lan and (address := _own_address()):
        lines.append(f"С других компьютеров школы: http://{address}:{port}")
    return [*lines, "Остановить сервер: Ctrl+C"]


def _own_address() -> str:
    """This computer's address in its network; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 1))
            return str(probe.getsockname()[0])
        except OSError:
            return ""


def _serve(app: Any, host: str, port: int, hello: list[str]) -> None:
    """Waitress: one process, four threads, which is what one SQLite writer and four cores can use."""
    import waitress

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    try:
        # What is too large for a form is refused by the application, in words; what is absurd is not even taken in.
        most = 10 * app.config["MAX_CONTENT_LENGTH"]
        server = waitress.create_server(app, host=host, port=port, threads=4, ident="mentor", max_request_body_size=most)
    except OSError as problem:
        raise CannotStart(_why_not(port, problem)) from problem
    for line in hello:
        print(line, flush=True)
    server.run()


def _why_not(port: int, problem: OSError) -> str:
    """Why this port cannot be had, and another one."""
    if problem.errno == errno.EADDRINUSE:
        return f"Порт {port} занят другой программой. Данные целы; запустите с другим: --port {port + 1 if port < LAST_PORT else PORT}"
    if problem.errno == errno.EACCES:
        return f"Порт {port} система даёт только администратору. Данные целы; запустите с портом от 1024, например --port {PORT}"
    return f"Порт {port} занять не удалось: {problem.strerror}. Данные целы; запустите с другим, например --port {PORT}"


def _backup_if_due(app: Any, data: Path) -> None:
    now = clock.system_now()
    if not backup.is_due(data, now):
        return
    try:
        backup.make(data, now, app.config["BACKUPS_KEPT"])
    except (OSError, sqlite3.Error, backup.BadBackup) as problem:
        # The school works on; whoever starts the server reads that today's copy is missing.
        print(f"Копию базы сделать не удалось: {problem}. Сервер работает; освободите место и выполните ./run backup.", file=sys.stderr)


def make_backup(given: argparse.Namespace) -> int:
    """Copy the database, also while the server runs."""
    data = _folder(given.data or ROOT / "instance")
    if not (data / backup.DATABASE).exists():
        raise CannotStart(f"В папке {data} ещё нет базы: копировать нечего.")
    try:
        made = backup.make(data, clock.system_now(), settings.load(data)["BACKUPS_KEPT"])
    except (OSError, sqlite3.Error) as problem:
        raise CannotStart(f"Копия не сделана: {problem}. База цела; освободите место и повторите.") from problem
    print(f"Копия готова и проверена: {made} ({made.stat().st_size // 1024} КБ). Перепишите её на флешку.")
    return 0


def restore(given: argparse.Namespace) -> int:
    """Put a copy in place of the database, while no server runs."""
    data = _folder(given.data or ROOT / "instance")
    if not given.file.is_file():
        raise CannotStart(f"Файла {given.file} нет. Копии лежат в папке {data / 'backups'}.")
    with _alone(data):
        aside = backup.restore(given.file, data, datetime.now().astimezone())
    print(f"База возвращена из копии {given.file}." + (f" Прежняя лежит в {aside}." if aside else "") + " Запустите ./run.")
    return 0


def new_form(given: argparse.Namespace) -> int:
    """Write a folder of a form to begin with."""
    folder = commands.new(ROOT / "plugins", given.id)
    print(f"Заготовка формы готова: {folder}. Перепишите её под себя и проверьте: ./run forms check {folder}")
    return 0


def check_form(given: argparse.Namespace) -> int:
    """Say all that is wrong with a form, or what it has."""
    lines, right = commands.check(Path(given.path))
    print("\n".join(lines))
    return 0 if right else 1


def run_tests(given: argparse.Namespace) -> int:
    """Everything that can be checked; `--all` takes all generated forms. The last line says whether a browser took part."""
    rest = [word for word in given.rest if word != "--all"]
    tools = ROOT / ".venv" / "bin"
    for command in (["ruff", "check", "."], ["mypy"], ["djlint", "templates", "--lint", "--quiet"]):
        program = tools / command[0]
        found = str(program) if program.exists() else shutil.which(command[0])
        if not rest and (not found or subprocess.run([found, *command[1:]], cwd=ROOT).returncode):
            print(f"{command[0]}: есть замечания")
            return 1
    import pytest

    class Counter:
        """How many tests drove a browser."""

        browser = 0

        def pytest_runtest_logreport(self, report: Any) -> None:
            self.browser += report.when == "call" and "browser" in report.keywords and not report.skipped

    counter = Counter()
    code = int(pytest.main((rest or ["-q", "-n", "auto", "--dist", "loadscope"]) + ["--all"] * (rest != given.rest), plugins=[counter]))
    print(f"browser: {counter.browser} run" if counter.browser else "browser: NOT RUN")
    return code


def run_bench(given: argparse.Namespace) -> int:
    """The yardstick and the product in turn."""
    return subprocess.run([sys.executable, "-m", "benchmarks", *given.rest], cwd=ROOT).returncode
