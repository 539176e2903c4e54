"""Built files as values, and the only code that writes them: records, pages of docs/, and one file at a time.

Whole after a kill, not after a power failure: nothing is flushed to the disk by force (`fsync`), for a site can
always be built again and records are in version control.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import unicodedata
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sitegen.problems import SitegenError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FILE_MODE = 0o644
FOLDER_MODE = 0o755

# An empty, "." or ".." part anywhere; a control character, a backslash or a lone surrogate anywhere.
_UNSAFE = re.compile(r"(?:^|/)\.{0,2}(?:/|\Z)|[\x00-\x1f\x7f\\\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Output:
    """A built file: its path below the folder it belongs to ("papers/x/index.html") and its bytes.

    Raises SitegenError for a path that is absolute, leaves the folder, or holds a backslash or a control character.
    """

    path: str
    body: bytes

    def __post_init__(self) -> None:
        if _UNSAFE.search(self.path):
            raise SitegenError(f"{self.path!r} cannot be the path of a file in a site")


class PlannedPaths:
    """The paths planned so far; refuses those that no file system could hold beside each other."""

    def __init__(self) -> None:
        self._files: set[str] = set()
        self._folders: dict[str, str] = {"": ""}

    def add(self, path: str) -> None:
        """Take one more path; SitegenError when it is there already, even in other case, or is file and folder."""
        as_folded = folded(path)
        if as_folded in self._files:
            raise two_files(path)
        if as_folded in self._folders:
            raise file_and_folder(path)
        self._files.add(as_folded)
        self._add_folder(path.rpartition("/")[0])

    def folders(self) -> list[str]:
        """Give all folders of the paths, the root "" first, every folder before those in it."""
        return sorted(self._folders.values())

    def _add_folder(self, folder: str) -> None:
        as_folded = folded(folder)
        known = self._folders.get(as_folded)
        if known is None:
            if as_folded in self._files:
                raise file_and_folder(folder)
            self._folders[as_folded] = folder
            self._add_folder(folder.rpartition("/")[0])
        elif known != folder:
            raise two_folders(known, folder)


def folded(path: str) -> str:
    """Give what a file system that ignores case and composition takes the path for."""
    lower = path.lower() if path.isascii() else unicodedata.normalize("NFD", path.casefold())
    # One string for both, where they are equal, is half the memory.
    return path if lower == path else lower


def two_files(path: str) -> SitegenError:
    """Give the error for a path that another file has already."""
    return SitegenError(f"two files of one site would have the path {path}, if only in other letter case")


def file_and_folder(path: str) -> SitegenError:
    """Give the error for a path that a file would have, and a folder too."""
    return SitegenError(f"{path} would be a file and a folder")


def two_folders(known: str, folder: str) -> SitegenError:
    """Give the error for a folder that is there already in other spelling."""
    return SitegenError(f"two folders of one site, {known} and {folder}, differ only in letter case")


@contextmanager
def plain_errors(path: Path | str) -> Iterator[None]:
    """Turn an OSError into a SitegenError of one line that names the file, else `path`."""
    try:
        yield
    except OSError as error:
        raise SitegenError(f"{error.filename or path}: {error.strerror or error}") from error


def create_file(path: str, body: bytes, mode: int = FILE_MODE) -> None:
    """Write a file that must not be there yet, in exactly this mode whatever the umask; raises OSError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    try:
        os.fchmod(descriptor, mode)
        left = memoryview(body)
        while left:
            left = left[os.write(descriptor, left) :]
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, 0755 whatever the umask, where they are missing; raises OSError.

    Another process may make the same ones.
    """
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        folder.chmod(FOLDER_MODE)


def remove_anything(path: Path) -> None:
    """Remove a file, a link (not what it points to) or a folder with all that is in it; nothing there is fine."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def write_files(root: Path, outputs: Iterable[Output]) -> int:
    """Write the files below `root` that differ from what is there; gives how many those were.

    All bytes exist before a file is touched: each is written beside its place, then all are renamed, so that a full
    disk changes nothing. An existing file keeps its mode. Raises SitegenError, also for a symbolic link in the way.
    """
    return _put_in_place(root, tuple(outputs), ())


def change_files(root: Path, outputs: Iterable[Output], gone: Iterable[str]) -> int:
    """Do as `write_files`, and remove the files at the paths `gone`, with the folders that this empties."""
    strangers = tuple(gone)
    return _put_in_place(root, tuple(outputs), strangers) + len(strangers)


def _put_in_place(root: Path, outputs: tuple[Output, ...], strangers: Iterable[str]) -> int:
    """Write what differs beside its place, remove the strangers, rename; gives the number of files written.

    In this order a file system that ignores case does not lose a file renamed from A.md to a.md.
    """
    planned = PlannedPaths()
    for output in outputs:
        planned.add(output.path)
    written: list[tuple[Path, Path]] = []
    try:
        with plain_errors(root):
            for folder in planned.folders():
                _make_real_folder(root, folder)
            for output in outputs:
                target = root / output.path
                mode = _mode_to_write(target, output.body)
                if mode is not None:
                    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
                    temporary.unlink(missing_ok=True)
                    written.append((temporary, target))
                    with plain_errors(target):
                        create_file(str(temporary), output.body, mode)
            for path in strangers:
                _remove_with_empty_folders(root, root / path)
            for temporary, target in written:
                temporary.replace(target)
    finally:
        for temporary, _ in written:
            # A folder that vanished meanwhile must not hide the error that is under way.
            with suppress(OSError):
                temporary.unlink()
    return len(written)


def _mode_to_write(target: Path, body: bytes) -> int | None:
    """Give the mode to write a file in; None where it has this body already."""
    try:
        status = target.lstat()
    except FileNotFoundError:
        return FILE_MODE
    if not stat.S_ISREG(status.st_mode):
        kind = "a symbolic link" if stat.S_ISLNK(status.st_mode) else "not a file"
        raise SitegenError(f"{target} is {kind}; remove it")
    if status.st_size == len(body) and target.read_bytes() == body:
        return None
    return stat.S_IMODE(status.st_mode)


def _make_real_folder(root: Path, path: str) -> None:
    """Make a folder below `root` where it is missing; SitegenError where a link or a file stands in its place."""
    folder = root / path
    if path and folder.is_symlink():
        raise SitegenError(f"{folder} is a symbolic link; remove it")
    if folder.exists() and not folder.is_dir():
        raise SitegenError(f"{folder} is not a folder; remove it")
    make_folder(folder)


def _remove_with_empty_folders(root: Path, path: Path) -> None:
    """Remove a file, and the folders between it and `root` that it was the last to be in."""
    path.unlink()
    for folder in path.parents:
        if folder == root or any(folder.iterdir()):
            return
        folder.rmdir()
