"""The small bridge to MkDocs: sentinels go in; under `mkdocs build` and `mkdocs serve` the recipe runs at the end."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin

from sitegen import build, report
from sitegen.config import checked_site_url, settings_of
from sitegen.frame import Guests, add_guests, read_frame, refuse_page_plugins
from sitegen.output import write_files
from sitegen.problems import ProblemsFoundError, SitegenError
from sitegen.publishing import Publication

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files


class Options(Config):
    """The plugin's options in mkdocs.yml."""

    corpus = config_options.Type(str, default="corpus")


class SitegenPlugin(BasePlugin[Options]):
    """Keeps generated pages away from MkDocs and stamps them at the end.

    MkDocs calls `on_startup` only when it is the command that runs: `sitegen build` asks it for a frame alone, and
    sets `guests` itself.
    """

    def __init__(self) -> None:
        self.guests: Guests | None = None
        self._command = ""
        self._planned: build.Planned | None = None
        self._out = Path("site")

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Learn that MkDocs is the command."""
        del dirty
        self._command = command

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Plan the site, and let MkDocs build beside it rather than in it."""
        with _as_plugin_error():
            refuse_page_plugins(config)
            place = Path(config.config_file_path)
            site_url = checked_site_url(config.site_url, str(place))
            config.extra.setdefault("scope", urlsplit(site_url).path)
            if self._command:
                settings = replace(settings_of(place, str(place.parent / self.config.corpus)), site_url=site_url)
                self._planned = build.prepare(settings, _silent)
                self.guests = self._planned.guests
            if self._command == "build":
                self._out = Path(config.site_dir)
                config.site_dir = tempfile.mkdtemp(prefix="sitegen-")
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Put sentinels and link targets in the place of generated pages."""
        return files if self.guests is None else add_guests(files, config, self.guests)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        """Build again when a record changes."""
        del builder
        server.watch(str(Path(config.config_file_path).parent / self.config.corpus))
        return server

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Stamp the pages: published whole by `mkdocs build`, written into MkDocs's own folder by `mkdocs serve`."""
        if self._planned is None:
            return
        folder, site_url = Path(config.site_dir), checked_site_url(config.site_url, config.config_file_path)
        frame = read_frame(folder, self._planned.guests)
        with _as_plugin_error():
            if self._command == "build":
                with Publication(self._out) as publication:
                    build.publish(self._planned, frame, publication, build.Rendering(site_url, _JOBS, _silent))
                shutil.rmtree(folder)
                config.site_dir = str(self._out)
            else:
                write_files(folder, build.all_files(self._planned, frame, build.Rendering(site_url, 1, _silent)))


_JOBS = os.cpu_count() or 1


def _silent(_stage: str, _done: int, _total: int) -> None:
    """MkDocs tells of its own progress."""


@contextmanager
def _as_plugin_error() -> Iterator[None]:
    """Let MkDocs show a user's fault in its own way, without a traceback."""
    try:
        yield
    except ProblemsFoundError as fault:
        raise PluginError(f"{report.text(fault.problems)}\n{fault.message}") from fault
    except SitegenError as fault:
        raise PluginError(f"{fault.message} ({fault.hint})" if fault.hint else fault.message) from fault
