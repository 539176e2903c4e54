"""Which papers are the same: what is merged without asking, and what a curator is asked about.

Merging is final for readers and feeds, so it needs proof: the same DOI, the same arXiv id, or the same title with
nearly the same abstract. Titles alone prove nothing: of 1,424 pairs of real titles that are 90% alike, 1,013 differ
only in a number ("WMT 2011", "WMT 2012").
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from sitegen.text import one_line, title_key, without_marks, without_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sitegen.model import Paper

_SAME_ABSTRACT = 90
_LIKE_TITLE = 90
_COMPARED = 20_000
# A word in more titles than this tells too little to be worth looking through them all.
_COMMON = 400
# Records are met again and again; so many titles and abstracts are remembered as they are compared.
_REMEMBERED = 100_000


@dataclass(frozen=True, slots=True)
class Match:
    """A record met again: its id, and why it is (or may be) the same paper."""

    id: str
    why: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one paper, in order of id."""

    id: str
    other: str
    why: str


def draft_key(title: str, abstract: str) -> str:
    """Give the 16 hex digits of SHA-256 that a title and an abstract as imported have, however they are spaced."""
    return sha256(f"{one_line(title)}\n{one_line(abstract)}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class _Title:
    """What titles are compared by: their key, their words in order, and each word once."""

    key: str
    line: str
    words: frozenset[str]


class Index:
    """Records, found by what makes them the same paper; `lines` are their titles' words, by id."""

    def __init__(self, papers: Iterable[Paper] = ()) -> None:
        self.papers: dict[str, Paper] = {}
        self.lines: dict[str, str] = {}
        self._places: dict[str, list[str]] = defaultdict(list)
        for paper in papers:
            self.add(paper)

    def add(self, paper: Paper) -> None:
        """Put a record in, or a changed one in the place of what was there under its id."""
        old = self.papers.get(paper.id)
        known = set(_places(old)) if old else set()
        self.papers[paper.id] = paper
        self.lines[paper.id] = _compared(paper.title).line
        for place in _places(paper):
            if place not in known:
                self._places[place].append(paper.id)

    def at(self, place: str) -> list[str]:
        """Give the ids of the records at a place, oldest first."""
        return self._places.get(place, [])


def match(paper: Paper, index: Index) -> Match | None:
    """Give the record that this paper is, beyond doubt, and the reason; None where there is none."""
    for place, why in _proofs(paper):
        for known in index.at(place):
            if known != paper.id:
                return Match(known, why)
    for known in index.at(f"title {_key_of(paper)}") if _key_of(paper) else ():
        if known != paper.id and not _difference(paper, index.papers[known]):
            return Match(known, "same title, nearly the same abstract")
    return None


def possible_duplicates(paper: Paper, index: Index) -> tuple[Match, ...]:
    """Give the records that may be this paper, each with the reason it was not merged, in order of id.

    Pairs that either record settles by `same_as` or `not_same_as` are left out.
    """
    found = []
    for known in sorted(_candidates(paper, index)):
        other = index.papers[known]
        if not _settled(paper, other) and (why := _likeness(paper, other)):
            found.append(Match(known, why))
    return tuple(found)


def unsettled_pairs(papers: Iterable[Paper]) -> tuple[Pair, ...]:
    """Give every pair of records that may be one paper and that no curator has settled, in order of id."""
    index = Index(papers)
    pairs = {
        Pair(min(paper.id, found.id), max(paper.id, found.id), found.why)
        for paper in index.papers.values()
        for found in possible_duplicates(paper, index)
    }
    return tuple(sorted(pairs, key=lambda pair: (pair.id, pair.other, pair.why)))


def _proofs(paper: Paper) -> Iterator[tuple[str, str]]:
    """Give the places where any other record is this paper."""
    if paper.key:
        yield f"key {paper.key}", "same title and abstract" if paper.title_source == "given" else "same abstract"
    if paper.links.doi:
        yield f"doi {paper.links.doi.lower()}", f"same DOI {paper.links.doi}"
    if paper.links.arxiv:
        yield f"arxiv {_bare_arxiv(paper)}", f"same arXiv id {paper.links.arxiv}"


def _places(paper: Paper) -> Iterator[str]:
    """Give every place that a record can be found at."""
    yield from (place for place, _ in _proofs(paper))
    if _key_of(paper):
        yield f"title {_key_of(paper)}"
    if paper.abstract:
        yield f"abstract {_abstract_key(paper.abstract)}"
    yield from (f"word {word}" for word in sorted(_compared(paper.title).words))


def _bare_arxiv(paper: Paper) -> str:
    return re.sub(r"v\d+$", "", paper.links.arxiv.lower())


def _key_of(paper: Paper) -> str:
    """Give the key of a title; none for a title that we made ourselves, which proves nothing."""
    return _compared(paper.title).key if paper.title_source == "given" else ""


@lru_cache(_REMEMBERED)
def _compared(title: str) -> _Title:
    words = re.findall(r"\w+", without_marks(title[:1000]).casefold())
    return _Title(title_key(title), " ".join(words), frozenset(words))


@lru_cache(_REMEMBERED)
def _abstract_key(abstract: str) -> str:
    return sha256(one_line(abstract).casefold().encode()).hexdigest()


def _folded(text: str) -> str:
    return one_line(without_marks(text[:_COMPARED]).casefold())


def _numbers(text: str) -> list[str]:
    """Give the numbers of a text in their order, with their fractions, those within words ("v2", "x²") included."""
    return re.findall(r"\d+(?:[.,]\d+)*", without_marks(text))


def _difference(paper: Paper, other: Paper) -> str:
    """Say what keeps two papers of one title from being merged; "" where nothing does."""
    for sort, one, two in (
        ("DOIs", paper.links.doi.lower(), other.links.doi.lower()),
        ("arXiv ids", _bare_arxiv(paper), _bare_arxiv(other)),
    ):
        if one and two and one != two:
            return f"same title, but two {sort}"
    if _numbers(without_version(paper.title)) != _numbers(without_version(other.title)):
        return "same title but for a number"
    if not paper.abstract or not other.abstract:
        return "same title, but no abstract to compare"
    alike = fuzz.ratio(_folded(paper.abstract), _folded(other.abstract), score_cutoff=_SAME_ABSTRACT)
    if not alike:
        return "same title, but another abstract"
    if _numbers(paper.abstract) != _numbers(other.abstract):
        return "same title, but the abstracts differ in a number"
    return ""


def _likeness(paper: Paper, other: Paper) -> str:
    """Say why two records may be one paper; "" where nothing speaks for it."""
    if _key_of(paper) and _key_of(paper) == _key_of(other):
        return _difference(paper, other) or "same title, nearly the same abstract"
    if paper.abstract and other.abstract and _abstract_key(paper.abstract) == _abstract_key(other.abstract):
        return "same abstract, but another title"
    one, two = _compared(paper.title).line, _compared(other.title).line
    alike = fuzz.ratio(one, two, score_cutoff=_LIKE_TITLE)
    if not alike:
        return ""
    if _numbers(one) != _numbers(two):
        return f"titles alike ({int(alike)}%), but they differ in a number"
    return f"titles alike ({int(alike)}%)"


def _candidates(paper: Paper, index: Index) -> set[str]:
    """Give the records worth comparing: those of the same title or abstract, and those whose titles are alike."""
    found = set(index.at(f"abstract {_abstract_key(paper.abstract)}")) if paper.abstract else set()
    found.update(index.at(f"title {_key_of(paper)}") if _key_of(paper) else ())
    found.update(_alike(paper, index))
    found.discard(paper.id)
    return found


def _alike(paper: Paper, index: Index) -> Iterator[str]:
    """Give the records whose titles are alike and share half the words that tell something."""
    title = _compared(paper.title)
    postings = sorted((len(at := index.at(f"word {word}")), word, at) for word in title.words)
    # Rare words are looked through; common ones only where a title has no others.
    telling = [posting for posting in postings if posting[0] <= _COMMON] or postings[:1]
    words = {word for _, word, _ in telling}
    # Who has half of the words has one of the rarer half, whichever they are.
    near = {known for _, _, at in telling[: len(telling) // 2 + 1] for known in at}
    lines = {known: index.lines[known] for known in near}
    for _, _, known in process.extract_iter(title.line, lines, scorer=fuzz.ratio, score_cutoff=_LIKE_TITLE):
        if 2 * len(words & _compared(index.papers[known].title).words) >= len(words):
            yield known


def _settled(paper: Paper, other: Paper) -> bool:
    """Tell whether a curator has said of these two what they are."""
    return other.id in (*paper.same_as, *paper.not_same_as) or paper.id in (*other.same_as, *other.not_same_as)
