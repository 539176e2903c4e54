"""The site as it would be built now, in a folder where a file is made when it is asked for, and again after a change.

So a person who edits a record among thousands waits for one page and not for the site.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sitegen import build
from sitegen.frame_files import frame_files
from sitegen.output import remove_anything, write_files
from sitegen.pages import SearchPage
from sitegen.render.render import ARTICLES, paths, render
from sitegen.site_files import completed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sitegen.build import Planned
    from sitegen.frame import Frame
    from sitegen.pages import Page
    from sitegen.render.shell import Shell

# Pages that were asked for last are made again at once after a change: a browser is about to reload them.
_AGAIN = 8


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is shown: each page by the paths of its files, and what it is rendered with."""

    pages: Mapping[str, Page]
    search: SearchPage | None
    frame: Frame
    shells: Mapping[str, Shell]
    site_url: str


@dataclass(slots=True)
class Preview:
    """A folder that holds the frame's files, and of the others those that were asked for."""

    folder: Path
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _shown: _Shown | None = None
    _made: set[str] = field(default_factory=set)
    _asked: deque[str] = field(default_factory=lambda: deque(maxlen=_AGAIN))

    def show(self, planned: Planned, frame: Frame, site_url: str, *, new_frame: bool) -> None:
        """Show this plan from now on; files that were made are forgotten, those of the frame kept unless it is new.

        Raises:
            SitegenError: a file cannot be written.
        """
        shells = build.shells_of(planned, frame)
        pages = {path: page for page in planned.pages for path in paths(page) if not isinstance(page, SearchPage)}
        search = next((page for page in planned.pages if isinstance(page, SearchPage)), None)
        shown = _Shown(pages, search, frame, shells, site_url)
        with self._lock:
            self._shown = shown
            for path in self._made:
                remove_anything(self.folder / path)
            self._made.clear()
            if new_frame:
                for old in self.folder.iterdir():
                    remove_anything(old)
                write_files(self.folder, frame_files(frame))
            for path in tuple(self._asked):
                self._make(path, shown)

    def make(self, path: str) -> None:
        """Make the file at a path of the site, or below it where it is a folder's; nothing where no page has it.

        Raises:
            SitegenError: a file cannot be written.
        """
        with self._lock:
            if self._shown:
                for name in (path, f"{path.rstrip('/')}/index.html".removeprefix("/")):
                    self._make(name, self._shown)

    def _make(self, path: str, shown: _Shown) -> None:
        page = shown.pages.get(path)
        if page is None and path.startswith("search/") and path not in shown.frame.files:
            # Its files are named by their content: they are known only when all of them are made.
            page = shown.search
        if page is None or path in self._made or page.path in self._made:
            return
        (whole,) = completed((page,), shown.frame, shown.site_url)
        files = render(whole, shown.shells, shown.site_url)
        write_files(self.folder, files)
        self._made.update(file.path for file in files)
        if isinstance(page, ARTICLES) and path not in self._asked:
            self._asked.append(path)
