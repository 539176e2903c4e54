"""Feeds written by feedgen as a whole, entries and all: what `sitegen.render.feed_xml` must give, byte for byte.

feedgen puts the oldest entry first, which is set here. Its `content` takes HTML as text and escapes it, so nothing is
parsed again and no `]]>` can end a section early.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from sitegen.render.feed_xml import atom_frame, rss_frame
from sitegen.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedgen.entry import FeedEntry
    from feedgen.feed import FeedGenerator

    from sitegen.render.feed_written import Entry, WrittenFeed


def atom_by_feedgen(feed: WrittenFeed) -> bytes:
    """Write a feed as Atom in UTF-8."""
    return bytes(_filled(feed, atom_frame(feed), _write_atom).atom_str(pretty=True))


def rss_by_feedgen(feed: WrittenFeed) -> bytes:
    """Write a feed as RSS in UTF-8."""
    return bytes(_filled(feed, rss_frame(feed), _write_rss).rss_str(pretty=True))


def _filled(feed: WrittenFeed, writer: FeedGenerator, write: Callable[[Entry, FeedEntry], None]) -> FeedGenerator:
    for entry in feed.entries:
        written = writer.add_entry(order="append")
        _write(entry, written)
        write(entry, written)
    return writer


def _write(entry: Entry, written: FeedEntry) -> None:
    """Write what both formats share."""
    written.id(entry.id)
    written.title(entry.title)
    written.published(_time(entry.published))
    written.updated(_time(entry.updated))
    if entry.content:
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


@lru_cache(maxsize=1024)
def _time(time: str) -> datetime:
    return datetime.fromisoformat(time)
