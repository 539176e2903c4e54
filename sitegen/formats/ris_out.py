"""Records to RIS: one tag a line, UTF-8 without a byte order mark, plain text without LaTeX."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.formats.cited import (
    Cited,
    NameParts,
    address,
    names,
    page_range,
    pdf_address,
    plain_abstract,
    plain_title,
    remarks,
)
from sitegen.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sitegen.model import Paper

_REFERENCE_TYPES = {
    "preprint": "UNPB",
    "article": "JOUR",
    "inproceedings": "CONF",
    "thesis": "THES",
    "report": "RPRT",
    "book": "BOOK",
    "other": "GEN",
}


def dump(papers: Sequence[Cited]) -> str:
    r"""Give one record a paper, in their order, with a blank line between; line ends are "\r\n", as RIS has them."""
    return "\r\n".join(_record(cited) for cited in papers)


def _record(cited: Cited) -> str:
    lines = [f"{tag}  - {line}\r\n" for tag, value in _tags(cited) if (line := one_line(value))]
    return f"{''.join(lines)}ER  - \r\n"


def _tags(cited: Cited) -> Iterator[tuple[str, str]]:
    """Give tags and values in their order; a value that is not known is ""."""
    paper, links, publication = cited.paper, cited.paper.links, cited.paper.publication
    first, last = page_range(publication.pages)
    yield "TY", _REFERENCE_TYPES.get(paper.type, "GEN")
    yield "ID", cited.citekey
    yield "TI", plain_title(paper)
    yield from (("AU", _name(parts)) for parts in names(paper))
    yield "AD", "; ".join(paper.organizations)
    yield "PY", paper.date[:4]
    yield "DA", _date(paper)
    yield "T2", paper.venue
    yield "VL", publication.volume
    yield "IS", publication.issue
    yield "SP", first
    yield "EP", last
    yield "PB", publication.publisher
    yield "DO", links.doi
    yield "AN", links.arxiv and f"arXiv:{links.arxiv}"
    yield "UR", _one_address(address(cited))
    yield "L1", _one_address(pdf_address(paper))
    yield from (("KW", topic) for topic in cited.topics)
    yield from (("N1", remark) for remark in remarks(paper))
    yield "N1", f"code: {links.code}" if links.code else ""
    yield "N1", paper.note
    yield "AB", plain_abstract(paper)


def _name(parts: NameParts) -> str:
    """Give "Family, Given, Suffix"; a comma inside a part would end it, so none is there."""
    found = (parts.literal or parts.family, parts.given, parts.suffix)
    return ", ".join(one_line(part.replace(",", " ")) for part in found if part)


def _date(paper: Paper) -> str:
    """Give YYYY/MM/DD/ with empty places for what is not known."""
    return "/".join((*paper.date.split("-"), "", "")[:3]) + "/" if paper.date else ""


def _one_address(url: str) -> str:
    """Give an address whose semicolons are encoded: in RIS one ends an address and begins the next."""
    return url.replace(";", "%3B")
