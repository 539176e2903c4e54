"""Documents -> how often each term stands in each field of each document, in flat arrays.

Everything else is made from these. A word is analysed once, however often it stands in the corpus.
"""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from sitegen.search.analysis import in_order, terms, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class FieldCounts:
    """The terms of one field: document after document, each with its distinct terms and how often they stand there.

    `lengths` are the numbers of terms, repeated ones counted, of each document.
    """

    def __init__(self) -> None:
        self.lengths = array("I")
        self._ends = array("Q", [0])
        self._terms = array("I")
        self._frequencies = array("I")

    def add(self, found: Sequence[int]) -> None:
        """Take the next document's terms, as they follow each other."""
        counted = Counter(found)
        self.lengths.append(len(found))
        self._terms.extend(counted.keys())
        self._frequencies.extend(counted.values())
        self._ends.append(len(self._terms))

    def renumber(self, numbers: Sequence[int]) -> None:
        """Give the terms other numbers."""
        self._terms = array("I", map(numbers.__getitem__, self._terms))

    def of_document(self, ordinal: int) -> Iterator[tuple[int, int]]:
        """Give each distinct term of a document and its frequency."""
        part = slice(self._ends[ordinal], self._ends[ordinal + 1])
        return zip(self._terms[part], self._frequencies[part], strict=True)

    def documents_with(self, number_of_terms: int) -> array[int]:
        """Give the number of documents that have each of the terms."""
        found = array("I", bytes(4 * number_of_terms))
        for term in self._terms:
            found[term] += 1
        return found


def average(lengths: Sequence[int]) -> float:
    """Give the mean length of a field, 0.0 where there are no documents."""
    return sum(lengths) / len(lengths) if lengths else 0.0


@dataclass(frozen=True, slots=True)
class Counts:
    """All terms in the order of UTF-16 code units, and for each field its counts, where a term is its rank there."""

    terms: tuple[str, ...]
    fields: tuple[FieldCounts, ...]


class _Numbered(dict[str, tuple[int, ...]]):
    """From a word to the numbers of its terms, in the order in which they were first met."""

    def __init__(self) -> None:
        self.met: dict[str, int] = {}

    def __missing__(self, word: str) -> tuple[int, ...]:
        found = self[word] = tuple(self.met.setdefault(term, len(self.met)) for term in terms(word))
        return found


def count(texts: Iterable[Sequence[str]], number_of_fields: int) -> Counts:
    """Count the terms of documents, given as the texts of their fields, field by field."""
    (counts,) = count_together((texts, number_of_fields))
    return counts


def count_together(*collections: tuple[Iterable[Sequence[str]], int]) -> tuple[Counts, ...]:
    """Count the terms of collections, given as documents and number of fields; all have the terms of all."""
    numbered = _Numbered()
    counted = [_counted(numbered, documents, number_of_fields) for documents, number_of_fields in collections]
    ordered = in_order(set(numbered.met))
    ranks = array("I", bytes(4 * len(ordered)))
    for rank, term in enumerate(ordered):
        ranks[numbered.met[term]] = rank
    for fields in counted:
        for field in fields:
            field.renumber(ranks)
    terms = tuple(ordered)
    return tuple(Counts(terms, fields) for fields in counted)


def _counted(numbered: _Numbered, documents: Iterable[Sequence[str]], number_of_fields: int) -> tuple[FieldCounts, ...]:
    fields = tuple(FieldCounts() for _ in range(number_of_fields))
    for texts in documents:
        for field, text in zip(fields, texts, strict=True):
            field.add(list(chain.from_iterable(map(numbered.__getitem__, words(text)))))
    return fields
