"""The files of the next site: which of them stand already, and what renders the others."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sitegen.beside import Beside
from sitegen.exports import WHOLE
from sitegen.frame_files import frame_files, frame_source, texts
from sitegen.machine_pages import SitemapPage
from sitegen.pages import ExportPage, SearchPage
from sitegen.publishing import File
from sitegen.render.sources import Sources
from sitegen.renderer import renderer_version
from sitegen.rendering import rendered, rendered_by, rendered_by_processes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sitegen.frame import Frame
    from sitegen.pages import Page
    from sitegen.publishing import Publication, Written
    from sitegen.rendering import Rendering, Sourced


def sourced(pages: Iterable[Page], papers: Mapping[str, str], how: Rendering) -> tuple[Sourced, ...]:
    """Give complete pages, each with the digest of all that its files are made of; `papers` are digests by id."""
    whole = tuple(pages)
    shells = {name: shell.digest for name, shell in how.shells.items()}
    sources = Sources(shells, f"{renderer_version()}\n{how.site_url}", papers)
    here, there = whole[: len(whole) // 2], whole[len(whole) // 2 :]
    with Beside(lambda: [*map(sources.digest, there)], fork=how.wants_processes(len(whole))) as beside:
        digests = [*map(sources.digest, here)]
        return tuple(zip(whole, [*digests, *beside.result()], strict=True))


def completed(pages: Iterable[Page], frame: Frame, site_url: str) -> Iterator[Page]:
    """Put the frame's hand-written pages into the sitemap and the search, which the plan cannot know."""
    for page in pages:
        if isinstance(page, SitemapPage):
            urls = [path.removesuffix("index.html") for path in frame.files if path.endswith("/index.html")]
            yield replace(page, entries=(*page.entries, *((site_url + url, "") for url in urls)))
        elif isinstance(page, SearchPage):
            yield replace(page, pages=tuple(texts(frame)))
        else:
            yield page


# Of fewer pages it takes less to remember how they stand in docs/ than to begin a process for it.
DOCS_FROM = 20_000


@dataclass(slots=True)
class Needed:
    """What the next site needs: `keep` are sources of files that stand already, all else is to be made.

    `stale` are pages to be rendered one by one, `joined` exports of many papers, `search` the search over everything;
    `whole` is the page of all papers' exports, to be made or not.
    """

    keep: list[str] = field(default_factory=list)
    stale: list[Sourced] = field(default_factory=list)
    joined: list[tuple[ExportPage, str]] = field(default_factory=list)
    search: list[tuple[SearchPage, str]] = field(default_factory=list)
    whole: ExportPage | None = None


def needed(pages: Iterable[Sourced], publication: Publication) -> Needed:
    """Sort pages by what is to be done for each."""
    found = Needed()
    for page, source in pages:
        if isinstance(page, ExportPage) and page.path == WHOLE:
            found.whole = page
        if isinstance(page, SearchPage):
            found.search.append((page, source))
        elif publication.holds(source):
            found.keep.append(source)
        elif isinstance(page, ExportPage) and not page.path.startswith("papers/"):
            found.joined.append((page, source))
        else:
            found.stale.append((page, source))
    return found


@contextmanager
def under_way(stale: Sequence[Sourced], how: Rendering, publication: Publication) -> Iterator[Iterable[File | Written]]:
    """Give the files of pages, which processes begin to make at once, and bring docs/ up to date beside them."""
    docs = how.docs
    if how.wants_processes(len(stale)):
        with rendered_by_processes(stale, how, publication.writer) as files:
            yield files
        if docs:
            docs.finish()
    elif how.engine:
        with ThreadPoolExecutor(1) as aside:
            written = aside.submit(docs.finish if docs else _nothing)
            yield rendered_by(how.engine, stale, how)
            written.result()
    else:
        many = docs is not None and len(docs) >= DOCS_FROM and how.wants_processes(len(docs))
        with Beside(docs.finish if docs else _nothing, fork=many) as beside:
            yield rendered(stale, how)
            beside.result()


def _nothing() -> None:
    pass


def own_files(frame: Frame) -> Iterator[File]:
    """Give the frame's own files, each made from what all are made of, or where that is not known, from itself."""
    source = frame_source(frame)
    for own in frame_files(frame):
        yield File(own.path, own.body, source or _digest(own.body))


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
