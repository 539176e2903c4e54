"""Watching files for changes: all below some folders is looked at a few times a second.

MkDocs's own way looks at every file with some care, also at the tens of thousands that a build writes into docs/, and
then has no time for anything else. This one reads folders, names, sizes and times, and leaves out what it is told to.
"""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress
from hashlib import blake2b
from typing import TYPE_CHECKING

from watchdog.events import FileModifiedEvent

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from watchdog.events import FileSystemEventHandler

_PAUSE = 0.2  # seconds between two looks at least
_SHARE = 5  # and so many times as long as a look takes: a watcher is no work


class Watcher(threading.Thread):
    """Tells handlers that something below a path has changed; stands in the place of an observer of watchdog's.

    `skipped` are folders and files that nobody looks at.
    """

    def __init__(self, skipped: Collection[Path]) -> None:
        super().__init__(daemon=True)
        self._skipped = frozenset(map(os.path.abspath, skipped))
        self._handlers: dict[str, FileSystemEventHandler] = {}
        self._seen: dict[str, bytes] = {}
        self._changed: set[str] = set()
        self._over = threading.Event()

    def schedule(self, event_handler: FileSystemEventHandler, path: str, *, recursive: bool = True) -> str:
        """Watch a file or all below a folder from now on; gives what `unschedule` takes."""
        del recursive
        path = os.path.abspath(path)  # noqa: PTH100 (names are compared, and Path.resolve would follow links)
        self._seen[path] = self._look(path)
        self._handlers[path] = event_handler
        return path

    def unschedule(self, watch: str) -> None:
        """Watch it no more."""
        self._handlers.pop(watch, None)

    def changed(self) -> set[str]:
        """Give the watched paths below which something has changed since this was asked the last time."""
        found, self._changed = self._changed, set()
        return found

    def run(self) -> None:
        """Look until told to stop."""
        pause = _PAUSE
        while not self._over.wait(pause):
            began = time.perf_counter()
            for path, handler in list(self._handlers.items()):
                seen = self._look(path)
                if seen != self._seen[path]:
                    self._seen[path] = seen
                    self._changed.add(path)
                    handler.dispatch(FileModifiedEvent(path))
            pause = max(_PAUSE, _SHARE * (time.perf_counter() - began))

    def stop(self) -> None:
        """End soon."""
        self._over.set()

    def _look(self, path: str) -> bytes:
        """Give a digest of the names, sizes and times of a file or of all files below a folder."""
        state = blake2b(digest_size=16)
        if not os.path.isdir(path):  # noqa: PTH112 (as below)
            _note(state, path)
        folders = [path]
        while folders:
            # What goes away meanwhile shows at the next look.
            with suppress(OSError), os.scandir(folders.pop()) as entries:
                for entry in entries:
                    if entry.path in self._skipped:
                        continue
                    if entry.is_dir():
                        folders.append(entry.path)
                    else:
                        _note(state, entry)
        return state.digest()


def _note(state: blake2b, file: os.DirEntry[str] | str) -> None:
    """Take in what is seen of a file without opening it; of a link that leads nowhere its name."""
    try:
        status = os.stat(file) if isinstance(file, str) else file.stat()  # noqa: PTH116 (entries know much already)
        facts = f"{status.st_mtime_ns}\0{status.st_size}\0{status.st_ino}"
    except OSError:
        facts = ""
    state.update(f"{os.fspath(file)}\0{facts}\n".encode("utf-8", "surrogateescape"))
