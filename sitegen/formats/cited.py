"""A paper as it is cited: what all citation formats share, before any of them escapes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from sitegen import latex
from sitegen.text import one_line, plural

if TYPE_CHECKING:
    from sitegen.model import Author, Paper

_SUFFIXES = frozenset("Jr Jr. Sr Sr. II III IV".split())
_PARTICLES = frozenset("al bin da de del della den der di do dos du el la le ten ter van vom von zu zur".split())
_GROUPS = frozenset(
    "team group consortium collaboration lab labs project university institute inc inc. ltd ltd. ai".split()
)
# A name that is written with the family first, or with signs that no person's name has, is not taken apart.
_FAMILY_FIRST = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_NO_PERSON = re.compile(r"[^\w\s.'’‘ʼ·‐-]|[\d_]|(?:^|\s)and(?:\s|$)", re.IGNORECASE)
_RANGE = re.compile(r"(.*?[^\s–—-])\s*(?:--+|[–—])\s*([^\s–—-].*)|([A-Za-z]*\d+)\s*-\s*([A-Za-z]*\d+)")
# What stays as it is in the address of a DOI: signs that no address takes for anything else in its path.
_IN_DOI = "/:;()!$&'*+,=@"
_NOT_IN_FIELD = re.compile(r"[\s{}\\<>\"]")


@dataclass(frozen=True, slots=True)
class Cited:
    """A paper with its citekey, the absolute address of its page and the names of its topics."""

    paper: Paper
    citekey: str
    url: str
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name as citations need it: family and given apart, or all of it in `literal`."""

    family: str = ""
    given: str = ""
    suffix: str = ""
    literal: str = ""


def names(paper: Paper) -> tuple[NameParts, ...]:
    """Give the names of the authors that are known, in their order; none is invented."""
    return tuple(name_parts(author) for author in paper.authors if one_line(author.name))


# Each format of a citation asks for the names of the same authors.
@lru_cache(maxsize=8192)
def name_parts(author: Author) -> NameParts:
    """Give a name in its parts; one that nobody took apart is split before its last word and the particles there.

    Names of groups, names with signs in them and names in scripts that put the family first stay whole.
    """
    name, family, given = one_line(author.name), one_line(author.family), one_line(author.given)
    if author.literal:
        return NameParts(literal=name)
    if family:
        behind = name.removeprefix(f"{given} {family}").lstrip(", ") if given else ""
        return NameParts(family, given, behind if behind in _SUFFIXES else "")
    words = name.split()
    if _NO_PERSON.search(name) or _FAMILY_FIRST.search(name) or (len(words) > 1 and words[-1].lower() in _GROUPS):
        return NameParts(literal=name)
    suffix = words.pop() if len(words) > 2 and words[-1] in _SUFFIXES else ""
    cut = len(words) - 1
    while cut > 1 and words[cut - 1][0].islower():
        cut -= 1
    if cut == 1 and words[0] in _PARTICLES:
        cut = 0
    return NameParts(" ".join(words[cut:]), " ".join(words[:cut]), suffix)


def plain_title(paper: Paper) -> str:
    """Give the title as plain text; one that was made from the abstract stands in brackets, as in catalogues."""
    title = one_line(latex.plain_text(one_line(paper.title)))
    return f"[{title}]" if paper.title_source == "derived" else title


def plain_abstract(paper: Paper) -> str:
    """Give the abstract as plain text; its paragraphs stay apart."""
    return latex.plain_text(paper.abstract).strip()


def remarks(paper: Paper) -> tuple[str, ...]:
    """Give what a citation must say beside its fields, lest it pass for more than is known."""
    count = paper.author_count or 0
    known = len(names(paper)) if count else 0
    found = (
        paper.status,
        plural(count, "author") + (" in all" if known else "") if count > known else "",
        "title made from the abstract" if paper.title_source == "derived" else "",
        "year inferred" if paper.date and paper.date_source == "inferred" else "",
    )
    return tuple(remark for remark in found if remark)


def address(cited: Cited) -> str:
    """Give the address that a citation leads to: the paper's own page, arXiv, its DOI's, its PDF, else our page."""
    links = cited.paper.links
    arxiv = links.arxiv and f"https://arxiv.org/abs/{links.arxiv}"
    doi = links.doi and f"https://doi.org/{quote(links.doi, safe=_IN_DOI)}"
    return _encoded(links.page or arxiv or doi or links.pdf or cited.url)


def pdf_address(paper: Paper) -> str:
    """Give the address of the paper's PDF, or ""."""
    return _encoded(paper.links.pdf)


def page_range(pages: str) -> tuple[str, str]:
    """Give first and last page of "1--10", "1-10", "1–10"; all of it and "" where that is not a range of pages."""
    match = _RANGE.fullmatch(one_line(pages))
    if not match:
        return one_line(pages), ""
    return match[1] or match[3], match[2] or match[4]


def _encoded(url: str) -> str:
    """Give an address without the signs that an address may not hold and that would end a field."""
    return _NOT_IN_FIELD.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), url)
