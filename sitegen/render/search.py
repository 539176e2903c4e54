"""The search files: what papers and hand-written pages are found by, and what results show of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.figures import group_mark
from sitegen.latex import plain_text
from sitegen.search.analysis import Document, Field
from sitegen.search.container import compact_json
from sitegen.search.facets import Facets
from sitegen.search.full_index import build_index
from sitegen.search.index_files import Collection, Narrowing, search_files
from sitegen.text import one_line, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.machine_pages import PageText
    from sitegen.output import Output
    from sitegen.pages import Listing, SearchPage
    from sitegen.search.records import Record

PAPER_FIELDS = (Field("title", 10), Field("authors", 5), Field("topics", 2), Field("abstract"), Field("year"))
PAGE_FIELDS = (Field("title", 10), Field("text"))
# What a result shows is bounded; what it is found by is not.
SHOWN_AUTHORS, SHOWN_ABSTRACT, SHOWN_PAGE = 100, 20_000, 300


def search_documents(listings: Sequence[Listing]) -> tuple[Document, ...]:
    """Give one document per paper, in the order (added, id), its texts in the order of PAPER_FIELDS."""
    return tuple(_document(listing) for listing in _in_order(listings))


def lunr_index(listings: Sequence[Listing]) -> bytes:
    """Give the papers' index as lunr.js 2.3.9 loads it (JSON, UTF-8); refs are paper ids."""
    return compact_json(build_index(search_documents(listings), PAPER_FIELDS))


def render_search(page: SearchPage) -> tuple[Output, ...]:
    """Give the files of the search over papers and over hand-written pages."""
    ordered = _in_order(page.listings)
    narrowing = Narrowing(
        [_facets(listing) for listing in ordered],
        [listing.paper.date for listing in ordered],
        [(topic.slug, topic.short, group_mark(topic.colour)) for topic in page.topics],
    )
    return search_files(_papers(ordered), _pages(page.pages), narrowing)


def _papers(ordered: Sequence[Listing]) -> Collection:
    """Give the papers as search takes them."""
    documents = [_document(listing) for listing in ordered]
    return Collection(
        PAPER_FIELDS,
        documents,
        [_record(listing, document) for listing, document in zip(ordered, documents, strict=True)],
    )


def _pages(pages: Sequence[PageText]) -> Collection:
    """Give the hand-written pages as search takes them, in the order of their urls; refs are urls."""
    ordered = sorted(pages, key=lambda page: page.url)
    return Collection(
        PAGE_FIELDS,
        [Document(page.url, (page.title, page.text)) for page in ordered],
        [(page.url, one_line(page.title), shorten(page.text, SHOWN_PAGE)) for page in ordered],
    )


def _in_order(listings: Sequence[Listing]) -> list[Listing]:
    """Papers with equal scores are shown in this order, the same whatever the plan's order was."""
    return sorted(listings, key=lambda listing: listing.paper.order)


def _document(listing: Listing) -> Document:
    """Give what a paper is found by; a topic's slug is one word ("llm_agents"), for lunr cuts words at hyphens."""
    paper = listing.paper
    topics = " ".join(topic.slug.replace("-", "_") for topic in listing.topics)
    authors = " ".join(plain_text(author.name) for author in paper.authors)
    return Document(paper.id, (plain_text(paper.title), authors, topics, plain_text(paper.abstract), paper.date[:4]))


def _record(listing: Listing, document: Document) -> Record:
    """Give what a result shows: id, title, abstract, year, authors or their number, topics, kind, derived title."""
    paper = listing.paper
    title, _, _, abstract, year = document.texts
    authors = [plain_text(author.name) for author in paper.authors[:SHOWN_AUTHORS]]
    return (
        paper.id,
        one_line(title),
        one_line(abstract)[:SHOWN_ABSTRACT],
        year,
        authors or paper.author_count or "",
        [topic.slug for topic in listing.topics],
        paper.kind,
        1 if paper.title_source == "derived" else "",
    )


def _facets(listing: Listing) -> Facets:
    paper = listing.paper
    return Facets(paper.kind, paper.date[:4], tuple(topic.slug for topic in listing.topics))
