"""The plan's ways to every paper: by year and month, by kind, by title and by author."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sitegen import text
from sitegen.alphabet import Entry, alphabet_pages
from sitegen.authors import Person, name_key
from sitegen.exports import file_links
from sitegen.line_pages import NameLine
from sitegen.lists import line_pages, list_pages, neighbours, year_name, year_pages
from sitegen.pages import FeedLink, Listing, ListPage, Way, WayGroup
from sitegen.site import KIND_NAMES, by_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sitegen.line_pages import PaperLine
    from sitegen.model import Paper
    from sitegen.site import Site

_ARTICLES = ("a", "an", "the")
_TITLES, _AUTHORS = "browse/titles.md", "authors/index.md"


def browse_pages(site: Site, listing: dict[str, Listing], lines: Mapping[str, PaperLine]) -> Iterator[ListPage]:
    """Give the page of all ways to the papers, and what each of them leads to.

    `listing` and `lines` have each paper by its id.
    """
    files = file_links("exports/papers") if site.listed else ()
    yield ListPage("browse/index.md", "All papers", _lead(site), groups=_groups(site), files=files)
    years = _years(site)
    for (year, papers), beside in zip(site.by_year.items(), neighbours(years), strict=True):
        first, *others = year_pages(year, _listings(papers, listing))
        yield replace(first, onward=beside)
        yield from others
    for kind, papers in site.by_kind.items():
        name = f"kinds/{kind}"
        first, *others = list_pages(name, KIND_NAMES[kind], _listings(papers, listing))
        yield replace(first, feeds=(FeedLink(name, KIND_NAMES[kind]),))
        yield from others
    if site.listed:
        titles = sorted((Entry(_title_key(paper.title), lines[paper.id]) for paper in site.listed), key=_order)
        yield from alphabet_pages(_TITLES, _TITLES.removesuffix(".md"), "Titles", "paper", titles)
    yield from _author_pages(site.authors, lines, feeds=site.corpus.settings.author_feeds)


def _listings(papers: Sequence[Paper], listing: dict[str, Listing]) -> tuple[Listing, ...]:
    return tuple(listing[paper.id] for paper in papers)


def _lead(site: Site) -> str:
    if not site.listed:
        return "No papers yet."
    return f"{text.plural(len(site.listed), 'paper')}, by the year of their own date, by kind and by name."


def _groups(site: Site) -> tuple[WayGroup, ...]:
    """Give the ways in; a heading that stands over nothing is left out."""
    kinds = tuple(
        Way(name, f"kinds/{kind}.md", len(site.by_kind[kind]))
        for kind, name in KIND_NAMES.items()
        if kind in site.by_kind
    )
    names = (Way("Titles", _TITLES, len(site.listed)), Way("Authors", _AUTHORS, len(site.authors)))
    groups = (WayGroup("By year", _years(site)), WayGroup("By kind", kinds), WayGroup("From A to Z", names))
    return tuple(replace(group, ways=ways) for group in groups if (ways := _leading(group.ways)))


def _years(site: Site) -> tuple[Way, ...]:
    return tuple(Way(year_name(year), f"browse/{year}.md", len(papers)) for year, papers in site.by_year.items())


def _leading(ways: tuple[Way, ...]) -> tuple[Way, ...]:
    return tuple(way for way in ways if way.count)


def _title_key(title: str) -> str:
    """Give what a title is sorted by: its letters and digits without an article before them."""
    slug = text.slug(title)
    first, _, others = slug.partition("-")
    return others if others and first in _ARTICLES else slug


def _order(entry: Entry) -> tuple[str, str]:
    """Sort by the key; what is spelled alike by something that does not change."""
    return entry.key, entry.line.path if isinstance(entry.line, NameLine) else entry.line.id


def _author_pages(authors: Sequence[Person], lines: Mapping[str, PaperLine], *, feeds: bool) -> Iterator[ListPage]:
    """Give the list of all authors, and the page of each who wrote several papers; none where no author is known."""
    if not authors:
        return
    names = sorted((Entry(name_key(person.author), _name_line(person, lines)) for person in authors), key=_name_order)
    yield from alphabet_pages(_AUTHORS, "authors/by-name", "Authors", "author", names)
    for person in authors:
        if person.has_page:
            stem, name = f"authors/{person.slug}", person.author.name
            first, *others = line_pages(stem, name, by_date(person.papers), lines)
            yield replace(first, feeds=(FeedLink(stem, name),)) if feeds else first
            yield from others


def _name_order(entry: Entry) -> tuple[str, str]:
    name = entry.line.name if isinstance(entry.line, NameLine) else ""
    return entry.key, name


def _name_line(person: Person, lines: Mapping[str, PaperLine]) -> NameLine:
    name, count = person.author.name, len(person.papers)
    if person.has_page:
        return NameLine(name, f"authors/{person.slug}.md", count)
    return NameLine(name, "", count, tuple([lines[paper.id] for paper in by_date(person.papers)]))
