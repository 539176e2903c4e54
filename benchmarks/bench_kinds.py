"""What a site's files are for: how many of each kind and how large, and how large with an abstract for every paper."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sitegen.exports import FULL_LIMIT
from sitegen.file_kinds import KINDS, kind_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

# Only these kinds have files of one paper each.
OF_ONE_PAPER = ("page", "Markdown", "siblings")
# Bytes per paper at 48,952 papers, and of all together.
BUDGET = {"page": 10_000, "Markdown": 1_500, "siblings": 2_000, "feeds": 3_500, "search": 600, "exports": 1_200}
WHOLE_BUDGET = 920_000_000


@dataclass(frozen=True, slots=True)
class Share:
    """The files of one kind: how many, their bytes, and their bytes if every paper had an abstract of mean length."""

    files: int
    size: int
    size_if: int


def shares(site: Path, records: Records) -> dict[str, Share]:
    """Measure a site's files by kind.

    With an abstract for every paper, files of one paper would weigh what those of papers with an abstract do in the
    mean. All else that holds abstracts is taken to grow as the records would; this is an estimate. Exports of many
    papers hold none.
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
    growing = {"search", "feeds", "exports"} if records.papers <= FULL_LIMIT else {"search", "feeds"}
    for kind in KINDS:
        would = float(sizes[kind])
        if kind in of_abstracts and records.with_abstract:
            would = of_abstracts[kind] / len(records.with_abstract) * records.papers
        elif kind in growing:
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
