"""Planned pages: what each file of the site is made of, each carrying all that its renderer may see.

Paths are of files ("papers/x.md", "feeds/all.atom.xml"), urls are relative to the site's root ("papers/x/").
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from sitegen.latex import runs
from sitegen.text import clean, escape_html, one_line, web_address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.formats.cited import Cited
    from sitegen.model import Links, Paper


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
class Feed:
    """One feed, whatever it is written in: entries are its window, oldest first, in the order (added, id).

    `name` is its path below feeds/ without extension: "all", "topics/llm-agents"; `url` is its page for people,
    relative to the site's root; `authority` and `since` make the tags of RFC 4151.
    """

    name: str
    title: str
    description: str
    url: str
    site_url: str
    authority: str
    since: str
    entries: tuple[Listing, ...]


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A feed in one format, "atom" or "rss", at `path`: "feeds/all.atom.xml"."""

    path: str
    format: str
    feed: Feed


@dataclass(frozen=True, slots=True)
class PageText:
    """A hand-written page as search sees it: its plain text, and its url relative to the site's root ("about/")."""

    title: str
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The search over papers in the order (added, id) and over hand-written pages: its files lie beside `path`.

    `topics` are the slugs and short names of all topics, in the order of topics.yaml.
    """

    path: str
    listings: tuple[Listing, ...]
    topics: tuple[tuple[str, str], ...] = ()
    pages: tuple[PageText, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed as pages name it: `name` as in `Feed`."""

    name: str
    title: str


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
class FileLink:
    """A file of the site that a page offers: its name in words, and its path."""

    title: str
    path: str


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
    feeds: tuple[FeedLink, ...]


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
Page = ArticlePage | FeedPage | SearchPage | SitemapPage | SummaryPage | ExportPage


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


FEED_ABSTRACT_CAP = 50_000
_FEED_LEAST, _FEED_MOST, _FEED_DAYS, _FEED_BYTES = 100, 1_000, 14, 3_000_000


def feed_window(listings: Sequence[Listing]) -> tuple[Listing, ...]:
    """Give the live window of a feed from its listings in the order (added, id), oldest first as they came.

    It is the newest 100 or all of the 14 days before the newest, whichever is more, at most 1,000 and about 3 MB;
    papers with `announce: false` stand only in archives. The newest is there whatever it weighs.
    """
    announced = [listing for listing in listings if listing.paper.announce]
    if not announced:
        return ()
    since = datetime.fromisoformat(announced[-1].paper.added) - timedelta(days=_FEED_DAYS)
    window: list[Listing] = []
    weight = 0
    for listing in reversed(announced[-_FEED_MOST:]):
        weight += _feed_weight(listing)
        if len(window) >= _FEED_LEAST and datetime.fromisoformat(listing.paper.added) < since:
            break
        if window and weight > _FEED_BYTES:
            break
        window.append(listing)
    return tuple(reversed(window))


def _feed_weight(listing: Listing) -> int:
    """Estimate, rather too high, the bytes of an entry: HTML within XML is escaped twice, formulas become elements."""
    paper = listing.paper
    abstract = paper.abstract[:FEED_ABSTRACT_CAP]
    rest = (paper.title, paper.venue, paper.note, *paper.organizations, *(author.name for author in paper.authors))
    links = (paper.links.pdf, paper.links.code, paper.links.page, paper.links.doi)
    formulas = sum(len(run.text) + 6 for run in runs(abstract) if run.formula) if "$" in abstract else 0
    structure = 1_600 + 400 * len(listing.topics) + 60 * len(paper.authors) + 4 * sum(map(len, links))
    marks = 80 * (abstract.count("://") + paper.note.count("://")) + 25 * abstract.count("\n")
    return structure + marks + 30 * formulas + _twice_escaped(abstract) + 2 * _twice_escaped("".join(rest))


def _twice_escaped(text: str) -> int:
    return len(escape_html(escape_html(text)).encode(errors="replace"))
