"""The plan's part for feeds: which there are, what stands in each, and what people are told of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from sitegen import text
from sitegen.archives import archive_pages
from sitegen.digests import changes, weeks
from sitegen.feed_rows import FeedRow, OpmlPage
from sitegen.pages import (
    ArchivePage,
    ArticlePage,
    Feed,
    FeedItem,
    FeedLink,
    FeedPage,
    Listing,
    ListPage,
    url_of,
)
from sitegen.site import KIND_NAMES
from sitegen.windows import feed_window, published

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sitegen.authors import Person
    from sitegen.model import Paper
    from sitegen.site import Site

_NEWEST = 3
_MONTH = timedelta(days=365.25 / 12)
# Where readers look without being told.
_ALIASES = (("feed.xml", "atom"), ("atom.xml", "atom"), ("rss.xml", "rss"))


@dataclass(frozen=True, slots=True)
class PlannedFeed:
    """A feed, its archives, and its row on the page about all feeds; None for one that has no row there."""

    feed: Feed
    archives: tuple[ArchivePage, ...]
    row: FeedRow | None


@dataclass(frozen=True, slots=True)
class _Source:
    """What a feed is of: `archived` is "whole", "brief" or "" for no archives; without `group` it has no row."""

    name: str
    title: str
    description: str
    url: str
    group: str
    items: tuple[FeedItem, ...]
    archived: str = ""


def planned_feeds(site: Site, listing: dict[str, Listing], site_url: str) -> tuple[PlannedFeed, ...]:
    """Give every feed in the order in which people see them; `listing` has every paper by its id."""
    return tuple(_planned(source, site, site_url) for source in _sources(site, listing))


def feed_rows(feeds: Iterable[PlannedFeed]) -> tuple[FeedRow, ...]:
    """Give what people are told of the feeds."""
    return tuple(planned.row for planned in feeds if planned.row)


def feed_pages(feeds: Sequence[PlannedFeed]) -> Iterator[FeedPage | ArchivePage | OpmlPage]:
    """Give the files of all feeds, their archives, and the list of them for feed readers."""
    for planned in feeds:
        aliases = _ALIASES if planned.feed.name == "all" else ()
        yield FeedPage(f"feeds/{planned.feed.name}", planned.feed, aliases)
        yield from planned.archives
    everything = feeds[0].feed
    named = tuple(FeedRow(row.name, row.title, row.group, row.url) for row in feed_rows(feeds))
    yield OpmlPage("feeds/index.opml", everything.title, named, everything.site_url)


def feed_paces(feeds: Iterable[PlannedFeed]) -> dict[str, str]:
    """Give how often each feed has something new, in words."""
    return {planned.row.name: planned.row.pace for planned in feeds if planned.row}


def with_pace(page: ArticlePage, paces: dict[str, str]) -> ArticlePage:
    """Give a list with what is told of how often its own feed has something new."""
    if not isinstance(page, ListPage) or not page.feeds:
        return page
    return replace(page, feeds=tuple(feed._replace(pace=paces.get(feed.name, "")) for feed in page.feeds))


def author_links(site: Site) -> dict[str, tuple[FeedLink, ...]]:
    """Give the feeds of each paper's authors by its id."""
    links: dict[str, list[FeedLink]] = {}
    for person in _authors(site):
        for paper in person.papers:
            links.setdefault(paper.id, []).append(FeedLink(f"authors/{person.slug}", person.author.name))
    return {paper: tuple(found) for paper, found in links.items()}


