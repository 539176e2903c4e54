"""A folder held against what is recorded of it, by a second process where there is much of it.

That process runs this file alone and imports nothing of sitegen, so that it is at work after some hundredths of a
second: therefore the layout of the recorded columns stands here too.
"""

from __future__ import annotations

import os
import sys
from array import array
from bisect import bisect_left
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ANY_TIME = -1
# Of a folder whose names have to be read, whatever its time says.
UNTRUSTED = 0
SEAL_SIZE = 16
_FILE = 0o100644
_FOLDER = 0o040755
_TYPE = 0o170000
# A clock tick of the kernel, several times; and what file systems that count in seconds may be late.
_TICK, _COARSE = 50_000_000, 2_500_000_000


class Recorded(NamedTuple):
    """What should be in a folder: files, sorted, with their sizes and times; folders, sorted, with their times."""

    paths: list[str]
    sizes: array[int]
    times: array[int]
    folders: list[str]
    stamps: array[int]


class Survey(NamedTuple):
    """What is there: numbers of the files that are not as recorded, the times of all, paths of all that is strange."""

    wrong: array[int]
    times: array[int]
    stamps: array[int]
    strangers: list[str]


def survey(root: str, recorded: Recorded, *, since: int, modes: bool) -> Survey:
    """Hold a folder against what is recorded of it, without following a link below it; raises OSError.

    As recorded is a plain file with one name, of the right size and time (or ANY_TIME) and, where `modes` is set,
    0644 in folders of 0755. All else is strange: links, devices, other files, folders that hold nothing recorded
    (whole). The names in a folder are read only where its own time has changed. `since` is the file system's time
    before the survey (ns): a folder that changed just before it may change again and keep its time.
    """
    found = Survey(array("I"), recorded.times[:], recorded.stamps[:], [])
    changed, lost = _survey_folders(f"{root}/", recorded, found, since, _FOLDER if modes else 0)
    _survey_files(f"{root}/", recorded, found, lost, _FILE if modes else 0)
    for folder in ("", *changed):
        found.strangers.extend(_strange_names(root, folder, recorded.paths))
    found.strangers.sort()
    return found


def _survey_folders(
    prefix: str, recorded: Recorded, found: Survey, since: int, mode: int
) -> tuple[list[str], frozenset[str]]:
    """Give the folders in which names have changed, and those that are not there or are none."""
    changed, lost = [], set()
    for number, folder in enumerate(recorded.folders):
        inside = folder.rpartition("/")[0] in lost
        status = None if inside else _status(prefix + folder)
        if status is None or (status.st_mode != mode if mode else status.st_mode & _TYPE != _FOLDER & _TYPE):
            lost.add(folder)
            if status:
                found.strangers.append(folder)
            continue
        time = status.st_mtime_ns
        if time != recorded.stamps[number]:
            changed.append(folder)
        late = _TICK if time % 1_000_000_000 else _COARSE
        found.stamps[number] = time if time < since - late else UNTRUSTED
    return changed, frozenset(lost)


def _survey_files(prefix: str, recorded: Recorded, found: Survey, lost: frozenset[str], mode: int) -> None:
    """Find the files that are not as recorded, and the times of those that are; `mode` 0 is for any."""
    lstat, kind, number = os.lstat, _FILE & _TYPE, -1
    for path, size, time in zip(recorded.paths, recorded.sizes, recorded.times, strict=True):
        number += 1
        if lost and path.rpartition("/")[0] in lost:
            found.wrong.append(number)
            continue
        try:
            status = lstat(prefix + path)
        except OSError:
            found.wrong.append(number)
            continue
        plain = (status.st_mode == mode if mode else status.st_mode & _TYPE == kind) and status.st_nlink == 1
        if plain and status.st_size == size and time in (status.st_mtime_ns, ANY_TIME):
            found.times[number] = status.st_mtime_ns
        else:
            found.wrong.append(number)
            found.strangers.append(path)


def _status(path: str) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except OSError:
        return None


