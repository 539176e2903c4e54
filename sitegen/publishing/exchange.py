"""What the operating system gives for publishing safely: a lock between builds, and two folders changing places."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import sys
from typing import TYPE_CHECKING

from sitegen.problems import SitegenError

if TYPE_CHECKING:
    from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
# What a kernel, a sandbox or a file system answers when it does not know the exchange.
_UNKNOWN = (errno.ENOSYS, errno.EINVAL, errno.EPERM, errno.EOPNOTSUPP)


def lock(path: Path, site: Path) -> int:
    """Take the lock of a site and give its descriptor: closing it, or dying, gives the lock back.

    Raises SitegenError naming the process that has it. The file stays, holding the number of its last owner.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        owner = os.read(descriptor, 20).decode("ascii", "replace").strip()
        os.close(descriptor)
        words = f" (process {owner})" if owner.isdigit() else ""
        raise SitegenError(f"another build is writing {site}{words}") from None
    except OSError:
        os.close(descriptor)
        raise
    os.ftruncate(descriptor, 0)
    os.write(descriptor, f"{os.getpid()}\n".encode())
    return descriptor


def exchange(first: Path, second: Path, between: Path) -> None:
    """Let two folders of one file system change places: in one step where that is to be had, else by way of `between`.

    Raises OSError, and then both are where they were.
    """
    if not exchange_in_one_step(first, second):
        exchange_by_renames(first, second, between)


def exchange_in_one_step(first: Path, second: Path) -> bool:
    """Exchange by Linux's renameat2(2); False where it is not to be had, and then nothing has changed."""
    if sys.platform != "linux":
        return False
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    ctypes.set_errno(0)
    if renameat2(_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _UNKNOWN:
        return False
    raise OSError(code, os.strerror(code), str(second))


def exchange_by_renames(first: Path, second: Path, between: Path) -> None:
    """Exchange by renames: for a moment there is nothing at `second`, and what was there is at `between`."""
    second.rename(between)
    try:
        first.rename(second)
    except OSError:
        between.rename(second)
        raise
    between.rename(first)
