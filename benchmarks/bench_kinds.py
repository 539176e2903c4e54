"""What a site's files are for: how many of each kind and how large, and how large with an abstract for every paper."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

# The first that matches a path is its kind. Only these kinds have files of one paper each.
OF_ONE_PAPER = ("page", "Markdown", "siblings")
_PATTERNS = (
    ("page", r"papers/[^/]+/index\.html"),
    ("Markdown", r"papers/[^/]+\.md"),
    ("siblings", r"papers/[^/]+\.(?:bib|ris|csv|json)"),
    ("search", r"search/(?!index\.html)|assets/(?:search.*|lunr)\.js"),
    ("feeds", r"feeds/(?!index\.)|(?:feed|rss|atom)\.xml|feed\.json"),
    ("exports", r"exports/(?!index\.)|topics/[^/]+\.(?:bib|ris|csv|json)"),
    ("author pages", r"authors/"),
    ("lists", r"(?:topics|browse|kinds|stats|exports|feeds)/|index\.(?:html|md)"),
    ("other", r""),
)
KINDS = tuple(kind for kind, _ in _PATTERNS)
_KIND = [(kind, re.compile(pattern)) for kind, pattern in _PATTERNS]
# Bytes per paper at 48,952 papers, and of all together.
BUDGET = {"page": 10_000, "Markdown": 1_500, "siblings": 2_000, "feeds": 3_500, "search": 600, "exports": 1_200}
WHOLE_BUDGET = 920_000_000


@dataclass(frozen=True, slots=True)
class Share:
    """The files of one kind: how many, their bytes, and their bytes if every paper had an abstract of mean length."""

    files: int
    size: int
    size_if: int


def kind_of(path: str) -> str:
    """Give the kind of a file by its path in the site."""
    return next(kind for kind, pattern in _KIND if pattern.match(path))


def shares(site: Path, records: Records) -> dict[str, Share]:
    """Measure a site's files by kind.

    With an abstract for every paper, files of one paper would weigh what those of papers with an abstract do in the
    mean. All else that holds abstracts is taken to grow as the records would; this is an estimate.
    """
    files = dict.fromkeys(KINDS, 0)
    sizes = dict.fromkeys(KINDS, 0)
    of_abstracts = dict.fromkeys(OF_ONE_PAPER, 0)
    for path, size in _files(site):
        kind = kind_of(path)
        files[kind] += 1
        sizes[kind] += size
        if kind in of_abstracts and re.split(r"[/.]", path)[1] in records.with_abstract:
            of_abstracts[kind] += size
    found = {}
    for kind in KINDS:
        would = float(sizes[kind])
        if kind in of_abstracts and records.with_abstract:
            would = of_abstracts[kind] / len(records.with_abstract) * records.papers
        elif kind in {"search", "feeds", "exports"}:
            would *= records.growth
        found[kind] = Share(files[kind], sizes[kind], round(would))
    return found


@dataclass(frozen=True, slots=True)
class Records:
    """What is known of a corpus's records: how many, which have an abstract, and the bytes of these and of all."""

    papers: int
    with_abstract: Collection[str]
    size: int
    size_with_abstract: int

    @property
    def growth(self) -> float:
        """How many times their bytes the records would have if each had an abstract of mean length."""
        if not self.with_abstract:
            return 1.0
        return self.size_with_abstract / len(self.with_abstract) * self.papers / self.size


def _files(folder: Path) -> Iterator[tuple[str, int]]:
    """Give the path and size of every file below a folder, without a list of them."""
    waiting = [str(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    yield os.path.relpath(entry.path, folder), entry.stat(follow_symlinks=False).st_size
