"""Whether a new file can lie beside those that a site has already."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from sitegen.output import file_and_folder, folded, two_files, two_folders

if TYPE_CHECKING:
    from collections.abc import Sequence


class StandingPaths:
    """Paths that lie beside each other, sorted; refuses new ones that no file system could hold beside them."""

    def __init__(self, paths: Sequence[str]) -> None:
        as_folded = list(map(folded, paths))
        # Nearly all paths are spelled as they are folded; only of the others both spellings are kept.
        odd = [path for path, other in zip(paths, as_folded, strict=True) if path != other]
        self._paths = sorted(as_folded) if odd else paths
        self._odd: dict[str, str] = {}
        for path in odd:
            folder = path.rpartition("/")[0]
            while folder:
                if folded(folder) != folder:
                    self._odd[folded(folder)] = folder
                folder = folder.rpartition("/")[0]

    def refuse(self, path: str) -> None:
        """Raise SitegenError where a path is there already, even in other letter case, or would be file and folder."""
        as_folded = folded(path)
        if self._is_file(as_folded):
            raise two_files(path)
        if self._is_folder(as_folded):
            raise file_and_folder(path)
        folder = path.rpartition("/")[0]
        while folder:
            self._refuse_folder(folder)
            folder = folder.rpartition("/")[0]

    def _refuse_folder(self, folder: str) -> None:
        as_folded = folded(folder)
        if self._is_file(as_folded):
            raise file_and_folder(folder)
        known = self._odd.get(as_folded, as_folded)
        if known != folder and self._is_folder(as_folded):
            raise two_folders(known, folder)

    def _is_file(self, as_folded: str) -> bool:
        number = bisect_left(self._paths, as_folded)
        return number < len(self._paths) and self._paths[number] == as_folded

    def _is_folder(self, as_folded: str) -> bool:
        number = bisect_left(self._paths, f"{as_folded}/")
        return number < len(self._paths) and self._paths[number].startswith(f"{as_folded}/")
