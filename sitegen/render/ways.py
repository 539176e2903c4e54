"""Links from one page's Markdown to other files of the site."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from sitegen import text
from sitegen.figures import group_mark
from sitegen.render.prose import link

if TYPE_CHECKING:
    from sitegen.pages import FileLink, TopicLink, Way


def way_to(path: str, page_path: str) -> str:
    """Give the relative way from one Markdown file to another."""
    folder, _, name = path.rpartition("/")
    return _between(folder, page_path.rpartition("/")[0]) + name


@lru_cache(maxsize=1024)
def _between(folder: str, start: str) -> str:
    """Give the relative way from one folder to another, ending in "/", or "" where they are one."""
    way = posixpath.relpath(folder or ".", start or ".")
    return "" if way == "." else f"{way}/"


def topic_link(topic: TopicLink, words: str, page_path: str) -> str:
    """Give a link to a topic, with the key of its group."""
    mark = group_mark(topic.colour)
    classes = f"topic .{mark}" if mark else "topic"
    return link(text.escape_markdown(words), way_to(f"topics/{topic.slug}.md", page_path), classes)


def file_links(files: tuple[FileLink, ...], page_path: str) -> str:
    """Give links to files that a page offers, side by side."""
    return " ".join(link(file.title, way_to(file.path, page_path), "file") for file in files)


def contact_link(words: str, contact: str) -> str:
    """Give a link to whoever keeps the site by a page or an e-mail address; what is neither stands behind the words."""
    if re.match("https?://", contact):
        return link(words, contact)
    if re.fullmatch(r"[^\s@:/?]+@[^\s@:/?]+", contact):
        return link(words, f"mailto:{quote(contact, safe='@+')}")
    return f"{words}: {text.escape_markdown(contact)}"


def way_link(way: Way, page_path: str, kind: str = "") -> str:
    """Give a link to another page; `kind` becomes its class."""
    return link(text.escape_markdown(way.title), way_to(way.path, page_path), kind)
