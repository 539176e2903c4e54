"""The frame around every article: one run of MkDocs over the hand-written pages and one sentinel page per shell.

MkDocs never sees a record's text. Generated pages are only link targets to it (`add_guests`); in their place it
builds sentinel pages, whose HTML `render.shell` cuts into shells.
"""

from __future__ import annotations

import hashlib
import logging
import os
import posixpath
import re
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sitegen.pages import shell_of, url_of
from sitegen.problems import SitegenError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

EPOCH = "SOURCE_DATE_EPOCH"
SENTINEL_NAME = "xshellpagex"
SENTINEL = """---
description: XSHELLDESCRIPTIONX
sitegen_head: XSHELLHEADX
hide: [{hide}]
---

# XSHELLTITLEX

XSHELLBODYX

## XSHELLSECX

XSHELLENDX
"""
# Folders and files of docs/ that `sitegen build` writes.
GENERATED = ("papers/", "topics/", "browse/", "kinds/", "authors/", "stats/", "feeds/", "exports/", "index.md")
# What MkDocs and Material write and this site replaces or does not use.
_UNUSED = ("sitemap.xml", "search/search_index.json", "assets/javascripts/")
_PAGE_NAME = re.compile(r"[\w.%-]+\.md\b")
_PAGE_EVENTS = ("pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page")


@dataclass(frozen=True, slots=True)
class Guests:
    """What MkDocs is told of the generated pages: their Markdown paths, and when the newest was changed (UTC).

    `silent` are the shells of pages that it is not told of, since no hand-written page leads to them.
    """

    paths: tuple[str, ...]
    updated: str = ""
    silent: tuple[str, ...] = ()

    @property
    def shells(self) -> tuple[str, ...]:
        """The names of the shells that all pages need, in order."""
        return tuple(sorted({*self.silent, *map(shell_of, self.paths)}))

    def named_in(self, config_file: Path, docs_dir: Path) -> Guests:
        """Give those that hand-written pages or the settings may lead to: their file's name is written there.

        So MkDocs need not know all papers of a large corpus, and one more does not change the frame.
        """
        written = [config_file, *(path for path in _hand_written(docs_dir) if path.suffix == ".md")]
        names = {name for path in written for name in _PAGE_NAME.findall(path.read_text("utf-8", "replace"))}
        told = tuple(path for path in self.paths if path.rpartition("/")[2] in names)
        return Guests(told, self.updated, self.shells)


@dataclass(frozen=True, slots=True)
class Frame:
    """What MkDocs built: a folder, and in it the files that are published as they are.

    `digest` is of everything that the frame is made of and by, "" where it is not known.
    """

    folder: Path
    files: tuple[str, ...]
    digest: str = ""

    def sentinel(self, shell: str) -> str:
        """Give the HTML of a shell's sentinel page."""
        return (self.folder / html_path(sentinel_path(shell))).read_text("utf-8")


def html_path(path: str) -> str:
    """Give the file that a Markdown page is published as: "papers/x.md" gives "papers/x/index.html"."""
    return posixpath.join(url_of(path), "index.html")


def sentinel_path(shell: str) -> str:
    """Give the Markdown path of a shell's sentinel: "papers/*" gives "papers/xshellpagex.md"."""
    return shell if shell.endswith(".md") else shell.replace("*", SENTINEL_NAME) + ".md"


def add_guests(files: Files, config: MkDocsConfig, guests: Guests) -> Files:
    """Replace generated pages by link targets that MkDocs neither reads nor writes, and add the sentinels."""
    from mkdocs.structure.files import File, Files, InclusionLevel

    class LinkTarget(File):
        """A file that links may point to and nobody builds."""

        def is_documentation_page(self) -> bool:
            return False

        def copy_file(self, dirty: bool = False) -> None:  # noqa: FBT001, FBT002 (MkDocs's own signature)
            """Write nothing: the page is stamped later."""

    kept = [file for file in files if not file.src_uri.startswith(GENERATED)]
    sentinels = {sentinel_path(shell): shell for shell in guests.shells}
    targets = []
    for path in guests.paths:
        if path not in sentinels:
            target = LinkTarget(path, config.docs_dir, config.site_dir, use_directory_urls=True)
            # MkDocs takes the address from the kind of file, which it must still hold for a page.
            target.dest_uri, target.url = html_path(path), url_of(path)
            targets.append(target)
    pages = []
    for path, shell in sentinels.items():
        content = SENTINEL.format(hide="" if shell.startswith("feeds/") else "toc")
        pages.append(File.generated(config, path, content=content, inclusion=InclusionLevel.NOT_IN_NAV))
        if shell.endswith(".md"):
            pages[-1].inclusion = InclusionLevel.INCLUDED
    return Files([*kept, *targets, *pages])


