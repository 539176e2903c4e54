"""Which entries stand in a feed's live window: enough for whoever polls once in two weeks, within bounds."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import singledispatch
from typing import TYPE_CHECKING

from sitegen.latex import runs
from sitegen.pages import Changed, FeedItem, Listing, Week
from sitegen.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Sequence

FEED_ABSTRACT_CAP = 50_000
# What Markdown may make an element of, or two.
_NOTE_MARKS = re.compile(r"[*_`>\n-]")
_FEED_LEAST, _FEED_MOST, _FEED_DAYS, _FEED_BYTES = 100, 1_000, 14, 3_000_000


def feed_window(items: Sequence[FeedItem]) -> tuple[FeedItem, ...]:
    """Give the live window of a feed from all it could hold in the order (published, id), oldest first as they came.

    It is the newest 100 or all of the 14 days before the newest, whichever is more, at most 1,000 and about 3 MB;
    papers with `announce: false` stand only in archives. The newest is there whatever it weighs.
    """
    announced = [item for item in items if not isinstance(item, Listing) or item.paper.announce]
    if not announced:
        return ()
    since = datetime.fromisoformat(published(announced[-1])) - timedelta(days=_FEED_DAYS)
    window: list[FeedItem] = []
    weight = 0
    for item in reversed(announced[-_FEED_MOST:]):
        weight += _weight(item)
        if len(window) >= _FEED_LEAST and datetime.fromisoformat(published(item)) < since:
            break
        if window and weight > _FEED_BYTES:
            break
        window.append(item)
    return tuple(reversed(window))


def published(item: FeedItem) -> str:
    """Give when an entry came into its feeds, as in `Paper.added`; it never changes."""
    if isinstance(item, Listing):
        return item.paper.added
    return item.end if isinstance(item, Week) else item.changes[0].at


@singledispatch
def _weight(item: object) -> int:
    raise TypeError(type(item))


@_weight.register(Listing)
def _paper_weight(listing: Listing) -> int:
    """Estimate, rather too high, the bytes of an entry: HTML within XML is escaped twice, formulas become elements."""
    paper = listing.paper
    abstract = paper.abstract[:FEED_ABSTRACT_CAP]
    rest = (paper.title, paper.venue, paper.note, *paper.organizations, *(author.name for author in paper.authors))
    links = (paper.links.pdf, paper.links.code, paper.links.page, paper.links.doi)
    formulas = sum(len(run.text) + 6 for run in runs(abstract) if run.formula) if "$" in abstract else 0
    structure = 1_600 + 400 * len(listing.topics) + 60 * len(paper.authors) + 4 * sum(map(len, links))
    marks = 80 * (abstract.count("://") + paper.note.count("://")) + 25 * abstract.count("\n")
    marks += 25 * len(_NOTE_MARKS.findall(paper.note))
    return structure + marks + 30 * formulas + _twice_escaped(abstract) + 2 * _twice_escaped("".join(rest))


@_weight.register(Week)
def _week_weight(week: Week) -> int:
    """Estimate the bytes of a digest: a title, a few names and the links of each paper."""
    return 1_600 + sum(map(_line_weight, week.listings))


def _line_weight(listing: Listing) -> int:
    """Estimate the bytes of a paper in a digest."""
    paper, links = listing.paper, listing.paper.links
    addresses = 3 * (len(links.doi) + len(links.code) + len(links.page) + len(links.pdf)) + 2 * len(links.arxiv)
    return 600 + len(listing.url) + addresses + _twice_escaped(paper.title)


@_weight.register(Changed)
def _change_weight(changed: Changed) -> int:
    """Estimate the bytes of what was said of a paper."""
    paper = changed.listing.paper
    said = "".join((paper.title, *(author.name for author in paper.authors), *(c.note for c in changed.changes)))
    return 1_600 + 400 * len(changed.listing.topics) + 60 * len(paper.authors) + 3 * _twice_escaped(said)


def _twice_escaped(text: str) -> int:
    return len(escape_html(escape_html(text)).encode(errors="replace"))
