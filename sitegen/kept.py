"""Files that keep what was found before: caches, which anyone may remove, cut, garble or bring along from elsewhere.

What cannot be trusted is nothing kept, and never an error. A file's first line says what made it, and has a digest of
all the others.
"""

from __future__ import annotations

import hashlib
import unicodedata
from typing import TYPE_CHECKING

from sitegen.output import plain_errors, remove_anything

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


def read_kept(path: Path, version: str) -> list[bytes]:
    """Give the lines that `write_kept` wrote there with the same version; none for anything else that stands there."""
    if not path.is_file():
        return []
    try:
        head, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return []
    return body.split(b"\n")[:-1] if head == _head(body, version) else []


def write_kept(path: Path, version: str, lines: Collection[bytes]) -> None:
    r"""Keep lines without "\n" for code of the same version, whole or not at all, whatever stood there before.

    Raises:
        SitegenError: the file cannot be written.
    """
    beside = path.with_name(f"{path.name}.new")
    with plain_errors(path):
        remove_anything(beside)
        body = b"".join([b"%s\n" % line for line in lines])
        with beside.open("xb") as file:
            file.writelines([_head(body, version), b"\n", body])
        if path.is_dir():
            remove_anything(path)
        beside.replace(path)


def _head(body: bytes, version: str) -> bytes:
    """Give the first line: what the file was made by, Python's tables of characters too, and a digest of the rest."""
    return f"{version} {unicodedata.unidata_version} {hashlib.blake2b(body, digest_size=16).hexdigest()}".encode()
