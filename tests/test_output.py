"""Plain writing: records and pages of docs/, held to what is then on the disk."""

from __future__ import annotations

import os
import resource
import signal
import stat
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sitegen.output import (
    Output,
    PlannedPaths,
    change_files,
    create_file,
    make_folder,
    remove_anything,
    write_files,
)
from sitegen.problems import SitegenError

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def tight_umask() -> Iterator[None]:
    before = os.umask(0o077)
    yield
    os.umask(before)


@contextmanager
def small_files_only() -> Iterator[int]:
    """A disk that is full after 4 kB of any file: the system refuses the write.

    No fixture: the limit holds for the file that pytest writes its own words to, as well.
    """
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    quiet = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        yield 4096
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, quiet)


def tree(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("", id="no name"),
        pytest.param("/etc/passwd", id="absolute"),
        pytest.param("../x", id="out of the folder"),
        pytest.param("a/../../x", id="out by way of a folder"),
        pytest.param("a/..", id="parent at the end"),
        pytest.param("./x", id="the folder itself"),
        pytest.param("a//x", id="an empty part"),
        pytest.param("a/", id="a folder"),
        pytest.param("a\\x", id="backslash"),
        pytest.param("a\nb", id="newline"),
        pytest.param("x\n", id="newline at the end"),
        pytest.param("a\0b", id="NUL"),
        pytest.param("\ud800", id="lone surrogate"),
    ],
)
def test_a_path_that_leaves_the_folder_is_no_output(path: str) -> None:
    with pytest.raises(SitegenError, match="cannot be the path"):
        Output(path, b"")


@pytest.mark.parametrize("path", ["x", "a/b/c.html", "..x", "x..", ".nojekyll", "a/...", "a b", "é"])
def test_a_path_within_the_folder_is_one(path: str) -> None:
    assert Output(path, b"").path == path


@pytest.mark.parametrize(
    ("paths", "words"),
    [
        pytest.param(["a", "a"], "two files of one site", id="the same path twice"),
        pytest.param(["a/x.html", "a/X.html"], "two files of one site", id="files differ in case"),
        pytest.param(["é", "e\u0301"], "two files of one site", id="files differ in composition"),
        pytest.param(["É", "é"], "two files of one site", id="files differ in case beyond ASCII"),
        pytest.param(["A/x", "a/y"], "two folders of one site, A and a", id="folders differ in case"),
        pytest.param(["b/A/x", "b/a/y/z"], "two folders of one site, b/A and b/a", id="folders above differ in case"),
        pytest.param(["a", "a/x"], "a would be a file and a folder", id="file, then folder"),
        pytest.param(["a/b/x", "a"], "a would be a file and a folder", id="folder, then file"),
    ],
)
def test_paths_that_cannot_stand_beside_each_other(paths: list[str], words: str) -> None:
    planned = PlannedPaths()
    for path in paths[:-1]:
        planned.add(path)
    with pytest.raises(SitegenError, match=words):
        planned.add(paths[-1])


def test_folders_come_before_what_is_in_them() -> None:
    planned = PlannedPaths()
    for path in ("b/c/d/x", "a-b/x", "a/x", "x"):
        planned.add(path)
    assert planned.folders() == ["", "a", "a-b", "b", "b/c", "b/c/d"]


@pytest.mark.usefixtures("tight_umask")
def test_new_files_and_folders_are_readable_by_all_whatever_the_umask(tmp_path: Path) -> None:
    root = tmp_path / "corpus" / "papers"
    assert write_files(root, [Output("2023/x.yaml", b"x"), Output("y.yaml", b"y")]) == 2
    assert tree(root) == {"2023/x.yaml": b"x", "y.yaml": b"y"}
    assert {mode(root / name) for name in ("2023/x.yaml", "y.yaml")} == {0o644}
    assert {mode(folder) for folder in (root.parent, root, root / "2023")} == {0o755}


def test_equal_files_are_not_touched_and_others_keep_their_mode(tmp_path: Path) -> None:
    write_files(tmp_path, [Output("same", b"1"), Output("differs", b"1"), Output("same size", b"1")])
    (tmp_path / "differs").chmod(0o600)
    before = (tmp_path / "same").stat()
    assert write_files(tmp_path, [Output("same", b"1"), Output("differs", b"22"), Output("same size", b"2")]) == 2
    after = (tmp_path / "same").stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)
    assert tree(tmp_path) == {"same": b"1", "differs": b"22", "same size": b"2"}
    assert mode(tmp_path / "differs") == 0o600


