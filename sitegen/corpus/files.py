"""The corpus's folder: which files it has, and their bytes. Nothing but regular files is ever opened."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.corpus.schema import SETTINGS_CAP, CorpusFile, parse_corpus
from sitegen.problems import Location, Problem, SitegenError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.corpus.schema import Known
    from sitegen.model import Corpus

# NONBLOCK: opening a FIFO that took a file's place must not wait for ever.
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


def load_corpus(root: Path, known: Known | None = None) -> tuple[Corpus, tuple[Problem, ...]]:
    """Give the corpus of a folder with papers/, topics.yaml and perhaps corpus.yaml, and all its problems, sorted.

    Paths are relative to the current directory where they are below it; `known` as for `parse_corpus`. Raises
    SitegenError where there is no corpus.
    """
    base = named(root)
    must_be_corpus(root)
    problems: list[Problem] = []
    corpus, found = parse_corpus(corpus_files(base, problems), known)
    return corpus, tuple(sorted([*found, *problems]))


def must_be_corpus(root: Path) -> None:
    """Refuse what is no corpus, before anything is read."""
    if not root.is_dir():
        raise SitegenError(f"there is no corpus folder '{root}'", "name one with --corpus")
    if not os.path.lexists(root / "topics.yaml"):
        raise SitegenError(f"the folder '{root}' is no corpus: it has no topics.yaml", "name one with --corpus")
    # Git keeps no empty folder, so a corpus whose first paper is yet to come has none.
    if os.path.lexists(root / "papers") and ((root / "papers").is_symlink() or not (root / "papers").is_dir()):
        raise SitegenError(f"'{root / 'papers'}' must be a folder", "links are not followed in a corpus")


def named(root: Path) -> str:
    """Give the folder as the user would name it, with "/" at the end; "" for the current directory."""
    path, here = os.path.normpath(root), os.getcwd()  # noqa: PTH109 (text, to compare with text)
    if path == here:
        return ""
    path = path.removeprefix(here.rstrip("/") + "/")
    return "" if path == "." else Path(path).as_posix().rstrip("/") + "/"


def corpus_files(base: str, problems: list[Problem]) -> Iterator[CorpusFile]:
    """Give corpus.yaml, topics.yaml and the records with their bytes; what is none of these becomes a problem."""
    for name in ("corpus.yaml", "topics.yaml"):
        if os.path.lexists(base + name):
            content = read_file(base + name, problems)
            if content is not None:
                yield CorpusFile(base + name, name, content)
    for path in _records(base + "papers", problems):
        content = read_file(path, problems)
        if content is not None:
            yield CorpusFile(path, path.removeprefix(base), content)


def _records(papers: str, problems: list[Problem]) -> Iterator[str]:
    """Walk papers/ in the order of names; dotfiles and dot folders are nobody's business."""
    folders = [papers] if os.path.lexists(papers) else []
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as entries:
                found = sorted(
                    (entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name
                )
        except OSError as error:
            problems.append(refused(folder, f"a folder must be readable: {error.strerror}"))
            continue
        for entry in found:
            path = f"{folder}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                folders.append(path)
            elif entry.is_symlink():
                problems.append(refused(path, "a record must be a file, not a symbolic link"))
            elif not entry.name.endswith(".yaml"):
                problems.append(
                    refused(path, "papers/ must hold only records named <id>.yaml", "rename it, or move it elsewhere")
                )
            else:
                yield path


def read_file(path: str, problems: list[Problem]) -> bytes | None:
    """Give a regular file's bytes, one more than the largest cap at most; None with a problem for anything else."""
    try:
        descriptor = os.open(path, _FLAGS)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                problems.append(refused(path, "a record must be a regular file, not a device, socket or named pipe"))
                return None
            return _bytes_of(descriptor, min(status.st_size, SETTINGS_CAP) + 1)
        finally:
            os.close(descriptor)
    except OSError as error:
        if Path(path).is_symlink():
            problems.append(refused(path, "a record must be a file, not a symbolic link"))
        else:
            problems.append(refused(path, f"a file must be readable: {error.strerror}"))
    return None


def _bytes_of(descriptor: int, most: int) -> bytes:
    """Give a file's bytes from where it stands; one call to the system nearly always gives all."""
    content = os.read(descriptor, most)
    while len(content) < most - 1 and (more := os.read(descriptor, most - len(content))):
        content += more
    return content


def refused(path: str, message: str, hint: str = "") -> Problem:
    """Give the problem of a path that holds no record."""
    return Problem(Location(path), "SG001", message, hint)
