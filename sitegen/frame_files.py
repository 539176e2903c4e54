"""What the frame brings to the site by itself: hand-written pages, styles, scripts, and what search loads."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sitegen.output import Output
from sitegen.render.page_text import page_text
from sitegen.scripts import ENTRY, is_own_script, is_search_module, lunr_js, page_scripts, search_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.frame import Frame
    from sitegen.machine_pages import PageText


def frame_files(frame: Frame) -> Iterator[Output]:
    """Give the frame's own files; scripts are shortened, those of every page are one, and those of the search."""
    modules, scripts = {}, {}
    for path in frame.files:
        if is_search_module(path):
            modules[path] = (frame.folder / path).read_text("utf-8")
        elif is_own_script(path):
            scripts[path] = (frame.folder / path).read_text("utf-8")
        else:
            yield Output(path, (frame.folder / path).read_bytes())
    yield from page_scripts(scripts)
    yield lunr_js()
    if modules and ENTRY in frame.files:
        yield search_app(modules, (frame.folder / ENTRY).read_text("utf-8"))


def frame_source(frame: Frame) -> str:
    """Give a digest of all that these files are made of, "" where the frame does not tell."""
    return hashlib.blake2b(frame.digest.encode(), digest_size=16).hexdigest() if frame.digest else ""


def texts(frame: Frame) -> Iterator[PageText]:
    """Give the text of each hand-written page, but of the search's own."""
    for path in frame.files:
        if path.endswith("index.html") and not path.startswith("search/"):
            yield page_text((frame.folder / path).read_text("utf-8"), path.removesuffix("index.html"))
