"""Atom 1.0 (RFC 4287) and RSS 2.0, written by feedgen from the values of `feed_entries`.

feedgen's defaults are the present time, its own name and the oldest entry first: each is set here. Its `content` takes
HTML as text and escapes it, so nothing is parsed again and no `]]>` can end a section early.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from feedgen.feed import FeedGenerator

from sitegen.render.feed_entries import feed_entries, feed_id, feed_updated
from sitegen.text import clean, escape_html, one_line

if TYPE_CHECKING:
    from feedgen.entry import FeedEntry

    from sitegen.pages import Feed, FeedPage
    from sitegen.render.feed_entries import Entry

MEDIA_TYPES = {"atom": "application/atom+xml", "rss": "application/rss+xml"}


def render_feed(page: FeedPage) -> bytes:
    """Give the feed as UTF-8 XML, newest entry first; the same page gives the same bytes anywhere and at any time."""
    media_type = MEDIA_TYPES[page.format]
    writer = _writer(page.feed, page.feed.site_url + page.path, media_type)
    for entry in feed_entries(page.feed):
        written = writer.add_entry(order="append")
        _write(entry, written)
        (_write_atom if page.format == "atom" else _write_rss)(entry, written)
    return bytes(writer.atom_str(pretty=True) if page.format == "atom" else writer.rss_str(pretty=True))


def _writer(feed: Feed, address: str, media_type: str) -> FeedGenerator:
    """Make the writer with all that a feed says of itself."""
    title = one_line(clean(feed.title)) or feed.name
    writer = FeedGenerator()
    writer.load_extension("dc")
    writer.id(feed_id(feed))
    writer.title(title)
    writer.subtitle(one_line(clean(feed.description)) or title)
    writer.link(href=address, rel="self", type=media_type)
    # Last, because feedgen gives RSS the last of the links.
    writer.link(href=feed.site_url + feed.url, rel="alternate", type="text/html")
    # RFC 4287 section 4.1.1 wants an author of the feed, for entries whose authors nobody knows by name.
    writer.author(name=title)
    writer.updated(_time(feed_updated(feed)))
    writer.generator("sitegen")
    return writer


def _write(entry: Entry, written: FeedEntry) -> None:
    """Write what both formats share."""
    written.id(entry.id)
    written.title(entry.title)
    written.published(_time(entry.published))
    written.updated(_time(entry.updated))
    written.content(entry.content, type="html")
    written.link(href=entry.url, rel="alternate", type="text/html")
    for category in entry.categories:
        written.category(term=category.term, scheme=category.scheme, label=category.label)
    if entry.identifier:
        written.dc.dc_identifier(entry.identifier)
    if entry.source:
        written.dc.dc_source(entry.source)


def _write_atom(entry: Entry, written: FeedEntry) -> None:
    """Write one author element for each person, the links by their relation, and the summary as text."""
    written.author([{"name": name} for name in entry.authors])
    written.summary(entry.summary)
    for link in entry.links:
        kind = {"type": link.type} if link.type else {}
        written.link(href=link.href, rel=link.rel, title=link.title, **kind)


def _write_rss(entry: Entry, written: FeedEntry) -> None:
    """Write each person as `dc:creator`, since RSS's own author is an e-mail address; a description is HTML there."""
    written.dc.dc_creator(list(entry.authors))
    written.summary(escape_html(entry.summary))
    for link in entry.links:
        if link.rel == "enclosure":
            written.enclosure(link.href, "0", link.type)


def _time(time: str) -> datetime:
    return datetime.fromisoformat(time)
