"""JSON Feed 1.1, with what it has no member for in extensions of our own, whose names begin with "_"."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sitegen.render.feed_written import Entry, WrittenFeed

_VERSION = "https://jsonfeed.org/version/1.1"
_NAMES = {"application/atom+xml": "atom", "application/rss+xml": "rss"}


def write_json(feed: WrittenFeed) -> bytes:
    """Write a feed as UTF-8 JSON, a member to a line; members without a value are left out."""
    said = {
        "version": _VERSION,
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": feed.url,
        "feed_url": feed.address,
        "_feed": {
            "id": feed.id,
            "updated": feed.updated,
            **{_NAMES[link.type]: link.href for link in feed.links if link.rel == "alternate"},
            **{link.rel: link.href for link in feed.links if link.rel != "alternate"},
        },
        **({"hubs": [{"type": "WebSub", "url": feed.hub}]} if feed.hub else {}),
        "items": [_item(entry) for entry in feed.entries],
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _item(entry: Entry) -> dict[str, Any]:
    external = next((link.href for link in entry.links if link.rel == "via"), "")
    paper = {"doi": entry.identifier.removeprefix("doi:"), "venue": entry.source}
    item = {
        "id": entry.id,
        "url": entry.url,
        "external_url": external,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.content,
        "date_published": entry.published,
        "date_modified": entry.updated,
        "authors": [{"name": name} for name in entry.authors],
        "tags": [category.label for category in entry.categories],
        "attachments": [{"url": link.href, "mime_type": link.type} for link in entry.links if link.rel == "enclosure"],
        "_paper": {name: value for name, value in paper.items() if value},
    }
    return {name: value for name, value in item.items() if value}
