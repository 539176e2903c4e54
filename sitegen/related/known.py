"""What was found before and from what: all that the next search for related papers needs, as a value and as a file.

The file is a cache. One that is missing, cut, garbled or made by other code is nothing known, and is never an error.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sitegen.output import plain_errors, remove_anything
from sitegen.related.terms import Terms

if TYPE_CHECKING:
    from pathlib import Path

    from sitegen.model import Paper

_DIGEST = 16


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A paper near another: its id, how close from 0 to 1, and one to three shared terms, the weightiest first."""

    id: str
    closeness: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """For each paper's id, in order: the digest of its text, its terms, and its neighbours, `count` at most."""

    count: int
    digests: dict[str, str] = field(default_factory=dict)
    terms: dict[str, Terms] = field(default_factory=dict)
    lists: dict[str, tuple[Neighbour, ...]] = field(default_factory=dict)


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
    count, rows = json.loads(body)
    known = Known(count)
    for id_, digest, counts, title, near in rows:
        known.digests[id_] = digest
        known.terms[id_] = Terms(counts, frozenset(title))
        known.lists[id_] = tuple(Neighbour(other, closeness, tuple(because)) for other, closeness, because in near)
    return known


def write_known(path: Path, known: Known, version: str) -> None:
    """Keep what is known in a file, for code of the same version; what is there now is replaced, even a folder.

    Raises:
        SitegenError: the file cannot be written.
    """
    rows = [
        (
            id_,
            known.digests[id_],
            known.terms[id_].counts,
            sorted(known.terms[id_].title),
            [(near.id, near.closeness, near.because) for near in known.lists[id_]],
        )
        for id_ in known.digests
    ]
    body = json.dumps((known.count, rows), separators=(",", ":")).encode()
    with plain_errors(path):
        remove_anything(path)
        path.write_bytes(_head(body, version) + b"\n" + body)


def _head(body: bytes, version: str) -> bytes:
    """Give the first line: what the file was made by, Python's tables of characters too, and a digest of the rest."""
    digest = hashlib.blake2b(body, digest_size=_DIGEST).hexdigest()
    return f"{version} {unicodedata.unidata_version} {digest}".encode()
