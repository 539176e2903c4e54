"""What the job that imports hands to the job that may write: records as files, and what is to be said of them.

The first has read a stranger's text, so the second trusts nothing of it: it takes regular files with names of records,
so many and so large, and one small file of JSON; and it parses no record.
"""

from __future__ import annotations

import json
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitegen.corpus import RECORD_CAP
from sitegen.github.pull_files import FILES_CAP, RECORD_NAME, TOTAL_CAP
from sitegen.output import Output, write_files
from sitegen.problems import SitegenError
from sitegen.report.harmless import logged
from sitegen.text import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

_OUTCOME = "outcome.json"
_OUTCOME_CAP = 1024 * 1024
# No text of an issue makes more of it: folders by year, and so on.
_PLACES_CAP = 4 * FILES_CAP


@dataclass(frozen=True, slots=True)
class Handover:
    """Records by their paths in the repository, and what the import says: its report, and whether lines were rejected.

    `known` tells that papers were met that the corpus has already; `fault` is why there is nothing at all, else "".
    """

    files: tuple[Output, ...] = ()
    told: str = ""
    rejected: bool = False
    known: bool = False
    fault: str = ""


def write_handover(folder: Path, found: Handover) -> None:
    """Write what is handed over into a folder that is new or empty."""
    outcome = {"told": found.told, "rejected": found.rejected, "known": found.known, "fault": found.fault}
    write_files(folder, [*found.files, Output(_OUTCOME, json.dumps(outcome).encode("ascii"))])


def read_handover(folder: Path) -> Handover:
    """Take what another job wrote.

    Raises:
        SitegenError: it holds anything but what `write_handover` writes, or more of it than there may be.
    """
    files: list[Output] = []
    outcome: bytes | None = None
    left = TOTAL_CAP
    for path in _paths(folder):
        if path == _OUTCOME:
            outcome = _content(folder, path, _OUTCOME_CAP)
            continue
        if not re.fullmatch(RECORD_NAME, path, re.ASCII):
            raise _refused(path, "is no place for a record")
        files.append(Output(path, _text(folder, path)))
        left -= len(files[-1].body)
        if len(files) > FILES_CAP or left < 0:
            raise SitegenError(f"more than {FILES_CAP} records, or 8 MiB of them, were handed over")
    return _handover(tuple(files), outcome)


def _handover(files: tuple[Output, ...], outcome: bytes | None) -> Handover:
    try:
        found: Any = json.loads(outcome or b"")
        told, fault = str(found["told"]), str(found["fault"])
        return Handover(files, told, found["rejected"] is True, found["known"] is True, fault)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise SitegenError(f"{_OUTCOME} was not handed over, or does not say what the import did") from error


def _paths(folder: Path) -> Iterator[str]:
    """Give the paths of all that is in a folder and is no folder, sorted, relative to it; links are not followed."""
    places = 0
    for place, folders, names in os.walk(folder):
        folders.sort()
        places += 1 + len(folders) + len(names)
        if places > _PLACES_CAP:
            raise SitegenError("more files and folders were handed over than an issue can make")
        linked = [name for name in folders if (Path(place) / name).is_symlink()]
        yield from ((Path(place) / name).relative_to(folder).as_posix() for name in sorted([*names, *linked]))


def _text(folder: Path, path: str) -> bytes:
    content = _content(folder, path, RECORD_CAP)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refused(path, "is no text") from error
    return content


def _content(folder: Path, path: str, cap: int) -> bytes:
    try:
        descriptor = os.open(folder / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise _refused(path, "is no file") from error
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise _refused(path, "is no file")
        content = file.read(cap + 1)
    if len(content) > cap:
        raise _refused(path, f"is larger than {cap // 1024:,} KiB")
    return content


def _refused(path: str, why: str) -> SitegenError:
    return SitegenError(f"{logged(shorten(path, 300))} was handed over and {why}")
