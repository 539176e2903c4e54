"""The files of a site, half a million of them, as columns and not as objects."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import compress
from typing import TYPE_CHECKING

from sitegen.publishing.survey import Recorded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Of the BLAKE2b digest of a file's bytes.
CONTENT_SIZE = 16

# So many entries of two trees are compared at once.
_BLOCK = 256


@dataclass(slots=True)
class Tree:
    """The files of a site in columns: entry n of each is about the path n; the paths are sorted.

    Contents are digests, CONTENT_SIZE bytes for each file; times are st_mtime_ns, or ANY_TIME; `source_of` and
    `kinds` hold numbers of `sources` and of `kind_names`. `stamps` are the times of `folders`.
    """

    paths: list[str] = field(default_factory=list)
    sizes: array[int] = field(default_factory=lambda: array("q"))
    times: array[int] = field(default_factory=lambda: array("q"))
    folders: list[str] = field(default_factory=list)
    stamps: array[int] = field(default_factory=lambda: array("q"))
    contents: bytes = b""
    sources: list[str] = field(default_factory=list)
    source_of: array[int] = field(default_factory=lambda: array("I"))
    kinds: bytes = b""
    kind_names: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.paths)

    def find(self, path: str) -> int:
        """Give the number of a path; -1 where it is not here."""
        number = bisect_left(self.paths, path)
        return number if number < len(self.paths) and self.paths[number] == path else -1

    def content(self, number: int) -> bytes:
        """Give the digest of a file's bytes."""
        return self.contents[number * CONTENT_SIZE : (number + 1) * CONTENT_SIZE]

    def recorded(self) -> Recorded:
        """Give what a survey holds the tree against."""
        return Recorded(self.paths, self.sizes, self.times, self.folders, self.stamps)

    def sizes_by_kind(self) -> dict[str, tuple[int, int]]:
        """Give how many files of each kind there are, and their bytes."""
        masks = {name: self.kinds.translate(_only(number)) for number, name in enumerate(self.kind_names)}
        return {name: (mask.count(1), sum(compress(self.sizes, mask))) for name, mask in masks.items() if any(mask)}


def _only(number: int) -> bytes:
    """Give the table that turns this byte into 1 and all others into 0."""
    return bytes(byte == number for byte in range(256))


def common_runs(first: Tree, second: Tree) -> Iterator[tuple[int, int, int]]:
    """Give where two trees have the same paths with the same bytes: number here, number there, how many."""
    one = two = 0
    while one < len(first) and two < len(second):
        if _same(first, one, second, two, _BLOCK):
            yield one, two, _BLOCK
            one, two = one + _BLOCK, two + _BLOCK
            continue
        end = one + _BLOCK
        while one < min(end, len(first)) and two < len(second):
            here, there = first.paths[one], second.paths[two]
            if here == there and first.content(one) == second.content(two):
                yield one, two, 1
            one, two = one + (here <= there), two + (there <= here)


def _same(first: Tree, one: int, second: Tree, two: int, count: int) -> bool:
    """Tell whether so many entries have the same paths and bytes."""
    paths = first.paths[one : one + count]
    if len(paths) < count or paths != second.paths[two : two + count]:
        return False
    contents = first.contents[one * CONTENT_SIZE : (one + count) * CONTENT_SIZE]
    return contents == second.contents[two * CONTENT_SIZE : (two + count) * CONTENT_SIZE]


def folders_of(paths: Iterable[str]) -> list[str]:
    """Give all folders that files lie in, at any depth, the root left out; sorted."""
    folders = {""}
    for folder in {path.rpartition("/")[0] for path in paths}:
        above = folder
        while above not in folders:
            folders.add(above)
            above = above.rpartition("/")[0]
    return sorted(folders - {""})
