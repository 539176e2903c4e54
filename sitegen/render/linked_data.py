"""A paper for programs that follow links: JSON-LD by schema.org, and typed links by Signposting."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from sitegen.addresses import addresses
from sitegen.formats.cited import name_parts, plain_title
from sitegen.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model import Author, Paper

_TYPES = {"thesis": "Thesis", "report": "Report", "book": "Book"}
_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
_ORCID = "https://orcid.org/"


def scholarly_article(paper: Paper, url: str, topics: tuple[str, ...]) -> str:
    """Give a paper as JSON-LD by schema.org, safe in a script element; `url` is the absolute address of its page."""
    found = {"@context": "https://schema.org", **{name: value for name, value in _facts(paper, url, topics) if value}}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).translate(_IN_SCRIPT)


def _facts(paper: Paper, url: str, topics: tuple[str, ...]) -> Iterator[tuple[str, object]]:
    named = addresses(paper.links)
    yield "@type", _TYPES.get(paper.type, "ScholarlyArticle")
    yield "@id", url
    yield "headline", plain_title(paper)
    yield (
        "author",
        [_person(author) for author in paper.authors] or [_organization(name) for name in paper.organizations],
    )
    yield "datePublished", paper.date
    yield "creativeWorkStatus", paper.status.capitalize()
    yield "isPartOf", _named("CreativeWork", paper.venue)
    yield "publisher", _named("Organization", paper.publication.publisher)
    yield "pagination", one_line(paper.publication.pages)
    yield "keywords", [one_line(topic) for topic in topics]
    yield "sameAs", [named[name] for name in ("DOI", "arXiv") if name in named]
    if pdf := named.get("PDF"):
        yield "encoding", {"@type": "MediaObject", "contentUrl": pdf, "encodingFormat": "application/pdf"}


def _named(kind: str, name: str) -> dict[str, str] | None:
    return {"@type": kind, "name": one_line(name)} if one_line(name) else None


def _organization(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": one_line(name)}


def _person(author: Author) -> dict[str, str]:
    if author.literal:
        return _organization(author.name)
    parts = name_parts(author)
    found = {"@type": "Person", "name": one_line(author.name), "familyName": parts.family, "givenName": parts.given}
    if author.orcid:
        found["@id"] = _ORCID + quote(author.orcid)
    return {name: value for name, value in found.items() if value}


def typed_links(paper: Paper, url: str) -> Iterator[tuple[str, str, str]]:
    """Give links by Signposting (level 1: signposting.org/FAIR): relation, absolute address, media type or "".

    What describes a paper stands beside its page; `cite-as` is its DOI, else its arXiv address, else its page.
    """
    named = addresses(paper.links)
    yield "cite-as", named.get("DOI") or named.get("arXiv") or url, ""
    yield "type", "https://schema.org/AboutPage", ""
    yield "type", f"https://schema.org/{_TYPES.get(paper.type, 'ScholarlyArticle')}", ""
    for author in paper.authors:
        if author.orcid:
            yield "author", _ORCID + quote(author.orcid), ""
    if pdf := named.get("PDF"):
        yield "item", pdf, "application/pdf"
