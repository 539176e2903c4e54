"""What a published tree holds and what it was made from, so that the next build knows what it may leave alone."""

from __future__ import annotations

import os
import stat
from itertools import islice
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from sitegen.output import FILE_MODE, FOLDER_MODE, create_file, remove_anything

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_MAGIC = "sitegen-manifest-1"

ANY_TIME = -1


class Entry(NamedTuple):
    """One file of a tree: digest of what it was rendered from, SHA-256 of its bytes (hex), bytes, st_mtime_ns.

    The time is ANY_TIME for a file whose time nobody has read yet.
    """

    source: str
    content: str
    size: int
    mtime_ns: int


class Survey(NamedTuple):
    """A tree held against its manifest: the files that are as they should be, and the paths of all else there."""

    intact: dict[str, Entry]
    strangers: list[str]


def write_manifest(path: Path, entries: Mapping[str, Entry], root: int) -> None:
    """Write the manifest of the tree whose folder has the inode number `root`, in one step; raises OSError."""
    temporary = path.with_suffix(".tmp")
    remove_anything(temporary)
    create_file(str(temporary), b"")
    with temporary.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f"{_MAGIC} {root} {len(entries)}\n")
        for name, entry in entries.items():
            file.write(f"{entry.source} {entry.content} {entry.size} {entry.mtime_ns} {name}\n")
    temporary.replace(path)


def read_manifest(path: Path) -> dict[str, Entry]:
    """Give the entries of a manifest by path: none where it is missing, cut off or not one."""
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            magic, _, count = next(file, "").split()
            entries = dict(map(_entry, file))
            return entries if magic == _MAGIC and int(count) == len(entries) else {}
    except (FileNotFoundError, ValueError):
        return {}


def _entry(line: str) -> tuple[str, Entry]:
    """Read one line. Digests are interned: the two trees of a site share nearly all of them."""
    source, content, size, mtime_ns, path = line.removesuffix("\n").split(" ", 4)
    return path, Entry(intern(source), intern(content), int(size), int(mtime_ns))


def manifest_root(path: Path) -> int | None:
    """Give the inode number of the folder that a manifest describes; None where there is no sound manifest."""
    try:
        with path.open(encoding="utf-8") as file:
            magic, root, _ = "".join(islice(file, 1)).split()
            return int(root) if magic == _MAGIC else None
    except (FileNotFoundError, ValueError):
        return None


def survey(root: Path, entries: Mapping[str, Entry], *, modes: bool) -> Survey:
    """Hold a tree against its manifest without following a link; raises OSError.

    Intact is a plain file with one name, of the right size and time, and where `modes` is set, 0644 in folders of
    0755. All else is a stranger: links, devices, other files, folders that hold nothing of the manifest (whole).
    """
    found = Survey({}, [])
    expected = _folders(entries)
    waiting = [""]
    while waiting:
        for path, entry in _scan(root, waiting.pop()):
            status = entry.stat(follow_symlinks=False)
            if path in expected and stat.S_ISDIR(status.st_mode) and _mode_fits(status, FOLDER_MODE, modes=modes):
                waiting.append(path)
            elif (
                (known := entries.get(path))
                and _is_intact(status, known)
                and _mode_fits(status, FILE_MODE, modes=modes)
            ):
                same = known.mtime_ns == status.st_mtime_ns
                found.intact[path] = known if same else known._replace(mtime_ns=status.st_mtime_ns)
            else:
                found.strangers.append(path)
    return found


def _scan(root: Path, folder: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Give what is in a folder of the tree, with its path below `root`."""
    with os.scandir(f"{root}/{folder}") as entries:
        for entry in entries:
            yield (f"{folder}/{entry.name}" if folder else entry.name), entry


def _is_intact(status: os.stat_result, known: Entry) -> bool:
    """Tell whether a file is a plain one with no second name, and of the size and time that the manifest says."""
    plain = stat.S_ISREG(status.st_mode) and status.st_nlink == 1
    return plain and status.st_size == known.size and known.mtime_ns in (ANY_TIME, status.st_mtime_ns)


def _mode_fits(status: os.stat_result, mode: int, *, modes: bool) -> bool:
    """Tell whether the permissions are these, or nobody asks: some file systems know none."""
    return not modes or status.st_mode & 0o777 == mode


def _folders(entries: Mapping[str, Entry]) -> set[str]:
    """Give all folders that the files lie in, at any depth, the root left out."""
    folders = {""}
    for path in entries:
        folder = path.rpartition("/")[0]
        while folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders - {""}
