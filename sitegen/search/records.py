"""What results show: records of documents, a few to a file, the files of a segment in a folder named by all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.output import Output
from sitegen.search.container import compact_json, contained

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SEGMENT = 256
_MANY, _GROUP = 10_000, 4  # so many documents are more files than a host likes

# Values by position; trailing empty ones are left out.
Record = tuple[object, ...]


def group_size(documents: int) -> int:
    """Give how many records a file holds."""
    return 1 if documents <= _MANY else _GROUP


def segments(records: Sequence[Record]) -> Iterator[tuple[bytes, ...]]:
    """Give the files of each segment, the records of SEGMENT documents, in their order."""
    group = group_size(len(records))
    for start in range(0, len(records), SEGMENT):
        part = records[start : start + SEGMENT]
        yield tuple(contained(compact_json([*map(_short, part[at : at + group])])) for at in range(0, len(part), group))


def segment_files(name: str, bodies: Sequence[bytes]) -> Iterator[Output]:
    """Give the files of a segment at their places, "search/d/<name>/<group>.bin"."""
    return (Output(f"search/d/{name}/{at}.bin", body) for at, body in enumerate(bodies))


def _short(record: Record) -> Record:
    """Leave out what is empty at the end."""
    end = len(record)
    while end and not record[end - 1]:
        end -= 1
    return record[:end]
