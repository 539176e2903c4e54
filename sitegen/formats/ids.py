"""Identifiers as people and services write them, brought to their bare form."""

from __future__ import annotations

import re

# arXiv's own scheme: YYMM.NNNN from April 2007, five digits from 2015; before that archive/YYMMNNN.
_NEW_ARXIV = re.compile(r"(\d\d)(0[1-9]|1[0-2])\.(\d{4,5})")
_OLD_ARXIV = re.compile(r"[a-z]{2,10}(?:-[a-z]{2,5})?(?:\.[a-z]{2})?/(\d\d)(0[1-9]|1[0-2])\d{3}", re.IGNORECASE)
_ARXIV_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.|export\.)?(?:arxiv\.org/(?:abs|pdf|html)|huggingface\.co/papers|alphaxiv\.org/abs)/",
    re.IGNORECASE,
)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.", re.IGNORECASE)
_VERSION = re.compile(r"v\d{1,3}")
_DOI_ADDRESS = re.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:\s?", re.IGNORECASE)
# ISO 26324 allows more; Crossref's own advice for finding DOIs in text: a registrant of 4 to 9 digits.
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d{1,9}){0,3}/[^\s\"<>{}|^`]{1,1000}")
_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dXx])")


def bare_arxiv(written: str) -> str:
    """Give an arXiv id without address and version, from an id, an address or arXiv's DOI; "" for anything else."""
    rest = _DOI_ADDRESS.sub("", written.strip(), count=1)
    for before in (_ARXIV_ADDRESS, _ARXIV_DOI, re.compile("arxiv:", re.IGNORECASE)):
        met = before.match(rest)
        rest = rest[met.end() :].lstrip() if met else rest
    rest = re.sub(r"(?:[?#].{0,500})?$", "", rest[:600]).rstrip("/").removesuffix(".pdf")
    known = _NEW_ARXIV.match(rest) or _OLD_ARXIV.match(rest)
    if not known or (rest[known.end() :] and not _VERSION.fullmatch(rest[known.end() :])):
        return ""
    return known[0] if arxiv_month(known[0]) else ""


def arxiv_month(arxiv: str) -> str:
    """Give the month, YYYY-MM, that a bare arXiv id was given out in; "" where it is none."""
    if new := _NEW_ARXIV.fullmatch(arxiv):
        # The scheme began in April 2007; from 2015 on numbers have five digits.
        fits = len(new[3]) == (5 if new[1] >= "15" else 4) and new[1] + new[2] >= "0704"
        return f"20{new[1]}-{new[2]}" if fits else ""
    old = _OLD_ARXIV.fullmatch(arxiv)
    if not old or "0703" < old[1] + old[2] < "9108":
        return ""
    return f"{'19' if old[1] >= '91' else '20'}{old[1]}-{old[2]}"


def bare_doi(written: str) -> str:
    """Give a DOI in lower case without address, from a DOI or its address; "" for anything else."""
    found = _DOI.fullmatch(_DOI_ADDRESS.sub("", written.strip(), count=1))
    return found[0].lower() if found else ""


def bare_orcid(written: object) -> str:
    """Give an ORCID iD without address, its check digit right (ISO 7064 11,2); "" for anything else."""
    found = _ORCID.fullmatch(written.strip()) if isinstance(written, str) and len(written) < 100 else None
    if not found:
        return ""
    digits = found[1].upper().replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    return found[1].upper() if "0123456789X"[(12 - total % 11) % 11] == digits[-1] else ""
