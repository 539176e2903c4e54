"""What a reviewer is told of a change, as values: what the records say, and what it does to the site and its feeds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sitegen.diff import Changes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.feed_news import FeedNews


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A new record and the record that it is, where that is `certain`, or may be."""

    id: str
    other: str
    why: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Size:
    """How large a generated site is: its pages that people read, and all files made from records, search apart."""

    pages: int = 0
    files: int = 0


@dataclass(frozen=True, slots=True)
class Weight:
    """What the files that are made from records weigh in a site that was built, in bytes: all, and those gained."""

    total: int
    gained: int


@dataclass(frozen=True, slots=True)
class Review:
    """A change from `base` to `head`, which are named as the user did.

    `silent` are ids of new papers that the live feed of all papers will not announce; `gained` and `lost` are addresses
    relative to the site's root; `curators` are those that the base names for each topic that is touched. `faulty` are
    the files of the head that have problems, `errors` how many: what they hold is in `changes` as far as it can be
    read, and left out of feeds, addresses and size. `topic_names` has the name of each topic of either side,
    `site_url` is "" where the site has no address yet. `weight` is the head's, None where it was not built.
    """

    base: str
    head: str
    changes: Changes = field(default_factory=Changes)
    duplicates: tuple[Duplicate, ...] = ()
    feeds: tuple[FeedNews, ...] = ()
    silent: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    before: Size = Size()
    after: Size = Size()
    weight: Weight | None = None
    curators: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    errors: int = 0
    faulty: tuple[str, ...] = ()
    topic_names: Mapping[str, str] = field(default_factory=dict)
    site_url: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all differs, as far as could be read."""
        return self.changes == Changes() and not (self.feeds or self.gained or self.lost)
