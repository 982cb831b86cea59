"""What the kernel says of a process: CPU time and memory."""

import time
from os import sysconf
from pathlib import Path


def cpu_seconds(pid: int) -> float:
    """CPU time of all threads so far: to the nanosecond where the kernel keeps it, else to the clock tick."""
    try:
        found = [task.read_text().split()[0] for task in Path(f"/proc/{pid}/task").glob("*/schedstat")]
    except FileNotFoundError:
        found = []
    if any(int(one) for one in found):
        return sum(map(int, found)) / 1e9
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / sysconf("SC_CLK_TCK")


def settled_cpu_seconds(pid: int, quiet: float = 0.02) -> float:
    """The same once the process has nothing left to do."""
    before = -1.0
    while (now := cpu_seconds(pid)) != before:
        before = now
        time.sleep(quiet)
    return now


def pss_mb(pid: int) -> float:
    """Memory in millions of bytes, with what is shared counted by its share."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise LookupError(pid)
