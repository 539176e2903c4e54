"""The files of the search as parts: known by what they are made of, their bytes made only where somebody wants them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sitegen.output import Output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    # The bytes of one file, or of several in their order.
    Bodies = tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Files made together: `source` is a digest of their paths and of all that they are made of."""

    source: str
    paths: tuple[str, ...]
    bodies: Callable[[], Bodies]

    def outputs(self) -> Iterator[Output]:
        """Make the files."""
        return (Output(path, body) for path, body in zip(self.paths, self.bodies(), strict=True))


@dataclass(frozen=True, slots=True)
class Content:
    """What files hold: a digest of what they are made of, the SHA-256 of their bytes, and how these are made."""

    source: bytes
    digest: bytes
    bodies: Callable[[], Bodies]

    def part(self, *paths: str) -> Part:
        """Give the files at their paths."""
        state = hashlib.blake2b(self.source, digest_size=16)
        state.update("\n".join(paths).encode())
        return Part(state.hexdigest(), paths, self.bodies)


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents asked for, by their sources; of those `known` from before nothing is made to learn their digest."""

    known: Mapping[bytes, bytes]
    digests: dict[bytes, bytes] = field(default_factory=dict)

    def of(self, source: bytes, bodies: Callable[[], Bodies]) -> Content:
        """Give what is made of a source."""
        digest = self.known.get(source)
        if digest is None:
            made = bodies()
            digest = hashlib.sha256(b"".join(made)).digest()
            self.digests[source] = digest
            return Content(source, digest, lambda: made)
        self.digests[source] = digest
        return Content(source, digest, bodies)


def content_of(body: bytes) -> Content:
    """Give the content of a file that is there already, and its own source."""
    digest = hashlib.sha256(body).digest()
    return Content(digest, digest, lambda: (body,))


def source_of(*pieces: bytes) -> bytes:
    """Give a digest of what something is made of, piece by piece."""
    state = hashlib.blake2b(digest_size=16)
    for piece in pieces:
        state.update(b"%d\n" % len(piece))
        state.update(piece)
    return state.digest()
