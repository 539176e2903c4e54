"""The tree that will be the next site, on its way from the spare."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.output import FOLDER_MODE, Output, create_file, make_folder, plain_errors, remove_anything
from sitegen.problems import SitegenError
from sitegen.publishing.manifest import ANY_TIME, Entry, read_manifest, survey

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


_SOURCE = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class File(Output):
    """A built file of a site; `source` is a digest of all that it was rendered from (ASCII without spaces)."""

    source: str

    def __post_init__(self) -> None:
        Output.__post_init__(self)
        if not _SOURCE.fullmatch(self.source):
            raise ValueError(f"not a digest: {self.source!r}")


@dataclass(frozen=True, slots=True)
class Written:
    """A file that stands in the stage already: digests of what it was rendered from and of its bytes, and its size."""

    path: str
    source: str
    content: str
    size: int


@dataclass(frozen=True, slots=True)
class StageWriter:
    """Writes files into a stage from any process; no two may be given the same path."""

    root: str

    def write(self, file: File) -> Written:
        """Write a file, whatever stood at its place; raises SitegenError.

        Its folder is made where it is missing, which no two processes may have to do for one folder.
        """
        place = f"{self.root}/{file.path}"
        with plain_errors(Path(place)):
            try:
                create_file(place, file.body)
            except FileExistsError:
                remove_anything(Path(place))
                create_file(place, file.body)
            except FileNotFoundError:
                make_folder(Path(place).parent)
                create_file(place, file.body)
        return Written(file.path, file.source, sha256(file.body).hexdigest(), len(file.body))


class Stage:
    """The tree that will be the next site: what is sound in the spare, and what is put there."""

    def __init__(self, state: Path) -> None:
        self.root = state / "spare"
        manifest = state / "spare.manifest"
        with plain_errors(self.root):
            recorded = read_manifest(manifest)
            manifest.unlink(missing_ok=True)
            if self.root.is_symlink() or not self.root.is_dir():
                remove_anything(self.root)
                self.root.mkdir()
            self.root.chmod(FOLDER_MODE)
            self._present, strangers = survey(self.root, recorded, modes=True)
            for path in strangers:
                remove_anything(self.root / path)
        self._contents = {path: entry.content for path, entry in self._present.items()}

    def holds(self, path: str, content: str) -> bool:
        """Tell whether the stage has this file with these bytes."""
        return self._contents.get(path) == content

    def put(self, path: str, content: str, body: bytes) -> None:
        """Write a file where the stage does not have it; `content` is the digest of the body."""
        if self.holds(path, content):
            return
        with plain_errors(self.root / path):
            try:
                create_file(f"{self.root}/{path}", body)
            except (FileExistsError, FileNotFoundError, NotADirectoryError):
                self._clear(path)
                create_file(f"{self.root}/{path}", body)
        self._contents[path] = content
        self._present.pop(path, None)

    def writer(self, paths: Iterable[str]) -> StageWriter:
        """Give a writer for files at these paths, whose folders are made here, where nobody else makes any."""
        for folder in sorted({path.rpartition("/")[0] for path in paths}):
            self._make_folders(folder)
        return StageWriter(str(self.root))

    def note(self, file: Written) -> None:
        """Take notice of a file that a writer has written."""
        self._contents[file.path] = file.content
        self._present.pop(file.path, None)

    def copy(self, live: Path, path: str, content: str) -> None:
        """Take a file over from the published site, as bytes of its own; SitegenError if they are not the recorded."""
        with plain_errors(live / path):
            body = (live / path).read_bytes()
        if sha256(body).hexdigest() != content:
            raise SitegenError(f"{live / path} was changed by hand; remove {live} and build again")
        self.put(path, content, body)

    def verify(self, planned: Mapping[str, Entry]) -> dict[str, Entry]:
        """Remove what is not planned, and give the entries of the files with their times; SitegenError if one lacks."""
        expected = {
            path: entry._replace(mtime_ns=self._present[path].mtime_ns if path in self._present else ANY_TIME)
            for path, entry in planned.items()
        }
        intact, strangers = survey(self.root, expected, modes=False)
        for path in strangers:
            remove_anything(self.root / path)
        missing = min(expected.keys() - intact.keys(), default=None)
        if missing is not None:
            raise SitegenError(f"{self.root / missing} is not as it was written: something else changes this folder")
        return intact

    def _clear(self, path: str) -> None:
        """Make the folders of a file, 0755, and remove what stands in the way of them or of it."""
        self._make_folders(path.rpartition("/")[0])
        remove_anything(self.root / path)

    def _make_folders(self, path: str) -> None:
        """Make a folder and those it lies in, 0755, and remove what stands in the way."""
        for folder in [*reversed(Path(path).parents), Path(path)][1:] if path else ():
            place = self.root / folder
            if place.is_symlink() or not place.is_dir():
                remove_anything(place)
                make_folder(place)
