"""The plan's part for pairs of topics: the papers that carry both, where there are at least two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.counts import shared
from sitegen.lists import line_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model import Paper
    from sitegen.pages import ListPage, TopicLink
    from sitegen.site import Site

# Pairs grow with the square: of very many topics only the largest are paired.
MOST_TOPICS = 40

Pair = tuple[str, str]


def paired_topics(site: Site) -> tuple[str, ...]:
    """Give the topics that are paired, in the order of topics.yaml: those that have papers, at most the 40 largest."""
    slugs = [topic.slug for topic in site.corpus.topics if site.by_topic[topic.slug]]
    largest = sorted(slugs, key=lambda slug: -len(site.by_topic[slug]))[:MOST_TOPICS]
    return tuple(slug for slug in slugs if slug in largest)


def paired(site: Site) -> dict[Pair, tuple[Paper, ...]]:
    """Give the papers that paired topics share, newest first; a pair stands in the order of topics.yaml."""
    return shared(site.newest, paired_topics(site))


def pair_paths(site: Site) -> dict[Pair, str]:
    """Give the page that shows what two topics share: one of their own, or that of the only paper."""
    return {pair: _path(pair, papers) for pair, papers in paired(site).items()}


def pair_pages(site: Site, topics: dict[str, TopicLink]) -> Iterator[ListPage]:
    """Give the page of each pair that shares at least two papers."""
    for pair, papers in sorted(paired(site).items()):
        if len(papers) > 1:
            title = " × ".join(topics[slug].short for slug in pair)
            yield from line_pages(_path(pair, papers).removesuffix(".md"), title, papers, _LEAD)


_LEAD = "Papers that carry both topics."


def _path(pair: Pair, papers: tuple[Paper, ...]) -> str:
    first, second = pair
    return f"topics/{first}/with-{second}.md" if len(papers) > 1 else f"papers/{papers[0].id}.md"
