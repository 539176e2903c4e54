"""Files people hand us, read as text or refused with one line that says why."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from sitegen.problems import SitegenError

if TYPE_CHECKING:
    from pathlib import Path

LIMIT = 64 * 1024 * 1024


def read_text(path: Path) -> str:
    """Give a file's text (UTF-8, with or without a byte order mark); raise SitegenError for what is no such file."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise SitegenError(f"{path}: is a folder, not a file", "name the files in it")
        if not stat.S_ISREG(status.st_mode):
            raise SitegenError(f"{path}: is a device or a pipe, not a file", "to read a pipe, give - as the file")
        if status.st_size > LIMIT:
            raise SitegenError(f"{path}: must be at most {LIMIT // 1024**2} MiB, not {status.st_size // 1024**2} MiB")
        content = path.read_bytes()
    except FileNotFoundError:
        raise SitegenError(f"{path}: there is no such file") from None
    except OSError as error:
        raise SitegenError(f"{path}: cannot be read: {error.strerror or error}") from None
    except ValueError:  # a NUL in the name itself
        raise SitegenError(f"{str(path)!r}: is no name of a file") from None
    return decode(content, str(path))


def decode(content: bytes, name: str) -> str:
    """Give the text of bytes from anywhere; raise SitegenError, with the name given, for what is no text."""
    if len(content) > LIMIT:
        raise SitegenError(f"{name}: must be at most {LIMIT // 1024**2} MiB")
    if name_of := _utf_16(content):
        hint = "save it as UTF-8 text: iconv -f UTF-16 -t UTF-8 old > new"
        raise SitegenError(f"{name}: must be UTF-8, but is {name_of}", hint)
    if (place := content.find(b"\0")) >= 0:
        line = content.count(b"\n", 0, place) + 1
        raise SitegenError(f"{name}: is not a text file (it holds a NUL byte in line {line})", "save it as UTF-8 text")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        fault = f"byte 0x{content[error.start]:02x} in line {line}"
        hint = "save it as UTF-8 text; if it is Latin-1, as most old files are: iconv -f LATIN1 -t UTF-8 old > new"
        raise SitegenError(f"{name}: must be UTF-8, but is not: {fault}", hint) from None
    if not text.strip():
        raise SitegenError(f"{name}: is empty")
    return text


def _utf_16(content: bytes) -> str:
    """Tell UTF-16 by its byte order mark, or by a NUL in every second byte of its beginning; "" for anything else."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    start = content[:1_000]
    halves = start[::2].count(0), start[1::2].count(0)
    return "UTF-16" if max(halves) * 4 > len(start) and min(halves) * 20 < len(start) else ""
