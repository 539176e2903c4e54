"""Planned pages -> files: in this process, in several that write into the next site, or wherever an executor runs."""

from __future__ import annotations

import atexit
import gc
import os
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from sitegen.formats.cited import Cited
from sitegen.model import Author, Links, Origin, Paper, Publication
from sitegen.pages import ArchivePage, ExportPage, FeedPage, Listing, ListPage, PaperPage, SearchPage, TopicLink
from sitegen.pickling import send_by_values
from sitegen.problems import SitegenError
from sitegen.publishing import File, Written
from sitegen.render.render import ARTICLES, paths, render
from sitegen.renderer import renderer_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Executor, Future, ProcessPoolExecutor

    from sitegen.beside import Beside
    from sitegen.generated_docs import DocsWriter, GeneratedDocs, Standing
    from sitegen.output import Output
    from sitegen.pages import Page
    from sitegen.publishing import Aside, StageWriter
    from sitegen.render.shell import Shell

    # Called with what is being done, how many are done, of how many; 0 where there is nothing to count.
    Progress = Callable[[str, int, int], None]
    # A page and the digest of all that it is made of.
    Sourced = tuple[Page, str]

T = TypeVar("T")

# Below this many pages, starting processes costs more than it gives.
POOL_FROM = 1000
# What batches, and what is told of them, hold most of.
_SENT = (Author, Cited, ExportPage, Links, Listing, Origin, Paper, PaperPage, Publication, TopicLink, Written)
# Seconds without a batch coming back, after which an engine is asked whether anybody is still at work.
QUIET = 10.0


@dataclass(frozen=True, slots=True)
class Shared:
    """What every batch is rendered with; `renderer` is the version of the code that must do it."""

    shells: Mapping[str, Shell]
    site_url: str
    renderer: str


def _as_it_is(shared: Shared) -> Shared:
    return shared


def _nothing() -> None:
    pass


@dataclass(frozen=True, slots=True)
class Engine:
    """An executor that somebody else runs, and how many batches it is given at once.

    `share` gives what its `submit` takes in place of what every batch needs, so that it travels once to each worker;
    `ask` raises SitegenError when nobody is at work any more.
    """

    executor: Executor
    at_once: int
    share: Callable[[Shared], Any] = _as_it_is
    ask: Callable[[], object] = _nothing


class Made(NamedTuple):
    """What comes of pages: the sources of files that stand already, and the others, which are of so many pages."""

    keep: tuple[str, ...]
    files: Iterable[File | Aside]
    pages: int


@dataclass(frozen=True, slots=True)
class Rendering:
    """How pages are rendered: into which shells, for which address, in how many processes, and who is told.

    An engine, where there is one, takes the place of the processes. `docs` is what is made of the pages in docs/,
    `ahead` gives what was made of some pages before, by the digests of all that these are made of.
    """

    shells: Mapping[str, Shell]
    site_url: str
    jobs: int
    progress: Progress
    engine: Engine | None = None
    docs: GeneratedDocs | None = None
    ahead: Beside[dict[str, Made]] | None = None

    def wants_processes(self, pages: int) -> bool:
        """Say whether so many pages are rendered faster by several processes."""
        return self.engine is None and self.jobs > 1 and pages >= POOL_FROM


def rendered(pages: Sequence[Sourced], how: Rendering) -> Iterator[File]:
    """Render pages in their order, in this process."""
    for number, (page, source) in enumerate(pages, 1):
        for output in render(page, how.shells, how.site_url):
            yield File(output.path, output.body, source)
        how.progress("rendering pages", number, len(pages))


def rendered_by(engine: Engine, pages: Sequence[Sourced], how: Rendering) -> Iterator[File]:
    """Render pages wherever an engine's workers are, which give bytes back; files come in no order."""
    shared = engine.share(Shared(how.shells, how.site_url, renderer_version()))

    def submit(batch: list[Sourced]) -> Future[list[tuple[Output, ...]]]:
        return engine.executor.submit(render_batch, shared, [page for page, _ in batch])

    for batch, made in _done(pages, how, submit, engine):
        for (_, source), outputs in zip(batch, made, strict=True):
            for output in outputs:
                yield File(output.path, output.body, source)


