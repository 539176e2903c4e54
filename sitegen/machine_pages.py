"""Planned files about the site as a whole, for programs to read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SitemapPage:
    """The sitemap: absolute addresses with the time of the last change, where it is known.

    `site_url` is absolute and ends in "/": a sitemap of very many addresses is in parts, which it must name.
    """

    path: str
    entries: tuple[tuple[str, str], ...]
    site_url: str = ""


@dataclass(frozen=True, slots=True)
class RobotsPage:
    """What programs that follow links may read: everything; `sitemap` is the absolute address of the sitemap."""

    path: str
    sitemap: str


@dataclass(frozen=True, slots=True)
class SummaryPage:
    """The plain-text overview for programs that read (llms.txt)."""

    path: str
    title: str
    description: str
    ways: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class OpenSearchPage:
    """The search described to browsers, so that they can offer it; `template` is absolute, with "{searchTerms}"."""

    path: str
    title: str
    description: str
    template: str


@dataclass(frozen=True, slots=True)
class PageText:
    """A hand-written page as search sees it: its plain text, and its url relative to the site's root ("about/")."""

    title: str
    url: str
    text: str