def _strange_names(root: str, folder: str, paths: Sequence[str]) -> Iterator[str]:
    """Give the paths of all in a folder that is not recorded."""
    names = set(os.listdir(f"{root}/{folder}"))  # noqa: PTH208  names are wanted, and half a million Paths are slow
    names.difference_update(_names_in(folder, paths))
    return (f"{folder}/{name}" if folder else name for name in names)


def _names_in(folder: str, paths: Sequence[str]) -> Iterator[str]:
    """Give the names of files and folders that lie in a folder, of sorted paths."""
    prefix = f"{folder}/" if folder else ""
    number = bisect_left(paths, prefix)
    while number < len(paths) and paths[number].startswith(prefix):
        name, inner, _ = paths[number][len(prefix) :].partition("/")
        yield name
        # "0" is what follows "/".
        number = bisect_left(paths, f"{prefix}{name}0", number) if inner else number + 1


# Columns in a file or a pipe: a line with a head and their lengths, the columns, a digest of all that.


def packed(head: str, columns: Sequence[bytes]) -> Iterator[bytes]:
    """Give the pieces of a file that holds these columns; `head` are words of ASCII."""
    digest = blake2b(digest_size=SEAL_SIZE)
    line = " ".join([head, *(str(len(column)) for column in columns)])
    for piece in (f"{line}\n".encode("ascii"), *columns):
        digest.update(piece)
        yield piece
    yield digest.digest()


def unpacked(body: bytes, words: int) -> tuple[list[str], list[memoryview]]:
    """Give the head, which has this many words, and the columns; ValueError where anything was cut off or garbled."""
    sound, seal = memoryview(body)[:-SEAL_SIZE], body[-SEAL_SIZE:]
    if blake2b(sound, digest_size=SEAL_SIZE).digest() != seal:
        raise ValueError("not whole")
    first = body.index(b"\n") + 1
    fields = body[: first - 1].decode("ascii").split(" ")
    columns = []
    for length in map(int, fields[words:]):
        columns.append(sound[first : first + length])
        first += length
    return fields[:words], columns


def as_lines(words: Sequence[str]) -> bytes:
    """Give a column of strings, which hold no line feeds."""
    return ("\n".join(words) + "\n").encode() if words else b""


def lines(column: memoryview | bytes) -> list[str]:
    """Give the strings of a column."""
    words = bytes(column).decode("utf-8").split("\n")
    words.pop()
    return words


def integers(kind: str, column: memoryview) -> array[int]:
    """Give the integers of a column."""
    numbers: array[int] = array(kind)
    numbers.frombytes(column)
    return numbers


# The second process.


def answered(root: str, manifest: str) -> Iterator[bytes]:
    """Give the pieces of an answer to what has become of a folder; raises OSError, or ValueError for no manifest."""
    file = Path(manifest)
    head, columns = unpacked(file.read_bytes(), 3)
    recorded = recorded_in(columns)
    found = survey(root, recorded, since=file.stat().st_mtime_ns, modes=head[2] == "modes")
    strangers = b"\0".join(map(os.fsencode, found.strangers))
    return packed("survey", [found.wrong.tobytes(), found.times.tobytes(), found.stamps.tobytes(), strangers])


def recorded_in(columns: Sequence[memoryview]) -> Recorded:
    """Give what a manifest, of which these are the columns, records of a folder."""
    paths, sizes, times, folders, stamps = columns[:5]
    return Recorded(lines(paths), integers("q", sizes), integers("q", times), lines(folders), integers("q", stamps))


def read_answer(body: bytes) -> Survey:
    """Give the survey that an answer tells of; ValueError where it is none."""
    _, (wrong, times, stamps, strangers) = unpacked(body, 1)
    names = bytes(strangers).split(b"\0") if strangers else []
    return Survey(integers("I", wrong), integers("q", times), integers("q", stamps), list(map(os.fsdecode, names)))


def _write(pieces: Iterable[bytes]) -> None:
    for piece in pieces:
        sys.stdout.buffer.write(piece)


if __name__ == "__main__":
    _write(answered(sys.argv[1], sys.argv[2]))
