"""A payload as a file: deflated, with checksum and length before it, named by its content."""

from __future__ import annotations

import json
import struct
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

NAME_BYTES = 6
SHORT_BYTES = 4


def contained(payload: bytes) -> bytes:
    """Give the file of a payload: CRC-32 and length of the payload (32 bits each, little endian), then raw deflate.

    Deflated here and not by the host, so that every host gives the same few bytes; the length and the checksum tell
    the client a file that is cut or garbled.
    """
    return _contained((payload,), zlib.Z_DEFAULT_STRATEGY)


def contained_columns(parts: Iterable[bytes]) -> bytes:
    """Give the file of numbers in parts: as `contained`, but each part deflated with a code of its own.

    Short repetitions, which are chance among numbers, are not looked for.
    """
    return _contained([part for part in parts if part], zlib.Z_FILTERED)


def _contained(parts: Sequence[bytes], strategy: int) -> bytes:
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, strategy)
    packed = []
    for part in parts[:-1]:
        packed += [deflate.compress(part), deflate.flush(zlib.Z_BLOCK)]
    packed += [deflate.compress(part) for part in parts[-1:]]
    payload = b"".join(parts)
    return struct.pack("<II", zlib.crc32(payload), len(payload)) + b"".join(packed) + deflate.flush()


def short_names(digests: Iterable[bytes]) -> Iterator[str]:
    """Give the names of files, or of folders of files in their order, which a manifest holds many of.

    A name is 8 hexadecimal digits of the SHA-256 of its content: the first, or the next where other content of the same
    manifest has these already.
    """
    owners: dict[str, bytes] = {}
    for digest in digests:
        names = (digest[at : at + SHORT_BYTES].hex() for at in range(len(digest) - SHORT_BYTES + 1))
        yield next(name for name in names if owners.setdefault(name, digest) == digest)


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def compact_json(value: object) -> bytes:
    """Give compact JSON in UTF-8, keys as they stand."""
    return _JSON.encode(value).encode()
