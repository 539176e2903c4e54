"""A survey or a second tree under way in a second process, while this one does other work."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from sitegen.output import remove_anything
from sitegen.publishing import survey, twin
from sitegen.publishing.manifest import manifest_head

if TYPE_CHECKING:
    from pathlib import Path

    from sitegen.publishing.survey import Survey

# Below this many files, starting a process costs more than it gives.
PROCESS_FROM = 5000


class SurveyUnderWay:
    """The survey of a folder against its manifest, begun on making this; to be closed, be its end awaited or not."""

    def __init__(self, root: Path, manifest: Path) -> None:
        self._root, self._manifest = str(root), str(manifest)
        self._process: subprocess.Popen[bytes] | None = None
        self._found: Survey | None = None
        self._ended = False
        head = manifest_head(manifest)
        if head and head.files >= PROCESS_FROM and sys.executable:
            command = [sys.executable, "-I", "-S", survey.__file__, self._root, self._manifest]
            # No such process, no gain: the work is done all the same.
            with suppress(OSError):
                self._process = subprocess.Popen(  # noqa: S603  this Python with a file of this package
                    command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
                )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def found(self) -> Survey | None:
        """Await its end: None where the manifest is not whole; raises OSError."""
        if not self._ended:
            self._ended = True
            self._found = self._awaited()
        return self._found

    def _awaited(self) -> Survey | None:
        """Await the second process, and do its work where it came to harm."""
        if self._process:
            answer, _ = self._process.communicate()
            self._process = None
            with suppress(ValueError):
                return survey.read_answer(answer)
        try:
            return survey.read_answer(b"".join(survey.answered(self._root, self._manifest)))
        except (FileNotFoundError, ValueError):
            return None

    def close(self) -> None:
        """End the process where nobody has awaited it."""
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None


class TwinUnderWay:
    """A second tree of a folder's files in the making, begun on making this; to be closed in any case.

    The process holds the descriptor `lock` as long as it lives, even where this one dies: nobody builds meanwhile.
    """

    def __init__(self, root: Path, twin_root: Path, lock: int) -> None:
        self._root = twin_root
        self._process: subprocess.Popen[bytes] | None = None
        remove_anything(twin_root)
        command = [sys.executable, "-I", "-S", twin.__file__, str(root), str(twin_root)]
        with suppress(OSError):
            self._process = subprocess.Popen(  # noqa: S603  this Python with a file of this package
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, pass_fds=[lock]
            )

    def made(self) -> bool:
        """Await its end, and tell whether the tree is whole."""
        process, self._process = self._process, None
        return process is not None and process.wait() == 0

    def close(self) -> None:
        """End the process where nobody has awaited it, and remove what it made."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None
            remove_anything(self._root)
