"""What building the index of the search takes: from nothing, beside lunr.py, and after a change of one paper.

Run it with the project's own Python: .venv/bin/python benchmarks/search_build.py PAPERS.jsonl.gz [--abstracts-only]
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bench_papers import ready, real_papers
from bench_search_site import ROOT, listings
from lunr import lunr

from sitegen.corpus import load_corpus
from sitegen.pages import SearchPage
from sitegen.render.search import PAPER_FIELDS, render_search, search_documents, search_parts_kept
from sitegen.topic_pages import topic_links

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

_Made = TypeVar("_Made")


def main() -> None:
    """Build both indexes and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("papers", help="papers as JSON lines, perhaps gzipped")
    parser.add_argument("--abstracts-only", action="store_true", help="leave out papers without an abstract")
    parser.add_argument("--limit", type=int, default=0, help="at most so many papers")
    asked = parser.parse_args()
    topics = load_corpus(ROOT / "corpus")[0].topics
    source = real_papers(Path(asked.papers), abstracts_only=asked.abstracts_only)
    papers = listings(ready(source, topics, asked.limit), topics)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    page = SearchPage("search/current.json", papers, tuple(topic_links(topics).values()))
    ours, outputs = _timed(lambda: render_search(page))
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    changes = list(_after_changes(page))
    documents = [
        {"id": document.ref, **dict(zip((field.name for field in PAPER_FIELDS), document.texts, strict=True))}
        for document in search_documents(papers)
    ]
    fields = [{"field_name": field.name, "boost": field.boost} for field in PAPER_FIELDS]
    theirs, _ = _timed(lambda: lunr(ref="id", fields=fields, documents=documents))
    size = sum(len(output.body) for output in outputs)
    print(f"{len(papers):,} papers: all files of the search, {len(outputs):,} of {size / 1e6:.1f} MB, as bytes\n")
    print("| what | processor seconds |\n|---|---|")
    print(f"| sitegen: chunks, dictionary, records, facets, manifest | {ours:.2f} |")
    print(f"| lunr.py: the index alone | {theirs:.2f} |")
    for change, took, files in changes:
        print(f"| sitegen, {change}: {files:,} files made | {took:.2f} |")
    print(f"\n{ours / theirs:.2f} of lunr.py's time. Largest, KiB: {before:,} before, {largest:,} after.")


def _after_changes(page: SearchPage) -> Iterator[tuple[str, float, int]]:
    """Build after one change each, with what is kept; gives the change, seconds, and the number of files made."""
    papers = page.listings
    half = len(papers) // 2
    longer = replace(papers[half].paper, abstract=f"{papers[half].paper.abstract} {papers[0].paper.title}")
    late, early = (
        replace(papers[0], paper=replace(papers[0].paper, id="one-more", added=added))
        for added in ("2099-01-01T00:00:00Z", papers[half].paper.added)
    )
    changed = {
        "nothing changed": papers,
        "one paper changed": (*papers[:half], replace(papers[half], paper=longer), *papers[half + 1 :]),
        "one added": (*papers, late),
        "one added among the others": (*papers, early),
        "one removed among the others": (*papers[:half], *papers[half + 1 :]),
    }
    with tempfile.TemporaryDirectory() as place:
        kept = Path(place, "kept")
        for change, listed in changed.items():
            before = {part.source for part in search_parts_kept(kept, "1", page)}
            took, made = _timed(partial(_made_anew, kept, replace(page, listings=listed), before))
            yield change, took, made


def _made_anew(kept: Path, page: SearchPage, before: Container[str]) -> int:
    """Build with what is kept and make the files that were not there before; gives their number."""
    parts = search_parts_kept(kept, "1", page)
    return sum(len(list(part.outputs())) for part in parts if part.source not in before)


def _timed(build: Callable[[], _Made]) -> tuple[float, _Made]:
    began = time.process_time()
    made = build()
    return time.process_time() - began, made


if __name__ == "__main__":
    main()
