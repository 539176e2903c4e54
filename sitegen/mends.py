"""What is wrong and has one right answer: which fields of which record, and what must be in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sitegen.checks.shapes import is_arxiv, is_doi, is_time
from sitegen.comparison.records import too_old, untold
from sitegen.corpus import parse_paper
from sitegen.diff import content_changes
from sitegen.edits import edited
from sitegen.model import Change
from sitegen.problems import SitegenError
from sitegen.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sitegen.comparison import Compared
    from sitegen.diff import PaperChange
    from sitegen.model import Corpus, Paper

_WORDS = {"authors": "names", "note": "curator's note"}
_STATUS_WORDS = {"retracted": "The paper was retracted.", "withdrawn": "The paper was withdrawn by its authors."}


@dataclass(frozen=True, slots=True)
class Mend:
    """A record as it is and the fields that must be others; values as the model has them."""

    paper: Paper
    fields: Mapping[str, Any]


def alone(corpus: Corpus) -> tuple[Mend, ...]:
    """Give what can be mended in records without a look at what they were."""
    found = (Mend(paper, dict(_own_fields(paper))) for paper in corpus.papers)
    return tuple(mend for mend in found if mend.fields)


def against(compared: Compared, now: str) -> tuple[Mend, ...]:
    """Give what can be mended in records in the light of what they were; `now` as in `Paper.added`."""
    mends: dict[str, tuple[Paper, dict[str, Any]]] = {}
    for change in compared.changes.changed:
        if change.before.added != change.after.added:
            mends.setdefault(change.after.id, (change.after, {}))[1]["added"] = change.before.added
    for change in untold(compared):
        entry = _entry(change, now)
        mends.setdefault(change.after.id, (change.after, {}))[1]["changes"] = (*change.after.changes, entry)
    newest = max((paper.added for paper in compared.base.papers), default="")
    time = now
    for paper in too_old(compared):
        time = _after(newest, time)
        mends[paper.id] = (paper, {"added": time})
        newest = time
    return tuple(Mend(paper, fields) for paper, fields in mends.values())


def mended(corpus: Corpus, mends: tuple[Mend, ...]) -> Corpus:
    """Give a corpus with its records mended, in the order (added, id)."""
    by_path = {mend.paper.origin.path: mend for mend in mends}
    papers = [
        replace(paper, **by_path[paper.origin.path].fields) if paper.origin.path in by_path else paper
        for paper in corpus.papers
    ]
    return replace(corpus, papers=tuple(sorted(papers, key=lambda paper: paper.order)))


def mended_file(text: str, mend: Mend) -> str:
    """Give the text of a record's file with what is mended, all else as it was.

    Raises SitegenError where the file cannot be edited so that it says just that.
    """
    path = mend.paper.origin.path
    try:
        written = edited(text, mend.fields)
    except SitegenError as fault:
        raise SitegenError(f"{path}: {fault.message}", "mend it by hand") from fault
    read, _ = parse_paper(written.encode("utf-8"), path)
    if read != replace(mend.paper, **mend.fields):
        raise SitegenError(f"{path}: cannot be edited line by line", "mend it by hand")
    return written


def _own_fields(paper: Paper) -> Iterator[tuple[str, Any]]:
    links = paper.links
    arxiv = re.sub(r"v[0-9]+\Z", "", links.arxiv)
    if not is_arxiv(links.arxiv) and is_arxiv(arxiv):
        links = replace(links, arxiv=arxiv)
    doi = re.sub(r"(?i)\A(https?://(dx\.)?doi\.org/|doi:\s*)", "", links.doi)
    if not is_doi(links.doi) and is_doi(doi):
        links = replace(links, doi=doi)
    if links != paper.links:
        yield "links", links
    if len(set(paper.topics)) < len(paper.topics):
        yield "topics", tuple(dict.fromkeys(paper.topics))
    for name in ("title", "venue"):
        value = getattr(paper, name)
        if (value != value.strip() or "\t" in value or len(value.splitlines()) > 1) and one_line(value):
            yield name, one_line(value)


def _entry(change: PaperChange, now: str) -> Change:
    """Write what subscribers of the changes feed read, at a time at which nothing was said of the paper yet."""
    at = _after(max((one.at for one in change.after.changes if is_time(one.at)), default=""), now)
    status = change.after.status if change.before.status != change.after.status else ""
    if status in _STATUS_WORDS:
        return Change(at, "retracted", _STATUS_WORDS[status])
    filled: list[str] = []
    corrected: list[str] = []
    for name in dict.fromkeys(one.name.partition(".")[0] for one in content_changes(change)):
        parts = [one for one in content_changes(change) if one.name.partition(".")[0] == name]
        (filled if not any(one.before for one in parts) else corrected).append(_WORDS.get(name, name))
    said = [f"Added: {', '.join(filled)}."] if filled else []
    said += [f"Corrected: {', '.join(corrected)}."] if corrected else []
    return Change(at, "corrected", " ".join(said))


def _after(time: str, now: str) -> str:
    """Give now, or a second after a time that is no earlier."""
    if not is_time(time) or time < now:
        return now
    return (datetime.fromisoformat(time) + timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
