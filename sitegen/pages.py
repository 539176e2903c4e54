"""Planned pages: what each file of the site is made of, each carrying all that its renderer may see.

Paths are of files ("papers/x.md", "feeds/all.atom.xml"), urls are relative to the site's root ("papers/x/").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from sitegen.text import clean, one_line, web_address

if TYPE_CHECKING:
    from sitegen.formats.cited import Cited
    from sitegen.model import Change, Links, Paper


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
    archive, where it has one.
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


@dataclass(frozen=True, slots=True)
class FeedFormat:
    """A format that feeds are written in: how its files end, its media type, its name for people."""

    name: str
    suffix: str
    media_type: str
    words: str


FEED_FORMATS = (
    FeedFormat("atom", ".atom.xml", "application/atom+xml", "Atom"),
    FeedFormat("rss", ".rss.xml", "application/rss+xml", "RSS"),
    FeedFormat("json", ".json", "application/feed+json", "JSON"),
)


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


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file or page of the site that a page offers: its name in words, and its path."""

    title: str
    path: str


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed as the page about all of them shows it: `group` is its heading, `url` its page relative to the root.

    `amount` is how many papers it is about, whether they are in its window or not, `pace` how often one comes, both in
    words; `newest` are the last to come, the newest first.
    """

    name: str
    title: str
    group: str
    url: str
    about: str = ""
    amount: str = ""
    pace: str = ""
    newest: tuple[FileLink, ...] = ()


@dataclass(frozen=True, slots=True)
class OpmlPage:
    """All feeds in one file that feed readers subscribe to at once (OPML 2.0)."""

    path: str
    title: str
    feeds: tuple[FeedRow, ...]
    site_url: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The search index at `path` over papers in the order (added, id)."""

    path: str
    listings: tuple[Listing, ...]


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed as pages name it: `name` as in `Feed`, `pace` how often an entry comes, in words."""

    name: str
    title: str
    pace: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A link to another page of the site: `path` is the page's file, `count` the papers behind it."""

    title: str
    path: str
    count: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class WayGroup:
    """Links that belong together, under a heading of their own where `title` is not empty."""

    title: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a list of papers under one heading."""

    title: str
    listings: tuple[Listing, ...]


@dataclass(frozen=True, slots=True)
class RelatedLink:
    """A paper near another, as its page names it; `because` are the terms that both share, the weightiest first."""

    id: str
    title: str
    title_source: str
    date: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperPage:
    """The page of one paper."""

    path: str
    title: str
    listing: Listing
    feeds: tuple[FeedLink, ...]
    related: tuple[RelatedLink, ...] = ()
    files: tuple[FileLink, ...] = ()


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page that leads to others: `lead` and `note` are plain text, links come before lists of papers."""

    path: str
    title: str
    lead: str = ""
    note: str = ""
    groups: tuple[WayGroup, ...] = ()
    sections: tuple[Section, ...] = ()
    feeds: tuple[FeedLink, ...] = ()
    files: tuple[FileLink, ...] = ()


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
class SitemapPage:
    """The sitemap: absolute addresses with the time of the last change, where it is known."""

    path: str
    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SummaryPage:
    """The plain-text overview for programs that read (llms.txt)."""

    path: str
    title: str
    description: str
    ways: tuple[tuple[str, str, str], ...]


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
Page = ArticlePage | FeedPage | ArchivePage | OpmlPage | SearchPage | SitemapPage | SummaryPage | ExportPage


KIND_NAMES = {
    "survey": "Surveys",
    "benchmark": "Benchmarks",
    "dataset": "Datasets",
    "method": "Methods",
    "theory": "Theory",
    "system": "Systems",
    "position": "Positions",
}


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


def addresses(links: Links) -> dict[str, str]:
    """Give where a paper is, name to absolute address in ASCII (RFC 3986), in the order that people see."""
    arxiv = quote(one_line(clean(links.arxiv)))
    doi = quote(one_line(clean(links.doi)), safe="/:;(),._-")
    named = {
        "arXiv": f"https://arxiv.org/abs/{arxiv}" if arxiv else "",
        "PDF": web_address(links.pdf) or (f"https://arxiv.org/pdf/{arxiv}" if arxiv else ""),
        "DOI": f"https://doi.org/{doi}" if doi else "",
        "Code": web_address(links.code),
        "Project page": web_address(links.page),
    }
    return {name: address for name, address in named.items() if address}
