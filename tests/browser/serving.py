"""The servers that the browser talks to: one inside the test's own process, and one of its own that a test may kill."""

import socket
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from threading import Condition, Thread
from typing import Any

import waitress
from flask import Flask


class Live:
    """Waitress as the school runs it, over the application of the tests. `answered` holds «POST /plans/1/items/2/what» and so on.

    The last words of a page that a test closed may come late. Between tests the server is therefore shut, so that nothing
    touches the database while the next one is put in place; after that they come from a login that is not there any more,
    and requests without a login are not noted.
    """

    def __init__(self, app: Flask) -> None:
        self.app, self.answered, self._is_open, self._under_way, self._changed = app, list[str](), False, 0, Condition()
        server = waitress.create_server(self._watched, host="127.0.0.1", port=0, threads=4)
        self.url = f"http://127.0.0.1:{server.effective_port}"
        Thread(target=server.run, daemon=True).start()

    def _watched(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        with self._changed:
            if not self._is_open:
                start_response("503 Shut", [])
                return []
            self._under_way += 1
        told: list[str] = []

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            told.append(status)
            return start_response(status, headers, *rest)

        try:
            return self.app.wsgi_app(environ, start)
        finally:
            with self._changed:
                self._under_way -= 1
                if told and not told[0].startswith("401"):
                    self.answered.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
                self._changed.notify_all()

    def open(self) -> None:
        self.answered.clear()
        self._is_open = True

    def shut(self) -> None:
        """Returns when nothing is under way any more."""
        with self._changed:
            self._is_open = False
            assert self._changed.wait_for(lambda: not self._under_way, timeout=20)

    def wait_for(self, request: str) -> None:
        """Until this request was answered, also one of a page that is closed by now."""
        with self._changed:
            assert self._changed.wait_for(lambda: request in self.answered, timeout=20), self.answered


class OwnServer:
    """The school's server as a process of its own: `kill` is what a power cut does to it."""

    def __init__(self, data: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.url, self._data = f"http://127.0.0.1:{self.port}", data
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Returns when it listens."""
        command = [sys.executable, "-m", "mentorapp", "serve", "--port", str(self.port), "--data", str(self._data)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout
        assert "Откройте в браузере" in self._process.stdout.readline()

    def start_and_read_code(self) -> str:
        """For an empty folder: the set-up code that the server prints."""
        self.start()
        assert self._process and self._process.stdout
        return next(line.rsplit(" ", 1)[1].strip() for line in self._process.stdout if line.startswith("Код"))

    @property
    def is_alive(self) -> bool:
        return self._process is not None

    def kill(self) -> None:
        """kill -9, in the middle of whatever it does."""
        if self._process and self._process.stdout:
            self._process.kill()
            self._process.wait()
            self._process.stdout.close()
            self._process = None
