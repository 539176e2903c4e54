"""Planned files about the site as a whole, for programs to read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SitemapPage:
    """The sitemap: absolute addresses with the time of the last change, where it is known."""

    path: str
    entries: tuple[tuple[str, str], ...]


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
