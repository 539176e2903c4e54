"""Publishing a site: what is on the disk afterwards, whatever happened meanwhile."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import resource
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.problems import SitegenError
from sitegen.publishing import File, Outcome, Publication, exchange, publication, under_way

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Site = dict[str, bytes]

HOME: Site = {"index.html": b"home", "404.html": b"lost", "papers/a/index.html": b"a", "papers/a.md": b"# a"}


def source_of(path: str, body: bytes) -> str:
    return sha256(path.encode() + b"\0" + body).hexdigest()


def files(site: Mapping[str, bytes]) -> Iterator[File]:
    for path, body in site.items():
        yield File(path, body, source_of(path, body))


def publish(out: Path, site: Mapping[str, bytes]) -> Outcome:
    """Publish as a build does: what is unchanged is kept, the rest rendered."""
    with Publication(out) as publication:
        kept = {path: source for path in site if publication.holds(source := source_of(path, site[path]))}
        return publication.publish(files({path: site[path] for path in site if path not in kept}), kept.values())


def tree(root: Path) -> Site:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if not path.is_dir()}


def stamps(root: Path) -> dict[str, tuple[int, int]]:
    paths = [root, *root.rglob("*")]
    return {str(path): (path.stat().st_ino, path.stat().st_mtime_ns) for path in paths}


def state(out: Path) -> Path:
    return out.with_name(f".{out.name}.sitegen")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture(params=["one step", "two renames"])
def either_exchange(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "two renames":
        monkeypatch.setattr(exchange, "exchange_in_one_step", lambda *_: False)


@pytest.fixture(params=["one process", "two processes"])
def either_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "two processes":
        monkeypatch.setattr(under_way, "PROCESS_FROM", 1)


# What a publication does


@pytest.mark.usefixtures("either_exchange")
def test_builds_follow_each_other(out: Path) -> None:
    assert publish(out, HOME) == Outcome(written=4, kept=0, removed=0, exchanged=True)
    assert tree(out) == HOME
    changed = {**HOME, "papers/a.md": b"# b", "new/x.html": b"x"}
    assert publish(out, changed) == Outcome(written=2, kept=3, removed=0, exchanged=True)
    assert tree(out) == changed
    assert publish(out, HOME) == Outcome(written=1, kept=3, removed=1, exchanged=True)
    assert tree(out) == HOME
    assert not (out / "new").exists()
    assert tree(state(out) / "spare") == changed
    assert sorted(path.name for path in state(out).iterdir()) == ["live.manifest", "lock", "spare", "spare.manifest"]


def test_the_spare_is_brought_up_to_date_without_writing_what_it_has(out: Path) -> None:
    for version in (b"1", b"2"):
        publish(out, {**HOME, "index.html": version})
    spare = stamps(state(out) / "spare")
    publish(out, {**HOME, "index.html": b"3"})
    kept = {path.replace(".site.sitegen/spare", "site"): stamp for path, stamp in spare.items()}
    now = stamps(out)
    assert {path for path in now if path.endswith(("html", "md")) and now[path] != kept[path]} == {f"{out}/index.html"}


def expecting(out: Path, site: Mapping[str, bytes]) -> Outcome:
    """Publish as a build of a large site does that knows before it renders that something has changed."""
    with Publication(out) as publication:
        publication.expect_change()
        kept = {path: source for path in site if publication.holds(source := source_of(path, site[path]))}
        return publication.publish(files({path: site[path] for path in site if path not in kept}), kept.values())


@pytest.mark.usefixtures("either_process", "either_exchange")
def test_site_and_spare_share_what_they_both_hold_and_nothing_else(out: Path) -> None:
    sites = [HOME, {**HOME, "papers/a.md": b"# b", "new/x.html": b"x"}, {**HOME, "404.html": b"gone"}, HOME]
    publish(out, sites[0])
    for before, site in pairwise(sites):
        expecting(out, site)
        assert (tree(out), tree(state(out) / "spare")) == (site, before)
        shared = {path for path in site if (out / path).stat().st_nlink == 2}
        assert shared == {path for path in site if before.get(path) == site[path]}


def test_where_a_file_can_have_no_second_name_it_is_copied(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no such thing here")

    monkeypatch.setattr(os, "link", refuse)
    for version in (b"1", b"2", b"3"):
        publish(out, {**HOME, "index.html": version})
    assert tree(out) == {**HOME, "index.html": b"3"}
    assert {path.stat().st_nlink for path in out.rglob("*") if path.is_file()} == {1}


def test_a_spare_that_turns_out_not_to_be_needed_is_not_left_behind(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(under_way, "PROCESS_FROM", 1)
    with Publication(out) as publication:
        publication.expect_change()
    publish(out, HOME)
    with Publication(out) as publication:
        publication.expect_change()
        assert publication.intact
    assert sorted(path.name for path in state(out).iterdir()) == ["live.manifest", "lock"]
    assert {path.stat().st_nlink for path in out.rglob("*") if path.is_file()} == {1}


DIES = """
import os, sys
from pathlib import Path
from sitegen.publishing import Publication, twin, under_way
under_way.PROCESS_FROM, twin.__file__ = 1, sys.argv[2]
publication = Publication(Path(sys.argv[1]))
publication.__enter__()
publication.expect_change()
os._exit(0)
"""


def test_nobody_builds_while_a_spare_is_still_made_for_a_build_that_died(out: Path) -> None:
    publish(out, HOME)
    waiting, slow = out.parent / "waiting", out.parent / "slow.py"
    waiting.touch()
    slow.write_text(f"import os, time\nwhile os.path.exists({str(waiting)!r}): time.sleep(0.01)\n")
    subprocess.run([sys.executable, "-c", DIES, out, slow], check=True)
    with pytest.raises(SitegenError, match="another build is writing"):
        publish(out, HOME)
    waiting.unlink()
    with (state(out) / "lock").open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
    assert publish(out, HOME).exchanged is False


def test_an_unchanged_site_is_not_touched(out: Path) -> None:
    publish(out, HOME)
    publish(out, {**HOME, "index.html": b"new"})
    before = (stamps(out), stamps(state(out) / "spare"))
    assert publish(out, {**HOME, "index.html": b"new"}) == Outcome(0, 4, 0, exchanged=False)
    assert (stamps(out), stamps(state(out) / "spare")) == before


def test_rendering_again_to_the_same_bytes_changes_only_what_is_remembered(out: Path) -> None:
    publish(out, HOME)
    before = stamps(out)
    with Publication(out) as publication:
        name = publication.id
        assert publication.publish(File(path, body, "renderer-2") for path, body in HOME.items()).exchanged is False
        assert publication.holds("renderer-2")
        assert publication.id != name
    assert stamps(out) == before
    with Publication(out) as publication:
        assert publication.intact
        assert not publication.holds(source_of("index.html", b"home"))
        assert publication.publish([], ["renderer-2"]) == Outcome(0, 4, 0, exchanged=False)
    assert stamps(out) == before


def test_files_that_were_made_together_are_kept_together_or_made_anew(out: Path) -> None:
    together = [File(path, body, "one-source") for path, body in HOME.items() if path != "404.html"]
    with Publication(out) as publication:
        publication.publish([*together, File("404.html", b"lost", "another")])
        assert publication.holds("one-source")
    (out / "papers/a.md").write_bytes(b"by hand")
    with Publication(out) as publication:
        assert not publication.holds("one-source")
        assert publication.holds("another")
        with pytest.raises(KeyError):
            publication.publish([], ["one-source", "another"])
    with Publication(out) as publication:
        publication.publish(together[:2], ["another"])
        assert publication.holds("one-source")
    assert set(tree(out)) == {"404.html", *(file.path for file in together[:2])}


@pytest.mark.usefixtures("either_process")
def test_a_site_that_nobody_touched_vouches_for_what_was_noted_of_it(out: Path) -> None:
    names = []
    for version in (b"1", b"2", b"1"):
        with Publication(out) as publication:
            publication.publish(files({**HOME, "index.html": version}))
            names.append(publication.id)
            assert publication.intact
    assert len(set(names)) == 3
    with Publication(out) as publication:
        assert (publication.id, publication.intact) == (names[-1], True)
        assert publication.publish(files({**HOME, "index.html": b"1"})).exchanged is False
        assert publication.id == names[-1]


def test_no_site_vouches_for_anything(out: Path) -> None:
    with Publication(out) as publication:
        assert (publication.id, publication.intact) == ("", False)
    publish(out, HOME)
    shutil.rmtree(out)
    with Publication(out) as publication:
        assert (publication.id, publication.intact) == ("", False)


def test_one_right_serves_for_several_publications(out: Path) -> None:
    with Publication(out) as publication:
        for version in (b"1", b"2", b"3"):
            site = {**HOME, "index.html": version}
            publication.publish(files(site))
            assert tree(out) == site
            assert publication.holds(source_of("index.html", version))


def test_only_what_is_unchanged_can_be_kept(out: Path) -> None:
    publish(out, HOME)
    with Publication(out) as publication, pytest.raises(KeyError):
        publication.publish(files(HOME), ["missing"])
    assert tree(out) == HOME


def test_bodies_are_written_as_they_come(out: Path) -> None:
    held = []

    def counted() -> Iterator[File]:
        for file in files(HOME):
            yield file
            held.append((state(out) / "spare" / file.path).read_bytes() == file.body)

    with Publication(out) as publication:
        publication.publish(counted())
    assert held == [True] * 4


def test_modes_are_for_everybody_whatever_the_umask(out: Path) -> None:
    before = os.umask(0o077)
    try:
        for version in (b"1", b"2", b"3"):
            publish(out, {**HOME, "index.html": version})
    finally:
        os.umask(before)
    modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in [out, *out.rglob("*")]}
    assert modes == {(True, 0o755), (False, 0o644)}


def test_the_folders_above_the_site_are_made(tmp_path: Path) -> None:
    publish(tmp_path / "a/b/site", HOME)
    assert tree(tmp_path / "a/b/site") == HOME


def test_an_empty_folder_may_become_the_site(out: Path) -> None:
    out.mkdir(mode=0o700)
    for version in (b"1", b"2", b"3"):
        publish(out, {**HOME, "index.html": version})
        assert stat.S_IMODE(out.stat().st_mode) == 0o755


def test_a_removed_site_comes_again(out: Path) -> None:
    publish(out, HOME)
    publish(out, {**HOME, "index.html": b"2"})
    shutil.rmtree(out)
    assert publish(out, HOME).written == 4
    assert tree(out) == HOME
    publish(out, {**HOME, "index.html": b"2"})
    assert tree(out) == {**HOME, "index.html": b"2"}


def test_a_copied_project_is_still_ours(out: Path, tmp_path: Path) -> None:
    publish(out, HOME)
    other = tmp_path / "other"
    shutil.copytree(out, other / "site")
    shutil.copytree(state(out), other / ".site.sitegen")
    assert publish(other / "site", HOME) == Outcome(0, 4, 0, exchanged=False)


def _kind(path: str) -> str:
    return "page" if path.endswith(".html") else path.rpartition(".")[2]


def test_files_and_bytes_are_summed_by_kind_be_they_kept_or_new(out: Path) -> None:
    site = {**HOME, "x.bib": b"12345"}
    with Publication(out) as publication:
        clean = publication.publish(files(site), kind=_kind)
    assert clean.kinds == {"page": (3, 9), "md": (1, 3), "bib": (1, 5)}
    assert clean.size == 17
    changed = {**site, "papers/a.md": b"# longer"}
    del changed["x.bib"]
    with Publication(out) as publication:
        keep = [source_of(path, body) for path, body in HOME.items() if path != "papers/a.md"]
        made = publication.publish(files({"papers/a.md": b"# longer"}), keep, _kind)
    assert made.kinds == {"page": (3, 9), "md": (1, 8)}
    with Publication(out) as publication:
        again = publication.publish([], [source_of(path, body) for path, body in changed.items()], _kind)
    assert again.kinds == made.kinds


def test_kinds_that_are_told_apart_anew_are_so_where_the_files_are_given(out: Path) -> None:
    publish(out, HOME)
    with Publication(out) as publication:
        made = publication.publish(files(HOME), kind=_kind)
        assert made.exchanged is False
        assert made.kinds == {"page": (3, 9), "md": (1, 3)}


def test_a_kept_site_and_a_new_file_that_cannot_lie_beside_each_other_leave_the_site_whole(out: Path) -> None:
    publish(out, HOME)
    keep = [source_of(path, body) for path, body in HOME.items()]
    for path in ("papers/A.md", "papers", "papers/a.md/x", "Papers/b.md", "index.html"):
        with Publication(out) as publication, pytest.raises(SitegenError, match=r"two|would be"):
            publication.publish([File(path, b"", "1")], keep)
    assert tree(out) == HOME


PATHS = st.sampled_from(["index.html", "404.html", "a", "b", "a/x", "b/x", "b/y/z", "c/d/e/f.md", "CNAME"])
BODIES = st.sampled_from([b"", b"1", b"2", b"long " * 5000])


def _possible(site: Site) -> bool:
    return not any(other.startswith(f"{path}/") for path in site for other in site)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.dictionaries(PATHS, BODIES).filter(_possible), min_size=2, max_size=6), st.booleans())
def test_an_incremental_build_equals_a_clean_one(sites: list[Site], meddle: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "site")
        for site in sites:
            publish(out, site)
            assert tree(out) == site
            folders = {str(path.relative_to(out)) for path in out.rglob("*") if path.is_dir()}
            assert folders == {str(parent) for path in site for parent in Path(path).parents} - {"."}
            if meddle and len(site) > 1:
                (out / min(site)).unlink()
                (out / "foreign").mkdir()
                (out / "foreign/x").write_bytes(b"")


# What was done to the tree meanwhile


def instead(name: str, make: Callable[[Path], object]) -> Callable[[Path], object]:
    """Move a file or folder out of the site and put another thing in its place."""

    def meddle(site: Path) -> None:
        (site / name).rename(site.parent / "moved")
        make(site / name)

    return meddle


MEDDLING: dict[str, Callable[[Path], object]] = {
    "a file was edited": lambda site: (site / "index.html").write_bytes(b"HOME"),
    "a file was removed": lambda site: (site / "index.html").unlink(),
    "a file came": lambda site: (site / "papers/foreign").write_bytes(b""),
    "an empty folder came": lambda site: (site / "papers/foreign").mkdir(),
    "a file lost its mode": lambda site: (site / "index.html").chmod(0o600),
    "a folder lost its mode": lambda site: (site / "papers").chmod(0o700),
    "a link came": lambda site: (site / "foreign").symlink_to(site.parent / "outside"),
    "a FIFO stands for a file": instead("index.html", os.mkfifo),
    "a folder stands for a file": instead("index.html", Path.mkdir),
    "a link stands for a file": instead("index.html", lambda path: path.symlink_to(path.parent.parent / "moved")),
    "a link stands for a folder": instead("papers", lambda path: path.symlink_to(path.parent.parent / "moved")),
    "a file stands for a folder": instead("papers", Path.touch),
}


@pytest.mark.usefixtures("either_process")
@pytest.mark.parametrize("where", ["live", "spare"])
@pytest.mark.parametrize("what", MEDDLING)
def test_meddling_is_undone_and_no_link_is_followed(out: Path, where: str, what: str) -> None:
    (out.parent / "outside").mkdir()
    (out.parent / "outside/x").write_bytes(b"mine")
    publish(out, {**HOME, "index.html": b"back"})
    publish(out, HOME)
    meddled = out if where == "live" else state(out) / "spare"
    MEDDLING[what](meddled)
    with Publication(out) as publication:
        assert publication.intact is (where == "spare")
    moved = meddled.parent / "moved"
    before = tree(moved) if moved.is_dir() else {}
    target = HOME if where == "live" else {**HOME, "404.html": b"new"}
    publish(out, target)
    assert tree(out) == target
    assert not any(path.is_symlink() for path in out.rglob("*"))
    assert {stat.S_IMODE(path.stat().st_mode) for path in out.rglob("*")} == {0o755, 0o644}
    publish(out, {**HOME, "index.html": b"last"})
    assert tree(out) == {**HOME, "index.html": b"last"}
    assert (tree(moved) if moved.is_dir() else {}) == before
    assert tree(out.parent / "outside") == {"x": b"mine"}


@pytest.mark.parametrize("kind", ["link", "file"])
def test_a_spare_that_is_no_folder_is_replaced(out: Path, kind: str) -> None:
    (out.parent / "outside").mkdir()
    (out.parent / "outside/x").write_bytes(b"mine")
    publish(out, HOME)
    spare = state(out) / "spare"
    spare.symlink_to(out.parent / "outside") if kind == "link" else spare.write_bytes(b"")
    publish(out, {"index.html": b"2"})
    assert tree(out) == {"index.html": b"2"}
    assert not out.is_symlink()
    assert tree(out.parent / "outside") == {"x": b"mine"}


def test_an_edit_after_the_site_was_looked_at_is_not_taken_over(out: Path) -> None:
    publish(out, HOME)

    def meddling() -> Iterator[File]:
        yield from files({"404.html": b"new"})
        (out / "index.html").write_bytes(b"evil")

    keep = [source_of(path, body) for path, body in HOME.items() if path != "404.html"]
    with Publication(out) as publication:
        assert publication.intact
        with pytest.raises(SitegenError, match=r"index.html was changed meanwhile by something else"):
            publication.publish(meddling(), keep)
    publish(out, HOME)
    assert tree(out) == HOME


@pytest.mark.usefixtures("either_process")
@pytest.mark.parametrize("what", MEDDLING)
def test_meddling_with_a_site_that_has_no_spare_is_undone(out: Path, what: str) -> None:
    (out.parent / "outside").mkdir()
    (out.parent / "outside/x").write_bytes(b"mine")
    publish(out, HOME)
    MEDDLING[what](out)
    target = {**HOME, "404.html": b"new"}
    expecting(out, target)
    assert tree(out) == target
    assert not any(path.is_symlink() for path in out.rglob("*"))
    assert {stat.S_IMODE(path.stat().st_mode) for path in out.rglob("*")} == {0o755, 0o644}
    assert tree(out.parent / "outside") == {"x": b"mine"}


def test_a_tree_that_changes_while_it_is_built_is_not_published(out: Path) -> None:
    publish(out, {"index.html": b"old"})

    def removing() -> Iterator[File]:
        yield from files(HOME)
        (state(out) / "spare/papers/a.md").unlink()

    with Publication(out) as publication, pytest.raises(SitegenError, match=r"papers/a.md is not as it was written"):
        publication.publish(removing())
    assert tree(out) == {"index.html": b"old"}


def test_a_kept_file_that_is_edited_while_the_rest_is_built_is_put_right_by_the_next_build(out: Path) -> None:
    for version in (b"1", b"2"):
        publish(out, {**HOME, "index.html": version})

    def editing() -> Iterator[File]:
        yield from files({**HOME, "index.html": b"3"})
        (state(out) / "spare/papers/a.md").write_bytes(b"# x")

    with Publication(out) as publication, pytest.raises(SitegenError, match=r"papers/a.md was changed meanwhile"):
        publication.publish(editing())
    assert (out / "index.html").read_bytes() == b"2"
    publish(out, {**HOME, "index.html": b"3"})
    assert tree(out) == {**HOME, "index.html": b"3"}


# What is refused


@pytest.mark.parametrize(
    ("make", "words"),
    [
        pytest.param(lambda out: out.write_bytes(b""), "site is not a folder", id="a file"),
        pytest.param(lambda out: out.symlink_to("project"), "site is a symbolic link", id="a link to a folder"),
        pytest.param(lambda out: out.symlink_to("nowhere"), "site is a symbolic link", id="a dangling link"),
        pytest.param(lambda out: (out / ".git").mkdir(parents=True), "site is a git work tree", id="a git work tree"),
        pytest.param(
            lambda out: (out / "x").mkdir(parents=True), "site was not made by sitegen; remove it", id="other"
        ),
        pytest.param(lambda out: out.with_name(".site.sitegen").symlink_to("."), "a symbolic link", id="state a link"),
    ],
)
def test_what_stands_in_the_place_of_the_site(out: Path, make: Callable[[Path], object], words: str) -> None:
    make(out)
    before = sorted(out.parent.rglob("*"))
    with pytest.raises(SitegenError, match=words) as caught:
        publish(out, HOME)
    assert "\n" not in caught.value.message
    assert sorted(out.parent.rglob("*")) == before


@pytest.mark.parametrize(
    ("place", "words"),
    [
        pytest.param("project", "is or holds .*project,", id="the project"),
        pytest.param(".", "is or holds .*,", id="a folder above the project"),
        pytest.param("project/corpus", "is or holds .*corpus,", id="the corpus"),
        pytest.param("project/corpus/site", "lies in .*corpus,", id="within the corpus"),
        pytest.param("project/docs/../corpus", "is or holds .*corpus,", id="the corpus in other words"),
        pytest.param("home", "is or holds .*home/me,", id="above home"),
        pytest.param("here", "is or holds .*here/below,", id="above the current folder"),
        pytest.param("link/corpus", "is or holds .*corpus,", id="the corpus by a link"),
    ],
)
def test_places_that_a_site_must_not_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, words: str
) -> None:
    for folder in ("project/corpus", "project/docs", "home/me", "here/below"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "link").symlink_to("project")
    monkeypatch.setenv("HOME", str(tmp_path / "home/me"))
    monkeypatch.chdir(tmp_path / "here/below")
    project = tmp_path / "project"
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(SitegenError, match=words), Publication(tmp_path / place, project, [project / "corpus"]):
        pass
    assert sorted(tmp_path.rglob("*")) == before


def test_a_site_within_the_project_and_the_current_folder_is_welcome(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus").mkdir()
    with Publication(Path("site"), tmp_path, [tmp_path / "corpus"]) as publication:
        publication.publish(files(HOME))
    assert tree(tmp_path / "site") == HOME


def test_own_files_in_a_folder_that_took_the_place_of_the_site_are_safe(out: Path) -> None:
    publish(out, HOME)
    shutil.rmtree(out)
    out.mkdir()
    (out / "index.html").write_bytes(b"mine")
    with pytest.raises(SitegenError, match="site was not made by sitegen"):
        publish(out, HOME)
    assert tree(out) == {"index.html": b"mine"}


@pytest.mark.parametrize(
    "paths",
    [
        pytest.param(["a", "a"], id="one path twice"),
        pytest.param(["a/x", "a/X"], id="differing in case"),
        pytest.param(["a", "a/x"], id="file and folder"),
    ],
)
def test_impossible_plans_leave_the_site_whole(out: Path, paths: list[str]) -> None:
    publish(out, HOME)
    with Publication(out) as publication, pytest.raises(SitegenError):
        publication.publish(File(path, b"", "1") for path in paths)
    assert tree(out) == HOME


def test_a_source_must_be_a_digest() -> None:
    with pytest.raises(ValueError, match="not a digest"):
        File("x", b"", "two words")
    with pytest.raises(SitegenError):
        File("../x", b"", "1")


# Killed, failed, full


CHILD = """
import os, signal, sys
from pathlib import Path
from sitegen.publishing import File, Publication, exchange, manifest, publication, stage

