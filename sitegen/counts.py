"""Papers counted: by year, by month, by kind and by pairs of topics, as charts show them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sitegen import text
from sitegen.figures import Chart, Spark, cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sitegen.model import Paper

    # How many papers are of each year, "" for those without a date.
    PerYear = Mapping[str, int]

YEARS = 5
# A topic is held against all papers up to this number: of more, each that comes would change the pages of all topics.
MOST_COMPARED = 1000
NO_DATE = "no date"
# A month strip begins in January this many years before the newest year.
_MONTH_STRIP_YEARS = 3


def by_year(papers: Iterable[Paper]) -> PerYear:
    """Count papers by the year of their own date."""
    return Counter(paper.date[:4] for paper in papers)


def spark_years(per_year: PerYear) -> tuple[int, ...]:
    """Give the five years that end with the newest dated paper's, in order; none where no paper has a date."""
    newest = max((int(year) for year in per_year if year), default=0)
    return tuple(range(newest - YEARS + 1, newest + 1)) if newest else ()


def spark(per_year: PerYear, years: Sequence[int]) -> Spark | None:
    """Give the papers of each year; None where there are no years."""
    if not years:
        return None
    return Spark(years[0], tuple(per_year.get(f"{year:04}", 0) for year in years))


def trend(papers: PerYear, everything: PerYear, colour: int = 0) -> Chart | None:
    """Give papers per year, before all of that year unless these are very many; None where no paper has a date."""
    years = spark_years(everything)
    if not years:
        return None
    own, all_of = by_column(papers, years[0]), by_column(everything, years[0])
    columns = [f"to {years[0] - 1}", *map(str, years), NO_DATE]
    # A year without papers says something, no papers before them or without a date says nothing.
    shown = [name for name in columns if name.isdigit() or all_of[name]]
    if sum(everything.values()) > MOST_COMPARED:
        return Chart("columns", cells("Year", "Papers"), tuple(cells(name, own[name]) for name in shown), colour)
    rows = tuple(cells(name, own[name], all_of[name]) for name in shown)
    return Chart("trend", cells("Year", "Papers", "Of all"), rows, colour)


def by_column(per_year: PerYear, first: int) -> Counter[str]:
    """Count papers by year from a first one; what is before it and what has no date stands in a column of its own."""
    found = Counter[str]()
    for year, count in per_year.items():
        found[_column(year, first)] += count
    return found


def _column(year: str, first: int) -> str:
    if not year:
        return NO_DATE
    return str(int(year)) if int(year) >= first else f"to {first - 1}"


def years(papers: PerYear, most: int) -> Chart | None:
    """Give papers per year in at most so many columns, the oldest years as one; None where no paper has a date."""
    dated = [int(year) for year in papers if year]
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


def percent(part: int, whole: int) -> str:
    """Give a share in words: "27 %", "<1 %" for what is less, "none"."""
    if not part:
        return "none"
    rounded = (200 * part + whole) // (2 * whole)
    return f"{rounded} %" if rounded else "<1 %"


def amount(count: int, noun: str) -> str:
    """Give how many, or "no papers"."""
    return text.plural(count, noun) if count else f"no {noun}s"
