"""What changed between two corpora: the records, the topics and the settings, field by field, as values."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from sitegen.model import Corpus, CorpusSettings, Paper, Topic

# What readers have seen of a paper, so that subscribers of the changes feed are told when it changes.
CONTENT = ("title", "authors", "date", "venue", "links", "abstract", "note", "status")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, its name dotted where it lies in another ("links.doi"), values as in the model."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class PaperChange:
    """A record that both corpora have, and what of it differs, in the order of the record's keys."""

    before: Paper
    after: Paper
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class TopicChange:
    """A topic that both corpora have, and what of it differs, in the order of its keys."""

    before: Topic
    after: Topic
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """All that differs between two corpora; papers in the order (added, id), topics in that of topics.yaml.

    `merged` are records that are gone and that another took in as an alias, each with that other.
    """

    added: tuple[Paper, ...] = ()
    changed: tuple[PaperChange, ...] = ()
    removed: tuple[Paper, ...] = ()
    merged: tuple[tuple[Paper, Paper], ...] = ()
    topics_added: tuple[Topic, ...] = ()
    topics_changed: tuple[TopicChange, ...] = ()
    topics_removed: tuple[Topic, ...] = ()
    settings: tuple[FieldChange, ...] = ()


def diff(base: Corpus, head: Corpus, unread: Container[str] = ()) -> Changes:
    """Give what differs in `head` from `base`; `unread` are ids of records of either that could not be read."""
    before = {paper.id: paper for paper in reversed(base.papers)}
    after = {paper.id: paper for paper in reversed(head.papers)}
    taken_in = {alias: paper for paper in head.papers for alias in paper.aliases}
    gone = [paper for name, paper in before.items() if name not in after and name not in unread]
    topics_before = {topic.slug: topic for topic in base.topics}
    topics_after = {topic.slug: topic for topic in head.topics}
    return Changes(
        added=_ordered(paper for name, paper in after.items() if name not in before and name not in unread),
        changed=tuple(
            PaperChange(before[paper.id], paper, found)
            for paper in _ordered(after[name] for name in after.keys() & before.keys())
            if (found := tuple(field_changes(before[paper.id], paper)))
        ),
        removed=_ordered(paper for paper in gone if paper.id not in taken_in),
        merged=tuple((paper, taken_in[paper.id]) for paper in _ordered(iter(gone)) if paper.id in taken_in),
        topics_added=tuple(topic for slug, topic in topics_after.items() if slug not in topics_before),
        topics_changed=tuple(
            TopicChange(topics_before[slug], topic, found)
            for slug, topic in topics_after.items()
            if slug in topics_before and (found := tuple(field_changes(topics_before[slug], topic)))
        ),
        topics_removed=tuple(topic for slug, topic in topics_before.items() if slug not in topics_after),
        settings=tuple(field_changes(base.settings, head.settings)),
    )


def field_changes(
    before: Paper | Topic | CorpusSettings, after: Paper | Topic | CorpusSettings
) -> Iterator[FieldChange]:
    """Give the fields of two records of one kind that differ, in their order."""
    yield from _field_changes(before, after, "")


def content_changes(change: PaperChange) -> tuple[FieldChange, ...]:
    """Give what readers have seen and what is now another, of a changed record."""
    return tuple(one for one in change.fields if one.name.partition(".")[0] in CONTENT)


def touched_topics(changes: Changes) -> tuple[str, ...]:
    """Give the slugs of all topics whose list or words change, in order."""
    papers = [*changes.added, *changes.removed, *(paper for pair in changes.merged for paper in pair)]
    papers += [paper for change in changes.changed for paper in (change.before, change.after)]
    topics = [*changes.topics_added, *changes.topics_removed, *(change.after for change in changes.topics_changed)]
    return tuple(sorted({slug for paper in papers for slug in paper.topics} | {topic.slug for topic in topics}))


def _field_changes(before: Any, after: Any, within: str) -> Iterator[FieldChange]:  # noqa: ANN401 (records of any kind)
    for field in fields(before):
        one, two = getattr(before, field.name), getattr(after, field.name)
        if not field.compare or one == two:
            continue
        if is_dataclass(one):
            yield from _field_changes(one, two, f"{within}{field.name}.")
        else:
            yield FieldChange(f"{within}{field.name}", one, two)


def _ordered(papers: Iterator[Paper]) -> tuple[Paper, ...]:
    return tuple(sorted(papers, key=lambda paper: paper.order))