out, point, version = Path(sys.argv[1]), sys.argv[2], sys.argv[3]

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def dying_at(call, count):
    calls = iter(range(count))
    return lambda *a, **k: call(*a, **k) if next(calls, None) is not None else die()

def files():
    for number in range(100):
        if point == f"file {number}":
            die()
        yield File(f"papers/{number:03}/index.html", f"{version} {number}".encode(), f"{version}-{number}")
    yield File("index.html", version.encode(), version)
    if point == "last file":
        die()

if "renames" in point:
    exchange.exchange_in_one_step = lambda *_: False
    rename = Path.rename
    Path.rename = dying_at(rename, int(point[-1]))
if point == "verified":
    publication.write_manifest = die
if point == "before the exchange":
    publication.exchange = die
if point == "after the exchange":
    really = publication.exchange
    publication.exchange = lambda *a: (really(*a), die())
if "manifests" in point:
    replace = Path.replace
    Path.replace = dying_at(replace, int(point[-1]))
with Publication(out) as mine:
    mine.publish(files())
"""
POINTS = {
    "file 0": "old", "file 50": "old", "last file": "old", "verified": "old", "before the exchange": "old",
    "after the exchange": "new", "manifests 1": "new", "manifests 2": "new",
    "renames 0": "old", "renames 1": "gone", "renames 2": "new",
}  # fmt: skip


def numbered(version: str) -> Site:
    pages = {f"papers/{number:03}/index.html": f"{version} {number}".encode() for number in range(100)}
    return {**pages, "index.html": version.encode()}


def run_child(*arguments: str) -> int:
    project = Path(__file__).parents[1]
    command = [sys.executable, "-c", CHILD, *arguments]
    return subprocess.run(command, env={**os.environ, "PYTHONPATH": str(project)}, check=False).returncode


@pytest.mark.parametrize("point", POINTS)
def test_a_killed_build_leaves_a_whole_site(out: Path, point: str) -> None:
    for version in ("older", "old"):
        publish(out, numbered(version))
    assert run_child(str(out), point, "new") == -signal.SIGKILL
    if POINTS[point] == "gone":
        assert not out.exists()
        with Publication(out):
            assert tree(out) == numbered("old")
    else:
        assert tree(out) == numbered(POINTS[point])
    last = {**numbered("old"), "index.html": b"last"}
    publish(out, last)
    assert tree(out) == last
    assert publish(out, last).exchanged is False
    publish(out, numbered("next"))
    assert tree(out) == numbered("next")
    assert sorted(path.name for path in state(out).iterdir()) == ["live.manifest", "lock", "spare", "spare.manifest"]


@pytest.mark.parametrize("point", ["file 50", "last file", "verified", "manifests 1"])
def test_a_killed_first_build_leaves_nothing_or_all(out: Path, point: str) -> None:
    assert run_child(str(out), point, "new") == -signal.SIGKILL
    assert (tree(out) if out.exists() else {}) == (numbered("new") if point == "manifests 1" else {})
    publish(out, numbered("next"))
    assert tree(out) == numbered("next")


def test_a_child_that_nobody_kills_publishes(out: Path) -> None:
    assert run_child(str(out), "never", "new") == 0
    assert tree(out) == numbered("new")


def test_what_rendering_raises_is_passed_on_and_the_site_stays(out: Path) -> None:
    publish(out, HOME)

    def failing() -> Iterator[File]:
        yield File("index.html", b"new", "1")
        raise FileNotFoundError("theme/main.css")

    with Publication(out) as publication, pytest.raises(FileNotFoundError, match=r"theme/main\.css"):
        publication.publish(failing())
    assert tree(out) == HOME
    assert not (state(out) / "spare").exists()
    publish(out, {**HOME, "index.html": b"new"})
    assert tree(out) == {**HOME, "index.html": b"new"}


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1 MB, where this user may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mounting, check=False, capture_output=True).returncode:
        pytest.skip("only root can mount a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_leaves_the_old_site_and_room(full_disk: Path) -> None:
    out = full_disk / "site"
    publish(out, HOME)
    big = {f"papers/{number}": bytes(50_000) for number in range(40)}
    with pytest.raises(SitegenError, match=r"spare/papers/\d+: No space left on device$") as caught:
        publish(out, big)
    assert "\n" not in caught.value.message
    assert tree(out) == HOME
    publish(out, {**HOME, "index.html": b"new"})
    assert tree(out) == {**HOME, "index.html": b"new"}


def test_a_write_that_the_system_refuses_leaves_the_old_site(out: Path) -> None:
    """The same where nobody may mount: no file may grow beyond 64 kB."""
    publish(out, HOME)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    quiet = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, before[1]))
    try:
        with pytest.raises(SitegenError, match=r"spare/papers/big: File too large$"):
            publish(out, {"index.html": b"new", "papers/big": bytes(100_000)})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, quiet)
    assert tree(out) == HOME
    assert not (state(out) / "spare").exists()
    publish(out, {"index.html": b"new", "papers/big": bytes(100_000)})
    assert tree(out) == {"index.html": b"new", "papers/big": bytes(100_000)}


@pytest.mark.parametrize("call", ["write_manifest", "exchange"])
def test_an_error_of_the_system_is_one_line(out: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    publish(out, HOME)

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(publication, call, refuse)
        with pytest.raises(SitegenError, match=r"\.site\.sitegen: No space left on device$"):
            publish(out, {"index.html": b"new"})
    assert tree(out) == HOME
    publish(out, {"index.html": b"new"})
    assert tree(out) == {"index.html": b"new"}


# Two at once, and readers meanwhile


def test_of_two_builds_one_wins_and_the_other_is_told(out: Path) -> None:
    with Publication(out) as publication:
        with pytest.raises(SitegenError) as caught:
            publish(out, {"index.html": b"second"})
        assert caught.value.message == f"another build is writing {out} (process {os.getpid()})"
        publication.publish(files(HOME))
    assert tree(out) == HOME
    publish(out, {"index.html": b"third"})
    assert tree(out) == {"index.html": b"third"}


def test_a_build_in_another_process_is_told_too(out: Path) -> None:
    with Publication(out):
        assert run_child(str(out), "never", "new") == 1
    assert not out.exists()


def test_a_lock_without_a_number_is_a_lock(tmp_path: Path) -> None:
    first = exchange.lock(tmp_path / "lock", Path("site"))
    (tmp_path / "lock").write_bytes(b"")
    with pytest.raises(SitegenError, match=r"^another build is writing site$"):
        exchange.lock(tmp_path / "lock", Path("site"))
    os.close(first)
    os.close(exchange.lock(tmp_path / "lock", Path("site")))


def test_a_file_system_without_locks_says_so(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr("fcntl.flock", refuse)
    with pytest.raises(SitegenError, match=r"\.site\.sitegen: No locks available"):
        publish(out, HOME)


def test_a_reader_never_meets_a_gap_or_a_mixture(out: Path) -> None:
    """Versions only rise: equal before and after means that no exchange took place between."""

    def site(version: int) -> Site:
        return {**{f"{number}.html": b"%d" % version for number in range(20)}, "index.html": b"%d" % version}

    publish(out, site(0))
    done = threading.Event()
    seen: list[bytes] = []
    faults: list[object] = []

    def read() -> None:
        while not done.is_set():
            try:
                first = (out / "index.html").read_bytes()
                pages = {(out / f"{number}.html").read_bytes() for number in range(20)}
                last = (out / "index.html").read_bytes()
            except OSError as error:
                faults.append(error)
                continue
            seen.append(first)
            if first == last and pages != {first}:
                faults.append((first, pages, last))

    reader = threading.Thread(target=read)
    reader.start()
    for version in range(1, 21):
        publish(out, site(version))
        before = len(seen)
        deadline = time.monotonic() + 10
        while len(seen) < before + 2 and time.monotonic() < deadline:
            time.sleep(0.001)
    done.set()
    reader.join()
    assert faults == []
    assert len(set(seen)) >= 20


# The parts


def pair(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x").write_text(name)
    return tmp_path / "first", tmp_path / "second"


def swapped(tmp_path: Path) -> bool:
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first", "second"]
    return (tmp_path / "first/x").read_text() == "second" and (tmp_path / "second/x").read_text() == "first"


@pytest.mark.skipif(sys.platform != "linux", reason="the exchange in one step is Linux's")
def test_exchange_in_one_step(tmp_path: Path) -> None:
    assert exchange.exchange_in_one_step(*pair(tmp_path))
    assert swapped(tmp_path)


def test_exchange_by_renames(tmp_path: Path) -> None:
    exchange.exchange_by_renames(*pair(tmp_path), tmp_path / "between")
    assert swapped(tmp_path)


def test_an_exchange_that_fails_halfway_is_taken_back(tmp_path: Path) -> None:
    first, second = pair(tmp_path)
    shutil.rmtree(first)
    with pytest.raises(FileNotFoundError):
        exchange.exchange_by_renames(first, second, tmp_path / "between")
    assert (second / "x").read_text() == "second"


@pytest.mark.skipif(sys.platform != "linux", reason="the exchange in one step is Linux's")
def test_an_exchange_with_nothing_is_an_error(tmp_path: Path) -> None:
    first, _ = pair(tmp_path)
    with pytest.raises(FileNotFoundError, match="missing"):
        exchange.exchange_in_one_step(first, tmp_path / "missing")


@pytest.mark.parametrize("lack", ["another system", "an old library", "an old file system"])
def test_where_one_step_is_not_to_be_had_two_renames_serve(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lack: str
) -> None:
    class Library:
        def __init__(self, *_: object, **__: object) -> None:
            if lack == "an old file system":
                self.renameat2 = self.refuse

        def refuse(self, *_: object) -> int:
            ctypes.set_errno(22)
            return -1

    monkeypatch.setattr(ctypes, "CDLL", Library)
    if lack == "another system":
        monkeypatch.setattr(sys, "platform", "darwin")
    first, second = pair(tmp_path)
    assert exchange.exchange_in_one_step(first, second) is False
    exchange.exchange(first, second, tmp_path / "between")
    assert swapped(tmp_path)
