"""The formats that every feed is written in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FeedFormat:
    """A format that feeds are written in: how its files end, its media type, its name for people."""

    name: str
    suffix: str
    media_type: str
    words: str


FEED_FORMATS = (
    FeedFormat("atom", ".atom.xml", "application/atom+xml", "Atom"),
    FeedFormat("rss", ".rss.xml", "application/rss+xml", "RSS"),
    FeedFormat("json", ".json", "application/feed+json", "JSON"),
)
