"""What feeds tell besides single papers: the papers of a week, and what was said of a paper later."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from sitegen.pages import Changed, Week

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sitegen.model import Paper
    from sitegen.pages import Listing

WEEK_LIMIT = 1_000


def weeks(listings: Sequence[Listing], newest: str) -> Iterator[Week]:
    """Give each ISO week's papers, oldest first, from papers in the order (added, id).

    `newest` is when the newest record of all was added: its week may still grow, and is not given. A week of more than
    1,000 papers is given in parts.
    """
    for week, found in groupby(listings, key=lambda listing: _week(listing.paper.added)):
        if week >= _week(newest):
            return
        papers = tuple(found)
        end = f"{date.fromisocalendar(*week, 7)}T23:59:59Z"
        for part, start in enumerate(range(0, len(papers), WEEK_LIMIT), 1):
            yield Week(f"{week[0]}-W{week[1]:02}", part, end, papers[start : start + WEEK_LIMIT])


def _week(time: str) -> tuple[int, int]:
    return date.fromisoformat(time[:10]).isocalendar()[:2]


def changes(papers: Sequence[Paper], listing: dict[str, Listing]) -> tuple[Changed, ...]:
    """Give what was said of papers after they were added, in the order (time, id); of removed ones nothing."""
    found = [
        Changed(listing[paper.id], tuple(said))
        for paper in papers
        if paper.status != "removed"
        for _, said in groupby(sorted(paper.changes, key=lambda change: change.at), key=lambda change: change.at)
    ]
    return tuple(sorted(found, key=lambda changed: (changed.changes[0].at, changed.listing.paper.id)))
