"""The fields of a BibTeX entry in the words of a draft."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sitegen.formats.dates import iso_date, written_date
from sitegen.formats.ids import bare_arxiv
from sitegen.formats.links import links_of
from sitegen.formats.names import bibtex_names
from sitegen.formats.remarks import with_remarks
from sitegen.latex import unlaced
from sitegen.model import Publication
from sitegen.text import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sitegen.model import Draft, Links

_TYPES = {
    "article": "article",
    "inproceedings": "inproceedings",
    "conference": "inproceedings",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "bachelorsthesis": "thesis",
    "thesis": "thesis",
    "techreport": "report",
    "report": "report",
    "book": "book",
    "mvbook": "book",
    "proceedings": "book",
    "collection": "book",
    "unpublished": "preprint",
    "misc": "preprint",
    "online": "preprint",
    "preprint": "preprint",
}
_PREPRINT_SERVERS = re.compile(r"\b(arxiv|corr|biorxiv|medrxiv|chemrxiv|ssrn|psyarxiv|preprint)\b", re.IGNORECASE)
# "CoRR" with the volume "abs/2301.00010" is how DBLP writes arXiv.
_ARXIV_NAMED = re.compile(r"arxiv|\bcorr\b", re.IGNORECASE)
_ARXIV_ID = re.compile(r"(?<![\w.])(\d{4}\.\d{4,5}|[a-z-]{2,12}(?:\.[A-Za-z]{2})?/\d{7})(?:v\d+)?(?![\w.]*\d)")
_VENUES = ("journal", "journaltitle", "booktitle", "school", "institution", "howpublished", "series")
_AT_CONFERENCES = ("inproceedings", "conference", "proceedings")


def draft_of(place: Draft, entry_type: str, fields: Mapping[str, str]) -> Draft:
    """Fill a draft that knows its place with what the fields say: type and names of fields in lower case."""
    links = _links(fields)
    venue = _venue(fields)
    named_type = _TYPES.get(entry_type, "other")
    preprint = bool(_PREPRINT_SERVERS.search(venue)) or (named_type == "other" and bool(links.arxiv) and not venue)
    filled = replace(
        place,
        title=_title(fields),
        abstract=_text(fields, "abstract"),
        authors=bibtex_names(fields.get("author", "")),
        date=written_date(_text(fields, "date"))
        or iso_date(_text(fields, "year"), _text(fields, "month"), _text(fields, "day")),
        links=links,
        type="preprint" if preprint else named_type,
        venue="" if _ARXIV_NAMED.search(venue) else venue,
        publication=Publication() if _ARXIV_NAMED.search(venue) else _publication(entry_type, fields),
        organizations=_organizations(entry_type, fields),
        note=_text(fields, "annote", "annotation"),
    )
    return with_remarks(filled, [_text(fields, "note")])


def _text(fields: Mapping[str, str], *names: str) -> str:
    """Give the plain text of the first of these fields that has any."""
    texts = (one_line(clean(unlaced(fields[name]))) for name in names if name in fields)
    return next((text for text in texts if text), "")


def _title(fields: Mapping[str, str]) -> str:
    title, subtitle = _text(fields, "title"), _text(fields, "subtitle")
    return f"{title}: {subtitle}" if title and subtitle else title


def _venue(fields: Mapping[str, str]) -> str:
    """Give where it was published; an address in `howpublished` is a link and no venue."""
    venue = _text(fields, *(("series",) if _house(fields) else ()), *_VENUES)
    return "" if "://" in venue else venue


def _house(fields: Mapping[str, str]) -> str:
    """Give the school or institution that gave a thesis or report out in a series of its own."""
    return _text(fields, "school", "institution") if "series" in fields else ""


def _organizations(entry_type: str, fields: Mapping[str, str]) -> tuple[str, ...]:
    """Give where the authors work; for papers at conferences `organization` is who held them, or published them."""
    names = ("affiliation",) if entry_type in _AT_CONFERENCES else ("affiliation", "organization")
    return tuple(name for name in _text(fields, *names).split(" and ") if name)


def _publication(entry_type: str, fields: Mapping[str, str]) -> Publication:
    publishers = ("publisher", "organization") if entry_type in _AT_CONFERENCES else ("publisher",)
    return Publication(
        volume=_text(fields, "volume"),
        issue=_text(fields, "number", "issue"),
        pages=re.sub(r"\s*[-–—]+\s*", "-", _text(fields, "pages")),
        publisher=_text(fields, *publishers) or _house(fields),
    )


def _links(fields: Mapping[str, str]) -> Links:
    return links_of(_addresses(fields))


def _addresses(fields: Mapping[str, str]) -> Iterator[str]:
    """Give the entry's own ids and addresses, the most telling first; addresses are read raw, `%20` and all."""
    source = " ".join(fields.get(name, "") for name in ("archiveprefix", "eprinttype")).strip().lower()
    if source in ("", "arxiv"):
        yield bare_arxiv(fields.get("eprint", ""))
    yield from (fields.get(name, "") for name in ("arxiv", "arxivid", "doi", "pdf", "code"))
    for name in ("url", "ee", "link", "howpublished", "note"):
        yield from re.split(r"\s+(?=https?://)|\\url(?=\{)", fields.get(name, ""))
    for name in ("journal", "journaltitle", "volume", "note", "howpublished"):
        context = f"{fields.get('journal', '')} {fields.get(name, '')}"
        if _ARXIV_NAMED.search(context) and (known := _ARXIV_ID.search(fields.get(name, ""))):
            yield known[1]
