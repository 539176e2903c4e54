"""What results show: records of documents, a few to a file, the files of a segment in a folder named by all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sitegen.output import Output
from sitegen.search.container import compact_json, contained, content_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SEGMENT = 256
_MANY, _GROUP = 10_000, 4  # so many documents are more files than a host likes

# Values by position; trailing empty ones are left out.
Record = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """The records of SEGMENT documents, at "search/d/<name>/<group>.bin"."""

    name: str
    files: tuple[Output, ...]


def group_size(documents: int) -> int:
    """Give how many records a file holds."""
    return 1 if documents <= _MANY else _GROUP


def segments(records: Sequence[Record]) -> Iterator[Segment]:
    """Give the segments of all documents in their order."""
    group = group_size(len(records))
    for start in range(0, len(records), SEGMENT):
        part = records[start : start + SEGMENT]
        bodies = [contained(compact_json([*map(_short, part[at : at + group])])) for at in range(0, len(part), group)]
        name = content_name(*bodies)
        yield Segment(name, tuple(Output(f"search/d/{name}/{at}.bin", body) for at, body in enumerate(bodies)))


def _short(record: Record) -> Record:
    """Leave out what is empty at the end."""
    end = len(record)
    while end and not record[end - 1]:
        end -= 1
    return record[:end]
