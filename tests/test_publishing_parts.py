"""The parts of publishing, each held against a plainer way to the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from array import array
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.output import PlannedPaths
from sitegen.problems import SitegenError
from sitegen.publishing import survey as second_process
from sitegen.publishing import under_way
from sitegen.publishing.clashes import StandingPaths
from sitegen.publishing.manifest import manifest_head, read_manifest, write_manifest
from sitegen.publishing.merging import merged
from sitegen.publishing.survey import ANY_TIME, UNTRUSTED, Survey, answered, packed, read_answer, survey
from sitegen.publishing.tree import Tree, common_runs, folders_of
from sitegen.publishing.under_way import SurveyUnderWay

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PATH = st.lists(st.sampled_from(["a", "A", "b", "a-b", "é", "É", "0"]), min_size=1, max_size=3).map("/".join)


def tree_of(files: Mapping[str, tuple[str, int]], kind: str = "page") -> Tree:
    """A tree of paths with a source and a size; the contents are made of the sizes."""
    paths = sorted(files)
    sources = sorted({source for source, _ in files.values()})
    return Tree(
        paths=paths,
        sizes=array("q", [files[path][1] for path in paths]),
        times=array("q", [files[path][1] * 10 for path in paths]),
        folders=folders_of(paths),
        stamps=array("q", [7 for _ in folders_of(paths)]),
        contents=b"".join(files[path][1].to_bytes(16, "big") for path in paths),
        sources=sources,
        source_of=array("I", [sources.index(files[path][0]) for path in paths]),
        kinds=bytes(len(paths)),
        kind_names=[kind],
    )


def files_of(tree: Tree) -> dict[str, tuple[str, int]]:
    return {path: (tree.sources[tree.source_of[number]], tree.sizes[number]) for number, path in enumerate(tree.paths)}


FILES = st.dictionaries(PATH, st.tuples(st.sampled_from(["s1", "s2", "s3"]), st.integers(0, 2)), max_size=12)

# Manifests

SOUND = tree_of({"index.html": ("s", 4), "a b/é\u2028.md": ("s2", 2**40), "a b/c/x": ("s", 0)})


def with_(**columns: object) -> bytes:
    """A manifest, whole but of columns that do not fit each other."""
    with tempfile.TemporaryDirectory() as folder:
        write_manifest(Path(folder, "x"), replace(SOUND, **columns), 77)  # type: ignore[arg-type]
        return Path(folder, "x").read_bytes()


def test_a_manifest_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "live.manifest"
    for tree in (SOUND, Tree()):
        write_manifest(path, tree, 77)
        assert read_manifest(path) == tree
        head = manifest_head(path)
        assert head
        assert (head.root, head.files) == (77, len(tree))
    assert [file.name for file in tmp_path.iterdir()] == ["live.manifest"]


def test_every_byte_of_a_manifest_counts(tmp_path: Path) -> None:
    path = tmp_path / "live.manifest"
    write_manifest(path, SOUND, 77)
    whole = path.read_bytes()
    for number in range(len(whole)):
        path.write_bytes(whole[:number] + bytes([whole[number] ^ 1]) + whole[number + 1 :])
        assert read_manifest(path) is None
        path.write_bytes(whole[:number])
        assert read_manifest(path) is None
        assert manifest_head(path) is None
    path.write_bytes(whole + b"x")
    assert (read_manifest(path), manifest_head(path)) == (None, None)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\x00" * 100, id="zeros"),
        pytest.param(b"\xff\xfe\n", id="not ASCII"),
        pytest.param(b"sitegen-manifest-1 77 1\ns c 4 5 index.html\n", id="of the format before"),
        pytest.param(b"".join(packed("sitegen-manifest-9 77 modes", [b""] * 10)), id="of another format"),
        pytest.param(b"".join(packed("sitegen-manifest-2-little 77 modes", [b"x"] * 3)), id="of too few columns"),
        pytest.param(with_(paths=["b", "a", "c"]), id="in no order"),
        pytest.param(with_(paths=["a"]), id="with too few paths"),
        pytest.param(with_(stamps=array("q", [])), id="with too few times of folders"),
        pytest.param(with_(sources=["s"]), id="with too few sources"),
        pytest.param(with_(kind_names=[]), id="with too few kinds"),
        pytest.param(with_(contents=b"x"), id="with too few digests"),
    ],
)
def test_what_is_no_manifest_is_not_trusted(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "live.manifest").write_bytes(body)
    assert read_manifest(tmp_path / "live.manifest") is None
    assert read_manifest(tmp_path / "missing") is None
    assert manifest_head(tmp_path / "missing") is None


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "a/../../x", "a/..", "./x", "a//x", "a\0b", ".."])
def test_a_manifest_whose_paths_lead_out_of_the_site_is_not_trusted(tmp_path: Path, path: str) -> None:
    write_manifest(tmp_path / "live.manifest", tree_of({path: ("s", 1), "index.html": ("s", 1)}), 77)
    assert read_manifest(tmp_path / "live.manifest") is None


# Trees


@given(FILES, FILES, st.data())
def test_a_merged_tree_is_that_of_the_files_that_stay_and_the_others(
    first: dict[str, tuple[str, int]], second: dict[str, tuple[str, int]], draw: st.DataObject
) -> None:
    stays = {path: path not in second and draw.draw(st.booleans()) for path in first}
    expected = {path: first[path] for path in first if stays[path]} | second
    tree, marks = merged(
        tree_of(first, "page"),
        bytes(stays[path] for path in sorted(first)),
        tree_of(second, "feed"),
        b"\1" * len(second),
    )
    assert files_of(tree) == expected
    assert tree.paths == sorted(expected)
    assert list(tree.times) == [expected[path][1] * 10 for path in tree.paths]
    assert [int.from_bytes(tree.content(number), "big") for number in range(len(tree))] == list(tree.sizes)
    assert [tree.kind_names[kind] for kind in tree.kinds] == [
        "feed" if path in second else "page" for path in tree.paths
    ]
    assert [path for path, mark in zip(tree.paths, marks, strict=True) if mark] == sorted(second)
    assert sorted(tree.sources) == sorted({source for source, _ in expected.values()} | {s for s, _ in second.values()})
    assert tree.folders == sorted({str(p) for path in expected for p in Path(path).parents} - {"."})
    assert set(tree.stamps) <= {UNTRUSTED}
    sizes = [size for _, size in second.values()]
    assert tree.sizes_by_kind().get("feed", (0, 0)) == (len(sizes), sum(sizes))


def _matching(first: Tree, second: Tree) -> set[tuple[int, int]]:
    return {(here + n, there + n) for here, there, count in common_runs(first, second) for n in range(count)}


@given(FILES, FILES)
def test_common_runs_are_all_that_two_trees_share(
    first: dict[str, tuple[str, int]], second: dict[str, tuple[str, int]]
) -> None:
    one, two = tree_of(first), tree_of(second)
    shared = {path for path in first if path in second and first[path][1] == second[path][1]}
    assert _matching(one, two) == {(one.find(path), two.find(path)) for path in shared}


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 1999), st.sampled_from(["gone", "changed", "new"])), max_size=12))
def test_common_runs_are_found_in_blocks_around_what_differs(edits: list[tuple[int, str]]) -> None:
    first = {f"papers/{number:04}.md": ("s", number) for number in range(2000)}
    second = dict(first)
    for number, what in edits:
        path = f"papers/{number:04}.md"
        if what == "gone":
            second.pop(path, None)
        else:
            second[path if what == "changed" else f"{path}x"] = ("s", 5000)
    one, two = tree_of(first), tree_of(second)
    shared = first.items() & second.items()
    for here, there in ((one, two), (two, one)):
        assert _matching(here, there) == {(here.find(path), there.find(path)) for path, _ in shared}


def _refusal(take: Callable[[str], None], path: str) -> str:
    """Give the words in which a path is refused; none where it is welcome."""
    try:
        take(path)
    except SitegenError as error:
        return error.message
    return ""


@given(st.lists(PATH, max_size=8, unique=True), PATH)
def test_a_path_is_refused_beside_standing_ones_as_it_is_among_planned_ones(paths: list[str], path: str) -> None:
    standing: list[str] = []
    for other in paths:
        if not _refusal(_planned(standing).add, other):
            standing.append(other)
    assert _refusal(StandingPaths(sorted(standing)).refuse, path) == _refusal(_planned(standing).add, path)


def _planned(paths: list[str]) -> PlannedPaths:
    planned = PlannedPaths()
    for path in paths:
        planned.add(path)
    return planned


# Surveys


def make(root: Path, paths: list[str]) -> Tree:
    """Write empty files, long ago, and give what is recorded of them."""
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(b"")
    for place in (root, *root.rglob("*")):
        place.chmod(0o755 if place.is_dir() else 0o644)
        os.utime(place, ns=(5, 5_000_000_007))
    tree = tree_of(dict.fromkeys(paths, ("s", 0)))
    tree.times = array("q", [5_000_000_007] * len(tree))
    tree.stamps = array("q", [5_000_000_007] * len(tree.folders))
    return tree


LATER = 9_000_000_000_000_000_000


def held(root: Path, tree: Tree) -> Survey:
    return survey(str(root), tree.recorded(), since=LATER, modes=True)


def test_a_survey_reads_the_time_of_files_just_written(tmp_path: Path) -> None:
    tree = make(tmp_path, ["a/x", "y"])
    tree.times[1] = ANY_TIME
    assert held(tmp_path, tree) == (array("I"), array("q", [5_000_000_007] * 2), array("q", [5_000_000_007]), [])


def test_names_are_read_only_in_folders_whose_time_has_changed(tmp_path: Path) -> None:
    tree = make(tmp_path, ["a/x", "b/x", "y"])
    (tmp_path / "a/strange").write_bytes(b"")
    assert held(tmp_path, tree).strangers == ["a/strange"]
    os.utime(tmp_path / "a", ns=(5, 5_000_000_007))
    assert held(tmp_path, tree).strangers == []
    tree.stamps[0] = UNTRUSTED
    assert held(tmp_path, tree).strangers == ["a/strange"]


@pytest.mark.parametrize(
    ("time", "since", "trusted"),
    [
        pytest.param(7_000_000_001, 7_040_000_000, False, id="within a tick of the clock"),
        pytest.param(7_000_000_001, 7_100_000_000, True, id="before it"),
        pytest.param(7_000_000_000, 9_000_000_000, False, id="whole seconds, which may be two late"),
        pytest.param(7_000_000_000, 9_600_000_000, True, id="before these"),
    ],
)
def test_the_time_of_a_folder_that_may_yet_change_within_it_is_not_trusted(
    tmp_path: Path, time: int, since: int, trusted: bool
) -> None:
    tree = make(tmp_path, ["a/x"])
    os.utime(tmp_path / "a", ns=(5, time))
    found = survey(str(tmp_path), tree.recorded(), since=since, modes=True)
    assert list(found.stamps) == [time if trusted else UNTRUSTED]


def test_modes_do_not_count_where_the_file_system_knows_none(tmp_path: Path) -> None:
    tree = make(tmp_path, ["a/x", "b/x", "y"])
    for place in tmp_path.rglob("*"):
        place.chmod(0o700)
    (tmp_path / "y").unlink()
    (tmp_path / "y").mkdir()
    found = survey(str(tmp_path), tree.recorded(), since=LATER, modes=False)
    assert (list(found.wrong), found.strangers) == ([2], ["y"])


PLACES = ["a", "a/x", "a/b", "a/b/x", "a/b/y", "a-b", "a-b/x", "c", "new", "a/new"]
DEEDS = ["remove", "edit", "chmod", "link", "folder", "file", "hard link"]


def _do(root: Path, place: str, deed: str) -> None:
    """Meddle with a place, if its folder is still one."""
    path = root / place
    if not path.parent.is_dir() or path.parent.is_symlink():
        return
    if deed == "chmod" and os.path.lexists(path) and not path.is_symlink():
        path.chmod(0o700)
    elif deed == "edit" and path.is_file() and not path.is_symlink():
        path.write_bytes(b"x")
    elif deed == "hard link" and path.is_file() and not path.is_symlink():
        os.link(path, root.parent / f"second{len(list(root.parent.iterdir()))}")
    elif deed in ("remove", "link", "folder", "file"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
        if deed == "link":
            path.symlink_to(root.parent / "outside")
        elif deed == "folder":
            path.mkdir()
        elif deed == "file":
            path.write_bytes(b"")


def _expected(root: Path, tree: Tree) -> tuple[list[int], list[str]]:
    """Find the same by walking all, and asking each thing met."""
    strange, right = [], set()
    waiting = [root]
    while waiting:
        for path in waiting.pop().iterdir():
            name, status = path.relative_to(root).as_posix(), path.lstat()
            if name in tree.folders and path.is_dir() and not path.is_symlink() and status.st_mode & 0o777 == 0o755:
                waiting.append(path)
            elif name in tree.paths and status.st_mode == 0o100644 and not status.st_size:
                right.add(name) if status.st_mtime_ns == 5_000_000_007 else strange.append(name)
            else:
                strange.append(name)
    return [number for number, path in enumerate(tree.paths) if path not in right], sorted(strange)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(DEEDS)), max_size=4))
def test_a_survey_finds_what_walking_all_finds(deeds: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "site")
        tree = make(root, ["a/x", "a/b/x", "a/b/y", "a-b/x", "c"])
        (root.parent / "outside").mkdir()
        (root.parent / "outside/x").write_bytes(b"")
        for place, deed in deeds:
            _do(root, place, deed)
        found = held(root, tree)
        assert (list(found.wrong), found.strangers) == _expected(root, tree)


def test_a_name_that_is_no_text_is_strange_and_told_whole(tmp_path: Path) -> None:
    root = tmp_path / "site"
    write_manifest(tmp_path / "m", make(root, ["x"]), 1)
    try:
        os.close(os.open(os.fsencode(root) + b"/\xff", os.O_CREAT | os.O_WRONLY))
    except OSError:
        pytest.skip("this file system takes text only")
    found = read_answer(b"".join(answered(str(root), str(tmp_path / "m"))))
    assert [os.fsencode(name) for name in found.strangers] == [b"\xff"]


# The second process


def test_the_second_process_needs_nothing_of_sitegen(tmp_path: Path) -> None:
    root = tmp_path / "site"
    write_manifest(tmp_path / "m", make(root, ["a/x", "y"]), 1)
    (root / "a/x").unlink()
    script = Path(shutil.copy(str(second_process.__file__), tmp_path / "alone.py"))
    command = [sys.executable, "-I", "-S", "-X", "importtime", str(script), str(root), str(tmp_path / "m")]
    done = subprocess.run(command, check=True, capture_output=True)
    assert b"sitegen" not in done.stderr
    assert list(read_answer(done.stdout).wrong) == [0]


@pytest.mark.parametrize("deed", DEEDS)
def test_the_second_process_and_its_fork_find_what_walking_all_finds(tmp_path: Path, deed: str) -> None:
    root = tmp_path / "site"
    tree = make(root, ["a/x", "a/b/x", "a/b/y", "a-b/x", "c"])
    write_manifest(tmp_path / "m", tree, 1)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/x").write_bytes(b"")
    # The first half, and the second.
    for place in ("a-b/x", "c"):
        _do(root, place, deed)
    command = [sys.executable, "-I", "-S", str(second_process.__file__), str(root), str(tmp_path / "m")]
    found = read_answer(subprocess.run(command, check=True, capture_output=True).stdout)
    assert (list(found.wrong), found.strangers) == _expected(root, tree)
    assert len(found.times) == len(tree.paths)


@pytest.mark.parametrize("harm", ["killed", "no such program", "says nothing"])
def test_where_the_second_process_comes_to_harm_the_survey_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    root = tmp_path / "site"
    write_manifest(tmp_path / "m", make(root, ["a/x", "y"]), 1)
    (root / "a/x").unlink()
    monkeypatch.setattr(under_way, "PROCESS_FROM", 1)
    programs = {"no such program": str(tmp_path / "missing"), "says nothing": shutil.which("true") or ""}
    monkeypatch.setattr(sys, "executable", programs.get(harm, sys.executable))
    with SurveyUnderWay(root, tmp_path / "m") as under:
        if harm == "killed":
            assert under._process
            under._process.kill()
        found = under.found()
    assert found
    assert list(found.wrong) == [0]


def test_a_survey_that_nobody_awaits_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "site"
    write_manifest(tmp_path / "m", make(root, ["a/x", "y"]), 1)
    monkeypatch.setattr(under_way, "PROCESS_FROM", 1)
    with SurveyUnderWay(root, tmp_path / "m") as under:
        process = under._process
    assert process
    assert process.returncode is not None


def test_a_survey_against_no_manifest_finds_nothing(tmp_path: Path) -> None:
    (tmp_path / "m").write_bytes(b"sitegen")
    for manifest in ("m", "missing"):
        with SurveyUnderWay(tmp_path, tmp_path / manifest) as under:
            assert under.found() is None


def test_an_answer_that_was_cut_off_is_none() -> None:
    whole = b"".join(packed("survey", [b"", b"12345678", b"", b"x\0y"]))
    assert read_answer(whole).strangers == ["x", "y"]
    for number in range(len(whole)):
        with pytest.raises(ValueError, match=r".*"):
            read_answer(whole[:number])
