"""Watching: which changes of files are noticed, and which are nobody's business."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import pytest
from watchdog.events import FileSystemEvent, FileSystemEventHandler

from sitegen.watcher import Watcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SOON, A_WHILE = 30, 1.5  # seconds


class Told(FileSystemEventHandler):
    """Knows what it was told."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.once = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        self.paths.append(str(event.src_path))
        self.once.set()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in ("docs/guide/a.md", "docs/papers/b.md", "docs/index.md", "corpus/papers/2024/c.yaml", "mkdocs.yml"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("words")
    (tmp_path / "corpus/link.yaml").symlink_to("nowhere")
    return tmp_path


@pytest.fixture
def watched(folder: Path) -> Iterator[tuple[Watcher, Told]]:
    watcher, told = Watcher([folder / "docs/papers/", folder / "docs/index.md"]), Told()
    for name in ("docs", "corpus", "mkdocs.yml"):
        watcher.schedule(told, str(folder / name))
    watcher.start()
    yield watcher, told
    watcher.stop()
    watcher.join(SOON)
    assert not watcher.is_alive()


def _rewritten(path: Path) -> None:
    """Put as many bytes with the same time in a file's place."""
    status = path.stat()
    new = path.parents[2] / "new"
    new.write_text("sword")
    os.utime(new, ns=(status.st_atime_ns, status.st_mtime_ns))
    new.replace(path)


@pytest.mark.parametrize(
    ("change", "root"),
    [
        pytest.param(lambda folder: (folder / "docs/guide/a.md").write_text("more words"), "docs", id="changed"),
        pytest.param(lambda folder: _rewritten(folder / "docs/guide/a.md"), "docs", id="replaced by its like"),
        pytest.param(lambda folder: (folder / "corpus/papers/2024/d.yaml").write_text(""), "corpus", id="new"),
        pytest.param(lambda folder: (folder / "corpus/papers/2024/c.yaml").unlink(), "corpus", id="gone"),
        pytest.param(
            lambda folder: (folder / "corpus/papers/2024").rename(folder / "corpus/papers/2025"),
            "corpus",
            id="a folder renamed",
        ),
        pytest.param(lambda folder: (folder / "mkdocs.yml").write_text("x"), "mkdocs.yml", id="a file watched alone"),
        pytest.param(lambda folder: (folder / "mkdocs.yml").unlink(), "mkdocs.yml", id="a file watched alone is gone"),
    ],
)
def test_a_change_is_told_with_where_it_was(
    folder: Path, watched: tuple[Watcher, Told], change: Callable[[Path], object], root: str
) -> None:
    watcher, told = watched
    change(folder)
    assert told.once.wait(SOON)
    assert set(told.paths) == {str(folder / root)}
    assert watcher.changed() == {str(folder / root)}


@pytest.mark.parametrize("path", ["docs/papers/b.md", "docs/papers/new.md", "docs/index.md", "elsewhere.md"])
def test_what_is_skipped_or_elsewhere_is_not_told(folder: Path, watched: tuple[Watcher, Told], path: str) -> None:
    (folder / path).write_text("more words")
    assert not watched[1].once.wait(A_WHILE)


def test_what_is_no_longer_watched_is_not_told(folder: Path, watched: tuple[Watcher, Told]) -> None:
    watcher, told = watched
    watcher.unschedule(str(folder / "docs"))
    (folder / "docs/guide/a.md").write_text("more words")
    assert not told.once.wait(A_WHILE)
    (folder / "corpus/x.yaml").write_text("")
    assert told.once.wait(SOON)
