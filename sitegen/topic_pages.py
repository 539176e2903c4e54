"""The plan's part for topics: the page that leads to all of them, and the pages of each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sitegen import text
from sitegen.exports import file_links
from sitegen.lists import list_pages
from sitegen.pages import FeedLink, Listing, ListPage, TopicLink, Way, WayGroup, url_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sitegen.model import Topic
    from sitegen.site import Site


def topic_links(topics: Sequence[Topic]) -> dict[str, TopicLink]:
    """Give each topic by its slug as pages name it, in the order of topics.yaml."""
    groups = list(dict.fromkeys(topic.group for topic in topics if topic.group))
    return {topic.slug: _topic_link(topic, groups) for topic in topics}


def topic_index(site: Site) -> ListPage:
    """Give the page that leads to all topics."""
    return ListPage("topics/index.md", "Topics", _topics_lead(site), groups=topic_groups(site))


def topic_pages(topic: Topic, site: Site, listings: tuple[Listing, ...]) -> Iterator[ListPage]:
    """Give the page of a topic, and those by year below it where it holds very many papers.

    A topic lists its own papers only; to those of narrower topics it leads.
    """
    stem = f"topics/{topic.slug}"
    first, *others = list_pages(stem, topic.name, listings, topic.description)
    narrower = tuple(_topic_way(other, site) for other in site.corpus.topics if other.parent == topic.slug)
    yield replace(
        first,
        note=_own_papers(len(listings)) if narrower else first.note,
        wider=tuple(_topic_way(other, site) for other in _wider(topic, site.corpus.topics)),
        narrower=narrower,
        feeds=(FeedLink(stem, topic.name),),
        files=file_links(stem) if listings else (),
    )
    yield from others


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
    return f"{text.plural(len(site.listed), 'paper')} sorted into {text.plural(len(site.corpus.topics), 'topic')}."


def topic_names(site: Site) -> tuple[Way, ...]:
    """Give every topic without more than its name, in the order of the topics page."""
    topics = [topic for group in topic_groups(site) for way in group.ways for topic in _with_all_below(way)]
    return tuple(replace(topic, note="", below=()) for topic in topics)


def _with_all_below(way: Way) -> Iterator[Way]:
    yield way
    for part in way.below:
        yield from _with_all_below(part)


def topic_groups(site: Site) -> tuple[WayGroup, ...]:
    """Give the topics by group, groups and topics in the order of topics.yaml, narrower topics below their parents."""
    groups: dict[str, list[Way]] = {}
    parts: dict[str, list[Topic]] = {}
    for topic in site.corpus.topics:
        parts.setdefault(topic.parent, []).append(topic)
    for topic in parts.get("", ()):
        groups.setdefault(topic.group, []).append(_with_parts(topic, parts, site))
    return tuple(WayGroup(name, tuple(ways)) for name, ways in groups.items())


def _with_parts(topic: Topic, parts: dict[str, list[Topic]], site: Site) -> Way:
    below = tuple(_with_parts(part, parts, site) for part in parts.get(topic.slug, ()))
    return replace(_topic_way(topic, site), below=below)


def _topic_way(topic: Topic, site: Site) -> Way:
    return Way(topic.name, f"topics/{topic.slug}.md", len(site.by_topic[topic.slug]), topic.description)


def _topic_link(topic: Topic, groups: list[str]) -> TopicLink:
    url = url_of(f"topics/{topic.slug}.md")
    colour = groups.index(topic.group) + 1 if topic.group else 0
    return TopicLink(topic.slug, topic.name, topic.short or topic.name, topic.group, url, colour)
