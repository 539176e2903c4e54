"""Entries of feeds as XML: those of Atom 1.0 (RFC 4287) and of RSS 2.0, as they stand in documents of `feed_xml`.

They are most of what feeds are made of: written as text, they cost a tenth of what a library takes for them.
"""

from __future__ import annotations

import html
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from sitegen.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.render.feed_written import Entry


def atom_entry(entry: Entry) -> str:
    """Give an entry of Atom, indented by two spaces."""
    return "\n    ".join(["  <entry>", *_atom(entry)]) + "\n  </entry>\n"


def rss_item(entry: Entry) -> str:
    """Give an item of RSS, indented by four spaces."""
    return "\n      ".join(["    <item>", *_rss(entry)]) + "\n    </item>\n"


def _atom(entry: Entry) -> Iterator[str]:
    """Give the elements of an entry: one author element for each person, links by their relation, a plain summary."""
    yield _element("id", entry.id)
    yield _element("title", entry.title)
    yield _element("updated", _time(entry.updated).isoformat())
    for name in entry.authors:
        yield f"<author>\n      {_element('name', name)}\n    </author>"
    if entry.content:
        yield f'<content type="html">{_text(entry.content)}</content>'
    yield _empty("link", href=entry.url, rel="alternate", type="text/html")
    for link in entry.links:
        yield _empty("link", href=link.href, rel=link.rel, type=link.type, title=link.title)
    yield _element("summary", entry.summary)
    for category in entry.categories:
        yield _empty("category", term=category.term, scheme=category.scheme, label=category.label)
    yield _element("published", _time(entry.published).isoformat())
    yield from _dublin_core(entry)


def _rss(entry: Entry) -> Iterator[str]:
    """Give the elements of an item; a description is HTML, and an author an e-mail address: persons are creators."""
    yield _element("title", entry.title)
    yield _element("link", entry.url)
    if description := escape_html(entry.summary) or entry.content:
        yield _element("description", description)
    if entry.summary and entry.content:
        yield _element("content:encoded", entry.content)
    yield f'<guid isPermaLink="false">{_text(entry.id)}</guid>'
    for category in entry.categories:
        yield f'<category domain="{_attribute(category.scheme)}">{_text(category.label)}</category>'
    for link in entry.links:
        if link.rel == "enclosure":
            yield _empty("enclosure", url=link.href, length="0", type=link.type)
    yield _element("pubDate", format_datetime(_time(entry.published)))
    for name in entry.authors:
        yield _element("dc:creator", name)
    yield from _dublin_core(entry)


def _dublin_core(entry: Entry) -> Iterator[str]:
    """Give what both formats share."""
    if entry.source:
        yield _element("dc:source", entry.source)
    if entry.identifier:
        yield _element("dc:identifier", entry.identifier)


def _element(name: str, text: str) -> str:
    return f"<{name}>{_text(text)}</{name}>" if text else f"<{name}/>"


def _empty(name: str, **attributes: str) -> str:
    """Give an element with the attributes that have a value."""
    said = [f' {key}="{_attribute(value)}"' for key, value in attributes.items() if value]
    return f"<{name}{''.join(said)}/>"


def _text(text: str) -> str:
    """Escape text for XML; a reader would take a carriage return for a line feed."""
    return html.escape(text, quote=False).replace("\r", "&#13;")


def _attribute(text: str) -> str:
    """Escape text for an attribute, where a reader would take other white space for spaces."""
    return _text(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


@lru_cache(maxsize=1024)
def _time(time: str) -> datetime:
    return datetime.fromisoformat(time)
