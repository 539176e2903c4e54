"""Papers of a list as COinS (OpenURL ContextObjects in spans), which citation managers take as many items at once.

On the page of one paper they would outrank its head and lose its PDF: they stand in lists alone.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from sitegen.addresses import addresses
from sitegen.formats.cited import plain_title
from sitegen.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sitegen.pages import Listing

# More names than anybody reads in a list; a citation manager takes them from the paper's own page.
_MOST_NAMES = 20
# What a query may hold as it is stays as it is, and nothing of that needs an escape.
_PLAIN = ":/,"
# The format is Dublin Core.
_KIND = "ctx_ver=Z39.88-2004&amp;rft_val_fmt=info:ofi/fmt:kev:mtx:dc"


def coins(listings: Iterable[Listing], site_url: str) -> str:
    """Give one empty span for each paper, as HTML; `site_url` is absolute and ends in "/"."""
    return "".join([_coin(listing, site_url) for listing in listings])


# A paper stands in several lists.
@lru_cache(maxsize=20_000)
def _coin(listing: Listing, site_url: str) -> str:
    pairs = [_KIND, *(f"{name}={quote_plus(value, _PLAIN)}" for name, value in _pairs(listing, site_url))]
    return f'<span class="Z3988" title="{"&amp;".join(pairs)}"></span>'


def _pairs(listing: Listing, site_url: str) -> Iterator[tuple[str, str]]:
    """Give the keys of the Dublin Core format that say something of a paper, empty ones left out."""
    paper = listing.paper
    named = addresses(paper.links)
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
