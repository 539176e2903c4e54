"""Postings after a change: those of documents that stay, at their places of now, and those of new documents.

What stays is moved in whole arrays; only what is new is looked at posting by posting.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import compress, count
from typing import TYPE_CHECKING

from sitegen.search.analysis import code_units
from sitegen.search.postings import NUMBER, FieldPostings, Postings, zeros

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_GONE = (1 << 32) - 1


@dataclass(frozen=True, slots=True)
class Moves:
    """Where the documents of a collection are now, `documents` in all.

    `stayed` is for each document of before its ordinal of now, or a number for those that are gone; `new` are the
    ordinals of the others. Both ascend, for what orders documents is a part of what they are known by.
    """

    documents: int
    stayed: array[int]
    new: array[int]

    @property
    def nothing_moved(self) -> bool:
        """Whether all documents of before are where they were, some perhaps gone."""
        return all(now in (before, _GONE) for before, now in enumerate(self.stayed))


def moves(before: Sequence[bytes], now: Sequence[bytes]) -> Moves:
    """Compare the digests of documents, each in its order."""
    places = {digest: ordinal for ordinal, digest in enumerate(now)}
    known = set(before)
    return Moves(
        len(now),
        array(NUMBER, (places.get(digest, _GONE) for digest in before)),
        array(NUMBER, (ordinal for ordinal, digest in enumerate(now) if digest not in known)),
    )


def revised(before: Postings, added: Postings, moved: Sequence[Moves]) -> Postings:
    """Give the postings of now: those of before, each field's documents moved, and added ones of new documents."""
    left = [_left(field, of_field) for field, of_field in zip(before.fields, moved, strict=True)]
    having = zip(*(field.having for field in left), strict=True)
    remain = dict.fromkeys(compress(before.terms, map(any, having)))
    # Two runs in their order, which sorting only merges.
    terms = tuple(sorted((*remain, *(term for term in added.terms if term not in remain)), key=code_units))
    ranks = {term: rank for rank, term in enumerate(terms)}
    fields = (
        _merged(_spread(old, before.terms, ranks), _spread(new, added.terms, ranks), of_field)
        for old, new, of_field in zip(left, added.fields, moved, strict=True)
    )
    return Postings(terms, tuple(fields))


def _left(field: FieldPostings, moved: Moves) -> FieldPostings:
    """Give the postings of the documents that stayed, at their ordinals of now; lengths are still those of before."""
    having, ordinals, frequencies = field.having, field.ordinals, field.frequencies
    if _GONE in moved.stayed:
        gone = bytes(map(_GONE.__eq__, moved.stayed))
        places = [*compress(count(), map(gone.__getitem__, ordinals))]
        having, ends = having[:], field.ends()
        for place in places:
            having[bisect_right(ends, place) - 1] -= 1
        ordinals, frequencies = _without(ordinals, places), _without(frequencies, places)
    if not moved.nothing_moved:
        ordinals = array(NUMBER, map(moved.stayed.__getitem__, ordinals))
    return FieldPostings(having, ordinals, frequencies, field.lengths)


def _without(column: array[int], places: Sequence[int]) -> array[int]:
    """Give a column without what stands at these ascending places."""
    left, copied = array(NUMBER), 0
    for place in places:
        left += column[copied:place]
        copied = place + 1
    return left + column[copied:]


def _spread(field: FieldPostings, terms: Iterable[str], ranks: Mapping[str, int]) -> FieldPostings:
    """Give a field whose terms are numbered by the ranks; terms without a rank have no postings."""
    having = zeros(len(ranks))
    for term, number in zip(terms, field.having, strict=True):
        if number:
            having[ranks[term]] = number
    return FieldPostings(having, field.ordinals, field.frequencies, field.lengths)


def _merged(left: FieldPostings, added: FieldPostings, moved: Moves) -> FieldPostings:
    """Put the postings of the new documents among those that stayed."""
    ordinals, frequencies = array(NUMBER), array(NUMBER)
    ends = left.ends()
    new = zip(map(moved.new.__getitem__, added.ordinals), added.frequencies, strict=True)
    copied = 0
    for rank in compress(count(), added.having):
        place, end = ends[rank], ends[rank + 1]
        for _ in range(added.having[rank]):
            ordinal, frequency = next(new)
            place = bisect_left(left.ordinals, ordinal, place, end)
            ordinals += left.ordinals[copied:place]
            frequencies += left.frequencies[copied:place]
            ordinals.append(ordinal)
            frequencies.append(frequency)
            copied = place
    ordinals += left.ordinals[copied:]
    frequencies += left.frequencies[copied:]
    having = array(NUMBER, map(int.__add__, left.having, added.having))
    return FieldPostings(having, ordinals, frequencies, _lengths(left.lengths, added.lengths, moved))


def _lengths(before: array[int], added: array[int], moved: Moves) -> array[int]:
    """Give the lengths of all documents of now."""
    lengths = zeros(moved.documents)
    for ordinal, length in zip(moved.stayed, before, strict=True):
        if ordinal != _GONE:
            lengths[ordinal] = length
    for ordinal, length in zip(moved.new, added, strict=True):
        lengths[ordinal] = length
    return lengths
