"""Counts turned round: for each term the documents that have it, in flat arrays.

An array holds all terms' lists one after the other, so that some neighbouring terms are a slice of it.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.search.counts import FieldCounts

# Numbers of 32 bits; a list of terms has at most so many postings, and a corpus so many documents.
NUMBER = "I"


def zeros(count: int) -> array[int]:
    """Give so many zeros."""
    return array(NUMBER, bytes(array(NUMBER).itemsize * count))


@dataclass(frozen=True, slots=True)
class FieldPostings:
    """One field: `having` for each term the number of its documents; which these are, and how often it stands there.

    `ordinals` are ascending within a term; `lengths` are the field's in each document of the collection.
    """

    having: array[int]
    ordinals: array[int]
    frequencies: array[int]
    lengths: array[int]

    def ends(self) -> array[int]:
        """Give for each term where its postings begin, and last where all end."""
        return array(NUMBER, accumulate(self.having, initial=0))


@dataclass(frozen=True, slots=True)
class Postings:
    """All terms in the order of UTF-16 code units, and for each field, of one or several collections, its postings."""

    terms: tuple[str, ...]
    fields: tuple[FieldPostings, ...]

    def own_terms(self, fields: slice) -> list[str]:
        """Give the terms that stand in some of these fields."""
        having = zip(*(field.having for field in self.fields[fields]), strict=True)
        return [term for term, of_term in zip(self.terms, having, strict=True) if any(of_term)]


def inverted(terms: tuple[str, ...], counted: Sequence[FieldCounts]) -> Postings:
    """Turn the counts of fields round, of one collection of documents or of several that number their terms alike."""
    return Postings(terms, tuple(_inverted(field, len(terms)) for field in counted))


def _inverted(field: FieldCounts, number_of_terms: int) -> FieldPostings:
    """Sort a field's counts by term, documents in their order (a counting sort)."""
    having = field.documents_with(number_of_terms)
    free = list(accumulate(having, initial=0))
    ordinals = zeros(free[-1])
    frequencies = zeros(free[-1])
    for ordinal in range(len(field.lengths)):
        for term, frequency in field.of_document(ordinal):
            place = free[term]
            free[term] = place + 1
            ordinals[place] = ordinal
            frequencies[place] = frequency
    return FieldPostings(having, ordinals, frequencies, field.lengths)
