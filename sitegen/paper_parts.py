"""Planned values of a paper's page alone: the papers that it names, its place in its topics, how it is cited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sitegen.figures import Spark


MOST_COUNTED = 100


class PaperLink(NamedTuple):
    """A paper as the page of another names it."""

    id: str
    title: str
    title_source: str


class RelatedLink(NamedTuple):
    """A paper near another, as its page names it: how close in hundredths, and the slugs of the topics of both.

    `because` are the terms that both share, the weightiest first.
    """

    id: str
    title: str
    title_source: str
    date: str
    because: tuple[str, ...]
    closeness: int = 0
    topics: tuple[str, ...] = ()


class Turn(NamedTuple):
    """Where a paper stands in its first topic, from 1 for the newest, and the papers before and after it there.

    `whole` is how many papers stand there; both numbers are 0 in a topic of very many, as in `TopicFigures`.
    """

    place: int
    whole: int
    newer: PaperLink | None
    older: PaperLink | None


@dataclass(frozen=True, slots=True)
class TopicFigures:
    """How many papers a topic has, and when they are from.

    Of a topic of more than `MOST_COUNTED` papers a page says neither, and `count` is 0: else each paper added to such a
    topic would change the pages of thousands.
    """

    count: int = 0
    spark: Spark | None = None


class CitedAs(NamedTuple):
    """What a citation needs beside the record: the key, and the absolute address of the paper's page here."""

    key: str
    url: str
