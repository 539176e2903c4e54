"""A project in a folder of its own, so that a benchmark touches nothing of the one that it measures."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from bench_figures import Contents

from sitegen.corpus import dump_paper
from sitegen.frame import GENERATED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sitegen.model import Paper

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
BUILD = [str(BIN / "sitegen"), "build"]
STOCK = [str(BIN / "mkdocs"), "build", "--quiet", "--config-file", "stock.yml", "--site-dir", "stock"]


def make_project(folder: Path) -> None:
    """Copy what a site is made of besides its papers: settings, theme, hand-written pages, topics."""
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(ROOT / "theme", folder / "theme")
    shutil.copytree(ROOT / "docs", folder / "docs")
    remove(*_generated(folder))
    (folder / "corpus" / "papers").mkdir(parents=True)
    for path in (ROOT / "corpus").glob("*.yaml"):
        shutil.copy(path, folder / "corpus")
    config = yaml.load((folder / "mkdocs.yml").read_bytes(), yaml.BaseLoader)  # noqa: S506 (it makes nothing but text)
    (folder / "stock.yml").write_text(yaml.safe_dump(_stock(config)), "utf-8")


def _stock(config: dict[str, Any]) -> dict[str, Any]:
    """Give the settings of stock MkDocs for the same pages: Material as it comes, its search plugin on."""
    theme = {"name": "material", "font": False, "palette": config["theme"]["palette"]}
    kept = ("site_url", "site_name", "site_description", "docs_dir", "nav", "not_in_nav", "markdown_extensions")
    return {**{key: config[key] for key in kept}, "theme": theme, "plugins": ["search"]}


def add_papers(folder: Path, papers: Iterable[Paper]) -> None:
    """Write records into the project's corpus, in folders by year."""
    for paper in papers:
        path = paper_path(folder, paper)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(dump_paper(paper))


def paper_path(folder: Path, paper: Paper) -> Path:
    """Give the file of a record."""
    return folder / "corpus" / "papers" / (paper.date[:4] or "undated") / f"{paper.id}.yaml"


def make_clean(folder: Path) -> None:
    """Set aside all that a build leaves: the site, its spare and state, and the generated Markdown."""
    set_aside(folder, folder / "site", *folder.glob(".*.sitegen"), *_generated(folder))


def _generated(folder: Path) -> list[Path]:
    return [folder / "docs" / place for place in GENERATED]


def set_aside(folder: Path, *paths: Path) -> None:
    """Move files and folders out of a project, where they are there; they stand beside it until all is measured.

    A file system that has just removed many files (ext4) is several times slower for minutes to make others.
    """
    aside = folder.with_name(f"{folder.name}-aside")
    aside.mkdir(exist_ok=True)
    for path in paths:
        if path.exists():
            path.rename(aside / str(len(os.listdir(aside))))  # noqa: PTH208 (their number alone)


def remove(*paths: Path) -> None:
    """Remove files and whole folders, where they are there."""
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def contents(site: Path) -> Contents:
    """Count a site's pages, files and bytes."""
    pages = files = size = 0
    for folder, _, names in os.walk(site):
        files += len(names)
        pages += sum(name.endswith(".html") for name in names)
        size += sum(os.lstat(f"{folder}/{name}").st_size for name in names)
    return Contents(pages, files, size)
