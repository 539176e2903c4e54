"""Postings cut by term into chunks of about 3 KB each, where the terms themselves say.

Were chunks simply filled, one more paper would shift every boundary behind its first term. Here a chunk ends where the
next word begins with other letters, so that boundaries soon stand again where they stood, all chunks but those with the
paper's own terms keep their bytes and their names, and what parts them is short.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sitegen.search.analysis import code_units
from sitegen.search.columns import front_coded, varints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.search.postings import Postings

# Bytes, as estimated after deflating: no boundary before the first, always one before the last, and between them one
# before the first term that begins with other letters than the term before it.
_LEAST, _MOST, _LETTERS = 2200, 4000, 3


@dataclass(frozen=True, slots=True)
class Chunk:
    """The payload of some terms, in parts to deflate apart, and what parts their first term from those before."""

    separator: str
    parts: tuple[bytes, ...]


def cut_chunks(postings: Postings) -> Iterator[Chunk]:
    """Give the chunks of all terms in their order."""
    ends = [*_boundaries(postings), len(postings.terms)] if postings.terms else []
    longest = max(range(len(postings.fields)), key=lambda field: postings.fields[field].lengths.total)
    first = 0
    for end in ends:
        yield Chunk(_separator(postings.terms, first), _payload(postings, first, end, longest))
        first = end


def _boundaries(postings: Postings) -> Iterator[int]:
    """Give the ranks of the terms before which a new chunk begins, but the first."""
    size, before = 0, ""
    for rank, term in enumerate(postings.terms):
        weight = _weight(postings, rank)
        letters = term[:_LETTERS]
        if size and ((size >= _LEAST and letters != before) or size + weight > _MOST):
            yield rank
            size = 0
        size += weight
        before = letters


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


def _payload(postings: Postings, first: int, end: int, longest: int) -> tuple[bytes, ...]:
    """Give the number of terms, then the columns: the terms, their counts, frequencies, lengths and gaps by field.

    Parted where the numbers become of another sort: the lengths of the longest field are by far the most mixed.
    """
    lengths = [field.lengths.cut(first, end) for field in postings.fields]
    gaps = [field.gaps.cut(first, end) for field in postings.fields]
    counts = postings.counts.cut(first, end)
    frequencies = [field.frequencies.cut(first, end) for field in postings.fields]
    terms = front_coded(postings.terms[first:end])
    sizes = varints(map(len, (*terms, counts, *frequencies, *lengths, *gaps)))
    return (
        b"".join((varints([end - first]), sizes, *terms, counts, *frequencies)),
        b"".join(lengths[:longest]),
        lengths[longest],
        b"".join((*lengths[longest + 1 :], *gaps)),
    )
