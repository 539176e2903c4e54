"""The search files: an index that lunr.js loads, and what its results show."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sitegen.latex import plain_text
from sitegen.output import Output
from sitegen.render.lunr_index import Document, Field, build_index
from sitegen.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.pages import Listing, SearchPage

PAPER_FIELDS = (Field("title", 10), Field("authors", 5), Field("topics", 2), Field("abstract"), Field("year"))
PAGE_FIELDS = (Field("title", 10), Field("text"))


@dataclass(frozen=True, slots=True)
class PageText:
    """A hand-written page as search sees it: its plain text, and its url relative to the site's root ("about/")."""

    title: str
    url: str
    text: str


def search_documents(listings: Sequence[Listing]) -> tuple[Document, ...]:
    """Give one document per paper, in the order (added, id), its texts in the order of PAPER_FIELDS."""
    return tuple(_document(listing) for listing in _in_order(listings))


def lunr_index(listings: Sequence[Listing]) -> bytes:
    """Give the papers' index as lunr.js 2.3.9 loads it (JSON, UTF-8); refs are paper ids."""
    return _json(build_index(search_documents(listings), PAPER_FIELDS))


def render_search(page: SearchPage) -> tuple[Output, Output]:
    """Give the papers' index at the page's path and, as "papers.json" beside it, what the results show of a paper."""
    shown = {listing.paper.id: _shown(listing) for listing in _in_order(page.listings)}
    beside = str(PurePosixPath(page.path).with_name("papers.json"))
    return Output(page.path, lunr_index(page.listings)), Output(beside, _json(shown))


def render_page_search(pages: Sequence[PageText], path: str = "search/pages.json") -> Output:
    """Give the hand-written pages with an index of their own, in the order of their urls; refs are urls."""
    ordered = sorted(pages, key=lambda page: page.url)
    documents = [Document(page.url, (page.title, page.text)) for page in ordered]
    shown = {page.url: {"title": one_line(page.title), "text": one_line(page.text)} for page in ordered}
    return Output(path, _json({"pages": shown, "index": build_index(documents, PAGE_FIELDS)}))


def _in_order(listings: Sequence[Listing]) -> list[Listing]:
    """Papers with equal scores are shown in this order, the same whatever the plan's order was."""
    return sorted(listings, key=lambda listing: listing.paper.order)


def _document(listing: Listing) -> Document:
    """Give what a paper is found by; a topic's slug is one word ("llm_agents"), for lunr cuts words at hyphens."""
    paper = listing.paper
    topics = " ".join(topic.slug.replace("-", "_") for topic in listing.topics)
    authors = " ".join(plain_text(author.name) for author in paper.authors)
    return Document(paper.id, (plain_text(paper.title), authors, topics, plain_text(paper.abstract), paper.date[:4]))


def _shown(listing: Listing) -> dict[str, object]:
    """Give what a result shows of a paper, without what the record does not have."""
    paper = listing.paper
    shown: dict[str, object] = {
        "title": one_line(plain_text(paper.title)),
        "derived": paper.title_source == "derived",
        "url": listing.url,
        "year": paper.date[:4],
        "topics": [[topic.slug, topic.short] for topic in listing.topics],
        "authors": [plain_text(author.name) for author in paper.authors],
        "author_count": None if paper.authors else paper.author_count,
        "abstract": one_line(plain_text(paper.abstract)),
    }
    return {key: value for key, value in shown.items() if value or key in ("title", "url")}


def _json(value: object) -> bytes:
    """Give compact JSON in UTF-8, keys as they stand."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
