"""The plan's page of statistics: what the papers are, when they were written, which topics meet."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sitegen import text
from sitegen.counts import NO_DATE, by_column, by_year, months, spark_years, years
from sitegen.figures import Cell, Chart, Figures, cells
from sitegen.pages import ListPage, TopicLink
from sitegen.pair_pages import pair_paths
from sitegen.site import KIND_NAMES, UNDATED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sitegen.model import Paper
    from sitegen.site import Site
    from sitegen.topic_pairs import Pair

_YEARS = 12
_BEST = 8
# Two topics that share fewer papers than these may have met by chance.
_BEST_LEAST = 4


def stats_page(site: Site, topics: dict[str, TopicLink]) -> ListPage:
    """Give the page of statistics."""
    return ListPage("stats/index.md", "Statistics", _lead(site), figures=tuple(_figures(site, topics)))


def _lead(site: Site) -> str:
    if not site.listed:
        return "No papers yet."
    years_known = sorted(int(year) for year in site.by_year if year != UNDATED)
    papers = text.plural(len(site.listed), "paper")
    if not years_known:
        return f"{papers} in figures."
    span = f"from {years_known[0]} to {years_known[-1]}" if len(set(years_known)) > 1 else f"of {years_known[0]}"
    return f"{papers} {span} in figures."


def _figures(site: Site, topics: dict[str, TopicLink]) -> Iterator[Figures]:
    if not site.listed:
        return
    per_year = years(site.per_year, _YEARS)
    if per_year:
        yield Figures("Papers by year", _with_year_links(per_year, site), "Each by its own date.")
    by_month = months(site.listed, "months wide")
    if by_month:
        yield Figures("Papers by month", by_month)
    if any(site.by_topic.values()) and per_year:
        words = "Figures are papers; the stronger the colour, the more of a year’s papers carry the topic."
        yield Figures("Topics over time", _topics_over_time(site, topics), words)
    kinds = _kinds(site)
    if site.by_kind:
        yield Figures("Papers by kind", kinds)
    yield from _meetings(site, topics)
    yield Figures("What is known of the papers", _known(site.listed))


def _with_year_links(chart: Chart, site: Site) -> Chart:
    """Let years lead to their papers."""
    names = {NO_DATE: UNDATED}
    rows = tuple((_year_cell(row[0].words, names, site), *row[1:]) for row in chart.rows)
    return Chart(chart.shape, chart.header, rows)


def _year_cell(words: str, names: dict[str, str], site: Site) -> Cell:
    year = names.get(words, words)
    return Cell(words, f"browse/{year}.md" if year in site.by_year else "")


def _topics_over_time(site: Site, topics: dict[str, TopicLink]) -> Chart:
    """Give each topic's papers by year; the last row has all papers, whichever topics they carry."""
    shown_years = spark_years(site.per_year)
    first = shown_years[0]
    whole = by_column(site.per_year, first)
    names = [f"to {first - 1}", *map(str, shown_years), NO_DATE]
    shown = [name for name in names if whole[name]]
    rows = [
        (_topic_cell(topics[slug]), *_some_of(by_column(by_year(papers), first), shown), *cells(len(papers)))
        for slug, papers in site.by_topic.items()
        if papers
    ]
    everything = cells("All papers", *(whole[name] for name in shown), len(site.listed))
    return Chart("shares", cells("Topic", *shown, "All"), (*rows, everything))


def _some_of(counts: Mapping[str, int], names: Iterable[str]) -> tuple[Cell, ...]:
    """Give the figures of these columns, and nothing for none."""
    return tuple(Cell(f"{counts[name]:,}" if counts[name] else "") for name in names)


def _topic_cell(topic: TopicLink) -> Cell:
    return Cell(topic.short, f"topics/{topic.slug}.md", topic.colour)


def _kinds(site: Site) -> Chart:
    rows = [
        (Cell(name, f"kinds/{kind}.md"), *cells(len(site.by_kind[kind])))
        for kind, name in KIND_NAMES.items()
        if kind in site.by_kind
    ]
    unknown = sum(not paper.kind for paper in site.listed)
    return Chart("rows", cells("Kind", "Papers"), (*rows, *([cells("Not known", unknown)] if unknown else [])))


