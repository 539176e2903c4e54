"""Lists of papers cut into pages: by year, by month, and where that is not enough, in parts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from sitegen import text
from sitegen.line_pages import LineGroup
from sitegen.pages import FileLink, Listing, ListPage, Section, Way, WayGroup
from sitegen.site import UNDATED, grouped, year_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sitegen.line_pages import PaperLine
    from sitegen.model import Paper

T = TypeVar("T")

LIST_LIMIT = 300
# A year of more papers than these is read by month.
_MONTHS_FROM = 100


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
    """Give a year by month, and where it has more papers than are read at once, one page a month below it."""
    stem, title = f"browse/{year}", year_name(year)
    months = _by(listings, lambda listing: listing.paper.date[5:7])
    if year == UNDATED or len(listings) <= _MONTHS_FROM or len(months) == 1:
        yield from _parts(stem, title, listings)
        return
    ways = tuple(Way(_month_name(year, month), f"{stem}/{month or 'year'}.md", len(papers)) for month, papers in months)
    yield ListPage(f"{stem}.md", title, note=text.plural(len(listings), "paper"), groups=(WayGroup("By month", ways),))
    for (month, papers), beside in zip(months, neighbours(ways), strict=True):
        first, *others = _parts(f"{stem}/{month or 'year'}", _month_name(year, month), papers)
        yield replace(first, onward=beside)
        yield from others


def neighbours(ways: Sequence[Way]) -> Iterator[tuple[FileLink, ...]]:
    """Give for each of some ways, the newest first, those to the page before and the page after it."""
    pages = [FileLink(f"Newer: {way.title}", way.path) for way in ways[:-1]]
    older = [FileLink(f"Older: {way.title}", way.path) for way in ways[1:]]
    for place in range(len(ways)):
        yield (*pages[max(place - 1, 0) : place], *older[place : place + 1])


def line_pages(
    stem: str, title: str, papers: Sequence[Paper], lines: Mapping[str, PaperLine], lead: str = ""
) -> Iterator[ListPage]:
    """Give papers by year, newest first, one line each (`lines` by id), in parts where a page cannot hold them."""
    note = text.plural(len(papers), "paper")
    if len(papers) <= LIST_LIMIT:
        yield ListPage(f"{stem}.md", title, lead, note, lines=_line_years(papers, lines))
        return
    parts = _cut(sorted(papers, key=lambda paper: paper.order))
    yield ListPage(f"{stem}.md", title, lead, note, groups=(_part_ways(stem, parts),))
    for number, part in enumerate(parts, 1):
        group = LineGroup("", tuple(lines[paper.id] for paper in part))
        yield ListPage(f"{stem}/part-{number}.md", f"{title}, part {number}", lines=(group,))


def _line_years(papers: Sequence[Paper], lines: Mapping[str, PaperLine]) -> tuple[LineGroup, ...]:
    years = grouped(papers, lambda paper: (year_of(paper),))
    return tuple(
        [LineGroup(year_name(year), tuple([lines[paper.id] for paper in found])) for year, found in years.items()]
    )


def _parts(stem: str, title: str, listings: tuple[Listing, ...]) -> Iterator[ListPage]:
    """Give a list on one page, or in parts counted from the oldest, so that a new paper moves no other."""
    note = text.plural(len(listings), "paper")
    if len(listings) <= LIST_LIMIT:
        yield ListPage(f"{stem}.md", title, note=note, sections=_month_sections(listings))
        return
    parts = _cut(sorted(listings, key=lambda listing: listing.paper.order))
    yield ListPage(f"{stem}.md", title, note=note, groups=(_part_ways(stem, parts),))
    for number, part in enumerate(parts, 1):
        yield ListPage(f"{stem}/part-{number}.md", f"{title}, part {number}", sections=(Section("", tuple(part)),))


def _cut(whole: Sequence[T]) -> list[Sequence[T]]:
    return [whole[start : start + LIST_LIMIT] for start in range(0, len(whole), LIST_LIMIT)]


def _part_ways(stem: str, parts: Sequence[Sequence[object]]) -> WayGroup:
    ways = tuple(Way(f"Part {n}", f"{stem}/part-{n}.md", len(part)) for n, part in enumerate(parts, 1))
    return WayGroup("In the order they were added", ways)


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
