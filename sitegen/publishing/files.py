"""Files on their way into a site, and what writes them where it is made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from sitegen.output import Output, create_file, make_folder, plain_errors, remove_anything
from sitegen.publishing.tree import CONTENT_SIZE

_SOURCE = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class File(Output):
    """A built file of a site; `source` is a digest of all that it was rendered from (ASCII without spaces)."""

    source: str

    def __post_init__(self) -> None:
        Output.__post_init__(self)
        if not _SOURCE.fullmatch(self.source):
            raise ValueError(f"not a digest: {self.source!r}")


def content_digest(body: bytes) -> bytes:
    """Give the digest that bytes are known by."""
    return blake2b(body, digest_size=CONTENT_SIZE).digest()


@dataclass(frozen=True, slots=True)
class Written:
    """A file that stands in the stage already: digests of what it was rendered from and of its bytes, and its size."""

    path: str
    source: str
    content: bytes
    size: int


@dataclass(frozen=True, slots=True)
class Aside(Written):
    """A file that was made before anybody knew whether it is wanted: it stands at `place`, outside the stage."""

    place: str


@dataclass(slots=True)
class AsideWriter:
    """Writes files into a folder that nobody else writes into, by number."""

    folder: str
    _made: int = 0

    def write(self, file: File) -> Aside:
        """Write a file, whatever another writer left there that came to harm; raises SitegenError."""
        self._made += 1
        place = f"{self.folder}/{self._made}"
        with plain_errors(place):
            remove_anything(Path(place))
            create_file(place, file.body)
        return Aside(file.path, file.source, content_digest(file.body), len(file.body), place)


@dataclass(frozen=True, slots=True)
class StageWriter:
    """Writes files into a stage from any process; no two may be given the same path."""

    root: str

    def write(self, file: File) -> Written:
        """Write a file, whatever stood at its place; raises SitegenError.

        Its folder is made where it is missing, which no two processes may have to do for one folder.
        """
        place = f"{self.root}/{file.path}"
        with plain_errors(Path(place)):
            try:
                create_file(place, file.body)
            except FileExistsError:
                remove_anything(Path(place))
                create_file(place, file.body)
            except FileNotFoundError:
                make_folder(Path(place).parent)
                create_file(place, file.body)
        return Written(file.path, file.source, content_digest(file.body), len(file.body))
