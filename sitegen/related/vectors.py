"""Papers as vectors: what each of their terms says and weighs, and how close two of them are."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sitegen.related.terms import Terms

_COMMON = 11  # a term that 2 ** 10 papers or more have weighs nothing
HEAVIEST = (_COMMON - 2) ** 2
# 1 + the logarithm of a term's count, in quarters: sums of whole numbers are exact in whatever order they are made.
_STRENGTHS = tuple(round(4 * (1 + math.log2(times))) for times in range(1, 10))


class Vectors:
    """Papers, known by their place in the sequence: strengths of terms that weigh anything, and lengths over all."""

    def __init__(self, papers: Sequence[Terms]) -> None:
        self.having = Counter[str]()
        self.strengths: list[dict[str, int]] = []
        self.lengths: list[float] = []
        for paper in papers:
            self.having.update(paper.counts.keys())
        self.weights = {term: found for term, papers_with in self.having.items() if (found := weight(papers_with))}
        for paper in papers:
            strengths = _strengths(paper.counts)
            # No length changes with what others write: of each pair's closeness only what both say can change.
            self.lengths.append(math.sqrt(sum([strength * strength for strength in strengths.values()])) or 1.0)
            self.strengths.append({term: of for term, of in strengths.items() if term in self.weights})

    def closeness(self, place: int, other: int) -> float:
        """Give the closeness of two papers, to four digits: 1 if both have the same terms and nobody else has them."""
        return self.scaled(sum(self.shared(place, other).values()), place, other)

    def scaled(self, total: int, place: int, other: int) -> float:
        """Give the closeness of two papers, to four digits, from what their shared terms add up to."""
        return round(total / (HEAVIEST * (self.lengths[place] * self.lengths[other])), 4)

    def shared(self, place: int, other: int) -> Mapping[str, int]:
        """Give what each term that both papers have adds to their closeness."""
        ours, theirs = self.strengths[place], self.strengths[other]
        return {term: ours[term] * theirs[term] * self.weights[term] for term in ours.keys() & theirs.keys()}


def weight(having: int) -> int:
    """Give what a term weighs that so many papers have: less for each doubling, nothing for one paper alone."""
    return max(0, _COMMON - having.bit_length()) ** 2 if having > 1 else 0


def _strengths(counts: Mapping[str, int]) -> dict[str, int]:
    """Give what each term says of a paper: little more for the tenth time than for the fifth."""
    return {term: _STRENGTHS[min(times, len(_STRENGTHS)) - 1] for term, times in counts.items()}
