"""The formats coming in, and which of them a text is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.formats import (
    abstract_list,
    arxiv_atom,
    awesome_list,
    bibtex,
    crossref,
    csl_json,
    csv_table,
    hf_daily,
    openalex,
    own_json,
    ris,
)
from sitegen.formats.counted import is_web_page
from sitegen.problems import SitegenError

if TYPE_CHECKING:
    from sitegen.formats.parsed import Format

FORMATS: tuple[Format, ...] = (
    hf_daily.FORMAT,
    abstract_list.FORMAT,
    bibtex.FORMAT,
    ris.FORMAT,
    csl_json.FORMAT,
    arxiv_atom.FORMAT,
    crossref.FORMAT,
    openalex.FORMAT,
    awesome_list.FORMAT,
    csv_table.FORMAT,
    own_json.FORMAT,
)


def identify(text: str, name: str) -> Format:
    """Give the one format that claims the text of the file `name`; none or two is a SitegenError."""
    claims = [known for known in FORMATS if known.identify(text)]
    if len(claims) == 1:
        return claims[0]
    if claims:
        both = " and ".join(known.name for known in claims)
        raise SitegenError(f"{name}: could be {both}", f"say which with --from {claims[0].name}")
    if is_web_page(text):
        raise SitegenError(f"{name}: is a web page, in none of the known formats", "save the data behind the page")
    raise SitegenError(f"{name}: is in no known format ({_names()})", f"say which with --from {FORMATS[0].name}")


def named(format_name: str) -> Format:
    """Give the format of that name; an unknown one is a SitegenError that lists those known."""
    for known in FORMATS:
        if known.name == format_name:
            return known
    raise SitegenError(f"--from must be one of {_names()}, not {format_name!r}")


def _names() -> str:
    return ", ".join(known.name for known in FORMATS)
