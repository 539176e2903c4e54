"""The recipe for mending: what has one right answer is written into the records' files, all of them or none."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.mends import Mend, against, alone, mended, mended_file
from sitegen.output import Output, plain_errors, write_files
from sitegen.review import compared

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sitegen.sides import Side


@dataclass(frozen=True, slots=True)
class MendedFile:
    """A record's file as it is and as it must be; `path` as the user would name it."""

    path: str
    before: str
    after: str


def mend(head: Side, base: Side | None, now: str) -> tuple[MendedFile, ...]:
    """Give the files that change when all is mended that can be, in the order of their paths; nothing is written.

    Raises SitegenError where a file cannot be edited so that it says what it must.
    """
    mends = alone(head.corpus)
    if base:
        # First what a record has by itself, so that nobody is told of a title that lost a space.
        better = replace(head, corpus=mended(head.corpus, mends))
        mends = _together(mends, against(compared(base, better), now))
    return tuple(_mended_file(one) for one in sorted(mends, key=lambda mend: mend.paper.origin.path))


def write_mended(files: Iterable[MendedFile], folder: Path) -> None:
    """Write the files of a corpus, all of them or none."""
    write_files(folder, [Output(_inside(file.path, folder), file.after.encode("utf-8")) for file in files])


def _together(first: Iterable[Mend], second: Iterable[Mend]) -> tuple[Mend, ...]:
    """Join the mends of each file; those of `first` are of the record as it is."""
    joined = {one.paper.origin.path: one for one in first}
    for one in second:
        path = one.paper.origin.path
        known = joined.get(path)
        joined[path] = Mend(known.paper, {**known.fields, **one.fields}) if known else one
    return tuple(joined.values())


def _mended_file(one: Mend) -> MendedFile:
    path = one.paper.origin.path
    with plain_errors(path):
        before = Path(path).read_bytes().decode("utf-8")
    return MendedFile(path, before, mended_file(before, one))


def _inside(path: str, folder: Path) -> str:
    return Path(os.path.relpath(path, folder)).as_posix()
