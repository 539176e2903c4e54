"""The import recipe: texts in, records to write out, and a word for everything that happened."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import Field, dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.dedup import Index, draft_key, match, possible_duplicates
from sitegen.formats.incoming import identify, named
from sitegen.model import Corpus, Draft, Links, Paper, Publication, Source
from sitegen.problems import SitegenError
from sitegen.text import slug, title_key
from sitegen.titles import Wish, derive, derive_ids

if TYPE_CHECKING:
    from sitegen.formats.parsed import Line, Parsed

Suggest = Callable[[str, str], tuple[tuple[str, ...], str]]


@dataclass(frozen=True, slots=True)
class Merge:
    """An occurrence that was a paper already there: the record's id, where the occurrence stands, and why."""

    id: str
    file: str
    line: int
    why: str
    paper: Paper


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """An occurrence (its record's id and its place) that may be the paper `other`: a curator decides."""

    id: str
    file: str
    line: int
    other: str
    why: str


@dataclass(frozen=True, slots=True)
class Import:
    """All that an import did. Occurrences are as many as `added`, `merged` and `known` together.

    `papers` are the records to write, new or filled; `known` are the ids of occurrences that changed nothing.
    """

    occurrences: int = 0
    added: tuple[Paper, ...] = ()
    merged: tuple[Merge, ...] = ()
    known: tuple[str, ...] = ()
    possible_duplicates: tuple[PossibleDuplicate, ...] = ()
    ignored: tuple[Line, ...] = ()
    rejected: tuple[Line, ...] = ()
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True, slots=True)
class _Occurrence:
    """A draft and the record it belongs to; `why` is "" for the first of a new record."""

    id: str
    draft: Draft
    why: str = ""
    changed: bool = True


def ingest(  # noqa: PLR0913 (the options of one command)
    texts: Sequence[tuple[str, str]],
    corpus: Corpus,
    *,
    format_name: str,
    added: str,
    year: str,
    announce: bool,
    suggest: Suggest,
) -> Import:
    """Import texts, each with its name, into a corpus; `format_name` and `year` may be "", `added` is the batch's time.

    `suggest` gives the topics' slugs and the kind for a title and an abstract. Raises SitegenError for a text in no
    known format, a year or a time that is none.
    """
    if year and not re.fullmatch(r"(?!0000)[0-9]{4}", year):
        raise SitegenError(f"--year must be YYYY, not {year!r}")
    formats = [named(format_name) if format_name else identify(text, name) for name, text in texts]
    parsed = [known.parse(text, name, year) for known, (name, text) in zip(formats, texts, strict=True)]
    return ingest_parsed(parsed, corpus, added=added, announce=announce, suggest=suggest)


def ingest_parsed(parsed: Sequence[Parsed], corpus: Corpus, *, added: str, announce: bool, suggest: Suggest) -> Import:
    """Import what was parsed already, as `ingest` does."""
    index = Index(corpus.papers)
    occurrences = [_taken(draft, index) for one in parsed for draft in one.drafts]
    final = _finished(occurrences, index, corpus, _times(added), announce=announce, suggest=suggest)
    return Import(
        occurrences=len(occurrences),
        added=tuple(final[met.id] for met in occurrences if not met.why),
        merged=tuple(_merge(met, final[met.id]) for met in occurrences if met.why and met.changed),
        known=tuple(final[met.id].id for met in occurrences if not met.changed),
        possible_duplicates=_doubts(occurrences, final, corpus),
        ignored=tuple(line for one in parsed for line in one.ignored),
        rejected=tuple(line for one in parsed for line in one.rejected),
        papers=tuple({met.id: final[met.id] for met in occurrences if met.changed}.values()),
    )


def known_record(draft: Draft, corpus: Corpus) -> Paper | None:
    """Give the record that has the DOI or arXiv id of a draft, whatever its title."""
    index = Index(corpus.papers)
    found = match(replace(_record(draft, "#"), title=""), index)
    return index.papers[found.id] if found else None


def record_path(paper: Paper, folder: Path | None = None) -> str:
    """Give where a record goes, relative to the corpus in `folder`: papers/<year or "undated">/<id>.yaml if it is new.

    A record that was read from a file stays there, even where it has got a date. Without `folder`, the last "papers"
    in that file's path is taken for the corpus's own.
    """
    if paper.origin.path:
        read = Path(paper.origin.path).as_posix()
        return Path(os.path.relpath(read, folder)).as_posix() if folder else f"papers/{read.rpartition('papers/')[2]}"
    return f"papers/{paper.date[:4] or 'undated'}/{paper.id}.yaml"


def _taken(draft: Draft, index: Index) -> _Occurrence:
    """Find the record of an occurrence and fill it, or make a new one that has a number for an id as yet."""
    paper = _record(draft, f"#{len(index.papers)}")
    found = match(paper, index)
    if not found:
        index.add(paper)
        return _Occurrence(paper.id, draft)
    known = index.papers[found.id]
    filled = _filled(known, paper)
    index.add(filled)
    untaken = draft.title and title_key(draft.title) != title_key(known.title)
    why = f"{found.why}; its title was not taken over: {draft.title}" if untaken else found.why
    return _Occurrence(found.id, draft, why, changed=filled != known)


