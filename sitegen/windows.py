"""Which papers stand in a feed's live window: enough for whoever polls once in two weeks, within bounds."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sitegen.latex import runs
from sitegen.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.pages import Listing

FEED_ABSTRACT_CAP = 50_000
_FEED_LEAST, _FEED_MOST, _FEED_DAYS, _FEED_BYTES = 100, 1_000, 14, 3_000_000


def feed_window(listings: Sequence[Listing]) -> tuple[Listing, ...]:
    """Give the live window of a feed from its listings in the order (added, id), oldest first as they came.

    It is the newest 100 or all of the 14 days before the newest, whichever is more, at most 1,000 and about 3 MB;
    papers with `announce: false` stand only in archives. The newest is there whatever it weighs.
    """
    announced = [listing for listing in listings if listing.paper.announce]
    if not announced:
        return ()
    since = datetime.fromisoformat(announced[-1].paper.added) - timedelta(days=_FEED_DAYS)
    window: list[Listing] = []
    weight = 0
    for listing in reversed(announced[-_FEED_MOST:]):
        weight += _feed_weight(listing)
        if len(window) >= _FEED_LEAST and datetime.fromisoformat(listing.paper.added) < since:
            break
        if window and weight > _FEED_BYTES:
            break
        window.append(listing)
    return tuple(reversed(window))


def _feed_weight(listing: Listing) -> int:
    """Estimate, rather too high, the bytes of an entry: HTML within XML is escaped twice, formulas become elements."""
    paper = listing.paper
    abstract = paper.abstract[:FEED_ABSTRACT_CAP]
    rest = (paper.title, paper.venue, paper.note, *paper.organizations, *(author.name for author in paper.authors))
    links = (paper.links.pdf, paper.links.code, paper.links.page, paper.links.doi)
    formulas = sum(len(run.text) + 6 for run in runs(abstract) if run.formula) if "$" in abstract else 0
    structure = 1_600 + 400 * len(listing.topics) + 60 * len(paper.authors) + 4 * sum(map(len, links))
    marks = 80 * (abstract.count("://") + paper.note.count("://")) + 25 * abstract.count("\n")
    return structure + marks + 30 * formulas + _twice_escaped(abstract) + 2 * _twice_escaped("".join(rest))


def _twice_escaped(text: str) -> int:
    return len(escape_html(escape_html(text)).encode(errors="replace"))
