"""Two trees made one, and a tree put in order."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

from sitegen.publishing.survey import UNTRUSTED
from sitegen.publishing.tree import CONTENT_SIZE, Tree, folders_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class _Run(NamedTuple):
    """Entries of the first (0) or the second tree (1), from a number up to another."""

    tree: int
    start: int
    stop: int


def ordered(tree: Tree, order: Sequence[int]) -> Tree:
    """Give the entries of a tree in another order, without folders."""
    return Tree(
        paths=[tree.paths[number] for number in order],
        sizes=array("q", map(tree.sizes.__getitem__, order)),
        times=array("q", map(tree.times.__getitem__, order)),
        contents=b"".join(map(tree.content, order)),
        sources=tree.sources,
        source_of=array("I", map(tree.source_of.__getitem__, order)),
        kinds=bytes(map(tree.kinds.__getitem__, order)),
        kind_names=tree.kind_names,
    )


def merged(first: Tree, stays: bytes | bytearray, second: Tree, marks: bytes) -> tuple[Tree, bytes]:
    """Give the entries of a tree that stay (1, not 0) and all of another, in order, with the marks of the other's.

    No path may be in both. The times of folders are UNTRUSTED.
    """
    trees = (first, second)
    sources, source_maps = _united((_used(first, stays), second.sources), (first.sources, second.sources))
    kind_names, kind_maps = _united((first.kind_names, second.kind_names), (first.kind_names, second.kind_names))
    whole = Tree(sources=sources, kind_names=kind_names)
    contents, kinds, marked = [], [], []
    no_marks = bytes(len(first))
    for which, start, stop in _runs(first.paths, stays, second.paths):
        tree = trees[which]
        whole.paths += tree.paths[start:stop]
        whole.sizes += tree.sizes[start:stop]
        whole.times += tree.times[start:stop]
        whole.source_of.extend(map(source_maps[which].__getitem__, tree.source_of[start:stop]))
        contents.append(tree.contents[start * CONTENT_SIZE : stop * CONTENT_SIZE])
        kinds.append(tree.kinds[start:stop].translate(bytes(kind_maps[which]).ljust(256)))
        marked.append((no_marks, marks)[which][start:stop])
    whole.contents, whole.kinds = b"".join(contents), b"".join(kinds)
    whole.folders = folders_of(whole.paths)
    whole.stamps = array("q", [UNTRUSTED]) * len(whole.folders)
    return whole, b"".join(marked)


def _used(tree: Tree, stays: bytes | bytearray) -> list[str]:
    """Give the sources of the entries that stay, in the order of the tree's."""
    return [tree.sources[number] for number in sorted(set(compress(tree.source_of, stays)))]


def _united(wanted: tuple[list[str], ...], known: tuple[list[str], ...]) -> tuple[list[str], list[list[int]]]:
    """Give all wanted names once, and for each list of known ones the numbers that they have there; 0 for unwanted."""
    numbers: dict[str, int] = {}
    for names in wanted:
        for name in names:
            numbers.setdefault(name, len(numbers))
    return list(numbers), [[numbers.get(name, 0) for name in names] for names in known]


def _runs(first: Sequence[str], stays: bytes | bytearray, second: Sequence[str]) -> Iterator[_Run]:
    """Give the runs of entries that stay and those of the second tree, in the order of their paths."""
    done, start = 0, 0
    while start < len(second):
        at = bisect_left(first, second[start], done)
        yield from _staying(stays, done, at)
        done = at
        nearest = stays.find(1, done)
        stop = bisect_left(second, first[nearest], start) if nearest >= 0 else len(second)
        yield _Run(1, start, stop)
        start = stop
    yield from _staying(stays, done, len(first))


def _staying(stays: bytes | bytearray, start: int, stop: int) -> Iterator[_Run]:
    """Give the runs of entries that stay, within bounds."""
    begin = stays.find(1, start, stop)
    while begin >= 0:
        end = stays.find(0, begin, stop)
        end = stop if end < 0 else end
        yield _Run(0, begin, end)
        begin = stays.find(1, end, stop)
