"""Real git repositories with a corpus, for the tests of what only a comparison can see."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TOPICS = """\
topics:
- {slug: agents, name: Agents, curators: ["@ada", "@bob"]}
- {slug: reasoning, name: Reasoning}
"""


def git(folder: Path, *words: str) -> str:
    """Run git as somebody with a name, whoever runs the tests."""
    name = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"]
    command = ["git", "-C", str(folder), *name, *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def record(title: str, added: str = "2025-11-03T00:00:00Z", **more: str) -> str:
    """Give a record's YAML; values of other keys as they are to stand in the file."""
    lines = [f"title: {title}", f"added: {added}", *(f"{key}: {value}" for key, value in more.items())]
    return "\n".join(lines) + "\n"


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Put files into a folder, an empty text taking one away."""
    for name, body in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if body:
            path.write_text(body, "utf-8")
        else:
            path.unlink()


def make_repository(folder: Path, papers: Mapping[str, str], topics: str = TOPICS) -> Path:
    """Make a repository whose only commit holds a corpus; gives its folder."""
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    write(folder, {"corpus/topics.yaml": topics})
    write(folder, {f"corpus/papers/{name}.yaml": body for name, body in papers.items()})
    commit(folder)
    return folder


def commit(folder: Path) -> str:
    """Commit everything; gives the hash."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "x")
    return git(folder, "rev-parse", "HEAD")
