"""Measure how an import of 50,000 papers finds those that are one, and whether it merges what differs in a number.

    python benchmarks/duplicates.py papers.jsonl.gz

A line of the file is one paper: {"id":, "title":, "authors": [names], "abstract": text or null, "year":, "doi":}.
To the file's papers 1,050 are added, made of every so many of them that have an abstract: a third differ from their
paper in a number of the title only, a third in a number of the abstract only, and a third are the same paper again,
their title in capitals and a word of the abstract another.
"""

from __future__ import annotations

import gzip
import json
import re
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path

from sitegen.formats.parsed import Parsed
from sitegen.ingest import Import, ingest_parsed
from sitegen.model import Author, Corpus, Draft, Links
from sitegen.text import clean, one_line

MADE = 1_050
SORTS = ("a number of the title", "a number of the abstract", "the same paper again")


def read(path: Path) -> list[Draft]:
    """Read the papers of a JSON-lines file, perhaps gzipped, as drafts; `first_line` is the line in the file."""
    with path.open("rb") as plain, gzip.open(plain) if path.suffix == ".gz" else plain as lines:
        rows = [json.loads(line) for line in lines]
    return [
        Draft(
            path.name,
            "json-lines",
            number,
            number,
            number,
            title=one_line(clean(row["title"] or "")),
            abstract=one_line(clean(row["abstract"] or "")),
            authors=tuple(Author(name) for name in row["authors"] or ()),
            date=row["year"] or "",
            links=Links(doi=(row["doi"] or "").lower()),
        )
        for number, row in enumerate(rows, start=1)
    ]


def variants(drafts: list[Draft]) -> list[tuple[str, Draft, Draft]]:
    """Make papers of some of those that have an abstract: how each differs, the paper, and what was made of it."""
    full = [draft for draft in drafts if draft.abstract and draft.title]
    made = []
    for number in range(min(MADE, len(full))):
        paper = full[number * len(full) // MADE]
        sort = SORTS[number % len(SORTS)]
        ordinal = len(drafts) + number + 1
        again = replace(paper, ordinal=ordinal, first_line=ordinal, last_line=ordinal, links=Links())
        if sort == SORTS[0]:
            again = replace(again, title=another_number(paper.title))
        elif sort == SORTS[1]:
            again = replace(again, abstract=another_number(paper.abstract))
        else:
            words = re.sub(r"\b(the|of|a|we)\b", "one", paper.abstract, count=1, flags=re.IGNORECASE)
            again = replace(again, title=paper.title.upper(), abstract=words)
        made.append((sort, paper, again))
    return made


def another_number(text: str) -> str:
    """Give a text with its last number one greater; one without gets a number."""
    found = list(re.finditer(r"\d+", text))
    return f"{text[: found[-1].start()]}{int(found[-1][0]) + 1}{text[found[-1].end() :]}" if found else f"{text} 2"


def numbers(draft: Draft) -> tuple[list[str], list[str]]:
    """Give the numbers of a title and of an abstract, each with its fraction, in order of size."""
    title, abstract = (sorted(re.findall(r"\d+(?:[.,]\d+)*", text)) for text in (draft.title, draft.abstract))
    return title, abstract


def main() -> None:
    """Print the table."""
    drafts = read(Path(sys.argv[1]))
    made = variants(drafts)
    every = [*drafts, *(again for _, _, again in made)]
    began, began_here = time.perf_counter(), time.process_time()
    done = ingest_parsed(
        [Parsed(tuple(every))],
        Corpus(),
        added="2025-01-01T00:00:00Z",
        announce=True,
        suggest=lambda _title, _abstract: ((), ""),
    )
    took, took_here = time.perf_counter() - began, time.process_time() - began_here
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"papers:                     {len(drafts):,} and {len(made):,} made of them")
    print(f"seconds:                    {took:.1f} (of the processor {took_here:.1f}), {peak} MB")
    print(f"records, merges:            {len(done.added):,}, {len(done.merged):,}")
    print(f"possible duplicates:        {len(done.possible_duplicates):,}")
    report(done, every, made)


def report(done: Import, every: list[Draft], made: list[tuple[str, Draft, Draft]]) -> None:
    """Print what became of the papers that were made, and the merges of papers that differ in a number."""
    by_line = {draft.ordinal: draft for draft in every}
    merged = {merge.line: merge for merge in done.merged}
    for sort in SORTS:
        again = [copy for asked, _, copy in made if asked == sort]
        print(f"{f'made, {sort}:':<36}{sum(copy.ordinal in merged for copy in again):,} of {len(again):,} merged")
    differing = []
    for line, merge in merged.items():
        others = [by_line[source.ordinal] for source in merge.paper.sources if source.ordinal < line]
        differing += [(other, by_line[line], merge.why) for other in others if numbers(other) != numbers(by_line[line])]
    print(f"merged pairs that differ in a number: {len(differing):,}")
    for one, two, why in differing[:20]:
        print(f"  {one.ordinal} {one.title[:90]!r}\n  {two.ordinal} {two.title[:90]!r}: {why}")


if __name__ == "__main__":
    main()
