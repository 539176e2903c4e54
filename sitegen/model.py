"""The records: what a paper, a draft, a topic and a corpus are.

All values are immutable. Strings have been cleaned of characters that no output may hold
(`text.clean`) before they come here; nothing here is escaped for any language.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS = ("survey", "benchmark", "dataset", "method", "theory", "system", "position")
TYPES = ("preprint", "article", "inproceedings", "thesis", "report", "book", "other")
STATUSES = ("retracted", "withdrawn", "removed")
CHANGE_KINDS = ("corrected", "version", "retracted")
RESERVED_IDS = ("index", "404", "search")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record was read: the file, and the line (from 1) of each of its top-level keys."""

    path: str
    lines: tuple[tuple[str, int], ...] = ()

    def line(self, key: str) -> int:
        """Give the line of a top-level key, or 1 where the record does not have it."""
        return dict(self.lines).get(key, 1)


@dataclass(frozen=True, slots=True)
class Author:
    """One author as the source writes the name; `family` and `given` only where they are known apart."""

    name: str
    family: str = ""
    given: str = ""
    literal: bool = False
    orcid: str = ""


@dataclass(frozen=True, slots=True)
class Links:
    """Where a paper is: arXiv id and DOI bare (no address, no version), the others as absolute http(s) addresses."""

    arxiv: str = ""
    doi: str = ""
    pdf: str = ""
    code: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Publication:
    """What a citation says beyond the venue's name."""

    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of content that subscribers of the changes feed read; `at` as in `Paper.added`."""

    at: str
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a paper was seen: file name, format, ordinal in it from 1, date of the listing, the list's own count."""

    file: str
    format: str
    ordinal: int
    listed: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A reviewed record. `date` is YYYY, YYYY-MM or YYYY-MM-DD; `added` and `changes[].at` are YYYY-MM-DDTHH:MM:SSZ."""

    id: str
    title: str
    added: str
    title_source: str = "given"
    type: str = "preprint"
    kind: str = ""
    status: str = ""
    authors: tuple[Author, ...] = ()
    author_count: int | None = None
    organizations: tuple[str, ...] = ()
    date: str = ""
    date_source: str = "given"
    announce: bool = True
    topics: tuple[str, ...] = ()
    links: Links = Links()
    venue: str = ""
    publication: Publication = Publication()
    abstract: str = ""
    note: str = ""
    changes: tuple[Change, ...] = ()
    aliases: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    not_same_as: tuple[str, ...] = ()
    key: str = ""
    sources: tuple[Source, ...] = ()
    origin: Origin = field(default=Origin(""), compare=False, repr=False)

    @property
    def updated(self) -> str:
        """The newest `changes[].at`, else `added`."""
        return max([change.at for change in self.changes]) if self.changes else self.added

    @property
    def order(self) -> tuple[str, str]:
        """What papers are ordered by everywhere: (added, id)."""
        return (self.added, self.id)


@dataclass(frozen=True, slots=True)
class Draft:
    """One occurrence of a paper in an imported text: what the text says and no more.

    `title` is empty where the text has none. `first_line` and `last_line` (from 1, inclusive) are the lines that
    belong to this paper; blank lines between may lie inside the range.
    """

    file: str
    format: str
    ordinal: int
    first_line: int
    last_line: int
    title: str = ""
    abstract: str = ""
    authors: tuple[Author, ...] = ()
    author_count: int | None = None
    organizations: tuple[str, ...] = ()
    date: str = ""
    date_source: str = "given"
    links: Links = Links()
    listed: str = ""
    count: int | None = None
    type: str = ""
    venue: str = ""
    publication: Publication = Publication()
    topics: tuple[str, ...] = ()
    note: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic that papers are listed under; `short` has at most 22 characters and is for lists."""

    slug: str
    name: str
    short: str = ""
    group: str = ""
    description: str = ""
    cues: tuple[str, ...] = ()
    parent: str = ""
    curators: tuple[str, ...] = ()
    origin: Origin = field(default=Origin(""), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """What feeds are told: the tagging entity of RFC 4151 that all their ids begin with, frozen once one was published.

    `websub` is the address of a hub that passes on what is new (W3C WebSub), "" for none.
    """

    authority: str = "example.org"
    since: str = "2025"
    websub: str = ""


@dataclass(frozen=True, slots=True)
class CorpusSettings:
    """What corpus.yaml says of the corpus as a whole; `author_feeds` gives authors of several papers feeds."""

    title: str = "Papers"
    description: str = ""
    licence: str = ""
    contact: str = ""
    feed: FeedSettings = FeedSettings()
    author_feeds: bool = False


@dataclass(frozen=True, slots=True)
class Corpus:
    """All records: papers in the order (added, id), topics in the order of topics.yaml.

    `digest` says all that was read, by paths and bytes, and `digests` what each paper of one's own id holds, its origin
    left out; both are of BLAKE2b with 32 hexadecimal digits, and empty where nobody asked for them.
    """

    settings: CorpusSettings = CorpusSettings()
    topics: tuple[Topic, ...] = ()
    papers: tuple[Paper, ...] = ()
    digest: str = field(default="", compare=False, repr=False)
    digests: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
