"""What results show: records of documents, a few to a file, the files of a segment in a folder named by all of them.

Were segments simply filled, a paper that is gone, or that comes among others, would move all records behind it into
other folders. Here the name of a document says whether a segment begins with it, so that boundaries soon stand again
where they stood.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from sitegen.search.container import compact_json, contained

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Documents: no boundary before the least, one before the most, and between them one before each that says so.
_LEAST, _MOST, _ONE_IN = 64, 512, 64
_MANY, _GROUP = 10_000, 4  # so many documents are more files than a host likes

# Values by position; trailing empty ones are left out.
Record = tuple[object, ...]


def group_size(documents: int) -> int:
    """Give how many records a file holds."""
    return 1 if documents <= _MANY else _GROUP


def segments(names: Sequence[str]) -> Iterator[range]:
    """Give the ordinals of the documents of each segment, for documents of these names."""
    first = 0
    for at, name in enumerate(names):
        size = at - first
        if size == _MOST or (size >= _LEAST and zlib.crc32(name.encode()) % _ONE_IN == 0):
            yield range(first, at)
            first = at
    if names:
        yield range(first, len(names))


def segment_paths(name: str, records: int, group: int) -> tuple[str, ...]:
    """Give the paths of the files of a segment: "search/d/<name>/<group>.bin"."""
    return tuple(f"search/d/{name}/{at}.bin" for at in range(-(-records // group)))


def record_files(records: Sequence[Record], group: int) -> tuple[bytes, ...]:
    """Give the files of a segment, `group` records in each, in their order."""
    starts = range(0, len(records), group)
    return tuple(contained(compact_json([*map(_short, records[at : at + group])])) for at in starts)


def _short(record: Record) -> Record:
    """Leave out what is empty at the end."""
    end = len(record)
    while end and not record[end - 1]:
        end -= 1
    return record[:end]
