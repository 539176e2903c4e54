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
    if b"\0" in content:
        raise SitegenError(f"{name}: is not a text file (it holds NUL bytes)", "save it as UTF-8 text")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        fault = f"byte 0x{content[error.start]:02x} in line {line}"
        raise SitegenError(f"{name}: must be UTF-8, but is not: {fault}", "save it as UTF-8 text") from None
    if not text.strip():
        raise SitegenError(f"{name}: is empty")
    return text
