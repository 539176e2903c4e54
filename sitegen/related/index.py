"""Papers by the terms they have, and the nearest of each, exactly, without adding up the commonest terms for all.

Terms are taken in two parts. The rare ones are added up over everybody who has them. What the frequent ones may add is
bounded (Cauchy and Schwarz), and they are added only for papers that may then be among the nearest. Those that share
frequent terms alone are looked at only where the bound of all of them says that one may come next.
"""

from __future__ import annotations

import math
from collections import defaultdict
from heapq import heapify, heappop, heappush
from itertools import chain
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
        vectors = self._vectors
        wanted = {term for place in asked for term in vectors.papers.row(place)[0]}
        self._weights = {term: weight for term in wanted if (weight := vectors.weight(term))}
        # One value for each place, however many terms a paper has.
        self._places = tuple(range(len(space.ids)))
        self._postings: dict[int, dict[int, list[int]]] = {}
        self._frequent: dict[int, dict[int, int]] = {}
        # What the frequent terms of two papers add to their closeness is at most the product of these.
        squares = [0] * len(space.ids)
        self._lengths = list(vectors.lengths)
        for term, weight in self._weights.items():
            if weight <= _FREQUENT:
                for strength, places in self._having(term).items():
                    added = strength * strength * weight
                    for place in places:
                        squares[place] += added
        self._bounds = [
            math.sqrt(square / HEAVIEST) / length for square, length in zip(squares, vectors.lengths, strict=True)
        ]
        self._widest = max(self._bounds, default=0.0)

    def nearest(self, place: int) -> Iterator[tuple[float, int]]:
        """Give closeness, from ENOUGH to 1, and place of the papers near one, nearest first, equals by id."""
        rare, frequent = self._parts(place)
        summed = self._summed(rare)
        waiting = self._candidates(place, summed)
        # Those that share frequent terms alone: how close one of them may be.
        others = -self._bounds[place] * self._widest - _ROUNDING
        heapify(waiting)
        found: list[tuple[float, str, int]] = []
        while waiting or others <= -ENOUGH:
            bound = min(others, waiting[0][0]) if waiting else others
            while found and found[0][0] < bound:
                closeness, _, first = heappop(found)
                yield -closeness, first
            if bound == others:
                waiting += self._by_frequent_terms(place, frequent, summed)
                heapify(waiting)
                others = 0.0
                continue
            _, other, total = heappop(waiting)
            closeness = self._vectors.scaled(total + self._added(frequent, other), place, other)
            if closeness >= ENOUGH:
                heappush(found, (-closeness, self._ids[other], other))
        while found:
            closeness, _, first = heappop(found)
            yield -closeness, first

    def near(self, place: int) -> dict[int, float]:
        """Give the places of all papers near one, in no order, and how close each is."""
        rare, frequent = self._parts(place)
        summed = self._summed(rare | frequent)
        found = {other: self._vectors.scaled(total, place, other) for other, total in summed.items() if other != place}
        return {other: closeness for other, closeness in found.items() if closeness >= ENOUGH}

    def _candidates(self, place: int, summed: Mapping[int, int]) -> list[tuple[float, int, int]]:
        """Give each paper that may be near enough: a bound of its closeness (negative), its place, its sum so far."""
        lengths, bounds, rest = self._lengths, self._bounds, self._bounds[place]
        unit, least = HEAVIEST * lengths[place], ENOUGH - _ROUNDING
        return [
            (-_ROUNDING - bound, other, total)
            for other, total in summed.items()
            if (bound := total / (unit * lengths[other]) + rest * bounds[other]) >= least and other != place
        ]

    def _by_frequent_terms(
        self, place: int, frequent: Mapping[int, int], summed: Mapping[int, int]
    ) -> list[tuple[float, int, int]]:
        """Give candidates, as `_candidates` does, of those that are not summed and share frequent terms."""
        rest = self._bounds[place]
        return [
            (-bound, other, 0)
            for other in set().union(*(places for term in frequent for places in self._having(term).values()))
            if other not in summed and (bound := rest * self._bounds[other] + _ROUNDING) >= ENOUGH and other != place
        ]

    def _summed(self, ours: Mapping[int, int]) -> dict[int, int]:
        """Give the papers that have one of these terms, and what all of them add up to with each."""
        weights, having = self._weights, self._having
        parts = [
            (places, strength * weights[term] * theirs)
            for term, strength in ours.items()
            for theirs, places in having(term).items()
        ]
        totals = dict.fromkeys(chain.from_iterable([places for places, _ in parts]), 0)
        for places, added in parts:
            for place in places:
                totals[place] += added
        return totals

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

    def _parts(self, place: int) -> tuple[dict[int, int], dict[int, int]]:
        """Give what each term that weighs anything says of a paper: the rare ones, and the frequent ones."""
        rare: dict[int, int] = {}
        frequent: dict[int, int] = {}
        for term, mark in zip(*self._vectors.papers.row(place), strict=True):
            if weight := self._weights.get(term):
                (frequent if weight <= _FREQUENT else rare)[term] = STRENGTHS[mark]
        return rare, frequent

    def _having(self, term: int) -> dict[int, list[int]]:
        """Give the papers that have a term, by what it says of them."""
        found = self._postings.get(term)
        if found is None:
            found = self._postings[term] = defaultdict(list)
            for place, mark in zip(*self._vectors.having.row(term), strict=True):
                found[STRENGTHS[mark]].append(self._places[place])
        return found
