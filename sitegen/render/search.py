"""The search files: what papers and hand-written pages are found by, and what results show of them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sitegen.figures import group_mark
from sitegen.latex import plain_text
from sitegen.search.analysis import Document, Field
from sitegen.search.container import compact_json
from sitegen.search.facets import Facets
from sitegen.search.full_index import build_index
from sitegen.search.index_files import Collection, Entry, Narrowing, index_parts
from sitegen.search.known import DIGEST, Known, read_known, write_known
from sitegen.text import one_line, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sitegen.machine_pages import PageText
    from sitegen.output import Output
    from sitegen.pages import Listing, SearchPage
    from sitegen.search.parts import Part

PAPER_FIELDS = (Field("title", 10), Field("authors", 5), Field("topics", 2), Field("abstract"), Field("year"))
PAGE_FIELDS = (Field("title", 10), Field("text"))
# What a result shows is bounded; what it is found by is not.
SHOWN_AUTHORS, SHOWN_ABSTRACT, SHOWN_PAGE = 100, 20_000, 300


def search_documents(listings: Sequence[Listing]) -> tuple[Document, ...]:
    """Give one document per paper, in the order (added, id), its texts in the order of PAPER_FIELDS."""
    return tuple(Document(listing.paper.id, _entry(listing).texts) for listing in _in_order(listings))


def lunr_index(listings: Sequence[Listing]) -> bytes:
    """Give the papers' index as lunr.js 2.3.9 loads it (JSON, UTF-8); refs are paper ids."""
    return compact_json(build_index(search_documents(listings), PAPER_FIELDS))


def render_search(page: SearchPage) -> tuple[Output, ...]:
    """Give the files of the search over papers and over hand-written pages, all made anew."""
    return tuple(output for part in search_parts(page)[0] for output in part.outputs())


def search_parts(
    page: SearchPage, known: Known | None = None, papers: Mapping[str, str] | None = None
) -> tuple[tuple[Part, ...], Known]:
    """Give the files of the search, to be made where they are wanted, and what may be `known` the next time.

    The files are the same whatever is known, which only saves work; it is what is known itself where nothing changed.
    `papers` are digests of papers by id, of all that a record holds: without them what is read of one is hashed.
    """
    ordered = _in_order(page.listings)
    narrowing = Narrowing(
        [_facets(listing) for listing in ordered],
        [listing.paper.date for listing in ordered],
        [(topic.slug, topic.short, group_mark(topic.colour)) for topic in page.topics],
    )
    return index_parts(_papers(ordered, papers or {}), _pages(page.pages), narrowing, known)


def search_parts_kept(
    path: Path, version: str, page: SearchPage, papers: Mapping[str, str] | None = None
) -> tuple[Part, ...]:
    """Give what `search_parts` gives, with the help of what a file keeps, which is for one version and may be lost.

    Raises:
        SitegenError: the file can be neither read nor written.
    """
    known = read_known(path, version)
    parts, found = search_parts(page, known, papers)
    if found is not known:
        write_known(path, found, version)
    return parts


def _papers(ordered: Sequence[Listing], known: Mapping[str, str]) -> Collection:
    """Give the papers as search takes them."""
    names = [listing.paper.id for listing in ordered]
    digests = [
        bytes.fromhex(known[name]) if name in known else _digest(listing)
        for name, listing in zip(names, ordered, strict=True)
    ]
    return Collection(PAPER_FIELDS, names, digests, lambda at: _entry(ordered[at]))


def _pages(pages: Sequence[PageText]) -> Collection:
    """Give the hand-written pages as search takes them, in the order of their urls."""
    ordered = sorted(pages, key=lambda page: page.url)

    def read(at: int) -> Entry:
        page = ordered[at]
        return Entry((page.title, page.text), (page.url, one_line(page.title), shorten(page.text, SHOWN_PAGE)))

    digests = [_digest_of(page.url, page.title, page.text) for page in ordered]
    return Collection(PAGE_FIELDS, [page.url for page in ordered], digests, read)


def _digest(listing: Listing) -> bytes:
    """Give a digest of all that search reads of a paper, its place among papers first."""
    paper = listing.paper
    return _digest_of(
        *paper.order,
        paper.title,
        [author.name for author in paper.authors],
        paper.author_count,
        [topic.slug for topic in listing.topics],
        paper.abstract,
        paper.date,
        paper.kind,
        paper.title_source,
    )


def _digest_of(*told: object) -> bytes:
    """Give a digest of texts, numbers and lists of them."""
    return hashlib.blake2b(repr(told).encode(), digest_size=DIGEST).digest()


def _in_order(listings: Sequence[Listing]) -> list[Listing]:
    """Papers with equal scores are shown in this order, the same whatever the plan's order was."""
    return sorted(listings, key=lambda listing: listing.paper.order)


def _entry(listing: Listing) -> Entry:
    """Give what a paper is found by, and what a result shows of it, values by position.

    These are id, title, abstract, year, authors or their number, topics, kind, and whether the title is derived.
    A topic's slug is one word in the index ("llm_agents"), for lunr cuts words at hyphens.
    """
    paper = listing.paper
    title, abstract, year = plain_text(paper.title), plain_text(paper.abstract), paper.date[:4]
    authors = [plain_text(author.name) for author in paper.authors]
    topics = [topic.slug for topic in listing.topics]
    texts = (title, " ".join(authors), " ".join(slug.replace("-", "_") for slug in topics), abstract, year)
    record = (
        paper.id,
        one_line(title),
        one_line(abstract)[:SHOWN_ABSTRACT],
        year,
        authors[:SHOWN_AUTHORS] or paper.author_count or "",
        topics,
        paper.kind,
        1 if paper.title_source == "derived" else "",
    )
    return Entry(texts, record)


def _facets(listing: Listing) -> Facets:
    paper = listing.paper
    return Facets(paper.kind, paper.date[:4], tuple(topic.slug for topic in listing.topics))
