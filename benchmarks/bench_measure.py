"""One run of a command, measured from outside: seconds, processor seconds, memory."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from contextlib import nullcontext
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from bench_stages import Terminal, stage_seconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MEMORY = """\
Memory is said twice. "Largest" is the kernel's own peak for the largest process of the run (ru_maxrss of wait4).
"Together" is the greatest sum over the command and all its children, looked at ten times a second (Pss on Linux,
which counts a page that n processes share as 1/n each; elsewhere it is left out)."""
_KIBIBYTE = 1024
# macOS gives bytes where Linux gives kibibytes.
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else _KIBIBYTE


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took: seconds by the wall clock, seconds of processors, bytes of memory, seconds of its stages."""

    seconds: float
    cpu: float
    largest: int
    together: int
    stages: dict[str, float] = field(default_factory=dict)


def measured(command: Sequence[str], folder: Path, *, stages: bool = False) -> Run:
    """Run a command in a folder and measure it with all the processes that it waits for.

    With `stages` it is let believe that a person watches, and what it then says of its stages is measured too.

    Raises:
        SystemExit: the command failed; its words are shown.
    """
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    terminal = Terminal()
    start = time.perf_counter()
    child = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=terminal.end if stages else subprocess.STDOUT,
        text=True,
    )
    os.close(terminal.end)
    terminal.start()
    watch = _Watch(child.pid)
    watch.start()
    with child.stdout or nullcontext(StringIO()) as stdout:
        words = stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    watch.stop()
    terminal.join()
    if child.returncode:
        words += "".join(piece for _, piece in terminal.said)
        raise SystemExit(f"{' '.join(command)}: exit code {child.returncode}\n{words[-2000:]}")
    found = stage_seconds(terminal.said, seconds) if stages else {}
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _MAXRSS_UNIT, watch.peak, found)


class _Watch(threading.Thread):
    """Looks at the memory of a process and all below it, ten times a second."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._pid = pid
        self._over = threading.Event()

    def run(self) -> None:
        """Look until told that it is over."""
        while not self._over.wait(0.1):
            self.peak = max(self.peak, sum(map(_memory, _tree(self._pid))))

    def stop(self) -> None:
        """End, and wait for the last look."""
        self._over.set()
        self.join()


def _tree(pid: int) -> Iterable[int]:
    """Give a process and all its descendants, as far as they still live."""
    yield pid
    for child in _children(pid):
        yield from _tree(child)


def _children(pid: int) -> list[int]:
    """Give the processes that a process began; none where it has ended meanwhile."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text("ascii").split()]
    except OSError:
        return []


def _memory(pid: int) -> int:
    """Give a process's proportional share of memory in bytes; 0 where it is gone or the system does not say."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * _KIBIBYTE for line in lines if line.startswith("Pss:"))


def file_system(folder: Path) -> str:
    """Give the type of the file system that a folder lies on, "ext4" or "tmpfs"; "" where Linux does not tell."""
    mounts = Path("/proc/self/mounts")
    lines = mounts.read_text("utf-8").splitlines() if mounts.is_file() else []
    types = {place: type_ for _, place, type_, *_ in map(str.split, lines)}
    above = (str(place) for place in (folder.resolve(), *folder.resolve().parents))
    return next((types[place] for place in above if place in types), "")


def machine() -> str:
    """Say what the figures were measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = ".".join(map(str, sys.version_info[:3]))
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {sys.platform}, Python {python}"
