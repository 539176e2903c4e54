"""Planned articles as Markdown: the single source of what a page says.

The dialect is CommonMark with attributes behind links and emphasis (`{.date}`) and dollar formulas.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sitegen.pages import ArticlePage, FeedsPage, ListPage, MovedPage, PaperPage
from sitegen.render.entries import title_markdown
from sitegen.render.feed_markdown import feeds_blocks
from sitegen.render.list_markdown import list_blocks
from sitegen.render.paper_markdown import paper_blocks
from sitegen.render.prose import joined, link
from sitegen.render.ways import way_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def markdown(page: ArticlePage) -> str:
    """Give a planned article as Markdown, ending in one newline."""
    return joined(_BLOCKS[type(page)](page)) + "\n"


def markdown_alone(page: ArticlePage) -> str:
    """Give a planned article as Markdown without what only a whole site has: links to feeds and exports."""
    blocks = paper_blocks(page, alone=True) if isinstance(page, PaperPage) else _BLOCKS[type(page)](_alone(page))
    return joined(blocks) + "\n"


def _alone(page: ListPage | FeedsPage | MovedPage) -> ArticlePage:
    if isinstance(page, MovedPage):
        return page
    if isinstance(page, ListPage):
        groups = tuple(
            replace(group, ways=tuple(replace(way, files=()) for way in group.ways)) for group in page.groups
        )
        return replace(page, feeds=(), files=(), abstracts=False, groups=groups)
    return replace(page, feeds=())


def _moved_blocks(page: MovedPage) -> Iterator[str]:
    yield f"# {title_markdown(page.target.paper)}"
    target = link(title_markdown(page.target.paper), way_to(f"papers/{page.target.paper.id}.md", page.path))
    yield f"This record was merged into another: {target}."


_BLOCKS: dict[type, Callable[[Any], Iterator[str]]] = {
    PaperPage: paper_blocks,
    ListPage: list_blocks,
    FeedsPage: feeds_blocks,
    MovedPage: _moved_blocks,
}
