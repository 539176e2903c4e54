"""Exports of many papers, joined from the pieces of each: a piece that stands in the published file is taken from it.

The files of the whole corpus hold every piece, and those of the topics are made of the same.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from sitegen.corpus import paper_digest
from sitegen.kept import read_kept, write_kept
from sitegen.output import Output, plain_errors
from sitegen.render.exports import export_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from sitegen.formats.cited import Cited
    from sitegen.pages import ExportPage
    from sitegen.render.exports import Export

# What stands between two papers and behind the last; what stands before the first is all that is left.
_SEAMS = {
    "json": (b",\n", b"\n]\n"),
    "csv": (b"", b""),
    "bibtex": (b"\n", b""),
    "ris": (b"\r\n", b""),
    "csl-json": (b",\n", b"\n]\n"),
}
_ARRAYS = frozenset(("json", "csl-json"))


@dataclass(frozen=True, slots=True)
class JoinedExports:
    """The exports of a site in the folder `site`; the folder `kept` has an index of their pieces, which may be lost.

    `version` is that of the renderer; `papers` are digests by id, of all that a paper's record holds.
    """

    site: Path
    kept: Path
    version: str
    papers: Mapping[str, str]

    def files(self, pages: Sequence[ExportPage], whole: ExportPage) -> Iterator[tuple[ExportPage, Output]]:
        """Give the files of some pages of papers, with the page of each: the bytes that `render_exports` gives.

        `whole` is the page of all papers that these have; all its formats are theirs. One format is held at a time.
        Raises SitegenError where files of the site or the index cannot be read or written.
        """
        keys = {one.paper.id: self._key(one, brief=bool(whole.brief)) for one in whole.papers}
        for name in whole.formats if pages else ():
            export = export_named(name)
            known = self._known(export, whole.path)
            pieces = {
                one.paper.id: known.get(keys[one.paper.id]) or _piece(export, one, brief=bool(whole.brief))
                for one in whole.papers
            }
            for page in pages:
                body = _joined(export, [pieces[one.paper.id] for one in page.papers])
                yield page, Output(page.path + export.extension, body)
                if page is whole:
                    rows = [f"{keys[id_]} {len(piece)}".encode() for id_, piece in pieces.items()]
                    write_kept(self._index(export), self.version, [_digest(body).encode(), *rows])

    def _key(self, one: Cited, *, brief: bool) -> str:
        paper = self.papers.get(one.paper.id) or paper_digest(one.paper)
        return _digest(repr((paper, one.citekey, one.url, one.topics, brief)).encode())

    def _index(self, export: Export) -> Path:
        return self.kept / f"exports{export.extension}"

    def _known(self, export: Export, stem: str) -> dict[str, bytes]:
        """Give the pieces of the published file by their keys; none where it is not the one that the index is of."""
        digest, *rows = read_kept(self._index(export), self.version) or [b""]
        path = self.site / (stem + export.extension)
        with plain_errors(path):
            body = path.read_bytes() if rows and path.is_file() else b""
        if not rows or _digest(body).encode() != digest:
            return {}
        keys, lengths = zip(*(row.decode().split(" ") for row in rows), strict=True)
        between = len(_SEAMS[export.name][0])
        ends = accumulate((int(length) + between for length in lengths), initial=len(_head(export)))
        return {key: body[at : at + int(length)] for key, length, at in zip(keys, lengths, ends, strict=False)}


def _head(export: Export) -> bytes:
    """Give what stands before the first paper."""
    return b"[\n" if export.name in _ARRAYS else export.dump(())


def _piece(export: Export, one: Cited, *, brief: bool) -> bytes:
    """Give what a file has of one paper."""
    shown = replace(one, paper=replace(one.paper, abstract="")) if brief else one
    return export.dump((shown,)).removeprefix(_head(export)).removesuffix(_SEAMS[export.name][1])


def _joined(export: Export, pieces: Sequence[bytes]) -> bytes:
    between, tail = _SEAMS[export.name]
    return b"".join([_head(export), between.join(pieces), tail]) if pieces else export.dump(())


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
