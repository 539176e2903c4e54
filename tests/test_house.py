"""The rules of the house that no linter sees: what is locked, what the repository keeps, how large rooms may be."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

from sitegen.frame import GENERATED

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements-build.txt", "requirements.txt", "requirements-dev.txt")
PACKAGE = sorted((ROOT / "sitegen").rglob("*.py"))
# In pieces, so that this file does not hold what it looks for.
REGISTRIES = ("py" + "pi.org", "python" + "hosted", "npm" + "js.", "crates" + ".io", "deb" + "ian.org")
# Where this project and its developer's home stand.
PLACES = [re.escape(str(place)) for place in (ROOT, Path.home()) if place != Path("/")]
MACHINE_PATHS = re.compile(rf"(?<![\w.~*-])(?:{'|'.join(PLACES)})/[\w.]+|\.\./" + "shared")
# Quotations: what a paper's abstract says is not ours to judge.
QUOTED = ("corpus/papers/", "tests/seeds/")


def locked(name: str) -> dict[str, str]:
    """Each requirement of a lock with all that follows its version: markers and hashes."""
    logical = (ROOT / name).read_text("utf-8").replace("\\\n", " ").splitlines()
    lines = [line.strip() for line in logical if line.strip() and not line.strip().startswith("#")]
    return dict(line.split(" ", 1) for line in lines)


def normal(requirement: str) -> str:
    """A requirement's name as PEP 503 has it, without version and extras."""
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match
    return re.sub(r"[-_.]+", "-", match[0]).lower()


@cache
def kept() -> tuple[str, ...]:
    """What git tracks, and what it would take next."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no git work tree, so nothing is tracked")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return tuple(sorted({name for name in names if name and (ROOT / name).is_file()}))


def texts() -> list[tuple[str, str]]:
    """The files that are kept, are text and are our own words."""
    own = [name for name in kept() if not name.startswith(QUOTED)]
    bodies = [(name, (ROOT / name).read_bytes()) for name in own]
    return [(name, body.decode("utf-8", "replace")) for name, body in bodies if b"\0" not in body]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_versions_and_hashes_and_no_address(name: str) -> None:
    words = (ROOT / name).read_text("utf-8")
    assert "://" not in words
    assert set(re.findall(r"(?<!\S)--[a-z-]+", words)) == {"--hash"}
    for requirement, rest in locked(name).items():
        assert re.fullmatch(r"[a-z0-9-]+(\[[a-z,]+\])?==[\w.+!]+", requirement), requirement
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", rest), f"{requirement} has no hash"


def test_the_tests_run_with_the_versions_that_people_run() -> None:
    assert locked("requirements.txt").items() <= locked("requirements-dev.txt").items()


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    run = {normal(name) for name in locked("requirements.txt")}
    every = {normal(name) for name in locked("requirements-dev.txt")}
    # What builds the project is locked too, so that installing it fetches nothing unseen.
    assert {normal(name) for name in [*project["project"]["dependencies"], *project["build-system"]["requires"]]} <= run
    assert {normal(name) for name in project["project"]["optional-dependencies"]["dev"]} <= every


def test_nothing_that_is_generated_is_kept() -> None:
    # A folder's name ends in "/", and stands for any page in it.
    places = [f"docs/{place}" for place in GENERATED] + ["site/", ".site.sitegen/", ".venv/", "sitegen/__pycache__/"]
    pages = [f"{place}page.md" if place.endswith("/") else place for place in places]
    assert [name for name in kept() if name.startswith(tuple(places))] == []
    command = ["git", "check-ignore", "--no-index", *pages]
    ignored = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    assert ignored == pages


def test_nothing_names_a_package_registry() -> None:
    assert [(name, host) for name, words in texts() for host in REGISTRIES if host in words] == []


def test_nothing_names_a_folder_of_one_machine() -> None:
    assert [(name, found) for name, words in texts() for found in MACHINE_PATHS.findall(words)] == []


def test_what_looks_for_such_folders_finds_them() -> None:
    paths = [f"see {ROOT}/corpus", "../" + "shared/seeds"]
    assert [bool(MACHINE_PATHS.search(path)) for path in paths] == [True] * 2
    assert not MACHINE_PATHS.search("https://example.org/root/x and docs/work/x")


def test_continuous_integration_runs_the_command_that_the_readme_names() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text("utf-8").splitlines()[-1] == "exec make test"
    assert re.search(r"^make test\b", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("path", PACKAGE, ids=lambda path: path.relative_to(ROOT / "sitegen").as_posix())
def test_a_room_has_one_purpose_and_so_a_size(path: Path) -> None:
    words = path.read_text("utf-8")
    assert words.count("\n") <= 300
    functions = [node for node in ast.walk(ast.parse(words)) if isinstance(node, ast.FunctionDef)]
    long = [f"{node.name}: {(node.end_lineno or 0) - node.lineno + 1} lines" for node in functions]
    assert [words for words in long if int(words.split()[-2]) > 50] == []
    assert path.stem not in {"utils", "util", "helpers", "helper", "manager", "misc", "common"}


@pytest.mark.parametrize("folder", ["sitegen", "tests", "benchmarks"])
def test_each_exception_to_a_rule_carries_its_reason(folder: str) -> None:
    # The words are in pieces, so that this file holds no exception.
    bare = re.compile("# no" + r"qa(: [A-Z]+[0-9]+(, [A-Z]+[0-9]+)*)?\W*$")
    lines = [
        (path.relative_to(ROOT).as_posix(), number, line)
        for path in sorted((ROOT / folder).rglob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
    ]
    assert [f"{path}:{number}: {line.strip()}" for path, number, line in lines if bare.search(line)] == []


@pytest.mark.soak
def test_the_benchmark_prints_its_table() -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "scale.py"), "--sizes", "12", "--rounds", "1"]
    command += ["--peers", "mkdocs", "--edits", "1"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "| stock MkDocs, the pages |" in run.stdout
    assert "`sitegen serve` answered after" in run.stdout
