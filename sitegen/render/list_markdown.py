"""Pages that lead to others, in Markdown, block by block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen import text
from sitegen.figures import group_mark
from sitegen.pages import WayGroup
from sitegen.render.chart_markdown import chart_markdown, figures_blocks, spark_markdown
from sitegen.render.entries import RowStyle, entry
from sitegen.render.feed_markdown import feed_links
from sitegen.render.headings import slugified
from sitegen.render.line_markdown import line_blocks
from sitegen.render.prose import link
from sitegen.render.ways import contact_link, file_links, way_link, way_to

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sitegen.pages import FeedLink, FileLink, ListPage, Section, Way

# A list of more papers than these shows their key sentences alone: an abstract weighs two and a half times the rest.
ABSTRACTS_MOST = 60
# More lines than these do not stand on one screen.
LINES_SEEN = 40


def list_blocks(page: ListPage) -> Iterator[str]:
    """Give what a page of ways and papers says, block by block; a block that is empty says nothing."""
    yield f"# {text.escape_markdown(page.title)}"
    yield _crumbs(page)
    yield text.escape_markdown(page.lead)
    if page.wider:
        yield "Part of " + " › ".join(way_link(way, page.path) for way in page.wider)
    yield _facts(page)
    if page.chart:
        yield "## Papers per year" if page.topic else ""
        yield "*of all papers that year*{.tally}" if page.chart.shape == "trend" else ""
        yield chart_markdown(page.chart, page.path)
    for figures in page.figures:
        yield from figures_blocks(figures, page.path)
    if page.narrower:
        yield from _group_blocks(WayGroup("Narrower topics", page.narrower), page.path)
    yield from _list_of_papers(page)
    for group in page.groups:
        yield from _group_blocks(group, page.path)
    if sum(len(group.lines) for group in page.lines) > LINES_SEEN:
        yield _jumps([(group.title, 0) for group in page.lines])
    for lines in page.lines:
        yield from line_blocks(lines, page.path)
    yield " ".join(_file_way(file, page.path, "onward") for file in page.onward)
    yield from _beside(page)


def _crumbs(page: ListPage) -> str:
    """Give the way to a list from home, to a topic by its group with the key of its colour; nothing for other pages."""
    if not page.above:
        return ""
    ways = [link("Home", way_to("index.md", page.path)), *(_file_way(above, page.path) for above in page.above)]
    if page.topic and page.topic.group:
        mark = group_mark(page.topic.colour)
        slug = slugified(page.topic.group)
        # A group of the page's own name has another id there.
        fragment = f"#{slug}" if slug not in ("", "topics") else ""
        group = way_to(f"topics/index.md{fragment}", page.path)
        ways.append(link(text.escape_markdown(page.topic.group), group, f"topic .{mark}"))
    return f"::: path\n{' / '.join(ways)}\n:::"


def _facts(page: ListPage) -> str:
    """Give how many papers there are, and of what kinds or where else they are found."""
    ways = ", ".join(_file_way(fact, page.path, "fact") for fact in page.facts)
    note = f"**{text.escape_markdown(page.note)}**" if page.note and ways else text.escape_markdown(page.note)
    return "  ".join(part for part in (note, ways) if part)


def _file_way(file: FileLink, page_path: str, kind: str = "") -> str:
    return link(text.escape_markdown(file.title), way_to(file.path, page_path), kind)


def _list_of_papers(page: ListPage) -> Iterator[str]:
    """Give rows under their headings, and before them links to these."""
    abstracts = page.abstracts and sum(len(section.listings) for section in page.sections) <= ABSTRACTS_MOST
    level = "###" if page.newest else "##"
    yield f"## {text.escape_markdown(page.newest)}" if page.newest and page.sections else ""
    if not page.newest:
        yield _jumps([(section.title, len(section.listings)) for section in page.sections])
    for section in page.sections:
        if section.title:
            yield f"{level} {text.escape_markdown(section.title)}"
            yield f"*{_amount(section)}*{{.tally}}"
        style = RowStyle(abstracts, years=not section.title)
        yield "\n".join(entry(listing, page.path, style) for listing in section.listings)


def _jumps(parts: Sequence[tuple[str, int]]) -> str:
    """Give links to the parts of a list by their titles, with how many papers each has; none where there is but one.

    Months of one year are named without it.
    """
    named = [(title, count) for title, count in parts if title]
    if len(named) < 2:
        return ""
    years = {title.rpartition(" ")[2] for title, _ in named}
    year = f" {years.pop()}" if len(years) == 1 else ""
    # The id of a heading of letters, digits and spaces, as `article` gives it.
    links = (link(title.removesuffix(year), f"#{title.lower().replace(' ', '-')}", "jump") for title, _ in named)
    # A no-break space keeps the number with its year.
    counts = (f"\xa0*{count}*{{.count}}" if count else "" for _, count in named)
    return " ".join(map("".join, zip(links, counts, strict=True)))


def _amount(section: Section) -> str:
    count = len(section.listings)
    return (
        f"{count:,} of {text.plural(section.whole, 'paper')}" if section.whole > count else text.plural(count, "paper")
    )


def _group_blocks(group: WayGroup, page_path: str, level: str = "##") -> Iterator[str]:
    yield f"{level} {text.escape_markdown(group.title)}" if group.title else ""
    if group.note:
        yield f"*{text.escape_markdown(group.note)}*{{.tally}}"
    yield "\n".join(line for way in group.ways for line in _way_lines(way, page_path))
    for part in group.parts:
        yield from _group_blocks(part, page_path, f"{level}#")


def _way_lines(way: Way, page_path: str) -> Iterator[str]:
    """Give a way as an entry of a list, those below it as a list within; Python-Markdown asks for four spaces."""
    if way.files:
        amount = f"*{text.plural(way.count, 'paper')}*{{.amount}}"
        yield f"- {way_link(way, page_path, 'name')} {amount} {file_links(way.files, page_path)}"
        return
    colour = f" .{group_mark(way.colour)}" if way.colour else ""
    count = f"*{way.count:,} of {way.whole:,}*{{.share}}" if way.whole else f"*{way.count:,}*{{.count}}"
    facts = [spark_markdown(way.spark), count] if way.spark else [count]
    yield " ".join([f"- {way_link(way, page_path, f'way{colour}')}", *facts])
    if way.note:
        yield f"  *{text.escape_markdown(way.note)}*{{.about}}"
    yield from (f"    {line}" for below in way.below for line in _way_lines(below, page_path))


def _beside(page: ListPage) -> Iterator[str]:
    """Give what stands beside the text, as one box."""
    blocks = [block for group in page.beside for block in _group_blocks(group, page.path)]
    for feed in page.feeds:
        blocks += ["## Follow", _follow(feed, page.path)]
    if page.files:
        blocks += ["## Take the list", file_links(page.files, page.path)]
    if page.invitation:
        form = [link("Paste it into a form", page.form)] if page.form else []
        blocks += ["## Add a paper", " · ".join([*form, *(_file_way(file, page.path) for file in page.invitation)])]
    if page.terms:
        blocks += ["## Licence and removal", *_terms(*page.terms)]
    if blocks:
        yield "\n\n".join(["::: aside", *(block for block in blocks if block), ":::"])


def _terms(licence: str, contact: str) -> Iterator[str]:
    """Give what may be done with the records, and the way to have one taken down."""
    yield text.escape_markdown(licence)
    if contact:
        yield f"A record about your work? {contact_link('Ask for its correction or removal', contact)}."


def _follow(feed: FeedLink, page_path: str) -> str:
    """Give a feed's addresses, and how often it says something."""
    pace = f"New papers by feed, so far {text.escape_markdown(feed.pace)}." if feed.pace else "New papers by feed."
    return f"{pace}\n\n{feed_links(feed.name, page_path)}"
