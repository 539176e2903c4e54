"""A corpus as a revision of its git repository has it: read from git's own store, never checked out.

What a revision holds may have been written by anyone. Only regular files are read, each only up to its cap.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, NamedTuple

from sitegen.corpus.files import named, refused
from sitegen.corpus.schema import RECORD_CAP, SETTINGS_CAP, CorpusFile, parse_corpus, too_large
from sitegen.problems import SitegenError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sitegen.corpus.schema import Known
    from sitegen.model import Corpus
    from sitegen.problems import Problem

# As `git ls-tree -l` writes an entry: mode, type, object, size, path. What has no size here has "-" or "BAD".
_ENTRY = re.compile(rb"([0-7]{6}) ([a-z]+) ([0-9a-f]+) +(\S+)\t(.+)", re.DOTALL)
_LINKS = {"120000": "a symbolic link", "160000": "a submodule"}
_PLACES = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
_SETTINGS = ("corpus.yaml", "topics.yaml")


class _Entry(NamedTuple):
    """A file of a revision: its path relative to the corpus, and where git keeps it."""

    inside: str
    mode: str
    blob: str
    size: int


def load_revision(revision: str, root: Path, known: Known | None = None) -> tuple[Corpus, tuple[Problem, ...]]:
    """Give the corpus that a revision has in the folder `root`, and all its problems, sorted.

    Paths are those that the files have, or would have, in the working tree; `known` as for `parse_corpus`. Raises
    SitegenError where git cannot give the revision, or where it holds no corpus there.
    """
    if not root.is_dir():
        raise SitegenError(f"there is no corpus folder '{root}'", "name one with --corpus")
    problems: list[Problem] = []
    base = named(root)
    entries = list(_entries(_commit(revision, root), root))
    if not any(entry.inside == "topics.yaml" for entry in entries):
        raise SitegenError(f"revision {revision!r} has no corpus in '{root}': there is no topics.yaml")
    readable = [entry for entry in entries if _is_readable(entry, base, problems)]
    corpus, found = parse_corpus(_contents(readable, base, root), known)
    return corpus, tuple(sorted([*found, *problems]))


def _commit(revision: str, root: Path) -> str:
    """Give the commit that a revision is, as its hash."""
    if not revision or revision.startswith("-") or not revision.isprintable():
        raise SitegenError(f"a revision must be a name or hash that git knows, not {revision!r}")
    asked = _git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if asked.returncode:
        _git_output(root, "rev-parse", "--git-dir")
        hint = "is it fetched? `git fetch` brings what a shallow clone lacks"
        raise SitegenError(f"git has no revision {revision!r} in this repository", hint)
    return asked.stdout.decode().strip()


def _entries(commit: str, root: Path) -> Iterator[_Entry]:
    """Give the corpus's files in a commit in the order of their paths; dotfiles are nobody's business."""
    prefix = os.fsdecode(_git_output(root, "rev-parse", "--show-prefix")).removesuffix("\n")
    places = [f"{prefix}{name}" for name in (*_SETTINGS, "papers")]
    listed = _git_output(root, "ls-tree", "-r", "-l", "-z", "--full-tree", commit, "--", *places)
    for line in listed.split(b"\0"):
        if match := _ENTRY.fullmatch(line):
            mode, _, blob, size, path = (os.fsdecode(part) for part in match.groups())
            inside = path.removeprefix(prefix)
            if not any(part.startswith(".") for part in inside.split("/")):
                yield _Entry(inside, mode, blob, int(size) if size.isdigit() else -1)


def _is_readable(entry: _Entry, base: str, problems: list[Problem]) -> bool:
    """Tell a record or the settings, and of a size to be read; what is neither becomes a problem."""
    path = base + entry.inside
    cap, what = (SETTINGS_CAP, entry.inside) if entry.inside in _SETTINGS else (RECORD_CAP, "a record")
    if entry.mode in _LINKS:
        problems.append(refused(path, f"a record must be a file, not {_LINKS[entry.mode]}"))
    elif PurePosixPath(entry.inside).suffix != ".yaml":
        hint = "rename it, or move it elsewhere"
        problems.append(refused(path, "papers/ must hold only records named <id>.yaml", hint))
    elif entry.size > cap:
        problems.append(too_large(path, cap, what))
    else:
        return True
    return False


def _contents(entries: Iterable[_Entry], base: str, root: Path) -> Iterator[CorpusFile]:
    """Give the files' bytes, one after the other, from one process of git."""
    entries = list(entries)
    with tempfile.TemporaryFile() as asked:
        asked.writelines(f"{entry.blob}\n".encode() for entry in entries)
        asked.seek(0)
        command = _command(root, "cat-file", "--batch")
        with subprocess.Popen(command, stdin=asked, stdout=subprocess.PIPE, env=_environment()) as git:  # noqa: S603 (no shell; the words are ours)
            if git.stdout:
                for entry in entries:
                    yield CorpusFile(base + entry.inside, entry.inside, _blob(git.stdout, entry))


def _blob(stream: IO[bytes], entry: _Entry) -> bytes:
    """Read one answer of `git cat-file --batch`: a line that ends in the size, the bytes, a line feed."""
    head = stream.readline().split()
    if len(head) != 3 or not head[2].isdigit() or int(head[2]) != entry.size:
        raise SitegenError(f"git cannot read {entry.inside}: object {entry.blob} is missing or damaged")
    return stream.read(entry.size + 1)[:-1]


def _git_output(root: Path, *words: str) -> bytes:
    """Run git and give what it prints; raises SitegenError with git's own first line where it fails."""
    done = _git(root, *words)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or [f"exit code {done.returncode}"]
        raise SitegenError(f"git cannot read '{root}': {said[0]}")
    return done.stdout


def _git(root: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(_command(root, *words), capture_output=True, env=_environment(), check=False)  # noqa: S603 (the same)
    except FileNotFoundError as fault:
        raise SitegenError("git is not installed, so no revision can be read") from fault


def _command(root: Path, *words: str) -> list[str]:
    return ["git", "-C", str(root), *words]


def _environment() -> dict[str, str]:
    """Give git's surroundings: its words in English, paths taken as they are, no question asked, no lock taken.

    Git's hooks name a repository relative to where they run; here it is always the one that the folder lies in.
    """
    theirs = {name: value for name, value in os.environ.items() if name not in _PLACES}
    ours = {"LC_ALL": "C", "GIT_LITERAL_PATHSPECS": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
    return {**theirs, **ours, "GIT_NO_REPLACE_OBJECTS": "1"}
