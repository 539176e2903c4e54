"""The plan's part for pairs of topics: the papers that carry both, where there are at least two."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sitegen.lists import line_pages
from sitegen.pages import FileLink

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sitegen.line_pages import PaperLine
    from sitegen.model import Paper
    from sitegen.pages import ListPage, TopicLink
    from sitegen.site import Site
    from sitegen.topic_pairs import Pair


def pair_paths(site: Site) -> dict[Pair, str]:
    """Give the page that shows what two topics share: one of their own, or that of the only paper."""
    return {pair: _path(pair, papers) for pair, papers in site.by_pair.items()}


def pair_pages(site: Site, topics: dict[str, TopicLink], lines: Mapping[str, PaperLine]) -> Iterator[ListPage]:
    """Give the page of each pair that shares at least two papers; `lines` has each paper by its id."""
    for pair, papers in sorted(site.by_pair.items()):
        if len(papers) > 1:
            title = " × ".join(topics[slug].short for slug in pair)
            facts = tuple(FileLink(topics[slug].name, f"topics/{slug}.md") for slug in pair)
            first, *others = line_pages(_path(pair, papers).removesuffix(".md"), title, papers, lines, _LEAD)
            yield replace(first, facts=facts)
            yield from others


_LEAD = "Papers that carry both topics."


def _path(pair: Pair, papers: tuple[Paper, ...]) -> str:
    first, second = pair
    return f"topics/{first}/with-{second}.md" if len(papers) > 1 else f"papers/{papers[0].id}.md"
