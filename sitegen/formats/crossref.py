"""Works of Crossref: an answer of its API (one work or a list), or an array of works.

https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md says what the fields mean.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sitegen.formats.ids import bare_arxiv, bare_doi, bare_orcid
from sitegen.formats.json_works import (
    Service,
    first_entry,
    first_words,
    listed,
    make_links,
    mapping,
    mappings,
    parse_works,
    unique,
    words,
)
from sitegen.formats.markup import without_tags
from sitegen.formats.names import alone, person
from sitegen.formats.parsed import Format
from sitegen.model import Author, Draft, Publication
from sitegen.text import title_key

if TYPE_CHECKING:
    from sitegen.formats.parsed import Parsed

_ANSWER = re.compile(r'"message-type"\s*:\s*"(?:work|work-list)"')
# Keys that Crossref puts into nearly every work and CSL-JSON does not know.
_OWN_KEYS = frozenset({"deposited", "indexed", "is-referenced-by-count", "prefix", "member", "references-count"})
_DATES = ("published", "issued", "published-online", "published-print", "posted")
_WITHDRAWALS = frozenset({"retraction", "withdrawal", "removal", "partial_retraction"})
_TYPES = {
    "posted-content": "preprint",
    "journal-article": "article",
    "proceedings-article": "inproceedings",
    "dissertation": "thesis",
    "report": "report",
    "report-component": "report",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "proceedings": "book",
}
_CROSSREF = Service("Crossref", "crossref", re.compile(r'"is-referenced-by-count"\s*:'))

EXAMPLE = """\
{"status": "ok", "message-type": "work", "message": {
  "DOI": "10.1038/171737a0", "type": "journal-article",
  "title": ["Molecular Structure of Nucleic Acids"],
  "author": [{"given": "J. D.", "family": "Watson"}, {"given": "F. H. C.", "family": "Crick"}],
  "issued": {"date-parts": [[1953, 4, 25]]}, "container-title": ["Nature"]}}
"""


def identify(text: str) -> bool:
    """Tell whether the text is an answer about works, or its first entry has its titles in a list, as Crossref does."""
    first = first_entry(text)
    if first:
        titled = isinstance(first.get("title"), list) and bool(bare_doi(words(first.get("DOI"))))
        return titled or ("DOI" in first and "title" not in first and not _OWN_KEYS.isdisjoint(first))
    return text[:100].lstrip("\ufeff \t\r\n").startswith("{") and bool(_ANSWER.search(text[:2_000]))


def parse(text: str, file: str, year: str) -> Parsed:  # noqa: ARG001 (a format's interface; works have whole dates)
    """Give a draft for each work; a retracted one, or one with neither title nor abstract, is rejected."""
    return parse_works(text, file, _CROSSREF, _draft)


def _draft(work: dict[str, object], place: Draft) -> Draft | str:
    title, abstract = _title(work), without_tags(words(work.get("abstract")))
    if why := _refusal(work):
        return why
    if not title and not abstract:
        return "the work has neither a title nor an abstract"
    people = mappings(work.get("author"))
    affiliations = [one for each in people for one in mappings(each.get("affiliation"))]
    return replace(
        place,
        title=title,
        abstract=abstract,
        authors=tuple(author for one in people if (author := _author(one))),
        organizations=unique(without_tags(words(one.get("name"))) for one in affiliations),
        date=next((date for key in _DATES if (date := _date(work.get(key)))), ""),
        links=make_links(words(work.get("DOI")), _pdfs(work), [_page(work)], prose=abstract, arxiv=_preprint(work)),
        type=_type(work),
        venue=_venue(work),
        publication=Publication(
            volume=words(work.get("volume")),
            issue=words(work.get("issue")),
            pages=words(work.get("page")) or words(work.get("article-number")),
            publisher=without_tags(words(work.get("publisher"))),
        ),
    )


def _refusal(work: dict[str, object]) -> str:
    """Say why an object is no work to take, or ""."""
    if work.get("status") == "failed":
        said = next((words(one.get("message")) for one in mappings(work.get("message"))), "")
        return f"Crossref's answer is an error: {said[:200]}".removesuffix(": ")
    if _updates(work.get("updated-by")) & _WITHDRAWALS:
        return "Crossref says this work is retracted; a record for it is made by hand, with status: retracted"
    if _updates(work.get("update-to")) & _WITHDRAWALS:
        return "this is the notice of a retraction, not a paper"
    return ""


def _updates(value: object) -> set[str]:
    return {words(one.get("type")) for one in mappings(value)}


def _title(work: dict[str, object]) -> str:
    """Give the title, and the subtitle after a colon unless the title has it already."""
    title, subtitle = without_tags(first_words(work.get("title"))), without_tags(first_words(work.get("subtitle")))
    if not title or not subtitle or title_key(subtitle) in title_key(title):
        return title
    return f"{title.rstrip(':')}: {subtitle}"


def _author(written: dict[str, object]) -> Author | None:
    """Give an author; `name` is what Crossref calls a group, `suffix` the Jr behind a family name."""
    name, given, family = (without_tags(words(written.get(key))) for key in ("name", "given", "family"))
    author = alone(name, literal=True) if name else person(family, given, suffix=words(written.get("suffix")))
    return author and replace(author, orcid=bare_orcid(written.get("ORCID")))


def _date(value: object) -> str:
    """Give a date of date-parts, as precise as it is; "" where it stands in no calendar."""
    first = next(iter(listed(mapping(value).get("date-parts"))), None)
    parts = [words(part) for part in listed(first)[:3]]
    known = [part for part in parts if part.isascii() and part.isdigit() and len(part) <= 4]
    if not known or len(known) != len([part for part in parts if part]) or len(known[0]) != 4:
        return ""
    try:
        dt.date(int(known[0]), *[int(part) for part in [*known[1:], "1", "1"][:2]])
    except ValueError:
        return ""
    return "-".join([known[0], *(part.zfill(2) for part in known[1:])])


def _pdfs(work: dict[str, object]) -> list[str]:
    """Give the addresses of the text as PDF; those for text mining come last, as they often ask for a key."""
    pdfs = [one for one in mappings(work.get("link")) if one.get("content-type") == "application/pdf"]
    pdfs.sort(key=lambda one: one.get("intended-application") == "text-mining")
    return [words(one.get("URL")) for one in pdfs]


def _page(work: dict[str, object]) -> str:
    return words(mapping(mapping(work.get("resource")).get("primary")).get("URL"))


def _preprint(work: dict[str, object]) -> str:
    """Give the arXiv id that the publisher names as the preprint of the work."""
    named = mappings(mapping(work.get("relation")).get("has-preprint"))
    return next((arxiv for one in named if (arxiv := bare_arxiv(words(one.get("id"))))), "")


def _type(work: dict[str, object]) -> str:
    written = words(work.get("type"))
    # Proceedings that are books, as Springer's, hold chapters; the event tells them from other books.
    if written == "book-chapter" and mapping(work.get("event")):
        return "inproceedings"
    return _TYPES.get(written, "other") if written else ""


def _venue(work: dict[str, object]) -> str:
    """Give the journal or the proceedings; for a preprint its server, for a thesis its university."""
    institution = next(iter(mappings(work.get("institution"))), {})
    event = mapping(work.get("event")).get("name")
    return without_tags(first_words(work.get("container-title")) or words(event) or words(institution.get("name")))


FORMAT = Format(
    "crossref", "works of Crossref: an answer of its API, or an array of works (JSON)", identify, parse, EXAMPLE
)
