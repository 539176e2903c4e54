"""Which papers carry two topics at once."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sitegen.model import Paper, Topic

    # The slugs of two topics, in the order of topics.yaml.
    Pair = tuple[str, str]

# Pairs grow with the square: of very many topics only the largest are paired.
MOST_TOPICS = 40


def paired_topics(topics: Sequence[Topic], by_topic: Mapping[str, Sequence[Paper]]) -> tuple[str, ...]:
    """Give the topics that are paired, in the order of topics.yaml: those that have papers, at most the 40 largest."""
    slugs = [topic.slug for topic in topics if by_topic[topic.slug]]
    largest = frozenset(sorted(slugs, key=lambda slug: -len(by_topic[slug]))[:MOST_TOPICS])
    return tuple(slug for slug in slugs if slug in largest)


def shared(papers: Iterable[Paper], order: Sequence[str]) -> dict[Pair, tuple[Paper, ...]]:
    """Give the papers that two topics share by the pair, which stands in the order of `order`, as all topics do.

    Papers keep their order, and pairs stand in the order in which they are first met.
    """
    place = {slug: number for number, slug in enumerate(order)}
    found: dict[Pair, list[Paper]] = {}
    for paper in papers:
        if len(paper.topics) > 1:
            for pair in combinations(sorted(place.keys() & paper.topics, key=place.__getitem__), 2):
                found.setdefault(pair, []).append(paper)
    return {pair: tuple(group) for pair, group in found.items()}
