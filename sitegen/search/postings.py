"""Counts turned round: for each term the documents that have it, in the columns that chunks are cut from.

A column holds all terms' lists one after the other; since each list starts anew, a chunk of terms is a slice of it.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from sitegen.search.columns import varints

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.search.counts import FieldCounts


class Column:
    """Varints of all terms in their order, and where each term's end."""

    def __init__(self) -> None:
        self._body = bytearray()
        self._ends = array("Q", [0])

    def add(self, numbers: Sequence[int]) -> None:
        """Take the next term's numbers."""
        self._body += varints(numbers)
        self._ends.append(len(self._body))

    def cut(self, first: int, end: int) -> bytes:
        """Give the bytes of the terms from `first` to before `end`."""
        return bytes(self._body[self._ends[first] : self._ends[end]])

    def size(self, term: int) -> int:
        """Give the number of bytes of a term."""
        return self._ends[term + 1] - self._ends[term]

    @property
    def total(self) -> int:
        """The number of bytes of all terms."""
        return len(self._body)


@dataclass(frozen=True, slots=True)
class FieldPostings:
    """One field of all terms: the documents that have a term there, how often, and how long the field is in them.

    Gaps: the first ordinal as it is, then each difference less one; frequencies less one; lengths as they are.
    """

    gaps: Column
    frequencies: Column
    lengths: Column


@dataclass(frozen=True, slots=True)
class Postings:
    """All terms in the order of UTF-16 code units; for each its number of documents in each field, and its postings."""

    terms: tuple[str, ...]
    counts: Column
    fields: tuple[FieldPostings, ...]


def inverted(terms: tuple[str, ...], counted: Sequence[FieldCounts]) -> Postings:
    """Turn the counts of fields round, of one collection of documents or of several that number their terms alike."""
    having = [field.documents_with(len(terms)) for field in counted]
    numbers = Column()
    for of_term in zip(*having, strict=True):
        numbers.add(of_term)
    fields = tuple(_inverted(field, of_field) for field, of_field in zip(counted, having, strict=True))
    return Postings(terms, numbers, fields)


def _inverted(field: FieldCounts, having: Sequence[int]) -> FieldPostings:
    """Sort a field's counts by term, documents in their order (a counting sort), and write them as columns."""
    ends = array("Q", accumulate(having, initial=0))
    free = array("Q", ends)
    ordinals = array("I", bytes(4 * ends[-1]))
    frequencies = array("I", ordinals)
    for ordinal in range(len(field.lengths)):
        for term, frequency in field.of_document(ordinal):
            place = free[term]
            free[term] = place + 1
            ordinals[place] = ordinal
            frequencies[place] = frequency
    made = FieldPostings(Column(), Column(), Column())
    for first, end in pairwise(ends):
        listed = ordinals[first:end]
        made.gaps.add([*listed[:1], *(later - earlier - 1 for earlier, later in pairwise(listed))])
        made.frequencies.add([frequency - 1 for frequency in frequencies[first:end]])
        made.lengths.add([field.lengths[ordinal] for ordinal in listed])
    return made
