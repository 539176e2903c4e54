"""What `mkdocs serve` is given to do: plan again where only records have changed, and make files that are asked for.

MkDocs keeps its server, its reloading of browsers, and the build of the frame, which is made anew when a page or the
theme changes, or when there are other pages than before.
"""

from __future__ import annotations

import gc
import logging
import posixpath
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import Abort

from sitegen import build, report
from sitegen.frame import GENERATED
from sitegen.output import plain_errors
from sitegen.preview import Preview
from sitegen.problems import ProblemsFoundError, SitegenError
from sitegen.publishing import Publication
from sitegen.watcher import Watcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer

    from sitegen.build import Planned
    from sitegen.config import Settings
    from sitegen.frame import Frame

_LOG = logging.getLogger("mkdocs.plugins.sitegen")


class Serving:
    """One run of a server, with a folder of its own for what is shown and for what is kept between plans."""

    def __init__(self, settings: Settings) -> None:
        self._place = Path(tempfile.mkdtemp(prefix="sitegen-"))
        self._kept = self._place / "kept"
        self._kept.mkdir()
        (self._place / "shown").mkdir()
        self._preview = Preview(self._place / "shown")
        self._settings = settings
        self._ahead: Planned | None = None
        self._planned: Planned | None = None
        self._frame: Frame | None = None
        self._behind: set[str] = set()
        _copy_kept(Publication(settings.out_dir).state_dir, self._kept)

    def end(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self._place, ignore_errors=True)

    def plan(self, settings: Settings) -> Planned:
        """Give the plan of the site as it is now; MkDocs asks for it when it builds a frame.

        Raises:
            ProblemsFoundError: the corpus has problems.
            SitegenError: it cannot be read.
        """
        self._settings = settings
        ahead, self._ahead = self._ahead, None
        return ahead or self._prepared()

    def _prepared(self) -> Planned:
        # A plan has no cycles, and to look for them in another beside it takes a third of the time.
        gc.disable()
        try:
            return build.prepare(self._settings, _silent, self._kept)
        finally:
            gc.enable()

    def show(self, planned: Planned, frame: Frame, site_url: str) -> None:
        """Show a plan in a frame that MkDocs has just built."""
        self._planned, self._frame = planned, frame
        self._preview.show(planned, frame, site_url, new_frame=True)

    def begin(self, server: LiveReloadServer, config: MkDocsConfig, corpus: str, builder: Callable[[], None]) -> None:
        """Put what is shown under a server of MkDocs, and look for changes where it does."""
        docs = Path(config.docs_dir)
        watcher = Watcher([docs / place for place in GENERATED])
        watched = list(server._watched_paths)  # noqa: SLF001 (MkDocs does not say otherwise what it watches)
        for path in watched:
            server.unwatch(path)
        server.observer = watcher  # type: ignore[assignment]  # it does what the server asks of one
        for path in watched:
            server.watch(path)
        records = str(Path(corpus).absolute())
        server.root = str(self._preview.folder)
        server.builder = lambda: self._again(watcher, records, builder)
        server.set_app(self._making(server))

    def _making(self, server: LiveReloadServer) -> Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]:
        """Give the server's answers, before which the file that is asked for is made."""

        def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
            if f"{path}/".startswith(server.mount_path):
                self._preview.make(posixpath.normpath(f"/{path[len(server.mount_path) :]}").strip("/"))
            return server.serve_request(environ, start_response)

        return answer

    def _again(self, watcher: Watcher, records: str, builder: Callable[[], None]) -> None:
        """Build again: by a new plan alone where that is enough, else by MkDocs.

        Raises:
            Abort: the corpus has problems, which are told.
        """
        self._behind |= watcher.changed()
        if self._behind != {records} or not self._planned_again():
            builder()
        self._behind.clear()

    def _planned_again(self) -> bool:
        """Show a new plan in the frame that is there; false where the frame must be another."""
        start = time.perf_counter()
        try:
            planned = self._prepared()
        except ProblemsFoundError as fault:
            _LOG.error(report.text(fault.problems))
            raise Abort(fault.message) from fault
        except SitegenError as fault:
            raise Abort(fault.message) from fault
        if not self._planned or not self._frame or planned.guests.paths != self._planned.guests.paths:
            self._ahead = planned
            return False
        self._planned = planned
        self._preview.show(planned, self._frame, self._settings.site_url, new_frame=False)
        _LOG.info("Records read and pages planned again in %.1f seconds", time.perf_counter() - start)
        return True


def _copy_kept(state: Path, kept: Path) -> None:
    """Begin with what the last build kept, where there was one."""
    with plain_errors(state):
        for name in build.KEPT:
            if (state / name).is_file():
                shutil.copy(state / name, kept)


def _silent(_stage: str, _done: int, _total: int) -> None:
    """MkDocs tells of its own progress."""
