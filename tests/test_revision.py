"""A corpus read from git: the same as one on disk, and nothing but regular files of a size to be read."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from repositories import commit, git, make_repository, record, write

from sitegen.corpus import Known, load_corpus
from sitegen.corpus.revision import load_revision
from sitegen.problems import SitegenError

PAPERS = {
    "2023/one": record("One", topics="[agents]"),
    "2023/with spaces": record("Not an id"),
    "undated/zwei-ß": record("Not ASCII, ß"),
    "undated/broken": "title: [",
}
CORPUS = Path("corpus")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository, which is also the current folder."""
    folder = make_repository(tmp_path / "repository", PAPERS)
    monkeypatch.chdir(folder)
    return folder


def test_a_revision_is_read_as_the_files_were(repository: Path) -> None:
    on_disk, problems = load_corpus(CORPUS)
    write(repository, {"corpus/papers/2023/one.yaml": record("Two"), "corpus/papers/undated/broken.yaml": ""})
    corpus, found = load_revision("HEAD", CORPUS)
    assert corpus == on_disk
    assert [paper.origin for paper in corpus.papers] == [paper.origin for paper in on_disk.papers]
    assert found == problems
    assert [problem.code for problem in problems] == ["SG006"]


def test_what_one_side_has_read_the_other_takes_over_and_what_differs_is_read(repository: Path) -> None:
    write(repository, {"corpus/papers/2023/one.yaml": record("Two"), "corpus/papers/2024/new.yaml": record("New")})
    known: Known = {}
    base, found = load_revision("HEAD", CORPUS, known)
    head, problems = load_corpus(CORPUS, known)
    assert (base, found) == load_revision("HEAD", CORPUS)
    assert (head, problems) == load_corpus(CORPUS)
    before = {paper.id: paper for paper in base.papers}
    after = {paper.id: paper for paper in head.papers}
    assert {name: after[name] is paper for name, paper in before.items()} == {
        "one": False,
        "with spaces": True,
        "zwei-ß": True,
    }


@pytest.mark.parametrize("name", ["HEAD", "main", "refs/heads/main", "HEAD~0", "main@{0}", "v1"])
def test_a_revision_has_all_names_that_git_gives_it(repository: Path, name: str) -> None:
    git(repository, "tag", "--annotate", "--message", "x", "v1")
    assert len(load_revision(name, CORPUS)[0].papers) == 3


def test_an_older_revision_is_read_though_all_files_are_others(repository: Path) -> None:
    first = git(repository, "rev-parse", "HEAD")
    write(repository, {"corpus/papers/2023/one.yaml": "", "corpus/papers/2024/new.yaml": record("New")})
    commit(repository)
    assert {paper.id for paper in load_revision(first, CORPUS)[0].papers} == {"one", "with spaces", "zwei-ß"}
    assert "new" in {paper.id for paper in load_revision("HEAD", CORPUS)[0].papers}


