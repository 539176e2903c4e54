"""Measure related papers: precision at 5 on our own corpus, then seconds, memory and stability on a JSON-lines file.

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

from sitegen.corpus import load_corpus
from sitegen.model import Paper
from sitegen.related import related

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


def changed(papers: list[Paper], more: list[Paper]) -> list[float]:
    """Give the share of lists that each one paper more changes."""
    before = related(papers)
    shares = []
    for paper in more:
        after = related([*papers, paper])
        differing = sum([n.id for n in before[id_]] != [n.id for n in after[id_]] for id_ in before)
        shares.append(differing / len(papers))
    return shares


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
    if len(sys.argv) < 2:
        return
    papers = read(sys.argv[1])
    full = [paper for paper in papers if paper.abstract]
    for name, some in (("with abstract", full), ("all", papers)):
        for jobs in (1, 2):
            began = time.perf_counter()
            lists = related(some, jobs=jobs)
            took = time.perf_counter() - began
            complete = sum(len(near) == 5 for near in lists.values()) / len(lists)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(f"{len(some)} papers {name}, {jobs} jobs: {took:.1f} s, {peak} MB, five neighbours: {complete:.1%}")
    sample = full[::3]
    shares = changed(sample[:-10], sample[-10:])
    print(f"one paper more than {len(sample) - 10}: {max(shares):.2%} of the lists change at most")


if __name__ == "__main__":
    main()
