"""The two servers as processes of their own, on free ports of this computer."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.client import Client
from benchmarks.seed import Seeded

ROOT = Path(__file__).parents[1]
PRODUCT, YARDSTICK = "benchmarks.product", "benchmarks.yardstick"
PATIENCE_SECONDS = 60


class Server:
    """A running server and one client of it. `pid` is where its CPU time and memory are read."""

    def __init__(self, module: str, folder: Path, seeded: Seeded) -> None:
        port = free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, str(folder), str(port)], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.pid = self.process.pid
        asked = (seeded.submission_id, seeded.questions) if module == PRODUCT else ()
        self.client = Client(port, seeded.plan_id, seeded.items, seeded.cookie, *asked)

    def wait(self) -> None:
        """Return with the first plan page that comes. Raises RuntimeError when none does."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            try:
                self.client.page()
                return
            except ConnectionRefusedError:
                self.client.close()
                time.sleep(0.001)
        raise RuntimeError("the server did not start")

    def stop(self) -> None:
        self.client.close()
        self.process.terminate()
        self.process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(module: str, folder: Path, seeded: Seeded) -> Iterator[Server]:
    """A server that answers, ended at the end."""
    server = Server(module, folder, seeded)
    try:
        server.wait()
        yield server
    finally:
        server.stop()
