"""Which papers are near each other, and the shared words that say why.

The closeness of two papers is the cosine of their terms' counts, each shared term weighed by how few papers have it.
What a term weighs changes only where the number of papers that have it passes a power of two, and nothing depends on
how many papers there are: one paper more leaves nearly every list as it was.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from multiprocessing import get_context
from typing import TYPE_CHECKING

from sitegen.related.index import Index
from sitegen.related.reasons import reasons
from sitegen.related.terms import Keys, terms_of, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sitegen.model import Paper

__all__ = ["Neighbour", "related"]


_FEW = 1000  # papers: for fewer, a second process costs more than it brings


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A paper near another: its id, how close from 0 to 1, and one to three shared terms, the weightiest first."""

    id: str
    closeness: float
    because: tuple[str, ...]


def related(papers: Iterable[Paper], count: int = 5, jobs: int = 1) -> dict[str, tuple[Neighbour, ...]]:
    """Give for the id of each paper its neighbours, nearest first (equals by id), `count` at most.

    Papers with a status are left out. Title and abstract alone speak; a paper that shares nothing has no neighbours.
    The answer is the same for the same papers in any order and with any number of jobs (spawned processes).
    """
    listed = sorted((paper for paper in papers if not paper.status), key=lambda paper: paper.id)
    if jobs == 1 or len(listed) < _FEW:
        return _neighbours(listed, count, range(len(listed)))
    parts = [range(first, len(listed), jobs) for first in range(jobs)]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        found = {
            id_: near
            for part in pool.map(_neighbours, repeat(listed), repeat(count), parts)
            for id_, near in part.items()
        }
    return {paper.id: found[paper.id] for paper in listed}


def _neighbours(listed: Sequence[Paper], count: int, places: range) -> dict[str, tuple[Neighbour, ...]]:
    """Give the neighbours of the papers at some places."""
    keys = Keys()
    terms = [terms_of(paper, keys) for paper in listed]
    index = Index(terms)
    found: dict[str, tuple[Neighbour, ...]] = {}
    for place in places:
        near: list[tuple[int, float, tuple[str, ...]]] = []
        for closeness, other in index.nearest(place) if count > 0 else ():
            if because := reasons(terms[place], terms[other], index.shared(place, other)):
                near.append((other, closeness, because))
            if len(near) == count:
                break
        forms = written(listed[place], keys, {term for _, _, because in near for term in because})
        found[listed[place].id] = tuple(
            Neighbour(listed[other].id, closeness, tuple(forms[term] for term in because))
            for other, closeness, because in near
        )
    return found
