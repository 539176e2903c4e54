"""Records to citations in plain text, for letters and slides: what is known, and what is not known said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.formats.cited import Cited, address, page_range, plain_title, remarks
from sitegen.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sitegen.model import Paper

# As many names as APA prints; the others are counted.
_NAMES = 20


def dump(papers: Sequence[Cited]) -> str:
    """Give one line a paper, in their order."""
    return "".join(f"{citation(cited)}\n" for cited in papers)


def citation(cited: Cited) -> str:
    """Give a paper as one line: names if known, title, venue, year, where it is, and remarks in brackets."""
    paper = cited.paper
    parts = (_names(paper), plain_title(paper), _venue(paper), paper.date[:4] or "No date")
    sentences = [part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part]
    # Without a full stop, which would become part of an address.
    places = ", ".join(_places(cited))
    said = f"[{'; '.join(remarks(paper))}]" if remarks(paper) else ""
    return " ".join(part for part in (*sentences, places, said) if part)


def _names(paper: Paper) -> str:
    names = [name for author in paper.authors if (name := one_line(author.name))]
    if len(names) > _NAMES:
        return f"{', '.join(names[: _NAMES - 1])} and {len(names) - _NAMES + 1} more"
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _venue(paper: Paper) -> str:
    publication = paper.publication
    first, last = page_range(publication.pages)
    issue = f"({publication.issue})" if publication.issue else ""
    pages = f"{first}–{last}" if last else first
    parts = (" ".join(part for part in (paper.venue, publication.volume + issue) if part), pages, publication.publisher)
    return one_line(", ".join(part for part in parts if part))


def _places(cited: Cited) -> Iterator[str]:
    """Give where a paper is: its arXiv id, its DOI, else an address."""
    links = cited.paper.links
    if links.arxiv:
        yield f"arXiv:{one_line(links.arxiv)}"
    if links.doi:
        yield f"doi:{one_line(links.doi)}"
    if not (links.arxiv or links.doi):
        yield address(cited)
