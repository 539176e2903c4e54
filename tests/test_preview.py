"""The preview: files are made when they are asked for, forgotten when something changes, and never those of before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from projects import make_project

from sitegen import build
from sitegen.config import settings_of
from sitegen.frame import read_frame
from sitegen.preview import Preview

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

URL = "https://example.net/repo/"


@pytest.fixture
def show(tmp_path: Path) -> Callable[..., Preview]:
    """Show a project's site as it is now, and show it again."""
    settings = settings_of(make_project(tmp_path / "project") / "mkdocs.yml")
    build.build(settings, 1, lambda *_: None)
    (tmp_path / "shown").mkdir()
    (tmp_path / "kept").mkdir()
    preview = Preview(tmp_path / "shown")

    def again(*, new_frame: bool = False) -> Preview:
        planned = build.prepare(settings, lambda *_: None, tmp_path / "kept")
        frame = read_frame(tmp_path / "project/.site.sitegen/frame", planned.guests)
        preview.show(planned, frame, URL, new_frame=new_frame)
        return preview

    again(new_frame=True)
    return again


def files(preview: Preview, below: str) -> set[str]:
    found = (preview.folder / below).rglob("*")
    return {path.relative_to(preview.folder).as_posix() for path in found if path.is_file()}


def edit(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "project/corpus/papers/2023/plain-paper.yaml"
    words = path.read_text("utf-8")
    assert old in words
    path.write_text(words.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    "asked", ["papers/plain-paper/index.html", "papers/plain-paper", "papers/plain-paper/", "papers/plain-paper.md"]
)
def test_a_page_is_made_where_it_is_asked_for(show: Callable[..., Preview], asked: str) -> None:
    preview = show()
    assert files(preview, "papers") == set()
    preview.make(asked)
    assert files(preview, "papers") == {"papers/plain-paper/index.html", "papers/plain-paper.md"}


def test_the_home_page_is_made_for_the_root(show: Callable[..., Preview]) -> None:
    preview = show()
    preview.make("")
    assert "<h1" in (preview.folder / "index.html").read_text("utf-8")


@pytest.mark.parametrize("asked", ["nowhere", "../project/mkdocs.yml", "guide/index.html", "papers"])
def test_nothing_is_made_where_no_page_is(show: Callable[..., Preview], asked: str) -> None:
    preview = show()
    before = files(preview, "")
    preview.make(asked)
    assert files(preview, "") == before


def test_any_part_of_the_search_brings_all_of_it(show: Callable[..., Preview]) -> None:
    preview = show()
    assert files(preview, "search") == {"search/index.html"}
    preview.make("search/current.json")
    assert len(files(preview, "search")) > 5
    assert not list((preview.folder / "search").glob("*.tmp"))


def test_after_a_change_pages_asked_for_last_are_made_anew_and_others_forgotten(
    show: Callable[..., Preview], tmp_path: Path
) -> None:
    preview = show()
    preview.make("papers/hostile.md")
    preview.make("feeds/all.atom.xml")
    preview.make("search/current.json")
    preview.make("papers/plain-paper/")
    edit(tmp_path, "We learn together", "We learn alone")
    show()
    assert "We learn alone" in (preview.folder / "papers/plain-paper/index.html").read_text("utf-8")
    assert "papers/hostile.md" in files(preview, "papers")
    assert files(preview, "feeds") == set()
    assert files(preview, "search") == {"search/index.html"}


def test_a_page_that_is_gone_is_shown_no_more(show: Callable[..., Preview], tmp_path: Path) -> None:
    preview = show()
    preview.make("papers/plain-paper/")
    (tmp_path / "project/corpus/papers/2023/plain-paper.yaml").unlink()
    show()
    preview.make("papers/plain-paper/")
    assert files(preview, "papers") == set()


def test_a_new_frame_leaves_nothing_of_the_old_one(show: Callable[..., Preview]) -> None:
    preview = show()
    (preview.folder / "guide/old").mkdir()
    (preview.folder / "guide/old/index.html").write_text("old")
    show(new_frame=True)
    assert "guide/index.html" in files(preview, "guide")
    assert "guide/old/index.html" not in files(preview, "guide")
