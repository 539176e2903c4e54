"""Measure related papers: precision at 5 and stability on our own corpus, then cost and stability on a file of papers.

    python benchmarks/related.py [papers.jsonl.gz]

A line of the file is one paper: {"id":, "title":, "abstract": text or null}.
"""

from __future__ import annotations

import gzip
import json
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sitegen.corpus import load_corpus
from sitegen.model import Paper
from sitegen.related import Neighbour, related, related_after, related_kept
from sitegen.related.known import text_digest

if TYPE_CHECKING:
    from collections.abc import Sequence

OWN = Path(__file__).parents[1] / "corpus"


def precision(papers: tuple[Paper, ...], topics_too: bool = False) -> float:  # noqa: FBT001, FBT002 (a benchmark's own)
    """Give the share of neighbours that have a curated topic in common with their paper."""
    asked = [replace(paper, abstract=f"{paper.abstract} {marks(paper)}") if topics_too else paper for paper in papers]
    topics = {paper.id: set(paper.topics) for paper in papers}
    hits = [bool(topics[id_] & topics[near.id]) for id_, listed in related(asked).items() for near in listed]
    return sum(hits) / len(hits)


def marks(paper: Paper) -> str:
    """Give the paper's topics as words that no abstract has, each said twice."""
    return " ".join(f"; topic{slug.replace('-', '')} " * 2 for slug in paper.topics)


def stability(papers: Sequence[Paper], size: int) -> str:
    """Give the shares of so many papers' lists that each of ten papers more changes, as words."""
    more, fewer = apart(papers, 10)
    before = related_after(None, apart(fewer, size)[0])
    by_neighbours, by_words = [], []
    for paper in more:
        chosen = [one for one in fewer if one.id in before.lists]
        after = related_after(before, [*chosen, paper]).lists
        pairs = [(before.lists[id_], after[id_]) for id_ in before.lists]
        by_neighbours.append(sum([near.id for near in old] != [near.id for near in new] for old, new in pairs) / size)
        by_words.append(sum(shown(old) != shown(new) for old, new in pairs) / size)
    return (
        f"{size} papers, ten times one more: other neighbours in {mean(by_neighbours):.2%} of the lists "
        f"(at most {max(by_neighbours):.2%}), other neighbours or shared terms in {mean(by_words):.2%} "
        f"(at most {max(by_words):.2%})"
    )


def apart(papers: Sequence[Paper], number: int) -> tuple[list[Paper], list[Paper]]:
    """Give so many papers, evenly spread, and the others."""
    places = {at * len(papers) // number for at in range(number)}
    return [papers[at] for at in sorted(places)], [paper for at, paper in enumerate(papers) if at not in places]


def shown(near: tuple[Neighbour, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """Give what readers see of a list."""
    return [(neighbour.id, neighbour.because) for neighbour in near]


def cost(papers: Sequence[Paper], jobs: int) -> None:
    """Print what a clean search takes, and what is left of it when a file keeps the answer but for one paper."""
    middle = len(papers) // 2
    fewer = [*papers[:middle], *papers[middle + 1 :]]
    changed = [*papers[:middle], replace(papers[middle], title=papers[0].title), *papers[middle + 1 :]]
    digests = {paper.id: text_digest(paper) for paper in papers}
    steps: tuple[tuple[str, Sequence[Paper], dict[str, str] | None], ...] = (
        ("clean", fewer, None),
        ("nothing changed", fewer, None),
        ("one more", papers, None),
        ("one changed", changed, None),
        ("changed back, digests given", papers, digests),
        ("nothing changed, digests given", papers, digests),
    )
    with TemporaryDirectory() as folder:
        kept = Path(folder) / "kept"
        for what, some, given in steps:
            began, began_work = time.perf_counter(), work()
            lists = related_kept(kept, "", some, jobs, given)
            took, worked = time.perf_counter() - began, work() - began_work
            print(f"{len(some)} papers, {jobs} jobs, {what}: {took:.2f} s, {worked:.2f} processor seconds, {memory()}")
        complete = sum(len(near) == 5 for near in lists.values()) / len(lists)
        print(f"  five neighbours: {complete:.1%}; kept in {kept.stat().st_size / 1e6:.1f} MB")
    began = time.perf_counter()
    if related(papers, jobs=jobs) != lists:
        raise SystemExit("what was kept changed the answer")
    print(f"  equal to a clean search, {time.perf_counter() - began:.2f} s with no file")


def work() -> float:
    """Give the processor seconds so far of this process and of those that it has waited for."""
    used = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def memory() -> str:
    """Give the peaks so far of this process and of the largest other, as words."""
    own, other = (resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return f"{own} MB at most here and {other} MB in the largest other process"


def read(path: str) -> list[Paper]:
    """Read the papers of a JSON-lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Paper(row["id"].lower(), row["title"], "", abstract=row["abstract"] or "") for row in rows]


def main() -> None:
    """Print the table."""
    corpus, _ = load_corpus(OWN)
    print(f"precision at 5, own corpus: {precision(corpus.papers):.3f}")
    print(f"the same, topics told:      {precision(corpus.papers, topics_too=True):.3f}")
    print("own corpus:", stability(corpus.papers, len(corpus.papers) - 10))
    if len(sys.argv) < 2:
        return
    papers = read(sys.argv[1])
    full = [paper for paper in papers if paper.abstract]
    # The smaller first: a peak of memory is never forgotten.
    for jobs in (1, 2):
        cost(full, jobs)
    cost(papers, 2)
    for size in (137, 600, 2800, len(full) - 10):
        print(stability(full, size))


if __name__ == "__main__":
    main()
