"""Works of OpenAlex: one, a list, or an answer of its API.

https://docs.openalex.org/api-entities/works/work-object says what the fields mean.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sitegen.formats.ids import bare_arxiv, bare_orcid
from sitegen.formats.json_works import (
    Service,
    first_entry,
    first_words,
    make_links,
    mapping,
    mappings,
    parse_works,
    unique,
    words,
)
from sitegen.formats.markup import without_tags
from sitegen.formats.parsed import Format
from sitegen.model import Author, Draft, Links, Publication

if TYPE_CHECKING:
    from sitegen.formats.parsed import Parsed

_WORK = re.compile(r"https?://(?:api\.)?openalex\.org/(?:works/)?W\d+")
_OTHER = re.compile(r"https?://openalex\.org/([ASITCPFKV])\d+")
_ANSWER = re.compile(r'"db_response_time_ms"\s*:')
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_TYPES = {
    "preprint": "preprint",
    "article": "article",
    "review": "article",
    "letter": "article",
    "editorial": "article",
    "proceedings-article": "inproceedings",
    "dissertation": "thesis",
    "report": "report",
    "book": "book",
}
_OPEN_ALEX = Service("OpenAlex", "openalex", re.compile(r'"id"\s*:\s*"https?://openalex\.org/W\d'))

EXAMPLE = """\
{"id": "https://openalex.org/W2741809807",
 "title": "The state of OA: a large-scale analysis of Open Access",
 "doi": "https://doi.org/10.7717/peerj.4375", "publication_date": "2018-02-13",
 "authorships": [{"author": {"display_name": "Heather Piwowar"}}],
 "abstract_inverted_index": {"Despite": [0], "growing": [1], "interest": [2]}}
"""


def identify(text: str) -> bool:
    """Tell whether the first entry has an OpenAlex id of a work, or the text is an empty answer of the API."""
    first = first_entry(text)
    empty = not first and '"results"' in text and bool(_ANSWER.search(text[:2_000]))
    return empty or bool(_WORK.fullmatch(words(first.get("id"))))


def parse(text: str, file: str, year: str) -> Parsed:  # noqa: ARG001 (a format's interface; works have whole dates)
    """Give a draft for each work; one that is retracted, or has neither title nor abstract, is rejected."""
    return parse_works(text, file, _OPEN_ALEX, _draft)


def _draft(work: dict[str, object], place: Draft) -> Draft | str:
    if why := _refusal(work):
        return why
    location = mapping(work.get("primary_location"))
    source = mapping(location.get("source"))
    kind_of_source = words(source.get("type"))
    title = without_tags(words(work.get("title")) or words(work.get("display_name")))
    abstract = without_tags(_abstract(work.get("abstract_inverted_index")))
    if not title and not abstract:
        return "the work has neither a title nor an abstract"
    authorships = mappings(work.get("authorships"))
    institutions = [one for each in authorships for one in mappings(each.get("institutions"))]
    return replace(
        place,
        title=title,
        abstract=abstract,
        authors=tuple(author for each in authorships if (author := _author(each)).name),
        organizations=unique(words(one.get("display_name")) for one in institutions),
        date=_date(work),
        links=_links(work, location, abstract),
        type=_type(work, kind_of_source),
        venue="" if kind_of_source == "repository" else without_tags(words(source.get("display_name"))),
        publication=_publication(work, source),
    )


def _refusal(work: dict[str, object]) -> str:
    """Say why an object is no work to take, or ""."""
    if "error" in work and "id" not in work:
        said = words(work.get("message")) or first_words(work.get("error"))
        return f"OpenAlex's answer is an error: {said[:200]}"
    if _OTHER.fullmatch(words(work.get("id"))):
        return f"{words(work['id'])} is no work: ids of works begin with W"
    if work.get("is_retracted") is True:
        return "OpenAlex says this work is retracted; a record for it is made by hand, with status: retracted"
    return ""


def _abstract(index: object) -> str:
    """Put an inverted index back into text: the words by their places."""
    placed = [
        (at, word)
        for word, places in mapping(index).items()
        for at in (places if isinstance(places, list) else ())
        if isinstance(at, int)
    ]
    return " ".join(word for _, word in sorted(placed))


def _author(authorship: dict[str, object]) -> Author:
    person = mapping(authorship.get("author"))
    name = words(person.get("display_name")) or words(authorship.get("raw_author_name"))
    return Author(name, orcid=bare_orcid(person.get("orcid")))


def _date(work: dict[str, object]) -> str:
    """Give the date; OpenAlex writes 1 January where it knows the year only."""
    date = words(work.get("publication_date")) or words(work.get("publication_year"))
    return date.removesuffix("-01-01") if _DATE.fullmatch(date) else ""


def _links(work: dict[str, object], primary: dict[str, object], abstract: str) -> Links:
    """Give the links: OpenAlex has arXiv ids only within the addresses of a work's locations."""
    every = [primary, mapping(work.get("best_oa_location")), *mappings(work.get("locations"))]
    landing = [words(one.get("landing_page_url")) for one in every]
    return make_links(
        words(work.get("doi")) or words(mapping(work.get("ids")).get("doi")),
        [words(one.get("pdf_url")) for one in every],
        [landing[0], words(mapping(work.get("open_access")).get("oa_url"))],
        prose=abstract,
        arxiv=next((arxiv for address in landing if (arxiv := bare_arxiv(address))), ""),
    )


def _type(work: dict[str, object], source: str) -> str:
    written = words(work.get("type"))
    if source == "conference" or words(work.get("type_crossref")) == "proceedings-article":
        return "inproceedings"
    if source == "repository" and written == "article":
        return "preprint"
    return _TYPES.get(written, "other") if written else ""


def _publication(work: dict[str, object], source: dict[str, object]) -> Publication:
    biblio = mapping(work.get("biblio"))
    first, last = words(biblio.get("first_page")), words(biblio.get("last_page"))
    repository = words(source.get("type")) == "repository"
    return Publication(
        volume=words(biblio.get("volume")),
        issue=words(biblio.get("issue")),
        pages=f"{first}-{last}" if first and last and last != first else first or last,
        publisher="" if repository else without_tags(words(source.get("host_organization_name"))),
    )


FORMAT = Format("openalex", "works of OpenAlex: one, a list, or an answer of its API (JSON)", identify, parse, EXAMPLE)
