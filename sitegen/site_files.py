"""The files of the next site: which of them stand already, and what makes the others, several kinds at a time."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sitegen.exports import WHOLE
from sitegen.frame_files import frame_files, frame_source
from sitegen.pages import ExportPage, SearchPage
from sitegen.publishing import File
from sitegen.render.joined_exports import JoinedExports
from sitegen.render.search import search_parts_kept
from sitegen.renderer import renderer_version
from sitegen.rendering import rendered, rendered_by, rendered_by_processes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sitegen.frame import Frame
    from sitegen.pages import Page
    from sitegen.publishing import Publication, Written
    from sitegen.rendering import Rendering, Sourced
    from sitegen.search.parts import Part


@dataclass(frozen=True, slots=True)
class Needed:
    """What the next site needs: `keep` are sources of files that stand already, all else is to be made.

    `stale` are pages to be rendered one by one, `joined` exports of many papers, `search` the search over everything.
    """

    keep: list[str] = field(default_factory=list)
    stale: list[Sourced] = field(default_factory=list)
    joined: list[tuple[ExportPage, str]] = field(default_factory=list)
    search: list[SearchPage] = field(default_factory=list)


def needed(pages: Iterable[Sourced], publication: Publication) -> Needed:
    """Sort pages by what is to be done for each."""
    found = Needed()
    for page, source in pages:
        if isinstance(page, SearchPage):
            found.search.append(page)
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
    else:
        with ThreadPoolExecutor(1) as aside:
            beside = aside.submit(docs.finish) if docs else None
            yield rendered_by(how.engine, stale, how) if how.engine else rendered(stale, how)
            if beside:
                beside.result()


def search_parts(
    pages: Iterable[SearchPage], digests: Mapping[str, str], how: Rendering, publication: Publication
) -> list[tuple[Part, str]]:
    """Give all files of the search with their sources, which say by which code they are made, too.

    `digests` are of papers, by id.
    """
    how.progress("search", 0, 0)
    kept = publication.state_dir / "search"
    parts = [part for page in pages for part in search_parts_kept(kept, renderer_version(), page, digests)]
    return [(part, _digest(f"{renderer_version()} {part.source}".encode())) for part in parts]


def search_files(parts: Iterable[tuple[Part, str]]) -> Iterator[File]:
    """Make files of the search, one after the other."""
    for part, source in parts:
        for output in part.outputs():
            yield File(output.path, output.body, source)


def export_files(
    pages: Sequence[Page],
    stale: Sequence[tuple[ExportPage, str]],
    papers: Mapping[str, str],
    how: Rendering,
    publication: Publication,
) -> Iterator[File]:
    """Make exports of many papers; `pages` are all of the site, `papers` digests of its papers by id."""
    if stale:
        how.progress("exports", 0, 0)
        (whole,) = (page for page in pages if isinstance(page, ExportPage) and page.path == WHOLE)
        sources = {page.path: source for page, source in stale}
        joiner = JoinedExports(publication.out, publication.state_dir, renderer_version(), papers)
        for page, output in joiner.files([page for page, _ in stale], whole):
            yield File(output.path, output.body, sources[page.path])


def own_files(frame: Frame) -> Iterator[File]:
    """Give the frame's own files, each made from what all are made of, or where that is not known, from itself."""
    source = frame_source(frame)
    for own in frame_files(frame):
        yield File(own.path, own.body, source or _digest(own.body))


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
