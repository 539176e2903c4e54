"""Lists of papers cut into pages: by year, by month, and where that is not enough, in parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen import text
from sitegen.pages import Listing, ListPage, Section, Way, WayGroup
from sitegen.site import UNDATED, grouped, year_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sitegen.model import Paper

LIST_LIMIT = 300


def year_name(year: str) -> str:
    """Give the words for a year, or for none."""
    return "Without a date" if year == UNDATED else year


def list_pages(stem: str, title: str, listings: tuple[Listing, ...], lead: str = "") -> Iterator[ListPage]:
    """Give a list by year, and where it is longer than a page may be, one page a year below it."""
    note = text.plural(len(listings), "paper") if listings else "No papers yet"
    years = _by(listings, lambda listing: year_of(listing.paper))
    if len(listings) <= LIST_LIMIT:
        sections = tuple(Section(year_name(year), papers) for year, papers in years)
        yield ListPage(f"{stem}.md", title, lead, note, sections=sections)
        return
    ways = tuple(Way(year_name(year), f"{stem}/{year}.md", len(papers)) for year, papers in years)
    yield ListPage(f"{stem}.md", title, lead, note, groups=(WayGroup("By year", ways),))
    for year, papers in years:
        yield from _parts(f"{stem}/{year}", f"{title}: {year_name(year)}", papers)


def year_pages(year: str, listings: tuple[Listing, ...]) -> Iterator[ListPage]:
    """Give a year by month, and where it is longer than a page may be, one page a month below it."""
    stem, title = f"browse/{year}", year_name(year)
    months = _by(listings, lambda listing: listing.paper.date[5:7])
    if year == UNDATED or len(listings) <= LIST_LIMIT or len(months) == 1:
        yield from _parts(stem, title, listings)
        return
    ways = tuple(Way(_month_name(year, month), f"{stem}/{month or 'year'}.md", len(papers)) for month, papers in months)
    yield ListPage(f"{stem}.md", title, note=text.plural(len(listings), "paper"), groups=(WayGroup("By month", ways),))
    for month, papers in months:
        yield from _parts(f"{stem}/{month or 'year'}", _month_name(year, month), papers)


def _parts(stem: str, title: str, listings: tuple[Listing, ...]) -> Iterator[ListPage]:
    """Give a list on one page, or in parts counted from the oldest, so that a new paper moves no other."""
    note = text.plural(len(listings), "paper")
    if len(listings) <= LIST_LIMIT:
        yield ListPage(f"{stem}.md", title, note=note, sections=_month_sections(listings))
        return
    oldest_first = tuple(sorted(listings, key=lambda listing: listing.paper.order))
    parts = [oldest_first[start : start + LIST_LIMIT] for start in range(0, len(oldest_first), LIST_LIMIT)]
    ways = tuple(Way(f"Part {n}", f"{stem}/part-{n}.md", len(part)) for n, part in enumerate(parts, 1))
    yield ListPage(f"{stem}.md", title, note=note, groups=(WayGroup("In the order they were added", ways),))
    for number, part in enumerate(parts, 1):
        yield ListPage(f"{stem}/part-{number}.md", f"{title}, part {number}", sections=(Section("", part),))


def _month_sections(listings: tuple[Listing, ...]) -> tuple[Section, ...]:
    months = _by(listings, lambda listing: listing.paper.date[:7])
    return tuple(Section(text.long_date(month) if month else "", papers) for month, papers in months)


def _month_name(year: str, month: str) -> str:
    return text.long_date(f"{year}-{month}") if month else f"{year}, month unknown"


def _by(listings: tuple[Listing, ...], key: Callable[[Listing], str]) -> list[tuple[str, tuple[Listing, ...]]]:
    """Cut a sorted list where its key changes."""
    listing_of = {listing.paper.id: listing for listing in listings}
    groups = grouped([listing.paper for listing in listings], lambda paper: (key(listing_of[paper.id]),))
    return [(name, _listings(papers, listing_of)) for name, papers in groups.items()]


def _listings(papers: Sequence[Paper], listing: dict[str, Listing]) -> tuple[Listing, ...]:
    return tuple(listing[paper.id] for paper in papers)
