"""The generated part of docs/: Markdown that stock MkDocs can build a plainer site from, kept up to date.

A file is made again where its page has changed, and where it is not as the last build left it.
"""

from __future__ import annotations

import json
import os
import stat
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from sitegen.frame import GENERATED
from sitegen.output import Output, change_files, plain_errors, remove_anything
from sitegen.render.docs import docs_markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from sitegen.pages import ArticlePage

    # A page and the digest of all that it is made of.
    Sourced = tuple[ArticlePage, str]
    # How files stand, by path.
    Standing = Mapping[str, "_File"]

# So many pages are held at once.
_AT_ONCE = 500


class _File(NamedTuple):
    """What a file was made from, and how it stood when it was written."""

    source: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class DocsWriter:
    """Writes generated Markdown below docs/ from any process; no two may be given the same page."""

    docs_dir: Path

    def write(self, articles: Sequence[Sourced]) -> Standing:
        """Write the Markdown of these pages where it differs from what is there, and tell how it stands."""
        change_files(self.docs_dir, [Output(page.path, docs_markdown(page).encode()) for page, _ in articles], ())
        return {page.path: _standing(self.docs_dir, page.path, source) for page, source in articles}


class GeneratedDocs:
    """The generated part of docs/ as it is, and which of these pages, each with the digest of its sources, it lacks.

    `kept` is a file that tells the next build what stands there; it may be lost. All here may raise SitegenError.
    """

    def __init__(self, articles: Iterable[Sourced], docs_dir: Path, kept: Path) -> None:
        known, present = _read(kept), _present(docs_dir)
        self._kept = kept
        self._standing: dict[str, _File] = {}
        self._stale: dict[str, Sourced] = {}
        for page, source in articles:
            old = known.get(page.path)
            if old and old.source == source and present.get(page.path) == old[1:]:
                self._standing[page.path] = old
            else:
                self._stale[page.path] = (page, source)
        self._gone = sorted(path for path in present if path not in self._standing and path not in self._stale)
        self._changes = bool(self._stale or self._gone)
        self._writer = DocsWriter(docs_dir)

    def __len__(self) -> int:
        """Give of how many pages it is."""
        return len(self._standing) + len(self._stale)

    def writer(self) -> DocsWriter | None:
        """Remove what is there of no page, and give what other processes write pages with; None where none is to be."""
        change_files(self._writer.docs_dir, (), self._gone)
        self._gone = []
        return self._writer if self._stale else None

    def take(self, written: Standing) -> None:
        """Learn what another process has written."""
        self._standing |= written
        for path in written:
            self._stale.pop(path, None)

    def finish(self) -> None:
        """Write all that nobody has written, and remember what stands there."""
        writer = self.writer()
        pages = iter(list(self._stale.values()))
        while writer and (some := list(islice(pages, _AT_ONCE))):
            self.take(writer.write(some))
        if self._changes:
            _write(self._kept, self._standing)


def are_as_written(docs_dir: Path, kept: Path) -> bool:
    """Tell whether the generated files are those that the last build left, and no others."""
    known = _read(kept)
    return bool(known) and {path: file[1:] for path, file in known.items()} == _present(docs_dir)


def _standing(docs_dir: Path, path: str, source: str) -> _File:
    with plain_errors(docs_dir / path):
        status = (docs_dir / path).lstat()
    return _File(source, status.st_size, status.st_mtime_ns)


def _present(docs_dir: Path) -> dict[str, tuple[int, int]]:
    """Give size and time of every generated Markdown file, (-1, -1) for what is no plain file; links not followed."""
    found: dict[str, tuple[int, int]] = {}
    waiting = [place.rstrip("/") for place in GENERATED]
    with plain_errors(docs_dir):
        for path in [place for place in waiting if place.endswith(".md") and os.path.lexists(docs_dir / place)]:
            found[path] = _measured((docs_dir / path).lstat())
        folders = [place for place in waiting if not place.endswith(".md") and _is_folder(docs_dir / place)]
        while folders:
            folder = folders.pop()
            with os.scandir(docs_dir / folder) as entries:
                for entry in entries:
                    path = f"{folder}/{entry.name}"
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(path)
                    elif entry.name.endswith(".md"):
                        found[path] = _measured(entry.stat(follow_symlinks=False))
    return found


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _measured(status: os.stat_result) -> tuple[int, int]:
    return (status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else (-1, -1)


def _read(kept: Path) -> Mapping[str, _File]:
    """Give what the last build left, by path; nothing where the file does not tell."""
    try:
        return {path: _File(source, int(size), int(time)) for path, source, size, time in json.loads(kept.read_bytes())}
    except (FileNotFoundError, IsADirectoryError, ValueError, TypeError):
        return {}


def _write(kept: Path, files: Mapping[str, _File]) -> None:
    with plain_errors(kept):
        remove_anything(kept)
        beside = kept.with_suffix(".tmp")
        remove_anything(beside)
        beside.write_text(json.dumps([(path, *file) for path, file in files.items()], separators=(",", ":")), "ascii")
        beside.replace(kept)
