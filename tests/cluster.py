"""A Dask cluster on the loopback: the scheduler and each worker are processes of their own, which may be killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Self

from distributed import Client

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOOPBACK = ("--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0")
WORKER = "from distributed.cli.dask_worker import main; main()"


class Cluster:
    """A scheduler without workers, at `place` (HOST:PORT)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._workers: dict[int, subprocess.Popen[bytes]] = {}
        known = folder / "scheduler.json"
        start = "from distributed.cli.dask_scheduler import main; main()"
        self._scheduler = self._start(start, *LOOPBACK, "--port", "0", "--scheduler-file", str(known))
        while not known.exists() and self._scheduler.poll() is None:
            time.sleep(0.05)
        self.place = json.loads(known.read_text("utf-8"))["address"].removeprefix("tcp://")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for one in (*self._workers.values(), self._scheduler):
            one.kill()
            one.wait()

    def add_worker(self, program: str = WORKER) -> None:
        """Start one more worker of one thread."""
        options = (*LOOPBACK, "--nthreads", "1", "--no-nanny", "--local-directory", str(self._folder))
        one = self._start(program, f"tcp://{self.place}", *options)
        self._workers[one.pid] = one

    def wait(self, workers: int) -> None:
        """Wait until so many workers are there."""
        with self.client() as client:
            client.wait_for_workers(workers, timeout=60)

    def kill_one_at_work(self) -> int:
        """Kill the oldest worker that has batches to render; gives how many it had, 0 where none has any."""
        with self.client() as client:
            pids = client.run(os.getpid)
            tasks = {pids[worker]: len(keys) for worker, keys in client.processing().items() if worker in pids}
        busy = next((pid for pid in self._workers if tasks.get(pid)), 0)
        if busy:
            one = self._workers.pop(busy)
            one.kill()
            one.wait()
        return tasks.get(busy, 0)

    def kill_oldest(self) -> int:
        """Kill the worker that was there first; gives its process id."""
        oldest = next(iter(self._workers))
        one = self._workers.pop(oldest)
        one.kill()
        one.wait()
        return oldest

    def kill_scheduler(self) -> None:
        """Take the scheduler away."""
        self._scheduler.kill()
        self._scheduler.wait()

    @contextmanager
    def client(self) -> Iterator[Client]:
        """Give a client that asks the scheduler."""
        with Client(f"tcp://{self.place}", set_as_default=False) as client:
            yield client

    def _start(self, program: str, *options: str) -> subprocess.Popen[bytes]:
        words = [sys.executable, "-c", program, *options]
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[Cluster]:
    """Give a cluster of so many workers, and end it."""
    with ExitStack() as stack:
        made = stack.enter_context(Cluster(folder))
        for _ in range(workers):
            made.add_worker()
        if workers:
            made.wait(workers)
        yield made
