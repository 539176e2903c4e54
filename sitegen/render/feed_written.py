"""A feed as any format writes it: what one document says of itself, its links to others, and its entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sitegen.render.feed_entries import Entry


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A link from a document to another: the same in another format (alternate), or an archive (RFC 5005)."""

    rel: str
    href: str
    type: str


@dataclass(frozen=True, slots=True)
class WrittenFeed:
    """One document: plain text without escapes, addresses absolute, the newest entry first.

    `author` stands for authors whom nobody knows by name; `url` is the page for people, `address` the document's own;
    `archive` is whether it is one (RFC 5005 section 4).
    """

    id: str
    title: str
    author: str
    subtitle: str
    url: str
    address: str
    updated: str
    links: tuple[DocumentLink, ...]
    entries: tuple[Entry, ...]
    archive: bool
