"""Our pages against stock MkDocs on the very same Markdown, in turn, in one go; prints a table and judges nothing.

Run it with the project's own Python: .venv/bin/python benchmarks/pages.py [PAPERS] [--limit N]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench_measure import HEAD, MEMORY, Run, machine, measured, row
from bench_papers import ready, real_papers, recombined_papers
from bench_project import BUILD, ROOT, STOCK, add_papers, content, make_clean, make_project, remove

from sitegen.corpus import load_corpus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.model import Paper

CLEAN, ALONE, UNCHANGED, CHANGED, MKDOCS = (
    "sitegen, clean",
    "sitegen, the pages alone",
    "sitegen, unchanged",
    "sitegen, one paper changed",
    "stock MkDocs, clean",
)
TURNS = (CLEAN, ALONE, UNCHANGED, CHANGED, MKDOCS)


def main() -> None:
    """Make a project of many papers, build it by turns, print the table."""
    asked = _arguments()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        make_project(folder)
        topics = load_corpus(folder / "corpus")[0].topics
        source = (
            real_papers(Path(asked.papers), abstracts_only=asked.abstracts_only)
            if asked.papers
            else recombined_papers(ROOT / "corpus")
        )
        papers = ready(source, topics, asked.limit if asked.papers else asked.limit or 1000)
        add_papers(folder, papers)
        print(f"{len(papers):,} papers, {asked.rounds} rounds, {machine()}\n")
        runs: dict[str, list[Run]] = defaultdict(list)
        for number in range(asked.rounds):
            _one_round(folder, papers, number, runs)
        _print_table(folder, runs)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("papers", nargs="?", help="papers as JSON lines, perhaps gzipped; else sentences recombined")
    parser.add_argument("--abstracts-only", action="store_true", help="leave out papers without an abstract")
    parser.add_argument("--limit", type=int, default=0, help="at most so many papers")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is run")
    return parser.parse_args()


def _one_round(folder: Path, papers: Sequence[Paper], number: int, runs: dict[str, list[Run]]) -> None:
    """Run each in its turn; stock MkDocs reads the Markdown that sitegen has just written."""
    make_clean(folder)
    runs[CLEAN].append(measured(BUILD, folder))
    runs[UNCHANGED].append(measured(BUILD, folder))
    paper = papers[len(papers) // 2]
    add_papers(folder, [replace(paper, abstract=f"{paper.abstract} This sentence is new in round {number}.")])
    runs[CHANGED].append(measured(BUILD, folder))
    remove(folder / "pages", folder / ".pages.sitegen")
    runs[ALONE].append(measured([sys.executable, str(ROOT / "benchmarks/bench_pages_alone.py")], folder))
    remove(folder / "stock")
    runs[MKDOCS].append(measured(STOCK, folder))


def _print_table(folder: Path, runs: dict[str, list[Run]]) -> None:
    sites = {CLEAN: content(folder / "site"), ALONE: content(folder / "pages"), MKDOCS: content(folder / "stock")}
    print(HEAD)
    for name in TURNS:
        print(row(name, runs[name], sites.get(name, "")))
    for name in (CLEAN, ALONE):
        ratios = [theirs.seconds / ours.seconds for ours, theirs in zip(runs[name], runs[MKDOCS], strict=True)]
        print(
            f"\nStock MkDocs takes {median(ratios):.2f} times as long as {name} "
            f"({min(ratios):.2f} to {max(ratios):.2f} by round)."
        )
    print(f"\n{MEMORY}")


if __name__ == "__main__":
    main()