def _meetings(site: Site, topics: dict[str, TopicLink]) -> Iterator[Figures]:
    """Give which topics meet: all pairs, then the closest."""
    found = site.by_pair
    if not found:
        return
    best = _closest(site, found)
    slugs = site.paired_topics
    words = "Figures are papers that carry both topics, and lead to them."
    left_out = sum(bool(papers) for papers in site.by_topic.values()) - len(slugs)
    words += f" Not drawn: the {left_out} smallest topics." if left_out else ""
    yield Figures("Which topics meet", _heat(site, topics, found, best), words)
    if best:
        words = "How many papers share two topics, and how many times as many as if topics met by chance."
        yield Figures("Closest pairs", _closest_chart(site, topics, best), words)


def _heat(site: Site, topics: dict[str, TopicLink], found: dict[Pair, tuple[Paper, ...]], best: list[Pair]) -> Chart:
    """Give the papers that two topics share; on the diagonal stand a topic's own."""
    paths = pair_paths(site)
    slugs = site.paired_topics

    def cell(row: int, column: int) -> Cell:
        pair = (slugs[min(row, column)], slugs[max(row, column)])
        if row == column:
            return Cell(f"{len(site.by_topic[slugs[row]]):,}")
        if pair not in found:
            return Cell("")
        return Cell(f"{len(found[pair]):,}", paths[pair], best=pair in best)

    places = range(len(slugs))
    rows = tuple((_topic_cell(topics[slugs[row]]), *(cell(row, column) for column in places)) for row in places)
    return Chart("heat", (Cell("Topic"), *(_topic_cell(topics[slug]) for slug in slugs)), rows)


def _closest(site: Site, found: dict[Pair, tuple[Paper, ...]]) -> list[Pair]:
    """Give the pairs that share the most papers beside what chance would give, the closest first."""
    times = _against_chance(site, found)
    pairs = [pair for pair, papers in found.items() if len(papers) >= _BEST_LEAST and times(pair) > 1]
    return sorted(pairs, key=lambda pair: (-times(pair), pair))[:_BEST]


def _against_chance(site: Site, found: dict[Pair, tuple[Paper, ...]]) -> Callable[[Pair], Fraction]:
    def times(pair: Pair) -> Fraction:
        first, second = (len(site.by_topic[slug]) for slug in pair)
        return Fraction(len(found[pair]) * len(site.listed), first * second)

    return times


def _closest_chart(site: Site, topics: dict[str, TopicLink], best: Sequence[Pair]) -> Chart:
    found, paths = site.by_pair, pair_paths(site)
    times = _against_chance(site, found)
    rows = tuple(
        (
            Cell(" × ".join(topics[slug].short for slug in pair), paths[pair]),
            *cells(len(found[pair]), f"{_tenths(times(pair))} times"),
        )
        for pair in best
    )
    return Chart("table", cells("Pair", "Papers", "Against chance"), rows)


def _tenths(number: Fraction) -> str:
    """Give a number to one decimal, halves rounded up."""
    tenths = (20 * number.numerator + number.denominator) // (2 * number.denominator)
    return f"{tenths // 10:,}.{tenths % 10}"


def _known(papers: Sequence[Paper]) -> Chart:
    """Give of how many papers each fact is known."""
    rows = tuple(cells(words, sum(map(known, papers))) for words, known in _FACTS)
    return Chart("rows", cells("Known", "Papers"), (cells("All papers", len(papers)), *rows))


_FACTS: tuple[tuple[str, Callable[[Paper], bool]], ...] = (
    ("Abstract", lambda paper: bool(paper.abstract)),
    ("Given title", lambda paper: paper.title_source == "given"),
    ("Date", lambda paper: bool(paper.date)),
    ("Date to the day", lambda paper: len(paper.date) == len("2025-01-01")),
    ("Number of authors", lambda paper: bool(paper.authors or paper.author_count)),
    ("Names of authors", lambda paper: bool(paper.authors)),
    ("arXiv id or DOI", lambda paper: bool(paper.links.arxiv or paper.links.doi)),
    ("Code or project", lambda paper: bool(paper.links.code or paper.links.page)),
    ("Kind", lambda paper: bool(paper.kind)),
)
