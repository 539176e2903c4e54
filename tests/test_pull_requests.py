"""Pull requests that each add one paper: merged in any order, git finds no conflict and the site is the same."""

from __future__ import annotations

import random
from itertools import cycle
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from guide import new_project
from projects import COMMAND, run, tree
from repositories import commit, git

from sitegen.build import build
from sitegen.cli import main
from sitegen.config import settings_of
from sitegen.corpus import load_corpus

if TYPE_CHECKING:
    from pathlib import Path

# All of one second, as when a workflow opens many at once: the order must not hang on when they were merged.
ADDED = "2026-11-22T10:00:00Z"
TEXTS = (
    ("new.txt", "Abstract:Trains are late. We present Rail{0}, a timetable of {0} lines that says so beforehand.\n"),
    ("new.bib", "@article{{x, title = {{Timetables of {0} Lines}}, author = {{Byron, Ada}}, year = 2024}}\n"),
    ("new.csv", "title,authors,date,doi\nA Survey of {0} Late Trains,Grace Hopper,2023-05-01,10.1000/late{0}\n"),
    ("new.md", "- [Waiting for {0} Trains](https://arxiv.org/abs/2401.{0:05d}) - Ada Byron (2024).\n"),
)


def opened(project: Path, number: int) -> list[str]:
    """Make a branch from main for each pull request, with a record that `sitegen import` made of a pasted text."""
    names = []
    for each, (name, words) in zip(range(1, number + 1), cycle(TEXTS), strict=False):
        branch = f"paper-{each:03d}"
        git(project, "switch", "--quiet", "--create", branch, "main")
        text = project.parent / name
        text.write_text(words.format(each), "utf-8")
        ran = CliRunner().invoke(
            main, ["import", "--corpus", str(project / "corpus"), "--added", ADDED, "--year", "2024", str(text)]
        )
        assert (ran.exit_code, "1 paper added" in ran.output) == (0, True), ran.output
        commit(project)
        names.append(branch)
    return names


def merged(project: Path, into: str, branches: list[str]) -> str:
    """Merge the branches in their order into a new branch of main; gives the hash of the tree."""
    git(project, "switch", "--quiet", "--create", into, "main")
    for branch in branches:
        # Git's own way with a pull request; a conflict ends it with 1, which raises.
        git(project, "merge", "--quiet", "--no-ff", "--message", branch, branch)
    assert git(project, "status", "--porcelain") == ""
    return git(project, "rev-parse", "HEAD^{tree}")


def built(project: Path, branch: str, site: Path) -> dict[str, tuple[int, bytes]]:
    git(project, "switch", "--quiet", branch)
    build(settings_of(project / "mkdocs.yml", str(project / "corpus"), str(site)), 1, lambda *_: None)
    return tree(site)


@pytest.mark.parametrize("number", [20, pytest.param(200, marks=pytest.mark.soak)])
def test_pull_requests_of_one_paper_each_merge_in_any_order_to_the_same_corpus_and_site(
    number: int, tmp_path: Path
) -> None:
    project = new_project(tmp_path / "project")
    before, _ = load_corpus(project / "corpus")
    branches = opened(project, number)
    # Each adds one file and touches nothing else.
    made = [git(project, "diff", "--name-status", "main", branch).split("\t") for branch in branches]
    assert {status for status, _ in made} == {"A"}
    assert len({path for _, path in made}) == number
    orders = [random.Random(seed).sample(branches, number) for seed in (1, 2)]  # noqa: S311 (an order, no secret)
    assert orders[0] != orders[1] != branches
    first, second = (merged(project, f"order-{turn}", order) for turn, order in enumerate(orders))
    assert first == second
    after, problems = load_corpus(project / "corpus")
    assert problems == ()
    assert {paper.id for paper in after.papers} == {
        *(paper.id for paper in before.papers),
        *(path.rpartition("/")[2].removesuffix(".yaml") for _, path in made),
    }
    said = run(COMMAND, "check", "--base", "main", cwd=project)
    assert (said.code, f"{len(before.papers) + number} papers" in said.err) == (0, True), said.out
    sites = [built(project, f"order-{turn}", tmp_path / f"site{turn}") for turn in range(2)]
    assert sites[0] == sites[1]
