"""Rules about records and what they were: ids, times, content, papers that were there before."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sitegen.checks.shapes import is_time
from sitegen.checks.subject import problem
from sitegen.dedup import match, possible_duplicates
from sitegen.diff import content_changes
from sitegen.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.comparison.compared import Compared
    from sitegen.diff import PaperChange
    from sitegen.model import Paper
    from sitegen.problems import Problem

_LATE = timedelta(days=7)


def ids_stay(compared: Compared) -> Iterator[Problem]:
    """Find ids of the base that neither a record nor an alias has."""
    renamed = {paper.id for paper in compared.renamed.values()}
    for paper in compared.changes.removed:
        if paper.id not in renamed:
            message = f"a published id must stay, but {quoted(paper.id)} of {compared.name} is no record and no alias"
            hint = "bring the file back: `status: removed` takes a paper down, an alias merges it into another"
            yield problem(paper.origin, "", "SG037", message, hint)


def aliases_stay(compared: Compared) -> Iterator[Problem]:
    """Find aliases of the base that neither a record nor an alias has."""
    living = {name: paper for paper in compared.head.papers for name in (paper.id, *paper.aliases)}
    for paper in compared.base.papers:
        for alias in paper.aliases:
            if alias not in living and paper.id not in compared.unread:
                origin = living.get(paper.id, paper).origin
                message = f"a published id must stay, but the alias {quoted(alias)} of {compared.name} is gone"
                yield problem(origin, "aliases", "SG037", message, "put it back, or into the record that took this one")


def papers_keep_their_ids(compared: Compared) -> Iterator[Problem]:
    """Find papers of the base under another id."""
    for paper in compared.changes.added:
        if old := compared.renamed.get(paper.id):
            message = f"a paper must keep its id, but {quoted(paper.id)} is {quoted(old.id)} in {compared.name}"
            hint = f"name the file {old.id}.yaml again: feeds would announce the paper a second time"
            yield problem(paper.origin, "", "SG038", message, hint)


def added_stays(compared: Compared) -> Iterator[Problem]:
    """Find records whose `added` is not what it was."""
    for change in compared.changes.changed:
        if change.before.added != change.after.added:
            message = f"added must stay {quoted(change.before.added)}, not become {quoted(change.after.added)}"
            hint = "feeds would announce the paper again; --fix puts it back"
            yield problem(change.after.origin, "added", "SG039", message, hint)


def new_is_new(compared: Compared) -> Iterator[Problem]:
    """Find new records whose `added` is so old that they would enter outside every feed's window."""
    for paper in too_old(compared):
        newest = max(one.added for one in compared.base.papers)
        message = f"added of a new record must be at most 7 days before {newest}, not {quoted(paper.added)}"
        hint = "no live feed would announce it; --fix stamps it anew, and `announce: false` keeps it out on purpose"
        yield problem(paper.origin, "added", "SG040", message, hint)


def changes_are_told(compared: Compared) -> Iterator[Problem]:
    """Find content that changed without a new entry in `changes`, which subscribers would not learn of."""
    for change in untold(compared):
        names = list(dict.fromkeys(one.name.partition(".")[0] for one in content_changes(change)))
        message = f"content that changed must have a new entry in changes, but {', '.join(names)} changed without one"
        yield problem(change.after.origin, content_changes(change)[0].name, "SG041", message, "--fix writes one")


def no_paper_twice(compared: Compared) -> Iterator[Problem]:
    """Find new records that are a paper of the base, and those that may be one: a warning."""
    for paper in compared.changes.added:
        if paper.id in compared.renamed:
            continue
        proof = match(paper, compared.index)
        if proof and not _is_settled(paper, compared.index.papers[proof.id]):
            # Two records of one DOI or arXiv id are found without a base.
            if not proof.why.startswith(("same DOI", "same arXiv")):
                message = f"a new record must be a new paper, but this is {quoted(proof.id)}: {proof.why}"
                yield problem(paper.origin, "", "SG042", message, "add to that record what it lacks, and drop this one")
            continue
        for doubt in possible_duplicates(paper, compared.index):
            message = f"a new record should be a new paper, but this may be {quoted(doubt.id)}: {doubt.why}"
            hint = "merge them, or say which it is by same_as or not_same_as"
            yield replace(problem(paper.origin, "", "SG042", message, hint), severity="warning")


def untold(compared: Compared) -> Iterator[PaperChange]:
    """Give the changed records whose content changed without a new entry in `changes`.

    Of a removed record nothing is told to anybody.
    """
    for change in compared.changes.changed:
        is_told = set(change.after.changes) - set(change.before.changes)
        if content_changes(change) and not is_told and change.after.status != "removed":
            yield change


def too_old(compared: Compared) -> Iterator[Paper]:
    """Give the new records to be announced that were added over seven days before the base's newest."""
    newest = max((paper.added for paper in compared.base.papers if is_time(paper.added)), default="")
    for paper in compared.changes.added:
        is_new = paper.announce and not paper.status and paper.id not in compared.renamed
        if newest and is_new and is_time(paper.added) and _time(paper.added) < _time(newest) - _LATE:
            yield paper


def _is_settled(paper: Paper, other: Paper) -> bool:
    """Tell whether a curator has said that these are, or are not, one paper."""
    return other.id in (*paper.same_as, *paper.not_same_as) or paper.id in (*other.same_as, *other.not_same_as)


def _time(written: str) -> datetime:
    return datetime.fromisoformat(written)
