"""The plan's part for topics: the page that leads to all of them, and the pages of each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sitegen import text
from sitegen.exports import LIST_FORMATS, file_links
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
    """Give the page of a topic, and those by year below it where it holds very many papers."""
    stem = f"topics/{topic.slug}"
    first, *others = list_pages(stem, topic.name, listings, topic.description)
    files = file_links(stem, LIST_FORMATS) if listings else ()
    groups = (*first.groups, *_topic_kin(topic, site))
    yield replace(first, feeds=(FeedLink(stem, topic.name),), files=files, groups=groups)
    yield from others


def _topic_kin(topic: Topic, site: Site) -> tuple[WayGroup, ...]:
    """Give the topics right below and right above a topic; each holds its own papers only."""
    below = tuple(_topic_way(other, site) for other in site.corpus.topics if other.parent == topic.slug)
    above = tuple(_topic_way(other, site) for other in site.corpus.topics if other.slug == topic.parent)
    kin = (WayGroup("Narrower topics", below), WayGroup("Part of", above))
    return tuple(group for group in kin if group.ways)


def _topics_lead(site: Site) -> str:
    if not site.corpus.topics:
        return "No topics yet."
    return f"{text.plural(len(site.listed), 'paper')} sorted into {text.plural(len(site.corpus.topics), 'topic')}."


def topic_groups(site: Site) -> tuple[WayGroup, ...]:
    """Give the topics by group, groups and topics in the order of topics.yaml."""
    groups: dict[str, list[Way]] = {}
    for topic in site.corpus.topics:
        groups.setdefault(topic.group, []).append(_topic_way(topic, site))
    return tuple(WayGroup(name, tuple(ways)) for name, ways in groups.items())


def _topic_way(topic: Topic, site: Site) -> Way:
    return Way(topic.name, f"topics/{topic.slug}.md", len(site.by_topic[topic.slug]), topic.description)


def _topic_link(topic: Topic, groups: list[str]) -> TopicLink:
    url = url_of(f"topics/{topic.slug}.md")
    colour = groups.index(topic.group) + 1 if topic.group else 0
    return TopicLink(topic.slug, topic.name, topic.short or topic.name, topic.group, url, colour)
