"""Records to CSL-JSON, which citation processors, Pandoc and Zotero read: plain text without LaTeX."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sitegen.formats.cited import (
    Cited,
    NameParts,
    address,
    names,
    page_range,
    plain_abstract,
    plain_title,
    remarks,
)
from sitegen.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sitegen.model import Paper

_CSL_TYPES = {
    "preprint": "article",
    "article": "article-journal",
    "inproceedings": "paper-conference",
    "thesis": "thesis",
    "report": "report",
    "book": "book",
    "other": "document",
}


def dump(papers: Sequence[Cited]) -> str:
    """Give a JSON array with one object a line for each paper, in their order, by the schema of CSL 1.0.2."""
    lines = [json.dumps(_entry(cited), ensure_ascii=False, separators=(",", ":")) for cited in papers]
    return "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"


def _entry(cited: Cited) -> dict[str, object]:
    return {name: value for name, value in _variables(cited) if value}


def _variables(cited: Cited) -> Iterator[tuple[str, object]]:
    """Give CSL's variables in their order; a value that is not known is empty."""
    paper, links, publication = cited.paper, cited.paper.links, cited.paper.publication
    yield "id", cited.citekey
    yield "type", _CSL_TYPES.get(paper.type, "document")
    yield "genre", "preprint" if paper.type == "preprint" else ""
    yield "title", plain_title(paper)
    yield "author", [_name(parts) for parts in names(paper)]
    yield "issued", {"date-parts": [[int(part) for part in paper.date.split("-")]]} if paper.date else None
    yield "container-title", one_line(paper.venue)
    yield "volume", one_line(publication.volume)
    yield "issue", one_line(publication.issue)
    yield "page", "-".join(page for page in page_range(publication.pages) if page)
    yield "publisher", one_line(publication.publisher)
    yield "DOI", links.doi
    yield "number", links.arxiv and f"arXiv:{links.arxiv}"
    yield "URL", address(cited)
    yield "keyword", ", ".join(one_line(topic).replace(",", " ") for topic in cited.topics)
    yield "note", "; ".join(remarks(paper))
    yield "annote", one_line(paper.note)
    yield "abstract", plain_abstract(paper)
    yield "custom", _custom(paper)


def _custom(paper: Paper) -> dict[str, object]:
    """Give what CSL has no variable for."""
    found = {"organizations": list(paper.organizations), "pdf": paper.links.pdf, "code": paper.links.code}
    return {name: value for name, value in found.items() if value}


def _name(parts: NameParts) -> dict[str, str]:
    found = {"family": parts.family, "given": parts.given, "suffix": parts.suffix, "literal": parts.literal}
    return {name: value for name, value in found.items() if value}
