"""What a feed says, before it is written in any format: planned listings to entries, as values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sitegen.latex import mathml, plain_text, runs
from sitegen.pages import addresses
from sitegen.text import clean, escape_html, long_date, one_line, paragraphs, plural, shorten, web_address
from sitegen.windows import FEED_ABSTRACT_CAP

if TYPE_CHECKING:
    from sitegen.model import Links, Paper
    from sitegen.pages import Feed, Listing

SUMMARY_LIMIT = 300
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_AFTER_ADDRESS = ".,;:!?'\u2019\u201d)]}"


@dataclass(frozen=True, slots=True)
class Category:
    """A topic as feeds name it: slug, the address of all topics, and the name for people."""

    term: str
    scheme: str
    label: str


@dataclass(frozen=True, slots=True)
class EntryLink:
    """A link of an entry beside its own page: `rel` is via, related or enclosure (RFC 4287 section 4.2.7)."""

    rel: str
    href: str
    title: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper in a feed: plain text without escapes but for `content`, which is HTML; times as in `Paper.added`."""

    id: str
    title: str
    url: str
    published: str
    updated: str
    authors: tuple[str, ...]
    summary: str
    content: str
    categories: tuple[Category, ...]
    links: tuple[EntryLink, ...]
    identifier: str
    source: str


def feed_id(feed: Feed) -> str:
    """Give the feed's tag (RFC 4151), which outlives its title and address."""
    return _tag(feed, f"feed/{feed.name}")


def feed_entries(feed: Feed) -> tuple[Entry, ...]:
    """Give the feed's entries newest first, as readers expect that cut a long feed at its end."""
    return tuple(_entry(feed, listing) for listing in reversed(feed.entries))


def feed_updated(feed: Feed) -> str:
    """Give the newest `updated` of the feed's entries; an empty feed is as old as its tags."""
    oldest = f"{feed.since}-01-01"[:10] + "T00:00:00Z"
    return max((_updated(listing.paper) for listing in feed.entries), default=oldest)


def _tag(feed: Feed, name: str) -> str:
    return f"tag:{feed.authority},{feed.since}:{name}"


def _updated(paper: Paper) -> str:
    """Never before `added`: a change may be dated before the paper came into the corpus."""
    return max(paper.updated, paper.added)


def _line(text: str) -> str:
    return one_line(clean(text))


def _entry(feed: Feed, listing: Listing) -> Entry:
    paper = listing.paper
    title = _title(paper)
    summary, content = _words(listing, feed.site_url)
    return Entry(
        id=_tag(feed, f"paper/{paper.id}"),
        title=title,
        url=feed.site_url + listing.url,
        published=paper.added,
        updated=_updated(paper),
        authors=tuple(name for author in paper.authors if (name := _line(author.name))),
        summary=summary or shorten(title, SUMMARY_LIMIT),
        content=content,
        categories=tuple(
            Category(topic.slug, f"{feed.site_url}topics/", _line(topic.name) or topic.slug) for topic in listing.topics
        ),
        links=_entry_links(paper.links),
        identifier=f"doi:{doi}" if (doi := _line(paper.links.doi)) else "",
        source=_line(plain_text(clean(paper.venue))),
    )


def _title(paper: Paper) -> str:
    """Give the title as text; one that the curators made stands in brackets, as in library catalogues."""
    title = _line(plain_text(clean(paper.title))) or paper.id
    return f"[{title}]" if paper.title_source == "derived" else title


def _entry_links(links: Links) -> tuple[EntryLink, ...]:
    """Give an entry's links: the source's record of the paper is `via`, a PDF that our record names the enclosure."""
    named = addresses(links)
    via = next((name for name in ("arXiv", "DOI", "Project page") if name in named), "")
    found = [EntryLink("via" if name == via else "related", named[name], name) for name in named if name != "PDF"]
    if pdf := web_address(links.pdf):
        found.append(EntryLink("enclosure", pdf, "PDF", "application/pdf"))
    return tuple(found)


