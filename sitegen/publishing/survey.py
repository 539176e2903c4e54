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
from io import BytesIO
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Look = Callable[[str, "Recorded", range, frozenset[str], int], "Looked"]

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


class Looked(NamedTuple):
    """What has become of files, some that follow each other: the wrong ones, the times of all, strange paths."""

    wrong: array[int]
    times: array[int]
    strangers: list[str]


class Survey(NamedTuple):
    """What is there: numbers of the files that are not as recorded, the times of all, paths of all that is strange."""

    wrong: array[int]
    times: array[int]
    stamps: array[int]
    strangers: list[str]


def looked(prefix: str, recorded: Recorded, numbers: range, lost: frozenset[str], mode: int) -> Looked:
    """Look at the files of these numbers, but within `lost` folders, which have none; `mode` 0 is for any."""
    lstat, kind = os.lstat, _FILE & _TYPE
    found = Looked(array("I"), recorded.times[numbers.start : numbers.stop], [])
    own = (column[numbers.start : numbers.stop] for column in (recorded.paths, recorded.sizes, recorded.times))
    for number, path, size, time in zip(numbers, *own, strict=True):
        if lost and path.rpartition("/")[0] in lost:
            found.wrong.append(number)
            continue
        try:
            status = lstat(prefix + path)
        except OSError:
            found.wrong.append(number)
            continue
        plain = status.st_mode == mode if mode else status.st_mode & _TYPE == kind
        if plain and status.st_size == size and time in (status.st_mtime_ns, ANY_TIME):
            found.times[number - numbers.start] = status.st_mtime_ns
        else:
            found.wrong.append(number)
            found.strangers.append(path)
    return found


def survey(root: str, recorded: Recorded, *, since: int, modes: bool, look: Look = looked) -> Survey:
    """Hold a folder against what is recorded of it, without following a link below it; raises OSError.

    As recorded is a plain file, of the right size and time (or ANY_TIME) and, where `modes` is set, 0644 in folders of
    0755; it may have other names, for a site and its spare share files. All else is strange: links, devices, other
    files, folders that hold nothing recorded (whole). The names in a folder are read only where its own time has
    changed. `since` is the file system's time before the survey (ns): a folder that changed just before it may change
    again and keep its time. `look` looks at the files.
    """
    found = Survey(array("I"), array("q"), recorded.stamps[:], [])
    changed, lost = _survey_folders(f"{root}/", recorded, found, since, _FOLDER if modes else 0)
    files = look(f"{root}/", recorded, range(len(recorded.paths)), lost, _FILE if modes else 0)
    found.wrong.extend(files.wrong)
    found.times.extend(files.times)
    found.strangers.extend(files.strangers)
    complete = not found.wrong and not lost
    for folder in ("", *changed):
        found.strangers.extend(_strange_names(root, folder, recorded, complete=complete))
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


def _status(path: str) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except OSError:
        return None


def _strange_names(root: str, folder: str, recorded: Recorded, *, complete: bool) -> Iterator[str]:
    """Give the paths of all in a folder that is not recorded; `complete` says that all that is recorded is there."""
    prefix = f"{folder}/" if folder else ""
    names = os.listdir(f"{root}/{folder}")  # noqa: PTH208  names are wanted, and half a million Paths are slow
    below = [_below(paths, prefix) for paths in (recorded.paths, recorded.folders)]
    # Where nothing is missing, as many names as recorded are those recorded.
    if not complete or len(names) != sum(_count_within(paths, prefix) for paths in below):
        known = {path[len(prefix) :] for paths in below for path in paths if "/" not in path[len(prefix) :]}
        yield from (f"{prefix}{name}" for name in names if name not in known)


def _below(paths: list[str], prefix: str) -> list[str]:
    """Give those of sorted paths that begin with a folder's; "0" is what follows "/"."""
    if not prefix:
        return paths
    return paths[bisect_left(paths, prefix) : bisect_left(paths, f"{prefix[:-1]}0")]


def _count_within(paths: list[str], prefix: str) -> int:
    """Count the paths that lie in a folder itself, not deeper."""
    return list(map(str.count, paths, repeat("/"))).count(prefix.count("/"))


# Columns in a file or a pipe: a line with a head and their lengths, the columns, a digest of all that.


def packed(head: str, columns: Sequence[bytes | memoryview]) -> Iterator[bytes | memoryview]:
    """Give the pieces of a file that holds these columns; `head` are words of ASCII."""
    digest = blake2b(digest_size=SEAL_SIZE)
    line = " ".join([head, *(str(memoryview(column).nbytes) for column in columns)])
    for piece in (f"{line}\n".encode("ascii"), *columns):
        digest.update(piece)
        yield piece
    yield digest.digest()


