"""Real papers to measure with, from a file of JSON lines, and what they need to be records."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from sitegen import text
from sitegen.model import Author, Links, Paper
from sitegen.topics import profile, suggest_kind, suggest_topics

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from sitegen.model import Topic

# One paper an hour: a feed's fourteen days then hold some 330, as in a busy year.
_FIRST = datetime(2025, 1, 1, tzinfo=UTC)
_HOUR = timedelta(hours=1)


def real_papers(path: Path, *, abstracts_only: bool) -> Iterator[Paper]:
    """Read papers from JSON lines, perhaps gzipped: id, title, authors, abstract, year, venue, url and doi."""
    dois: set[str] = set()
    ids: set[str] = set()
    with path.open("rb") as plain, gzip.open(plain) if path.suffix == ".gz" else plain as lines:
        for line in lines:
            record = json.loads(line)
            paper = _paper(record)
            if not paper.title or paper.id in ids or (abstracts_only and not paper.abstract):
                continue
            ids.add(paper.id)
            # A source may give one DOI twice, which a sound corpus must not.
            yield replace(paper, links=replace(paper.links, doi="")) if paper.links.doi in dois else paper
            dois.add(paper.links.doi)


def _paper(record: dict[str, Any]) -> Paper:
    """Make a record that passes the check of what the source says."""
    doi, url = _plain(record.get("doi")).lower(), _plain(record.get("url"))
    return Paper(
        id=text.slug(str(record["id"]))[:80],
        title=_plain(record.get("title"))[:500],
        added="",
        type="inproceedings",
        authors=tuple(Author(name) for name in map(_plain, record.get("authors") or ()) if name),
        date=_plain(record.get("year")),
        venue=_plain(record.get("venue")),
        links=Links(doi=doi if re.fullmatch(r"10\..+/.+", doi) else "", page=url if url.startswith("http") else ""),
        abstract=_plain(record.get("abstract"))[:10_000],
    )


def _plain(value: object) -> str:
    """Give one line of text without invisible characters; "" for null."""
    line = text.one_line(text.clean(text.stream_safe(str(value or ""))))
    while character := text.invisible(line):
        line = line.replace(character, "")
    return line


def ready(papers: Iterable[Paper], topics: Sequence[Topic], limit: int) -> list[Paper]:
    """Give at most `limit` papers (0: all) with topics, kind and the time they were added."""
    return list(made_ready(islice(papers, limit or None), topics))


def made_ready(papers: Iterable[Paper], topics: Sequence[Topic]) -> Iterator[Paper]:
    """Give papers, one at a time, with topics, kind and the time they were added."""
    known = profile(topics)
    for number, paper in enumerate(papers):
        suggested = tuple(suggestion.topic for suggestion in suggest_topics(paper.title, paper.abstract, known))
        added = (_FIRST + number * _HOUR).strftime("%Y-%m-%dT%H:%M:%SZ")
        kind = suggest_kind(paper.title, paper.abstract)
        yield replace(paper, topics=suggested, kind=kind, added=added)
