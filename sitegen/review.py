"""The recipe for a change against a base: two corpora in, what a reviewer must see out.

Corpus, Corpus -check-> what is sound of both -plan-> two sites -diff-> Review
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from sitegen.comparison import Compared, renamed
from sitegen.dedup import Index, match, possible_duplicates
from sitegen.diff import Changes, diff, touched_topics
from sitegen.feed_news import Published, entry_name, feed_news
from sitegen.pages import FeedPage, PaperPage
from sitegen.plan import plan
from sitegen.render.render import ARTICLES, paths
from sitegen.reviewed import Duplicate, Review, Size, Weight
from sitegen.site import enrich

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sitegen.model import Corpus
    from sitegen.sides import Side

_NOWHERE = "https://example.org/"
# More records that one paper may be nobody looks at.
_DOUBTS = 10


@dataclass(frozen=True, slots=True)
class _Planned:
    """What the sound part of a corpus becomes: the site, its feeds, and the addresses of its files."""

    published: Published
    addresses: frozenset[str]
    size: Size


def review(base: Side, head: Side, site_url: str = "", site: Path | None = None) -> Review:
    """Compare two sides; `site_url` is where the site will live, "" where that is not known.

    `site` is where the head's site stands, if it was built.
    """
    after = _readable(head, base)
    changes = diff(base.corpus, after.corpus, base.unread | head.unread)
    old, new = _planned(base, site_url), _planned(after, site_url)
    return Review(
        base=base.name,
        head=head.name,
        changes=changes,
        duplicates=tuple(_duplicates(changes, base.corpus, after.corpus)),
        feeds=feed_news(old.published, new.published, {new: old.id for new, old in renamed(changes).items()}),
        silent=tuple(_silent(changes, new.published)),
        gained=tuple(sorted(new.addresses - old.addresses)),
        lost=tuple(sorted(old.addresses - new.addresses)),
        before=old.size,
        after=new.size,
        weight=_weight(site, new.addresses, new.addresses - old.addresses) if site else None,
        curators=_curators(changes, base.corpus),
        errors=len(head.errors),
        faulty=tuple(dict.fromkeys(problem.location.path for problem in head.errors)),
        topic_names={topic.slug: topic.name for topic in (*base.corpus.topics, *after.corpus.topics)},
        site_url=site_url,
    )


def compared(base: Side, head: Side, reviewed: Review | None = None) -> Compared:
    """Give what the rules of a comparison look at; `reviewed` is the review of both sides, where there is one already.

    Of a head that has errors no address counts as lost: its faulty records are planned nowhere.
    """
    after = _readable(head, base)
    changes = reviewed.changes if reviewed else diff(base.corpus, after.corpus, base.unread | head.unread)
    lost: Iterable[str] = reviewed.lost if reviewed else ()
    if not reviewed and not head.errors:
        lost = _planned(base, "").addresses - _planned(after, "").addresses
    lost = () if head.errors else tuple(sorted(lost))
    return Compared(base.name, base.corpus, after.corpus, changes, lost, head.folder, head.unread)


def _readable(head: Side, base: Side) -> Side:
    """Give a side with the base's topics and settings in the place of files of its own that have faults.

    Else one fault in topics.yaml would look as if every topic had been removed.
    """
    names = {PurePosixPath(problem.location.path).name for problem in head.errors}
    corpus = head.corpus
    if "topics.yaml" in names and not corpus.topics:
        corpus = replace(corpus, topics=base.corpus.topics)
    if "corpus.yaml" in names:
        corpus = replace(corpus, settings=base.corpus.settings)
    return replace(head, corpus=corpus)


def _planned(side: Side, site_url: str) -> _Planned:
    site = enrich(_sound(side), {})
    pages = tuple(plan(site, site_url or _NOWHERE))
    listing = {page.listing.paper.id: page.listing for page in pages if isinstance(page, PaperPage)}
    feeds = {page.feed.name: page.feed for page in pages if isinstance(page, FeedPage)}
    files = [path for page in pages for path in paths(page)]
    addresses = frozenset(path.removesuffix("index.html") for path in files)
    articles = sum(isinstance(page, ARTICLES) for page in pages)
    return _Planned(Published(site, listing, feeds), addresses, Size(articles, len(files)))


def _sound(side: Side) -> Corpus:
    """Give the part of a corpus that a site can be made from: without records that have faults."""
    faulty = {problem.location.path for problem in side.errors}
    topics = {topic.slug: topic for topic in reversed(side.corpus.topics)}
    if any(topic.origin.path in faulty for topic in topics.values()):
        topics = {slug: replace(topic, parent="") for slug, topic in topics.items()}
    papers = tuple(
        paper
        if topics.keys() >= set(paper.topics)
        else replace(paper, topics=tuple(slug for slug in paper.topics if slug in topics))
        for paper in side.corpus.papers
        if paper.origin.path not in faulty
    )
    return replace(side.corpus, papers=papers, topics=tuple(reversed(topics.values())))


def _weight(site: Path, addresses: Iterable[str], gained: Iterable[str]) -> Weight | None:
    """Weigh a site's files; None where one is not there, for then it was made from other records."""
    try:
        sizes = {address: os.stat(site / _file(address)).st_size for address in addresses}  # noqa: PTH116 (400,000 of them)
    except FileNotFoundError:
        return None
    return Weight(sum(sizes.values()), sum(sizes[address] for address in gained))


def _file(address: str) -> str:
    return f"{address}index.html" if address.endswith("/") or not address else address


def _duplicates(changes: Changes, base: Corpus, head: Corpus) -> Iterator[Duplicate]:
    """Find what new records are or may be, each pair once; a record that is gone is compared with too."""
    if not changes.added:
        return
    index = Index({paper.id: paper for paper in (*base.papers, *head.papers)}.values())
    seen: set[frozenset[str]] = set()
    for paper in changes.added:
        proof = match(paper, index)
        certain = [Duplicate(paper.id, proof.id, proof.why, certain=True)] if proof else []
        likely = possible_duplicates(paper, index)[:_DOUBTS]
        doubts = [Duplicate(paper.id, one.id, one.why, certain=False) for one in likely]
        for found in (*certain, *doubts):
            pair = frozenset((found.id, found.other))
            if pair not in seen:
                seen.add(pair)
                yield found


def _silent(changes: Changes, head: Published) -> Iterator[str]:
    """Find new papers that the live feed of all papers will not announce."""
    announced = {entry_name(item) for item in head.feeds["all"].entries}
    for paper in changes.added:
        if paper.id in head.listing and not paper.status and f"paper/{paper.id}" not in announced:
            yield paper.id


def _curators(changes: Changes, base: Corpus) -> dict[str, tuple[str, ...]]:
    """Give who looks after the topics that are touched, as the base has it: a change cannot name its own reviewers."""
    known = {topic.slug: topic.curators for topic in base.topics if topic.curators}
    return {slug: known[slug] for slug in touched_topics(changes) if slug in known}
