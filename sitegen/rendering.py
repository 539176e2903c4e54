"""Planned pages -> files: in this process, or in several that write into the next site by themselves."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING

from sitegen.pages import ArchivePage, FeedPage, ListPage, SearchPage
from sitegen.publishing import File
from sitegen.render.render import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Executor, Future

    from sitegen.pages import Page
    from sitegen.publishing import StageWriter, Written
    from sitegen.render.shell import Shell

    # Called with what is being done, how many are done, of how many; 0 where there is nothing to count.
    Progress = Callable[[str, int, int], None]
    # A page and the digest of all that it is made of.
    Sourced = tuple[Page, str]

# Below this many pages, starting processes costs more than it gives.
POOL_FROM = 1000


@dataclass(frozen=True, slots=True)
class Rendering:
    """How pages are rendered: into which shells, for which address, in how many processes, and who is told."""

    shells: Mapping[str, Shell]
    site_url: str
    jobs: int
    progress: Progress

    def wants_processes(self, pages: int) -> bool:
        """Say whether so many pages are rendered faster by several processes."""
        return self.jobs > 1 and pages >= POOL_FROM


def rendered(pages: Sequence[Sourced], how: Rendering) -> Iterator[File]:
    """Render pages in their order, in this process."""
    for number, (page, source) in enumerate(pages, 1):
        for output in render(page, how.shells, how.site_url):
            yield File(output.path, output.body, source)
        how.progress("rendering pages", number, len(pages))


def rendered_by_processes(pages: Sequence[Sourced], how: Rendering, writer: StageWriter) -> Iterator[Written]:
    """Render pages in several processes, which write what they render; files come in no order.

    The longest work goes first, so that no process is left alone with it, and only a few batches are under way.
    """
    batches = iter(list(_batches(pages)))
    done = 0
    with ProcessPoolExecutor(
        how.jobs, mp_context=get_context("spawn"), initializer=_start, initargs=(how.shells, how.site_url, writer)
    ) as pool:
        under_way = {_submit(pool, batch) for batch in islice(batches, 3 * how.jobs)}
        while under_way:
            finished, under_way = wait(under_way, return_when=FIRST_COMPLETED)
            for future in finished:
                number, files = future.result()
                done += number
                yield from files
                how.progress("rendering pages", done, len(pages))
            under_way |= {_submit(pool, batch) for batch in islice(batches, len(finished))}


def _submit(pool: Executor, batch: list[Sourced]) -> Future[tuple[int, list[Written]]]:
    return pool.submit(_render_and_write, batch)


def _batches(pages: Iterable[Sourced]) -> Iterator[list[Sourced]]:
    """Cut pages into batches of about equal work, the kinds that take longest first."""
    left = list(pages)
    for kind, size in ((SearchPage, 1), (FeedPage, 2), (ArchivePage, 4), (ListPage, 8), (object, 64)):
        chosen = iter([sourced for sourced in left if isinstance(sourced[0], kind)])
        left = [sourced for sourced in left if not isinstance(sourced[0], kind)]
        while batch := list(islice(chosen, size)):
            yield batch


@dataclass(slots=True)
class _Worker:
    """What a process needs for every batch; it is sent once."""

    shells: Mapping[str, Shell]
    site_url: str
    writer: StageWriter


_worker: list[_Worker] = []


def _start(shells: Mapping[str, Shell], site_url: str, writer: StageWriter) -> None:
    _worker[:] = [_Worker(shells, site_url, writer)]


def _render_and_write(batch: list[Sourced]) -> tuple[int, list[Written]]:
    """Render a batch in a process that `_start` prepared; gives the number of pages and their files."""
    (worker,) = _worker
    files = [
        worker.writer.write(File(output.path, output.body, source))
        for page, source in batch
        for output in render(page, worker.shells, worker.site_url)
    ]
    return len(batch), files
