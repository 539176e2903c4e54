"""The plan's way to a list from home: the pages above it, found by its path."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sitegen.pages import FileLink, ListPage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sitegen.pages import ArticlePage

_ALL = "browse/index.md"
# Folders whose pages the page of all papers leads to.
_BROWSED = ("kinds", "authors")


def with_ways_here(pages: Sequence[ArticlePage]) -> Iterator[ArticlePage]:
    """Give pages in their order, lists with the pages above them; those that the header names have none."""
    titles = {page.path: page.title for page in pages if isinstance(page, ListPage)}
    for page in pages:
        yield replace(page, above=tuple(_above(page.path, titles))) if isinstance(page, ListPage) else page


def _above(path: str, titles: Mapping[str, str]) -> Iterator[FileLink]:
    folders = path.split("/")[:-1]
    if folders[:1] and folders[0] in _BROWSED and _ALL in titles:
        yield FileLink(titles[_ALL], _ALL)
    for depth in range(1, len(folders) + 1):
        folder = "/".join(folders[:depth])
        for above in (f"{folder}.md", f"{folder}/index.md"):
            if above in titles and above != path:
                yield FileLink(titles[above], above)
