"""All feeds of hand-made records, planned and written as a build does it: path to bytes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feed_corpus import FACTS, SITE_URL, TOPICS, listing_of
from feed_seen import seen_in

from sitegen.authors import people
from sitegen.feed_plan import PlannedFeed, feed_pages, planned_feeds
from sitegen.model import Corpus, CorpusSettings, FeedSettings, Topic
from sitegen.render.render import render
from sitegen.site import enrich

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feed_truth import FeedFacts, Record

SETTINGS = CorpusSettings(FACTS.title, "All of them.", feed=FeedSettings(FACTS.authority, FACTS.since))
# What each feed is, by its name.
ALL = replace(FACTS, page="")
WEEKLY = replace(FACTS, name="weekly", title=f"{FACTS.title}: Every week", page="browse/")
CHANGES = replace(FACTS, name="changes", title=f"{FACTS.title}: Corrections and retractions", page="feeds/")
THEORY = replace(FACTS, name="topics/theory", title=f"{FACTS.title}: {TOPICS['theory']}", page="topics/theory/")


def planned(records: Sequence[Record], settings: CorpusSettings = SETTINGS) -> tuple[PlannedFeed, ...]:
    """Plan all feeds of these records, which may stand in any order; related papers are left out."""
    listing = {record["id"]: listing_of(record) for record in records}
    papers = tuple(sorted((found.paper for found in listing.values()), key=lambda paper: paper.order))
    topics = tuple(Topic(slug, name) for slug, name in TOPICS.items())
    site = replace(enrich(Corpus(settings, topics)), **_sorted(Corpus(settings, topics, papers)))  # type: ignore[arg-type]  # of the site's types
    return planned_feeds(site, listing, SITE_URL)


def _sorted(corpus: Corpus) -> dict[str, object]:
    """Sort papers into a site as `enrich` does, without what costs its time."""
    listed = tuple(paper for paper in corpus.papers if not paper.status)
    by_topic: dict[str, list[object]] = {topic.slug: [] for topic in corpus.topics}
    by_kind: dict[str, list[object]] = defaultdict(list)
    for paper in listed:
        for slug in paper.topics:
            by_topic[slug].append(paper)
        if paper.kind:
            by_kind[paper.kind].append(paper)
    return {"corpus": corpus, "listed": listed, "by_topic": by_topic, "by_kind": by_kind, "authors": people(listed)}


def files_of(records: Sequence[Record], settings: CorpusSettings = SETTINGS) -> dict[str, bytes]:
    """Write all feeds of these records."""
    pages = feed_pages(planned(records, settings))
    return {output.path: output.body for page in pages for output in render(page, {}, SITE_URL)}


def archives_of(files: dict[str, bytes], facts: FeedFacts) -> dict[str, bytes]:
    """Give a feed's archives by the rest of their names: "2025-01-1.atom.xml"."""
    start = f"feeds/{facts.name}/archive/"
    return {path.removeprefix(start): body for path, body in files.items() if path.startswith(start)}


def walked(files: dict[str, bytes], facts: FeedFacts) -> list[tuple[str, list[str]]]:
    """Go from a feed's current document to its archives and on, as RFC 5005 has it; give each one's path and ids."""
    found: list[tuple[str, list[str]]] = []
    link = older(files[f"feeds/{facts.name}.atom.xml"])
    while link:
        assert link not in [path for path, _ in found], "the archives go round in a ring"
        found.append((link, [entry.id.partition(":paper/")[2] for entry in seen_in(files[link]).entries]))
        link = older(files[link])
    return found


def older(document: bytes) -> str:
    """Give the path of the archive before a document, or ""."""
    links = [href for rel, href, _ in seen_in(document).links if rel == "prev-archive"]
    assert len(links) <= 1
    return urlsplit(links[0]).path.removeprefix(urlsplit(SITE_URL).path) if links else ""
