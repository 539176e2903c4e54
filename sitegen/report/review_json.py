"""A review as JSON, for programs."""

from __future__ import annotations

import json
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any

from sitegen.report.cards import card
from sitegen.report.review_sections import feed_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sitegen.diff import FieldChange
    from sitegen.reviewed import Review


def review_json(review: Review) -> str:
    """Give a review as one JSON object in ASCII, in the published shape; texts are as the records have them."""
    changes = review.changes
    told = {
        "base": review.base,
        "head": review.head,
        "empty": review.is_empty,
        "errors": review.errors,
        "faulty": list(review.faulty),
        "new": [asdict(card(paper, review.topic_names)) for paper in changes.added],
        "changed": [
            {"id": change.after.id, "file": change.after.origin.path, "fields": _fields(change.fields)}
            for change in changes.changed
        ],
        "removed": [paper.id for paper in changes.removed],
        "merged": [{"id": old.id, "into": new.id} for old, new in changes.merged],
        "topics": {
            "new": [topic.slug for topic in changes.topics_added],
            "changed": [{"slug": one.after.slug, "fields": _fields(one.fields)} for one in changes.topics_changed],
            "removed": [topic.slug for topic in changes.topics_removed],
        },
        "topic_moves": [
            {"id": change.after.id, "from": list(change.before.topics), "to": list(change.after.topics)}
            for change in changes.changed
            if change.before.topics != change.after.topics
        ],
        "settings": _fields(changes.settings),
        "possible_duplicates": [asdict(found) for found in review.duplicates],
        "feeds": {
            "summary": feed_line(review.feeds),
            "changed": [asdict(news) for news in review.feeds],
            "silent": list(review.silent),
        },
        "addresses": {"gained": list(review.gained), "lost": list(review.lost)},
        "size": {"before": asdict(review.before), "after": asdict(review.after), "bytes": _weight(review)},
        "curators": {slug: list(names) for slug, names in review.curators.items()},
    }
    return json.dumps(told, indent=2) + "\n"


def _weight(review: Review) -> dict[str, int] | None:
    return asdict(review.weight) if review.weight else None


def _fields(changes: Iterable[FieldChange]) -> list[dict[str, Any]]:
    return [{"field": one.name, "before": _bare(one.before), "after": _bare(one.after)} for one in changes]


def _bare(value: Any) -> Any:  # noqa: ANN401 (a field of a record)
    if isinstance(value, tuple):
        return [_bare(one) for one in value]
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