@lru_cache(maxsize=4096)
def _words(listing: Listing, site_url: str) -> tuple[str, str]:
    """Give an entry's summary and its content, which are the same in each feed and format that holds it."""
    paper = listing.paper
    abstract = _abstract(paper)
    summary = shorten(plain_text(abstract), SUMMARY_LIMIT) or shorten(_line(paper.note), SUMMARY_LIMIT)
    content = [_paragraph(escape_html(_names(paper)))]
    if when_and_where := ", ".join(part for part in (_line(plain_text(clean(paper.venue))), _date(paper)) if part):
        content.append(_paragraph(escape_html(when_and_where)))
    if paper.title_source == "derived":
        content.append(_paragraph("The source gives no title; the one in brackets was made from the abstract."))
    content += [_paragraph(_prose(paragraph)) for paragraph in paragraphs(abstract)]
    if _is_cut(paper):
        content.append(_paragraph(f"{_anchor(site_url + listing.url, 'The whole abstract')} is on the paper’s page."))
    content += [_paragraph(f"<strong>Curator’s note:</strong> {_linked(_line(paper.note))}")] if paper.note else []
    if listing.topics:
        anchors = (_anchor(site_url + topic.url, _line(topic.name) or topic.slug) for topic in listing.topics)
        content.append(_paragraph("Topics: " + ", ".join(anchors)))
    if links := addresses(paper.links):
        content.append(_paragraph(" · ".join(_anchor(address, name) for name, address in links.items())))
    return summary, "\n".join(content)


def _abstract(paper: Paper) -> str:
    """Give the abstract, cut between words where it is so long that it would crowd other papers out of the feed."""
    head = clean(paper.abstract[:FEED_ABSTRACT_CAP]).strip()
    if not _is_cut(paper):
        return head
    return (head.rsplit(None, 1)[0] if " " in head else head) + "…"


def _is_cut(paper: Paper) -> bool:
    return len(paper.abstract) > FEED_ABSTRACT_CAP


def _names(paper: Paper) -> str:
    """Give who wrote the paper as far as the record says; where it has only a number, that and no invented name."""
    names = [name for author in paper.authors if (name := _line(author.name))]
    count = paper.author_count or 0
    if names:
        return ", ".join(names) + (f" and {count - len(names):,} more" if count > len(names) else "")
    parts = [plural(count, "author")] if count else []
    parts += [name for organization in paper.organizations if (name := _line(organization))]
    return ", ".join(parts) or "Authors not given"


def _date(paper: Paper) -> str:
    """Give the paper's own date in words, and that it was inferred where it was."""
    words = long_date(paper.date)
    return f"{words} (inferred)" if words and paper.date_source == "inferred" else words


def _prose(paragraph: str) -> str:
    """Give a paragraph of an abstract as HTML, its formulas as MathML or, where that cannot be, their source."""
    return "".join(_formula(run.text) if run.formula else _linked(run.text) for run in runs(paragraph))


def _formula(source: str) -> str:
    """Give a formula with its text as `alttext` (MathML 3 section 2.2.1), for readers that drop the markup."""
    if math := mathml(source):
        return math.replace("<math", f'<math alttext="{escape_html(plain_text(f"${source}$"))}"', 1)
    return f"<code>{escape_html(source)}</code>"


def _linked(text: str) -> str:
    """Escape prose for HTML and make links of the addresses in it; punctuation that ends an address is not of it."""
    pieces: list[str] = []
    start = 0
    for match in _ADDRESS.finditer(text):
        shown = match[0].rstrip(_AFTER_ADDRESS)
        if address := web_address(shown):
            pieces += [escape_html(text[start : match.start()]), _anchor(address, shown)]
            start = match.start() + len(shown)
    return "".join(pieces) + escape_html(text[start:])


def _anchor(address: str, words: str) -> str:
    return f'<a href="{escape_html(address)}">{escape_html(words)}</a>'


def _paragraph(content: str) -> str:
    return f"<p>{content}</p>"
