"""The files in which nothing has a part but the records: the search, and exports of many papers.

Where there are many papers they are made ahead, beside the planning of all other pages.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from sitegen.beside import Beside, can_fork
from sitegen.frame_files import texts
from sitegen.kept_frame import last_frame
from sitegen.pages import ExportPage, SearchPage
from sitegen.plan import record_pages
from sitegen.publishing import File
from sitegen.render.joined_exports import JoinedExports
from sitegen.render.search import search_parts_kept
from sitegen.renderer import renderer_version
from sitegen.rendering import Made, Rendering
from sitegen.site_files import needed, sourced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sitegen.machine_pages import PageText
    from sitegen.model import Corpus
    from sitegen.publishing import Aside, AsideWriter, Publication
    from sitegen.search.parts import Part
    from sitegen.site_files import Needed

# Below this many papers, a second process costs more than it gives.
AHEAD_FROM = 1000


@contextmanager
def made_ahead(corpus: Corpus, publication: Publication, how: Rendering) -> Iterator[Beside[dict[str, Made]] | None]:
    """Let a second process make what it can of these files while the context lasts; None where it would gain nothing.

    It makes the search for the frame of the last build: what it made is what is wanted where the sources are the same.
    """
    if how.engine or how.jobs == 1 or len(corpus.papers) < AHEAD_FROM or not can_fork():
        yield None
        return
    writer = publication.aside()
    quiet = Rendering({}, how.site_url, 1, lambda *_: None)
    frame = last_frame(publication.state_dir / "frame")
    # Read here, for the frame may be made anew meanwhile.
    hand_written = tuple(texts(frame)) if frame else None
    with Beside(lambda: _made(corpus, hand_written, _Making(corpus.digests, quiet, publication), writer)) as ahead:
        yield ahead


def _made(
    corpus: Corpus, hand_written: tuple[PageText, ...] | None, making: _Making, writer: AsideWriter
) -> dict[str, Made]:
    """Make what is wanted of these pages, aside: no search where it is not known what is written by hand."""
    exports_and_search = record_pages(corpus, making.how.site_url)
    pages: list[ExportPage | SearchPage] = [page for page in exports_and_search if isinstance(page, ExportPage)]
    if hand_written is not None:
        pages += [replace(page, pages=hand_written) for page in exports_and_search if isinstance(page, SearchPage)]
    to_do = needed(sourced(pages, corpus.digests, making.how), making.publication)
    found: dict[str, Made] = {}
    for page, source in to_do.search:
        keep, new = making.search(page)
        found[source] = Made(keep, [*map(writer.write, _search_files(new))], int(bool(new)))
    exports: dict[str, list[File | Aside]] = {source: [] for _, source in to_do.joined}
    for file in making.exports(to_do.joined, to_do.whole):
        exports[file.source].append(writer.write(file))
    return found | {source: Made((), files, 1) for source, files in exports.items()}


def record_files(to_do: Needed, papers: Mapping[str, str], how: Rendering, publication: Publication) -> Made:
    """Give these files: what was made ahead, and of all else what makes it when it is asked for.

    `papers` are digests of papers by id.
    """
    made = _awaited(how.ahead, how) if how.ahead else {}
    making = _Making(papers, how, publication)
    found = [made[source] for _, source in (*to_do.search, *to_do.joined) if source in made]
    searches = [making.search(page) for page, source in to_do.search if source not in made]
    found += [Made(keep, _search_files(new), int(bool(new))) for keep, new in searches]
    joined = [(page, source) for page, source in to_do.joined if source not in made]
    found.append(Made((), making.exports(joined, to_do.whole), len(joined)))
    keep = tuple(chain.from_iterable(each.keep for each in found))
    return Made(keep, chain.from_iterable(each.files for each in found), sum(each.pages for each in found))


def _awaited(ahead: Beside[dict[str, Made]], how: Rendering) -> dict[str, Made]:
    how.progress("search and exports", 0, 0)
    return ahead.result()


@dataclass(frozen=True, slots=True)
class _Making:
    """What makes these files for a publication; `papers` are digests of papers by id."""

    papers: Mapping[str, str]
    how: Rendering
    publication: Publication

    def search(self, page: SearchPage) -> tuple[tuple[str, ...], list[tuple[Part, str]]]:
        """Give the sources of those files of the search that stand already, and all others as parts with theirs.

        Sources say by which code files are made, too.
        """
        self.how.progress("search", 0, 0)
        parts = search_parts_kept(self.publication.state_dir / "search", renderer_version(), page, self.papers)
        known = [(part, _digest(f"{renderer_version()} {part.source}".encode())) for part in parts]
        new = [(part, source) for part, source in known if not self.publication.holds(source)]
        return tuple(source for _, source in known if self.publication.holds(source)), new

    def exports(self, stale: Sequence[tuple[ExportPage, str]], whole: ExportPage | None) -> Iterator[File]:
        """Make exports of many papers; `whole` is the page of all of them."""
        if stale and whole:
            self.how.progress("exports", 0, 0)
            sources = {page.path: source for page, source in stale}
            joiner = JoinedExports(self.publication.out, self.publication.state_dir, renderer_version(), self.papers)
            for page, output in joiner.files([page for page, _ in stale], whole):
                yield File(output.path, output.body, sources[page.path])


def _search_files(parts: Iterable[tuple[Part, str]]) -> Iterator[File]:
    """Make files of the search, one after the other."""
    for part, source in parts:
        for output in part.outputs():
            yield File(output.path, output.body, source)


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
