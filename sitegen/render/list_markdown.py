"""Pages that lead to others, in Markdown, block by block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen import text
from sitegen.pages import WayGroup
from sitegen.render.chart_markdown import figures_blocks
from sitegen.render.entries import entry
from sitegen.render.feed_markdown import feed_links
from sitegen.render.line_markdown import line_blocks
from sitegen.render.ways import file_links, way_link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.pages import ListPage, Way


def list_blocks(page: ListPage) -> Iterator[str]:
    """Give what a page of ways and papers says, block by block; a block that is empty says nothing."""
    yield f"# {text.escape_markdown(page.title)}"
    yield text.escape_markdown(page.lead)
    if page.wider:
        yield "Part of " + " › ".join(way_link(way, page.path) for way in page.wider)
    follow = "".join(f" Follow by feed: {feed_links(feed.name, page.path)}" for feed in page.feeds)
    pace = "".join(f", {feed.pace}" for feed in page.feeds if feed.pace)
    yield text.escape_markdown(page.note + pace) + (f".{follow}" if follow else "")
    if page.files:
        yield f"Take the list: {file_links(page.files, page.path)}"
    for figures in page.figures:
        yield from figures_blocks(figures, page.path)
    if page.narrower:
        yield from _group_blocks(WayGroup("Narrower topics", page.narrower), page.path)
    for section in page.sections:
        yield f"## {text.escape_markdown(section.title)}" if section.title else ""
        yield "\n".join(entry(listing, page.path) for listing in section.listings)
    for group in page.groups:
        yield from _group_blocks(group, page.path)
    for lines in page.lines:
        yield from line_blocks(lines, page.path)


def _group_blocks(group: WayGroup, page_path: str) -> Iterator[str]:
    yield f"## {text.escape_markdown(group.title)}" if group.title else ""
    yield "\n".join(line for way in group.ways for line in _way_lines(way, page_path))


def _way_lines(way: Way, page_path: str) -> Iterator[str]:
    """Give a way as an entry of a list, those below it as a list within; Python-Markdown asks for four spaces."""
    yield f"- {way_link(way, page_path, 'way')} *{way.count}*{{.count}}"
    if way.note:
        yield f"  *{text.escape_markdown(way.note)}*{{.about}}"
    yield from (f"    {line}" for below in way.below for line in _way_lines(below, page_path))
