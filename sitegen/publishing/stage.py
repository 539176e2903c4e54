"""The tree that will be the next site, on its way from the spare."""

from __future__ import annotations

import os
import stat
from array import array
from contextlib import suppress
from dataclasses import replace
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.beside import can_fork
from sitegen.output import (
    FILE_MODE,
    FOLDER_MODE,
    create_file,
    folded,
    make_folder,
    plain_errors,
    remove_anything,
)
from sitegen.problems import SitegenError
from sitegen.publishing.files import StageWriter
from sitegen.publishing.manifest import read_manifest
from sitegen.publishing.survey import ANY_TIME, UNTRUSTED, Recorded, looked, looked_by_two, survey
from sitegen.publishing.tree import Tree, common_runs
from sitegen.publishing.under_way import PROCESS_FROM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sitegen.publishing.files import Aside
    from sitegen.publishing.survey import Survey


def survey_clock(state: Path) -> Path:
    """Give the place of an empty file that tells the file system's time while a stage is held against its plan."""
    return state / "clock"


class Stage:
    """The tree that will be the next site: the spare, which its manifest is believed at first, and what is put there.

    Files are written only into folders that were looked at, so that no link is followed; what else is wrong in the
    spare comes out when all is verified. It has about the files of the `published` site; where it is its `twin`, the
    same ones.
    """

    def __init__(self, state: Path, published: Tree, *, twin: bool = False) -> None:
        self.root = state / "spare"
        self._published = published
        self._clock = survey_clock(state)
        self._looked_at: set[str] = {""}
        manifest = state / "spare.manifest"
        with plain_errors(self.root):
            self._spare = _untrusted(published) if twin else read_manifest(manifest, published) or Tree()
            manifest.unlink(missing_ok=True)
            if self.root.is_symlink() or not self.root.is_dir():
                remove_anything(self.root)
                self.root.mkdir()
                self._spare = Tree()
            self.root.chmod(FOLDER_MODE)
            if not len(self._spare):
                for path in self.root.iterdir():
                    remove_anything(path)

    def put(self, path: str, body: bytes) -> None:
        """Write a file, whatever stood at its place."""
        place = f"{self.root}/{path}"
        with plain_errors(place):
            self._make_folders(path.rpartition("/")[0])
            try:
                create_file(place, body)
            except FileExistsError:
                remove_anything(Path(place))
                create_file(place, body)

    def take_in(self, file: Aside) -> None:
        """Move a file here, whatever stood at its place."""
        place = f"{self.root}/{file.path}"
        with plain_errors(place):
            self._make_folders(file.path.rpartition("/")[0])
            try:
                os.replace(file.place, place)  # noqa: PTH105  a Path for each costs as much again
            except IsADirectoryError:
                remove_anything(Path(place))
                os.replace(file.place, place)  # noqa: PTH105  the same

    def writer(self, paths: Iterable[str]) -> StageWriter:
        """Give a writer for files at these paths, whose folders are made here, where nobody else makes any."""
        for folder in sorted({path.rpartition("/")[0] for path in paths}):
            self._make_folders(folder)
        return StageWriter(str(self.root))

    def complete(self, planned: Tree, staged: bytes, live: Path) -> None:
        """Make the stage hold what is planned: take from the published site what neither the spare has nor is staged.

        Raises OSError, and SitegenError if the published site is not as recorded.
        """
        planned.times = array("q", [ANY_TIME]) * len(planned)
        lacks, surplus = bytearray(b"\1") * len(planned), bytearray(b"\1") * len(self._spare)
        for here, there, count in common_runs(planned, self._spare):
            planned.times[here : here + count] = self._spare.times[there : there + count]
            lacks[here : here + count] = surplus[there : there + count] = bytes(count)
        for number in compress(range(len(planned)), staged):
            planned.times[number], lacks[number] = ANY_TIME, 0
        self._remove_all(compress(self._spare.paths, surplus), planned, staged)
        self._take_over(live, planned, compress(range(len(planned)), lacks))
        stamps = dict(zip(self._spare.folders, self._spare.stamps, strict=True))
        planned.stamps = array("q", [stamps.get(folder, UNTRUSTED) for folder in planned.folders])
        self._spare = Tree()

    def _remove_all(self, surplus: Iterable[str], planned: Tree, staged: bytes) -> None:
        """Remove what the spare has at no planned path, so that no folder's names need be read to find it."""
        folders = set(planned.folders)
        # Where letter case is ignored, these names are those of files just written.
        fresh = set(map(folded, compress(planned.paths, staged)))
        gone = (folder for folder in self._spare.folders if folder not in folders)
        for path in (*surplus, *gone):
            if planned.find(path) < 0 and path not in folders and folded(path) not in fresh:
                self._remove(path)

    def verify(self, planned: Tree, staged: bytes, live: Path) -> None:
        """Find the times of all files, and put right what is not as planned; SitegenError if that cannot be."""
        found = self._survey(planned)
        if found.wrong or found.strangers:
            self._put_right(found, planned, staged, live)
            found = self._survey(planned)
            for path in (*(planned.paths[number] for number in found.wrong), *found.strangers):
                raise self._meddled(path)
        planned.times, planned.stamps = found.times, found.stamps

    def _survey(self, planned: Tree) -> Survey:
        """Hold what is here against the plan: half of it in a fork, where there is much."""
        remove_anything(self._clock)
        create_file(str(self._clock), b"")
        status = self._clock.stat()
        recorded = Recorded(planned.paths, planned.sizes, planned.times, planned.folders, planned.stamps)
        modes = stat.S_IMODE(status.st_mode) == FILE_MODE
        look = looked_by_two if len(planned) >= PROCESS_FROM and can_fork() else looked
        found = survey(str(self.root), recorded, since=status.st_mtime_ns, modes=modes, look=look)
        self._clock.unlink()
        return found

    def _put_right(self, found: Survey, planned: Tree, staged: bytes, live: Path) -> None:
        """Remove what is strange, and take from the published site what is wrong; SitegenError if that is staged."""
        for path in found.strangers:
            remove_anything(self.root / path)
        self._looked_at = {""}
        for number in found.wrong:
            if staged[number]:
                raise self._meddled(planned.paths[number])
        self._take_over(live, planned, found.wrong)

    def _meddled(self, path: str) -> SitegenError:
        return SitegenError(f"{self.root / path} is not as it was written: something else changes this folder")

    def _take_over(self, live: Path, planned: Tree, numbers: Iterable[int]) -> None:
        """Give files of the published site a second name here: nothing writes into a file that has a name already."""
        for number in numbers:
            path = planned.paths[number]
            place, time = f"{live}/{path}", self._published.times[self._published.find(path)]
            with plain_errors(place):
                status = os.lstat(place)
            if (status.st_size, status.st_mtime_ns) != (planned.sizes[number], time):
                raise SitegenError(f"{place} was changed meanwhile by something else", "build again")
            planned.times[number] = time if self._link(place, path) else self._copy(place, path)

    def _link(self, place: str, path: str) -> bool:
        """Give a file a second name here; False where the file system has no such thing, or no more of it."""
        here = f"{self.root}/{path}"
        self._make_folders(path.rpartition("/")[0])
        with suppress(OSError):
            if os.path.lexists(here):
                remove_anything(Path(here))
            os.link(place, here, follow_symlinks=False)
            return True
        return False

    def _copy(self, place: str, path: str) -> int:
        """Copy a file as it is; gives the time that it must have here."""
        with plain_errors(place), open(place, "rb") as file:  # noqa: PTH123  a Path for each costs as much again
            body = file.read()
        self.put(path, body)
        return ANY_TIME

    def _remove(self, path: str) -> None:
        """Remove a file or folder, unless a link leads to it."""
        if self._is_folder(path.rpartition("/")[0]):
            remove_anything(self.root / path)

    def _is_folder(self, folder: str) -> bool:
        """Tell whether a folder is one, and those that it lies in too."""
        if folder not in self._looked_at:
            status = _status(self.root / folder) if self._is_folder(folder.rpartition("/")[0]) else None
            if status is None or not stat.S_ISDIR(status.st_mode):
                return False
            self._looked_at.add(folder)
        return True

    def _make_folders(self, folder: str) -> None:
        """Make a folder and those that it lies in, 0755, and remove what stands in the way."""
        if folder in self._looked_at:
            return
        self._make_folders(folder.rpartition("/")[0])
        place = self.root / folder
        status = _status(place)
        if status is None or not stat.S_ISDIR(status.st_mode):
            remove_anything(place)
            make_folder(place)
        elif stat.S_IMODE(status.st_mode) != FOLDER_MODE:
            place.chmod(FOLDER_MODE)
        self._looked_at.add(folder)


def _untrusted(tree: Tree) -> Tree:
    """Give a tree whose folders have to be read, whatever their times say."""
    return replace(tree, stamps=array("q", [UNTRUSTED]) * len(tree.folders))


def _status(place: Path) -> os.stat_result | None:
    try:
        return place.lstat()
    except FileNotFoundError:
        return None
