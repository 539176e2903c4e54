"""What was indexed before and what came of it: all that the next build of the search needs, as a value and as a file.

The file is a cache. One that is missing, cut, garbled or made by other code is nothing known, and is never an error.
"""

from __future__ import annotations

import hashlib
import json
import sys
import unicodedata
import zlib
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sitegen.output import plain_errors, remove_anything
from sitegen.search.postings import NUMBER, FieldPostings, Postings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DIGEST, _CONTENT = 16, 32  # bytes of digests: of what is read or made from, and of what is made


@dataclass(frozen=True, slots=True)
class Known:
    """The digests of each collection's documents, the postings of all, and for each source its content's digest."""

    documents: tuple[tuple[bytes, ...], ...] = ()
    postings: Postings = field(default_factory=lambda: Postings((), ()))
    contents: Mapping[bytes, bytes] = field(default_factory=dict)


def read_known(path: Path, version: str) -> Known | None:
    """Give what a file tells, None where it does not hold what `write_known` wrote there with this version of the code.

    Raises:
        SitegenError: the file cannot be read.
    """
    with plain_errors(path):
        head, _, body = (path.read_bytes() if path.is_file() else b"").partition(b"\n")
    if head != _head(body, version):
        return None
    facts, _, tables = body.partition(b"\n")
    terms, collections, sizes = json.loads(facts)
    rest = memoryview(tables)
    documents = []
    for number in collections:
        documents.append(tuple(_pieces(rest[: number * DIGEST], DIGEST)))
        rest = rest[number * DIGEST :]
    fields = []
    for lengths in sizes:
        columns = []
        for length in lengths:
            columns.append(array(NUMBER, rest[:length].tobytes()))
            rest = rest[length:]
        fields.append(FieldPostings(*columns))
    pairs = _pieces(rest, DIGEST + _CONTENT)
    contents = {pair[:DIGEST]: pair[DIGEST:] for pair in pairs}
    return Known(tuple(documents), Postings(tuple(terms), tuple(fields)), contents)


def write_known(path: Path, known: Known, version: str) -> None:
    """Keep what is known in a file, for code of the same version; what is there now is replaced, even a folder.

    The facts as a line of JSON, then tables: digests of documents, the arrays of all fields, sources with contents.

    Raises:
        SitegenError: the file cannot be written.
    """
    columns = [(each.having, each.ordinals, each.frequencies, each.lengths) for each in known.postings.fields]
    sizes = [[len(column) * column.itemsize for column in of_field] for of_field in columns]
    facts = json.dumps((known.postings.terms, [*map(len, known.documents)], sizes), separators=(",", ":"))
    tables = [facts.encode(), b"\n"]
    tables += (digest for digests in known.documents for digest in digests)
    tables += (column.tobytes() for of_field in columns for column in of_field)
    tables += (source + content for source, content in known.contents.items())
    body = b"".join(tables)
    temporary = path.with_name(path.name + ".tmp")
    with plain_errors(path):
        remove_anything(temporary)
        temporary.write_bytes(_head(body, version) + b"\n" + body)
        if path.is_dir() and not path.is_symlink():
            remove_anything(path)
        temporary.replace(path)


def _pieces(table: memoryview, size: int) -> list[bytes]:
    return [table[at : at + size].tobytes() for at in range(0, len(table), size)]


def _head(body: bytes, version: str) -> bytes:
    """Give the first line: what the file was made by, tables and libraries that bytes depend on too, and a digest."""
    made_by = (version, unicodedata.unidata_version, zlib.ZLIB_RUNTIME_VERSION, sys.byteorder)
    return " ".join((*made_by, hashlib.blake2b(body, digest_size=16).hexdigest())).encode()