def test_a_corpus_lies_anywhere_in_its_repository(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(repository, "mv", "corpus", "a*b")
    (repository / "axb").mkdir()
    write(repository, {"axb/topics.yaml": "topics: []\n", "axb/papers/x.yaml": record("X")})
    commit(repository)
    assert len(load_revision("HEAD", Path("a*b"))[0].papers) == 3
    monkeypatch.chdir(repository / "a*b")
    corpus, _ = load_revision("HEAD", Path())
    assert {paper.origin.path.split("/")[0] for paper in corpus.papers} == {"papers"}


def test_what_is_no_regular_file_is_refused_and_never_followed(repository: Path) -> None:
    secret = repository.parent / "secret.yaml"
    secret.write_text(record("Secret"), "utf-8")
    (repository / "corpus/papers/2023/link.yaml").symlink_to(secret)
    write(repository, {"corpus/papers/notes.txt": "x", "corpus/papers/.hidden/x.yaml": "x", "corpus/papers/.x": "x"})
    head = commit(repository)
    git(repository, "update-index", "--add", "--cacheinfo", f"160000,{head},corpus/papers/module.yaml")
    git(repository, "commit", "--quiet", "--message", "x")
    corpus, problems = load_revision("HEAD", CORPUS)
    assert "Secret" not in {paper.title for paper in corpus.papers}
    assert [(str(one.location), one.message) for one in problems if one.code == "SG001"] == [
        ("corpus/papers/2023/link.yaml:1", "a record must be a file, not a symbolic link"),
        ("corpus/papers/module.yaml:1", "a record must be a file, not a submodule"),
        ("corpus/papers/notes.txt:1", "papers/ must hold only records named <id>.yaml"),
    ]


@pytest.mark.parametrize(
    ("name", "size", "codes"),
    [
        ("papers/huge.yaml", 64 * 1024, []),
        ("papers/huge.yaml", 64 * 1024 + 1, ["SG003"]),
        ("corpus.yaml", 1024 * 1024 + 1, ["SG003"]),
    ],
)
def test_what_is_over_its_cap_is_not_read(repository: Path, name: str, size: int, codes: list[str]) -> None:
    write(repository, {"corpus/papers/undated/broken.yaml": ""})
    body = record("Huge") if name.startswith("papers/") else "format: 1\n"
    write(repository, {f"corpus/{name}": body + "#" * (size - len(body))})
    commit(repository)
    assert [problem.code for problem in load_revision("HEAD", CORPUS)[1]] == codes


@pytest.mark.parametrize(
    ("name", "words"),
    [
        pytest.param("nonsense", "git has no revision 'nonsense'", id="unknown"),
        pytest.param("HEAD:corpus", "git has no revision 'HEAD:corpus'", id="a tree"),
        pytest.param("--all", "not '--all'", id="an option"),
        pytest.param("-h", "not '-h'", id="a short option"),
        pytest.param("", "not ''", id="nothing"),
        pytest.param("HEAD\n", r"not 'HEAD\\n'", id="two lines"),
        pytest.param("HEAD; touch owned", "no revision", id="a command"),
        pytest.param("$(touch owned)", "no revision", id="a substitution"),
    ],
)
def test_what_is_no_revision_is_said(repository: Path, name: str, words: str) -> None:
    with pytest.raises(SitegenError, match=words.replace("$(", r"\$\(").split("(touch")[0]):
        load_revision(name, CORPUS)
    assert not (repository / "owned").exists()


def test_a_revision_without_the_corpus_is_said(repository: Path) -> None:
    git(repository, "rm", "-r", "--quiet", "--cached", "corpus")
    git(repository, "commit", "--quiet", "--message", "x")
    with pytest.raises(SitegenError, match="revision 'HEAD' has no corpus in 'corpus'"):
        load_revision("HEAD", CORPUS)


def test_a_folder_without_repository_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"corpus/topics.yaml": "topics: []\n"})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(SitegenError, match="not a git repository"):
        load_revision("HEAD", CORPUS)
    with pytest.raises(SitegenError, match="there is no corpus folder 'none'"):
        load_revision("HEAD", Path("none"))


def test_a_hook_of_git_reads_the_same(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = load_revision("HEAD", CORPUS)
    git(repository, "init", "--quiet", "other")
    for name, value in (("GIT_DIR", "other/.git"), ("GIT_INDEX_FILE", ".git/index"), ("GIT_PREFIX", "x/")):
        monkeypatch.setenv(name, value)
    assert load_revision("HEAD", CORPUS) == before


def test_without_git_that_is_said(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    with pytest.raises(SitegenError, match="git is not installed"):
        load_revision("HEAD", CORPUS)


def test_an_object_that_is_lost_is_said(repository: Path) -> None:
    blob = git(repository, "rev-parse", "HEAD:corpus/papers/2023/one.yaml")
    place = repository / ".git/objects" / blob[:2] / blob[2:]
    place.chmod(0o644)
    place.unlink()
    with pytest.raises(SitegenError, match="git cannot read"):
        load_revision("HEAD", CORPUS)


def test_nothing_is_checked_out_and_no_hook_is_run(repository: Path) -> None:
    for name in ("post-checkout", "post-index-change", "reference-transaction"):
        hook = repository / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch '{repository}/owned'\n", "utf-8")
        hook.chmod(0o755)
    before = {path: os.lstat(path).st_mtime_ns for path in repository.rglob("*")}
    load_revision("HEAD", CORPUS)
    assert {path: os.lstat(path).st_mtime_ns for path in repository.rglob("*")} == before


def test_a_shallow_clone_says_what_it_lacks(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = git(repository, "rev-parse", "HEAD")
    write(repository, {"corpus/papers/2023/one.yaml": record("Two")})
    commit(repository)
    clone = repository.parent / "clone"
    command = ["git", "clone", "--quiet", "--depth=1", repository.as_uri(), str(clone)]
    subprocess.run(command, check=True, capture_output=True)
    monkeypatch.chdir(clone)
    with pytest.raises(SitegenError, match="git has no revision") as fault:
        load_revision(first, CORPUS)
    assert "shallow" in fault.value.hint
