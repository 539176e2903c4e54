"""The plan's part for feeds: which there are, and what stands in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.pages import Feed, FeedLink, FeedPage, url_of
from sitegen.windows import feed_window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.pages import Listing
    from sitegen.site import Site


def feed_links(site: Site) -> tuple[FeedLink, ...]:
    """Give every feed by name, in the order in which people see them."""
    return (FeedLink("all", "All papers"), *(FeedLink(f"topics/{t.slug}", t.name) for t in site.corpus.topics))


def feed_pages(site: Site, listing: dict[str, Listing], site_url: str) -> Iterator[FeedPage]:
    """Give each feed in each of its formats; `listing` has every paper by its id."""
    settings = site.corpus.settings
    sources = [("all", settings.title, settings.description, "", site.listed)]
    for topic in site.corpus.topics:
        papers = tuple(sorted(site.by_topic[topic.slug], key=lambda paper: paper.order))
        page = url_of(f"topics/{topic.slug}.md")
        sources.append((f"topics/{topic.slug}", f"{settings.title}: {topic.name}", topic.description, page, papers))
    for name, title, description, url, papers in sources:
        announced = tuple(paper for paper in papers if paper.announce)
        entries = feed_window(tuple(listing[paper.id] for paper in announced))
        identity = settings.feed
        feed = Feed(name, title, description, url, site_url, identity.authority, identity.since, entries)
        for kind in ("atom", "rss"):
            yield FeedPage(f"feeds/{name}.{kind}.xml", kind, feed)
