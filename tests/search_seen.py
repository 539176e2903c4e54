"""The search's files read back by the letter of their format, with nothing of sitegen: zlib, struct and json alone."""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sitegen.output import Output


class Bytes:
    """A payload read from its beginning."""

    def __init__(self, body: bytes) -> None:
        self.body, self.at = body, 0

    def number(self) -> int:
        value, shift = 0, 1
        while True:
            byte = self.body[self.at]
            self.at += 1
            value += byte % 128 * shift
            shift *= 128
            if byte < 128:
                return value

    def numbers(self, count: int) -> list[int]:
        return [self.number() for _ in range(count)]

    def take(self, count: int) -> bytes:
        self.at += count
        assert self.at <= len(self.body)
        return self.body[self.at - count : self.at]

    def columns(self, count: int) -> list[Bytes]:
        return [Bytes(self.take(length)) for length in self.numbers(count)]

    def rest(self) -> list[int]:
        found = []
        while self.at < len(self.body):
            found.append(self.number())
        return found


@dataclass(frozen=True)
class Chunk:
    separator: str
    all_terms: list[str]  # of papers and of pages
    terms: list[str]
    postings: list[list[dict[int, tuple[int, int]]]]  # by term, by field: ordinal -> frequency, length


@dataclass(frozen=True)
class Index:
    facts: dict[str, Any]
    chunks: list[Chunk]
    names: list[str]
    segments: list[tuple[str, int]]
    dictionary: list[str]
    records: list[list[Any]]

    @property
    def postings(self) -> dict[str, list[dict[int, tuple[int, int]]]]:
        return {term: lists for chunk in self.chunks for term, lists in zip(chunk.terms, chunk.postings, strict=True)}


def by_path(outputs: Iterable[Output]) -> dict[str, bytes]:
    return {output.path: output.body for output in outputs}


def below(folder: Path) -> dict[str, bytes]:
    """Give the files of a site's search by their paths."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in (folder / "search").rglob("*.*")}


def payload(body: bytes) -> bytes:
    checksum, length = struct.unpack("<II", body[:8])
    found = zlib.decompress(body[8:], wbits=-15)
    assert (zlib.crc32(found), len(found)) == (checksum, length)
    return found


def name_of(*bodies: bytes, digits: int = 12) -> str:
    return sha256(b"".join(bodies)).hexdigest()[:digits]


def read_index(files: Mapping[str, bytes], which: str) -> Index:
    """Read "papers" or "pages" out of the files that both are in."""
    current = json.loads(files["search/current.json"])
    assert current["format"] == 3
    seen = Bytes(payload(files[f"search/m-{current['manifest']}.bin"]))
    all_facts = json.loads(seen.take(seen.number()))
    names = [seen.take(4).hex() for _ in range(seen.number())]
    separators = front_coded(seen.numbers(len(names)), seen.numbers(len(names)), seen)
    segments = {kind: segments_of(seen) for kind in ("papers", "pages")}
    assert seen.at == len(seen.body)
    own = {kind: all_facts.pop(kind) for kind in segments}
    first = 0 if which == "papers" else len(own["papers"]["fields"])
    fields = slice(first, first + len(own[which]["fields"]))
    number = sum(len(facts["fields"]) for facts in own.values())
    chunks = [
        read_chunk(payload(files[f"search/t/{name}.bin"]), number, fields, separator)
        for name, separator in zip(names, separators, strict=True)
    ]
    facts = {**all_facts, **own[which]}
    words = Bytes(payload(files[f"search/dict-{facts['dictionary']}.bin"]))
    count = words.number()
    shared, further, suffixes = words.columns(3)
    dictionary = front_coded(shared.numbers(count), further.numbers(count), suffixes)
    return Index(facts, chunks, names, segments[which], dictionary, read_records(files, facts, segments[which]))


def front_coded(shared: list[int], further: list[int], suffixes: Bytes) -> list[str]:
    terms, last = [], b""
    for same, more in zip(shared, further, strict=True):
        last = last[:same] + suffixes.take(more)
        terms.append(last.decode())
    return terms


def read_chunk(body: bytes, fields: int, own: slice, separator: str) -> Chunk:
    """Read a chunk of so many fields, and give the terms that stand in its own ones."""
    seen = Bytes(body)
    count = seen.number()
    shared, further, suffixes, counts, *lists = seen.columns(4 + 3 * fields)
    assert seen.at == len(body)
    terms = front_coded(shared.numbers(count), further.numbers(count), suffixes)
    frequencies, lengths, gaps = lists[:fields], lists[fields : 2 * fields], lists[2 * fields :]
    postings = []
    for _ in terms:
        of_term = []
        for field, having in enumerate(counts.numbers(fields)):
            ordinal, found = -1, {}
            for _ in range(having):
                ordinal += gaps[field].number() + 1
                found[ordinal] = (frequencies[field].number() + 1, lengths[field].number())
            of_term.append(found)
        postings.append(of_term)
    for column in (shared, further, suffixes, counts, *lists):
        assert column.at == len(column.body), "a column holds more than its terms"
    held = {term: lists[own] for term, lists in zip(terms, postings, strict=True) if any(lists[own])}
    return Chunk(separator, terms, [*held], [*held.values()])


def segments_of(seen: Bytes) -> list[tuple[str, int]]:
    names = [seen.take(4).hex() for _ in range(seen.number())]
    return list(zip(names, seen.numbers(len(names)), strict=True))


def read_records(
    files: Mapping[str, bytes], facts: Mapping[str, Any], segments: list[tuple[str, int]]
) -> list[list[Any]]:
    records: list[list[Any]] = []
    assert sum(documents for _, documents in segments) == facts["documents"]
    for name, documents in segments:
        paths = [f"search/d/{name}/{group}.bin" for group in range(-(-documents // facts["group"]))]
        assert name_of(*(files[path] for path in paths), digits=8) == name
        for path in paths:
            records += json.loads(payload(files[path]))
    return records


def read_facets(files: Mapping[str, bytes], facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give kind, year and topics of each document."""
    seen = Bytes(payload(files[f"search/f-{facts['facets']}.bin"]))
    values = json.loads(seen.take(seen.number()))
    kinds, years, counts, topics = (column.rest() for column in seen.columns(4))
    assert seen.at == len(seen.body)
    assert len(kinds) == len(years) == len(counts) == facts["documents"]
    ends = [sum(counts[:at]) for at in range(len(counts) + 1)]
    assert ends[-1] == len(topics)
    return [
        {
            "kind": values["kinds"][kind - 1] if kind else "",
            "year": values["years"][year],
            "topics": [values["topics"][at] for at in topics[start:end]],
        }
        for kind, year, (start, end) in zip(kinds, years, pairwise(ends), strict=True)
    ]


def read_dates(files: Mapping[str, bytes], facts: Mapping[str, Any]) -> list[str]:
    dates: list[str] = json.loads(payload(files[f"search/o-{facts['dates']}.bin"]))
    return dates
