"""Papers of a list as COinS (OpenURL ContextObjects in spans), which citation managers take as many items at once.

On the page of one paper they would outrank its head and lose its PDF: they stand in lists alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from sitegen.addresses import addresses
from sitegen.formats.cited import plain_title
from sitegen.text import escape_html, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sitegen.pages import Listing

# More names than anybody reads in a list; a citation manager takes them from the paper's own page.
_MOST_NAMES = 20


def coins(listings: Iterable[Listing], site_url: str) -> str:
    """Give one empty span for each paper, as HTML; `site_url` is absolute and ends in "/"."""
    return "".join(
        f'<span class="Z3988" title="{escape_html(_query(listing, site_url))}"></span>' for listing in listings
    )


def _query(listing: Listing, site_url: str) -> str:
    # What a query may hold as it is stays as it is.
    return urlencode(list(_pairs(listing, site_url)), safe=":/,")


def _pairs(listing: Listing, site_url: str) -> Iterator[tuple[str, str]]:
    """Give the keys of the Dublin Core format (info:ofi/fmt:kev:mtx:dc), empty ones left out."""
    paper = listing.paper
    named = addresses(paper.links)
    yield "ctx_ver", "Z39.88-2004"
    yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"
    yield "rft.type", paper.type
    yield "rft.title", plain_title(paper)
    yield from (("rft.creator", one_line(author.name)) for author in paper.authors[:_MOST_NAMES])
    found = (
        ("rft.date", paper.date),
        ("rft.source", one_line(paper.venue)),
        ("rft.identifier", f"info:doi/{one_line(paper.links.doi)}" if paper.links.doi else ""),
        ("rft.identifier", named.get("arXiv") or named.get("DOI") or f"{site_url}{listing.url}"),
    )
    yield from (pair for pair in found if pair[1])
