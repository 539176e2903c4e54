"""Links between files of docs/ -> the addresses of what the files became."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache

from markdown_it.common.normalize_url import normalizeLink, validateLink
from markdown_it.common.utils import unescapeAll

from sitegen.pages import url_of

# A path within the site that holds nothing to be encoded.
_OWN_PATH = re.compile(r"(?:\.\./)*[a-zA-Z0-9][a-zA-Z0-9._-]*(?:/[a-zA-Z0-9._-]+)*(?:#[a-z0-9-]+)?")
# An address of the web that holds nothing to be encoded, nor an entity: its host is in lower case, and short enough.
_PART = "[a-z0-9-]{1,63}"
_SIGNS = r"[a-zA-Z0-9;/?:@=+$,_.!~*'()#-]*+"
_WEB = re.compile(rf"https?://(?:{_PART}\.){{0,3}}{_PART}(?:[/?#]{_SIGNS}(?:%[0-9a-fA-F]{{2}}{_SIGNS})*+)?+")
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/")


@lru_cache(maxsize=20_000)
def address(target: str, folder: str, up: str) -> str | None:
    """Give the address of what stands between angle brackets in Markdown, as markdown-it-py gives it to `relative`.

    None is given for an address that it refuses: "javascript:…".
    """
    if _OWN_PATH.fullmatch(target):
        return relative(target, folder, up)
    if _WEB.fullmatch(target):
        return target
    normal = normalizeLink(unescapeAll(target))
    return relative(normal, folder, up) if validateLink(normal) else None


@lru_cache(maxsize=20_000)
def relative(target: str, folder: str, up: str) -> str:
    """Turn a link to a file of the site, a page's Markdown or another, into the relative address of what it became.

    `up` leads from the page to its `folder`: "../", or "" for an index.md.
    """
    file, mark, fragment = target.partition("#")
    if not file or _ELSEWHERE.match(file):
        return target
    there = posixpath.normpath(f"/{folder}/{file}")[1:]
    page = there.endswith(".md")
    way = _way(url_of(there) if page else there, folder)
    if page:
        way = "" if way == "." else f"{way}/"
    return (f"{up}{way}" or "./") + mark + fragment


def _way(there: str, folder: str) -> str:
    """Give the way from a folder to a file or folder, "." where they are one; both are paths from the site's root."""
    if there.startswith(f"{folder}/") and len(there) > len(folder) + 1:  # most links lead to another paper
        return there[len(folder) + 1 :].rstrip("/")
    parts, start = (path.strip("/").split("/") if path else [] for path in (there, folder))
    shared = 0
    while shared < min(len(parts), len(start)) and parts[shared] == start[shared]:
        shared += 1
    return "/".join([".."] * (len(start) - shared) + parts[shared:]) or "."
