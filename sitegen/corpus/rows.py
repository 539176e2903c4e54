"""Papers as lines of JSON and back: what a cache keeps of a record, and what a paper's digest is made of.

A row is `["<digest>","title 1 added 3",{"id":…}]`: the digest of the mapping after it, the lines of the record's keys,
and the fields that are not as they are when nothing is said of them.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sitegen.model import Author, Change, Links, Origin, Paper, Publication, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_TOLD = [one for one in fields(Paper) if one.name != "origin"]
_NAMES = tuple(one.name for one in _TOLD)
_USUAL = tuple(one.default for one in _TOLD)
_values = attrgetter(*_NAMES)
_parts: dict[type, Callable[[Any], tuple[Any, ...]]] = {
    kind: attrgetter(*(one.name for one in fields(kind))) for kind in (Author, Change, Links, Publication, Source)
}
# So many rows are read at once: few calls, and little that stands in memory twice.
_AT_ONCE = 1000


def paper_digest(paper: Paper) -> str:
    """Give a digest of all that a paper holds but its origin: 32 hexadecimal digits of BLAKE2b."""
    return _digest(_json(paper))


def row_of(paper: Paper) -> tuple[str, bytes]:
    """Give a paper's digest and its row, ASCII on one line."""
    told = _json(paper)
    digest = _digest(told)
    lines = " ".join(f"{key} {line}" for key, line in paper.origin.lines)
    return digest, f'["{digest}","{lines}",{told}]'.encode("ascii")


def papers_of(rows: Sequence[tuple[str, bytes]]) -> Iterator[tuple[Paper, str]]:
    """Give the papers of rows with their digests; each row comes with the path that its record has now."""
    read = _Reader()
    for first in range(0, len(rows), _AT_ONCE):
        some = rows[first : first + _AT_ONCE]
        found = json.loads(b"[%s]" % b",".join([row for _, row in some]))
        for (path, _), (digest, lines, told) in zip(some, found, strict=True):
            yield read.paper(told, Origin(path, read.lines[lines])), digest


def _json(paper: Paper) -> str:
    told = zip(_NAMES, _values(paper), _USUAL, strict=True)
    return _encode({name: value for name, value, usual in told if value is not usual and value != usual})


def _plain(part: Any) -> Any:  # noqa: ANN401 (one of the small records that a paper has)
    """Give a small record as its values in order, an author of whom only the name is known as that name."""
    plain = _parts[part.__class__](part)
    return plain[0] if part.__class__ is Author and not any(plain[1:]) else plain


_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False, default=_plain).encode


def _digest(told: str) -> str:
    return hashlib.blake2b(told.encode("ascii"), digest_size=16).hexdigest()


class _Reader:
    """What makes values of rows; equal values that many papers have are one value in memory."""

    def __init__(self) -> None:
        self.lines = _Shared(_lines)
        text = _Shared(str).__getitem__
        texts = _Shared(tuple).__getitem__
        author = _Shared(Author)
        self._makers: dict[str, Callable[[Any], Any]] = {
            **dict.fromkeys(("type", "kind", "status", "date", "venue"), text),
            **dict.fromkeys(
                ("organizations", "topics", "aliases", "same_as", "not_same_as"), lambda value: texts(tuple(value))
            ),
            "authors": lambda value: tuple([author[one] if one.__class__ is str else Author(*one) for one in value]),
            "links": lambda value: Links(*value),
            "publication": lambda value: Publication(*value),
            "changes": lambda value: tuple(Change(*one) for one in value),
            "sources": lambda value: tuple(Source(*one) for one in value),
        }

    def paper(self, told: dict[str, Any], origin: Origin) -> Paper:
        makers = self._makers
        for name, value in told.items():
            if name in makers:
                told[name] = makers[name](value)
        return Paper(origin=origin, **told)


class _Shared(dict[Any, Any]):
    """Values by what they are made of, each made once."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, of: Any) -> Any:  # noqa: ANN401 (whatever is made)
        made = self[of] = self._make(of)
        return made


def _lines(written: str) -> tuple[tuple[str, int], ...]:
    words = written.split()
    return tuple(zip(words[::2], map(int, words[1::2]), strict=True))
