"""Columns of numbers and of terms as bytes: unsigned LEB128 varints, front coding."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def varints(numbers: Iterable[int]) -> bytes:
    """Give a column of numbers: seven bits a byte, the lowest first, the top bit set but on the last."""
    column = list(numbers)
    if max(column, default=0) <= 0x7F:
        return bytes(column)
    return b"".join(map(_varint, column))


@lru_cache(1 << 14)
def _varint(number: int) -> bytes:
    """Give one number; few are frequent."""
    column = bytearray()
    left = number
    while left > 0x7F:
        column.append((left & 0x7F) | 0x80)
        left >>= 7
    column.append(left)
    return bytes(column)


def front_coded(terms: Iterable[str]) -> tuple[bytes, bytes, bytes]:
    """Give terms as three columns: bytes (UTF-8) shared with the term before, further bytes, and those bytes."""
    shared, suffixes = [], []
    last = b""
    for term in terms:
        body = term.encode()
        shared.append(_common(last, body))
        suffixes.append(body[shared[-1] :])
        last = body
    return varints(shared), varints(map(len, suffixes)), b"".join(suffixes)


def framed(columns: Sequence[bytes]) -> bytes:
    """Give the byte length of each column, then the columns."""
    return varints(map(len, columns)) + b"".join(columns)


def _common(first: bytes, second: bytes) -> int:
    """Give how many bytes two terms have in common at their beginning."""
    most = min(len(first), len(second))
    at = 0
    while at < most and first[at] == second[at]:
        at += 1
    return at
