"""Feeds as a stranger reads them: the standard library reads XML and JSON, html5lib the HTML; nothing here is ours."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree as ET

import html5lib

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
MATH = "{http://www.w3.org/1998/Math/MathML}math"


@dataclass(frozen=True)
class EntrySeen:
    """One entry as a document has it, from any format; `updated` is None in RSS, which has no such element."""

    kind: str
    id: str
    title: str
    links: tuple[tuple[str, str, str], ...]
    published: datetime | None
    updated: datetime | None
    authors: tuple[str, ...]
    summary: str
    content: str
    categories: tuple[tuple[str, str, str], ...]
    identifiers: tuple[str, ...]
    sources: tuple[str, ...]

    def hrefs(self, rel: str) -> list[str]:
        return [href for found, href, _ in self.links if found == rel]


@dataclass(frozen=True)
class FeedSeen:
    """A whole document; `id` is empty in RSS, `root` in JSON."""

    kind: str
    root: ET.Element
    id: str
    title: str
    links: tuple[tuple[str, str, str], ...]
    updated: datetime | None
    entries: tuple[EntrySeen, ...]


def seen_in(document: bytes) -> FeedSeen:
    """Read a document in any of the formats."""
    if document.startswith(b"{"):
        return _seen_json(json.loads(document))
    root = ET.fromstring(document)
    return _seen_atom(root) if root.tag == f"{ATOM}feed" else _seen_rss(root)


def _seen_atom(root: ET.Element) -> FeedSeen:
    entries = tuple(
        EntrySeen(
            kind="atom",
            id=_text(entry, f"{ATOM}id"),
            title=_text(entry, f"{ATOM}title"),
            links=_atom_links(entry),
            published=_when(_text(entry, f"{ATOM}published")),
            updated=_when(_text(entry, f"{ATOM}updated")),
            authors=tuple(_text(author, f"{ATOM}name") for author in entry.findall(f"{ATOM}author")),
            summary=_text(entry, f"{ATOM}summary"),
            content="".join(_texts(entry, f"{ATOM}content")),
            categories=tuple(
                (category.get("term", ""), category.get("scheme", ""), category.get("label", ""))
                for category in entry.findall(f"{ATOM}category")
            ),
            identifiers=_texts(entry, f"{DC}identifier"),
            sources=_texts(entry, f"{DC}source"),
        )
        for entry in root.findall(f"{ATOM}entry")
    )
    identity, title, updated = (_text(root, f"{ATOM}{name}") for name in ("id", "title", "updated"))
    return FeedSeen("atom", root, identity, title, _atom_links(root), _when(updated), entries)


def _seen_rss(root: ET.Element) -> FeedSeen:
    channel = root.find("channel")
    assert channel is not None
    entries = tuple(
        EntrySeen(
            kind="rss",
            id=_text(item, "guid"),
            title=_text(item, "title"),
            links=(
                *(("alternate", link, "text/html") for link in _texts(item, "link")),
                *(("enclosure", found.get("url", ""), found.get("type", "")) for found in item.findall("enclosure")),
            ),
            published=_when(_text(item, "pubDate")),
            updated=None,
            authors=_texts(item, f"{DC}creator"),
            summary=visible(_text(item, "description")),
            content=_text(item, f"{CONTENT}encoded"),
            categories=tuple(("", found.get("domain", ""), found.text or "") for found in item.findall("category")),
            identifiers=_texts(item, f"{DC}identifier"),
            sources=_texts(item, f"{DC}source"),
        )
        for item in channel.findall("item")
    )
    links = (*_atom_links(channel), *(("alternate", link, "text/html") for link in _texts(channel, "link")))
    return FeedSeen("rss", root, "", _text(channel, "title"), links, _when(_text(channel, "lastBuildDate")), entries)


def _seen_json(feed: dict[str, Any]) -> FeedSeen:
    entries = tuple(
        EntrySeen(
            kind="json",
            id=item["id"],
            title=item.get("title", ""),
            links=(
                ("alternate", item.get("url", ""), "text/html"),
                *(("via", item["external_url"], "") for _ in range("external_url" in item)),
                *(("enclosure", found["url"], found.get("mime_type", "")) for found in item.get("attachments", ())),
            ),
            published=_when(item.get("date_published", "")),
            updated=_when(item.get("date_modified", "")),
            authors=tuple(author["name"] for author in item.get("authors", ())),
            summary=item.get("summary", ""),
            content=item.get("content_html", ""),
            categories=tuple(("", "", tag) for tag in item.get("tags", ())),
            identifiers=tuple(f"doi:{item['_paper']['doi']}" for _ in range("doi" in item.get("_paper", ()))),
            sources=tuple(item["_paper"]["venue"] for _ in range("venue" in item.get("_paper", ()))),
        )
        for item in feed["items"]
    )
    own = feed["_feed"]
    types = {"atom": "application/atom+xml", "rss": "application/rss+xml"}
    links = (
        ("self", feed["feed_url"], "application/feed+json"),
        ("alternate", feed["home_page_url"], "text/html"),
        *(("alternate", own[name], kind) for name, kind in types.items() if name in own),
        *((rel, own[rel], types["atom"]) for rel in ("prev-archive",) if rel in own),
        *(("hub", hub["url"], "" if hub["type"] == "WebSub" else hub["type"]) for hub in feed.get("hubs", ())),
    )
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    return FeedSeen("json", ET.Element("json"), own["id"], feed["title"], links, _when(own["updated"]), entries)


def _atom_links(element: ET.Element) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (link.get("rel", "alternate"), link.get("href", ""), link.get("type", ""))
        for link in element.findall(f"{ATOM}link")
    )


def _text(element: ET.Element, tag: str) -> str:
    """Give the text of the one element of that name; where there is not just one, nothing fits what comes back."""
    found = element.findall(tag)
    return "".join(found[0].itertext()) if len(found) == 1 else f"({len(found)} of {tag})"


def _texts(element: ET.Element, tag: str) -> tuple[str, ...]:
    return tuple(found.text or "" for found in element.findall(tag))


def _when(text: str) -> datetime | None:
    """Read RFC 3339 or RFC 2822; a time without zone is no time."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            when = read(text)
        except (ValueError, IndexError):
            continue
        return when if when.tzinfo else None
    return None


def fragment(content: str) -> ET.Element:
    tree: ET.Element = html5lib.parseFragment(content, treebuilder="etree", namespaceHTMLElements=False)
    return tree


def visible(content: str) -> str:
    """Give what a reader sees of an HTML fragment, a formula as its text, white space as single spaces."""
    return spaced(_shown(fragment(content)))


def _shown(element: ET.Element) -> str:
    if element.tag == MATH:
        return element.get("alttext", "")
    inner = (element.text or "") + "".join(_shown(child) + (child.tail or "") for child in element)
    return f" {inner} " if element.tag == "p" else inner


def spaced(text: str) -> str:
    return " ".join(text.split())
