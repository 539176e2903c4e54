"""The styles of the theme in one file: they stay apart where they are written, and every page asks for one of them.

It begins with Material's own, which the theme's template then does not ask for (main.html, block styles).
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from sitegen.config import packaged_theme

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

JOINED = "assets/site.css"
# In the order of their rules; their names hold a digest.
_MATERIAL = ("assets/stylesheets/main.*.css", "assets/stylesheets/palette.*.css")
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_INDENT = re.compile(r"\n\s+")


def own_styles(extra_css: Sequence[object]) -> tuple[str, ...]:
    """Give the first of a project's styles as long as they are those of sitegen's theme; fewer than two are none."""
    names = takewhile(lambda name: (packaged_theme() / name).is_file(), map(str, extra_css))
    found = tuple(names)
    return found if len(found) > 1 else ()


def join_styles(folder: Path, names: Sequence[str]) -> None:
    """Put files of a built site into one, in their order, behind Material's, without comments and indents.

    It takes the place of the files; Material's stay for pages of a project whose own template asks for them.
    """
    files = [folder / name for name in names]
    if files:
        stock = "".join(path.read_text("utf-8") for pattern in _MATERIAL for path in sorted(folder.glob(pattern)))
        whole = "".join(file.read_text("utf-8") for file in files)
        (folder / JOINED).write_text(stock + _INDENT.sub("\n", _COMMENT.sub("", whole)), "utf-8")
    for file in files:
        file.unlink()
