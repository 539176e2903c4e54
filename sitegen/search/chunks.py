"""Postings cut by term into chunks of about 3 KB each, where the terms themselves say.

Were chunks simply filled, one more paper would shift every boundary behind its first term. Here a chunk ends where the
next word begins with other letters, so that boundaries soon stand again where they stood, all chunks but those with the
paper's own terms keep their bytes and their names, and what parts them is short.
"""

from __future__ import annotations

import hashlib
from array import array
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from sitegen.search.analysis import code_units
from sitegen.search.columns import front_coded, varints
from sitegen.search.postings import NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sitegen.search.postings import Postings

# Bytes, as estimated after deflating: no boundary before the first, always one before the last, and between them one
# before the first term that begins with other letters than the term before it.
_LEAST, _MOST, _LETTERS = 2000, 3700, 3
# What a term and each of its postings come to, in the mean.
_TERM, _POSTING = 4, 2


class Chunks:
    """All terms' postings and where they are cut: a chunk is the ranks from its first term to before its end."""

    def __init__(self, postings: Postings) -> None:
        self._terms = postings.terms
        self._fields = postings.fields
        self._ends = [field.ends() for field in postings.fields]
        sizes = [len(field.ordinals) for field in postings.fields]
        self._longest = sizes.index(max(sizes))
        self.ranges = list(pairwise([*_boundaries(postings), len(postings.terms)])) if postings.terms else []

    def separator(self, first: int) -> str:
        """Give the shortest beginning of a chunk's first term, in whole characters, that comes after the one before."""
        if first == 0:
            return ""
        term, before = self._terms[first], code_units(self._terms[first - 1])
        return next(term[:end] for end in range(1, len(term) + 1) if code_units(term[:end]) > before)

    def source(self, first: int, end: int) -> bytes:
        """Give a digest of all that a chunk is made of."""
        state = hashlib.blake2b("\n".join(self._terms[first:end]).encode(), digest_size=16)
        state.update(b"\n%d" % self._longest)
        for numbers in self._lists(first, end):
            for column in numbers:
                state.update(b"%d\n" % len(column))
                state.update(column)
        return state.digest()

    def payload(self, first: int, end: int) -> tuple[bytes, ...]:
        """Give the number of terms, then the columns: the terms, their counts, frequencies, lengths and gaps by field.

        Parted, to be deflated apart, where the numbers become of another sort: the lengths of the longest field are by
        far the most mixed. Gaps: the first ordinal as it is, then each difference less one; frequencies less one.
        """
        lists = list(self._lists(first, end))
        counts = varints(chain.from_iterable(zip(*(having for having, *_ in lists), strict=True)))
        gaps = [varints(_gaps(having, ordinals)) for having, ordinals, _, _ in lists]
        frequencies = [varints([number - 1 for number in column]) for _, _, column, _ in lists]
        lengths = [varints(column) for *_, column in lists]
        terms = front_coded(self._terms[first:end])
        sizes = varints(map(len, (*terms, counts, *frequencies, *lengths, *gaps)))
        return (
            b"".join((varints([end - first]), sizes, *terms, counts, *frequencies)),
            b"".join(lengths[: self._longest]),
            lengths[self._longest],
            b"".join((*lengths[self._longest + 1 :], *gaps)),
        )

    def _lists(self, first: int, end: int) -> Iterator[tuple[array[int], ...]]:
        """Give of each field the numbers of documents of the terms, and of each posting ordinal, frequency, length."""
        for field, ends in zip(self._fields, self._ends, strict=True):
            part = slice(ends[first], ends[end])
            ordinals = field.ordinals[part]
            lengths = array(NUMBER, map(field.lengths.__getitem__, ordinals))
            yield field.having[first:end], ordinals, field.frequencies[part], lengths


def _boundaries(postings: Postings) -> Iterator[int]:
    """Give the ranks of the terms that a chunk begins with."""
    size, before = _MOST, ""
    all_having = zip(*(field.having for field in postings.fields), strict=True)
    for rank, (term, having) in enumerate(zip(postings.terms, all_having, strict=True)):
        weight = _TERM + _POSTING * sum(having)
        letters = term[:_LETTERS]
        if (size >= _LEAST and letters != before) or size + weight > _MOST:
            yield rank
            size = 0
        size += weight
        before = letters


def _gaps(having: Sequence[int], ordinals: Sequence[int]) -> list[int]:
    """Give the distances of ordinals, from the front for each term."""
    gaps = [later - earlier - 1 for earlier, later in zip((0, *ordinals), ordinals, strict=False)]
    first = 0
    for number in having:
        if number:
            gaps[first] = ordinals[first]
        first += number
    return gaps