class Columns:
    """Columns being read, one after another, for all together take much memory; ValueError where they are not whole.

    `head` are the first words of the file, `lengths` those of the columns in bytes. No column may be trusted before
    `check`.
    """

    def __init__(self, file: BinaryIO, words: int) -> None:
        line = file.readline()
        fields = line.decode("ascii").split()
        self.head, self.lengths = fields[:words], list(map(int, fields[words:]))
        size = file.seek(0, os.SEEK_END)
        if min(self.lengths, default=-1) < 0 or size != len(line) + sum(self.lengths) + SEAL_SIZE:
            raise ValueError("cut off")
        file.seek(len(line))
        self._file, self._left = file, iter(self.lengths)
        self._digest = blake2b(line, digest_size=SEAL_SIZE)

    def read(self) -> bytes:
        """Give the next column."""
        column = self._file.read(next(self._left, 0))
        self._digest.update(column)
        return column

    def check(self) -> None:
        """Raise ValueError where what was read, or the rest, is not as it was written."""
        for length in self._left:
            self._digest.update(self._file.read(length))
        if self._file.read() != self._digest.digest():
            raise ValueError("garbled")

    def seal(self) -> bytes:
        """Give the digest that stands at the end."""
        self._file.seek(-SEAL_SIZE, os.SEEK_END)
        return self._file.read()


def lines(column: bytes) -> list[str]:
    """Give the strings of a column."""
    words = column.decode().split("\n")
    words.pop()
    return words


def integers(kind: str, column: bytes) -> array[int]:
    """Give the integers of a column."""
    numbers: array[int] = array(kind)
    numbers.frombytes(column)
    return numbers


# The second process, and a third.


def looked_by_two(prefix: str, recorded: Recorded, numbers: range, lost: frozenset[str], mode: int) -> Looked:
    """Give what `looked` gives, half of it found by a fork of this process, which must have one thread alone."""
    middle = numbers.start + len(numbers) // 2
    here, there = range(numbers.start, middle), range(middle, numbers.stop)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        with open(writing, "wb") as pipe:  # noqa: PTH123  a descriptor
            found = looked(prefix, recorded, there, lost, mode)
            strangers = b"\0".join(map(os.fsencode, found.strangers))
            pipe.writelines(packed("half", [memoryview(found.wrong), memoryview(found.times), strangers]))
        os._exit(0)
    os.close(writing)
    found = looked(prefix, recorded, here, lost, mode)
    with open(reading, "rb") as pipe:  # noqa: PTH123  a descriptor
        body = pipe.read()
    os.waitpid(child, 0)
    try:
        other = _read_half(body)
    except ValueError:
        other = looked(prefix, recorded, there, lost, mode)
    return Looked(found.wrong + other.wrong, found.times + other.times, found.strangers + other.strangers)


def _read_half(body: bytes) -> Looked:
    columns = Columns(BytesIO(body), 1)
    found = Looked(integers("I", columns.read()), integers("q", columns.read()), _names(columns.read()))
    columns.check()
    return found


def _names(column: bytes) -> list[str]:
    return list(map(os.fsdecode, column.split(b"\0"))) if column else []


def answered(root: str, manifest: str, look: Look = looked) -> Iterator[bytes | memoryview]:
    """Give the pieces of an answer to what has become of a folder; raises OSError, or ValueError for no manifest."""
    with Path(manifest).open("rb") as file:
        since = os.fstat(file.fileno()).st_mtime_ns
        columns = Columns(file, 3)
        recorded = recorded_in(columns)
        columns.check()
    found = survey(root, recorded, since=since, modes=columns.head[2] == "modes", look=look)
    strangers = b"\0".join(map(os.fsencode, found.strangers))
    numbers = (memoryview(column) for column in (found.wrong, found.times, found.stamps))
    return packed("survey", [*numbers, strangers])


def recorded_in(columns: Columns, paths_of: Callable[[bytes], list[str]] = lines) -> Recorded:
    """Give what the first columns of a manifest record of a folder, with `paths_of` the first."""
    paths = paths_of(columns.read())
    sizes, times = integers("q", columns.read()), integers("q", columns.read())
    return Recorded(paths, sizes, times, lines(columns.read()), integers("q", columns.read()))


def read_answer(body: bytes) -> Survey:
    """Give the survey that an answer tells of; ValueError where it is none."""
    columns = Columns(BytesIO(body), 1)
    wrong, times, stamps = integers("I", columns.read()), integers("q", columns.read()), integers("q", columns.read())
    strangers = _names(columns.read())
    columns.check()
    return Survey(wrong, times, stamps, strangers)


def _write(pieces: Iterable[bytes | memoryview]) -> None:
    for piece in pieces:
        sys.stdout.buffer.write(piece)


if __name__ == "__main__":
    # Short paths are found faster.
    os.chdir(sys.argv[1])
    _write(answered(".", sys.argv[2], looked_by_two if hasattr(os, "fork") else looked))
