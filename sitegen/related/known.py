"""What was found before and from what: all that the next search for related papers needs, as a value and as a file.

The file is a cache. One that is missing, cut, garbled or made by other code is nothing known, and is never an error.
"""

from __future__ import annotations

import hashlib
import json
import sys
import unicodedata
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sitegen.output import plain_errors, remove_anything
from sitegen.related.lexicon import Lexicon
from sitegen.related.neighbours import Lists
from sitegen.related.space import Space
from sitegen.related.table import Table, words
from sitegen.related.vectors import Vectors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sitegen.model import Paper

_DIGEST = 16
_ENTRIES = "IIIIIBIIBd"  # the arrays of `_arrays`, as Python's array module names what they hold


@dataclass(frozen=True, slots=True)
class Known:
    """The lists of neighbours, `count` at most; the digests of texts by place; and what the search was made in."""

    count: int
    lists: Lists
    digests: Sequence[str] = ()
    space: Space = field(default_factory=Space)

    @property
    def by_id(self) -> dict[str, str]:
        """The digest of each paper's text by the paper's id."""
        return {id_: digest for id_, digest in zip(self.lists.ids, self.digests, strict=True) if id_}


def nothing_known(count: int) -> Known:
    """Give what is known of no papers, when each may have so many neighbours."""
    return Known(count, Lists(count, (), words(), ()))


def text_digest(paper: Paper) -> str:
    """Give a digest of all that is read of a paper: its title and its abstract."""
    text = f"{len(paper.title)} {paper.title}{paper.abstract}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=_DIGEST).hexdigest()


def read_known(path: Path, version: str) -> Known | None:
    """Give what a file tells, None where it does not hold what `write_known` wrote there with this version of the code.

    Raises:
        SitegenError: the file cannot be read.
    """
    with plain_errors(path):
        head, _, body = (path.read_bytes() if path.is_file() else b"").partition(b"\n")
    if head != _head(body, version):
        return None
    shape, _, packed = body.partition(b"\n")
    count, ids, digests, sizes = json.loads(shape)
    parts = _parts(memoryview(packed), sizes)
    told, text = str(next(parts), "utf-8"), bytes(next(parts))
    arrays = [array(code) for code in _ENTRIES]
    for found, part in zip(arrays, parts, strict=True):
        found.frombytes(part)
    near, starts, order, *rows, lengths = arrays
    vectors = Vectors(Table(*rows[:3]), Table(*rows[3:]), array("d", lengths))
    lists = Lists(count, ids, near, told.split("\n") if ids else ())
    return Known(count, lists, digests, Space(ids, Lexicon(text, starts, order), vectors))


def write_known(path: Path, known: Known, version: str) -> None:
    """Keep what is known in a file, for code of the same version; what is there now is replaced, even a folder.

    Raises:
        SitegenError: the file cannot be written.
    """
    lists, lexicon = known.lists, known.space.lexicon
    parts: list[bytes] = ["\n".join(lists.told).encode(), lexicon.text, *(found.tobytes() for found in _arrays(known))]
    sizes = [len(part) for part in parts]
    shape = json.dumps((known.count, list(lists.ids), list(known.digests), sizes), separators=(",", ":"))
    body = b"".join([shape.encode(), b"\n", *parts])
    with plain_errors(path):
        aside = path.with_name(path.name + ".new")
        remove_anything(aside)
        with aside.open("xb") as file:
            file.writelines([_head(body, version), b"\n", body])
        remove_anything(path)
        aside.replace(path)


def _arrays(known: Known) -> Iterator[array[int] | array[float]]:
    """Give all arrays of what is known, in the order of `_ENTRIES`."""
    yield from (known.lists.near, known.space.lexicon.starts, known.space.lexicon.order)
    for table in (known.space.vectors.papers, known.space.vectors.having):
        yield from (table.sizes, table.numbers, table.marks)
    yield known.space.vectors.lengths


def _parts(packed: memoryview, sizes: Sequence[int]) -> Iterator[memoryview]:
    """Give parts of these sizes, one behind the other."""
    start = 0
    for size in sizes:
        yield packed[start : start + size]
        start += size


def _head(body: bytes, version: str) -> bytes:
    """Give the first line: what the file was made by, how characters and numbers are there, and the rest's digest."""
    digest = hashlib.blake2b(body, digest_size=_DIGEST).hexdigest()
    numbers = f"{sys.byteorder}{array('I').itemsize}"
    return f"{version} {unicodedata.unidata_version} {numbers} {digest}".encode()
