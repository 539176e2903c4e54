"""Feeds written by feedgen as a whole, entries and all: what `sitegen.render.feed_xml` must give, byte for byte.

feedgen's defaults are the present time, its own name and the oldest entry first: each is set here. Its `content` takes
HTML as text and escapes it, so nothing is parsed again and no `]]>` can end a section early.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from sitegen.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedgen.entry import FeedEntry

    from sitegen.render.feed_written import DocumentLink, Entry, WrittenFeed

_ATOM = "http://www.w3.org/2005/Atom"
_HISTORY = "http://purl.org/syndication/history/1.0"


class _ArchiveMark(BaseExtension):  # type: ignore[misc]  # feedgen is untyped
    """Marks an Atom document as an archive (RFC 5005 section 4)."""

    def extend_ns(self) -> dict[str, str]:
        return {"fh": _HISTORY}

    def extend_atom(self, atom_feed: etree._Element) -> etree._Element:
        etree.SubElement(atom_feed, f"{{{_HISTORY}}}archive")
        return atom_feed


class _ChannelLinks(BaseExtension):  # type: ignore[misc]  # feedgen is untyped
    """Gives an RSS channel its hub and its links to other documents, of which feedgen writes none but rel=self."""

    links: tuple[DocumentLink, ...] = ()
    hub = ""

    def extend_rss(self, rss_feed: etree._Element) -> etree._Element:
        if self.hub:
            etree.SubElement(rss_feed[0], f"{{{_ATOM}}}link", rel="hub", href=self.hub)
        for link in self.links:
            etree.SubElement(rss_feed[0], f"{{{_ATOM}}}link", rel=link.rel, href=link.href, type=link.type)
        return rss_feed


def atom_by_feedgen(feed: WrittenFeed) -> bytes:
    """Write a feed as Atom in UTF-8."""
    writer = _writer(feed, "application/atom+xml", feed.links)
    if feed.hub:
        writer.link(href=feed.hub, rel="hub")
    if feed.archive:
        writer.register_extension("fh", _ArchiveMark, atom=True, rss=False)
    _add(feed, writer, _write_atom)
    return bytes(writer.atom_str(pretty=True))


def rss_by_feedgen(feed: WrittenFeed) -> bytes:
    """Write a feed as RSS in UTF-8."""
    writer = _writer(feed, "application/rss+xml", ())
    writer.register_extension("links", _ChannelLinks, atom=False, rss=True)
    writer.links.links, writer.links.hub = feed.links, feed.hub
    _add(feed, writer, _write_rss)
    return bytes(writer.rss_str(pretty=True))


def _writer(feed: WrittenFeed, media_type: str, links: tuple[DocumentLink, ...]) -> FeedGenerator:
    """Make the writer with all that a feed says of itself."""
    writer = FeedGenerator()
    writer.load_extension("dc")
    writer.id(feed.id)
    writer.title(feed.title)
    writer.subtitle(feed.subtitle)
    writer.link(href=feed.address, rel="self", type=media_type)
    # Before the other formats, because readers take the first alternate for the page; feedgen gives RSS the last link.
    writer.link(href=feed.url, rel="alternate", type="text/html")
    for link in links:
        writer.link(href=link.href, rel=link.rel, type=link.type)
    # RFC 4287 section 4.1.1 wants an author of the feed, for entries whose authors nobody knows by name.
    writer.author(name=feed.author)
    writer.updated(_time(feed.updated))
    writer.generator("sitegen")
    return writer


def _add(feed: WrittenFeed, writer: FeedGenerator, write: Callable[[Entry, FeedEntry], None]) -> None:
    for entry in feed.entries:
        written = writer.add_entry(order="append")
        _write(entry, written)
        write(entry, written)


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
