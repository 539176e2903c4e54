"""What a cache keeps is given back whole or not at all, and nothing that stands in its place is harmed or believed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.kept import read_kept, write_kept
from sitegen.problems import SitegenError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LINES = [b"one", b"", b"two \xff\r", b"three"]


def test_lines_are_given_back_as_they_were_kept(tmp_path: Path) -> None:
    for lines in (LINES, [b""], [b"", b""], []):
        write_kept(tmp_path / "kept", "1", lines)
        assert read_kept(tmp_path / "kept", "1") == lines
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda whole: whole[:-1], id="without its last line feed"),
        pytest.param(lambda whole: whole[:-3], id="cut"),
        pytest.param(lambda whole: whole[: len(whole) // 2], id="half"),
        pytest.param(lambda whole: whole + b"\n", id="a line more"),
        pytest.param(lambda whole: whole + b"x", id="longer"),
        pytest.param(lambda whole: whole.replace(b"two", b"tvo"), id="changed within"),
        pytest.param(lambda whole: whole.replace(b"one\n\n", b"\none\n"), id="lines in another order"),
        pytest.param(lambda whole: whole.partition(b"\n")[2], id="without its head"),
        pytest.param(lambda _: b"\xff\x00" * 99, id="noise"),
    ],
)
def test_a_garbled_file_keeps_nothing(tmp_path: Path, content: Callable[[bytes], bytes]) -> None:
    write_kept(tmp_path / "kept", "1", LINES)
    whole = (tmp_path / "kept").read_bytes()
    (tmp_path / "kept").write_bytes(content(whole))
    assert read_kept(tmp_path / "kept", "1") == []


@given(st.binary(max_size=60))
def test_no_bytes_are_taken_for_what_was_kept(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "noise"
    path.write_bytes(content)
    assert read_kept(path, "1") == []


def test_what_other_code_kept_is_not_used(tmp_path: Path) -> None:
    write_kept(tmp_path / "kept", "1", LINES)
    assert read_kept(tmp_path / "kept", "2") == []
    assert read_kept(tmp_path / "kept", "1") == LINES


def test_whatever_stands_in_its_place_keeps_nothing_and_gives_way(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    (tmp_path / "mine").write_bytes(b"mine")
    for place in (path, tmp_path / "kept.new"):
        for put in (
            lambda there: there.mkdir(),
            lambda there: (there / "below").mkdir(parents=True),
            os.mkfifo,
            lambda there: there.symlink_to(tmp_path / "mine"),
            lambda there: there.symlink_to(tmp_path / "nothing"),
        ):
            put(place)
            assert read_kept(path, "1") == []
            write_kept(path, "1", LINES)
            assert read_kept(path, "1") == LINES
            path.unlink()
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("mine", b"mine")]


def test_a_place_that_is_not_there_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SitegenError, match=r"none/kept\.new: No such file or directory"):
        write_kept(tmp_path / "none" / "kept", "1", LINES)
