"""Papers counted: by year, by month, by kind and by pairs of topics, as charts show them."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

from sitegen import text
from sitegen.figures import Chart, Spark, cells
from sitegen.site import grouped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sitegen.model import Paper

YEARS = 5
NO_DATE = "no date"
# A month strip begins in January this many years before the newest year.
_MONTH_STRIP_YEARS = 3


def spark_years(papers: Iterable[Paper]) -> tuple[int, ...]:
    """Give the five years that end with the newest dated paper's, in order; none where no paper has a date."""
    newest = max((int(paper.date[:4]) for paper in papers if paper.date), default=0)
    return tuple(range(newest - YEARS + 1, newest + 1)) if newest else ()


def spark(papers: Iterable[Paper], years: Sequence[int]) -> Spark | None:
    """Give the papers of each year; None where there are no years."""
    if not years:
        return None
    found = Counter(paper.date[:4] for paper in papers)
    return Spark(years[0], tuple(found[f"{year:04}"] for year in years))


def trend(papers: Sequence[Paper], everything: Sequence[Paper], colour: int = 0) -> Chart | None:
    """Give papers per year before all papers of that year; None where no paper at all has a date."""
    years = spark_years(everything)
    if not years:
        return None
    own, all_of = by_column(papers, years[0]), by_column(everything, years[0])
    columns = [f"to {years[0] - 1}", *map(str, years), NO_DATE]
    # A year without papers says something, no papers before them or without a date says nothing.
    shown = [name for name in columns if name.isdigit() or all_of[name]]
    rows = tuple(cells(name, own[name], all_of[name]) for name in shown)
    return Chart("trend", cells("Year", "Papers", "Of all"), rows, colour)


def by_column(papers: Iterable[Paper], first: int) -> Counter[str]:
    """Count papers by year from a first one; what is before it and what has no date stands in a column of its own."""
    return Counter(_column(paper.date, first) for paper in papers)


def _column(date: str, first: int) -> str:
    if not date:
        return NO_DATE
    return str(int(date[:4])) if int(date[:4]) >= first else f"to {first - 1}"


def years(papers: Sequence[Paper], most: int) -> Chart | None:
    """Give papers per year in at most so many columns, the oldest years as one; None where no paper has a date."""
    dated = [int(paper.date[:4]) for paper in papers if paper.date]
    if not dated:
        return None
    first = max(min(dated), max(dated) - most + 1)
    found = by_column(papers, first)
    columns = [f"to {first - 1}", *map(str, range(first, max(dated) + 1)), NO_DATE]
    rows = tuple(cells(name, found[name]) for name in columns if name.isdigit() or found[name])
    return Chart("columns", cells("Year", "Papers"), rows)


def months(papers: Sequence[Paper], shape: str = "months") -> Chart | None:
    """Give papers per month of the last four years; None where no paper's month is known."""
    by_month = Counter(paper.date[:7] for paper in papers if len(paper.date) >= 7)
    if not by_month:
        return None
    last = max(by_month)
    start = max(min(by_month), f"{int(last[:4]) - _MONTH_STRIP_YEARS:04}-01")
    names = _months_between(start, last)
    rows = tuple(cells(name, by_month[name]) for name in names)
    return Chart(shape, cells("Month", "Papers"), rows, note=_not_drawn(papers, start))


def _months_between(start: str, last: str) -> list[str]:
    """Give each month from one to another, both included, as YYYY-MM."""
    first, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (start, last))
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(first, end + 1)]


def _not_drawn(papers: Sequence[Paper], start: str) -> str:
    """Say which papers a month strip does not show."""
    dates = [paper.date for paper in papers]
    left_out = (
        (sum("" < date < start[: len(date)] for date in dates), "older"),
        (sum(len(date) == 4 and date >= start[:4] for date in dates), "known by year alone"),
        (dates.count(""), "undated"),
    )
    words = ", ".join(f"{count:,} {what}" for count, what in left_out if count)
    return f"Papers per month. Not drawn: {words}." if words else "Papers per month."


def shared(papers: Iterable[Paper], order: Sequence[str]) -> dict[tuple[str, str], tuple[Paper, ...]]:
    """Give the papers that two topics share by the pair, which stands in the order of `order`, as all topics do."""
    place = {slug: number for number, slug in enumerate(order)}

    def pairs(paper: Paper) -> Iterable[str]:
        return map(" ".join, combinations(sorted(place.keys() & paper.topics, key=place.__getitem__), 2))

    found = grouped(papers, pairs)
    return {(pair.split(" ")[0], pair.split(" ")[1]): group for pair, group in found.items()}


def percent(part: int, whole: int) -> str:
    """Give a share in words: "27 %", "<1 %" for what is less, "none"."""
    if not part:
        return "none"
    rounded = (200 * part + whole) // (2 * whole)
    return f"{rounded} %" if rounded else "<1 %"


def amount(count: int, noun: str) -> str:
    """Give how many, or "no papers"."""
    return text.plural(count, noun) if count else f"no {noun}s"
