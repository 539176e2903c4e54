"""Measure all feeds and archives of a large corpus: seconds, memory and bytes, and feedgen alone beside them.

    python benchmarks/feeds.py papers.jsonl.gz [--limit N]

A line of the file is one paper, as for `scale.py`; topics and kinds are those that sitegen would suggest.
"""

from __future__ import annotations

import argparse
import gc
import resource
import tempfile
import time
from dataclasses import replace
from datetime import datetime
from functools import _lru_cache_wrapper
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

from bench_measure import machine
from bench_papers import ready, real_papers
from feedgen.feed import FeedGenerator

from sitegen.corpus import load_corpus
from sitegen.feed_plan import feed_pages, planned_feeds
from sitegen.model import Change, Corpus
from sitegen.pages import ArchivePage, FeedPage, Listing, TopicLink
from sitegen.render.feed_entries import feed_entries
from sitegen.render.render import render
from sitegen.render.sources import Sources
from sitegen.site import enrich

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sitegen.model import Paper, Topic
    from sitegen.pages import Page
    from sitegen.render.feed_written import Entry
    from sitegen.site import Site

OWN = Path(__file__).parents[1] / "corpus"
SITE_URL = "https://papers.example.net/"


def site_of(papers: Sequence[Paper], topics: Sequence[Topic]) -> Site:
    """Give the site of these papers without its related papers, which feeds do not show."""
    return enrich(Corpus(topics=tuple(topics), papers=tuple(papers)), {})


def pages_of(papers: Sequence[Paper], topics: Sequence[Topic]) -> list[Page]:
    """Plan the feeds of these papers."""
    return planned(*prepared(papers, topics))


def planned(site: Site, listing: dict[str, Listing]) -> list[Page]:
    """Plan the feeds of a site."""
    return list(feed_pages(planned_feeds(site, listing, SITE_URL)))


def prepared(papers: Sequence[Paper], topics: Sequence[Topic]) -> tuple[Site, dict[str, Listing]]:
    """Give what a build has when it comes to the feeds."""
    links = {t.slug: TopicLink(t.slug, t.name, t.short or t.name, t.group, f"topics/{t.slug}/") for t in topics}
    listing = {
        paper.id: Listing(paper, f"papers/{paper.id}/", tuple(links[slug] for slug in paper.topics)) for paper in papers
    }
    return site_of(papers, topics), listing


def build(site: Site, listing: dict[str, Listing], folder: Path, known: dict[str, str]) -> tuple[int, int]:
    """Plan, and render and write what is not known by its digest; gives the files written and their bytes."""
    files = size = 0
    sources = Sources({}, "")
    pages = planned(site, listing)
    for page in pages:
        digest = sources.digest(page)
        if known.get(page.path) == digest:
            continue
        known[page.path] = digest
        for output in render(page, {}, SITE_URL):
            path = folder / output.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(output.body)
            files, size = files + 1, size + len(output.body)
    return files, size


def with_abstracts(papers: Sequence[Paper]) -> list[Paper]:
    """Give each paper that has no abstract a real one of about the mean length."""
    real = [paper.abstract for paper in papers if paper.abstract]
    mean = sum(map(len, real)) / len(real)
    others = cycle(sorted(real, key=lambda abstract: abs(len(abstract) - mean))[:100])
    return [paper if paper.abstract else replace(paper, abstract=next(others)) for paper in papers]


def feedgen_alone(documents: Iterable[tuple[str, tuple[Entry, ...], bool]]) -> int:
    """Let feedgen write the same entries by its own ways, RSS too where a feed has it; gives the bytes."""
    size = 0
    for name, entries, live in documents:
        writer = FeedGenerator()
        writer.id(name)
        writer.title(name)
        writer.subtitle(name)
        writer.link(href=SITE_URL, rel="alternate")
        for entry in entries:
            written = writer.add_entry(order="append")
            written.id(entry.id)
            written.title(entry.title)
            written.published(datetime.fromisoformat(entry.published))
            written.updated(datetime.fromisoformat(entry.updated))
            written.author([{"name": author} for author in entry.authors])
            written.summary(entry.summary)
            written.content(entry.content or None, type="html")
            written.link([{"href": entry.url, "rel": "alternate"}, *({"href": link.href} for link in entry.links)])
            for category in entry.categories:
                written.category(term=category.term, scheme=category.scheme, label=category.label)
        size += len(writer.atom_str(pretty=True))
        if live:
            size += len(writer.rss_str(pretty=True))
    return size


def documents_of(pages: Iterable[Page]) -> list[tuple[str, tuple[Entry, ...], bool]]:
    """Give what each document holds: its name, its entries, and whether it is a live feed."""
    feeds = [page for page in pages if isinstance(page, FeedPage | ArchivePage)]
    return [
        (
            page.path,
            feed_entries(page.feed, whole=not isinstance(page, ArchivePage) or page.whole),
            isinstance(page, FeedPage),
        )
        for page in feeds
    ]


def forget() -> None:
    """Empty the caches that a new process would not have."""
    for cached in gc.get_objects():
        if isinstance(cached, _lru_cache_wrapper):
            cached.cache_clear()


def peak() -> int:
    """Give the greatest memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


class Watch:
    """Seconds since it was made, by the wall clock and of this process alone."""

    def __init__(self) -> None:
        self._wall, self._own = time.perf_counter(), time.process_time()

    def __str__(self) -> str:
        own = time.process_time() - self._own
        return f"{time.perf_counter() - self._wall:.2f} s ({own:.2f} of its own)"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("papers", type=Path)
    parser.add_argument("--limit", type=int, default=0)
    asked = parser.parse_args()
    topics = load_corpus(OWN)[0].topics
    papers = ready(real_papers(asked.papers, abstracts_only=False), topics, asked.limit)
    print(f"{machine()}; {len(papers):,} papers, {len(topics)} topics; {peak()} MB before")
    with tempfile.TemporaryDirectory() as folder:
        known: dict[str, str] = {}
        site, listing = prepared(papers, topics)
        began = time.process_time()
        watch = Watch()
        files, size = build(site, listing, Path(folder), known)
        took = time.process_time() - began
        print(f"from nothing: {watch}, {files:,} files, {size / 1e6:.1f} MB, {peak()} MB of memory at most")
        changed = list(papers)
        middle = len(papers) // 2
        change = Change("2040-01-01T00:00:00Z", "corrected", "the title")
        changed[middle] = replace(papers[middle], title=f"{papers[middle].title}, corrected", changes=(change,))
        changed[-1] = replace(papers[-1], title=f"{papers[-1].title}, corrected")
        steps = [("an old paper corrected", [*changed[:-1], papers[-1]]), ("the newest changed", changed)]
        for words, some in [*steps, ("nothing changed", changed)]:
            site, listing = prepared(some, topics)
            forget()
            watch = Watch()
            files, size = build(site, listing, Path(folder), known)
            print(f"{words}: {watch}, {files} files, {size / 1e6:.1f} MB written")
    alone = documents_of(pages_of(papers, topics))
    began = time.process_time()
    watch = Watch()
    size = feedgen_alone(alone)
    print(f"feedgen alone, Atom and RSS of the same entries: {watch}, {size / 1e6:.1f} MB")
    print(f"sitegen takes {took / (time.process_time() - began):.2f} times as long")
    everywhere = pages_of(with_abstracts(papers), topics)
    size = sum(len(output.body) for page in everywhere for output in render(page, {}, SITE_URL))
    print(f"with an abstract of mean length for every paper: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
