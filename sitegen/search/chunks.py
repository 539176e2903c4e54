"""Postings cut by term into chunks of about 4 KB each, where the terms themselves say.

Were chunks simply filled, one more paper would shift every boundary behind its first term. Here a boundary depends on
the term that it stands before and on the few before that, so that all chunks but those with the paper's own terms keep
their bytes and their names.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sitegen.search.analysis import code_units
from sitegen.search.columns import framed, front_coded, varints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.search.postings import Postings

# Bytes, as estimated after deflating: no boundary before the first, always one before the last, and between them one
# every so many bytes.
_LEAST, _MOST, _EVERY = 3000, 5400, 1300


@dataclass(frozen=True, slots=True)
class Chunk:
    """The payload of some terms, and what parts their first from the terms before."""

    separator: str
    payload: bytes


def cut_chunks(postings: Postings) -> Iterator[Chunk]:
    """Give the chunks of all terms in their order."""
    ends = [*_boundaries(postings), len(postings.terms)] if postings.terms else []
    first = 0
    for end in ends:
        yield Chunk(_separator(postings.terms, first), _payload(postings, first, end))
        first = end


def _boundaries(postings: Postings) -> Iterator[int]:
    """Give the ranks of the terms before which a new chunk begins, but the first."""
    size = 0
    for rank, term in enumerate(postings.terms):
        weight = _weight(postings, rank)
        chosen = size >= _LEAST and zlib.crc32(term.encode()) % _EVERY < weight
        if size and (chosen or size + weight > _MOST):
            yield rank
            size = 0
        size += weight


def _weight(postings: Postings, rank: int) -> int:
    """Estimate the deflated bytes of a term from its columns, of which frequencies weigh least."""
    sizes = [
        (field.gaps.size(rank), field.lengths.size(rank), field.frequencies.size(rank)) for field in postings.fields
    ]
    return 4 + sum(8 * gaps + 7 * lengths + frequencies for gaps, lengths, frequencies in sizes) // 8


def _separator(terms: tuple[str, ...], first: int) -> str:
    """Give the shortest beginning of a term, in whole characters, that comes after the term before it."""
    if first == 0:
        return ""
    term, before = terms[first], code_units(terms[first - 1])
    return next(term[:end] for end in range(1, len(term) + 1) if code_units(term[:end]) > before)


def _payload(postings: Postings, first: int, end: int) -> bytes:
    """Give the number of terms, then the columns: the terms, their counts, gaps, frequencies, lengths by field."""
    columns = [
        *front_coded(postings.terms[first:end]),
        postings.counts.cut(first, end),
        *(field.gaps.cut(first, end) for field in postings.fields),
        *(field.frequencies.cut(first, end) for field in postings.fields),
        *(field.lengths.cut(first, end) for field in postings.fields),
    ]
    return varints([end - first]) + framed(columns)
