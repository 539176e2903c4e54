"""The manifest of an index: what the client must know before it can ask for a chunk or a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.search.columns import front_coded, varints
from sitegen.search.container import compact_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def manifest_payload(
    facts: Mapping[str, object], chunks: Sequence[str], separators: Sequence[str], segments: Sequence[str]
) -> bytes:
    """Give the facts as JSON, then the tables: names of chunks, their separators, names of segments.

    In a table a name, 12 hexadecimal digits, is its 6 bytes.
    """
    legend = compact_json(facts)
    return b"".join(
        (
            varints([len(legend)]),
            legend,
            varints([len(chunks)]),
            *map(bytes.fromhex, chunks),
            *front_coded(separators),
            varints([len(segments)]),
            *map(bytes.fromhex, segments),
        )
    )
