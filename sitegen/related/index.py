"""Papers by the terms they have, and the nearest of each, exactly, without adding up the commonest terms for all.

Terms are taken in two parts. The rare ones are added up over everybody who has them. What the frequent ones may add is
bounded (Cauchy and Schwarz), and they are added only for papers that may then be among the nearest.
"""

from __future__ import annotations

import math
from collections import defaultdict
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

from sitegen.related.marks import STRENGTHS
from sitegen.related.vectors import HEAVIEST

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from sitegen.related.space import Space

ENOUGH = 0.02  # below this closeness two papers share words, not a subject
_FREQUENT = 4  # terms of this weight or less are added last
_ROUNDING = 0.0001  # closeness has four digits


class Index:
    """What the papers at the asked places share with all others; it answers for those places alone."""

    def __init__(self, space: Space, asked: Collection[int]) -> None:
        self._ids, self._vectors = space.ids, space.vectors
        vectors, ids = self._vectors, self._ids
        wanted = {term for place in asked for term in vectors.papers.row(place)[0]}
        self._weights = {term: weight for term in wanted if (weight := vectors.weight(term))}
        self._postings: dict[int, dict[int, list[int]]] = {}
        self._frequent: dict[int, dict[int, int]] = {}
        self._totals = [0] * len(ids)
        # What the frequent terms of two papers add to their closeness is at most the product of these.
        squares = [0] * len(ids)
        for term, weight in self._weights.items():
            if weight <= _FREQUENT:
                for strength, places in self._having(term).items():
                    added = strength * strength * weight
                    for place in places:
                        squares[place] += added
        self._bounds = [
            math.sqrt(square / HEAVIEST) / length for square, length in zip(squares, vectors.lengths, strict=True)
        ]
        self._shortest = min(vectors.lengths, default=0.0)
        self._widest = max(self._bounds, default=0.0)

    def nearest(self, place: int) -> Iterator[tuple[float, int]]:
        """Give closeness, from ENOUGH to 1, and place of the papers near one, nearest first, equals by id."""
        ours = self._strengths(place)
        rest = self._bounds[place]
        if rest * self._widest >= ENOUGH:  # some paper may be near by frequent terms alone
            rest = 0.0
        last = {term: of for term, of in ours.items() if self._weights[term] <= _FREQUENT} if rest else {}
        waiting = self._candidates(
            place, rest, self._summed({term: of for term, of in ours.items() if term not in last})
        )
        heapify(waiting)
        found: list[tuple[float, str, int]] = []
        while waiting:
            bound, other, total = heappop(waiting)
            while found and found[0][0] < bound:
                closeness, _, first = heappop(found)
                yield -closeness, first
            closeness = self._vectors.scaled(total + self._added(last, other), place, other)
            if closeness >= ENOUGH:
                heappush(found, (-closeness, self._ids[other], other))
        while found:
            closeness, _, first = heappop(found)
            yield -closeness, first

    def near(self, place: int) -> dict[int, float]:
        """Give the places of all papers near one, in no order, and how close each is."""
        summed = self._summed(self._strengths(place))
        found = {other: self._vectors.scaled(total, place, other) for other, total in summed if other != place}
        return {other: closeness for other, closeness in found.items() if closeness >= ENOUGH}

    def _candidates(self, place: int, rest: float, summed: list[tuple[int, int]]) -> list[tuple[float, int, int]]:
        """Give each paper that may be near enough: a bound of its closeness (negative), its place, its sum so far."""
        lengths, bounds = self._vectors.lengths, self._bounds
        unit = HEAVIEST * lengths[place]
        # What the shortest paper would need, and so the least that any does: most fall short of it.
        least = max(0, int((ENOUGH - _ROUNDING - rest * self._widest) * unit * self._shortest))
        return [
            (-bound, other, total)
            for other, total in summed
            if total > least
            and (bound := total / (unit * lengths[other]) + rest * bounds[other] + _ROUNDING) >= ENOUGH
            and other != place
        ]

    def _summed(self, ours: Mapping[int, int]) -> list[tuple[int, int]]:
        """Give the papers that have one of these terms, and what all of them add up to with each."""
        totals = self._totals
        having: list[list[int]] = []
        for term, strength in ours.items():
            ours_weighed = strength * self._weights[term]
            for theirs, places in self._having(term).items():
                having.append(places)
                added = ours_weighed * theirs
                for place in places:
                    totals[place] += added
        if sum(map(len, having)) > len(totals):
            self._totals = [0] * len(totals)
            return [(place, total) for place, total in enumerate(totals) if total]
        touched = set().union(*having)
        found = [(place, totals[place]) for place in touched]
        for place in touched:
            totals[place] = 0
        return found

    def _added(self, ours: Mapping[int, int], other: int) -> int:
        """Give what these frequent terms add up to with another paper."""
        if not ours:
            return 0
        if other not in self._frequent:
            self._frequent[other] = {
                term: STRENGTHS[mark] * weight
                for term, mark in zip(*self._vectors.papers.row(other), strict=True)
                if 0 < (weight := self._weights.get(term, 0)) <= _FREQUENT
            }
        theirs = self._frequent[other]
        return sum([ours[term] * theirs[term] for term in ours.keys() & theirs.keys()])

    def _strengths(self, place: int) -> dict[int, int]:
        """Give what each term that weighs anything says of a paper."""
        row = zip(*self._vectors.papers.row(place), strict=True)
        return {term: STRENGTHS[mark] for term, mark in row if term in self._weights}

    def _having(self, term: int) -> dict[int, list[int]]:
        """Give the papers that have a term, by what it says of them."""
        if term not in self._postings:
            postings: dict[int, list[int]] = defaultdict(list)
            for place, mark in zip(*self._vectors.having.row(term), strict=True):
                postings[STRENGTHS[mark]].append(place)
            self._postings[term] = postings
        return self._postings[term]
