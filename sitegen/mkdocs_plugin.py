"""The small bridge to MkDocs: sentinels go in; `mkdocs build` publishes at the end, `mkdocs serve` shows a preview."""

from __future__ import annotations

import logging
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
from mkdocs.utils import CountHandler

from sitegen import build, report
from sitegen.config import NAMED_CORPUS, checked_site_url, packaged_theme, settings_of
from sitegen.frame import Guests, add_guests, read_frame, refuse_page_plugins, stop_the_clock
from sitegen.problems import ProblemsFoundError, SitegenError
from sitegen.publishing import Publication
from sitegen.rendering import Rendering
from sitegen.serving import Serving
from sitegen.site_files import completed, sourced
from sitegen.styles import JOINED, join_styles, own_styles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.theme import Theme

    from sitegen.config import Settings


class Options(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
    """The plugin's options in mkdocs.yml."""

    corpus = config_options.Type(str, default="corpus")
    # What these two may be is checked where they are read, in sitegen.savings.
    compact = config_options.Type((str, bool), default="auto")
    siblings = config_options.Type((bool, str, list), default=True)


class SitegenPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]  # the same
    """Keeps generated pages away from MkDocs and stamps them at the end.

    MkDocs calls `on_startup` only when it is the command that runs: `sitegen build` asks it for a frame alone, and
    sets `guests` itself. MkDocs keeps one plugin for all builds of a process.
    """

    def __init__(self) -> None:
        self._forget()

    def on_shutdown(self) -> None:
        """Forget the command that has ended."""
        if self._serving:
            self._serving.end()
        self._forget()

    def _forget(self) -> None:
        self.guests: Guests | None = None
        self._command = ""
        self._planned: build.Planned | None = None
        self._settings: Settings | None = None
        self._beside: Path | None = None
        self._styles: tuple[str, ...] = ()
        self._serving: Serving | None = None

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Learn that MkDocs is the command."""
        if command == "serve" and dirty:
            raise PluginError("sitegen cannot serve --dirty: pages of the last build would pass for the theme's files")
        self._command = command

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Plan the site, and let MkDocs build beside it rather than in it."""
        with _as_plugin_error():
            refuse_page_plugins(config)
            _lend_theme(config.theme)
            place = Path(config.config_file_path)
            site_url = checked_site_url(config.site_url, str(place))
            config.site_url = site_url
            config.extra.setdefault("scope", urlsplit(site_url).path)
            if self._command:
                self._settings = replace(settings_of(place, self._corpus(config), config.site_dir), site_url=site_url)
                self._planned = self._plan(self._settings)
                self.guests = self._planned.guests
            if self._publishes:
                self._beside = Path(tempfile.mkdtemp(prefix="sitegen-"))
                config.site_dir = str(self._beside)
            if self.guests is not None:
                self._styles = own_styles(config.extra_css)
                config.extra_css[: len(self._styles)] = [JOINED] if self._styles else []
        return config

    def _plan(self, settings: Settings) -> build.Planned:
        if self._publishes:
            return build.prepare(settings, _silent)
        self._serving = self._serving or Serving(settings)
        return self._serving.plan(settings)

    @property
    def _publishes(self) -> bool:
        """Whether MkDocs is to leave a site: `mkdocs serve` shows one from a folder of its own."""
        return self._command not in ("", "serve")

    def _corpus(self, config: MkDocsConfig) -> str:
        return NAMED_CORPUS.get() or str(Path(config.config_file_path).parent / self.config.corpus)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Put sentinels and link targets in the place of generated pages."""
        if self.guests is None:
            return files
        stop_the_clock(self.guests)
        return add_guests(files, config, self.guests)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[[], None]
    ) -> LiveReloadServer:
        """Make what is asked for when it is asked for, and plan again when a record changes."""
        server.watch(self._corpus(config))
        if self._serving:
            with _as_plugin_error():
                self._serving.begin(server, config, self._corpus(config), builder)
        return server

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Stamp the pages and publish the site whole, or under `mkdocs serve` show those that are asked for."""
        join_styles(Path(config.site_dir), self._styles)
        if self._planned is None or self._settings is None:
            return
        folder, settings = Path(config.site_dir), self._settings
        frame = read_frame(folder, self._planned.guests)
        with _as_plugin_error():
            if self._serving:
                self._serving.show(self._planned, frame, settings.site_url)
            elif not _will_abort(config):
                how = Rendering(build.shells_of(self._planned, frame), settings.site_url, os.cpu_count() or 1, _silent)
                with Publication(settings.out_dir, settings.config_file.parent, settings.sources) as publication:
                    whole = completed(self._planned.pages, frame, how.site_url)
                    pages = sourced(whole, self._planned.corpus.digests, how)
                    made = build.publish(self._planned, pages, frame, publication, how)
                for words in build.placeholders(settings, made):
                    _LOG.info(words)
                shutil.rmtree(folder)
                config.site_dir = str(settings.out_dir)

    def on_build_error(self, *, error: Exception) -> None:
        """Leave nothing beside the old site, which stays."""
        del error
        if self._beside:
            shutil.rmtree(self._beside, ignore_errors=True)


_LOG = logging.getLogger("mkdocs.plugins.sitegen")


def _lend_theme(theme: Theme) -> None:
    """Put sitegen's own theme before Material's and behind the project's custom_dir: so no project needs a copy."""
    if theme.name == "material":
        theme.dirs.insert(1 if theme.custom_dir else 0, str(packaged_theme()))


def _will_abort(config: MkDocsConfig) -> bool:
    """Tell whether MkDocs will fail when we are done, because of warnings in --strict mode, which it counts itself."""
    counters = [counter for counter in logging.getLogger("mkdocs").handlers if isinstance(counter, CountHandler)]
    return bool(config.strict) and any(counter.get_counts() for counter in counters)


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