def _sources(site: Site, listing: dict[str, Listing]) -> Iterator[_Source]:
    about = site.corpus.settings.description
    listed = tuple(listing[paper.id] for paper in site.listed)
    newest = max((paper.added for paper in site.corpus.papers), default="")
    yield _Source("all", "All papers", about, "", "Everything", listed, "whole")
    words = "One entry a week, which lists all its papers."
    yield _Source("weekly", "Every week", words, "browse/", "Everything", tuple(weeks(listed, newest)))
    words = "One entry for each correction, new version and retraction of a paper."
    found = changes(site.corpus.papers, listing)
    yield _Source("changes", "Corrections and retractions", words, "feeds/", "Everything", found)
    others = "Other topics" if any(topic.group for topic in site.corpus.topics) else "Topics"
    for topic in site.corpus.topics:
        url = url_of(f"topics/{topic.slug}.md")
        papers = _oldest_first(site.by_topic[topic.slug], listing)
        group = topic.group or others
        yield _Source(f"topics/{topic.slug}", topic.name, topic.description, url, group, papers, "brief")
    for kind, name in KIND_NAMES.items():
        if kind in site.by_kind:
            papers = _oldest_first(site.by_kind[kind], listing)
            yield _Source(f"kinds/{kind}", name, "", url_of(f"kinds/{kind}.md"), "By kind", papers, "brief")
    for person in _authors(site):
        name, own = f"authors/{person.slug}", tuple(listing[paper.id] for paper in person.papers)
        yield _Source(name, person.author.name, "", url_of(f"{name}.md"), "", own)


def _oldest_first(papers: Iterable[Paper], listing: dict[str, Listing]) -> tuple[Listing, ...]:
    return tuple(listing[paper.id] for paper in sorted(papers, key=lambda paper: paper.order))


def _authors(site: Site) -> tuple[Person, ...]:
    """Give the authors who have feeds, their papers in the order (added, id)."""
    if not site.corpus.settings.author_feeds:
        return ()
    return tuple(person for person in site.authors if person.has_page)


def _planned(source: _Source, site: Site, site_url: str) -> PlannedFeed:
    settings = site.corpus.settings
    title = settings.title if source.name == "all" else f"{settings.title}: {source.title}"
    identity = (settings.feed.authority, settings.feed.since)
    window = feed_window(source.items)
    feed = Feed(source.name, title, source.description, source.url, site_url, *identity, window)
    papers = [item for item in source.items if isinstance(item, Listing)]
    archives = archive_pages(feed, papers, whole=source.archived == "whole") if source.archived else ()
    if archives:
        feed = replace(feed, archive=archives[-1].path)
    # The feeds that a deployment tells the hub of; authors' may be tens of thousands.
    feed = replace(feed, hub=settings.feed.websub if source.group else "")
    return PlannedFeed(feed, archives, _row(source, papers, window) if source.group else None)


def _row(source: _Source, papers: Sequence[Listing], window: Sequence[FeedItem]) -> FeedRow:
    noun = {"weekly": "week", "changes": "change"}.get(source.name, "paper")
    announced = (listing.paper for listing in reversed(papers) if listing.paper.announce)
    newest = tuple(_link(paper) for paper in islice(announced, _NEWEST))
    about = source.description if source.name in ("weekly", "changes") else ""
    about = "Every paper with its whole abstract." if source.name == "all" else about
    amount = text.plural(len(source.items), noun) if source.items else "nothing yet"
    pace = "" if source.name == "weekly" else _pace([published(item) for item in window])
    return FeedRow(source.name, source.title, source.group, source.url, about, amount, pace, newest)


def _link(paper: Paper) -> tuple[str, str]:
    return f"[{paper.title}]" if paper.title_source == "derived" else paper.title, f"papers/{paper.id}.md"


def _pace(times: Sequence[str]) -> str:
    """Say how often an entry comes, from when those of a window came, oldest first; of fewer than two nothing."""
    if len(times) < 2:
        return ""
    if times[0][:7] == times[-1][:7]:
        return f"all added in {text.long_date(times[0][:7])}"
    span = datetime.fromisoformat(times[-1]) - datetime.fromisoformat(times[0])
    a_month = len(times) / max(span / _MONTH, 1)
    if a_month >= 1.5:
        return f"about {round(a_month):,} a month"
    a_year = round(a_month * 12)
    return f"about {a_year} a year" if a_year else "fewer than one a year"