def _record(draft: Draft, number: str) -> Paper:
    """Make a record of what a draft says."""
    return Paper(
        id=number,
        title=draft.title or derive(draft.abstract).title,
        added="",
        title_source="given" if draft.title else "derived",
        type=draft.type or "preprint",
        kind=draft.kind,
        authors=draft.authors,
        author_count=draft.author_count,
        organizations=draft.organizations,
        date=draft.date,
        date_source=draft.date_source,
        topics=draft.topics,
        links=draft.links,
        venue=draft.venue,
        publication=draft.publication,
        abstract=draft.abstract,
        note=draft.note,
        key=draft_key(draft.title, draft.abstract),
        sources=(Source(draft.file, draft.format, draft.ordinal, draft.listed, draft.count),),
    )


def _filled(known: Paper, met: Paper) -> Paper:
    """Give a record with what it lacks and an occurrence has; what is there stays, and a removed record stays empty."""
    seen = {(source.file, source.ordinal) for source in known.sources}
    if known.status == "removed" or all((source.file, source.ordinal) in seen for source in met.sources):
        return known
    return replace(
        known,
        authors=known.authors or met.authors,
        author_count=known.author_count if known.authors or known.author_count is not None else met.author_count,
        organizations=known.organizations or met.organizations,
        date=known.date or met.date,
        date_source=known.date_source if known.date else met.date_source,
        links=Links(*(_either(known.links, met.links, link) for link in fields(Links))),
        venue=known.venue or met.venue,
        publication=Publication(*(_either(known.publication, met.publication, part) for part in fields(Publication))),
        abstract=known.abstract or met.abstract,
        sources=known.sources + met.sources,
    )


def _either(known: Links | Publication, met: Links | Publication, part: Field[str]) -> str:
    """Give a part of what is known, or where it is empty, of what was met."""
    return str(getattr(known, part.name) or getattr(met, part.name))


def _finished(  # noqa: PLR0913 (what new records need besides their text)
    occurrences: Sequence[_Occurrence],
    index: Index,
    corpus: Corpus,
    times: Iterator[str],
    *,
    announce: bool,
    suggest: Suggest,
) -> dict[str, Paper]:
    """Give every record met, by its id or number: new ones with their ids, times, topics and kinds."""
    met = {occurrence.id: index.papers[occurrence.id] for occurrence in occurrences}
    new = [occurrence for occurrence in occurrences if not occurrence.why]
    taken = {name for paper in corpus.papers for name in (paper.id, *paper.aliases)}
    wishes = [_wish(index.papers[occurrence.id], occurrence.draft) for occurrence in new]
    for occurrence, known_as, time in zip(new, derive_ids(wishes, taken), times, strict=False):
        paper = met[occurrence.id]
        topics, kind = suggest(paper.title, paper.abstract or paper.note)
        met[occurrence.id] = replace(
            paper,
            id=known_as,
            added=time,
            announce=announce,
            topics=_known_topics(paper, corpus) or topics,
            kind=paper.kind or kind,
        )
    return met


def _known_topics(paper: Paper, corpus: Corpus) -> tuple[str, ...]:
    """Give the corpus's topics that a source names, by slug, name or short name, in its order."""
    slugs = {
        slug(name): topic.slug for topic in corpus.topics for name in (topic.short, topic.name, topic.slug) if name
    }
    return tuple(dict.fromkeys(slugs[slug(name)] for name in paper.topics if slug(name) in slugs))


def _wish(paper: Paper, draft: Draft) -> Wish:
    return Wish(paper.title, paper.key, "" if draft.title else derive(draft.abstract).name)


def _times(base: str) -> Iterator[str]:
    """Give the batch's time, then one second more for each record; raise SitegenError where it is no time."""
    try:
        start = dt.datetime.fromisoformat(base)
    except ValueError:
        start = None
    # The last year of all has no room for the seconds that follow.
    if start is None or _written(start) != base or start.year == dt.MAXYEAR:
        raise SitegenError(f"--added must be a time as 2025-11-03T00:00:00Z, not {base!r}")
    return (_written(start + dt.timedelta(seconds=second)) for second in itertools.count())


def _written(time: dt.datetime) -> str:
    """Write a time as YYYY-MM-DDTHH:MM:SSZ."""
    return time.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def _merge(met: _Occurrence, paper: Paper) -> Merge:
    return Merge(paper.id, met.draft.file, met.draft.first_line, met.why, paper)


def _doubts(
    occurrences: Sequence[_Occurrence], final: Mapping[str, Paper], corpus: Corpus
) -> tuple[PossibleDuplicate, ...]:
    """Give what a curator should look at, each pair of records once, at the last place it was met."""
    index = Index({paper.id: paper for paper in (*corpus.papers, *final.values())}.values())
    places = {final[met.id].id: met.draft for met in occurrences}
    found: dict[frozenset[str], PossibleDuplicate] = {}
    for known_as, draft in places.items():
        for doubt in possible_duplicates(index.papers[known_as], index):
            found[frozenset((known_as, doubt.id))] = PossibleDuplicate(
                known_as, draft.file, draft.first_line, doubt.id, doubt.why
            )
    return tuple(found.values())
