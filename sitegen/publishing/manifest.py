"""What a published tree holds and what it was made from, so that the next build knows what it may leave alone."""

from __future__ import annotations

import os
import sys
from itertools import islice
from operator import lt
from typing import TYPE_CHECKING, NamedTuple

from sitegen.output import FILE_MODE, create_file, remove_anything
from sitegen.publishing.survey import SEAL_SIZE, as_lines, integers, lines, packed, recorded_in, unpacked
from sitegen.publishing.tree import CONTENT_SIZE, Tree

if TYPE_CHECKING:
    from pathlib import Path

_MAGIC = f"sitegen-manifest-2-{sys.byteorder}"
# What a path may hold nowhere, given a slash before and after it.
_OUTSIDE = (b"//", b"/./", b"/../", b"\0")
# Magic, inode number, whether modes are kept.
_WORDS = 3


def write_manifest(path: Path, tree: Tree, root: int) -> None:
    """Write the manifest of the tree whose folder has the inode number `root`, in one step; raises OSError."""
    temporary = path.with_suffix(".tmp")
    remove_anything(temporary)
    create_file(str(temporary), b"")
    modes = "modes" if temporary.stat().st_mode & 0o777 == FILE_MODE else "any-modes"
    with temporary.open("wb") as file:
        file.writelines(packed(f"{_MAGIC} {root} {modes}", _columns(tree)))
    temporary.replace(path)


def _columns(tree: Tree) -> list[bytes]:
    return [
        as_lines(tree.paths),
        tree.sizes.tobytes(),
        tree.times.tobytes(),
        as_lines(tree.folders),
        tree.stamps.tobytes(),
        tree.contents,
        as_lines(tree.sources),
        tree.source_of.tobytes(),
        tree.kinds,
        as_lines(tree.kind_names),
    ]


def read_manifest(path: Path) -> Tree | None:
    """Give the tree that a manifest describes: None where it is missing, cut off, garbled or not one."""
    try:
        (magic, *_), columns = unpacked(path.read_bytes(), _WORDS)
        contents, sources, source_of, kinds, kind_names = columns[5:]
        recorded, rest = recorded_in(columns), (lines(sources), integers("I", source_of), bytes(kinds))
        tree = Tree(*recorded, bytes(contents), *rest, lines(kind_names))
    except (FileNotFoundError, ValueError):
        return None
    inside = _is_inside(columns[0]) and _is_inside(columns[3])
    return tree if magic == _MAGIC and inside and _is_sound(tree) else None


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
        and all(map(lt, tree.paths, islice(tree.paths, 1, None)))
    )


def _is_inside(paths: memoryview) -> bool:
    """Tell whether no path of a column leads out of the tree."""
    slashed = b"/" + bytes(paths).replace(b"\n", b"/")
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
            magic, root, _, *lengths = file.readline().decode("ascii").split()
            whole = file.tell() + sum(map(int, lengths)) + SEAL_SIZE
            if magic != _MAGIC or file.seek(0, os.SEEK_END) != whole:
                return None
            file.seek(-SEAL_SIZE, os.SEEK_END)
            return Head(int(root), int(lengths[5]) // CONTENT_SIZE, file.read().hex())
    except (FileNotFoundError, ValueError):
        return None
