"""Papers by the terms they have, and the nearest of each, exactly, without adding up the commonest terms for all.

Terms are taken in two parts. The rare ones are added up over everybody who has them. What the frequent ones may add is
bounded (Cauchy and Schwarz), and they are added only for papers that may then be among the nearest.
"""

from __future__ import annotations

import math
from collections import defaultdict
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

from sitegen.related.vectors import HEAVIEST

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sitegen.related.vectors import Vectors

ENOUGH = 0.02  # below this closeness two papers share words, not a subject
_FREQUENT = 4  # terms of this weight or less are added last
_ROUNDING = 0.0001  # closeness has four digits


class Index:
    """What the papers at the asked places share with all others; it answers for those places alone."""

    def __init__(self, vectors: Vectors, asked: Collection[int]) -> None:
        self._vectors = vectors
        wanted = set().union(*(vectors.strengths[place] for place in asked))
        frequent = {term for term in wanted if vectors.weights[term] <= _FREQUENT}
        self._postings: dict[str, dict[int, list[int]]] = defaultdict(dict)
        # What the frequent terms of two papers add to their closeness is at most the product of these.
        self._bounds: list[float] = []
        for place, strengths in enumerate(vectors.strengths):
            square = 0
            for term, strength in strengths.items():
                if term in wanted:
                    self._postings[term].setdefault(strength, []).append(place)
                    if term in frequent:
                        square += strength * strength * vectors.weights[term]
            self._bounds.append(math.sqrt(square / HEAVIEST) / vectors.lengths[place])
        self._shortest = min(vectors.lengths, default=0.0)
        self._widest = max(self._bounds, default=0.0)

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
            closeness = self._vectors.closeness(place, other)
            if closeness >= ENOUGH:
                heappush(found, (-closeness, other))
        while found:
            closeness, first = heappop(found)
            yield -closeness, first

    def near(self, place: int) -> dict[int, float]:
        """Give the places of all papers near one, in no order, and how close each is."""
        totals, touched = self._totals(place, self._vectors.strengths[place])
        found = {other: self._vectors.scaled(totals[other], place, other) for other in touched if other != place}
        return {other: closeness for other, closeness in found.items() if closeness >= ENOUGH}

    def _candidates(self, place: int) -> list[tuple[float, int]]:
        """Give each paper that may be near enough, with a bound of its closeness (negative, for the heap)."""
        rest = self._bounds[place]
        terms: Iterable[str] = self._vectors.strengths[place]
        if rest * self._widest >= ENOUGH:  # some paper may be near by frequent terms alone
            rest = 0.0
        else:
            terms = [term for term in terms if self._vectors.weights[term] > _FREQUENT]
        unit = HEAVIEST * self._vectors.lengths[place]
        lengths, bounds = self._vectors.lengths, self._bounds
        # What the shortest paper would need, and so the least that any does: most fall short of it.
        least = max(0, int((ENOUGH - _ROUNDING - rest * self._widest) * unit * self._shortest))
        totals, touched = self._totals(place, terms)
        return [
            (-bound, other)
            for other in touched
            if totals[other] > least
            and (bound := totals[other] / (unit * lengths[other]) + rest * bounds[other] + _ROUNDING) >= ENOUGH
            and other != place
        ]

    def _totals(self, place: int, terms: Iterable[str]) -> tuple[list[int], set[int]]:
        """Give what these terms of a paper add up to with each paper, and the papers that have one of them."""
        totals = [0] * len(self._bounds)
        having: list[list[int]] = []
        strengths, weights = self._vectors.strengths[place], self._vectors.weights
        for term in terms:
            ours = strengths[term] * weights[term]
            for theirs, places in self._postings[term].items():
                having.append(places)
                added = ours * theirs
                for other in places:
                    totals[other] += added
        return totals, set().union(*having)
