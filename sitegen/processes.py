"""Work shared out to several processes of this machine: to copies of this one where it may be copied, else to new ones.

A copy has what this process has, and nothing need be sent to it; only what it finds comes back, through a pipe.
"""

from __future__ import annotations

import os
import pickle
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from typing import IO, TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Part = TypeVar("Part")
Found = TypeVar("Found")


def shared_out(work: Callable[[Part], Found], parts: Sequence[Part], jobs: int) -> list[Found]:
    """Give what `work` makes of each part, in their order; so many processes take turns, this one among them.

    `work` may fail, but must change nothing. It, the parts and what is found must be such as can be pickled.
    """
    jobs = min(jobs, len(parts))
    if jobs > 1 and not _may_be_copied():
        with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
            return list(pool.map(work, parts))
    with ExitStack() as copies:
        others = [copies.enter_context(_copy_at_work(work, parts[first::jobs])) for first in range(1, jobs)]
        shares = [list(map(work, parts[:: max(jobs, 1)])), *(finish() for finish in others)]
    return [shares[turn % jobs][turn // jobs] for turn in range(len(parts))]


def _may_be_copied() -> bool:
    """Say whether a copy can do what this process does: no other thread may hold a lock that nobody would give back."""
    return sys.platform == "linux" and threading.active_count() == 1


@contextmanager
def _copy_at_work(work: Callable[[Part], Found], parts: Sequence[Part]) -> Iterator[Callable[[], list[Found]]]:
    """Let a copy of this process work; gives what waits for it, and does the work here where the copy failed."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            with open(writing, "wb") as pipe:  # noqa: PTH123  a descriptor
                pickle.dump(list(map(work, parts)), pipe, pickle.HIGHEST_PROTOCOL)
        finally:
            os._exit(0)
    os.close(writing)
    try:
        with open(reading, "rb") as answer:  # noqa: PTH123  a descriptor
            yield lambda: _read(answer) or list(map(work, parts))
    finally:
        os.waitpid(child, 0)


def _read(answer: IO[bytes]) -> list[Any]:
    """Give what a copy has found, which never is an empty list; that stands for a copy that failed."""
    try:
        found: list[Any] = pickle.load(answer)  # noqa: S301  written by this very code
    except (EOFError, pickle.UnpicklingError):
        return []
    return found
