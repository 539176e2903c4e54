"""The past of a feed in archives (RFC 5005 section 4): one a month, in parts, disjoint and complete.

The newest month is archived too, so that the archives alone hold every paper: nothing has to move out of the live
window in time. Parts are filled from the oldest paper on, so that an addition changes the newest part alone.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from sitegen.pages import ArchivePage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.pages import Feed, Listing

PART_LIMIT = 500


def archive_pages(feed: Feed, listings: Sequence[Listing], *, whole: bool) -> tuple[ArchivePage, ...]:
    """Give the archives of a feed, the oldest first, from all its papers in the order (added, id)."""
    parts: list[tuple[str, str, tuple[Listing, ...]]] = []
    for month, found in groupby(listings, key=lambda listing: listing.paper.added[:7]):
        papers = tuple(found)
        for number, start in enumerate(range(0, len(papers), PART_LIMIT), 1):
            path = f"feeds/{feed.name}/archive/{month}-{number}.atom.xml"
            parts.append((path, month, papers[start : start + PART_LIMIT]))
    paths = ["", *(path for path, _, _ in parts), ""]
    return tuple(
        ArchivePage(path, replace(feed, entries=papers), month, paths[place], paths[place + 2], whole)
        for place, (path, month, papers) in enumerate(parts)
    )
