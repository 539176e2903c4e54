"""Addresses, each put where it belongs: those an abstract names, and those a record gives as its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urlsplit

from sitegen.formats.ids import bare_arxiv, bare_doi
from sitegen.model import Links
from sitegen.text import clean, invisible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ADDRESS = re.compile(r"https?://[^\s<>\"“”|^`]{1,2000}", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([_%#&~$])")
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_TRAILING = ".,;:!?'’‘*…\\"
_HOST = re.compile(r"(?=.{4,253}$)([a-z0-9_-]{1,63}\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]", re.IGNORECASE)
_ARXIV = re.compile(
    r"/(?:abs|pdf|html)/(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?/?", re.IGNORECASE
)
_DOI = re.compile(r"/(10\.\d{4,9}/\S+)")
# These registrants name data sets and software; a paper that links to one does not have its DOI.
_DATA_DOIS = ("10.5281/", "10.6084/", "10.5061/", "10.17605/", "10.7910/", "10.57967/")
_REPOSITORY = re.compile(r"/[^/]+/[^/]+.*")
_CODE_HOSTS = ("github.com", "gitlab.com", "anonymous.4open.science")
_SORTS = ("arxiv", "doi", "pdf", "code", "page")
_ANTHOLOGY = re.compile(r"(?:/anthology)?/([A-Z]\d\d-\d{4}|\d{4}\.[a-z0-9_-]+\.\d+)(?:v\d+)?(\.pdf)?/?", re.IGNORECASE)
_REVIEWED = re.compile(r"(?:^|&)id=([\w-]{1,60})(?:&|$)")
# The first step of addresses on huggingface.co that are no repository of a model.
_NO_MODEL = ("api", "blog", "collections", "datasets", "docs", "learn", "papers", "posts", "tasks")


def find_links(text: str) -> Links:
    """Give the links of an abstract: its DOI and arXiv id bare, else the first address of each sort.

    Two different DOIs (or arXiv ids) in one abstract are references to other papers: then neither is taken.
    """
    found = list(_sorted_out(text))
    return Links(
        arxiv=_only([link.value for link in found if link.sort == "arxiv"]),
        doi=_only([link.value for link in found if link.sort == "doi"]),
        pdf=_first([link.value for link in found if link.sort == "pdf"]),
        code=_first([link.value for link in found if link.sort == "code"]),
        page=_first([link.value for link in found if link.sort == "page"]),
    )


def links_of(addresses: Iterable[str]) -> Links:
    """Give the links of a record from its own addresses, ids and DOIs ("10.1/x", "arXiv:2301.00010"), best first.

    The first of each sort is taken; what is no address that can be followed is passed over. arXiv's own DOIs become
    its ids. A file of ACL Anthology or OpenReview brings the page that it stands on.
    """
    found = [link for address in addresses if address for link in _own(_ESCAPED.sub(r"\1", clean(address).strip()))]
    return Links(**{sort: _first([link.value for link in found if link.sort == sort]) for sort in _SORTS})


@dataclass(frozen=True, slots=True)
class _Link:
    sort: str
    value: str


def _only(values: list[str]) -> str:
    return values[0] if len(set(values)) == 1 else ""


def _first(values: list[str]) -> str:
    return values[0] if values else ""


def _sorted_out(text: str) -> Iterator[_Link]:
    """Give every address of the text that can be followed, in order."""
    for match in _ADDRESS.finditer(text):
        address = _trimmed(_ESCAPED.sub(r"\1", match[0]))
        if invisible(address):
            continue
        try:
            parts = urlsplit(address)
        except ValueError:
            continue
        # An address with a user's name in it shows one host and leads to another.
        if parts.username is None and _HOST.fullmatch(parts.hostname or ""):
            yield _link(address, parts)


def _trimmed(address: str) -> str:
    """Give the address without the prose behind it: an unmatched closing bracket ends it, punctuation is dropped."""
    opened: list[str] = []
    for place, character in enumerate(address):
        if character in _BRACKETS.values():
            opened.append(character)
        elif character in _BRACKETS and (not opened or opened.pop() != _BRACKETS[character]):
            address = address[:place]
            break
    return address.rstrip(_TRAILING)


def _own(address: str) -> Iterator[_Link]:
    """Give what one address of a record's own says: mostly one link."""
    if arxiv := bare_arxiv(address):
        yield _Link("arxiv", arxiv)
        return
    if doi := bare_doi(address):
        yield _Link("doi", doi)
        return
    link = next(_sorted_out(address), None)
    if link is None:
        return
    parts = urlsplit(link.value)
    host = (parts.hostname or "").removeprefix("www.")
    yield from (
        _reviewed(parts.path, parts.query, link) if host == "openreview.net" else _anthology(host, parts.path, link)
    )


def _reviewed(path: str, query: str, link: _Link) -> Iterator[_Link]:
    """Give the page on OpenReview, and the file where the address is one."""
    number = _REVIEWED.search(query)
    if not number or path.strip("/") not in ("forum", "pdf", "attachment"):
        yield link
        return
    if path.strip("/") == "pdf":
        yield _Link("pdf", f"https://openreview.net/pdf?id={number[1]}")
    yield _Link("page", f"https://openreview.net/forum?id={number[1]}")


def _anthology(host: str, path: str, link: _Link) -> Iterator[_Link]:
    """Give the page in the ACL Anthology, and the file where the address is one; any other link as it is."""
    paper = _ANTHOLOGY.fullmatch(path) if host in ("aclanthology.org", "aclweb.org", "aclanthology.info") else None
    if not paper:
        yield link
        return
    if paper[2]:
        yield _Link("pdf", f"https://aclanthology.org/{paper[1]}.pdf")
    yield _Link("page", f"https://aclanthology.org/{paper[1]}/")


def _link(address: str, parts: SplitResult) -> _Link:
    """Say what sort of address this is, most telling first."""
    host = (parts.hostname or "").removeprefix("www.")
    if host in ("arxiv.org", "export.arxiv.org") and (arxiv := _ARXIV.fullmatch(parts.path)):
        return _Link("arxiv", arxiv[1])
    if host == "huggingface.co" and parts.path.startswith("/papers/") and (known := bare_arxiv(address)):
        return _Link("arxiv", known)
    if host in ("doi.org", "dx.doi.org") and (doi := _DOI.fullmatch(unquote(parts.path).lower())):
        if known := bare_arxiv(doi[1]):
            return _Link("arxiv", known)
        return _Link("page", address) if doi[1].startswith(_DATA_DOIS) else _Link("doi", doi[1])
    if parts.path.lower().endswith(".pdf") or (host == "openreview.net" and parts.path == "/pdf"):
        return _Link("pdf", address)
    if _is_code(host, parts.path):
        return _Link("code", address)
    return _Link("page", address)


def _is_code(host: str, path: str) -> bool:
    """Tell whether an address is a repository of code; a user's own page on such a host is not."""
    if host == "huggingface.co":
        return bool(_REPOSITORY.fullmatch(path)) and path.split("/")[1] not in _NO_MODEL
    return host in _CODE_HOSTS and bool(_REPOSITORY.fullmatch(path))
