"""What a person types to name one paper: an arXiv id, a DOI, an address, or a title; nothing is looked up."""

from __future__ import annotations

import re
from dataclasses import replace

from sitegen.formats.ids import arxiv_month, bare_arxiv, bare_doi
from sitegen.formats.links import links_of
from sitegen.model import Draft, Links
from sitegen.problems import SitegenError
from sitegen.text import clean, one_line, quoted, visible

_NAME = "typed"
# What can only be meant as an arXiv id, so that a wrong one is said to be wrong.
_LIKE_ARXIV = re.compile(
    r"(?:arxiv:\s?)?\d{4}\.\d{4,6}(?:v\d+)?|arxiv:\S+|(?:https?://)?(?:\w+\.)?arxiv\.org/\S*", re.IGNORECASE
)
_LIKE_DOI = re.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/\S*|doi:\s?\S*|10\.\d+/\S*", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_SUBJECT = re.compile(r"\s*\[[a-z-]{2,10}(?:\.[A-Za-z-]{2,20})?\]\s*$")
# The ACL's DOIs and addresses hold its own ids: "2023.acl-long.1", before 2020 "P19-1001".
_ACL = re.compile(
    r"(?:10\.18653/v1/|https?://(?:www\.)?aclanthology\.org/)"
    r"((?:(?P<year>20\d\d)\.(?P<venue>[a-z0-9_]+)-[a-z0-9_]+\.\d+)|(?P<letter>[A-Z])(?P<short>\d\d)-\d{4})"
    r"(?:/|\.pdf|v\d)?",
    re.IGNORECASE,
)
# bioRxiv and medRxiv give the day in their DOIs since December 2019.
_BIORXIV = re.compile(r"10\.1101/(20\d\d)\.(0[1-9]|1[0-2])\.(0[1-9]|[12]\d|3[01])\.\d+")
_OPENREVIEW = re.compile(r"https?://openreview\.net/(?:forum|pdf)\?id=([\w-]{5,40})")
_QUOTES = (("\u201c", "\u201d"), ('"', '"'))


def titled_draft(typed: str, title: str = "") -> Draft:
    """Give the draft of what was typed, with the title typed there or in `title`; SitegenError for none or two."""
    draft = draft_from_typed(typed)
    words, title = one_line(clean(typed)), one_line(clean(title))
    if draft.title and title:
        raise SitegenError(f"two titles: {quoted(draft.title)} and {quoted(title)}", "give one of them")
    if not draft.title and not title:
        hint = f'sitegen new "{visible(words)} The Paper\'s Title"'
        raise SitegenError(f"the title is missing: {quoted(words)} says none", hint)
    return replace(draft, title=draft.title or title)


def draft_from_typed(typed: str) -> Draft:
    """Give a draft with everything that an arXiv id, a DOI, an address or a title says by itself.

    An id may be followed by the title; the title of an id alone is "". Raises SitegenError for an id that is none,
    and where nothing was typed.
    """
    words = one_line(clean(typed))
    if not words:
        raise SitegenError("name a paper: an arXiv id, a DOI or a title")
    place = Draft(_NAME, _NAME, 1, 1, 1)
    first, _, rest = _apart(words)
    draft = _identified(first, place)
    if draft is None:
        return replace(place, title=_unquoted(words))
    return replace(draft, title=_unquoted(rest)) if rest else draft


def _apart(words: str) -> tuple[str, str, str]:
    """Cut what was typed behind its first word; "arXiv: 2301.00010" and "doi: 10.1/x" are one word."""
    joined = re.sub(r"^(arxiv|doi):\s+(?=\S)", r"\1:", words, flags=re.IGNORECASE)
    first, space, rest = joined.partition(" ")
    return first, space, _SUBJECT.sub("", rest) if bare_arxiv(first) else rest


def _identified(word: str, place: Draft) -> Draft | None:
    """Give the draft of an id or address; None for what is the first word of a title."""
    if arxiv := bare_arxiv(word):
        return replace(place, date=arxiv_month(arxiv), links=Links(arxiv=arxiv), type="preprint")
    if _LIKE_ARXIV.fullmatch(word):
        raise SitegenError(f"{quoted(word)} is no arXiv id", "they are written 2301.00010 or hep-th/9901001")
    if acl := _ACL.fullmatch(bare_doi(word) or word):
        return _of_acl(acl, place)
    if doi := bare_doi(word):
        return _of_doi(doi, place)
    if _LIKE_DOI.fullmatch(word):
        raise SitegenError(f"{quoted(word)} is no DOI", "they are written 10.1145/3292500.3330701")
    if forum := _OPENREVIEW.fullmatch(word):
        page, pdf = (f"https://openreview.net/{sort}?id={forum[1]}" for sort in ("forum", "pdf"))
        return replace(place, links=Links(page=page, pdf=pdf))
    if not _ADDRESS.fullmatch(word):
        return None
    links = links_of([word])
    if links == Links():
        raise SitegenError(f"{quoted(word)} is no address that can be followed")
    return replace(place, links=links)


def _of_doi(doi: str, place: Draft) -> Draft:
    if day := _BIORXIV.fullmatch(doi):
        return replace(place, date="-".join(day.groups()), links=Links(doi=doi), type="preprint")
    return replace(place, links=Links(doi=doi))


def _of_acl(acl: re.Match[str], place: Draft) -> Draft:
    """Give the draft of a paper in the ACL Anthology, whose id tells year, page and sort."""
    number = acl[1].lower() if acl["year"] else acl[1].upper()
    year = acl["year"] or ("20" if acl["short"] < "60" else "19") + acl["short"]
    # J and Q are its two journals, Computational Linguistics and the Transactions.
    journal = (acl["venue"] or acl["letter"]).lower() in {"cl", "tacl", "j", "q"}
    page = f"https://aclanthology.org/{number}"
    return replace(
        place,
        date=year,
        links=Links(doi=bare_doi(acl[0]), page=f"{page}/", pdf=f"{page}.pdf"),
        type="article" if journal else "inproceedings",
    )


def _unquoted(title: str) -> str:
    for opening, closing in _QUOTES:
        inner = one_line(title[1:-1])
        # A title may begin with one quotation and end in another.
        if inner and title == f"{opening}{inner}{closing}" and opening not in inner and closing not in inner:
            return inner
    return title
