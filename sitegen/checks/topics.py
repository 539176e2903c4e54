"""Rules about topics.yaml."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sitegen.checks.subject import nearest, problem
from sitegen.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.checks.subject import Subject
    from sitegen.problems import Problem

_SHORT_CAP = 22


def unique(subject: Subject) -> Iterator[Problem]:
    """Find slugs that two topics share."""
    seen: set[str] = set()
    for topic in subject.corpus.topics:
        if topic.slug in seen:
            message = f"a slug must belong to one topic, but {quoted(topic.slug)} stands above already"
            yield problem(topic.origin, "slug", "SG028", message)
        seen.add(topic.slug)


def parents(subject: Subject) -> Iterator[Problem]:
    """Find parents that are no topic, and topics that descend from themselves."""
    parent_of = {topic.slug: topic.parent for topic in subject.corpus.topics}
    for topic in subject.corpus.topics:
        if topic.parent and topic.parent not in parent_of:
            hint = nearest(topic.parent, parent_of)
            message = f"a parent must be a topic's slug, not {quoted(topic.parent)}"
            yield problem(topic.origin, "parent", "SG029", message, hint)
        elif topic.parent and topic.slug in _ancestors(topic.parent, parent_of):
            message = (
                f"a topic must not descend from itself, but {quoted(topic.slug)} does through {quoted(topic.parent)}"
            )
            yield problem(topic.origin, "parent", "SG029", message)


def _ancestors(slug: str, parent_of: dict[str, str]) -> set[str]:
    """Give a topic and all above it; a circle ends where it began."""
    found: set[str] = set()
    while slug and slug not in found:
        found.add(slug)
        slug = parent_of.get(slug, "")
    return found


def short_names(subject: Subject) -> Iterator[Problem]:
    """Find short names that lists have no room for."""
    for topic in subject.corpus.topics:
        if len(topic.short) > _SHORT_CAP:
            message = f"short must have at most {_SHORT_CAP} characters, not {len(topic.short)}: {quoted(topic.short)}"
            yield problem(topic.origin, "short", "SG030", message)


def used(subject: Subject) -> Iterator[Problem]:
    """Find topics that no paper names, nor any of their descendants: a warning, and silent while records are unread."""
    if subject.unread:
        return
    parent_of = {topic.slug: topic.parent for topic in subject.corpus.topics}
    named = {slug for paper in subject.corpus.papers for slug in paper.topics}
    living = {slug for name in named for slug in _ancestors(name, parent_of)}
    for topic in subject.corpus.topics:
        if topic.slug not in living:
            message = f"a topic should have a paper, but no paper names {quoted(topic.slug)}"
            yield replace(problem(topic.origin, "slug", "SG020", message), severity="warning")
