"""A payload as a file: deflated, with checksum and length before it, named by its content."""

from __future__ import annotations

import json
import struct
import zlib
from hashlib import sha256

NAME_BYTES = 6


def contained(payload: bytes) -> bytes:
    """Give the file of a payload: CRC-32 and length of the payload (32 bits each, little endian), then raw deflate.

    Deflated here and not by the host, so that every host gives the same few bytes; the length and the checksum tell
    the client a file that is cut or garbled.
    """
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return struct.pack("<II", zlib.crc32(payload), len(payload)) + deflate.compress(payload) + deflate.flush()


def content_name(*bodies: bytes) -> str:
    """Give the name of a file, or of a folder of files in their order: 12 hexadecimal digits of its SHA-256."""
    state = sha256()
    for body in bodies:
        state.update(body)
    return state.hexdigest()[: 2 * NAME_BYTES]


def compact_json(value: object) -> bytes:
    """Give compact JSON in UTF-8, keys as they stand."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
