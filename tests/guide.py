"""Pages of the guide, done as they say: their files are written, their commands run, what they show is looked for."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING, NamedTuple

from markdown_it import MarkdownIt
from projects import COMMAND, ROOT
from repositories import commit, git

from sitegen.projects import chosen, project_files, put_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# How the words before a block say what it is for.
_SAVE = re.compile(r"Save this as `([^`]+)`:$")
_ADD = re.compile(r"Add this to `([^`]+)`:$")
_LINE = re.compile(
    r"In `([^`]+)`, (?:let the line be|put the second line below the first(?:, which is there already)?):$"
)
_SAYS = re.compile(r"It (?:ends with (1), and )?says:$")
NOW = "2026-11-21T10:00:00Z"


class Block(NamedTuple):
    """A fenced block, with the paragraph before it."""

    language: str
    words: str
    before: str


def blocks_of(page: Path) -> list[Block]:
    """Give a page's fenced blocks in order."""
    return list(_blocks(page.read_text("utf-8")))


def _blocks(text: str) -> Iterator[Block]:
    before = ""
    for token in MarkdownIt("commonmark").parse(text):
        if token.type == "inline":
            before = token.content
        elif token.type == "fence":
            yield Block(token.info, token.content, before)
            before = ""


def new_project(folder: Path) -> Path:
    """Make what `sitegen init` makes, committed on main, with the command where pages have it."""
    put_project(folder, project_files(chosen("Papers", "https://ada.github.io/papers/", "", NOW)))
    (folder / ".venv/bin").mkdir(parents=True)
    (folder / ".venv/bin/sitegen").symlink_to(COMMAND)
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder)
    return folder


def follow(page: Path, project: Path) -> str:
    """Do what a page says, block by block; gives all that its commands said."""
    heard = said = ""
    blocks = blocks_of(page)
    for number, block in enumerate(blocks):
        if block.language == "console":
            match = _SAYS.search(blocks[number + 1].before) if number + 1 < len(blocks) else None
            said = _run(block.words, project, int((match and match[1]) or 0))
            heard += said
        elif match := _SAVE.search(block.before):
            path = project / match[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.words, "utf-8")
        elif match := _ADD.search(block.before):
            path = project / match[1]
            path.write_text(path.read_text("utf-8") + block.words, "utf-8")
        elif match := _LINE.search(block.before):
            _replace_line(project / match[1], block.words)
        elif _SAYS.search(block.before):
            missing = [line for line in block.words.splitlines() if line not in said]
            assert missing == [], f"{page.name}: not said: {missing}\n{said}"
    return heard


def _run(words: str, project: Path, code: int) -> str:
    # What `make site` would install is there.
    script = words.replace("make site", ".venv/bin/sitegen build")
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        ["sh", "-ec", script], cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, f"{words}{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def _replace_line(path: Path, words: str) -> None:
    """Put lines in the place of the one that begins as they do, up to its colon."""
    start = words.splitlines()[0].partition(": ")[0]
    lines = path.read_text("utf-8").splitlines(keepends=True)
    found = [number for number, line in enumerate(lines) if line.rstrip("\n").partition(": ")[0] == start]
    assert len(found) == 1, f"{path.name}: {start!r} begins {len(found)} lines"
    lines[found[0]] = words
    path.write_text("".join(lines), "utf-8")


def guide_page(name: str) -> Path:
    """Give a page of the guide in this project."""
    return ROOT / "docs/guide" / name
