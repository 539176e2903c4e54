"""A second tree of the same files: each has a second name there, so that no bytes are copied.

A process runs this file alone and imports nothing of sitegen, as `survey` does.
"""

from __future__ import annotations

import os
import sys


def link_tree(root: str, twin: str) -> None:
    """Make the folder `twin`, which must not be there, hold what `root` does; no link is followed; raises OSError."""
    os.mkdir(twin)  # noqa: PTH102  half a million Paths are slow
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        with os.scandir(root + folder) as entries:
            for entry in entries:
                path = f"{folder}/{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    os.mkdir(twin + path)  # noqa: PTH102  the same
                    waiting.append(path)
                else:
                    os.link(root + path, twin + path, follow_symlinks=False)


if __name__ == "__main__":
    # Folders are for everybody to read.
    os.umask(0o022)
    link_tree(sys.argv[1], sys.argv[2])