def stop_the_clock(guests: Guests) -> None:
    """Give MkDocs the time of the newest change for its own, where the environment gives none (SOURCE_DATE_EPOCH)."""
    if guests.updated:
        seconds = int(datetime.fromisoformat(guests.updated).timestamp())
        os.environ.setdefault(EPOCH, str(seconds))


def refuse_page_plugins(config: MkDocsConfig) -> None:
    """Refuse plugins and hooks that change pages, for they would never see a stamped one, and addresses not ours."""
    if not config.use_directory_urls:
        raise SitegenError("mkdocs.yml: use_directory_urls must be true: every page of the site is a folder")
    for event in _PAGE_EVENTS:
        for method in config.plugins.events[event]:
            # A hook's events are plain functions of a module, which MkDocs lists under the file's name.
            owner = getattr(method, "__self__", None) or sys.modules.get(method.__module__)
            name = next((name for name, plugin in config.plugins.items() if plugin is owner), method.__qualname__)
            if name != "sitegen":
                raise SitegenError(
                    f"mkdocs.yml: the plugin {name!r} changes pages (on_{event}), but generated pages never pass it",
                    "remove it from plugins or hooks",
                )


def build_frame(config_file: Path, guests: Guests, folder: Path, site_url: str) -> Frame:
    """Run MkDocs on the hand-written pages into `folder`."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    with _faults_of_mkdocs(config_file):
        config = load_config(config_file=str(config_file), site_dir=str(folder), site_url=site_url)
        plugin = config.plugins.get("sitegen")
        if plugin is None:
            raise SitegenError(f"{config_file}: plugins must hold sitegen", "add `- sitegen` under `plugins:`")
        refuse_page_plugins(config)
        cast("_GuestPlugin", plugin).guests = guests
        build(config)
    return read_frame(folder, guests)


@contextmanager
def _faults_of_mkdocs(config_file: Path) -> Iterator[None]:
    """Say in one line what MkDocs, its theme or a hand-written page has against being built."""
    from jinja2 import TemplateError
    from mkdocs.exceptions import Abort, MkDocsException

    try:
        yield
    except Abort as fault:
        # MkDocs has logged the reason.
        raise SitegenError(f"{config_file}: MkDocs could not build the frame: {fault.message}") from fault
    except (MkDocsException, TemplateError, UnicodeDecodeError) as fault:
        raise SitegenError(f"{config_file}: MkDocs could not build the frame: {fault}") from fault


class _GuestPlugin:
    """The side of the MkDocs plugin that this module needs."""

    guests: Guests | None


def read_frame(folder: Path, guests: Guests) -> Frame:
    """Give the frame that stands in a folder."""
    sentinels = {html_path(sentinel_path(shell)) for shell in guests.shells}
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return Frame(
        folder,
        tuple(
            file
            for file in files
            if file not in sentinels and not file.startswith(_UNUSED) and not file.endswith(".map")
        ),
    )


def frame_digest(config_file: Path, folders: Sequence[Path], guests: Guests, site_url: str) -> str:
    """Give a digest of everything a frame is made of, or "" where mkdocs.yml reads more than can be seen here."""
    config = config_file.read_bytes()
    if any(word in config for word in (b"INHERIT", b"!ENV", b"!relative", b"hooks:", b"snippets")):
        return ""
    state = hashlib.blake2b(config, digest_size=16)
    for name in ("mkdocs", "mkdocs-material", "markdown", "pymdown-extensions", "sitegen"):
        state.update(f"{name} {version(name)}\n".encode())
    state.update("\n".join((site_url, os.environ.get(EPOCH, ""), *guests.paths, "", *guests.shells)).encode())
    dated = b"build_date" in config
    for folder in folders:
        for path in sorted(_hand_written(folder)):
            body = path.read_bytes()
            dated |= b"build_date" in body
            state.update(path.relative_to(folder).as_posix().encode() + b"\0")
            state.update(hashlib.blake2b(body).digest())
    # MkDocs tells the time of the newest change only to templates that ask for it.
    state.update(guests.updated.encode() if dated else b"")
    return state.hexdigest()


def _hand_written(folder: Path) -> Iterator[Path]:
    """Give the files below a folder that no build wrote."""
    for place, folders, names in os.walk(folder):
        below = "" if place == str(folder) else f"{Path(place).relative_to(folder).as_posix()}/"
        # Generated folders hold very many files, and are not looked into.
        folders[:] = [name for name in folders if f"{below}{name}/" not in GENERATED]
        for name in names:
            path = Path(place, name)
            if f"{below}{name}" not in GENERATED and path.is_file():
                yield path
