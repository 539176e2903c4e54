"""Where a paper is to be found: its links as addresses, by the names that people see."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from sitegen.text import clean, one_line, web_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.model import Links


# A paper's page and its entries in lists and feeds ask for them several times.
@lru_cache(maxsize=1024)
def addresses(links: Links) -> Mapping[str, str]:
    """Give where a paper is, name to absolute address in ASCII (RFC 3986), in the order that people see."""
    arxiv = quote(one_line(clean(links.arxiv)))
    doi = quote(one_line(clean(links.doi)), safe="/:;(),._-")
    named = {
        "arXiv": f"https://arxiv.org/abs/{arxiv}" if arxiv else "",
        "PDF": web_address(links.pdf) or (f"https://arxiv.org/pdf/{arxiv}" if arxiv else ""),
        "DOI": f"https://doi.org/{doi}" if doi else "",
        "Code": web_address(links.code),
        "Project page": web_address(links.page),
    }
    return {name: address for name, address in named.items() if address}
