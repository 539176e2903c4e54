"""Which papers are near each other, and the shared words that say why.

The closeness of two papers is the cosine of their terms' counts, each shared term weighed by how few papers have it.
What a term weighs changes only where the number of papers that have it passes a power of two, and nothing depends on
how many papers there are: one paper more leaves nearly every list as it was, and few need be looked at again.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context
from typing import TYPE_CHECKING

from sitegen.related.index import Index
from sitegen.related.known import Known, Neighbour, read_known, text_digest, write_known
from sitegen.related.reasons import reasons
from sitegen.related.stale import stale
from sitegen.related.terms import Keys, terms_of, written
from sitegen.related.vectors import Vectors

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from sitegen.model import Paper
    from sitegen.related.terms import Terms

__all__ = ["Known", "Neighbour", "read_known", "related", "related_after", "related_kept", "write_known"]


_FEW = 1000  # papers: for fewer, a second process costs more than it brings
_MOST = 4  # where more than one paper in so many is new or changed, looking for what stays costs more than it saves


def related(papers: Iterable[Paper], count: int = 5, jobs: int = 1) -> dict[str, tuple[Neighbour, ...]]:
    """Give for the id of each paper its neighbours, nearest first (equals by id), `count` at most.

    Papers with a status are left out. Title and abstract alone speak; a paper that shares nothing has no neighbours.
    The answer is the same for the same papers in any order and with any number of jobs (spawned processes).
    """
    return related_after(None, papers, count, jobs).lists


def related_kept(path: Path, version: str, papers: Iterable[Paper], jobs: int = 1) -> dict[str, tuple[Neighbour, ...]]:
    """Give what `related` gives, with the help of what a file keeps; it is for code of one version and may be lost.

    Raises:
        SitegenError: the file can be neither read nor written.
    """
    known = read_known(path, version)
    found = related_after(known, papers, jobs=jobs)
    if found is not known:
        write_known(path, found, version)
    return found.lists


def related_after(known: Known | None, papers: Iterable[Paper], count: int = 5, jobs: int = 1) -> Known:
    """Give what `related` gives, as `lists`, and what may be `known` when it is asked for the next time.

    The answer is the same whatever is known, which only saves work; it is what is known itself where no text changed.
    """
    listed = sorted((paper for paper in papers if not paper.status), key=lambda paper: paper.id)
    before = known if known and known.count == count > 0 else Known(count)
    digests = {paper.id: text_digest(paper) for paper in listed}
    if before is known and before.digests == digests:
        return known
    fresh = [place for place, paper in enumerate(listed) if before.digests.get(paper.id) != digests[paper.id]]
    read = _terms([listed[place] for place in fresh], jobs)
    terms = [read[paper.id] if paper.id in read else before.terms[paper.id] for paper in listed]
    asked: Collection[int] = range(len(listed))
    vectors = Vectors(terms)
    new_or_gone = len(fresh) + len(before.digests.keys() - digests.keys())
    if new_or_gone * _MOST <= len(listed):
        asked = sorted(stale(before, list(digests), terms, vectors, set(fresh)))
    if jobs == 1 or len(asked) < _FEW:
        made = _neighbours(listed, terms, vectors, count, asked)
    else:
        made = _shared_out(listed, terms, count, asked, jobs)
    found = before.lists | made
    by_id = {paper.id: of for paper, of in zip(listed, terms, strict=True)}
    return Known(count, digests, by_id, {id_: found[id_] for id_ in digests})


def _terms(papers: Sequence[Paper], jobs: int) -> dict[str, Terms]:
    """Give the terms of each paper by its id."""
    if jobs == 1 or len(papers) < _FEW:
        return _terms_of_part(papers)
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        parts = pool.map(_terms_of_part, [papers[first::jobs] for first in range(jobs)])
        return {id_: terms for part in parts for id_, terms in part.items()}


def _terms_of_part(papers: Sequence[Paper]) -> dict[str, Terms]:
    """Give the terms of each paper by its id, in this process."""
    keys = Keys()
    return {paper.id: terms_of(paper, keys) for paper in papers}


def _shared_out(
    listed: Sequence[Paper], terms: Sequence[Terms], count: int, asked: Collection[int], jobs: int
) -> dict[str, tuple[Neighbour, ...]]:
    """Give the neighbours of the papers at the asked places, found by so many processes."""
    parts = [list(asked)[first::jobs] for first in range(jobs)]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        found = pool.map(_neighbours_of_part, repeat(listed), repeat(terms), repeat(count), parts)
        return {id_: near for part in found for id_, near in part.items()}


def _neighbours_of_part(
    listed: Sequence[Paper], terms: Sequence[Terms], count: int, places: Collection[int]
) -> dict[str, tuple[Neighbour, ...]]:
    """Give the neighbours of the papers at some places, in this process: vectors are sooner made than sent."""
    return _neighbours(listed, terms, Vectors(terms), count, places)


def _neighbours(
    listed: Sequence[Paper], terms: Sequence[Terms], vectors: Vectors, count: int, places: Collection[int]
) -> dict[str, tuple[Neighbour, ...]]:
    """Give the neighbours of the papers at some places."""
    keys = Keys()
    index = Index(vectors, places)
    found: dict[str, tuple[Neighbour, ...]] = {}
    for place in places:
        near: list[tuple[int, float, tuple[str, ...]]] = []
        for closeness, other in index.nearest(place) if count > 0 else ():
            if because := reasons(terms[place], terms[other], vectors.shared(place, other)):
                near.append((other, closeness, because))
            if len(near) == count:
                break
        forms = written(listed[place], keys, {term for _, _, because in near for term in because})
        found[listed[place].id] = tuple(
            Neighbour(listed[other].id, closeness, tuple(forms[term] for term in because))
            for other, closeness, because in near
        )
    return found
