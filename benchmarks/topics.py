"""Measure suggested topics and kinds: against people's choice on our own corpus, then coverage on a JSON-lines file.

    python benchmarks/topics.py [papers.jsonl.gz [--sample 50]]

A line of the file is one paper: {"id":, "title":, "abstract": text or null}. Nothing is learned from the papers, so
nothing is left out; but the cues were written with our own corpus in view: only the file shows how they do elsewhere.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from related import OWN, read

from sitegen.corpus import load_corpus
from sitegen.topics import Profile, Suggestion, profile, suggest_kind, suggest_topics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.model import Paper

Said = tuple[tuple[Suggestion, ...], str]


def suggestions(papers: Sequence[Paper], known: Profile) -> list[Said]:
    """Give the suggested topics and kind of each paper."""
    return [
        (suggest_topics(paper.title, paper.abstract, known), suggest_kind(paper.title, paper.abstract))
        for paper in papers
    ]


def micro_f1(pairs: Sequence[tuple[set[str], set[str]]]) -> tuple[float, float, float]:
    """Give precision, recall and F1 over all labels of all papers; a pair is what was said and what is right."""
    hits = sum(len(said & right) for said, right in pairs)
    precision = hits / max(sum(len(said) for said, _ in pairs), 1)
    recall = hits / max(sum(len(right) for _, right in pairs), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def against_people(papers: Sequence[Paper], said: Sequence[Said]) -> None:
    """Print how the suggestions agree with the topics and kinds that people chose."""
    topics = [({one.topic for one in found}, set(paper.topics)) for paper, (found, _) in zip(papers, said, strict=True)]
    kinds = [({kind} - {""}, {paper.kind} - {""}) for paper, (_, kind) in zip(papers, said, strict=True)]
    first = [bool(found) and found[0].topic in paper.topics for paper, (found, _) in zip(papers, said, strict=True)]
    for name, pairs in (("topics", topics), ("kinds", kinds)):
        precision, recall, f1 = micro_f1(pairs)
        print(f"own corpus, {name}: precision {precision:.3f}, recall {recall:.3f}, micro-F1 {f1:.3f}")
    print(f"own corpus, first topic among the chosen: {sum(first) / len(first):.1%} of {len(first)} papers")


def coverage(papers: Sequence[Paper], known: Profile) -> list[Said]:
    """Print for how many papers something is suggested, how much, and how long it takes; give the suggestions."""
    began = time.process_time()
    said = suggestions(papers, known)
    took = time.process_time() - began
    number = max(len(papers), 1)
    topics = sum(bool(found) for found, _ in said) / number
    kinds = sum(bool(kind) for _, kind in said) / number
    mean = sum(len(found) for found, _ in said) / number
    print(
        f"{len(papers)} papers with abstract: {topics:.1%} get a topic, {kinds:.1%} a kind, {mean:.2f} topics a paper"
    )
    print(f"{1000 * took / number:.2f} ms of processor time a paper")
    first = Counter(found[0].topic for found, _ in said if found)
    print("first topics: " + ", ".join(f"{slug} {times}" for slug, times in first.most_common()))
    print(
        "kinds: "
        + ", ".join(f"{kind or '(none)'} {times}" for kind, times in Counter(k for _, k in said).most_common())
    )
    return said


def sample(papers: Sequence[Paper], said: Sequence[Said], number: int) -> None:
    """Print every n-th paper with what was suggested, for people to read."""
    for turn in range(number):
        place = turn * len(papers) // number
        found, kind = said[place]
        print(f"\n{turn + 1}. {papers[place].title} [{papers[place].id}]\n   kind: {kind or '(none)'}")
        for one in found:
            print(f"   {one.topic} {one.score:.2f}: {', '.join(one.because)}")
        print(f"   {papers[place].abstract[:300]}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="Measure suggested topics and kinds.")
    parser.add_argument("papers", nargs="?", help="papers as JSON lines, gzipped")
    parser.add_argument("--sample", type=int, default=0, help="print so many papers with their suggestions")
    asked = parser.parse_args()
    corpus, _ = load_corpus(Path(OWN))
    known = profile(corpus.topics)
    against_people(corpus.papers, suggestions(corpus.papers, known))
    if asked.papers:
        papers = [paper for paper in read(asked.papers) if paper.abstract]
        said = coverage(papers, known)
        sample(papers, said, min(asked.sample, len(papers)))


if __name__ == "__main__":
    main()
