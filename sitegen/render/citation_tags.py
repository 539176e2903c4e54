"""What citation managers and scholarly search read in a paper's head: Highwire tags and Zotero's own type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.addresses import addresses
from sitegen.formats.cited import page_range
from sitegen.latex import plain_text
from sitegen.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model import Author, Paper

# Zotero's names of item types; without `z:itemType` it takes a page with og:type for a web page.
_ITEM_TYPES = {
    "preprint": "preprint",
    "article": "journalArticle",
    "inproceedings": "conferencePaper",
    "thesis": "thesis",
    "report": "report",
    "book": "book",
}
_VENUE_TAGS = {
    "article": "citation_journal_title",
    "inproceedings": "citation_conference_title",
    "thesis": "citation_dissertation_institution",
    "report": "citation_technical_report_institution",
    "book": "citation_inbook_title",
}


def item_type(paper: Paper) -> str:
    """Give the name of a paper's type as Zotero has it."""
    return _ITEM_TYPES.get(paper.type, "document")


def citation_tags(paper: Paper, url: str) -> Iterator[tuple[str, str]]:
    """Give Highwire's tags, name and content as plain text, or none; `url` is the absolute address of its page.

    Google Scholar ignores all of them unless title, first author and year are there, and a title that was made from
    the abstract is none to cite.
    """
    if not paper.authors or not paper.date or paper.title_source == "derived" or paper.status == "removed":
        return
    for name, value in _tags(paper, url):
        if content := one_line(value):
            yield name, content


def _tags(paper: Paper, url: str) -> Iterator[tuple[str, str]]:
    links, publication = paper.links, paper.publication
    yield "citation_title", plain_text(one_line(paper.title))
    yield from (("citation_author", _name(author)) for author in paper.authors)
    yield "citation_publication_date", paper.date.replace("-", "/")
    yield _VENUE_TAGS.get(paper.type, "citation_journal_title"), paper.venue
    first, last = page_range(publication.pages)
    yield from (
        ("citation_volume", publication.volume),
        ("citation_issue", publication.issue),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        ("citation_publisher", publication.publisher),
        ("citation_doi", links.doi),
        ("citation_arxiv_id", links.arxiv),
        ("citation_pdf_url", addresses(links).get("PDF", "")),
        ("citation_abstract_html_url", url),
    )


def _name(author: Author) -> str:
    """Give a name with the family first where the record holds it apart: readers cut others at the last space."""
    parted = author.family and author.given and not author.literal
    return f"{author.family}, {author.given}" if parted else author.name
