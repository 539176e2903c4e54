"""Work shared out to several processes of this machine: to forks of this one where it can fork, else to new ones."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from sitegen.beside import Beside, can_fork

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Part = TypeVar("Part")
Found = TypeVar("Found")


def shared_out(work: Callable[[Part], Found], parts: Sequence[Part], jobs: int) -> list[Found]:
    """Give what `work` makes of each part, in their order; so many processes take turns, this one among them.

    Work must change nothing. It, the parts and what is found must be fit for pickling: forks send what they found, and
    where there are none, the others travel too.
    """
    jobs = max(1, min(jobs, len(parts)))
    if jobs > 1 and not can_fork():
        return _found_by_new(work, parts, jobs)
    with ExitStack() as forks:
        others = [forks.enter_context(Beside(partial(_each, work, parts[at::jobs]))) for at in range(1, jobs)]
        shares = [_each(work, parts[::jobs]), *(other.result() for other in others)]
    return [shares[turn % jobs][turn // jobs] for turn in range(len(parts))]


def _each(work: Callable[[Part], Found], parts: Sequence[Part]) -> list[Found]:
    return [work(part) for part in parts]


def _found_by_new(work: Callable[[Part], Found], parts: Sequence[Part], jobs: int) -> list[Found]:
    """Give what `shared_out` gives, found by processes that begin with nothing."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        return list(pool.map(work, parts))
