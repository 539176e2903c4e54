"""Atom 1.0 (RFC 4287) and RSS 2.0 from the values of `feed_written`: feedgen's, with entries of `feed_items`.

feedgen's defaults are the present time and its own name: each is set here.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from sitegen.render.feed_items import atom_entry, rss_item

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sitegen.render.feed_written import DocumentLink, WrittenFeed

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


def write_atom(feed: WrittenFeed) -> bytes:
    """Write a feed as Atom in UTF-8."""
    return _filled(atom_frame(feed).atom_str(pretty=True), map(atom_entry, feed.entries), b"</feed>\n")


def write_rss(feed: WrittenFeed) -> bytes:
    """Write a feed as RSS in UTF-8."""
    return _filled(rss_frame(feed).rss_str(pretty=True), map(rss_item, feed.entries), b"  </channel>\n</rss>\n")


def atom_frame(feed: WrittenFeed) -> FeedGenerator:
    """Give what writes an Atom feed, without its entries."""
    writer = _writer(feed, "application/atom+xml", feed.links)
    if feed.hub:
        writer.link(href=feed.hub, rel="hub")
    if feed.archive:
        writer.register_extension("fh", _ArchiveMark, atom=True, rss=False)
    return writer


def rss_frame(feed: WrittenFeed) -> FeedGenerator:
    """Give what writes an RSS feed, without its items."""
    writer = _writer(feed, "application/rss+xml", ())
    writer.register_extension("links", _ChannelLinks, atom=False, rss=True)
    writer.links.links, writer.links.hub = feed.links, feed.hub
    return writer


def _filled(frame: bytes, entries: Iterable[str], end: bytes) -> bytes:
    """Put entries before the end of a document that has none."""
    return b"".join([frame.removesuffix(end), "".join(entries).encode(), end])


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
    writer.updated(datetime.fromisoformat(feed.updated))
    writer.generator("sitegen")
    return writer
