"""The generated Markdown in docs/: what is made again and what is left alone, on a real folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sitegen.generated_docs import GeneratedDocs, are_as_written
from sitegen.pages import ListPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAGES = [
    (ListPage("index.md", "Home"), "s1"),
    (ListPage("papers/a.md", "A paper"), "s2"),
    (ListPage("topics/t/with-u.md", "Two topics"), "s3"),
]


def standing(docs: Path) -> dict[str, int]:
    """Give every file with the time when it was written."""
    return {path.relative_to(docs).as_posix(): path.stat().st_mtime_ns for path in docs.rglob("*") if path.is_file()}


def test_only_pages_of_a_new_source_are_made_again(tmp_path: Path) -> None:
    docs, kept = tmp_path / "docs", tmp_path / "kept"
    GeneratedDocs(PAGES, docs, kept).finish()
    before = standing(docs)
    assert sorted(before) == ["index.md", "papers/a.md", "topics/t/with-u.md"]
    assert are_as_written(docs, kept)
    # Another title under the same source cannot be: that it is not seen shows that the page was not made.
    GeneratedDocs(
        [(ListPage("index.md", "Other"), "s1"), (ListPage("papers/a.md", "New"), "s9"), PAGES[2]], docs, kept
    ).finish()
    after = standing(docs)
    assert [path for path in before if before[path] != after[path]] == ["papers/a.md"]
    assert "# New" in (docs / "papers/a.md").read_text("utf-8")
    assert "# Home" in (docs / "index.md").read_text("utf-8")


def edited(docs: Path) -> None:
    (docs / "papers/a.md").write_text("somebody's words", "utf-8")


def removed(docs: Path) -> None:
    (docs / "papers/a.md").unlink()


def foreign(docs: Path) -> None:
    (docs / "papers/gone").mkdir()
    (docs / "papers/gone/x.md").write_text("of a paper that is no more", "utf-8")


@pytest.mark.parametrize("change", [edited, removed, foreign])
def test_what_is_not_as_it_was_left_is_mended(tmp_path: Path, change: Callable[[Path], None]) -> None:
    docs, kept = tmp_path / "docs", tmp_path / "kept"
    GeneratedDocs(PAGES, docs, kept).finish()
    (docs / "guide").mkdir()
    (docs / "guide/own.md").write_text("written by hand", "utf-8")
    (docs / "papers/picture.svg").write_text("kept", "utf-8")
    whole = {path: (docs / path).read_bytes() for path in standing(docs)}
    assert are_as_written(docs, kept)
    change(docs)
    assert not are_as_written(docs, kept)
    GeneratedDocs(PAGES, docs, kept).finish()
    assert {path: (docs / path).read_bytes() for path in standing(docs)} == whole
    assert not (docs / "papers/gone").exists()


@pytest.mark.parametrize(
    "body", [b"", b"3\n", b"\xff\xfe", b'1\n["index.md"]\n', b'1\n{"a": 1}\n', b"x\n[]\n", b"1\n7\n"]
)
def test_a_file_that_tells_nothing_is_not_believed(tmp_path: Path, body: bytes) -> None:
    docs, kept = tmp_path / "docs", tmp_path / "kept"
    GeneratedDocs(PAGES, docs, kept).finish()
    kept.write_bytes(body)
    (docs / "index.md").write_text("stale", "utf-8")
    assert not are_as_written(docs, kept)
    GeneratedDocs(PAGES, docs, kept).finish()
    assert "# Home" in (docs / "index.md").read_text("utf-8")
    assert are_as_written(docs, kept)


def test_a_folder_in_the_place_of_what_is_kept_is_replaced(tmp_path: Path) -> None:
    docs, kept = tmp_path / "docs", tmp_path / "kept"
    kept.mkdir()
    GeneratedDocs(PAGES, docs, kept).finish()
    assert are_as_written(docs, kept)


def test_what_another_process_wrote_is_as_if_it_were_written_here(tmp_path: Path) -> None:
    GeneratedDocs(PAGES, tmp_path / "here", tmp_path / "kept-here").finish()
    docs, kept = tmp_path / "docs", tmp_path / "kept"
    (docs / "papers").mkdir(parents=True)
    (docs / "papers/gone.md").write_text("of a paper that is no more", "utf-8")
    made = GeneratedDocs(PAGES, docs, kept)
    writer = made.writer()
    assert writer is not None
    assert not (docs / "papers/gone.md").exists()
    made.take(writer.write(PAGES[:2]))
    made.finish()
    assert {path: (docs / path).read_bytes() for path in standing(docs)} == {
        path: (tmp_path / "here" / path).read_bytes() for path in standing(tmp_path / "here")
    }
    assert are_as_written(docs, kept)
    assert GeneratedDocs(PAGES, docs, kept).writer() is None
