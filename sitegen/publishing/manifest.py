"""What a published tree holds and what it was made from, so that the next build knows what it may leave alone."""

from __future__ import annotations

import sys
from bisect import bisect_left
from functools import partial
from io import BytesIO
from itertools import islice
from operator import lt
from typing import TYPE_CHECKING, NamedTuple

from sitegen.output import FILE_MODE, create_file, remove_anything
from sitegen.publishing.survey import Columns, integers, lines, packed, recorded_in
from sitegen.publishing.tree import CONTENT_SIZE, Tree

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_MAGIC = f"sitegen-manifest-2-{sys.byteorder}"
# What a path may hold nowhere, given a slash before and after it.
_OUTSIDE = ("//", "/./", "/../", "\0")
# So many bytes of paths are compared at once.
_BLOCK_SIZE = 8192
# Magic, inode number, whether modes are kept.
_WORDS = 3
# The number of a column, by which files are counted.
_CONTENTS = 5


def write_manifest(path: Path, tree: Tree, root: int) -> None:
    """Write the manifest of the tree whose folder has the inode number `root`, in one step; raises OSError."""
    temporary = path.with_suffix(".tmp")
    remove_anything(temporary)
    create_file(str(temporary), b"")
    modes = "modes" if temporary.stat().st_mode & 0o777 == FILE_MODE else "any-modes"
    with temporary.open("wb") as file:
        file.writelines(packed(f"{_MAGIC} {root} {modes}", _columns(tree)))
    temporary.replace(path)


def _columns(tree: Tree) -> list[bytes | memoryview]:
    return [
        _as_lines(tree.paths),
        memoryview(tree.sizes),
        memoryview(tree.times),
        _as_lines(tree.folders),
        memoryview(tree.stamps),
        tree.contents,
        _as_lines(tree.sources),
        memoryview(tree.source_of),
        tree.kinds,
        _as_lines(tree.kind_names),
    ]


def read_manifest(path: Path, like: Tree | None = None) -> Tree | None:
    """Give the tree that a manifest describes: None where it is missing, cut off, garbled or not one.

    It shares the paths of a tree `like` it, which are half of what a tree takes in memory.
    """
    try:
        with path.open("rb") as file:
            columns = Columns(file, _WORDS)
            tree = Tree(
                *recorded_in(columns, partial(_lines_shared, known=like.paths) if like else lines),
                columns.read(),
                lines(columns.read()),
                integers("I", columns.read()),
                columns.read(),
                lines(columns.read()),
            )
            columns.check()
    except (FileNotFoundError, ValueError, IndexError):
        return None
    return tree if columns.head[0] == _MAGIC and _is_sound(tree) else None


def _is_sound(tree: Tree) -> bool:
    """Tell whether the columns of a tree fit each other: the manifest may be somebody else's."""
    count = len(tree)
    lengths = {len(column) for column in (tree.sizes, tree.times, tree.source_of, tree.kinds)}
    return (
        lengths == {count}
        and len(tree.contents) == count * CONTENT_SIZE
        and len(tree.stamps) == len(tree.folders)
        and max(tree.source_of, default=-1) < len(tree.sources)
        and max(tree.kinds, default=-1) < len(tree.kind_names)
        and _is_inside(tree.paths)
        and _is_inside(tree.folders)
        and all(map(lt, tree.paths, islice(tree.paths, 1, None)))
    )


def _is_inside(paths: Sequence[str]) -> bool:
    """Tell whether no path leads out of the tree."""
    slashed = f"/{'/'.join(paths)}/" if paths else ""
    return not any(part in slashed for part in _OUTSIDE)


class Head(NamedTuple):
    """What the ends of a manifest say: the inode number of the folder, how many files, the digest of all the rest."""

    root: int
    files: int
    seal: str


def manifest_head(path: Path) -> Head | None:
    """Read the ends of a manifest; None where there is none, or only a part of one."""
    try:
        with path.open("rb") as file:
            columns = Columns(file, _WORDS)
            magic, root, _ = columns.head
            files = columns.lengths[_CONTENTS] // CONTENT_SIZE
            return Head(int(root), files, columns.seal().hex()) if magic == _MAGIC else None
    except (FileNotFoundError, ValueError, IndexError):
        return None


def _as_lines(words: Sequence[str]) -> bytes:
    """Give a column of strings, which hold no line feeds."""
    return ("\n".join(words) + "\n").encode() if words else b""


def _lines_shared(column: bytes, known: Sequence[str]) -> list[str]:
    """Give the strings of a sorted column: those of `known`, sorted too, where many follow each other in both."""
    words: list[str] = []
    file = BytesIO(column)
    while block := file.readlines(_BLOCK_SIZE):
        here = b"".join(block).decode().split("\n")
        here.pop()
        at = bisect_left(known, here[0])
        there = known[at : at + len(here)]
        words += there if there == here else here
    return words
