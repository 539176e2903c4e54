"""Which papers are near each other, and the shared words that say why.

The closeness of two papers is the cosine of their terms' counts, each shared term weighed by how few papers have it.
What a term weighs changes only where the number of papers that have it passes a power of two, and nothing depends on
how many papers there are: one paper more leaves nearly every list as it was, and few need be looked at again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.related.bags import bags_of, renumbered
from sitegen.related.known import Known, nothing_known, read_known, text_digest, write_known
from sitegen.related.lexicon import Lexicon
from sitegen.related.neighbours import Lists, Neighbour
from sitegen.related.search import neighbours_of
from sitegen.related.space import Space
from sitegen.related.stale import stale
from sitegen.related.table import EMPTY
from sitegen.related.vectors import vectors_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from sitegen.model import Paper
    from sitegen.related.table import Row

__all__ = ["Known", "Lists", "Neighbour", "read_known", "related", "related_after", "related_kept", "write_known"]


_MOST = 4  # where more than one paper in so many is new or changed, looking for what stays costs more than it saves


def related(papers: Iterable[Paper], count: int = 5, jobs: int = 1) -> Lists:
    """Give for the id of each paper its neighbours, nearest first (equals by id), `count` at most.

    Papers with a status are left out. Title and abstract alone speak; a paper that shares nothing has no neighbours.
    The answer is the same for the same papers in any order and with any number of jobs (processes).
    """
    return related_after(None, papers, count, jobs).lists


def related_kept(
    path: Path, version: str, papers: Iterable[Paper], jobs: int = 1, digests: Mapping[str, str] | None = None
) -> Lists:
    """Give what `related` gives, with the help of what a file keeps; it is for code of one version and may be lost.

    `digests` stand for the papers' texts by id: two texts with one digest are one. Without them the texts are hashed.

    Raises:
        SitegenError: the file can be neither read nor written.
    """
    known = read_known(path, version)
    found = related_after(known, papers, jobs=jobs, digests=digests)
    if found is not known:
        write_known(path, found, version)
    return found.lists


def related_after(
    known: Known | None,
    papers: Iterable[Paper],
    count: int = 5,
    jobs: int = 1,
    digests: Mapping[str, str] | None = None,
) -> Known:
    """Give what `related` gives, as `lists`, and what may be `known` when it is asked for the next time.

    The answer is the same whatever is known, which only saves work; it is what is known itself where no text changed.
    `digests` stand for the papers' texts by id.
    """
    listed = {paper.id: paper for paper in papers if not paper.status}
    given = digests or {}
    now = {id_: given.get(id_) or text_digest(paper) for id_, paper in listed.items()}
    if known and known.count == count > 0:
        before = known.by_id
        if before == now:
            return known
        new = sorted(id_ for id_, digest in now.items() if before.get(id_) != digest)
        gone = sorted(before.keys() - now.keys())
        if (len(new) + len(gone)) * _MOST <= len(listed) and not _is_worn(known.space):
            return _after(known, listed, now, (new, gone), jobs)
    return _afresh([listed[id_] for id_ in sorted(listed)], now, count, jobs)


def _afresh(papers: Sequence[Paper], digests: Mapping[str, str], count: int, jobs: int) -> Known:
    """Find everything, with nothing kept."""
    space = _space(papers, jobs)
    lists = nothing_known(count).lists.with_rows(space.ids, neighbours_of(dict(enumerate(papers)), space, count, jobs))
    return Known(count, lists, [digests[id_] for id_ in space.ids], space)


def _space(papers: Sequence[Paper], jobs: int) -> Space:
    """Give papers with all their terms."""
    terms, rows = bags_of(papers, jobs)
    lexicon, numbers = Lexicon().numbered(terms)
    return Space([paper.id for paper in papers], lexicon, vectors_of(renumbered(rows, numbers), len(lexicon)))


def _after(
    known: Known,
    papers: Mapping[str, Paper],
    digests: Mapping[str, str],
    moved: tuple[Sequence[str], Sequence[str]],
    jobs: int,
) -> Known:
    """Find what may not be as it is known, now that some papers are new (or changed) and others are gone."""
    new, gone = moved
    before = known.space
    terms, read = bags_of([papers[id_] for id_ in new], jobs)
    lexicon, numbers = before.lexicon.numbered(terms)
    read = renumbered(read, numbers)
    ids = _placed(known.lists, new, gone)
    places = {id_: place for place, id_ in enumerate(ids) if id_}
    rows: dict[int, Row] = {known.lists.places[id_]: EMPTY for id_ in gone}
    for at, id_ in enumerate(new):
        row = read.row(at)
        # Another digest and the same terms: what others share with the paper is as it was.
        if id_ not in known.lists or dict(zip(*row, strict=True)) != before.vectors.marks(places[id_]):
            rows[places[id_]] = row
    space = Space(ids, lexicon, before.vectors.with_rows(rows, len(lexicon)))
    asked = sorted(stale(known, space, rows.keys()).union(places[id_] for id_ in new))
    found = neighbours_of({place: papers[ids[place]] for place in asked}, space, known.count, jobs)
    found |= {place: ((), "") for place, id_ in enumerate(ids) if not id_}
    return Known(known.count, known.lists.with_rows(ids, found), [digests.get(id_, "") for id_ in ids], space)


def _placed(before: Lists, new: Iterable[str], gone: Iterable[str]) -> list[str]:
    """Give ids by place: those that stay where they were, new ones where there is room, else behind the last."""
    ids = list(before.ids)
    for id_ in gone:
        ids[before.places[id_]] = ""
    room = [place for place, id_ in enumerate(ids) if not id_]
    for id_ in new:
        if id_ not in before.places:
            if room:
                ids[room.pop()] = id_
            else:
                ids.append(id_)
    return ids


def _is_worn(space: Space) -> bool:
    """Say whether most terms are nobody's any more."""
    return space.vectors.having.sizes.count(0) * 2 > len(space.lexicon)