def test_all_bytes_exist_before_a_file_is_touched(tmp_path: Path) -> None:
    def outputs() -> Iterator[Output]:
        yield Output("a", b"")
        raise RuntimeError("rendering failed")

    with pytest.raises(RuntimeError, match="rendering failed"):
        write_files(tmp_path, outputs())
    assert not tree(tmp_path)


def test_a_full_disk_changes_nothing_and_leaves_no_temporary_file(tmp_path: Path) -> None:
    write_files(tmp_path, [Output("a", b"old"), Output("sub/b", b"old")])
    with pytest.raises(SitegenError, match=r"sub/b: File too large$") as caught, small_files_only() as most:
        write_files(tmp_path, [Output("a", b"new"), Output("sub/b", bytes(most + 1)), Output("c", b"")])
    assert "\n" not in caught.value.message
    assert tree(tmp_path) == {"a": b"old", "sub/b": b"old"}


def test_the_leftover_of_a_killed_run_is_not_in_the_way(tmp_path: Path) -> None:
    leftover = tmp_path / f".a.{os.getpid()}.tmp"
    leftover.write_bytes(b"half")
    write_files(tmp_path, [Output("a", b"whole")])
    assert tree(tmp_path) == {"a": b"whole"}


def test_an_error_stays_the_error_when_its_folder_vanishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def vanish(path: str, *_: object) -> None:
        remove_anything(Path(path).parent)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sitegen.output.create_file", vanish)
    with pytest.raises(SitegenError, match="sub/a: No space left on device"):
        write_files(tmp_path, [Output("sub/a", b"")])


def test_no_link_is_followed_out_of_the_folder(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    write_files(outside, [Output("x", b"mine")])
    root = tmp_path / "root"
    root.mkdir()
    (root / "folder").symlink_to(outside)
    (root / "file").symlink_to(outside / "x")
    (root / "dangling").symlink_to(outside / "new")
    os.mkfifo(root / "fifo")
    (root / "plain").write_bytes(b"")
    for path, words in (
        ("folder/x", "folder is a symbolic link; remove it"),
        ("file", "file is a symbolic link; remove it"),
        ("dangling", "dangling is a symbolic link; remove it"),
        ("fifo", "fifo is not a file; remove it"),
        ("plain/x", "plain is not a folder; remove it"),
    ):
        with pytest.raises(SitegenError, match=words):
            write_files(root, [Output(path, b"theirs")])
    assert tree(outside) == {"x": b"mine"}


def test_the_folder_itself_may_be_reached_by_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "docs").symlink_to("real")
    write_files(tmp_path / "docs", [Output("a/x", b"x")])
    assert tree(tmp_path / "real") == {"a/x": b"x"}


def test_files_that_are_gone_are_removed_with_the_folders_that_this_empties(tmp_path: Path) -> None:
    write_files(tmp_path, [Output("a/b/c.md", b""), Output("a/kept.txt", b""), Output("d/e.md", b"")])
    (tmp_path / "outside").write_bytes(b"mine")
    (tmp_path / "a/link.md").symlink_to(tmp_path / "outside")
    assert change_files(tmp_path, [Output("new/d.md", b"d")], ["a/b/c.md", "a/link.md", "d/e.md"]) == 4
    assert tree(tmp_path) == {"a/kept.txt": b"", "new/d.md": b"d", "outside": b"mine"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "new", "outside"]


def test_a_new_file_replaces_nothing(tmp_path: Path) -> None:
    (tmp_path / "x").symlink_to(tmp_path / "y")
    with pytest.raises(FileExistsError):
        create_file(str(tmp_path / "x"), b"")
    assert not (tmp_path / "y").exists()


def test_removing_a_link_leaves_what_it_points_to(tmp_path: Path) -> None:
    make_folder(tmp_path / "real" / "sub")
    (tmp_path / "link").symlink_to("real")
    remove_anything(tmp_path / "link")
    remove_anything(tmp_path / "missing")
    assert [path.name for path in tmp_path.iterdir()] == ["real"]
    remove_anything(tmp_path / "real")
    assert list(tmp_path.iterdir()) == []
