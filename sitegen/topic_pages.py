"""The plan's part for topics: the page that leads to all of them, and the pages of each."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from sitegen import text
from sitegen.counts import by_year, spark, spark_years, trend
from sitegen.exports import file_links
from sitegen.lists import list_pages
from sitegen.pages import FeedLink, FileLink, Listing, ListPage, TopicLink, Way, WayGroup, url_of
from sitegen.pair_pages import pair_paths
from sitegen.site import counted_kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sitegen.model import Paper, Topic
    from sitegen.site import Site

    # By the slug of a topic: the slug of another, how many papers carry both, the page that shows these.
    SharedPapers = dict[str, list[tuple[str, int, str]]]

_NEIGHBOURS = 8


def topic_links(topics: Sequence[Topic]) -> dict[str, TopicLink]:
    """Give each topic by its slug as pages name it, in the order of topics.yaml."""
    groups = list(dict.fromkeys(topic.group for topic in topics if topic.group))
    return {topic.slug: _topic_link(topic, groups) for topic in topics}


def topic_index(site: Site) -> ListPage:
    """Give the page that leads to all topics."""
    return ListPage("topics/index.md", "Topics", _topics_lead(site), groups=topic_groups(site))


def topic_pages(
    topic: Topic, site: Site, listings: tuple[Listing, ...], links: Mapping[str, TopicLink], pairs: SharedPapers
) -> Iterator[ListPage]:
    """Give the page of a topic, and those by year below it where it holds very many papers.

    A topic lists its own papers only; to those of narrower topics it leads. `links` has every topic by its slug.
    """
    stem = f"topics/{topic.slug}"
    first, *others = list_pages(stem, topic.name, listings, topic.description)
    narrower = tuple(_topic_way(other, site) for other in site.corpus.topics if other.parent == topic.slug)
    papers = [listing.paper for listing in listings]
    neighbours = _neighbours(topic, links, pairs, len(listings))
    yield replace(
        first,
        topic=links[topic.slug],
        facts=_kinds(papers),
        chart=trend(by_year(papers), site.per_year, links[topic.slug].colour) if papers else None,
        beside=(WayGroup("Neighbouring topics", neighbours, "papers in both"),) if neighbours else (),
        note=_own_papers(len(listings)) if narrower else first.note,
        wider=tuple(_topic_way(other, site) for other in _wider(topic, site.corpus.topics)),
        narrower=narrower,
        feeds=(FeedLink(stem, topic.name),),
        files=file_links(stem) if listings else (),
    )
    yield from others


def shared_papers(site: Site) -> SharedPapers:
    """Give, for each topic, those it shares papers with: how many, and the page that shows them."""
    paths = pair_paths(site)
    found: SharedPapers = {}
    for pair, papers in site.by_pair.items():
        for one, other in (pair, pair[::-1]):
            found.setdefault(one, []).append((other, len(papers), paths[pair]))
    return found


def _neighbours(topic: Topic, links: Mapping[str, TopicLink], pairs: SharedPapers, whole: int) -> tuple[Way, ...]:
    """Give the topics with the most papers that this one has too, of equals the first in topics.yaml."""
    near = sorted(pairs.get(topic.slug, ()), key=lambda shared: -shared[1])[:_NEIGHBOURS]
    return tuple(
        Way(links[slug].short, path, count, colour=links[slug].colour, whole=whole) for slug, count, path in near
    )


def _kinds(papers: Sequence[Paper]) -> tuple[FileLink, ...]:
    """Give how many papers are of each kind, the most frequent first, each leading to the page of its kind."""
    counts = Counter(paper.kind for paper in papers if paper.kind)
    return tuple(FileLink(counted_kind(kind, count), f"kinds/{kind}.md") for kind, count in counts.most_common())


def _own_papers(count: int) -> str:
    return f"{text.plural(count, 'paper') if count else 'No papers'} of its own"


def _wider(topic: Topic, topics: Sequence[Topic]) -> tuple[Topic, ...]:
    """Give the topics that a topic is a part of, the widest first."""
    by_slug = {other.slug: other for other in topics}
    wider: list[Topic] = []
    while topic.parent:
        topic = by_slug[topic.parent]
        wider.append(topic)
    return tuple(reversed(wider))


def _topics_lead(site: Site) -> str:
    if not site.corpus.topics:
        return "No topics yet."
    papers, topics = text.plural(len(site.listed), "paper"), text.plural(len(site.corpus.topics), "topic")
    years = spark_years(site.per_year)
    bars = f" Bars are papers a year, {years[0]} to {years[-1]}." if years else ""
    return f"{papers} sorted into {topics}.{bars}"


def topic_lines(site: Site) -> tuple[WayGroup, ...]:
    """Give every topic by group in one line each: short name, papers of the last years, number; none without topics."""
    short = {f"topics/{topic.slug}.md": topic.short or topic.name for topic in site.corpus.topics}
    years = spark_years(site.per_year)
    groups = tuple(replace(group, ways=_lines(group, short)) for group in topic_groups(site))
    return (WayGroup("Topics", (), f"{years[0]} to {years[-1]}" if years else "", groups),) if groups else ()


def topic_files(site: Site) -> tuple[WayGroup, ...]:
    """Give every topic that has papers by group, with the files of its papers."""
    groups = (replace(group, ways=tuple(_with_files(group))) for group in topic_groups(site))
    return tuple(group for group in groups if group.ways)


def _with_files(group: WayGroup) -> Iterator[Way]:
    for topic in (topic for way in group.ways for topic in _with_all_below(way)):
        if topic.count:
            yield replace(topic, note="", below=(), spark=None, files=file_links(topic.path.removesuffix(".md")))


def _lines(group: WayGroup, short: Mapping[str, str]) -> tuple[Way, ...]:
    topics = (topic for way in group.ways for topic in _with_all_below(way))
    return tuple(replace(topic, title=short[topic.path], note="", below=()) for topic in topics)


def _with_all_below(way: Way) -> Iterator[Way]:
    yield way
    for part in way.below:
        yield from _with_all_below(part)


def topic_groups(site: Site) -> tuple[WayGroup, ...]:
    """Give the topics by group, groups and topics in the order of topics.yaml, narrower topics below their parents.

    Those in no group come last.
    """
    groups: dict[str, list[Way]] = {}
    parts: dict[str, list[Topic]] = {}
    for topic in site.corpus.topics:
        parts.setdefault(topic.parent, []).append(topic)
    ways = _topic_ways(site)
    for topic in parts.get("", ()):
        groups.setdefault(topic.group, []).append(_with_parts(topic, parts, ways))
    others = groups.pop("", [])
    named = tuple(WayGroup(name, tuple(ways)) for name, ways in groups.items())
    return (*named, WayGroup("Other topics" if named else "", tuple(others))) if others else named


def _with_parts(topic: Topic, parts: dict[str, list[Topic]], ways: Mapping[str, Way]) -> Way:
    return replace(ways[topic.slug], below=tuple(_with_parts(part, parts, ways) for part in parts.get(topic.slug, ())))


def _topic_ways(site: Site) -> dict[str, Way]:
    """Give the way to each topic by its slug, with its papers of the last years."""
    links, years = topic_links(site.corpus.topics), spark_years(site.per_year)
    return {
        topic.slug: replace(
            _topic_way(topic, site),
            colour=links[topic.slug].colour,
            spark=spark(by_year(site.by_topic[topic.slug]), years),
        )
        for topic in site.corpus.topics
    }


def _topic_way(topic: Topic, site: Site) -> Way:
    return Way(topic.name, f"topics/{topic.slug}.md", len(site.by_topic[topic.slug]), topic.description)


def _topic_link(topic: Topic, groups: list[str]) -> TopicLink:
    url = url_of(f"topics/{topic.slug}.md")
    colour = groups.index(topic.group) + 1 if topic.group else 0
    return TopicLink(topic.slug, topic.name, topic.short or topic.name, topic.group, url, colour)
