"""Planned pages: what each file of the site is made of, each carrying all that its renderer may see.

Paths are of files ("papers/x.md", "feeds/all.atom.xml"), urls are relative to the site's root ("papers/x/").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sitegen.feed_rows import FeedRow, OpmlPage
from sitegen.machine_pages import OpenSearchPage, PageText, RobotsPage, SitemapPage, SummaryPage

if TYPE_CHECKING:
    from sitegen.figures import Chart, Figures, Spark
    from sitegen.formats.cited import Cited
    from sitegen.line_pages import LineGroup
    from sitegen.model import Change, Paper
    from sitegen.paper_parts import CitedAs, RelatedLink, TopicFigures, Turn


@dataclass(frozen=True, slots=True)
class TopicLink:
    """A topic as other pages name it; `url` is relative to the site's root: "topics/llm-agents/".

    `colour` is the number of its group, from 1 in the order of topics.yaml; 0 for a topic in no group.
    """

    slug: str
    name: str
    short: str
    group: str
    url: str
    colour: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """A paper as lists, feeds and search show it; `url` is relative to the site's root: "papers/<id>/"."""

    paper: Paper
    url: str
    topics: tuple[TopicLink, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """The papers that were added in one ISO week, "2025-W45", or a part of them where they are very many.

    `part` counts from 1; `end` is the week's last second, as in `Paper.added`.
    """

    name: str
    part: int
    end: str
    listings: tuple[Listing, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """What was said of a paper at one time: `changes` all have the same `at`."""

    listing: Listing
    changes: tuple[Change, ...]


FeedItem = Listing | Week | Changed


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed, whatever it is written in: entries are its window, oldest first, in the order (published, id).

    `name` is its path below feeds/ without extension: "all", "topics/llm-agents"; `url` is its page for people,
    relative to the site's root; `authority` and `since` make the tags of RFC 4151; `archive` is the path of its newest
    archive, where it has one; `hub` is the address of the WebSub hub that passes on what is new, where one is told.
    """

    name: str
    title: str
    description: str
    url: str
    site_url: str
    authority: str
    since: str
    entries: tuple[FeedItem, ...]
    archive: str = ""
    hub: str = ""


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A feed in all its formats, each at `path` ("feeds/all") and its extension; `aliases` are the same files again.

    An alias is a path and the name of its format: ("rss.xml", "rss").
    """

    path: str
    feed: Feed
    aliases: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """A part of a feed's past (RFC 5005 section 4): papers added in one month, "2025-03", oldest first.

    `older` and `newer` are the paths of the archives before and after it, "" at the ends; `whole` is whether its
    entries have their content, or summaries alone.
    """

    path: str
    feed: Feed
    month: str
    older: str
    newer: str
    whole: bool


class FileLink(NamedTuple):
    """A file or page of the site that a page offers: its name in words, and its path."""

    title: str
    path: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The search over papers in the order (added, id) and over hand-written pages: its files lie beside `path`.

    `topics` are all topics, in the order of topics.yaml.
    """

    path: str
    listings: tuple[Listing, ...]
    topics: tuple[TopicLink, ...] = ()
    pages: tuple[PageText, ...] = ()


class FeedLink(NamedTuple):
    """A feed as pages name it: `name` as in `Feed`, `pace` how often an entry comes, in words."""

    name: str
    title: str
    pace: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A link to another page of the site: `path` is the page's file, `count` the papers behind it.

    `below` are the ways to its parts, `files` its papers as files, `colour` is that of a topic's group, as in
    `TopicLink`, `whole` is how many papers `count` is a part of, where that says something.
    """

    title: str
    path: str
    count: int
    note: str = ""
    below: tuple[Way, ...] = ()
    colour: int = 0
    spark: Spark | None = None
    whole: int = 0
    files: tuple[FileLink, ...] = ()


@dataclass(frozen=True, slots=True)
class WayGroup:
    """Links that belong together: `title` may be empty, `note` says what counts, `parts` have smaller headings."""

    title: str
    ways: tuple[Way, ...]
    note: str = ""
    parts: tuple[WayGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a list of papers under one heading; `whole` is how many papers it is a part of, where it is one."""

    title: str
    listings: tuple[Listing, ...]
    whole: int = 0


@dataclass(frozen=True, slots=True)
class PaperPage:
    """The page of one paper; `edit` is where its record is edited, `form` where one says what is wrong with it.

    `figures` are of its topics in their order; a paper that no list has carries none. `people` are the pages of its
    authors in their order, "" for one without a page, `contact` is whom to ask for a removal. A `compact` page leaves
    out what a reader needs least.
    """

    path: str
    title: str
    listing: Listing
    feeds: tuple[FeedLink, ...]
    related: tuple[RelatedLink, ...] = ()
    files: tuple[FileLink, ...] = ()
    figures: tuple[TopicFigures, ...] = ()
    turn: Turn | None = None
    cited: CitedAs | None = None
    edit: str = ""
    form: str = ""
    people: tuple[str, ...] = ()
    contact: str = ""
    compact: bool = False


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page that leads to others: `lead` and `note` are plain text, `above` is the way to it from home.

    `facts` are in words what papers there are, each leading to its page where it has one; `wider` leads to the topics
    that a topic is a part of, the widest first, `narrower` to those right below it. Where `abstracts` is true, rows may
    open their abstracts. `sections` stand under a heading of their own where `newest` is not empty; `onward` leads on.
    `beside`, feeds, files, the `invitation` to add a paper, by a `form`, and the `terms` (the licence of the records,
    whom to ask for the removal of one) stand beside the text. `topic` is what it is about. What is `compact` is as in
    `PaperPage`.
    """

    path: str
    title: str
    lead: str = ""
    note: str = ""
    facts: tuple[FileLink, ...] = ()
    chart: Chart | None = None
    wider: tuple[Way, ...] = ()
    narrower: tuple[Way, ...] = ()
    groups: tuple[WayGroup, ...] = ()
    newest: str = ""
    sections: tuple[Section, ...] = ()
    onward: tuple[FileLink, ...] = ()
    figures: tuple[Figures, ...] = ()
    lines: tuple[LineGroup, ...] = ()
    beside: tuple[WayGroup, ...] = ()
    feeds: tuple[FeedLink, ...] = ()
    files: tuple[FileLink, ...] = ()
    invitation: tuple[FileLink, ...] = ()
    form: str = ""
    topic: TopicLink | None = None
    above: tuple[FileLink, ...] = ()
    terms: tuple[str, str] | None = None
    abstracts: bool = True
    compact: bool = False


@dataclass(frozen=True, slots=True)
class FeedsPage:
    """The page for people about all feeds."""

    path: str
    title: str
    lead: str
    feeds: tuple[FeedRow, ...]
    site_url: str = ""


@dataclass(frozen=True, slots=True)
class MovedPage:
    """The page of a record that was merged into another: says where it went."""

    path: str
    title: str
    target: Listing


@dataclass(frozen=True, slots=True)
class ExportPage:
    """Papers to cite and to compute with: one file for each of `formats`, its extension behind `path` ("papers/x").

    Formats are named as on the command line ("bibtex"); the files of those in `brief` hold no abstracts.
    """

    path: str
    formats: tuple[str, ...]
    papers: tuple[Cited, ...]
    brief: tuple[str, ...] = ()


ArticlePage = PaperPage | ListPage | FeedsPage | MovedPage
MachinePage = SitemapPage | RobotsPage | SummaryPage | OpenSearchPage
Page = ArticlePage | FeedPage | ArchivePage | OpmlPage | SearchPage | ExportPage | MachinePage


def url_of(path: str) -> str:
    """Give the url of a Markdown page: "papers/x.md" gives "papers/x/", "topics/index.md" gives "topics/"."""
    stem = path.removesuffix(".md")
    return stem.removesuffix("index") if stem.endswith("/index") or stem == "index" else f"{stem}/"


def shell_of(path: str) -> str:
    """Give the name of the shell a page stands in: its own for index pages, else one per folder ("papers/*")."""
    folder, _, name = path.rpartition("/")
    if name == "index.md":
        return path
    section, *below = folder.split("/")
    return "/".join([section, *("*" for _ in below), "*"])