def render_batch(shared: Shared, pages: Sequence[Page]) -> list[tuple[Output, ...]]:
    """Give the files of each page. Nothing else is read or kept, so that a batch may be rendered anywhere, and again.

    Raises SitegenError where the code that runs is not the one that must.
    """
    if renderer_version() != shared.renderer:
        raise SitegenError("a worker that came later renders with other code", "install the same sitegen everywhere")
    return [render(page, shared.shells, shared.site_url) for page in pages]


@contextmanager
def rendered_by_processes(
    pages: Sequence[Sourced], how: Rendering, writer: Callable[[Iterable[str]], StageWriter]
) -> Iterator[Iterator[Written]]:
    """Let several processes render pages and write them, into docs/ too, while the context lasts.

    They are at work from the beginning: what is given tells of files that are written, in the order of the pages'
    batches. `writer` gives what writes at some paths, and makes their folders, which only one process may do.
    """
    batches = list(_batches(pages))
    with _pool(how) as pool:
        writers = (writer(path for page, _ in batch for path in paths(page)) for batch in batches)
        made = _taken(pool.map(_render_and_write, writers, batches), batches, how)
        # What they hold in memory is free for all that comes behind.
        yield chain(made, _ended(pool))


@contextmanager
def _pool(how: Rendering) -> Iterator[ProcessPoolExecutor]:
    """Give processes that are ready to render; where anything fails, they do not go on."""
    from concurrent.futures import ProcessPoolExecutor

    send_by_values(*_SENT)
    start = (how.shells, how.site_url, how.docs.writer() if how.docs else None)
    pool = ProcessPoolExecutor(how.jobs, mp_context=get_context("spawn"), initializer=_start, initargs=start)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _ended(pool: ProcessPoolExecutor) -> Iterator[Written]:
    """End the processes, behind all of their files."""
    pool.shutdown()
    yield from ()


def _taken(
    made: Iterator[tuple[list[Written], Standing]], batches: Sequence[list[Sourced]], how: Rendering
) -> Iterator[Written]:
    """Give the files of batches that are done."""
    done, total = 0, sum(map(len, batches))
    for batch, (files, standing) in zip(batches, made, strict=True):
        if how.docs:
            how.docs.take(standing)
        yield from files
        done += len(batch)
        how.progress("rendering pages", done, total)


def _done(
    pages: Sequence[Sourced], how: Rendering, submit: Callable[[list[Sourced]], Future[T]], engine: Engine
) -> Iterator[tuple[list[Sourced], T]]:
    """Give batches of pages with what was made of them; only a few are under way, so that memory stays flat.

    The longest work goes first, so that no worker is left alone with it.
    """
    from concurrent.futures import FIRST_COMPLETED, wait

    batches = iter(list(_batches(pages)))
    under_way = {submit(batch): batch for batch in islice(batches, engine.at_once)}
    done = 0
    while under_way:
        finished, _ = wait(under_way, QUIET, FIRST_COMPLETED)
        if not finished:
            engine.ask()
        while finished:
            future = finished.pop()
            batch = under_way.pop(future)
            made = future.result()
            under_way |= {submit(following): following for following in islice(batches, 1)}
            yield batch, made
            done += len(batch)
            how.progress("rendering pages", done, len(pages))


def _batches(pages: Iterable[Sourced]) -> Iterator[list[Sourced]]:
    """Cut pages into batches of about equal work, the kinds that take longest first.

    A paper's page and its files stand together: what they share travels once.
    """
    left = sorted(pages, key=lambda sourced: sourced[0].path.removesuffix(".md"))
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
    docs: DocsWriter | None


_worker: list[_Worker] = []


def _start(shells: Mapping[str, Shell], site_url: str, docs: DocsWriter | None) -> None:
    # It makes few cycles, and looking for them took a twelfth of the time.
    gc.disable()
    send_by_values(*_SENT)
    # What a process has kept for the next page need not be taken apart when there is none.
    atexit.register(os._exit, 0)
    _worker[:] = [_Worker(shells, site_url, docs)]


def _render_and_write(writer: StageWriter, batch: list[Sourced]) -> tuple[list[Written], Standing]:
    """Render a batch in a process that `_start` prepared, and write its files and its generated Markdown."""
    (worker,) = _worker
    files = [
        writer.write(File(output.path, output.body, source))
        for page, source in batch
        for output in render(page, worker.shells, worker.site_url)
    ]
    articles = [(page, source) for page, source in batch if isinstance(page, ARTICLES)]
    return files, worker.docs.write(articles) if worker.docs and articles else {}
