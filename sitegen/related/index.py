"""Papers by the terms they have, and the nearest of each, exactly, without adding up the commonest terms for all.

Terms are taken in two parts. The rare ones are added up over everybody who has them. What the frequent ones may add is
bounded (Cauchy and Schwarz), and they are added only for papers that may then be among the nearest.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sitegen.related.terms import Terms

ENOUGH = 0.02  # below this closeness two papers share words, not a subject
_COMMON = 11  # a term that 2 ** 10 papers or more have weighs nothing
_HEAVIEST = (_COMMON - 2) ** 2
_FREQUENT = 4  # terms of this weight or less are added last
_ROUNDING = 0.0001  # closeness has four digits
# 1 + the logarithm of a term's count, in quarters: sums of whole numbers are exact in whatever order they are made.
_STRENGTHS = tuple(round(4 * (1 + math.log2(times))) for times in range(1, 10))


class Index:
    """Papers, known by their place in the sequence, and what each of their terms weighs."""

    def __init__(self, papers: Sequence[Terms]) -> None:
        strengths = [_strengths(paper.counts) for paper in papers]
        having = Counter(term for paper in strengths for term in paper)
        self._weights = {term: weight for term, papers_with in having.items() if (weight := _weight(papers_with))}
        self._lengths = [math.hypot(*paper.values()) or 1.0 for paper in strengths]
        self._rare = [self._part(paper, range(_FREQUENT + 1, _HEAVIEST + 1)) for paper in strengths]
        self._frequent = [self._part(paper, range(1, _FREQUENT + 1)) for paper in strengths]
        # What the frequent terms of two papers add to their closeness is at most the product of these.
        self._bounds = [self._bound(place) for place in range(len(papers))]
        self._shortest = min(self._lengths, default=0.0)
        self._widest = max(self._bounds, default=0.0)
        self._postings: dict[str, dict[int, list[int]]] = defaultdict(dict)
        for place, (rare, frequent) in enumerate(zip(self._rare, self._frequent, strict=True)):
            for term, strength in (rare | frequent).items():
                self._postings[term].setdefault(strength, []).append(place)

    def nearest(self, place: int) -> Iterator[tuple[float, int]]:
        """Give closeness, from ENOUGH to 1, and place of the papers near one, nearest first, equals by place."""
        waiting = self._candidates(place)
        heapify(waiting)
        found: list[tuple[float, int]] = []
        while waiting:
            bound, other = heappop(waiting)
            while found and found[0][0] < bound:
                closeness, first = heappop(found)
                yield -closeness, first
            closeness = self.closeness(place, other)
            if closeness >= ENOUGH:
                heappush(found, (-closeness, other))
        while found:
            closeness, first = heappop(found)
            yield -closeness, first

    def closeness(self, place: int, other: int) -> float:
        """Give the closeness of two papers, to four digits: 1 if both have the same terms and nobody else has them."""
        total = sum(self.shared(place, other).values())
        return round(total / (_HEAVIEST * self._lengths[place] * self._lengths[other]), 4)

    def shared(self, place: int, other: int) -> Mapping[str, int]:
        """Give what each term that both papers have adds to their closeness."""
        added: dict[str, int] = {}
        for part in (self._rare, self._frequent):
            ours, theirs = part[place], part[other]
            for term in ours.keys() & theirs.keys():
                added[term] = ours[term] * theirs[term] * self._weights[term]
        return added

    def _candidates(self, place: int) -> list[tuple[float, int]]:
        """Give each paper that may be near enough, with a bound of its closeness (negative, for the heap)."""
        rest = self._bounds[place]
        terms = self._rare[place]
        if rest * self._widest >= ENOUGH:  # some paper may be near by frequent terms alone
            terms, rest = terms | self._frequent[place], 0.0
        unit = _HEAVIEST * self._lengths[place]
        lengths, bounds = self._lengths, self._bounds
        # What the shortest paper would need, and so the least that any does: most fall short of it.
        least = max(0, int((ENOUGH - _ROUNDING - rest * self._widest) * unit * self._shortest))
        totals, touched = self._totals(terms)
        return [
            (-bound, other)
            for other in touched
            if totals[other] > least
            and (bound := totals[other] / (unit * lengths[other]) + rest * bounds[other] + _ROUNDING) >= ENOUGH
            and other != place
        ]

    def _totals(self, terms: Mapping[str, int]) -> tuple[list[int], set[int]]:
        """Give what these terms add up to for each paper, and the papers that have one of them."""
        totals = [0] * len(self._lengths)
        having: list[list[int]] = []
        for term, strength in terms.items():
            weight = strength * self._weights[term]
            for theirs, places in self._postings[term].items():
                having.append(places)
                added = weight * theirs
                for other in places:
                    totals[other] += added
        return totals, set().union(*having)

    def _part(self, strengths: Mapping[str, int], weights: range) -> dict[str, int]:
        """Give those of a paper's terms that weigh so much."""
        return {term: strength for term, strength in strengths.items() if self._weights.get(term, 0) in weights}

    def _bound(self, place: int) -> float:
        """Give the length of the frequent part of a paper's vector."""
        total = sum(strength**2 * self._weights[term] for term, strength in self._frequent[place].items())
        return math.sqrt(total / _HEAVIEST) / self._lengths[place]


def _weight(having: int) -> int:
    """Give what a term weighs that so many papers have: less for each doubling, nothing for one paper alone."""
    return max(0, _COMMON - having.bit_length()) ** 2 if having > 1 else 0


def _strengths(counts: Mapping[str, int]) -> dict[str, int]:
    """Give what each term says of a paper: little more for the tenth time than for the fifth."""
    return {term: _STRENGTHS[min(times, len(_STRENGTHS)) - 1] for term, times in counts.items()}
