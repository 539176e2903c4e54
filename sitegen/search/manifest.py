"""The manifest of the search: what the client must know before it can ask for a chunk or a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.search.columns import front_coded, varints
from sitegen.search.container import compact_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def manifest_parts(
    facts: Mapping[str, object],
    chunks: Sequence[str],
    separators: Sequence[str],
    segments: Sequence[Sequence[tuple[str, int]]],
) -> tuple[bytes, ...]:
    """Give the facts as JSON, then the tables: names of chunks, their separators, each collection's segments.

    Of segments stand all names, then how many documents each has. In a table a name, 8 hexadecimal digits, is its 4
    bytes. Parted where the bytes become of another sort.
    """
    legend = compact_json(facts)
    shared, further, suffixes = front_coded(separators)
    return (
        varints([len(legend)]) + legend,
        varints([len(chunks)]) + b"".join(map(bytes.fromhex, chunks)),
        shared + further,
        suffixes,
        b"".join(map(_segments, segments)),
    )


def _segments(segments: Sequence[tuple[str, int]]) -> bytes:
    names = b"".join(bytes.fromhex(name) for name, _ in segments)
    return varints([len(segments)]) + names + varints(size for _, size in segments)
