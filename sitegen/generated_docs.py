"""The generated part of docs/: Markdown that stock MkDocs can build a plainer site from, kept up to date.

A file is made again where its page has changed, and where it is not as the last build left it.
"""

from __future__ import annotations

import json
import os
import stat
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from sitegen.frame import GENERATED
from sitegen.output import Output, change_files, plain_errors, remove_anything
from sitegen.render.docs import docs_markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from sitegen.pages import ArticlePage

# So many pages are held at once.
_AT_ONCE = 500


class _File(NamedTuple):
    """What a file was made from, and how it stood when it was written."""

    source: str
    size: int
    mtime_ns: int


def write_docs(articles: Iterable[tuple[ArticlePage, str]], docs_dir: Path, kept: Path) -> None:
    """Refresh the Markdown of these pages, each with the digest of what it is made of, touching changed files only.

    `kept` is a file that tells the next build what stands there; it may be lost. Raises SitegenError.
    """
    known, present = _read(kept), _present(docs_dir)
    found: dict[str, _File] = {}
    stale: dict[str, tuple[ArticlePage, str]] = {}
    for page, source in articles:
        old = known.get(page.path)
        if old and old.source == source and present.get(page.path) == old[1:]:
            found[page.path] = old
        else:
            stale[page.path] = (page, source)
    gone = sorted(path for path in present if path not in found and path not in stale)
    if not stale and not gone:
        return
    change_files(docs_dir, (), gone)
    pages = iter(stale.values())
    while some := list(islice(pages, _AT_ONCE)):
        change_files(docs_dir, [Output(page.path, docs_markdown(page).encode()) for page, _ in some], ())
        found |= {page.path: _standing(docs_dir, page.path, source) for page, source in some}
    _write(kept, found)


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
        with kept.open(encoding="utf-8") as lines:
            count = int(next(lines, ""))
            found = {path: _File(source, int(size), int(time)) for path, source, size, time in map(json.loads, lines)}
    except (FileNotFoundError, IsADirectoryError, ValueError, TypeError):
        return {}
    return found if len(found) == count else {}


def _write(kept: Path, files: Mapping[str, _File]) -> None:
    with plain_errors(kept):
        remove_anything(kept)
        beside = kept.with_suffix(".tmp")
        remove_anything(beside)
        with beside.open("w", encoding="utf-8") as out:
            out.write(f"{len(files)}\n")
            out.writelines(_lines(files))
        beside.replace(kept)


def _lines(files: Mapping[str, _File]) -> Iterator[str]:
    for path, file in files.items():
        yield json.dumps((path, *file)) + "\n"
