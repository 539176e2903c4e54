"""A feed as any format writes it: what one document says of itself, its links to others, and its entries."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Category:
    """A topic as feeds name it: slug, the address of all topics, and the name for people."""

    term: str
    scheme: str
    label: str


@dataclass(frozen=True, slots=True)
class EntryLink:
    """A link of an entry beside its own page: `rel` is via, related or enclosure (RFC 4287 section 4.2.7)."""

    rel: str
    href: str
    title: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed: plain text without escapes but for `content`, which is HTML; times as in `Paper.added`."""

    id: str
    title: str
    url: str
    published: str
    updated: str
    authors: tuple[str, ...]
    summary: str
    content: str
    categories: tuple[Category, ...] = ()
    links: tuple[EntryLink, ...] = ()
    identifier: str = ""
    source: str = ""


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
    `archive` is whether it is one (RFC 5005 section 4); `hub` is the WebSub hub it is told to, "" for none.
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
    hub: str = ""
