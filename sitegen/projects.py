"""A new project: the templates that come with the package, filled in, in a folder of their own.

options -fill templates-> files -check-> files -put-> the folder
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict, dataclass
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sitegen import __version__
from sitegen.checks import check
from sitegen.config import PLACEHOLDER_HOST, checked_site_url
from sitegen.corpus import CorpusFile, parse_corpus
from sitegen.output import Output, make_folder, plain_errors, remove_anything, write_files
from sitegen.problems import SitegenError
from sitegen.text import clean, escape_markdown, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from importlib.resources.abc import Traversable
    from pathlib import Path

# git would take a template of this name for its own, so it stands there as dot-gitignore.
_DOT = re.compile(r"(?:^|(?<=/))dot-")
_PLACE = re.compile(r"@@([a-z_]+)@@")


@dataclass(frozen=True, slots=True)
class Choices:
    """What tells one new project from another, each the name of a place in the templates.

    `authority` and `since` (YYYY-MM-DD) begin all feed ids; `added` is when the example papers entered the corpus.
    """

    title: str
    site_url: str
    authority: str
    since: str
    added: str
    version: str = __version__


def chosen(title: str, site_url: str, authority: str, now: str) -> Choices:
    """Give the choices that a person made, placeholders where there are none; `now` as in `Paper.added`.

    Raises:
        SitegenError: the title is empty, or `site_url` is no address.
    """
    named = one_line(clean(title))
    if not named:
        raise SitegenError("--title must hold words")
    address = checked_site_url(site_url, "--site-url")
    host = urlsplit(address).hostname or PLACEHOLDER_HOST
    return Choices(named, address, authority or host, now[:10], now)


def project_files(choices: Choices) -> tuple[Output, ...]:
    """Give all files of a new project, in order; equal choices give equal bytes.

    Raises:
        SitegenError: its corpus would have problems, by a choice that is not allowed.
    """
    filled = tuple(_filled(path, text, choices) for path, text in _templates(files("sitegen") / "templates"))
    inside = [(output, output.path.removeprefix("corpus/")) for output in filled if output.path.startswith("corpus/")]
    corpus, problems = parse_corpus(CorpusFile(output.path, path, output.body) for output, path in inside)
    for problem in (*problems, *check(corpus, problems)):
        raise SitegenError(f"{problem.location.path}: {problem.message}", "choose another with --authority or --title")
    return filled


def put_project(folder: Path, outputs: tuple[Output, ...]) -> None:
    """Write a new project into a folder that is not there or is empty: all of it, or nothing.

    A folder that is not there appears whole in one step; a kill before it leaves a hidden folder beside. Into one that
    is there the files are moved one after the other, for it may be where somebody's shell stands: a kill in that
    moment leaves a part.

    Raises:
        SitegenError: something stands there, or it cannot be written.
    """
    with plain_errors(folder):
        _refuse_what_stands(folder)
        there = folder.is_dir()
        if not there:
            make_folder(folder.parent)
        staged = (folder if there else folder.parent) / f".{folder.name}.{os.getpid()}.new"
        try:
            write_files(staged, outputs)
            if there:
                _move_all(staged, folder)
            else:
                staged.rename(folder)
        finally:
            remove_anything(staged)


def _templates(folder: Traversable, above: str = "") -> Iterator[tuple[str, str]]:
    """Give the path and text of each template below a folder, sorted."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = above + entry.name
        if entry.is_dir():
            yield from _templates(entry, f"{path}/")
        else:
            yield path, entry.read_text("utf-8")


def _filled(path: str, text: str, choices: Choices) -> Output:
    """Give the file that a template becomes: each choice escaped for the language that it enters."""
    escape = _escape_for(path)
    words = asdict(choices)
    return Output(_DOT.sub(".", path), _PLACE.sub(lambda place: escape(words[place[1]]), text).encode())


def _escape_for(path: str) -> Callable[[str], str]:
    if path.endswith((".yaml", ".yml")):
        # A JSON string is YAML's double-quoted one.
        return lambda words: json.dumps(words, ensure_ascii=False)
    return escape_markdown if path.endswith(".md") else str


def _refuse_what_stands(folder: Path) -> None:
    if folder.is_dir():
        names = sorted(entry.name for entry in folder.iterdir())
        if names:
            more = f" and {len(names) - 3} more" if len(names) > 3 else ""
            raise SitegenError(f"{folder} is not empty: it holds {', '.join(names[:3])}{more}", "name a new folder")
    elif os.path.lexists(folder):
        raise SitegenError(f"{folder} is there and is no folder", "name a new folder")


def _move_all(staged: Path, folder: Path) -> None:
    """Move all that stands in a folder into another, or nothing of it."""
    moved: list[Path] = []
    try:
        for entry in sorted(staged.iterdir()):
            target = folder / entry.name
            entry.rename(target)
            moved.append(target)
    except BaseException:
        for target in moved:
            remove_anything(target)
        raise
