"""What each part of a build costs by itself: one process does all of it anew, nothing kept, no file written.

Run in a project's folder by scale.py; it prints the processor seconds of each part as JSON. Of very many pages of one
kind every n-th is made, and counted n times.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.build import Planned, shells_of
from sitegen.collector import collector_at_rest
from sitegen.config import load_settings
from sitegen.exports import WHOLE
from sitegen.kept_frame import current_frame
from sitegen.pages import ExportPage, SearchPage
from sitegen.plan import plan
from sitegen.related import related
from sitegen.render.joined_exports import JoinedExports
from sitegen.render.render import ARTICLES, render
from sitegen.renderer import renderer_version
from sitegen.rendering import Rendering
from sitegen.site import enrich
from sitegen.site_files import completed, sourced
from sitegen.sound_corpus import checked_corpus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sitegen.pages import Page

# So many pages of a kind are enough.
SAMPLE = 5000


def main() -> None:
    """Measure, and print."""
    with collector_at_rest(), tempfile.TemporaryDirectory() as place:
        json.dump(dict(_parts(Path(place))), sys.stdout)


def _parts(place: Path) -> Iterator[tuple[str, float]]:
    """Give the processor seconds of each part, in the order of a build."""
    settings = load_settings()
    clock = _Clock()
    corpus, warnings = checked_corpus(settings)
    yield "records", clock.seconds()
    near = related(corpus.papers)
    yield "related papers", clock.seconds()
    pages = tuple(plan(enrich(corpus, near), settings.site_url, settings.repository, settings.savings))
    yield "planning", clock.seconds()
    planned = Planned(corpus, pages, warnings)
    frame = current_frame(settings, planned.guests, place / "frame", renderer_version(), lambda *_: None)
    how = Rendering(shells_of(planned, frame), settings.site_url, 1, lambda *_: None)
    clock.seconds()
    whole = [page for page, _ in sourced(completed(pages, frame, how.site_url), corpus.digests, how)]
    yield "digests of pages", clock.seconds()

    def made(page: Page) -> None:
        render(page, how.shells, how.site_url)

    joined = [page for page in whole if isinstance(page, ExportPage) and not page.path.startswith("papers/")]
    exports = JoinedExports(place / "site", place, renderer_version(), corpus.digests)
    of_all = next(page for page in joined if page.path == WHOLE)
    articles = [page for page in whole if isinstance(page, ARTICLES)]
    beside = [page for page in whole if isinstance(page, ExportPage) and page.path.startswith("papers/")]
    search = [page for page in whole if isinstance(page, SearchPage)]
    others = [page for page in whole if not isinstance(page, (*ARTICLES, ExportPage, SearchPage))]
    clock.seconds()
    yield "pages", _sampled(articles, made)
    yield "feeds and lists for machines", _sampled(others, made)
    yield "exports beside papers", _sampled(beside, made)
    clock.seconds()
    for _ in exports.files(joined, of_all):
        pass
    yield "exports of many papers", clock.seconds()
    yield "search", _sampled(search, made)


def _sampled(pages: Sequence[Page], make: Callable[[Page], None]) -> float:
    """Give the processor seconds of making pages, judged kind by kind by some of them where they are very many."""
    kinds: dict[tuple[str, str], list[Page]] = {}
    for page in pages:
        kinds.setdefault((page.__class__.__name__, page.path.partition("/")[0]), []).append(page)
    return sum(_of_kind(of_kind, make) for of_kind in kinds.values())


def _of_kind(pages: Sequence[Page], make: Callable[[Page], None]) -> float:
    step = -(-len(pages) // SAMPLE)
    some = pages[::step]
    clock = _Clock()
    for page in some:
        make(page)
    return clock.seconds() * len(pages) / len(some)


class _Clock:
    """Seconds of the processor since it was asked before."""

    def __init__(self) -> None:
        self._since = time.process_time()

    def seconds(self) -> float:
        """Give them, and begin again."""
        before, self._since = self._since, time.process_time()
        return self._since - before


if __name__ == "__main__":
    main()
