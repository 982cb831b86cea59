"""The school's server as a process of its own, with what it writes to its window."""

import http.client
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

from mentorapp.settings import ROOT


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Served:
    """`./run --data folder`, and a browser that speaks HTTP to it."""

    def __init__(self, data: Path) -> None:
        self.port, self.data, self.window = free_port(), data, data / "window.txt"
        command = [sys.executable, "-m", "mentorapp", "serve", "--port", str(self.port), "--data", str(data)]
        with self.window.open("w") as window:
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=window, stderr=subprocess.STDOUT)
        self._wait()

    def _wait(self) -> None:
        while "Остановить сервер" not in self.window.read_text(encoding="utf-8"):
            try:
                self.process.wait(timeout=0.05)
            except subprocess.TimeoutExpired:
                continue
            raise AssertionError(self.window.read_text(encoding="utf-8"))

    def send(self, method: str, path: str, data: dict[str, str] | None = None, **headers: str) -> http.client.HTTPResponse:
        """One request; the answer is already read into `.text`."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        given = {"Origin": f"http://127.0.0.1:{self.port}", "Content-Type": "application/x-www-form-urlencoded"} | headers
        connection.request(method, path, urlencode(data) if data is not None else None, given)
        answer = connection.getresponse()
        answer.text = answer.read().decode("utf-8", "replace")  # type: ignore[attr-defined]
        connection.close()
        return answer

    def say(self, words: bytes) -> bytes:
        """Bytes that no browser would send; the beginning of what comes back."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as line:
            line.sendall(words)
            return line.recv(500)

    def memory(self, name: str = "VmHWM") -> int:
        """Megabytes: the most it ever held, or (VmRSS) holds now."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        found = re.search(rf"{name}:\s+(\d+)", status)
        assert found
        return int(found[1]) // 1024

    def stop(self) -> str:
        """Ctrl+C; returns all that it wrote."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=20)
        return self.window.read_text(encoding="utf-8")
