"""Which code makes bytes: what was made by other code is not made again in vain, nor mixed with what this one makes."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

# MkDocs brings lunr.js, and tree-sitter shortens scripts: both are published, and made again only for other code.
_LIBRARIES = (
    *("markdown-it-py", "mdit-py-plugins", "latex2mathml", "pylatexenc", "feedgen", "lunr", "lxml"),
    *("mkdocs", "tree-sitter", "tree-sitter-javascript"),
)


@cache
def renderer_version() -> str:
    """Give a digest of all code that makes bytes: sitegen's own and the versions of the libraries it renders with."""
    state = hashlib.blake2b(digest_size=16)
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        state.update(path.read_bytes())
    for name in _LIBRARIES:
        state.update(f"{name} {version(name)}\n".encode())
    return state.hexdigest()
