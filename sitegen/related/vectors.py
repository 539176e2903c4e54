"""Papers as vectors: what each of their terms says and weighs, and how close two of them are."""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from sitegen.related.marks import STRENGTHS, telling
from sitegen.related.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sitegen.related.table import Row

_COMMON = 11  # a term that 2 ** 10 papers or more have weighs nothing
HEAVIEST = (_COMMON - 2) ** 2


def weight(having: int) -> int:
    """Give what a term weighs that so many papers have: less for each doubling, nothing for one paper alone."""
    return _WEIGHTS[having.bit_length()]


_WEIGHTS = (0, 0, *(max(0, _COMMON - length) ** 2 for length in range(2, 64)))


@dataclass(frozen=True)
class Vectors:
    """Papers by place with their terms, terms by number with the papers that have them, and how long papers are."""

    papers: Table = field(default_factory=Table)
    having: Table = field(default_factory=Table)
    lengths: array[float] = field(default_factory=lambda: array("d"))

    def weight(self, term: int) -> int:
        """Give what a term weighs."""
        return _WEIGHTS[self.having.sizes[term].bit_length()]

    def marks(self, place: int) -> dict[int, int]:
        """Give what is marked beside each term of a paper."""
        return dict(zip(*self.papers.row(place), strict=True))

    def scaled(self, total: int, place: int, other: int) -> float:
        """Give the closeness of two papers, to four digits, from what their shared terms add up to.

        It is 1 if both have the same terms and nobody else has them.
        """
        return round(total / (HEAVIEST * (self.lengths[place] * self.lengths[other])), 4)

    def shared(self, ours: Mapping[int, int], theirs: Mapping[int, int]) -> list[tuple[int, int, bool]]:
        """Give each term that weighs anything and that two papers' marks share: what it adds, whether it is telling."""
        sizes, found = self.having.sizes, []
        for term in ours.keys() & theirs.keys():
            if weight := _WEIGHTS[sizes[term].bit_length()]:
                one, other = ours[term], theirs[term]
                found.append((term, STRENGTHS[one] * STRENGTHS[other] * weight, telling(one, other)))
        return found

    def with_rows(self, rows: Mapping[int, Row], terms: int) -> Vectors:
        """Give the vectors with other terms for the papers at some places; there are so many terms then."""
        lengths = self.lengths[:]
        lengths.extend([1.0] * (max((len(lengths), *(place + 1 for place in rows))) - len(lengths)))
        having: dict[int, dict[int, int]] = {}
        for place, (numbers, marks) in rows.items():
            lengths[place] = length(marks)
            before = self.papers.row(place)[0] if place < len(self.lengths) else ()
            for term in {*before, *numbers} - having.keys():
                having[term] = self._having(term)
            for term in before:
                del having[term][place]
            for term, said in zip(numbers, marks, strict=True):
                having[term][place] = said
        turned = {term: (tuple(places), tuple(places.values())) for term, places in having.items()}
        if len(self.having.sizes) < terms:
            turned.setdefault(terms - 1, ((), ()))
        return Vectors(self.papers.with_rows(rows), self.having.with_rows(turned), lengths)

    def _having(self, term: int) -> dict[int, int]:
        return dict(zip(*self.having.row(term), strict=True)) if term < len(self.having.sizes) else {}


def vectors_of(papers: Table, terms: int) -> Vectors:
    """Give the vectors of papers that have these terms, of so many."""
    starts = papers.starts
    lengths = [length(papers.marks[start:end]) for start, end in pairwise(starts)]
    return Vectors(papers, papers.turned(terms), array("d", lengths))


def length(marks: Iterable[int]) -> float:
    """Give how long a paper's vector is, over all its terms, whatever they weigh.

    So no length changes with what others write: of each pair's closeness only what both say can change.
    """
    return math.sqrt(sum([_SQUARES[said] for said in marks])) or 1.0


_SQUARES = tuple(strength * strength for strength in STRENGTHS)
